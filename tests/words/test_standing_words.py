"""Where things stand when nothing is pointed out: each state in its own words, short, plain, with its figures."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest
from test_flag_words import lix
from why_flags import ESTIMATES, SCALES

from progression.analysis.values import Observation, Trajectory
from progression.words import LANGUAGES, Words, flags, standings

BIP = SCALES["bip"]
PLAIN = Trajectory(
    "c", "bip", dt.date(2026, 11, 19), (Observation(dt.date(2026, 8, 25), "caseworker", 2.4, 10),), (), (), (),
    "unclear", 2.9, -0.21, 0.24, dt.date(2025, 12, 20), 5,
)  # fmt: skip
STATES = {
    "too few": {"standing": "too_few", "rounds": 2, "change": None, "change_sd": None},
    "unknown": {"standing": "unknown_since", "unknown_since": dt.date(2026, 5, 7)},
    "unclear": {},
    "too early": {"since": dt.date(2026, 4, 1)},
    "no answers": {"change": None, "change_sd": None, "since": dt.date(2026, 10, 1)},
    "floor": {"floor": True, "level": 1.15},
    "floor, fallen": {"floor": True, "level": 1.1, "standing": "regression", "change": -0.6},
    "ceiling": {"standing": "stagnation", "ceiling": True, "level": 4.9},
    "standstill": {"standing": "stagnation", "change": 0.05},
    "regression": {"standing": "regression", "change": -0.81},
    "progression": {"standing": "progression", "change": 0.62},
}
WORDS = {
    "too few": "For få målinger",
    "unknown": "Vi ved det ikke",
    "unclear": "Uafklaret",
    "too early": "For tidligt at sige",
    "no answers": "For tidligt at sige",
    "floor": "Kan ikke måles lavere",
    "floor, fallen": "Kan ikke måles lavere",
    "ceiling": "Holder niveauet",
    "standstill": "Stilstand",
    "regression": "Tilbagegang",
    "progression": "Fremgang",
}


def said(language, name, scale="bip"):
    found = replace(PLAIN, **STATES[name])
    if scale != "bip":
        found = replace(found, scale=scale, level=20.0 if found.level else None)
    return standings.explanation(Words(language), found, SCALES[scale], replace(ESTIMATES, scale=scale))


@pytest.mark.parametrize(("language", "name", "scale"), list(itertools.product(LANGUAGES, STATES, SCALES)))
def test_every_state_has_its_own_short_explanation(language, name, scale):
    text = " ".join(said(language, name, scale))
    assert 20 < len(text) < 420
    assert lix(text) < 40, (lix(text), text)
    assert text.endswith(".") and "{" not in text and "None" not in text
    assert not re.search(r"\b(risiko|risk|will|vil blive|forvent\w+|predict\w*)\b", text, re.IGNORECASE)


@pytest.mark.parametrize("name", STATES)
def test_the_word_of_every_state(name):
    assert flags.standing(Words("da"), replace(PLAIN, **STATES[name])) == WORDS[name]


@pytest.mark.parametrize("name", ["regression", "progression", "floor, fallen", "standstill"])
def test_only_what_is_unclear_is_called_so(name):
    assert "uafklaret" not in " ".join(said("da", name))


def test_no_two_states_say_the_same():
    told = [" ".join(said("da", name)) for name in STATES]
    assert len(set(told)) == len(told)


def test_unclear_is_a_correct_answer_and_never_called_steady():
    assert "det er det rigtige svar" in " ".join(said("da", "unclear"))
    assert "ikke det samme som stilstand" in " ".join(said("da", "unknown"))
    assert "ikke det samme som stabilt" in " ".join(said("da", "floor"))
    assert "For tidligt" not in " ".join(said("da", "unclear"))
    assert "før en periode har varet ni måneder" in " ".join(said("da", "too early"))


@pytest.mark.parametrize("change", [-0.399, -0.24, -0.05, 0.0, 0.11, 0.3])
@pytest.mark.parametrize("sd", [0.05, 0.24, 0.5])
def test_the_comparison_comes_true_as_printed(change, sd):
    found = replace(PLAIN, change=change, change_sd=sd, since=dt.date(2025, 1, 1))
    text = " ".join(standings.explanation(Words("en"), found, BIP, ESTIMATES))
    if "is more than" in text:
        pattern = r"is [−+]?([\d.]+)\. The measurement usually swings ±([\d.]+)\. ([\d.]+) is more than ([\d.]+)\."
        moved, swing, one, other = (float(n) for n in re.search(pattern, text).groups())
        assert (moved, swing) == (one, other) and one > other
    else:
        pattern = r"is [−+]?([\d.]+)\. The measurement usually swings ±([\d.]+)\. ([\d.]+) is less than ([\d.]+),"
        moved, swing, one, other = (float(n) for n in re.search(pattern, text).groups())
        assert (moved, swing) == (one, other) and one < other


def test_nine_months_are_counted_to_the_day():
    early = replace(PLAIN, since=dt.date(2026, 2, 20))
    assert standings.too_early(early)
    assert not standings.too_early(replace(PLAIN, since=dt.date(2026, 2, 19)))
    assert not standings.too_early(replace(early, standing="stagnation"))
    assert not standings.too_early(replace(early, since=None))


def test_sentence_and_picture_have_the_same_few_decimals():
    found = replace(PLAIN, level=3.1234, change=-0.0441, change_sd=0.1435)
    limit = standings.margin(found, SCALES["bip"], ESTIMATES)
    assert standings.decimals(found, limit) == 2
    assert standings.shown_change(found, 2) == -0.05  # 3.12 − 3.17, as printed
    text = " ".join(standings.explanation(Words("en"), found, SCALES["bip"], ESTIMATES))
    assert "is −0.05." in text and "±0.15" in text


def test_no_answers_at_all_are_not_counted_as_nought_rounds():
    found = standings.explanation(
        Words("da"), replace(PLAIN, **{**STATES["too few"], "rounds": 0}), SCALES["bip"], ESTIMATES
    )
    assert found[0] == "Der er ikke svaret i nogen runde endnu."
