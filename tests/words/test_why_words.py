"""Why an attention point is shown: every kind, state, method, scale and language; figures that add up as printed."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import numpy as np
import pytest
from test_flag_words import lix
from why_flags import (
    ESTIMATES,
    KINDS,
    MEASURED,
    SCALES,
    START,
    STATUSES,
    flag_of,
    grounds_for,
)

from progression.analysis.simulate import worlds as simulated_worlds
from progression.analysis.values import Shown
from progression.charts.grounds import Grounds
from progression.words import LANGUAGES, Words, flags, reckoning, rounding, why

LONGEST = max(SCALES["bip"].indicators, key=lambda i: len(i.name["da"])).code
SUBJECTS = {"whole": {}, "indicator": {"indicator": LONGEST}, "sum": {"scale": "hamd", "baseline": 12.3}}
EVERY = [
    pytest.param(*case, id="-".join(case))
    for case in itertools.product(LANGUAGES, KINDS, STATUSES, ("trajectory", "rules"), SUBJECTS)
]
FORBIDDEN = r"\b(risiko|risk|vil (falde|stige|blive)|forvent\w+|expect\w*|predict\w*|prognose|forecast|sikkert at)\b"


def parts_of(w, flag, grounds=None, least=1, estimates=ESTIMATES, worlds=None):
    scale, grounds = SCALES[flag.scale], grounds or grounds_for(flag)
    return why.parts(w, flag, scale, replace(estimates, scale=flag.scale), grounds, worlds, least=least)


def prose(found):
    return " ".join(text for part in found for text in part.paragraphs)


def value(text):
    """Read a printed figure back."""
    found = re.search(r"[−+±]?\d+(?:[.,]\d+)?", text)
    return float(found.group().replace("−", "-").replace("±", "").replace(",", ".")) if found else None


@pytest.mark.parametrize(("language", "kind", "status", "method", "subject"), EVERY)
def test_every_point_explains_itself_in_short_plain_sentences(language, kind, status, method, subject):
    w, flag = Words(language), flag_of(kind, status=status, method=method, **SUBJECTS[subject])
    found = parts_of(w, flag)
    told = prose([part for part in found if part.title != w.t("The rule in full")])
    assert lix(told) < 40, (round(lix(told), 1), told)
    assert len(flags.headline(w, flag, SCALES[flag.scale]).split()) <= 15
    everything = told + " ".join(f"{a} {b}" for part in found for a, b in part.rows)
    assert "{" not in everything and "  " not in everything and ".." not in everything
    assert not re.search(FORBIDDEN, everything, re.IGNORECASE)
    assert all(text.endswith(".") for part in found for text in part.paragraphs)
    assert len({part.title for part in found}) == len(found) >= 3
    steps = found[0]
    labels = [label for label, _ in steps.rows]
    assert len(labels) == len(set(labels)) >= 2
    assert reckoning.so_it(w, flag) in steps.paragraphs[0]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_two_languages_say_the_same_with_the_same_figures(kind, status):
    flag = flag_of(kind, status=status)
    da, en = (parts_of(Words(language), flag) for language in ("da", "en"))
    assert [len(p.rows) for p in da] == [len(p.rows) for p in en]
    assert [len(p.paragraphs) for p in da] == [len(p.paragraphs) for p in en]
    if kind != "missing":  # dates are written differently
        assert [value(b) for p in da for _, b in p.rows] == [value(b) for p in en for _, b in p.rows]
    assert all(a != b for a, b in zip((p.title for p in da), (p.title for p in en), strict=True))


def drawn(count=300, seed=5):
    """Figures as they come: many of them awkward to round."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield float(rng.uniform(1.0, 5.0)), float(rng.uniform(0.03, 1.2)), float(rng.uniform(0.02, 0.6))


def changed(kind, start, size, sd, **more):
    """A flag of a change that holds: the size is at least the margin."""
    flag = flag_of(kind, baseline=start, change=size, sd=sd, **more)
    return flag if size >= flag.margin else flag_of(kind, baseline=start, change=flag.margin * 1.001, sd=sd, **more)


