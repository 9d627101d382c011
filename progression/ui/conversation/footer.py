"""The foot of the conversation page: the notes of the conversation as a whole, the keys, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import theme
from progression.ui.conversation.scoring_note import LONGEST, SHOWN, shortened
from progression.ui.conversation.scoring_state import Scoring
from progression.ui.kit import button, label, row, rule
from progression.words import Words


class NoteStrip(QWidget):
    """The note to the conversation as a whole, beside what was noted last time. `refused(count)`: a text of so many
    characters was not taken in."""

    typed = Signal(str)
    refused = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.caption = label("", "small", "text-2")
        self.field = QLineEdit()
        self.field.setMaxLength(100 * LONGEST)  # Qt would cut in silence; `_edited` takes in all or nothing
        self._taken = ""
        self.field.setClearButtonEnabled(False)
        self.caption.setBuddy(self.field)
        self.last = _Elided()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.caption)
        box.addWidget(self.field, 5)
        box.addWidget(self.last, 4)
        self.field.textEdited.connect(self._edited)

    def _edited(self, text: str) -> None:
        more = len(text) - len(self._taken)
        if len(text) > LONGEST and more > 0:
            at = max(0, self.field.cursorPosition() - more)
            self.field.setText(self._taken)
            self.field.setCursorPosition(at)
            self.refused.emit(more)
            return
        self._taken = text
        self.typed.emit(text)

    def retranslate(self, w: Words) -> None:
        self.caption.setText(w.t("Note on the conversation"))
        self.field.setAccessibleName(w.t("Note on the conversation"))
        self.field.setAccessibleDescription(w.t("The citizen can read the note."))
        self.say_placeholder(w)

    def say_placeholder(self, w: Words) -> None:
        """What stands in the empty field; it names the field where there is no room for the caption."""
        alone = self.caption.isHidden()
        text = (
            w.t("Note on the conversation. The citizen can read it.")
            if alone
            else w.t("The citizen can read the note.")
        )
        self.field.setPlaceholderText(text)

    def show_state(self, state: Scoring, w: Words) -> None:
        """Show the note of this sheet and the notes of the last conversations (all of them on hover and aloud)."""
        if self.field.text() != state.entry.note:
            self.field.setText(state.entry.note)
        self._taken = state.entry.note
        notes = [
            w.t("{day}: “{text}”", day=w.short_date(day), text=shortened(text, SHOWN))
            for day, text in state.sheet.last_notes
        ]
        self.last.say(w.t("Last time, {notes}", notes=notes[0]) if notes else "", "\n".join(notes))


class _Elided(QLabel):
    """One line that ends in … where there is no room; the whole text on hover and to a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "small")
        self.setProperty("tone", "text-2")
        self.setMinimumWidth(40)
        self._whole = ""

    def say(self, text: str, more: str) -> None:
        self._whole = text
        self.setVisible(bool(text))
        self.setToolTip(more)
        self.setAccessibleName(more or text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)


