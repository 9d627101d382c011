"""What the numbers rest on: the estimates in force for each scale, and how often a point may come without a reason."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.page import Context
from progression.words import Words
from progression.words import flags as flag_words

if TYPE_CHECKING:
    from progression.analysis.values import Estimates
    from progression.desk.estimates import Rate
    from progression.scales.model import Scale

CASELOAD = 50  # citizens one caseworker has, in the explanation


def per_year(w: Words, rate: float) -> str:
    """What so many false alarms per 100 citizen-years are for one caseload: "5", or "2-3" between two numbers."""
    expected = rate * CASELOAD / 100
    low, high = math.floor(expected), math.ceil(expected)
    return (
        w.number(low, 0) if low == high else w.t("{low}-{high}", low=w.number(low, 0), high=w.number(high, 0))
    )


class BasisSection(QWidget):
    """Choosing another rate takes effect at once, for everybody who uses this database."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._rates: Sequence[Rate] = ()
        self._estimates: Sequence[Estimates] = ()
        self._scales: Mapping[str, Scale] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._lead = kit.wrapped("", "dense", "text-2")
        self._caption = kit.label("", "body", "text-2")
        self.rate = QComboBox()
        self.rate.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rate.activated.connect(self._choose)
        self._caption.setBuddy(self.rate)
        self._meaning = kit.wrapped("", "dense", "text-2")
        self._list = kit.column(4)
        box.addWidget(self._lead)
        box.addLayout(kit.row(self._caption, self.rate, 1, spacing=16))
        box.addWidget(self._meaning)
        box.addSpacing(8)
        box.addLayout(self._list)

    def show_facts(
        self, estimates: Sequence[Estimates], scales: Mapping[str, Scale], rates: Sequence[Rate]
    ) -> None:
        """Show what is in force, and what can be chosen."""
        self._estimates, self._scales, self._rates = estimates, scales, rates
        self.retranslate()

    def _in_force(self) -> float | None:
        """The rate the priors are used at, None where estimates were adopted with a rate of their own."""
        found = [one for one in self._estimates if one.source == "prior"]
        return found[0].false_alarms_per_100_years if len(found) == len(self._estimates) and found else None

    def _choose(self, index: int) -> None:
        from progression.desk import settings

        rate = self._rates[index].per_100_years
        if rate != self._in_force():
            self.context.run(settings.put, "false_alarms_per_100_years", int(rate))

    def retranslate(self) -> None:
        """Say everything in the language now in force."""
        w = self.context.words
        self._lead.setText(
            w.t(
                "Every attention point names the estimates it was computed with. They are the same on every device."
            )
        )
        self._caption.setText(w.t("Points without a reason"))
        self.rate.setAccessibleName(self._caption.text())
        self._say_rate(w)
        kit.clear(self._list)
        for one in self._estimates:
            self._add_estimate(w, one)

    def _say_rate(self, w: Words) -> None:
        now = self._in_force()
        for part in (self._caption, self.rate):
            part.setVisible(now is not None)
        self.rate.clear()
        for one in self._rates:
            self.rate.addItem(w.t("About {n} a year", n=per_year(w, one.per_100_years)), one.per_100_years)
        chosen = next((one for one in self._rates if one.per_100_years == now), None)
        if chosen is None:
            kit.set_text(self._meaning, "")
            return
        self.rate.setCurrentIndex(list(self._rates).index(chosen))
        text = w.t(
            "With {caseload} citizens, about {n} points a year come by chance alone, and {found} in 10 real setbacks "
            "are found (in simulation). Fewer by chance means that more setbacks are missed. The choice holds for "
            "everybody who uses this database.",
            caseload=CASELOAD,
            n=per_year(w, chosen.per_100_years),
            found=w.number(chosen.found * 10, 0),
        )
        kit.set_text(self._meaning, text)
        self.rate.setAccessibleDescription(text)

    def _add_estimate(self, w: Words, one: Estimates) -> None:
        scale = self._scales.get(one.scale)
        name = w.pick(scale.name) if scale is not None else one.scale
        version = (
            w.t("{scale}, version {version}", scale=name, version=scale.version)
            if scale is not None
            else name
        )
        self._list.addWidget(kit.label(version, "name"))
        if one.source == "prior":
            basis = w.t("Starting values; nothing has been estimated from your own citizens yet.")
        else:
            day = w.date(one.adopted) if one.adopted else ""
            basis = w.tn(
                "Estimated {day} on {n} citizen.", "Estimated {day} on {n} citizens.", one.citizens, day=day
            )
        lines = [basis] if one.source == "prior" else [basis, flag_words.rate(w, one)]
        if scale is not None:
            change = w.number(scale.minimal_important_change, 2 if len(scale.indicators) > 1 else 0)
            if len(scale.indicators) > 1:
                lines.append(w.t("Smallest change worth having: {change} steps.", change=change))
            else:
                lines.append(w.t("Smallest change worth having: {change} points.", change=change))
        self._list.addWidget(kit.wrapped(" ".join(lines), "dense", "text-2"))
        self._list.addSpacing(8)

    def restyle(self) -> None:
        """Stand in line with the captions of the page."""
        self._caption.setMinimumWidth(theme.current().px(140))
