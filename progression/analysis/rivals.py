"""The rules we compare with, as one number per assessment day: the higher, the more it looks like a setback.

Each is used at its best: over both raters where they answered, each rater against that rater's own answers, and with
the threshold that gives every rule the same rate of false alarms. Values are means of the answered items.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.phasing import keys
from progression.analysis.rival_filter import known_change
from progression.analysis.scene import Scene

NEVER_FIRES = -np.inf
MIC_SHARE = 3.0  # a filter's flag needs at least a third of the minimal important change
LEAST_RANGE = 0.1  # minimal important changes: a chart of equal values has limits of some width all the same

RIVALS: tuple[str, ...] = ("RCI, caseworker", "RCI, both", "XmR", "Tau-U", "slope", "known filter")


@dataclass(frozen=True, slots=True)
class _Series:
    """One rater's values towards worse: citizens x places in time, filled up with NaN. `row` is -1 there.

    `phase` as known that day, `begin` its first day, `before` the phase before it (itself where there is none).
    """

    row: Ints
    value: Floats
    day: Ints
    phase: Ints
    begin: Ints
    before: Ints

    @property
    def real(self) -> Bools:
        """Where there is a value."""
        out: Bools = self.row >= 0
        return out


def statistics(table: Scene) -> dict[str, Floats]:
    """Return every rival's statistic per row of the table, minus infinity where it says nothing."""
    both = [_series(table, side) for side in (0, 1)]
    return {
        "RCI, caseworker": _together(table, both[:1], _reliable_change),
        "RCI, both": _together(table, both, _reliable_change),
        "XmR": _together(table, both, lambda s: _chart(s, table.simulated.cohort.scale.minimal_important_change)),
        "Tau-U": _together(table, both, _tau),
        "slope": _together(table, both, _line),
        "known filter": known_filter(table),
    }


def known_filter(table: Scene) -> Floats:
    """Fall in units of its sd by the filter on means that knows the variances; floored like the product's flag."""
    scale = table.simulated.cohort.scale
    change, sd = known_change(table, table.simulated.sizes)
    return evidence(-scale.better * change, sd, scale.minimal_important_change)


def evidence(fall: Floats, sd: Floats, mic: float) -> Floats:
    """Return fall / sd where the fall is at least a third of the minimal important change."""
    strength = np.divide(fall, sd, out=np.zeros_like(fall), where=sd > 0)
    return np.where((fall >= mic / MIC_SHARE) & (sd > 0), strength, NEVER_FIRES)


def _series(table: Scene, side: int) -> _Series:
    rows = np.flatnonzero(~np.isnan(table.value[:, side]))
    who = table.who[rows]
    place = np.arange(len(rows)) - np.searchsorted(who, who)
    shape = (len(table.bounds) - 1, int(place.max(initial=0)) + 1)
    phase = table.phase[rows]
    before = np.maximum(phase - 1, 0)
    before = np.where(table.simulated.phases.who[before] == who, before, phase)

    def laid(values: Ints, empty: int) -> Ints:
        out = np.full(shape, empty, dtype=np.int64)
        out[who, place] = values
        return out

    value = np.full(shape, np.nan)
    value[who, place] = -table.simulated.cohort.scale.better * table.value[rows, side]
    return _Series(
        laid(rows, -1), value, laid(table.day[rows], 0), laid(phase, -1), laid(table.begin[rows], 0), laid(before, -1)
    )


def _together(table: Scene, raters: list[_Series], rule: Callable[[_Series], Floats]) -> Floats:
    """The mean over the raters who answered that day and about whom the rule says something."""
    total, count = np.zeros(len(table.who)), np.zeros(len(table.who))
    for series in raters:
        found = rule(series)
        some = series.real & ~np.isnan(found)
        total[series.row[some]] += found[some]
        count[series.row[some]] += 1
    return np.where(count > 0, total / np.maximum(count, 1), NEVER_FIRES)


