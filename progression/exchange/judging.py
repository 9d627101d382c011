"""What a value from a file may not be: the rules of `casework.checks`, with their faults brought to its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from progression.casework import checks, cpr
from progression.casework.values import NOT_RATED, Assessment, InterventionType, PlanItem
from progression.errors import Fault
from progression.exchange.cells import write_cell
from progression.exchange.faults import FileFault
from progression.exchange.given import Given
from progression.exchange.tables import Table
from progression.scales.model import Scale


@dataclass(frozen=True, slots=True)
class Held:
    """What the vault holds now: facts by table name, instruments, types, and the day it is."""

    facts: Mapping[str, Sequence[Any]]
    scales: Mapping[str, Scale]
    types: Mapping[str, InterventionType]
    today: date


def _plan_item(value: PlanItem, held: Held) -> tuple[Fault, ...]:
    """An indicator of any installed scale will do: a plan does not say which scale it speaks of."""
    scales = list(held.scales.values())
    named = [scale for scale in scales if any(value.indicator == i.code for i in scale.indicators)]
    return checks.plan_item(value, (named or scales)[0], held.today)


_CHECKS: Mapping[str, Callable[[Any, Held], tuple[Fault, ...]]] = {
    "citizens": lambda value, held: checks.citizen(value, held.today),
    "assignments": lambda value, held: checks.assignment(value, held.today),
    "categories": lambda value, held: checks.category(value, held.today),
    "conversations": lambda value, held: checks.conversation(value, held.today),
    "interventions": lambda value, held: checks.intervention(value, held.types, held.today),
    "plans": _plan_item,
    "notes": lambda value, held: checks.note(value, held.today),
    "decisions": lambda value, held: checks.decision(value, held.today),
    "providers": lambda value, held: checks.provider(value),
    "offers": lambda value, held: checks.offer(value, held.types),
    "professionals": lambda value, held: checks.professional(value),
    "consents": lambda value, held: checks.consent(value, held.today),
    "handovers": lambda value, held: checks.handover(value, held.today),
    "reviews": lambda value, held: checks.review(value, held.today),
}


def judge(table: Table, value: Any, held: Held) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """Return what stops a value and what is only worth saying.

    An empty text is no fault in a column that may be empty: a pseudonymised file has none, and is read all the same.
    """
    check = _CHECKS.get(table.name)
    found = check(value, held) if check else ()
    optional = {column.attribute for column in table.columns if not column.required}
    blocking = tuple(
        fault
        for fault in checks.blocking(found)
        if not (fault.what in ("fault.empty", "fault.no_name") and fault.key in optional)
    )
    return blocking, tuple(fault for fault in found if fault.warning)


def bad_days(days: Sequence[Any], today: date) -> dict[Any, Fault]:
    """The distinct dates of assessments that cannot be one."""
    found: dict[Any, Fault] = {}
    for day in set(days):
        if day is not None:
            probe = Assessment("", "caseworker", "", day, {})
            for fault in _date_faults(probe, today):
                found[day] = fault
    return found


def _date_faults(probe: Assessment, today: date) -> tuple[Fault, ...]:
    bare = Scale("", 1, {}, {}, 0, 1, "higher", 1.0, {}, {}, ())
    return tuple(fault for fault in checks.assessment(probe, bare, today) if fault.key == "date")


def placed(given: Given, index: int, fault: Fault) -> list[FileFault]:
    """A fault of a value as a fault of the cell it came from. A CPR number is never repeated in full."""
    columns = {column.attribute: column.name for column in given.table.columns if column.attribute}
    column = columns.get(fault.key, fault.key)
    value = write_cell(fault.value)
    if column == "cpr":
        value = cpr.mask(write_cell(given.columns["cpr"][index]))
    fields = {name: write_cell(field) if isinstance(field, date) else field for name, field in fault.expected.items()}
    return given.fault(index, column, fault.what, value, fault.what, **fields)


def answer_fault(scale: Scale, rater: Any, code: str, score: int | None) -> tuple[str, Fault] | None:
    """What is wrong with one answer, and in which column; None when nothing is."""
    found = checks.answer(scale, rater, code, NOT_RATED if score is None else score)
    if not found:
        return None
    if found[0].what == "fault.not_rated_by":
        asked = tuple(indicator.code for indicator in scale.rated_by(rater))
        return "indicator", Fault("indicator", found[0].what, code, {"choices": asked, "rater": rater})
    return ("indicator" if found[0].key == "indicator" else "score"), found[0]
