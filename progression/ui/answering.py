"""Borgerens side: the citizen's questions one at a time, large, on the whole screen, for the citizen to answer.

Nothing here leads to the rest of the program. Esc asks for the passphrase of the one who is logged in; without it the
only ways are the next question and the one before. Every answer is kept as the citizen's draft the moment it is given,
and the conversation is finished by the caseworker.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from progression.casework.values import DECLINED, Answer, Mode
from progression.desk import conversations, vaults
from progression.desk.pages import Sheet
from progression.ui.answering_parts import ChoiceButton, Dots, WayBack
from progression.ui.conversation_header import MODES
from progression.ui.conversation_keeping import Keeper
from progression.ui.kit import Segmented, button, label, wrapped
from progression.ui.kit.texts import set_property
from progression.ui.page import Context
from progression.ui.saying import sentence
from progression.ui.scoring_state import Scoring
from progression.words import LANGUAGES, Words

MODE, QUESTION, THANKS = range(3)
LOW, LOWEST = 640, 420  # px at 100 %; on a lower screen, or with larger text, the question is written smaller


class CitizenSide(QWidget):
    """The citizen's window. `finished(answers)` when the caseworker has taken the screen back."""

    finished = Signal(int)

    def __init__(self, context: Context, citizen: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("main")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.words = Words(context.words.language)
        self.state: Scoring | None = None
        self._citizen, self._day = citizen, day
        self._given_back = False
        self.keeper = Keeper(context, self)
        self.dots, self.count = Dots(), label("", "body", "text-2")
        self.languages = Segmented([(code, _own_name(code)) for code in LANGUAGES])
        self.languages.choose(self.words.language)
        self.languages.setStyleSheet(
            f"QPushButton {{ font-size: {context.theme.px(17)}px; min-height: {context.theme.px(46)}px; }}"
        )
        self.question, self.example = wrapped("", "question"), wrapped("", "example", "text-2")
        self.choices: list[ChoiceButton] = []
        self._choice_row = QHBoxLayout()
        self.back = button("", "quiet", icon="arrow-left")
        self.skip = button("", "quiet", icon="arrow-right")
        self.done = button("", "primary")
        self.fault = wrapped("", "body", "error")
        self.modes: dict[Mode, ChoiceButton] = {}
        self.way_back = WayBack()
        self.caseworker = button("", "quiet", icon="lock")  # a touch screen has no Esc
        self.stack = QStackedWidget()
        self._build()
        self._connect()
        self._translate()

    # building

    def _build(self) -> None:
        for page in (self._mode_page(), self._question_page(), self._thanks_page()):
            self.stack.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addWidget(self.dots)
        top.addWidget(self.count)
        top.addStretch()
        top.addWidget(self.caseworker)
        top.addWidget(self.languages)
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(top)
        self._outer.addWidget(self.stack, 1)
        self._outer.addWidget(self.way_back)
        self.way_back.hide()
        self._margins()

    def _mode_page(self) -> QWidget:
        page, box = _page()
        self.mode_title = wrapped("", "question")
        line = QHBoxLayout()
        line.setSpacing(28)
        for mode in MODES:
            made = ChoiceButton()
            made.clicked.connect(lambda _on=False, m=mode: self._choose_mode(m))
            self.modes[mode] = made
            line.addWidget(made, 1)
        box.addStretch(1)
        box.addWidget(self.mode_title)
        box.addSpacing(48)
        box.addLayout(line, 2)
        box.addStretch(2)
        return page

    def _question_page(self) -> QWidget:
        page, self._question_box = _page()
        box = self._question_box
        box.addStretch(2)
        box.addWidget(self.question)
        box.addWidget(self.example)
        box.addStretch(2)
        self._choice_row.setSpacing(28)
        box.addLayout(self._choice_row, 6)
        box.addStretch(2)
        box.addWidget(self.fault)
        self.fault.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch()
        foot.addWidget(self.skip)
        foot.addWidget(self.done)
        box.addLayout(foot)
        return page

    def _thanks_page(self) -> QWidget:
        page, box = _page()
        self.thanks, self.thanks_more = wrapped("", "question"), wrapped("", "example", "text-2")
        box.addStretch(1)
        box.addWidget(self.thanks)
        box.addWidget(self.thanks_more)
        box.addStretch(2)
        return page

    def _connect(self) -> None:
        self.languages.chosen.connect(self._speak)
        self.caseworker.clicked.connect(self.way_back.ask)
        self.dots.held.connect(self.way_back.ask)
        self.back.clicked.connect(self._previous)
        self.skip.clicked.connect(self._skip)
        self.done.clicked.connect(self._thank)
        self.way_back.given.connect(self._confirm)
        self.way_back.dropped.connect(self._stay)
        self.keeper.told.connect(self._show_kept)

    def _margins(self) -> None:
        side = max(24, round(self.width() * 0.055))
        low = self.height() < self.context.theme.px(LOW)
        large = "h1" if self.height() < self.context.theme.px(LOWEST) else "choice" if low else "question"
        self._outer.setContentsMargins(side, 20 if low else 40, side, 16 if low else 32)
        for made in (self.question, self.mode_title, self.thanks):
            set_property(made, "kind", large)
        for made in (self.example, self.thanks_more):
            set_property(made, "kind", "body" if low else "example")
        self._question_box.setSpacing(8 if low else 16)

    # opening

    def open(self) -> None:
        """Fill the screen and read the citizen's sheet."""
        self.showFullScreen()
        self.read()

    def read(self) -> None:
        """Read the citizen's sheet."""
        self.context.run(conversations.open, self._citizen, "citizen", day=self._day, done=self._opened)

    def _opened(self, sheet: Sheet) -> None:
        self.state = Scoring(sheet)
        self.keeper.follow(self.state)
        steps = range(sheet.scale.minimum, sheet.scale.maximum + 1)
        for place, step in enumerate(steps, 1):
            made = ChoiceButton(place, len(steps))
            made.clicked.connect(lambda _on=False, s=step: self._answer(s))
            self.choices.append(made)
            self._choice_row.addWidget(made, 1)
        self._turn(QUESTION if sheet.answers else MODE)

    # answering

    def _choose_mode(self, mode: Mode) -> None:
        if self.state is not None:
            self.state.set_mode(mode)
            self._turn(QUESTION)

    def _answer(self, answer: Answer) -> None:
        state = self.state
        if state is None or self.stack.currentIndex() != QUESTION:
            return
        if answer == DECLINED:
            state.decline()
        elif isinstance(answer, int):
            state.score(answer)
        self.keeper.keep()
        self._show()

    def _skip(self) -> None:
        """Spring over is a real answer: the citizen does not wish to answer this one."""
        self._answer(DECLINED)

    def _previous(self) -> None:
        if self.state is not None:
            self.state.move(-1)
            self._show()

    def _thank(self) -> None:
        self.keeper.keep()
        self._turn(THANKS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.way_back.ask()
        elif event.isAutoRepeat() or self.way_back.isVisible() or self.state is None:
            return
        elif self.stack.currentIndex() == MODE and Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self._choose_mode(MODES[int(key) - int(Qt.Key.Key_1)])
        elif self.stack.currentIndex() == QUESTION:
            self._key(key, self.state)

    def _key(self, key: Qt.Key, state: Scoring) -> None:
        scale = state.sheet.scale
        step = int(key) - int(Qt.Key.Key_0)
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and scale.minimum <= step <= scale.maximum:
            self._answer(step)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Left):
            self._previous()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._complete:
            self._thank()
        elif key == Qt.Key.Key_U:
            self._skip()

    # showing

    @property
    def _complete(self) -> bool:
        return self.state is not None and self.state.answered == len(self.state.rows)

    def _turn(self, page: int) -> None:
        self.stack.setCurrentIndex(page)
        self._show()

    def _speak(self, language: str) -> None:
        self.words = Words(language)
        self._translate()
        self._show()

    def _translate(self) -> None:
        w = self.words
        self.languages.setAccessibleName(w.t("Language"))
        self.mode_title.setText(w.t("How do you answer the questions?"))
        texts = [_mode_choice(w, mode) for mode in self.modes]
        for made, text in zip(self.modes.values(), texts, strict=True):
            made.say(text, texts)
        for widget, text in (
            (self.back, w.t("Previous")),
            (self.skip, w.t("Skip")),
            (self.done, w.t("Done")),
            (self.caseworker, w.t("For the caseworker")),
        ):
            widget.setText(text)
            widget.setAccessibleName(text)
            widget.setProperty("large", True)
            size = self.context.theme.px(20)
            widget.setStyleSheet(f"font-size: {size}px; min-height: {self.context.theme.px(46)}px;")
        self.skip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands after the word
        self.thanks.setText(w.t("Thank you. Your answers are kept."))
        self.thanks_more.setText(w.t("Give the screen back to the one you are talking with."))
        self.way_back.translate(w)

    def _show(self) -> None:
        state, w = self.state, self.words
        asking = self.stack.currentIndex() == QUESTION and state is not None
        self.dots.setVisible(asking)
        self.count.setVisible(asking)
        self.caseworker.setVisible(self.stack.currentIndex() != QUESTION)  # nothing beside a question but its answers
        if state is None:
            return
        question, example = state.current.question_parts(w.language)
        self.question.setText(question)
        self.example.setText(example)
        self.question.setAccessibleName(f"{question} {example}".strip())
        self.count.setText(w.t("{n} of {total}", n=state.row + 1, total=len(state.rows)))
        self.dots.show_for(state.row, [state.answer(row.code) is not None for row in state.rows])
        self.dots.setAccessibleName(self.count.text())
        now = state.answer(state.current.code)
        steps = range(state.sheet.scale.minimum, state.sheet.scale.maximum + 1)
        texts = [w.pick(state.sheet.scale.word(step, "citizen")) for step in steps]
        for made, step, text in zip(self.choices, steps, texts, strict=True):
            made.say(text, texts)
            made.setChecked(now == step)
        self.back.setEnabled(state.row > 0)
        self.done.setVisible(self._complete)
        self.skip.setVisible(not self._complete)
        if not self.way_back.isVisible():
            self._take_keys()

    def _take_keys(self) -> None:
        """The digits belong to the question, wherever a finger has been; when all is answered Enter means done."""
        asking = self.stack.currentIndex() == QUESTION
        (self.done if asking and self._complete else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_kept(self) -> None:
        error = self.keeper.error
        self.fault.setVisible(error is not None)
        if error is not None:
            w = self.words
            self.fault.setText(
                w.t("Your answer is here but not kept yet. Please say so to the one you are talking with.")
            )

    # the way back

    def _stay(self) -> None:
        self.way_back.hide()
        self._show()

    def _confirm(self, text: str) -> None:
        self.context.run(vaults.confirm_passphrase, text, done=self._confirmed, failed=self._refused)

    def _confirmed(self, right: bool) -> None:
        if not right:
            self.way_back.refuse(self.words.t("That is not the passphrase."))
            return
        answers = self.state.answered if self.state is not None else 0
        self.give_back()
        self.finished.emit(answers)

    def _refused(self, error: BaseException) -> bool:
        self.way_back.refuse(sentence(self.words, error))
        return True

    def give_back(self) -> None:
        """Close for good: the passphrase was right, or the vault is locked and the door asks for it."""
        self._given_back = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button asks as Esc does."""
        if self._given_back:
            event.accept()
            return
        event.ignore()
        self.way_back.ask()

    def changeEvent(self, event: QEvent) -> None:
        """Another window took the focus: the vault locks, and only the passphrase returns."""
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.isVisible() and not self._given_back and self.state is not None:
            self.context.lock_asked.emit(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._margins()


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(16)
    return page, box


def _own_name(language: str) -> str:
    """A language in its own words."""
    return {"da": "Dansk", "en": "English"}.get(language, language)


def _mode_choice(w: Words, mode: Mode) -> str:
    return {
        "self": w.t("I answer myself"),
        "interview": w.t("They are read to me"),
        "phone": w.t("By telephone"),
        "interpreter": w.t("With an interpreter"),
    }[mode]
