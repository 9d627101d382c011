"""The note of the row in focus: a button that opens it, the field itself, and what was written last time."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from progression.ui.kit import button, wrapped
from progression.words import Words

LONGEST = 20_000  # characters of a note; a longer text is not taken in at all, rather than cut
SHOWN = 300  # characters of an earlier note; all of it on hover


class NoteField(QPlainTextEdit):
    """Plain text; Enter and Esc go back to the row, since everything typed is kept already."""

    left = Signal()
    refused = Signal(int)  # how many characters were not taken in

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in what was pasted or dropped, whole or not at all."""
        new, chosen = len(source.text()), len(self.textCursor().selectedText())
        now = self.document().characterCount() - 1
        if now - chosen + new > LONGEST and new > chosen:
            self.refused.emit(new)
            return
        super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.left.emit()
                return
            event.ignore()
            return
        full = self.document().characterCount() > LONGEST and not self.textCursor().hasSelection()
        if full and event.text() and event.text().isprintable():
            self.refused.emit(1)
            return
        super().keyPressEvent(event)


class RowNote(QWidget):
    """What stands at the right of the row in focus. `typed(text)` at every letter; `done` when the row takes over."""

    typed = Signal(str)
    done = Signal()
    refused = Signal(int)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._silent = False
        self.open = button("", small=True, icon="sticky-note")
        self.open.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # N opens it; the row stays the only tab stop
        self.field = NoteField()
        self.hint = wrapped("", "small", "text-3")
        self.earlier = wrapped("", "small", "text-2")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.field, 1)
        box.addWidget(self.hint)
        box.addWidget(self.earlier)
        box.addStretch()
        self.open.clicked.connect(self.begin)
        self.field.left.connect(self._finish)
        self.field.refused.connect(self.refused)
        self.field.textChanged.connect(self._typed)
        self.translate(words)

    def translate(self, words: Words) -> None:
        """Set the texts that do not depend on the row."""
        self._words = words
        self.open.setText(words.t("Write note  N"))
        self.open.setAccessibleName(words.t("Write a note to this row"))
        self.hint.setText(words.t("The citizen can read the note."))
        self.field.setAccessibleName(words.t("Note to the row"))
        self.field.setAccessibleDescription(words.t("The citizen can read the note."))

    @property
    def writing(self) -> bool:
        """Whether the field has the keys."""
        return self.field.hasFocus()

    def show_for(self, name: str, text: str, earlier: str) -> None:
        """Show the note of another row. `earlier` is a finished sentence, "" without one."""
        self._silent = True
        if self.field.toPlainText() != text:
            self.field.setPlainText(text)
        self._silent = False
        self.field.setAccessibleName(self._words.t("Note to {indicator}", indicator=name))
        self.field.setVisible(bool(text) or self.writing)
        self.open.setVisible(not self.field.isVisibleTo(self))
        self.earlier.setText(shortened(earlier, SHOWN))
        self.earlier.setToolTip(shortened(earlier, 10 * SHOWN) if len(earlier) > SHOWN else "")
        self.earlier.setVisible(bool(earlier))

    def begin(self) -> None:
        """Open the field and write."""
        self.field.setVisible(True)
        self.open.setVisible(False)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        cursor = self.field.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.field.setTextCursor(cursor)

    def _finish(self) -> None:
        self.done.emit()

    def _typed(self) -> None:
        if self._silent:
            return
        self.typed.emit(self.field.toPlainText())


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` characters, with … where something is left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def refusal(words: Words, count: int) -> str:
    """What is said when a text was not taken in."""
    most = words.number(LONGEST, 0)
    if count == 1:
        return words.t("The note is full: it can hold {most} characters.", most=most)
    return words.t(
        "The text of {n} characters was not put in, since a note can hold {most}. Nothing was cut: it still stands "
        "where you took it from.",
        n=words.number(count, 0),
        most=most,
    )


def quoted(words: Words, day: str, text: str) -> str:
    """An earlier note with its date, as a sentence for the eye."""
    return words.t("{day}: “{text}”", day=day, text=text)
