"""The panels of a provider and of an offer, with what saving and deleting does: told, and undone by name."""

from __future__ import annotations

from collections.abc import Callable

from progression.casework.values import Offer, Provider
from progression.desk.interventions_page import InterventionsPage
from progression.ui.running.offers import OfferPanel, ProviderPanel
from progression.words import Words

Run = Callable[..., None]  # panel, what is told when it is done, what undoing it is called, operation, values


def provider_panel(w: Words, page: InterventionsPage, provider: Provider, run: Run) -> ProviderPanel:
    """The panel of a provider; one without an id is new."""
    from progression.desk import offers

    panel = ProviderPanel(w, provider, page.today)

    def save(one: Provider) -> None:
        run(panel, w.t("The provider is saved"), w.t("provider {name}", name=one.name), offers.save_provider, one)

    def remove(one: Provider) -> None:
        name = w.t("deleting {what}", what=one.name)
        run(panel, w.t("The provider is deleted"), name, offers.remove_provider, one)

    panel.ready.connect(save)
    panel.removed.connect(remove)
    return panel


def offer_panel(w: Words, page: InterventionsPage, offer: Offer, run: Run) -> OfferPanel:
    """The panel of an offer; one without an id is new."""
    from progression.desk import offers

    panel = OfferPanel(w, offer, page.types, page.today)

    def save(one: Offer) -> None:
        run(panel, w.t("The offer is saved"), w.t("offer {name}", name=one.name), offers.save_offer, one)

    def remove(one: Offer) -> None:
        name = w.t("deleting {what}", what=one.name)
        run(panel, w.t("The offer is deleted"), name, offers.remove_offer, one)

    panel.ready.connect(save)
    panel.removed.connect(remove)
    return panel
