"""Classical measures: of one citizen, and how many changed reliably over everybody. They raise no flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from progression.analysis.classical.values import Icc, Kappa, Measure, Method, Missing, Reliability
from progression.casework.timeline import course_phases
from progression.casework.values import Phase
from progression.desk import citizens, cohorts, estimates
from progression.desk.session import Session
from progression.errors import KnownError
from progression.scales.model import RATERS, Rater, Scale

if TYPE_CHECKING:
    from progression.analysis.classical.person import Group

Values = list[tuple[int, float]]  # one rater's whole-scale values of one citizen: (ordinal day, value), oldest first
Means = Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True, slots=True)
class CitizenMeasures:
    """One citizen's classical measures on one scale. `phase`: the one compared with the time before, None without a
    span; `rows`: by rater, then agreement."""

    citizen: str
    number: str
    scale: Scale
    as_of: date
    phase: Phase | None
    rows: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many citizens changed reliably from their first to their latest measurement, by one method and one rater's
    answers. `undefined`: the formula has no value for them. `missing`: why nobody can be counted."""

    method: Method
    rater: Rater
    citizens: int
    reliability: Reliability | Missing
    improved: int = 0
    unchanged: int = 0
    deteriorated: int = 0
    undefined: int = 0
    critical: float = 0.0
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class CohortMeasures:
    """Reliable change over everybody, and how far raters agree in each citizen's latest common round: whole-scale means
    (`icc`) and single indicators (`kappa`)."""

    scale: Scale
    counts: tuple[Count, ...]
    icc: Icc | Missing
    kappa: Kappa | Missing


def of_citizen(
    session: Session,
    citizen: str,
    scale: str | None = None,
    *,
    reliability: float | None = None,
    reliability_post: float | None = None,
) -> CitizenMeasures:
    """Return one citizen's measures; one look, one line in the access log. `scale` None = the one last used.

    `reliability` (0-1) is used instead of the published one or the cohort's own. Raises KnownError "citizen.gone",
    "scale.unknown" (scale).
    """
    from progression.analysis.classical import person
    from progression.store import queries
    from progression.store.access import Act

    found = queries.courses(session.vault, [citizen]).get(citizen)
    if found is None:
        raise KnownError("citizen.gone")
    course = cohorts.known_by([found], session.today(), session.entered_by)[0]
    chosen = _scale(session, scale or citizens.scale_of(course))
    session.vault.log(Act("view", citizen, purpose="classical measures"))
    known = [a for a in course.assessments if a.date <= session.today()]
    bridge = cohorts.settings(session).bridge_days
    phases = course_phases(course, queries.intervention_types(session.vault), session.today(), bridge)
    means = _means(session, chosen)
    everybody = _everybody(session, chosen, means)
    groups = {r: _group(chosen, everybody[r], reliability, reliability_post) for r in RATERS}
    phase = phases[-1] if phases else None
    rows = person.measures(chosen, known, phase.start if phase else None, groups, means)
    return CitizenMeasures(citizen, course.citizen.number, chosen, session.today(), phase, rows)


def of_everybody(
    session: Session, scale: str = "bip", *, reliability: float | None = None, reliability_post: float | None = None
) -> CohortMeasures:
    """Return how many improved, stayed and deteriorated by each method and rater, first to latest measurement.

    Raises KnownError("scale.unknown", scale).
    """
    chosen = _scale(session, scale)
    means = _means(session, chosen)
    everybody = _everybody(session, chosen, means)
    counts = [
        count
        for rater in RATERS
        if chosen.rated_by(rater)
        for count in _counts(
            chosen, rater, everybody[rater], _group(chosen, everybody[rater], reliability, reliability_post)
        )
    ]
    icc, kappa = _agreement(session, chosen)
    return CohortMeasures(chosen, tuple(counts), icc, kappa)


def _scale(session: Session, scale: str) -> Scale:
    from progression.store import queries

    installed = queries.scales(session.vault)
    if scale not in installed:
        raise KnownError("scale.unknown", scale=scale)
    return installed[scale]


def _means(session: Session, scale: Scale) -> dict[tuple[str, str], Fraction]:
    """Item means in force, as exact as they are written."""
    from progression.analysis.priors import item_means

    table = item_means(scale, estimates.in_force(session, scale.id).parameters)
    return {
        (rater, indicator.code): Fraction(str(table[side][place]))
        for side, rater in enumerate(RATERS)
        for place, indicator in enumerate(scale.indicators)
    }


def _everybody(session: Session, scale: Scale, means: Means) -> dict[Rater, dict[str, Values]]:
    """Everybody's whole-scale values by rater and citizen, up to the session's day; one value a day."""
    found: dict[Rater, dict[str, dict[int, list[float]]]] = {rater: {} for rater in RATERS}
    for citizen, rater, day, value in _assessed(session, scale, means):
        found[rater].setdefault(citizen, {}).setdefault(day, []).append(value)
    return {
        rater: {c: [(day, sum(v) / len(v)) for day, v in sorted(days.items())] for c, days in found[rater].items()}
        for rater in RATERS
    }


