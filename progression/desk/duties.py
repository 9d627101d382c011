"""What is due: for one citizen, for a caseload, a team or everybody, from the rules in force."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from progression.casework.duties import (
    ASSESSMENT_MONTHS,
    STANDING,
    STATES,
    Duty,
    Rulebook,
    State,
    duty,
    evaluate,
    of_course,
)
from progression.casework.rulesets import Kind, Rule
from progression.desk import people
from progression.desk.session import Session
from progression.errors import KnownError

if TYPE_CHECKING:
    from progression.casework.duties.judging import Raw
    from progression.casework.values import Course
    from progression.desk.duty_facts import Whose

By = Literal["caseworker", "team"]
CONVERSATIONS: frozenset[Kind] = frozenset({"first_conversation", "conversations", "category_rhythm", "before_end"})


class Listed(NamedTuple):
    """A duty in a list, and whose it is. `caseworker`: person key of the coordinating one, "" without."""

    citizen: str
    number: str
    name: str
    phone: str
    team: str
    caseworker: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class Count:
    """How many duties of each state a caseworker or a team has. `key`: person key or team, "" for nobody's."""

    key: str
    name: str
    citizens: int
    states: Mapping[State, int]


@dataclass(frozen=True, slots=True)
class CallIn:
    """A citizen whose conversation is overdue and for whom none is planned. `duty`: the oldest of them."""

    citizen: str
    number: str
    name: str
    phone: str
    caseworker: str
    duty: Duty


def book(session: Session) -> Rulebook:
    """Return the rules in force, compiled. Where the municipality has set its own months between assessments, as the
    analysis uses them, they stand in place of those in the rules."""
    from progression.desk import cohorts
    from progression.store import queries

    rules, months = queries.ruleset(session.vault), cohorts.settings(session).months
    if months != ASSESSMENT_MONTHS:
        rules = replace(rules, rules=tuple(_with_months(rule, months) for rule in rules.rules))
    return Rulebook.of(
        rules,
        queries.intervention_types(session.vault),
        queries.categories_catalogue(session.vault),
    )


def _with_months(rule: Rule, months: int) -> Rule:
    return replace(rule, parameters={"months": months}) if rule.kind == "assessment_every" else rule


def of(session: Session, course: Course, rules: Rulebook | None = None, *, history: bool = False) -> tuple[Duty, ...]:
    """Return the duties of a course that is already read; nothing is logged. `rules`: `book`, where it is at hand."""
    return of_course(rules or book(session), course, session.today(), history=history)


def next_of(found: Collection[Duty]) -> Duty | None:
    """Return what comes first: the oldest duty that stands, None when nothing does."""
    standing = [one for one in found if one.standing and one.due is not None]
    return min(standing, key=_by_due, default=None)


def citizen(session: Session, who: str, *, history: bool = False) -> tuple[Listed, ...]:
    """Return one citizen's duties in every state, those that stand first; one line in the access log.

    Raises KnownError("citizen.gone").
    """
    from progression.store import queries
    from progression.store.access import Act

    course = queries.courses(session.vault, [who]).get(who)
    if course is None:
        raise KnownError("citizen.gone")
    session.vault.log(Act("view", who, purpose="duties"))
    one, today = course.citizen, session.today().toordinal()
    from progression.casework.caseworkers import caseworker_on

    person = caseworker_on(course, date.fromordinal(today))
    team = people.team_of(people.teams(session), person, one.team)
    found = of(session, course, history=history)
    rows = [Listed(who, one.number, one.name, one.phone, team, person, duty) for duty in found]
    return tuple(sorted(rows, key=lambda row: (STATES.index(row.duty.state) if not row.duty.standing else -1,
                                               _by_due(row.duty))))  # fmt: skip


