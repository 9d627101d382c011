"""Labels in the type styles of the tokens."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from progression.ui.kit.accessible import titled

LONGEST_WORD = 40  # letters in a row, the longest words of Danish; a longer one may break anywhere
_RUN = re.compile(rf"[^\s\-–/\\.,]{{{LONGEST_WORD + 1},}}")
_BREAK = "\u200b"  # a place where a line may break
_FIXED = "\u00a0"
_MONTHS = (
    r"jan(?:uary?)?|feb(?:ruary?)?|mar(?:ts|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?"
    r"|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = re.compile(rf"\b(\d{{1,2}}\.?) (?=(?:{_MONTHS})\b)", re.IGNORECASE)


def breaking(text: str) -> str:
    """The text with what a line may and may not break at, as a label paints it."""
    return _DAY.sub(rf"\1{_FIXED}", _RUN.sub(lambda run: _BREAK.join(run[0]), text))


class Text(QLabel):
    """A label in which a word longer than any word breaks, where Qt would make the page as wide as the word, and a
    day stays on the line of its month."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""

    def setText(self, text: str) -> None:
        """Show a text; `text` gives it back as it was."""
        self._said = text
        super().setText(breaking(text))

    def text(self) -> str:
        """What was set."""
        return self._said


def label(text: str = "", kind: str = "body", tone: str = "text") -> QLabel:
    """A line of plain text in a type style (`theme.TYPE`) and a tone (a colour token). Never read as markup."""
    made = Text()
    made.setText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setProperty("tone", tone)
    return made


def wrapped(text: str = "", kind: str = "body", tone: str = "text") -> QLabel:
    """The same, breaking into lines."""
    made = label(text, kind, tone)
    made.setWordWrap(True)
    return made


@titled
class Heading(Text):
    """A label that a screen reader can go to from heading to heading."""


def heading(level: int, text: str = "", *, wraps: bool = False) -> QLabel:
    """A heading, level 1 (one per page) to 3; a screen reader is told so. `wraps`: it breaks into lines."""
    made = Heading()
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", f"h{level}")
    made.setProperty("tone", "text")
    made.setProperty("headingLevel", level)
    made.setText(text)
    return made


def set_text(target: QLabel, text: str) -> None:
    """Change a label's text; hidden while empty, so that it takes no room."""
    target.setText(text)
    target.setAccessibleName(text)
    target.setVisible(bool(text))


def set_tone(target: QWidget, tone: str) -> None:
    """Change the tone of a label."""
    set_property(target, "tone", tone)


def set_property(target: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet answers, and let it answer."""
    if target.property(name) != value:
        target.setProperty(name, value)
        target.style().unpolish(target)
        target.style().polish(target)
        target.update()
