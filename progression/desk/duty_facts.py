"""Everybody's facts for the rules, from columns: no value is made for any fact of ten thousand people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from progression.casework.duties.facts import FOREVER, Facts, Row, by_start, round_days, stays, talks
from progression.casework.values import InterventionType
from progression.desk import caseload as caseloads
from progression.desk import people
from progression.desk.session import Session


@dataclass(frozen=True, slots=True)
class Whose:
    """A citizen as a list names them. `caseworker`: person key of the coordinating one on the day, "" without; `team`:
    the caseworker's, else the citizen's."""

    citizen: str
    number: str
    name: str
    phone: str
    team: str
    caseworker: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """`whose`: every citizen, by number; `facts`: by citizen."""

    whose: tuple[Whose, ...]
    facts: Mapping[str, Facts]


def gather(session: Session, types: Mapping[str, InterventionType]) -> Gathered:
    """Read everybody's facts as of the session's day: the same that `course_facts` makes of each course."""
    from progression.store import caseload

    v, today = session.vault, session.today().toordinal()
    who = caseload.citizen_columns(v)
    facts = {
        citizen: Facts(citizen, today, *_span(opened, closed, today))
        for citizen, opened, closed in zip(who.citizens, who.opened, who.closed, strict=True)
    }
    days = caseload.assessment_days(v)
    _conversations(session, facts, days.asked, today)
    _interventions(session, facts, today)
    _memberships(session, facts, today)
    _agreed(session, facts, today)
    for citizen, found in days.rounds.items():
        if citizen in facts:
            facts[citizen].rounds = round_days(day for day in found if day <= today)
    for one in facts.values():
        one.settle(types)
    responsible = caseloads.responsible(session)
    rows = v.rows("SELECT citizen, number, name, phone, team FROM citizen ORDER BY event")
    newest = {row[0]: row for row in rows}  # of two versions in conflict the latter, as everywhere
    teams, whose = people.teams(session), []
    for citizen, (_, number, name, phone, own) in newest.items():
        person = responsible.get(citizen, "")
        whose.append(Whose(citizen, number, name, phone, people.team_of(teams, person, own), person))
    return Gathered(tuple(sorted(whose, key=lambda one: (one.number, one.citizen))), facts)


def _span(opened: int, closed: int, today: int) -> tuple[int, int]:
    """First day and day of closing, as `timeline.span` has them."""
    shut = closed if closed and closed <= today else 0
    return (opened if opened and opened <= (shut or today) else 0), shut


def _grouped(session: Session, kind: str, *names: str) -> Mapping[str, list[tuple[Any, ...]]]:
    """Rows of a kind by citizen, in the order of the course."""
    from progression.store import queries

    found = queries.fact_columns(session.vault, kind, *names)
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    citizens = found.citizens
    for place, row in zip(found.citizen, zip(*(found[name] for name in names), strict=True), strict=True):
        rows[citizens[place]].append(row)
    return rows


def _conversations(
    session: Session, facts: Mapping[str, Facts], asked: Mapping[str, Sequence[int]], today: int
) -> None:
    from progression.store import caseload

    registered = caseload.conversation_days(session.vault, "held")
    for citizen in {*registered, *asked} & facts.keys():
        held = [one for one in registered.get(citizen, ()) if one[0] <= today]
        one = facts[citizen]
        one.talks, one.talk_facts = talks(held, (day for day in asked.get(citizen, ()) if day <= today))
    for citizen, rows in caseload.conversation_days(session.vault, "planned").items():
        if citizen in facts:
            facts[citizen].planned = sorted(day for day, _ in rows if day >= today)


def _interventions(session: Session, facts: Mapping[str, Facts], today: int) -> None:
    names = ("start", "end", "type", "id", "planned_end", "review_date", "exempt_from")
    for citizen, rows in _grouped(session, "intervention.set", *names).items():
        made = [Row(start, end or FOREVER, *rest) for start, end, *rest in rows]
        made.sort(key=by_start)
        one = facts[citizen]
        one.rows = [row for row in made if row.start <= today]
        one.ahead = [row for row in made if row.start > today]


def _memberships(session: Session, facts: Mapping[str, Facts], today: int) -> None:
    for citizen, rows in _grouped(session, "category.set", "start", "end", "category").items():
        facts[citizen].stays = stays((start, end or FOREVER, category) for start, end, category in rows)
    for citizen, rows in _grouped(session, "assignment.set", "start", "end", "role", "caseworker").items():
        facts[citizen].assignments = sorted(
            (start, end or FOREVER, role, person) for start, end, role, person in rows if start <= today
        )


def _agreed(session: Session, facts: Mapping[str, Facts], today: int) -> None:
    for citizen, rows in _grouped(session, "consent.set", "start", "until", "withdrawn", "whom", "id").items():
        facts[citizen].consents = [row for row in rows if row[0] <= today]
    for citizen, rows in _grouped(session, "review.set", "date", "id").items():
        facts[citizen].reviews = sorted(row for row in rows if row[0] <= today)
    for citizen, rows in _grouped(
        session, "decision.set", "date", "about", "follow_up", "outcome_date", "event"
    ).items():
        facts[citizen].decisions = [row for row in rows if row[0] <= today]