@pytest.mark.parametrize("least", [1, 2])
@pytest.mark.parametrize(
    ("kind", "subject"),
    [("regression", "whole"), ("progression", "whole"), ("regression", "indicator"), ("regression", "sum")],
)
def test_whoever_follows_the_calculation_reaches_what_is_printed(kind, subject, least):
    w = Words("en")
    for start, size, sd in drawn():
        about = {name: value for name, value in SUBJECTS[subject].items() if name != "baseline"}
        flag = changed(kind, start, size, sd, **about)
        rows = parts_of(w, flag, least=least)[0].rows
        begin, level, change, uncertainty, swing, *third = [value(figure) for _, figure in rows]
        assert round(level - begin, 9) == change
        assert rows[2][0] == f"Change: {rows[1][1]} − {rows[0][1]}"
        one, other = re.findall(r"\d+\.\d+", rows[4][0])
        places = len(rows[4][1].partition(".")[2])
        assert float(other) == uncertainty
        assert round(float(one) * float(other), places) == swing
        margin = max([swing, *third])
        assert margin == pytest.approx(flag.margin, abs=0.5 * 10**-places)
        assert abs(change) >= margin
        said = parts_of(w, flag, least=least)[0].paragraphs[0]
        figures = [float(n) for n in re.findall(r"\d+\.\d+", said.split(". ")[0])]
        assert figures == [abs(change), margin]


def test_a_standstill_is_below_what_is_worth_having_as_printed():
    w = Words("en")
    for _, size, sd in drawn():
        limit = 0.3 - size / 7
        rate = 2 * limit - 1.645 * sd
        numbers = (("drift_per_year", rate), ("drift_sd", sd), ("z", 1.645), ("years", 0.5), ("days_in_phase", 200))
        flag = replace(flag_of("stagnation"), rate_limit=limit, numbers=numbers)
        rows = parts_of(w, flag)[0].rows
        slope, spread, most, worth = [value(figure) for _, figure in rows]
        years, printed, z, other = (value(n) for n in re.findall(r"[−+]?\d+\.\d+", rows[2][0].partition(":")[2]))
        assert (printed, other) == (slope, spread)
        assert round(years * (slope + z * spread), len(rows[2][1].partition(".")[2])) == pytest.approx(most, abs=1e-9)
        assert most < worth


def test_a_gap_has_opened_as_printed():
    w = Words("en")
    for start, size, sd in drawn():
        flag = flag_of("disagreement", baseline=start, change=size, sd=sd)
        rows = parts_of(w, flag)[0].rows
        citizen, caseworker, gap, usual, opened, _, swing, *third = [value(figure) for _, figure in rows]
        assert round(caseworker - citizen, 9) == gap
        assert round(gap - usual, 9) == opened
        assert abs(opened) >= max([swing, *third])


@pytest.mark.parametrize("kind", ["regression", "progression", "stagnation"])
def test_the_rules_come_true_as_printed(kind):
    w = Words("en")
    for start, size, _ in drawn():
        flag = flag_of(kind, method="rules", baseline=start, change=max(size, 0.1001))
        rows = [value(figure) for _, figure in parts_of(w, flag)[0].rows]
        *_, begin, level, change, needed = rows
        assert round(level - begin, 9) == change
        assert change < needed if kind == "stagnation" else abs(change) >= needed


def test_the_sentence_on_the_card_adds_up_too():
    w = Words("en")
    for start, size, sd in drawn():
        flag = changed("regression", start, size, sd)
        begin, level, margin = (float(n) for n in re.findall(r"\d+\.\d+", flags.reason(w, flag, SCALES["bip"])[0]))
        assert round(begin - level, 9) >= margin


def test_the_danish_calculation_reads_like_one():
    rows = parts_of(Words("da"), flag_of(change=0.74, sd=0.39, baseline=3.44))[0].rows
    assert rows == (
        ("Niveau, da perioden begyndte, 20. dec. 2025", "3,4"),
        ("Niveau 3. nov. 2026", "2,7"),
        ("Ændring: 2,7 − 3,4", "−0,7"),
        ("Usikkerhed på ændringen (standardafvigelse)", "0,39"),
        ("Målingen plejer at svinge: 1,02\u00a0×\u00a00,39", "±0,4"),
    )


def test_where_the_raters_moved_in_opposite_directions_it_says_so():
    flag = flag_of()
    told = prose(parts_of(Words("da"), flag, grounds_for(flag, opposite=True)))
    assert "Borgerens svar gik fra 3,8 til 4,0. Sagsbehandlerens gik fra 3,7 til 2,4. De gik hver sin vej." in told
    assert "hver sin vej" not in prose(parts_of(Words("da"), flag))


