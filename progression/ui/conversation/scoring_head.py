"""The head of the scoring sheet: every step with its word, and what the ring means."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from progression.ui import theme
from progression.ui.conversation.scoring_columns import MARGIN, Columns, strong
from progression.ui.conversation.scoring_state import Scoring
from progression.ui.kit.accessible import graphic
from progression.words import Words

_BOTTOM = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)


@graphic
class ScoreHead(QWidget):
    """Painted; the rows say the same words to a screen reader, so the head is only for the eye."""

    def __init__(self, state: Scoring, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self._words = words
        self._columns: Columns | None = None
        self.setAccessibleName(words.t("What the steps mean"))

    def needed(self, columns: Columns) -> int:
        """The height that shows every word whole, at least 30 px at 100 %."""
        look = theme.current()
        if columns.listed:  # the row in focus says every word in its list
            return look.px(30)
        metrics = QFontMetrics(look.font("small"))
        tallest = max(
            metrics.boundingRect(QRect(0, 0, max(24, width), 1000), _BOTTOM, text).height()
            for text, width in self._texts(columns)
        )
        return max(look.px(30), tallest + look.px(14))

    def place(self, columns: Columns, height: int) -> None:
        """Put the head on top of the sheet."""
        self._columns = columns
        self.setGeometry(0, 0, columns.width, height)
        self.update()

    def _texts(self, columns: Columns) -> list[tuple[str, int]]:
        scale, rater = self._state.sheet.scale, self._state.sheet.rater
        room = columns.step - 14 - theme.current().px(14)
        texts = [(self._words.pick(scale.word(s, rater)), room) for s in self._steps()]
        return [
            *texts,
            (self._words.t("not rated"), columns.zero - theme.current().px(14) - (14 if columns.stacked else 0)),
        ]

    def _steps(self) -> range:
        scale = self._state.sheet.scale
        return range(scale.minimum, scale.maximum + 1)

    def ring_text(self) -> str:
        """What the ring stands for, "" while no earlier answer can show."""
        previous = self._state.sheet.previous
        if previous is None:
            return ""
        day = self._day(previous.date)
        if self._state.sheet.rater == "citizen":
            return self._words.t("answer {day}", day=day)
        return self._words.t("your answer {day}", day=day)

    def _day(self, day: date) -> str:
        same_year = day.year == self._state.entry.day.year
        return self._words.short_day_month(day) if same_year else self._words.short_date(day)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._columns is None:
            return
        look, cols = theme.current(), self._columns
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = self.height() - look.px(8)
        texts = self._texts(cols)
        self._text(painter, QRect(MARGIN, 0, cols.name, bottom), self._words.t("Indicator"), "text-3")
        for index, step in enumerate(() if cols.listed else self._steps()):
            cell = cols.step_rect(index, 0, bottom).adjusted(10, 0, 0, 0)
            self._numbered(painter, cell, str(step), texts[index][0])
        if not cols.listed:
            zero = cols.zero_rect(0, bottom).adjusted(10, 0, 0 if cols.stacked else 14, 0)  # on into the notes' column
            self._numbered(painter, zero, "0", texts[-1][0])
        if cols.listed or not cols.stacked:
            room = cols.note_left if not cols.stacked else cols.right // 2
            self._legend(painter, QRect(room, 0, cols.right - room, bottom))
        painter.fillRect(QRect(MARGIN, self.height() - 1, cols.right - MARGIN, 1), look.colour("line-2"))
        painter.end()

    def _numbered(self, painter: QPainter, cell: QRect, number: str, word: str) -> None:
        place, beside = self.places(cell, word)
        self._text(painter, place, number, "text", medium=True)
        self._text(painter, beside, word, "text-3")

    @staticmethod
    def places(cell: QRect, word: str) -> tuple[QRect, QRect]:
        """Where number and word stand, both on the foot of their place: the number by the word's first line."""
        look = theme.current()
        beside = cell.adjusted(look.px(14), 0, -4, 0)
        metrics = QFontMetrics(look.font("small"))
        further = metrics.boundingRect(beside, _BOTTOM, word).height() - metrics.height()
        return cell.adjusted(0, 0, 0, -max(0, further)), beside

    def _legend(self, painter: QPainter, room: QRect) -> None:
        text = self.ring_text()
        if not text:
            return
        look = theme.current()
        metrics = QFontMetrics(look.font("small"))
        width, size = metrics.horizontalAdvance(text), look.px(8)
        left = max(room.left() + size + 8, room.right() - width)
        self._text(painter, QRect(left, 0, width + 2, room.bottom()), text, "text-3")
        middle = room.bottom() - metrics.height() / 2 + 1
        painter.setPen(QPen(look.colour("text-2"), 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(left - size - 7, middle - size / 2, size, size))

    def _text(self, painter: QPainter, rect: QRect, text: str, token: str, *, medium: bool = False) -> None:
        look = theme.current()
        painter.setFont(strong(look, "small", "name") if medium else look.font("small"))
        painter.setPen(look.colour(token))
        painter.drawText(rect, _BOTTOM, text)