def _assessed(session: Session, scale: Scale, means: Means) -> list[tuple[str, Rater, int, float]]:
    """(citizen, rater, ordinal day, whole-scale value) of every assessment the session knows of."""
    from progression.analysis.classical.person import whole_value
    from progression.store import queries

    if session.entered_by is None:
        return _from_columns(session, scale, means)
    courses = cohorts.known_by(queries.courses(session.vault).values(), session.today(), session.entered_by)
    rows = ((a, whole_value(scale, a.answers, a.rater, means)) for c in courses for a in c.assessments)
    return [
        (a.citizen, a.rater, a.date.toordinal(), float(value))
        for a, value in rows
        if value is not None and a.scale == scale.id and a.date <= session.today()
    ]


def _from_columns(session: Session, scale: Scale, means: Means) -> list[tuple[str, Rater, int, float]]:
    """The quick way for many: `person.whole_value` for all at once, in floating point."""
    import numpy as np

    from progression.analysis.cohort import decode
    from progression.store import queries

    columns = queries.columns(session.vault, scale.id)
    side = np.frombuffer(columns.rater, dtype=np.uint8)
    score = decode(columns.scores, scale, len(side))
    own = np.array([[float(means[r, i.code]) for i in scale.indicators] for r in RATERS])
    asked = np.array([[r in i.raters and i.in_whole for i in scale.indicators] for r in RATERS])
    given = ~np.isnan(score) & asked[side]
    answered = given.sum(axis=1)
    value = np.where(given, score - own[side], 0.0).sum(axis=1) / np.maximum(answered, 1) + own[asked].mean()
    today = session.today().toordinal()
    rows = zip(columns.citizen, side.tolist(), columns.day, answered.tolist(), value.round(9).tolist(), strict=True)
    return [(columns.citizens[c], RATERS[r], day, v) for c, r, day, n, v in rows if n and day <= today]


def _group(
    scale: Scale, everybody: Mapping[str, Values], reliability: float | None, reliability_post: float | None
) -> Group:
    """What reliable change is measured against: everybody with at least two measurements by this rater."""
    from progression.analysis.classical import person, reliable_change

    followed = [values for values in everybody.values() if len(values) > 1]
    first = [values[0][1] for values in followed]
    trusted = _reliability(scale, first, [values[1][1] for values in followed], reliability)
    if isinstance(trusted, Missing):
        return person.Group(trusted, trusted)
    latest = [values[-1][1] for values in followed]
    return person.Group(reliable_change.norms(first, latest, trusted.value, reliability_post), trusted)


def _reliability(
    scale: Scale, first: Sequence[float], second: Sequence[float], given: float | None
) -> Reliability | Missing:
    """The reliability to use: the user's, else the published one, else the cohort's own."""
    from progression.analysis.classical import published, reliable_change

    if given is not None:
        return Reliability(given, "given")
    known = published.reliability(scale.id)
    if known is not None:
        return known
    own = reliable_change.retest(first, second)
    return own if isinstance(own, Missing) else Reliability(own, "cohort", len(first))


def _counts(scale: Scale, rater: Rater, everybody: Mapping[str, Values], group: Group) -> list[Count]:
    from progression.analysis.classical import reliable_change

    followed = [values for values in everybody.values() if len(values) > 1]
    out = []
    for method in reliable_change.METHODS:
        if isinstance(group.norms, Missing):
            out.append(Count(method, rater, len(followed), group.reliability, missing=group.norms))
            continue
        norms = group.norms
        changes = [reliable_change.change(method, v[0][1], v[-1][1], norms, scale.better) for v in followed]
        verdicts = ["undefined" if isinstance(c, Missing) else c.verdict for c in changes]
        out.append(
            Count(
                method,
                rater,
                len(followed),
                group.reliability,
                improved=verdicts.count("improved"),
                unchanged=verdicts.count("unchanged"),
                deteriorated=verdicts.count("deteriorated"),
                undefined=verdicts.count("undefined"),
                critical=reliable_change.CRITICAL[method],
            )
        )
    return out


def _agreement(session: Session, scale: Scale) -> tuple[Icc | Missing, Kappa | Missing]:
    """Both raters in each citizen's latest common round."""
    from progression.analysis.classical import agreement

    if not any(len(i.raters) > 1 and i.in_whole for i in scale.indicators):
        return Missing("one_rater"), Missing("one_rater")
    rated = [pairs for pairs in _latest_pairs(session, scale) if pairs]
    means = [[Fraction(sum(side), len(pairs)) for side in zip(*pairs, strict=True)] for pairs in rated]
    steps = [pair for pairs in rated for pair in pairs]
    return agreement.icc(means), agreement.kappa(steps, scale.minimum, scale.maximum)


def _latest_pairs(session: Session, scale: Scale) -> list[list[tuple[int, int]]]:
    """Each citizen's latest two assessments by different raters within a round: (caseworker, citizen) by indicator."""
    from progression.analysis.classical.person import rated_pairs
    from progression.casework.rounds import rounds
    from progression.store import queries

    found = []
    for course in cohorts.known_by(queries.courses(session.vault).values(), session.today(), session.entered_by):
        known = [a for a in course.assessments if a.date <= session.today()]
        for one in reversed(rounds(known, scale.id)):
            pairs = rated_pairs(scale, one.assessments)
            if pairs:
                found.append(pairs)
                break
    return found
