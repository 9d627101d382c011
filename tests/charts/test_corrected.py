"""A correction in words: the cells the window and the report share."""

from __future__ import annotations

import datetime as dt
import time
from types import SimpleNamespace

import pytest

from progression.casework.values import DECLINED, MODES, NOT_RATED
from progression.charts.corrected import told
from progression.charts.phrases import mode_name
from progression.scales.library import builtin
from progression.words import Words

SCALES = builtin()
HALF_PAST_TEN_AT_NIGHT = dt.datetime(2026, 5, 27, 22, 30, tzinfo=dt.UTC)


@pytest.fixture
def copenhagen(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def correction(**fields):
    usual = {
        "day": dt.date(2026, 5, 26),
        "rater": "caseworker",
        "scale": "bip",
        "what": "answer",
        "indicator": "netvaerk",
        "before": 2,
        "after": 3,
        "came_back": False,
        "who": "Mette Holm Andersen",
        "when": HALF_PAST_TEN_AT_NIGHT,
    }
    return SimpleNamespace(**usual | fields)


def test_the_time_is_the_reader_s_own_and_not_that_of_utc(copenhagen):
    assert told(Words("da"), correction(), SCALES).when.replace("\u00a0", " ") == "28. maj 2026 00.30"
    assert told(Words("en"), correction(), SCALES).when.replace("\u00a0", " ") == "28 May 2026 00:30"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("2", "3")),
        ({"before": None, "after": NOT_RATED}, ("ikke spurgt", "ikke vurderet")),
        ({"before": DECLINED, "after": 4}, ("ønsker ikke", "4")),
        ({"what": "note", "before": None, "after": "En nabo"}, ("ingenting", "En nabo")),
        ({"what": "mode", "before": None, "after": "phone"}, ("ingenting", "Pr. telefon")),
        ({"what": "mode", "before": "by letter", "after": "self"}, ("by letter", "Svarer selv")),
        ({"what": "all", "before": None, "after": None}, ("–", "taget tilbage")),
        ({"what": "all", "before": None, "after": None, "came_back": True}, ("taget tilbage", "sat ind igen")),
        ({"before": 3, "after": 2, "came_back": True}, ("3", "2 (fortrudt)")),
    ],
)
def test_what_it_was_and_what_it_became(fields, expected):
    said = told(Words("da"), correction(**fields), SCALES)
    assert (said.before, said.after) == expected


def test_an_indicator_that_no_scale_here_has_is_named_by_its_code():
    assert told(Words("da"), correction(scale="theirs", indicator="q7"), SCALES).what.endswith(": q7")


def test_every_way_of_answering_has_a_name_in_both_languages():
    for w in (Words("da"), Words("en")):
        names = [mode_name(w, mode) for mode in MODES]
        assert len(set(names)) == len(MODES) and not set(names) & set(MODES)
