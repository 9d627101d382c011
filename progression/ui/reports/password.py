"""A password on a document that is saved: asked for here, typed twice, kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from progression.desk import documents
from progression.errors import KnownError
from progression.ui import kit
from progression.ui.panels.people import Ticked
from progression.ui.saying import sentence
from progression.words import Words


class PasswordPart(QWidget):
    """A box to tick and two fields. Nothing typed is kept longer than until it is used.

    `ticked`: a password is wanted, or is not any more; `refused`: it cannot be used, and why stands in `fault`.
    """

    ticked = Signal(bool)
    refused = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._head = kit.heading(3)
        self._head.setWordWrap(True)
        self._tick, self._says = Ticked("", gap=2), kit.wrapped("", "small", "text-2")
        self.wanted = self._tick.box
        self.first, self.second = QLineEdit(), QLineEdit()
        self._captions = [kit.wrapped("", "small", "text-2") for _ in range(2)]
        self.fault = kit.wrapped("", "small", "error")
        self._fields = QWidget()
        inside = QVBoxLayout(self._fields)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self._says)
        for caption, field in zip(self._captions, (self.first, self.second), strict=True):
            caption.setBuddy(field)
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textEdited.connect(lambda _text: self._say(""))
            inside.addWidget(caption)
            inside.addWidget(field)
        inside.addWidget(self.fault)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 0, 24, 16)
        box.setSpacing(4)
        for part in (self._head, self._tick, self._fields):
            box.addWidget(part)
        self.fault.hide()
        self._fields.hide()
        self.wanted.toggled.connect(self._ticked)

    def take(self, of: documents.Kind) -> str | None:
        """Return the password for a kind of document, "" where none is wanted; None where it cannot be used: then the
        reason is said here and the field has the focus."""
        if not self.wanted.isChecked() or of.suffix != "pdf":
            return ""
        typed = self.first.text()
        wrong, where = self._wrong(of, typed)
        if not wrong:
            return typed
        self._say(wrong)
        where.setFocus(Qt.FocusReason.OtherFocusReason)
        where.selectAll()
        self.refused.emit()
        return None

    def _wrong(self, of: documents.Kind, typed: str) -> tuple[str, QLineEdit]:
        """Why a password cannot be used, "" where it can, and the field where it is put right."""
        if not typed:
            told = self.words.t("No password is typed. Nothing was written. Type one, or take the tick away.")
            return told, self.first
        try:
            documents.usable(of, typed)
        except KnownError as error:
            return sentence(self.words, error), self.first
        if typed != self.second.text():
            told = self.words.t("The two are not the same. Nothing was written. Type the password again.")
            return told, self.second
        return "", self.first

    def forget(self) -> None:
        """Leave nothing of a password in the fields; the box stays ticked, so that the next is not saved open."""
        for field in (self.first, self.second):
            field.clear()
        self._say("")

    def _ticked(self, on: bool) -> None:
        self.forget()
        self._fields.setVisible(on)
        self.ticked.emit(on)
        if on:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, text: str) -> None:
        kit.set_text(self.fault, text)
        self.first.setAccessibleDescription(text or self._says.text())

    def retranslate(self, words: Words) -> None:
        """Say everything in the language in force."""
        self.words = words
        t = words.t
        kit.set_text(self._head, t("Password"))
        self._tick.say(t("With a password"))
        self._says.setText(
            t(
                "The file opens with this password only. It is kept nowhere: tell the reader yourself, another way than"
                " the file goes. Screen readers can still read it aloud (PDF/UA); it is no archive file (PDF/A). What "
                "is printed has no password."
            )
        )
        for field, caption, text in zip(
            (self.first, self.second),
            self._captions,
            (t("Password for the file"), t("The password again")),
            strict=True,
        ):
            caption.setText(text)
            field.setAccessibleName(text)
        self._say("")
