"""What is wrong with a value before it is saved: the same rules for a file that is imported and for the window.

Every check returns faults as values, in the order of the fields; () when all is well. One with `warning` is said but
stops nothing. `key` is the field of the value, for an answer "answers.CODE".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import get_args

from progression.casework import cpr
from progression.casework.values import (
    DECLINED,
    MODES,
    NOT_RATED,
    Aim,
    Answer,
    Assessment,
    Assignment,
    CaseReview,
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Decision,
    Handover,
    Intervention,
    InterventionType,
    Note,
    Offer,
    Outcome,
    PlanItem,
    PlanKind,
    Planned,
    Professional,
    Provider,
    Sector,
    Side,
)
from progression.errors import Fault
from progression.scales.model import RATERS, Rater, Scale

ROLES: tuple[str, ...] = ("coordinating", "job", "mentor", "external")
STATUSES: tuple[str, ...] = ("planned", "held", "cancelled", "missed")
FORMS: tuple[str, ...] = ("person", "phone", "video")
NOTE_KINDS: tuple[str, ...] = ("small_step", "screening", "contact", "consent")
CHOICES: tuple[str, ...] = ("start", "continue", "adjust", "stop")
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)  # of a closed case; the first is "nobody said", as in these four
SECTORS: tuple[Sector, ...] = get_args(Sector)
PLANNED: tuple[Planned, ...] = get_args(Planned)
PLAN_KINDS: tuple[PlanKind, ...] = get_args(PlanKind)
SIDES: tuple[Side, ...] = get_args(Side)
AIMS: tuple[Aim, ...] = get_args(Aim)
HOURS_IN_A_WEEK = 168
MINUTES_IN_A_DAY = 1440
MOST_PLACES = 100_000
EARLIEST = date(1900, 1, 1)  # an earlier date of a fact is a slip of the keyboard
YEARS_AHEAD = 10  # and so is a later one than this of something planned
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


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
            found.append(Fault(f"notes.{code}", "fault.indicator", code, {"scale": scale.id, "choices": known}))
    return tuple(found)


def intervention(
    value: Intervention, types: Mapping[str, InterventionType], today: date | None = None, *, typed: bool = False
) -> tuple[Fault, ...]:
    """Check an intervention: known type, dates in order, hours possible; an exemption should have a review date.

    With `today`, no date may lie more than YEARS_AHEAD after it. `typed`: by a person who can be asked, so that an
    exemption that runs must have its review date; from a file its absence is only worth saying.
    """
    found: list[Fault] = []
    kind = types.get(value.type)
    if kind is None:
        found.append(Fault("type", "fault.intervention_type", value.type, {"choices": tuple(types)}))
    found += _early("start", value.start)
    found += _order("planned_end", value.planned_end, "start", value.start)
    found += _order("end", value.end, "start", value.start)
    found += _range("hours_per_week", value.hours_per_week, HOURS_IN_A_WEEK)
    found += _order("review_date", value.review_date, "start", value.start)
    if kind is not None and kind.state == "exempt" and value.review_date is None:
        found.append(Fault("review_date", "fault.no_review", warning=not typed or value.end is not None))
    found += _choice("sector", value.sector, SECTORS)
    found += _range("ordinary_hours", value.ordinary_hours, HOURS_IN_A_WEEK)
    found += _order("expected_start", value.expected_start, "start", value.start)
    if today is not None:
        for key in ("start", "planned_end", "end", "review_date", "expected_start"):
            found += _late(key, getattr(value, key), today)
    return tuple(found)


def overlapping(value: Intervention, others: Iterable[Intervention]) -> tuple[Fault, ...]:
    """Check that an intervention does not run beside itself: the citizen's others of the same type, title and provider.

    Interventions overlap, and should; the same one twice is a double registration. The window refuses it; in a file it
    may be history.
    """
    for other in others:
        same = (other.type, other.title, other.provider) == (value.type, value.title, value.provider)
        if same and other.id != value.id and _share_a_day(value, other):
            return (Fault("start", "fault.overlaps_itself", value.start, {"date": other.start, "end": other.end}),)
    return ()


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
    found += _choice("outcome", value.outcome, OUTCOMES)
    if value.outcome and value.case_closed is None:
        found.append(Fault("outcome", "fault.outcome_open", value.outcome, warning=True))
    return tuple(found)


def assignment(value: Assignment, today: date | None = None) -> tuple[Fault, ...]:
    """Check an assignment: a person, a known role, dates in order; `today` as in `intervention`."""
    found: list[Fault] = []
    if not value.caseworker.strip():
        found.append(Fault("caseworker", "fault.empty"))
    found += _early("start", value.start)
    found += _order("end", value.end, "start", value.start)
    found += _choice("role", value.role, ROLES)
    found += _choice("planned", value.planned, PLANNED)
    if today is not None:
        found += [*_late("start", value.start, today), *_late("end", value.end, today)]
    return tuple(found)


def two_responsible(value: Assignment, others: Iterable[Assignment]) -> tuple[Fault, ...]:
    """Check that nobody else is the coordinating caseworker on a day of this assignment; `others`: the citizen's."""
    if value.role != "coordinating":
        return ()
    for other in others:
        if (
            other.role == "coordinating"
            and other.caseworker != value.caseworker
            and (not value.event or other.event != value.event)
            and _share_a_day(value, other)
        ):
            fields = {"caseworker": other.caseworker, "date": other.start}
            return (Fault("start", "fault.two_responsible", value.start, fields),)
    return ()


