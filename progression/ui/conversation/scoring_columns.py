"""Where things stand on the scoring sheet: one set of columns for the head and every row, and how high rows are.

All lengths are device-independent pixels at the text size of the theme.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from progression.scales.model import Indicator, Rater, Scale
from progression.ui.theme import Theme
from progression.words import Words

MARGIN = 24
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
ROW_LOW, ROW_HIGH, FOCUS_HIGH = 33, 50, 146
NOTE_BELOW = 84  # the note under its row where there is no column for it
LISTED_ROW = 74  # a row whose cells stand below its name
LOCK = 24  # px at 100 %: the lock beside a name
NARROWEST_STEP = 90  # px at 100 %; below this the texts of the steps stand in a list


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns at one width. With `stacked` there is no room for a note column: the note stands under its row.
    With `listed` the cells stand below the name, and the row in focus lists its steps one below the other."""

    width: int
    name: int
    step: int
    steps: int
    zero: int
    note: int
    stacked: bool
    listed: bool = False

    @property
    def steps_left(self) -> int:
        """Left edge of the first step."""
        return MARGIN + (16 if self.listed else self.name)

    @property
    def steps_width(self) -> int:
        """Width of all steps together, with the closing border."""
        return self.step * self.steps + 2

    @property
    def zero_left(self) -> int:
        """Left edge of the cell for "ikke vurderet"."""
        return self.steps_left + self.steps_width + 12

    @property
    def note_left(self) -> int:
        """Left edge of the note column."""
        return self.steps_left if self.stacked else self.zero_left + self.zero + 16

    @property
    def right(self) -> int:
        """Right edge of the content."""
        return self.width - MARGIN

    def step_rect(self, index: int, top: int, height: int) -> QRect:
        """The cell of a step, by its index from 0."""
        extra = 2 if index == self.steps - 1 else 0
        return QRect(self.steps_left + index * self.step, top, self.step + extra, height)

    def zero_rect(self, top: int, height: int) -> QRect:
        """The cell of "ikke vurderet"."""
        return QRect(self.zero_left, top, self.zero, height)


def columns(width: int, scale: Scale, theme: Theme) -> Columns:
    """Divide a width. The note column goes first where room is short, then the name becomes narrower."""
    steps = scale.maximum - scale.minimum + 1
    content = width - 2 * MARGIN
    zero = theme.px(94) if content >= theme.px(1140) else theme.px(86)
    note = min(theme.px(260), max(theme.px(142), round(content * 0.148)))
    share = 0.232 if content >= theme.px(1140) else 0.2
    name = min(theme.px(280), max(theme.px(204), round(content * share)))
    gaps = 12 + 16 + 2
    step = (content - name - zero - note - gaps) // steps
    stacked = step < theme.px(104)
    if stacked:
        name = min(theme.px(280), max(theme.px(150), round(content * 0.22)))
        step = (content - name - zero - gaps + 16) // steps
        note = content - name
    if stacked and step < theme.px(NARROWEST_STEP):
        zero = theme.px(44)
        step = (content - 16 - 12 - zero - 14) // steps
        return Columns(width, content - 16, step, steps, zero, content - 16, True, True)
    return Columns(width, name, min(step, theme.px(170)), steps, zero, note, stacked)


def shown_text(indicator: Indicator, rater: Rater, words: Words) -> str:
    """What is asked in the row in focus: the prompt to the caseworker or the question to the citizen."""
    return words.pick(indicator.question if rater == "citizen" else indicator.prompt)


def strong(theme: Theme, kind: str = "small", weight: str = "h3") -> QFont:
    """A type style in another style's weight."""
    font = QFont(theme.font(kind))
    font.setWeight(theme.font(weight).weight())
    return font


def word_height(scale: Scale, rater: Rater, cols: Columns, theme: Theme, words: Words) -> int:
    """The height of the step words in the row in focus: one line, more where a word must break."""
    metrics = QFontMetrics(strong(theme))
    room = cols.step - 14 - theme.px(18)
    texts = [words.pick(scale.word(step, rater)) for step in range(scale.minimum, scale.maximum + 1)]
    return max(theme.px(22), *(_height(metrics, text, room) + theme.px(3) for text in texts))


