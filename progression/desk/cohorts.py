"""From the vault to an analysis: one citizen for a page, everybody for a list. The same code judges both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from progression.analysis.values import Flag
from progression.casework.values import Course, Phase
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.analysis.analyse import Analysis
    from progression.analysis.cohort import Cohort, InterventionColumns
    from progression.analysis.settings import RulesAccount, Settings
    from progression.scales.model import Scale

_DATES = ("raised_on", "follow_up", "caseworker_changed", "due", "measured_on")


def of_courses(session: Session, courses: Sequence[Course], scale: Scale) -> Analysis:
    """Return the analysis of these courses on one scale, as of the session's day."""
    from progression.analysis.analyse import analyse
    from progression.analysis.cohort import Cohort
    from progression.desk import estimates
    from progression.store import queries

    known = known_by(courses, session.today(), session.entered_by)
    wanted = {course.citizen.citizen for course in known}
    return analyse(
        Cohort.from_courses(known, scale, queries.intervention_types(session.vault)),
        estimates.in_force(session, scale.id),
        session.today(),
        decisions=[d for course in known for d in course.decisions],
        shown=[flag for flag in recorded(session, wanted) if flag.scale == scale.id],
        settings=settings(session),
    )


def of_everybody(session: Session, scale: Scale) -> Analysis:
    """Return the analysis of everybody on one scale, as of the session's day."""
    from progression.store import queries

    if session.entered_by is not None:  # each fact's own time of entry is needed, which columns do not hold
        return of_courses(session, list(queries.courses(session.vault).values()), scale)
    return _of_columns(session, scale)


def _of_columns(session: Session, scale: Scale) -> Analysis:
    """The quick way for many: columns straight from the projections, no value made for any fact."""
    from progression.analysis.analyse import analyse
    from progression.desk import estimates
    from progression.store import queries

    return analyse(
        everybody(session, scale),
        estimates.in_force(session, scale.id),
        session.today(),
        decisions=queries.decisions(session.vault),
        shown=[flag for flag in recorded(session) if flag.scale == scale.id],
        settings=settings(session),
    )


def everybody(session: Session, scale: Scale) -> Cohort:
    """Return everybody assessed on one scale as columns, which hold no vault: any thread may compute with them."""
    from progression.analysis.cohort import intervention_columns
    from progression.store import queries

    catalogue = queries.intervention_types(session.vault)
    rows = queries.intervention_columns(session.vault)
    types = list(map(rows.types.__getitem__, rows.type))
    return _cohort(session, scale, intervention_columns(rows.citizen, types, rows.start, rows.end, catalogue, rows.id))


def _cohort(session: Session, scale: Scale, interventions: InterventionColumns) -> Cohort:
    """The same cohort that `Cohort.from_courses` makes of everybody's course."""
    import numpy as np

    from progression.analysis.cohort import NEVER, AssignmentColumns, Cohort, hold_columns
    from progression.casework.plan import hold_changes
    from progression.store import caseload, queries

    scores = queries.columns(session.vault, scale.id)
    who = caseload.citizen_columns(session.vault)
    goals = caseload.goals(session.vault, session.today())
    rows = caseload.assignment_columns(session.vault)
    place = {citizen: i for i, citizen in enumerate(who.citizens)}
    people = {person: i for i, person in enumerate(scores.assessors)}
    responsible = [people.setdefault(person, len(people)) for person in rows.caseworker]
    ends = np.asarray(rows.end, dtype=np.int64)
    return Cohort.from_columns(
        scale,
        citizens=who.citizens,
        numbers=who.numbers,
        who=scores.citizen,
        day=scores.day,
        rater=np.frombuffer(scores.rater, dtype=np.uint8),
        assessor=_known(scores.assessor, scores.assessors),
        mode=_known(scores.mode, scores.modes),
        cells=scores.scores,
        opened=who.opened,
        closed=who.closed,
        holds=hold_columns(hold_changes(goals.get(citizen, ())) for citizen in who.citizens),
        assessors=list(people),
        interventions=interventions,
        assignments=AssignmentColumns(
            who=np.fromiter(map(place.__getitem__, rows.citizen), dtype=np.int64, count=len(rows.citizen)),
            start=np.asarray(rows.start, dtype=np.int64),
            end=np.where(ends <= 0, NEVER, ends),
            person=np.asarray(responsible, dtype=np.int64),
        ),
    )


