"""*I dag*: the caseload on one day, ordered by what is due. People are never ranked by a score or a change.

What a row shows is kept in memory with the vault, citizen by citizen, and made again for those whose facts have
changed since: nobody's figures depend on anybody else's. `first` is what can be said before anything is computed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from progression.analysis.values import Flag
from progression.casework import talks, timeline
from progression.casework.duties import STANDING, duty, evaluate
from progression.casework.duties.facts import course_facts
from progression.casework.values import Conversation, Course, Decision
from progression.desk import citizens, cohorts, duties, flags, people
from progression.desk.pages import Duty, Meeting, TodayPage, TodayRow
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.analysis.values import Trajectory
    from progression.casework.duties import Rulebook
    from progression.scales.model import Scale
    from progression.store.vault import Vault

SPARK_MONTHS = 24
_LAST = dt.date.max
_KEPT = "today"


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


def page(session: Session, caseworker: str | None = None) -> TodayPage:
    """Return the caseload of a caseworker (a person key; None = me, "" = everybody) on the session's day."""
    from progression.store.access import Act

    wanted = _caseload(session, caseworker)
    session.vault.log(Act("view", purpose="today"))
    kept = _kept(session)
    missing = [who for who in wanted if who not in kept.by_citizen]
    if missing:
        _make(session, kept, missing)
    return _page(session, [kept.by_citizen[who] for who in wanted if who in kept.by_citizen], complete=True)


def first(session: Session, caseworker: str | None = None) -> TodayPage | None:
    """Return the same caseload before anything is computed: who, what runs, what is due, whom I meet; in the order of
    what is due and of attention points as they were last shown. None where `page` is as quick.

    Rows have no trajectory and no flag yet; the page is not `complete`. Nothing is logged: `page` follows.
    """
    wanted = _caseload(session, caseworker)
    kept = _kept(session)
    if all(who in kept.by_citizen for who in wanted):
        return None
    from progression.store import queries

    open_ones = [c for c in queries.courses(session.vault, wanted, answers=False).values() if _open(c, session.today())]
    rules, installed = duties.book(session), queries.scales(session.vault)
    bridge = cohorts.settings(session).bridge_days
    waits = _shown_undecided(session, open_ones)
    session = replace(session, day=session.today())  # the clock is asked once
    made = []
    for course in sorted(open_ones, key=lambda c: c.citizen.number):
        row = _row(session, course, installed[citizens.scale_of(course)], rules, None, (), bridge)
        made.append((_place(row, waits.get(row.citizen)), _One(row, _meetings(course, session.today()))))
    return _page(session, [one for _key, one in sorted(made, key=lambda pair: pair[0])], complete=False)


def warm() -> None:
    """Read what every vault is opened with, before it is: the shipped scales and rules."""
    from progression.casework import rulesets
    from progression.scales import library

    for name in library.SHIPPED:
        library.parse(library.source(name), name)
    rulesets.parse(rulesets.source(rulesets.STANDARD), rulesets.STANDARD)


def _page(session: Session, found: Sequence[_One], *, complete: bool) -> TodayPage:
    from progression.store import drafts, queries

    unfinished = {d.citizen: len(d.payload.get("answers", ())) for d in drafts.all(session.vault)}
    rows = [
        one.row if one.row.citizen not in unfinished else replace(one.row, draft=unfinished[one.row.citizen])
        for one in found
        if one.row is not None
    ]
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
    from progression.store import queries

    mine = people.me(session) if caseworker is None else caseworker
    if not mine:
        return [one.citizen for one in queries.citizens(session.vault)]
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


def _shown_undecided(session: Session, courses: Iterable[Course]) -> Mapping[str, dt.date]:
    """citizen -> date of the oldest attention point that had been shown and that nobody has decided about."""
    from progression.store import queries

    decided = {course.citizen.citizen: {d.about for d in course.decisions} for course in courses}
    today, found = session.today().isoformat(), dict[str, dt.date]()
    for body in queries.shown_flags(session.vault):
        who, raised = body["citizen"], body["raised_on"]
        if who in decided and body.get("shown_on", raised) <= today and f"flag:{body['id']}" not in decided[who]:
            found[who] = min(dt.date.fromisoformat(raised), found.get(who, _LAST))
    return found


# a row


def _row(
    session: Session,
    course: Course,
    scale: Scale,
    rules: Rulebook,
    trajectory: Trajectory | None,
    own: Sequence[Flag],
    bridge: int = 0,
) -> TodayRow:
    today, citizen = session.today(), course.citizen
    waiting = sorted((f for f in own if f.status == "open"), key=lambda f: f.raised_on)
    since = today - dt.timedelta(days=round(SPARK_MONTHS * 30.44))
    phases = trajectory.phases if trajectory else timeline.course_phases(course, rules.types, today, bridge)
    done = [a.date for a in course.assessments if a.date <= today]
    return TodayRow(
        citizen=citizen.citizen,
        number=citizen.number,
        name=citizen.name,
        phone=citizen.phone,
        running=timeline.in_force(course.interventions, today),
        phase=timeline.phase_on(phases, today) if phases else None,
        spark=tuple((p.day, p.level) for p in trajectory.curve if p.day >= since) if trajectory else (),
        phases=tuple(p for p in phases if p.end is None or p.end >= since),
        trajectory=trajectory,
        flag=waiting[0] if waiting else None,
        decision=_silencing(course, own),
        duty=_duty(session, course, rules),
        last_assessed=max(done, default=None),
        draft=None,
        scale=scale,
        days_since_contact=talks.days_since_contact(course, today),
        next_talk=talks.next_planned(course, today),
    )


def _duty(session: Session, course: Course, rules: Rulebook) -> Duty | None:
    """What is due first (`duties.next_of`), as the page shows it; no value is made of what is not."""
    raws = evaluate(rules, course_facts(course, rules.types, session.today()))
    standing = [raw for raw in raws if raw.state in STANDING and raw.due]
    if not standing:
        return None
    found = duty(course.citizen.citizen, min(standing, key=lambda raw: (raw.due, raw.row.rule.id, raw.about)))
    assert found.due is not None
    return Duty(found.kind, found.due, found.overdue, found.text, found.planned)


def _silencing(course: Course, own: Sequence[Flag]) -> Decision | None:
    """The latest decision about a flag that is settled, or silent until its follow-up."""
    decided = {f"flag:{flag.id}" for flag in own if flag.status in ("silenced", "decided")}
    found = [d for d in course.decisions if d.about in decided]
    return max(found, key=lambda d: (d.date, d.event), default=None)


def _meetings(course: Course, today: dt.date) -> tuple[Meeting, ...]:
    """Today's conversations, each with what was agreed last."""
    return tuple(
        _meeting(course, talk)
        for talk in course.conversations
        if talk.date == today and talk.status in ("planned", "held", "missed")
    )


def _meeting(course: Course, talk: Conversation) -> Meeting:
    agreed = [p.agreement for p in course.plan if p.agreement and p.date <= talk.date]
    one = course.citizen
    return Meeting(
        one.citizen, one.name, talk, talk.status == "held", agreed[-1] if agreed else "", one.number, one.phone
    )


def _in_calendar(meeting: Meeting) -> tuple[object, ...]:
    return (*talks.in_calendar(meeting.conversation), meeting.name)
