"""Restoring a backup from the locked door: which copies there are, what the one chosen lacks, and only then the act.

Nothing is changed before it was said what would be missing. It is part of the door and no dialog over it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.kit.texts import set_property
from progression.ui.page import Context
from progression.ui.window.status import announce
from progression.words import Words

if TYPE_CHECKING:
    from progression.desk.vaults import Opened
    from progression.store.backup import Backup, Weighed

ROW, MOST_ROWS = 28, 5  # px at 100 % text; of the list that is seen without scrolling
_FILE = int(Qt.ItemDataRole.UserRole)


class Restoring(QObject):
    """`choose` stands above the field of the passphrase (`secret`), `answer` below it; the door places both.

    `opened` carries the desk's Opened, `failed` what went wrong, `left`: the database is left as it is. `asked`: look
    at the copy; the door sees to it that there is a passphrase, and calls `look`.
    """

    opened = Signal(object)
    failed = Signal(object)
    left = Signal()
    asked = Signal()

    def __init__(self, context: Context, secret: QLineEdit) -> None:
        super().__init__(secret)
        self.context, self.secret = context, secret
        self.folder = Path()
        self.weighed: Weighed | None = None
        self.busy = False
        self._made: list[tuple[Path, dt.datetime | None]] = []  # as listed; None: a file from elsewhere
        self.list = QListWidget()
        self.none = kit.wrapped("", "dense", "text-2")
        self.file_button = kit.link("")
        self.choose = _column(self.none, self.list, self.file_button)
        self.told = kit.wrapped("", "body")
        self.look_button = kit.button("", "primary")
        self.restore_button = kit.button("", "normal")
        self.leave_button = kit.button("", "quiet")
        for made in (self.look_button, self.restore_button):
            set_property(made, "large", True)
        self.answer = _column(self.told)
        box = self.answer.layout()
        assert isinstance(box, QVBoxLayout)
        for line in (kit.row(self.look_button, 1), kit.row(self.restore_button, 1), kit.row(self.leave_button, 1)):
            box.addLayout(line)
        self._connect()
        self.hide()

    def _connect(self) -> None:
        self.file_button.clicked.connect(self.choose_file)
        self.look_button.clicked.connect(self.asked)
        self.restore_button.clicked.connect(self.restore)
        self.leave_button.clicked.connect(self.left)
        self.list.currentRowChanged.connect(lambda _row: self._forget())
        self.secret.textChanged.connect(lambda _text: self._forget())

    @property
    def on(self) -> bool:
        """It is in view."""
        return not self.choose.isHidden()

    def begin(self, folder: Path) -> None:
        """Show the copies beside the database in this folder."""
        from progression.desk import vaults

        self.folder, self.busy = folder, False
        self._fill([(one.path, one.made) for one in _kept(vaults.copies, folder)])
        for part in (self.choose, self.answer):
            part.show()
        self._forget()
        (self.list if self._made else self.file_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def hide(self) -> None:
        """Back to unlocking; what was found out about a copy is forgotten."""
        self.weighed = None
        for part in (self.choose, self.answer):
            part.hide()

    def _fill(self, made: Sequence[tuple[Path, dt.datetime | None]]) -> None:
        self._made = list(made)
        self._write_rows(0)

    def _write_rows(self, chosen: int) -> None:
        w = self.context.words
        self.list.blockSignals(True)
        self.list.clear()
        for path, made in self._made:
            text = when(w, made, self.context.now) if made else w.t("The file {name}", name=path.name)
            item = QListWidgetItem(text)
            item.setData(_FILE, str(path))
            self.list.addItem(item)
        self.list.setCurrentRow(chosen)
        self.list.blockSignals(False)
        self.restyle()

    def choose_file(self) -> None:
        """Ask for a copy that lies elsewhere; it is added to the list, chosen."""
        w = self.context.words
        kinds = w.t("Backups") + " (*.backup)"
        chosen, _kind = QFileDialog.getOpenFileName(self.choose, w.t("Choose the backup"), str(self.folder), kinds)
        if not chosen:
            return
        known = next((n for n, (path, _made) in enumerate(self._made) if path == Path(chosen)), None)
        if known is None:
            self._made.insert(0, (Path(chosen), None))
        self._write_rows(known or 0)
        self._forget()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def file(self) -> Path | None:
        """The copy that is chosen, None where there is none."""
        item = self.list.currentItem()
        return Path(item.data(_FILE)) if item is not None else None

    # looking, and only then restoring

    def look(self) -> None:
        """Find out what the chosen copy lacks. Nothing is changed."""
        from progression.desk import vaults

        file = self.file()
        if file is not None and self._begin():
            self.context.worker.run(
                vaults.weigh, file, self.folder, self.secret.text(), done=self._looked, failed=self._wrong
            )

    def _looked(self, found: Weighed) -> None:
        self.busy = False
        if not self.on:  # left meanwhile
            return
        self.weighed = found
        self.retranslate()
        self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)  # Enter goes on with nothing that was not read
        announce(self.told, self.told.text())

    def restore(self) -> None:
        """Put the copy in place that was looked at. The database that is here is set aside."""
        from progression.desk import vaults

        file = self.file()
        if file is not None and self.weighed is not None and self._begin():
            self.context.worker.run(
                vaults.restore,
                file,
                self.folder,
                self.secret.text(),
                language=self.context.words.language,
                done=self._restored,
                failed=self._wrong,
            )

    def _begin(self) -> bool:
        if self.busy or not self.secret.text():
            return False
        self.busy = True
        self.retranslate()
        return True

    def _restored(self, opened: Opened) -> None:
        self.busy = False
        self.hide()
        self.opened.emit(opened)

    def _wrong(self, error: BaseException) -> None:
        self.busy = False
        self._forget()
        self.failed.emit(error)

    def _forget(self) -> None:
        """Another copy, or another passphrase: what was found out is about neither."""
        self.weighed = None
        self.retranslate()

    # words

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w, found = self.context.words, self.weighed
        kit.set_text(self.none, w.t("There are no backups beside this database.") if not self._made else "")
        self.none.setVisible(not self._made)
        self.list.setVisible(bool(self._made))
        self.list.setAccessibleName(w.t("Backups, the newest first"))
        texts: tuple[tuple[QWidget, str, Callable[[str], None]], ...] = (
            (self.file_button, w.t("A backup that lies elsewhere …"), self.file_button.setText),
            (self.look_button, w.t("See what would be missing"), self.look_button.setText),
            (self.restore_button, w.t("Put the backup in place"), self.restore_button.setText),
            (self.leave_button, w.t("Leave the database as it is"), self.leave_button.setText),
        )
        for control, text, say in texts:
            say(text)
            control.setAccessibleName(text)
        if self.busy:
            self.look_button.setText(w.t("Looking …"))
        self.look_button.setEnabled(not self.busy and self.file() is not None)
        self.look_button.setVisible(found is None)
        self.restore_button.setEnabled(not self.busy)
        self.restore_button.setVisible(found is not None)
        kit.set_text(self.told, told(w, found) if found is not None else "")
        self.told.setVisible(found is not None)

    def speak(self) -> None:
        """The language is another: the list too."""
        self._write_rows(max(0, self.list.currentRow()))
        self.retranslate()

    def restyle(self) -> None:
        """Rows of the list at this text size."""
        rows = max(1, min(MOST_ROWS, len(self._made)))
        self.list.setFixedHeight(theme.current().px(ROW) * rows + 4)


def when(w: Words, made: dt.datetime, now: dt.datetime) -> str:
    """When a copy was made, and how long that is ago."""
    local = made.astimezone()
    days = (now.astimezone().date() - local.date()).days
    ago = w.t("today") if days <= 0 else w.tn("{n} day ago", "{n} days ago", days)
    return w.t("{day} at {time}, {ago}", day=w.date(local.date()), time=w.clock(local), ago=ago)


def told(w: Words, found: Weighed) -> str:
    """What putting a copy in place would mean, for whoever decides it."""
    made = _moment(w, found.made)
    lines = [
        w.tn(
            "The backup is whole and opens. It is of {made} and holds {n} fact.",
            "The backup is whole and opens. It is of {made} and holds {n} facts.",
            found.facts,
            made=made,
        )
    ]
    if found.same is False:
        lines.append(w.t("It is of another database than the one that is here."))
    if found.present:
        lines += [_lacks(w, found, made), w.t("The database that is here is set aside, not deleted.")]
    return "\n\n".join(lines)


def _lacks(w: Words, found: Weighed, made: str) -> str:
    lacking = found.lacking
    if lacking is None:
        return w.t(
            "The database that is here cannot be read together with it, so it cannot be told what would be missing. "
            "What was written after {made} is not in the backup.",
            made=made,
        )
    if not lacking.facts or lacking.latest is None:
        return w.t("Everything in the database that is here is in the backup too: nothing would be missing.")
    return w.tn(
        "{n} fact in the database that is here is not in the backup, of {latest}. Citizens it is about: {citizens}.",
        "{n} facts in the database that is here are not in the backup, the latest of {latest}. Citizens they are "
        "about: {citizens}.",
        lacking.facts,
        latest=_moment(w, lacking.latest),
        citizens=lacking.citizens,
    )


def _moment(w: Words, time: dt.datetime) -> str:
    local = time.astimezone()
    return w.t("{day} at {time}", day=w.date(local.date()), time=w.clock(local))


def _kept(copies: Callable[[Path], Sequence[Backup]], folder: Path) -> Sequence[Backup]:
    try:
        return copies(folder)
    except OSError:  # a folder that cannot be read has none to offer; a file can still be pointed out
        return ()


def _column(*parts: QWidget) -> QWidget:
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    for part in parts:
        box.addWidget(part)
    return made
