"""Scale files that are wrong: every fault at once, each with its key and what was expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.errors import Fault, KnownError
from progression.scales.library import SHIPPED, builtin, load, parse, source

SMALL = """
format = 1
id = "humoer"
version = 1
minimum = 0
maximum = 2
direction = "higher"
minimal_important_change = 0.5
name = { da = "Humør", en = "Mood" }
description = { da = "Humøret i dag.", en = "The mood today." }
mic_source = { da = "Et skøn.", en = "A guess." }
[step_words]
0 = { da = "nej", en = "no" }
1 = { da = "lidt", en = "some" }
2 = { da = "ja", en = "yes" }
[[indicators]]
code = "humoer"
raters = ["citizen", "caseworker"]
in_whole = true
shown_to_citizen = true
predicts_job = false
working_name = false
name = { da = "Humør", en = "Mood" }
short_name = { da = "Humør", en = "Mood" }
prompt = { da = "Er humøret godt?", en = "Is the mood good?" }
question = { da = "Er du glad?", en = "Are you glad?", ar = "هل أنت سعيد؟" }
steps = [
  { value = 0, text = { da = "Trist.", en = "Sad." } },
  { value = 2, text = { da = "Glad.", en = "Glad." } },
  { value = 1, text = { da = "Midt imellem.", en = "In between." } },
]
"""


def faults(text: str) -> list[Fault]:
    with pytest.raises(KnownError) as caught:
        parse(text, "min.toml")
    assert caught.value.code == "scale.invalid"
    assert caught.value.fields["file"] == "min.toml"
    return caught.value.fields["faults"]


def test_a_small_scale_is_read_with_a_third_language_and_steps_in_order() -> None:
    scale = parse(SMALL, "min.toml")
    assert scale.indicator("humoer").question["ar"] == "هل أنت سعيد؟"
    assert [step.value for step in scale.indicators[0].steps] == [0, 1, 2]
    assert scale.word(2, "citizen") == {"da": "ja", "en": "yes"}


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")])
def test_files_from_windows_are_read(change: Callable[[str], str]) -> None:
    assert parse(change(SMALL), "min.toml") == parse(SMALL, "min.toml")


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        ("format = 1", "format = 2", "format", "fault.newer"),
        ("format = 1\n", "", "format", "fault.missing"),
        ('id = "humoer"\n', 'id = "Humør"\n', "id", "fault.code"),
        ('id = "humoer"\n', "id = 7\n", "id", "fault.type"),
        ("version = 1", "version = 0", "version", "fault.range"),
        ("version = 1", "version = true", "version", "fault.type"),
        ("maximum = 2", "maximum = 2.0", "maximum", "fault.type"),
        ("minimum = 0", "minimum = 2", "maximum", "fault.min_max"),
        ("minimum = 0", "minimum = -1", "minimum", "fault.range"),
        ('direction = "higher"', 'direction = "op"', "direction", "fault.choice"),
        ("= 0.5", "= 0", "minimal_important_change", "fault.not_positive"),
        ("= 0.5", "= -0.5", "minimal_important_change", "fault.not_positive"),
        ("= 0.5", "= nan", "minimal_important_change", "fault.not_positive"),
        ("= 0.5", "= inf", "minimal_important_change", "fault.not_positive"),
        ("= 0.5", "= 3", "minimal_important_change", "fault.mic_too_large"),
        ('"Et skøn.", en = "A guess."', '"Et skøn."', "mic_source.en", "fault.language"),
        ('{ da = "Et skøn.", en = "A guess." }', '"Et skøn."', "mic_source", "fault.type"),
        ("direction", "dirction = 1\ndirection", "dirction", "fault.unknown_key"),
        ('1 = { da = "lidt", en = "some" }\n', "", "step_words", "fault.steps_missing"),
        ("2 = {", "3 = {", "step_words.3", "fault.step_outside"),
        ("2 = {", "to = {", "step_words.to", "fault.step_outside"),
        ('code = "humoer"', 'code = ""', "indicators[1].code", "fault.empty"),
        ('["citizen", "caseworker"]', '["citizen", "boss"]', "indicators[1].raters[2]", "fault.rater"),
        ('["citizen", "caseworker"]', "[]", "indicators[1].raters", "fault.empty"),
        ('["citizen", "caseworker"]', '["citizen", "citizen"]', "indicators[1].raters[2]", "fault.twice"),
        ('["citizen", "caseworker"]', '["caseworker"]', "indicators[1].question", "fault.not_asked"),
        ("in_whole = true", "in_whole = 1", "indicators[1].in_whole", "fault.type"),
        ("in_whole = true", "in_whole = false", "indicators", "fault.no_whole"),
        ("shown_to_citizen = true", "shown_to_citizen = false", "indicators[1].shown_to_citizen",
         "fault.hidden_question"),
        ('"Er du glad?"', '"  "', "indicators[1].question.da", "fault.empty"),
        ('ar = "هل', 'arabisk = "هل', "indicators[1].question.arabisk", "fault.unknown_language"),
        ('"Midt imellem."', "3", "indicators[1].steps[3].text.da", "fault.type"),
        ("value = 1, text", "value = 9, text", "indicators[1].steps[3].value", "fault.step_outside"),
        ("value = 1, text", "value = 2, text", "indicators[1].steps[3].value", "fault.twice"),
        ("value = 1, text", "value = 1, txt = 1, text", "indicators[1].steps[3].txt", "fault.unknown_key"),
    ],
)  # fmt: skip
def test_each_fault_is_named_by_its_key(old: str, new: str, key: str, what: str) -> None:
    assert old in SMALL
    assert (key, what) in [(fault.key, fault.what) for fault in faults(SMALL.replace(old, new, 1))]


def test_all_faults_come_at_once() -> None:
    broken = SMALL.replace('"higher"', '"op"').replace("value = 1", "value = 7").replace('"Humør", en', '"", en')
    assert [fault.key for fault in faults(broken)] == [
        "name.da",
        "direction",
        "indicators[1].name.da",
        "indicators[1].short_name.da",
        "indicators[1].steps[3].value",
        "indicators[1].steps",
    ]


def test_a_fault_says_what_stood_there_and_what_was_expected() -> None:
    (fault,) = faults(SMALL.replace('"higher"', '"op"'))
    assert (fault.value, fault.expected) == ("op", {"choices": ("higher", "lower")})
    missing = faults(SMALL.replace("value = 1, text", "value = 2, text"))[-1]
    assert missing.expected == {"steps": (1,), "minimum": 0, "maximum": 2}


def test_a_code_used_twice_is_a_fault() -> None:
    block = SMALL[SMALL.index("[[indicators]]") :]
    assert [(f.key, f.what) for f in faults(SMALL + block)] == [("indicators[2].code", "fault.twice")]


def test_steps_may_only_be_left_out_where_steps_have_no_words() -> None:
    start, end = SMALL.index("steps = ["), SMALL.index("]\n", SMALL.index("steps = [")) + 2
    without = SMALL[:start] + SMALL[end:]
    assert [f.key for f in faults(without)] == ["indicators[1].steps"]
    words = without[without.index("[step_words]") : without.index("[[indicators]]")]
    assert parse(without.replace(words, ""), "sum.toml").indicators[0].steps == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id = \n", 1),
        ('a = 1\nb = "uden slut\n', 2),
        ("a = 1\na = 2\n", 2),
        ("a = [", 1),
        ("a = " + "9" * 5000, 1),
    ],
)
def test_a_syntax_error_has_its_line(text: str, line: int) -> None:
    (fault,) = faults(text)
    assert (fault.what, fault.expected["line"]) == ("fault.toml", line)


def test_brackets_within_brackets_do_not_bring_it_down() -> None:
    (fault,) = faults("a = " + "[" * 100_000)
    assert fault.what == "fault.toml"


def test_an_empty_file_lacks_everything() -> None:
    assert {f.what for f in faults("")} == {"fault.missing"}
    assert "indicators" in [f.key for f in faults("")]


def test_indicators_of_the_wrong_kind_are_named() -> None:
    head = SMALL[: SMALL.index("[[indicators]]")].replace("[step_words]", "indicators = [1]\n[step_words]")
    assert ("indicators[1]", "fault.type") in [(f.key, f.what) for f in faults(head)]


def test_a_file_is_loaded_with_its_text(tmp_path: Path) -> None:
    path = tmp_path / "humør.toml"
    path.write_text(SMALL, encoding="utf-8")
    scale, text = load(path)
    assert (scale, text) == (parse(SMALL, ""), SMALL)


def test_a_file_that_cannot_be_read_says_so_by_name_only(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        load(tmp_path / "ingen.toml")
    assert caught.value.code == "scale.unreadable"
    assert caught.value.fields["file"] == "ingen.toml"
    assert str(tmp_path) not in str(caught.value)


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "gammel.toml"
    path.write_text(SMALL.replace("هل أنت سعيد؟", "x"), encoding="cp1252")
    with pytest.raises(KnownError) as caught:
        load(path)
    assert (caught.value.code, caught.value.fields["reason"]) == ("scale.unreadable", "UTF-8")


def test_the_shipped_scales_are_read_once_and_by_name() -> None:
    assert tuple(builtin()) == SHIPPED
    assert builtin() is builtin()
    with pytest.raises(KnownError) as caught:
        source("../bip")
    assert caught.value.code == "scale.unknown"


def test_what_a_person_wrote_stays_out_of_a_repr() -> None:
    assert "hemmelig" not in repr(faults(SMALL.replace('"higher"', '"hemmelig"')))


@given(st.data())
def test_no_damage_to_a_file_is_more_than_a_known_error(data: st.DataObject) -> None:
    text = source("hamd")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 60, len(text))))
    patch = data.draw(st.text(st.sampled_from('[]{}="\n1a.-#,'), max_size=8))
    try:
        scale = parse(text[:start] + patch + text[end:], "x.toml")
    except KnownError as error:
        assert error.fields["faults"]
    else:
        assert scale.indicators and scale.minimum < scale.maximum
