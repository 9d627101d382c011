"""Flags as they stand on a day, and as they would have been shown: statuses, decisions, what was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from progression.analysis.looks import Basis, Looks
from progression.analysis.making import make_flags
from progression.analysis.moves import known_phases
from progression.analysis.raised import (
    KINDS,
    MISSING,
    PROGRESSION,
    REGRESSION,
    STAGNATION,
    WHOLE,
    Event,
    Events,
    first_raised,
    shown,
)
from progression.analysis.values import Flag, Status
from progression.casework.values import Decision


def history(basis: Basis, looks: Looks, found: Events, everything: bool = False) -> tuple[Flag, ...]:
    """Return every flag that would have been shown had nobody decided anything, or (`everything`) could be raised."""
    pick = first_raised if everything else shown
    touched = np.unique(found.table[:, 0]).tolist()
    flags = make_flags(basis, looks, found, [event for who in touched for event in pick(found.of(who))])
    return in_order(flags)


def in_order(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Return flags by date raised, number and kind."""
    return tuple(sorted(flags, key=_order))


def _order(flag: Flag) -> tuple[date, str, int, str]:
    return flag.raised_on, flag.number, KINDS.index(flag.kind), flag.indicator or ""


def current(
    basis: Basis,
    looks: Looks,
    found: Events,
    decisions: Iterable[Decision] = (),
    recorded: Sequence[Flag] = (),
) -> tuple[Flag, ...]:
    """Return the flags as they stand on the as-of date.

    Open, silenced and decided ones that still hold, with the numbers of the last look; decided ones that no longer
    hold; and those once shown (`recorded`) that later facts took away, as "withdrawn" with the reason: "answered" (the
    missing assessment came), "case_closed", "phase_ended", "goal_hold" (the goal is to
    hold the level), "whole" (what an indicator showed the whole scale shows by
    now), "later_answers" (the condition no longer holds), "corrected" (it never held by today's facts) or
    "other_method" (the method that showed it is no longer in force). Sorted by date raised and number.
    """
    return standing(
        basis, looks, found, latest_decisions(decisions, basis.as_of), by_citizen(recorded, basis.cohort.scale.id)
    )


def standing(
    basis: Basis, looks: Looks, found: Events, latest: Mapping[str, Decision], before: Mapping[str, Sequence[Flag]]
) -> tuple[Flag, ...]:
    """Return the same from `latest_decisions` and from the recorded flags `by_citizen`, of whomever those are."""
    out: list[Flag] = []
    holding = _holding(basis, looks, found)
    index = basis.cohort.index
    asked = {index[c] for c in index.keys() & {*before, *(d.citizen for d in latest.values())}}
    events = [
        event
        for who, held in holding.items()
        for event in _standing_events(basis, found, who, held, before.get(basis.cohort.citizens[who], ()))
    ]
    known: dict[str, Flag] = {f.id: f for f in make_flags(basis, looks, found, events, now=True)}
    out += [_with_decision(flag, latest.get(flag.id), basis.as_of) for flag in known.values()]
    gone = _gone(basis, looks, found, sorted(asked), before, latest)
    out += [flag for flag in gone if flag.id not in known]
    return in_order(out)


def by_citizen(recorded: Iterable[Flag], scale: str) -> dict[str, list[Flag]]:
    """Return recorded flags on a scale by internal id of the citizen."""
    before: dict[str, list[Flag]] = {}
    for flag in (f for f in recorded if f.scale == scale):
        before.setdefault(flag.citizen, []).append(flag)
    return before


def latest_decisions(decisions: Iterable[Decision], as_of: int) -> dict[str, Decision]:
    """Return the last decision about each flag id, taken by the as-of date."""
    out: dict[str, Decision] = {}
    about = (d for d in decisions if d.about.startswith("flag:") and d.date.toordinal() <= as_of)
    for decision in sorted(about, key=lambda d: (d.date, d.event)):
        out[decision.about.removeprefix("flag:")] = decision
    return out


def _holding(basis: Basis, looks: Looks, found: Events) -> dict[int, tuple[tuple[int, int, int], ...]]:
    """Per citizen the (kind, indicator, phase start) that hold on the as-of date: at the last look, in the phase still
    running."""
    table = found.table
    if not len(table):
        return {}
    who = table[:, 0]
    now = known_phases(who, basis.last[who], basis.phases, basis.bridge_days).phase
    start_now = np.append(basis.phases.start, 0)[now]
    running = basis.cohort.closed > basis.as_of
    holds = (table[:, 8] == 1) & running[who] & ((start_now == table[:, 5]) | (table[:, 2] == MISSING))
    # the goal may have become to hold the level after the last look
    holds &= (table[:, 2] != STAGNATION) | ~basis.cohort.holds.on(who, basis.as_of)
    out: dict[int, tuple[tuple[int, int, int], ...]] = {}
    for row in table[holds].tolist():
        out[row[0]] = (*out.get(row[0], ()), Event(*row).flag)
    return out


