"""What *Borger* asks the desk for beside the page itself: calculations, corrections, and the citizen's own details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progression.desk import corrections, details

if TYPE_CHECKING:
    from progression.ui.citizen.page import CitizenPage


def measures(page: CitizenPage, scale: str) -> None:
    """Ask for the classical measures of the citizen shown."""
    from progression.desk import measures

    if page.value is not None:
        who = page.value.course.citizen.citizen
        page.context.run(measures.of_citizen, who, scale, done=page.views.show_measures)


def history(page: CitizenPage) -> None:
    """Ask what was corrected in the answers of the citizen shown."""
    asked, value = page.citizen, page.value

    def show(found: tuple[corrections.Correction, ...]) -> None:
        if value is not None and page.citizen == asked:
            page.views.answers.show_corrections(found, dict(value.scales), page.words)

    if value is not None:
        page.context.run(corrections.of_citizen, asked, done=show)


def own_details(page: CitizenPage) -> None:
    """Ask for the citizen's own details and open the panel that corrects them; once, for a key held down."""
    from progression.ui.panels.details import DetailsPanel

    asked, context = page.citizen, page.context

    def show(found: details.Details) -> None:
        if page.citizen == asked and not isinstance(page.side.panel, DetailsPanel):
            panel = DetailsPanel(page.words, found, context.today)
            panel.stale.connect(lambda: context.run(details.read, asked, done=panel.take))
            page.side.open_panel(panel)

    if page.value is not None and not isinstance(page.side.panel, DetailsPanel):
        context.run(details.read, asked, done=show)
