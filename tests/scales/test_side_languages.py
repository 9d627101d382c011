"""Language files of the citizen's side: what ships, what a file must hold, and every fault at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from progression.errors import KnownError
from progression.scales import languages
from progression.scales.library import builtin
from progression.scales.model import split_question
from progression.words import LANGUAGES, Words, errors

ARABIC = (Path(__file__).parents[1] / "data" / "citizen_ar.toml").read_text("utf-8")
BIP = builtin()["bip"]


def faults(text):
    with pytest.raises(KnownError) as caught:
        languages.check(text, "x.toml", builtin())
    assert caught.value.code == "language.invalid" and caught.value.fields["file"] == "x.toml"
    return {(fault.key, fault.what) for fault in caught.value.fields["faults"]}


def test_the_programs_own_languages_ship_and_need_nothing_more():
    assert tuple(one.code for one in languages.shipped()) == languages.SHIPPED == LANGUAGES
    for one in languages.shipped():
        assert one.lacks(BIP) == () and not one.from_right
        assert set(one.sentences) == set(languages.SENTENCES)
        assert one.say("progress", n=2, total=9).count("2") == 1


def test_a_language_from_the_right_is_read_whole():
    arabic = languages.check(ARABIC, "ar.toml", builtin())
    assert (arabic.code, arabic.name, arabic.from_right) == ("ar", "العربية", True)
    assert arabic.lacks(BIP) == () and arabic.word(BIP, 4) == "جيد"
    question, example = split_question(arabic.question(BIP, BIP.rated_by("citizen")[0]))
    assert question.endswith("؟") and example.startswith("مثلًا")


def test_a_scale_may_hold_further_languages_itself():
    from dataclasses import replace

    first = replace(BIP.indicators[0], question=BIP.indicators[0].question | {"ar": "هل؟"})
    scale = replace(BIP, indicators=(first, *BIP.indicators[1:]))
    bare = languages.parse(re.sub(r"^helbredsmestring.*\n", "", ARABIC, flags=re.MULTILINE), "ar.toml")
    assert bare.lacks(BIP) == ("scales.bip.questions.helbredsmestring",)
    assert bare.lacks(scale) == () and bare.question(scale, first) == "هل؟"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Går det? Fx i dag?", ("Går det?", "Fx i dag?")),
        ("Går det", ("Går det", "")),
        ("هل؟ مثلًا", ("هل؟", "مثلًا")),
        ("你好嗎？例如", ("你好嗎？", "例如")),
        ("Really?! Yes", ("Really?", "! Yes")),
    ],
)
def test_a_question_ends_at_its_mark_in_any_letters(text, parts):
    assert split_question(text) == parts


def test_every_fault_is_named_at_once():
    text = ARABIC
    for old, new in (
        ("format = 1", "format = 9"),
        ('code = "ar"', 'code = "Arabisk"'),
        ('direction = "rtl"', 'direction = "right"'),
        ('skip = "تخطَّ السؤال"', 'skip = ""'),
        ("{n} من {total}", "{n} من {alle}"),
        ('done = "انتهيت"', 'finished = "انتهيت"'),
        ("netvaerk =", "netvark ="),
        ('5 = "جيد جدًا"', '7 = "جيد جدًا"'),
    ):
        assert old in text
        text = text.replace(old, new)
    assert faults(text) == {
        ("format", "fault.newer"),
        ("code", "fault.unknown_language"),
        ("direction", "fault.choice"),
        ("sentences.skip", "fault.empty"),
        ("sentences.progress", "fault.fields"),
        ("sentences.done", "fault.missing"),
        ("sentences.finished", "fault.unknown_key"),
        ("scales.bip.questions.netvark", "fault.unknown_key"),
        ("scales.bip.questions.netvaerk", "fault.missing"),
        ("scales.bip.steps", "fault.step_outside"),
        ("scales.bip.steps.5", "fault.missing"),
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('code = "ar"', 'code = "da"', ("code", "fault.language_shipped")),
        ("{n} من {total}", "{n!r} {total}", ("sentences.progress", "fault.fields")),
        ("{n} من {total}", "{n} {total", ("sentences.progress", "fault.fields")),
        ("تم حفظ", "{name} تم حفظ", ("sentences.thanks", "fault.fields")),
        ("[scales.bip.", "[scales.bib.", ("scales.bib", "fault.choice")),
        ('1 = "إطلاقًا لا"', 'et = "إطلاقًا لا"', ("scales.bip.steps.et", "fault.type")),
        ('name = "العربية"', "name = 7", ("name", "fault.type")),
        ("version = 1", "version = 0", ("version", "fault.range")),
        ("[sentences]", "[sentences", ("", "fault.toml")),
    ],
)
def test_what_is_wrong_is_named_by_its_key(old, new, fault):
    assert old in ARABIC
    assert fault in faults(ARABIC.replace(old, new))


def test_a_file_without_scales_helps_nobody():
    assert ("scales", "fault.empty") in faults(ARABIC.partition("[scales")[0] + "[scales]\n")


def test_every_fault_has_a_sentence_in_both_languages():
    with pytest.raises(KnownError) as caught:
        languages.check(ARABIC.replace("{n}", "{x}").replace('"ar"', '"en"'), "ar.toml", builtin())
    for language in LANGUAGES:
        told = errors.sentence(Words(language), caught.value)
        assert "ar.toml" in told and "sentences.progress" in told and "{n}" in told


def test_a_template_asks_for_everything_and_becomes_a_language_when_filled_in():
    text = languages.template("so", builtin())
    assert "# da: Hvor godt får du din hverdag til at hænge sammen?" in text and "# en: Skip" in text
    found = faults(text)
    assert ("name", "fault.empty") in found and ("scales.bip.questions.netvaerk", "fault.empty") in found
    filled = re.sub(r'^(\w+) = ""', r'\1 = "ord"', text, flags=re.MULTILINE)
    filled = filled.replace('progress = "ord"', 'progress = "{n}/{total}"')
    made = languages.check(filled, "so.toml", builtin())
    assert made.code == "so" and made.lacks(BIP) == () and made.question(BIP, BIP.rated_by("citizen")[3]) == "ord"
