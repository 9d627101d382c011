"""The finish panel: what moved, where the raters see it differently, what is open, what we agree, and the text for the
journal."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from progression.analysis.values import Flag
from progression.casework.values import Assessment, Choice, Conversation
from progression.desk import agreeing, decisions
from progression.desk.agreeing import Agreed
from progression.desk.pages import Finished
from progression.scales.model import RATERS, Rater
from progression.ui.conversation.finish_agree import Agreements
from progression.ui.conversation.finish_rows import MovedTable
from progression.ui.conversation.finish_side import Differences, JournalText, Mark, OpenFlags
from progression.ui.conversation.finish_words import about, level_text, whole_text
from progression.ui.conversation.header import first_name
from progression.ui.conversation.turned import Turner
from progression.ui.kit import button, clear, heading, label, read_in_order, row, rule, scrolled, tab_in_order, wrapped
from progression.ui.kit.flow import Flow, Split
from progression.ui.page import Context
from progression.ui.saying import sentence
from progression.ui.window import shortcuts
from progression.words import Words

TWO_COLUMNS = 900  # px at 100 % text
LOW = 520  # px at 100 % text of height below which the head scrolls away and the foot is one line


class FinishPanel(QWidget):
    """`correct_asked(assessment)`: open the answers again; `rate_asked(rater, day)`: the other rater's are missing."""

    correct_asked = Signal(object)
    rate_asked = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.finished: Finished | None = None
        self._closing = False  # the panel is left once what is typed is in the plan
        self.title, self.about = heading(1, wraps=True), wrapped("", "body", "text-2")
        self.correct_button = button("", "quiet", icon="arrow-left")
        self.rate_button = button("", icon="pencil")
        self.turn_button, self.turner = button("", icon="monitor"), Turner(context, self)
        self.table, self.level = MovedTable(), wrapped("", "dense", "text-2")
        self.moved_title = heading(2, wraps=True)
        self.differences, self.flags, self.journal = Differences(), OpenFlags(), JournalText()
        self.agree = Agreements()
        self.safe = wrapped("", "dense", "text-2")
        self.paper_button = button("", icon="file-text")
        self.copy_button = button("", icon="copy")
        self.citizen_button = button("", "primary")
        self._build()
        self.table.said.connect(context.announce)
        self.flags.decided.connect(self._decide)
        self.differences.unfolded.connect(self._put_in_order)
        self.correct_button.clicked.connect(self._correct)
        self.rate_button.clicked.connect(self._rate)
        self.turn_button.clicked.connect(self.turn)
        self.agree.saved_wanted.connect(self._agree)
        self.agree.kept.connect(self._keep)
        self.agree.rebuilt.connect(self._put_in_order)
        self.paper_button.clicked.connect(self._paper)
        self.copy_button.clicked.connect(self.copy)
        self.citizen_button.clicked.connect(self._to_citizen)
        shortcuts.bind(self, {"score.journal": self.copy, "score.show": self.turn})

    # building

    def _build(self) -> None:
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._top = self._head()
        self._whole.addWidget(self._top)
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._inside.addLayout(self._columns, 1)
        self._columns.setContentsMargins(24, 16, 24, 16)
        self._columns.setSpacing(40)
        self._columns.addLayout(self._left(), 54)
        self._columns.addLayout(self._right(), 46)
        self.area = scrolled(inside)
        self._whole.addWidget(self.area, 1)
        self._whole.addWidget(self._foot())

    def _head(self) -> QWidget:
        told, words = QWidget(), QVBoxLayout()
        told.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.about)
        doors, line = QWidget(), Flow(8)
        doors.setLayout(line)
        for made in (self.correct_button, self.rate_button, self.turn_button):
            line.addWidget(made)
        top, box = QWidget(), QVBoxLayout()
        top.setLayout(box)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._heads = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._heads.setContentsMargins(24, 12, 24, 12)
        self._heads.addWidget(told, 1)
        self._heads.addWidget(doors, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(self._heads)
        box.addWidget(rule())
        return top

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(6)
        self._legend = Flow(12)
        left.addWidget(self.moved_title)
        left.addLayout(self._legend)
        left.addWidget(self.table)
        left.addSpacing(8)
        left.addWidget(self.level)
        left.addStretch()
        return left

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(24)
        for part in (self.differences, self.flags, self.agree, self.journal):
            right.addWidget(part)
        right.addStretch()
        return right

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("status")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        around = QHBoxLayout(foot)
        around.setContentsMargins(24, 12, 24, 12)
        inside, line, doors, flow = QWidget(), Split(16), QWidget(), Flow(8)
        for made in (self.paper_button, self.copy_button, self.citizen_button):
            flow.addWidget(made)
        doors.setLayout(flow)
        line.addWidget(self.safe)
        line.addWidget(doors)
        inside.setLayout(line)
        around.addWidget(inside)
        return foot

    # showing

    def show_finished(self, finished: Finished, *, arriving: bool = True) -> None:
        """Show a finished conversation. `arriving`: one comes to it now, and the keys are put on the way to the
        citizen's page; else it is the same page after a change, and they stay where they are."""
        first = self.finished is None or (self.finished.citizen, self.finished.day) != (
            finished.citizen,
            finished.day,
        )
        self.finished = finished
        self._say(finished, self.context.words)
        if first:
            self.area.verticalScrollBar().setValue(0)
        keys = self.window().focusWidget()
        if arriving or keys is None or not keys.isVisible():
            self.citizen_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, finished: Finished, w: Words) -> None:
        rated = "caseworker" in finished.answered  # else theirs alone are saved: not asked yet, or taken back
        self.title.setText(
            w.t("The conversation is finished")
            if rated
            else w.t("{name}'s answers are saved", name=first_name(finished.name))
        )
        self.about.setText(about(finished, w))
        self.correct_button.setText(w.t("Correct an answer"))
        self.correct_button.setAccessibleName(w.t("Correct an answer"))
        missing = self.missing()
        self.rate_button.setVisible(missing is not None)
        text = w.t("Rate now") if missing == "caseworker" else w.t("Enter the citizen's answers")
        self.rate_button.setText(text)
        self.rate_button.setAccessibleName(text)
        shown = w.t("Show to {name}", name=first_name(finished.name))
        self.turn_button.setText(shown)
        self.turn_button.setAccessibleName(shown)
        self.turn_button.setToolTip(w.t("Their own course in large, nothing else on the screen (F11)"))
        if finished.before is None:
            self.moved_title.setText(w.t("The answers"))
        else:
            self.moved_title.setText(w.t("What has moved since {day}?", day=w.date(finished.before)))
        self._show_legend(finished, w)
        self.table.show_finished(finished, w)
        self.level.setText("\n".join(text for text in (whole_text(finished, w), level_text(finished, w)) if text))
        self.differences.show_finished(finished, w)
        self.flags.show_finished(finished, w, self.context.today)
        self.agree.show_finished(finished, w, self.context.today, self.context.account)
        self.journal.show_finished(finished, w)
        self._say_doors()
        self._say_way_on()
        self._put_in_order()

    def _say_doors(self) -> None:
        """Words beside the icons, where there is room for them."""
        w, low = self.context.words, self._low()
        self.safe.setVisible(not low)
        texts = {
            self.paper_button: (w.t("Print for the citizen"), w.t("Print for the citizen")),
            self.copy_button: (w.t("Copy for the journal  Ctrl+J"), w.t("Copy the text for the journal")),
        }
        for made, (text, name) in texts.items():
            made.setText("" if low else text)
            made.setAccessibleName(name)
            made.setToolTip(name)

    def _say_way_on(self) -> None:
        """What is safe, and the way out of the panel: with what is typed, where something is."""
        w = self.context.words
        self.safe.setText(
            w.t("The answers are saved. What you agree is not in My Plan yet.")
            if self.agree.pending
            else w.t("Everything is saved.")
        )
        text = w.t("Put in My Plan and close") if self.agree.pending else w.t("To the citizen's page")
        self.citizen_button.setText(text)
        self.citizen_button.setAccessibleName(text)

    def _show_legend(self, finished: Finished, w: Words) -> None:
        clear(self._legend)
        name = first_name(finished.name)
        pair = finished.before is not None
        for rater, token, who in (("caseworker", "cw", w.t("you")), ("citizen", "ci", name)):
            if rater not in finished.answered:
                continue
            text = w.t("{who}, last time and today", who=who) if pair else who
            part = QWidget()  # a mark stands beside its words, on whichever line they come
            part.setLayout(row(Mark(token, pair=pair), label(text, "small", "text-2"), spacing=6))
            self._legend.addWidget(part)
        if pair:
            self._legend.addWidget(label(w.t("thick line = can be measured"), "small", "text-2"))

    def missing(self) -> Rater | None:
        """The rater who has not answered yet; None when both have."""
        answered = self.finished.answered if self.finished is not None else {}
        return next((rater for rater in RATERS if rater not in answered), None)

    # doing

    def _correct(self) -> None:
        if self.finished is not None:
            found: list[Assessment] = [
                self.finished.assessments[rater] for rater in RATERS if rater in self.finished.assessments
            ]
            if found:
                self.correct_asked.emit(found[0])

    def _rate(self) -> None:
        missing = self.missing()
        if self.finished is not None and missing is not None:
            self.rate_asked.emit(missing, self.finished.day)

    def turn(self) -> None:
        """Turn the screen to the citizen."""
        if self.finished is not None:
            self.turner.turn(self.finished.citizen)

    def copy(self) -> None:
        """Put the journal text on the clipboard."""
        QGuiApplication.clipboard().setText(self.journal.text.text())
        text = self.context.words.t("The text is copied.")
        self.safe.setText(text)
        self.context.announce(text)

    def _to_citizen(self) -> None:
        """To the citizen's page; what is typed is put in the plan first, and where it cannot be, one stays here."""
        if self.finished is None:
            return
        self._closing = self.agree.pending
        if not self._closing:
            self.context.go("citizen", self.finished.citizen)
        elif not self.agree.save():
            self._closing = False

    def _paper(self) -> None:
        if self.finished is not None:
            self.context.go("reports", self.finished.citizen)

    def _keep(self, typed: object) -> None:
        self._say_way_on()
        if self.finished is not None:
            self.context.run(agreeing.keep, self.finished.citizen, typed, self.finished.day)

    def _agree(self, agreed: tuple[Agreed, ...], talk: Conversation | None, anyway: bool) -> None:
        if self.finished is None:
            return
        w, closing, citizen = self.context.words, self._closing, self.finished.citizen
        self._closing = False

        def done(_changes: object) -> None:
            self.agree.saved()
            self._say_way_on()
            self.citizen_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.context.announce(w.t("What we agreed is in My Plan."))
            if closing:
                self.context.go("citizen", citizen)

        self.context.run(
            agreeing.agree, citizen, self.finished.day, agreed, talk, anyway=anyway,
            done=done, failed=self.agree.refused, undo=w.t("agreements"),
        )  # fmt: skip

    def _decide(self, flag: Flag, choice: Choice, reason: str, follow_up: date | None) -> None:
        card = next((c for c in self.flags.cards if c.flag is flag), None)

        def refused(error: BaseException) -> bool:
            if card is not None:
                card.refused(sentence(self.context.words, error))
            return card is not None

        self.context.run(decisions.decide, flag, choice, reason, follow_up, failed=refused)

    # the life of the panel

    def leave(self) -> None:
        """The page is left or the vault is locked: the citizen's picture goes with it."""
        self.turner.put_away()

    def retranslate(self) -> None:
        """Say everything again in the language now in force."""
        if self.finished is not None:
            self._say(self.finished, self.context.words)

    def restyle(self) -> None:
        """Take over text size and theme."""
        self.table.updateGeometry()
        self.table.update()
        self.agree.restyle()
        self._arrange()
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _low(self) -> bool:
        return self.height() < self.context.theme.px(LOW)

    def _arrange(self) -> None:
        wide = self.width() >= self.context.theme.px(TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
            self._heads.setDirection(direction)
        target, other = (self._inside, self._whole) if self._low() else (self._whole, self._inside)
        if target.indexOf(self._top) < 0:
            other.removeWidget(self._top)
            target.insertWidget(0, self._top)
            self._put_in_order()
        if self.finished is not None:
            self._say_doors()

    def _put_in_order(self) -> None:
        """Let it be read, and gone through with Tab, as it stands, after parts of it were made again or moved."""
        for part in (self, self.area.widget(), self.agree):
            if part is not None:
                read_in_order(part)
        tab_in_order(self)
