"""Active, passive, waiting and exempt periods of a citizen, as contracts.md ("Words that must mean one thing") says.

Inside, days are ordinals (`date.toordinal`) and states small integers, so that a whole municipality takes a moment:
`phases_ordinal` is for cohorts, `phases` and `course_phases` for one citizen. What the contract leaves open:

- Only what lies in the span counts: interventions are clipped to it first, then gaps are bridged.
- Where a waiting and an exempt row cover the same day the day is exempt: an exemption is a decision with legal effect,
  waiting is a circumstance.
- While the case runs, the last day of the span is the day of judgement: for `bridge_days` after an end the phase is
  still active, since nobody can know yet whether something follows. A closed case gets no such grace.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from progression.casework.values import (
    BipType,
    Citizen,
    Course,
    Intervention,
    InterventionType,
    Phase,
    State,
)

BRIDGE_DAYS = 14
ACTIVE, PASSIVE, WAITING, EXEMPT = range(4)
STATES: tuple[State, ...] = ("active", "passive", "waiting", "exempt")
_FOREVER = date.max.toordinal()

Row = tuple[int, int, int]  # first day, last day (inclusive), kind: one of the four above
Stretch = tuple[int, int, int]  # state, first day, last day (inclusive)


class Span(NamedTuple):
    """The days a citizen's case covers, both inclusive. `running`: not closed by the as-of date."""

    start: date
    end: date
    running: bool


def first_fact(course: Course) -> date | None:
    """Return the date of the earliest fact in the course, None when there is none.

    A planned or cancelled conversation has not happened and a follow-up date is no fact; both are left out.
    """
    days: list[date] = [a.start for a in course.assignments]
    days += [a.date for a in course.assessments]
    days += [i.start for i in course.interventions]
    days += [c.date for c in course.conversations if c.status not in ("planned", "cancelled")]
    days += [c.start for c in course.categories]
    days += [p.date for p in course.plan]
    days += [n.date for n in course.notes]
    days += [d.date for d in course.decisions]
    return min(days, default=None)


def span(of: Course | Citizen, first: date | None, as_of: date) -> Span | None:
    """Return the span: benefit_start (else the first fact) to case_closed, or as-of. None when it has no day.

    `first` is the date of the first fact; for a course None means that it is looked up.
    """
    if isinstance(of, Course):
        citizen, first = of.citizen, first or (None if of.citizen.benefit_start else first_fact(of))
    else:
        citizen = of
    start = citizen.benefit_start or first
    closed = citizen.case_closed
    running = closed is None or closed > as_of
    end = as_of if closed is None or running else closed
    return None if start is None or start > end else Span(start, end, running)


def kind_of(type_: InterventionType | None) -> int:
    """Return which state a row of this type makes; PASSIVE when it counts for nothing (or the type is not known)."""
    if type_ is None:
        return PASSIVE
    if type_.active:
        return ACTIVE
    return {"waiting": WAITING, "exempt": EXEMPT}.get(type_.state, PASSIVE)


def phases_ordinal(
    rows: Iterable[Row], start: int, end: int, bridge_days: int = BRIDGE_DAYS, running: bool = True
) -> list[Stretch]:
    """Return the maximal runs of one state from `start` to `end` (ordinals, inclusive), in order, without a gap.

    `rows` are (first day, last day, kind) in any order, overlapping at will; a running row ends at or after `end`. Rows
    of kind PASSIVE and rows that end before they start count for nothing. `running`: `end` is the day of judgement.
    """
    active: list[tuple[int, int]] = []
    exempt: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = []
    lists = (active, None, waiting, exempt)
    for first, last, kind in rows:
        found = lists[kind]
        if found is not None and first <= end and last >= start and first <= last:
            found.append((first if first > start else start, last if last < end else end))
    runs = _merged(active, bridge_days)
    if running and runs and end - runs[-1][1] <= bridge_days:
        runs[-1] = (runs[-1][0], end)
    layers = tuple((state, _merged(part, 0)) for state, part in ((EXEMPT, exempt), (WAITING, waiting)) if part)
    out: list[Stretch] = []
    day = start
    for first, last in runs:
        if first > day:
            _fill(day, first - 1, layers, 0, out)
        out.append((ACTIVE, first, last))
        day = last + 1
    if day <= end:
        _fill(day, end, layers, 0, out)
    return out


