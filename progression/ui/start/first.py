"""First start, in three screens: language; passphrase and recovery key; begin empty, import, or look at the demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from progression.ui import kit, saying
from progression.ui.page import Context
from progression.ui.start.account import AccountStep
from progression.ui.start.door import Door
from progression.ui.start.key import KeyStep
from progression.ui.start.steps import BeginStep, LanguageStep, Step
from progression.ui.window.status import announce
from progression.ui.worker import Job

if TYPE_CHECKING:
    from progression.desk.demo import DemoResult
    from progression.desk.session import Session
    from progression.desk.vaults import Opened


class StartPage(Door):
    """Makes a vault in `folder`. `finished(opened, then)`: then is "", or "import" when files are to be read first."""

    finished = Signal(object, str)
    language_chosen = Signal(str)
    existing = Signal()  # the user has a vault elsewhere

    def __init__(self, context: Context, folder: Path) -> None:
        super().__init__()
        self.context = context
        self.folder = folder
        self._opened: Opened | None = None
        self._passphrase = ""
        self._error: BaseException | None = None
        self.language = LanguageStep(context)
        self.account = AccountStep(context, folder)
        self.key = KeyStep(context)
        self.begin = BeginStep(context)
        self.steps: tuple[Step, ...] = (self.language, self.account, self.key, self.begin)
        self._step: Step = self.language
        self._job = Job()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._count = kit.label("", "small", "text-3")
        self._fault = kit.wrapped("", "dense", "error")
        self._fault.hide()
        self.stand_in(self._count)
        for part in (*self.steps, self._fault):
            self.column.addWidget(part)
        for step in self.steps[1:]:
            step.hide()
        self.progress.show()

    def _connect(self) -> None:
        self.language.picked.connect(self.language_chosen)
        self.language.next.connect(lambda: self.show_step(self.account))
        self.language.existing.connect(self.existing)
        self.account.back.connect(lambda: self.show_step(self.language))
        self.account.next.connect(self.make_vault)
        self.account.choose_folder.connect(self._choose_folder)
        self.key.next.connect(lambda: self.show_step(self.begin))
        self.begin.chosen.connect(self._begin)
        self.begin.cancelled.connect(lambda: self._job.cancel())

    def current(self) -> Step:
        """The step in view."""
        return self._step

    def show_step(self, step: Step) -> None:
        """Go to a step and put the focus where one begins."""
        self._error = None
        self._step = step
        for other in self.steps:
            other.setVisible(other is step)
        self.retranslate()
        step.begin()

    def make_vault(self) -> None:
        """Make the vault from what was typed."""
        from progression.desk import vaults

        self._passphrase = self.account.passphrase()
        self.account.set_busy(True)
        self.context.worker.run(
            vaults.create,
            self.folder,
            self._passphrase,
            account_name=self.account.person(),
            language=self.context.words.language,
            done=self._created,
            failed=self._failed,
        )

    def _created(self, opened: Opened) -> None:
        self.account.set_busy(False)
        self._opened = opened
        self.context.worker.session = opened.session
        self.key.show_key(opened.recovery_key)
        self.show_step(self.key)

    def _failed(self, error: BaseException) -> None:
        self.account.set_busy(False)
        self.begin.set_busy(False)
        self._error = error
        self.retranslate()
        announce(self._fault, self._fault.text())
        if not saying.is_known(error):
            self.context.failed.emit(error)

    def _begin(self, choice: str) -> None:
        if self._opened is None:
            return
        if choice != "demo":
            self._finish(self._opened, choice if choice == "import" else "")
            return
        self.begin.set_busy(True)
        self._error = None
        self.retranslate()
        self._job = self.context.run(
            _build_demo,
            self.folder.parent,
            self._passphrase,
            done=self._demo_built,
            failed=self._failed,
            progress=self.begin.show_progress,
        )

    def _demo_built(self, result: DemoResult) -> None:
        self.begin.set_busy(False)
        self._finish(result.opened, "")

    def _finish(self, opened: Opened, then: str) -> None:
        self._opened = None
        self._passphrase = ""
        self.account.forget()
        self.key.forget()
        self.finished.emit(opened, then)

    def _choose_folder(self) -> None:
        w = self.context.words
        chosen = QFileDialog.getExistingDirectory(
            self, w.t("Where should the database be kept?"), str(self.folder.parent)
        )
        if chosen:
            self.folder = Path(chosen) / "progression"
            self.account.set_folder(self.folder)

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        number = {self.language: 1, self.account: 2, self.key: 2, self.begin: 3}[self.current()]
        self._count.setText(w.t("Step {number} of 3", number=number))
        names = (w.t("Language"), w.t("Passphrase and recovery key"), w.t("How to begin"))
        self.progress.say(w, names, number - 1)
        self.retranslate_door(w)
        for step in self.steps:
            step.retranslate()
        kit.set_text(self._fault, saying.sentence(w, self._error) if self._error else "")
        self.restyle()

    def restyle(self) -> None:
        """Keep the lines readable at every text size."""
        self.place()
        self.progress.updateGeometry()


def _build_demo(session: Session, parent: Path, passphrase: str, *, progress: object) -> DemoResult:
    """Close the new, empty vault and open an invented municipality beside it, under the same passphrase."""
    from progression.desk import demo, vaults

    name, serial = parent / "demo", 2
    while vaults.exists(name):
        name, serial = parent / f"demo-{serial}", serial + 1
    result = demo.build(name, passphrase, language=session.language, progress=progress)  # type: ignore[arg-type]
    vaults.close(session)
    return result
