"""Strokes, fills, patterns, markers and texts on a PDF canvas, named by the tokens of the theme.

A letterhead's lines and texts may have a colour of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from typing import Any

from reportlab.lib.colors import Color

from progression.charts.model import Dash, Marker, Pattern, Symbol
from progression.reports import fonts
from progression.reports.styles import CHART_TEXT, colour, mixed

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, width, height
DASHES: dict[Dash, list[float]] = {"solid": [], "dashed": [4.2, 2.4], "dotted": [0.9, 2.0]}


class Ink:
    """Draws on a reportlab canvas. Every method leaves the canvas as it found it."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas

    @contextmanager
    def _kept(self) -> Iterator[Any]:
        self.canvas.saveState()
        yield self.canvas
        self.canvas.restoreState()

    def line(self, points: Sequence[Point], token: str | Color, width: float = 0.5, dash: Dash = "solid") -> None:
        """Draw a line through two or more points."""
        if len(points) < 2:
            return
        with self._kept() as canvas:
            canvas.setStrokeColor(_colour(token))
            canvas.setLineWidth(width)
            canvas.setLineJoin(1)
            canvas.setDash(DASHES[dash])
            path = canvas.beginPath()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            canvas.drawPath(path, stroke=1, fill=0)

    def area(self, points: Sequence[Point], token: str, alpha: float = 1.0) -> None:
        """Fill a polygon."""
        with self._kept() as canvas:
            canvas.setFillColor(colour(token))
            canvas.setFillAlpha(alpha)
            path = canvas.beginPath()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    def box(
        self,
        box: Box,
        fill: str,
        edge: str = "",
        pattern: Pattern = "none",
        ink: str = "",
        *,
        quiet: bool = False,
    ) -> None:
        """Fill a rectangle, draw its pattern clipped to it, then its edge. `quiet` for a large area behind curves."""
        left, bottom, width, height = box
        with self._kept() as canvas:
            canvas.setFillColor(mixed(fill, "bg") if quiet else colour(fill))
            canvas.rect(left, bottom, width, height, stroke=0, fill=1)
        if pattern != "none":
            self._pattern(box, pattern, mixed(ink, fill) if quiet else colour(ink), 2.0 if quiet else 1.0)
        if edge:
            with self._kept() as canvas:
                canvas.setStrokeColor(colour(edge))
                canvas.setLineWidth(0.6)
                canvas.roundRect(left, bottom, width, height, 1.0, stroke=1, fill=0)

    def _pattern(self, box: Box, pattern: Pattern, ink: Color, apart: float) -> None:
        left, bottom, width, height = box
        with self._kept() as canvas:
            clip = canvas.beginPath()
            clip.rect(left, bottom, width, height)
            canvas.clipPath(clip, stroke=0, fill=0)
            canvas.setStrokeColor(ink)
            canvas.setFillColor(ink)
            canvas.setLineWidth(0.5)
            path = canvas.beginPath()
            if pattern == "dots":
                _dots(path, box, 3.4 * apart)
                canvas.drawPath(path, stroke=0, fill=1)
            else:
                if pattern == "hatch":
                    _hatch(path, box, 4.2)
                else:
                    _uprights(path, box, 3.0 * apart)
                canvas.drawPath(path, stroke=1, fill=0)

    def marker(self, at: Point, marker: Marker, token: str, *, filled: bool, radius: float = 2.9) -> None:
        """Draw a series' marker: on white, so that a line never runs through an open one."""
        if marker == "none":
            return
        x, y = at
        with self._kept() as canvas:
            canvas.setStrokeColor(colour("bg" if filled else token))
            canvas.setFillColor(colour(token if filled else "bg"))
            canvas.setLineWidth(0.7 if filled else min(1.1, radius * 0.4))
            if marker == "circle":
                canvas.circle(x, y, radius, stroke=1, fill=1)
                return
            path = canvas.beginPath()
            corners = _corners(marker, x, y, radius * 1.25)
            path.moveTo(*corners[0])
            for corner in corners[1:]:
                path.lineTo(*corner)
            path.close()
            canvas.drawPath(path, stroke=1, fill=1)

    def symbol(self, at: Point, symbol: Symbol, radius: float = 2.5) -> None:
        """Draw a mark of a strip: held disc, planned ring, cancelled cross, decision diamond."""
        x, y = at
        with self._kept() as canvas:
            canvas.setStrokeColor(colour("text-2"))
            canvas.setFillColor(colour("text" if symbol == "diamond" else "text-2"))
            canvas.setLineWidth(1.0)
            path = canvas.beginPath()
            if symbol in ("disc", "ring"):
                canvas.circle(x, y, radius, stroke=int(symbol == "ring"), fill=int(symbol == "disc"))
            elif symbol == "cross":
                for slope in (1, -1):
                    path.moveTo(x - radius * 0.8, y - slope * radius * 0.8)
                    path.lineTo(x + radius * 0.8, y + slope * radius * 0.8)
                canvas.drawPath(path, stroke=1, fill=0)
            else:
                corners = _corners("diamond", x, y, radius * 1.35)
                path.moveTo(*corners[0])
                for corner in corners[1:]:
                    path.lineTo(*corner)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)

    def text(
        self,
        at: Point,
        text: str,
        token: str | Color = "text-3",
        *,
        align: str = "left",
        strong: bool = False,
        size: float = CHART_TEXT,
        ground: str = "",
    ) -> None:
        """Write one line; `align` left, middle or right of the point; `ground` clears what lies behind."""
        drawn = fonts.plain(text)
        if not drawn:
            return
        font = fonts.BOLD if strong else fonts.REGULAR
        width = fonts.width(drawn, font, size)
        left = at[0] - {"left": 0.0, "middle": width / 2, "right": width}[align]
        if ground:
            self.box((left - 1.5, at[1] - size * 0.26, width + 3, size * 1.16), ground)
        with self._kept() as canvas:
            canvas.setFillColor(_colour(token))
            canvas.setFont(font, size)
            canvas.drawString(left, at[1], drawn)


