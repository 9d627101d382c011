"""The head of the conversation page: whom it is with, who answers, the date of the answers, how far one is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from progression.casework.values import MODES
from progression.charts.phrases import mode_name
from progression.scales.model import RATERS
from progression.ui import theme
from progression.ui.conversation.scoring_state import Scoring
from progression.ui.kit import Segmented, label, row, rule, set_tone, wrapped
from progression.ui.kit.accessible import graphic, titled
from progression.ui.panels.fields import DateField
from progression.ui.window.status import announce
from progression.words import Words

LONGEST_NAME = 24  # letters of one word before it may be shortened or broken
_BREAK = "\u200b"  # a place where a line may break


def first_name(name: str) -> str:
    """What a person is called in a sentence; a very long name is shortened, since the whole one stands in the title."""
    first = name.split()[0] if name.split() else name
    return first if len(first) <= LONGEST_NAME else first[: LONGEST_NAME - 1] + "…"


@titled
class Title(QLabel):
    """The heading of the page: at most two lines, then …; the whole of it on hover and to a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "h1")
        self.setProperty("headingLevel", 1)
        self.setWordWrap(True)
        self.whole = ""

    def say(self, text: str) -> None:
        """Set the whole text."""
        self.whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = two_lines(self.fontMetrics(), self.whole, self.width())
        if shown != self.text():
            self.setText(shown)
            self.setToolTip(self.whole if shown.endswith("…") else "")


def two_lines(metrics: QFontMetrics, text: str, width: int) -> str:
    """Return as much of a text as two lines of this width hold, with … where it is not all of it; a word that is longer
    than a line may break anywhere."""
    words = (word if len(word) <= LONGEST_NAME else _BREAK.join(word) for word in text.split(" "))
    broken = " ".join(words)

    def fits(shown: str) -> bool:
        box = metrics.boundingRect(QRect(0, 0, width, 100_000), int(Qt.TextFlag.TextWordWrap), shown)
        # a line may be a pixel higher than its spacing, at some sizes: what is asked is whether there is a third one
        return box.height() < 2.5 * metrics.lineSpacing() and box.width() <= width

    if width < metrics.averageCharWidth() * 8 or fits(broken):
        return broken
    least, most = 1, len(broken)
    while least < most - 1:
        middle = (least + most) // 2
        least, most = (middle, most) if fits(broken[:middle] + "…") else (least, middle)
    return broken[:least].rstrip(_BREAK + " ") + "…"


