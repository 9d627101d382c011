"""Letterhead among the settings: what is in force, a file taken in, fields to change it, and a page that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget

from progression.ui import kit, theme, ways
from progression.ui.page import Context
from progression.ui.reports.pdf import Pages
from progression.ui.reports.preview import EDGE, Sheet
from progression.ui.settings.catalogue import CatalogueSection
from progression.ui.settings.letterhead_panel import LetterheadPanel
from progression.words import Words

if TYPE_CHECKING:
    from progression.desk.session import Session
    from progression.reports.letterhead import Letterhead

PAPER = 560  # px at 100 %: the page that shows a letterhead
Facts = tuple["Letterhead", str]  # in force, and who documents come from


def gather(session: Session) -> Facts:
    """The letterhead in force, and who documents come from."""
    from progression.desk import letterhead

    kept = letterhead.in_force(session)
    return kept, letterhead.sender(session, kept)


class LetterheadSection(CatalogueSection):
    """The section under its heading; `show_facts` takes what `gather` returned. `pages`: the page that shows one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: Facts | None = None
        self.pages: Pages | None = None
        self.change, self.load = kit.button("", icon="pencil"), kit.button("", "quiet", icon="folder-open")
        self.look, self.remove = kit.button("", "quiet", icon="eye"), kit.button("", "quiet")
        self.change.clicked.connect(self.edit)
        self.load.clicked.connect(self.choose)
        self.look.clicked.connect(self.toggle)
        self.remove.clicked.connect(self.take_away)
        self.tool_row(self.change, self.load, self.look, self.remove)
        self.sheet = Sheet()
        self.sheet.hide()
        self.tools.addWidget(self.sheet)
        self.lead.hide()

    def show_facts(self, facts: Facts) -> None:
        """Show what is in force; a page that showed what was before goes."""
        if self._facts is not None and facts != self._facts:
            self.put_away()
        self._facts = facts
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        texts = {
            self.change: w.t("Change the letterhead"), self.load: w.t("Load a letterhead from a file …"),
            self.look: w.t("Show a page with it") if self.pages is None else w.t("Put the page away"),
            self.remove: w.t("Remove the letterhead"),
        }  # fmt: skip
        for button, text in texts.items():
            button.setText(text)
            button.setAccessibleName(text)
        self.sheet.setAccessibleName(w.t("A page with the letterhead"))
        self.below.setText(
            w.t("The file is a TOML file with the logo beside it. Whoever installs Progression can make one.")
        )
        self.below.show()
        self.remove.setVisible(self._facts is not None and bool(self._facts[0].name))
        if self._facts is not None:
            kit.set_text(self.state, told(w, *self._facts))

    # what is done

    @ways.door
    def edit(self) -> None:
        """Open the fields."""
        if self._facts is not None:
            panel = LetterheadPanel(self.context.words, self._facts[0])
            panel.shown.connect(self._show_typed)
            self.open(panel)
            kit.read_in_order(self)  # the fields stand above the tools

    def close_panel(self, focus: bool = True) -> None:
        """Put the fields away, and a page of what was typed with them."""
        if self.panel is not None:
            self.put_away()
        super().close_panel(focus)
        if focus:
            self.change.setFocus()

    def choose(self) -> None:
        """Ask for a file and take it into force."""
        w = self.context.words
        kinds = w.t("Letterhead (*.toml)")
        chosen, _ = QFileDialog.getOpenFileName(self, w.t("Choose a letterhead"), "", kinds)
        if chosen:
            self.load_file(Path(chosen))

    def load_file(self, path: Path) -> None:
        """Take a file into force; every fault is said below, and nothing changes then."""
        from progression.desk import letterhead

        self.close_panel(focus=False)
        w = self.context.words
        self.act(
            w.t("The letterhead stands on every document from now on."), w.t("the letterhead"), letterhead.install, path
        )

    def take_away(self) -> None:
        """Documents have no letterhead from now on."""
        from progression.desk import letterhead

        w = self.context.words
        self.close_panel(focus=False)
        self.change.setFocus()  # this button goes away
        self.act(w.t("The letterhead is taken away."), w.t("taking the letterhead away"), letterhead.remove)

    # the page that shows it

    def toggle(self) -> None:
        """Show a page with the letterhead in force, or put it away."""
        from progression.desk import letterhead

        if self.pages is not None:
            self.put_away()
        else:
            self.context.run(letterhead.preview, done=self._show_page)

    def put_away(self) -> None:
        """Show no page."""
        if self.pages is not None:
            self.pages.close()
        self.pages = None
        self.sheet.show_image(QImage(), 1)
        self.sheet.hide()
        self.retranslate()

    def _show_typed(self, entered: dict[str, object], logo: bytes | Path) -> None:
        from progression.desk import letterhead

        panel = self.panel

        def failed(error: BaseException) -> bool:
            return panel is not None and self.panel is panel and panel.refused(error)

        self.context.run(letterhead.preview_typed, entered, logo, done=self._show_page, failed=failed)

    def _show_page(self, pdf: bytes) -> None:
        self.put_away()
        self.pages = Pages(pdf, self)
        self.sheet.setAccessibleDescription(self.pages.text(0))
        self._draw()
        self.sheet.show()
        self.retranslate()
        self.context.announce(self.context.words.t("The page is shown below."))
        QTimer.singleShot(0, self, self._into_view)

    def _into_view(self) -> None:
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None:
            for part in (self, inside):  # lines that wrap move the page: they are laid out first
                layout = part.layout()
                if layout is not None:
                    layout.activate()
            area.verticalScrollBar().setValue(max(0, self.sheet.mapTo(inside, self.sheet.rect().topLeft()).y()))

    def _draw(self) -> None:
        if self.pages is None:
            return
        wide, ratio = min(theme.current().px(PAPER), max(self.width(), 200)) - 2 * EDGE, self.devicePixelRatioF()
        self.sheet.show_image(self.pages.image(0, wide / self.pages.size(0)[0] * ratio), ratio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def restyle(self) -> None:
        """Take over text size."""
        self._draw()


def told(w: Words, kept: Letterhead, sender: str) -> str:
    """What stands on documents now, in a few lines."""
    if not kept.name:
        if sender:
            return w.t("No letterhead. Documents show {municipality} at the top.", municipality=sender)
        return w.t("No letterhead. Documents do not say which municipality they come from.")
    logo = w.t("With a logo") if kept.logo else w.t("Without a logo")
    return "\n".join(part for part in (sender, *kept.contact, kept.footer, logo) if part)
