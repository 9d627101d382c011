"""*I dag*: the caseload on one day, ordered by what is due. People are never ranked by a score or a change.

What a row shows is kept in memory with the vault, citizen by citizen, and made again for those whose facts have
changed since: nobody's figures depend on anybody else's. `first` is what can be said before anything is computed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from progression.analysis.values import Flag
from progression.casework import talks, timeline
from progression.casework.duties import evaluate
from progression.casework.duties.facts import course_facts
from progression.casework.values import Course, Decision
from progression.desk import analysed, citizens, cohorts, duties, flags, people, today_early
from progression.desk.pages import Begun, Meeting, TodayPage, TodayRow
from progression.desk.session import Session
from progression.scales.model import RATERS

if TYPE_CHECKING:
    from progression.analysis.values import Trajectory
    from progression.casework.duties import Rulebook
    from progression.scales.model import Scale
    from progression.store.vault import Vault
_LAST = dt.date.max
_KEPT = "today"
PART = 250  # citizens computed at a time: within `analyse.CASELOAD`, all trajectories of a part are found at once


@dataclass(frozen=True, slots=True)
class _One:
    """What is kept of a citizen: the row without its draft, and today's conversations; no row once the case closed."""

    row: TodayRow | None
    meetings: tuple[Meeting, ...]


@dataclass(slots=True)
class _Kept:
    """What was made for one day and one way of looking."""

    key: tuple[object, ...]
    mark: int = 0
    by_citizen: dict[str, _One] = field(default_factory=dict)


def page(session: Session, caseworker: str | None = None, *, seen: bool = False) -> TodayPage:
    """Return the caseload of a caseworker (a person key; None = me, "" = everybody) on the session's day. `seen`: the
    first rows of it are on the screen, and logged."""
    from progression.store.access import Act

    wanted = _caseload(session, caseworker)
    if not seen:
        session.vault.log(Act("view", purpose="today"))
    kept = _kept(session)
    missing = [who for who in wanted if who not in kept.by_citizen]
    if missing:
        with duties.at_one_go():
            for begin in range(0, len(missing), PART):
                _make(session, kept, missing[begin : begin + PART])
    return _page(session, [kept.by_citizen[who] for who in wanted if who in kept.by_citizen], complete=True)


def first(session: Session, caseworker: str | None = None) -> TodayPage | None:
    """Return the same caseload before anything is computed: who, what runs, what is due, whom I meet; in the order of
    what is due and of attention points as they were last shown. None where `page` is as quick.

    Rows have no trajectory and no flag yet; the page is not `complete`.
    """
    from progression.store.access import Act

    wanted = _caseload(session, caseworker)
    kept = _kept(session)
    if all(who in kept.by_citizen for who in wanted):
        return None
    session.vault.log(Act("view", purpose="today"))
    session = replace(session, day=session.today())  # the clock is asked once
    with duties.at_one_go():
        found = sorted(today_early.rows(session, wanted), key=lambda one: _place(one.row, one.waits))
        return _page(session, [_One(one.row, one.meetings) for one in found], complete=False)


def prepare(session: Session, caseworker: str | None = None) -> bool:
    """Make the next PART of the rows that `page` will show, and say whether there are more to make.

    For a municipality: between the parts the one database thread can do what somebody asks for meanwhile. Nothing is
    logged: `page` follows.
    """
    kept = _kept(session)
    missing = [who for who in _caseload(session, caseworker) if who not in kept.by_citizen]
    if missing:
        _make(session, kept, missing[:PART])
    return len(missing) > PART


def warm() -> None:
    """Read what every vault is opened with, before it is: the shipped scales and rules."""
    from progression.casework import rulesets
    from progression.scales import library

    for name in library.SHIPPED:
        library.parse(library.source(name), name)
    rulesets.parse(rulesets.source(rulesets.STANDARD), rulesets.STANDARD)


def _page(session: Session, found: Sequence[_One], *, complete: bool) -> TodayPage:
    from progression.store import queries

    begun = _begun(session)
    rows = [_with(one.row, begun.get(one.row.citizen)) for one in found if one.row is not None]
    if complete:
        rows.sort(key=order)
    return TodayPage(
        today=session.today(),
        rows=tuple(rows),
        meetings=tuple(sorted((m for one in found for m in one.meetings), key=_in_calendar)),
        types=queries.intervention_types(session.vault),
        caseworkers=people.names(session),
        complete=complete,
        me=people.me(session),
    )


def _begun(session: Session) -> dict[str, Begun]:
    """What lies half done in this vault, by citizen: also what a crash or a closed window left."""
    from progression.store import drafts, queries

    found: dict[str, Begun] = {}
    kept = drafts.all(session.vault)
    installed = queries.scales(session.vault) if kept else {}
    for one in kept:
        before = found.get(one.citizen, Begun())
        scale, rater = installed.get(one.scale), next((r for r in RATERS if r == one.rater), None)
        if scale is None or rater is None:  # agreements being typed
            found[one.citizen] = replace(before, agreements=True)
        elif before.rater != RATERS[0]:  # of two, the caseworker's own
            asked = len(scale.rated_by(rater))
            found[one.citizen] = Begun(rater, len(one.payload["answers"]), asked, before.agreements)
    return found