def _merged(parts: list[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Join parts that overlap or have at most `gap` days between them."""
    if len(parts) < 2:
        return parts
    parts.sort()
    out = [parts[0]]
    for first, last in parts[1:]:
        start, end = out[-1]
        if first - end - 1 <= gap:
            if last > end:
                out[-1] = (start, last)
        else:
            out.append((first, last))
    return out


def _fill(
    first: int,
    last: int,
    layers: tuple[tuple[int, list[tuple[int, int]]], ...],
    depth: int,
    out: list[Stretch],
) -> None:
    """Fill a gap between active runs: the strongest layer first, what it leaves open by the next, the rest passive."""
    if depth == len(layers):
        out.append((PASSIVE, first, last))
        return
    state, parts = layers[depth]
    for start, end in parts:
        if end < first:
            continue
        if start > last:
            break
        if start > first:
            _fill(first, start - 1, layers, depth + 1, out)
            first = start
        out.append((state, first, end if end < last else last))
        first = end + 1
    if first <= last:
        _fill(first, last, layers, depth + 1, out)


def phases(
    interventions: Sequence[Intervention],
    types: Mapping[str, InterventionType],
    start: date,
    end: date,
    bridge_days: int = BRIDGE_DAYS,
    running: bool = True,
) -> tuple[Phase, ...]:
    """Return the phases from `start` to `end` (inclusive), in order; () when `end` lies before `start`.

    `running`: the case is open and `end` the as-of date; then the last phase has no end. An intervention without an end
    runs, whatever its planned end says; one that starts after `end` is not known yet.
    """
    rows = [
        (i.start.toordinal(), i.end.toordinal() if i.end else _FOREVER, kind_of(types.get(i.type)), i.id)
        for i in interventions
    ]
    return phases_of(rows, start.toordinal(), end.toordinal(), bridge_days, running)


def phases_of(
    rows: Sequence[tuple[int, int, int, str]],
    start: int,
    end: int,
    bridge_days: int = BRIDGE_DAYS,
    running: bool = True,
) -> tuple[Phase, ...]:
    """Return the same of rows (first day, last day, kind, id) with ordinal days, a late one for no end."""
    rows = sorted(rows)
    stretches = phases_ordinal([row[:3] for row in rows], start, end, bridge_days, running)
    return tuple(
        Phase(
            STATES[state],
            date.fromordinal(a),
            None if running and b == end else date.fromordinal(b),
            tuple(row[3] for row in rows if row[2] == state != PASSIVE and row[0] <= b and a <= row[1] >= row[0]),
        )
        for state, a, b in stretches
    )


def course_phases(
    course: Course, types: Mapping[str, InterventionType], as_of: date, bridge_days: int = BRIDGE_DAYS
) -> tuple[Phase, ...]:
    """Return a course's phases over its span on the as-of date; () when the span has no day."""
    days = span(course, None, as_of)
    if days is None:
        return ()
    return phases(course.interventions, types, days.start, days.end, bridge_days, days.running)


def phase_on(phases: Sequence[Phase], day: date, causal: bool = True, bridge_days: int = BRIDGE_DAYS) -> Phase | None:
    """Return the phase of a day, None outside the span.

    `causal`: as it was judged that day. For `bridge_days` days after an end the phase is still the active one; after
    that it is the one that began the day after the end. It was running then, so it has no end; its `interventions` are
    those of the whole phase, later ones included.
    """
    place = bisect_right(phases, day, key=lambda phase: phase.start) - 1
    if place < 0:
        return None
    phase = phases[place]
    if phase.end is not None and phase.end < day:
        return None
    if not causal:
        return phase
    while place >= 0:  # several short phases may lie within the bridge: waiting, then exempt
        earlier = phases[place]
        if earlier.end is not None and (day - earlier.end).days > bridge_days:
            break
        if earlier.state == "active":
            phase = earlier
            break
        place -= 1
    return Phase(phase.state, phase.start, None, phase.interventions)


def in_force(interventions: Iterable[Intervention], day: date) -> tuple[Intervention, ...]:
    """Return the interventions that cover the day, in the order given."""
    return tuple(i for i in interventions if i.start <= day and (i.end is None or day <= i.end))


def combination_on(
    interventions: Iterable[Intervention], types: Mapping[str, InterventionType], day: date
) -> frozenset[BipType]:
    """Return the BIP types of the active interventions in force on the day.

    Only types that count as active: so the combination is empty exactly on the days without an active intervention.
    """
    found = (types[i.type] for i in in_force(interventions, day) if i.type in types)
    return frozenset(kind.bip_type for kind in found if kind.active)
