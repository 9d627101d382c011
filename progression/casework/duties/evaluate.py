"""From a rule set and a citizen's facts to duties: every rule gives at least one, if only to say why it does not apply.

Law and local practice are in the rules (`rulesets`); what each kind of rule means is in `asking` and `rhythms`, and
what makes a duty met, late or not applicable in `judging`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from operator import attrgetter

from progression.casework.duties import asking, rhythms
from progression.casework.duties.book import Line, Rulebook
from progression.casework.duties.facts import Facts, course_facts
from progression.casework.duties.judging import Raw, Ref
from progression.casework.duties.model import STANDING, Duty, Why
from progression.casework.rulesets import Kind
from progression.casework.values import Course

__all__ = ["Rulebook", "duty", "evaluate", "of_course"]

_ONCE: Mapping[Kind, Callable[[Line, Rulebook, Facts, list[Raw]], None]] = {
    "first_conversation": asking.first_conversation,
    "intervention_by": asking.intervention_by,
    "assignment_by": asking.assignment_by,
    "clarification_by": asking.clarification_by,
    "rehabilitation_by": asking.rehabilitation_by,
    "after_exemption": asking.after_exemption,
    "before_end": asking.before_end,
    "intervention_follow_up": asking.intervention_follow_up,
    "consent_expiry": asking.consent_expiry,
    "exemption_review": asking.exemption_review,
    "decision_follow_up": asking.decision_follow_up,
    "passive_limit": asking.passive_limit,
}
_AGAIN: Mapping[Kind, Callable[[Line, Rulebook, Facts, list[Raw], bool], None]] = {
    "conversations": rhythms.conversations,
    "category_rhythm": rhythms.category_rhythm,
    "assessment_every": rhythms.assessment_every,
    "case_review_every": rhythms.case_review_every,
}
# What a citizen must have for such a rule to ask anything: most have none of it, and looking is a tenth of asking.
_ABOUT: Mapping[Kind, Callable[[Facts], object]] = {
    "after_exemption": attrgetter("exempt"),
    "before_end": attrgetter("active"),
    "intervention_follow_up": attrgetter("active"),
    "consent_expiry": attrgetter("consents"),
    "exemption_review": attrgetter("rows"),
    "decision_follow_up": attrgetter("decisions"),
    "category_rhythm": attrgetter("stays"),
    "rehabilitation_by": attrgetter("stays"),
}
_AS_AROSE = attrgetter("since", "due", "about")
_OCCASIONAL: frozenset[Kind] = frozenset(
    {
        "after_exemption", "before_end", "intervention_follow_up", "consent_expiry", "exemption_review",
        "decision_follow_up", "passive_limit",
    }
)  # fmt: skip


def evaluate(book: Rulebook, facts: Facts, history: bool = False, *, standing: bool = False) -> list[Raw]:
    """Return one citizen's duties, rule by rule in the order of the set, within a rule as they arose.

    `history` false: of each rule what is open or overdue, else only what arose last; `standing`: only what is open or
    overdue. A municipality of ten thousand takes about a second; `duty` makes values of the rows that are wanted.
    """
    out: list[Raw] = []
    if standing and (facts.closed or not facts.start):
        return out
    facts.standing = standing
    if facts.stays and book.codes:
        facts.stays = [(first, last, book.code_of(category)) for first, last, category in facts.stays]
    for line in book.lines:
        before = len(out)
        about = _ABOUT.get(line.kind)
        if facts.start and (about is None or about(facts)):
            once = _ONCE.get(line.kind)
            if once is not None:
                once(line, book, facts, out)
            else:
                _AGAIN[line.kind](line, book, facts, out, history)
        found = len(out) - before
        if standing:
            if found:
                part = [raw for raw in out[before:] if raw.state in STANDING]
                out[before:] = part if len(part) < 2 else sorted(part, key=_AS_AROSE)
        elif not found:
            row = line.holding(facts.as_of) or line.rows[-1]
            out.append(Raw(row, "not_applicable", _why_none(line, facts)))
        elif found > 1:
            part = sorted(out[before:], key=_AS_AROSE)
            if not history:
                part = [raw for raw in part if raw.state in STANDING] or part[-1:]
            out[before:] = part
    return out


def _why_none(line: Line, facts: Facts) -> Why:
    """Why a rule asks nothing at all of this citizen."""
    if not facts.start:
        return "closed" if facts.closed else "not_yet"
    if line.kind in _OCCASIONAL:
        return "nothing"
    if line.kind in ("category_rhythm", "rehabilitation_by") or all(row.categories for row in line.rows):
        return "category"
    return "no_rule"


def duty(citizen: str, raw: Raw) -> Duty:
    """Return the value of a row."""
    rule = raw.row.rule
    return Duty(
        citizen, rule.id, rule.kind, rule.text, raw.state, raw.why, _date(raw.since), _named(raw.since_fact),
        _date(raw.due), _date(raw.by), _named(raw.met_by), raw.about, raw.done, raw.wanted, _date(raw.planned),
        _date(raw.put_off), raw.because, _date(raw.was_due),
    )  # fmt: skip


def of_course(
    book: Rulebook, course: Course, as_of: date, *, scale: str | None = None, history: bool = False
) -> tuple[Duty, ...]:
    """Return the duties of one course as of a day, as `evaluate` does; `scale`: whose assessments count."""
    facts = course_facts(course, book.types, as_of, scale)
    return tuple(duty(course.citizen.citizen, raw) for raw in evaluate(book, facts, history))


@lru_cache(maxsize=1 << 15)  # a municipality has few different days
def _date(day: int) -> date | None:
    return date.fromordinal(day) if day else None


def _named(ref: Ref) -> str:
    kind, identity = ref
    return f"{kind}:{identity}" if identity else kind