def _with(row: TodayRow, begun: Begun | None) -> TodayRow:
    return row if begun is None else replace(row, begun=begun, draft=begun.answered if begun.rater else None)


def order(row: TodayRow) -> tuple[int, dt.date, str]:
    """Sort key: overdue duties oldest first, then undecided flags oldest first, then the next duty; dates only."""
    return _place(row, row.flag.raised_on if row.flag is not None else None)


def _place(row: TodayRow, flagged: dt.date | None) -> tuple[int, dt.date, str]:
    if row.duty is not None and row.duty.overdue:
        return (0, row.duty.due, row.number)
    if flagged is not None:
        return (1, flagged, row.number)
    return (2, row.duty.due if row.duty else _LAST, row.number)


# who, and what is kept


def _caseload(session: Session, caseworker: str | None) -> list[str]:
    """Whose rows are asked for: a municipality is many times a caseload, so only one's own are read."""
    from progression.store.cohort import known_citizens

    mine = people.me(session) if caseworker is None else caseworker
    if not mine:
        return list(known_citizens(session.vault))
    return [who for who, person in citizens.caseworkers(session).items() if person == mine]


def _kept(session: Session) -> _Kept:
    """What is kept for this way of looking, without those whose facts have changed since."""
    vault: Vault = session.vault
    key = (session.today(), session.day, session.entered_by, session.method)
    kept: _Kept | None = vault.memory.kept.get(_KEPT)
    common, changed = vault.memory.since(kept.mark) if kept is not None else (True, frozenset[str]())
    if kept is None or common or kept.key != key:
        kept = _Kept(key)
        vault.memory.kept[_KEPT] = kept
    for who in changed:
        kept.by_citizen.pop(who, None)
    kept.mark = vault.memory.mark
    return kept


def _make(session: Session, kept: _Kept, wanted: Collection[str]) -> None:
    """Make what is shown of these citizens, and keep it."""
    from progression.store import queries

    courses = queries.courses(session.vault, wanted)
    open_ones = [c for c in courses.values() if _open(c, session.today())]
    kept.by_citizen.update((who, _One(None, ())) for who in courses)
    installed = queries.scales(session.vault)
    scales = {c.citizen.citizen: installed[citizens.scale_of(c)] for c in open_ones}
    grouped: dict[str, list[Course]] = defaultdict(list)
    for course in open_ones:
        grouped[scales[course.citizen.citizen].id].append(course)
    rules = duties.book(session)
    for name, group in grouped.items():
        analysis = cohorts.of_courses(session, group, installed[name])
        shown = analysis.flags
        flags.remember(session, shown)
        analysed.keep(session, installed[name], [course.citizen.citizen for course in group], analysis)
        own: dict[str, list[Flag]] = defaultdict(list)
        for flag in shown:
            own[flag.citizen].append(flag)
        for course in group:
            who = course.citizen.citizen
            row = _row(session, course, installed[name], rules, analysis.trajectory(who), own.get(who, ()))
            kept.by_citizen[who] = _One(row, _meetings(course, session.today()))
    kept.mark = session.vault.memory.mark  # what was first shown just now is in the rows


def _open(course: Course, today: dt.date) -> bool:
    closed = course.citizen.case_closed
    return closed is None or closed >= today


# a row


def _row(
    session: Session,
    course: Course,
    scale: Scale,
    rules: Rulebook,
    trajectory: Trajectory,
    own: Sequence[Flag],
) -> TodayRow:
    today, citizen = session.today(), course.citizen
    waiting = sorted((f for f in own if f.status == "open"), key=lambda f: f.raised_on)
    since = today - dt.timedelta(days=round(today_early.SPARK_MONTHS * 30.44))
    phases = trajectory.phases
    done = [a.date for a in course.assessments if a.date <= today]
    return TodayRow(
        citizen=citizen.citizen,
        number=citizen.number,
        name=citizen.name,
        phone=citizen.phone,
        running=timeline.in_force(course.interventions, today),
        phase=timeline.phase_on(phases, today) if phases else None,
        spark=tuple((p.day, p.level) for p in trajectory.curve if p.day >= since),
        phases=tuple(p for p in phases if p.end is None or p.end >= since),
        trajectory=trajectory,
        flag=waiting[0] if waiting else None,
        decision=_silencing(course, own),
        duty=today_early.first_due(
            citizen.citizen, evaluate(rules, course_facts(course, rules.types, today), standing=True)
        ),
        last_assessed=max(done, default=None),
        draft=None,
        scale=scale,
        days_since_contact=talks.days_since_contact(course, today),
        next_talk=talks.next_planned(course, today),
    )


def _silencing(course: Course, own: Sequence[Flag]) -> Decision | None:
    """The latest decision about a flag that is settled, or silent until its follow-up."""
    decided = {f"flag:{flag.id}" for flag in own if flag.status in ("silenced", "decided")}
    found = [d for d in course.decisions if d.about in decided]
    return max(found, key=lambda d: (d.date, d.event), default=None)


def _meetings(course: Course, today: dt.date) -> tuple[Meeting, ...]:
    return tuple(today_early.meetings_of(course.citizen, course.conversations, course.plan, today))


def _in_calendar(meeting: Meeting) -> tuple[object, ...]:
    return (*talks.in_calendar(meeting.conversation), meeting.name)
