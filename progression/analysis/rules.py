"""The method "rules": a sign test over the indicators that moved, and no gain in a long time. Nothing but arithmetic.

Each rater's answers are compared, indicator by indicator, with the same rater's own answers at the round nearest the
phase's start. An indicator has moved down when more raters give it a worse step than a better one, up in the mirror;
where the two say opposite things it has not moved: two raters of one person are no two independent witnesses, so an
indicator counts once. Of n indicators that moved, k the same way: p = the sum of C(n, i) / 2**n for i = k ... n, exact.

Another caseworker's answers, or answers asked for in another way, are not compared: that would compare two raters and
not two days (somebody nobody named counts as the last one named). In simulation comparing all the same gave nearly
three times the false alarms. The other rater's answers still count; with neither there is nothing to judge, and nothing
is raised.

Regression: p at most the limit towards worse, and the mean of the same answers is worse by at least a third of the
minimal important change (as for every flag; nearly always so when eight indicators agree). Progression: the mirror.
Standstill: the mean of the same answers has not become better by the stated share of the minimal important change,
after so many rounds and months of the phase, and at least half the indicators can be compared.

Change = mean of the differences over the answers given both times, so that neither item means nor any other estimate
plays a part: anyone can recompute it from the two sheets.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.looks import MIC_SHARE, QUIET_ROUNDS, ROOM, Basis, Looks
from progression.analysis.phasing import keys
from progression.analysis.raised import months_later
from progression.analysis.settings import Rules, RulesAccount, Settings
from progression.analysis.values import Flag
from progression.scales.model import RATERS, Scale

COMPARED_SHARE = 0.5  # of the whole scale's indicators: fewer say nothing about the whole
BLOCK = 100_000  # steps compared at a time, so that a country's answers are not held twice
FILE = Path(__file__).resolve().parent / "rules.json"


@dataclass(frozen=True, slots=True)
class Compared:
    """Each step against the start of its phase (M,). `down`, `up`: indicators that moved towards worse and better.

    `answers`: answers given both times by the same rater, over both raters, M x 2; `items`: indicators among them.
    `before`, `now`: means of those answers (NaN without any), steps as the scale counts them. `latest`: mean of all
    whole-scale answers of the round so far.
    """

    down: Ints
    up: Ints
    answers: Ints
    items: Ints
    before: Floats
    now: Floats
    latest: Floats


def sign_test(moved: int, same_way: int) -> float:
    """Return the one-sided exact probability of at least `same_way` of `moved` fair coins falling one way; 1 of none.

    Exact in binary up to 53 coins. Raises ValueError unless 0 <= same_way <= moved.
    """
    if not 0 <= same_way <= moved:
        raise ValueError(f"{same_way} of {moved}")
    return float(sum(math.comb(moved, i) for i in range(same_way, moved + 1)) / 2**moved)


def judgeable(scale: Scale, rules: Rules) -> bool:
    """Say whether the scale has enough indicators for the sign test; a sum score has one, and never does."""
    return sum(i.in_whole for i in scale.indicators) >= rules.least_moved


def judge(basis: Basis, plain: Looks, settings: Settings) -> Looks:
    """Return the looks with the conditions of the rules in place of the model's; levels and curve stay the model's."""
    scale, rules, step = basis.cohort.scale, settings.rules, basis.step
    mic, better = scale.minimal_important_change, scale.better
    found = compare(basis, plain.in_phase)
    change = np.round(found.now - found.before, 9)
    p_down, p_up = _probabilities(found.down, found.up, scale), _probabilities(found.up, found.down, scale)
    old = plain.look & (plain.rounds > QUIET_ROUNDS)
    floor, ceiling = _room(found.latest, scale)
    with np.errstate(invalid="ignore"):
        fall = old & (p_down <= rules.p_limit) & (-better * change >= mic / MIC_SHARE)
        rise = old & (p_up <= rules.p_limit) & (better * change >= mic / MIC_SHARE)
        slow = better * change < rules.gain_share * mic
    begin = np.append(basis.phases.start, 0)[basis.known.phase]
    long = (plain.in_phase >= rules.rounds) & (step.day >= months_later(begin, rules.months))
    enough = found.items >= COMPARED_SHARE * sum(i.in_whole for i in scale.indicators)
    still = old & slow & long & enough & ~fall & ~rise
    flat = still & ~ceiling & ~basis.cohort.holds.on(step.who, step.day)
    return replace(
        plain,
        fall=fall,
        rise=rise,
        flat=flat,
        steady=still & ~flat,
        floor=floor,
        ceiling=ceiling,
        method="rules",
        tell=_teller(scale, settings, plain, found, p_down, p_up),
    )


def compare(basis: Basis, in_phase: Ints) -> Compared:
    """Compare every step's answers with those of the round nearest the start of its phase (`in_phase`: see `Looks`)."""
    count, whole = len(basis.step.who), _whole(basis.cohort.scale)
    pairs = [_pairs(basis, in_phase, side) for side in range(len(RATERS))]
    down, up, items = (np.zeros(count, dtype=np.int64) for _ in range(3))
    answers = np.zeros((count, len(RATERS)), dtype=np.int64)
    before, now, latest = (np.full(count, np.nan) for _ in range(3))
    scores, better = basis.cohort.scores, basis.cohort.scale.better
    for first in range(0, count, BLOCK):
        part = slice(first, first + BLOCK)
        old, new, last = (
            np.stack([_scores(scores, pairs[side][k][part], whole) for side in range(len(RATERS))]) for k in range(3)
        )
        given = ~(np.isnan(old) | np.isnan(new))
        way = np.where(given, np.sign(better * (np.where(given, new, 0) - np.where(given, old, 0))), 0).sum(axis=0)
        down[part], up[part] = (way < 0).sum(axis=1), (way > 0).sum(axis=1)
        answers[part], items[part] = given.sum(axis=2).T, given.any(axis=0).sum(axis=1)
        before[part], now[part] = _mean(old, given), _mean(new, given)
        latest[part] = _mean(last, ~np.isnan(last))
    return Compared(down, up, answers, items, before, now, latest)


