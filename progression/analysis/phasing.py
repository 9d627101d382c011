"""Phases of a whole cohort as columns, by the one definition in `casework.timeline`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import DAY_RANGE as DAY_RANGE
from progression.analysis.cohort import NEVER, Bools, Cohort, Ints
from progression.casework.timeline import ACTIVE, BRIDGE_DAYS, PASSIVE, phases_ordinal


@dataclass(frozen=True, slots=True)
class PhaseColumns:
    """Phases of all citizens, sorted by (who, start). `end` is inclusive; NEVER = running on the as-of date.

    `state`: index into `casework.timeline.STATES`. `key`: (who, start) as one sortable number.
    """

    who: Ints
    start: Ints
    end: Ints
    state: Ints
    key: Ints


def keys(who: Ints, day: Ints) -> Ints:
    """Return (who, day) as one sortable number."""
    return who * DAY_RANGE + day


def spans(cohort: Cohort, as_of: int) -> tuple[Ints, Ints, Bools]:
    """Return first and last day of each citizen's span (the last at most `as_of`), and who has a span at all."""
    first = np.full(len(cohort.citizens), NEVER, dtype=np.int64)
    np.minimum.at(first, cohort.who, cohort.day)
    np.minimum.at(first, cohort.interventions.who, cohort.interventions.start)
    opened = np.where(cohort.opened > 0, cohort.opened, first)
    last = np.minimum(cohort.closed, as_of)
    return opened, last, opened <= last


def phases(cohort: Cohort, as_of: int, bridge_days: int = BRIDGE_DAYS) -> PhaseColumns:
    """Return every citizen's phases as known on the ordinal day `as_of`.

    `timeline.phases_ordinal` says what a phase is. Who never waited nor was exempt is done for all at once, which a
    property test finds to be the same.
    """
    opened, last, some = spans(cohort, as_of)
    rows, running = cohort.interventions, cohort.closed > as_of
    keep = np.flatnonzero(rows.kind != PASSIVE)
    spells = _Spells(rows.who[keep], rows.start[keep], rows.end[keep], rows.kind[keep])
    layered = np.zeros(len(opened), dtype=bool)
    layered[spells.who[spells.kind != ACTIVE]] = True
    plain = _alternating(spells.of(~layered), opened, last, some & ~layered, running, bridge_days)
    others = _one_by_one(spells.of(layered), opened, last, np.flatnonzero(some & layered), running, bridge_days)
    table = np.concatenate([plain, others])
    if len(plain) and len(others):
        table = table[np.argsort(keys(table[:, 0], table[:, 2]), kind="stable")]
    who, state, start, end = (np.ascontiguousarray(column) for column in table.T)
    going = running[who] & (end == last[who])
    return PhaseColumns(who, start, np.where(going, NEVER, end), state, keys(who, start))


@dataclass(frozen=True, slots=True)
class _Spells:
    """Interventions that make a phase, sorted by citizen."""

    who: Ints
    start: Ints
    end: Ints
    kind: Ints

    def of(self, people: Bools) -> _Spells:
        """Those of some citizens."""
        mine = people[self.who]
        return self if mine.all() else _Spells(self.who[mine], self.start[mine], self.end[mine], self.kind[mine])


def _one_by_one(spells: _Spells, opened: Ints, last: Ints, people: Ints, running: Bools, bridge_days: int) -> Ints:
    """Rows of who, state, first and last day, citizen by citizen."""
    low, high = (np.searchsorted(spells.who, people, side=side).tolist() for side in ("left", "right"))
    rows = list(zip(spells.start.tolist(), spells.end.tolist(), spells.kind.tolist(), strict=True))
    counts: list[int] = []
    flat: list[tuple[int, int, int]] = []
    first, end, open_ = opened[people].tolist(), last[people].tolist(), running[people].tolist()
    for i in range(len(people)):
        found = phases_ordinal(rows[low[i] : high[i]], first[i], end[i], bridge_days, open_[i])
        counts.append(len(found))
        flat += found
    stretches = np.array(flat, dtype=np.int64).reshape(-1, 3)
    return np.column_stack([np.repeat(people, np.array(counts, dtype=np.int64)), stretches])


def _alternating(spells: _Spells, opened: Ints, last: Ints, people: Bools, running: Bools, bridge_days: int) -> Ints:
    """The same for those who are active or else passive: runs of active days, and what lies between them."""
    inside = people[spells.who] & (spells.start <= last[spells.who]) & (spells.end >= opened[spells.who])
    at = np.flatnonzero(inside & (spells.start <= spells.end))
    who = spells.who[at]
    first, end = np.maximum(spells.start[at], opened[who]), np.minimum(spells.end[at], last[who])
    order = np.argsort(keys(who, first), kind="stable")
    who, first, end = who[order], first[order], end[order]
    # the latest end so far: a citizen's days are larger numbers than those of everybody before
    reach = np.maximum.accumulate(keys(who, end)) % DAY_RANGE
    new = np.ones(len(who), dtype=bool)
    new[1:] = (who[1:] != who[:-1]) | (first[1:] - reach[:-1] - 1 > bridge_days)
    run = np.flatnonzero(new)
    who, first, end = who[run], first[run], reach[np.append(run[1:], len(new))[: len(run)] - 1]
    final = np.ones(len(who), dtype=bool)
    final[:-1] = who[1:] != who[:-1]
    end = np.where(final & running[who] & (last[who] - end <= bridge_days), last[who], end)
    # a gap before each run, and one after the last; before the first where there is none at all
    gap_from = np.where(np.append(True, final[:-1])[: len(who)], opened[who], np.append(0, end[:-1])[: len(who)] + 1)
    none = people.copy()
    none[who] = False
    idle = np.flatnonzero(none)
    parts = [
        (who, PASSIVE, gap_from, first - 1),
        (who, ACTIVE, first, end),
        (who[final], PASSIVE, end[final] + 1, last[who[final]]),
        (idle, PASSIVE, opened[idle], last[idle]),
    ]
    table = np.concatenate([np.stack([w, np.full(len(w), state), a, b], axis=1) for w, state, a, b in parts])
    table = table[table[:, 2] <= table[:, 3]]
    out: Ints = table[np.argsort(keys(table[:, 0], table[:, 2]), kind="stable")]
    return out
