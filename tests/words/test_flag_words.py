"""What a flag says, over every kind, state, scale and language: short, plain, in the past, with its numbers."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest

from progression.analysis.values import Estimates, Flag, Trajectory
from progression.casework.values import Phase
from progression.scales import library
from progression.words import Words
from progression.words import flags as say

SCALES = dict(library.builtin())
KINDS = ("regression", "stagnation", "progression", "disagreement", "missing")
STATES = ("active", "passive", "waiting", "exempt")
CHANGED = dt.date(2025, 11, 12)
EVERY = [
    pytest.param(*case, id="-".join(str(part) for part in case))
    for case in itertools.product(("da", "en"), SCALES, KINDS, STATES, (False, True))
]


def a_flag(kind="regression", state="passive", scale="bip", **more):
    missing = kind == "missing"
    figures = {
        "baseline": 3.4, "level": 2.7, "change": -0.7, "change_sd": 0.24, "margin": 0.4,
        "evidence": 2.9,
    }  # fmt: skip
    if kind == "progression":
        figures |= {"baseline": 2.7, "level": 3.4, "change": 0.7}
    flag = Flag(
        id="0123456789abcdef",
        citizen="c",
        number="S0001",
        scale=scale,
        kind=kind,
        indicator=None,
        rater="both",
        phase=Phase(state, dt.date(2025, 9, 17), None),
        raised_on=dt.date(2026, 1, 23),
        suggestion=None,
        estimates="prior/0",
        rate_limit=0.12 if kind == "stagnation" else None,
        due=dt.date(2026, 1, 22) if missing else None,
        assessments_in_phase=4,
        numbers=(("c", 1.92),),
        **{name: None if missing else value for name, value in figures.items()},
    )
    return replace(flag, **more)


def lix(text: str) -> float:
    """Björnsson's readability: words per sentence plus the percentage of words longer than six letters."""
    plain = re.sub(r"(\d)\.(?=\s[a-zæøå])", r"\1", text)  # the dot of "7. marts" ends no sentence
    sentences = [part for part in re.split(r"[.:!?](?:\s|$)", plain) if part.strip()]
    words = re.findall(r"[^\W_]+(?:[-’'.,][^\W_]+)*", plain)
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize(("language", "scale", "kind", "state", "changed"), EVERY)
def test_a_flag_is_short_plain_and_about_the_past(language, scale, kind, state, changed):
    w = Words(language)
    flag = a_flag(kind, state, scale, caseworker_changed=CHANGED if changed else None)
    headline = say.headline(w, flag, SCALES[scale])
    text = say.explanation(w, flag, SCALES[scale])
    assert len(headline.split()) <= 15
    assert not headline.endswith(".")
    assert text.startswith(headline + ".")
    assert text.endswith(".")
    assert "{" not in text
    assert "  " not in text
    assert lix(text) <= 40
    forbidden = r"\b(risiko|risk|vil (falde|stige|blive)|will|forvent\w+|expect\w*|predict\w*|prognose|forecast)\b"
    assert not re.search(forbidden, text, re.IGNORECASE)
    assert 1 <= len(say.title(w, flag).split()) <= 4


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_headline_stays_short_for_every_indicator(language, kind):
    scale = SCALES["bip"]
    for indicator in scale.indicators:
        flag = a_flag(kind, indicator=indicator.code)
        assert len(say.headline(Words(language), flag, scale).split()) <= 15
        if kind in ("regression", "progression"):
            assert indicator.name[language] in say.headline(Words(language), flag, scale)


def test_what_is_said_of_a_fall_in_danish():
    w, scale = Words("da"), SCALES["bip"]
    flag = a_flag(caseworker_changed=CHANGED)
    assert say.headline(w, flag, scale) == "Niveauet er faldet siden 17. september 2025"
    text = say.explanation(w, flag, scale)
    for part in (
        "3,4",
        "2,7",
        "(0,4)",
        "ikke været en aktiv indsats siden 17. september 2025",
        "12. november 2025",
    ):
        assert part in text


def test_on_a_scale_where_lower_is_better_a_rise_is_the_regression():
    w, scale = Words("en"), SCALES["hamd"]
    assert "has risen" in say.headline(w, a_flag("regression", scale="hamd"), scale)
    assert "has fallen" in say.headline(w, a_flag("progression", scale="hamd"), scale)