def everybody(
    session: Session,
    *,
    caseworker: str | None = None,
    team: str | None = None,
    states: Collection[State] = STANDING,
    history: bool = False,
) -> tuple[Listed, ...]:
    """Return duties of everybody, or of one caseworker's or team's citizens, oldest due first; not logged here.

    `caseworker`: a person key. `history`: of rules that come again every link, not only the last.
    """
    wanted = frozenset(states)
    with at_one_go():
        found = [
            (raw.due or _NEVER, who, raw)
            for who, raws in _evaluated(session, caseworker, team, history, standing=_STANDS.issuperset(wanted))
            for raw in sorted(raws, key=_BY_RULE)
            if raw.state in wanted
        ]
        found.sort(key=_DUE)  # they come by number and rule, and of those due on one day stay so
        return tuple(_listed(who, raw) for _, who, raw in found)


_NEVER = date.max.toordinal()
_STANDS = frozenset(STANDING)
_FIRST = itemgetter(0, 1, 2)
_DUE = itemgetter(0)
_BY_RULE = attrgetter("row.rule.id")


def _evaluated(
    session: Session, caseworker: str | None, team: str | None, history: bool = False, *, standing: bool
) -> Iterator[tuple[Whose, list[Raw]]]:
    """Citizen after citizen, by number: what the rules ask, before values are made of it."""
    from progression.desk.duty_facts import gather

    rules = book(session)
    found = gather(session, rules.types)
    for who in found.whose:
        if caseworker in (None, who.caseworker) and team in (None, who.team):
            yield who, evaluate(rules, found.facts[who.citizen], history, standing=standing)


def _listed(who: Whose, raw: Raw) -> Listed:
    return Listed(who.citizen, who.number, who.name, who.phone, who.team, who.caseworker, duty(who.citizen, raw))


def counts(session: Session, by: By, *, history: bool = False) -> tuple[Count, ...]:
    """Return how many duties of each state every caseworker or team has, by name: nobody is ranked by it."""
    from progression.desk.duty_facts import gather

    rules = book(session)
    names = people.names(session)
    tally: dict[str, dict[State, int]] = {}
    whose: dict[str, int] = {}
    with at_one_go():
        found = gather(session, rules.types)
        for who in found.whose:
            facts = found.facts[who.citizen]
            if not facts.start or facts.closed:
                continue
            key = who.caseworker if by == "caseworker" else who.team
            states = tally.setdefault(key, dict.fromkeys(STATES, 0))
            whose[key] = whose.get(key, 0) + 1
            for raw in evaluate(rules, facts, history):
                states[raw.state] += 1
    rows = [Count(key, names.get(key, key), whose[key], states) for key, states in tally.items()]
    return tuple(sorted(rows, key=lambda row: (row.key == "", row.name.casefold(), row.key)))


@contextmanager
def at_one_go() -> Iterator[None]:
    """Without the collector of cycles, which would walk a municipality's rows again and again and find nothing: it
    took two fifths of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def call_in(session: Session, *, caseworker: str | None = None, team: str | None = None) -> tuple[CallIn, ...]:
    """Return whom to call in: a conversation overdue and none planned; the oldest first; not logged here."""
    oldest: list[tuple[int, str, str, Whose, Raw]] = []
    with at_one_go():
        for who, raws in _evaluated(session, caseworker, team, standing=True):
            late = [
                (raw.due, who.number, raw.row.rule.id, who, raw)
                for raw in raws
                if raw.state == "overdue" and not raw.planned and raw.row.rule.kind in CONVERSATIONS
            ]
            if late:
                oldest.append(min(late, key=_FIRST))
        oldest.sort(key=_FIRST)
        return tuple(
            CallIn(who.citizen, who.number, who.name, who.phone, who.caseworker, duty(who.citizen, raw))
            for _, _, _, who, raw in oldest
        )


def _by_due(one: Duty) -> tuple[date, str, str]:
    return one.due or date.max, one.rule, one.about


def person_key(session: Session, named: str | None) -> str | None:
    """Return the person key for a key or a name. Raises KnownError("person.unknown", person, choices)."""
    if named is None:
        return None
    names = people.names(session)
    if named in names:
        return named
    found = [key for key, name in names.items() if name.casefold() == named.strip().casefold()]
    if len(found) != 1:
        raise KnownError("person.unknown", person=named, choices=", ".join(names))
    return found[0]
