"""The conversation: a sheet that is scored, kept as a draft at every key, and finished as one event.

    open -> Sheet        keep -> when it was durable        finish -> (Changes, Finished)        correct -> Sheet

A second assessment by the same rater on the same scale and date is a correction: its event replaces the first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from progression.casework import checks
from progression.casework.plan import standing
from progression.casework.talks import in_calendar, next_planned
from progression.casework.values import Answer, Assessment, Conversation, Course, Mode
from progression.desk import closing, moved, people
from progression.desk.pages import Finished, Sheet
from progression.desk.session import Changes, Session
from progression.errors import KnownError
from progression.scales.model import RATERS, Rater, Scale
from progression.words import Words
from progression.words.naming import called

if TYPE_CHECKING:
    from progression.analysis.values import Estimates, Flag, Trajectory
    from progression.store.journal import Event, NewEvent

SHOW_EARLIER = "show_earlier_answers"  # the setting's key
LAST_NOTES = 3  # conversations whose notes are in view
LONGEST_SEGMENTS = 9  # steps a digit key can reach


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft as it lies in the vault."""

    day: date
    mode: Mode
    answers: Mapping[str, Answer]
    notes: Mapping[str, str]
    note: str
    saved: datetime

    def payload(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "mode": self.mode,
            "answers": dict(self.answers),
            "notes": dict(self.notes),
            "note": self.note,
        }

    @classmethod
    def read(cls, payload: Mapping[str, Any], saved: datetime) -> _Draft:
        return cls(
            date.fromisoformat(payload["day"]),
            payload["mode"],
            payload["answers"],
            payload["notes"],
            payload["note"],
            saved,
        )


# opening


def open(session: Session, citizen: str, rater: Rater, scale: str = "bip", day: date | None = None) -> Sheet:
    """Open the sheet of a rater: the draft as it was left, else what is saved on `day` to correct, else empty.

    `day` None = today; a draft keeps its own date.

    Logs that the citizen was looked at. Raises KnownError("citizen.gone") or ("scale.unknown", scale=...), and
    ("conversation.by_import", scale=...) for a scale whose steps have no key of their own.
    """
    from progression.store.access import Act

    course, chosen = _course(session, citizen), _scale(session, scale)
    session.vault.log(Act("view", citizen, detail="conversation"))
    kept = _draft(session, citizen, rater, scale)
    wanted = kept.day if kept else day or session.today()
    saved = _saved_on(course, rater, scale, wanted)
    sheet = _empty(session, course, chosen, rater, wanted)
    if kept is not None:
        return replace(_filled(sheet, kept, course), corrects=saved, resumed=True)
    return sheet if saved is None else _correcting(session, sheet, saved, course)


def correct(session: Session, assessment: Assessment) -> Sheet:
    """Open a saved assessment again; finishing it writes an event that replaces it.

    Raises KnownError("conversation.draft_open", day=...) while another date of this rater lies unfinished.
    """
    course, scale = _course(session, assessment.citizen), _scale(session, assessment.scale)
    kept = _draft(session, assessment.citizen, assessment.rater, assessment.scale)
    sheet = _empty(session, course, scale, assessment.rater, assessment.date)
    if kept is None:
        return _correcting(session, sheet, assessment, course)
    if kept.day != assessment.date:
        raise KnownError("conversation.draft_open", day=kept.day)
    return replace(_filled(sheet, kept, course), corrects=assessment, resumed=True)


def _empty(session: Session, course: Course, scale: Scale, rater: Rater, day: date) -> Sheet:
    from progression.casework.timeline import span
    from progression.desk import agreeing
    from progression.store import queries

    mine = _assessments(course, rater, scale.id)
    other: Rater = RATERS[1 - RATERS.index(rater)]
    days = span(course, None, session.today())
    previous = _previous(mine, day)
    return Sheet(
        citizen=course.citizen.citizen,
        name=called(Words(session.language), course.citizen.name, course.citizen.number),
        rater=rater,
        scale=scale,
        day=day,
        mode=previous.mode if previous and rater == "citizen" else "",
        answers={},
        notes={},
        note="",
        previous=previous,
        last_notes=_last_notes(course, scale.id, day),
        ordinal=_ordinal(mine, day),
        other_answered=_other_answered(session, course, other, scale, day),
        other_total=len(scale.rated_by(other)),
        saved=None,
        resumed=False,
        taken=tuple(a.date for a in mine),
        begins=days.start if days else None,
        ends=course.citizen.case_closed,
        show_earlier=bool(queries.setting(session.vault, SHOW_EARLIER, False)),
        agreeing=agreeing.about(session, course),
    )


def _filled(sheet: Sheet, draft: _Draft, course: Course) -> Sheet:
    mine = _assessments(course, sheet.rater, sheet.scale.id)
    return replace(
        sheet,
        day=draft.day,
        mode=draft.mode,
        answers=draft.answers,
        notes=draft.notes,
        note=draft.note,
        saved=draft.saved,
        previous=_previous(mine, draft.day),
        ordinal=_ordinal(mine, draft.day),
        last_notes=_last_notes(course, sheet.scale.id, draft.day),
    )