class KeyHints(QWidget):
    """The keys of the sheet, as many as there is room for, the most used first."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[QWidget] = []
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(20)
        self.setMinimumWidth(10)

    def retranslate(self, w: Words) -> None:
        for group in self._groups:
            self._box.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._groups.clear()
        while self._box.count():
            self._box.takeAt(0)
        hints = (
            (("1", "–", "5"), w.t("score and go on")),
            (("0",), w.t("not rated")),
            (("U",), w.t("does not wish to answer")),
            (("↑", "↓"), w.t("change row")),
            (("N",), w.tc("key hint", "note")),
            (("Backspace",), w.t("clear")),
            (("Ctrl+Z",), w.t("undo")),
        )
        for keys, text in hints:
            group = QWidget(self)
            parts = [_key(key) if key != "–" else label(key, "dense", "text-2") for key in keys]
            group.setLayout(row(*parts, label(text, "dense", "text-2"), spacing=6))
            self._box.addWidget(group)
            self._groups.append(group)
        self._box.addStretch()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        left = self.width()
        for group in self._groups:
            left -= group.sizeHint().width() + 20
            group.setVisible(left + 20 >= 0)


def _key(text: str) -> QLabel:
    made = label(text, "small")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    look = theme.current()
    made.setStyleSheet(
        f"border: 1px solid {look.hex('line-2')}; border-radius: 3px; background: {look.hex('bg')};"
        f"padding: 0 {look.px(6)}px;"
    )
    return made


class ConversationFooter(QWidget):
    """Notes, keys and buttons. `finish_asked`, `citizen_side_asked`, `not_today_asked`, `close_asked`."""

    finish_asked = Signal()
    not_today_asked = Signal()
    citizen_side_asked = Signal()
    close_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")  # the tint and the line above of the status bar
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.strip, self.hints = NoteStrip(), KeyHints()
        self.close_button = button("", "quiet")
        self.not_today_button = button("")
        self.not_today_button.setMinimumWidth(1)  # it gives way on a narrow window; the menu and Ctrl+K have it too
        self.side_button = button("", icon="panel-right")
        self.finish_button = button("", "primary")
        self._buttons = (self.close_button, self.not_today_button, self.side_button, self.finish_button)
        for made in self._buttons:
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.not_today_button.clicked.connect(self.not_today_asked)
        self.finish_button.clicked.connect(self.finish_asked)
        self.side_button.clicked.connect(self.citizen_side_asked)
        self.close_button.clicked.connect(self.close_asked)
        self._above = QWidget()
        self._above_box = QVBoxLayout(self._above)
        self._above_box.setContentsMargins(24, 6, 24, 6)
        self._above_box.addWidget(self.strip)
        self._line = QHBoxLayout()
        self._line.setContentsMargins(24, 8, 24, 8)
        self._line.setSpacing(8)
        self._line.addWidget(self.hints, 1)
        for made in self._buttons:
            self._line.addWidget(made)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._above)
        self._rule = rule()
        box.addWidget(self._rule)
        box.addLayout(self._line)
        self._compact = False
        self._words = Words()

    def set_compact(self, compact: bool) -> None:
        """On a low window the notes take the place of the keys, which F1 lists."""
        if compact == self._compact:
            return
        self._compact = compact
        self.hints.setVisible(not compact)
        self.strip.caption.setVisible(not compact)
        self.strip.say_placeholder(self._words)
        self._above.setVisible(not compact)
        self._rule.setVisible(not compact)
        if compact:
            self._line.insertWidget(0, self.strip, 1)
        else:
            self._above_box.addWidget(self.strip)
        self.strip.show()

    def retranslate(self, w: Words) -> None:
        """Set the texts."""
        self._words = w
        self.strip.retranslate(w)
        self.hints.retranslate(w)
        self.finish_button.setText(w.t("Finish (Ctrl+Enter)"))
        self.finish_button.setAccessibleName(w.t("Finish the assessment"))
        self.side_button.setText(w.t("Citizen's side"))
        self.side_button.setAccessibleName(w.t("Citizen's side"))
        self.side_button.setToolTip(w.t("One question at a time on the whole screen, for the citizen to answer"))
        self.not_today_button.setText(w.t("Not today"))
        self.not_today_button.setAccessibleName(w.t("Not today: put off the conversation"))
        self.not_today_button.setToolTip(w.t("Say why, and choose another day"))
        self.close_button.setText(w.t("Close without correcting"))
        self.close_button.setAccessibleName(w.t("Close without correcting"))

    def show_state(self, state: Scoring, w: Words) -> None:
        """Show the notes and the ways on that this sheet has."""
        self.strip.show_state(state, w)
        self.close_button.setVisible(state.sheet.corrects is not None)
        self.side_button.setVisible(state.sheet.corrects is None)
        self._fit(state.sheet.corrects is None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.side_button.isVisibleTo(self))

    def _fit(self, offered: bool) -> None:
        shown = [made for made in self._buttons if made is self.not_today_button or made.isVisibleTo(self)]
        needed = sum(made.sizeHint().width() + self._line.spacing() for made in shown)
        note = theme.current().px(140) if self._compact else 0
        self.not_today_button.setVisible(offered and 48 + needed + note <= self.width())
