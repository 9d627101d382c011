"""The scoring sheet: every indicator of the rater on one screen, scored from the keyboard.

    1-5 score and move on    0 not assessed    U does not wish to answer    arrows    Backspace    N note

The sheet owns the painted rows and turns keys into calls on its `Scoring`. It says `changed` after every change of what
is entered, so that the page can keep it; it knows nothing of vaults and drafts.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from progression.casework.values import DECLINED, NOT_RATED, Answer
from progression.ui import theme
from progression.ui.conversation.scoring_columns import Columns, columns, focus_height, row_heights
from progression.ui.conversation.scoring_head import ScoreHead
from progression.ui.conversation.scoring_note import RowNote, quoted
from progression.ui.conversation.scoring_row import ScoreRow
from progression.ui.conversation.scoring_state import Scoring, answer_text
from progression.words import Words

_PLAIN = Qt.KeyboardModifier.NoModifier
_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


class ScoreSheet(QWidget):
    """All rows. `changed`: something was entered; `moved`: another row is in focus; `said(text)`: to be read aloud."""

    changed = Signal()
    moved = Signal()
    said = Signal(str)

    def __init__(self, state: Scoring, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self._words = words
        self._columns: Columns | None = None
        self._followed = False  # the area it stands in tells when its range is another
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.t("Answers"))
        self.head = ScoreHead(state, words, self)
        self.rows = [ScoreRow(index, state, words, self) for index in range(len(state.rows))]
        self.note = RowNote(words, self)
        for row in self.rows:
            row.picked.connect(self._pick)
            row.entered.connect(self._enter)
            row.strayed.connect(self.focus_row)
        self.note.typed.connect(self._note_typed)
        self.note.done.connect(self.focus_row)
        self._show_note()

    # geometry

    def relayout(self) -> None:
        """Place head and rows for the width and height at hand; nothing is cut, the sheet scrolls where it must."""
        if not self.rows or self.width() < 200:
            return
        look = theme.current()
        cols = columns(self.width(), self.state.sheet.scale, look)
        head = self.head.needed(cols)
        tall = focus_height(self.state.sheet.scale, self.state.sheet.rater, cols, look, self._words)
        height, low = row_heights(self.height() - head, len(self.rows), tall, look, cols.listed)
        need = head + (len(self.rows) - 1) * low + tall
        if self.minimumHeight() != need:
            self.setMinimumHeight(need)
        self._columns = cols
        self.head.place(cols, head)
        top = head
        for row in self.rows:
            this = tall if row.focused else height
            row.place(cols, top, this)
            if row.focused:
                self.note.setGeometry(row.note_rect().translated(0, top))
                self.note.raise_()
            elif QAccessible.isActive() and row.index > self.state.row:
                row.raise_()  # the note is read after its own row, not after the last
            top += this

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relayout()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.relayout()
        return super().event(event)

    # what is shown

    def show_state(self) -> None:
        """Paint and describe everything again after the state was changed."""
        for row in self.rows:
            row.describe()
        self._show_note()
        self.relayout()
        self.update()

    def focus_row(self) -> None:
        """Give the keys to the row in focus and bring it into view."""
        self.rows[self.state.row].setFocus(Qt.FocusReason.OtherFocusReason)
        self.keep_in_view()

    def keep_in_view(self, *_range: int) -> None:
        """Bring the row in focus into view, whoever has the keys."""
        area = self._area()
        if area is not None:
            _bring_into_view(area, self.rows[self.state.row])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        area = self._area()
        if area is not None and not self._followed:  # a notice above, or a larger row, moves what is in view
            self._followed = True
            area.verticalScrollBar().rangeChanged.connect(self.keep_in_view)

    def _area(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above if isinstance(above, QScrollArea) else None

    def _show_note(self) -> None:
        indicator, sheet = self.state.current, self.state.sheet
        earlier = sheet.previous.notes.get(indicator.code, "") if sheet.previous else ""
        day = self._words.short_date(sheet.previous.date) if sheet.previous else ""
        self.note.show_for(
            self._words.pick(indicator.name),
            self.state.note(indicator.code),
            quoted(self._words, day, earlier) if earlier else "",
        )

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.key(event):
            super().keyPressEvent(event)

    def key(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it is not one of the sheet's. A key held down scores once."""
        if event.modifiers() & ~_IGNORED != _PLAIN:
            return False
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key])
            return True
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._move(-len(self.rows) if key == Qt.Key.Key_Home else len(self.rows))
            return True
        act = self._act_of(key)
        if act is None:
            return False
        if not event.isAutoRepeat():
            act()
        return True

    def _act_of(self, key: Qt.Key) -> Callable[[], None] | None:
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            step = int(key) - int(Qt.Key.Key_0)
            known = self.state.sheet.scale.minimum <= step <= self.state.sheet.scale.maximum
            return (lambda: self._score(step)) if known else None
        return {
            Qt.Key.Key_0: lambda: self._score(NOT_RATED),
            Qt.Key.Key_U: lambda: self._score(DECLINED),
            Qt.Key.Key_Backspace: self._clear,
            Qt.Key.Key_Delete: self._clear,
            Qt.Key.Key_N: self.note.begin,
            Qt.Key.Key_Right: lambda: self._nudge(1),
            Qt.Key.Key_Left: lambda: self._nudge(-1),
        }.get(key)

    def _score(self, answer: Answer) -> None:
        name, row = self._words.pick(self.state.current.name), self.state.row
        before = self.state.entry
        if answer == NOT_RATED:
            self.state.not_rated()
        elif answer == DECLINED:
            self.state.decline()
        else:
            assert isinstance(answer, int)
            self.state.score(answer)
        self.said.emit(
            self._words.t("{indicator}: {answer}", indicator=name, answer=answer_text(self._words, self.state, answer))
        )
        self._after(self.state.entry is not before, self.state.row != row)

    def _nudge(self, by: int) -> None:
        if self.state.nudge(by):
            code = self.state.current.code
            self.said.emit(answer_text(self._words, self.state, self.state.answer(code)))
            self._after(True, False)

    def _clear(self) -> None:
        row = self.state.row
        cleared = self.state.clear()
        if cleared:
            self.said.emit(self._words.t("{indicator} cleared", indicator=self._words.pick(self.state.current.name)))
        self._after(cleared, self.state.row != row)

    def undo(self, *, again: bool = False) -> None:
        """Take the last act back, or do again what was taken back last, by name."""
        w = self._words
        code = self.state.redo() if again else self.state.undo()
        if code is None:
            nothing = w.t("Nothing to do again in this conversation"), w.t("Nothing to undo in this conversation")
            self.said.emit(nothing[0] if again else nothing[1])
            return
        what = self._named(code)
        self.said.emit(w.t("Done again: {what}", what=what) if again else w.t("Undone: {what}", what=what))
        self._after(True, True)

    def undo_name(self, *, again: bool = False) -> str:
        """What would be taken back: "score Network"; "" when there is nothing."""
        code = self.state.next_code(again=again)
        return "" if code is None else self._named(code)

    def _named(self, code: str) -> str:
        if not code:
            return self._words.t("the fields")
        name = self._words.pick(self.state.sheet.scale.indicator(code).name)
        return self._words.t("score {indicator}", indicator=name)

    def _move(self, by: int) -> None:
        if self.state.move(by):
            self._after(False, True)

    def _pick(self, row: int, answer: Answer) -> None:
        self.state.go(row)
        self._score(answer)

    def _enter(self, row: int) -> None:
        if self.state.go(row):
            self.show_state()
            self.moved.emit()

    def _note_typed(self, text: str) -> None:
        if self.state.write_note(self.state.current.code, text):
            self.rows[self.state.row].describe()
            self.changed.emit()

    def _after(self, changed: bool, moved: bool) -> None:
        self.show_state()
        self.focus_row()
        if moved:
            self.moved.emit()
        if changed:
            self.changed.emit()


_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def _bring_into_view(area: QScrollArea, row: QWidget) -> None:
    """Scroll as little as shows the whole row; one that is higher than the window begins at its top."""
    inside = area.widget()
    if inside is None:
        return
    layout = inside.layout()
    if layout is not None:
        layout.activate()  # the sheet may just have become higher
    top = row.mapTo(inside, QPoint(0, 0)).y()
    bar, room = area.verticalScrollBar(), area.viewport().height()
    if top < bar.value() or row.height() > room:
        bar.setValue(top)
    elif top + row.height() > bar.value() + room:
        bar.setValue(top + row.height() - room)