def _whole(scale: Scale) -> Bools:
    return np.array([i.in_whole for i in scale.indicators], dtype=bool)


def _scores(scores: Floats, rows: Ints, whole: Bools) -> Floats:
    """The whole-scale scores of assessments; NaN throughout for row -1."""
    out: Floats = np.where((rows >= 0)[:, None], scores[np.maximum(rows, 0)][:, whole], np.nan)
    return out


def _mean(score: Floats, given: Bools) -> Floats:
    count, total = given.sum(axis=(0, 2)), np.where(given, score, 0.0).sum(axis=(0, 2))
    # rounded like every value of an assessment, so that 0.1 + 0.2 steps reach 0.3
    out: Floats = np.round(np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0), 9)
    return out


def _pairs(basis: Basis, in_phase: Ints, side: int) -> tuple[Ints, Ints, Ints]:
    """One rater's assessments (rows of the cohort, -1 = none) per step: at the phase's start and now, where the two can
    be compared; and the latest of the round, comparable or not."""
    step, seen = basis.step, basis.seen
    own, rows = np.flatnonzero(np.isfinite(step.noise[:, side])), np.flatnonzero(seen.rater == side)
    none = np.full(len(step.who), -1, dtype=np.int64)
    if not len(own):
        return none, none, none
    place = none.copy()
    place[own] = np.arange(len(own))
    last = np.maximum.accumulate(np.where(place >= 0, np.arange(len(place)), -1))
    fresh = (last >= 0) & (step.who[last] == step.who) & (step.round[last] == step.round)
    now = np.where(fresh, place[last], -1)
    then = _nearest(basis, own, step.round - in_phase + 1)
    same = (now >= 0) & (then >= 0) & (in_phase > 1)
    asked = [basis.cohort.mode[seen.row[rows]]]
    for value in [seen.assessor[rows], *asked] if side == 0 else asked:
        known = _last_known(seen.who[rows], value)
        same &= (known[now] == known[then]) | (known[now] < 0) | (known[then] < 0)
    row = seen.row[rows]
    return np.where(same, row[then], -1), np.where(same, row[now], -1), np.where(fresh, row[now], -1)


def _last_known(who: Ints, value: Ints) -> Ints:
    """Each row's value, or the last one known of the same citizen; -1 before any was."""
    last = np.maximum.accumulate(np.where(value >= 0, np.arange(len(value)), -1))
    out: Ints = np.where((last >= 0) & (who[last] == who), value[last], -1)
    return out