def _base(series: _Series) -> Ints:
    """The place of the value nearest the phase's start, the earlier of two equally near, none later than the row's."""
    citizens, places = series.row.shape
    flat = keys(np.arange(citizens)[:, None], np.where(series.real, series.day, 7_000_000)).ravel()
    first = np.searchsorted(flat, keys(np.arange(citizens)[:, None], series.begin).ravel()).reshape(citizens, places)
    after = np.minimum(first - np.arange(citizens)[:, None] * places, np.arange(places))
    before = np.maximum(after - 1, 0)
    day_after, day_before = (np.take_along_axis(series.day, at, axis=1) for at in (after, before))
    closer = (after > 0) & (series.begin - day_before <= day_after - series.begin)
    return np.where(closer, before, after)


def _reliable_change(series: _Series) -> Floats:
    """Change since the assessment nearest the phase's start: the reliable change index but for its constant sd
    (Jacobson & Truax 1991)."""
    out: Floats = series.value - np.take_along_axis(series.value, _base(series), axis=1)
    return out


def _chart(series: _Series, mic: float) -> Floats:
    """Distance from the mean of all earlier values in mean moving ranges (XmR, limits at 2.66; Wheeler 1993)."""
    value = np.where(series.real, series.value, 0.0)
    places = np.arange(value.shape[1])
    total = np.cumsum(value, axis=1) - value
    ranges = np.zeros_like(value)
    ranges[:, 1:] = np.abs(np.diff(value, axis=1))
    moved = np.maximum((np.cumsum(ranges, axis=1) - ranges) / np.maximum(places - 1, 1), LEAST_RANGE * mic)
    out: Floats = np.where(places >= 2, (value - total / np.maximum(places, 1)) / moved, np.nan)
    return out


def _tau(series: _Series) -> Floats:
    """z of Tau-U, the variant "A against B with trend in B" (Parker et al. 2011): A is the phase before, B this one."""
    value = np.where(series.real, series.value, 0.0)
    citizens, places = value.shape
    earlier = np.tri(places, k=-1, dtype=bool)[None] & (series.phase[:, None, :] >= series.before[:, :, None])
    step = np.where(earlier, np.sign(value[:, :, None] - value[:, None, :]), 0.0).sum(axis=2)
    in_a = (earlier & (series.phase[:, None, :] < series.phase[:, :, None])).sum(axis=2)
    score, count = np.zeros((citizens, places)), np.zeros((citizens, places))
    same = np.zeros((citizens, places), dtype=bool)
    same[:, 1:] = series.phase[:, 1:] == series.phase[:, :-1]
    for k in range(places):
        score[:, k] = step[:, k] + np.where(same[:, k], score[:, k - 1], 0.0)
        count[:, k] = 1 + np.where(same[:, k], count[:, k - 1], 0.0)
    total = in_a + count
    variance = _kendall(total) - _kendall(in_a)
    out: Floats = np.where(variance > 0, score / np.sqrt(np.maximum(variance, 1e-9)), np.nan)
    return out


def _kendall(n: Floats) -> Floats:
    """Variance of Kendall's score of n values without ties."""
    out: Floats = n * (n - 1) * (2 * n + 5) / 18
    return out


def _line(series: _Series) -> Floats:
    """What a straight line through the values since the one nearest the phase's start has fallen over them."""
    places = np.arange(series.value.shape[1])
    value = np.where(series.real, series.value, 0.0)
    inside = (places[None, None, :] <= places[None, :, None]) & (places[None, None, :] >= _base(series)[:, :, None])
    count = np.maximum(inside.sum(axis=2), 1)
    time = series.day / 100.0
    mean_time = np.where(inside, time[:, None, :], 0.0).sum(axis=2) / count
    away = np.where(inside, time[:, None, :] - mean_time[:, :, None], 0.0)
    square = (away**2).sum(axis=2)
    slope = np.divide((away * value[:, None, :]).sum(axis=2), square, out=np.zeros_like(square), where=square > 0)
    length = time - np.take_along_axis(time, _base(series), axis=1)
    out: Floats = np.where(count >= 2, slope * length, np.nan)
    return out
