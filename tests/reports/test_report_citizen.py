"""*Til borgeren*: one page, plain, honest, and nothing on it that the citizen may not see."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import karsten
import pdf_rules
import pikepdf
import pytest
from citizen_cases import CONTACT, LONG, PAGES, TODAY, agreement, answered, full, made, nothing, typical
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_pages import page_of

from progression import reports
from progression.casework.values import Conversation, Intervention
from progression.charts.builder import citizen_chart
from progression.reports import citizen_words, tagged
from progression.reports.citizen_curve import CitizenCurve, stretches
from progression.reports.citizen_page import Contact
from progression.reports.summary import Case
from progression.words import Words
from progression.words.readable import lix

EASY = 35


@pytest.fixture
def paper(tmp_path, read):
    counter = iter(range(1000))

    def make(page, language="da", **more):
        path = tmp_path / f"{next(counter)}.pdf"
        path.write_bytes(made(page, language, **more))
        return read(path)

    return make


def case(page):
    return Case(**{name: getattr(page, name) for name in Case.__slots__})


def told(page, language="da"):
    return citizen_words.moved(case(page), Words(language))


def test_the_page_tells_how_it_has_gone_what_is_agreed_and_whom_to_call(paper):
    text = " ".join(paper(typical()).text("-raw").split())
    place = 0
    for wanted in (
        "Sådan er det gået, Karsten", "Tak for samtalen i dag.", "Linjen er dine og vores svar lagt sammen.",
        "ikke det, der kommer", "1. Det gik frem fra august 2024 til november 2025, mens du havde mentor, småjob",
        "2. Det gik tilbage fra november 2025 til august 2026.", "3. Siden august 2026 kan vi ikke se en ændring.",
        "Siden april 2026 har du ventet på smerteklinik.", "Små skridt: Kom til tiden tre gange i træk.",
        "Det har vi aftalt", "Dit mål: Noget med hænderne, 15 timer om ugen", "Mette Mette ringer for mig",
        "senest 27. november", "Du Begynder i småjob", "senest 4. januar 2027", "Vi to Mødes igen",
        "torsdag 10. december kl. 10.00", "Ring, hvis noget ændrer sig", "Mette Holm Andersen", "58 00 00 24",
        "mha@sundvig.example", "Du har ret til at se alt",
    ):  # fmt: skip
        found = text.find(wanted, place)
        assert found >= 0, wanted
        place = found


def test_it_speaks_english_too(paper):
    text = paper(typical(), "en").flat()
    for wanted in (
        "How it has gone, Karsten", "It went forward from August 2024 to November 2025, while you had",
        "Since August 2026 we can see no change.", "You Begynder", "by 27 November", "Call if things change",
    ):  # fmt: skip
        assert wanted in text, wanted


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_one_page_whatever_there_is(name, language, paper):
    pdf = paper(PAGES[name](), language)
    assert pdf.info()["Pages"] == "1"
    assert "No syntax" in pdf.check()
    assert all(embedded == "yes" for _, embedded in pdf.fonts())


def test_what_is_cut_short_says_so(paper):
    text = paper(PAGES["crowded"]()).flat()
    assert "…" in text and "ting mere" in text
    assert "Noget af det er kortet af. Spørg os, så får du det hele." in text
    assert LONG.strip() not in text
    assert "Vi to" in text  # the next talk is never what is left out
    assert "kortet af" not in paper(typical()).flat()


def test_nobody_asked_yet(paper):
    text = paper(nothing(), contact=Contact()).flat()
    for wanted in ("Sådan er det gået Papiret", "Der er ingen svar endnu.", "Vi har ikke aftalt noget endnu.",
                   "Sig det til os, hvis noget ændrer sig"):  # fmt: skip
        assert wanted in text, wanted
    assert "Linjen" not in text and "Prikken" not in text


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3.0], ["Vi har svaret én gang, i oktober 2026. Næste gang kan vi se, om det har rykket sig."]),
        ([2.0, 3.0], ["Siden juli 2026 er det gået frem."]),
        ([3.0, 2.0], ["Siden juli 2026 er det gået tilbage."]),
        ([3.0, 3.1], ["Det er nu omtrent som i juli 2026."]),
        (
            [3.0, 3.1, 3.0],
            ["Det er nu omtrent som i april 2026.", "Siden sidst, i juli 2026, kan vi ikke se en ændring."],
        ),
        ([2.0, 2.1, 3.0], ["Siden april 2026 er det gået frem.", "Siden sidst, i juli 2026, er det gået frem."]),
        ([3.0, 2.9, 2.0], ["Siden april 2026 er det gået tilbage.", "Siden sidst, i juli 2026, er det gået tilbage."]),
        ([2.0, 3.5, 2.0], ["Det gik frem fra april 2026 til juli 2026.", "Siden juli 2026 er det gået tilbage."]),
        ([2.0, 3.5, 3.4], ["Det gik frem fra april 2026 til juli 2026.", "Siden juli 2026 kan vi ikke se en ændring."]),
        (
            [2.0, 3.5, 2.0, 3.5],
            [
                "Det gik frem fra januar 2026 til april 2026.",
                "Det gik tilbage fra april 2026 til juli 2026.",
                "Siden juli 2026 er det gået frem.",
            ],
        ),
    ],
)
def test_where_it_has_gone_is_told_only_where_it_can_be_measured(values, expected):
    assert told(answered(values)) == expected


def test_where_lower_is_better_falling_is_forward():
    page = answered([25, 10], scale="hamd", raters=("caseworker",))
    page = replace(page, scale=karsten.HAMD)
    assert told(page) == ["Siden juli 2026 er det gået frem."]


def test_an_overdue_assessment_is_said(paper):
    page = answered([2.0, 3.0], last=TODAY - timedelta(300))
    unknown = replace(page.trajectory, unknown_since=TODAY - timedelta(300))
    assert told(replace(page, trajectory=unknown))[-1] == "Vi ved ikke, hvordan det er gået siden 23. januar 2026."


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"type": "mentor"}, "Lige nu har du mentor."),
        ({"type": "venter", "waiting_for": "en psykolog"}, "Siden oktober 2026 har du ventet på en psykolog."),
        ({"type": "venter"}, "Siden oktober 2026 har du ventet."),
        ({"type": "fritaget"}, "Lige nu er du fritaget."),
        ({"type": "mentor", "end": TODAY - timedelta(2)}, "Lige nu har du ikke en indsats."),
        ({"type": "smaajob", "title": "FVU-dansk"}, "Lige nu har du FVU-dansk."),
    ],
)
def test_what_runs_now_is_told(row, expected):
    course = replace(full(), interventions=(Intervention("c1", "i", start=TODAY - timedelta(40), **row),))
    assert citizen_words.now(case(page_of(course, karsten.trajectory())), Words("da")) == expected


def test_whose_answers_the_line_is_and_that_a_dot_is_no_line():
    def said(**more):
        return citizen_words.reading(case(answered(**more)), Words("da"))[0]

    assert said(values=[2, 3]) == "Linjen er dine og vores svar lagt sammen."
    assert said(values=[2, 3], raters=("caseworker",)) == "Linjen er vores svar. Du har ikke selv svaret endnu."
    assert said(values=[2, 3], raters=("citizen",)) == "Linjen er dine egne svar."
    assert said(values=[2]).startswith("Prikken viser")


@pytest.mark.parametrize(
    ("who", "expected"),
    [("borger", "Du"), ("Karsten", "Du"), ("Karsten Bøgh Mikkelsen", "Du"), ("mha", "Mette"), ("", "Vi"),
     ("sagsbehandler", "Mette"), ("Lægehuset", "Lægehuset")],
)  # fmt: skip
def test_who_does_what_is_said_as_across_the_table(who, expected, paper):
    course = replace(full(), plan=(agreement("Det aftalte", 1, who=who),), conversations=())
    assert f"{expected} Det aftalte" in paper(page_of(course, karsten.trajectory())).flat()


def test_a_talk_by_phone_and_a_number_that_is_none(paper):
    talk = Conversation("c1", TODAY + timedelta(4), "p", "planned", form="phone")
    course = replace(full(), conversations=(talk,))
    pdf = paper(page_of(course, karsten.trajectory()), contact=replace(CONTACT, phone="omstillingen"))
    text = pdf.flat()
    assert "Taler sammen i telefonen" in text and "omstillingen" in text
    with pikepdf.open(pdf.path) as file:
        links = [str(one.A.URI) for page in file.pages for one in page.get("/Annots", [])]
    assert links == ["mailto:mha@sundvig.example"]


def test_number_and_address_are_links_with_words(paper):
    with pikepdf.open(paper(typical()).path) as file:
        found = {str(one.A.URI): str(one.Contents) for page in file.pages for one in page.get("/Annots", [])}
    assert found == {
        "tel:+4558000024": "Ring til 58 00 00 24",
        "mailto:mha@sundvig.example": "Skriv til mha@sundvig.example",
    }


def test_nothing_stands_there_that_the_citizen_may_not_see(paper):
    """The belief changes nothing; no indicator, no attention point, no CPR number, no score, no prediction."""
    page = typical()
    believed = tuple(
        replace(a, answers={**a.answers, "sagsbehandlers_tro": 5}) if a.rater == "caseworker" else a
        for a in page.course.assessments
    )
    assert believed != page.course.assessments
    assert made(replace(page, course=replace(page.course, assessments=believed))) == made(page)
    text = paper(page).flat().casefold()
    for one in karsten.BIP.indicators:
        assert one.name["da"].casefold() not in text
    for banned in (
        "opmærksomhed",
        "140680",
        "risiko",
        "vil få",
        "forvent",
        "sandsynlig",
        "2,9",
        "3,2",
        "behov for støtte",
    ):
        assert banned not in text, banned


def test_the_picture_is_told_in_the_sentences_of_the_page(paper):
    page = typical()
    with pikepdf.open(paper(page).path) as file:
        alt = next(str(node.obj.Alt) for node in pdf_rules.File(file).nodes if node.tag == "Figure")
    assert alt.startswith("Dit forløb fra august 2024 til november 2026. Det begynder tæt på ”nogenlunde”")
    assert "Det var bedst i november 2025, tæt på ”godt”." in alt
    for sentence in told(page):
        assert sentence in alt


def test_letters_the_font_lacks_leave_a_mark_and_are_told():
    page = replace(typical(), course=replace(full(), citizen=replace(karsten.CITIZEN_ROW, name="漢😀 Jensen")))
    with tagged.missing() as missing:
        made(page)
    assert {"漢", "😀"} <= missing


def test_what_ran_stands_above_its_days_where_it_fits():
    page = typical()
    chart = citizen_chart(
        page.course, page.scale, page.trajectory, page.types, page.names, page.today, Words("da"), phases=page.phases
    )
    found = stretches(chart)
    assert [(one.start.isoformat(), one.bars[0].short) for one in found] == [("2024-11-04", "Mentor")]
    figure = CitizenCurve(chart, "ord", (), {}, ("", ""), 150.0, Words("da"))
    low = CitizenCurve(replace(chart, strips=()), "ord", (), {}, ("", ""), 150.0, Words("da"))
    assert figure.height > low.height  # without names there is no room for them


# how easy it is to read


class OwnWords(Words):
    """Only the program's own words: names, numbers, dates and what people typed are left out."""

    __slots__ = ()

    def t(self, message, **fields):
        return re.sub(r"\{\w+\}", "", super().t(message))

    def tc(self, context, message, **fields):
        return re.sub(r"\{\w+\}", "", super().tc(context, message))

    def tn(self, singular, plural, n, **fields):
        return re.sub(r"\{\w+\}", "", self._texts.ngettext(singular, plural, n))

    def pick(self, texts):
        return ""

    def number(self, value, decimals=1):
        return ""

    def _format_date(self, day, pattern):
        return ""


