"""Mapping files: what they can say, and every way of saying it wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from progression.errors import KnownError
from progression.exchange.given import given
from progression.exchange.mapping import read_mapping
from progression.exchange.reading import read_source
from progression.words import Words
from progression.words.faults import sentence

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "claus2020_hamd.toml"


@pytest.fixture
def mapping(tmp_path):
    def read(text: str):
        path = tmp_path / "map.toml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path)

    return read


def faults(read, text: str) -> list[tuple[str, str]]:
    with pytest.raises(KnownError) as caught:
        read(text)
    assert caught.value.code == "import.mapping"
    found = caught.value.fields["faults"]
    assert all(fault.file == "map.toml" and fault.row is None for fault in found)
    for language in ("da", "en"):
        assert all(sentence(Words(language), f).startswith(f"map.toml:{f.column}: ") for f in found)
    return [(fault.column, fault.what) for fault in found]


def test_the_example_in_the_documentation_is_the_one_the_tests_use():
    assert EXAMPLE.read_text(encoding="utf-8") == (DATA / EXAMPLE.name).read_text(encoding="utf-8")


def test_the_published_hamilton_scores_become_assessments():
    (raw,) = read_source(DATA / "claus2020_hamd_long.csv")
    section = read_mapping(EXAMPLE).for_source("claus2020_hamd_long")
    assert section is not None and section.create_citizens
    one, found = given(section.table, [(raw, section)], EXAMPLE.name)
    assert not found and len(one) == 160
    assert one.columns["date"][:4] == [
        date(2025, 4, 1),
        date(2025, 6, 30),
        date(2025, 9, 28),
        date(2025, 12, 27),
    ]
    assert one.columns["score"][:4] == [25, 17, 13, 13]
    assert set(one.columns["indicator"]) == {"total"}


def read_with(mapping, write, text: str, csv: str, name: str = "extract.csv"):
    folder = write(name, csv)
    section = mapping(text).tables[0]
    return given(section.table, [(read_source(folder)[0], section)], "map.toml")


def test_values_are_translated_by_either_name(mapping, write):
    text = """
        version = 1
        ["extract.csv"]
        table = "assessments"
        rename = { hvem = "rater", nr = "citizen_id", dato = "date", emne = "indicator", trin = "score" }
        values = { hvem = { SB = "caseworker", B = "citizen" }, score = { 9 = "" } }
        ignore = ["kommentar"]
    """
    one, found = read_with(
        mapping, write, text, "nr;dato;hvem;emne;trin;kommentar\n1;1-2-2025;SB;x;9;hej\n1;1-2-2025;B;x;3;\n"
    )
    assert not found
    assert one.columns["rater"] == ["caseworker", "citizen"]
    assert one.columns["score"] == [None, 3]


def test_a_fault_names_the_column_as_the_file_does(mapping, write):
    text = 'version = 1\n[notes]\nrename = { dag = "date" }\nconstant = { kind = "contact" }\n'
    text += 'values = { date = { x = "y" } }'
    _, found = read_with(mapping, write, text, "citizen_id,dag\n1,x\n", "notes.csv")
    assert [(f.file, f.row, f.column, f.value) for f in found] == [("notes.csv", 2, "dag", "x")]


def test_a_counted_date_may_go_to_any_date_column(mapping, write):
    text = """
        version = 1
        [interventions]
        dates = [{ column = "uge", origin = 2025-01-06, days = 7 },
                 { column = "slut", origin = "6-1-2025", days = 7, to = "end" }]
        constant = { type = "mentor" }
    """
    one, found = read_with(mapping, write, text, "citizen_id;uge;slut\n1;0;1,5\n2;-1;\n", "interventions.csv")
    assert not found
    assert one.columns["start"] == [date(2025, 1, 6), date(2024, 12, 30)]
    assert one.columns["end"] == [date(2025, 1, 16), None]


def test_a_counted_date_that_is_no_number(mapping, write):
    text = 'version = 1\n[plans]\ndates = { column = "t", origin = "2025-01-01" }'
    _, found = read_with(mapping, write, text, "citizen_id;t\n1;to\n2;\n3;99999999\n", "plans.csv")
    assert [(f.row, f.column, f.what) for f in found] == [
        (2, "t", "not_a_number"), (3, "t", "empty"), (4, "t", "not_a_date"),
    ]  # fmt: skip


def test_a_constant_at_fault_is_one_fault_of_the_mapping(mapping, write):
    text = 'version = 1\n[notes]\nconstant = { kind = "brev" }'
    _, found = read_with(mapping, write, text, "citizen_id,date\n1,2025-01-01\n2,2025-01-01\n", "notes.csv")
    assert [(f.file, f.row, f.column, f.what) for f in found] == [
        ("map.toml", None, "notes.constant.kind", "not_a_choice")
    ]


@pytest.mark.parametrize(
    ("more", "csv", "key", "what"),
    [
        ('rename = { dag = "date" }', "citizen_id,date,kind\n", "notes.rename.dag", "not_in_file"),
        ('ignore = ["x"]', "citizen_id,date,kind\n", "notes.ignore", "not_in_file"),
        (
            'dates = { column = "t", origin = "2025-01-01" }',
            "citizen_id,kind\n",
            "notes.dates.column",
            "not_in_file",
        ),
        ('constant = { kind = "contact" }', "citizen_id,date,kind\n", "kind", "column_twice"),
        ('dates = { column = "t", origin = "2025-01-01" }', "citizen_id,t,date,kind\n", "t", "column_twice"),
        ('rename = { dag = "date" }', "citizen_id,dag,date,kind\n", "date", "column_twice"),
    ],
)
def test_a_mapping_that_does_not_fit_its_file(mapping, write, more, csv, key, what):
    _, found = read_with(
        mapping,
        write,
        f"version = 1\n[notes]\n{more}",
        csv + "1,2,3,4\n"[: csv.count(",") * 2 + 1] + "\n",
        "notes.csv",
    )
    assert (key, what) in [(fault.column, fault.what) for fault in found]


def test_two_files_may_fill_one_table(mapping):
    one = mapping('version = 1\n[[notes]]\nsource = "a.csv"\n[[notes]]\nsource = "B.csv"')
    assert [section.source for section in one.tables] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "key", "what"),
    [
        ("", "version", "mapping_version"),
        ("version = 2", "version", "mapping_newer"),
        ("version = true", "version", "mapping_version"),
        ('version = "1"', "version", "mapping_version"),
        ("version = 1", "version", "no_section"),
        ("version = 1\n[vurderinger]", "vurderinger", "unknown_table"),
        ('version = 1\n["x.csv"]\ntable = "y"', "x.csv.table", "unknown_table"),
        ("version = 1\nnotes = 3", "notes", "not_a_section"),
        ("version = 1\ncreate_citizens = 1\n[notes]", "create_citizens", "not_truth"),
        ("version = 1\n[notes]\nrenames = {}", "notes.renames", "unknown_key"),
        ("version = 1\n[notes]\nrename = 1", "notes.rename", "not_a_section"),
        ('version = 1\n[notes]\nrename = { x = "y" }', "notes.rename.x", "unknown_column"),
        ("version = 1\n[notes]\nrename = { x = 1 }", "notes.rename.x", "unknown_column"),
        ('version = 1\n[notes]\nrename = { a = "date", b = "date" }', "notes.rename.b", "column_twice"),
        ('version = 1\n[notes]\nconstant = { x = "y" }', "notes.constant.x", "unknown_column"),
        ("version = 1\n[notes]\nconstant = { kind = [1] }", "notes.constant.kind", "not_a_value"),
        ("version = 1\n[notes]\nvalues = { kind = 1 }", "notes.values.kind", "not_a_section"),
        ("version = 1\n[notes]\nvalues = { x = {} }", "notes.values.x", "unknown_column"),
        ('version = 1\n[notes]\nignore = "x"', "notes.ignore", "not_a_list"),
        ("version = 1\n[notes]\nsource = 1", "notes.source", "not_a_name"),
        ('version = 1\n[notes]\nsource = "a"\n[plans]\nsource = "a.csv"', "plans.source", "source_twice"),
        ("version = 1\n[notes]\ndates = {}", "notes.dates.column", "not_a_name"),
        ('version = 1\n[notes]\ndates = { column = "t" }', "notes.dates.origin", "not_a_date"),
        (
            'version = 1\n[notes]\ndates = { column = "t", origin = "31-02-2025" }',
            "notes.dates.origin",
            "no_such_date",
        ),
        (
            'version = 1\n[notes]\ndates = { column = "t", origin = 2025-01-01, days = "7" }',
            "notes.dates.days",
            "not_a_number",
        ),
        (
            'version = 1\n[notes]\ndates = { column = "t", origin = 2025-01-01, day = 7 }',
            "notes.dates.day",
            "unknown_key",
        ),
        (
            'version = 1\n[notes]\ndates = { column = "t", origin = 2025-01-01, to = "kind" }',
            "notes.dates.to",
            "not_a_date_column",
        ),
        (
            'version = 1\n[people]\ndates = { column = "t", origin = 2025-01-01 }',
            "people.dates.to",
            "not_a_date_column",
        ),
    ],
)
def test_every_key_at_fault_is_named(mapping, text, key, what):
    assert (key, what) in faults(mapping, text)


def test_all_faults_are_told_at_once(mapping):
    assert len(faults(mapping, "version = 1\n[notes]\nrenames = 1\nignore = 1\n[brev]\n")) == 3


def test_what_is_no_toml_names_the_line(mapping):
    with pytest.raises(KnownError) as caught:
        mapping("version = 1\n[notes\n")
    assert (caught.value.code, caught.value.fields) == (
        "import.mapping_broken",
        {"file": "map.toml", "line": 2},
    )


def test_a_mapping_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(KnownError, match="unreadable"):
        read_mapping(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xe6\xf8")
    with pytest.raises(KnownError, match="mapping_broken"):
        read_mapping(tmp_path / "bad.toml")
