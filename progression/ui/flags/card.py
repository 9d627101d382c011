"""An attention point as a card: what happened, against what uncertainty, why, and four choices. A person decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from progression.analysis import realised
from progression.analysis.values import Estimates, Flag
from progression.charts.grounds import Grounds
from progression.charts.why import Why, why_flag
from progression.scales.model import Scale
from progression.ui import ways
from progression.ui.flags.decision import DecisionForm
from progression.ui.flags.margin import EDGES, MarginBar, Shape
from progression.ui.flags.why import WhyLink
from progression.ui.kit import Card, button, label, rule, wrapped
from progression.ui.kit.flow import Even, Flow
from progression.ui.kit.texts import set_property
from progression.words import Words, rounding
from progression.words import flags as said
from progression.words.flags import CHOICES

DECIDABLE = frozenset({"regression", "stagnation", "progression"})


class FlagCard(Card):
    """One open attention point. `decided` carries (choice, reason, follow-up day or None) once it is saved.

    `grounds`: the answers it rests on and what became of it, for the fold-out; without them it says less. `running`
    (id, name): interventions that may end by the same act.
    """

    decided = Signal(str, str, object)

    def __init__(
        self,
        words: Words,
        flag: Flag,
        scale: Scale,
        estimates: Estimates,
        today: date,
        grounds: Grounds | None = None,
        running: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(EDGES.get(flag.kind, "flat"))
        self.door_key = flag.id
        self.words, self.flag, self.scale, self.estimates, self.today = words, flag, scale, estimates, today
        self.grounds, self.running = grounds or Grounds(today), running
        self.box.setContentsMargins(12, 10, 12, 12)
        self.box.setSpacing(6)
        self.choices: dict[str, QPushButton] = {}
        self.form: DecisionForm | None = None
        self.setAccessibleName(said.title(words, flag))
        self._head()
        self._sentences()
        # a standstill is a matter of pace, and the rules have no uncertainty: the bar would say something else
        measured = flag.kind in EDGES and flag.method == "trajectory"
        if flag.baseline is not None and flag.level is not None and flag.margin is not None and measured:
            # the figures of the sentence above, and the change that whoever subtracts them reaches
            d = rounding.difference(flag.baseline, flag.level, flag.level - flag.baseline, flag.margin)
            change = rounding.minus(flag.level, flag.baseline, d)
            self.box.addWidget(MarginBar(words, change, flag.margin, flag.kind, d))
        self._why()
        if flag.kind in DECIDABLE:
            self._decision()

    def _head(self) -> None:
        edge = EDGES.get(self.flag.kind)
        title = label(said.title(self.words, self.flag), "h3", f"{edge}-text" if edge else "text")
        title.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Shape(self.flag.kind), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        self.box.addLayout(head)
        if self.flag.status == "open" and self.flag.follow_up is not None:  # decided once; its day has come
            day = self.words.date(self.flag.follow_up)
            self.box.addWidget(wrapped(self.words.t("open again since {day}", day=day), "small", "text-2"))

    def _sentences(self) -> None:
        headline = said.headline(self.words, self.flag, self.scale)
        reasons = said.reason(self.words, self.flag, self.scale)
        if self.flag.kind == "disagreement" and self.flag.indicator is not None:
            headline = f"{said.subject(self.words, self.flag, self.scale)}: {headline[0].lower()}{headline[1:]}"
        text = wrapped(" ".join([f"{headline}.", *reasons]), "dense")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box.addWidget(text)

    def _why(self) -> None:
        w = self.words
        method = None
        if self.flag.kind != "missing":  # which is counted from dates alone
            method = label(w.t("Method: {method}", method=said.method(w, self.flag.method)), "small", "text-3")
        self.fold = WhyLink(w, self._reasons, method)
        self.why = self.fold.link
        self.box.addWidget(self.fold)

    def _reasons(self) -> Why:
        return explained(self.words, self.flag, self.scale, self.estimates, self.grounds)

    def _decision(self) -> None:
        w = self.words
        self.box.addWidget(rule())
        line = Flow(6)
        line.addWidget(label(w.t("What do you decide?"), "dense"))
        line.addWidget(label(said.suggestion(w, self.flag), "dense", "text-2"))
        self.box.addLayout(line)
        buttons = Even(6)
        for choice, text in CHOICES.items():
            suggested = choice == self.flag.suggestion
            name = w.t("{choice}, suggested", choice=w.t(text)) if suggested else w.t(text)
            made = button(w.t(text), "suggested" if suggested else "normal", small=True, name=name)
            made.clicked.connect(lambda _on=False, c=choice: self.choose(c))
            self.choices[choice] = made
            buttons.addWidget(made)
        self.box.addLayout(buttons)
        self._place = QVBoxLayout()
        self.box.addLayout(self._place)

    @ways.door
    def choose(self, choice: str) -> None:
        """Take up a choice: its button is marked, and reason and follow-up are asked for below."""
        for key, made in self.choices.items():
            plain = "suggested" if key == self.flag.suggestion else "normal"
            set_property(made, "role", "chosen" if key == choice else plain)
            made.setAccessibleDescription(self.words.t("chosen") if key == choice else "")
        if self.form is None:
            self.form = DecisionForm(self.words, self.today, self.running)
            self.form.saved.connect(self._save)
            self.form.dropped.connect(self.drop)
            self._place.addWidget(self.form)
        ways.note(self.form)
        self.form.show()
        self.form.take(choice)

    def drop(self) -> None:
        """Leave it undecided."""
        if self.form is not None:
            self.form.hide()
        for key, made in self.choices.items():
            set_property(made, "role", "suggested" if key == self.flag.suggestion else "normal")
            made.setAccessibleDescription("")
        if self.choices:
            next(iter(self.choices.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, choice: str, reason: str, follow_up: date | None) -> None:
        self.decided.emit(choice, reason, follow_up)

    def stops(self) -> tuple[str, ...]:
        """Ids of the interventions that the decision stops."""
        return self.form.stops() if self.form is not None else ()

    def refused(self, sentence: str) -> None:
        """Say why a decision was not saved; what was typed stays."""
        if self.form is not None:
            self.form.refused(sentence)


def explained(words: Words, flag: Flag, scale: Scale, estimates: Estimates, grounds: Grounds) -> Why:
    """Return why a point is (or was) shown."""
    worlds = realised.for_flag(flag, estimates)
    return why_flag(words, flag, scale, estimates, grounds, worlds)
