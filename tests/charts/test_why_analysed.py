"""Flags as the analysis makes them, of simulated people: every one can be recomputed from what is printed."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "words"))
from test_flag_words import lix

from progression.analysis.analyse import analyse
from progression.analysis.estimates import prior_estimates
from progression.analysis.settings import Settings
from progression.analysis.simulate import simulate
from progression.analysis.worlds import worlds
from progression.charts.grounds import grounds_of
from progression.charts.why import why_flag, why_standing
from progression.scales.library import builtin
from progression.words import Words, flags, reckoning

BIP, HAMD = builtin()["bip"], builtin()["hamd"]
EN, DA = Words("en"), Words("da")


def analysed(scale, world, method="trajectory", citizens=250):
    simulated = simulate(scale, worlds(scale)[world], citizens, seed=20261122)
    estimates = prior_estimates(scale)
    as_of = date.fromordinal(simulated.as_of)
    return analyse(simulated.cohort, estimates, as_of, settings=Settings(method=method)), estimates


CASES = [
    ("bip", "base", "trajectory"),
    ("bip", "single-item declines", "trajectory"),
    ("bip", "caseworker change", "trajectory"),
    ("bip", "floor", "trajectory"),
    ("hamd", "sudden drops", "trajectory"),
    ("bip", "base", "rules"),
]


@pytest.fixture(scope="module", params=CASES, ids=["-".join(case) for case in CASES])
def found(request):
    name, world, method = request.param
    scale = builtin()[name]
    analysis, estimates = analysed(scale, world, method)
    made = analysis.history(everything=True)
    assert len(made) > 100
    return scale, estimates, analysis, made


def figures_in(text):
    return [float(n.replace("−", "-")) for n in re.findall(r"[−+]?\d+(?:\.\d+)?", text)]


def test_every_calculation_comes_out_as_printed(found):
    scale, _estimates, analysis, made = found
    for flag in made:
        grounds = grounds_of(flag, analysis.trajectory(flag.citizen), analysis.as_of)
        for least in (1, 2):
            told = reckoning.reckoning(EN, flag, scale, grounds, least=least)
            rows = dict(told.rows)
            assert rows and reckoning.so_it(EN, flag) in told.conclusion
            for label, figure in told.rows:
                difference = re.search(r": ([−+]?[\d.]+) − \(?([−+]?[\d.]+)\)?$", label)
                if difference:
                    one, other = (float(n.replace("−", "-")) for n in difference.groups())
                    assert round(one - other, 9) == float(figure.replace("−", "-"))
                product = re.search(r": ([\d.]+) × ([\d.]+)$", label)
                if product and "progression" not in label:
                    one, other = (float(n) for n in product.groups())
                    places = len(figure.partition(".")[2])
                    assert abs(one * other - float(figure.strip("±"))) <= 0.5000001 * 10**-places
            compared = [s for s in told.conclusion if re.match(r"[−+]?[\d.]+ (is|reaches)", s)]
            if flag.kind == "missing":
                continue
            one, other = figures_in(compared[-1])[:2]
            assert one < other if "less" in compared[-1] else one >= other
            assert ("less" in compared[-1]) == (flag.kind == "stagnation")


def test_every_flag_has_its_picture_and_says_it_in_plain_sentences(found):
    scale, estimates, analysis, made = found
    seen = Counter()
    for flag in made:
        about = (flag.kind, flag.indicator is not None)
        if seen[about] >= 25:
            continue
        seen[about] += 1
        trajectory = analysis.trajectory(flag.citizen)
        grounds = grounds_of(flag, trajectory, analysis.as_of)
        for w in (DA, EN):
            why = why_flag(w, flag, scale, estimates, grounds, {"end glow": 15.0})
            text = " ".join(t for p in why.parts if p.title != w.t("The rule in full") for t in p.paragraphs)
            assert lix(text) < 40, (flag.kind, w.language, text)
            assert len(flags.headline(w, flag, scale).split()) <= 15
            assert why.gauge is not None
            assert all(why.gauge.low - 1e-9 <= row.at <= why.gauge.high + 1e-9 for row in why.gauge.rows)
            if flag.kind == "regression" and flag.method == "trajectory":
                zone, now = why.gauge.zones[0], why.gauge.rows[1]
                assert not zone.low + 1e-9 < now.at < zone.high - 1e-9


def test_every_kind_was_among_them():
    kinds = Counter()
    for name, world, method in CASES:
        analysis, _ = analysed(builtin()[name], world, method)
        kinds.update((f.kind, f.indicator is not None, f.method) for f in analysis.history(everything=True))
    model = {("regression", False), ("regression", True), ("progression", False), ("stagnation", False),
             ("disagreement", False), ("missing", False)}  # fmt: skip
    assert {(kind, single) for kind, single, method in kinds if method == "trajectory"} >= model
    assert {kind for kind, _, method in kinds if method == "rules"} >= {"regression", "progression", "stagnation"}


def test_where_everybody_stands_is_explained(found):
    scale, estimates, analysis, _ = found
    words = Counter()
    for citizen in analysis.cohort.citizens:
        trajectory = analysis.trajectory(citizen)
        for w in (DA, EN):
            why = why_standing(w, trajectory, scale, estimates)
            assert why.headline and why.reason.endswith(".")
            assert lix(why.reason) < 40, why.reason
        words[flags.standing(DA, trajectory)] += 1
    assert len(words) >= 4
