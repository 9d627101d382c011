"""What the shipped scales say: the figures of the field, and texts that fit where they are shown."""

from __future__ import annotations

import re

import pytest

from progression.scales.library import builtin, source
from progression.scales.model import Indicator

BIP = builtin()["bip"]
HAMD = builtin()["hamd"]
CODES = [
    "helbredsmestring",
    "hverdagsmestring",
    "tro_paa_job",
    "samarbejdsevne",
    "jobsoegning",
    "arbejdsmarkedsviden",
    "maalrettethed",
    "netvaerk",
    "koncentration",
    "arbejdsidentitet",
    "sagsbehandlers_tro",
]
LANGUAGES = ("da", "en")


def codes(indicators: tuple[Indicator, ...]) -> list[str]:
    return [i.code for i in indicators]


def lix(text: str) -> float:
    """Words per sentence plus the share of words of more than six letters (Björnsson 1968)."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = len(re.findall(r"[.!?:](?:\s|$)", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_eleven_indicators_in_the_order_of_the_field() -> None:
    assert codes(BIP.indicators) == CODES


def test_the_caseworker_rates_eleven_and_the_citizen_nine() -> None:
    assert len(BIP.rated_by("caseworker")) == 11
    assert codes(BIP.rated_by("citizen")) == CODES[:9]


def test_the_caseworkers_belief_is_a_series_of_its_own_that_the_citizen_never_sees() -> None:
    assert [i.code for i in BIP.indicators if not i.in_whole] == ["sagsbehandlers_tro"]
    assert [i.code for i in BIP.indicators if not i.shown_to_citizen] == ["sagsbehandlers_tro"]
    assert BIP.indicator("sagsbehandlers_tro").question == {}


def test_marks_follow_the_field() -> None:
    assert {i.code for i in BIP.indicators if i.predicts_job} == {
        "helbredsmestring", "tro_paa_job", "samarbejdsevne", "jobsoegning", "arbejdsmarkedsviden",
        "maalrettethed", "sagsbehandlers_tro",
    }  # fmt: skip
    assert {i.code for i in BIP.indicators if i.working_name} == {
        "netvaerk",
        "koncentration",
        "arbejdsidentitet",
    }


def test_names_as_the_field_says_them() -> None:
    assert BIP.indicator("tro_paa_job").name["da"] == "Tro på at kunne klare et job"
    assert BIP.indicator("jobsoegning").name["da"] == "Jobsøgningsadfærd"
    assert BIP.indicator("sagsbehandlers_tro").name["da"] == "Sagsbehandlerens tro på job inden for et år"


def test_five_steps_with_the_words_of_bip() -> None:
    assert (BIP.minimum, BIP.maximum, BIP.direction, BIP.better) == (1, 5, "higher", 1)
    assert [BIP.word(step)["da"] for step in range(1, 6)] == [
        "slet ikke", "i ringe grad", "i nogen grad", "i høj grad", "i meget høj grad",
    ]  # fmt: skip
    assert BIP.word(3, "citizen")["da"] == "Nogenlunde"
    assert BIP.minimal_important_change == 0.30
    assert "Foreløbig" in BIP.mic_source["da"]


def test_the_wordings_are_said_to_be_our_own() -> None:
    assert "NOT the official" in source("bip")
    assert "egne" in BIP.description["da"] and "officielle" in BIP.description["da"]
    assert "own" in BIP.description["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_in_both_languages(language: str) -> None:
    for indicator in BIP.indicators:
        assert indicator.name[language] and indicator.short_name[language] and indicator.prompt[language]
        assert [step.value for step in indicator.steps] == [1, 2, 3, 4, 5]
        assert all(step.text[language] for step in indicator.steps)
    assert all(i.question[language] for i in BIP.rated_by("citizen"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_step_texts_are_unique_and_fit_the_scoring_cell(language: str) -> None:
    texts = [step.text[language] for i in BIP.indicators for step in i.steps]
    assert len(set(texts)) == 55
    assert max(map(len, texts)) <= 90
    assert all(text.endswith(".") for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_easy_to_read(language: str) -> None:
    for indicator in BIP.rated_by("citizen"):
        assert lix(indicator.question[language]) < 35, indicator.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_a_question_and_an_example(language: str) -> None:
    for indicator in BIP.rated_by("citizen"):
        question, example = indicator.question_parts(language)
        assert question.endswith("?") and example.endswith(".")
        assert f"{question} {example}" == indicator.question[language]


def test_questions_speak_to_the_citizen_and_no_text_judges() -> None:
    assert all(" du " in i.question["da"] or " dig" in i.question["da"] for i in BIP.rated_by("citizen"))
    everything = source("bip").lower()
    for word in ("risiko", "doven", "dårlig", "svag ", "nægter", "risk", "lazy", "poor", "refuses"):
        assert word not in everything


def test_hamilton_total_is_a_sum_where_lower_is_better() -> None:
    assert (HAMD.minimum, HAMD.maximum, HAMD.direction, HAMD.better) == (0, 52, "lower", -1)
    (total,) = HAMD.indicators
    assert (total.code, total.raters, total.in_whole, total.steps) == ("total", {"caseworker"}, True, ())
    assert HAMD.step_words == {} and HAMD.word(7) == {} and total.step_text(7) == {}
    assert HAMD.minimal_important_change == 3
    assert "NICE" in HAMD.mic_source["da"]


def test_no_step_text_is_missing_and_no_other_is_invented() -> None:
    goal = BIP.indicator("maalrettethed")
    assert goal.step_text(1)["da"] == "Har ikke et mål for job eller uddannelse lige nu."
    assert goal.step_text(6) == {}
    with pytest.raises(KeyError):
        BIP.indicator("humoer")
