"""The call-in letter is plain language, in every variant."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from test_flag_words import lix

from progression.words import Words, callin
from progression.words.callin import CallInLetter

LETTER = CallInLetter("Åse Test", dt.date(2026, 5, 1), "Anna Bach", "12 34 56 78", "Prøvekøbing Kommune")
PLANNED = replace(LETTER, when=dt.date(2026, 5, 20))
VARIANTS = (
    LETTER,
    replace(LETTER, phone="", name="", municipality=""),
    PLANNED,
    replace(PLANNED, time="10.30"),
    replace(PLANNED, time="10.30", place="Rådhuset, lokale 4", interpreter="arabisk"),
)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("letter", VARIANTS)
def test_every_variant_is_easy_to_read(language, letter):
    w = Words(language)
    told = " ".join(callin.paragraphs(w, letter)[1:])
    assert lix(told) < 35, (round(lix(told), 1), told)


def test_the_text_has_the_day_who_it_is_from_and_nothing_else():
    text = callin.text(Words("da"), replace(PLANNED, time="10.30"))
    assert text.startswith("Kom til en samtale\n\n1. maj 2026\n\nKære Åse Test\n\n")
    assert text.endswith("Venlig hilsen\nAnna Bach\nPrøvekøbing Kommune\n")
    assert "kl. 10.30" in text