def focus_height(scale: Scale, rater: Rater, cols: Columns, theme: Theme, words: Words) -> int:
    """How high the row in focus must be for the longest text of any row, at least 146 px at 100 %."""
    rows = scale.rated_by(rater)
    if cols.listed:
        return max(open_list(row, scale, rater, cols, theme, words).bottom for row in rows) + theme.px(NOTE_BELOW)
    head = theme.px(16) + word_height(scale, rater, cols, theme, words)
    small = QFontMetrics(theme.font("small"))
    need = theme.px(FOCUS_HIGH)
    for indicator in rows:
        for step in indicator.steps:
            text = _height(small, words.pick(step.text), cols.step - 16)
            need = max(need, 24 + head + text + 6)
        need = max(need, asked_bottom(indicator, rater, cols, theme, words) + 12)
    return need + (theme.px(NOTE_BELOW) if cols.stacked else 0)


def asked_bottom(indicator: Indicator, rater: Rater, cols: Columns, theme: Theme, words: Words) -> int:
    """Where name and question of the row in focus end, from its top."""
    width = name_width(cols, theme)
    name = _height(QFontMetrics(theme.font("h3")), focus_name(indicator, cols, theme, words), width)
    return 14 + name + 6 + _height(QFontMetrics(theme.font("dense")), shown_text(indicator, rater, words), width)


@dataclass(frozen=True, slots=True)
class OpenList:
    """The row in focus as a list: a cell for each step across the whole width, and the two other answers below."""

    steps: tuple[QRect, ...]
    zero: QRect
    decline: QRect
    bottom: int


def open_list(indicator: Indicator, scale: Scale, rater: Rater, cols: Columns, theme: Theme, words: Words) -> OpenList:
    """Place the cells of a listed row below its question, each as high as its text."""
    left, width = cols.steps_left, cols.right - 12 - cols.steps_left
    bold, small = QFontMetrics(strong(theme)), QFontMetrics(theme.font("small"))
    room = width - list_indent(theme) - 10
    top = asked_bottom(indicator, rater, cols, theme, words) + 14
    cells = []
    for step in range(scale.minimum, scale.maximum + 1):
        word = _height(bold, words.pick(scale.word(step, rater)), room)
        text = _height(small, words.pick(indicator.step_text(step)), room)
        cells.append(QRect(left, top, width, max(theme.px(44), 8 + word + 2 + text + 8)))
        top += cells[-1].height()
    other = theme.px(36)
    zero = QRect(left, top + 10, width, other)
    decline = QRect(left, zero.bottom() + 7, width, other)
    return OpenList(tuple(cells), zero, decline, decline.bottom() + 12)


def list_indent(theme: Theme) -> int:
    """Where the words of a listed step begin, from its left edge."""
    return 10 + theme.px(24)


def name_width(cols: Columns, theme: Theme) -> int:
    """Room for the name of an indicator, after its number."""
    return cols.name - 16 - theme.px(20) - 12


def focus_name(indicator: Indicator, cols: Columns, theme: Theme, words: Words) -> str:
    """What the row in focus is called: its whole name, unless one of its words is longer than a line."""
    name, metrics = words.pick(indicator.name), QFontMetrics(theme.font("h3"))
    fits = all(metrics.horizontalAdvance(word) <= name_width(cols, theme) for word in name.split())
    return name if fits else words.pick(indicator.short_name)


def lock_beside(name: str, cols: Columns, theme: Theme) -> bool:
    """Whether the lock has room beside every line of a name; else it stands below the number of the row."""
    metrics, room = QFontMetrics(theme.font("h3")), name_width(cols, theme) - theme.px(LOCK)
    return all(metrics.horizontalAdvance(word) <= room for word in name.split())


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, max(width, 24), 4000), WRAP, text).height()


def row_heights(available: int, rows: int, focus: int, theme: Theme, listed: bool = False) -> tuple[int, int]:
    """The height of a row, so that all rows fit where they can, and the least it may be (33-50 px at 100 %)."""
    low, high = (theme.px(LISTED_ROW),) * 2 if listed else (theme.px(ROW_LOW), theme.px(ROW_HIGH))
    height = (available - focus) // max(rows - 1, 1)
    return max(low, min(height, high)), low