def test_stagnation_in_an_intervention_names_stopping_as_something_to_consider():
    text = say.explanation(Words("da"), a_flag("stagnation", "active"), SCALES["bip"])
    assert "overvej at justere eller stoppe" in text.lower()


@pytest.mark.parametrize(
    ("suggestion", "danish"),
    [
        ("start", "Forslag: Start"),
        ("continue", "Forslag: Fortsæt"),
        ("adjust", "Forslag: Justér"),
        (None, ""),
    ],
)
def test_suggestions(suggestion, danish):
    assert say.suggestion(Words("da"), a_flag(suggestion=suggestion)) == danish


def test_an_exemption_is_to_be_taken_up_and_nothing_is_ever_stopped_by_suggestion():
    assert "fritagelse" in say.suggestion(Words("da"), a_flag(suggestion="review")).lower()
    assert "stop" not in " ".join(say.suggestion(Words("en"), a_flag(suggestion=s)) for s in ("start", "adjust"))


def test_the_false_alarm_rate_is_told_for_a_caseload():
    estimates = Estimates("bip", None, 0, "prior", 10.0, 1.9, 2.0, rates={"10": {"real": 0.64}, "5": {"real": 0.75}})
    assert say.rate(Words("en"), estimates) == (
        "Each year in a caseload of 50: about 5 without a reason; of 10 attention points about 6 are right (in "
        "simulation)."
    )
    assert say.rate(Words("da"), replace(estimates, false_alarms_per_100_years=5.0)) == (
        "Om året i en sagsstamme på 50: ca. 2–3 uden grund; af 10 opmærksomhedspunkter er ca. 8 rigtige (i simulation)."
    )
    assert say.rate(Words("en"), replace(estimates, rates={})) == (
        "Each year in a caseload of 50: about 5 without a reason (in simulation)."
    )


def trajectory(**more):
    plain = Trajectory(
        "c",
        "bip",
        dt.date(2026, 5, 1),
        (),
        (),
        (),
        (),
        "regression",
        2.7,
        -0.84,
        0.2,
        dt.date(2025, 12, 20),
        5,
    )
    return replace(plain, **more)


@pytest.mark.parametrize(
    ("more", "word", "detail"),
    [
        ({}, "Tilbagegang", "−0,8 siden dec."),
        ({"standing": "too_few", "rounds": 2}, "For få målinger", "2 af mindst 3"),
        (
            {"standing": "unknown_since", "unknown_since": dt.date(2025, 11, 7)},
            "Vi ved det ikke",
            "siden 7. nov.",
        ),
        ({"standing": "unclear", "change": None}, "For tidligt at sige", ""),
        ({"standing": "unclear", "change": None, "since": dt.date(2025, 8, 1)}, "Uafklaret", ""),
        ({"standing": "unclear", "change": None, "since": dt.date(2025, 8, 2)}, "For tidligt at sige", ""),
    ],
)
def test_where_things_stand_in_a_word(more, word, detail):
    w = Words("da")
    shown = say.standing(w, trajectory(**more))
    assert (shown, say.standing_detail(w, trajectory(**more))) == (word, detail)


def test_ceiling_and_floor_are_said_instead_of_a_standstill_or_a_fall():
    w = Words("en")
    assert say.standing(w, trajectory(standing="stagnation", ceiling=True)) == "Holds the level"
    assert say.standing(w, trajectory(standing="regression", floor=True)) == "Cannot be measured lower"
    assert say.standing(w, trajectory(standing="too_few", floor=True)) == "Too few measurements"


def test_near_the_floor_what_is_overdue_or_has_risen_is_said_all_the_same():
    w = Words("en")
    assert say.standing(w, trajectory(standing="unknown_since", floor=True)) == "Not known"
    assert say.standing(w, trajectory(standing="progression", floor=True)) == "Progression"


def test_a_list_has_a_word_for_every_suggestion():
    assert {key: Words("da").t(text) for key, text in say.SUGGESTIONS.items()} == {
        "start": "Start",
        "continue": "Fortsæt",
        "adjust": "Justér",
        "stop": "Stop",
        "review": "Tag fritagelsen op",
    }
