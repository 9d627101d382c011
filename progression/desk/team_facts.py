"""What the front of *Team* is made of, of everybody: read once, kept in memory with the vault while nothing changes.

Attention points are kept citizen by citizen, since analysing everybody is most of the work; the rest is read again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from progression.analysis.values import Flag
from progression.casework import timeline
from progression.casework.caseworkers import Change
from progression.casework.duties import Duty, Rulebook, duty, evaluate
from progression.casework.duties.facts import Facts
from progression.casework.duties.timeliness import DECIDED, month_before
from progression.casework.passive import MENTORS, Case, whole_months
from progression.casework.passive_days import ABSENT, month_days, states
from progression.casework.values import Choice, State
from progression.desk import caseload, cohorts, duties, flags
from progression.desk.caseload import CaseloadPage
from progression.desk.duty_facts import Whose, gather
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.store.vault import Vault

MONTHS = 12  # as far back as the shares by month are kept
RECENT_DAYS = 30  # of decisions that are recent, and of attention points that have waited long
LONG_MONTHS = 12  # without an active intervention or mentor: the official measure
_KEPT = "team"
_FEW = 200  # changed citizens, up to which each is analysed by itself


@dataclass(frozen=True, slots=True)
class FlagLine:
    """An open attention point. `days`: it has waited."""

    who: Whose
    flag: Flag
    days: int


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision of the last RECENT_DAYS days. `about` as in `Decision`."""

    who: Whose
    day: dt.date
    choice: Choice
    about: str


@dataclass(frozen=True, slots=True)
class WithoutLine:
    """A citizen without an active intervention. `since`: the first day of the `state` of today; `months`: whole ones
    without an active intervention or mentor, 0 while a mentor runs who does not count as active."""

    who: Whose
    state: State
    since: dt.date
    months: int


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty and whose it is."""

    who: Whose
    duty: Duty


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A citizen's caseworker changes over the whole case, oldest first; at least one."""

    who: Whose
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """Everybody on one day. `states`: citizen -> the state on each of `days` (`passive_days.states`), of closed cases
    too; `last_month`: what was due then and is decided. Lists are in the order of dates, then numbers."""

    today: dt.date
    days: tuple[dt.date, ...]
    whose: Mapping[str, Whose]
    states: Mapping[str, bytes]
    loads: CaseloadPage
    without: tuple[WithoutLine, ...]
    overdue: tuple[DutyLine, ...]
    last_month: tuple[DutyLine, ...]
    decisions: tuple[DecisionLine, ...]
    changes: tuple[ChangeLine, ...]
    flags: tuple[FlagLine, ...]


@dataclass(slots=True)
class _Kept:
    key: tuple[object, ...]
    mark: int = -1
    facts: TeamFacts | None = None
    flags: dict[str, tuple[Flag, ...]] | None = field(default=None)


def facts(session: Session) -> TeamFacts:
    """Return everybody's facts as of the session's day; from memory where nothing has changed."""
    vault: Vault = session.vault
    key = (session.today(), session.day, session.entered_by, session.method)
    kept: _Kept | None = vault.memory.kept.get(_KEPT)
    if kept is None or kept.key != key:
        kept = vault.memory.kept[_KEPT] = _Kept(key)
    common, changed = vault.memory.since(kept.mark)
    if kept.facts is None or common or changed:
        mark = vault.memory.mark
        kept.flags = _flags(session, None if common else kept.flags, changed)
        kept.facts = _read(session, kept.flags)
        kept.mark = mark
    return kept.facts


# attention points


def _flags(
    session: Session, before: dict[str, tuple[Flag, ...]] | None, changed: Collection[str]
) -> dict[str, tuple[Flag, ...]]:
    """citizen -> the open attention points; again only of those whose facts changed."""
    if before is None or len(changed) > _FEW:
        return _by_citizen(flags.current(session))
    from progression.store import caseload as columns
    from progression.store import queries

    courses = list(queries.courses(session.vault, list(changed)).values())
    installed, found = queries.scales(session.vault), list[Flag]()
    for scale in sorted(columns.scales_in_use(session.vault)) if courses else ():
        found += cohorts.of_courses(session, courses, installed[scale]).flags
    kept = {who: rows for who, rows in before.items() if who not in changed}
    return kept | _by_citizen(found)


def _by_citizen(found: Collection[Flag]) -> dict[str, tuple[Flag, ...]]:
    rows: dict[str, list[Flag]] = defaultdict(list)
    for flag in found:
        if flag.status == "open":
            rows[flag.citizen].append(flag)
    return {who: tuple(mine) for who, mine in rows.items()}


# the rest


