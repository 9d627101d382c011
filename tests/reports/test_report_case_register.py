"""*Til sagen*: the span, everybody who was the caseworker, categories, what came of decisions, corrections, all
answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import karsten
import pytest

from progression.casework.values import Assessment, CategoryMembership
from progression.scales.library import builtin

WHEN = datetime(2026, 5, 27, 9, 12, tzinfo=UTC)
HAMILTON = next(one for one in builtin().values() if one.direction == "lower")


@dataclass(frozen=True)
class Corrected:
    """As `desk.corrections` hands them."""

    what: str = "answer"
    indicator: str = "netvaerk"
    before: int | str | None = 2
    after: int | str | None = 3
    rater: str = "caseworker"
    came_back: bool = False
    who: str = "Mette Holm Andersen"
    when: datetime = WHEN
    day: date = date(2026, 5, 26)
    scale: str = "bip"


def told(printed, page, *found, language="da"):
    return " ".join(printed(page, language, corrections=found).text("-raw").split())


def test_who_corrected_what_when_from_what_to_what(typical, printed):
    text = told(
        printed, typical,
        Corrected(),
        Corrected(rater="citizen", indicator="helbredsmestring", before="declined", after=4),
        Corrected(before=None, after="not_rated"),
        Corrected(what="date", indicator="", before="2026-05-20", after="2026-05-26"),
        Corrected(what="mode", indicator="", before="self", after="phone"),
        Corrected(what="note", before=None, after="En nabo"),
        Corrected(what="remark", indicator="", before="Gik godt", after="Gik"),
        Corrected(what="all", indicator="", before=None, after=None),
        Corrected(what="all", indicator="", before=None, after=None, came_back=True),
        Corrected(before=3, after=2, came_back=True),
    )  # fmt: skip
    assert "Intet svar er rettet" not in text
    for said in (
        "Hvornår Hvem Hvad Fra Til",
        "Mette Holm Andersen 26. maj 2026, sagsbehandler: Netværk og støtte 2 3",
        "26. maj 2026, borger: Helbredsmestring ønsker ikke 4",
        "ikke spurgt ikke vurderet",
        "Dato 20. maj 2026 26. maj 2026",
        "Svarer selv Pr. telefon",
        "Note til Netværk og støtte ingenting En nabo",
        "Note til det hele Gik godt Gik",
        "Hele vurderingen – taget tilbage",
        "taget tilbage sat ind igen",
        "3 2 (fortrudt)",
    ):
        assert said in text, said


def test_english_too(typical, printed):
    text = told(printed, typical, Corrected(before="declined", after=4), language="en")
    assert "When Who What From To" in text and "26 May 2026, caseworker: Network and support" in text
    assert "What came of the decisions" in text and "The case has run since 12 August 2024." in text


def test_what_the_citizen_is_never_shown_and_what_came_later_is_not_in_it(typical, printed):
    late = replace(Corrected(), who="Senere Testesen", when=datetime(2026, 11, 21, 9, tzinfo=UTC))
    text = told(printed, typical, Corrected(indicator="sagsbehandlers_tro", before=1, after=5), late)
    assert "Intet svar er rettet." in text and "Senere Testesen" not in text
    assert "tro på job" not in text


def test_what_came_of_a_decision_in_a_person_s_words(typical, printed):
    first, *rest = typical.course.decisions
    said = replace(first, outcome="Småjobbet kom i gang.", outcome_date=date(2026, 6, 1))
    page = replace(typical, course=replace(typical.course, decisions=(said, *rest)))
    text = told(printed, page)
    assert "1. juni 2026: Småjobbet kom i gang." in text
    later = replace(first, outcome="Det ved ingen endnu", outcome_date=date(2027, 1, 1))
    page = replace(typical, course=replace(typical.course, decisions=(later, *rest)))
    assert "Det ved ingen" not in told(printed, page)


def test_every_category_and_a_closed_case(typical, printed):
    mine = (
        CategoryMembership("c1", "tæt på", date(2024, 9, 1), date(2025, 8, 31)),
        CategoryMembership("c1", "behov for støtte", date(2025, 9, 1)),
        CategoryMembership("c1", "først senere", date(2027, 1, 1)),
    )
    citizen = replace(typical.course.citizen, case_closed=date(2026, 10, 1))
    text = told(printed, replace(typical, course=replace(typical.course, categories=mine, citizen=citizen)))
    assert "tæt på 1. sep. 2024 til 31. aug. 2025" in text and "behov for støtte siden 1. sep. 2025" in text
    assert "først senere" not in text
    assert "Sagen løb fra 12. august 2024 til 1. oktober 2026." in text


def test_nobody_yet(blank, printed):
    text = told(printed, blank)
    assert "Der er ikke registreret en sagsbehandler." in text and "Intet svar er rettet." in text
    assert "Hvad der kom ud af beslutningerne" not in text


@pytest.mark.parametrize("value", [7, 52])
def test_answers_on_every_scale_that_was_used(typical, printed, value):
    code = HAMILTON.indicators[0].code
    row = Assessment("c1", "caseworker", HAMILTON.id, date(2026, 3, 3), {code: value})
    course = replace(typical.course, assessments=(*typical.course.assessments, row))
    page = replace(typical, course=course, scales={**typical.scales, "bip": karsten.BIP, HAMILTON.id: HAMILTON})
    text = told(printed, page)
    assert HAMILTON.name["da"] in text
    assert f"Sagsbehandler {value}" in text
