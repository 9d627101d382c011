"""The pens, brushes and fonts a drawing is made with: one theme at one text size.

Colours come by token from the one table of colours, so window and PDF agree. An Ink is made once per theme and size.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from progression.charts.model import Dash, Marker, Pattern
from progression.ui.theme import Theme, contrast

_DASHES: dict[Dash, list[float]] = {"solid": [], "dashed": [7.0, 4.0], "dotted": [1.0, 3.0]}
_QUIET = 0.5  # of a fill's colour behind curves; the rest is the page's
_PALE = 1.3  # the strongest contrast of a pattern behind curves against its own ground
_SOLIDS = {"bar": "bar-edge", "passive": "passive-solid", "wait": "wait-solid", "exempt": "exempt-solid"}


class Ink:
    """Colours by token, the small and hint fonts, and patterns, of one theme.

    `ratio` is the screen's device pixel ratio, for crisp patterns. `line` is the height of a line of small text.
    """

    def __init__(self, theme: Theme, ratio: float = 1.0) -> None:
        self._theme = theme
        self._ratio = ratio
        self._colors: dict[str, QColor] = {}
        self._brushes: dict[tuple[str, Pattern, bool], QBrush] = {}
        self.scale = theme.percent / 100
        self.small = theme.font("small")
        self.medium = _weighted(self.small, QFont.Weight.Medium)
        self.bold = _weighted(self.small, QFont.Weight.DemiBold)
        self.hint = _weighted(theme.font("hint"), QFont.Weight.DemiBold)
        self.metrics = QFontMetricsF(self.small)
        self.bold_metrics = QFontMetricsF(self.bold)
        self.hint_metrics = QFontMetricsF(self.hint)
        self.line = 16 * self.scale

    def color(self, token: str) -> QColor:
        """The colour of a token; KeyError for a name that is no token."""
        if token not in self._colors:
            self._colors[token] = self._theme.colour(token)
        return self._colors[token]

    def text(self, token: str) -> str:
        """The token in which a word beside a shape of this token is written."""
        return f"{token}-text" if token in ("up", "down", "cw", "ci") else "text-2"

    def pen(self, token: str, width: float = 1.0, dash: Dash | list[float] = "solid") -> QPen:
        """A pen, as wide as said whatever the view's scale; dash lengths are in pixels, whatever the width."""
        pen = QPen(self.color(token), width)
        pen.setCosmetic(True)
        lengths = dash if isinstance(dash, list) else _DASHES[dash]
        if lengths:
            pen.setDashPattern([length / max(width, 1.0) for length in lengths])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def solid(self, token: str) -> str:
        """The token of the border and foot line that belong to a fill."""
        return _SOLIDS.get(token, "line-2")

    def fill(self, token: str, pattern: Pattern, *, quiet: bool = False) -> QBrush:
        """The fill of a passive, waiting or exempt period: a flat colour with hatch, dots or upright lines.

        `quiet` is for large areas behind curves: a paler ground with a pattern that barely stands out from it. What the
        area means is said by its foot line and its words.
        """
        key = (token, pattern, quiet)
        if key not in self._brushes:
            self._brushes[key] = self._pattern(token, pattern, quiet)
        return self._brushes[key]

    def ground(self, token: str) -> QColor:
        """The colour of a fill on large areas behind curves: half of it, so that the curves are what is seen."""
        key = f"{token}/ground"
        if key not in self._colors:
            self._colors[key] = mixed(self.color(token), self.color("bg"), _QUIET)
        return self._colors[key]

    def _pattern(self, token: str, pattern: Pattern, quiet: bool) -> QBrush:
        ground = self.ground(token) if quiet else self.color(token)
        if pattern == "none":
            return QBrush(ground)
        side = 5 if pattern == "lines" else 6
        tile = QPixmap(round(side * self._ratio), round(side * self._ratio))
        tile.setDevicePixelRatio(self._ratio)
        tile.fill(ground)
        line = self.color(f"{token}-line")
        if quiet:
            line = faded(line, ground, _PALE)
        p = QPainter(tile)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(line, 1))
        if pattern == "hatch":
            for shift in (-6, 0, 6):
                p.drawLine(QPointF(shift - 1, 7), QPointF(shift + 7, -1))
        elif pattern == "lines":
            p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            p.drawLine(QPointF(2, 0), QPointF(2, side))
        else:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(line)
            for centre in (1.5, 4.5):
                p.drawEllipse(QPointF(centre, centre), 0.9, 0.9)
        p.end()
        return QBrush(tile)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two: `share` (0 to 1) of the first."""
    rest = 1 - share
    red, green = one.redF() * share + other.redF() * rest, one.greenF() * share + other.greenF() * rest
    return QColor.fromRgbF(red, green, one.blueF() * share + other.blueF() * rest)


def faded(line: QColor, ground: QColor, most: float) -> QColor:
    """The line's colour, mixed with its ground until the two differ by no more than `most` (a contrast)."""
    shares = (n / 20 for n in range(20, 0, -1))
    found = (mixed(line, ground, share) for share in shares)
    return next((color for color in found if contrast(color.name(), ground.name()) <= most), ground)


def _weighted(font: QFont, weight: QFont.Weight) -> QFont:
    made = QFont(font)
    made.setWeight(weight)
    return made


def marker_path(marker: Marker, radius: float) -> QPainterPath:
    """The outline of a marker around the origin; the empty path for "none"."""
    path = QPainterPath()
    r = radius
    if marker == "circle":
        path.addEllipse(QPointF(0, 0), r, r)
    elif marker == "diamond":
        path.addPolygon(QPolygonF([QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0)]))
        path.closeSubpath()
    elif marker == "triangle":
        path.addPolygon(QPolygonF([QPointF(0, -r), QPointF(r, r * 0.8), QPointF(-r, r * 0.8)]))
        path.closeSubpath()
    elif marker == "square":
        path.addRect(-r * 0.85, -r * 0.85, r * 1.7, r * 1.7)
    elif marker == "cross":
        path.moveTo(-r * 0.8, -r * 0.8)
        path.lineTo(r * 0.8, r * 0.8)
        path.moveTo(r * 0.8, -r * 0.8)
        path.lineTo(-r * 0.8, r * 0.8)
    return path


def marker_colors(ink: Ink, token: str, filled: bool) -> tuple[QPen, QBrush]:
    """Pen and brush of a marker: filled with the page's colour round it, or open in the line's colour."""
    if filled:
        return ink.pen("bg", 1.5), QBrush(ink.color(token))
    return ink.pen(token, 2.0), QBrush(ink.color("bg"))
