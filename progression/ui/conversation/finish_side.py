"""The right side of the finish panel: where the raters see it differently, open attention points, the journal text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from progression.analysis.values import Flag
from progression.charts.grounds import grounds_of
from progression.desk.journalnote import journal_note, name_of
from progression.desk.pages import Finished
from progression.ui import theme
from progression.ui.conversation.finish_rows import mark
from progression.ui.conversation.header import first_name
from progression.ui.flags.card import FlagCard
from progression.ui.kit import clear, heading, link, row, rule, wrapped
from progression.words import Words

AT_ONCE = 3  # topics; one more is not worth a fold


class Mark(QWidget):
    """The mark of a rater, beside words that say whose it is. `hollow`: the earlier answer."""

    def __init__(self, token: str, *, pair: bool = False) -> None:
        super().__init__()
        self._token, self._pair = token, pair
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(38 if self._pair else 14), look.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, middle = look.colour(self._token), self.height() / 2
        right = QPointF(self.width() - look.px(7), middle)
        if self._pair:
            pen = painter.pen()
            pen.setColor(colour)
            pen.setWidthF(1.6)
            pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            left = QPointF(look.px(7), middle)
            painter.drawLine(left, right)
            mark(painter, left, self._token, colour, look.colour("bg"))
        mark(painter, right, self._token, colour, colour)
        painter.end()


class Differences(QWidget):
    """Her ser vi det forskelligt: a topic for each indicator two steps or more apart."""

    unfolded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._unfolded: object = None  # whose topics are all shown
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)

    def show_finished(self, finished: Finished, w: Words) -> None:
        """Show the topics of a conversation; where there is none, say so."""
        clear(self._box)
        self._box.addWidget(heading(2, w.t("Where we see it differently"), wraps=True))
        self._box.addWidget(rule(strong=True))
        key, many = (finished.citizen, finished.day), len(finished.apart)
        folded = many > AT_ONCE + 1 and self._unfolded != key
        for code, worker, citizen in finished.apart[:AT_ONCE] if folded else finished.apart:
            self._box.addWidget(self._topic(finished, code, worker, citizen, w))
            self._box.addWidget(rule())
        if folded:
            self._box.addLayout(row(self._more(key, finished, w), 1))
        if many:
            self._box.addWidget(wrapped(w.t("Ask: what do you see here that I do not?"), "dense", "text-2"))
        self._box.addWidget(wrapped(_rest(finished, w), "small", "text-3"))

    def _topic(self, finished: Finished, code: str, worker: int, citizen: int, w: Words) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 2, 0, 4)
        box.setSpacing(4)
        box.addWidget(wrapped(name_of(finished.scale, code, w), "h3"))
        sides = QHBoxLayout()
        sides.setSpacing(24)
        name = first_name(finished.name)
        scale = finished.scale
        for token, who, step, rater in (
            ("cw", w.tc("who rated", "You"), worker, "caseworker"),
            ("ci", name, citizen, "citizen"),
        ):
            word = w.pick(scale.word(step, "citizen" if rater == "citizen" else "caseworker"))
            column = QVBoxLayout()
            column.setSpacing(2)
            head = QHBoxLayout()
            head.setSpacing(4)
            head.addWidget(Mark(token), 0, Qt.AlignmentFlag.AlignTop)
            said = w.t("{who}: {step} {word}", who=who, step=step, word=word.lower())
            head.addWidget(wrapped(said, "small", f"{token}-text"), 1)
            column.addLayout(head)
            column.addWidget(wrapped(w.pick(scale.indicator(code).step_text(step)), "dense", "text"))
            column.addStretch()
            sides.addLayout(column, 1)
        box.addLayout(sides)
        return made

    def _more(self, key: object, finished: Finished, w: Words) -> QPushButton:
        """The rest of the topics: what is agreed stands below, and should not be out of sight."""
        more = link(w.tn("Show {n} more", "Show {n} more", len(finished.apart) - AT_ONCE))

        def unfold() -> None:
            self._unfolded = key
            self.show_finished(finished, w)
            self.unfolded.emit()

        more.clicked.connect(unfold)
        return more


def _rest(finished: Finished, w: Words) -> str:
    """How far apart the others are."""
    if {"caseworker", "citizen"} - set(finished.answered):
        return w.t("Only one of you has answered, so there is nothing to compare.")
    both = sum(
        row.indicator is not None and row.caseworker_now is not None and row.citizen_now is not None
        for row in finished.moved
    )
    others = both - len(finished.apart)
    if not both:
        return w.t("You have not rated the same indicators.")
    if not finished.apart:
        return w.tn(
            "You are at most one step apart on the {n} indicator you both rated.",
            "You are at most one step apart on all {n} indicators you both rated.",
            others,
        )
    return w.tn(
        "On the {n} other you both rated you are at most one step apart.",
        "On the {n} others you both rated you are at most one step apart.",
        others,
    )


class OpenFlags(QWidget):
    """Open attention points as the same cards as on the citizen's page. `decided(flag, choice, reason, follow_up)`."""

    decided = Signal(object, str, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self.cards: list[FlagCard] = []

    def show_finished(self, finished: Finished, w: Words, today: date) -> None:
        """Show the open points; without one the section is not there."""
        clear(self._box)
        self.cards.clear()
        flags = finished.flags if finished.estimates is not None else ()
        self.setVisible(bool(flags))
        if finished.estimates is None or not flags:
            return
        title = w.t("Attention points") if len(flags) > 1 else w.t("Attention point")
        self._box.addWidget(heading(2, title, wraps=True))
        for flag in flags:
            card = FlagCard(
                w, flag, finished.scale, finished.estimates, today, grounds_of(flag, finished.trajectory, today)
            )
            card.decided.connect(self._forward(flag))
            self.cards.append(card)
            self._box.addWidget(card)

    def _forward(self, flag: Flag) -> Callable[[str, str, object], None]:
        return lambda choice, reason, follow_up: self.decided.emit(flag, choice, reason, follow_up)


class JournalText(QWidget):
    """Til journalen: the text that Ctrl+J copies."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = heading(2, wraps=True)
        self.text = wrapped("", "dense", "text-2")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        frame = QFrame()
        frame.setProperty("card", True)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.text)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.heading)
        box.addWidget(frame)

    def show_finished(self, finished: Finished, w: Words) -> None:
        """Make the text of a conversation."""
        self.heading.setText(w.t("For the journal"))
        self.text.setText(journal_note(finished, w))
        self.text.setAccessibleName(w.t("Text for the journal"))
        self.text.setAccessibleDescription(self.text.text())
