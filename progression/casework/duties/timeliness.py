"""Whether duties were met in time: what was due in a month, by the sort of duty.

A duty belongs to the month its due date lies in. It was met in time, met late, or is missing still; one that did not
apply (the case closed, an exemption) or is not due yet belongs nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from progression.casework.duties.model import Duty, State
from progression.casework.rulesets import Kind

# Rules of one sort are told together, in this order
SORTS: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        "conversations": ("first_conversation", "conversations", "category_rhythm", "before_end"),
        "assessments": ("assessment_every",),
        "follow_ups": ("decision_follow_up",),
        "intervention_follow_ups": ("intervention_follow_up",),
        "interventions": ("intervention_by",),
        "after_exemption": ("after_exemption",),
        "passive_limit": ("passive_limit",),
        "exemptions": ("exemption_review",),
        "clarification": ("clarification_by", "rehabilitation_by"),
        "assignment": ("assignment_by",),
        "consents": ("consent_expiry",),
        "reviews": ("case_review_every",),
    }
)
SORT_OF: Mapping[Kind, str] = MappingProxyType({kind: sort for sort, kinds in SORTS.items() for kind in kinds})
DECIDED: tuple[State, ...] = ("met", "met_late", "overdue")


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The duties of one sort due in a month. `met`, `late`, `missing`: how many; `citizens`: how many citizens each of
    the three is about, in the same order. `hidden`: which of the three a document withholds though it is not about few
    (`withheld.alone`); empty: none."""

    sort: str
    met: int
    late: int
    missing: int
    citizens: tuple[int, int, int]
    hidden: tuple[bool, ...] = ()

    @property
    def total(self) -> int:
        """All of them, at least 1."""
        return self.met + self.late + self.missing


def month_before(day: date) -> tuple[date, date]:
    """Return the first and the last day of the calendar month before that of `day`."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def timeliness(duties: Iterable[Duty]) -> tuple[Timeliness, ...]:
    """Return the duties of a month by sort, in the order of SORTS; sorts without any are left out."""
    found: dict[str, dict[State, list[str]]] = {}
    for one in duties:
        sort = SORT_OF.get(one.kind)
        if sort is not None and one.state in DECIDED:
            found.setdefault(sort, {state: [] for state in DECIDED})[one.state].append(one.citizen)
    return tuple(_row(sort, found[sort]) for sort in SORTS if sort in found)


def share_met(rows: Sequence[Timeliness]) -> float | None:
    """Return the share met in time (0 to 1), None where nothing was due."""
    total = sum(row.total for row in rows)
    return sum(row.met for row in rows) / total if total else None


def _row(sort: str, citizens: Mapping[State, Sequence[str]]) -> Timeliness:
    met, late, missing = (citizens[state] for state in DECIDED)
    return Timeliness(sort, len(met), len(late), len(missing), (len(set(met)), len(set(late)), len(set(missing))))