def shipped():
    """Every text the page and its sentences may say, as written in the code."""
    found = []
    for name in ("citizen_words.py", "citizen_page.py", "citizen_told.py"):
        tree = ast.parse((Path(reports.__path__[0]) / name).read_text("utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("t", "tn", "tc")
            ):
                texts = tuple(part.value for part in node.args if isinstance(part, ast.Constant))
                found.append((node.func.attr, texts))
    return found


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_sentence_that_is_shipped_is_easy_to_read(language):
    w, told = OwnWords(language), []
    for way, texts in shipped():
        text = getattr(w, way)(*texts, 2) if way == "tn" else getattr(w, way)(*texts)
        told.append(text)
        # a label of a word or two is no sentence: it is counted with the page
        assert len(text.split()) < 3 or lix(text) < EASY, f"{lix(text):.1f} {text}"
    assert len(told) > 50
    assert lix("\n".join(told)) < EASY


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_easy_to_read(name, language, monkeypatch):
    drawn = []
    from progression.reports import citizen_page

    real = citizen_page.flow.prose
    monkeypatch.setattr(
        citizen_page.flow, "prose",
        lambda text, style="text", **more: drawn.append((more.get("lead", ""), text)) or real(text, style, **more),
    )  # fmt: skip
    w = OwnWords(language)
    page = PAGES[name]()
    drawn += [("", text) for text in citizen_words.moved(case(page), w)]
    citizen_page._story(citizen_page._Told(case(page), citizen_page.ROOMS[0], w), Contact(phone="1"), "")
    own = [text for lead, text in drawn if isinstance(text, str) and not lead] + [lead for lead, _ in drawn if lead]
    figure = lix("\n".join(own))
    assert 0 < figure < EASY


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.text(max_size=600), st.text(max_size=80)), max_size=12),
    st.text(max_size=200),
    st.lists(st.floats(1, 5), min_size=1, max_size=12),
)
def test_whatever_people_typed_it_is_one_page(rows, name, levels):
    plan = tuple(agreement(text, n, who=who) for n, (text, who) in enumerate(rows))
    page = answered([round(level, 2) for level in levels])
    page = replace(page, course=replace(page.course, plan=plan, citizen=replace(page.course.citizen, name=name)))
    with pikepdf.open(BytesIO(made(page, contact=Contact(name, name[:30], "")))) as file:
        assert len(file.pages) == 1
