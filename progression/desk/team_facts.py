"""What the front of *Team* is made of, of everybody: read once, kept in memory with the vault while nothing changes.

What belongs to one citizen is kept by itself, and made again for those whose facts have changed since.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from progression.analysis.values import Flag
from progression.casework import timeline
from progression.casework.caseworkers import Change, caseworker_on
from progression.casework.duties import Duty, Rulebook, duty, evaluate
from progression.casework.duties.facts import Facts, course_facts
from progression.casework.duties.timeliness import DECIDED, month_before
from progression.casework.passive import MENTORS, Case, whole_months
from progression.casework.passive_days import ABSENT, month_days, states
from progression.casework.values import Choice, Course, State
from progression.desk import caseload, cohorts, duties, flags, people
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


@dataclass(frozen=True, slots=True)
class _One:
    """What is kept of a citizen: nobody's depends on anybody else's. `states` empty before the case begins."""

    whose: Whose
    states: bytes
    without: WithoutLine | None
    overdue: tuple[DutyLine, ...]
    last_month: tuple[DutyLine, ...]


@dataclass(slots=True)
class _Kept:
    key: tuple[object, ...]
    mark: int = -1
    facts: TeamFacts | None = None
    by_citizen: dict[str, _One] = field(default_factory=dict)
    flags: dict[str, tuple[Flag, ...]] = field(default_factory=dict)


def facts(session: Session) -> TeamFacts:
    """Return everybody's facts as of the session's day; from memory where nothing has changed."""
    vault: Vault = session.vault
    key = (session.today(), session.day, session.entered_by, session.method)
    kept: _Kept | None = vault.memory.kept.get(_KEPT)
    common, changed = vault.memory.since(kept.mark) if kept is not None else (True, frozenset[str]())
    if kept is None or common or kept.key != key or len(changed) > _FEW:
        kept = vault.memory.kept[_KEPT] = _Kept(key)
    if kept.facts is None or changed:
        mark = vault.memory.mark
        with duties.at_one_go():
            _refresh(session, kept, changed)
            kept.facts = _together(session, kept)
        kept.mark = mark
    return kept.facts


def once(session: Session) -> TeamFacts:
    """Return everybody's facts as of a day that is only looked back upon: what is kept of today stays."""
    kept = _Kept(())
    with duties.at_one_go():
        _refresh(session, kept, ())
        return _together(session, kept)


def _refresh(session: Session, kept: _Kept, changed: Collection[str]) -> None:
    """Read everybody, or again those whose facts changed."""
    book, days = duties.book(session), month_days(session.today(), MONTHS)
    reader = Reader(book, days, cohorts.settings(session).bridge_days)
    if kept.facts is None:
        found = gather(session, book.types)
        kept.by_citizen = {one.citizen: reader.one(one, found.facts[one.citizen]) for one in found.whose}
        kept.flags = _by_citizen(flags.current(session))
        return
    from progression.store import queries

    for who in changed:
        kept.by_citizen.pop(who, None)
        kept.flags.pop(who, None)
    courses = queries.courses(session.vault, list(changed))
    teams = people.teams(session)
    for who, course in courses.items():
        mine = course_facts(course, book.types, session.today())
        kept.by_citizen[who] = reader.one(_whose(course, teams, session.today()), mine)
    kept.flags.update(_by_citizen(_flags(session, list(courses.values()))))


def _whose(course: Course, teams: Mapping[str, str], today: dt.date) -> Whose:
    """The citizen as `gather` names everybody."""
    one, person = course.citizen, caseworker_on(course, today)
    return Whose(one.citizen, one.number, one.name, one.phone, people.team_of(teams, person, one.team), person)


def _flags(session: Session, courses: Sequence[Course]) -> list[Flag]:
    """These citizens' attention points on every scale somebody uses, as `flags.current` has everybody's."""
    from progression.store import caseload as columns
    from progression.store import queries

    installed, found = queries.scales(session.vault), list[Flag]()
    for scale in sorted(columns.scales_in_use(session.vault)) if courses else ():
        found += cohorts.of_courses(session, courses, installed[scale]).flags
    return found


