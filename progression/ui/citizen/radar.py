"""The spider: first, previous and latest answers of one rater, as a drawing and as a table of the same figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.casework.values import Answer, Course
from progression.charts.phrases import answer_text
from progression.scales.model import Rater, Scale
from progression.ui import theme
from progression.ui.kit.accessible import graphic
from progression.ui.timeline.ink import Ink, marker_path
from progression.words import Words

LOOKS: tuple[tuple[str, str, str, float], ...] = (  # token, dash, marker, width: first, previous, latest
    ("flat", "dotted", "triangle", 1.5),
    ("text-2", "dashed", "square", 1.5),
    ("cw", "solid", "circle", 2.25),  # in the rater's own colour
)
_TOKENS = {"caseworker": "cw", "citizen": "ci"}


HIGHEST = 460
_NAMES, _LINE = 24, 18  # px at 100 % text: the names above and below the web, a line of the legend


@dataclass(frozen=True, slots=True)
class Occasion:
    """One of the up to three occasions: its name, its day, and the answers by indicator code."""

    name: str
    day: date
    answers: dict[str, Answer]


def occasions(course: Course, scale: Scale, rater: Rater, words: Words) -> list[tuple[int, Occasion]]:
    """First, previous and latest assessment of a rater, each with its index in LOOKS; fewer where there are fewer."""
    rows = sorted((a for a in course.assessments if a.scale == scale.id and a.rater == rater), key=lambda a: a.date)
    names = (words.t("First"), words.t("Previous"), words.t("Latest"))
    picks = {1: [(2, -1)], 2: [(0, 0), (2, -1)]}.get(len(rows), [(0, 0), (1, -2), (2, -1)]) if rows else []
    return [(look, Occasion(names[look], rows[n].date, dict(rows[n].answers))) for look, n in picks]


def rows_of(found: Sequence[tuple[int, Occasion]], scale: Scale, rater: Rater, words: Words) -> list[list[str]]:
    """The same figures as rows of text; the first row is the head."""
    head = [words.t("Indicator")]
    head += [words.t("{name}, {day}", name=o.name, day=words.short_date(o.day)) for _look, o in found]
    body = [
        [words.pick(i.name), *(answer_text(words, o.answers.get(i.code)) for _look, o in found)]
        for i in scale.rated_by(rater)
    ]
    return [head, *body]


@graphic
class Radar(QWidget):
    """Draws up to three occasions over the indicators of a scale; needs three indicators or more to be a shape."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[int, Occasion]] = []
        self._scale: Scale | None = None
        self._codes: list[tuple[str, str]] = []
        self._labels: list[str] = []
        self._token = "cw"
        self.highest = HIGHEST  # px at 100 % text; more where the table stands beside it
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_occasions(self, found: list[tuple[int, Occasion]], scale: Scale, rater: Rater, words: Words) -> None:
        """Show a rater's occasions."""
        self._found, self._scale, self._token = found, scale, _TOKENS[rater]
        self._codes = [(i.code, words.pick(i.short_name) or words.pick(i.name)) for i in scale.rated_by(rater)]
        self._labels = [words.t("{name}, {day}", name=o.name, day=words.short_date(o.day)) for _look, o in found]
        self.setAccessibleName(words.t("Spider view"))
        self.setAccessibleDescription(
            words.t("{occasions}. The table below holds the same figures.", occasions="; ".join(self._labels))
            if self._labels
            else words.t("No assessments yet")
        )
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the web is in this width, so that a narrow page with large letters has no empty height."""
        px = theme.current().px
        around = 2 * px(_NAMES) + px(_LINE) * len(self._labels)
        return max(px(320), min(px(self.highest), round(2 * self._across(width)) + around))

    def _across(self, width: float) -> float:
        """The radius that leaves room for the names at both sides."""
        metrics = QFontMetricsF(theme.current().font("small"))
        words = max((metrics.horizontalAdvance(text) for _code, text in self._codes), default=0.0)
        return width / 2 - min(words, width / 4) - 12

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(460), self.heightForWidth(max(self.width(), px(340))))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(340), px(320))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scale is None or len(self._codes) < 3:
            return
        ink = Ink(theme.current(), self.devicePixelRatioF())
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(p, ink, self._scale)
        p.end()

    def _paint(self, p: QPainter, ink: Ink, scale: Scale) -> None:
        legend = _LINE * ink.scale * len(self._labels)
        room = min(self._across(self.width()), (self.height() - legend) / 2 - _NAMES * ink.scale)
        radius = max(room, 40.0)
        centre = QPointF(self.width() / 2, (self.height() - legend) / 2)
        span = scale.maximum - scale.minimum + 1  # the lowest step stands off the centre, so that it can be seen

        def at(index: int, value: float) -> QPointF:
            angle = 2 * math.pi * index / len(self._codes) - math.pi / 2
            length = radius * (value - scale.minimum + 1) / span
            return centre + QPointF(length * math.cos(angle), length * math.sin(angle))

        count = len(self._codes)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(ink.pen("line"))
        rings = sorted(scale.step_words) or [
            scale.minimum,
            (scale.minimum + scale.maximum) // 2,
            scale.maximum,
        ]
        for step in rings:
            p.drawPolygon(QPolygonF([at(n, step) for n in range(count)]))
        for n in range(count):
            p.drawLine(centre, at(n, scale.maximum))
        for look, occasion in self._found:
            values = [occasion.answers.get(code) for code, _name in self._codes]
            _shape(
                p,
                ink,
                look,
                self._token,
                [at(n, v) if isinstance(v, int) else None for n, v in enumerate(values)],
            )
        for step in rings:  # on top: a step that somebody stands at is the one to be read
            _step(p, ink, at(0, step) + QPointF(4, 12 * ink.scale), str(step))
        self._names(p, ink, at, scale.maximum, centre)
        self._legend(p, ink, self.height() - legend)

    def _names(self, p: QPainter, ink: Ink, at: Callable[[int, float], QPointF], edge: float, centre: QPointF) -> None:
        p.setFont(ink.medium)
        p.setPen(ink.color("text-2"))
        metrics = QFontMetricsF(ink.medium)
        for n, (_code, name) in enumerate(self._codes):
            tip = at(n, edge)
            away = tip - centre
            reach = max(math.hypot(away.x(), away.y()), 1.0)
            place = tip + away * (12 * ink.scale / reach)
            side = away.x() / reach
            free = self.width() - place.x() if side > 0.2 else place.x() if side < -0.2 else self.width() * 0.4
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(free - 4, 20.0))
            wide = metrics.horizontalAdvance(text)
            left = place.x() if side > 0.2 else place.x() - wide if side < -0.2 else place.x() - wide / 2
            p.drawText(QPointF(left, place.y() + metrics.ascent() / 2 - 1 + 4 * away.y() / reach), text)

    def _legend(self, p: QPainter, ink: Ink, top: float) -> None:
        for n, ((look, _occasion), text) in enumerate(zip(self._found, self._labels, strict=True)):
            y = top + (n + 0.5) * _LINE * ink.scale
            start = QPointF(self.width() / 2 - 100 * ink.scale, y)
            _stroke(p, ink, look, self._token, [start, start + QPointF(32 * ink.scale, 0)])
            _marker(p, ink, look, self._token, start + QPointF(16 * ink.scale, 0))
            p.setFont(ink.small)
            p.setPen(ink.color("text-2"))
            box = QRectF(start.x() + 42 * ink.scale, y - 9 * ink.scale, self.width(), _LINE * ink.scale)
            p.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


def _step(p: QPainter, ink: Ink, at: QPointF, text: str) -> None:
    """The number of a ring, with a rim of the ground that keeps it apart from a line below it."""
    letters = QPainterPath()
    letters.addText(at, ink.small, text)
    p.setPen(QPen(ink.color("bg"), 3))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawPath(letters)
    p.fillPath(letters, ink.color("text-2"))


def _shape(p: QPainter, ink: Ink, look: int, token: str, points: Sequence[QPointF | None]) -> None:
    """Join neighbours that were answered; what was not answered leaves a gap, and is never low."""
    count = len(points)
    known = [point for point in points if point is not None]
    if look == 2 and len(known) == count:
        fill = QColor(ink.color("band"))
        fill.setAlphaF(0.45)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QBrush(fill))
        p.drawPolygon(QPolygonF(known))
    for n in range(count):
        one, other = points[n], points[(n + 1) % count]
        if one is not None and other is not None:
            _stroke(p, ink, look, token, [one, other])
    for point in known:
        _marker(p, ink, look, token, point)


def _stroke(p: QPainter, ink: Ink, look: int, token: str, points: list[QPointF]) -> None:
    own, dash, _marker_name, width = LOOKS[look]
    p.setPen(ink.pen(token if look == 2 else own, width, dash))  # type: ignore[arg-type]
    p.drawPolyline(QPolygonF(points))


def _marker(p: QPainter, ink: Ink, look: int, token: str, at: QPointF) -> None:
    own, _dash, marker, _width = LOOKS[look]
    p.setPen(ink.pen(token if look == 2 else own, 1.75))
    p.setBrush(ink.color(token if look == 2 else "bg"))
    p.drawPath(marker_path(marker, 3.8 * ink.scale).translated(at))  # type: ignore[arg-type]
