"""*Team*: what goes with each combination of interventions, and whom each figure rests on.

The steps of everybody over the longest period are kept in memory with the vault until something changes: another team
or a shorter period chosen costs no reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from progression.casework import combination, report_period
from progression.desk import cohorts, team_facts
from progression.desk.duty_facts import Whose
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.analysis.cohort import Cohort
    from progression.analysis.combinations import Progress, Step
    from progression.scales.model import Scale

_KEPT = "team.progress"


@dataclass(frozen=True, slots=True)
class Behind:
    """A citizen behind a figure. `months`: how long they were seen with the combination, whoever rated."""

    who: Whose
    months: float


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """Change per month with each combination, in the latest months.

    `behind`: combination -> its citizens by name, of those figures that are shown; never what one citizen's change was.
    `scale`: its name by language, {} where nobody was assessed twice; `better`: 1 or -1, as of the scale.
    """

    team: str | None
    months: int
    progress: tuple[Progress, ...]
    behind: Mapping[str, tuple[Behind, ...]]
    scale: Mapping[str, str]
    better: int


@dataclass(frozen=True, slots=True)
class Measured:
    """The steps of one scale; `citizens`: whose each is, by its place."""

    scale: Scale
    citizens: Sequence[str]
    steps: Sequence[Step]


@dataclass(slots=True)
class _Kept:
    key: tuple[object, ...]
    mark: int
    found: tuple[Measured, ...]


def page(session: Session, team: str | None = None, months: int = 12) -> TeamProgress:
    """Return the figures of a team (None: everybody) over the latest months, the running one included.

    `months`: at most `team_facts.MONTHS`. Nothing is logged: the look at the page is, and a list when it is opened.
    """
    from progression.analysis.combinations import progress

    whose = team_facts.facts(session).whose
    since = report_period.back(session.today(), months - 1).toordinal()

    def mine(citizen: str) -> bool:
        return team is None or (citizen in whose and whose[citizen].team == team)

    best = most_measured(_kept(session), mine, since)
    if best is None:
        return TeamProgress(team, months, (), {}, {}, 1)
    figures = progress(best.steps)
    return TeamProgress(
        team, months, figures, _behind(best, figures, whose), dict(best.scale.name), int(best.scale.better)
    )


def most_measured(found: Sequence[Measured], mine: Callable[[str], bool], since: int | None = None) -> Measured | None:
    """Return the steps of these citizens on the scale with most of them, those that end from `since` (an ordinal) on.

    None where no scale is in use.
    """
    best: Measured | None = None
    for one in found:
        steps = [s for s in one.steps if (since is None or s.last >= since) and mine(one.citizens[s.citizen])]
        if best is None or len(steps) > len(best.steps):
            best = Measured(one.scale, one.citizens, steps)
    return best


def measured(at: Session, since: int, until: int) -> tuple[Measured, ...]:
    """Return everybody's steps on each scale in use, their second assessment from `since` to `until` (ordinals)."""
    from progression.analysis.combinations import steps
    from progression.store import caseload, queries

    installed, bridge = queries.scales(at.vault), cohorts.settings(at).bridge_days
    found = []
    for name in sorted(caseload.scales_in_use(at.vault)):
        cohort, bits = _cohort(at, installed[name])
        found.append(Measured(installed[name], cohort.citizens, steps(cohort, bits, until, since, bridge)))
    return tuple(found)


def _kept(session: Session) -> tuple[Measured, ...]:
    """Everybody's steps of the longest period, from memory where nothing has changed."""
    key = (session.today(), session.day, session.entered_by)
    kept: _Kept | None = session.vault.memory.kept.get(_KEPT)
    if kept is not None and kept.key == key:
        common, changed = session.vault.memory.since(kept.mark)
        if not common and not changed:
            return kept.found
    since = report_period.back(session.today(), team_facts.MONTHS - 1).toordinal()
    mark = session.vault.memory.mark
    found = measured(session, since, session.today().toordinal())
    session.vault.memory.kept[_KEPT] = _Kept(key, mark, found)
    return found


def _behind(best: Measured, figures: Sequence[Progress], whose: Mapping[str, Whose]) -> dict[str, tuple[Behind, ...]]:
    """Whom each figure rests on that is shown, by name: never by what moved."""
    from progression.analysis.combinations import months_seen

    grouped: dict[str, dict[str, list[Step]]] = {one.combination: {} for one in figures if _told(one)}
    for step in best.steps:
        if not step.near_end and step.combination in grouped:
            grouped[step.combination].setdefault(best.citizens[step.citizen], []).append(step)
    return {
        combined: tuple(
            sorted(
                (Behind(whose[citizen], months_seen(mine)) for citizen, mine in by_citizen.items() if citizen in whose),
                key=lambda one: (one.who.name.casefold(), one.who.number),
            )
        )
        for combined, by_citizen in grouped.items()
    }


def _told(one: Progress) -> bool:
    return not one.withheld and not one.near_end


def _cohort(at: Session, scale: Scale) -> tuple[Cohort, Sequence[int]]:
    """Everybody as columns, and the BIP type of each of their interventions."""
    from progression.analysis.cohort import Cohort
    from progression.store import queries

    catalogue = queries.intervention_types(at.vault)
    if at.entered_by is None:
        rows = queries.intervention_columns(at.vault)
        bit_of = [combination.bit(catalogue.get(code)) for code in rows.types]
        return cohorts.everybody(at, scale), [bit_of[code] for code in rows.type]
    courses = cohorts.known_by(queries.courses(at.vault).values(), at.today(), at.entered_by)
    bits = [combination.bit(catalogue.get(row.type)) for course in courses for row in course.interventions]
    return Cohort.from_courses(courses, scale, catalogue), bits
