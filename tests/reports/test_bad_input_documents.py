"""Every document of a citizen, from a vault, whatever was typed and however much there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import karsten
import pdf_rules
import pikepdf
import pytest
from desk_cases import make, round_of

from progression.casework.values import (
    Assignment,
    Citizen,
    Conversation,
    Decision,
    Intervention,
    Note,
    Person,
    PlanItem,
)  # fmt: skip
from progression.desk import documents
from progression.words import Words

KINDS = ("citizen", "case", "handover", "callin", "note")
EMOJI = "Glad \U0001f600 igen \U0001f469\u200d\U0001f469\u200d\U0001f467"
ARABIC = "مريم بنت علي \u202bتحب\u202c العمل"
GREENLANDIC = "Aqqaluk Ĩlannguaĸ Ũnga Pãvia"
LONG = "Vi talte længe om søvn, hverdag og arbejde. " * 114  # 5,016 letters
WORD = "Donaudampfschifffahrt" * 240  # 5,040 letters without a space
TEXTS = {"emoji": EMOJI, "arabic": ARABIC, "greenlandic": GREENLANDIC, "long": LONG, "one word": WORD, "空": "漢字\x00"}
COUNTS = (0, 1, 80)


def values(text, rounds):
    """A citizen whose every text is this one, with so many rounds of answers, eighty of them over ten years."""
    today = karsten.TODAY
    first = today - timedelta(45 * max(rounds, 1))
    yield Person("ak", f"Anne {text}"[:200], phone="58 00 00 24")
    yield Citizen("c1", "H0001", text, benefit_start=first, team=text[:100], contact=text)
    yield Assignment("c1", "ak", first)
    for n in range(rounds):
        day = first + timedelta(45 * n)
        yield from (replace(row, note=text) for row in round_of("c1", day, 2 + n % 3, "ak"))
        yield Conversation("c1", day, f"t{n}", caseworker="ak", topic=text, outcome=text)
    yield Conversation("c1", today + timedelta(9), "next", caseworker="ak", status="planned", topic=text)
    yield Intervention("c1", "i1", "mentor", first, title=text, provider=text, reason=text, ended_because=text)
    yield Note("c1", today, "small_step", text=text)
    yield Note("c1", today, "screening", "fysioterapeut", text, text, text)
    yield PlanItem("c1", today, text, words=text, kind="goal", id="g")
    yield PlanItem("c1", today, agreement=text, who=text, kind="agreement", id="a", by=today)
    yield Decision("c1", today, "citizen", "adjust", text, None)


def every(tmp_path, rows, languages=("da",)):
    """All documents of the citizen of a vault."""
    session = make(tmp_path / "v", list(rows), day=karsten.TODAY)
    try:
        return {(kind, w): documents.read(session, kind, "c1", w).made() for kind in KINDS for w in languages}
    finally:
        session.vault.close(backup=False)


def sound(made):
    """Hold a document to the rules, and return what is read aloud of it."""
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert pdf_rules.faults(pdf) == {}
        assert len(pdf.check_pdf_syntax()) == 0
        file = pdf_rules.File(pdf)
        return file.aloud() + " ".join(str(node.obj.ActualText) for node in file.nodes if "/ActualText" in node.obj)


@pytest.mark.parametrize("name", TEXTS)
def test_whatever_was_typed_every_document_is_made_and_whole(tmp_path, name):
    for (kind, _), made in every(tmp_path, values(TEXTS[name], 3)).items():
        if kind == "note":
            assert made.data.decode("utf-8-sig")
            continue
        said = sound(made)
        if name == "greenlandic":
            assert made.missing == () and "Aqqaluk" in said
        if name in ("emoji", "arabic", "空"):  # seen as a sign, told, and still heard
            assert made.missing, kind
            assert any(letter in said for letter in made.missing), kind
        assert len(made.data) < 400_000


@pytest.mark.parametrize("rounds", COUNTS)
def test_however_many_answers_there_are(tmp_path, rounds):
    made = every(tmp_path, values("Karsten Bøgh", rounds), ("da", "en"))
    for (kind, language), one in made.items():
        if kind == "note":
            continue
        said = sound(one)
        assert len(one.data) < 200_000
        if kind == "case" and rounds == 0:
            told = "There are no assessments yet." if language == "en" else "Der er ingen vurderinger endnu."
            assert told in said
    with pikepdf.open(BytesIO(made["citizen", "da"].data)) as pdf:
        assert len(pdf.pages) == 1


def test_a_letter_the_font_lacks_is_a_sign_on_the_page_and_a_word_to_whoever_made_it(tmp_path):
    made = every(tmp_path, values(EMOJI, 1))["case", "da"]
    assert "\U0001f600" in made.missing
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert "�" in pdf_rules.File(pdf).aloud()
    w = Words("da")
    letters = " ".join(made.missing)
    told = w.t("The report's font has no sign for {letters}. They stand as � in the file.", letters=letters)
    assert letters in told and told != letters
