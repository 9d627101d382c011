"""The classical measures of one person: from assessments to exact series, and from these to every measure.

A series is one rater's whole-scale values by day; raters are never mixed. A is the time before a phase, B the phase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from progression.analysis.classical import agreement, exact, lines, nonoverlap, reliable_change
from progression.analysis.classical.exact import sign
from progression.analysis.classical.values import (
    Exact,
    Measure,
    Method,
    Missing,
    Norms,
    Reliability,
    ReliableChange,
)
from progression.casework.rounds import rounds
from progression.casework.values import Answer, Assessment
from progression.scales.model import RATERS, Rater, Scale

Point = tuple[date, Fraction]
TWO = 2  # measurements it takes to compare one with another


@dataclass(frozen=True, slots=True)
class Group:
    """What one rater's reliable changes are measured against. Either may be missing, with the reason."""

    norms: Norms | Missing
    reliability: Reliability | Missing


def whole_value(
    scale: Scale, answers: Mapping[str, Answer], rater: Rater, means: Mapping[tuple[str, str], Fraction]
) -> Fraction | None:
    """Return the whole-scale value of one assessment, exact, in steps; None where no item of it was answered.

    The mean of the answered items after subtracting each item's mean, plus the mean of those means, so that a skipped
    item does not move it (contracts.md). `means` by (rater, indicator); without any, items count as having one mean.
    """
    given = [
        (Fraction(answer), means.get((rater, i.code), Fraction()))
        for i in scale.indicators
        if i.in_whole and rater in i.raters and isinstance(answer := answers.get(i.code), int)
    ]
    if not given:
        return None
    asked = [
        means.get((r, i.code), Fraction()) for r in RATERS for i in scale.indicators if i.in_whole and r in i.raters
    ]
    return sum((value - mean for value, mean in given), Fraction()) / len(given) + sum(asked, Fraction()) / len(asked)


def series(
    scale: Scale, assessments: Sequence[Assessment], rater: Rater, means: Mapping[tuple[str, str], Fraction]
) -> tuple[Point, ...]:
    """Return one rater's values by day, oldest first; two assessments on one day count as their mean."""
    by_day: dict[date, list[Fraction]] = {}
    for one in assessments:
        if one.scale == scale.id and one.rater == rater:
            value = whole_value(scale, one.answers, rater, means)
            if value is not None:
                by_day.setdefault(one.date, []).append(value)
    return tuple((day, sum(found, Fraction()) / len(found)) for day, found in sorted(by_day.items()))


def measures(
    scale: Scale,
    assessments: Sequence[Assessment],
    start: date | None,
    groups: Mapping[Rater, Group],
    means: Mapping[tuple[str, str], Fraction],
) -> tuple[Measure, ...]:
    """Return every measure of one person: for each rater of the scale, then of the raters' agreement.

    `start`: the first day of the phase, None where there is no phase (then nothing lies in it). `groups`: what each
    rater's reliable change is measured against.
    """
    found: list[Measure] = []
    for rater in RATERS:
        if scale.rated_by(rater):
            points = series(scale, assessments, rater, means)
            found += _changes(scale, rater, points, groups[rater])
            found += _phases(scale, rater, points, start)
            found += _course(scale, rater, points)
            found.append(_signs(scale, assessments, rater, start))
    return (*found, *_agreement(scale, assessments))


def _changes(scale: Scale, rater: Rater, points: Sequence[Point], group: Group) -> list[Measure]:
    """Reliable change from the first to the latest measurement."""
    found = []
    for method in reliable_change.METHODS:
        details = {"first": points[0], "last": points[-1]} if len(points) >= TWO else {}
        result = _change(method, points, group, scale.better)
        found.append(Measure(f"rci.{method}", rater, result, {**details, "reliability": group.reliability}))
    return found


