"""A document as it will be, page by page: a PDF drawn from its very bytes, or a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.kit.flow import Flow
from progression.ui.reports.pdf import POINT, Pages
from progression.ui.window import shortcuts
from progression.words import Words

if TYPE_CHECKING:
    from progression.desk.documents import Made

ZOOMS = (50, 75, 100, 125, 150, 200, 300)  # per cent
AT_FIRST = 125  # per cent, at most, before anybody has asked for another: a page is looked at, not a line
TEXT = 720  # px at 100 %: wider lines of text are hard to follow
EDGE = 16  # px round the paper


class Sheet(QWidget):
    """One page of paper. Its text is its description, so that a screen reader reads the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._image = QImage()

    def show_image(self, image: QImage, ratio: float) -> None:
        """Show a picture made for a screen of this pixel ratio."""
        self._image = image
        self._image.setDevicePixelRatio(ratio)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        size = self._image.deviceIndependentSize().toSize()
        return QSize(size.width() + 2 * EDGE, size.height() + 2 * EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.drawImage(EDGE, EDGE, self._image)
        painter.setPen(QPen(QColor(theme.current().hex("line-2")), 1))
        size = self._image.deviceIndependentSize().toSize()
        painter.drawRect(EDGE - 1, EDGE - 1, size.width() + 1, size.height() + 1)
        painter.end()


class Preview(QWidget):
    """`said`: what a screen reader is told when another page is in view."""

    said = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.pages: Pages | None = None
        self.page = 0
        self.zoom: int | None = None  # per cent; None: as wide as there is room
        self._filled = False  # as wide as there is room was asked for, whatever that comes to
        self.sheet, self.text = Sheet(), QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self._nothing = kit.Empty("file-text")
        self.empty = self._nothing.text
        self.missing = kit.wrapped("", "small", "warn-text")
        self._letters = ""  # that the font has no sign for
        self.place = kit.label("", "dense", "text-2")
        self.before = kit.button("", icon="chevron-left", small=True)
        self.after = kit.button("", icon="chevron-right", small=True)
        self.smaller, self.larger = kit.button("−", small=True), kit.button("+", small=True)
        self.fitted, self.percent = kit.button("", small=True), kit.label("", "dense", "text-2")
        self._tools, tools = QWidget(), Flow(8)
        self._tools.setLayout(tools)
        for part in (self.before, self.place, self.after, self.smaller, self.percent, self.larger, self.fitted):
            tools.addWidget(part)
        self._build()
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.step(-1))
        self.larger.clicked.connect(lambda: self.step(1))
        self.fitted.clicked.connect(self.fit)
        shortcuts.bind(self, {"reports.before": lambda: self.turn(-1), "reports.after": lambda: self.turn(1)})

    def _build(self) -> None:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        inside.addStretch(1)
        self.area = kit.scrolled(holder)
        self.area.viewport().installEventFilter(self)
        self._stack = QStackedWidget()
        self._letter = QWidget()
        paper = QHBoxLayout(self._letter)
        paper.setContentsMargins(0, 0, 0, 12)
        paper.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        paper.addStretch(0)
        self._letter.installEventFilter(self)
        for part in (self._nothing, self.area, self._letter):
            self._stack.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.missing)
        box.addWidget(self._tools)
        box.addWidget(self._stack, 1)
        self._tools.hide()
        self.missing.hide()

    # what is in view

    def show_nothing(self, why: str) -> None:
        """Show a sentence where the document would be; nothing of an earlier one is kept."""
        self._forget()
        self._nothing.say("", why)
        self._tools.hide()
        self._stack.setCurrentIndex(0)

    def show_made(self, made: Made, name: str) -> None:
        """Show a document from its first page; `name`: what it is and about whom."""
        self._forget()
        self._letters = " ".join(made.missing)
        self._say_missing()
        if made.kind.suffix == "txt":
            self.text.setPlainText(made.text)
            self.text.setAccessibleName(name)
            self._tools.hide()
            self._stack.setCurrentWidget(self._letter)
            self._fit_text()
            return
        self.pages, self.page = Pages(made.data, self), 0
        self.area.setAccessibleName(name)
        self._tools.show()
        self._stack.setCurrentWidget(self.area)
        self._draw()

    def _say_missing(self) -> None:
        letters = self._letters
        told = self.words.t(
            "The report's font has no sign for {letters}. They stand as � in the file.", letters=letters
        )
        kit.set_text(self.missing, told if letters else "")

    def _forget(self) -> None:
        self._letters = ""
        self._say_missing()
        self.text.clear()
        self.sheet.show_image(QImage(), 1)
        self.sheet.setAccessibleDescription("")
        if self.pages is not None:
            self.pages.close()
            self.pages = None

    @property
    def scale(self) -> float:
        """Pixels of the screen for each point of the page."""
        if self.pages is None:
            return POINT
        if self.zoom is not None:
            return self.zoom / 100 * POINT
        room = self.area.viewport().width() - 2 * EDGE
        fits = max(room, 200) / self.pages.size(self.page)[0]
        return fits if self._filled else min(fits, theme.current().px(AT_FIRST) / 100 * POINT)

    def _draw(self) -> None:
        if self.pages is None:
            return
        ratio = self.devicePixelRatioF()
        self.sheet.show_image(self.pages.image(self.page, self.scale * ratio), ratio)
        self.sheet.setAccessibleDescription(self.pages.text(self.page))
        self._say()

    def _say(self) -> None:
        w, count = self.words, len(self.pages) if self.pages is not None else 0
        told = w.t("Page {page} of {pages}", page=self.page + 1, pages=count)
        self.place.setText(told)
        self.sheet.setAccessibleName(told)
        self.percent.setText(w.t("{n}%", n=round(self.scale / POINT * 100)))
        self.before.setEnabled(self.page > 0)
        self.after.setEnabled(self.page + 1 < count)

    # moving

    def turn(self, step: int) -> None:
        """Show another page."""
        self.turn_to(self.page + step)

    def turn_to(self, page: int) -> None:
        """Show a page, counted from 0; the first or the last where there is none."""
        if self.pages is None:
            return
        page = min(max(page, 0), len(self.pages) - 1)
        if page != self.page:
            self.page = page
            self._draw()
            self.area.verticalScrollBar().setValue(0)
            self.said.emit(self.place.text())

    def step(self, step: int) -> None:
        """Draw larger or smaller."""
        now = round(self.scale / POINT * 100)
        found = [z for z in ZOOMS if z > now] if step > 0 else [z for z in reversed(ZOOMS) if z < now]
        if self.pages is not None and found:
            self.zoom = found[0]
            self._draw()

    def fit(self) -> None:
        """As wide as there is room."""
        self.zoom, self._filled = None, True
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Plus: lambda: self.step(1), Qt.Key.Key_Minus: lambda: self.step(-1), Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Home: lambda: self.turn_to(0), Qt.Key.Key_End: lambda: self.turn_to(10**6),
        }  # fmt: skip
        action = keys.get(Qt.Key(event.key()))
        if action is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            action()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The room for the page is another: a page as wide as the room follows."""
        if event.type() == QEvent.Type.Resize and watched is self.area.viewport() and self.zoom is None:
            self._draw()
        if event.type() == QEvent.Type.Resize and watched is self._letter:
            self._fit_text()
        return super().eventFilter(watched, event)

    def _fit_text(self) -> None:
        """The frame of a text is as high as its lines, and no higher than there is room."""
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # or the lines break before it
        room, around = self._letter.contentsRect(), self.text.height() - self.text.viewport().height()
        wide = min(room.width(), self.text.maximumWidth())
        self.text.resize(wide, self.text.height())  # the lines break at the width it is about to get
        lines = self.text.document().size().height()  # a plain text counts in lines
        margins = 2 * self.text.document().documentMargin()
        high = round(lines * self.text.fontMetrics().lineSpacing() + margins) + max(0, around) + 2
        most = max(1, room.height() - 12)
        self.text.setFixedHeight(min(high, most))
        if high > most:
            self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def retranslate(self, words: Words) -> None:
        """Say everything in the language in force."""
        self.words = words
        t = words.t
        names = {
            self.before: t("The page before"), self.after: t("The next page"), self.smaller: t("Draw it smaller"),
            self.larger: t("Draw it larger"),
        }  # fmt: skip
        for made, name in names.items():
            made.setAccessibleName(name)
            made.setToolTip(name)
        self.restyle()
        self._say_missing()
        self.fitted.setText(t("Fit the width"))
        self.fitted.setAccessibleName(self.fitted.text())
        if self.pages is not None:
            self._say()

    def restyle(self) -> None:
        """Take over text size: words stand in the middle beside the buttons."""
        for told in (self.place, self.percent):
            told.setMinimumHeight(theme.current().px(28))
        self.text.setMaximumWidth(theme.current().px(TEXT))
        self._fit_text()
