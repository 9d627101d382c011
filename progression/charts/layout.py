"""Where things go on a chart: pure geometry, so that window and PDF place the same labels at the same days.

Positions are in the renderer's own unit (pixels, points); `Measure` gives the width of a text in that unit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from progression.charts.model import Band, Bar, Chart, Mark, Multiple, Series, Shade, Tick

Measure = Callable[[str], float]

HEADROOM = 0.12  # of the scale's range, above the highest step: room for the names of the periods
NEAR = 0.02  # of the axis: what stands this close to an upright line is read together with it
FOOTROOM = 0.05  # below the lowest step


def fraction(day: date, start: date, end: date) -> float:
    """Return where a day lies between start (0.0) and end (1.0); outside the axis it is below 0 or above 1."""
    return (day - start).days / max((end - start).days, 1)


def value_range(chart: Chart | Multiple) -> tuple[float, float]:
    """Return the lowest and highest value of the plot, in steps: the whole scale with a little room."""
    span = max(chart.maximum - chart.minimum, 1e-9)
    return chart.minimum - FOOTROOM * span, chart.maximum + HEADROOM * span


def pack(spans: Sequence[tuple[date, date]]) -> tuple[int, ...]:
    """Return a lane (from 0) for each span, both days inclusive, so that no two spans of a lane share a day.

    The first free lane is taken in order of start, so the number of lanes is the smallest possible.
    """
    ends: list[date] = []
    lanes = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda i: spans[i]):
        start, end = spans[index]
        lane = next((n for n, last in enumerate(ends) if last < start), len(ends))
        if lane == len(ends):
            ends.append(end)
        ends[lane] = end
        lanes[index] = lane
    return tuple(lanes)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions at least `gap` apart and within low..high, as near the wanted ones as possible.

    The order of `wanted` is kept. Where they cannot all fit, they share low..high evenly.
    (Least squares under the order, by pooling neighbours that would overlap.)
    """
    count = len(wanted)
    if not count:
        return []
    order = sorted(range(count), key=lambda i: wanted[i])
    room = high - low
    step = min(gap, room / (count - 1)) if count > 1 else 0.0
    pools: list[list[float]] = []  # mean, size
    for place, index in enumerate(order):
        pools.append([wanted[index] - place * step, 1.0])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            mean, size = pools.pop()
            pools[-1][0] = (pools[-1][0] * pools[-1][1] + mean * size) / (pools[-1][1] + size)
            pools[-1][1] += size
    ceiling = max(high - (count - 1) * step, low)
    flat = [min(max(mean, low), ceiling) for mean, size in pools for _ in range(int(size))]
    placed = [0.0] * count
    for place, index in enumerate(order):
        placed[index] = flat[place] + place * step
    return placed


def keep_apart(boxes: Sequence[tuple[float, float]], importance: Sequence[int], gap: float) -> tuple[int, ...]:
    """Return which of the boxes (left, right) can stand together, the most important first, `gap` apart."""
    kept: list[int] = []
    for index in sorted(range(len(boxes)), key=lambda i: (-importance[i], i)):
        left, right = boxes[index]
        if all(right + gap <= boxes[k][0] or boxes[k][1] + gap <= left for k in kept):
            kept.append(index)
    return tuple(sorted(kept))