def test_who_rated_how_often_and_since_when():
    told = prose(parts_of(Words("da"), flag_of(caseworker_changed=START)))
    assert "vurderet 4 gange siden 26. november 2025: Pernille Dahl (1), Mette Holm Andersen (3)." in told
    assert "Borgeren har svaret 4 gange." in told
    assert "Sagsbehandleren skiftede 20. december 2025." in told


def test_only_one_rater_is_said_so():
    flag = flag_of()
    whole = grounds_for(flag)
    theirs, own = replace(whole, answers=whole.of("caseworker")), replace(whole, answers=whole.of("citizen"))
    assert "The citizen has not answered in that time." in prose(parts_of(Words("en"), flag, theirs))
    told = prose(parts_of(Words("en"), flag, own))
    assert "The citizen has answered 4 times since 26 November 2025." in told
    assert "The caseworker has not rated in that time." in told


def test_an_unknown_name_is_left_out_and_nobody_is_named_instead():
    flag = flag_of()
    whole = grounds_for(flag)
    anonymous = replace(whole, answers=tuple(replace(seen, who="") for seen in whole.answers))
    assert "has rated 4 times since 26 November 2025. " in prose(parts_of(Words("en"), flag, anonymous))


def test_without_grounds_it_says_less_but_nothing_wrong():
    found = parts_of(Words("en"), flag_of(), Grounds(MEASURED))
    assert "What it rests on" not in {part.title for part in found}
    assert "It could be seen from 26 May 2026." in prose(found)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("open", "Vist første gang 27. maj 2026: ændring −0,8, plejer at svinge ±0,4."),
        ("decided", "Besluttet 27. maj 2026: Start. Det kommer ikke igen i denne periode."),
        ("silenced", "Besluttet 27. maj 2026: Start. Det er stille indtil 19. februar 2027."),
        ("withdrawn", "Det vises ikke længere. Senere svar viser det ikke længere."),
    ],
)
def test_what_became_of_it(status, sentence):
    found = parts_of(Words("da"), flag_of(status=status))
    assert sentence in " ".join(found[-1].paragraphs)


def test_what_was_decided_before_the_window_showed_it_comes_after_when_it_could_be_seen():
    flag = flag_of(status="silenced")
    late = replace(grounds_for(flag), first=Shown(MEASURED, flag))
    told = prose(parts_of(Words("en"), flag, late))
    assert "It could be seen from 26 May 2026. Decided 27 May 2026: Start." in told
    assert "First shown" not in told


def test_one_that_is_no_longer_shown_was_shown():
    assert "Derfor blev det vist." in prose(parts_of(Words("da"), flag_of(status="withdrawn")))
    assert "Derfor vises det." in prose(parts_of(Words("da"), flag_of()))


def test_the_rate_for_a_caseload_and_how_many_are_right():
    told = prose(parts_of(Words("da"), flag_of()))
    assert "Tallet 1,02 kommer fra simulation." in told
    assert "50" in told and "ca. 5 uden grund" in told and "ca. 8 rigtige" in told
    assert "rigtige" not in prose(parts_of(Words("da"), flag_of("progression")))  # counted of falls only
    for kind in ("stagnation", "disagreement", "missing"):
        assert "uden grund" not in prose(parts_of(Words("da"), flag_of(kind)))


def test_the_rate_is_not_told_of_figures_made_with_other_estimates():
    told = prose(parts_of(Words("en"), flag_of(estimates="prior/0"), worlds={"end glow": 16.0}))
    assert "other estimates than those in force today" in told
    assert "caseload" not in told and "instead of" not in told
    assert "starting values" in told


def test_a_world_that_breaks_the_rate_is_named_with_its_figure():
    w, given = Words("en"), {"base": 10.0, "end glow": 15.8, "late ends": 12.4, "missing items": 3.0}
    told = prose(parts_of(w, flag_of(), worlds=given))
    assert (
        "With caseworkers who rate too kindly the last time before a passive period it was about 8 without a reason "
        "instead of 5 (in simulation)." in told
    )
    assert told.count("instead of") == 1  # within a quarter of the stated rate is kept
    assert "instead of" not in prose(parts_of(w, flag_of("progression"), worlds=given))
    assert "sidste gang før en passiv periode, var det ca. 8 uden grund i stedet for 5 (i simulation)." in prose(
        parts_of(Words("da"), flag_of(), worlds=given)
    )