def _known(codes: Any, names: Sequence[str]) -> Any:
    """Codes with -1 where the name is empty: nobody said who, or how."""
    import numpy as np

    found = np.asarray(codes, dtype=np.int64)
    return np.where(found == names.index(""), -1, found) if "" in names else found


def settings(session: Session) -> Settings:
    """Return what the municipality has chosen about the analysis."""
    from progression.analysis.settings import Rules, Settings
    from progression.store import queries

    chosen = queries.settings(session.vault)
    plain = Settings()
    return Settings(
        months=int(chosen.get("assessment_interval_months", plain.months)),
        bridge_days=int(chosen.get("bridge_days", plain.bridge_days)),
        off=frozenset(chosen.get("flags_off", ())),
        method=session.method or ("rules" if chosen.get("method") == "rules" else "trajectory"),
        informed=chosen.get("informed") is True,
        rules=Rules.of(chosen.get("rules")),
        accounts=_accounts(chosen.get("rules_accounts")),
    )


def _accounts(bodies: Any) -> tuple[RulesAccount, ...]:
    """What was simulated about edited rules; what another device wrote otherwise is no account."""
    from progression.analysis.settings import RulesAccount

    try:
        return tuple(RulesAccount.of(body) for body in bodies or ())
    except (KeyError, TypeError):
        return ()


def known_by(courses: Iterable[Course], today: dt.date, entered: dt.date | None = None) -> list[Course]:
    """Return the courses without plans dated after `today` and without assessments entered after `entered` (None: all).
    The day of an entry is that of the user's clock, as `entered` is; the journal keeps UTC.

    What else is dated later the analysis leaves out by itself.
    """
    return [
        replace(
            course,
            plan=tuple(p for p in course.plan if p.date <= today),
            assessments=tuple(
                a
                for a in course.assessments
                if entered is None or a.entered is None or a.entered.astimezone().date() <= entered
            ),
        )
        for course in courses
    ]


def recorded(session: Session, of: Collection[str] | None = None) -> list[Flag]:
    """Return the flags that had been shown by the session's day, as they were then, oldest first.

    `of`: of these citizens only, so that one citizen's page does not read everybody's. Where another method is only
    tried out, what the one in force has shown is nothing that it took back.
    """
    from progression.store import queries

    today = session.today().isoformat()
    bodies = queries.shown_flags(session.vault, next(iter(of)) if of is not None and len(of) == 1 else None)
    return [
        from_body(body)
        for body in bodies
        if body.get("shown_on", body["raised_on"]) <= today
        and (of is None or body["citizen"] in of)
        and session.method in (None, body.get("method", "trajectory"))
    ]


def to_body(flag: Flag, shown_on: dt.date) -> dict[str, Any]:
    """Write a flag as the body of its `flag.shown` event: the day, and the numbers as they were."""
    # whose it is stands in the event's header only, as for every fact
    body: dict[str, Any] = {f.name: getattr(flag, f.name) for f in fields(flag) if f.name != "citizen"}
    body["phase"] = {
        "state": flag.phase.state,
        "start": flag.phase.start.isoformat(),
        "end": flag.phase.end.isoformat() if flag.phase.end else None,
        "interventions": list(flag.phase.interventions),
    }
    for name in _DATES:
        body[name] = body[name].isoformat() if body[name] else None
    body["numbers"] = [list(pair) for pair in flag.numbers]
    body["shown_on"] = shown_on.isoformat()
    return body


def from_body(body: Mapping[str, Any]) -> Flag:
    """Read a flag from the body of its `flag.shown` event."""
    known = {field.name for field in fields(Flag)}
    values = {name: value for name, value in body.items() if name in known}
    phase = values["phase"]
    values["phase"] = Phase(phase["state"], _date(phase["start"]), _maybe(phase["end"]), tuple(phase["interventions"]))
    for name in _DATES:
        values[name] = _maybe(values.get(name))
    values["numbers"] = tuple((name, value) for name, value in values.get("numbers", ()))
    return Flag(**values)


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _maybe(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
