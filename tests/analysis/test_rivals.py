"""The rules we compare with, worked out again one citizen at a time; the filter on means by conditioning one vector."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from analysis_cases import BIP, HAMILTON

from progression.analysis import rivals
from progression.analysis.rival_filter import known_change
from progression.analysis.scene import Scene, scene
from progression.analysis.simulate import simulate
from progression.analysis.worlds import base_world, worlds

YEAR = 365.25


def seen(name: str = "irregular", citizens: int = 60, scale=BIP) -> Scene:
    return scene(simulate(scale, worlds(scale)[name], citizens, 8))


@pytest.fixture(scope="module")
def table() -> Scene:
    return seen()


def test_a_scene_has_one_row_per_day_with_an_answer(table: Scene) -> None:
    cohort = table.simulated.cohort
    days = {(w, d) for w, d, row in zip(cohort.who, cohort.day, cohort.scores, strict=True) if not np.isnan(row).all()}
    assert len(table.who) == len(days)
    assert (np.diff(table.key) > 0).all()
    np.testing.assert_array_equal(table.at(table.who, table.day), np.arange(len(table.who)))
    with pytest.raises(KeyError):
        table.at(np.array([0]), np.array([1]))
    assert (table.begin <= table.day).all()
    assert table.judged.sum() < len(table.who)
    level = table.simulated.truth(table.who, table.begin) - table.simulated.truth(table.who, table.day)
    np.testing.assert_allclose(table.fallen, level)


def test_item_means_are_taken_out_of_a_skipped_item() -> None:
    world = replace(worlds(BIP)["missing items"], offset_sd=1.0, profile_sd=0.0, unanswered=0.4)
    many = scene(simulate(BIP, world, 300, 3))
    score = many.simulated.cohort.scores[:, :10]
    plain = np.nansum(score, axis=1) / np.maximum((~np.isnan(score)).sum(axis=1), 1)
    rows = many.at(many.simulated.cohort.who, many.simulated.cohort.day)
    ours = many.value[rows, many.simulated.cohort.rater]
    true = many.simulated.truth(many.simulated.cohort.who, many.simulated.cohort.day)
    some = ~np.isnan(ours)
    assert np.std((ours - true)[some]) < np.std((plain - true)[some])


def own_rows(table: Scene, row: int, side: int) -> np.ndarray:
    """This rater's rows of the same citizen, up to and including this one."""
    rows = np.arange(table.bounds[table.who[row]], row + 1)
    return rows[~np.isnan(table.value[rows, side])]


def by_hand(table: Scene, row: int, rule, sides=(0, 1)) -> float:
    found = []
    for side in sides:
        rows = own_rows(table, row, side)
        if len(rows) and rows[-1] == row:
            value = -table.simulated.cohort.scale.better * table.value[rows, side]
            got = rule(table, rows, value)
            if got is not None:
                found.append(got)
    return float(np.mean(found)) if found else -np.inf


def base(table: Scene, rows: np.ndarray) -> int:
    return int(np.argmin(np.abs(table.day[rows] - table.begin[rows[-1]])))


def reliable_change(table, rows, value):
    return value[-1] - value[base(table, rows)]


def chart(_table, _rows, value):
    if len(value) < 3:
        return None
    earlier = value[:-1]
    return (value[-1] - earlier.mean()) / max(np.abs(np.diff(earlier)).mean(), 0.1 * 0.3)


def tau(table, rows, value):
    now = rows[-1]
    phases, phase = table.simulated.phases, table.phase[now]
    b = np.flatnonzero(table.phase[rows] == phase)
    earlier = phase > 0 and phases.who[phase - 1] == table.who[now]
    a = np.flatnonzero(table.phase[rows] == phase - 1) if earlier else []
    score = sum(np.sign(value[j] - value[i]) for j in b for i in [*a, *b] if i < j)
    n, m = len(a) + len(b), len(a)
    variance = (n * (n - 1) * (2 * n + 5) - m * (m - 1) * (2 * m + 5)) / 18
    return score / variance**0.5 if variance > 0 else None


def line(table, rows, value):
    start = base(table, rows)
    if len(rows) - start < 2:
        return None
    day = table.day[rows[start:]].astype(float)
    return np.polyfit(day - day[0], value[start:], 1)[0] * (day[-1] - day[0])


