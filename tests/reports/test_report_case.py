"""*Til sagen* as outside tools see it: what it says and in which order, fonts, pages, structure of the file."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import karsten
import pikepdf
import pytest
from report_pages import page_of

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "words"))
import why_flags

from progression.analysis.values import Shown
from progression.errors import KnownError
from progression.reports.case import case_pdf, case_report
from progression.reports.summary import Case
from progression.reports.why import why_of
from progression.words import Words, flags

DA = Words("da")


def a_case(page):
    """The page as the report reads it."""
    return Case(**{name: getattr(page, name) for name in Case.__slots__})


def in_order(text, *sentences):
    """Every sentence stands in the text, each after the one before."""
    place = 0
    for sentence in sentences:
        found = text.find(sentence, place)
        assert found >= 0, f"{sentence!r} is missing, or stands before what it should follow"
        place = found + len(sentence)


def body(pdf):
    """The text without what stands round every page, which would cut a paragraph that goes on overleaf in two."""
    around = r"Sundvig Kommune, Jobcentret, Team Vest (Til sagen|To the case) .*?(få alt udleveret|may see it all)\. "
    return re.sub(around, "", " ".join(pdf.text("-raw").split()))


def test_a_typical_case_says_everything_in_order_and_then_why(typical, printed):
    pdf = printed(typical)
    assert pdf.info()["Pages"] == "4"
    assert "Hvorfor står der det?" not in " ".join(pdf.text("-l", "1").split())
    in_order(
        " ".join(pdf.text("-raw").split()),  # in the order of the file, as it is read aloud
        "Sundvig Kommune, Jobcentret, Team Vest",
        "Til sagen",
        "Karsten Bøgh Mikkelsen",
        "140680-••••, behov for støtte, kontanthjælp, på ydelse siden 12. august 2024",
        "Opgjort 19. november 2026",
        "af Mette Holm Andersen, sagsbehandler",
        "Sammenfatning",
        "Karsten er vurderet 10 gange fra august 2024 til november 2026. Karsten har selv svaret 9 gange.",
        "Niveauet på hele skalaen var 2,6 i august 2024 og 2,9 i november 2026 (90 %-bånd 2,7 til 3,1).",
        "Det var højest, 3,7, i november 2025.",
        "Afsluttede indsatser: Mentor, Mestring, Praktik, Småjob, Fysioterapi og FVU-dansk.",
        "Siden 20. december 2025 har der ikke været en aktiv indsats: først passiv, siden fritaget, siden ventetid.",
        "Opmærksomhedspunkt: Niveauet er faldet siden 1. april 2026.",
        "Min Plan, 26. maj 2026. Mål: 15 timer om ugen i genbrugsbutik inden sommeren 2027.",
        "Aftalt: smertebehandling i gang og en fast døgnrytme.",
        "Forløbet",
        "Båndet er det fælles niveau med 90 %-interval.",
        "× er en samtale, der blev aflyst, eller som borgeren udeblev fra.",
        "Opmærksomhedspunkter og beslutninger",
        "Hvad der kom ud af beslutningerne",
        "Fortsæt, 26. maj 2026. Niveauet er 0,1 lavere siden; det hænger ikke nødvendigvis sammen.",
        "Svar",
        "– betyder ikke vurderet eller ikke spurgt. Det tæller aldrig som lavt.",
        "Rettelser",
        "Intet svar er rettet.",
        "Indsatser",
        "Foreningen Fodfæste",
        "Perioder uden aktiv indsats",
        "Fritaget fra aktivering; genoptræning; tages op 15. marts 2026",
        "Venter på smerteklinik",
        "Sagen har løbet siden 12. august 2024. Her er den fortalt til og med 19. november 2026.",
        "Pernille Dahl 17. mar. 2025 til 1. feb. 2026 ny sagsbehandler",
        "behov for støtte",
        "Hvorfor står der det?",
    )


def test_every_flag_has_its_sentence_numbers_and_method(typical, printed):
    text = printed(typical).flat()
    for flag in typical.flags:
        assert flags.explanation(DA, flag, karsten.BIP) in text
    in_order(
        text,
        "Forslag: Start.",
        "Metode: forløbsmodel. Skøn, der bruges: prior/0.",
        "Sidst i rapporten står, hvordan hvert punkt er fundet",
        "Hvorfor står der det?",
        "Ændring: 2,90 − 3,20 −0,30",
        "Regnestykket. 0,30 er mere end 0,26. Derfor vises det.",
    )


def test_why_each_point_is_shown_stands_in_the_pdf_word_by_word(typical, printed):
    text = body(printed(typical))
    for flag in typical.flags:
        why = why_of(a_case(typical), flag, DA)
        for part in why.parts:
            for label, figure in part.rows:
                assert " ".join(f"{label} {figure}".split()) in text
            for paragraph in part.paragraphs:
                assert " ".join(paragraph.split()) in text
        assert " ".join(why.gauge.caption.split()) in text
        for row in why.gauge.rows:
            assert f"{row.figure} {row.text}" in text
    assert text.count("Ens svar giver ens punkter") == 1  # what holds for all is printed once


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_and_state_is_explained_in_the_pdf(typical, printed, language):
    w = Words(language)
    made = [why_flags.flag_of(kind, status=status) for kind in why_flags.KINDS for status in why_flags.STATUSES]
    made += [why_flags.flag_of(kind, method="rules") for kind in ("regression", "stagnation", "progression")]
    made.append(why_flags.flag_of(indicator="netvaerk", change=1.4))
    shown = tuple(replace(flag, id=f"{n:016x}") for n, flag in enumerate(made))
    first = {flag.id: Shown(date(2026, 5, 27), flag) for flag in shown}
    page = replace(typical, flags=shown, estimates=why_flags.ESTIMATES, first=first)
    pdf = printed(page, language)
    text = body(pdf)
    for flag in shown:
        for part in why_of(a_case(page), flag, w).parts:
            assert part.title.rstrip(".") in text
            for paragraph in part.paragraphs:
                assert " ".join(paragraph.split()) in text
    assert pdf.images() == []


def test_without_a_point_it_says_why_nothing_can_be_said(typical, printed):
    trajectory = replace(typical.trajectory, standing="unclear", change=-0.1, change_sd=0.24, since=date(2026, 4, 1))
    text = printed(replace(typical, flags=(), trajectory=trajectory)).flat()
    in_order(text, "Hvorfor står der det?", "For tidligt at sige", "0,1 er mindre end 0,3.", "ni måneder")


def test_a_case_with_nothing_in_it_has_nothing_to_explain(blank, printed):
    assert "Hvorfor står der det?" not in printed(blank).flat()


def test_every_decision_has_its_reason_and_follow_up(typical, printed):
    text = printed(typical).flat()
    for said in (
        "Fortsæt, 26. maj 2026: afventer smerteklinik", "16. nov. 2026", "Stop: alle indsatser, før operation",
        "Fortsæt: praktik blev til småjob", "26. aug. 2025", "Åbent",
    ):  # fmt: skip
        assert said in text


def test_the_table_holds_every_answer_of_both_raters(typical, printed):
    text = printed(typical).text("-layout")
    page = text[text.index("Svar\n") :]
    row = next(line for line in page.splitlines() if line.strip().startswith("Helbredsmestring"))
    assert row.split()[1:] == ["Sagsbehandler", *"3233443222"]
    own = page.splitlines()[page.splitlines().index(row) + 1]
    assert own.split() == ["Borger", *"3333–34333"]
    assert "ønsker" in page
    assert "tro på job" not in page  # the citizen may read the report, and is never shown the caseworker's belief


def test_english_is_complete(typical, printed):
    text = printed(typical, "en").flat()
    in_order(
        text,
        "To the case",
        "on benefit since 12 August 2024",
        "Karsten was assessed 10 times from August 2024 to November 2026. Karsten answered 9 times.",
        "Since 20 December 2025 there has been no active intervention: first passive, then exempt, then waiting.",
        "Attention points and decisions",
        "Answers",
        "Periods without an active intervention",
        "33 weeks",
        "Why it says so",
        "Change: 2.90 − 3.20 −0.30",
    )
    for danish in ("Sammenfatning", "Sagsbehandler", "Uden indsats", "Svar"):
        assert danish not in text


def test_the_footer_stands_on_every_page_with_its_number(typical, printed):
    text = printed(typical).text()
    honest = "Beskriver det, der er sket, og hvor sikker målingen er. En person har truffet beslutningerne."
    assert text.count(honest) == 4
    assert "Side 1 af 4" in text and "Side 4 af 4" in text


def test_the_file_is_whole_and_every_font_is_in_it(typical, printed):
    pdf = printed(typical)
    assert "No syntax or stream encoding errors found" in pdf.check()
    found = pdf.fonts()
    assert len(found) == 3
    assert all("IBMPlexSans" in name and embedded == "yes" for name, embedded in found)


def test_the_curve_is_drawn_as_vectors(typical, printed):
    pdf = printed(typical)
    assert pdf.images() == []
    with pikepdf.open(pdf.path) as file:
        operators = [str(i.operator) for i in pikepdf.parse_content_stream(file.pages[0])]
        assert "/XObject" not in file.pages[0].Resources
    assert operators.count("l") > 100  # lines
    assert operators.count("W") + operators.count("W*") >= 6  # patterns, each clipped to its box


def test_language_title_and_day_are_in_the_file(typical, printed):
    pdf = printed(typical)
    info = pdf.info()
    assert info["Title"] == "Til sagen: Karsten Bøgh Mikkelsen"
    assert info["Author"] == "Mette Holm Andersen, sagsbehandler"
    assert "19 12:00:00 2026" in info["CreationDate"]
    with pikepdf.open(pdf.path) as file:
        assert str(file.Root.Lang) == "da-DK"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    with pikepdf.open(printed(typical, "en").path) as file:
        assert str(file.Root.Lang) == "en-GB"


def test_the_same_page_gives_the_same_bytes(typical):
    options = {"author": "A", "municipality": "M", "made_on": karsten.TODAY}
    assert case_pdf(typical, DA, **options) == case_pdf(typical, DA, **options)
    assert case_pdf(typical, DA, **options) != case_pdf(typical, Words("en"), **options)


def test_the_whole_number_is_nowhere(typical, printed):
    assert "1235" not in printed(typical).text()


def test_the_words_stay_about_the_past(typical, printed):
    text = printed(typical).flat().lower()
    for word in ("risiko", "forventes", "prognose", "sandsynlig"):
        assert word not in text


def test_it_can_be_written_to_an_open_file(typical):
    out = BytesIO()
    case_report(typical, DA, author="", municipality="", made_on=karsten.TODAY, out=out)
    assert out.getvalue().startswith(b"%PDF-") and out.getvalue().rstrip().endswith(b"%%EOF")


def test_a_folder_that_is_not_there_is_a_clear_error_and_leaves_nothing(typical, tmp_path):
    with pytest.raises(KnownError) as caught:
        case_report(typical, DA, author="", municipality="", made_on=karsten.TODAY, out=tmp_path / "none" / "case.pdf")
    assert (caught.value.code, caught.value.fields) == ("file.unwritable", {"file": "case.pdf"})
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_no_half_report(typical, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("progression.reports.document.os.fsync", full)
    with pytest.raises(KnownError) as caught:
        case_report(typical, DA, author="", municipality="", made_on=karsten.TODAY, out=tmp_path / "case.pdf")
    assert caught.value.code == "file.unwritable"
    assert list(tmp_path.iterdir()) == []


def test_other_flags_say_what_they_are(printed):
    base = karsten.FLAG
    found = (
        replace(base, id="a", kind="missing", baseline=None, level=None, change=None, change_sd=None, margin=None,
                evidence=None, due=date(2026, 11, 1), suggestion=None),
        replace(base, id="b", kind="stagnation", rate_limit=0.12, evidence=None, status="silenced"),
        replace(base, id="c", kind="disagreement", evidence=None, suggestion=None, status="withdrawn"),
        replace(base, id="d", indicator="hverdagsmestring", status="decided"),
        replace(base, id="e", indicator="fjernet_indikator", status="decided"),
    )  # fmt: skip
    text = printed(page_of(karsten.COURSE, karsten.trajectory(), flags=found)).flat()
    in_order(text, "Opmærksomhedspunkt: Vurderingen skulle være lavet senest 1. november 2026.")
    for said in (
        "Vi ved ikke, hvordan det er gået siden.", "Ingen fremgang, der tæller,", "Hverdagsmestring er faldet siden",
        "Sagsbehandler og borger ser det mere forskelligt end før.", "Sat i bero", "Ikke længere", "Besluttet",
    ):  # fmt: skip
        assert said in text
