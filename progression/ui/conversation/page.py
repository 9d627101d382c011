"""Samtale: the page where a conversation is scored, and where it says what moved when it is finished.

The page holds one sheet (`ScoreSheet`) for the rater in turn, keeps its draft at every key (`Keeper`) and swaps it for
the finish panel when the assessment is saved.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from progression.casework.values import Assessment, Mode
from progression.desk import conversations, takenback
from progression.desk.pages import Finished, Sheet
from progression.desk.session import Changes
from progression.errors import KnownError
from progression.scales.model import Rater
from progression.ui import ways
from progression.ui.conversation import placing
from progression.ui.conversation.ending import Ending
from progression.ui.conversation.header import first_name
from progression.ui.conversation.keeping import Keeper, given
from progression.ui.conversation.saying import kept_text, notice_of
from progression.ui.conversation.scoring import ScoreSheet
from progression.ui.conversation.scoring_note import refusal
from progression.ui.conversation.scoring_state import Scoring
from progression.ui.conversation.scoring_view import ScoringView
from progression.ui.page import Context, Page
from progression.ui.saying import sentence
from progression.ui.window import shortcuts

if TYPE_CHECKING:
    from progression.ui.answering.page import CitizenSide


class ConversationPage(Page):
    """Score, finish, see what moved, correct. `sheet` is the sheet in view, None before the first is read."""

    name = "conversation"
    kinds = frozenset({"assessment", "conversation", "intervention", "plan", "citizen", "decision", "flag", "import"})
    about_citizen = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.sheet: ScoreSheet | None = None
        self._rater: Rater = "caseworker"
        self._finishing = False
        self._resumed = False
        self._arriving = False  # the page was just opened: what is finished already is shown as finished
        self._left = False
        self._stayed: dict[Rater, int] = {}  # the row one stood in on a sheet that was in view during this stay
        self._message = ""
        self._panel_day: date | None = None
        self.side: CitizenSide | None = None
        self.keeper = Keeper(context, self)
        self.view, self.ending = ScoringView(context), Ending(context)
        view, self.panel, self.taken_back = self.view, self.ending.panel, self.ending.taken_back
        self.header, self.footer, self.notice, self.area = view.header, view.footer, view.notice, view.area
        self.talk_side = view.talk_side
        self._stack = QStackedWidget()
        self._stack.addWidget(view)
        self._stack.addWidget(self.ending)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        shortcuts.bind(self, {"score.finish": self.finish, "score.not_today": self._not_today})
        self.footer.not_today_asked.connect(self._not_today)
        self.talk_side.done.connect(self._say)
        self.talk_side.closed.connect(self._focus_sheet)
        self.header.rater_asked.connect(self._switch)
        self.header.day_asked.connect(self._set_day)
        self.header.mode_asked.connect(self._set_mode)
        self.footer.finish_asked.connect(self.finish)
        self.footer.close_asked.connect(self._close_correction)
        self.footer.citizen_side_asked.connect(self._citizen_side)
        self.footer.strip.typed.connect(self._note_typed)
        self.footer.strip.refused.connect(self._note_refused)
        self.footer.strip.field.returnPressed.connect(self._focus_sheet)
        self.notice.acted.connect(self._notice_acted)
        self.keeper.told.connect(self._show_kept)
        self.panel.correct_asked.connect(self._correct)
        self.panel.rate_asked.connect(self._rate)
        self.taken_back.score_asked.connect(self._score_again)

    # opening

    def show_for(self, citizen: str) -> None:
        """Open the conversation with a citizen: the sheet as it was left, the caseworker's first."""
        other = citizen != self.citizen
        self._arriving = self._left or other or self._panel_day is None
        if self._left and self._panel_day is not None:  # what was finished is over: a new conversation may begin
            self._rater = "caseworker"
        if other:
            self._stayed.clear()
            self._rater = "caseworker"
            self._stack.setCurrentIndex(0)
            self._panel_day = None
            self.talk_side.put_away(silent=True)
            self.talk_side.hide()
        self.citizen = citizen
        self._open(self._rater) if self._arriving and citizen else self.refresh()
        self._left = False

    def place(self) -> str:
        return placing.written(self._panel_day, self._rater, self.state)

    def return_to(self, place: str) -> None:
        at, self._arriving = placing.read(place), False
        self._ask_panel(at.day, at.scale) if at.finished else self._open(at.rater, at.day)

    def refresh(self) -> None:
        """Ask again: for the panel when it is in view, else for the sheet."""
        if self._panel_day is not None:
            self._ask_panel(self._panel_day)
        elif self.citizen:
            self._open(self._rater)

    def _changed(self, changes: Changes) -> None:
        if self._panel_day is not None and not self._finishing:  # never under a sheet that is being scored
            super()._changed(changes)

    def _open(self, rater: Rater, day: date | None = None, message: str = "") -> None:
        state = self.state
        if state is not None and not self._left and self._panel_day is None and state.sheet.citizen == self.citizen:
            self._stayed[state.sheet.rater] = state.row
        self._rater, self._message = rater, message
        unsaved = self.keeper.unsaved(self.citizen, rater)
        if unsaved is not None:
            self._arriving = False
            self._show(unsaved)
            self.keeper.keep(again=True)
            return
        self.context.run(conversations.open, self.citizen, rater, day=day, done=self._opened)

    def _opened(self, sheet: Sheet) -> None:
        if sheet.citizen != self.citizen or sheet.rater != self._rater:
            return  # another sheet was asked for meanwhile
        self.context.opened.emit(sheet.citizen, sheet.name)
        arriving, self._arriving = self._arriving, False
        done = sheet.agreeing or (sheet.day if sheet.corrects is not None else None)
        if arriving and not sheet.resumed and done is not None:
            self._ask_panel(done, sheet.scale.id)
            return
        stood = self._stayed.pop(sheet.rater, None)
        self._resumed = sheet.resumed and stood is None  # who never left is not told of coming back
        state = Scoring(sheet, show_earlier=sheet.show_earlier)
        if stood is not None:
            state.go(stood)
        self._show(state)

    def _show(self, state: Scoring) -> None:
        self._panel_day = None
        self._finishing = False
        self._stack.setCurrentIndex(0)
        old, self.sheet = self.sheet, ScoreSheet(state, self.words)
        self.view.put(self.sheet, old)
        self.sheet.changed.connect(self._entered)
        self.sheet.moved.connect(self._show_state)
        self.sheet.said.connect(self.context.announce)
        self.sheet.note.refused.connect(self._note_refused)
        self.keeper.follow(state)
        self._show_state()
        self._show_notice()
        self.sheet.show()
        self._focus_sheet()

    def _focus_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.focus_row()

    # entering

    @property
    def state(self) -> Scoring | None:
        """What is being scored, None before it is read."""
        return self.sheet.state if self.sheet is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing else wanted go to the sheet, wherever the focus is."""
        scoring = self._panel_day is None and self.sheet is not None and not self._finishing
        if not (scoring and self.sheet is not None and self.sheet.key(event)):
            super().keyPressEvent(event)

    def _entered(self) -> None:
        """Something was entered: keep it and show how far one is."""
        if self._finishing:
            return
        if self._resumed or self._message:
            self._resumed, self._message = False, ""
            self._show_notice()
        self.keeper.keep()
        self._show_state()

    def _note_typed(self, text: str) -> None:
        if self.state is not None and self.state.write_conversation_note(text):
            self._entered()

    def _note_refused(self, count: int) -> None:
        self._say(refusal(self.words, count), fault=True)

    def _set_mode(self, mode: Mode) -> None:
        if self.state is not None and self.state.set_mode(mode):
            self._entered()

    def _set_day(self, day: date) -> None:
        state = self.state
        if state is None or not state.set_day(day):
            return
        self.keeper.keep()
        if self.keeper.error is None:  # what came before that day is read again
            self._open(self._rater, day)

    def undo(self, *, again: bool = False) -> bool:
        """While a sheet is scored its rows are undone, and nothing that was done elsewhere."""
        if self.sheet is None or self._panel_day is not None:
            return False
        if not self._finishing:
            self.sheet.undo(again=again)
        return True

    def undo_name(self, *, again: bool = False) -> str:
        scoring = self.sheet is not None and self._panel_day is None and not self._finishing
        return self.sheet.undo_name(again=again) if scoring and self.sheet is not None else ""

    def _switch(self, rater: Rater) -> None:
        """Change between the caseworker's answers and the citizen's, on the same date."""
        if self.state is None or rater == self._rater:
            return
        self.keeper.keep()
        self._open(rater, self.state.entry.day)

    # finishing

    def finish(self) -> None:
        """Save the assessment. A second Ctrl+Enter meanwhile does nothing."""
        state = self.state
        if state is None or self._finishing or self._panel_day is not None or self.header.take_day():
            return  # a day just typed opens its own sheet: what is finished is what is in view
        if not state.answered:
            self._say(self.words.t("Nothing is answered yet. Any one row is enough to finish."))
            return
        self._finishing = True
        self.footer.finish_button.setEnabled(False)
        self.context.run(
            conversations.finish,
            *given(state),
            done=self._finished,
            failed=self._not_finished,
        )

    def _finished(self, result: tuple[Changes, Finished]) -> None:
        finished = result[1]
        self.keeper.finished()
        self.footer.finish_button.setEnabled(True)
        w = self.words
        if self._rater == "citizen" and "caseworker" not in finished.answered:
            self._finishing = False
            name = first_name(finished.name)
            self._open("caseworker", finished.day, w.t("{name}'s answers are saved. Now your own.", name=name))
            self.context.announce(self._message)
            return
        self._show_panel(finished)
        self.context.announce(w.t("The conversation is finished and saved."))

    def _not_finished(self, error: BaseException) -> bool:
        """Nothing was saved, the draft is still there: say so and let the person go on."""
        self._finishing = False
        self.footer.finish_button.setEnabled(True)
        self._say(sentence(self.words, error), fault=True)
        return isinstance(error, KnownError)

    def _ask_panel(self, day: date, scale: str = "") -> None:
        scored = self.state.sheet.scale.id if self.state is not None else "bip"
        scale = scale or self.ending.scale_of(self.citizen) or scored
        self.context.run(conversations.finished, self.citizen, day, scale, done=self._show_panel)

    def _show_panel(self, finished: Finished) -> None:
        if finished.citizen != self.citizen:
            return
        self._panel_day = finished.day
        self._finishing = False
        self._stayed.clear()
        arriving = self._stack.currentWidget() is not self.ending
        self._stack.setCurrentWidget(self.ending)
        self.ending.show_finished(finished, arriving=arriving)

    # correcting

    def _correct(self, assessment: Assessment) -> None:
        self._rater, self._message = assessment.rater, ""
        self.context.run(conversations.correct, assessment, done=self._opened)

    def _rate(self, rater: Rater, day: date) -> None:
        self._open(rater, day)

    def _score_again(self, were: tuple[Assessment, ...]) -> None:
        """Go on scoring what was taken back."""
        day = self._panel_day
        self.context.run(takenback.take_up, were, done=lambda _changes: self._open("caseworker", day))

    def _close_correction(self) -> None:
        """Leave the saved answers as they were."""
        state = self.state
        if state is None or state.sheet.corrects is None:
            return
        sheet, day = state.sheet, state.sheet.corrects.date
        self.keeper.finished()

        def gone(_changes: Changes) -> None:
            self._ask_panel(day)

        self.context.run(conversations.discard, sheet.citizen, sheet.rater, sheet.scale.id, done=gone)

    @ways.door
    def _not_today(self) -> None:
        """Put the conversation off, with a reason; what is answered stays as a draft."""
        state = self.state
        if state is not None and self._panel_day is None and not self._finishing and state.sheet.corrects is None:
            self.talk_side.put_off(self.citizen, state.sheet.name, min(state.entry.day, self.context.today))

    def _citizen_side(self) -> None:
        from progression.ui.answering.page import CitizenSide

        if self.state is None:
            return
        self.keeper.keep()
        self.side = CitizenSide(self.context, self.citizen, self.state.entry.day, self.window())
        self.side.finished.connect(self._citizen_done)
        self.side.open()

    def _citizen_done(self, answers: int) -> None:
        """The screen is the caseworker's again."""
        self.side = None
        self.window().activateWindow()
        state = self.state
        self._open("caseworker", state.entry.day if state is not None else None)
        if answers:
            self.context.announce(self.words.t("The citizen's answers are kept."))

    # what is said

    def _show_state(self) -> None:
        state = self.state
        if state is None:
            return
        self.header.show_state(state, self.context.today)
        self.footer.show_state(state, self.words)

    def _show_kept(self) -> None:
        text, fault = kept_text(self.words, self.keeper)
        self.header.show_kept(text, fault=fault)
        if fault != self.notice.fault or fault:
            self._show_notice()

    def _say(self, text: str, *, fault: bool = False) -> None:
        self._message = text
        self.notice.say(text, "", fault=fault)
        self.context.announce(text)

    def _show_notice(self) -> None:
        if self.state is None:
            return
        found = notice_of(self.words, self.state, self.keeper, self._message, self._resumed)
        if found is None:
            self.notice.clear()
        else:
            self.notice.say(found.text, found.action, fault=found.fault)

    def _notice_acted(self) -> None:
        if self.keeper.error is not None:
            self.keeper.keep(again=True)
        elif self.sheet is not None and self.sheet.state.start_over():
            self.sheet.show_state()
            self._entered()
        self._focus_sheet()

    # the life of a page

    def leave(self) -> None:
        """Send what the disk refused; everything else is on its way already. The citizen's side goes with the page."""
        if self.side is not None:
            self.side.keeper.keep()
            self.side.give_back()
            self.side = None
        self.ending.leave()
        self._stayed.clear()
        self._left = True
        if self._panel_day is None:
            self.keeper.keep()

    def retranslate(self) -> None:
        self.header.retranslate(self.words)
        self.footer.retranslate(self.words)
        self.ending.retranslate()
        if self.state is not None and self._panel_day is None:
            message, resumed = self._message, self._resumed
            error, saved = self.keeper.error, self.keeper.saved
            self._show(self.state)
            self.keeper.error, self.keeper.saved = error, saved
            self._message, self._resumed = message, resumed
            self._show_kept()

    def restyle(self) -> None:
        self.footer.hints.retranslate(self.words)
        self.talk_side.restyle()
        if self.sheet is not None:
            self.sheet.relayout()
            self.sheet.update()
        self.ending.restyle()

    def titled(self) -> str:
        return self.words.t("Conversation")
