"""*Vis til borgeren*: the screen turned to the citizen, with their own curve and the sentences of the paper.

It covers the screen, so that nobody else's name is in view, and it holds nothing the citizen may not see: it is made of
`desk.shown` alone. Esc or the button leads back to where one was; a locked vault takes it away.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progression.desk import shown
from progression.desk.shown import Shown
from progression.ui.conversation.turned_curve import TurnedCurve
from progression.ui.kit import Segmented, button, clear, heading, label, read_in_order, scrolled, wrapped
from progression.ui.kit.texts import set_property
from progression.ui.page import Context
from progression.ui.window import shortcuts
from progression.ui.window.status import announce
from progression.words import Words

TALL = 900  # px at 100 % from which everything is written larger
WIDEST = 900  # px at 100 % of a sentence: about 66 letters
LANGUAGES = (("da", "Dansk"), ("en", "English"))  # a language is named in itself


class TurnedScreen(QWidget):
    """The window. `left`: the caseworker has it back."""

    left = Signal()

    def __init__(self, context: Context, citizen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("main")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context, self.citizen = context, citizen
        self.value: Shown | None = None
        self.title = heading(1, wraps=True)
        self.languages = Segmented(LANGUAGES)
        self.back = button("", "normal", icon="arrow-left")
        self.curve = TurnedCurve()
        self.now, self.steps = wrapped("", "body"), wrapped("", "body")
        self.reading = wrapped("", "body", "text-2")
        self._sentences = QVBoxLayout()
        self._rows: list[QWidget] = []  # the sentences, each after its number
        self._large: list[QLabel] = []  # both
        self._build()
        self.languages.choose(context.words.language)
        self.languages.chosen.connect(self.ask)
        self.back.clicked.connect(self.close)
        context.styled.connect(self.restyle)
        shortcuts.bind(self, {"score.show": self.close, "lock": lambda: context.lock_asked.emit(False)})

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.title, 1)
        top.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self._inside = QWidget()
        self._box = QVBoxLayout(self._inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.curve, 1)
        self._box.addSpacing(8)
        self._box.addLayout(self._sentences)
        self._box.addSpacing(4)
        for part in (self.now, self.steps, self.reading):
            self._box.addWidget(part)
        self._box.addStretch()
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(top)
        self._outer.addWidget(scrolled(self._inside), 1)
        self._fit()

    # opening and leaving

    def open(self) -> None:
        """Cover the screen the caseworker looks at, and ask for what is shown."""
        self.setGeometry((self.parentWidget() or self).screen().geometry())
        self.showFullScreen()
        self.ask(self.context.words.language)

    def ask(self, language: str) -> None:
        """Show it in another language."""
        self.context.run(shown.page, self.citizen, language, done=self.show_value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """However it goes away it is left; one that the system hides (minimised) is there still."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    # showing

    def show_value(self, value: Shown) -> None:
        """Show a citizen's course."""
        self.value = value
        w = Words(value.language)
        self.setWindowTitle(value.title)
        self.title.setText(value.title)
        self.languages.setAccessibleName(w.t("Language"))
        self._say_back()
        self.curve.setVisible(value.curve is not None)
        if value.curve is not None:
            self.curve.show_curve(value.curve, w.t("Your course"))
        clear(self._sentences)
        self._rows.clear()
        self._large.clear()
        for number, text in enumerate(value.sentences, 1):
            self._rows.append(self._sentence(number if len(value.sentences) > 1 else 0, text))
            self._sentences.addWidget(self._rows[-1])
        self.now.setText(value.now)
        self.steps.setText(w.t("Small steps:") + " " + value.steps if value.steps else "")
        self.steps.setVisible(bool(value.steps))
        self.reading.setText(value.reading)
        self.reading.setVisible(bool(value.reading))
        self._fit()
        read_in_order(self._inside)
        (self.curve if value.curve is not None else self.back).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, " ".join([value.title, *value.sentences, value.now]))

    def _say_back(self) -> None:
        """The way back is the caseworker's, in the caseworker's language."""
        w = self.context.words
        self.back.setText(w.t("Back"))
        self.back.setAccessibleName(w.t("Back to the conversation"))
        self.back.setToolTip(w.t("Back to the conversation") + " (Esc)")

    def _sentence(self, number: int, text: str) -> QWidget:
        """A sentence, after its number where there are several."""
        made, line = QWidget(), QHBoxLayout()
        made.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        if number:
            self._large.append(label(f"{number}.", "example", "accent"))
            line.addWidget(self._large[-1], 0, Qt.AlignmentFlag.AlignTop)
        self._large.append(wrapped(text, "example"))
        line.addWidget(self._large[-1], 1)
        return made

    def _fit(self) -> None:
        """Everything larger where the screen is tall; no line longer than one reads with ease."""
        look = self.context.theme
        side, tall = max(24, round(self.width() * 0.055)), self.height() >= look.px(TALL)
        self._outer.setContentsMargins(side, look.px(32 if tall else 16), side, look.px(24 if tall else 12))
        self._outer.setSpacing(look.px(24 if tall else 8))
        self._box.setSpacing(look.px(16 if tall else 8))
        self._sentences.setSpacing(look.px(8 if tall else 2))
        self._box.setContentsMargins(0, 0, side if tall else 0, 0)
        grown = f"QPushButton {{ font-size: {look.px(17)}px; min-height: {look.px(44)}px; }}" if tall else ""
        for made in (self.back, self.languages):
            made.setStyleSheet(grown)
        set_property(self.title, "kind", "question" if tall else "choice")
        for part in self._large:
            set_property(part, "kind", "choice" if tall else "example")
        sizes = ((self.now, 24, 18), (self.steps, 24, 18), (self.reading, 18, 15))
        for part, large, usual in sizes:
            part.setStyleSheet(f"font-size: {look.px(large if tall else usual)}px;")
        for told in (*self._rows, self.now, self.steps, self.reading):
            told.setMaximumWidth(look.px(round(WIDEST * 1.25) if tall else WIDEST))

    def restyle(self) -> None:
        """Take over theme and text size."""
        self._fit()
        self.curve.updateGeometry()
        self.curve.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Turner:
    """Turns the screen for a page and takes it back: `owner` gets the keys again, on the control that had them."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self.context, self.owner = context, owner
        self.screen: TurnedScreen | None = None
        self._before: QWidget | None = None

    def turn(self, citizen: str) -> None:
        """Show a citizen their own course. Once: a key held down opens one screen."""
        if self.screen is not None or not citizen:
            return
        self._before = self.owner.window().focusWidget()
        self.screen = TurnedScreen(self.context, citizen, self.owner.window())
        self.screen.left.connect(self._taken_back)
        self.screen.open()

    def put_away(self) -> None:
        """The page is left or the vault is locked: nothing of it stays on the screen."""
        if self.screen is not None:
            self.screen.close()

    def _taken_back(self) -> None:
        self.screen = None
        self.owner.window().activateWindow()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
