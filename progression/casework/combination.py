"""Which kinds of intervention run beside each other, day by day: job, job and social, none (domain.md: what goes with
progression is the combination, so it is the combination that is told).

Days are those of `timeline`. On an active day the combination is the BIP types of the active rows in force; a bridged
day, and one on which it cannot be known yet whether something follows, keeps the combination of the day before it. So
the combination is empty exactly on the days that are passive, waiting or exempt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from progression.casework.timeline import (
    ACTIVE,
    BRIDGE_DAYS,
    PASSIVE,
    STATES,
    Row,
    Stretch,
    kind_of,
    phases_ordinal,
    span,
)
from progression.casework.values import BipType, Course, Intervention, InterventionType, Phase, State

ORDER: tuple[BipType, ...] = ("job", "upskilling", "health", "social", "none")
NONE, OTHER = "none", "other"
_BITS: Mapping[str, int] = {kind: 1 << place for place, kind in enumerate(ORDER)}
_FOREVER = date.max.toordinal()

Marked = tuple[int, int, int, int]  # first day, last day (inclusive), kind as in `timeline`, bit of the BIP type
Combined = tuple[int, int, int, int]  # state, bits in force, first day, last day (inclusive)


@dataclass(frozen=True, slots=True)
class Run:
    """A maximal run of days with one combination and one state. `types`: in ORDER, () unless the days are active.
    `end` None = still. `interventions`: ids of the rows in force on any of the days that make it so."""

    types: tuple[BipType, ...]
    state: State
    start: date
    end: date | None
    interventions: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The combination as it is asked for: "job+social", "none"."""
        return key(self.types)


def key(types: Iterable[str]) -> str:
    """Write a combination: "job+social" in ORDER, "none" for nothing, "other" for active rows of no BIP type."""
    found = set(types)
    return "+".join(OTHER if kind == "none" else kind for kind in ORDER if kind in found) or NONE


def read_key(text: str) -> str | None:
    """Read a combination as somebody writes it ("Social + job"); None for what is none."""
    parts = {part.strip().casefold() for part in text.split("+")}
    if parts == {NONE}:
        return NONE
    known = {OTHER if kind == "none" else kind: kind for kind in ORDER}
    return key(known[part] for part in parts) if parts and parts <= known.keys() else None


def bit(type_: InterventionType | None) -> int:
    """Return the bit of a type's BIP type; 0 where the type is not known."""
    return _BITS[type_.bip_type] if type_ is not None else 0


def types_of(bits: int) -> tuple[BipType, ...]:
    """Return the BIP types of a sum of bits, in ORDER."""
    return tuple(kind for kind in ORDER if bits & _BITS[kind])


def combined_ordinal(
    rows: Sequence[Marked], start: int, end: int, bridge_days: int = BRIDGE_DAYS, running: bool = True
) -> list[Combined]:
    """Return the maximal runs of one state and one combination from `start` to `end` (ordinals, inclusive), in order.

    `rows` and `running` as in `timeline.phases_ordinal`.
    """
    plain: list[Row] = [row[:3] for row in rows]
    active = [row for row in rows if row[2] == ACTIVE and row[0] <= row[1]]
    out: list[Combined] = []
    for state, first, last in phases_ordinal(plain, start, end, bridge_days, running):
        if state == ACTIVE:
            _cut(active, (state, first, last), out)
        else:
            out.append((state, 0, first, last))
    return out


def _cut(active: Sequence[Marked], stretch: Stretch, out: list[Combined]) -> None:
    """Cut an active stretch wherever a row begins or the day after one ends."""
    state, first, last = stretch
    inside = [row for row in active if row[0] <= last and row[1] >= first]
    cuts = sorted({first, *(row[0] for row in inside), *(row[1] + 1 for row in inside)})
    cuts = [day for day in cuts if first <= day <= last]
    bits, since = 0, first
    for place, day in enumerate(cuts):
        now = 0
        for row in inside:
            if row[0] <= day <= row[1]:
                now |= row[3]
        now = now or bits  # a bridged gap keeps what ran before it
        if now != bits and bits:
            out.append((state, bits, since, day - 1))
            since = day
        bits = now
        if place == len(cuts) - 1:
            out.append((state, bits, since, last))


def runs(
    interventions: Iterable[Intervention],
    types: Mapping[str, InterventionType],
    start: date,
    end: date,
    bridge_days: int = BRIDGE_DAYS,
    running: bool = True,
) -> tuple[Run, ...]:
    """Return the runs from `start` to `end` (inclusive), in order; () when `end` lies before `start`."""
    marked = [
        (
            (i.start.toordinal(), i.end.toordinal() if i.end else _FOREVER, kind_of(types.get(i.type)), _bit(i, types)),
            i.id,
        )
        for i in interventions
    ]
    marked.sort()
    last = end.toordinal()
    found = combined_ordinal([row for row, _ in marked], start.toordinal(), last, bridge_days, running)
    return tuple(
        Run(
            types_of(bits),
            STATES[state],
            date.fromordinal(a),
            None if running and b == last else date.fromordinal(b),
            tuple(name for row, name in marked if row[2] == state != PASSIVE and row[0] <= b and a <= row[1] >= row[0]),
        )
        for state, bits, a, b in found
    )


def _bit(row: Intervention, types: Mapping[str, InterventionType]) -> int:
    return bit(types.get(row.type))


def of_phases(
    phases: Iterable[Phase], interventions: Iterable[Intervention], types: Mapping[str, InterventionType], as_of: date
) -> tuple[Run, ...]:
    """Return the runs within phases that are known already, whatever they were bridged by; what runs is cut at
    `as_of`."""
    rows = [
        ((i.start.toordinal(), i.end.toordinal() if i.end else _FOREVER, ACTIVE, _bit(i, types)), i.id)
        for i in interventions
        if kind_of(types.get(i.type)) == ACTIVE and (i.end is None or i.end >= i.start)
    ]
    rows.sort()
    found: list[Run] = []
    for phase in phases:
        if phase.state != "active":
            found.append(Run((), phase.state, phase.start, phase.end, phase.interventions))
            continue
        last = phase.end or max(as_of, phase.start)
        cut: list[Combined] = []
        _cut([row for row, _ in rows], (ACTIVE, phase.start.toordinal(), last.toordinal()), cut)
        for _, bits, a, b in cut:
            end = None if phase.end is None and b == last.toordinal() else date.fromordinal(b)
            named = tuple(name for row, name in rows if row[0] <= b and a <= row[1])
            found.append(Run(types_of(bits), "active", date.fromordinal(a), end, named))
    return tuple(found)


def course_runs(
    course: Course, types: Mapping[str, InterventionType], as_of: date, bridge_days: int = BRIDGE_DAYS
) -> tuple[Run, ...]:
    """Return a course's runs over its span on the as-of date; () when the span has no day."""
    days = span(course, None, as_of)
    if days is None:
        return ()
    return runs(course.interventions, types, days.start, days.end, bridge_days, days.running)


def run_on(found: Iterable[Run], day: date) -> Run | None:
    """Return the run a day lies in, None outside the span."""
    return next((run for run in found if run.start <= day and (run.end is None or day <= run.end)), None)


def earlier(interventions: Iterable[Intervention], of: Intervention) -> int:
    """Return how many interventions of the same type the citizen had begun before this one."""
    return sum(
        one.type == of.type and one.citizen == of.citizen and one.id != of.id and one.start < of.start
        for one in interventions
    )
