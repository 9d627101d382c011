"""Errors in words. A known one is a sentence; anything else is a bug and gets a report without a single name in it."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from progression.errors import KnownError, whereabouts
from progression.ui.kit import button, heading, row, wrapped
from progression.ui.worker import Cancelled
from progression.words import Words


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
    versions = f"Qt {qVersion()}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([f"Progression {_version()}, {versions}", *whereabouts(error)])


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("progression")
    except PackageNotFoundError:
        return "?"


class BugDialog(QDialog):
    """Says that this is our fault, that the work is saved, and gives a report to copy. Not modal."""

    def __init__(self, w: Words, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(w.t("A fault in Progression"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        text = report(error)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(12)
        box.addWidget(heading(2, w.t("A fault in Progression")))
        box.addWidget(
            wrapped(
                w.t(
                    "Something went wrong that should not. Everything that was saved is safe, and drafts are kept. "
                    "The report below holds no names, numbers or notes: send it to whoever looks after Progression."
                )
            )
        )
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(w.t("Report"))
        box.addWidget(shown, 1)
        copy = button(w.t("Copy the report"), icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        close = button(w.t("Close"), "primary")
        close.clicked.connect(self.close)
        box.addLayout(row(1, copy, close))


def is_known(error: BaseException) -> bool:
    """True for what a user is told in a sentence, False for a bug."""
    return isinstance(error, (KnownError, Cancelled))
