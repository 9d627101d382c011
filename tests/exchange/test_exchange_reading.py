"""Files as people have them: encodings, separators, blank rows, workbooks, and what cannot be read."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import xlsxwriter

from progression.errors import KnownError
from progression.exchange.reading import read_source


def only(folder):
    (raw,) = read_source(folder)
    return raw


def cells(raw):
    return tuple(tuple(column) for column in raw.columns)


def test_utf8_with_a_byte_order_mark(write):
    raw = only(write("citizens.csv", "\ufeffcitizen_id,name\nH1,Åse Ærø\n"))
    assert raw.header == ("citizen_id", "name")
    assert cells(raw) == (("H1",), ("Åse Ærø",))
    assert not raw.notices and not raw.faults


def test_windows_1252_is_read_and_said(write):
    raw = only(write("citizens.csv", "citizen_id;name\r\nH1;Søren Øst – “Bo”\r\n".encode("cp1252")))
    assert cells(raw)[1] == ("Søren Øst – “Bo”",)
    assert [notice.code for notice in raw.notices] == ["import.windows_1252"]


@pytest.mark.parametrize("separator", [",", ";"])
def test_comma_or_semicolon(write, separator):
    text = f'citizen_id{separator}name\nH1{separator}"Bo{separator} den yngre"\n'
    assert cells(only(write("citizens.csv", text))) == (("H1",), (f"Bo{separator} den yngre",))


def test_a_quoted_header_with_a_comma_does_not_mislead(write):
    raw = only(write("x.csv", '"navn, efternavn";id\nBo;1\n'))
    assert raw.header == ("navn, efternavn", "id")


def test_blank_rows_are_left_out_and_counted(write):
    raw = only(write("citizens.csv", "\ncitizen_id,name\nH1,Bo\n\n , \nH2,Ib\n"))
    assert cells(raw)[0] == ("H1", "H2")
    assert list(raw.rows) == [3, 6]


def test_a_cell_with_line_breaks_is_one_row(write):
    raw = only(write("notes.csv", 'citizen_id,text\nH1,"en\nto\r\ntre"\nH2,fire\n'))
    assert cells(raw)[1] == ("en\nto\r\ntre", "fire")
    assert list(raw.rows) == [2, 3]


def test_short_rows_are_filled_and_long_ones_are_faults(write):
    raw = only(write("interventions.csv", "citizen_id,hours\nH1\nH2,2,5\n"))
    (fault,) = raw.faults
    assert (fault.row, fault.column, fault.what, fault.value) == (3, "3", "beyond_header", "5")
    assert cells(raw) == (("H1",), ("",))  # nothing else is said of a row whose cells have slipped
    assert cells(only(write("interventions.csv", "citizen_id,hours\nH1\n"))) == (("H1",), ("",))


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_fault_with_a_place(write, content):
    (fault,) = only(write("plans.csv", content)).faults
    assert (fault.file, fault.row, fault.what) == ("plans.csv", 1, "empty_file")


def test_a_header_without_rows_is_only_said(write):
    raw = only(write("plans.csv", "citizen_id,date\n"))
    assert not raw.faults
    assert [notice.code for notice in raw.notices] == ["import.no_rows"]


@pytest.mark.parametrize(
    ("content", "what", "row"),
    [
        ("a;b\n1;2\n".encode("utf-16"), "not_text", 1),
        (b"PK\x03\x04\x00\x00", "not_text", 1),
        (b"a\n\x81\x8d\n", "not_text", 1),
        (b'a,b\n1,2\n"x,3\n', "broken_quotes", 3),
        (b'a,b\n1,2\n"x"y,3\n', "broken_quotes", 3),
    ],
)
def test_what_is_no_csv_is_a_fault_with_a_place(write, content, what, row):
    (fault,) = only(write("citizens.csv", content)).faults
    assert (fault.what, fault.row) == (what, row)


def test_a_long_note_is_read(write):
    long = "ord " * 50_000
    assert cells(only(write("notes.csv", f"citizen_id,text\nH1,{long}x\n")))[1] == (f"{long}x",)


def test_only_csv_files_of_a_folder_are_read_in_order(write):
    write("b.csv", "x\n1\n")
    write("readme.txt", "x")
    folder = write("A.CSV", "x\n1\n")
    assert [raw.label for raw in read_source(folder)] == ["A.CSV", "b.csv"]


def test_one_file(write):
    folder = write("b.csv", "x\n1\n")
    assert only(folder / "b.csv").stem == "b"


def test_what_is_not_there(tmp_path):
    with pytest.raises(KnownError, match="no_such_source"):
        read_source(tmp_path / "nothing")


def test_a_workbook_gives_text_numbers_and_dates_as_they_look(tmp_path):
    path = tmp_path / "extract.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        sheet = book.add_worksheet("Assessments")
        sheet.write_row(1, 1, ["citizen_id", "date", "score", "entered", "yes"])
        sheet.write(2, 1, 17)
        sheet.write_datetime(2, 2, datetime(2025, 12, 31), day)
        sheet.write(2, 3, 2.5)
        sheet.write_datetime(2, 4, datetime(2025, 12, 31, 14, 5), moment)
        sheet.write_boolean(2, 5, True)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Assessments!$D$3:$D$3"})
        book.add_chartsheet("Figure").set_chart(chart)
    raw = only(path)
    assert (raw.label, raw.stem) == ("extract.xlsx!Assessments", "assessments")
    assert raw.header == ("", "citizen_id", "date", "score", "entered", "yes")
    assert [column[0] for column in raw.columns] == [
        "", "17", date(2025, 12, 31).isoformat(), "2.5", "2025-12-31T14:05:00", "1",
    ]  # fmt: skip
    assert list(raw.rows) == [3]


def test_a_workbook_that_is_none(tmp_path):
    path = tmp_path / "extract.xlsx"
    path.write_bytes(b"not a zip file")
    with pytest.raises(KnownError, match="not_a_workbook"):
        read_source(path)


def test_a_file_nobody_may_read(write, monkeypatch):
    folder = write("citizens.csv", "citizen_id\nH1\n")

    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(KnownError) as caught:
        read_source(folder)
    assert caught.value.code == "import.unreadable"
    assert caught.value.fields["reason"] == "Permission denied"
