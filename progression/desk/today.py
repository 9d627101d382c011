"""*I dag*: the caseload on one day, ordered by what is due. People are never ranked by a score or a change."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from progression.analysis.values import Flag
from progression.casework import timeline
from progression.casework.values import Conversation, Course, Decision
from progression.desk import citizens, cohorts, flags, people
from progression.desk.pages import Meeting, TodayPage, TodayRow
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.analysis.analyse import Analysis
    from progression.scales.model import Scale

SPARK_MONTHS = 24
_LAST = dt.date.max


def page(session: Session, caseworker: str | None = None) -> TodayPage:
    """Return the caseload of a caseworker (a person key; None = me, "" = everybody) on the session's day."""
    from progression.store import drafts, queries
    from progression.store.access import Act

    mine = people.me(session) if caseworker is None else caseworker
    # only one's own are read: a municipality is many times a caseload
    wanted = [who for who, person in citizens.caseworkers(session).items() if person == mine] if mine else None
    courses = [c for c in queries.courses(session.vault, wanted).values() if _open(c, session.today())]
    session.vault.log(Act("view", purpose="today"))
    analyses, scales = _analyses(session, courses)
    shown = [flag for analysis in analyses.values() for flag in analysis.flags]
    flags.remember(session, shown)
    by_citizen: dict[str, list[Flag]] = defaultdict(list)
    for flag in shown:
        by_citizen[flag.citizen].append(flag)
    unfinished = {d.citizen: len(d.payload.get("answers", ())) for d in drafts.all(session.vault)}
    rows = [
        _row(session, c, analyses[scales[c.citizen.citizen].id], scales[c.citizen.citizen], by_citizen, unfinished)
        for c in courses
    ]
    return TodayPage(
        today=session.today(),
        rows=tuple(sorted(rows, key=order)),
        meetings=_meetings(courses, session.today()),
        types=queries.intervention_types(session.vault),
        caseworkers=people.names(session),
    )


def order(row: TodayRow) -> tuple[int, dt.date, str]:
    """Sort key: overdue duties oldest first, then undecided flags oldest first, then the next duty; dates only."""
    if row.duty is not None and row.duty.overdue:
        return (0, row.duty.due, row.number)
    if row.flag is not None:
        return (1, row.flag.raised_on, row.number)
    return (2, row.duty.due if row.duty else _LAST, row.number)


def _open(course: Course, today: dt.date) -> bool:
    closed = course.citizen.case_closed
    return closed is None or closed >= today


def _analyses(session: Session, courses: Sequence[Course]) -> tuple[dict[str, Analysis], dict[str, Scale]]:
    """One analysis for each scale somebody was last assessed on, and each citizen's scale."""
    from progression.store import queries

    installed = queries.scales(session.vault)
    scales = {c.citizen.citizen: installed[citizens.scale_of(c)] for c in courses}
    grouped: dict[str, list[Course]] = defaultdict(list)
    for course in courses:
        grouped[scales[course.citizen.citizen].id].append(course)
    return {name: cohorts.of_courses(session, group, installed[name]) for name, group in grouped.items()}, scales


def _row(
    session: Session,
    course: Course,
    analysis: Analysis,
    scale: Scale,
    flagged: Mapping[str, Sequence[Flag]],
    unfinished: Mapping[str, int],
) -> TodayRow:
    today, citizen = session.today(), course.citizen
    trajectory = analysis.trajectory(citizen.citizen)
    own = flagged.get(citizen.citizen, ())
    waiting = sorted((f for f in own if f.status == "open"), key=lambda f: f.raised_on)
    since = today - dt.timedelta(days=round(SPARK_MONTHS * 30.44))
    phases = tuple(p for p in trajectory.phases if p.end is None or p.end >= since)
    done = [a.date for a in course.assessments if a.date <= today]
    return TodayRow(
        citizen=citizen.citizen,
        number=citizen.number,
        name=citizen.name,
        phone=citizen.phone,
        running=timeline.in_force(course.interventions, today),
        phase=timeline.phase_on(trajectory.phases, today) if trajectory.phases else None,
        spark=tuple((p.day, p.level) for p in trajectory.curve if p.day >= since),
        phases=phases,
        trajectory=trajectory,
        flag=waiting[0] if waiting else None,
        decision=_silencing(course, own),
        duty=citizens.next_duty(session, course, scale),
        last_assessed=max(done, default=None),
        draft=unfinished.get(citizen.citizen),
        scale=scale,
    )


def _silencing(course: Course, own: Sequence[Flag]) -> Decision | None:
    """The latest decision about a flag that is settled, or silent until its follow-up."""
    decided = {f"flag:{flag.id}" for flag in own if flag.status in ("silenced", "decided")}
    found = [d for d in course.decisions if d.about in decided]
    return max(found, key=lambda d: (d.date, d.event), default=None)


def _meetings(courses: Sequence[Course], today: dt.date) -> tuple[Meeting, ...]:
    """Today's conversations in the calendar's order, each with what was agreed last."""
    found = []
    for course in courses:
        for talk in course.conversations:
            if talk.date == today and talk.status in ("planned", "held"):
                found.append(_meeting(course, talk))
    return tuple(sorted(found, key=lambda m: (m.conversation.id, m.name)))


def _meeting(course: Course, talk: Conversation) -> Meeting:
    agreed = [p.agreement for p in course.plan if p.agreement and p.date <= talk.date]
    return Meeting(
        course.citizen.citizen, course.citizen.name, talk, talk.status == "held", agreed[-1] if agreed else ""
    )
