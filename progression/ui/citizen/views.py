"""The ways to see a course: timeline with its indicators, spider, the table of every answer, classical measures."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progression.charts.builder import citizen_chart, flag_to_draw
from progression.charts.model import Chart
from progression.charts.multiples import indicator_charts
from progression.desk.measures import CitizenMeasures
from progression.desk.pages import CitizenPage
from progression.ui import theme
from progression.ui.citizen.answers import Answers
from progression.ui.citizen.measures import Measures
from progression.ui.citizen.multiples import Multiples
from progression.ui.citizen.spider import Spider
from progression.ui.kit import Empty, Segmented, button, heading, label, set_icon, wrapped
from progression.ui.kit.chooser import Chooser
from progression.ui.kit.texts import set_text
from progression.ui.timeline.reading import facts
from progression.ui.timeline.view import Timeline
from progression.words import Words

_SUBJECT = (120, 160, 240)  # px at 100 % text of the field that says what is shown: least, usual and most
VIEWS = ("timeline", "radar", "table", "measures")


class Views(QWidget):
    """Shows one citizen's course. `spoken`: what a screen reader should say; `bar_chosen`: an intervention's id;
    `measures_asked`: the classical measures on this scale are looked at, give them to `show_measures`;
    `corrections_asked`: the history is unfolded, give it to `answers.show_corrections`; `conversation_asked`: of
    somebody nobody has met yet."""

    spoken = Signal(str)
    bar_chosen = Signal(str)
    measures_asked = Signal(str)
    corrections_asked = Signal()
    conversation_asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._page: CitizenPage | None = None
        self._room = self._offered = 0
        self._filled: set[str] = set()  # views that already show this page
        self._many = True  # the scale has more than one indicator
        self._measured: tuple[Chart | None, object, int] = (None, None, 0)
        self._nothing_yet = False  # nobody has met this citizen
        self.view = Segmented(name="")
        self.subject = Chooser()
        self.days = Segmented(name="")
        self.read_day, self.readout = label("", "dense-strong"), label("", "dense", "text-2")
        self.readout.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reading = QWidget()
        reading = QHBoxLayout(self.reading)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(12)
        reading.addWidget(self.read_day, 0, Qt.AlignmentFlag.AlignTop)
        reading.addWidget(self.readout, 1)
        self.timeline = Timeline(words)
        self.multiples = Multiples()
        self.spider = Spider()
        self.answers = Answers()
        self.measures = Measures()
        self.empty = wrapped("", "body", "text-2")
        self.begin = button("", "primary")
        self.begin.clicked.connect(self.conversation_asked)
        self.nothing = Empty("chart-line", self.begin)
        # not a QStackedWidget: that asks for the height of its highest view, whichever is shown
        made_views = (self._timeline_view(), self.spider, self.answers, self.measures)
        self._views = dict(zip(VIEWS, made_views, strict=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 10, 24, 20)
        box.setSpacing(8)
        box.addLayout(self._toolbar())
        box.addWidget(self.empty)
        box.addWidget(self.nothing, 1)
        for made in self._views.values():
            box.addWidget(made, 1)
        self.view.chosen.connect(self.show_view)
        self.days.chosen.connect(self._choose_days)
        self.subject.activated.connect(lambda _n: self.show_subject())
        self.timeline.read.connect(self._read)
        self.timeline.days_shown.connect(self._say_days)
        self.timeline.spoken.connect(self.spoken)
        self.timeline.bar_chosen.connect(self.bar_chosen)
        self.multiples.chosen.connect(self.choose_subject)
        self.answers.corrections_asked.connect(self.corrections_asked)

    # how it is built

    def _toolbar(self) -> QVBoxLayout:
        self._line = QHBoxLayout()
        self._line.setSpacing(12)
        self._choices = QHBoxLayout()  # what is shown and of which days: below the views where there is no room beside
        self._choices.setSpacing(12)
        self._line.addWidget(self.view)
        self._line.addWidget(self.subject)
        self._line.addStretch(1)
        self._line.addWidget(self.days)
        self._narrow = False
        self._above = above = QVBoxLayout()
        above.setSpacing(8)
        above.addLayout(self._line)
        above.addLayout(self._choices)
        self._below = QVBoxLayout()
        above.addLayout(self._below)
        self._readout_inline = False
        self._place_readout()
        return above

    def _choose_days(self, key: str) -> None:
        if key != "part":
            self.timeline.show_last_year(key == "year")
            self._say_days(key)

    def set_width(self, width: int) -> None:
        """Say how wide the page is: two lines of choices where one would ask for more. The field that says what is
        shown is as wide as its longest name, and gives way first."""
        below = width - self.days.sizeHint().width() - 12 - 48
        room = below - self.view.sizeHint().width() - 12
        least, usual, most = (theme.current().px(wide) for wide in _SUBJECT)
        wide = max(usual, min(self.subject.widest(), most))
        narrow = room < least
        self.subject.setFixedWidth(min(wide, max(below, usual)) if narrow else min(room, wide))
        self._offered = width
        if narrow != self._narrow:
            self._arrange_choices(narrow)
        self._place_readout()

    def _arrange_choices(self, narrow: bool) -> None:
        self._narrow = narrow
        source, target = (self._line, self._choices) if narrow else (self._choices, self._line)
        for part in (self.subject, self.days):
            source.removeWidget(part)
        if narrow:
            target.addWidget(self.subject)
            target.addStretch(1)
            target.addWidget(self.days)
        else:
            target.insertWidget(1, self.subject)
            target.addWidget(self.days)
            self._choices.takeAt(0)  # the stretch between the two
        self._above.invalidate()

    def _place_readout(self) -> None:
        """The readout stands between the choices where there is room, else on a line of its own."""
        widest = self._widest_reading()
        beside = sum(part.sizeHint().width() for part in (self.view, self.days)) + self.subject.width()
        wide = min(self.width(), self._offered or self.width())  # what stands inline asks for its width itself
        inline = not self._narrow and wide - 48 > widest + beside + 72
        if inline == self._readout_inline and self.reading.parent() is not None:
            return
        self._readout_inline = inline
        self._line.removeWidget(self.reading)
        self._below.removeWidget(self.reading)
        self.readout.setWordWrap(not inline)
        if inline:
            self._line.insertWidget(3, self.reading, 2, Qt.AlignmentFlag.AlignCenter)
        else:
            self._below.addWidget(self.reading)
        self._above.invalidate()  # a layout within a layout keeps the width it once asked for

    def _widest_reading(self) -> int:
        """How wide the longest line above the plot is, in px; measured once for a chart."""
        chart, font = self.timeline.chart(), theme.current().font("dense-strong")
        if self._measured[:2] != (chart, font):
            metrics = QFontMetrics(font)
            days = {day for day, _text in chart.readouts} if chart else set()
            texts = (self._day_text(day) + facts(chart, day, self.words) for day in days if chart)
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 12
            self._measured = (chart, font, widest)
        return self._measured[2]

    def _timeline_view(self) -> QWidget:
        made = QWidget()
        self.heading = heading(3)
        self.about = wrapped("", "small", "text-3")
        self.lock = QLabel()
        set_icon(self.lock, "lock", "text-3", 14)
        self.locked = label("", "small", "text-3")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.heading)
        line.addWidget(self.about, 1)
        line.addWidget(self.lock)
        line.addWidget(self.locked)
        line.setSpacing(6)
        self.indicators = QWidget()
        box = QVBoxLayout(self.indicators)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self.multiples)
        whole = QVBoxLayout(made)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self.timeline)
        whole.addWidget(self.indicators)
        whole.addStretch(1)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_readout()
        self.fit()

    # what is shown

    def retranslate(self, words: Words) -> None:
        """Say everything again in another language."""
        self.words = words
        self.timeline.words = words
        w = words
        names = (w.t("Timeline"), w.t("Spider"), w.t("Table"), w.t("Measures"))
        self.view.set_choices(list(zip(VIEWS, names, strict=True)), w.t("View"))
        shown = self.days.value() or "all"
        self.days.set_choices([], "")
        self._say_days(shown)
        self.subject.setAccessibleName(w.t("What is shown"))
        self.heading.setText(w.t("Indicators"))
        self.heading.setAccessibleName(w.t("Indicators"))
        self.locked.setText(w.t("not shown to the citizen"))
        self.lock.setAccessibleName(w.t("not shown to the citizen"))
        self.spider.retranslate(w)
        self.answers.retranslate(w)
        if self._page is not None:
            self.show_page(self._page, fresh=False)

    def restyle(self) -> None:
        """Take over theme and text size."""
        self.timeline.restyle()
        self.set_width(self._offered or self.width())
        if self._page is not None:
            self.show_page(self._page, fresh=False)

    def show_page(self, page: CitizenPage, *, fresh: bool = True) -> None:
        """Show a citizen's course. `fresh`: the page's own chart is in the language in force."""
        kept = self.subject.currentData() if self._page and self._page.scale.id == page.scale.id else None
        self._page = page
        w = self.words
        self.subject.clear()
        self.subject.addItem(w.t("Whole scale"), "")
        many = len(page.scale.indicators) > 1
        self._many = many
        if many:
            for indicator in page.scale.indicators:
                self.subject.addItem(w.pick(indicator.name), indicator.code)
        self.subject.setCurrentIndex(max(0, self.subject.findData(kept)) if kept else 0)
        self.set_width(self._offered or self.width())
        answered = any(a.scale == page.scale.id for a in page.course.assessments)
        self.indicators.setVisible(many and answered)
        self._say_empty(page, answered)
        self.show_subject(page.chart if fresh and not self.subject.currentData() else None)
        if many and answered:
            self._show_multiples(page)
        self._filled.clear()
        self.show_view(self.view.value() or "timeline")

    def _say_empty(self, page: CitizenPage, answered: bool) -> None:
        w, curve, course = self.words, page.trajectory, page.course
        began = answered or bool(course.interventions or course.conversations or course.decisions)
        self._nothing_yet = not began
        text = ""
        if began and not answered:
            text = w.t("No assessments yet. Start the conversation to make the first one.")
            if page.draft is not None:
                text = w.t("No assessments yet. The first one is begun and not finished.")
        elif curve.standing == "too_few":
            text = w.t(
                "Too few measurements to say anything about the course: {n} of at least {needed}.",
                n=curve.rounds,
                needed=curve.rounds_needed,
            )
        set_text(self.empty, text if began else "")
        self.nothing.say(
            w.t("The course begins here"), w.t("The first conversation gives the first point on the curve.")
        )
        if page.draft is None:
            self.begin.setText(w.t("Start the conversation"))
        else:
            rated = len(page.scale.rated_by("caseworker"))
            self.begin.setText(
                w.t("Continue the conversation, {answered} of {asked}", answered=page.draft, asked=rated)
            )
        self.begin.setAccessibleName(self.begin.text())

    def show_view(self, key: str) -> None:
        """Show the timeline, the spider or the table."""
        self.view.choose(key)
        if key not in self._filled and self._page is not None:  # the tables are made when someone looks at them
            self._filled.add(key)
            {
                "timeline": lambda: None,
                "radar": self._show_spider,
                "table": self._show_table,
                "measures": self._ask_measures,
            }[key]()
        for name, made in self._views.items():
            made.setVisible(name == key and not self._nothing_yet)
        self.nothing.setVisible(self._nothing_yet)
        self.view.setVisible(not self._nothing_yet)
        on_timeline = key == "timeline" and not self._nothing_yet
        self.subject.setVisible(on_timeline and self._many)
        for part in (self.days, self.reading):
            part.setVisible(on_timeline)

    def choose_subject(self, code: str) -> None:
        """Show an indicator on the timeline, or the whole scale when it is shown already."""
        code = "" if self.subject.currentData() == code else code
        self.subject.setCurrentIndex(max(0, self.subject.findData(code)))
        self.show_subject()

    def show_subject(self, chart: Chart | None = None) -> None:
        """Draw what is chosen: the whole scale with its band, or an indicator's own steps."""
        page = self._page
        if page is None:
            return
        if chart is None:
            subject = self.subject.currentData() or None
            chart = citizen_chart(
                page.course,
                page.scale,
                page.trajectory,
                page.types,
                page.names,
                page.today,
                self.words,
                flag=flag_to_draw(page.flags, subject),
                indicator=subject,
                phases=page.phases,
            )
        self.timeline.show_chart(chart)
        self._place_readout()
        self.fit()

    def set_room(self, height: int) -> None:
        """Say how high the page is, so that a whole course fits where it can."""
        self._room = height
        self.fit()

    def fit(self) -> None:
        """Give the timeline what height is left."""
        layout = self.layout()
        if layout is not None and self._room and self.width() > 0:
            rest = layout.totalHeightForWidth(self.width()) - self.timeline.sizeHint().height()
            self.timeline.set_room(self._room - rest)

    def _show_multiples(self, page: CitizenPage) -> None:
        w = self.words
        made = indicator_charts(page.course, page.scale, page.trajectory, page.today, w, phases=page.phases)
        self.multiples.show_multiples(made)
        self.about.setText(
            w.t(
                "steps {minimum} to {maximum}, shown as steps; the figure is the latest answer",
                minimum=page.scale.minimum,
                maximum=page.scale.maximum,
            )
        )
        hidden = any(one.locked for one in made)
        self.lock.setVisible(hidden)
        self.locked.setVisible(hidden)

    def _show_spider(self) -> None:
        if self._page is not None:
            self.spider.show_course(self._page.course, self._page.scale, self.words)

    def _show_table(self) -> None:
        if self._page is not None:
            self.answers.show_page(self._page, self.timeline.whole() or self._page.chart, self.words)

    def show_history(self) -> None:
        """Unfold the history of corrections."""
        self.show_view("table")
        self.answers.history.setChecked(True)
        self.answers.history.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_measures(self) -> None:
        """They rest on everybody's answers, so they are asked for only when someone looks."""
        if self._page is not None:
            self.measures.wait(self.words)
            self.measures_asked.emit(self._page.scale.id)

    def show_measures(self, found: CitizenMeasures) -> None:
        """Show the classical measures that were asked for, unless another citizen or scale is shown by now."""
        page = self._page
        if page is not None and (page.course.citizen.citizen, page.scale.id) == (found.citizen, found.scale.id):
            self.measures.show_measures(found, self.words)

    def _read(self, text: str) -> None:
        chart, day = self.timeline.chart(), self.timeline.cursor_day()
        known = chart is not None and day is not None
        self.read_day.setText(self._day_text(day) if known and day is not None else "")
        self.readout.setText(facts(chart, day, self.words) if chart is not None and day is not None else "")
        self.readout.setAccessibleName(text or self.words.t("Readout"))
        self.readout.setToolTip(text)

    def _day_text(self, day: date) -> str:
        return self.words.date(day)

    def _say_days(self, which: str) -> None:
        """The choice says which days are shown, also where keys chose them."""
        w = self.words
        choices = [("year", w.t("1 year")), ("all", w.t("Whole course"))]
        if which == "part":
            choices.insert(0, ("part", w.t("Chosen days")))
        if len(choices) != self.days.count():
            self.days.set_choices(choices, w.t("Days shown"))
            self.set_width(self._offered or self.width())
        self.days.choose(which)
