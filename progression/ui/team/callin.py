"""The letter that calls a citizen in: what it says in plain words, the time that is offered, and saving it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from progression.desk.callin import CallInPage
from progression.desk.duties import CallIn
from progression.ui import kit, ways
from progression.ui.page import Context
from progression.ui.panels.fields import DateField, Fielded
from progression.ui.saying import sentence
from progression.ui.start.steps import LANGUAGE_NAMES
from progression.ui.team import tabs as team_tabs
from progression.words import Words, callin, talks
from progression.words.callin import CallInLetter
from progression.words.naming import called

MINE, ALL = "mine", "all"

_CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


class LetterPanel(QWidget):
    """A preview that follows what is typed. `wanted(letter, path, language)`: write it; `citizen`: open the citizen."""

    cancelled = Signal()
    citizen = Signal()
    wanted = Signal(object, object, str)

    def __init__(self, words: Words, who: str, number: str, letter: CallInLetter, today: date) -> None:
        super().__init__()
        self.words, self.language, self.letter, self.number = words, words.language, letter, number
        t = words.t
        self.setAccessibleName(t("Call-in letter"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(kit.heading(2, t("Call-in letter")))
        box.addWidget(kit.wrapped(who, "name"))
        self.spoken = kit.Segmented()
        self.spoken.set_choices(tuple(LANGUAGE_NAMES.items()), t("Language of the letter"))
        self.spoken.choose(words.language)
        self.spoken.chosen.connect(lambda _key: self._show())
        box.addLayout(kit.row(self.spoken, 1))
        self.day, self.time, self.place = (
            DateField(words, today, ahead=True),
            QLineEdit(callin.at(words, letter)),
            QLineEdit(letter.place),
        )
        self.day.put(letter.when)
        such = t("Such as {example}. May be empty.", example=talks.clock(words, "10:30"))
        self.fields = {
            "day": Fielded(t("Day offered"), self.day, t("Empty: the citizen is asked to ring.")),
            "time": Fielded(t("Time of day"), self.time, such),
            "place": Fielded(t("Place"), self.place, t("May be empty.")),
        }
        for field in self.fields.values():
            box.addWidget(field)
        for control in (self.day, self.time, self.place):
            control.textChanged.connect(lambda _text: self._show())
        self.paper = kit.Card()
        self.text = kit.wrapped("", "dense")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.paper.box.addWidget(self.text)
        box.addWidget(self.paper)
        self._foot(box)
        self._show()

    def _foot(self, box: QVBoxLayout) -> None:
        t = self.words.t
        leaves = t(
            "The file leaves the encrypted database, and the access log says that it did. Delete it when it is sent."
        )
        self.save_pdf, self.save_text = kit.button(t("Save as PDF …"), "primary"), kit.button(t("Save as text …"))
        self.open_button = kit.button(t("Open the citizen"), "quiet", icon="user")
        self.close_button = kit.button(t("Close"), "quiet")
        self.save_pdf.clicked.connect(lambda: self.ask("pdf"))
        self.save_text.clicked.connect(lambda: self.ask("txt"))
        self.open_button.clicked.connect(self.citizen)
        self.close_button.clicked.connect(self.cancelled)
        self.message = kit.wrapped("", "dense", "error")
        self.message.hide()
        box.addWidget(kit.wrapped(leaves, "small", "text-2"))
        box.addWidget(self.message)
        for made in (self.save_pdf, self.save_text, self.open_button, self.close_button):
            box.addLayout(kit.row(made, 1))
        box.addStretch(1)

    def read(self) -> CallInLetter | None:
        """The letter with what is typed; None, and a sentence at the field, where something cannot be read."""
        for field in self.fields.values():
            field.clear_fault()
        day, wrong = self.day.read()
        if not wrong and day is not None and day < self.letter.day:
            wrong = self.words.t("The date has passed. Choose today or a later day, or leave it empty.")
        if wrong:
            self.fields["day"].say(wrong)
            return None
        clock = self.time.text().strip()
        if clock and not _CLOCK.fullmatch(clock):
            example = talks.clock(self.words, "10:30")
            self.fields["time"].say(self.words.t("Write the time as {example}.", example=example))
            return None
        return self._typed(day, clock)

    def _typed(self, day: date | None, clock: str) -> CallInLetter:
        found = _CLOCK.fullmatch(clock)
        time = f"{int(found[1])}.{found[2]}" if found else ""
        return replace(self.letter, when=day, time=time, place=self.place.text().strip())

    def _show(self) -> None:
        """Say the letter as it is now; a day or a time that is not finished yet stands there when it is."""
        letter = self._typed(self.day.day(), self.time.text().strip())
        w = Words(self.spoken.value() or self.words.language)
        self.text.setText(callin.text(w, letter).strip())
        self.text.setAccessibleName(self.text.text())

    def ask(self, kind: str) -> None:
        """Ask for the file and have the letter written."""
        letter, t = self.read(), self.words.t
        if letter is None:
            return
        suggested = f"{t('Call-in letter {number}', number=self.number)}.{kind}"
        kinds = {"pdf": "PDF (*.pdf)", "txt": t("Text (*.txt)")}
        title = t("Save the letter: the file leaves the encrypted database")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, suggested, kinds[kind])
        if chosen:
            path = Path(chosen if chosen.lower().endswith(f".{kind}") else f"{chosen}.{kind}")
            self.wanted.emit(letter, path, self.spoken.value() or self.words.language)

    def refused(self, error: BaseException) -> bool:
        """Say why it was not written; False for what is not known: a bug."""
        from progression.errors import KnownError

        if not isinstance(error, KnownError):
            return False
        self.message.setText(sentence(self.words, error))
        self.message.show()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


class Calling(QObject):
    """The tab that says whom to call in: asks for the list when it is chosen (it reads everybody's duties), opens
    letters and writes them. `came`: the list is another; `shown(panel, first)`: a panel to show beside the page."""

    came = Signal()
    shown = Signal(object, object)
    written = Signal(object)
    opened = Signal(str, str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.context = context
        self.value: CallInPage | None = None
        self.whose = kit.Segmented()
        self.letters = kit.button("", icon="file-text", small=True)
        self.whose.chosen.connect(lambda _whose: self.came.emit())
        self.letters.clicked.connect(self.write_all)

    @property
    def tools(self) -> tuple[QWidget, ...]:
        """What stands among the tools of the page while the tab is in view."""
        return self.whose, self.letters

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        w = self.context.words
        self.whose.set_choices(((MINE, w.t("My citizens")), (ALL, w.t("The whole team"))), w.t("Whose citizens"))
        self.letters.setText(w.t("Save all letters …"))
        self.letters.setAccessibleName(self.letters.text())

    def show_tools(self, on: bool) -> None:
        """Show the tools while the tab is in view, and only where there is something for them."""
        self.whose.setVisible(on and self.value is not None and bool(self.value.me))
        self.letters.setVisible(on and bool(self.rows()))

    def ask(self) -> None:
        """Ask for the list."""
        from progression.desk import callin

        self.context.run(callin.page, done=self._came)

    def _came(self, value: CallInPage) -> None:
        self.value = value
        self.came.emit()

    def mine(self) -> bool:
        """Whether only my own citizens are asked for; whoever is nobody's caseworker sees everybody."""
        return self.whose.value() in ("", MINE) and self.value is not None and bool(self.value.me)

    def rows(self) -> tuple[CallIn, ...]:
        """Whom to call in, of those asked for."""
        if self.value is None:
            return ()
        return tuple(one for one in self.value.rows if not self.mine() or one.caseworker == self.value.me)

    def fill(self, to: team_tabs.Lister) -> None:
        """List them."""
        if self.value is not None:
            team_tabs.fill_call_in(to, self.value, self.mine(), self.open)

    def open(self, one: CallIn) -> None:
        """Open the letter to a citizen."""
        from progression.desk import callin

        self.context.run(callin.preview, one.citizen, done=lambda letter: self._show(one, letter))

    def _show(self, one: CallIn, letter: CallInLetter) -> None:
        name = called(self.context.words, one.name, one.number)
        panel = LetterPanel(self.context.words, name, one.number, letter, self.context.today)
        ways.come(panel, self, "open", one)
        panel.citizen.connect(lambda: self.opened.emit(one.citizen, name))
        panel.wanted.connect(lambda made, path, language: self._write(panel, one, made, path, language))
        self.shown.emit(panel, panel.day)

    def _write(self, panel: LetterPanel, one: CallIn, letter: CallInLetter, path: Path, language: str) -> None:
        from progression.desk import callin

        def done(file: Path) -> None:
            self.written.emit(panel)
            self.context.announce(self.context.words.t("The letter is saved in {file}", file=file.name))

        self.context.run(callin.save, one.citizen, letter, path, language, done=done, failed=panel.refused)

    def write_all(self) -> None:
        """Ask for a folder and have a letter to each written, as PDF and as text."""
        w = self.context.words
        title = w.t("Save the letters: the files leave the encrypted database")
        folder = QFileDialog.getExistingDirectory(self.letters, title)
        if folder:
            self.write_into(Path(folder))

    def write_into(self, folder: Path) -> None:
        """Write the letters to everybody in the list into a folder."""
        from progression.desk import callin

        w, rows = self.context.words, self.rows()

        def progress(done: int, total: int) -> None:
            self.context.announce(w.t("Letter {done} of {n}", done=done, n=total))

        def done(_files: object) -> None:
            self.letters.setEnabled(True)
            self.context.announce(w.tn("{n} letter is saved", "{n} letters are saved", len(rows)))

        def failed(_error: BaseException) -> bool:
            self.letters.setEnabled(True)
            return False  # the status bar says why

        self.letters.setEnabled(False)
        self.context.run(callin.write_letters, rows, folder, done=done, failed=failed, progress=progress)
