"""One citizen: who, the course over time, what calls for attention, and what was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from progression.analysis.values import Flag
from progression.casework.values import Decision, Intervention
from progression.desk import pages
from progression.desk.session import Changes
from progression.ui import theme
from progression.ui.citizen import asking, side_register
from progression.ui.citizen.header import Header, title
from progression.ui.citizen.side import Side
from progression.ui.citizen.views import Views
from progression.ui.conversation.turned import Turner
from progression.ui.kit import button, read_in_order, rule, scrolled
from progression.ui.kit.laying import lay_out, unlaid
from progression.ui.page import Context, Page
from progression.ui.panels.register import Wish
from progression.ui.saying import is_known, sentence
from progression.ui.window import shortcuts
from progression.words import flags
from progression.words.flags import CHOICES

_NARROW = 960  # px of page width at 100 % text under which the side folds away
_LOW = 640  # px of page height at 100 % text under which the head scrolls with the page
_BLANK_AFTER = 150  # ms without an answer after which the page is painted as it is


class CitizenPage(Page):
    """The page *Borger*."""

    name: ClassVar[str] = "citizen"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "citizen",
            "assignment",
            "professional",
            "consent",
            "handover",
            "assessment",
            "intervention",
            "decision",
            "conversation",
            "plan",
            "note",
            "flag",
            "draft",
            "person",
            "setting",
        }
    )
    about_citizen: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.value: pages.CitizenPage | None = None
        self._unfolded: bool | None = None  # None: as the width decides
        self._flag: Flag | None = None
        self._arrived = False  # just come here: the focus goes to what is done most
        self._blank = QTimer(self)
        self._blank.setSingleShot(True)
        self._blank.setInterval(_BLANK_AFTER)
        self._blank.timeout.connect(partial(self.setUpdatesEnabled, True))
        self.header = Header()
        self.views = Views(context.words)
        self.side = Side()
        self.fold = button("", "quiet", icon="panel-right", small=True)
        self._build()
        self.header.report_asked.connect(self.make_report)
        self.header.journal_asked.connect(self.copy_note)
        self.turner = Turner(context, self)
        self.header.correct_asked.connect(partial(asking.own_details, self))
        self.header.turn_asked.connect(self.turn)
        mine: dict[str, Callable[[], object]] = {
            "journal": self.copy_note,
            "report": self.make_report,
            "sheet": self.make_sheet,
            "correct": partial(asking.own_details, self),
            "show": self.turn,
        }
        line = self.views.timeline  # its keys are its own; menu and Find field reach the same
        mine |= {"closer": partial(line.zoom, 1), "further": partial(line.zoom, -1), "whole": line.show_all}
        mine |= {
            "earlier": partial(line.pan, -1),
            "later": partial(line.pan, 1),
            "corrections": self.views.show_history,
        }
        shortcuts.bind(self, {f"citizen.{name}": handler for name, handler in mine.items()})
        self._connect(context)

    def _connect(self, context: Context) -> None:
        self.header.conversation_asked.connect(lambda: context.go("conversation", self.citizen))
        self.views.spoken.connect(context.announce)
        self.views.bar_chosen.connect(self._bar)
        self.views.measures_asked.connect(partial(asking.measures, self))
        self.views.corrections_asked.connect(partial(asking.history, self))
        self.views.conversation_asked.connect(self.header.conversation.click)
        self.side.decided.connect(self.decide)
        self.side.added.connect(self.add_intervention)
        self.side.ended.connect(self.end_intervention)
        self.side.followed.connect(self.follow_up)
        self.side.wanted.connect(self.carry_out)
        self.side.undone.connect(context.acts.undo)
        context.acts.moved.connect(self._say_undo)
        self.side.sheet_asked.connect(self.make_sheet)
        self.side.categories_asked.connect(partial(context.commanded.emit, "settings.categories"))
        self.side.unfolded.connect(lambda: self._show_side(True))
        self.fold.clicked.connect(lambda: self._show_side(self.side.isHidden()))

    def _build(self) -> None:
        self.header.doors.addWidget(self.fold)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.header)
        head.addWidget(rule())
        main = QWidget()
        self._main = QVBoxLayout(main)
        self._main.setContentsMargins(0, 0, 0, 0)
        self._main.setSpacing(0)
        self._main.addWidget(self.views, 1)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        self._area = scrolled(main)
        self._area.viewport().installEventFilter(self)
        below.addWidget(self._area, 1)
        below.addWidget(self.side)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._head)
        self._whole.addLayout(below, 1)

    # asking and showing

    def show_for(self, citizen: str) -> None:
        if citizen != self.citizen:
            self.side.close_panel()
            # the one shown before is not painted again: it is somebody else, and it costs as much as painting this one
            self.setUpdatesEnabled(False)
            self._blank.start()  # one clock: that of the visit before would end this one's wait
        self._arrived = True
        super().show_for(citizen)

    def refresh(self) -> None:
        if not self.citizen:
            return
        from progression.desk import citizens

        asked = self.citizen

        def show(value: pages.CitizenPage) -> None:
            if self.citizen == asked:  # another citizen may have been opened meanwhile
                self.show_page(value)

        self.context.run(citizens.page, asked, done=show)

    def show_page(self, value: pages.CitizenPage) -> None:
        """Show what the desk says."""
        self.value = value
        with self.views.timeline.held():
            with unlaid(self, self._head, self.header, self._area.widget(), self.views):
                self.header.show_page(value, self.words)
                self.views.show_page(value)
                self.side.show_page(value, self.words)
                self._say_undo()
            lay_out()
        if self._arrived and self.isVisible():
            self.header.conversation.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrived = False
        self._blank.stop()
        self.setUpdatesEnabled(True)
        self.context.opened.emit(value.course.citizen.citizen, title(value.course, self.words))

    def retranslate(self) -> None:
        w = self.words
        self.views.retranslate(w)
        self.fold.setAccessibleName(w.t("Show or hide the side panel"))
        self.fold.setToolTip(w.t("Show or hide the side panel") + " (F9)")
        if self.value is not None:
            self.side.close_panel()
            self.header.show_page(self.value, w)
            self.side.show_page(self.value, w)
            self._say_undo()

    def restyle(self) -> None:
        self.side.restyle()
        self.views.restyle()
        if self.value is not None:
            self.header.show_page(self.value, self.words)
            self.side.show_page(self.value, self.words)
            self._say_undo()
        self._fold_by_width()

    def titled(self) -> str:
        return self.words.t("Citizen")

    def do(self, key: str) -> None:
        if key == "panel":
            self._show_side(self.side.isHidden())

    # the side folds away where there is no room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_by_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The room below the head is another: the plot takes what there is."""
        if event.type() == QEvent.Type.Resize and watched is self._area.viewport():
            self.views.set_width(self._area.viewport().width())
            self.views.set_room(self._area.viewport().height())
        return super().eventFilter(watched, event)

    def scroll_bar(self) -> QScrollBar:
        """The bar that scrolls what stands below the head."""
        return self._area.verticalScrollBar()

    def _fold_by_width(self) -> None:
        look = theme.current()
        roomy = self.width() >= look.px(_NARROW)
        # where the head would take too much of the height it scrolls away with the page
        target = self._whole if self.height() >= look.px(_LOW) else self._main
        if target.indexOf(self._head) < 0:
            (self._main if target is self._whole else self._whole).removeWidget(self._head)
            target.insertWidget(0, self._head)
            holder = self._head.parentWidget()
            if holder is not None:
                read_in_order(holder)
        self.side.setVisible(roomy if self._unfolded is None else self._unfolded)

    def _show_side(self, shown: bool) -> None:
        self._unfolded = shown
        self.side.setVisible(shown)

    # what can be done

    def copy_note(self) -> None:
        """Put the journal note of the last conversation on the clipboard."""
        from progression.desk import reports

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.context.announce(self.words.t("The text is copied."))

        if self.citizen:
            self.context.run(reports.note, self.citizen, self.words.language, done=done)

    def turn(self) -> None:
        """Turn the screen to the citizen."""
        if self.value is not None and self.value.course.assessments:
            self.turner.turn(self.citizen)

    def leave(self) -> None:
        """The page is left or the vault is locked: the citizen's picture goes with it."""
        self.turner.put_away()

    def make_report(self) -> None:
        """Ask where, and write the report for the case."""
        from progression.desk import reports

        self._write(reports.case, self.ask_file())

    def make_sheet(self) -> None:
        """Ask where, and write the hand-over sheet."""
        from progression.desk import reports

        suggested = self.words.t("Hand-over sheet {day}", day=self.context.today.isoformat())
        self._write(reports.handover, self.ask_file(suggested))

    def _write(self, operation: Callable[..., Any], file: Path | None) -> None:
        if file is None:
            return
        w = self.words

        def done(_path: Path) -> None:
            self.header.report.setEnabled(True)
            self.context.announce(w.t("The report is saved as {file}", file=file.name))

        def failed(_error: BaseException) -> bool:
            self.header.report.setEnabled(True)
            return False  # the status bar says it

        self.header.report.setEnabled(False)
        self.context.announce(w.t("Making the report …"))
        self.context.run(operation, self.citizen, file, w.language, done=done, failed=failed)

    def ask_file(self, suggested: str = "") -> Path | None:
        """Ask for the file of a report; the suggested name holds no name of a person."""
        w = self.words
        name = (suggested or w.t("Report for the case {day}", day=self.context.today.isoformat())) + ".pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, w.t("Save the report"), name, "PDF (*.pdf)")
        if not chosen:
            return None
        return Path(chosen) if chosen.lower().endswith(".pdf") else Path(chosen + ".pdf")

    def decide(self, flag: Flag, choice: str, reason: str, follow_up: date | None) -> None:
        """Save a decision about an attention point."""
        from progression.desk import decisions

        w = self.words

        def done(_changes: Changes) -> None:
            self.context.announce(w.t("Decision saved: {choice}", choice=w.t(CHOICES[choice])))
            self._lead_on(flags.title(w, flag) if choice == "start" else None)

        def failed(error: BaseException) -> bool:
            card = self.side.cards.get(flag.id)
            if card is None or not is_known(error):
                return False
            card.refused(sentence(w, error))
            return True

        card = self.side.cards.get(flag.id)
        ending: dict[str, Any] = {"stops": card.stops()} if card is not None and card.stops() else {}
        named = w.t("decision: {choice}", choice=w.t(CHOICES[choice]))
        self.context.run(
            decisions.decide, flag, choice, reason, follow_up, done=done, failed=failed, undo=named, **ending
        )

    def follow_up(self, decision: Decision, choice: str, reason: str, day: date | None) -> None:
        """Save what was decided when an earlier decision was followed up."""
        from progression.desk import decisions

        w = self.words
        told = w.t("Decision saved: {choice}", choice=w.t(CHOICES[choice]))
        came = getattr(self.side.panel, "came", lambda: "")()
        named = w.t("decision: {choice}", choice=w.t(CHOICES[choice]))
        about = side_register.about(w, decision, self.value) if self.value is not None else ""
        starts = about if choice == "start" else None
        self._save(told, named, decisions.follow_up, decision, choice, reason, day, came, starts=starts)

    def add_intervention(self, intervention: Intervention) -> None:
        """Save a new intervention."""
        from progression.desk import interventions

        w = self.words
        self._save(w.t("The intervention is saved"), w.t("intervention"), interventions.add, intervention)

    def end_intervention(self, intervention: Intervention, day: date, because: str) -> None:
        """Save the end of an intervention."""
        from progression.desk import interventions

        w = self.words
        named = w.t("ending of an intervention")
        self._save(w.t("The intervention is ended"), named, interventions.end, intervention, day, because)

    def carry_out(self, wish: Wish) -> None:
        """Do what a panel of the register asks for."""
        self._save(wish.told, wish.undo, wish.operation, *wish.values, starts=wish.starts, **wish.named)

    def _lead_on(self, decided: str | None) -> None:
        """Deciding to start is half of it: what starts is asked next, and may wait."""
        if decided is not None and self.side.panel is None:
            self.side.open_add(decided)

    def _say_undo(self) -> None:
        """The link below the side names the latest act where it is about this citizen; Ctrl+Z works anyway."""
        act = self.context.acts.last
        self.side.say_undo(act.said(self.words) if act is not None and self.citizen in act.citizens else "")

    def _save(
        self, told: str, name: str, operation: object, *values: object, starts: str | None = None, **named: object
    ) -> None:
        panel: Any = self.side.panel

        def done(_changes: Changes) -> None:
            if panel is not None and self.side.panel is panel and getattr(panel, "stays", False):
                panel.saved()
            elif self.side.panel is panel:
                self.side.close_panel()
            self.context.announce(told)
            self._lead_on(starts)

        def failed(error: BaseException) -> bool:
            return panel is not None and self.side.panel is panel and bool(panel.refused(error))

        self.context.run(operation, *values, done=done, failed=failed, undo=name, **named)  # type: ignore[arg-type]

    def _bar(self, key: str) -> None:
        """A bar of the timeline was clicked: what still runs can be ended."""
        if self.value is None:
            return
        for one in self.value.course.interventions:
            if one.id == key and (one.end is None or one.end >= self.value.today):
                self.side.open_end(one)
