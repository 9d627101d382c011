"""*Til teamet*: what a report about a team is made of. Counts only: who they are stays in the vault."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from progression.casework import report_period
from progression.casework.duties import Duty, duty, evaluate
from progression.casework.duties.timeliness import DECIDED, SORT_OF, SORTS, timeliness
from progression.casework.passive_days import month_days, shares, states
from progression.casework.report_period import ReportPeriod
from progression.desk import cohorts, duties, team_facts, team_progress
from progression.desk.duty_facts import gather
from progression.desk.session import Session
from progression.desk.team_facts import LONG_MONTHS, RECENT_DAYS, TeamFacts
from progression.desk.team_subject import DEFAULT, period_of, subject, team_of
from progression.errors import KnownError
from progression.reports import team_together
from progression.reports.team_figures import Caseload, Count, TeamFigures

if TYPE_CHECKING:
    from progression.analysis.combinations import Progress
    from progression.scales.model import Scale

__all__ = ["DEFAULT", "figures", "figures_of", "subject", "team_of"]

CHOICES = ("start", "continue", "adjust", "stop")
PLANNED = ("planned", "unplanned", "")


def figures_of(session: Session, told: str) -> TeamFigures:
    """Return the figures of a subject; a team's name alone is one, over the latest twelve months."""
    return figures(session, team_of(told) or None, period_of(told))


def figures(session: Session, team: str | None = None, period: str = DEFAULT) -> TeamFigures:
    """Return a team's figures over a period, as known on its last day. Nothing is logged: whoever shows them does.

    Raises KnownError "report.period" (period), "report.unknown_team" (team, choices).
    """
    days = report_period.read(period, session.today())
    if days is None:
        raise KnownError("report.period", period=period, exit_code=2)
    at = session if days.last == session.today() else replace(session, day=days.last)
    facts = team_facts.facts(at) if at is session else team_facts.once(at)
    teams = sorted({facts.whose[one.citizen].team for one in facts.loads.citizens}, key=str.casefold)
    if team is not None and team not in teams:
        raise KnownError("report.unknown_team", team=team, choices=", ".join(filter(None, teams)))
    read = _Read(at, facts, days)
    found = _Counting(read, team).figures()
    if team is not None:
        return found
    named = sorted({one.team for one in facts.whose.values()}, key=str.casefold)  # of cases that are closed too
    return team_together.beside(found, [_Counting(read, one).figures() for one in named])


class _Read:
    """What is read of everybody, once, whichever teams are counted."""

    def __init__(self, at: Session, facts: TeamFacts, period: ReportPeriod) -> None:
        from progression.store import queries

        self.facts, self.period = facts, period
        first, last = period.first.toordinal(), period.last.toordinal()
        self.measured = team_progress.measured(at, first, last)
        columns = queries.fact_columns(at.vault, "decision.set", "date", "choice", "about")
        rows = zip(columns.citizen, columns["date"], columns["choice"], columns["about"], strict=True)
        self.decided = [
            (choice, columns.citizens[place], about)
            for place, day, choice, about in rows
            if period.holds(dt.date.fromordinal(day))
        ]
        self.held, self.due = dict[str, bytes](), defaultdict[str, list[Duty]](list)
        self._cases(at, first, last)

    def _cases(self, at: Session, first: int, last: int) -> None:
        """The state of each case on the last day of each month, and what was due in the period and is decided."""
        book, bridge = duties.book(at), cohorts.settings(at).bridge_days
        reader = team_facts.Reader(book, month_days(self.period.last, self.period.months), bridge)
        with duties.at_one_go():
            found = gather(at, book.types)
            for one in found.whose:
                mine = found.facts[one.citizen]
                if mine.start:
                    self.held[one.citizen] = states(reader.case(mine, reader.kinds), reader.days, bridge)
                rows = evaluate(book, mine, history=True)
                self.due[one.citizen] += [
                    duty(one.citizen, raw) for raw in rows if first <= raw.due <= last and raw.state in DECIDED
                ]


