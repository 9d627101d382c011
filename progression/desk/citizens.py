"""Citizens: the list, one citizen's page, adding and changing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from progression.casework import checks, duties, timeline
from progression.casework.values import Assignment, Citizen, Course, Phase
from progression.desk import analysed, caseload, cohorts, estimates, flags, people
from progression.desk import duties as due
from progression.desk.pages import CitizenPage, Duty
from progression.desk.session import Changes, Session
from progression.errors import KnownError
from progression.words import Words

if TYPE_CHECKING:
    from progression.analysis.values import Flag
    from progression.casework.duties import Rulebook
    from progression.scales.model import Scale

_READ = ("regression", "stagnation", "progression", "disagreement", "missing")


def listing(session: Session) -> list[Citizen]:
    """Return all citizens, sorted by number."""
    from progression.store import queries

    return list(queries.citizens(session.vault))


def by_number(session: Session, number: str) -> Citizen | None:
    """Return the citizen with this number, None when there is none."""
    from progression.store import queries

    return queries.citizen_by_number(session.vault, number)


def caseworkers(session: Session) -> Mapping[str, str]:
    """Return citizen -> person key of the coordinating caseworker on the session's day (`casework.caseworkers`)."""
    return caseload.responsible(session)


def phases(session: Session, citizen: str) -> tuple[Phase, ...]:
    """Return a citizen's phases as of the session's day; one look, one line in the access log."""
    from progression.store import queries
    from progression.store.access import Act

    course = queries.course(session.vault, citizen)
    session.vault.log(Act("view", citizen, purpose="timeline"))
    bridge = cohorts.settings(session).bridge_days
    return timeline.course_phases(course, queries.intervention_types(session.vault), session.today(), bridge)


def page(session: Session, citizen: str, scale: str | None = None, *, log: bool = True) -> CitizenPage:
    """Return everything on one citizen's page. `scale` None = the one last used.

    Raises KnownError("citizen.gone") when the citizen is not (or no longer) in the vault.
    """
    from progression.charts.builder import citizen_chart, flag_to_draw
    from progression.store import drafts, queries
    from progression.store.access import Act

    known = queries.courses(session.vault, [citizen]).get(citizen)
    if known is None:
        raise KnownError("citizen.gone")
    course = cohorts.known_by([known], session.today(), session.entered_by)[0]
    installed = queries.scales(session.vault)
    chosen = installed[scale or scale_of(course)]
    found = analysed.of(session, course, chosen)
    draft = drafts.load(session.vault, citizen, "caseworker", chosen.id)
    if log:
        session.vault.log(Act("view", citizen))
    # what waits first, and of that a fall before a standstill (contracts.md's order), whichever came last
    shown = tuple(sorted(found.flags, key=_first_to_read))
    trajectory = found.trajectory
    types, names = queries.intervention_types(session.vault), people.everybody(session)
    drawn = citizen_chart(
        course, chosen, trajectory, types, names, session.today(), Words(session.language), flag=flag_to_draw(shown)
    )
    return CitizenPage(
        today=session.today(),
        course=course,
        scale=chosen,
        scales={name: s for name, s in installed.items() if any(a.scale == name for a in course.assessments)},
        types=types,
        names=names,
        trajectory=trajectory,
        phases=trajectory.phases,
        flags=shown,
        estimates=estimates.in_force(session, chosen.id),
        chart=drawn,
        duty=next_duty(session, course, chosen),
        draft=len(draft.payload.get("answers", ())) if draft else None,
        first=flags.first_shown(session, citizen),
        informed=cohorts.settings(session).informed,
        method=cohorts.settings(session).method,
        colleagues=people.names(session),
        categories=queries.categories_catalogue(session.vault),
    )


def _first_to_read(flag: Flag) -> tuple[bool, int, int]:
    waits = flag.status == "open"
    return not waits, _READ.index(flag.kind) if waits else 0, -flag.raised_on.toordinal()


def next_duty(session: Session, course: Course, scale: Scale, rules: Rulebook | None = None) -> Duty | None:
    """Return what is due next for a citizen, None when nothing is. `rules`: `desk.duties.book`, where it is at hand."""
    found = duties.of_course(rules or due.book(session), course, session.today(), scale=scale.id)
    first = due.next_of(found)
    if first is None or first.due is None:
        return None
    return Duty(
        first.kind, first.due, first.overdue, first.text, first.planned, first.put_off, first.because, first.was_due
    )


def add(session: Session, citizen: Citizen) -> tuple[str, Changes]:
    """Add a citizen and return the internal id. An empty number is given one; whoever adds is the caseworker, where the
    account is tied to a colleague. Raises KnownError("citizen.invalid")."""
    from progression.store.journal import random_id

    number = citizen.number.strip() or _free_number(session)
    if by_number(session, number) is not None:
        raise KnownError("citizen.number_taken", number=number)
    named = replace(citizen, citizen=random_id(), number=number)
    me = people.me(session)
    mine = (Assignment(named.citizen, me, session.today()),) if me else ()  # else it would be in nobody's list
    return named.citizen, _save(session, named, "add", mine)


def change(session: Session, citizen: Citizen, settled: Sequence[str] = ()) -> Changes:
    """Correct what is known about a citizen; the event it was read from is replaced, and those of other versions in
    force that this one settles. `desk.details.correct` is for a person who types.

    Raises KnownError("citizen.number_taken") when another citizen has the new number, and "citizen.invalid".
    """
    other = by_number(session, citizen.number)
    if other is not None and other.citizen != citizen.citizen:
        raise KnownError("citizen.number_taken", number=citizen.number)
    return _save(session, citizen, "change", settled=settled)


def _save(
    session: Session, citizen: Citizen, act: str, more: tuple[Assignment, ...] = (), settled: Sequence[str] = ()
) -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    faults = checks.blocking(checks.citizen(citizen, session.today()))
    if faults:
        raise KnownError("citizen.invalid", faults=faults)
    replaces = tuple(dict.fromkeys(event for event in (*settled, citizen.event) if event))
    events = [kinds.to_event(citizen, replaces), *(kinds.to_event(one) for one in more)]
    written = session.vault.append(events, Act(act, citizen.citizen))
    return Changes.of({"citizen"} if act == "add" else {"citizen", "flag"}, citizen.citizen, written)


def _free_number(session: Session) -> str:
    """A number for a citizen the municipality has given none: short, and not in use."""
    while True:
        number = f"P{secrets.randbelow(900_000) + 100_000}"
        if by_number(session, number) is None:
            return number


def scale_of(course: Course) -> str:
    """Return the id of the scale a citizen was last assessed on; BIP before the first assessment."""
    return course.assessments[-1].scale if course.assessments else "bip"
