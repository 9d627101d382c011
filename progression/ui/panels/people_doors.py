"""What the part about people on a citizen's page opens: each in a panel beside the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from progression.casework.caseworkers import caseworker_on
from progression.casework.values import Assignment, Consent, Professional
from progression.desk.pages import CitizenPage
from progression.ui import ways
from progression.ui.panels.handover import HandoverPanel
from progression.ui.panels.people import (
    ConsentPanel,
    EndConsentPanel,
    EndRolePanel,
    ProfessionalPanel,
    RolePanel,
)
from progression.words import Words
from progression.words.naming import called


@dataclass(frozen=True, slots=True)
class PeopleDoors:
    """`open_panel` shows a panel; `ask_sheet` asks for the hand-over sheet."""

    page: CitizenPage
    words: Words
    open_panel: Callable[[Any], None]
    ask_sheet: Callable[[], None]

    @ways.door
    def open_handover(self) -> None:
        """Hand the citizen over."""
        from progression.desk import handover

        w, page = self.words, self.page
        former = caseworker_on(page.course, page.today)
        name = called(w, page.course.citizen.name, page.course.citizen.number)
        now = page.names.get(former) or former
        lead = w.t("{citizen}, now with {caseworker}.", citizen=name, caseworker=now) if now else name
        panel = HandoverPanel(w, page.today, page.colleagues, former, lead, handover.one, page.course.citizen.citizen)
        self.open_panel(panel)

    @ways.door
    def open_role(self) -> None:
        """Give a colleague another role."""
        self.open_panel(RolePanel(self.words, self.page))

    @ways.door
    def open_end_role(self, one: Assignment) -> None:
        """End a colleague's role."""
        self.open_panel(EndRolePanel(self.words, self.page, one))

    @ways.door
    def open_professional(self, one: Professional | None) -> None:
        """Add or change somebody around the citizen."""
        self.open_panel(ProfessionalPanel(self.words, self.page, one))

    @ways.door
    def open_consent(self, whom: str) -> None:
        """Note a consent."""
        self.open_panel(ConsentPanel(self.words, self.page, whom))

    @ways.door
    def open_end_consent(self, one: Consent) -> None:
        """Note that a consent is withdrawn."""
        self.open_panel(EndConsentPanel(self.words, self.page, one))
