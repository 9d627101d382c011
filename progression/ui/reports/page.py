"""*Rapporter*: choose a document and for whom, look at it page by page, save or print it; a whole caseload at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from progression.desk import documents, report_batch
from progression.desk.documents import Made
from progression.desk.report_batch import Case, Order, Whose
from progression.errors import KnownError
from progression.ui import kit, theme
from progression.ui.kit.flow import Flow, Split
from progression.ui.page import Context, Page
from progression.ui.reports import find as report_find
from progression.ui.reports import leaving
from progression.ui.reports import link as report_link
from progression.ui.reports.batch import Batch, BatchView, came_text
from progression.ui.reports.choice import MANY, ONE, Choice
from progression.ui.reports.password import PasswordPart
from progression.ui.reports.preview import Preview
from progression.ui.running.panel import QWIDGETSIZE_MAX
from progression.ui.saying import sentence
from progression.ui.window import shortcuts

COLUMN = 320  # px at 100 % text
BESIDE = 860  # px at 100 % text under which there is room for the choice or the document
CITIZEN = frozenset(
    {"citizen", "assignment", "professional", "consent", "handover", "assessment", "intervention", "decision",
     "conversation", "plan", "note", "flag", "category"}
)  # fmt: skip


class ReportsPage(Page):
    """The page. `made` is the document in view, None while there is none."""

    name: ClassVar[str] = "reports"
    kinds: ClassVar[frozenset[str]] = CITIZEN
    about_citizen: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.made: Made | None = None
        self.cases: tuple[Case, ...] | None = None
        self._whose: Whose | None = None
        self._asked: tuple[str, ...] = ()
        self._searching = False
        self.choice, self.preview, self.view = Choice(), Preview(context.words), BatchView(context.words)
        self.password, self.batch = PasswordPart(context.words), Batch(context, self)
        self._title, self._about = kit.heading(1), kit.wrapped("", "small", "text-2")
        self.save_button, self.print_button = kit.button("", "primary", icon="download"), kit.button("", icon="printer")
        self.copy_button, self.fold = kit.button("", icon="copy"), kit.button("")
        self._choosing = True  # where there is room for one of them: the choice, not the document
        self._build()
        self._connect()

    def _build(self) -> None:
        head, line, doors, tools = QWidget(), Split(16), QWidget(), Flow(8)
        for part in (self.fold, self.copy_button, self.print_button, self.save_button):
            tools.addWidget(part)
        doors.setLayout(tools)
        line.addWidget(self._title)
        line.addWidget(doors)
        head.setLayout(line)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(24, 16, 24, 12)
        self._head.setSpacing(4)
        self._head.addWidget(head)
        self._head.addWidget(self._about)
        left = QWidget()
        column = kit.column(0)
        left.setLayout(column)
        column.addWidget(self.choice)
        column.addWidget(self.password)
        column.addStretch(1)
        self._left = kit.scrolled(left)
        self._paper = QWidget()
        paper = QVBoxLayout(self._paper)
        paper.setContentsMargins(16, 12, 16, 0)
        paper.addWidget(self.preview)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._paper)
        self.stack.addWidget(kit.scrolled(self.view))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addWidget(kit.rule())
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._left)
        beside.addWidget(self.stack, 1)
        whole.addLayout(beside, 1)

    def _connect(self) -> None:
        self.choice.changed.connect(self._ask)
        self.choice.whose_wanted.connect(self._ask_whose)
        self.choice.finder.asked.connect(self._search)
        self.choice.finder.closed.connect(self._search_over)
        self.choice.finder.picked.connect(lambda hit: self.context.go(self.name, hit.key))
        self.preview.said.connect(self.context.announce)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print)
        self.copy_button.clicked.connect(self.copy)
        self.fold.clicked.connect(lambda: self.do("panel"))
        self.view.wanted.connect(self.choose_folder)
        self.view.again.connect(self._go_on)
        self.view.cancelled.connect(self.batch.cancel)
        self.batch.moved.connect(self._batch_moved)
        self.password.refused.connect(self._password_refused)
        self.password.ticked.connect(lambda _on: self._show_asked())
        doing = {"reports.save": self.save, "reports.print": self.print, "reports.copy": self.copy,
                 "reports.batch": self._to_batch}  # fmt: skip
        shortcuts.bind(self, doing)

    # opening and asking

    def show_for(self, citizen: str) -> None:
        """Open the page; with a citizen, on that citizen's document; with a team (`report_link`), on its report."""
        team = report_link.read(citizen)
        if team is not None:
            if not self.batch.running:
                self._choosing = False
                self.choice.choose_team(*team)
            super().show_for(self.citizen)
            return
        if citizen != self.citizen and citizen and not self.batch.running:
            self.choice.choose_whom(ONE)
            self._choosing = False
        super().show_for(citizen or self.citizen)
        if not self.citizen and not self.choice.many:
            self.choice.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self._asked = ()
        if self.choice.many or self.choice.of_team:
            self._ask_whose()
        self._ask()

    def _ask(self) -> None:
        """Ask for what is chosen: the document to look at, or for how many it would be."""
        self.stack.setCurrentIndex(1 if self.choice.many else 0)
        self._show_doors()
        self._arrange()
        if self.choice.many:
            self._ask_cases()
            return
        subject = self.choice.subject if self.choice.of_team else self.citizen
        asked = (self.choice.kind, subject, self.choice.language(self.words))
        if not subject:
            find = self.words.t("Find a citizen, and the document is shown here before it is saved.")
            self._show_nothing(self.words.t("Counting …") if self.choice.of_team else find)
        elif asked != self._asked:
            self._asked = asked

            def done(made: Made) -> None:
                if self._asked == asked:
                    self._show(made)

            def failed(error: BaseException) -> bool:
                if self._asked == asked and isinstance(error, KnownError):
                    self._show_nothing(sentence(self.words, error))
                return isinstance(error, KnownError)

            self.context.run(documents.preview, *asked, done=done, failed=failed)

    def _show(self, made: Made) -> None:
        self.made = made
        title = f"{self.words.t(made.kind.name)}: {made.name or self.words.t('All teams')}"
        self.preview.show_made(made, title)
        self.choice.show_name(made.name if made.kind.about == "citizen" else "")
        if made.kind.about == "citizen":
            self.context.opened.emit(made.subject, made.name)
        self._show_doors()

    def _show_nothing(self, why: str) -> None:
        self.made = None
        self.preview.show_nothing(why)
        self._show_doors()

    def _show_doors(self) -> None:
        """The ways out of the vault that the document in view has."""
        made = self.made if not self.choice.many else None
        text = made is not None and made.kind.suffix == "txt"
        self.save_button.setVisible(not self.choice.many)
        self.save_button.setEnabled(made is not None)
        self.print_button.setVisible(not self.choice.many and not text)
        self.print_button.setEnabled(made is not None)
        self.copy_button.setVisible(text)
        self.password.setVisible(documents.kind(self.choice.kind).suffix == "pdf")

    def _search(self, text: str) -> None:
        first, self._searching = not self._searching, True
        self.context.run(
            report_find.citizens, text, first, done=lambda found: self.choice.finder.show_hits(text, found)
        )

    def _search_over(self) -> None:
        self._searching = False

    # out of the vault

    def save(self) -> None:
        """Ask for the file and write the document as it is in view."""
        made, w = self.made, self.words
        if made is None or self.choice.many:
            return
        password = self._password()
        if password is None:
            return
        title = w.t("Save the document: the file leaves the encrypted database")
        kinds = {"pdf": "PDF (*.pdf)", "txt": w.t("Text (*.txt)")}
        chosen, _kind = QFileDialog.getSaveFileName(self, title, made.suggested(), kinds[made.kind.suffix])
        if chosen:
            suffix = f".{made.kind.suffix}"
            path = Path(chosen if chosen.lower().endswith(suffix) else chosen + suffix)
            told = w.t("The report is saved as {file}", file=path.name)

            def done(_path: Path) -> None:
                self.password.forget()
                self.context.announce(told)

            self.context.run(documents.save, made, path, password, done=done)

    def _password(self) -> str | None:
        """The password that is asked for, "" for none; None where it must be typed again: the choice comes in view."""
        return self.password.take(documents.kind(self.choice.kind))

    def _password_refused(self) -> None:
        """Bring what is wrong in view, and the field where it is put right."""
        at = self.focusWidget()
        if self._left.isHidden():
            self._choosing = True
            self._arrange()
        where = self.password.second if at is self.password.second else self.password.first
        where.setFocus(Qt.FocusReason.OtherFocusReason)
        kit.bring_into_view(self._left, where, self.password.fault)

    def print(self) -> None:
        """Ask for the printer and print the document as it is in view."""
        from progression.ui.reports.pdf import chosen_printer

        if self.made is not None and self.preview.pages is not None and not self.choice.many:
            printer = chosen_printer(self, len(self.preview.pages))
            if printer is not None:
                self.print_on(printer)

    def print_on(self, printer: Any) -> None:
        """Print on a printer; the access log says so first."""
        if self.made is not None:
            leaving.print_made(self.context, self.made, printer)

    def copy(self) -> None:
        """Put a document of text on the clipboard."""
        if self.made is not None and self.made.kind.suffix == "txt" and not self.choice.many:
            leaving.copy_made(self.context, self.made)

    # a whole caseload

    def _to_batch(self) -> None:
        """Take up a whole caseload."""
        self._choosing = True
        self.choice.choose_citizens()
        self.choice.choose_whom(MANY)
        self.choice.loads.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_whose(self) -> None:
        def done(whose: Whose) -> None:
            self._whose = whose
            self.choice.show_whose(whose, self.words)
            self._ask()

        self.context.run(report_batch.whose, done=done)

    def _ask_cases(self) -> None:
        if self.batch.running:
            return
        self.cases = None
        self._show_asked()
        if self._whose is None:
            return
        load: dict[str, Any] = dict(self.choice.load())

        def done(found: tuple[Case, ...]) -> None:
            if load == self.choice.load():
                self.cases = found
                self._show_asked()

        self.context.run(report_batch.cases, done=done, **load)

    def _show_asked(self) -> None:
        kind = self.words.t(documents.kind(self.choice.kind).name)
        locked = self.password.wanted.isChecked() if documents.kind(self.choice.kind).suffix == "pdf" else None
        self.view.show_asked(kind, len(self.cases) if self.cases is not None else None, locked)
        self.view.show_batch(self.batch.outcome, self.batch.running)

    def choose_folder(self) -> None:
        """Ask for the folder and begin."""
        if self._password() is None:
            return
        title = self.words.t("Choose the folder: the files leave the encrypted database")
        chosen = QFileDialog.getExistingDirectory(self, title)
        if chosen:
            self.write_into(Path(chosen))

    def write_into(self, folder: Path) -> None:
        """Write the document of everybody in the caseload into a folder."""
        password = self._password()
        if self.cases and password is not None:
            language = self.choice.language(self.words)
            self.batch.begin(Order(self.choice.kind, language, folder, self.cases, password))
            self.password.forget()
            self._choosing = False  # where there is room for one of them: how far it is
            self._arrange()

    def _go_on(self) -> None:
        if self.batch.outcome is not None:
            self.batch.begin(self.batch.outcome.order)

    def _batch_moved(self) -> None:
        outcome, running = self.batch.outcome, self.batch.running
        self.choice.set_busy(running)
        self.password.setEnabled(not running)
        self.view.show_batch(outcome, running)
        if outcome is not None and not running:
            if not outcome.left and not outcome.count("failed"):  # nobody goes on with it: the password goes
                outcome.order = replace(outcome.order, password="")
            self.context.announce(came_text(self.words, outcome))

    # life of a page

    def leave(self) -> None:
        self.password.forget()
        if self.batch.outcome is None:  # whoever comes back with a citizen means that citizen
            self.choice.choose_whom(ONE)

    def do(self, key: str) -> None:
        if key != "panel" or self.fold.isHidden():
            return
        to_files = self._choosing and self.choice.many
        if to_files and not self.batch.running and self._password() is None:  # judged before one goes on
            return
        self._choosing = not self._choosing
        self._arrange()
        if to_files and self.view.choose.isEnabled():
            self.view.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        w = self.words
        kit.set_text(self._title, w.t("Reports"))
        self._about.setText(
            w.t("What is saved or printed leaves the encrypted database, and the access log says that it did.")
        )
        texts = {self.save_button: w.t("Save …"), self.print_button: w.t("Print …")}
        for made, text in (texts | {self.copy_button: w.t("Copy the text")}).items():
            made.setText(text)
            made.setAccessibleName(text)
        self.choice.retranslate(w)
        self.choice.show_periods(w, self.context.today)
        self.password.retranslate(w)
        self.preview.retranslate(w)
        self.view.retranslate(w)
        if self._whose is not None:
            self.choice.show_whose(self._whose, w)
        self._show_asked()
        self._show_doors()
        self._arrange()

    def restyle(self) -> None:
        self.choice.restyle()
        self.preview.restyle()
        self.view.restyle()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The choice beside the document; where there is no room for both, one or the other."""
        look, w = theme.current(), self.words
        wide = self.width() >= look.px(BESIDE)
        self.fold.setVisible(not wide)
        way = w.t("To the files") if self.choice.many else w.t("Show the document")
        self.fold.setText(way if self._choosing else w.t("Choose the document"))
        self.fold.setAccessibleName(self.fold.text())
        self._about.setVisible(wide)
        self._left.setVisible(wide or self._choosing)
        self.stack.setVisible(wide or not self._choosing)
        self._left.setMinimumWidth(min(look.px(COLUMN), self.width() // 2) if wide else 0)
        self._left.setMaximumWidth(self._left.minimumWidth() if wide else QWIDGETSIZE_MAX)