def _correcting(session: Session, sheet: Sheet, saved: Assessment, course: Course) -> Sheet:
    entered = _local(session, saved.entered or session.vault.clock.now())
    draft = _Draft(saved.date, saved.mode, saved.answers, saved.notes, saved.note, entered)
    return replace(_filled(sheet, draft, course), corrects=saved)


def _local(session: Session, moment: datetime) -> datetime:
    """A time as the user's clock tells it; the vault keeps UTC."""
    return moment.astimezone(session.vault.clock.now().tzinfo)


def _assessments(course: Course, rater: Rater, scale: str) -> list[Assessment]:
    return [a for a in course.assessments if a.rater == rater and a.scale == scale]


def _previous(mine: Sequence[Assessment], day: date) -> Assessment | None:
    return next((a for a in reversed(mine) if a.date < day), None)


def _ordinal(mine: Sequence[Assessment], day: date) -> int:
    return len({a.date for a in mine if a.date < day}) + 1


def _saved_on(course: Course, rater: Rater, scale: str, day: date) -> Assessment | None:
    return next((a for a in reversed(_assessments(course, rater, scale)) if a.date == day), None)


def _last_notes(course: Course, scale: str, day: date) -> tuple[tuple[date, str], ...]:
    """What was written to the latest conversations as a whole, newest first."""
    notes = {(a.date, a.note) for a in course.assessments if a.scale == scale and a.note and a.date < day}
    notes |= {(c.date, c.topic) for c in course.conversations if c.topic and c.status == "held" and c.date < day}
    return tuple(sorted(notes, reverse=True)[:LAST_NOTES])


def _other_answered(session: Session, course: Course, other: Rater, scale: Scale, day: date) -> int:
    draft = _draft(session, course.citizen.citizen, other, scale.id)
    if draft is not None and draft.day == day:
        return len(draft.answers)
    now = moved.pairs(course, scale, day)[other].now
    return len(now.answers) if now is not None else 0


# keeping


def keep(
    session: Session,
    citizen: str,
    rater: Rater,
    scale: str,
    day: date,
    mode: Mode,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    note: str,
) -> datetime:
    """Keep what was entered so far as the draft of this rater, and return when it was durable.

    An empty sheet keeps no draft. Raises KnownError("disk.full") and its like from the store; what was kept before is
    still there then.
    """
    from progression.store import drafts

    now = session.vault.clock.now()
    if not (answers or notes or note.strip()):
        drafts.discard(session.vault, citizen, rater, scale)
        return now
    draft = _Draft(day, mode, answers, notes, note, now)
    return drafts.save(session.vault, citizen, rater, scale, draft.payload())


def _draft(session: Session, citizen: str, rater: Rater, scale: str) -> _Draft | None:
    from progression.store import drafts

    kept = drafts.load(session.vault, citizen, rater, scale)
    if kept is None:
        return None
    return _Draft.read(kept.payload, _local(session, kept.saved))


def discard(session: Session, citizen: str, rater: Rater, scale: str = "bip") -> Changes:
    """Throw a draft away."""
    from progression.store import drafts

    drafts.discard(session.vault, citizen, rater, scale)
    return Changes(frozenset({"draft"}), frozenset({citizen}))


# finishing


def finish(
    session: Session,
    citizen: str,
    rater: Rater,
    scale: str,
    day: date,
    mode: Mode = "",
    answers: Mapping[str, Answer] | None = None,
    notes: Mapping[str, str] | None = None,
    note: str = "",
) -> tuple[Changes, Finished]:
    """Save the assessment, with the conversation it was part of, and say what moved.

    Any subset of the rows finishes. When the caseworker finishes, what the citizen has answered on the same date and
    nobody has finished yet is saved with it: one conversation, one act, one transaction. The drafts are gone after it.

    Raises KnownError("conversation.empty") when nothing is answered and ("conversation.invalid", faults=...) for what
    no sheet can hold (`casework.checks.assessment`): an unknown step or indicator, one this rater is not asked, a date
    in the future; ("case.closed_then") for a new one after the case closed. Nothing is saved then, and the draft stays.
    """
    course, chosen = _course(session, citizen), _scale(session, scale)
    if all(_saved_on(course, who, scale, day) is None for who in RATERS):  # what is there may be corrected
        closing.refuse_closed(course.citizen, day, "date")
    own = _Draft(day, mode, answers or {}, notes or {}, note, session.vault.clock.now())
    together: list[tuple[Rater, _Draft]] = [(rater, own)]
    if rater == "caseworker":
        waiting = _draft(session, citizen, "citizen", scale)
        if waiting is not None and waiting.day == day and waiting.answers:
            together.append(("citizen", waiting))
    events = _events(session, course, chosen, together)
    written = _append(session, citizen, scale, events, [who for who, _draft in together])
    changes = Changes.of({"assessment", "draft", "conversation", "flag"}, citizen, written)
    return changes, finished(session, citizen, day, scale)