@pytest.mark.parametrize(
    ("name", "rule", "sides"),
    [
        ("RCI, caseworker", reliable_change, (0,)),
        ("RCI, both", reliable_change, (0, 1)),
        ("XmR", chart, (0, 1)),
        ("Tau-U", tau, (0, 1)),
        ("slope", line, (0, 1)),
    ],
)
def test_the_rules_are_those_of_the_books(table: Scene, name: str, rule, sides) -> None:
    got = rivals.statistics(table)[name]
    for row in range(len(table.who)):
        expected = by_hand(table, int(row), rule, sides)
        assert got[row] == pytest.approx(expected, abs=1e-9), (name, row)


def test_every_rival_says_something_about_a_sum_score_and_nothing_twice() -> None:
    found = rivals.statistics(seen("base", 80, HAMILTON))
    assert tuple(found) == rivals.RIVALS
    for name, values in found.items():
        assert not np.isnan(values).any(), name
        assert np.isfinite(values).any(), name


def dense_change(table: Scene, who: int, until: int) -> tuple[float, float]:
    """Change and sd after one row of a citizen, by conditioning all that is drawn at once."""
    sizes, simulated = table.simulated.sizes, table.simulated
    rows = np.arange(table.bounds[who], until + 1)
    phases = np.flatnonzero(simulated.phases.who == who)
    days = sorted({int(d) for d in (*simulated.phases.start[phases], *table.day[rows])})
    parts = [sizes.level_sd**2, *[sizes.drift_sd**2] * len(phases)]
    parts += [sizes.wander * (b - a) / YEAR for a, b in pairwise(days)]
    regimes = np.cumsum(table.changed[rows])
    raters = len(parts)
    parts += [sizes.caseworker_sd**2] * (int(regimes.max()) + 1) + [sizes.citizen_sd**2]

    def level(day: int) -> np.ndarray:
        out = np.zeros(len(parts))
        out[0] = 1.0
        for k, phase in enumerate(phases):
            start = simulated.phases.start[phase]
            stop = simulated.phases.start[phases[k + 1]] if k + 1 < len(phases) else day
            out[1 + k] = max(min(stop, day) - start, 0) / YEAR
        out[1 + len(phases) : 1 + len(phases) + days.index(day)] = 1.0
        return out

    looks, values, noise = [], [], []
    for k, row in enumerate(rows):
        for side in (0, 1):
            n = table.items[row, side]
            if n:
                one = level(int(table.day[row]))
                one[raters + regimes[k] if side == 0 else -1] = 1.0
                looks.append(one)
                values.append(table.value[row, side] - sizes.level_mean)
                skipped = sizes.spread_sd**2 * (1 / n - 1 / table.asked[side])
                noise.append(sizes.day_sd**2 + sizes.item_sd**2 / n + skipped)
    prior, design = np.diag(parts), np.array(looks)
    gain = prior @ design.T @ np.linalg.inv(design @ prior @ design.T + np.diag(noise))
    mean, spread = gain @ np.array(values), prior - gain @ design @ prior
    asked = level(int(table.day[until])) - level(int(table.begin[until]))
    return float(asked @ mean), float((asked @ spread @ asked) ** 0.5)


@pytest.mark.parametrize("name", ["irregular", "caseworker change", "missing items"])
def test_the_known_filter_is_plain_conditioning(name: str) -> None:
    table = seen(name, 12)
    change, sd = known_change(table, table.simulated.sizes)
    for who in range(12):
        for row in range(int(table.bounds[who]), int(table.bounds[who + 1])):
            if not table.late[row]:
                assert (change[row], sd[row]) == pytest.approx(dense_change(table, who, row), abs=1e-9)


def test_a_late_look_is_about_the_phase_as_known_that_day() -> None:
    table = seen("base", 400)
    change, _ = known_change(table, table.simulated.sizes)
    late = np.flatnonzero(table.late)
    assert len(late)
    assert np.corrcoef(change[late], -table.fallen[late])[0, 1] > 0.6


def test_the_known_filter_is_best_where_its_model_is_true() -> None:
    table = scene(simulate(BIP, base_world(BIP), 800, 5))
    change, sd = known_change(table, table.simulated.sizes)
    error = (change + table.fallen)[table.judged]
    assert np.mean(np.abs(error) <= 1.645 * sd[table.judged]) == pytest.approx(0.9, abs=0.03)
    mic = BIP.minimal_important_change
    got = rivals.evidence(np.array([0.2, 0.05, 0.2]), np.array([0.1, 0.1, 0.0]), mic)
    assert got.tolist() == [pytest.approx(2.0), -np.inf, -np.inf]
