"""A batch under way: read on the database thread, made and written on another, a file at a time; and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QProgressBar, QVBoxLayout, QWidget

from progression.desk import report_batch
from progression.desk.report_batch import Folder, Line, Order, Outcome, Task
from progression.errors import KnownError
from progression.ui import kit, theme
from progression.ui.kit.flow import Flow
from progression.ui.kit.texts import set_property
from progression.ui.page import Context
from progression.ui.saying import sentence
from progression.ui.start.vault_place import short
from progression.words import Words

WIDE = 860  # px at 100 %
WRONG = Qt.ItemDataRole.UserRole  # of a row: the file could not be written


class Batch(QObject):
    """One batch at a time. `outcome` is what it came to so far, `running` whether it goes on."""

    moved = Signal()
    _told = Signal(object, object, object)  # what to go on with, value, error: from the writing thread

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.outcome: Outcome | None = None
        self.running = False
        self._stop = False
        self._folder: Folder | None = None
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writing")
        self._told.connect(self._deliver)

    def begin(self, order: Order) -> None:
        """Begin, or go on where an earlier run stopped: what is in the folder already is left."""
        if self.running:
            return
        self.outcome, self.running, self._stop = Outcome(order), True, False
        self._folder = Folder(order)
        self.moved.emit()
        self._elsewhere(self._folder.open, lambda _: self._next())

    def cancel(self) -> None:
        """Stop after the file that is being written."""
        self._stop = True

    def _elsewhere(self, work: Callable[..., Any], then: Callable[[Any], None], *given: Any) -> None:
        """Do something on the writing thread and go on in this one with what it returned."""

        def run() -> None:
            value, error = None, None
            try:
                value = work(*given)
            except BaseException as found:  # handed over whole: nothing is caught and hidden
                error = found
            if shiboken6.isValid(self):
                self._told.emit(then, value, error)

        self._writer.submit(run)

    def _deliver(self, then: Callable[[Any], None], value: Any, error: BaseException | None) -> None:
        if error is None:
            then(value)
        else:
            self._broke(error)

    def _next(self) -> None:
        outcome, folder = self.outcome, self._folder
        assert outcome is not None and folder is not None
        outcome.cancelled = self._stop and outcome.left > 0
        if outcome.cancelled or not outcome.left:
            self._elsewhere(folder.close, self._over)
            return
        case = outcome.order.cases[len(outcome.lines)]

        def taken(found: Task | KnownError) -> None:
            if isinstance(found, KnownError):
                self._add(report_batch.failed(folder, case, found))
            else:
                self._elsewhere(folder.put, self._add, found)

        def failed(error: BaseException) -> bool:
            self._broke(error)
            return True

        self.context.run(report_batch.take, outcome.order, case, folder, done=taken, failed=failed)

    def _add(self, line: Line) -> None:
        assert self.outcome is not None
        self.outcome.lines.append(line)
        self.moved.emit()
        self._next()

    def _broke(self, error: BaseException) -> None:
        """What keeps every further file from being written; a bug goes to the window."""
        assert self.outcome is not None and self._folder is not None
        if isinstance(error, KnownError):
            self.outcome.stopped = error
        else:
            self.context.failed.emit(error)
        self._elsewhere(self._folder.close, self._over)

    def _over(self, why: KnownError | None) -> None:
        assert self.outcome is not None
        self.outcome.stopped = self.outcome.stopped or why
        self.running = False
        self.moved.emit()


class BatchView(QWidget):
    """What will be written, how far it is, and what it came to. `wanted`: begin; `cancelled`: stop; `again`: go on."""

    wanted = Signal()
    cancelled = Signal()
    again = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._title, self._lead = kit.wrapped("", "h2"), kit.wrapped("", "dense", "text-2")
        self._locks = kit.wrapped("", "dense", "text-2")
        self._inside = QWidget()
        self.choose, self.stop = kit.button("", "primary", icon="folder-open"), kit.button("")
        self.go_on = kit.button("", "primary")
        self.bar, self.told = QProgressBar(), kit.wrapped("", "body")
        self.bar.setTextVisible(False)
        self.why, self.list = kit.wrapped("", "body", "error"), QListWidget()
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around = QHBoxLayout(self)
        around.setContentsMargins(24, 16, 24, 16)
        around.addWidget(self._inside, 1)
        around.addStretch(0)
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for part in (self._title, self._lead, self._locks):
            box.addWidget(part)
        doors, line = QWidget(), Flow(8)
        for door in (self.choose, self.go_on, self.stop):
            line.addWidget(door)
        doors.setLayout(line)
        box.addWidget(doors)
        box.addWidget(self.bar)
        box.addWidget(self.told)
        box.addWidget(self.why)
        box.addWidget(self.list, 1)
        box.addStretch(0)
        self.choose.clicked.connect(self.wanted)
        self.go_on.clicked.connect(self.again)
        self.stop.clicked.connect(self.cancelled)

    def show_asked(self, kind: str, count: int | None, locked: bool | None) -> None:
        """Say what would be written: the document's name, for how many citizens (None: not known yet), and whether
        the files get a password (None: such a document cannot have one)."""
        w = self.words
        told = (
            w.tn("{kind} for {n} citizen", "{kind} for {n} citizens", count, kind=kind) if count is not None else kind
        )
        kit.set_text(self._title, told)
        texts = {True: w.t("The files get the password you have typed."), False: w.t("The files get no password.")}
        kit.set_text(self._locks, texts[locked] if locked is not None else "")
        self.choose.setEnabled(bool(count))

    def show_batch(self, outcome: Outcome | None, running: bool) -> None:
        """Show how far it is, and what it came to."""
        w = self.words
        self.choose.setVisible(not running)
        self.stop.setVisible(running)
        self.bar.setVisible(running)
        rest = outcome is not None and bool(outcome.left or outcome.count("failed"))
        self.go_on.setVisible(not running and rest)
        set_property(self.choose, "role", "normal" if rest else "primary")  # one way on stands out
        kit.set_icon(self.choose, "folder-open", "accent" if rest else "on-accent")
        kit.set_text(
            self.told, "" if outcome is None else progress_text(w, outcome) if running else came_text(w, outcome)
        )
        self.told.setToolTip(str(outcome.order.folder) if outcome is not None and not running else "")
        why = outcome.stopped if outcome is not None else None
        kit.set_text(self.why, sentence(w, why) if why is not None else "")
        if outcome is None:
            self._fill([])
            return
        self.bar.setRange(0, len(outcome.order.cases))
        self.bar.setValue(len(outcome.lines))
        if not running:
            ordered = sorted(
                outcome.lines, key=lambda line: (line.state != "failed", not line.lacks)
            )  # what to look at
            self._fill([(_line(w, line), line.state == "failed") for line in ordered])

    def _fill(self, rows: list[tuple[str, bool]]) -> None:
        """The files, each with whether it went wrong: those are marked, and they come first."""
        self.list.clear()
        for text, wrong in rows:
            item = QListWidgetItem(text, self.list)
            item.setData(WRONG, wrong)
        self._mark()
        self.list.setVisible(bool(rows))

    def _mark(self) -> None:
        """The sign and the colour of what went wrong, in the theme in force."""
        sign, colour = kit.icon("circle-alert", "error"), theme.current().colour("error")
        for item in (self.list.item(n) for n in range(self.list.count())):
            if item.data(WRONG):
                item.setIcon(sign)
                item.setForeground(colour)

    def retranslate(self, words: Words) -> None:
        """Say everything in the language in force."""
        self.words = words
        t = words.t
        self._lead.setText(
            t(
                "One file for each citizen, named after the document and the citizen's number, and a list of the "
                "files. If you choose the same folder again, only what is new or changed is written. The files leave "
                "the encrypted database, and the access log says so for each citizen."
            )
        )
        texts = {
            self.choose: t("Choose a folder …"), self.stop: t("Stop"),
            self.go_on: t("Continue in the same folder"),
        }  # fmt: skip
        for made, text in texts.items():
            made.setText(text)
            made.setAccessibleName(text)
        self.bar.setAccessibleName(t("Progress of the files"))
        self.list.setAccessibleName(t("The files"))

    def restyle(self) -> None:
        """Take over text size: the list shows a few lines at least, and none is wider than can be followed."""
        self.list.setMinimumHeight(theme.current().px(120))
        self._mark()
        self._inside.setMaximumWidth(theme.current().px(WIDE))


def progress_text(w: Words, outcome: Outcome) -> str:
    """How far a batch is."""
    return w.t("File {done} of {n}", done=len(outcome.lines), n=len(outcome.order.cases))


def came_text(w: Words, outcome: Outcome) -> str:
    """What a batch came to, in a sentence or two."""
    new, same, wrong = (outcome.count(state) for state in ("written", "unchanged", "failed"))
    parts = [w.tn("{n} file is written in {folder}.", "{n} files are written in {folder}.", new,
                  folder=short(outcome.order.folder))]  # fmt: skip
    if same:
        parts.append(w.tn("{n} was there already, unchanged.", "{n} were there already, unchanged.", same))
    if wrong:
        parts.append(w.tn("{n} could not be written.", "{n} could not be written.", wrong))
    if outcome.left:
        parts.append(w.tn("{n} citizen is left.", "{n} citizens are left.", outcome.left))
    return " ".join([*parts, lacking_text(w, outcome)]).strip()


def lacking_text(w: Words, outcome: Outcome) -> str:
    """In how many files a letter is missing; "" for none."""
    n = len(outcome.lacking)
    if not n:
        return ""
    return w.tn(
        "{n} file lacks a letter that the font has no sign for: look at it before it is handed out.",
        "{n} files lack a letter that the font has no sign for: look at them before they are handed out.",
        n,
    )


def _line(w: Words, line: Line) -> str:
    states = {"written": w.t("written"), "unchanged": w.t("unchanged"), "failed": w.t("not written")}
    about = f"{line.file} ({states[line.state]})"
    if line.lacks:
        letters = " ".join(line.missing) or w.tn("{n} letter", "{n} letters", line.lacks)
        told = w.t("The report's font has no sign for {letters}. They stand as � in the file.", letters=letters)
        return f"{about}: {line.case.name}. {told}"
    return f"{about}: {line.case.name}. {sentence(w, line.why)}" if line.why is not None else about
