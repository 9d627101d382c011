"""What the numbers rest on: how often a point may come without a reason, the method, and each scale's estimates.

Choosing takes effect at once, for everybody who uses this database; Ctrl+Z brings back what was in force before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from progression.ui import kit
from progression.ui.kit.ticks import Tick
from progression.ui.page import Context
from progression.ui.settings.estimates import ScalePart
from progression.ui.settings.form import go_into
from progression.ui.settings.method import MethodPart
from progression.ui.settings.rate import RatePart
from progression.ui.settings.rules import RulesPart
from progression.words import N_

if TYPE_CHECKING:
    from progression.desk.estimates import Rate, Standing
    from progression.desk.rules import Standing as Method
    from progression.desk.session import Changes, Session
    from progression.scales.model import Scale


# what undoing a choice is called
NAMES = {
    "false_alarms_per_100_years": N_("attention points without a reason"),
    "method": N_("the method"),
    "informed": N_("the average of each kind of period"),
    "estimates_automatic": N_("making estimates anew"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What the section shows from the vault. `rate`: the chosen one, per 100 citizen-years."""

    standings: tuple[Standing, ...]
    scales: Mapping[str, Scale]
    rates: tuple[Rate, ...]
    rate: float
    method: Method
    informed: bool
    automatic: bool
    accounts: Mapping[str, str]


def gather(session: Session) -> Basis:
    """Everything the section shows, in one go."""
    from progression.desk import estimates, rules, scales, settings, vaults

    return Basis(
        standings=estimates.standings(session),
        scales=dict(scales.listing(session)),
        rates=estimates.rates(session),
        rate=estimates.chosen_rate(session),
        method=rules.standing(session),
        informed=settings.get(session, "informed", False) is True,
        automatic=estimates.automatic(session),
        accounts=vaults.accounts(session),
    )


class BasisSection(QWidget):
    """The section under its heading."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.facts: Basis | None = None
        self._entered = False  # one has come in before there was anything to choose
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._lead = kit.wrapped("", "dense", "text-2")
        self.rate = RatePart()
        self.rate.chosen.connect(self._choose_rate)
        self.rules = RulesPart(context)
        self.method = MethodPart(self.rules)
        self.method.chosen.connect(self._choose_method)
        self.method.informed_chosen.connect(self._choose_informed)
        self.automatic = Tick()
        self.automatic.clicked.connect(self._choose_automatic)
        self._automatic_help = kit.wrapped("", "dense", "text-2")
        self.scales: dict[str, ScalePart] = {}
        self._list = kit.column(16)
        self._box.addWidget(self._lead)
        self._box.addWidget(self.rate)
        self._box.addSpacing(8)
        self._box.addWidget(self.method)
        self._box.addSpacing(8)
        self._box.addLayout(self._list)
        self._box.addSpacing(8)
        self._box.addLayout(kit.row(self.automatic, 1))
        self._box.addWidget(kit.Inset(self._automatic_help))

    def show_facts(self, facts: Basis) -> None:
        """Show what is in force, and what can be chosen."""
        self.facts = facts
        self.retranslate()
        if self._entered:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the first choice, as soon as there is one."""
        self._entered = self.facts is None
        chosen = next((one for one in self.rate.choices.values() if one.isChecked() and one.isEnabled()), None)
        if chosen is not None:
            chosen.show()  # a layout would show it later, too late for the focus
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.facts is not None:
            go_into(self.method)

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w, facts = self.context.words, self.facts
        self._lead.setText(
            w.t("Every attention point names the estimates it was computed with. They are the same on every device.")
        )
        self.automatic.setText(w.t("Make estimates anew when it matters"))
        self.automatic.setAccessibleName(self.automatic.text())
        self._automatic_help.setText(
            w.t(
                "In the background, when at least 60 citizens have two assessments: the first time, when half as many "
                "answers again have come, and once a year. Never while a conversation is being scored."
            )
        )
        self.automatic.setAccessibleDescription(self._automatic_help.text())
        if facts is None:
            return
        self.automatic.setChecked(facts.automatic)
        self.rate.show_rates(w, facts.rates, facts.rate, used=facts.method.method == "trajectory")
        used = {one.in_force.scale for one in facts.standings if one.usable}
        self.method.show_method(w, facts.method, informed=facts.informed, used=used)
        self.rules.show_rules(w, facts.method)
        if list(self.scales) != [one.in_force.scale for one in facts.standings]:
            self._make_scales(facts)
        for one in facts.standings:
            scale = one.in_force.scale
            self.scales[scale].show_standing(w, one, facts.scales[scale], facts.accounts)

    def _make_scales(self, facts: Basis) -> None:
        kit.clear(self._list)
        self.scales = {}
        for one in facts.standings:
            part = ScalePart(one.in_force.scale, self.context.estimator)
            part.taken_back.connect(self._take_back)
            self.scales[one.in_force.scale] = part
            self._list.addWidget(part)
        kit.read_in_order(self)

    # choosing

    def _choose_rate(self, rate: float) -> None:
        from progression.desk.estimates import RATE

        if self.facts is not None and rate != self.facts.rate:
            self._put(RATE, int(rate))

    def _choose_method(self, method: str) -> None:
        if self.facts is not None and method != self.facts.method.method:
            self._put("method", method)

    def _choose_informed(self, on: bool) -> None:
        self._put("informed", on)

    def _choose_automatic(self, on: bool) -> None:
        from progression.desk.estimates import AUTOMATIC

        self._put(AUTOMATIC, on)

    def _put(self, key: str, value: Any) -> None:
        from progression.desk import settings

        self.context.run(settings.put, key, value, undo=NAMES[key])

    def _take_back(self, adoption: str) -> None:
        from progression.desk import estimates

        name = self.context.words.t("taking the estimates back")
        self.context.run(estimates.take_back, adoption, done=self._taken_back, undo=name)

    def _taken_back(self, _changes: Changes) -> None:
        w = self.context.words
        self.context.announce(w.t("Taken back. Estimates are now made only when you ask for them."))
