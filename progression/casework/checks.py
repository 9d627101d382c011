"""What is wrong with a value before it is saved: the same rules for a file that is imported and for the window.

Every check returns faults as values, in the order of the fields; () when all is well. One with `warning` is said but
stops nothing. `key` is the field of the value, for an answer "answers.CODE".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from progression.casework import cpr
from progression.casework.values import (
    DECLINED,
    NOT_RATED,
    Answer,
    Assessment,
    Assignment,
    CategoryMembership,
    Citizen,
    Conversation,
    Decision,
    Intervention,
    InterventionType,
    Note,
    PlanItem,
)
from progression.errors import Fault
from progression.scales.model import RATERS, Rater, Scale

MODES: tuple[str, ...] = ("self", "interview", "phone", "interpreter")
ROLES: tuple[str, ...] = ("coordinating", "job", "mentor", "external")
STATUSES: tuple[str, ...] = ("planned", "held", "cancelled", "missed")
FORMS: tuple[str, ...] = ("person", "phone", "video")
NOTE_KINDS: tuple[str, ...] = ("small_step", "screening", "contact", "consent")
CHOICES: tuple[str, ...] = ("start", "continue", "adjust", "stop")
HOURS_IN_A_WEEK = 168
EARLIEST = date(1900, 1, 1)  # an earlier date of a fact is a slip of the keyboard


def blocking(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the faults that stop a value from being saved, without the warnings."""
    return tuple(fault for fault in faults if not fault.warning)


def answer(scale: Scale, rater: Rater, code: str, value: object) -> tuple[Fault, ...]:
    """Check one answer: a whole step of the scale, NOT_RATED or DECLINED, to an indicator this rater is asked."""
    key = f"answers.{code}"
    indicator = next((i for i in scale.indicators if i.code == code), None)
    if indicator is None:
        known = tuple(i.code for i in scale.indicators)
        return (Fault("indicator", "fault.indicator", code, {"scale": scale.id, "choices": known}),)
    if rater not in indicator.raters:
        raters = tuple(r for r in RATERS if r in indicator.raters)
        return (Fault(key, "fault.not_rated_by", rater, {"indicator": code, "choices": raters}),)
    if value in (NOT_RATED, DECLINED):
        return ()
    limits = {"minimum": scale.minimum, "maximum": scale.maximum}
    if isinstance(value, bool) or not isinstance(value, int):
        return (Fault(key, "fault.not_whole", value, limits),)
    if not scale.minimum <= value <= scale.maximum:
        return (Fault(key, "fault.score", value, limits),)
    return ()


def read_score(scale: Scale, rater: Rater, code: str, text: str) -> tuple[Answer | None, tuple[Fault, ...]]:
    """Read a score as written: a whole step, empty for not rated. The answer is None where there is a fault.

    "2,5" and "2.5" are faults: a scale has whole steps, and rounding would put an answer in someone's mouth.
    """
    written = text.strip()
    value: object = NOT_RATED
    if written:
        sign, digits = (-1, written[1:]) if written[0] == "-" else (1, written)
        # at most 9 digits: longer ones are no score, and int() refuses thousands
        value = sign * int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else written
    faults = answer(scale, rater, code, value)
    if faults:
        return None, faults
    return (value if isinstance(value, int) else NOT_RATED), ()


def assessment(value: Assessment, scale: Scale, today: date) -> tuple[Fault, ...]:
    """Check one rater's assessment against its scale."""
    found = list(_fact("date", value.date, today))
    found += _choice("rater", value.rater, RATERS)
    if value.mode:
        found += _choice("mode", value.mode, MODES)
    for code, given in value.answers.items():
        found += answer(scale, value.rater, code, given)
    if not value.answers:
        found.append(Fault("answers", "fault.no_answers"))
    for code in value.notes:
        if all(code != i.code for i in scale.indicators):
            known = tuple(i.code for i in scale.indicators)
            found.append(
                Fault(f"notes.{code}", "fault.indicator", code, {"scale": scale.id, "choices": known})
            )
    return tuple(found)


def intervention(value: Intervention, types: Mapping[str, InterventionType]) -> tuple[Fault, ...]:
    """Check an intervention: known type, dates in order, hours possible; an exemption should have a review date."""
    found: list[Fault] = []
    kind = types.get(value.type)
    if kind is None:
        found.append(Fault("type", "fault.intervention_type", value.type, {"choices": tuple(types)}))
    found += _early("start", value.start)
    found += _order("planned_end", value.planned_end, "start", value.start)
    found += _order("end", value.end, "start", value.start)
    hours = value.hours_per_week
    if hours is not None and not 0 <= hours <= HOURS_IN_A_WEEK:
        found.append(
            Fault("hours_per_week", "fault.range", hours, {"minimum": 0, "maximum": HOURS_IN_A_WEEK})
        )
    found += _order("review_date", value.review_date, "start", value.start)
    if kind is not None and kind.state == "exempt" and value.review_date is None:
        found.append(Fault("review_date", "fault.no_review", warning=True))
    return tuple(found)


