"""The caseworker's two pages on the citizen's side: choosing the code, and the way back with it.

They speak the caseworker's language, whatever the citizen has chosen.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from progression.desk.pin import Standing, Tried
from progression.ui import theme
from progression.ui.answering.pages import LOW
from progression.ui.answering.pin_pad import PinPad
from progression.ui.kit import button, set_text, wrapped
from progression.ui.kit.texts import set_property
from progression.words import Words


class _PinPage(QWidget):
    """What the two have in common: what is asked and said at the left, fields and keys at the right."""

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.words = Words()
        look = theme.current()
        self.title = wrapped("", "choice")
        self.caption = wrapped("", "body", "text-2")
        self.fault = wrapped("", "body", "error")
        self.fault.hide()
        self.pad = PinPad()
        self.leave = button("")  # with an edge: it begins where the words above it begin
        self.leave.clicked.connect(self.dropped)
        self._said = QVBoxLayout()
        self._said.setSpacing(look.px(12))
        for part in (self.title, self.caption, self.fault):
            self._said.addWidget(part)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(look.px(8))
        self._said.addSpacing(look.px(8))
        self._said.addLayout(self._ways)
        self._said.addStretch()
        left = QWidget()
        left.setLayout(self._said)
        self._said.setContentsMargins(0, 0, 0, 0)
        left.setMaximumWidth(look.px(520))
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addStretch(1)
        line.addWidget(left, 1000)  # all there is on a narrow screen: its widest button needs it at 200 %
        line.addSpacing(look.px(48))
        line.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addStretch(2)
        box.addLayout(line)
        box.addStretch(3)

    def fit(self, height: int) -> None:
        """Choose the sizes for a screen of this height (px)."""
        look = theme.current()
        low = height < look.px(LOW)
        self.pad.fit(low)
        self.pad.setFixedWidth(look.px(260 if low else 300))
        set_property(self.title, "kind", "h1" if low else "choice")
        self.caption.setStyleSheet("" if low else f"font-size: {look.px(18)}px;")

    def _add_way(self, made: QPushButton) -> None:
        set_property(made, "large", True)  # for a finger
        self._ways.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def say_fault(self, text: str) -> None:
        """Say what was wrong; "" = nothing."""
        set_text(self.fault, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return
        event.accept()  # nothing typed here reaches the questions


class ChoosePin(_PinPage):
    """Asks for a code twice. `chosen(code)`; `dropped` to go back to the conversation instead."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._first = ""
        self._add_way(self.leave)
        self.pad.entered.connect(self._entered)
        self.pad.changed.connect(lambda: self.say_fault(""))

    def translate(self, w: Words) -> None:
        """Set the texts."""
        self.words = w
        self.pad.translate(w)
        self.leave.setText(w.t("Back to the conversation"))
        self.leave.setAccessibleName(w.t("Back to the conversation"))
        self._say()

    def ask(self) -> None:
        """Begin with empty fields."""
        self._first = ""
        self.pad.setEnabled(True)
        self.pad.clear()
        self._say()
        self.pad.take_focus()

    def refuse(self, text: str) -> None:
        """Say why it is not taken, and begin again."""
        self.ask()
        self.say_fault(text)

    def _say(self) -> None:
        w = self.words
        title = w.t("Type the code once more") if self._first else w.t("Choose a code of six digits")
        set_text(self.title, title)
        set_text(
            self.caption,
            w.t(
                "The code brings you back from the citizen's screen. It holds until the database is locked, and it is "
                "not saved anywhere. If you forget it, the passphrase brings you back."
            ),
        )

    def _entered(self, code: str) -> None:
        if not self._first:
            self._first = code
            self.pad.clear()
            self._say()
            return
        first, self._first = self._first, ""
        if code != first:
            self.refuse(self.words.t("The two codes were not the same. Choose again."))
            return
        self.pad.setEnabled(False)
        self.chosen.emit(code)


class WayBack(_PinPage):
    """Asks the caseworker for the code, or for the passphrase. `coded(code)`, `given(passphrase)`, or `dropped` to stay
    with the citizen."""

    given = Signal(str)
    coded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._standing = Standing(False)
        self._typing = True  # the passphrase is asked for
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMinimumWidth(theme.current().px(220))
        self.open_button, self.other = button("", "primary"), button("")
        self._said.insertWidget(2, self.field)
        self._add_way(self.open_button)
        self._add_way(self.other)
        self._add_way(self.leave)
        self.field.returnPressed.connect(self._give)
        self.open_button.clicked.connect(self._give)
        self.other.clicked.connect(self._turn)
        self.pad.entered.connect(self._code)
        self.pad.changed.connect(lambda: self.say_fault(""))

    def translate(self, w: Words) -> None:
        """Set the texts."""
        self.words = w
        self.pad.translate(w)
        self.field.setAccessibleName(w.t("Passphrase"))
        self.field.setPlaceholderText(w.t("Passphrase"))
        for made, text in ((self.open_button, w.t("Back to the program")), (self.leave, w.t("Stay here"))):
            made.setText(text)
            made.setAccessibleName(text)
        self._say()

    def ask(self, standing: Standing) -> None:
        """Open with empty fields: for the code where one is chosen, else for the passphrase."""
        self._standing = standing
        self._typing = not standing.chosen
        self.say_fault("")
        self._fresh()

    def refuse_code(self, tried: Tried) -> None:
        """Say that it was not the code, and how often it can still be tried."""
        self._standing = Standing(tried.left > 0, tried.left)
        left = self.words.tn("{n} try left.", "{n} tries left.", tried.left)
        self.say_fault(self.words.t("That is not the code.") + " " + left)
        self._fresh(wrong=True)

    def refuse(self, text: str) -> None:
        """Say why the passphrase does not open it; the field is empty again."""
        self.say_fault(text)
        self._fresh()

    def _fresh(self, *, wrong: bool = False) -> None:
        self.field.clear()
        self.field.setEnabled(True)
        self.pad.setEnabled(True)
        self.pad.clear(wrong=wrong)
        self._say()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keys where they are wanted."""
        if self._typing:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.pad.take_focus()

    def _say(self) -> None:
        w, typing = self.words, self._typing
        set_text(self.title, w.t("For the caseworker"))
        set_text(
            self.caption,
            w.t("The passphrase leads back.") if typing else w.t("Type the code you chose, to get back."),
        )
        shown: tuple[tuple[QWidget, bool], ...] = (
            (self.field, typing),
            (self.open_button, typing),
            (self.pad, not typing),
        )
        for part, visible in sorted(shown, key=lambda pair: pair[1]):  # or the line is too long in between
            part.setVisible(visible)
        self.other.setVisible(self._standing.chosen)
        text = w.t("Use the code instead") if typing else w.t("Use the passphrase instead")
        self.other.setText(text)
        self.other.setAccessibleName(text)

    def _turn(self) -> None:
        self._typing = not self._typing
        self.say_fault("")
        self._fresh()

    def _code(self, code: str) -> None:
        self.pad.setEnabled(False)
        self.coded.emit(code)

    def _give(self) -> None:
        if self.field.text():
            self.field.setEnabled(False)
            self.given.emit(self.field.text())
