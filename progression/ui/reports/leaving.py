"""A document in view leaves the vault on paper or on the clipboard; the access log says so first."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from progression.desk import documents
from progression.desk.documents import Made
from progression.errors import KnownError
from progression.ui.page import Context


def print_made(context: Context, made: Made, printer: Any) -> None:
    """Print a PDF on a printer; what goes wrong there is said in the window."""
    from progression.ui.reports.pdf import Pages, print_pages

    def logged(_nothing: object) -> None:
        pages = Pages(made.data)
        try:
            print_pages(pages, printer)
        except KnownError as error:
            context.failed.emit(error)
        else:
            context.announce(context.words.t("The document is sent to the printer."))
        finally:
            pages.close()

    context.run(documents.leaving, made, "print", done=logged)


def copy_made(context: Context, made: Made) -> None:
    """Put a document of text on the clipboard."""

    def logged(_nothing: object) -> None:
        QGuiApplication.clipboard().setText(made.text.strip())
        context.announce(context.words.t("The text is copied."))

    context.run(documents.leaving, made, "copy", done=logged)
