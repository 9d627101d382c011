"""The pages of the citizen's side: how it is answered, one question, thanks, and the languages where they are many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from progression.casework.values import MODES, Mode
from progression.scales.languages import SideLanguage
from progression.ui import theme
from progression.ui.answering.parts import Balanced, ChoiceButton, Kept, Way
from progression.ui.kit import button, row, wrapped
from progression.ui.kit.texts import set_property

ICONS: dict[Mode, str] = {"self": "user", "interview": "volume-2", "phone": "phone", "interpreter": "languages"}
LOW, LOWEST = 640, 420  # px at 100 %; on a lower screen, or with larger text, the question is written smaller


class SidePage(QWidget):
    """A page whose texts shrink where the screen is low."""

    def __init__(self) -> None:
        super().__init__()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(16)
        self._large: list[Balanced] = []
        self._small: list[Balanced] = []

    def fit(self, height: int) -> None:
        """Choose the sizes for a screen of this height (px)."""
        look = theme.current()
        low = height < look.px(LOW)
        large = "h1" if height < look.px(LOWEST) else "choice" if low else "question"
        for made in self._large:
            set_property(made, "kind", large)
        for made in self._small:
            set_property(made, "kind", "body" if low else "example")
        self.box.setSpacing(8 if low else 16)

    def aloud(self) -> str:
        """What a screen reader says of the page."""
        return " ".join(made.text() for made in (*self._large, *self._small) if made.text())


class ModePage(SidePage):
    """How the questions are answered. `chosen(mode)`."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = Balanced("question")
        self._large = [self.title]
        self.modes: dict[Mode, ChoiceButton] = {}
        line = QHBoxLayout()
        line.setSpacing(28)
        for mode in MODES:
            made = ChoiceButton(icon=ICONS[mode])
            made.clicked.connect(lambda _on=False, m=mode: self.chosen.emit(m))
            self.modes[mode] = made
            line.addWidget(made, 1)
        self.box.addStretch(1)
        self.box.addWidget(self.title)
        self.box.addSpacing(32)
        self.box.addLayout(line, 3)
        self.box.addStretch(2)

    def speak(self, language: SideLanguage) -> None:
        """Set the texts."""
        self.title.setText(language.say("how"))
        texts = [language.say(mode) for mode in self.modes]
        for made, text in zip(self.modes.values(), texts, strict=True):
            made.say(text, texts)


class QuestionPage(SidePage):
    """One question, its steps, and the ways on. `answered(place)`: the step at this place, from 0."""

    answered = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        self.question, self.example = Balanced("question"), Balanced("example", "text-2")
        self._large, self._small = [self.question], [self.example]
        self.choices: list[ChoiceButton] = []
        self._line = QHBoxLayout()
        self._line.setSpacing(28)
        self.back, self.skip = Way(False), Way(True)
        self.done = button("", "primary")
        self.done.setProperty("large", True)
        self.done.setStyleSheet(f"font-size: {look.px(20)}px; min-height: {look.px(46)}px; padding: 0 {look.px(32)}px;")
        self.fault = wrapped("", "body", "error")
        self.fault.hide()
        box = self.box
        box.addStretch(2)
        box.addWidget(self.question)
        box.addWidget(self.example)
        box.addStretch(2)
        box.addLayout(self._line, 6)
        box.addStretch(2)
        box.addWidget(self.fault)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch()
        foot.addWidget(self.skip)
        foot.addWidget(self.done)
        box.addLayout(foot)

    def offer(self, steps: int) -> None:
        """Make a choice for every step."""
        for place in range(steps):
            made = ChoiceButton(place + 1, steps)
            made.clicked.connect(lambda _on=False, p=place: self.answered.emit(p))
            self.choices.append(made)
            self._line.addWidget(made, 1)

    def speak(self, language: SideLanguage) -> None:
        """Set the texts that do not depend on the question."""
        self.back.say(language.say("previous"))
        self.skip.say(language.say("skip"))
        self.done.setText(language.say("done"))
        self.done.setAccessibleName(language.say("done"))
        if not self.fault.isHidden():
            self.say_fault(language.say("not_kept"))

    def ask(self, question: str, example: str, words: Sequence[str], chosen: int | None) -> None:
        """Show a question. `words`: of the steps; `chosen`: the place of the answer, None before there is one."""
        self.question.setText(question)
        self.example.setText(example)
        self.example.setVisible(bool(example))
        self.question.setAccessibleName(f"{question} {example}".strip())
        for place, (made, text) in enumerate(zip(self.choices, words, strict=True)):
            made.say(text, words)
            made.setChecked(place == chosen)

    def say_fault(self, text: str) -> None:
        """Say that the answer is not kept; "" = it is."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))


class ThanksPage(SidePage):
    """The last page."""

    def __init__(self) -> None:
        super().__init__()
        self.thanks, self.more = Balanced("question"), Balanced("example", "text-2")
        self._large, self._small = [self.thanks], [self.more]
        self.box.addStretch(1)
        self.box.addLayout(row(Kept(), 1))
        self.box.addSpacing(8)
        self.box.addWidget(self.thanks)
        self.box.addWidget(self.more)
        self.box.addStretch(2)

    def speak(self, language: SideLanguage) -> None:
        """Set the texts."""
        self.thanks.setText(language.say("thanks"))
        self.more.setText(language.say("give_back"))


class LanguagePage(SidePage):
    """Every language by its own name, where there is no room for them beside the question. `chosen(code)`."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = Balanced("question")
        self._large = [self.title]
        self.choices: dict[str, ChoiceButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self.box.addStretch(1)
        self.box.addWidget(self.title)
        self.box.addSpacing(16)
        self.box.addLayout(self._grid, 4)
        self.box.addStretch(2)

    def offer(self, languages: Sequence[SideLanguage]) -> None:
        """Make a choice for every language."""
        for old in self.choices.values():
            self._grid.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self.choices.clear()
        across = 3 if len(languages) <= 9 else 5
        names = [one.name for one in languages]
        for place, one in enumerate(languages):
            made = ChoiceButton()
            made.say(one.name, names)
            made.clicked.connect(lambda _on=False, code=one.code: self.chosen.emit(code))
            self.choices[one.code] = made
            self._grid.addWidget(made, place // across, place % across)

    def speak(self, language: SideLanguage) -> None:
        """Set the texts."""
        self.title.setText(language.say("language"))
        for code, made in self.choices.items():
            made.setChecked(code == language.code)
