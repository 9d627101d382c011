"""The screens of the first start. Each is a step with a heading, a few words, and one primary button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QProgressBar, QRadioButton, QVBoxLayout, QWidget

from progression.ui import kit
from progression.ui.kit.order import one_tab_stop
from progression.ui.kit.texts import set_property
from progression.ui.page import Context
from progression.ui.settings.form import flowing
from progression.ui.start.option_card import OptionCard

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
        self.head = kit.heading(1, wraps=True)
        self.lead = kit.wrapped("", "body", "text-2")
        self.box.addWidget(self.head)
        self.box.addWidget(self.lead)
        self.box.addSpacing(8)
        self.primary = kit.button("", "primary")
        set_property(self.primary, "large", True)
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
            choice.setProperty("card", True)
            choice.setChecked(code == context.words.language)
            choice.toggled.connect(lambda on, c=code: self.picked.emit(c) if on else None)
            group.addButton(choice)
            self.box.addWidget(choice)
            self.choices[code] = choice
        one_tab_stop(group)
        self.box.addSpacing(8)
        self._existing = kit.link("")
        self._existing.clicked.connect(self.existing)
        self.box.addWidget(flowing(self.primary, self._existing, spacing=24))
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


class BeginStep(Step):
    """Begin empty, import, or look at the demo: three entries instead of one primary button."""

    chosen = Signal(str)  # "empty", "import" or "demo"
    cancelled = Signal()  # what is being made

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.primary.hide()
        self.primary.setParent(self)
        self.entries: dict[str, OptionCard] = {}
        for key, icon in (("empty", "plus"), ("import", "download"), ("demo", "eye")):
            entry = OptionCard(icon, invented=key == "demo")
            entry.clicked.connect(lambda _checked=False, k=key: self.chosen.emit(k))
            self.entries[key] = entry
            self.box.addWidget(entry)
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._doing = kit.label("", "dense", "text-2")
        self.cancel = kit.button("", small=True)
        self.cancel.clicked.connect(self.cancelled)
        self._making = flowing(self._doing, self.cancel, spacing=12)
        self._making.hide()
        self.box.addWidget(self._making)
        self.box.addWidget(self._bar)
        self.box.addStretch(1)

    def begin(self) -> None:
        self.entries["empty"].setFocus()

    def set_busy(self, busy: bool) -> None:
        """The demo is being made, or no longer; what one pressed is off while it runs, so the focus is on Cancel."""
        if busy == self._making.isVisibleTo(self):
            return
        self._bar.setVisible(busy)
        self._making.setVisible(busy)
        self._bar.setValue(0)
        for entry in self.entries.values():
            entry.setEnabled(not busy)
        (self.cancel if busy else self.entries["demo"]).setFocus()

    def show_progress(self, part: float) -> None:
        """`part`: 0 to 1."""
        self._bar.setValue(round(100 * part))

    def retranslate(self) -> None:
        w = self.context.words
        about = w.t("The database is ready. What you do not do now you can do later.")
        self.say(w.t("How do you want to begin?"), about, "")
        self._bar.setAccessibleName(w.t("Making the demo"))
        self._doing.setText(w.t("Making the demo …"))
        self.cancel.setText(w.tc("button", "Cancel"))
        self.cancel.setAccessibleName(self.cancel.text())
        texts = {
            "empty": (w.t("Begin with an empty database"), w.t("Add citizens one by one as you meet them.")),
            "import": (w.t("Import"), w.t("Read CSV files or a spreadsheet exported from another system.")),
            "demo": (
                w.t("Look at the demo"),
                w.t("An invented municipality with 60 citizens, in its own database."),
            ),
        }
        for key, (title, below) in texts.items():
            self.entries[key].say(title, below)