def _by_citizen(found: Collection[Flag]) -> dict[str, tuple[Flag, ...]]:
    rows: dict[str, list[Flag]] = defaultdict(list)
    for flag in found:
        if flag.status == "open":
            rows[flag.citizen].append(flag)
    return {who: tuple(mine) for who, mine in rows.items()}


def _together(session: Session, kept: _Kept) -> TeamFacts:
    """Everybody's beside each other, each list in its order."""
    loads = caseload.page(session, log=False)
    running = {one.citizen for one in loads.citizens}
    everybody = sorted(kept.by_citizen.values(), key=lambda one: (one.whose.number, one.whose.citizen))
    whose = {one.whose.citizen: one.whose for one in everybody}
    mine = [one for one in everybody if one.whose.citizen in running]
    without = [one.without for one in mine if one.without is not None]
    return TeamFacts(
        today=session.today(),
        days=month_days(session.today(), MONTHS),
        whose=whose,
        states={one.whose.citizen: one.states for one in everybody if one.states},
        loads=loads,
        # as long as is said of each; stable: by number where it is the same day
        without=tuple(sorted(without, key=lambda one: (-one.months, one.since))),
        overdue=tuple(sorted((line for one in mine for line in one.overdue), key=_by_due)),
        last_month=tuple(sorted((line for one in everybody for line in one.last_month), key=_by_due)),
        decisions=tuple(_decisions(session, whose)),
        changes=_changes(loads, whose),
        flags=_flag_lines(kept.flags, whose, running, session.today()),
    )


class Reader:
    """Counts a citizen's days and duties from facts as ordinals."""

    def __init__(self, book: Rulebook, days: Sequence[dt.date], bridge: int) -> None:
        self.book, self.bridge = book, bridge
        self.today = days[-1]
        self.days = [day.toordinal() for day in days]
        first, last = month_before(self.today)
        self.month = first.toordinal(), last.toordinal()
        self.kinds = {code: timeline.kind_of(one) for code, one in book.types.items()}
        self.official = self.kinds | {code: timeline.ACTIVE for code in MENTORS if code in book.types}

    def one(self, who: Whose, mine: Facts) -> _One:
        """Return what is kept of a citizen."""
        overdue, last_month = self._duties(who, mine)
        if not mine.start:
            return _One(who, b"", None, overdue, last_month)
        case = self.case(mine, self.kinds)
        found = states(case, self.days, self.bridge)
        without = None
        if case.running and found[-1] not in (timeline.ACTIVE, ABSENT):
            since = self._stretches(case)[-1][1]
            months = self._months(mine)
            without = WithoutLine(who, timeline.STATES[found[-1]], dt.date.fromordinal(since), months)
        return _One(who, found, without, overdue, last_month)

    def case(self, one: Facts, kinds: Mapping[str, int]) -> Case:
        """What of a citizen makes states: rows, and the days of the case."""
        rows = [(row.start, row.end, kinds.get(row.type, timeline.PASSIVE)) for row in one.rows]
        return Case(rows, one.start, one.closed or self.days[-1], not one.closed)

    def _stretches(self, case: Case) -> list[timeline.Stretch]:
        return timeline.phases_ordinal(case.rows, case.start, case.end, self.bridge, case.running)

    def _months(self, one: Facts) -> int:
        """Whole months without an active intervention or mentor, as `passive.without` counts them."""
        since = 0
        for state, first, _last in reversed(self._stretches(self.case(one, self.official))):
            if state == timeline.ACTIVE:
                break
            since = first
        return whole_months(dt.date.fromordinal(since), self.today) if since else 0

    def _duties(self, who: Whose, mine: Facts) -> tuple[tuple[DutyLine, ...], tuple[DutyLine, ...]]:
        """What is overdue, and what was due in the month before and is decided."""
        first, last = self.month
        overdue, month = list[DutyLine](), list[DutyLine]()
        for raw in evaluate(self.book, mine, history=True):
            then = first <= raw.due <= last and raw.state in DECIDED
            if raw.state == "overdue" or then:
                line = DutyLine(who, duty(who.citizen, raw))
                overdue += [line] if raw.state == "overdue" else []
                month += [line] if then else []
        return tuple(overdue), tuple(month)


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
