"""Which days of a course a timeline shows: closer, further, earlier, later. Pure: dates in, dates and a chart out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from progression.charts import axis
from progression.charts.model import Band, Chart, Series
from progression.words import Words

Days = tuple[date, date]
SHORTEST = 56  # days: eight weeks, a fortnight more than the shortest rhythm of conversations
STEP = 1.6  # how much closer one press comes
SHARE = 0.25  # of the days shown, that one press moves


def cut(chart: Chart, start: date, end: date, words: Words) -> Chart:
    """Return the same chart from `start` to `end` (both within it), with ticks for so many days. A line ends at
    the last point shown and is labelled with it."""
    if (start, end) == (chart.start, chart.end):
        return chart
    return replace(
        chart,
        start=start,
        end=end,
        ticks=axis.ticks(start, end, words),
        series=tuple(_until(one, end, words) for one in chart.series),
        band=_within(chart.band, start, end),
        bracket=chart.bracket if chart.bracket and start <= chart.bracket.end <= end else None,
        readouts=tuple(one for one in chart.readouts if start <= one[0] <= end),
    )


def _until(series: Series, end: date, words: Words) -> Series:
    kept = tuple(sample for sample in series.samples if sample.day <= end)
    if len(kept) == len(series.samples):
        return series
    if not kept:
        return replace(series, samples=(), end_text="")
    figure = kept[-1].text.rsplit(": ", 1)[-1]
    return replace(
        series,
        samples=kept,
        end_text=words.t("{figure}, {day}", figure=figure, day=words.short_day_month(kept[-1].day)),
    )


def _within(band: Band | None, start: date, end: date) -> Band | None:
    """The band from the last of its days before the plot to the last within it."""
    if band is None:
        return None
    first = max((n for n, day in enumerate(band.days) if day <= start), default=0)
    last = sum(day <= end for day in band.days)
    if last - first < 2:
        return None
    part = slice(first, last)
    return replace(band, days=band.days[part], lower=band.lower[part], middle=band.middle[part], upper=band.upper[part])


def zoomed(whole: Days, shown: Days, anchor: date, factor: float) -> Days:
    """Return the days shown after one press: `factor` times as many, `anchor` where it stood, within the whole."""
    length = (shown[1] - shown[0]).days
    most = (whole[1] - whole[0]).days
    wanted = min(most, max(min(SHORTEST, most), round(length * factor)))
    place = min(max(anchor, shown[0]), shown[1])
    before = round(wanted * (place - shown[0]).days / max(1, length))
    return _fit(whole, place - timedelta(days=before), wanted)


def moved(whole: Days, shown: Days, steps: int) -> Days:
    """Return as many days, `steps` quarters of them later (earlier when negative), within the whole."""
    length = (shown[1] - shown[0]).days
    return _fit(whole, shown[0] + timedelta(days=steps * max(1, round(length * SHARE))), length)


def _fit(whole: Days, start: date, length: int) -> Days:
    start = max(whole[0], min(start, whole[1] - timedelta(days=length)))
    return start, start + timedelta(days=length)