def _read(session: Session, open_flags: Mapping[str, Sequence[Flag]]) -> TeamFacts:
    today = session.today()
    book, days = duties.book(session), month_days(today, MONTHS)
    with duties.at_one_go():
        found = gather(session, book.types)
        whose = {one.citizen: one for one in found.whose}
        loads = caseload.page(session, log=False)
        running = {one.citizen for one in loads.citizens}
        reader = _Reader(whose, found.facts, book, days, cohorts.settings(session).bridge_days)
        standing = reader.states()
        overdue, last_month = reader.duties(running)
    return TeamFacts(
        today=today,
        days=days,
        whose=whose,
        states=standing,
        loads=loads,
        without=tuple(sorted(reader.without(standing, running), key=lambda one: (one.since, one.who.number))),
        overdue=tuple(sorted(overdue, key=_by_due)),
        last_month=tuple(sorted(last_month, key=_by_due)),
        decisions=tuple(_decisions(session, whose)),
        changes=_changes(loads, whose),
        flags=_flag_lines(open_flags, whose, running, today),
    )


class _Reader:
    """Counts every citizen's days and duties from facts as ordinals."""

    def __init__(
        self,
        whose: Mapping[str, Whose],
        found: Mapping[str, Facts],
        book: Rulebook,
        days: Sequence[dt.date],
        bridge: int,
    ) -> None:
        self.whose, self.facts, self.book, self.bridge = whose, found, book, bridge
        self.today = days[-1]
        self.days = [day.toordinal() for day in days]
        self.kinds = {code: timeline.kind_of(one) for code, one in book.types.items()}
        self.official = self.kinds | {code: timeline.ACTIVE for code in MENTORS if code in book.types}

    def _case(self, one: Facts, kinds: Mapping[str, int]) -> Case:
        rows = [(row.start, row.end, kinds.get(row.type, timeline.PASSIVE)) for row in one.rows]
        return Case(rows, one.start, one.closed or self.days[-1], not one.closed)

    def states(self) -> dict[str, bytes]:
        """Every case's state on every day."""
        return {
            who: states(self._case(one, self.kinds), self.days, self.bridge)
            for who, one in self.facts.items()
            if one.start
        }

    def without(self, standing: Mapping[str, bytes], running: Collection[str]) -> Iterator[WithoutLine]:
        """Whoever has no active intervention today."""
        for who, state in standing.items():
            if who not in running or state[-1] in (timeline.ACTIVE, ABSENT):
                continue
            case = self._case(self.facts[who], self.kinds)
            stretches = timeline.phases_ordinal(case.rows, case.start, case.end, self.bridge, case.running)
            since = dt.date.fromordinal(stretches[-1][1])
            yield WithoutLine(self.whose[who], timeline.STATES[state[-1]], since, self._months(self.facts[who]))

    def _months(self, one: Facts) -> int:
        """Whole months without an active intervention or mentor, as `passive.without` counts them."""
        case = self._case(one, self.official)
        since = 0
        for state, first, _last in reversed(
            timeline.phases_ordinal(case.rows, case.start, case.end, self.bridge, case.running)
        ):
            if state == timeline.ACTIVE:
                break
            since = first
        return whole_months(dt.date.fromordinal(since), self.today) if since else 0

    def duties(self, running: Collection[str]) -> tuple[list[DutyLine], list[DutyLine]]:
        """What is overdue of open cases, and what was due in the month before and is decided."""
        first, last = (day.toordinal() for day in month_before(self.today))
        overdue, month = list[DutyLine](), list[DutyLine]()
        for who, whose in self.whose.items():
            for raw in evaluate(self.book, self.facts[who], history=True):
                late = raw.state == "overdue" and who in running
                then = first <= raw.due <= last and raw.state in DECIDED
                if late or then:
                    line = DutyLine(whose, duty(who, raw))
                    overdue += [line] if late else []
                    month += [line] if then else []
        return overdue, month


def _by_due(line: DutyLine) -> tuple[dt.date, str, str]:
    return line.duty.due or dt.date.max, line.who.number, line.duty.rule


def _decisions(session: Session, whose: Mapping[str, Whose]) -> list[DecisionLine]:
    """The decisions of the last days, newest first."""
    from progression.store import queries

    today = session.today().toordinal()
    columns = queries.fact_columns(session.vault, "decision.set", "date", "choice", "about")
    told = zip(columns.citizen, columns["date"], columns["choice"], columns["about"], strict=True)
    found = [
        DecisionLine(whose[columns.citizens[place]], dt.date.fromordinal(day), choice, about)
        for place, day, choice, about in told
        if today - RECENT_DAYS < day <= today
    ]
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.who.number))


def _changes(loads: CaseloadPage, whose: Mapping[str, Whose]) -> tuple[ChangeLine, ...]:
    found = [
        ChangeLine(whose[one.citizen], tuple(change for change in one.changes if change.day <= loads.today))
        for one in loads.citizens
    ]
    changed = [one for one in found if one.changes]
    return tuple(sorted(changed, key=lambda one: (-one.changes[-1].day.toordinal(), one.who.number)))


def _flag_lines(
    open_flags: Mapping[str, Sequence[Flag]], whose: Mapping[str, Whose], running: Collection[str], today: dt.date
) -> tuple[FlagLine, ...]:
    found = [
        FlagLine(whose[who], flag, (today - flag.raised_on).days)
        for who, mine in open_flags.items()
        if who in running and who in whose
        for flag in mine
    ]
    return tuple(sorted(found, key=lambda one: (one.flag.raised_on, one.who.number, one.flag.kind)))
