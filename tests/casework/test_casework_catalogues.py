"""Categories and rules as data: what is shipped reads, what is wrong is named all at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework import categories, rulesets
from progression.casework.types import intervention_types
from progression.errors import KnownError
from progression.words import Words
from progression.words.errors import sentence

RULE = """[[rules]]
id = "{id}"
kind = "assessment_every"
text = {{ da = "x", en = "x" }}
parameters = {{ months = {months} }}
{dates}
"""
TEXT = 'text = { da = "x", en = "x" }\n'
HEAD = 'format = 1\nid = "a"\nname = { da = "x", en = "x" }\n'


def rules(*rows: tuple[str, str]) -> str:
    return HEAD + "".join(RULE.format(id=identity, months=3, dates=dates) for identity, dates in rows)


def faults(parse, text: str) -> list[tuple[str, str]]:
    """Where and what, after every sentence could be said in both languages."""
    with pytest.raises(KnownError) as raised:
        parse(text, "file.toml")
    for language in ("da", "en"):
        assert "{" not in sentence(Words(language), raised.value)
    return [(fault.key, fault.what) for fault in raised.value.fields["faults"]]


# what is shipped


def test_every_shipped_set_reads_and_names_only_what_there_is() -> None:
    types, codes = set(intervention_types()), set()
    for name, one in categories.shipped().items():
        assert one.id == name
        codes |= set(one.codes)
        for category in one.categories:
            assert category.name["da"] and category.name["en"]
            assert {t for e in category.expected for t in (*e.types, *e.parallel)} <= types
    for name, found in rulesets.shipped().items():
        assert found.id == name
        for rule in found.rules:
            assert rule.check_law, "presets are to be held against the law in force"
            assert set(rule.categories) <= codes
            assert set(rule.parameters) == set(rulesets.PARAMETERS[rule.kind])
            assert set(rule.parameters.get("types", ())) <= types
    with pytest.raises(KnownError):
        categories.source("../types")
    with pytest.raises(KnownError):
        rulesets.source("../types")


def test_every_kind_of_rule_is_shipped_somewhere() -> None:
    assert {rule.kind for one in rulesets.shipped().values() for rule in one.rules} == set(rulesets.KINDS)


def test_rules_change_on_the_day_the_law_did() -> None:
    standard = rulesets.shipped()["standard"]
    (before,) = standard.on(date(2019, 6, 30), "conversations")
    (after,) = standard.on(date(2019, 7, 1), "conversations")
    assert (before.whole("months"), before.parameters["repeat"]) == (12, True)
    assert (after.whole("months"), after.parameters["repeat"], after.whole("count")) == (6, False, 4)
    assert standard.of("conversations") == (before, after)
    assert [rule.whole("months") for rule in standard.of("passive_limit")] == [12]
    assert standard.of("passive_limit")[0].codes("types") == ("mentor", "virksomhedsmentor")


def test_the_rhythm_changes_after_half_a_year() -> None:
    halsnaes = categories.shipped()["halsnaes"]
    support = halsnaes.get("behov_for_stoette", date(2021, 1, 1))
    assert support is not None
    assert [support.weeks_between(week) for week in (0, 25, 26, 500)] == [4, 4, 9, 9]
    group = categories.shipped()["horsens"].get("gruppe_2")
    assert group is not None and group.weeks_between(10) is None
    assert halsnaes.get("behov_for_stoette", date(2019, 12, 31)) is None
    assert halsnaes.get("findes_ikke") is None
    assert categories.shipped()["match"].on(date(2014, 1, 1)) == ()


def test_a_local_set_stands_over_the_national_one() -> None:
    standard = rulesets.shipped()["standard"]
    local = rulesets.parse(rules(("maaling", "valid_to = 2020-01-31"), ("maaling", "valid_from = 2020-02-01")), "x")
    found = rulesets.merged([standard, local, rulesets.shipped()["halsnaes"]])
    assert [rule.valid_to for rule in found.of("assessment_every")] == [date(2020, 1, 31), None]
    assert len(found.rules) == len(standard.rules) + 1 + 4
    with pytest.raises(ValueError):
        rulesets.merged([])


# what is wrong


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("a", "valid_to = 2020-01-31"), ("a", "valid_from = 2020-02-01")], None),
        ([("a", "valid_from = 2020-02-01"), ("a", "valid_to = 2020-01-31")], None),
        ([("a", ""), ("b", "")], None),
        ([("a", ""), ("a", "")], "fault.overlap"),
        ([("a", "valid_to = 2020-02-01"), ("a", "valid_from = 2020-02-01")], "fault.overlap"),
        ([("a", ""), ("a", "valid_from = 2020-02-01")], "fault.overlap"),
        ([("a", "valid_to = 2020-01-30"), ("a", "valid_from = 2020-02-01")], "fault.gap"),
        ([("a", "valid_from = 2020-02-01\nvalid_to = 2020-01-31")], "fault.before"),
        ([("a", "valid_from = 2020-02-01T00:00:00")], "fault.type"),
        ([("a", 'valid_from = "2020-02-01"')], "fault.type"),
    ],
)
def test_rows_of_one_rule_follow_each_other(rows, expected) -> None:
    if expected is None:
        assert len(rulesets.parse(rules(*rows), "x").rules) == len(rows)
    else:
        assert [what for _, what in faults(rulesets.parse, rules(*rows))] == [expected]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=5))
def test_gaps_and_overlaps_are_found_as_by_counting_days(spans) -> None:
    spans = [(min(one), max(one)) for one in spans]
    start = date(2020, 1, 1)
    text = rules(*(("a", f"valid_from = {start + timedelta(a)}\nvalid_to = {start + timedelta(b)}") for a, b in spans))
    held = [day for a, b in spans for day in range(a, b + 1)]
    clean = len(held) == len(set(held)) and len(held) == max(held) - min(held) + 1
    try:
        rulesets.parse(text, "x")
        assert clean
    except KnownError as error:
        assert not clean
        assert {fault.what for fault in error.fields["faults"]} <= {"fault.gap", "fault.overlap"}


def test_every_fault_of_a_set_of_rules_is_named_at_once() -> None:
    text = (
        'format = 2\nid = "A"\nname = { da = "x" }\nmood = 1\n'
        + RULE.format(id="a", months='"3"', dates="")
        + '[[rules]]\nid = "b"\nkind = "dream"\ntext = { da = "x", en = "x" }\nparameters = { x = 1 }\n'
        + '[[rules]]\nid = "c"\nkind = "intervention_by"\n' + TEXT + 'parameters = { types = [1, "", "a", "a"] }\n'
        + '[[rules]]\nid = "d"\nkind = "conversations"\n' + TEXT
        + '[[rules]]\nid = "e"\nkind = "clarification_by"\n' + TEXT + 'parameters = { months = 9, latest_months = 8 }\n'
        + '[[rules]]\nid = "a"\nkind = "decision_follow_up"\n' + TEXT + 'valid_from = 2020-01-01\n'
    )  # fmt: skip
    assert sorted(what for _, what in faults(rulesets.parse, text)) == sorted(
        [
            "fault.newer", "fault.code", "fault.language", "fault.unknown_key", "fault.type", "fault.choice",
            "fault.type", "fault.empty", "fault.twice", "fault.months_or_weeks", "fault.missing", "fault.missing",
            "fault.missing", "fault.range", "fault.overlap", "fault.other_kind",
        ]
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "x", HEAD, HEAD + "rules = []", HEAD + "rules = [1]", "[" * 3000])
def test_a_file_that_is_no_set_of_rules(text) -> None:
    assert faults(rulesets.parse, text)


def test_every_fault_of_a_set_of_categories_is_named_at_once() -> None:
    text = (
        HEAD
        + """
