"""Fields of a form that keep what was typed and say beside themselves what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget

from progression.charts.axis import shift
from progression.errors import Fault
from progression.ui.kit import field
from progression.ui.kit.texts import label, set_property
from progression.words import Words
from progression.words.errors import fault as fault_sentence

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DANISH = re.compile(r"(\d{1,2})[.\-/ ]+(\d{1,2})(?:[.\-/ ]+(\d{4}|\d{2}))?\.?")


def parse_date(text: str, today: date, ahead: bool = False) -> date | None:
    """Read 25.11.2026, 25-11-26, 25/11 (this year) or 2026-11-25; None for anything else.

    A year of two digits lies in this century. `ahead`: a day without a year is the next one of that name, so that
    7.1 written in November is in January.
    """
    written = text.strip()
    iso, danish = _ISO.fullmatch(written), _DANISH.fullmatch(written)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if danish:
            if not danish[3]:
                passed = ahead and (int(danish[2]), int(danish[1])) < (today.month, today.day)
                return date(today.year + passed, int(danish[2]), int(danish[1]))
            year = int(danish[3]) + (2000 if len(danish[3]) == 2 else 0)
            return date(year, int(danish[2]), int(danish[1]))
    except ValueError:
        return None
    return None


def parse_hours(text: str) -> float | None:
    """Read hours with a comma or a point; None for anything else."""
    written = text.strip().replace(",", ".")
    return float(written) if re.fullmatch(r"\d{1,4}(\.\d{1,2})?", written) else None


class DateField(QLineEdit):
    """A date as Danes type it. Up and Down move it a day, Page Up and Page Down a week. May be empty.

    Left, it says the whole date that was understood. `ahead`: what is planned, see `parse_date`.
    """

    def __init__(self, words: Words, today: date, *, ahead: bool = False) -> None:
        super().__init__()
        self._ahead = ahead
        self.speak(words, today)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDate)

    def speak(self, words: Words, today: date) -> None:
        """Go on in another language, or on another day."""
        self._words, self._today = words, today
        self.setPlaceholderText(words.t("dd.mm.yyyy"))

    def put(self, day: date | None) -> None:
        """Write a date into the field."""
        self.setText(f"{day.day}.{day.month}.{day.year:04d}" if day else "")

    def day(self) -> date | None:
        """The date, None when the field is empty or cannot be read."""
        return parse_date(self.text(), self._today, self._ahead)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:  # a panel begins here: typing replaces what it proposes
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        day = self.day()
        if day is not None:
            self.put(day)
        super().focusOutEvent(event)

    def read(self, needed: bool = False) -> tuple[date | None, str]:
        """The date, and a sentence about what is wrong with what was typed ("" when nothing is)."""
        if not self.text().strip():
            return None, self._words.t("A date is needed here.") if needed else ""
        day = self.day()
        return day, "" if day else self._words.t("This is not a date. Write it as {example}.", example="25.11.2026")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        days = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: 7,
            Qt.Key.Key_PageDown: -7,
        }.get(Qt.Key(event.key()))
        day = self.day()
        if days is None or day is None:
            super().keyPressEvent(event)
        else:
            self.put(shift(day, days))


class ListField(QLineEdit):
    """One of many, found by typing a part of its name; what was typed stays where it is none of them."""

    def __init__(self, words: Words, choices: Sequence[tuple[str, str]]) -> None:
        """`choices`: (key, name); two of one name are told apart by whoever makes the names."""
        super().__init__()
        self._words = words
        self._names = dict(choices)
        self._keys = {name.casefold(): key for key, name in choices}
        completer = QCompleter([name for _key, name in choices], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def put(self, key: str) -> None:
        """Propose one; a key that is none of the choices proposes nothing."""
        self.setText(self._names.get(key, ""))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:  # a panel begins here: typing replaces what it proposes
            self.selectAll()

    def read(self) -> tuple[str, str]:
        """The key of what was typed, and a sentence about what is wrong with it ("" when nothing is).

        A part of a name is enough where only one holds it.
        """
        typed = self.text().strip().casefold()
        if not typed:
            return "", self._words.t("Choose a citizen.")
        found = [key for name, key in self._keys.items() if typed in name]
        exact = self._keys.get(typed, found[0] if len(found) == 1 else "")
        if exact:
            return exact, ""
        if found:
            return "", self._words.t("Several citizens match. Write more of the name.")
        return "", self._words.t("No citizen here has that name. Choose one from the list.")


class Fielded(QWidget):
    """A control under its caption, with room for what is wrong below it."""

    def __init__(self, caption: str, control: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.control, self._help = control, help_text
        self._fault = label("", "small", "error")
        self._fault.setWordWrap(True)
        self._fault.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        made = field(caption, control, help_text)
        self._caption = made.findChildren(QLabel)[0]  # what is below is help
        self._caption.setWordWrap(True)
        box.addWidget(made)
        box.addWidget(self._fault)

    def rename(self, caption: str) -> None:
        """Call the field something else."""
        self._caption.setText(caption)
        self.control.setAccessibleName(caption)

    def say_fault(self, words: Words, fault: Fault) -> None:
        """Say what is wrong, here; the control keeps what was typed and takes the focus."""
        self.say(fault_sentence(words, fault))

    def say(self, sentence: str) -> None:
        """Say a sentence as a fault of this field."""
        self._fault.setText(sentence)
        self._fault.show()
        set_property(self.control, "fault", True)
        self.control.setAccessibleDescription(sentence)
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_fault(self) -> None:
        """Nothing is wrong here any more."""
        self._fault.hide()
        self._fault.setText("")
        set_property(self.control, "fault", False)
        self.control.setAccessibleDescription(self._help)

    def fault(self) -> str:
        """What is said to be wrong, "" when nothing is."""
        return self._fault.text()
