"""The front of *Team*: what the register knows of a team on one day. Counts and dates; nobody is ranked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from progression.casework.duties.timeliness import Timeliness, month_before, share_met, timeliness
from progression.casework.passive_days import DayShare, shares
from progression.casework.values import Choice
from progression.desk import flags, people
from progression.desk.caseload import Load
from progression.desk.session import Session
from progression.desk.team_facts import (
    LONG_MONTHS,
    RECENT_DAYS,
    ChangeLine,
    DecisionLine,
    DutyLine,
    FlagLine,
    TeamFacts,
    WithoutLine,
    facts,
)

__all__ = ["LONG_MONTHS", "PERIODS", "RECENT_DAYS", "TeamOverview", "looked", "page"]

PERIODS: tuple[int, ...] = (3, 6, 12)  # months one can look back


@dataclass(frozen=True, slots=True)
class TeamOverview:
    """A team on one day. `team`: None = everybody; `teams`: those that have open cases, "" for cases without one.

    `shares`: of the last day of each of the latest months, today last. `month`: the first day of the calendar month
    before, `timeliness` of what was due in it and `due_then` the duties. `changed`: everybody with a caseworker change
    over the case. `loads`: by name. `names`: person key -> name. `alone`: how many have no caseworker. Citizens are
    those of open cases; of what was due and of months that are over, those of cases that have closed since too.
    """

    today: dt.date
    team: str | None
    teams: tuple[str, ...]
    citizens: int
    caseworkers: int
    flags: tuple[FlagLine, ...]
    decisions: tuple[DecisionLine, ...]
    without: tuple[WithoutLine, ...]
    overdue: tuple[DutyLine, ...]
    changed: tuple[ChangeLine, ...]
    loads: tuple[Load, ...]
    shares: tuple[DayShare, ...]
    month: dt.date
    due_then: tuple[DutyLine, ...]
    timeliness: tuple[Timeliness, ...]
    names: Mapping[str, str]
    alone: int = 0

    @property
    def long_waiting(self) -> int:
        """Open attention points that have waited for more than RECENT_DAYS days."""
        return sum(one.days > RECENT_DAYS for one in self.flags)

    @property
    def choices(self) -> Mapping[Choice, int]:
        """How many of the decisions were of each choice."""
        return Counter(one.choice for one in self.decisions)

    @property
    def share_without(self) -> float | None:
        """The share of the citizens without an active intervention (0 to 1), None where there are none."""
        return len(self.without) / self.citizens if self.citizens else None

    @property
    def long_without(self) -> int:
        """Citizens without an active intervention or mentor for LONG_MONTHS whole months or more."""
        return sum(one.months >= LONG_MONTHS for one in self.without)

    @property
    def share_met(self) -> float | None:
        """The share of what was due in the month before that was met in time (0 to 1), None where nothing was."""
        return share_met(self.timeliness)

    @property
    def changes_this_year(self) -> int:
        """Caseworker changes since 1 January."""
        return sum(change.day.year == self.today.year for one in self.changed for change in one.changes)

    @property
    def changed_this_year(self) -> tuple[ChangeLine, ...]:
        """The citizens with a caseworker change since 1 January, the latest first."""
        return tuple(one for one in self.changed if one.changes[-1].day.year == self.today.year)

    @property
    def changed_often(self) -> tuple[ChangeLine, ...]:
        """The citizens who have had two changes or more, over their whole case."""
        return tuple(one for one in self.changed if len(one.changes) >= 2)

    @property
    def held(self) -> tuple[Load, ...]:
        """The caseloads that hold a citizen."""
        return tuple(one for one in self.loads if one.citizens)

    @property
    def mean_load(self) -> float | None:
        """Citizens per caseworker who has any, None where nobody has."""
        return sum(len(one.citizens) for one in self.held) / len(self.held) if self.held else None

    @property
    def norm(self) -> tuple[int, int] | None:
        """The mean norm of these caseworkers, low and high; None without one."""
        normed = [(one.low, one.high) for one in self.held if one.low is not None and one.high is not None]
        if not normed:
            return None
        return round(sum(low for low, _ in normed) / len(normed)), round(sum(high for _, high in normed) / len(normed))


def page(session: Session, team: str | None = None, months: int = 12, *, own: bool = False) -> TeamOverview:
    """Return a team's page as of the session's day; one look, one line in the access log.

    `team`: None = everybody; one that has no open case (any more) is everybody too. `own`: the team of whoever is
    logged in, where that is known. `months`: of the shares, one of PERIODS.
    """
    from progression.store.access import Act

    found = facts(session)
    teams = sorted({found.whose[one.citizen].team for one in found.loads.citizens}, key=str.casefold)
    if own:
        team = people.teams(session).get(people.me(session)) or None
    if team not in teams or len(teams) < 2:
        team = None
    session.vault.log(Act("view", purpose="team"))
    return _page(found, team, tuple(teams), months, people.everybody(session))


def looked(session: Session, listed: str, shown: tuple[FlagLine, ...] = ()) -> None:
    """Note that a list of citizens behind a figure was opened. `shown`: attention points it shows to a person."""
    from progression.store.access import Act

    session.vault.log(Act("view", purpose="team", detail=listed))
    flags.remember(session, [one.flag for one in shown])


def _page(
    found: TeamFacts, team: str | None, teams: tuple[str, ...], months: int, names: Mapping[str, str]
) -> TeamOverview:
    def mine(citizen: str) -> bool:
        return team is None or found.whose[citizen].team == team

    citizens = [one.citizen for one in found.loads.citizens if mine(one.citizen)]
    in_team = set(citizens)
    loads = tuple(one for one in found.loads.rows if (one.citizens or one.own) and _belongs(one, team, in_team))
    held = [state[-months:] for who, state in found.states.items() if mine(who)]
    due_then = tuple(one for one in found.last_month if mine(one.who.citizen))
    return TeamOverview(
        today=found.today,
        team=team,
        teams=teams,
        citizens=len(citizens),
        caseworkers=sum(bool(one.citizens) for one in loads),
        flags=tuple(one for one in found.flags if mine(one.who.citizen)),
        decisions=tuple(one for one in found.decisions if mine(one.who.citizen)),
        without=tuple(one for one in found.without if mine(one.who.citizen)),
        overdue=tuple(one for one in found.overdue if mine(one.who.citizen)),
        changed=tuple(one for one in found.changes if mine(one.who.citizen)),
        loads=loads,
        shares=shares(held, found.days[-months:]),
        month=month_before(found.today)[0],
        due_then=due_then,
        timeliness=timeliness(one.duty for one in due_then),
        names=names,
        alone=sum(not one.caseworker for one in found.loads.citizens if mine(one.citizen)),
    )


def _belongs(load: Load, team: str | None, in_team: Collection[str]) -> bool:
    """A caseload is the team's where the colleague is, or where one of its citizens is."""
    return team is None or load.team == team or any(one.citizen in in_team for one in load.citizens)