def _colour(token: str | Color) -> Color:
    """A colour of the theme by its token, or a municipality's own."""
    return colour(token) if isinstance(token, str) else token


def measure(text: str, *, strong: bool = False, size: float = CHART_TEXT) -> float:
    """Return the width of a chart text in points."""
    return fonts.width(fonts.plain(text), fonts.BOLD if strong else fonts.REGULAR, size)


def _corners(marker: str, x: float, y: float, r: float) -> list[Point]:
    if marker == "diamond":
        return [(x - r, y), (x, y + r), (x + r, y), (x, y - r)]
    if marker == "triangle":
        return [(x - r, y - r * 0.8), (x, y + r), (x + r, y - r * 0.8)]
    if marker == "square":
        return [
            (x - r * 0.8, y - r * 0.8),
            (x - r * 0.8, y + r * 0.8),
            (x + r * 0.8, y + r * 0.8),
            (x + r * 0.8, y - r * 0.8),
        ]
    arm = r * 0.3
    return [
        (x - r, y - arm), (x - r, y + arm), (x - arm, y + arm), (x - arm, y + r), (x + arm, y + r), (x + arm, y + arm),
        (x + r, y + arm), (x + r, y - arm), (x + arm, y - arm), (x + arm, y - r), (x - arm, y - r), (x - arm, y - arm),
    ]  # fmt: skip


def _hatch(path: Any, box: Box, step: float) -> None:
    left, bottom, width, height = box
    for n in range(ceil((width + height) / step) + 1):
        path.moveTo(left + n * step - height, bottom)
        path.lineTo(left + n * step, bottom + height)


def _uprights(path: Any, box: Box, step: float) -> None:
    left, bottom, width, height = box
    for n in range(ceil(width / step)):
        path.moveTo(left + (n + 0.5) * step, bottom)
        path.lineTo(left + (n + 0.5) * step, bottom + height)


def _dots(path: Any, box: Box, step: float) -> None:
    """Small squares, which a printer keeps apart better than circles of this size, every second row shifted."""
    left, bottom, width, height = box
    for row in range(ceil(height / step)):
        for n in range(ceil(width / step) + 1):
            x = left + (n + (0.5 if row % 2 else 0.0)) * step
            path.rect(x - 0.35, bottom + (row + 0.5) * step - 0.35, 0.7, 0.7)
