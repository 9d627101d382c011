"""The screens of the first start. Each is a step with a heading, a few words, and one primary button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QProgressBar, QRadioButton, QVBoxLayout, QWidget

from progression.ui import kit
from progression.ui.kit.items import Entry
from progression.ui.page import Context
from progression.ui.strength import FEWEST, judge

LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}  # each in its own language, in every language


class Step(QWidget):
    """One screen; `next` when its primary button was pressed."""

    next = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(12)
        self.head = kit.heading(1)
        self.lead = kit.wrapped("", "body", "text-2")
        self.box.addWidget(self.head)
        self.box.addWidget(self.lead)
        self.primary = kit.button("", "primary")
        self.primary.clicked.connect(self.next)

    def say(self, head: str, lead: str, primary: str) -> None:
        """Set the three texts every step has."""
        kit.set_text(self.head, head)
        kit.set_text(self.lead, lead)
        self.primary.setText(primary)
        self.primary.setAccessibleName(primary)

    def begin(self) -> None:
        """Put the focus where this step begins."""
        self.primary.setFocus()

    def retranslate(self) -> None:
        """Say everything in the language now in force."""


class LanguageStep(Step):
    """Which language. Chosen at once, so that the words change before one's eyes."""

    picked = Signal(str)
    existing = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choices: dict[str, QRadioButton] = {}
        group = QButtonGroup(self)
        for code, name in LANGUAGE_NAMES.items():
            choice = QRadioButton(name)
            choice.setAccessibleName(name)
            choice.setChecked(code == context.words.language)
            choice.toggled.connect(lambda on, c=code: self.picked.emit(c) if on else None)
            group.addButton(choice)
            self.box.addLayout(kit.row(choice, 1))
            self.choices[code] = choice
        self.box.addSpacing(8)
        self._existing = kit.link("")
        self._existing.clicked.connect(self.existing)
        self.box.addLayout(kit.row(self.primary, self._existing, 1, spacing=24))
        self.box.addStretch(1)

    def retranslate(self) -> None:
        w = self.context.words
        self.say(
            w.t("Welcome to Progression"),
            w.t("Which language should the program speak? You can change it at any time."),
            w.tc("button", "Next"),
        )
        self._existing.setText(w.t("Open a database I already have"))
        self._existing.setAccessibleName(self._existing.text())