def _nearest(basis: Basis, own: Ints, wanted: Ints) -> Ints:
    """Per step the place in `own` (one rater's steps) of the assessment of round `wanted` nearest the phase's start."""
    step = basis.step
    begin = np.append(basis.phases.start, 0)[basis.known.phase]
    round_key = keys(step.who[own], step.round[own])
    low = np.searchsorted(round_key, keys(step.who, wanted), side="left")
    high = np.searchsorted(round_key, keys(step.who, wanted), side="right") - 1
    after = np.searchsorted(keys(step.who[own], step.day[own]), keys(step.who, begin), side="left")
    top = np.minimum(np.maximum(high, low), len(own) - 1)
    left, right = np.clip(after - 1, np.minimum(low, top), top), np.clip(after, np.minimum(low, top), top)
    day = step.day[own]
    closer = np.abs(day[left] - begin) <= np.abs(day[right] - begin)
    return np.where(high >= low, np.where(closer, left, right), -1).astype(np.int64)


def _probabilities(one_way: Ints, other_way: Ints, scale: Scale) -> Floats:
    """The exact p of each step, from a table: there are few indicators."""
    size = len(scale.indicators) + 1
    table = np.array([[sign_test(n, k) if k <= n else np.nan for k in range(size)] for n in range(size)])
    out: Floats = table[one_way + other_way, one_way]
    return out


def _room(latest: Floats, scale: Scale) -> tuple[Bools, Bools]:
    """Where the round's own answers leave less than one minimal important change of room towards worse, and better."""
    room = ROOM * scale.minimal_important_change
    with np.errstate(invalid="ignore"):
        low, high = latest < scale.minimum + room, latest > scale.maximum - room
    return (low, high) if scale.better > 0 else (high, low)


def _teller(
    scale: Scale, settings: Settings, plain: Looks, found: Compared, p_down: Floats, p_up: Floats
) -> Callable[[Flag, int], Flag]:
    """Return what puts the rules' own figures into a flag of a step (see `Flag.numbers` in `docs/analysis.md`)."""
    rules, mic = settings.rules, scale.minimal_important_change
    account = account_of(scale, settings)
    # a flag keeps what was promised about the rule when it was shown
    stated = {**rules.stated(), **(account.figures() if account is not None else {})}

    def tell(flag: Flag, step: int) -> Flag:
        if flag.kind == "missing" or not found.answers[step].any():
            return replace(flag, method="rules", estimates="", evidence=None, change_sd=None, rate_limit=None)
        before, now = float(found.before[step]), float(found.now[step])
        standing = flag.kind == "stagnation"
        p = p_up[step] if flag.kind == "progression" else p_down[step]
        told = found.answers[step] > 0
        numbers: tuple[tuple[str, float | str], ...] = (
            ("moved_down", int(found.down[step])),
            ("moved_up", int(found.up[step])),
            *((("p", float(p)),) if not standing else ()),
            *((f"answers_{rater}", int(found.answers[step, i])) for i, rater in enumerate(RATERS)),
            ("rounds_in_phase", int(plain.in_phase[step])),
            ("mic", mic),
            *stated.items(),
        )
        return replace(
            flag,
            rater="both" if told.all() else RATERS[int(np.argmax(told))],
            baseline=before,
            level=now,
            change=round(now - before, 9),
            change_sd=None,
            evidence=None,
            margin=rules.gain_share * mic if standing else mic / MIC_SHARE,
            rate_limit=None,
            method="rules",
            estimates="",
            numbers=numbers,
        )

    return tell


def account_of(scale: Scale, settings: Settings) -> RulesAccount | None:
    """Return what simulation said about the thresholds in force on this scale; None where nobody has simulated them."""
    wanted = (scale.id, scale.minimal_important_change, settings.rules)
    for account in (*settings.accounts, shipped(scale)):
        if account is not None and (account.scale, account.mic, account.rules) == wanted:
            return account
    return None


def shipped(scale: Scale) -> RulesAccount | None:
    """Return the account of the standard thresholds for a shipped scale, None for another."""
    body = _file().get(scale.id)
    return None if body is None else RulesAccount.of(body)


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    if not FILE.exists():  # only while it is being made
        return {}
    data: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return data