def test_the_worst_worlds_first_and_the_rest_counted():
    given = {"end glow": 16.0, "late ends": 20.0, "floor": 14.0, "monthly": 13.0, "never heard of": 90.0}
    found = why.broken(Words("en"), 10.0, given)
    assert [text.partition(" it was")[0] for text in found[:2]] == [
        "Where ends of interventions are registered months late",
        "With caseworkers who rate too kindly the last time before a passive period",
    ]
    assert found[2] == "2 other kinds of courses gave too many as well."
    assert why.broken(Words("en"), 2.0, {"floor": 3.1}) == [
        "Where most are near the lowest level it was about 2 without a reason instead of 1 (in simulation)."
    ]


def test_every_simulated_world_has_its_words():
    names = set(simulated_worlds(SCALES["bip"])) - {"base"}
    assert names <= set(why.WORLDS), names - set(why.WORLDS)
    for w in (Words("da"), Words("en")):
        assert all(lix(w.t(text)) < 60 for text in why.WORLDS.values())


def test_phase_means_are_named_beside_the_flag_where_they_were_used():
    flag = flag_of()
    plain, informed = (prose(parts_of(Words("da"), flag, grounds_for(flag, informed=i))) for i in (False, True))
    assert "Ens svar giver ens punkter" in plain
    assert "Kommunen har valgt" in informed and "Ens svar giver ens punkter" not in informed


def test_an_interval_across_nothing_is_owned_up_to():
    w = Words("en")
    assert "0 lies in between. So it is a reason to look, not a proof." in prose(parts_of(w, flag_of(change=0.5)))
    assert "0 does not lie in between." in prose(parts_of(w, flag_of(change=1.2)))


@pytest.mark.parametrize("bad", [{}, {"numbers": ()}, {"change_sd": None, "numbers": ()}, {"numbers": (("c", "?"),)}])
@pytest.mark.parametrize("kind", KINDS)
def test_a_flag_of_an_older_version_without_some_figures_still_explains_itself(kind, bad):
    flag = flag_of(kind, **bad)
    for language in LANGUAGES:
        assert prose(parts_of(Words(language), flag))


def test_nothing_at_all_is_not_made_up():
    bare = flag_of(baseline=3.0)
    bare = replace(bare, baseline=None, level=None, change=None, change_sd=None, margin=None, numbers=())
    for kind, method in itertools.product(KINDS, ("trajectory", "rules")):
        found = reckoning.reckoning(
            Words("en"), replace(bare, kind=kind, method=method, rate_limit=None), SCALES["bip"], Grounds(MEASURED)
        )
        assert all(not re.search(r"\d\.\d", figure) for _, figure in found.rows)


@pytest.mark.parametrize("number", [0.05, 0.15, 2.65, 2.675, 1.005, 3.125, -0.25, 2.6500000000000004, 12.5, 1e-7])
def test_a_figure_is_rounded_as_it_is_printed(number):
    for decimals in range(5):
        text = Words("en").number(number, decimals)
        assert float(text.replace("−", "-")) == rounding.printed(number, decimals)


def test_rounding_finds_the_fewest_decimals_that_agree():
    assert rounding.difference(3.4, 2.7, -0.7) == 1
    assert rounding.difference(3.44, 2.66, -0.78) == 2  # 3.4 to 2.7 is not -0.8
    assert rounding.difference(3.0, 2.58, -0.42, 0.38) == 2  # 0.4 against 0.4 would say nothing
    assert rounding.comparison(0.296, 0.3, least=2) == 3
    assert rounding.product(0.4, 1, 1.024, 0.387) == 2
    assert rounding.comparison(0.1 + 0.2, 0.3) == 1  # a trace of binary fractions is no difference


def test_the_gap_is_told_round_by_round():
    flag = flag_of("disagreement")
    flag = replace(flag, numbers=(*flag.numbers, ("usual_rounds", 2), ("rounds_running", 2)))
    found = next(p for p in parts_of(Words("en"), flag) if p.title == "What it rests on")
    text = " ".join(found.paragraphs)
    assert "round by round, caseworker less citizen: −0.1 (26 Nov 2025), −0.2 (24 Feb 2026)" in text
    assert "comes from 2 rounds before it opened" in text
    fewer = replace(flag, numbers=(*flag.numbers[:-2], ("usual_rounds", 1), ("rounds_running", 2)))
    found = next(p for p in parts_of(Words("en"), fewer) if p.title == "What it rests on")
    assert "citizen: −0.2 (24 Feb 2026)" in " ".join(found.paragraphs)  # the first was another pair's
    assert "round by round" not in " ".join(
        text for p in parts_of(Words("en"), flag_of("regression")) for text in p.paragraphs
    )
