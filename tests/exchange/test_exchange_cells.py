"""One cell: what its text means, and what is a fault."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progression.exchange import cells
from progression.exchange.faults import CellError
from progression.exchange.tables import ASSESSMENTS, BY_NAME, INTERVENTIONS, TABLES


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-31",
        "31-12-2025",
        "31/12/2025",
        "31.12.2025",
        "2025-12-31T00:00:00",
        "2025-12-31 00:00:00.000",
    ],
)
def test_a_date_is_iso_or_danish(text):
    assert cells.read_date(text) == date(2025, 12, 31)


def test_a_danish_date_is_day_before_month():
    assert cells.read_date("1-2-2025") == date(2025, 2, 1)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("31-02-2025", "no_such_date"),
        ("2025-02-29", "no_such_date"),
        ("12/31/2025", "no_such_date"),
        ("31-12-25", "not_a_date"),
        ("31-12/2025", "not_a_date"),
        ("20251231", "not_a_date"),
        ("0205-01-01", "not_a_date"),
        ("2025-12-31 14:00", "not_a_date"),
        ("i går", "not_a_date"),
        ("٣١-١٢-٢٠٢٥", "not_a_date"),
    ],
)
def test_what_is_no_date_is_said_to_be_none(text, what):
    with pytest.raises(CellError) as caught:
        cells.read_date(text)
    assert caught.value.what == what


@pytest.mark.parametrize("text", ["2025-12-31T14:05:00+00:00", "2025-12-31T14:05Z", "31-12-2025 14.05Z"])
def test_a_moment_keeps_its_zone(text):
    assert cells.read_moment(text) == datetime(2025, 12, 31, 14, 5, tzinfo=UTC)


def test_a_moment_without_a_zone_is_local_time():
    moment = cells.read_moment("2025-12-31 14:05:30.25")
    assert moment == datetime(2025, 12, 31, 14, 5, 30, 250_000).astimezone()
    assert cells.read_moment("31-12-2025") == datetime(2025, 12, 31).astimezone()


@pytest.mark.parametrize("text", ["2025-12-31 24:01", "2025-12-31 12:60"])
def test_an_impossible_clock_is_a_fault(text):
    with pytest.raises(CellError) as caught:
        cells.read_moment(text)
    assert caught.value.what == "not_a_moment"


def test_comma_and_point_are_decimal_separators():
    assert cells.read_number("2,5") == cells.read_number("2.5") == 2.5


@pytest.mark.parametrize("text", ["1.234,5", "nan", "inf", "1e3", "to", "-2"])
def test_what_is_no_number_of_hours(text):
    with pytest.raises(CellError):
        cells.read_number(text)


@pytest.mark.parametrize(("text", "score"), [("3", 3), ("3.0", 3), ("3,0", 3), ("52", 52)])
def test_a_score_is_a_whole_step(text, score):
    assert cells.read_score(text) == score


@pytest.mark.parametrize("text", ["2,5", "2.5", "-1", "fire", "3 4", "٣"])
def test_a_score_is_never_rounded(text):
    with pytest.raises(CellError) as caught:
        cells.read_score(text)
    assert caught.value.what == "not_a_whole_step"


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "²"])
def test_a_count_begins_at_one(text):
    with pytest.raises(CellError):
        cells.read_count(text)


def test_a_column_reads_every_text_once_and_names_the_bad_ones():
    column = INTERVENTIONS.column("start")
    values, bad = cells.read_column(column, ["2025-01-01", " 01-01-2025 ", "x", "x", ""])
    assert values == [date(2025, 1, 1), date(2025, 1, 1), None, None, None]
    assert {text: error.what for text, error in bad.items()} == {"x": "not_a_date", "": "empty"}


def test_an_empty_score_is_not_a_fault_and_an_empty_word_is_its_default():
    assert cells.read_column(ASSESSMENTS.column("score"), ["", "4"]) == ([None, 4], {})
    assert cells.read_column(ASSESSMENTS.column("scale"), ["", "hamd"]) == (["bip", "hamd"], {})
    assert cells.read_column(BY_NAME["assignments"].column("role"), ["", "MENTOR"]) == (
        ["coordinating", "mentor"],
        {},
    )


def test_a_word_that_is_none_of_the_choices_names_them():
    _, bad = cells.read_column(ASSESSMENTS.column("rater"), ["chef"])
    assert bad["chef"].fields["choices"] == ("caseworker", "citizen")


def test_text_is_kept_to_the_letter_and_ids_are_trimmed():
    assert cells.read_column(BY_NAME["citizens"].column("name"), ["  Bo "]) == (["  Bo "], {})
    assert cells.read_column(BY_NAME["citizens"].column("citizen_id"), [" H1 "]) == (["H1"], {})


@settings(max_examples=200)
@given(st.floats(min_value=0, max_value=1e9, allow_nan=False))
def test_a_number_written_is_read_as_the_same(value):
    assert cells.read_number(cells.write_cell(value)) == value


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_a_moment_written_is_read_as_the_same(moment):
    assert cells.read_moment(cells.write_cell(moment)) == moment


def test_every_column_says_what_a_pseudonymised_export_does_with_it():
    named = {
        "name",
        "cpr",
        "phone",
        "email",
        "contact",
        "note",
        "text",
        "reason",
        "goal",
        "agreement",
        "title",
    }
    for table in TABLES:
        assert set(table.key) <= {column.name for column in table.columns}
        for column in table.columns:
            if column.name in named:
                assert column.privacy == "drop", (table.name, column.name)


def test_the_page_for_users_of_files_names_every_column():
    page = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    for table in TABLES:
        listed = rows[table.file].split("|")[2]
        for column in table.columns:
            shown = f"**{column.name}**" if column.required else column.name
            assert shown in listed, (table.file, column.name)
            assert all(f"`{choice}`" in page for choice in column.choices)


@pytest.mark.parametrize(
    ("text", "time"), [("9.30", "09:30"), ("09:30", "09:30"), ("23:59:00", "23:59"), ("0:00", "00:00")]
)
def test_times_of_day(text, time):
    assert cells.read_time(text) == time


@pytest.mark.parametrize("text", ["24:00", "9", "9:3", "12:60", "09:30:15", "ni", "٩:30"])
def test_what_is_no_time_of_day(text):
    with pytest.raises(cells.CellError):
        cells.read_time(text)
