"""A page that shows a letterhead before it is used, with nobody's data on it."""

from __future__ import annotations

from datetime import date

from reportlab.platypus import Flowable

from progression.reports import document, flow
from progression.reports.letterhead import Letterhead
from progression.words import Words


def sample_pdf(letterhead: Letterhead, sender: str, w: Words, *, made_on: date) -> bytes:
    """Return the page as PDF."""
    cover = document.Cover(
        title=w.t("The letterhead"),
        author="",
        subject=w.t("How documents look"),
        header_left=sender,
        header_right=w.date(made_on),
        footer=w.t("What a document says at the foot of each page stands here."),
        made_on=made_on,
        letterhead=letterhead,
    )

    def story() -> list[Flowable]:
        told = w.t("The top and the foot of every document look like this from now on. The content is between them.")
        return [flow.title(w.t("The letterhead")), flow.prose(told)]

    return document.render(story, cover, w).pdf
