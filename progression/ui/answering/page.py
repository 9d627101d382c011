"""Borgerens side: the citizen's questions one at a time, large, on the whole screen, for the citizen to answer.

Nothing here leads to the rest of the program. Esc asks for the code chosen when the side was opened, or for the
passphrase; without one of them the only ways are the next question and the one before. Every answer is kept as the
citizen's draft the moment it is given, and the conversation is finished by the caseworker.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from progression.casework.values import DECLINED, MODES, Answer, Mode
from progression.desk import conversations, pin, vaults
from progression.desk import languages as tongues
from progression.desk.languages import Offered
from progression.desk.pages import Sheet
from progression.desk.pin import Standing, Tried
from progression.scales.languages import SideLanguage, shipped
from progression.scales.model import split_question
from progression.ui.answering import letters
from progression.ui.answering.pages import LOW, LanguagePage, ModePage, QuestionPage, SidePage, ThanksPage
from progression.ui.answering.parts import Dots
from progression.ui.answering.pin_pages import ChoosePin, WayBack
from progression.ui.conversation.keeping import Keeper
from progression.ui.conversation.scoring_state import Scoring
from progression.ui.kit import Segmented, button, label
from progression.ui.page import Context
from progression.ui.saying import sentence
from progression.ui.window.status import announce

MODE, QUESTION, THANKS, LANGUAGE, CHOOSE, BACK = range(6)
_LEFT, _RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


class CitizenSide(QWidget):
    """The citizen's window. `finished(answers)` when the caseworker has taken the screen back."""

    finished = Signal(int)

    def __init__(self, context: Context, citizen: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("main")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.state: Scoring | None = None
        self._citizen, self._day = citizen, day
        self._given_back = False
        self._read = ""  # what was read aloud last
        self._before = self._under = MODE  # the page under the caseworker's, and under the languages
        self._offered: tuple[SideLanguage, ...] = shipped()
        self.language = next(one for one in self._offered if one.code == context.words.language)
        self.keeper = Keeper(context, self)
        self.dots, self.count = Dots(), label("", "body", "text-2")
        self.languages, self.language_button = Segmented(), button("", "normal", icon="languages")
        self.caseworker = button("", "quiet", icon="lock")  # a touch screen has no Esc
        self.mode_page, self.asked, self.thanks_page = ModePage(), QuestionPage(), ThanksPage()
        self.language_page = LanguagePage()
        self.choose, self.way_back, self.stack = ChoosePin(), WayBack(), QStackedWidget()
        self._build()
        self._connect()
        self._offer(Offered(self._offered, self.language.code))

    # building

    def _build(self) -> None:
        for page in (self.mode_page, self.asked, self.thanks_page, self.language_page, self.choose, self.way_back):
            self.stack.addWidget(page)
        look, w = self.context.theme, self.context.words
        large = f"QPushButton {{ font-size: {look.px(17)}px; min-height: {look.px(44)}px; }}"
        self.languages.setLayoutDirection(_LEFT)  # names of languages stand in one order, whatever is chosen
        self.languages.setStyleSheet(large)
        self.language_button.setStyleSheet(large)
        self.caseworker.setLayoutDirection(_LEFT)  # in the caseworker's language
        self.caseworker.setText(w.t("For the caseworker"))
        self.caseworker.setAccessibleName(w.t("For the caseworker"))
        self.caseworker.setStyleSheet(large)
        self.choose.translate(w)
        self.way_back.translate(w)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addWidget(self.dots)
        top.addWidget(self.count)
        top.addStretch()
        for made in (self.caseworker, self.languages, self.language_button):
            top.addWidget(made)
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(top)
        self._outer.addWidget(self.stack, 1)
        self._margins()

    def _connect(self) -> None:
        self.languages.chosen.connect(self.speak)
        self.language_page.chosen.connect(self._language_chosen)
        self.language_button.clicked.connect(self._ask_language)
        self.mode_page.chosen.connect(self._choose_mode)
        self.caseworker.clicked.connect(self.ask_back)
        self.dots.held.connect(self.ask_back)
        self.asked.answered.connect(lambda place: self._answer(self._step(place)))
        self.asked.back.clicked.connect(self._previous)
        self.asked.skip.clicked.connect(self._skip)
        self.asked.done.clicked.connect(self._thank)
        self.choose.chosen.connect(self._pin_chosen)
        self.choose.dropped.connect(self._give_up)
        self.way_back.given.connect(self._confirm)
        self.way_back.coded.connect(self._try)
        self.way_back.dropped.connect(self._stay)
        self.keeper.told.connect(self._show_kept)

    def _margins(self) -> None:
        side = max(24, round(self.width() * 0.055))
        low = self.height() < self.context.theme.px(LOW)
        self._outer.setContentsMargins(side, 20 if low else 40, side, 16 if low else 32)
        pages = (self.mode_page, self.asked, self.thanks_page, self.language_page, self.choose, self.way_back)
        for page in pages:
            page.fit(self.height())
        self._fit_top()

    def _fit_top(self) -> None:
        """Where the languages have no room beside the rest, one button leads to all of them."""
        page = self.stack.currentIndex()
        citizens, asking = page < LANGUAGE, page == QUESTION and self.state is not None
        left = self.dots.sizeHint().width() + self.count.sizeHint().width() + 24 if asking else 0
        right = 0 if asking else self.caseworker.sizeHint().width() + 24
        margins = self._outer.contentsMargins()
        room = self.width() - margins.left() - margins.right() - left - right - 24
        fits = self.languages.sizeHint().width() <= room and len(self._offered) <= 4
        shown = (
            (self.dots, asking),
            (self.count, asking),
            (self.caseworker, citizens and not asking),  # nothing beside a question but its answers
            (self.languages, citizens and fits),
            (self.language_button, citizens and not fits),
        )
        for part, visible in sorted(shown, key=lambda pair: pair[1]):  # or the line is too long in between
            part.setVisible(visible)

    # opening

    def open(self) -> None:
        """Fill the screen; ask for a code unless one is chosen already, then read the citizen's sheet."""
        self.setGeometry((self.parentWidget() or self).screen().geometry())  # the screen the caseworker looks at
        self.showFullScreen()
        self.context.run(pin.standing, done=self._begin)

    def _begin(self, standing: Standing) -> None:
        if standing.chosen:
            self.read()
            return
        self.turn(CHOOSE)
        self.choose.ask()

    def _pin_chosen(self, code: str) -> None:
        self.context.run(pin.choose, code, self._citizen, done=lambda _standing: self.read(), failed=self._pin_refused)

    def _pin_refused(self, error: BaseException) -> bool:
        self.choose.refuse(sentence(self.context.words, error))
        return True

    def _give_up(self) -> None:
        """No code was chosen: back to the conversation, before the citizen has seen anything."""
        self.give_back()
        self.finished.emit(0)

    def read(self) -> None:
        """Read the citizen's sheet."""
        self.context.run(conversations.open, self._citizen, "citizen", day=self._day, done=self._opened)

    def _opened(self, sheet: Sheet) -> None:
        self.state = Scoring(sheet)
        self.keeper.follow(self.state)
        self.asked.offer(sheet.scale.maximum - sheet.scale.minimum + 1)
        self.context.run(tongues.offered, self._citizen, sheet.scale, done=self._offer)
        self.turn(QUESTION if sheet.answers else MODE)

    def _offer(self, offered: Offered) -> None:
        """Offer the languages there are letters for on this computer, and begin with the citizen's own."""
        if len(offered.languages) > len(shipped()):
            letters.load()
        blank = [one for one in offered.languages if letters.missing(one.texts())]
        self._offered = tuple(one for one in offered.languages if one not in blank)
        if blank:
            names = ", ".join(one.code for one in blank)
            self.context.announce(
                self.context.words.t("This computer has no letters for: {names}. It is not offered.", names=names)
            )
        self.languages.set_choices([(one.code, one.name) for one in self._offered])
        self.language_page.offer(self._offered)
        known = [one.code for one in self._offered]
        self.speak(offered.first if offered.first in known else self.context.words.language)

    # answering

    def _choose_mode(self, mode: Mode) -> None:
        if self.state is not None:
            self.state.set_mode(mode)
            self.turn(QUESTION)

    def _step(self, place: int) -> int:
        return place + (self.state.sheet.scale.minimum if self.state is not None else 0)

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
        self.turn(THANKS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, page = Qt.Key(event.key()), self.stack.currentIndex()
        if event.isAutoRepeat() or page in (CHOOSE, BACK):
            return
        if key == Qt.Key.Key_Escape:
            self.ask_back()
        elif self.state is None:
            return
        elif page == MODE and Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self._choose_mode(MODES[int(key) - int(Qt.Key.Key_1)])
        elif page == QUESTION:
            self._key(key, self.state)

    def _key(self, key: Qt.Key, state: Scoring) -> None:
        """The digits are the steps in every language; the arrow that points to the question before leads there."""
        scale = state.sheet.scale
        step = int(key) - int(Qt.Key.Key_0)
        before = Qt.Key.Key_Right if self.language.from_right else Qt.Key.Key_Left
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and scale.minimum <= step <= scale.maximum:
            self._answer(step)
        elif key in (Qt.Key.Key_Backspace, before):
            self._previous()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._complete:
            self._thank()
        elif key == Qt.Key.Key_U:
            self._skip()

    # showing

    @property
    def _complete(self) -> bool:
        return self.state is not None and self.state.answered == len(self.state.rows)

    def turn(self, page: int) -> None:
        """Show another page of the side."""
        self.stack.setCurrentIndex(page)
        self._show()

    def speak(self, language: str) -> None:
        """Speak another of the languages offered, by its code."""
        said = self.language = next(one for one in self._offered if one.code == language)
        self.setLayoutDirection(_RIGHT if said.from_right else _LEFT)
        self.languages.setAccessibleName(said.say("language"))
        self.languages.choose(language)
        self.language_button.setText(said.name)
        self.language_button.setAccessibleName(f"{said.say('language')}: {said.name}")
        for page in (self.mode_page, self.asked, self.thanks_page, self.language_page):
            page.speak(said)
        self._show()

    def _ask_language(self) -> None:
        self._under = self.stack.currentIndex()
        self.turn(LANGUAGE)

    def _language_chosen(self, language: str) -> None:
        self.speak(language)
        self.turn(self._under)

    def _show(self) -> None:
        state, said = self.state, self.language
        if state is not None:
            scale = state.sheet.scale
            steps = range(scale.minimum, scale.maximum + 1)
            now = state.answer(state.current.code)
            chosen = steps.index(now) if isinstance(now, int) and now in steps else None
            question, example = split_question(said.question(scale, state.current))
            self.asked.ask(question, example, [said.word(scale, step) for step in steps], chosen)
            self.count.setText(said.say("progress", n=state.row + 1, total=len(state.rows)))
            self.dots.show_for(state.row, [state.answer(row.code) is not None for row in state.rows])
            self.dots.setAccessibleName(self.count.text())
            self.asked.back.setEnabled(state.row > 0)
            self.asked.done.setVisible(self._complete)
            self.asked.skip.setVisible(not self._complete)
        self._fit_top()
        self._take_keys()
        self._read_aloud()

    def _read_aloud(self) -> None:
        """Let a screen reader say what is new: the focus stays where it is, so that it would say nothing itself."""
        page = self.stack.currentWidget()
        text = page.aloud() if isinstance(page, SidePage) and self.state is not None else ""
        if text and page is self.asked:
            text = f"{self.count.text()} {text}"
        # the keys are the window's own, so it is the window that is named: by what it asks, in the citizen's language
        self.setAccessibleName(text or self.caseworker.text())
        if text and text != self._read:
            announce(self, text)
        self._read = text

    def _take_keys(self) -> None:
        """The digits belong to the question, wherever a finger has been; when all is answered Enter means done."""
        page = self.stack.currentIndex()
        if page < CHOOSE:
            (self.asked.done if page == QUESTION and self._complete else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_kept(self) -> None:
        self.asked.say_fault(self.language.say("not_kept") if self.keeper.error is not None else "")

    # the way back

    def ask_back(self) -> None:
        """Ask the caseworker for the code or the passphrase."""
        page = self.stack.currentIndex()
        if page == CHOOSE:  # there is nothing to come back from yet
            self._give_up()
        elif page != BACK:
            self._before = page
            self.context.run(pin.standing, done=self._ask)

    def _ask(self, standing: Standing) -> None:
        self.turn(BACK)
        self.way_back.ask(standing)

    def _stay(self) -> None:
        self.turn(self._before)

    def _try(self, code: str) -> None:
        self.context.run(pin.tried, code, done=self._tried)

    def _tried(self, tried: Tried) -> None:
        if tried.right:
            self._leave()
        elif tried.left:
            self.way_back.refuse_code(tried)
        else:
            self.context.locked_out.emit()

    def _confirm(self, text: str) -> None:
        self.context.run(vaults.confirm_passphrase, text, done=self._confirmed, failed=self._refused)

    def _confirmed(self, right: bool) -> None:
        if not right:
            self.way_back.refuse(self.context.words.t("That is not the passphrase."))
            return
        self.context.run(pin.forget)  # whoever needs the passphrase has forgotten the code, and chooses another
        self._leave()

    def _leave(self) -> None:
        answers = self.state.answered if self.state is not None else 0
        self.give_back()
        self.finished.emit(answers)

    def _refused(self, error: BaseException) -> bool:
        self.way_back.refuse(sentence(self.context.words, error))
        return True

    def give_back(self) -> None:
        """Close for good: the code or passphrase was right, or the vault is locked and the door asks for it."""
        self._given_back = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button asks as Esc does; before a code is chosen it is the way back."""
        if not self._given_back and self.stack.currentIndex() == CHOOSE:
            self._given_back = True
            self.finished.emit(0)
        if self._given_back:
            event.accept()
            return
        event.ignore()
        self.ask_back()

    def changeEvent(self, event: QEvent) -> None:
        """Another window took the focus: the vault locks, and only the passphrase returns."""
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.isVisible() and not self._given_back and self.state is not None:
            self.context.lock_asked.emit(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._margins()
