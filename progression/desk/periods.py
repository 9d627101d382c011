"""Questions about what ran and what did not, over one citizen or everybody: combinations, passive periods, shares by
month, waiting. The answers are values; what counts as a day is said in `casework`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from progression.casework import combination, history, passive, reopened, timeline, waiting
from progression.casework.values import Course, Intervention, InterventionType
from progression.desk import cohorts
from progression.desk.session import Session


@dataclass(frozen=True, slots=True)
class Combined:
    """What runs beside what for one citizen on the session's day. `days`: of the run so far."""

    citizen: str
    run: combination.Run
    days: int


@dataclass(frozen=True, slots=True)
class Queued:
    """A wait that runs, held against others waiting or having waited for the same."""

    wait: waiting.Wait
    others: waiting.Others


def entries(session: Session, citizen: str) -> tuple[history.Entry, ...]:
    """Return everything that happened to one citizen, by date; one look, one line in the access log."""
    from progression.store import queries
    from progression.store.access import Act

    course = queries.course(session.vault, citizen)
    session.vault.log(Act("view", citizen, purpose="timeline"))
    return history.entries(course, queries.intervention_types(session.vault), session.today(), _bridge(session))


def combinations(session: Session, key: str | None = None) -> list[Combined]:
    """Return the combination in force on the session's day of everybody whose case runs then, sorted by number; `key`
    ("job+social", "none"): only where it is this one."""
    today = session.today()
    found = []
    bridge = _bridge(session)
    for course, days, types in _open(session):
        runs = combination.runs(course.interventions, types, days.start, days.end, bridge)
        run = runs[-1]
        if key in (None, run.key):
            found.append(Combined(course.citizen.citizen, run, (today - run.start).days + 1))
    return found


def passive_periods(session: Session, *, running: bool = False, least_days: int = 1) -> list[passive.Passive]:
    """Return the passive periods of everybody, sorted by number and start. `running`: of open cases, those that have
    not ended; `least_days`: at least so long."""
    from progression.store import queries

    types, bridge = queries.intervention_types(session.vault), _bridge(session)
    found = [
        one
        for course in _courses(session)
        for one in passive.course_periods(course, types, session.today(), bridge)
        if one.days >= least_days and (one.running or not running)
    ]
    return found


def without(session: Session, months: int) -> list[passive.Without]:
    """Return who has been without an active intervention or mentor for at least so many whole months, longest first."""
    from progression.store import queries

    types, bridge = queries.intervention_types(session.vault), _bridge(session)
    found = [passive.without(course, types, session.today(), bridge) for course in _courses(session)]
    reached = [one for one in found if one is not None and one.months >= months]
    return sorted(reached, key=lambda one: one.since)  # stable: by number where it is the same day


def passive_share(session: Session, months: int = 24) -> tuple[passive.MonthShare, ...]:
    """Return the latest months with how much of them was without an active intervention; a whole municipality in a
    moment, since only columns are read."""
    return passive.shares(_cases(session), session.today(), months, _bridge(session))


def waiting_times(session: Session) -> tuple[waiting.Queue, ...]:
    """Return how long is waited for what."""
    return waiting.queues(_waits(session))


def queued(session: Session) -> list[Queued]:
    """Return every wait that runs, longest first, beside what others wait."""
    return [Queued(wait, others) for wait, others in waiting.compared(_waits(session))]


def _waits(session: Session) -> tuple[waiting.Wait, ...]:
    from progression.store import queries

    types = queries.intervention_types(session.vault)
    closed = {c.citizen: c.case_closed for c in queries.citizens(session.vault)}
    rows = [
        _until(row, closed.get(row.citizen))
        for row in queries.interventions(session.vault)
        if row.type in types and types[row.type].state == "waiting"
    ]
    return waiting.waits(rows, types, session.today())


def _until(row: Intervention, closed: dt.date | None) -> Intervention:
    """Nobody waits any longer once the case is closed."""
    if closed is None or (row.end is not None and row.end <= closed):
        return row
    return replace(row, end=closed)


def _courses(session: Session) -> list[Course]:
    """Everybody's interventions and the first day of their case, sorted by number: all that these questions need, at a
    fraction of what reading every answer would cost."""
    from progression.store import caseload, queries

    who = caseload.citizen_columns(session.vault)
    opened = dict(zip(who.citizens, who.opened, strict=True))
    rows: dict[str, list[Intervention]] = defaultdict(list)
    for row in queries.interventions(session.vault):
        rows[row.citizen].append(row)
    found = []
    for one in queries.citizens(session.vault):
        first = opened.get(one.citizen, 0)
        if one.benefit_start is None and first:
            one = replace(one, benefit_start=dt.date.fromordinal(first))
        found.append(Course(one, interventions=tuple(rows.get(one.citizen, ()))))
    return found


def _open(session: Session) -> Iterator[tuple[Course, timeline.Span, Mapping[str, InterventionType]]]:
    from progression.store import queries

    types, today = queries.intervention_types(session.vault), session.today()
    for course in _courses(session):
        days = timeline.span(course, None, today)
        if days is not None and days.running and not reopened.shut(course.interventions, today):
            yield course, days, types


def _cases(session: Session) -> Iterator[passive.Case]:
    """Everybody as rows of ordinals, straight from the columns."""
    from progression.store import caseload, queries

    today = session.today().toordinal()
    types = queries.intervention_types(session.vault)
    who = caseload.citizen_columns(session.vault)
    place = {citizen: n for n, citizen in enumerate(who.citizens)}
    columns = queries.intervention_columns(session.vault)
    kinds = [timeline.kind_of(types.get(code)) for code in columns.types]
    rows: list[list[timeline.Row]] = [[] for _ in who.citizens]
    index = [place[citizen] for citizen in columns.citizens]
    for citizen, kind, first, last in zip(columns.citizen, columns.type, columns.start, columns.end, strict=True):
        rows[index[citizen]].append((first, last or today + 1, kinds[kind]))
    shut = caseload.closed_stretches(session.vault)
    for n, opened in enumerate(who.opened):
        closed = who.closed[n]
        over = 0 < closed <= today
        if 0 < opened <= (closed if over else today):
            gaps = shut.get(who.citizens[n], ())
            yield passive.Case(rows[n], opened, closed if over else today, not over, gaps)


def _bridge(session: Session) -> int:
    return cohorts.settings(session).bridge_days
