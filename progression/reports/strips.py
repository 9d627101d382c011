"""The rows below the axis: bars of interventions and periods, conversations, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progression.charts import layout
from progression.charts.model import Bar, Mark, Strip
from progression.reports.ink import Ink, measure

if TYPE_CHECKING:
    from progression.reports.drawing import Frame

PAD = 1.4  # above and below a bar
LABEL_GAP = 5.0  # from a mark to its word


def draw(ink: Ink, frame: Frame, axis: float, row: float) -> None:
    """Draw every strip below the axis; `row` is the height of one lane."""
    top = frame.bottom - axis
    for strip, (first, lanes) in zip(frame.chart.strips, layout.strip_rows(frame.chart), strict=True):
        upper = top - first * row
        lower = upper - lanes * row
        ink.line([(frame.left - 4, lower), (frame.right, lower)], "line")
        label = layout.shorten(strip.label, frame.left - 9, measure)
        ink.text((frame.left - 7, upper - row / 2 - 2.8), label, align="right")
        for bar in strip.bars:
            _bar(ink, frame, bar, upper - (bar.lane + 1) * row, row)
        _marks(ink, frame, strip, upper - row / 2)
        if strip.note:
            ink.text((frame.right + 5, upper - row / 2 - 2.8), strip.note)


def _bar(ink: Ink, frame: Frame, bar: Bar, bottom: float, row: float) -> None:
    left, right = frame.x(bar.start), frame.x(bar.end)
    width, height = max(right - left, 1.6), row - 2 * PAD
    edge = "bar-edge" if bar.token == "bar" else f"{bar.token}-solid"
    ink.box((left, bottom + PAD, width, height), bar.token, edge, bar.pattern, f"{bar.token}-line")
    text = layout.bar_label(bar, width - 4, measure)
    token = "bar-text" if bar.token == "bar" else "text"
    if text:
        ink.text((left + 2.5, bottom + row / 2 - 2.8), text, token, ground=bar.token)


def _marks(ink: Ink, frame: Frame, strip: Strip, middle: float) -> None:
    marks: list[Mark] = sorted(strip.marks, key=lambda mark: mark.day)
    xs = [frame.x(mark.day) + LABEL_GAP for mark in marks]
    words = layout.mark_labels(marks, xs, frame.right + (0 if strip.note else 40), lambda t: measure(t) + LABEL_GAP)
    for mark, x, word in zip(marks, xs, words, strict=True):
        ink.symbol((x - LABEL_GAP, middle), mark.symbol)
        ink.text((x, middle - 2.8), word, "text-2", ground="bg" if word else "")
