"""What the analysis says about one citizen, kept in memory with the vault until a fact it rests on changes.

*I dag* works out a whole caseload at once; whoever opens one of its citizens reads what was found then, to the bit the
same: nobody's figures depend on anybody else's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.analysis.analyse import Analysis
    from progression.analysis.values import Flag, Trajectory
    from progression.casework.values import Course
    from progression.scales.model import Scale

_KEPT = "analysed"


@dataclass(frozen=True, slots=True)
class Analysed:
    """Flags as they stand on the session's day, in `analysis.flags`' order, and the trajectory, on one scale."""

    flags: tuple[Flag, ...]
    trajectory: Trajectory


@dataclass(slots=True)
class _Kept:
    """What was found on one day and in one way of looking: scale and citizen -> what is said."""

    key: tuple[object, ...]
    mark: int
    found: dict[tuple[str, str], Analysed] = field(default_factory=dict)


def of(session: Session, course: Course, scale: Scale) -> Analysed:
    """Return what is said about a citizen on one scale; what is said for the first time is noted as shown."""
    from progression.desk import cohorts, flags

    place = (scale.id, course.citizen.citizen)
    found = _kept(session).found.get(place)
    if found is None:
        analysis = cohorts.of_courses(session, [course], scale)
        flags.remember(session, analysis.flags)
        found = Analysed(analysis.flags, analysis.trajectory(course.citizen.citizen))
        keep(session, scale, [course.citizen.citizen], analysis)
    return found


def keep(session: Session, scale: Scale, citizens: Collection[str], analysis: Analysis) -> None:
    """Keep what an analysis of these citizens on the session's day says, once its flags are noted as shown."""
    own: dict[str, list[Flag]] = defaultdict(list)
    for flag in analysis.flags:
        own[flag.citizen].append(flag)
    kept = _kept(session)
    for who in citizens:
        kept.found[scale.id, who] = Analysed(tuple(own[who]), analysis.trajectory(who))


def _kept(session: Session) -> _Kept:
    """What is kept for this way of looking, without those whose facts have changed since."""
    memory = session.vault.memory
    key = (session.today(), session.day, session.entered_by, session.method)
    kept: _Kept | None = memory.kept.get(_KEPT)
    common, changed = memory.since(kept.mark) if kept is not None else (True, frozenset[str]())
    if kept is None or common or kept.key != key:
        kept = memory.kept[_KEPT] = _Kept(key, memory.mark)
    for place in _about(kept, changed):
        del kept.found[place]
    kept.mark = memory.mark
    return kept


def _about(kept: _Kept, citizens: Iterable[str]) -> list[tuple[str, str]]:
    wanted = frozenset(citizens)
    return [place for place in kept.found if place[1] in wanted] if wanted else []