def _standing_events(
    basis: Basis, found: Events, who: int, holding: Iterable[tuple[int, int, int]], recorded: Iterable[Flag]
) -> list[Event]:
    """The events behind the flags that hold and were shown: each as first shown, a missing one as it lapsed last.

    What was `recorded` as shown stays shown, even where a round would show something else by today's facts.
    """
    wanted = set(holding)
    everything = list(found.of(who))
    taken = [e for e in shown(everything) if e.kind != MISSING]
    kept = {about for about in _about(basis, recorded) if about in wanted}
    out = [e for e in taken if e.flag in wanted]
    kept -= {e.flag for e in out}
    if kept:
        out += [e for e in first_raised(everything) if e.flag in kept and e.kind != MISSING]
    last = everything[-1]
    overdue = last.kind == MISSING and last.flag in wanted
    if overdue and (last.flag in kept or last.round not in {e.round for e in taken}):
        out.append(last)
    return out


def _about(basis: Basis, recorded: Iterable[Flag]) -> Iterator[tuple[int, int, int]]:
    """What recorded flags are about, as `Event.flag` says it; not those of an indicator the scale no longer has."""
    places = {indicator.code: place for place, indicator in enumerate(basis.cohort.scale.indicators)}
    for flag in recorded:
        if flag.kind in KINDS and (flag.indicator is None or flag.indicator in places):
            item = WHOLE if flag.indicator is None else places[flag.indicator]
            yield KINDS.index(flag.kind), item, flag.phase.start.toordinal()


def _with_decision(flag: Flag, decision: Decision | None, as_of: int) -> Flag:
    """A decision silences a flag until its follow-up date; without one it is settled for this phase."""
    if decision is None or (flag.kind == "missing" and decision.date < flag.raised_on):
        return flag
    status: Status = "decided"
    if decision.follow_up is not None:
        status = "silenced" if as_of < decision.follow_up.toordinal() else "open"
    return replace(flag, status=status, follow_up=decision.follow_up)


def _gone(
    basis: Basis,
    looks: Looks,
    found: Events,
    people: Sequence[int],
    recorded: Mapping[str, Sequence[Flag]],
    latest: Mapping[str, Decision],
) -> list[Flag]:
    """Flags of these citizens that were shown or decided once; those that still stand are among them."""
    # on the day it could be raised first; over it as first shown, where that was later. All at once: each call looks
    # through the whole cohort
    picked = [event for pick in (first_raised, shown) for who in people for event in pick(found.of(who))]
    computed: dict[str, dict[str, Flag]] = defaultdict(dict)
    for flag in make_flags(basis, looks, found, picked):
        computed[flag.citizen][flag.id] = flag
    starts = _phase_starts(basis)
    out: list[Flag] = []
    for who in people:
        citizen = basis.cohort.citizens[who]
        own, stored = computed[citizen], {f.id: f for f in recorded.get(citizen, ())}
        for identity in {**stored, **{i: f for i, f in own.items() if i in latest}}:
            flag = stored.get(identity) or own[identity]
            decision = latest.get(identity)
            if decision is not None:
                out.append(replace(flag, status="decided", follow_up=decision.follow_up))
            else:
                because = _because(basis, looks, who, flag, identity in own, starts[who])
                out.append(replace(flag, status="withdrawn", withdrawn_because=because))
    return out


def _phase_starts(basis: Basis) -> list[int]:
    """Per citizen the ordinal day on which the phase of the last day began, 0 without one."""
    everybody = np.arange(len(basis.cohort.citizens))
    now = known_phases(everybody, basis.last, basis.phases, basis.bridge_days).phase
    starts: list[int] = np.where(now >= 0, np.append(basis.phases.start, 0)[now], 0).tolist()
    return starts


def _because(basis: Basis, looks: Looks, who: int, flag: Flag, computed: bool, phase_start: int) -> str:
    if flag.method != looks.method:
        return "other_method"
    if not computed:
        return "corrected"
    if basis.cohort.closed[who] <= basis.as_of:
        return "case_closed"
    if flag.kind == "missing":
        return "answered"
    if phase_start != flag.phase.start.toordinal():
        return "phase_ended"
    if flag.kind == "stagnation" and basis.cohort.holds.on(np.array([who]), basis.as_of)[0]:
        return "goal_hold"
    last = int(basis.step.bounds[who + 1]) - 1
    whole = {KINDS[REGRESSION]: looks.fall, KINDS[PROGRESSION]: looks.rise}.get(flag.kind)
    taken_over = flag.indicator is not None and whole is not None and bool(whole[last])
    return "whole" if taken_over else "later_answers"
