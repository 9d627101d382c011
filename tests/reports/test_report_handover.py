"""*Overdragelse*: what the next caseworker needs, on at most two pages however long the case is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import karsten
import pytest
from report_pages import empty_trajectory, page_of

from progression.casework.duties import Duty
from progression.casework.values import (
    Assignment,
    Citizen,
    Consent,
    Conversation,
    Course,
    Handover,
    Note,
    PlanItem,
    Professional,
)
from progression.reports.handover import handover_pdf, handover_report
from progression.words import Words

TODAY = karsten.TODAY
D = timedelta
LONG = "Et langt notat om alt det, der er talt om, aftalt, prøvet og lagt væk igen. " * 40
HANDOVER = Handover(
    "c1", "o1", TODAY, "pd", "mha", "Sygdom", "unplanned", "told,sheet", "Ring om formiddagen, tal langsomt."
)
DUTIES = (
    Duty("c1", "samtale", "conversations", {"da": "Mindst 4 samtaler", "en": "At least 4 talks"}, "overdue", "missing",
         due=TODAY - D(5)),
    Duty("c1", "maaling", "assessment", {"da": "En måling", "en": "Assess"}, "open", "missing", due=TODAY + D(9)),
    Duty("c1", "andet", "assessment", {"da": "Klaret før", "en": "Done before"}, "met", "done", due=TODAY - D(90)),
)  # fmt: skip


@pytest.fixture
def sheet(tmp_path, read):
    counter = iter(range(100))

    def make(page, language="da", handover=HANDOVER, duties=DUTIES):
        path = tmp_path / f"sheet{next(counter)}.pdf"
        handover_report(
            page, Words(language), handover=handover, duties=duties, author="Mette Holm Andersen",
            municipality="Sundvig Kommune", made_on=page.today, out=path,
        )  # fmt: skip
        return read(path)

    return make


def full() -> Course:
    """Karsten, with people and consents around him."""
    old = TODAY - D(400)
    return replace(
        karsten.COURSE,
        citizen=replace(karsten.COURSE.citizen, contact="Vil helst ringes op", interpreter="arabisk"),
        professionals=(
            Professional("c1", "p1", "Ida Ibsen", "psykolog", phone="00 00 11 22"),
            Professional("c1", "p2", "", "læge", "Lægehuset"),
        ),
        consents=(
            Consent("c1", "k1", old, "Ida Ibsen", "Fremmøde", TODAY + D(100)),
            Consent("c1", "k2", old, "Lægehuset", "Helbred", TODAY - D(4)),
        ),
        notes=(
            Note("c1", TODAY - D(20), "small_step", text="Kom til tiden tre gange"),
            Note("c1", TODAY - D(30), "screening", "fysioterapeut", "Ryggen låser", "Kan ikke løfte", "Holdtræning"),
        ),
        plan=(
            PlanItem("c1", old, "Et job på deltid", words="Noget med hænderne", kind="goal", id="g"),
            PlanItem("c1", old, agreement="Ringe til lægen", who="Borger", by=TODAY + D(3), kind="agreement", id="a"),
        ),
    )


def test_the_sheet_tells_the_story_so_that_the_citizen_need_not(sheet):
    told = sheet(page_of(full(), karsten.trajectory(), flags=(karsten.FLAG,)))
    text = told.flat()
    for wanted in (
        "Karsten Bøgh Mikkelsen", "tolk: arabisk", "Pernille Dahl overdrog til Mette Holm Andersen",
        "Årsag: Sygdom.", "I alt 2 skift", "Ring om formiddagen, tal langsomt.", "Vil helst ringes op",
        "Kom til tiden tre gange", "Opmærksomhedspunkt", "Et job på deltid", "Noget med hænderne", "Ringe til lægen",
        "Venter på smerteklinik", "Mindst 4 samtaler", "5 dage over", "9 dage tilbage", "Ryggen låser",
        "Kan ikke løfte", "Fremmøde, til", "udveksl intet", "Borgeren ved, hvem der tager over", "Mangler:",
    ):  # fmt: skip
        assert wanted in text, wanted
    assert "Klaret før" not in text
    assert int(told.info()["Pages"]) <= 2
    assert told.info()["Title"] == "Overdragelse: Karsten Bøgh Mikkelsen"
    assert all(embedded == "yes" for _, embedded in told.fonts())
    told.check()


def test_a_profession_and_a_time_are_said_in_the_readers_language(sheet):
    course = replace(
        full(),
        notes=(Note("c1", TODAY - D(30), "screening", "physiotherapist", limitation="Kan ikke løfte"),),
        conversations=(Conversation("c1", TODAY + D(4), "p", "planned", time="09:30"),),
    )
    text = sheet(page_of(course, karsten.trajectory())).flat()
    assert "Fysioterapeut, " in text and "Physiotherapist" not in text
    assert "kl. 09.30" in text


def test_it_speaks_english_too(sheet):
    text = sheet(page_of(full(), karsten.trajectory()), "en").flat()
    for wanted in ("Hand-over", "Pernille Dahl handed over to Mette Holm Andersen", "exchange nothing", "Still to do:"):
        assert wanted in text, wanted
    assert "Ringe til lægen Citizen 22 Nov 2026" in text, "who of the two does it is a word of the program's"


def test_a_very_long_case_still_fits_on_two_pages_and_says_what_is_left_out(sheet):
    course = full()
    crowded = replace(
        course,
        citizen=replace(course.citizen, note=LONG, contact=LONG),
        conversations=tuple(
            Conversation("c1", TODAY - D(7 * n), f"s{n}", "held", topic=LONG) for n in range(1, 60)
        ),
        plan=tuple(PlanItem("c1", TODAY - D(n), agreement=LONG, kind="agreement", id=f"a{n}") for n in range(1, 40)),
        professionals=tuple(Professional("c1", f"p{n}", f"Fagperson {n}", "læge") for n in range(30)),
        interventions=tuple(
            replace(karsten.COURSE.interventions[0], id=f"x{n}", end=None, reason=LONG) for n in range(20)
        ),
        assignments=tuple(Assignment("c1", f"k{n}", TODAY - D(30 * (40 - n))) for n in range(40)),
    )  # fmt: skip
    told = sheet(page_of(crowded, karsten.trajectory(), flags=(karsten.FLAG,)), handover=replace(HANDOVER, note=LONG))
    assert int(told.info()["Pages"]) <= 2
    assert "mere" in told.flat()


def test_a_new_citizen_s_sheet_says_what_there_is_not(sheet):
    page = page_of(Course(Citizen("c2", "H00099")), empty_trajectory())
    text = sheet(page, handover=None, duties=()).flat()
    for wanted in ("Borger H00099", "Der er ikke registreret en sagsbehandler", "Der står ikke noget i planen",
                   "Der er ingen frister lige nu", "Der er ikke holdt en samtale endnu"):  # fmt: skip
        assert wanted in text, wanted


def test_the_same_sheet_has_the_same_bytes(typical):
    def make():
        return handover_pdf(
            typical, Words("da"), handover=HANDOVER, duties=DUTIES, author="M", municipality="S", made_on=TODAY
        )  # fmt: skip

    assert make() == make()
