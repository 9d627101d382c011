"""What moved, as a painted table: one dumbbell for each indicator and rater, and the verdict in words.

The caseworker above, the citizen below; earlier hollow, now filled; a thick solid line can be measured, a thin dotted
one is within the uncertainty. One tab stop: up and down move a cursor whose row is said aloud.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from progression.desk.pages import Finished, Moved
from progression.ui import theme
from progression.ui.kit import picture
from progression.ui.shapes import standing
from progression.words import Words

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_CENTRE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextDontClip)
HEAD, ROW = 44, 42
TIGHT, AXIS = 16, 110  # px at 100 %: least gap before the words, least length of the axis


def verdict(w: Words, row: Moved, better: int) -> tuple[str, str, str]:
    """The verdict on a row: its standing ("progression", "regression" or ""), its words, and a second line."""
    up = (row.change or 0.0) * better > 0
    if row.indicator is None:
        return _whole_verdict(w, row, up)
    if row.caseworker_now is None and row.citizen_now is None:
        return "", w.t("Not rated today"), ""
    if row.change is None:
        return "", w.t("First answer"), ""
    if row.measurable:
        kind = "progression" if up else "regression"
        return kind, w.t("Can be measured, {change}", change=w.signed(row.change, _decimals(row.change))), ""
    if _still(row):
        return "", w.tc("indicator", "Unchanged"), ""
    return "", w.t("Within the uncertainty"), ""


def _whole_verdict(w: Words, row: Moved, up: bool) -> tuple[str, str, str]:
    if row.caseworker_now is None:
        return "", w.t("Too few measurements yet"), ""
    if row.caseworker_before is None:
        return "", w.number(row.caseworker_now), w.t("First measurement")
    before, now = w.number(row.caseworker_before), w.number(row.caseworker_now)
    text = w.t("{a} to {b}", a=before, b=now) if before != now else w.t("{b}, as last time", b=now)
    if row.margin is None:  # the rules do not judge a level
        return "", text, ""
    margin = w.number(row.margin)
    if row.measurable:
        return (
            "progression" if up else "regression",
            text,
            w.t("Can be measured, margin {margin}", margin=margin),
        )
    return "", text, w.t("Within the uncertainty, ±{margin}", margin=margin)


def _decimals(change: float) -> int:
    return 0 if change == round(change) else 1


def _still(row: Moved) -> bool:
    pairs = ((row.caseworker_before, row.caseworker_now), (row.citizen_before, row.citizen_now))
    return all(then == now for then, now in pairs if then is not None and now is not None)


class MovedTable(QWidget):
    """The table. `said(text)` when the cursor comes to a row."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._finished: Finished | None = None
        self._words = Words("da")
        self._cursor = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_finished(self, finished: Finished, words: Words) -> None:
        """Show the rows of a finished conversation."""
        self._finished, self._words = finished, words
        self._cursor = 0
        self.setAccessibleName(words.t("What has moved, row by row"))
        self.setAccessibleDescription(" ".join([*map(self.read, finished.moved), self._ends()]))
        self.updateGeometry()
        self.update()

    def read(self, row: Moved) -> str:
        """A row as it is read aloud."""
        w = self._words
        assert self._finished is not None
        _kind, text, more = verdict(w, row, self._finished.scale.better)
        said = ", ".join(part for part in (text, more) if part)
        if row.indicator is None:
            return w.t("The whole scale: {verdict}.", verdict=said)
        return w.t(
            "{indicator}: caseworker {worker}, citizen {citizen}. {verdict}.",
            indicator=w.pick(self._finished.scale.indicator(row.indicator).name),
            worker=self._path(row.caseworker_before, row.caseworker_now),
            citizen=self._path(row.citizen_before, row.citizen_now),
            verdict=said,
        )

    def _path(self, before: float | None, now: float | None) -> str:
        w = self._words
        if now is None:
            return w.t("not rated")
        if before is None or before == now:
            return w.number(now, 0)
        return w.t("{a} to {b}", a=w.number(before, 0), b=w.number(now, 0))

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if self._finished is None or not by:
            super().keyPressEvent(event)
            return
        self._cursor = max(0, min(self._cursor + by, len(self._finished.moved) - 1))
        self.said.emit(self.read(self._finished.moved[self._cursor]))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # geometry

    def sizeHint(self) -> QSize:
        rows = len(self._finished.moved) if self._finished else 1
        look = theme.current()
        return QSize(look.px(560), look.px(HEAD) + rows * look.px(ROW) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(420), self.sizeHint().height())

    def _columns(self) -> tuple[int, int, int]:
        """Right edge of the names, left and right edge of the axis, which is shorter where the words need the room."""
        width, look = self.width(), theme.current()
        name = round(width * 0.30)
        right = min(name + round(width * 0.30), width - self._needed() - look.px(TIGHT))
        return name, name + look.px(14), max(right, name + look.px(AXIS))

    def _needed(self) -> int:
        """Width of the longest thing the measurement can say."""
        if self._finished is None:
            return 0
        look, better = theme.current(), self._finished.scale.better
        wide = QFontMetrics(look.font("small")).horizontalAdvance(self._words.t("What the measurement can say"))
        for row in self._finished.moved:
            kind, text, more = verdict(self._words, row, better)
            mark_ = look.px(18) if kind and not more else 0
            wide = max(wide, mark_ + QFontMetrics(look.font("h3")).horizontalAdvance(text),
                       QFontMetrics(look.font("small")).horizontalAdvance(more))  # fmt: skip
        return wide + 2

    def _room(self) -> int:
        """Left edge of what the measurement can say."""
        right, look = self._columns()[2], theme.current()
        return max(min(right + look.px(44), self.width() - self._needed()), right + look.px(TIGHT))

    def _x(self, value: float) -> float:
        assert self._finished is not None
        scale = self._finished.scale
        _name, left, right = self._columns()
        return left + (value - scale.minimum) / (scale.maximum - scale.minimum) * (right - left)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._finished is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head, height = look.px(HEAD), look.px(ROW)
        self._paint_head(painter, head)
        for index, row in enumerate(self._finished.moved):
            self._paint_row(painter, row, index, QRect(0, head + index * height, self.width(), height))
        painter.end()

    def _paint_head(self, painter: QPainter, height: int) -> None:
        assert self._finished is not None
        look, w, scale = theme.current(), self._words, self._finished.scale
        name = self._columns()[0]
        bottom = QRect(0, 0, name, height - look.px(8))
        low = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
        self._text(painter, bottom, w.t("Indicator"), "small", "text-3", low)
        room = QRect(self._room(), 0, self.width() - self._room(), height - look.px(8))
        self._text(painter, room, w.t("What the measurement can say"), "small", "text-3", low)
        for step in range(scale.minimum, scale.maximum + 1):
            x = round(self._x(step))
            at = QRect(x - 40, 0, 80, look.px(18))
            self._text(painter, at, str(step), "small", "text-2", _CENTRE)
        for at, word in self._end_words(room.left() - 8):
            self._text(painter, at, word, "hint", "text-2", _CENTRE)
        painter.fillRect(QRect(0, height - 1, self.width(), 1), look.colour("line-2"))

    def _end_words(self, limit: int) -> list[tuple[QRect, str]]:
        """The words of the lowest and the highest step and their places, never further right than `limit`; where both
        do not fit below the axis, each keeps to its half."""
        assert self._finished is not None
        look, scale = theme.current(), self._finished.scale
        metrics = QFontMetrics(look.font("hint"))
        low, high = (self._words.pick(scale.word(step)) for step in (scale.minimum, scale.maximum))
        first, last = round(self._x(scale.minimum)), round(self._x(scale.maximum))
        wide = [metrics.horizontalAdvance(word) + 4 for word in (low, high)]
        left = min(last - wide[1] // 2, limit - wide[1])
        if first + wide[0] // 2 + 4 > left:
            middle = (first + last) // 2
            wide = [min(wide[0], last - first - 8), min(wide[1], limit - middle - 4)]
            left = max(middle + 4, min(last - wide[1] // 2, limit - wide[1]))
        places = zip((first - wide[0] // 2, left), wide, (low, high), strict=True)
        return [
            (QRect(at, look.px(18), room, look.px(16)), metrics.elidedText(word, Qt.TextElideMode.ElideRight, room))
            for at, room, word in places
        ]

    def event(self, event: QEvent) -> bool:
        """The tool tip is the row below the pointer as it is read aloud: what is shortened can be had whole."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._finished is not None:
            look = theme.current()
            index = (event.pos().y() - look.px(HEAD)) // look.px(ROW)
            rows = self._finished.moved
            QToolTip.showText(event.globalPos(), self.read(rows[index]) if 0 <= index < len(rows) else self._ends())
            return True
        return super().event(event)

    def _ends(self) -> str:
        """What the lowest and the highest step are called."""
        assert self._finished is not None
        scale = self._finished.scale
        return ", ".join(f"{n}: {self._words.pick(scale.word(n))}" for n in (scale.minimum, scale.maximum))

    def _paint_row(self, painter: QPainter, row: Moved, index: int, box: QRect) -> None:
        assert self._finished is not None
        look, w, scale = theme.current(), self._words, self._finished.scale
        name = self._columns()[0]
        if self.hasFocus() and index == self._cursor:
            painter.fillRect(box, look.colour("accent-tint"))
        for step in range(scale.minimum, scale.maximum + 1):
            painter.fillRect(QRect(round(self._x(step)), box.top(), 1, box.height()), look.colour("line"))
        kind, text, more = verdict(w, row, scale.better)
        strong = row.indicator is None or row.measurable
        place = QRect(box.left(), box.top(), name - look.px(8), box.height() - 1)
        used = self._text(painter, place, self._name(row), "h3" if strong else "body", "text", _LEFT)
        if row.indicator is not None and not scale.indicator(row.indicator).shown_to_citizen:
            size = look.px(14)
            at = QRect(used.right() + 8, box.center().y() - size // 2, size, size)
            painter.drawPixmap(at, picture("lock", "text-3", 14))
        if row.indicator is None:
            self._paint_level(painter, row, box)
        else:
            self._paint_dumbbells(painter, row, box)
        self._paint_verdict(painter, kind, text, more, QRect(self._room(), box.top(), 0, box.height() - 1))
        painter.fillRect(QRect(0, box.bottom(), self.width(), 1), look.colour("line"))

    def _name(self, row: Moved) -> str:
        assert self._finished is not None
        w, scale = self._words, self._finished.scale
        if row.indicator is None:
            return w.t("The whole scale")
        indicator = scale.indicator(row.indicator)
        look = theme.current()
        room = self._columns()[0] - look.px(8) - (0 if indicator.shown_to_citizen else look.px(24))
        name = w.pick(indicator.name)
        fits = QFontMetrics(look.font("h3")).horizontalAdvance(name) <= room
        return name if fits else w.pick(indicator.short_name)

    def _paint_verdict(self, painter: QPainter, kind: str, text: str, more: str, box: QRect) -> None:
        look = theme.current()
        left = box.left()
        if kind and not more:
            size = look.px(10)
            standing(painter, look, kind, QRectF(left, box.center().y() - size / 2 + 1, size, size))
            left += size + look.px(8)
        tone = {"progression": "up-text", "regression": "down-text"}.get(kind, "text-2")
        room = QRect(left, box.top(), self.width() - left, box.height())
        if not more:
            self._text(painter, room, text, "h3" if kind else "dense", tone, _LEFT)
            return
        half = box.height() // 2
        upper = QRect(left, box.top() + look.px(2), room.width(), half)
        self._text(painter, upper, _fit(text, "h3", room.width()), "h3", "text", _LEFT)
        lower = QRect(left, box.top() + half - look.px(2), room.width(), half)
        self._text(painter, lower, _fit(more, "small", room.width()), "small", tone, _LEFT)

    def _paint_level(self, painter: QPainter, row: Moved, box: QRect) -> None:
        """The whole scale: the band within which the measurement cannot tell, then and now."""
        look = theme.current()
        before, now = row.caseworker_before, row.caseworker_now
        middle = box.center().y()
        if before is not None and row.margin is not None:
            left, right = self._x(before - row.margin), self._x(before + row.margin)
            height = look.px(16)
            painter.fillRect(QRectF(left, middle - height / 2, right - left, height), look.colour("band"))
            for edge in (left, right):
                painter.fillRect(QRectF(edge, middle - height / 2, 1, height), look.colour("band-edge"))
            painter.setPen(QPen(look.colour("text"), 1.5))
            painter.drawLine(
                QPointF(self._x(before), middle - height / 2), QPointF(self._x(before), middle + height / 2)
            )
        if now is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("text"))
            painter.drawEllipse(QPointF(self._x(now), middle), look.px(5), look.px(5))

    def _paint_dumbbells(self, painter: QPainter, row: Moved, box: QRect) -> None:
        look = theme.current()
        shift = look.px(6)
        both = row.caseworker_now is not None and row.citizen_now is not None
        for before, now, token, offset in (
            (row.caseworker_before, row.caseworker_now, "cw", -shift),
            (row.citizen_before, row.citizen_now, "ci", shift),
        ):
            rated = now is not None or before is not None
            if rated:
                middle = box.center().y() + (offset if both or self._other_rated(row, token) else 0)
                self._paint_pair(painter, before, now, token, middle, bool(row.measurable))

    @staticmethod
    def _other_rated(row: Moved, token: str) -> bool:
        other = (row.citizen_before, row.citizen_now) if token == "cw" else (row.caseworker_before, row.caseworker_now)
        return any(value is not None for value in other)

    def _paint_pair(
        self,
        painter: QPainter,
        before: float | None,
        now: float | None,
        token: str,
        middle: float,
        measured: bool,
    ) -> None:
        look = theme.current()
        colour = look.colour(token)
        if before is not None and now is not None and before != now:
            style = Qt.PenStyle.SolidLine if measured else Qt.PenStyle.DotLine
            painter.setPen(QPen(colour, look.px(4) if measured else 1.6, style))
            painter.drawLine(QPointF(self._x(before), middle), QPointF(self._x(now), middle))
        if before is not None and before != now:
            hollow = token if now is not None else "text-3"
            mark(painter, QPointF(self._x(before), middle), token, look.colour(hollow), look.colour("bg"))
        if now is not None:
            mark(painter, QPointF(self._x(now), middle), token, colour, colour)

    def _text(self, painter: QPainter, rect: QRect, text: str, kind: str, token: str, flags: int) -> QRect:
        look = theme.current()
        painter.setFont(look.font(kind))
        painter.setPen(look.colour(token))
        return painter.drawText(rect, flags, text)


def _fit(text: str, kind: str, width: int) -> str:
    metrics = QFontMetrics(theme.current().font(kind))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))


def mark(painter: QPainter, at: QPointF, token: str, line: QColor, fill: QColor) -> None:
    """The mark of a rater: a circle for the caseworker ("cw"), a diamond for the citizen ("ci")."""
    radius = theme.current().px(4.5)
    painter.setPen(QPen(line, 1.75))
    painter.setBrush(fill)
    if token == "cw":
        painter.drawEllipse(at, radius, radius)
        return
    reach = radius * 1.25
    painter.drawPolygon(
        QPolygonF([at + QPointF(0, -reach), at + QPointF(reach, 0), at + QPointF(0, reach), at + QPointF(-reach, 0)])
    )
