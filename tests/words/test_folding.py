"""Searching as Danes type."""

from __future__ import annotations

import pytest

from progression.words.folding import matches


@pytest.mark.parametrize("typed", ["sør", "sor", "soer", "SØR", "sørensen", "peter sor", "sor pet", " "])
def test_every_spelling_finds_soerensen(typed):
    assert matches(typed, "Peter Sørensen", "H00012")


@pytest.mark.parametrize("typed", ["aage", "åge", "age"])
@pytest.mark.parametrize("name", ["Aage Kjær", "Åge Kjær"])
def test_both_spellings_of_aage_are_one(typed, name):
    assert matches(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"), [("kjaer", "Åge Kjær"), ("petrovic", "Nadja Petrović"), ("yildiz", "Fatma Yıldız")]
)
def test_letters_of_other_alphabets(typed, name):
    assert matches(typed, name)


def test_the_number_is_searched_too():
    assert matches("h00012", "Peter Sørensen", "H00012")


def test_every_word_must_be_found():
    assert not matches("peter hansen", "Peter Sørensen")
