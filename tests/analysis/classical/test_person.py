"""From one person's assessments to every measure: what is compared with what, and every way to have too little."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from progression.analysis.classical import person
from progression.analysis.classical.values import (
    Exact,
    Icc,
    Kappa,
    Limits,
    Measure,
    Missing,
    Norms,
    Overlap,
    Reliability,
    ReliableChange,
    Slope,
    Tau,
)
from progression.casework.values import DECLINED, NOT_RATED, Assessment
from progression.scales.library import builtin
from progression.scales.model import Scale

BIP, HAMD = builtin()["bip"], builtin()["hamd"]
FIRST = date(2025, 1, 6)
RELIABILITY = Reliability(0.8, "given")
NORMS = Norms(50, 3.0, 0.6, 3.1, 0.6, 0.7, 0.8, 0.8)
GROUPS = {rater: person.Group(NORMS, RELIABILITY) for rater in ("caseworker", "citizen")}


def one(number: int, steps: int | dict, rater="caseworker", scale: Scale = BIP, days: int | None = None) -> Assessment:
    """The number-th assessment, 91 days after the one before: the same step everywhere, or steps by indicator."""
    answers = steps if isinstance(steps, dict) else {i.code: steps for i in scale.rated_by(rater)}
    day = FIRST + timedelta(days=91 * number if days is None else days)
    return Assessment("k", rater, scale.id, day, answers)


def found(scale: Scale, assessments, start=None, groups=GROUPS, means=None) -> dict[tuple[str, str], Measure]:
    rows = person.measures(scale, assessments, start, groups, means or {})
    return {(m.key, m.rater): m for m in rows}


def test_a_course_with_a_phase_gets_every_measure():
    steps = [2, 2, 3, 2, 3, 4, 4, 5]
    rows = [one(i, s) for i, s in enumerate(steps)]
    rows += [one(i, {"netvaerk": s, "helbredsmestring": s + (i % 2)}, "citizen") for i, s in enumerate(steps[:-1])]
    made = found(BIP, rows, FIRST + timedelta(days=91 * 4))
    kinds = {
        "rci.JT": ReliableChange, "rci.HA": ReliableChange, "nap": Overlap, "tau": Tau, "tau_u": Tau, "tau_bc": Tau,
        "line": Slope, "trend": Exact, "xmr": Limits, "sign": Exact,
    }  # fmt: skip
    for key, kind in kinds.items():
        assert isinstance(made[key, "caseworker"].result, kind), key
    for key, kind in {"icc.2,1": Icc, "icc.3,1": Icc, "kappa": Kappa}.items():
        assert isinstance(made[key, "both"].result, kind), key
    nap = made["nap", "caseworker"]
    assert isinstance(nap.result, Overlap) and (nap.result.before, nap.result.during) == (4, 4)
    assert nap.result.value > 0.9
    change = made["rci.JT", "caseworker"]
    assert change.details["first"] == (FIRST, 2) and change.details["last"][1] == 5
    # both raters are there, apart: the citizen has answered once less
    citizen = made["nap", "citizen"].result
    assert isinstance(citizen, Overlap) and (citizen.before, citizen.during) == (4, 3)


def test_the_day_the_phase_begins_belongs_to_the_phase():
    rows = [one(i, 3) for i in range(6)]
    made = found(BIP, rows, rows[3].date)
    assert made["nap", "caseworker"].details["before"] == 3
    assert made["nap", "caseworker"].details["during"] == 3


def test_lower_is_better_on_a_scale_that_says_so():
    rows = [one(i, {"total": s}, scale=HAMD) for i, s in enumerate([30, 28, 29, 12, 10, 9, 8])]
    made = found(HAMD, rows, rows[3].date)
    assert made["nap", "caseworker"].result.value == 1.0
    assert made["tau", "caseworker"].result.value == 1.0
    assert made["rci.JT", "caseworker"].result.verdict == "improved"
    assert made["line", "caseworker"].result.per_day < 0  # as the scale counts
    assert made["trend", "caseworker"].result.statistic > 0
    assert ("nap", "citizen") not in made
    for key in ("icc.2,1", "icc.3,1", "kappa"):
        assert made[key, "both"].result == Missing("one_rater")


def test_one_measurement_and_none():
    for count in (0, 1):
        made = found(BIP, [one(0, 3)] * count, FIRST)
        assert made["rci.JT", "caseworker"].result == Missing("too_few", count, 2, "measurements")
        assert made["nap", "caseworker"].result == Missing("too_few", 0, 3, "before")
        assert made["line", "caseworker"].result == Missing("too_few", count, 3, "measurements")
        assert made["trend", "caseworker"].result == Missing("too_few", count, 4, "measurements")
        assert made["xmr", "caseworker"].result == Missing("too_few", count, 6, "measurements")
        assert made["sign", "caseworker"].result == Missing("too_few", count, 2, "measurements")
        assert made["kappa", "both"].result == Missing("too_few", 0, 5, "pairs")


def test_identical_answers_for_years_have_no_false_certainty():
    rows = [one(i, 3, rater) for i in range(12) for rater in ("caseworker", "citizen")]
    made = found(BIP, rows, rows[12].date)
    assert made["trend", "caseworker"].result == Missing("flat")
    assert made["xmr", "caseworker"].result == Missing("flat")
    assert made["sign", "caseworker"].result == Missing("too_few", 0, 1, "moved")
    assert made["kappa", "both"].result == Missing("flat")
    assert made["icc.3,1", "both"].result == Missing("flat")
    nap = made["nap", "caseworker"].result
    assert nap.value == 0.5 and nap.low < 0.3 and nap.high > 0.7
    assert made["rci.JT", "caseworker"].result.verdict == "unchanged"


def test_no_phase_means_that_nothing_lies_in_it():
    made = found(BIP, [one(i, 3) for i in range(5)], None)
    assert made["nap", "caseworker"].result == Missing("too_few", 0, 3, "during")


def test_assessments_without_a_number_are_no_measurements():
    empty = {i.code: NOT_RATED for i in BIP.indicators}
    refused = {i.code: DECLINED for i in BIP.indicators}
    rows = [one(0, empty), one(1, refused), one(2, {}), one(3, 4)]
    assert person.series(BIP, rows, "caseworker", {}) == ((rows[3].date, Fraction(4)),)


def test_two_assessments_on_one_day_count_as_their_mean():
    rows = [one(0, 2), one(0, 3), one(1, 4)]
    assert person.series(BIP, rows, "caseworker", {}) == ((FIRST, Fraction(5, 2)), (rows[2].date, Fraction(4)))


def test_the_caseworkers_belief_is_no_part_of_the_whole_scale():
    rows = [one(0, {i.code: 3 for i in BIP.indicators} | {"sagsbehandlers_tro": 1})]
    assert person.series(BIP, rows, "caseworker", {})[0][1] == 3


def test_a_skipped_item_does_not_move_the_whole_scale():
    means = {(r, i.code): Fraction(k + 1, 4) for r in ("caseworker", "citizen") for k, i in enumerate(BIP.indicators)}
    codes = [i.code for i in BIP.indicators if i.in_whole]
    # everybody one step above each item's mean, whichever are answered
    above = {i.code: Fraction(1) + means["caseworker", i.code] for i in BIP.indicators}
    whole = {c: int(above[c]) for c in codes if above[c].denominator == 1}
    full = person.whole_value(BIP, whole, "caseworker", means)
    less = person.whole_value(BIP, dict(list(whole.items())[:1]), "caseworker", means)
    assert full == less


def test_signs_count_from_the_last_answers_before_the_phase():
    before = {i.code: 3 for i in BIP.indicators}
    later = before | {"netvaerk": 2, "koncentration": 1, "jobsoegning": 4, "maalrettethed": NOT_RATED}
    rows = [one(0, 1), one(1, before), one(2, later)]
    made = found(BIP, rows, rows[2].date)["sign", "caseworker"]
    assert (made.details["better"], made.details["worse"]) == (1, 2)
    assert made.details["first"] == rows[1].date and made.details["last"] == rows[2].date


def test_pairs_are_taken_round_by_round():
    rows = [
        one(0, {"netvaerk": 2, "koncentration": 3}),
        one(0, {"netvaerk": 4, "koncentration": NOT_RATED}, "citizen", days=9),
        one(1, {"netvaerk": 1, "sagsbehandlers_tro": 5}),  # alone in its round
        one(2, {"netvaerk": 5}, "citizen"),
    ]
    assert person.rated_pairs(BIP, rows) == [(2, 4)]


@pytest.mark.parametrize("why", [Missing("too_few", 3, 20, "citizens"), Missing("flat")])
def test_nobody_to_compare_with_is_said(why):
    groups = dict.fromkeys(("caseworker", "citizen"), person.Group(why, why))
    made = found(BIP, [one(0, 2), one(1, 4)], FIRST, groups)
    assert made["rci.JT", "caseworker"].result == why
