"""The ways to see a course: timeline with its indicators, spider, the table of every answer, classical measures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progression.charts.builder import citizen_chart, flag_to_draw
from progression.charts.happened import rows as happened_rows
from progression.charts.model import Chart
from progression.charts.multiples import indicator_charts
from progression.desk.measures import CitizenMeasures
from progression.desk.pages import CitizenPage
from progression.ui import theme
from progression.ui.citizen_measures import Measures
from progression.ui.citizen_multiples import Multiples
from progression.ui.citizen_radar import Radar, occasions, rows_of
from progression.ui.citizen_table import TableOfText, answer_rows
from progression.ui.kit import Segmented, heading, label, set_icon, wrapped
from progression.ui.kit.texts import set_text
from progression.ui.timeline import Timeline
from progression.words import Words

VIEWS = ("timeline", "radar", "table", "measures")


class Views(QWidget):
    """Shows one citizen's course. `spoken`: what a screen reader should say; `bar_chosen`: an intervention's id;
    `measures_asked`: the classical measures on this scale are looked at, give them to `show_measures`."""

    spoken = Signal(str)
    bar_chosen = Signal(str)
    measures_asked = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._page: CitizenPage | None = None
        self._room = self._offered = 0
        self._filled: set[str] = set()  # views that already show this page
        self._many = True  # the scale has more than one indicator
        self.view = Segmented(name="")
        self.subject = QComboBox()
        self.subject.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.days = Segmented(name="")
        self.readout = label("", "dense", "text-2")
        self.readout.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.timeline = Timeline(words)
        self.multiples = Multiples()
        self.radar, self.radar_table, self.rater = Radar(), TableOfText(), Segmented(name="")
        self.table, self.happened = TableOfText(), TableOfText()
        self.happened_heading = heading(3)
        self.measures = Measures()
        self.empty = wrapped("", "body", "text-2")
        # not a QStackedWidget: that asks for the height of its highest view, whichever is shown
        made_views = (self._timeline_view(), self._radar_view(), self._table_view(), self.measures)
        self._views = dict(zip(VIEWS, made_views, strict=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 10, 24, 20)
        box.setSpacing(8)
        box.addLayout(self._toolbar())
        box.addWidget(self.empty)
        for made in self._views.values():
            box.addWidget(made, 1)
        self.view.chosen.connect(self.show_view)
        self.days.chosen.connect(lambda key: self.timeline.show_last_year(key == "year"))
        self.subject.activated.connect(lambda _n: self.show_subject())
        self.rater.chosen.connect(lambda _key: self._show_radar())
        self.timeline.read.connect(self._read)
        self.timeline.spoken.connect(self.spoken)
        self.timeline.bar_chosen.connect(self.bar_chosen)
        self.multiples.chosen.connect(self.choose_subject)

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

    def set_width(self, width: int) -> None:
        """Say how wide the page is: two lines of choices where one would ask for more."""
        asked = self.view.sizeHint().width() + self.subject.width() + self.days.sizeHint().width() + 2 * 12 + 48
        narrow = width < asked
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
        chart = self.timeline.chart()
        metrics = QFontMetrics(theme.current().font("dense"))
        texts = {text for _day, text in chart.readouts} if chart else set()
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        beside = sum(part.sizeHint().width() for part in (self.view, self.days)) + self.subject.width()
        wide = min(self.width(), self._offered or self.width())  # what stands inline asks for its width itself
        inline = not self._narrow and wide - 48 > widest + beside + 72
        if inline == self._readout_inline and self.readout.parent() is not None:
            return
        self._readout_inline = inline
        self._line.removeWidget(self.readout)
        self._below.removeWidget(self.readout)
        self.readout.setWordWrap(not inline)
        if inline:
            self._line.insertWidget(3, self.readout, 2, Qt.AlignmentFlag.AlignCenter)
        else:
            self._below.addWidget(self.readout)
        self._above.invalidate()  # a layout within a layout keeps the width it once asked for

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

    def _radar_view(self) -> QWidget:
        made = QWidget()
        outer = QVBoxLayout(made)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.rater)
        line.addStretch(1)
        self.radar_note = wrapped("", "small", "text-3")
        outer.addLayout(line)
        outer.addWidget(self.radar_note)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(24)
        self._beside.addWidget(self.radar)
        self._beside.addWidget(self.radar_table)
        outer.addLayout(self._beside)
        outer.addStretch(1)
        return made

    def _table_view(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.table_note = wrapped("", "small", "text-3")
        box.addWidget(self.table_note)
        box.addWidget(self.table)
        box.addSpacing(8)
        box.addWidget(self.happened_heading)
        box.addWidget(self.happened)
        box.addStretch(1)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_readout()
        self.fit()
        wide = self.width() > theme.current().px(1040)
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    # what is shown

    def retranslate(self, words: Words) -> None:
        """Say everything again in another language."""
        self.words = words
        self.timeline.words = words
        w = words
        names = (w.t("Timeline"), w.t("Spider"), w.t("Table"), w.t("Measures"))
        self.view.set_choices(list(zip(VIEWS, names, strict=True)), w.t("View"))
        first = not self.days.value()
        self.days.set_choices([("year", w.t("1 year")), ("all", w.t("Whole course"))], w.t("Days shown"))
        if first:
            self.days.choose("all")
        self.subject.setAccessibleName(w.t("What is shown"))
        self.heading.setText(w.t("Indicators"))
        self.heading.setAccessibleName(w.t("Indicators"))
        self.locked.setText(w.t("not shown to the citizen"))
        self.lock.setAccessibleName(w.t("not shown to the citizen"))
        self.rater.set_choices([("caseworker", w.t("Caseworker")), ("citizen", w.t("Citizen"))], w.t("Rater"))
        self.radar_table.setAccessibleName(w.t("First, previous and latest answers"))
        self.table.setAccessibleName(w.t("Every answer"))
        self.happened_heading.setText(w.t("Interventions, conversations and decisions"))
        self.happened_heading.setAccessibleName(w.t("Interventions, conversations and decisions"))
        self.happened.setAccessibleName(w.t("Interventions, conversations and decisions"))
        if self._page is not None:
            self.show_page(self._page, fresh=False)

    def restyle(self) -> None:
        """Take over theme and text size."""
        self.timeline.restyle()
        self.subject.setFixedWidth(theme.current().px(160))
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
        answered = any(a.scale == page.scale.id for a in page.course.assessments)
        self.indicators.setVisible(many and answered)
        self._say_empty(page, answered)
        self.show_subject(page.chart if fresh and not self.subject.currentData() else None)
        if many and answered:
            self._show_multiples(page)
        self._filled.clear()
        self.show_view(self.view.value() or "timeline")

    def _say_empty(self, page: CitizenPage, answered: bool) -> None:
        w = self.words
        curve = page.trajectory
        if not answered:
            text = w.t("No assessments yet. Start the conversation to make the first one.")
        elif curve.standing == "too_few":
            text = w.t(
                "Too few measurements to say anything about the course: {n} of at least {needed}.",
                n=curve.rounds,
                needed=curve.rounds_needed,
            )
        else:
            text = ""
        set_text(self.empty, text)

    def show_view(self, key: str) -> None:
        """Show the timeline, the spider or the table."""
        self.view.choose(key)
        if key not in self._filled and self._page is not None:  # the tables are made when someone looks at them
            self._filled.add(key)
            {
                "timeline": lambda: None,
                "radar": self._show_radar,
                "table": self._show_table,
                "measures": self._ask_measures,
            }[key]()
        for name, made in self._views.items():
            made.setVisible(name == key)
        on_timeline = key == "timeline"
        self.subject.setVisible(on_timeline and self._many)
        for part in (self.days, self.readout):
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

    def _show_radar(self) -> None:
        page, w = self._page, self.words
        if page is None:
            return
        asked = [r for r in ("caseworker", "citizen") if page.scale.rated_by(r)]
        self.rater.setVisible(len(asked) > 1)
        rater = self.rater.value() if self.rater.value() in asked else asked[0]
        found = occasions(page.course, page.scale, rater, w)  # type: ignore[arg-type]
        drawable = len(page.scale.rated_by(rater)) >= 3 and bool(found)  # type: ignore[arg-type]
        self.radar.setVisible(drawable)
        self.radar_table.setVisible(bool(found))
        self.radar.show_occasions(found, page.scale, rater, w)  # type: ignore[arg-type]
        rows = rows_of(found, page.scale, rater, w)  # type: ignore[arg-type]
        said = [[f"{r[0]}, {head}: {cell}" for head, cell in zip(rows[0][1:], r[1:], strict=True)] for r in rows[1:]]
        heads = [head.replace(", ", "\n", 1) for head in rows[0][1:]]
        self.radar_table.table.show(heads, [r[0] for r in rows[1:]], [r[1:] for r in rows[1:]], said)
        self.radar_table.fit()
        self.radar_table.fit_height()
        note = "" if drawable else w.t("The spider needs at least three indicators.") if found else ""
        set_text(self.radar_note, note)

    def _show_table(self) -> None:
        if self._page is None:
            return
        self.table.table.show(*answer_rows(self._page.course, self._page.scale, self.words))
        self.table.fit()
        self.table.fit_height()
        head, *rows = happened_rows(self.timeline.chart() or self._page.chart, self.words)
        self.happened.table.show(head[1:], [row[0] for row in rows], [row[1:] for row in rows])
        self.happened.fit_texts()
        for part in (self.happened_heading, self.happened):
            part.setVisible(bool(rows))
        self.table_note.setText(self.words.t("The latest first. – is not rated or not asked; neither counts as low."))

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
        self.readout.setText(text)
        self.readout.setAccessibleName(text or self.words.t("Readout"))