class AccountStep(Step):
    """Who, and the passphrase, twice."""

    back = Signal()
    choose_folder = Signal()

    def __init__(self, context: Context, folder: Path) -> None:
        super().__init__(context)
        self._folder = folder
        self.name = QLineEdit()
        self.first = QLineEdit()
        self.second = QLineEdit()
        for part in (self.first, self.second):
            part.setEchoMode(QLineEdit.EchoMode.Password)
        self._captions = [kit.label("", "small", "text-2") for _ in range(3)]
        self._meter = QProgressBar()
        self._meter.setRange(0, 4)
        self._meter.setTextVisible(False)
        self._verdict = kit.wrapped("", "small", "text-2")
        self._show = QCheckBox()
        self._show.toggled.connect(self._show_letters)
        self._place = kit.wrapped("", "small", "text-3")
        self._change = kit.link("")
        self._change.clicked.connect(self.choose_folder)
        self._back = kit.button("", "quiet")
        self._back.clicked.connect(self.back)
        self._arrange()
        self._busy = False
        for field in (self.name, self.first, self.second):
            field.textChanged.connect(self._typed)
            field.returnPressed.connect(self._entered)

    def _arrange(self) -> None:
        for caption, field in zip(self._captions, (self.name, self.first, self.second), strict=True):
            caption.setBuddy(field)
            group = kit.column(4)
            group.addWidget(caption)
            group.addWidget(field)
            if field is self.first:
                group.addWidget(self._meter)
                group.addWidget(self._verdict)
            self.box.addLayout(group)
        self.box.addLayout(kit.row(self._show, 1))
        place = kit.column(2)
        place.addWidget(self._place)
        place.addLayout(kit.row(self._change, 1))
        self.box.addLayout(place)
        self.box.addSpacing(4)
        self.box.addLayout(kit.row(self.primary, self._back, 1))
        self.box.addStretch(1)

    def begin(self) -> None:
        self.name.setFocus()

    def person(self) -> str:
        """The name of the first account."""
        return self.name.text().strip()

    def passphrase(self) -> str:
        """What was typed."""
        return self.first.text()

    def forget(self) -> None:
        """Leave nothing of the passphrase in the fields."""
        self.first.clear()
        self.second.clear()

    def set_folder(self, folder: Path) -> None:
        """Where the vault will lie."""
        self._folder = folder
        self.retranslate()

    def set_busy(self, busy: bool) -> None:
        """The vault is being made: a moment's work, on purpose (the key is expensive to guess)."""
        self._busy = busy
        self.retranslate()

    def ready(self) -> bool:
        """True when a vault can be made from what was typed."""
        return bool(self.person()) and len(self.passphrase()) >= FEWEST and self.first.text() == self.second.text()

    def _entered(self) -> None:
        if self.ready() and not self._busy:
            self.next.emit()
        else:
            self.focusNextChild()

    def _show_letters(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.second.setEchoMode(mode)

    def _typed(self) -> None:
        w = self.context.words
        level, text = judge(w, self.passphrase())
        self._meter.setValue(level)
        if self.second.text() and self.second.text() != self.first.text():
            text = w.t("The two are not the same yet.")
        self._verdict.setText(text)
        self.first.setAccessibleDescription(text)
        self._meter.setAccessibleName(text)
        self.primary.setEnabled(self.ready() and not self._busy)

    def retranslate(self) -> None:
        w = self.context.words
        self.say(
            w.t("Your name and a passphrase"),
            w.t(
                "The passphrase opens the database. Nobody can look it up for you. Four ordinary words that do "
                "not belong together are easy to remember and hard to guess."
            ),
            w.t("Making the database …") if self._busy else w.t("Make the database"),
        )
        names = (w.t("Your name, as colleagues know it"), w.t("Passphrase"), w.t("The passphrase once more"))
        for caption, field, text in zip(self._captions, (self.name, self.first, self.second), names, strict=True):
            caption.setText(text)
            field.setAccessibleName(text)
        self._show.setText(w.t("Show what I type"))
        self._show.setAccessibleName(self._show.text())
        self._place.setText(w.t("The database will lie in {folder}", folder=str(self._folder)))
        self._change.setText(w.t("Choose another folder"))
        self._change.setAccessibleName(self._change.text())
        self._back.setText(w.tc("button", "Back"))
        self._back.setAccessibleName(self._back.text())
        self._typed()


class BeginStep(Step):
    """Begin empty, import, or look at the demo: three entries instead of one primary button."""

    chosen = Signal(str)  # "empty", "import" or "demo"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.primary.hide()
        self.primary.setParent(self)
        self.entries: dict[str, Entry] = {}
        for key in ("empty", "import", "demo"):
            entry = Entry("", arrow=True)
            entry.clicked.connect(lambda _checked=False, k=key: self.chosen.emit(k))
            self.entries[key] = entry
            self.box.addWidget(entry)
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.box.addWidget(self._bar)
        self.box.addStretch(1)

    def begin(self) -> None:
        self.entries["empty"].setFocus()

    def set_busy(self, busy: bool) -> None:
        """The demo is being made."""
        self._bar.setVisible(busy)
        self._bar.setValue(0)
        for entry in self.entries.values():
            entry.setEnabled(not busy)

    def show_progress(self, part: float) -> None:
        """`part`: 0 to 1."""
        self._bar.setValue(round(100 * part))

    def retranslate(self) -> None:
        w = self.context.words
        self.say(w.t("How do you want to begin?"), w.t("The database is ready."), "")
        self._bar.setAccessibleName(w.t("Making the demo"))
        texts = {
            "empty": (w.t("Begin empty"), w.t("Add citizens one by one as you meet them.")),
            "import": (w.t("Import"), w.t("Read CSV files or a spreadsheet exported from another system.")),
            "demo": (
                w.t("Look at the demo"),
                w.t("An invented municipality with 60 invented citizens, in a database of its own."),
            ),
        }
        for key, (title, below) in texts.items():
            self.entries[key].say(title, below)
