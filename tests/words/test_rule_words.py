"""The rules in words: in full, in both languages, with the figures that hold and none that do not."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from progression.analysis.rules import shipped
from progression.analysis.settings import Rules
from progression.analysis.values import Flag
from progression.casework.values import Phase
from progression.charts.grounds import Grounds
from progression.scales import library
from progression.words import Words
from progression.words import flags as say
from progression.words import rules as say_rules
from progression.words.reckoning import reckoning

SCALES = dict(library.builtin())
BIP = SCALES["bip"]
NUMBERS = {
    "moved_down": 9, "moved_up": 0, "p": 2**-9, "answers_caseworker": 10, "answers_citizen": 9, "rounds_in_phase": 3,
}  # fmt: skip


def a_flag(kind="regression", scale="bip", edited=None, **more):
    rules = edited or Rules()
    account = {} if edited else shipped(SCALES[scale]).figures()
    flag = Flag(
        id="0123456789abcdef", citizen="c", number="S0001", scale=scale, kind=kind, indicator=None, rater="both",
        phase=Phase("passive", dt.date(2025, 9, 17), None), raised_on=dt.date(2026, 1, 23), baseline=3.0, level=2.1,
        change=-0.9, change_sd=None, margin=0.15 if kind == "stagnation" else 0.1, evidence=None, suggestion=None,
        method="rules", numbers=tuple((NUMBERS | rules.stated() | account).items()), measured_on=dt.date(2026, 1, 23),
        assessments_in_phase=3,
    )  # fmt: skip
    return replace(flag, **more)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("scale", SCALES)
def test_the_rule_is_printed_in_full_with_its_own_thresholds(language, scale):
    w = Words(language)
    told = Rules(p_limit=0.01, gain_share=1.0, rounds=6, months=18).stated()
    text = " ".join(say_rules.rule(w, told, SCALES[scale]))
    assert "{" not in text
    gain = w.number(SCALES[scale].minimal_important_change, 2 if scale == "bip" else 1)
    for figure in ("6", "18", "7", gain):
        assert re.search(rf"(?<![\d,.]){re.escape(figure)}(?![\d])", text), figure
    tested = re.search(r"1\W?%", text) is not None
    assert tested == (scale == "bip")  # a sum score has no sign test, and the page says so
    assert "%" in text or "færre" in text or "fewer" in text


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_account_is_stated_beside_it_and_never_for_other_thresholds(language):
    w, account = Words(language), shipped(BIP)
    text = say_rules.account(w, Rules().stated() | account.figures(), BIP)
    for share in (account.found, account.real, account.improvers_wrong, account.flat_found):
        assert w.number(100 * share, 0) in text
    for rate in (account.false_regression, account.false_progression, account.worst):
        assert w.number(rate, 1) in text
    other = say_rules.account(w, Rules(p_limit=0.01).stated(), BIP)
    assert not re.search(r"\d", other)
    assert "målt" in other or "measured" in other
    hamilton = say_rules.account(w, Rules().stated() | shipped(SCALES["hamd"]).figures(), SCALES["hamd"])
    assert re.search(r"\d", hamilton) and "None" not in hamilton


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", ["regression", "progression", "stagnation"])
def test_a_flag_says_what_moved_and_how_to_count_it_again(language, kind):
    w = Words(language)
    flag = a_flag(kind)
    text = say.explanation(w, flag, BIP)
    assert "{" not in text and "None" not in text and "nan" not in text.lower()
    assert len(say.headline(w, flag, BIP).split()) <= 15
    assert (w.number(0.15, 2) in text) == (kind == "stagnation")
    rows = dict(reckoning(w, flag, BIP, Grounds(flag.raised_on), least=2).rows)
    assert "19" in rows.values() and w.number(3.0, 2) in rows.values() and w.signed(-0.9, 2) in rows.values()
    assert (w.number(9, 0) in rows.values()) == (kind != "stagnation")
    assert (say_rules.percent(w, 2**-9) in rows.values()) == (kind != "stagnation")
    assert say_rules.beside(w, flag, BIP)[-1] == say_rules.account(w, dict(flag.numbers), BIP)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_caseworker_change_says_whose_answers_are_compared(language):
    w, day = Words(language), dt.date(2025, 11, 12)
    alone = say.explanation(w, a_flag(rater="citizen", caseworker_changed=day), BIP)
    both = say.explanation(w, a_flag(caseworker_changed=day), BIP)
    assert w.date(day) in alone and w.date(day) in both and alone != both
    assert ("borgerens egne svar" in alone) or ("citizen's own answers" in alone)


def test_a_missing_assessment_has_no_rule_beside_it():
    flag = a_flag("missing", numbers=(), due=dt.date(2026, 1, 22), baseline=None, level=None, change=None, margin=None)
    w = Words("da")
    assert say_rules.beside(w, flag, BIP) == []
    assert say.explanation(w, flag, BIP)


def test_a_method_no_longer_used_is_the_reason_given():
    flag = a_flag(status="withdrawn", withdrawn_because="other_method")
    assert "metode" in say.explanation(Words("da"), flag, BIP)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.005, "0,5 %"), (0.1, "10 %"), (0.75, "75 %"), (2**-9, "0,195 %"), (0.0001, "0,01 %"), (0.0, "0 %")],
)
def test_a_share_is_said_with_as_many_decimals_as_it_takes(share, text):
    assert say_rules.percent(Words("da"), share) == text


@pytest.mark.parametrize(("baseline", "level", "kind", "said"), [
    (3.556, 3.333, "stagnation", ("3.6", "3.3")),
    (3.0, 3.149, "stagnation", ("3.0", "3.1")),
    (3.04, 3.16, "stagnation", ("3.04", "3.16")),  # 3.0 to 3.2 would be more than the 0.15 that would count
    (2.25, 4.125, "progression", ("2.2", "4.1")),
])  # fmt: skip
def test_the_sentence_has_no_more_decimals_than_the_rule_needs(baseline, level, kind, said):
    flag = a_flag(kind, baseline=baseline, level=level, change=level - baseline)
    text = " ".join(say.reason(Words("en"), flag, BIP))
    assert f"from {said[0]} to {said[1]}" in text
