"""One row of the scoring sheet: an indicator and its steps as a group of choices, painted as one widget.

One tab stop per row. The row takes mouse and focus; keys go to the sheet, which holds the state. To a screen reader
the row is a named group whose description is its answer, the question and its place.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from progression.casework.values import DECLINED, NOT_RATED, Answer
from progression.scales.model import Indicator
from progression.ui import theme
from progression.ui.conversation import scoring_ink as ink
from progression.ui.conversation.scoring_columns import (
    LOCK,
    MARGIN,
    NOTE_BELOW,
    WRAP,
    Columns,
    OpenList,
    focus_name,
    list_indent,
    lock_beside,
    name_width,
    open_list,
    shown_text,
    word_height,
)
from progression.ui.conversation.scoring_spoken import SpokenCells
from progression.ui.conversation.scoring_state import Scoring, answer_text
from progression.ui.kit import picture
from progression.ui.kit.accessible import group
from progression.words import Words


@group
class ScoreRow(QWidget):
    """A painted row. `picked(row, answer)` when a cell is clicked; `entered(row)` when a person goes to the row;
    `strayed` when the window itself put the focus on a row nobody was in (it does so when it comes to the front)."""

    picked = Signal(int, object)
    entered = Signal(int)
    strayed = Signal()

    def __init__(self, index: int, state: Scoring, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.index = index
        self._state = state
        self._words = words
        self._columns: Columns | None = None
        self._hover: Answer | None = None
        self.spoken = SpokenCells(self, self.indicator, words, lambda answer: self.picked.emit(index, answer))
        self.setMouseTracking(True)
        self.setProperty("ownFocus", True)  # the ring stands round the steps, not round the row
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click is read before the focus moves the cells
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, True)
        self.describe()

    @property
    def indicator(self) -> Indicator:
        """The indicator of this row."""
        return self._state.rows[self.index]

    @property
    def focused(self) -> bool:
        """Whether this is the row in focus, which shows its texts."""
        return self._state.row == self.index

    def place(self, columns: Columns, top: int, height: int) -> None:
        """Put the row on the sheet."""
        self._columns = columns
        self.setGeometry(0, top, columns.width, height)
        if self.spoken.buttons:
            self.spoken.place(self.step_cells(), self.other_cells())
        self.update()

    def describe(self) -> None:
        """Say to a screen reader what stands in the row now."""
        self.spoken.describe(self._state)
        w, code = self._words, self.indicator.code
        said = [answer_text(w, self._state, self._state.answer(code))]
        earlier = self._state.earlier(code)
        if earlier is not None:
            said.append(w.t("earlier answer {answer}", answer=answer_text(w, self._state, earlier)))
        if self._state.note(code):
            said.append(w.t("note: {text}", text=self._state.note(code)))
        said.append(shown_text(self.indicator, self._state.sheet.rater, w))
        self.setAccessibleName(
            w.t(
                "{indicator}, row {row} of {rows}",
                indicator=w.pick(self.indicator.name),
                row=self.index + 1,
                rows=len(self._state.rows),
            )
        )
        told = ". ".join(part.rstrip(".") for part in said if part)
        self.setAccessibleDescription(told if told.endswith(("?", "!")) else told + ".")

    # mouse and focus

    def _cell_at(self, point: QPoint) -> Answer | None:
        """The answer under a point; None beside the cells."""
        cols = self._columns
        if cols is None:
            return None
        for index, cell in enumerate(self.step_cells()):
            if cell.contains(point):
                return self._state.sheet.scale.minimum + index
        upper, lower = self.other_cells()
        if upper.contains(point):
            return NOT_RATED
        return DECLINED if self.focused and lower.contains(point) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        answer = self._cell_at(event.position().toPoint())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if answer is not None:
            self.picked.emit(self.index, answer)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._cell_at(event.position().toPoint())
        if hover != self._hover:
            self._hover = hover
            self.setCursor(Qt.CursorShape.ArrowCursor if hover is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_itself = event.reason() in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        )
        if by_itself and not self.focused:
            self.strayed.emit()
        else:
            self.entered.emit(self.index)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # geometry

    def _cells(self) -> tuple[int, int]:
        """Top and height of the cells within the row."""
        look = theme.current()
        assert self._columns is not None
        if self._columns.listed:
            return self.height() - look.px(32) - 8, look.px(32)
        if self.focused:
            return 12, self.height() - 1 - 24 - (look.px(NOTE_BELOW) if self._columns.stacked else 0)
        height = min(look.px(32), self.height() - 9)
        return (self.height() - 1 - height) // 2, height

    def _listed(self) -> OpenList | None:
        """The cells of the row in focus where they stand in a list, None elsewhere."""
        cols, sheet = self._columns, self._state.sheet
        if cols is None or not cols.listed or not self.focused:
            return None
        return open_list(self.indicator, sheet.scale, sheet.rater, cols, theme.current(), self._words)

    def step_cells(self) -> tuple[QRect, ...]:
        """The cell of each step, in the row's own coordinates."""
        listed = self._listed()
        if listed is not None:
            return listed.steps
        assert self._columns is not None
        return tuple(self._columns.step_rect(index, *self._cells()) for index in range(self._columns.steps))

    def other_cells(self) -> tuple[QRect, QRect]:
        """The cell of "ikke vurderet" and, in the row in focus, the one of "ønsker ikke at svare"."""
        listed = self._listed()
        if listed is not None:
            return listed.zero, listed.decline
        assert self._columns is not None
        top, height = self._cells()
        whole = self._columns.zero_rect(top, height)
        if not self.focused:
            return whole, QRect()
        half = (height - 6) // 2
        lower = QRect(whole.left(), top + height - half, whole.width(), half)
        return QRect(whole.left(), top, whole.width(), half), lower

    def note_rect(self) -> QRect:
        """Where the note of the row in focus is written, in the row's own coordinates."""
        assert self._columns is not None
        cols, look = self._columns, theme.current()
        if cols.stacked:
            top = self.height() - look.px(NOTE_BELOW) - 6
            return QRect(cols.note_left, top, cols.right - cols.note_left - 12, look.px(80))
        return QRect(cols.note_left, 12, cols.right - cols.note_left - 12, self.height() - 25)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._columns is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("bg"))
        inner = QRect(MARGIN, 0, self._columns.right - MARGIN, self.height() - 1)
        if self.focused:
            painter.fillRect(inner, look.colour("accent-tint"))
            painter.fillRect(QRect(inner.left() - 3, 0, 3, self.height() - 1), look.colour("accent"))
        painter.fillRect(QRect(inner.left(), self.height() - 1, inner.width(), 1), look.colour("line"))
        self._paint_name(painter)
        self._paint_steps(painter)
        self._paint_zero(painter)
        if not self.focused:
            self._paint_note(painter)
        painter.end()

    def _paint_name(self, painter: QPainter) -> None:
        assert self._columns is not None
        look, w, cols = theme.current(), self._words, self._columns
        left, width = MARGIN + 16, name_width(cols, look)
        answered = self._state.answer(self.indicator.code) is not None
        name = w.pick(self.indicator.name)
        text_left = left + look.px(20)
        if not self.focused:
            tall = look.px(32) if cols.listed else self.height() - 1
            band = QRect(left, 0, look.px(20), tall)
            ink.text(painter, band, str(self.index + 1), "small", "text-3")
            rect = QRect(text_left, 0, width, tall)
            short = ink.fits(name, "name", width - (look.px(LOCK) if self._locked else 0))
            shown = name if short else w.pick(self.indicator.short_name)
            kind, tone = ("name", "text") if answered else ("body", "text-2")
            used = ink.text(painter, rect, shown, kind, tone, ink.LEFT | int(Qt.TextFlag.TextWordWrap))
            self._paint_lock(painter, used.right() + 8, rect.center().y())
            return
        painter.setFont(look.font("h3"))
        top = 14
        ink.text(
            painter,
            QRect(left, top + look.px(2), look.px(20), 40),
            str(self.index + 1),
            "small",
            "text-3",
            WRAP,
        )
        name = focus_name(self.indicator, cols, look, w)
        beside = lock_beside(name, cols, look)
        room = width - (look.px(LOCK) if self._locked and beside else 0)  # beside the name, never on it
        used = ink.text(painter, QRect(text_left, top, room, self.height()), name, "h3", "text", WRAP)
        lock = (used.right() + 8, used.top() + look.px(10)) if beside else (left, top + look.px(30))
        self._paint_lock(painter, *lock)
        asked = shown_text(self.indicator, self._state.sheet.rater, w)
        rest = QRect(text_left, used.bottom() + 6, width, self.height() - used.bottom())
        ink.text(painter, rest, asked, "dense", "text-2", WRAP)

    @property
    def _locked(self) -> bool:
        return not self.indicator.shown_to_citizen

    def _paint_lock(self, painter: QPainter, left: int, middle: int) -> None:
        if self._locked:
            assert self._columns is not None
            size = theme.current().px(14)
            if not self._columns.listed:
                left = min(left, self._columns.steps_left - size - 4)
            painter.drawPixmap(QRect(left, middle - size // 2, size, size), picture("lock", "text-3", 14))

    def _paint_steps(self, painter: QPainter) -> None:
        assert self._columns is not None
        look, cells = theme.current(), self.step_cells()
        whole = QRectF(cells[0].united(cells[-1])).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("line-2"), 1))
        painter.setBrush(look.colour("bg"))
        painter.drawRoundedRect(whole, 4, 4)
        answer = self._state.answer(self.indicator.code)
        for index, cell in enumerate(cells):
            self._paint_step(painter, cell, self._state.sheet.scale.minimum + index, answer)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(-3, -3, 3, 3), 6, 6)

    def _paint_step(self, painter: QPainter, cell: QRect, step: int, answer: Answer | None) -> None:
        look = theme.current()
        chosen = answer == step
        inside = cell.adjusted(1, 1, 0 if cell.right() < self._right_of_steps() else -1, -1)
        first = step == self._state.sheet.scale.minimum
        if chosen:
            painter.fillRect(inside, look.colour("accent"))
        elif self._hover == step:
            painter.fillRect(inside, look.colour("bg-3" if not self.focused else "bg-2"))
        listed = self._columns is not None and self._columns.listed and self.focused
        if not first and listed:
            painter.fillRect(QRect(cell.left() + 1, cell.top(), cell.width() - 2, 1), look.colour("line-2"))
        elif not first:
            painter.fillRect(QRect(cell.left(), cell.top() + 1, 1, cell.height() - 2), look.colour("line-2"))
        word = self._words.pick(self._state.sheet.scale.word(step, self._state.sheet.rater))
        if listed:
            self._paint_listed_step(painter, cell, step, word, chosen)
        elif self.focused:
            self._paint_open_step(painter, cell, step, word, chosen)
        else:
            self._paint_closed_step(painter, cell, step, word, answer)
        if self._state.earlier(self.indicator.code) == step:
            self._paint_ring(painter, cell, "on-accent" if chosen else "text-2")

    def _right_of_steps(self) -> int:
        assert self._columns is not None
        return self._columns.steps_left + self._columns.steps_width - 1

    def _paint_open_step(self, painter: QPainter, cell: QRect, step: int, word: str, chosen: bool) -> None:
        """A step of the row in focus: number, word and what the step looks like for this indicator."""
        look = theme.current()
        left, width = cell.left() + 10, cell.width() - 14
        number = QRect(left, cell.top() + look.px(9), look.px(20), look.px(22))
        ink.text(painter, number, str(step), "h2", "on-accent" if chosen else "accent")
        sheet = self._state.sheet
        assert self._columns is not None
        tall = word_height(sheet.scale, sheet.rater, self._columns, look, self._words)
        room = QRect(left + look.px(18), number.top() + look.px(4), width - look.px(18), tall)
        ink.text(painter, room, word, "small-strong", "on-accent" if chosen else "text", WRAP)
        text = self._words.pick(self.indicator.step_text(step))
        top = cell.top() + look.px(16) + tall
        body = QRect(left, top, width, cell.bottom() - top)
        ink.text(painter, body, text, "small", "on-accent" if chosen else "text-2", WRAP)

    def _paint_listed_step(self, painter: QPainter, cell: QRect, step: int, word: str, chosen: bool) -> None:
        """The same as one line of a list: number, word, and its text below the word."""
        look = theme.current()
        number = QRect(cell.left() + 10, cell.top() + 6, look.px(20), look.px(22))
        ink.text(painter, number, str(step), "h2", "on-accent" if chosen else "accent")
        left = cell.left() + list_indent(look)
        room = QRect(left, cell.top() + 8, cell.right() - 10 - left, cell.height())
        used = ink.text(painter, room, word, "small-strong", "on-accent" if chosen else "text", WRAP)
        body = QRect(left, used.bottom() + 2, room.width(), cell.bottom() - used.bottom())
        text = self._words.pick(self.indicator.step_text(step))
        ink.text(painter, body, text, "small", "on-accent" if chosen else "text-2", WRAP)

    def _paint_closed_step(self, painter: QPainter, cell: QRect, step: int, word: str, answer: Answer | None) -> None:
        look = theme.current()
        chosen = answer == step
        rect = cell.adjusted(10, 0, 0, 0)
        tone = "on-accent" if chosen else "text" if answer is None else "text-3"
        ink.text(painter, rect, str(step), "name" if chosen else "body", tone)
        if chosen:
            ring = look.px(24) if self._state.earlier(self.indicator.code) == step else 4
            room = cell.adjusted(10 + look.px(15), 0, -ring, 0)
            if ink.fits(word, "small-medium", room.width()):  # the same word stands in the head
                ink.text(painter, room, word, "small-medium", tone)

    def _paint_ring(self, painter: QPainter, cell: QRect, token: str) -> None:
        """The earlier answer: a ring at the right of its step."""
        look = theme.current()
        middle = cell.bottom() - look.px(12) if self.focused else cell.center().y() + 1
        ink.ring(painter, QPointF(cell.right() - look.px(12), middle), token)

    def _paint_zero(self, painter: QPainter) -> None:
        look, w = theme.current(), self._words
        answer = self._state.answer(self.indicator.code)
        upper, lower = self.other_cells()
        if self.focused:
            self._paint_other(painter, upper, "0", w.t("Not rated"), answer == NOT_RATED, NOT_RATED)
            self._paint_other(painter, lower, "U", w.t("Does not wish to answer"), answer == DECLINED, DECLINED)
            return
        declined = answer == DECLINED
        chosen = declined or answer == NOT_RATED
        ink.box(painter, upper, chosen, self._hover == NOT_RATED)
        rect = upper.adjusted(10, 0, 0, 0)
        tone = "bg" if chosen else "text-3"
        ink.text(painter, rect, "U" if declined else "0", "name" if chosen else "body", tone)
        fits = self._columns is not None and not self._columns.listed
        if chosen and fits:
            word = w.tc("scoring cell", "declined") if declined else w.tc("scoring cell", "not rated")
            ink.text(painter, rect.adjusted(look.px(15), 0, 0, 0), word, "small-medium", tone)

    def _paint_other(self, painter: QPainter, rect: QRect, key: str, text: str, chosen: bool, value: Answer) -> None:
        look = theme.current()
        ink.box(painter, rect, chosen, self._hover == value)
        inner = rect.adjusted(8, 0, -4, 0)
        ink.text(painter, inner, key, "name", "bg" if chosen else "accent")
        room = inner.adjusted(look.px(15), 0, 0, 0)
        flags = ink.LEFT | int(Qt.TextFlag.TextWordWrap)
        ink.text(painter, room, text, "hint", "bg" if chosen else "text-2", flags)

    def _paint_note(self, painter: QPainter) -> None:
        """The note of a row that is not in focus: an icon and its first words."""
        assert self._columns is not None
        look, cols = theme.current(), self._columns
        note = self._state.note(self.indicator.code)
        if not note or cols.stacked:
            return
        size = look.px(16)
        middle = (self.height() - 1) // 2
        painter.drawPixmap(QRect(cols.note_left, middle - size // 2, size, size), picture("sticky-note", "accent", 16))
        rect = QRect(cols.note_left + size + 6, 0, cols.right - cols.note_left - size - 10, self.height() - 1)
        painter.setFont(look.font("small"))
        first = painter.fontMetrics().elidedText(
            note[:300].replace("\n", " "), Qt.TextElideMode.ElideRight, rect.width()
        )
        ink.text(painter, rect, first, "small", "text-2")
