"""The fields of a letterhead: name, contact, footer, colours with their contrast said while one types, logo."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from progression.desk.letterhead import LEAST_CONTRAST, MOST_LINES, PLAIN, contrast
from progression.ui import kit
from progression.ui.panels.register import RegisterPanel, text_area
from progression.ui.settings.form import flowing
from progression.words import Words

if TYPE_CHECKING:
    from progression.reports.letterhead import Letterhead

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Colour(QWidget):
    """A colour as #rrggbb, and whether it can be read on white."""

    def __init__(self, words: Words, colour: str, plain: str) -> None:
        super().__init__()
        self.words, self._plain = words, plain  # that of documents without a letterhead: fainter lines are allowed
        self.edit, self.told = QLineEdit(colour), kit.wrapped("", "small", "text-2")
        self.edit.setMaxLength(7)
        self.setFocusProxy(self.edit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.edit)
        box.addWidget(self.told)
        self.edit.textChanged.connect(lambda _text: self._say())
        self._say()

    def text(self) -> str:
        """What is typed; "" for the colour that documents have anyway."""
        typed = self.edit.text().strip()
        return "" if typed.casefold() == self._plain.casefold() else typed

    def _say(self) -> None:
        w, colour = self.words, self.text()
        if not colour:
            kit.set_text(self.told, w.t("The standard colour."))
            return
        if not _HEX.fullmatch(colour):
            kit.set_text(self.told, w.t("Six letters or digits after #, such as #0059b3."))
            return
        found = w.number(int(contrast(colour) * 10) / 10, 1)  # rounded down: 4.49 must not read as 4.5
        if contrast(colour) >= LEAST_CONTRAST:
            kit.set_text(self.told, w.t("Contrast on white {ratio}:1. It can be read.", ratio=found))
        else:
            kit.set_text(
                self.told,
                w.t(
                    "Contrast on white {ratio}:1. At least {least}:1 is needed.",
                    ratio=found,
                    least=w.number(LEAST_CONTRAST, 1),
                ),
            )


class LetterheadPanel(RegisterPanel):
    """Change the letterhead, or make the first. `shown`: a page with what is typed is asked for (entered, logo)."""

    shown = Signal(object, object)

    def __init__(self, words: Words, kept: Letterhead) -> None:
        t = words.t
        super().__init__(words, t("Change the letterhead"), t("Save the letterhead"))
        self.logo: bytes | Path = kept.logo
        self.name, self.department, self.footer = (
            QLineEdit(text) for text in (kept.name, kept.department, kept.footer)
        )
        self.contact = text_area(MOST_LINES)
        self.contact.setPlainText("\n".join(kept.contact))
        self.text, self.line = Colour(words, kept.text, PLAIN.text), Colour(words, kept.line, PLAIN.line)
        self.add_field("letterhead.name", t("Municipality"), self.name)
        self.add_field("letterhead.department", t("Department"), self.department, t("May be empty."))
        helps = words.tn("At most {n} line. May be empty.", "At most {n} lines. May be empty.", MOST_LINES)
        self.add_field("letterhead.contact", t("Contact"), self.contact, helps)
        self.add_field("letterhead.footer", t("Footer"), self.footer, t("May be empty."))
        for key, caption, colour in (
            ("letterhead.colours.text", t("Colour of the text"), self.text),
            ("letterhead.colours.line", t("Colour of the lines"), self.line),
        ):
            colour.edit.setAccessibleName(caption)
            self.add_field(key, caption, colour)
        self.choose_logo, self.no_logo = kit.button("", small=True), kit.button(t("No logo"), "quiet", small=True)
        self.logo_told = kit.wrapped("", "dense", "text-2")
        self.choose_logo.clicked.connect(self.choose)
        self.no_logo.clicked.connect(lambda: self.put_logo(b""))
        self.box.addWidget(self.logo_told)
        self.box.addWidget(flowing(self.choose_logo, self.no_logo))
        self.look = kit.button(t("Show it on a page"), "quiet", icon="eye")
        self.look.clicked.connect(self._look)
        self.box.addWidget(flowing(self.look))
        self.put_logo(kept.logo)
        self.finish()

    def begin(self) -> None:
        """Put the focus where one begins."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_logo(self, logo: bytes | Path) -> None:
        """Take up a logo: one that is kept, a picture file, or b"" for none."""
        t = self.words.t
        self.logo = logo
        if isinstance(logo, Path):
            kit.set_text(self.logo_told, t("Logo: {file}", file=logo.name))
        else:
            kit.set_text(self.logo_told, t("Logo: the one in use") if logo else t("No logo is chosen"))
        self.choose_logo.setText(t("Another logo …") if logo else t("Choose a logo …"))
        self.choose_logo.setAccessibleName(self.choose_logo.text())
        if not logo and self.no_logo.hasFocus():
            self.choose_logo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.no_logo.setVisible(bool(logo))

    def choose(self) -> None:
        """Ask for a picture file."""
        t = self.words.t
        chosen, _ = QFileDialog.getOpenFileName(self, t("Choose a logo"), "", t("Pictures (*.png *.jpg *.jpeg)"))
        if chosen:
            self.put_logo(Path(chosen))

    def entered(self) -> dict[str, object]:
        """What is typed, as `desk.letterhead.typed` takes it."""
        lines = [line.strip() for line in self.contact.toPlainText().splitlines() if line.strip()]
        colours = {key: field.text() for key, field in (("text", self.text), ("line", self.line)) if field.text()}
        return {
            "name": self.name.text(), "department": self.department.text().strip(), "contact": lines,
            "footer": self.footer.text().strip(), "colours": colours,
        }  # fmt: skip

    def _look(self) -> None:
        self.clear_faults()
        self.shown.emit(self.entered(), self.logo)

    def send(self) -> None:
        from progression.desk import letterhead

        self.clear_faults()
        t = self.words.t
        told = t("The letterhead stands on every document from now on.")
        self.want(told, t("the letterhead"), letterhead.save, self.entered(), self.logo)