def _events(session: Session, course: Course, scale: Scale, together: Sequence[tuple[Rater, _Draft]]) -> list[NewEvent]:
    from progression.store import kinds

    day = together[0][1].day
    events: list[NewEvent] = []
    held, replaced = _conversation(session, course, together)
    if replaced is not None:
        events.append(kinds.to_event(held, replaced))
    for rater, draft in together:
        assessment = Assessment(
            citizen=course.citizen.citizen,
            rater=rater,
            scale=scale.id,
            date=day,
            answers=dict(draft.answers),
            assessor=people.assessor(session, course, day),
            mode=draft.mode if rater == "citizen" else "",
            conversation=held.id,
            entered=session.vault.clock.now(),
            notes={code: text.strip() for code, text in draft.notes.items() if text.strip()},
            note=draft.note.strip(),
        )
        _check(assessment, scale, session.today())
        same = [a.event for a in _assessments(course, rater, scale.id) if a.date == day]
        events.append(kinds.to_event(assessment, tuple(same)))
    return events


def _check(assessment: Assessment, scale: Scale, today: date) -> None:
    if not assessment.answers:
        raise KnownError("conversation.empty")
    faults = checks.blocking(checks.assessment(assessment, scale, today))
    if faults:
        raise KnownError("conversation.invalid", faults=faults)


def _conversation(
    session: Session, course: Course, together: Sequence[tuple[Rater, _Draft]]
) -> tuple[Conversation, tuple[str, ...] | None]:
    """The conversation held that day, and what it replaces: None = it is there already and nothing is written."""
    from progression.store.journal import new_id

    day = together[0][1].day
    that_day = sorted((c for c in course.conversations if c.date == day), key=in_calendar)
    for there in that_day:
        if there.status == "held":
            return there, None
    for there in that_day:
        if there.status == "planned":
            return replace(there, status="held"), (there.event,)
    form = "phone" if any(draft.mode == "phone" for _rater, draft in together) else "person"
    who = people.assessor(session, course, day)
    made = Conversation(course.citizen.citizen, day, new_id(session.vault.clock), "held", form, caseworker=who)
    return made, ()


def _append(
    session: Session, citizen: str, scale: str, events: Sequence[NewEvent], raters: Sequence[Rater]
) -> tuple[Event, ...]:
    """One transaction: events, projections, access log, and the drafts that are finished with it."""
    from progression.store.access import Act

    correction = any(event.kind == "assessment.set" and event.replaces for event in events)
    act = Act("change" if correction else "add", citizen, detail="assessment")
    return session.vault.append(events, act, finished=[(citizen, rater, scale) for rater in raters])


# the panel


def finished(session: Session, citizen: str, day: date, scale: str = "bip") -> Finished:
    """What the finish panel shows for the conversation of a date, as things stand now."""
    from progression.desk import agreeing, cohorts, plan

    course, chosen = _course(session, citizen), _scale(session, scale)
    trajectory, flags, estimates = _analysed(session, course, chosen)
    found = moved.pairs(course, chosen, day)
    by_rules = cohorts.settings(session).method == "rules"  # they know no uncertainty of a level, so no margin either
    return Finished(
        citizen=citizen,
        name=called(Words(session.language), course.citizen.name, course.citizen.number),
        scale=chosen,
        day=day,
        before=moved.before_day(found),
        answered=moved.answered(chosen, found),
        moved=moved.moved_rows(chosen, found, trajectory, None if by_rules else estimates),
        apart=moved.apart(chosen, found),
        trajectory=trajectory,
        flags=tuple(flag for flag in flags if flag.status == "open"),
        margin=None if by_rules else moved.phase_margin(chosen, trajectory, estimates),
        assessments={rater: pair.now for rater, pair in found.items() if pair.now is not None},
        estimates=estimates,
        plan=plan.changes(course.plan, plan.last_time(course, day), session.today()),
        steps=plan.steps(course, day, session.today()),
        agreed=standing(course.plan, session.today()).agreements,
        coming=next_planned(course, session.today()),
        typed=agreeing.kept(session, citizen),
    )


def _analysed(session: Session, course: Course, scale: Scale) -> tuple[Trajectory, Sequence[Flag], Estimates]:
    """The same analysis as the citizen's page, and the same note of what was shown for the first time."""
    from progression.desk import cohorts, estimates, flags

    analysis = cohorts.of_courses(session, [course], scale)
    # the assessment is saved by now: a disk that fills up here must not make it look unsaved. The next page that
    # shows the flag notes it.
    with contextlib.suppress(KnownError):
        flags.remember(session, analysis.flags)
    citizen = course.citizen.citizen
    return analysis.trajectory(citizen), analysis.flags, estimates.in_force(session, scale.id)


# reading


def _course(session: Session, citizen: str) -> Course:
    from progression.store import queries

    found = queries.courses(session.vault, [citizen]).get(citizen)
    if found is None:
        raise KnownError("citizen.gone")
    return found


def _scale(session: Session, scale: str) -> Scale:
    from progression.store import queries

    installed = queries.scales(session.vault)
    if scale not in installed:
        raise KnownError("scale.unknown", scale=scale)
    chosen = installed[scale]
    if chosen.minimum < 1 or chosen.maximum > LONGEST_SEGMENTS:
        raise KnownError("conversation.by_import", scale=scale)
    return chosen
