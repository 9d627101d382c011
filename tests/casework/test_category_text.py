"""A set of categories written again reads as the same set, and a fault knows its line."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework import categories, category_text
from progression.casework.categories import Category, CategorySet, Expected, Rhythm
from progression.casework.types import parse_types, types_source
from progression.errors import KnownError

codes = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(str.strip).filter(bool)
texts = st.fixed_dictionaries({"da": words, "en": words})
days = st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1))
steps = st.dictionaries(st.integers(0, 520), st.integers(1, 520), max_size=4).map(
    lambda found: tuple(Rhythm(week, found[week]) for week in sorted(found))
)
listed = st.lists(codes, min_size=1, max_size=3, unique=True).map(tuple)
expected = st.builds(Expected, listed, st.none() | st.integers(0, 520), st.just(()) | listed)


@st.composite
def sets(draw):
    rows = []
    for code in draw(st.lists(codes, max_size=4, unique=True)):
        first, last = draw(st.none() | days), None
        if first is not None and draw(st.booleans()):
            last = first + dt.timedelta(days=draw(st.integers(0, 900)))
        found = draw(st.lists(expected, max_size=3).map(tuple))
        description = draw(st.just({}) | texts)
        rows.append(Category(code, draw(texts), description, draw(steps), found, first, last))
    return CategorySet(draw(codes), draw(texts), tuple(rows))


@given(sets())
def test_what_is_written_reads_as_the_same_set(found):
    assert categories.parse(category_text.to_toml(found), "x.toml") == found


@pytest.mark.parametrize("name", categories.SHIPPED)
def test_an_example_is_written_as_it_was_with_its_first_comments(name):
    text = categories.source(name)
    head = category_text.comments_before(text)
    again = category_text.to_toml(categories.shipped()[name], head)
    assert categories.parse(again, name) == categories.shipped()[name]
    assert again.startswith(head)


def test_every_fault_is_named_with_its_line():
    lines = categories.source("halsnaes").splitlines()
    at = [n for n, line in enumerate(lines) if line.startswith("rhythm")]
    lines[at[0]] = "rhythm = [{ from_week = 0, weeks = 0 }]"
    lines[at[2]] = 'rhytme = "hver uge"'
    with pytest.raises(KnownError) as caught:
        categories.parse("\n".join(lines), "egen.toml")
    found = {fault.key: fault.expected["line"] for fault in caught.value.fields["faults"]}
    assert found == {"categories[1].rhythm[1].weeks": at[0] + 1, "categories[3].rhytme": at[2] + 1}


def test_a_fault_before_the_first_category_and_one_of_syntax_have_their_lines():
    text = categories.source("halsnaes").replace('id = "halsnaes"', 'id = "Halsnæs 2"')
    with pytest.raises(KnownError) as caught:
        categories.parse(text, "egen.toml")
    (fault,) = caught.value.fields["faults"]
    assert text.splitlines()[fault.expected["line"] - 1].startswith("id =")
    with pytest.raises(KnownError) as caught:
        categories.parse(text.replace("format = 1", "format = ="), "egen.toml")
    assert caught.value.fields["faults"][0].expected["line"] == 6


def test_a_type_s_fault_has_its_line_too():
    text = types_source().replace('bip_type = "health"', 'bip_type = "helbred"', 1)
    with pytest.raises(KnownError) as caught:
        parse_types(text, "egne.toml")
    (fault,) = caught.value.fields["faults"]
    assert text.splitlines()[fault.expected["line"] - 1] == 'bip_type = "helbred"'


LAST = dt.date(2026, 4, 30)


def test_what_is_used_stays_with_a_last_day():
    before, after = categories.shipped()["halsnaes"], categories.shipped()["horsens"]
    kept = category_text.kept_until(before, after, {"behov_for_stoette"}, LAST)
    assert kept.categories[: len(after.categories)] == after.categories
    (row,) = kept.categories[len(after.categories) :]
    assert (row.code, row.valid_to) == ("behov_for_stoette", LAST)
    assert categories.parse(category_text.to_toml(kept), "x.toml") == kept


def test_a_row_that_has_ended_keeps_its_day_and_one_that_is_to_come_goes():
    def row(first, last):
        return Category("a", {"da": "A", "en": "A"}, {}, valid_from=first, valid_to=last)

    ended, now, later = (
        row(None, LAST - dt.timedelta(days=40)),
        row(LAST - dt.timedelta(days=39), LAST + dt.timedelta(days=9)),
        row(LAST + dt.timedelta(days=10), None),
    )
    before = CategorySet("x", {"da": "X", "en": "X"}, (ended, now, later))
    kept = category_text.kept_until(before, categories.shipped()["none"], {"a"}, LAST).categories
    assert [(one.valid_from, one.valid_to) for one in kept] == [
        (None, ended.valid_to),
        (now.valid_from, LAST),
    ]
    only = CategorySet("x", {"da": "X", "en": "X"}, (later,))
    (row_kept,) = category_text.kept_until(only, categories.shipped()["none"], {"a"}, LAST).categories
    assert row_kept.valid_to == later.valid_from  # its name stays, for whoever was put into it
