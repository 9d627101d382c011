"""Some citizens of a cohort as a cohort of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from progression.analysis.cohort import AssignmentColumns, Cohort, HoldColumns, InterventionColumns, Ints


def part_of(cohort: Cohort, people: Ints, copies: int = 1) -> Cohort:
    """Return the cohort of these citizens (indices), in this order; `copies` times over, each copy its own citizens."""
    chosen = np.tile(people, copies)
    names = tuple(f"{cohort.citizens[who]}/{i // max(len(people), 1)}" for i, who in enumerate(chosen.tolist()))
    if copies == 1:
        names = tuple(cohort.citizens[who] for who in people.tolist())
    rows, who = _rows(cohort.who, chosen)
    spells, spell_who = _rows(cohort.interventions.who, chosen)
    turns, turn_who = _rows(cohort.assignments.who, chosen)
    holds, hold_who = _rows(cohort.holds.who, chosen)
    table, staff = cohort.interventions, cohort.assignments
    return replace(
        cohort,
        citizens=names,
        numbers=tuple(cohort.numbers[i] for i in chosen.tolist()),
        opened=cohort.opened[chosen],
        closed=cohort.closed[chosen],
        holds=HoldColumns(hold_who, cohort.holds.day[holds], cohort.holds.held[holds]),
        who=who,
        day=cohort.day[rows],
        rater=cohort.rater[rows],
        assessor=cohort.assessor[rows],
        mode=cohort.mode[rows],
        scores=cohort.scores[rows],
        interventions=InterventionColumns(
            spell_who,
            table.start[spells],
            table.end[spells],
            table.kind[spells],
            tuple(table.ids[i] for i in spells.tolist()) if len(table.ids) else (),
        ),
        assignments=AssignmentColumns(turn_who, staff.start[turns], staff.end[turns], staff.person[turns]),
        index={name: i for i, name in enumerate(names)},
    )


def parts_of(cohort: Cohort, size: int) -> Iterator[Cohort]:
    """Yield the cohort so many citizens at a time, in order: slices where the assessments come by citizen."""
    who, table, staff = cohort.who, cohort.interventions, cohort.assignments
    order = None if (who[1:] >= who[:-1]).all() else np.argsort(who, kind="stable")
    cuts = [*range(0, len(cohort.citizens), size), len(cohort.citizens)]
    own = np.searchsorted(who if order is None else who[order], cuts).tolist()
    spells, turns = np.searchsorted(table.who, cuts).tolist(), np.searchsorted(staff.who, cuts).tolist()
    for k, (first, last) in enumerate(pairwise(cuts)):
        here, rows = slice(own[k], own[k + 1]), slice(spells[k], spells[k + 1])
        at = here if order is None else order[here]
        shift = slice(turns[k], turns[k + 1])
        citizens = cohort.citizens[first:last]
        yield replace(
            cohort,
            citizens=citizens,
            numbers=cohort.numbers[first:last],
            opened=cohort.opened[first:last],
            closed=cohort.closed[first:last],
            holds=cohort.holds.of(first, last),
            who=who[at] - first,
            day=cohort.day[at],
            rater=cohort.rater[at],
            assessor=cohort.assessor[at],
            mode=cohort.mode[at],
            scores=cohort.scores[at],
            interventions=InterventionColumns(
                table.who[rows] - first, table.start[rows], table.end[rows], table.kind[rows], table.ids[rows]
            ),
            assignments=AssignmentColumns(
                staff.who[shift] - first, staff.start[shift], staff.end[shift], staff.person[shift]
            ),
            index={name: i for i, name in enumerate(citizens)},
        )


def _rows(who: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Which rows belong to the chosen, citizen after citizen, and the new index of each row's citizen."""
    order = np.argsort(who, kind="stable")
    first = np.searchsorted(who[order], chosen, side="left")
    last = np.searchsorted(who[order], chosen, side="right")
    lengths = last - first
    owner = np.repeat(np.arange(len(chosen)), lengths)
    ends = np.cumsum(lengths)
    place = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths)
    return order[first[owner] + place].astype(np.int64), owner.astype(np.int64)