def category(value: CategoryMembership, today: date | None = None) -> tuple[Fault, ...]:
    """Check a category: a name, dates in order; `today` as in `intervention`."""
    empty = () if value.category.strip() else (Fault("category", "fault.empty"),)
    late = () if today is None else (*_late("start", value.start, today), *_late("end", value.end, today))
    return (*empty, *_early("start", value.start), *_order("end", value.end, "start", value.start), *late)


def conversation(value: Conversation, today: date) -> tuple[Fault, ...]:
    """Check a conversation: what was held or missed cannot lie in the future, and no plan a lifetime ahead."""
    happened = value.status in ("held", "missed")
    ahead = (*_early("date", value.date), *_late("date", value.date, today))
    found = list(_fact("date", value.date, today) if happened else ahead)
    found += _choice("status", value.status, STATUSES)
    found += _choice("form", value.form, FORMS)
    if value.time and not _TIME.fullmatch(value.time):
        found.append(Fault("time", "fault.time", value.time))
    found += _range("minutes", value.minutes, MINUTES_IN_A_DAY)
    found += _order("put_off_to", value.put_off_to, "date", value.date)
    found += _late("put_off_to", value.put_off_to, today)
    return tuple(found)


def plan_item(value: PlanItem, scale: Scale, today: date) -> tuple[Fault, ...]:
    """Check a goal or an agreement: it says something, its indicator is in the scale, its deadline not before it."""
    found = list(_fact("date", value.date, today))
    if not (value.goal.strip() or value.agreement.strip() or value.words.strip()):
        found.append(Fault("goal", "fault.empty"))
    if value.indicator and all(value.indicator != i.code for i in scale.indicators):
        known = tuple(i.code for i in scale.indicators)
        found.append(Fault("indicator", "fault.indicator", value.indicator, {"scale": scale.id, "choices": known}))
    found += [*_order("by", value.by, "date", value.date), *_late("by", value.by, today)]
    found += _choice("kind", value.kind, PLAN_KINDS)
    found += _choice("side", value.side, SIDES)
    found += _choice("aim", value.aim, AIMS)
    return tuple(found)


def note(value: Note, today: date) -> tuple[Fault, ...]:
    """Check a note: known kind, a text; a screening may have its two findings instead."""
    found = [*_fact("date", value.date, today), *_choice("kind", value.kind, NOTE_KINDS)]
    if not (value.text.strip() or value.limitation.strip() or value.suggestion.strip()):
        found.append(Fault("text", "fault.empty"))
    return tuple(found)


