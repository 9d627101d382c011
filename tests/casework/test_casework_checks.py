"""What is wrong with a value, whether it was typed or imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.casework import checks
from progression.casework.types import intervention_types
from progression.casework.values import (
    DECLINED,
    NOT_RATED,
    Assessment,
    Assignment,
    CaseReview,
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Decision,
    Handover,
    Intervention,
    Note,
    Offer,
    PlanItem,
    Professional,
    Provider,
)
from progression.errors import Fault
from progression.scales.library import builtin

BIP, HAMD, TYPES = builtin()["bip"], builtin()["hamd"], intervention_types()
TODAY, DAY, BEFORE, AFTER = date(2026, 11, 22), date(2026, 3, 7), date(2026, 3, 6), date(2026, 12, 1)


def what(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.key, fault.what) for fault in faults]


# answers


@pytest.mark.parametrize("value", [1, 3, 5, NOT_RATED, DECLINED])
def test_a_step_and_the_two_other_answers_are_fine(value: object) -> None:
    assert checks.answer(BIP, "citizen", "netvaerk", value) == ()


@pytest.mark.parametrize(
    ("value", "fault"),
    [(0, "score"), (6, "score"), (-1, "score"), (2.5, "not_whole"), (3.0, "not_whole"), (True, "not_whole"),
     ("3", "not_whole"), (None, "not_whole")],
)  # fmt: skip
def test_anything_else_is_not(value: object, fault: str) -> None:
    (found,) = checks.answer(BIP, "caseworker", "netvaerk", value)
    assert (found.key, found.what) == ("answers.netvaerk", f"fault.{fault}")
    assert found.expected == {"minimum": 1, "maximum": 5}


@pytest.mark.parametrize("code", ["arbejdsidentitet", "sagsbehandlers_tro"])
def test_the_citizen_is_not_asked_what_only_the_caseworker_rates(code: str) -> None:
    (found,) = checks.answer(BIP, "citizen", code, 3)
    assert (found.what, found.expected["choices"]) == ("fault.not_rated_by", ("caseworker",))
    assert checks.answer(BIP, "caseworker", code, 3) == ()


def test_an_indicator_that_is_not_there_is_named_with_those_that_are() -> None:
    (found,) = checks.answer(HAMD, "caseworker", "netvaerk", 3)
    assert (found.key, found.value, found.expected) == (
        "indicator",
        "netvaerk",
        {"scale": "hamd", "choices": ("total",)},
    )


@pytest.mark.parametrize(("text", "answer"), [("3", 3), (" 5 ", 5), ("", NOT_RATED), ("  ", NOT_RATED), ("03", 3)])
def test_scores_as_written(text: str, answer: object) -> None:
    assert checks.read_score(BIP, "caseworker", "netvaerk", text) == (answer, ())


@pytest.mark.parametrize(
    ("text", "fault"),
    [("6", "score"), ("-1", "score"), ("2,5", "not_whole"), ("2.5", "not_whole"), ("3.0", "not_whole"),
     ("tre", "not_whole"), ("-", "not_whole"), ("--1", "not_whole"), ("³", "not_whole"), ("٣", "not_whole"),
     ("9" * 6000, "not_whole"), ("not_rated", None)],
)  # fmt: skip
def test_scores_that_are_none(text: str, fault: str | None) -> None:
    answer, faults = checks.read_score(BIP, "caseworker", "netvaerk", text)
    assert [f.what for f in faults] == ([f"fault.{fault}"] if fault else [])
    assert answer == (None if fault else NOT_RATED)


@given(st.text(max_size=8))
def test_every_text_is_an_answer_or_a_fault(text: str) -> None:
    answer, faults = checks.read_score(BIP, "caseworker", "netvaerk", text)
    assert (answer is None) == bool(faults)


def test_an_assessment_is_checked_whole() -> None:
    fine = Assessment("c", "citizen", "bip", DAY, {"netvaerk": 4}, mode="phone", notes={"netvaerk": "ringer"})
    assert checks.assessment(fine, BIP, TODAY) == ()
    odd = replace(fine, date=AFTER, mode="letter", answers={"netvaerk": 9, "x": 1}, notes={"y": ""})  # type: ignore[arg-type]
    assert what(checks.assessment(odd, BIP, TODAY)) == [
        ("date", "fault.future"),
        ("mode", "fault.choice"),
        ("answers.netvaerk", "fault.score"),
        ("indicator", "fault.indicator"),
        ("notes.y", "fault.indicator"),
    ]
    assert what(checks.assessment(replace(fine, answers={}, notes={}), BIP, TODAY)) == [("answers", "fault.no_answers")]


# interventions


def running(**fields: Any) -> Intervention:
    return replace(Intervention("c", "1", "mentor", DAY), **fields)


def test_an_intervention_that_is_fine() -> None:
    assert checks.intervention(running(end=DAY, planned_end=AFTER, hours_per_week=2.5), TYPES) == ()


@pytest.mark.parametrize(
    ("fields", "key", "fault"),
    [
        ({"end": BEFORE}, "end", "fault.before"),
        ({"planned_end": BEFORE}, "planned_end", "fault.before"),
        ({"review_date": BEFORE}, "review_date", "fault.before"),
        ({"type": "findes_ikke"}, "type", "fault.intervention_type"),
        ({"start": date(206, 3, 7)}, "start", "fault.too_early"),
        ({"hours_per_week": -1.0}, "hours_per_week", "fault.range"),
        ({"hours_per_week": 169.0}, "hours_per_week", "fault.range"),
        ({"hours_per_week": float("nan")}, "hours_per_week", "fault.range"),
    ],
)
def test_an_intervention_that_is_not(fields: dict[str, Any], key: str, fault: str) -> None:
    found = checks.intervention(running(**fields), TYPES)
    assert what(found) == [(key, fault)]
    assert checks.blocking(found) == found


def test_an_exemption_without_a_review_date_is_said_but_stops_nothing() -> None:
    found = checks.intervention(running(type="fritaget"), TYPES)
    assert what(found) == [("review_date", "fault.no_review")]
    assert checks.blocking(found) == ()
    assert checks.intervention(running(type="fritaget", review_date=AFTER), TYPES) == ()


def test_who_types_an_exemption_that_runs_gives_it_a_review_date() -> None:
    found = checks.intervention(running(type="fritaget"), TYPES, typed=True)
    assert what(checks.blocking(found)) == [("review_date", "fault.no_review")]
    over = checks.intervention(running(type="fritaget", end=AFTER), TYPES, typed=True)
    assert checks.blocking(over) == ()


def test_an_end_before_the_start_names_both_dates() -> None:
    (found,) = checks.intervention(running(end=BEFORE), TYPES)
    assert (found.value, found.expected) == (BEFORE, {"field": "start", "date": DAY})


# the rest


def test_a_citizen() -> None:
    fine = Citizen("c", "H1", born=date(1961, 7, 7), cpr="070761-4285", benefit_start=DAY)
    assert checks.citizen(fine, TODAY) == ()
    odd = replace(fine, number=" ", cpr="999", born=AFTER, case_closed=BEFORE)
    assert what(checks.citizen(odd, TODAY)) == [
        ("number", "fault.empty"),
        ("cpr", "fault.cpr"),
        ("born", "fault.future"),
        ("benefit_start", "fault.before"),
        ("case_closed", "fault.before"),
    ]
    assert checks.blocking(checks.citizen(replace(fine, cpr="070761-4286"), TODAY)) == ()


def test_assignments_and_categories() -> None:
    assert checks.assignment(Assignment("c", "anna", DAY)) == ()
    odd = Assignment("c", "", DAY, BEFORE, "boss")
    assert what(checks.assignment(odd)) == [
        ("caseworker", "fault.empty"), ("end", "fault.before"), ("role", "fault.choice"),
    ]  # fmt: skip
    assert checks.category(CategoryMembership("c", "match 2", DAY, DAY)) == ()
    assert what(checks.category(CategoryMembership("c", "", DAY, BEFORE))) == [
        ("category", "fault.empty"), ("end", "fault.before"),
    ]  # fmt: skip


def test_a_conversation_that_was_held_cannot_be_tomorrow() -> None:
    assert checks.conversation(Conversation("c", AFTER, status="planned"), TODAY) == ()
    odd = Conversation("c", AFTER, status="held", form="letter")
    assert what(checks.conversation(odd, TODAY)) == [("date", "fault.future"), ("form", "fault.choice")]


def test_a_plan_says_something_about_an_indicator_that_exists() -> None:
    assert checks.plan_item(PlanItem("c", DAY, goal="Cykle", indicator="hverdagsmestring", by=AFTER), BIP, TODAY) == ()
    assert what(checks.plan_item(PlanItem("c", DAY, indicator="x", by=BEFORE), BIP, TODAY)) == [
        ("goal", "fault.empty"), ("indicator", "fault.indicator"), ("by", "fault.before"),
    ]  # fmt: skip


def test_notes_and_decisions() -> None:
    assert checks.note(Note("c", DAY, "small_step", text="Tog bussen"), TODAY) == ()
    assert what(checks.note(Note("c", AFTER, "x", text=" "), TODAY)) == [
        ("date", "fault.future"), ("kind", "fault.choice"), ("text", "fault.empty"),
    ]  # fmt: skip
    for about in ("citizen", "flag:a1", "intervention:7"):
        assert checks.decision(Decision("c", DAY, about, "stop", follow_up=AFTER), TODAY) == ()
    for about in ("", "flag:", "flag", "person:a", "citizen:1"):
        assert what(checks.decision(Decision("c", DAY, about, "stop"), TODAY)) == [("about", "fault.about")]
    odd = Decision("c", DAY, "citizen", "predict", follow_up=BEFORE)  # type: ignore[arg-type]
    assert what(checks.decision(odd, TODAY)) == [("choice", "fault.choice"), ("follow_up", "fault.before")]


def test_a_fault_keeps_what_a_person_wrote_out_of_its_repr() -> None:
    (found,) = checks.answer(BIP, "citizen", "netvaerk", 77)
    assert "77" not in repr(found)


# the register


@pytest.mark.parametrize(
    ("fields", "key", "fault"),
    [
        ({"sector": "church"}, "sector", "fault.choice"),
        ({"ordinary_hours": 169.0}, "ordinary_hours", "fault.range"),
        ({"expected_start": BEFORE}, "expected_start", "fault.before"),
        ({"planned_end": date(2206, 3, 7)}, "planned_end", "fault.too_late"),
        ({"start": date(2037, 1, 1)}, "start", "fault.too_late"),
    ],
)
def test_what_else_an_intervention_cannot_be(fields: dict[str, Any], key: str, fault: str) -> None:
    assert what(checks.intervention(running(**fields), TYPES, TODAY)) == [(key, fault)]


def test_an_intervention_does_not_run_beside_itself() -> None:
    one = running(end=AFTER, provider="Gården")
    twin = replace(one, id="2", start=AFTER, end=None)
    (found,) = checks.overlapping(twin, [one])
    assert (found.key, found.what, found.expected) == ("start", "fault.overlaps_itself", {"date": DAY, "end": AFTER})
    assert checks.overlapping(one, [one]) == ()
    assert checks.overlapping(replace(twin, provider="Andre"), [one]) == ()
    assert checks.overlapping(replace(twin, type="ips"), [one]) == ()
    assert checks.overlapping(replace(twin, start=date(2026, 12, 2)), [one]) == ()


def test_two_cannot_be_responsible_on_one_day() -> None:
    anna = Assignment("c", "anna", DAY, AFTER, event="e1")
    bo = Assignment("c", "bo", AFTER)
    (found,) = checks.two_responsible(bo, [anna])
    assert (found.what, found.expected["caseworker"]) == ("fault.two_responsible", "anna")
    assert checks.two_responsible(replace(bo, role="job"), [anna]) == ()
    assert checks.two_responsible(bo, [replace(anna, role="mentor")]) == ()
    assert checks.two_responsible(replace(bo, start=date(2026, 12, 2)), [anna]) == ()
    assert checks.two_responsible(replace(anna, caseworker="bo"), [anna]) == ()  # a correction of the same row
    assert what(checks.assignment(replace(bo, planned="maybe"))) == [("planned", "fault.choice")]  # type: ignore[arg-type]


def test_an_outcome_belongs_to_a_closed_case() -> None:
    closed = Citizen("c", "H1", case_closed=DAY, outcome="flexjob")
    assert checks.citizen(closed, TODAY) == ()
    found = checks.citizen(replace(closed, case_closed=None), TODAY)
    assert what(found) == [("outcome", "fault.outcome_open")] and checks.blocking(found) == ()
    assert what(checks.citizen(replace(closed, outcome="rich"), TODAY)) == [("outcome", "fault.choice")]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("time", "fine"),
    [("", True), ("09:30", True), ("23:59", True), ("9:30", False), ("24:00", False), ("09:60", False), ("nu", False),
     ("٠٩:30", False)],
)  # fmt: skip
def test_the_time_of_a_conversation(time: str, fine: bool) -> None:
    found = checks.conversation(Conversation("c", DAY, time=time), TODAY)
    assert what(found) == ([] if fine else [("time", "fault.time")])
    assert what(checks.conversation(Conversation("c", DAY, minutes=-1.0), TODAY)) == [("minutes", "fault.range")]


def test_plans_notes_and_decisions_of_the_register() -> None:
    assert checks.plan_item(PlanItem("c", DAY, words="Ud blandt folk", kind="goal", side="citizen"), BIP, TODAY) == ()
    odd = PlanItem("c", DAY, goal="x", kind="wish", side="mayor")  # type: ignore[arg-type]
    assert what(checks.plan_item(odd, BIP, TODAY)) == [("kind", "fault.choice"), ("side", "fault.choice")]
    assert checks.note(Note("c", DAY, "screening", limitation="Ryg"), TODAY) == ()
    came = Decision("c", DAY, "citizen", "stop", outcome="Bedre", outcome_date=DAY)
    assert checks.decision(came, TODAY) == ()
    assert what(checks.decision(replace(came, outcome_date=BEFORE), TODAY)) == [("outcome_date", "fault.before")]
    assert what(checks.decision(replace(came, outcome_date=AFTER), TODAY)) == [("outcome_date", "fault.future")]


def test_offers_and_providers() -> None:
    assert checks.offer(Offer("o", "Køkken", "mentor", places=0.0), TYPES) == ()
    odd = Offer("o", " ", "x", places=-1.0, start=DAY, end=BEFORE)
    assert what(checks.offer(odd, TYPES)) == [
        ("name", "fault.no_name"), ("type", "fault.intervention_type"), ("places", "fault.range"),
        ("end", "fault.before"),
    ]  # fmt: skip
    assert checks.provider(Provider("p", "Gården")) == ()
    assert what(checks.provider(Provider("p"))) == [("name", "fault.no_name")]


def test_who_is_around_the_citizen() -> None:
    assert checks.professional(Professional("c", "p", profession="Læge")) == ()
    assert what(checks.professional(Professional("c", "p", start=DAY, end=BEFORE))) == [
        ("name", "fault.no_name"), ("end", "fault.before"),
    ]  # fmt: skip
    fine = Consent("c", "s", DAY, "Lægen", "Helbred", AFTER)
    assert checks.consent(fine, TODAY) == ()
    assert what(checks.consent(Consent("c", "s", AFTER, until=DAY, withdrawn=DAY), TODAY)) == [
        ("start", "fault.future"), ("whom", "fault.empty"), ("what", "fault.empty"), ("until", "fault.before"),
        ("withdrawn", "fault.before"),
    ]  # fmt: skip
    found = checks.consent(replace(fine, until=None), TODAY)
    assert what(found) == [("until", "fault.no_until")] and checks.blocking(found) == ()


def test_handovers_and_reviews() -> None:
    assert checks.handover(Handover("c", "h", AFTER, "anna", "bo", planned="planned"), TODAY) == ()
    assert what(checks.handover(Handover("c", "h", DAY, "anna", "anna"), TODAY)) == [("to_person", "fault.same_person")]
    assert what(checks.handover(Handover("c", "h", date(2099, 1, 1), "anna"), TODAY)) == [
        ("date", "fault.too_late"), ("to_person", "fault.empty"),
    ]  # fmt: skip
    assert checks.review(CaseReview("c", "r", DAY, "bo"), TODAY) == ()
    assert what(checks.review(CaseReview("c", "r", AFTER), TODAY)) == [
        ("date", "fault.future"), ("reviewer", "fault.empty"),
    ]  # fmt: skip