def shorten(text: str, width: float, measure: Measure) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width`, "" where not even four letters fit."""
    if measure(text) <= width:
        return text
    for length in range(len(text) - 1, 3, -1):
        cut = text[:length].rstrip(" ,.") + "…"
        if measure(cut) <= width:
            return cut
    return ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with the middle of its place along the axis."""

    text: str
    x: float
    strong: bool = False


def axis_labels(chart: Chart, width: float, measure: Measure, gap: float = 6.0) -> tuple[Placed, ...]:
    """Return the labels below the axis that can stand side by side; today first, then years, then months."""
    items: list[tuple[Placed, int]] = []
    if chart.start <= chart.today <= chart.end and chart.today_label:
        today = Placed(chart.today_label, fraction(chart.today, chart.start, chart.end) * width, True)
        items.append((today, 3))
    for tick in chart.ticks:
        x = fraction(tick.day, chart.start, chart.end) * width
        items.append((Placed(tick.label, x, tick.strong), 2 if tick.strong else 1))
    boxes = [(p.x - measure(p.text) / 2, p.x + measure(p.text) / 2) for p, _ in items]
    kept = keep_apart(boxes, [importance for _, importance in items], gap)
    return tuple(sorted((items[i][0] for i in kept), key=lambda placed: placed.x))


def gridlines(ticks: Sequence[Tick]) -> tuple[date, ...]:
    """Return the days that get a vertical line through the plot: the years, where there are any."""
    return tuple(tick.day for tick in ticks if tick.strong)


def shade_label(shade: Shade, width: float, measure: Measure) -> str:
    """Return the longest of a shading's two labels that fits its width, or ""."""
    return next((text for text in (shade.label, shade.short) if text and measure(text) <= width), "")


def bar_label(bar: Bar, width: float, measure: Measure) -> str:
    """Return the longest of a bar's labels that fits its width, the last resort cut with an ellipsis, or ""."""
    fitting = (text for text in (bar.label, bar.short) if text and measure(text) <= width)
    return next(fitting, "") or shorten(bar.short or bar.label, width, measure)


def mark_labels(marks: Sequence[Mark], xs: Sequence[float], right: float, measure: Measure) -> tuple[str, ...]:
    """Return the label of each mark where it fits before the next mark (or the right edge), else "".

    `xs` are the left edges of the labels, ascending.
    """
    ends = [*xs[1:], right][: len(xs)]
    return tuple(
        mark.label if mark.label and x + measure(mark.label) <= end else ""
        for mark, x, end in zip(marks, xs, ends, strict=True)
    )


def strip_rows(chart: Chart) -> tuple[tuple[int, int], ...]:
    """Return (first row, number of rows) of each strip, rows counted from 0 below the axis."""
    rows, first = [], 0
    for strip in chart.strips:
        lanes = max(strip.lanes, 1)
        rows.append((first, lanes))
        first += lanes
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where the band's own label stands: middle at `x` (fraction of the axis) and `y` (value), tied to the band at
    `anchor` (value)."""

    x: float
    y: float
    anchor: float


Curve = tuple[Sequence[int], Sequence[float]]  # ordinal days, values


def _at(curve: Curve, day_number: float) -> float | None:
    """The value of a curve on a day (ordinal, fractions allowed), None outside it."""
    days, values = curve
    if not days or not days[0] <= day_number <= days[-1]:
        return None
    right = min(bisect_right(days, day_number), len(days) - 1)
    left = max(right - 1, 0)
    part = (day_number - days[left]) / max(days[right] - days[left], 1)
    return values[left] + part * (values[right] - values[left])


def _line(one: Series) -> Curve:
    return [s.day.toordinal() for s in one.samples], [s.value for s in one.samples]


def _band_edges(band: Band) -> tuple[Curve, Curve]:
    days = [day.toordinal() for day in band.days]
    return (days, band.lower), (days, band.upper)


def _occupied(curves: Sequence[Curve], day_number: float) -> tuple[float, float] | None:
    """Lowest and highest value that is drawn on a day."""
    found = [value for curve in curves if (value := _at(curve, day_number)) is not None]
    return (min(found), max(found)) if found else None


def band_note(chart: Chart, width: float, height: float) -> NotePlace | None:
    """Return the free place nearest the band for a label of `width` (fraction of the axis) and `height` (in steps).

    None where the chart has no band or no place is free. Places touch neither curve nor band nor the top row of
    period names.
    """
    band = chart.band
    if band is None or not band.days or width >= 1.0:
        return None
    low, high = value_range(chart)
    top = min(chart.maximum, high - 1.2 * height)
    first, days = chart.start.toordinal(), max((chart.end - chart.start).days, 1)
    busy = [fraction(day, chart.start, chart.end) for day in _uprights(chart)]
    edges = _band_edges(band)
    curves = [*edges, *(_line(one) for one in chart.series)]
    best: tuple[float, NotePlace] | None = None
    for place in range(1, 40):
        x = place / 40
        if x - width / 2 < 0.01 or x + width / 2 > 0.99:
            continue
        middle = _occupied(curves, first + x * days)
        if middle is None or _at(edges[0], first + x * days) is None:
            continue
        across = [_occupied(curves, first + (x + width * (n / 8 - 0.5)) * days) for n in range(9)]
        below = min(pair[0] for pair in across if pair) - 0.9 * height
        above = max(pair[1] for pair in across if pair) + 0.9 * height
        for y, anchor in ((below, middle[0]), (above, middle[1])):
            if low + height / 2 <= y <= top - height / 2:
                covered = sum(_overlap(chart, shade, x - width / 2, x + width / 2) for shade in chart.shades)
                covered += sum(x - width / 2 - NEAR < at < x + width / 2 + NEAR for at in busy)
                cost = abs(y - anchor) + 0.5 * height * abs(x - 0.4) + 4 * height * covered
                if best is None or cost < best[0]:
                    best = cost, NotePlace(x, y, anchor)
    return best[1] if best else None


def clear(series: Sequence[Series], first: float, last: float, low: float, high: float) -> bool:
    """Whether no line passes between two values (steps) from one day to another (ordinals, fractions allowed)."""
    for one in series:
        line = _line(one)
        inside = [float(day) for day in line[0] if first <= day <= last]
        looks = sorted([first + (last - first) * n / 8 for n in range(9)] + inside)
        seen = [value for look in looks if (value := _at(line, look)) is not None]
        if seen and min(seen) <= high and max(seen) >= low:
            return False
    return True


def _uprights(chart: Chart) -> list[date]:
    """The days with a line or arrow that a label had better not cross: today, and the flag's figure."""
    return [chart.today, *([chart.bracket.end] if chart.bracket is not None else [])]


def _overlap(chart: Chart, shade: Shade, left: float, right: float) -> float:
    """Which part of left..right (fractions of the axis) lies on a shading."""
    start, end = (fraction(day, chart.start, chart.end) for day in (shade.start, shade.end))
    return max(min(right, end) - max(left, start), 0.0) / max(right - left, 1e-9)


def end_labels(chart: Chart, gap: float, low: float, high: float, y: Callable[[float], float]) -> list[float]:
    """Return the place of each series' label in the right gutter, `gap` apart; `y` turns a value into a position."""
    return spread([y(one.samples[-1].value) for one in chart.series if one.samples], gap, low, high)


def nudge(series: Sequence[Series], amount: float) -> tuple[float, ...]:
    """Return an offset in steps for each series of a small multiple, so that equal answers do not hide each other.

    Series that never hold the same value on the same stretch are left where they are.
    """
    offsets = [0.0] * len(series)
    for right in range(1, len(series)):
        for left in range(right):
            if _meet(series[left], series[right]):
                offsets[left], offsets[right] = offsets[left] - amount / 2, offsets[right] + amount / 2
    return tuple(offsets)


def _meet(one: Series, other: Series) -> bool:
    days = sorted({s.day for s in one.samples} | {s.day for s in other.samples})
    for day in days:
        values = [next((s.value for s in reversed(series.samples) if s.day <= day), None) for series in (one, other)]
        if values[0] is not None and values[0] == values[1]:
            return True
    return False