@graphic
class Progress(QWidget):
    """A field for every row: filled when answered, outlined where the focus is. Its text stands beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._state: Scoring | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_for(self, state: Scoring, text: str) -> None:
        """Show another sheet or another moment of it."""
        self._state = state
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = len(self._state.rows) if self._state else 11
        return QSize(count * (_field_width() + 3), theme.current().px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = _field_width(), look.px(8)
        for index, indicator in enumerate(self._state.rows):
            box = QRectF(index * (width + 3) + 1, (self.height() - height) / 2, width - 2, height)
            answered = self._state.answer(indicator.code) is not None
            here = index == self._state.row
            pen = QPen(look.colour("accent" if here or answered else "line-2"), 2 if here else 1)
            painter.setPen(pen)
            painter.setBrush(look.colour("accent" if answered else "bg" if here else "bg-3"))
            painter.drawRoundedRect(box, 1, 1)
        painter.end()


def _field_width() -> int:
    return 18 if theme.current().percent < 150 else 14  # it holds no text, and leaves the room to the name


class ConversationHeader(QWidget):
    """`rater_asked(rater)`, `day_asked(date)`, `mode_asked(mode)` when the caseworker chooses another."""

    rater_asked = Signal(str)
    day_asked = Signal(object)
    mode_asked = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._silent = False
        self.title = Title()
        self.progress, self.count = Progress(), label("", "h2")
        self.raters = Segmented([(rater, rater) for rater in RATERS])
        self._today = self._asked = date.today()
        self.day = DateField(words, self._today)
        self.mode = QComboBox()
        self.about = wrapped("", "small", "text-2")
        self.about.setMinimumWidth(160)
        self.kept = label("", "small", "text-2")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._inside = inside = QVBoxLayout()
        self.set_compact(False)
        first = row(spacing=12)
        first.addWidget(self.title, 1)
        first.addWidget(self.progress)
        first.addWidget(self.count)
        inside.addLayout(first)
        told = row(spacing=12)
        told.addWidget(self.about, 1)
        told.addWidget(self.kept)
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._second.setSpacing(12)
        self._controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._controls.setSpacing(12)
        self._controls.addLayout(row(self.raters, self.day, spacing=12))
        self._controls.addWidget(self.mode)
        self._second.addLayout(self._controls)
        self._second.addLayout(told, 1)
        inside.addLayout(self._second)
        box.addLayout(inside)
        box.addWidget(rule())
        self.raters.chosen.connect(self.rater_asked)
        self.day.editingFinished.connect(self._day_typed)
        self.mode.activated.connect(lambda index: self.mode_asked.emit(self.mode.itemData(index)))

    def set_compact(self, compact: bool) -> None:
        """Save height on a low window."""
        self._inside.setContentsMargins(24, 6 if compact else 12, 24, 6 if compact else 10)
        self._inside.setSpacing(4 if compact else 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The narrowest arrangement counts, not the one in force."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), theme.current().px(360)), hint.height())

    def _arrange(self) -> None:
        """Where everything has no room on one line, what is said goes below the controls."""
        across, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        parts = [self.raters, self.day] + ([self.mode] if self.mode.isVisibleTo(self) else [])
        controls = sum(part.sizeHint().width() + 12 for part in parts)
        room = self.width() - 48
        told = self.kept.sizeHint().width() + theme.current().px(300)
        for layout, fits in ((self._second, controls + told <= room), (self._controls, controls <= room)):
            direction = across if fits else below
            if layout.direction() != direction:
                layout.setDirection(direction)

    def retranslate(self, words: Words) -> None:
        """Set the texts that do not depend on the sheet."""
        self._words = words
        w = words
        self.raters.set_choices([("caseworker", w.t("Caseworker")), ("citizen", w.t("Citizen"))], w.t("Who answers"))
        self.day.setAccessibleName(w.t("Date of the answers"))
        self.day.setToolTip(w.t("Date of the answers"))
        chosen = self.mode.currentData()
        self.mode.clear()
        self.mode.addItem(w.t("Way of answering"), "")
        for mode in MODES:
            self.mode.addItem(mode_name(w, mode), mode)
        self.mode.setCurrentIndex(max(0, self.mode.findData(chosen)))
        self.mode.setAccessibleName(w.t("How the citizen answers"))

    def show_state(self, state: Scoring, today: date) -> None:
        """Show whose sheet it is and how far one is."""
        w, sheet = self._words, state.sheet
        self._silent = True
        self.day.setMaximumWidth(theme.current().px(180))  # a date needs no more, whatever room there is
        for control in (self.day, self.mode):
            control.setFixedHeight(theme.current().px(32))
        self.title.say(w.t("Conversation with {name}", name=sheet.name))
        self.raters.choose(sheet.rater)
        self.day.speak(w, today)
        self._today = today
        if state.entry.day != self._asked or not self.day.hasFocus():  # what is half typed stays
            self.day.put(state.entry.day)
        self._asked = state.entry.day
        self.mode.setVisible(sheet.rater == "citizen")
        self.mode.setCurrentIndex(max(0, self.mode.findData(state.entry.mode)))
        self.about.setText(self._about(state))
        text = w.t("{n} of {total}", n=state.answered, total=len(state.rows))
        self.count.setText(text)
        self.progress.show_for(state, w.t("{n} of {total} answered", n=state.answered, total=len(state.rows)))
        self._silent = False
        self._arrange()

    def _about(self, state: Scoring) -> str:
        w, sheet = self._words, state.sheet
        name = first_name(sheet.name)
        fields = {"name": name, "n": sheet.other_answered, "total": sheet.other_total}
        if sheet.corrects is not None:
            first = w.t("Correction of what was saved.")
        else:
            first = w.t("Assessment no. {n}.", n=sheet.ordinal)
        if sheet.rater == "citizen" and not sheet.other_answered:
            return f"{first} " + w.t("You have not rated yet.")
        if sheet.rater == "citizen":
            return f"{first} " + w.t("You have rated {n} of {total}.", **fields)
        if not sheet.other_answered:
            return f"{first} " + w.t("{name} has not answered yet.", **fields)
        return f"{first} " + w.t("{name} has answered {n} of {total}; the answers show when you finish.", **fields)

    def show_kept(self, text: str, *, fault: bool = False) -> None:
        """Say whether the draft is safe."""
        if self.kept.text() != text:
            self.kept.setText(text)
            set_tone(self.kept, "error" if fault else "text-2")

    def take_day(self) -> bool:
        """Take a day that was typed and not yet taken, as leaving the field does; True when there was one."""
        waits = self.day.hasFocus() and self.day.day() != self._asked
        if waits:
            self._day_typed()
        return waits

    def _day_typed(self) -> None:
        """Ask for the day that was typed. One that cannot be is said, and the day in force stands again: nobody may
        finish under another date than the one in view."""
        day, wrong = self.day.read(needed=True)
        if day is not None and day > self._today:
            wrong = self._words.t("The answers cannot be from a day that has not come.")
        if wrong or day is None:
            self.day.put(self._asked)
            self.about.setText(wrong)
            announce(self.about, wrong)
        elif day != self._asked and not self._silent:
            self._asked = day
            self.day_asked.emit(day)
