"""Reliable change of one person between two scores, by six published formulas.

The index is a difference over a standard error; the methods differ in what is expected of a person who has not
changed. Formulas as collected by Lambert & Ogles (2009) and in the package clinicalsignificance, whose figures the
tests repeat. Left out: its hierarchical model, whose index is how far a person's slope lies from the *group's mean*
slope, which is no statement about the person; and the formula of Jacobson et al. (1984), which lacked the factor 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from progression.analysis.classical.values import Method, Missing, Norms, ReliableChange, Verdict

METHODS: tuple[Method, ...] = ("JT", "HA", "GLN", "HLL", "EN", "NK")
CRITICAL: dict[Method, float] = {"JT": 1.96, "HA": 1.65, "GLN": 1.96, "HLL": 1.96, "EN": 1.96, "NK": 1.96}
CITIZENS_NEEDED = 20  # our own choice: an sd or a correlation of fewer people is too loose to judge anyone by


def norms(
    pre: Sequence[float], post: Sequence[float], reliability: float, reliability_post: float | None = None
) -> Norms | Missing:
    """Return the group's figures from its first and last scores, one place per person. sds with n - 1.

    `reliability` 0-1; at the last measurement the same unless given. Missing below 20 people, or where the first scores
    are all equal. Raises ValueError for a reliability outside 0-1.
    """
    last = reliability if reliability_post is None else reliability_post
    if not 0 <= reliability < 1 or not 0 <= last < 1:
        raise ValueError("a reliability lies between 0 and 1")
    if len(pre) < CITIZENS_NEEDED:
        return Missing("too_few", len(pre), CITIZENS_NEEDED, "citizens")
    sd_pre, sd_post = _sd(pre), _sd(post)
    if sd_pre == 0:
        return Missing("flat")
    r = correlation(pre, post) or 0.0
    return Norms(len(pre), _mean(pre), sd_pre, _mean(post), sd_post, r, reliability, last)


def retest(first: Sequence[float], second: Sequence[float]) -> float | Missing:
    """Return a cohort's own estimate of reliability: the correlation of first and second measurement.

    People change between the two, so it is rather too low than too high, and calls fewer changes reliable. Missing
    below 20 people, or where the correlation is not positive.
    """
    if len(first) < CITIZENS_NEEDED:
        return Missing("too_few", len(first), CITIZENS_NEEDED, "citizens")
    r = correlation(first, second)
    return Missing("undefined") if r is None or r <= 0 else min(r, 0.999)


def correlation(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Return Pearson's r, None where either does not vary."""
    mean_a, mean_b = _mean(a), _mean(b)
    above = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    below = sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return above / below if below > 0 else None


def change(method: Method, pre: float, post: float, group: Norms, better: int = 1) -> ReliableChange | Missing:
    """Return one person's reliable change from `pre` to `post`, in the unit of the scale.

    JT Jacobson & Truax 1991 (after Christensen & Mendoza 1986); HA Hageman & Arrindell 1999 (individual); GLN
    Gulliksen-Lord-Novick; HLL Hsu-Linn-Lord; EN Edwards-Nunnally; NK Nunnally-Kotsch. Critical values 1.96, for HA 1.65
    as published. Missing where a formula has no value: HA where differences have no reliability.
    """
    index = index_of(method, pre, post, group)
    if index is None:
        return Missing("undefined")
    critical = CRITICAL[method]
    verdict: Verdict = "unchanged"
    if abs(index) > critical:
        verdict = "improved" if index * better > 0 else "deteriorated"
    swing = critical * _difference_error(group) if method == "JT" else None
    return ReliableChange(method, index, critical, verdict, swing)


def index_of(method: Method, pre: float, post: float, group: Norms) -> float | None:
    """Return the index itself; None where the formula has no value."""
    r, sd, mean = group.reliability, group.sd_pre, group.mean_pre
    regressed = r * (pre - mean) + mean  # what is expected when an extreme score was partly chance
    if method == "JT":
        return (post - pre) / _difference_error(group)
    if method == "HA":
        return _hageman_arrindell(pre, post, group)
    if method == "GLN":
        return (post - regressed) / (sd * sqrt(1 - r * r))
    if method == "HLL":
        return (post - (r * (pre - mean) + group.mean_post)) / (sd * sqrt(1 - r * r))
    if method == "EN":
        return (post - regressed) / (sd * sqrt(1 - r))
    error = sd * sd * r * r * (1 - r) + sd * sd * (1 - group.reliability_post)
    return (post - regressed) / sqrt(error)


def _difference_error(group: Norms) -> float:
    """The standard error of a difference: sqrt(2) x sd x sqrt(1 - reliability)."""
    return sqrt(2) * group.sd_pre * sqrt(1 - group.reliability)


def _hageman_arrindell(pre: float, post: float, group: Norms) -> float | None:
    """Their RC_indiv: the change is drawn towards the group's by the reliability of differences, which is 1 - 2 SE^2 /
    var(difference) with one standard error of measurement, that of the first measurement, at both."""
    a, b = group.sd_pre, group.sd_post
    spread = a * a + b * b - 2 * a * b * group.correlation
    reliable = 1 - _difference_error(group) ** 2 / spread if spread > 0 else 0.0
    if reliable <= 0:
        return None
    drawn = (post - pre) * reliable + (group.mean_post - group.mean_pre) * (1 - reliable)
    return drawn / (sqrt(reliable) * _difference_error(group))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _sd(values: Sequence[float]) -> float:
    mean = _mean(values)
    return sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))
