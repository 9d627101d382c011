"""Roles of colleagues in the reader's language: the usual ones; what a municipality wrote itself stays."""

from __future__ import annotations

import pytest

from progression.words import Words
from progression.words.titles import TITLES, title

DA, EN = Words("da"), Words("en")


@pytest.mark.parametrize(
    ("kept", "danish", "english"),
    [
        ("sagsbehandler", "sagsbehandler", "caseworker"),
        ("Teamleder", "Teamleder", "Team lead"),
        ("caseworker", "sagsbehandler", "caseworker"),
        (" Opsøgende medarbejder ", "Opsøgende medarbejder", "Outreach worker"),
        ("coordinating", "Koordinerende sagsbehandler", "Coordinating caseworker"),
        ("Kok på værestedet", "Kok på værestedet", "Kok på værestedet"),
        ("", "", ""),
    ],
)
def test_a_usual_title_is_said_in_the_language_of_the_window(kept, danish, english):
    assert title(DA, kept) == danish
    assert title(EN, kept) == english


def test_in_danish_every_title_is_what_the_register_says():
    assert [title(DA, danish) for danish in TITLES] == list(TITLES)