[[categories]]
code = "A b"
name = { da = "x", en = "x" }
rhythm = [{ from_week = 0, weeks = 0 }, { from_week = 4, weeks = 4 }, { from_week = 4, weeks = 5 }, { weeks = 1 }]
expected = [{ types = [] }, { types = ["a"], by_weeks = -1 }, { parallel = ["a"] }]
[[categories]]
code = "c"
name = { da = "x", en = "x" }
[[categories]]
code = "c"
name = { da = "x", en = "x" }
color = "red"
"""
    )
    assert sorted(what for _, what in faults(categories.parse, text)) == sorted(
        [
            "fault.code", "fault.range", "fault.twice", "fault.missing", "fault.empty", "fault.range",
            "fault.missing", "fault.unknown_key", "fault.overlap",
        ]
    )  # fmt: skip
    assert categories.parse(HEAD, "x").codes == ()


def test_a_norm_for_caseloads_is_no_citizens_duty_and_passed_over_in_an_older_set() -> None:
    norm = 'format = 1\nid = "x"\nname = { da = "x", en = "x" }\n[[rules]]\nid = "n"\nkind = "caseload_norm"\n' + TEXT
    assert rulesets.parse(norm + "parameters = { low = 35, high = 50 }\n", "old.toml").rules == ()
    shipped = [rule for one in rulesets.shipped().values() for rule in one.rules]
    assert "caseload_norm" not in rulesets.KINDS and all(rule.kind in rulesets.KINDS for rule in shipped)
