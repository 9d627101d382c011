"""Everybody's facts for the rules, from columns: no value is made for any fact of ten thousand people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.casework.duties.facts import FOREVER, Facts, Row, by_start, round_days, stays, talks
from progression.casework.values import InterventionType
from progression.desk import caseload as caseloads
from progression.desk import people
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.store.caseload import AssessmentDays
    from progression.store.vault import Vault


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
    """`whose`: every citizen, by number; `facts`: by citizen; `assessed`: when, and on which scale last."""

    whose: tuple[Whose, ...]
    facts: Mapping[str, Facts]
    assessed: AssessmentDays


def gather(session: Session, types: Mapping[str, InterventionType], of: Collection[str] | None = None) -> Gathered:
    """Read everybody's facts as of the session's day: the same that `course_facts` makes of each course.

    `of`: only these citizens'; who is responsible for them is not looked up then, for whoever asks knows it.
    """
    from progression.store import caseload

    v, today = session.vault, session.today().toordinal()
    wanted = None if of is None else frozenset(of)
    who = caseload.citizen_columns(v, wanted)
    facts = {
        citizen: Facts(citizen, today, *_span(opened, closed, today))
        for citizen, opened, closed in zip(who.citizens, who.opened, who.closed, strict=True)
        if wanted is None or citizen in wanted
    }
    days = caseload.assessment_days(v, wanted)
    reading = _Reading(v, facts, today, wanted)
    reading.conversations(days.asked)
    reading.interventions()
    reading.memberships()
    reading.agreed()
    reading.put_off()
    for citizen, found in days.rounds.items():
        if citizen in facts:
            facts[citizen].rounds = round_days(day for day in found if day <= today)
    for one in facts.values():
        one.settle(types)
    return Gathered(_whose(session, facts, wanted), facts, days)


def _whose(session: Session, facts: Mapping[str, Facts], of: Collection[str] | None) -> tuple[Whose, ...]:
    from progression.store import caseload

    responsible = caseloads.responsible(session) if of is None else {}
    where, named = caseload.among(of)
    sql = f"SELECT citizen, number, name, phone, team FROM citizen {where} ORDER BY event"  # noqa: S608 - own words
    newest = {row[0]: row for row in session.vault.rows(sql, named)}  # of two in conflict the latter, as everywhere
    teams, whose = people.teams(session), []
    for citizen, (_, number, name, phone, own) in newest.items():
        if citizen in facts:
            person = responsible.get(citizen, "")
            whose.append(Whose(citizen, number, name, phone, people.team_of(teams, person, own), person))
    return tuple(sorted(whose, key=lambda one: (one.number, one.citizen)))


def _span(opened: int, closed: int, today: int) -> tuple[int, int]:
    """First day and day of closing, as `timeline.span` has them."""
    shut = closed if closed and closed <= today else 0
    return (opened if opened and opened <= (shut or today) else 0), shut


@dataclass(frozen=True, slots=True)
class _Reading:
    """Fills in the facts, kind by kind."""

    vault: Vault
    facts: Mapping[str, Facts]
    today: int
    of: Collection[str] | None

    def _rows(self, kind: str, *names: str) -> Iterator[tuple[Facts, list[tuple[Any, ...]]]]:
        from progression.store import caseload

        for citizen, rows in caseload.fact_rows(self.vault, kind, names, self.of).items():
            one = self.facts.get(citizen)
            if one is not None:
                yield one, rows

    def conversations(self, asked: Mapping[str, Sequence[int]]) -> None:
        from progression.store import caseload

        held, planned = caseload.conversation_days(self.vault, self.of)
        today = self.today
        for citizen in {*held, *asked} & self.facts.keys():
            known = [one for one in held.get(citizen, ()) if one[0] <= today]
            one = self.facts[citizen]
            one.talks, one.talk_facts = talks(known, (day for day in asked.get(citizen, ()) if day <= today))
        for citizen, rows in planned.items():
            if citizen in self.facts:
                self.facts[citizen].planned = sorted(day for day, _ in rows if day >= today)

    def put_off(self) -> None:
        from progression.store import caseload

        for citizen, rows in caseload.put_off_days(self.vault, self.of).items():
            if citizen in self.facts:
                self.facts[citizen].put_off = sorted(row for row in rows if row[0] <= self.today)

    def interventions(self) -> None:
        names = ("start", "end", "type", "id", "planned_end", "review_date", "exempt_from")
        for one, rows in self._rows("intervention.set", *names):
            made = [Row(start, end or FOREVER, *rest) for start, end, *rest in rows]
            made.sort(key=by_start)
            one.rows = [row for row in made if row.start <= self.today]
            one.ahead = [row for row in made if row.start > self.today]

    def memberships(self) -> None:
        for one, rows in self._rows("category.set", "start", "end", "category"):
            one.stays = stays((start, end or FOREVER, category) for start, end, category in rows)
        for one, rows in self._rows("assignment.set", "start", "end", "role", "caseworker"):
            one.assignments = sorted(
                (start, end or FOREVER, role, person) for start, end, role, person in rows if start <= self.today
            )

    def agreed(self) -> None:
        today = self.today
        for one, rows in self._rows("consent.set", "start", "until", "withdrawn", "whom", "id"):
            one.consents = [row for row in rows if row[0] <= today]
        for one, rows in self._rows("review.set", "date", "id"):
            one.reviews = sorted(row for row in rows if row[0] <= today)
        for one, rows in self._rows("decision.set", "date", "about", "follow_up", "outcome_date", "event"):
            one.decisions = [row for row in rows if row[0] <= today]
