"""Finding as one types: what Danes type, slips of the finger, and an index that follows the vault."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_cases import TODAY, fill
from hypothesis import given
from hypothesis import strategies as st
from two_devices import events

from progression.casework.values import Citizen, Note
from progression.desk import search
from progression.desk.search import Index, nearly
from progression.store import kinds, queries
from progression.store.access import Act
from progression.words.folding import fold

NAMES = {
    "a": "Peter Sørensen",
    "b": "Gitte Ågård Madsen",
    "c": "Jens Aagaard",
    "d": "Sonja Rask",
    "e": "Kim Christiansen",
}


def index(names=NAMES, **notes):
    made = Index(0)
    made.put((key, f"S{i:04d}", name, "20 10 30 40", notes.get(key, "")) for i, (key, name) in enumerate(names.items()))
    return made


def found(text, made=None, most=None):
    return [one.citizen for one in (made or index()).find(text, most)]


@pytest.mark.parametrize("typed", ["sør", "sor", "soer", "SØRENSEN", "peter s", "sorensne", "soerenson"])
def test_soerensen_is_found(typed):
    assert found(typed)[0] == "a"


@pytest.mark.parametrize("typed", ["ågård", "aagaard", "gård", "agard", "gaard"])
def test_aagaard_is_found_in_both_spellings(typed):
    assert found(typed) == ["b", "c"]


@pytest.mark.parametrize("typed", ["cristiansen", "christiasen", "hcristiansen", "christensen"])
def test_slips_of_the_finger(typed):
    (one,) = index().find(typed)
    assert (one.citizen, one.how) == ("e", "nearly")


def test_short_words_and_numbers_bear_no_slip():
    assert found("kin") == []
    assert found("s0009") == []


def test_a_name_that_begins_so_comes_before_one_that_holds_it():
    made = index({"x": "Anna Masør", "y": "Bo Sørup"})
    assert found("sør", made) == ["y", "x"]


def test_notes_come_after_names_and_say_so():
    made = index(d="Vil gerne tale med Sørensen om værkstedet\nog mere")
    assert [(one.citizen, one.how) for one in made.find("sørensen")] == [("a", "begins"), ("d", "written")]
    assert found("sonja vaerksted", made) == ["d"]
    assert found("om og", made) == []  # two letters are no search of notes


def test_every_word_must_be_there_and_nothing_finds_nobody():
    assert found("peter madsen") == []
    assert found("  ") == []


def test_at_most_so_many():
    made = index({str(i): f"Ida Nr{i:03d}" for i in range(50)})
    assert found("ida", made, 8) == [str(i) for i in range(8)]


def test_typing_on_finds_what_a_search_from_the_start_finds():
    one, other = index(), index()
    for end in range(1, 9):
        found("sørensen"[:end], one)
    assert found("sørense", one) == found("sørense", other)


def test_a_changed_name_is_found_and_the_old_one_is_not():
    made = index()
    assert found("sørensen", made) == ["a"]
    made.put([("a", "S0000", "Peter Bruun", "", "")])
    assert found("sørensen", made) == []
    assert found("bruun", made) == ["a"]
    made.drop("a")
    assert found("bruun", made) == []
    assert found("s0000", made) == []


@given(st.text("abcdeø", min_size=4, max_size=9), st.lists(st.text("abcdeø", min_size=1, max_size=10), max_size=30))
def test_nearly_finds_what_comparing_everything_finds(word, words):
    listed, slips = sorted(set(words)), 1 if len(word) < 8 else 2
    slow = [w for w in listed if any(distance(word, w[:end]) <= slips for end in range(len(w) + 1))]
    assert nearly(word, listed, slips) == slow


def distance(one, other):
    """Damerau-Levenshtein (optimal string alignment), slowly."""
    table = {(i, j): i + j for i in range(len(one) + 1) for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = one[i - 1] != other[j - 1]
            best = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, table[i - 2, j - 2] + 1)
            table[i, j] = best
    return table[len(one), len(other)]


@given(st.lists(st.text(max_size=20), max_size=8))
def test_many_texts_folded_in_one_go_are_each_folded(texts):
    lines = [" ".join(text.splitlines()) for text in texts]
    assert search._folded(texts) == [fold(line) for line in lines]


# a vault


def people(session):
    fill(session, [Citizen(key, f"S{key}", name, "010180-1234", phone="20 10 30 40") for key, name in NAMES.items()])
    return session


def who(session, text, **options):
    return [one.citizen for one in search.find(session, text, **options)]


def test_the_vault_is_searched_by_name_number_phone_and_what_is_written(opened):
    session = people(opened())
    fill(session, [Note("d", TODAY, "contact", text="Ringede om lægeerklæring")])
    assert who(session, "soer") == ["a"]
    assert who(session, "Sb") == ["b"]
    assert who(session, "20103040 aagaard") == ["b", "c"]
    assert who(session, "0101801234 sonja") == ["d"]
    assert who(session, "laegeerk") == ["d"]


def test_the_index_follows_every_change(opened):
    session = people(opened())
    assert who(session, "sørensen") == ["a"]
    fill(session, [Citizen("f", "Sf", "Mia Sørensen"), Note("c", TODAY, "small_step", text="Cyklede til Sørensen")])
    assert who(session, "sørensen") == ["f", "a", "c"]
    person = queries.citizen(session.vault, "a")
    session.vault.append([kinds.to_event(replace(person, name="Peter Bruun"))], Act("change"))
    (note,) = queries.notes(session.vault)
    session.vault.append([kinds.withdraw(note)], Act("change"))
    assert who(session, "sørensen") == ["f"]
    session.vault.append([kinds.withdraw(queries.citizen(session.vault, "f"))], Act("change"))
    assert who(session, "sørensen") == []


def test_it_is_made_a_part_at_a_time_and_a_question_waits_for_none(opened):
    session = people(opened())
    assert search.prepare(session, 2)
    fill(session, [Citizen("f", "Sf", "Mia Holm")])
    assert search.prepare(session, 2)
    assert who(session, "christiansen") == ["e"]
    assert who(session, "holm") == ["f"]
    assert not search.prepare(session, 2)


def test_what_another_device_wrote_is_found(opened):
    mine, theirs = people(opened()), opened(name="other")
    assert who(theirs, "sørensen") == []
    theirs.vault.receive(events(mine))
    assert who(theirs, "sørensen") == ["a"]
    fill(mine, [Note("d", TODAY, "small_step", text="Cyklede til Sørensen")])
    theirs.vault.receive(events(mine))
    assert who(theirs, "sørensen") == ["a", "d"]


def test_a_search_is_logged_once_and_without_its_text(opened):
    session = people(opened())
    for typed, first in (("s", True), ("sø", False), ("sør", False)):
        who(session, typed, log=first)
    lines = [line for line in queries.access_log(session.vault) if line.act == "search"]
    assert [(line.citizen, line.purpose, line.detail) for line in lines] == [(None, "", "")]


def test_nothing_is_kept_once_the_vault_is_closed(opened):
    session = people(opened())
    who(session, "sørensen")
    assert session.vault.memory.kept
    session.vault.close(backup=False)
    assert not session.vault.memory.kept
