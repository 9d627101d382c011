"""Estimates in plain words: units, what is data and what is starting value, what a rate means."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from progression.analysis.estimates import prior_estimates
from progression.scales.library import builtin
from progression.words import Words
from progression.words import estimates as say

SCALES = builtin()
LANGUAGES = ("da", "en")


def fitted(scale="bip", citizens=412, **parameters):
    prior = prior_estimates(SCALES[scale])
    return replace(
        prior, adopted=dt.date(2026, 4, 1), citizens=citizens, source="fitted", parameters=prior.parameters | parameters
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", ["bip", "hamd"])
def test_every_size_has_its_unit(scale, language):
    w = Words(language)
    units = {"bip": {"da": "trin", "en": "steps"}, "hamd": {"da": "point", "en": "points"}}[scale][language]
    found = say.figures(w, fitted(scale), prior_estimates(SCALES[scale]), SCALES[scale])
    assert found
    for one in found:
        assert units in one.sentence.split("; ")[0], one.sentence
        assert re.search(r"±\d", one.sentence)
        assert one.value == one.prior
        assert one.label
    assert units in say.threshold(w, fitted(scale), SCALES[scale])


def test_only_who_rates_is_told():
    names = {s: [f.name for f in say.figures(Words(), fitted(s), fitted(s), SCALES[s])] for s in ("bip", "hamd")}
    assert "citizen" in names["bip"] and "caseworker" in names["bip"]
    asked = {rater for indicator in SCALES["hamd"].indicators for rater in indicator.raters}
    assert ("citizen" in names["hamd"]) == ("citizen" in asked)


def test_a_size_says_what_it_says():
    w = Words("da")
    found = {f.name: f for f in say.figures(w, fitted(caseworker_sd=0.3), fitted(), SCALES["bip"])}
    assert found["caseworker"].sentence == "En ny sagsbehandler kan vurdere op til ±0,6 trin anderledes, end andre gør."
    assert (found["caseworker"].value, found["caseworker"].prior) == ("0,59", "0,65")
    sizes = say.sizes({"day_sd": 0.3, "item_sd": 0.4 * 10**0.5}, SCALES["bip"])
    assert sizes == {"swing": pytest.approx(0.5)}


def test_ticking_the_same_step_is_told_where_it_was_estimated():
    w = Words("en")
    told = say.figures(w, fitted(careless=0.124), fitted(careless=0.03), SCALES["bip"])[-1]
    assert told.sentence.startswith("In about 12 in 100 assessments")
    assert (told.value, told.prior) == ("12%", "3%")


def test_what_they_rest_on():
    w = Words("da")
    assert say.basis(w, fitted()) == "Beregnet 1. april 2026 på 412 borgere."
    assert say.basis(w, prior_estimates(SCALES["bip"])).startswith("Startværdier")
    assert say.weight(w, fitted()) and not say.weight(w, prior_estimates(SCALES["bip"]))
    assert say.offer(Words("en"), fitted(citizens=1), 412) == "The estimates rest on 1 citizen; 412 could be used."
    assert "412" in say.adopted(w, fitted(), SCALES["bip"]) and "BIP" in say.adopted(w, fitted(), SCALES["bip"])


@pytest.mark.parametrize(("rate", "said"), [(2, "1"), (5, "2–3"), (10, "5"), (20, "10")])
def test_a_rate_for_a_caseload_of_fifty(rate, said):
    assert say.per_year(Words("da"), rate) == said
    assert f"ca. {said} uden grund; af 10 opmærksomhedspunkter er ca. 6 rigtige" in say.rate(Words("da"), rate, 0.64)
    assert "right" not in say.rate(Words("en"), rate, None)


@pytest.mark.parametrize(("realised", "told"), [(7.6, ""), (12.4, ""), (7.4, "3,7"), (12.6, "6"), (109.7, "55")])
def test_a_rate_that_did_not_come_true_says_so(realised, told):
    said = say.rate(Words("da"), 10.0, 0.64, realised)
    assert said.endswith(f"Prøvet på andre simulerede forløb var det ca. {told} uden grund.") == bool(told)


def test_hardly_any_ticking_is_not_told():
    names = [f.name for f in say.figures(Words(), fitted(careless=0.004), fitted(), SCALES["bip"])]
    assert "careless" not in names
