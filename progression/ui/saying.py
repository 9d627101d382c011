"""Errors in words. A known one is a sentence; anything else is a bug and gets a report without a single name in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from progression.errors import KnownError, whereabouts
from progression.ui import theme
from progression.ui.kit import button, heading, scrolled, set_text, wrapped
from progression.ui.kit.flow import Flow
from progression.ui.window.crash import QtFault
from progression.ui.worker import Cancelled
from progression.words import Words

MOST_REPORTS = 5  # different faults in one dialog


def sentence(w: Words, error: BaseException) -> str:
    """What happened, what is safe, what to do: for a known error, or for something the user stopped."""
    if isinstance(error, KnownError):
        from progression.words import errors

        return errors.sentence(w, error)
    if isinstance(error, Cancelled):
        return w.t("Stopped. What was not finished was not kept.")
    return w.t("Something went wrong that should not. What was saved is safe.")


def report(error: BaseException) -> str:
    """A report that can be sent to someone: kinds of errors, files, lines and versions. No message of the error, since
    it could hold a name, a score or a note."""
    import platform

    versions = f"Qt {qVersion()}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([f"Progression {_version()}, {versions}", *_places(error)])


def _places(error: BaseException) -> list[str]:
    """Where it happened; of what Qt said itself, which part of Qt."""
    found = whereabouts(error)
    return [f"{found[0]} ({error.category})", *found[1:]] if isinstance(error, QtFault) else found


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("progression")
    except PackageNotFoundError:
        return "?"


class BugDialog(QDialog):
    """Says that this is our fault, that the work is saved, and gives a report to copy. Not modal: one can go on.

    `closing`: the user would rather close the program.
    """

    closing = Signal()

    def __init__(self, w: Words, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = w
        self._reports = [report(error)]
        self._times = 1
        self.setWindowTitle(w.t("A fault in Progression"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._again = wrapped("", "dense", "text-2")
        self._again.hide()
        self._shown = QPlainTextEdit(self._reports[0])
        self._shown.setReadOnly(True)
        self._shown.setTabChangesFocus(True)
        self._shown.setAccessibleName(w.t("Report"))
        self._shown.setMinimumHeight(theme.current().px(140))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 24)
        box.setSpacing(12)
        box.addWidget(scrolled(self._told()), 1)
        copy = button(w.t("Copy the report"), icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._shown.toPlainText()))
        leave = button(w.t("Close Progression"))
        leave.clicked.connect(self._leave)
        on = button(w.t("Go on working"), "primary")
        on.clicked.connect(self.close)
        ways = Flow()
        for part in (on, copy, leave):
            ways.addWidget(part)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.addLayout(ways)
        box.addLayout(foot)
        self._fit()
        on.setFocus()

    def _told(self) -> QWidget:
        """What is said, and the report; it scrolls where the screen is too low for large text."""
        w, inside = self._words, QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(24, 24, 24, 0)
        box.setSpacing(12)
        box.addWidget(heading(2, w.t("A fault in Progression"), wraps=True))
        safe = w.t(
            "Something went wrong that should not. Everything that was saved is safe, and drafts are kept. "
            "The report below holds no names, numbers or notes: send it to whoever looks after Progression."
        )
        on = w.t(
            "You can go on working. If something looks wrong, close Progression and open it again: "
            "what you were working on is kept."
        )
        for part in (wrapped(safe), wrapped(on, "dense", "text-2"), self._again, self._shown):
            box.addWidget(part)
        box.setStretchFactor(self._shown, 1)
        return inside

    def _fit(self) -> None:
        """As large as its text asks for, and no larger than the screen."""
        look, room = theme.current(), self.screen().availableGeometry().size()
        self.resize(min(look.px(640), room.width() - 40), min(look.px(440), room.height() - 80))

    def add(self, error: BaseException) -> None:
        """Another fault while this one is still told: the same dialog tells it, however often it comes."""
        self._times += 1
        text = report(error)
        if text not in self._reports and len(self._reports) < MOST_REPORTS:
            self._reports.append(text)
            self._shown.setPlainText("\n\n".join(self._reports))
        w = self._words
        set_text(self._again, w.tn("It has happened {n} time.", "It has happened {n} times.", self._times))

    def _leave(self) -> None:
        self.close()
        self.closing.emit()


def tell_bug(w: Words, error: BaseException, parent: QWidget) -> BugDialog:
    """Tell of a fault: in the dialog that is open already, else in a new one: a fault in every repaint is told once."""
    for open_ in parent.findChildren(BugDialog):
        if open_.isVisible():
            open_.add(error)
            return open_
    made = BugDialog(w, error, parent)
    made.closing.connect(parent.window().close)
    made.show()
    return made


def is_known(error: BaseException) -> bool:
    """True for what a user is told in a sentence, False for a bug."""
    return isinstance(error, (KnownError, Cancelled))
