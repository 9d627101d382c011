"""A PDF in memory drawn as pictures: on the screen and on a printer. Nothing is ever written to a file.

pypdfium2 draws, since QtPdf is not part of PySide6-Essentials (docs/decisions/0010-preview.md). PDFium is no friend of
threads: everything here is called in the window's thread.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QRectF
from PySide6.QtGui import QImage, QPainter

from progression.errors import KnownError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

POINT = 96 / 72  # px at 100 %
PRINT_DPI = 300  # finer than this paper does not show, and a page would take hundreds of MB


class Pages:
    """The pages of a PDF, counted from 0. Raises ValueError for bytes that are none.

    Whoever opens them closes them; with an `owner` they are closed with it, or when the program ends.
    """

    def __init__(self, pdf: bytes, owner: QObject | None = None) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ValueError("not a PDF") from error
        ending = QCoreApplication.instance()
        if owner is not None and ending is not None:
            owner.destroyed.connect(self.close)
            ending.aboutToQuit.connect(self.close)

    def __len__(self) -> int:
        return len(self._document)

    @property
    def is_open(self) -> bool:
        """Whether they can still be drawn."""
        return bool(self._document.raw)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page, in points."""
        width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def image(self, page: int, scale: float) -> QImage:
        """A page as a picture, `scale` pixels for each point."""
        with closing(self._document[page]) as sheet, closing(sheet.render(scale=scale, prefer_bgrx=True)) as drawn:
            picture = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
            return picture.copy()  # the buffer goes with the bitmap

    def text(self, page: int) -> str:
        """The text of a page, in reading order, on one line."""
        with closing(self._document[page]) as sheet, closing(sheet.get_textpage()) as text:
            found = text.get_text_range()  # U+FFFE stands for a hyphen at a line's end
        return " ".join(found.replace("\ufffe", "").split())

    def close(self) -> None:
        """Let the document go; what is closed may be closed again."""
        self._document.close()


def chosen_printer(parent: QWidget, pages: int) -> QPrinter | None:
    """Ask for the printer and which of so many pages; None where it was given up."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_pages(pages: Pages, printer: QPrinter) -> None:
    """Print the pages asked for in the printer's dialog. Raises KnownError("print.failed")."""
    first = max(printer.fromPage(), 1)
    last = min(printer.toPage() or len(pages), len(pages))
    printer.setFullPage(True)  # the report has margins of its own, wider than any printer's
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError("print.failed")
    try:
        for n in range(first - 1, last):
            if n > first - 1 and not printer.newPage():
                raise KnownError("print.failed")
            dpi = min(printer.resolution(), PRINT_DPI)
            painter.drawImage(_place(pages.size(n), printer), pages.image(n, dpi / 72))
    finally:
        painter.end()


def _place(size: tuple[float, float], printer: QPrinter) -> QRectF:
    """Where on the paper a page lies: as large as it is, smaller where the paper is."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    width, height = (points / 72 * printer.resolution() for points in size)
    fit = min(1.0, paper.width() / width, paper.height() / height)
    return QRectF(0, 0, width * fit, height * fit)
