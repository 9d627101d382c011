"""The text for the journal: plain sentences in both languages, and nothing that the citizen is not shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from progression.analysis.values import Flag, Trajectory
from progression.casework.plan import Item
from progression.casework.values import Citizen, Conversation, Course, Decision, Phase, PlanItem
from progression.desk.journalnote import joined, journal_note
from progression.desk.pages import Finished, Moved
from progression.scales import library
from progression.words import Words

BIP = library.builtin()["bip"]
DAY, BEFORE = dt.date(2026, 11, 19), dt.date(2026, 8, 25)
PHASE = Phase("passive", dt.date(2025, 12, 20), None)
TRAJECTORY = Trajectory("c", "bip", DAY, (), (), (), (PHASE,), "regression", 2.9, -0.7, 0.3, PHASE.start, 10)
WHOLE = Moved(None, 2.8, 2.9, None, None, False, 0.1, 0.4)
NETWORK = Moved("netvaerk", 2, 4, 2, 4, True, 2.0)
GOAL = Moved("maalrettethed", 2, 3, 3, 4, False, 1.0)
HEALTH = Moved("helbredsmestring", 2, 2, 3, 3, False, 0.0)
BELIEF = Moved("sagsbehandlers_tro", 1, 5, None, None, False, 4.0)
FLAG = Flag("f", "c", "H1", "bip", "regression", None, "both", PHASE, DAY, 3.6, 2.9, -0.7, 0.3, 0.4, 2.3, "start")


def finished(**more):
    fields = {
        "citizen": "c",
        "name": "Karsten Bøgh Mikkelsen",
        "scale": BIP,
        "day": DAY,
        "before": BEFORE,
        "answered": {"caseworker": (10, 11), "citizen": (9, 9)},
        "moved": (WHOLE, NETWORK, GOAL, HEALTH, BELIEF),
        "apart": (("hverdagsmestring", 2, 4),),
        "trajectory": TRAJECTORY,
        "flags": (),
    } | more
    return Finished(**fields)


def test_the_whole_note_in_danish():
    assert journal_note(finished(), Words("da")) == (
        "Samtale 19. november 2026. Sagsbehandleren har vurderet 10 af 11 indikatorer, og borgeren har svaret på "
        "9 af 9. Netværk og støtte er steget siden 25. august 2026 (sagsbehandler fra 2 til 4, borger fra 2 til 4); "
        "det kan måles. "
        "Øvrige ændringer er inden for usikkerheden. "
        "Hele skalaen gik fra 2,8 til 2,9, og det er inden for usikkerheden (±0,4). "
        "Vi ser forskelligt på hverdagsmestring (sagsbehandler 2, borger 4)."
    )


def test_the_same_in_english():
    text = journal_note(finished(), Words("en"))
    assert text.startswith("Conversation 19 November 2026. The caseworker rated 10 of 11 indicators")
    assert "Network and support: a rise since 25 August 2026" in text and "(±0.4)" in text


def test_a_fall_is_called_a_fall():
    row = replace(NETWORK, caseworker_before=4, caseworker_now=2, citizen_before=4, citizen_now=2, change=-2.0)
    assert "er faldet siden" in journal_note(finished(moved=(WHOLE, row)), Words("da"))


def test_the_caseworkers_belief_never_reaches_the_journal():
    with_belief = finished(
        moved=(WHOLE, BELIEF, HEALTH),
        apart=(("sagsbehandlers_tro", 1, 5),),
        flags=(replace(FLAG, indicator="sagsbehandlers_tro"),),
    )
    text = journal_note(with_belief, Words("da"))
    assert "tro på job" not in text and "Ingen indikator har ændret sig." in text and "forskelligt" not in text


def test_a_whole_scale_that_moved_names_its_margin():
    whole = replace(WHOLE, caseworker_before=3.6, measurable=True, change=-0.7)
    assert "gik fra 3,6 til 2,9; det kan måles (margin 0,4)." in journal_note(finished(moved=(whole,)), Words("da"))


def test_open_attention_points_are_named_as_everywhere_else():
    assert journal_note(finished(flags=(FLAG,)), Words("da")).endswith("Niveauet er faldet siden 20. december 2025.")


@pytest.mark.parametrize(
    ("answered", "says"),
    [
        ({"caseworker": (3, 11)}, "Sagsbehandleren har vurderet 3 af 11 indikatorer."),
        ({"citizen": (9, 9)}, "Borgeren har svaret på 9 af 9 spørgsmål."),
    ],
)
def test_one_rater_alone(answered, says):
    assert says in journal_note(finished(answered=answered, apart=()), Words("da"))


def test_the_first_conversation_says_so():
    text = journal_note(finished(before=None, moved=(replace(WHOLE, margin=None),), apart=()), Words("da"))
    assert "Der er ingen tidligere vurdering at sammenligne med." in text and "Hele skalaen" not in text


def test_the_name_is_never_in_the_text():
    for language in ("da", "en"):
        assert "Karsten" not in journal_note(finished(flags=(FLAG,)), Words(language))


def test_lists_are_written_as_people_write_them():
    w = Words("da")
    assert [joined(list(parts), w) for parts in ("", "a", "ab", "abc")] == ["", "a", "a og b", "a, b og c"]


def held(**more):
    """A course with a conversation that was held that day, two decisions, what stands agreed and the next talk."""
    fields = {
        "form": "phone", "participants": "mentor", "topic": "Praktik", "outcome": "Prøver en uge mere.",
    } | more  # fmt: skip
    return Course(
        Citizen("c", "H1"),
        conversations=(
            Conversation("c", DAY, "a", "held", **fields),
            Conversation("c", DAY, "b", "cancelled", topic="Aflyst"),
        ),
        decisions=(
            Decision("c", BEFORE, "citizen", "continue", "før"),
            Decision("c", DAY, "citizen", "adjust", "færre timer"),
            Decision("c", DAY + dt.timedelta(9), "citizen", "stop", "senere"),
        ),
    )


def agreed():
    item = PlanItem("c", BEFORE, agreement="Ring til Mette", who="Karsten", id="x", event="e1")
    return finished(agreed=(Item(item, ()),), coming=Conversation("c", dt.date(2027, 2, 18), status="planned"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", (
            "Samtale 19. november 2026 (telefonsamtale).", "Andre, der deltog: mentor. Praktik. Prøver en uge mere.",
            "Sagsbehandleren har vurderet 10 af 11", "Vi ser forskelligt på",
            "Besluttet: Justér, 19. november 2026; færre timer.", "Fortsat aftalt: Ring til Mette (Karsten).",
            "Næste samtale 18. februar 2027.",
        )),
        ("en", (
            "Conversation 19 November 2026 (by phone).", "Others who took part: mentor.",
            "The caseworker rated 10 of 11", "We see it differently",
            "Decided: Adjust, 19 November 2026; færre timer.", "Still agreed: Ring til Mette (Karsten).",
            "Next conversation 18 February 2027.",
        )),
    ],
)  # fmt: skip
def test_all_that_the_conversation_was_stands_in_the_note_in_order(language, said):
    text = journal_note(agreed(), Words(language), held(), DAY)
    place = -1
    for part in said:
        assert text.find(part) > place, f"{part!r} is missing or out of place in {text!r}"
        place = text.find(part)
    for other in ("Aflyst", "før", "senere"):
        assert other not in text


def test_a_day_nobody_registered_as_a_conversation_is_still_one():
    course = Course(Citizen("c", "H1"))
    assert journal_note(finished(), Words("da"), course, DAY) == journal_note(finished(), Words("da"))
