"""What classical measures say, in both languages: every key has a name, nothing a reader cannot use."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from progression.analysis.classical import exact, lines
from progression.analysis.classical.values import (
    Icc,
    Kappa,
    Limits,
    Measure,
    Missing,
    Overlap,
    Reliability,
    ReliableChange,
    Tau,
)
from progression.words import Words
from progression.words import measures as say

EN, DA = Words("en"), Words("da")
TEST = exact.phases([Fraction(v) for v in (1, 2, 3, 4)], [Fraction(v) for v in (5, 6, 7, 8)])
POINTS = {"first": (date(2025, 1, 6), Fraction(5, 2)), "last": (date(2026, 3, 7), Fraction(31, 10))}
LINE = lines.theil_sen([(i * 90, Fraction(v)) for i, v in enumerate((1, 2, 2, 3, 3, 4))])
EVERY = (
    Measure("rci.JT", "caseworker", ReliableChange("JT", 2.5, 1.96, "improved", 0.45), POINTS),
    Measure("rci.HA", "caseworker", ReliableChange("HA", -0.5, 1.65, "unchanged"), POINTS),
    Measure("nap", "citizen", Overlap(0.75, 0.4, 0.92, 4, 4), {"test": TEST}),
    Measure("tau", "citizen", Tau(0.5, 8, 16, "A vs. B"), {"test": TEST}),
    Measure("tau_u", "citizen", Tau(0.4, 6, 16, "A vs. B - trend A"), {"test": TEST}),
    Measure("tau_bc", "citizen", Tau(-0.4, -6, 16, "baseline corrected"), {"test": TEST}),
    Measure("line", "caseworker", LINE),
    Measure("trend", "caseworker", exact.trend([Fraction(v) for v in (1, 2, 3, 3, 2)])),
    Measure("xmr", "caseworker", Limits(3.0, 2.1, 3.9, 0.3, 9, (4,)), {"outside": (date(2025, 1, 6),)}),
    Measure("sign", "caseworker", exact.signs(7, 1), {"better": 7, "worse": 1, "first": date(2025, 1, 6),
                                                      "last": date(2026, 3, 7)}),
    Measure("icc.2,1", "both", Icc({"2,1": 0.61}, {"2,1": (0.3, 0.8)}, 18, 2)),
    Measure("icc.3,1", "both", Icc({"3,1": 1.0}, {}, 18, 2)),
    Measure("kappa", "both", Kappa(0.2, 0.3, 0.5, 0.4, 18)),
)  # fmt: skip
MISSING = (
    *(Missing("too_few", 1, 3, of) for of in ("measurements", "before", "during", "citizens", "moved", "pairs")),
    Missing("flat"), Missing("one_rater"), Missing("undefined"),
)  # fmt: skip


@pytest.mark.parametrize("measure", EVERY, ids=lambda m: m.key)
@pytest.mark.parametrize("w", [EN, DA], ids=["en", "da"])
def test_every_measure_has_a_name_a_figure_a_sentence_and_a_caveat(measure, w):
    texts = say.name(w, measure.key), say.figure(w, measure), say.sentence(w, measure), say.caveat(w, measure)
    assert all(texts)
    for text in texts:
        assert "{" not in text and "nan" not in text.casefold().split()
    assert texts[2].endswith(".") and texts[3].endswith(".")
    if w is DA:
        assert texts[2] != say.sentence(EN, measure)


def test_every_name_is_used():
    used = {m.key for m in EVERY} | {f"rci.{method}" for method in ("GLN", "HLL", "EN", "NK")}
    assert set(say.NAMES) == used


@pytest.mark.parametrize("why", MISSING, ids=lambda m: f"{m.reason}-{m.of}")
@pytest.mark.parametrize("w", [EN, DA], ids=["en", "da"])
def test_why_there_is_no_value_and_what_it_takes(why, w):
    measure = Measure("nap", "citizen", why)
    assert say.figure(w, measure) == "–"
    said = say.sentence(w, measure)
    assert said.endswith(".")
    if why.reason == "too_few" and why.of != "moved":
        assert "1" in said and "3" in said


def test_the_sentences_in_danish():
    by = {m.key: say.sentence(DA, m) for m in EVERY}
    assert by["rci.JT"] == (
        "En pålidelig fremgang: fra 2,50 den 6. jan. 2025 til 3,10 den 7. mar. 2026. "
        "Indekset er +2,50, og uden for ±1,96 tæller det: en ændring på 0,45."
    )
    assert by["nap"] == "B er bedre end A i 75 % af 16 par; ens par tæller halvt. 95 %-interval: 40 til 92 %."
    assert by["sign"].startswith("Indikatorer fra 6. jan. 2025 til 7. mar. 2026: 7 bedre, 1 dårligere.")


def test_p_is_said_with_the_least_there_could_be():
    four = Measure("trend", "caseworker", exact.trend([Fraction(v) for v in (1, 2, 3, 4)]))
    assert say.sentence(EN, four).endswith(
        "Too little to tell it from chance: even the clearest result would come by chance in 8.3% of cases."
    )
    five = Measure("trend", "caseworker", exact.trend([Fraction(v) for v in (1, 2, 3, 5, 4)]))
    assert say.sentence(EN, five).endswith("chance would give as much in 8.3% of cases (at the very least 1.7% here).")
    many = Measure("trend", "caseworker", exact.trend([Fraction(v) for v in range(12)]))
    assert "less than 0.1%" in say.sentence(EN, many)  # never 0
    assert say.figure(EN, many) == "p below 0.001"


def test_many_days_outside_are_counted():
    days = tuple(date(2025, month, 1) for month in range(1, 6))
    measure = Measure("xmr", "citizen", Limits(3.0, 2.9, 3.1, 0.1, 9, (0, 1, 2, 3, 4)), {"outside": days})
    assert say.sentence(EN, measure).endswith("Outside: 1 Jan 2025, 1 Feb 2025, 1 Mar 2025 and 2 more.")


def test_a_slope_without_an_interval_says_what_it_takes():
    line = Measure("line", "citizen", lines.theil_sen([(i * 90, Fraction(i)) for i in range(4)]))
    assert say.sentence(EN, line).endswith("A 95% interval takes five measurements.")


def test_where_the_reliability_comes_from():
    given = Reliability(0.8, "given")
    assert say.reliability(EN, {"caseworker": given, "citizen": given}) == ["Reliability 0.80: as given."]
    own = {"caseworker": Reliability(0.7, "cohort", 31), "citizen": Reliability(0.6, "cohort", 30)}
    (said,) = say.reliability(DA, own)
    assert said.startswith("Reliabilitet 0,70 (sagsbehandler, 31 borgere), 0,60 (borger, 30 borgere): Der er ikke")
    known = Reliability(0.8, "published", source={"da": "Ellers.", "en": "Elsewhere."})
    assert say.reliability(EN, {"caseworker": known}) == ["Reliability 0.80: Elsewhere."]
    few = Missing("too_few", 3, 20, "citizens")
    assert say.reliability(EN, {"caseworker": few, "citizen": few}) == [
        "Too few citizens to compare with: 3 of at least 20."
    ]