def decision(value: Decision, today: date) -> tuple[Fault, ...]:
    """Check a decision: about something, a known choice, its follow-up after it."""
    found = list(_fact("date", value.date, today))
    subject, _, rest = value.about.partition(":")
    if not (value.about == "citizen" or (subject in ("flag", "intervention") and rest.strip())):
        found.append(Fault("about", "fault.about", value.about))
    found += _choice("choice", value.choice, CHOICES)
    found += [*_order("follow_up", value.follow_up, "date", value.date), *_late("follow_up", value.follow_up, today)]
    if value.outcome_date is not None:
        found += _fact("outcome_date", value.outcome_date, today)
        found += _order("outcome_date", value.outcome_date, "date", value.date)
    return tuple(found)


def offer(value: Offer, types: Mapping[str, InterventionType]) -> tuple[Fault, ...]:
    """Check an offer: a name, a known type where one is given, a number of places, dates in order."""
    found = list(_named(value.name))
    if value.type and value.type not in types:
        found.append(Fault("type", "fault.intervention_type", value.type, {"choices": tuple(types)}))
    found += _range("places", value.places, MOST_PLACES)
    return (*found, *_order("end", value.end, "start", value.start))


def provider(value: Provider) -> tuple[Fault, ...]:
    """Check a provider: a name."""
    return _named(value.name)


def professional(value: Professional) -> tuple[Fault, ...]:
    """Check someone around the citizen: a name, a profession or an organisation; dates in order."""
    named = value.name.strip() or value.profession.strip() or value.organisation
    return (*_named(named), *_order("end", value.end, "start", value.start))


def consent(value: Consent, today: date) -> tuple[Fault, ...]:
    """Check a consent: given already, to somebody, about something; one without an end is worth saying."""
    found = [*_fact("start", value.start, today), *_filled("whom", value.whom), *_filled("what", value.what)]
    found += _order("until", value.until, "start", value.start)
    found += _order("withdrawn", value.withdrawn, "start", value.start)
    if value.until is None and value.withdrawn is None:
        found.append(Fault("until", "fault.no_until", warning=True))
    return tuple(found)


def handover(value: Handover, today: date) -> tuple[Fault, ...]:
    """Check a hand-over: to somebody else, on a day that may lie ahead."""
    found = [*_early("date", value.date), *_late("date", value.date, today), *_filled("to_person", value.to_person)]
    if value.to_person.strip() and value.to_person == value.from_person:
        found.append(Fault("to_person", "fault.same_person", value.to_person))
    return (*found, *_choice("planned", value.planned, PLANNED))


def review(value: CaseReview, today: date) -> tuple[Fault, ...]:
    """Check a case review: it has happened, and somebody made it."""
    return (*_fact("date", value.date, today), *_filled("reviewer", value.reviewer))


def _named(text: str) -> tuple[Fault, ...]:
    return () if text.strip() else (Fault("name", "fault.no_name"),)


def _filled(key: str, text: str) -> tuple[Fault, ...]:
    return () if text.strip() else (Fault(key, "fault.empty"),)


def _share_a_day(one: Intervention | Assignment, other: Intervention | Assignment) -> bool:
    return (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end)


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


def _range(key: str, value: float | None, maximum: int) -> tuple[Fault, ...]:
    """A number from 0; None where nobody said."""
    if value is None or 0 <= value <= maximum:
        return ()
    return (Fault(key, "fault.range", value, {"minimum": 0, "maximum": maximum}),)


def _late(key: str, day: date | None, today: date) -> tuple[Fault, ...]:
    """The date of something planned, which may lie ahead but not a lifetime."""
    last = date(min(today.year + YEARS_AHEAD, date.max.year), 12, 31)
    if day is None or day <= last:
        return ()
    return (Fault(key, "fault.too_late", day, {"date": last}),)
