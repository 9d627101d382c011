"""A cohort as columns: what the store hands over for ten thousand citizens, or a page for one.

Both ways in (`from_courses`, `from_columns`) make the same value, so that a citizen's page and the list of flags are
computed by the same code. Days are proleptic Gregorian ordinals (`date.toordinal`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from progression.casework.plan import hold_changes
from progression.casework.timeline import PASSIVE, first_fact, kind_of
from progression.casework.values import Course, InterventionType
from progression.scales.cells import encode, width
from progression.scales.model import RATERS, Scale

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEVER = 4_000_000  # an ordinal day later than any date: "still running"
DAY_RANGE = 8_000_000  # more days than any calendar here has: keeps (citizen, day) in one sortable number


@dataclass(frozen=True, slots=True)
class InterventionColumns:
    """Interventions as columns. `kind`: what `casework.timeline.kind_of` says. `end` NEVER = running.

    Sorted by `who` (`intervention_columns` sees to it). `ids` may be empty when nobody asks which rows make a phase.
    """

    who: Ints
    start: Ints
    end: Ints
    kind: Ints
    ids: Sequence[str] = ()

    def of(self, citizen: int) -> range:
        """Return the rows of one citizen (index into the cohort's citizens)."""
        first, last = np.searchsorted(self.who, [citizen, citizen + 1]).tolist()
        return range(first, last)


@dataclass(frozen=True, slots=True)
class AssignmentColumns:
    """Coordinating caseworkers as columns, sorted by `who`; `person` is an index shared with the assessors."""

    who: Ints
    start: Ints
    end: Ints
    person: Ints

    def of(self, citizen: int) -> slice:
        """Return where the rows of one citizen are."""
        first, last = np.searchsorted(self.who, [citizen, citizen + 1]).tolist()
        return slice(first, last)


@dataclass(frozen=True, slots=True)
class HoldColumns:
    """The days on which a plan changes between holding the level (`held`) and not, sorted by `who` and `day`.

    Before a citizen's first row the plan says nothing of the sort: a goal counts from its date on.
    """

    who: Ints
    day: Ints
    held: Bools

    def on(self, who: Ints, day: Any) -> Bools:
        """Return for each citizen whether the goal on the (ordinal) day is to hold the level."""
        if not len(self.who):
            return np.zeros(len(who), dtype=bool)
        at = np.searchsorted(self.who * DAY_RANGE + self.day, who * DAY_RANGE + day, side="right") - 1
        found: Bools = (at >= 0) & (self.who[at] == who) & self.held[at]
        return found

    def of(self, first: int, last: int) -> HoldColumns:
        """Return the rows of the citizens from `first` to before `last`, counted from 0 again."""
        part = slice(*np.searchsorted(self.who, [first, last]).tolist())
        return HoldColumns(self.who[part] - first, self.day[part], self.held[part])


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Everything the analysis of one scale needs, as columns.

    Citizens: `citizens` (internal ids), `numbers`, `opened` (first day of the span, 0 = not known: the first fact),
    `closed` (last day of the span, NEVER = open), `holds` (when the plan says to hold the level).
    Assessments, any order: `who` (index into citizens), `day`, `rater` (0 caseworker, 1 citizen), `assessor` (index
    into `assessors`, -1 unknown), `mode` (any code, -1 unknown), `scores` (A x items of the scale, NaN = no number).
    """

    scale: Scale
    citizens: tuple[str, ...]
    numbers: tuple[str, ...]
    opened: Ints
    closed: Ints
    holds: HoldColumns
    who: Ints
    day: Ints
    rater: Ints
    assessor: Ints
    mode: Ints
    scores: Floats
    assessors: tuple[str, ...]
    interventions: InterventionColumns
    assignments: AssignmentColumns
    index: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def from_columns(
        cls,
        scale: Scale,
        *,
        citizens: Sequence[str],
        numbers: Sequence[str],
        who: Any,
        day: Any,
        rater: Any,
        assessor: Any,
        mode: Any,
        cells: bytes,
        opened: Any = None,
        closed: Any = None,
        holds: HoldColumns | None = None,
        assessors: Sequence[str] = (),
        interventions: InterventionColumns | None = None,
        assignments: AssignmentColumns | None = None,
    ) -> Cohort:
        """Return the cohort of plain columns (sequences or arrays of equal length; ordinal days).

        `rater`: 0 or "caseworker", 1 or "citizen". `assessor`, `mode`: any int code, negative = unknown. `cells`: the
        score cells of all assessments joined (see `scales.cells`). `opened`/`closed`: ordinals, 0 = not known.
        Raises ValueError when the cells do not fit the number of assessments.
        """
        n = len(citizens)
        closing = _ints(closed, n, 0)
        return cls(
            scale=scale,
            citizens=tuple(citizens),
            numbers=tuple(numbers),
            opened=_ints(opened, n, 0),
            closed=np.where(closing <= 0, NEVER, closing),
            holds=hold_columns(()) if holds is None else holds,
            who=_ints(who),
            day=_ints(day),
            rater=_raters(rater),
            assessor=_ints(assessor),
            mode=_ints(mode),
            scores=decode(cells, scale, len(who)),
            assessors=tuple(assessors),
            interventions=interventions or no_interventions(),
            assignments=assignments or no_assignments(),
            index={citizen: i for i, citizen in enumerate(citizens)},
        )

    @classmethod
    def from_courses(cls, courses: Sequence[Course], scale: Scale, types: Mapping[str, InterventionType]) -> Cohort:
        """Return the cohort of casework values. `types` says which interventions count as active."""
        people: dict[str, int] = {}
        modes: dict[str, int] = {}
        rows: list[tuple[int, int, int, int, int]] = []
        text: list[str] = []
        for i, course in enumerate(courses):
            for a in course.assessments:
                if a.scale != scale.id:
                    continue
                assessor = people.setdefault(a.assessor, len(people)) if a.assessor else -1
                mode = modes.setdefault(a.mode, len(modes)) if a.mode else -1
                rows.append((i, a.date.toordinal(), RATERS.index(a.rater), assessor, mode))
                text.append(encode(scale, a.answers))
        table = np.array(rows, dtype=np.int64).reshape(-1, 5)
        assignments = _assignments(courses, people)
        return cls.from_columns(
            scale,
            citizens=[c.citizen.citizen for c in courses],
            numbers=[c.citizen.number for c in courses],
            who=table[:, 0],
            day=table[:, 1],
            rater=table[:, 2],
            assessor=table[:, 3],
            mode=table[:, 4],
            cells="".join(text).encode("ascii"),
            opened=[_first_day(c) for c in courses],
            closed=[c.citizen.case_closed.toordinal() if c.citizen.case_closed else 0 for c in courses],
            holds=hold_columns(hold_changes(course.plan) for course in courses),
            assessors=list(people),
            interventions=_interventions(courses, types),
            assignments=assignments,
        )


def intervention_columns(
    who: Any,
    types: Sequence[str],
    start: Any,
    end: Any,
    catalogue: Mapping[str, InterventionType],
    ids: Sequence[str] = (),
) -> InterventionColumns:
    """Return intervention columns from type codes; `end` 0 = running, a type nobody knows counts as nothing."""
    kinds = {code: kind_of(kind) for code, kind in catalogue.items()}
    whom, begin, ends = _ints(who), _ints(start), _ints(end)
    ends = np.where(ends <= 0, NEVER, ends)
    kind = np.fromiter((kinds.get(code, PASSIVE) for code in types), dtype=np.int64, count=len(types))
    if len(whom) > 1 and (whom[1:] < whom[:-1]).any():
        order = np.argsort(whom, kind="stable")
        whom, begin, ends, kind = whom[order], begin[order], ends[order], kind[order]
        ids = [ids[i] for i in order.tolist()] if len(ids) else ids
    return InterventionColumns(whom, begin, ends, kind, ids)


def decode(block: bytes, scale: Scale, count: int) -> Floats:
    """Return scores (count x indicators, float, NaN = no number) from joined score cells.

    Raises ValueError when the block is not `count` rows of the scale's width.
    """
    wide, items = width(scale), len(scale.indicators)
    if len(block) != count * wide * items:
        raise ValueError(f"{len(block)} bytes of cells, expected {count * wide * items}")
    digits = _DIGITS.take(np.frombuffer(block, dtype=np.uint8)).reshape(count, items, wide)
    value = digits[:, :, 0]
    for place in range(1, wide):
        value = value * 10 + digits[:, :, place]
    return value


def hold_columns(changes: Iterable[Iterable[tuple[dt.date, bool]]]) -> HoldColumns:
    """Return what `casework.plan.hold_changes` says of each citizen, in their order, as columns."""
    rows = [(who, day.toordinal(), held) for who, own in enumerate(changes) for day, held in own]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return HoldColumns(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].astype(bool))


def no_interventions() -> InterventionColumns:
    """Return empty intervention columns."""
    none = np.zeros(0, dtype=np.int64)
    return InterventionColumns(none, none, none, none)


def no_assignments() -> AssignmentColumns:
    """Return empty assignment columns."""
    none = np.zeros(0, dtype=np.int64)
    return AssignmentColumns(none, none, none, none)


_DIGITS = np.full(256, np.nan)
_DIGITS[ord("0") : ord("9") + 1] = np.arange(10)


def _ints(values: Any, count: int = 0, default: int = 0) -> Ints:
    if values is None:
        return np.full(count, default, dtype=np.int64)
    return np.asarray(values, dtype=np.int64)


def _raters(values: Any) -> Ints:
    if len(values) and isinstance(values[0], str):
        return np.fromiter((RATERS.index(v) for v in values), dtype=np.int64, count=len(values))
    return _ints(values)


def _first_day(course: Course) -> int:
    first = course.citizen.benefit_start or first_fact(course)
    return first.toordinal() if first else 0


def _interventions(courses: Sequence[Course], types: Mapping[str, InterventionType]) -> InterventionColumns:
    rows = [(i, row) for i, course in enumerate(courses) for row in course.interventions]
    return intervention_columns(
        [i for i, _ in rows],
        [row.type for _, row in rows],
        [row.start.toordinal() for _, row in rows],
        [row.end.toordinal() if row.end else 0 for _, row in rows],
        types,
        [row.id for _, row in rows],
    )


def _assignments(courses: Sequence[Course], people: dict[str, int]) -> AssignmentColumns:
    rows = [
        (
            i,
            a.start.toordinal(),
            a.end.toordinal() if a.end else NEVER,
            people.setdefault(a.caseworker, len(people)),
        )
        for i, course in enumerate(courses)
        for a in course.assignments
        if a.role == "coordinating"
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return AssignmentColumns(*(np.ascontiguousarray(table[:, k]) for k in range(4)))
