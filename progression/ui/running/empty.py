"""*Indsatser* with nothing in view: what there is to do about it, whether nobody is here, nothing runs, or nothing
matches."""

from __future__ import annotations

from progression.desk.interventions_page import InterventionsPage
from progression.ui import kit
from progression.words import Words


class RunningEmpty(kit.Empty):
    """One sentence and the one button that helps: `start` an intervention, `new` citizen, or show `everything`."""

    def __init__(self) -> None:
        self.start, self.everything = kit.button("", "primary"), kit.button("")
        self.new = kit.button("", "primary", icon="plus")
        super().__init__("gantt-chart", self.start, self.new, self.everything)

    def retranslate(self, w: Words) -> None:
        """Name the buttons."""
        for made, text in (
            (self.start, w.t("Start an intervention")),
            (self.new, w.t("New citizen")),
            (self.everything, w.t("Show everything")),
        ):
            made.setText(text)
            made.setAccessibleName(text)

    def say_why(self, w: Words, page: InterventionsPage, *, filtered: bool, mine: bool) -> None:
        """Say what is the case. `filtered`: a filter or a search is on; `mine`: only my own citizens are asked for."""
        nobody = not filtered and not page.citizens
        self.everything.setVisible(filtered)
        self.new.setVisible(nobody)
        self.start.setVisible(not filtered and not nobody)
        if filtered:
            self.say(w.t("Nothing matches"), w.t("Try another search, or show everything."))
        elif nobody and mine:
            self.say(w.t("You have no citizens yet"), w.t("Add a citizen, or see the whole team."))
        elif nobody:
            self.say(w.t("No citizens yet"), w.t("Interventions are started for a citizen. Add the first one."))
        else:
            text = w.t("Start the first intervention, a wait or an exemption for a citizen.")
            self.say(w.t("Nothing runs, and nobody waits"), text)
