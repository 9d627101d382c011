"""The call-in letter on one page: large enough to read, with who to ring."""

from __future__ import annotations

from reportlab.platypus import Flowable

from progression.reports import document, flow, tagged
from progression.reports.letterhead import PLAIN, Letterhead
from progression.words import Words, callin
from progression.words.callin import CallInLetter


def callin_pdf(letter: CallInLetter, w: Words, letterhead: Letterhead = PLAIN) -> bytes:
    """Return the letter as PDF; the same bytes for the same letter and language."""
    cover = document.Cover(
        title=callin.title(w),
        author=letter.sender,
        subject=w.t("Letter about a conversation"),
        header_left=letter.municipality,
        header_right=w.date(letter.day),
        footer=w.t("You may ask to read everything we have written about you."),
        made_on=letter.day,
        letterhead=letterhead,
    )

    def story() -> list[Flowable]:
        greeting, *rest = callin.paragraphs(w, letter)
        found: list[Flowable] = [
            flow.gap(30),
            flow.title(callin.title(w)),
            flow.gap(18),
            flow.prose(greeting, "letter"),
        ]
        for text in rest:
            found += [flow.gap(8), flow.prose(_when(text, letter, w) or _ringing(text, letter.phone, w), "letter")]
        return [*found, flow.gap(16), *(flow.prose(line, "letter") for line in callin.closing(w, letter))]

    return document.render(story, cover, w).pdf


def _when(text: str, letter: CallInLetter, w: Words) -> list[tagged.Part]:
    """The text with the day and time of the talk in bold, for that is what one looks for; [] where it tells neither."""
    day = w.weekday_date(letter.when) if letter.when else ""
    before, found, after = text.partition(day) if day else (text, "", "")
    if not found:
        return []
    time = callin.at(w, letter)
    until = after.find(time) + len(time) if time and time in after else 0
    return [before, tagged.Strong(day + after[:until]), after[until:]]


def _ringing(text: str, phone: str, w: Words) -> list[tagged.Part]:
    """The text with the number to ring as a link: on a telephone it calls."""
    before, number, after = text.partition(phone) if phone else (text, "", "")
    digits = "".join(sign for sign in phone if sign.isdigit())
    if not number or not digits:
        return [text]
    national = len(digits) == 8 and "+" not in phone
    link = tagged.Link(number, f"tel:+45{digits}" if national else f"tel:+{digits}", w.t("Ring {phone}", phone=phone))
    return [before, link, after]