def citizen(value: Citizen, today: date) -> tuple[Fault, ...]:
    """Check a citizen's own facts; the CPR number is optional and only warned about where it can still be right."""
    found: list[Fault] = []
    if not value.number.strip():
        found.append(Fault("number", "fault.empty"))
    found += cpr.check(value.cpr, today, value.born)
    if value.born is not None and value.born > today:
        found.append(Fault("born", "fault.future", value.born, {"today": today}))
    found += _order("benefit_start", value.benefit_start, "born", value.born)
    found += _order("case_closed", value.case_closed, "benefit_start", value.benefit_start)
    return tuple(found)


def assignment(value: Assignment) -> tuple[Fault, ...]:
    """Check an assignment: a person, a known role, dates in order."""
    found: list[Fault] = []
    if not value.caseworker.strip():
        found.append(Fault("caseworker", "fault.empty"))
    found += _early("start", value.start)
    found += _order("end", value.end, "start", value.start)
    found += _choice("role", value.role, ROLES)
    return tuple(found)


def category(value: CategoryMembership) -> tuple[Fault, ...]:
    """Check a category: a name, dates in order."""
    empty = () if value.category.strip() else (Fault("category", "fault.empty"),)
    return (*empty, *_early("start", value.start), *_order("end", value.end, "start", value.start))


def conversation(value: Conversation, today: date) -> tuple[Fault, ...]:
    """Check a conversation: what was held or missed cannot lie in the future."""
    happened = value.status in ("held", "missed")
    found = list(_fact("date", value.date, today) if happened else _early("date", value.date))
    found += _choice("status", value.status, STATUSES)
    found += _choice("form", value.form, FORMS)
    return tuple(found)


def plan_item(value: PlanItem, scale: Scale, today: date) -> tuple[Fault, ...]:
    """Check a goal or an agreement: it says something, its indicator is in the scale, its deadline not before it."""
    found = list(_fact("date", value.date, today))
    if not (value.goal.strip() or value.agreement.strip()):
        found.append(Fault("goal", "fault.empty"))
    if value.indicator and all(value.indicator != i.code for i in scale.indicators):
        known = tuple(i.code for i in scale.indicators)
        found.append(
            Fault("indicator", "fault.indicator", value.indicator, {"scale": scale.id, "choices": known})
        )
    found += _order("by", value.by, "date", value.date)
    return tuple(found)


def note(value: Note, today: date) -> tuple[Fault, ...]:
    """Check a note: known kind, a text."""
    found = [*_fact("date", value.date, today), *_choice("kind", value.kind, NOTE_KINDS)]
    if not value.text.strip():
        found.append(Fault("text", "fault.empty"))
    return tuple(found)


def decision(value: Decision, today: date) -> tuple[Fault, ...]:
    """Check a decision: about something, a known choice, its follow-up after it."""
    found = list(_fact("date", value.date, today))
    subject, _, rest = value.about.partition(":")
    if not (value.about == "citizen" or (subject in ("flag", "intervention") and rest.strip())):
        found.append(Fault("about", "fault.about", value.about))
    found += _choice("choice", value.choice, CHOICES)
    found += _order("follow_up", value.follow_up, "date", value.date)
    return tuple(found)


def _choice(key: str, value: str, choices: tuple[str, ...]) -> tuple[Fault, ...]:
    return () if value in choices else (Fault(key, "fault.choice", value, {"choices": choices}),)


def _order(key: str, later: date | None, before: str, earlier: date | None) -> tuple[Fault, ...]:
    """A date that must not lie before another; either may be missing."""
    if later is None or earlier is None or later >= earlier:
        return ()
    return (Fault(key, "fault.before", later, {"field": before, "date": earlier}),)


def _early(key: str, day: date) -> tuple[Fault, ...]:
    return () if day >= EARLIEST else (Fault(key, "fault.too_early", day, {"date": EARLIEST}),)


def _fact(key: str, day: date, today: date) -> tuple[Fault, ...]:
    """The date of something that has happened."""
    if day > today:
        return (Fault(key, "fault.future", day, {"today": today}),)
    return _early(key, day)