class _Counting:
    """Counts a team's facts on the last day of a period."""

    def __init__(self, read: _Read, team: str | None) -> None:
        facts = read.facts
        self.read, self.facts, self.team, self.period = read, facts, team, read.period
        self.open = [one for one in facts.loads.citizens if self.mine(one.citizen)]

    def mine(self, citizen: str) -> bool:
        """Whether a citizen is the team's."""
        return self.team is None or (citizen in self.facts.whose and self.facts.whose[citizen].team == self.team)

    def figures(self) -> TeamFigures:
        """All of them."""
        flags = [one for one in self.facts.flags if self.mine(one.who.citizen)]
        waited = [one.who.citizen for one in flags if one.days > RECENT_DAYS]
        long = [one for one in self.facts.without if self.mine(one.who.citizen) and one.months >= LONG_MONTHS]
        overdue = [
            (SORT_OF[one.duty.kind], one.who.citizen)
            for one in self.facts.overdue
            if self.mine(one.who.citizen) and one.duty.kind in SORT_OF
        ]
        decided, about_flags = self._decided()
        changed = [(one.citizen, row) for one in self.open for row in one.changes if self.period.holds(row.day)]
        often = [one.citizen for one in self.open if sum(row.day <= self.period.last for row in one.changes) >= 2]
        loads = self._loads()
        held = [found for citizen, found in self.read.held.items() if self.mine(citizen)]
        due = [one for citizen, mine in self.read.due.items() if self.mine(citizen) for one in mine]
        progress, scale = self._progress()
        return TeamFigures(
            team=self.team,
            period=self.period,
            citizens=len(self.open),
            caseworkers=len(loads),
            open_flags=_counts(((one.flag.kind, one.who.citizen) for one in flags), _KINDS),
            flags_total=_count("", [one.who.citizen for one in flags]),
            long_waiting=_count("", waited),
            decided=_counts(decided, CHOICES),
            decided_total=_count("", [who for _, who in decided]),
            decided_flags=_count("", about_flags),
            shares=shares(held, month_days(self.period.last, self.period.months)),
            long_without=_count("", [one.who.citizen for one in long]),
            timeliness=timeliness(due),
            overdue=_counts(overdue, SORTS),
            overdue_total=_count("", [who for _, who in overdue]),
            loads=loads,
            changes=_counts(((row.planned, who) for who, row in changed), PLANNED),
            changed=_count("", [who for who, _ in changed]),
            changed_often=_count("", often),
            progress=progress,
            scale=dict(scale.name) if scale else {},
            better=scale.better if scale else 1,
        )

    def _loads(self) -> tuple[Caseload, ...]:
        """Caseloads that hold a citizen of the team, the smallest first: in no order that tells whose they are."""
        team = {one.citizen for one in self.open}
        rows = [one for one in self.facts.loads.rows if any(held.citizen in team for held in one.citizens)]
        found = [Caseload(len(one.citizens), one.low, one.high) for one in rows]
        return tuple(sorted(found, key=lambda one: (one.citizens, one.low or 0, one.high or 0)))

    def _decided(self) -> tuple[list[tuple[str, str]], list[str]]:
        """(choice, citizen) of the period's decisions, and the citizens of those about attention points."""
        found = [one for one in self.read.decided if self.mine(one[1])]
        return [(choice, who) for choice, who, _ in found], [w for _, w, about in found if about.startswith("flag:")]

    def _progress(self) -> tuple[tuple[Progress, ...], Scale | None]:
        """Change per month with each combination, on the scale that most was measured on."""
        from progression.analysis.combinations import progress

        best = team_progress.most_measured(self.read.measured, self.mine)
        return (progress(best.steps), best.scale) if best is not None else ((), None)


_KINDS = ("regression", "stagnation", "progression", "disagreement", "missing")


def _count(key: str, who: Sequence[str]) -> Count:
    return Count(key, len(who), len(set(who)))


def _counts(rows: Iterable[tuple[str, str]], order: Iterable[str]) -> tuple[Count, ...]:
    """Counts of rows of (key, citizen), in an order; keys without any are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, citizen in rows:
        found[key].append(citizen)
    return tuple(_count(key, found[key]) for key in order if found.get(key))