def _change(method: Method, points: Sequence[Point], group: Group, better: int) -> ReliableChange | Missing:
    if len(points) < TWO:
        return Missing("too_few", len(points), TWO, "measurements")
    if isinstance(group.norms, Missing):
        return group.norms
    return reliable_change.change(method, float(points[0][1]), float(points[-1][1]), group.norms, better)


def _phases(scale: Scale, rater: Rater, points: Sequence[Point], start: date | None) -> list[Measure]:
    """The phase against the time before it."""
    before = [(day.toordinal(), value) for day, value in points if start is None or day < start]
    during = [(day.toordinal(), value) for day, value in points if start is not None and day >= start]
    a, b = [value for _day, value in before], [value for _day, value in during]
    details = {"before": len(a), "during": len(b), "test": exact.phases(a, b, scale.better)}
    return [
        Measure("nap", rater, nonoverlap.nap(a, b, scale.better), details),
        Measure("tau", rater, nonoverlap.tau(a, b, scale.better), details),
        Measure("tau_u", rater, nonoverlap.tau(a, b, scale.better, "A vs. B - trend A"), details),
        Measure("tau_bc", rater, nonoverlap.tau_corrected(before, during, scale.better), details),
    ]


def _course(scale: Scale, rater: Rater, points: Sequence[Point]) -> list[Measure]:
    """The whole course: a line, a test of whether it has a direction, and the usual swing."""
    values = [value for _day, value in points]
    limits = lines.xmr(values)
    outside = () if isinstance(limits, Missing) else tuple(points[i][0] for i in limits.outside)
    return [
        Measure("line", rater, lines.theil_sen([(day.toordinal(), value) for day, value in points])),
        Measure("trend", rater, exact.trend(values, scale.better)),
        Measure("xmr", rater, limits, {"outside": outside}),
    ]


def _signs(scale: Scale, assessments: Sequence[Assessment], rater: Rater, start: date | None) -> Measure:
    """The indicators that moved since the phase began: from the last assessment before it (else the first) to the
    latest one."""
    own = sorted((a for a in assessments if a.scale == scale.id and a.rater == rater), key=lambda a: a.date)
    earlier = [a for a in own if start is not None and a.date < start]
    base = earlier[-1] if earlier else own[0] if own else None
    if base is None or base.date == own[-1].date:
        return Measure("sign", rater, Missing("too_few", len({a.date for a in own}), TWO, "measurements"))
    moves = [
        sign(now - then) * scale.better
        for i in scale.indicators
        if i.in_whole
        and isinstance(then := base.answers.get(i.code), int)
        and isinstance(now := own[-1].answers.get(i.code), int)
    ]
    better, worse = moves.count(1), moves.count(-1)
    result: Exact | Missing = exact.signs(better, worse)
    return Measure("sign", rater, result, {"better": better, "worse": worse, "first": base.date, "last": own[-1].date})


def _agreement(scale: Scale, assessments: Sequence[Assessment]) -> list[Measure]:
    """Do caseworker and citizen give the same steps to the same indicators in the same round?"""
    pairs = rated_pairs(scale, assessments)
    both = any(len(i.raters) > 1 for i in scale.indicators)
    missing = Missing("one_rater")
    correlation = agreement.icc(pairs) if both else missing
    kappa = agreement.kappa(pairs, scale.minimum, scale.maximum) if both else missing
    return [
        Measure("icc.2,1", "both", correlation),
        Measure("icc.3,1", "both", correlation),
        Measure("kappa", "both", kappa),
    ]


def rated_pairs(scale: Scale, assessments: Sequence[Assessment]) -> list[tuple[int, int]]:
    """Return (caseworker's step, citizen's step) of every indicator both answered, round by round."""
    found = []
    for one in rounds(assessments, scale.id):
        worker, citizen = one.latest("caseworker"), one.latest("citizen")
        if worker is None or citizen is None:
            continue
        for indicator in scale.indicators:
            a, b = worker.answers.get(indicator.code), citizen.answers.get(indicator.code)
            if indicator.in_whole and isinstance(a, int) and isinstance(b, int):
                found.append((a, b))
    return found
