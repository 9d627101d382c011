"""Where things stand when nothing is pointed out, and why nothing can be said: each state in a few sentences.

"Too few measurements" and "unclear" are correct answers. The functions read attributes of `analysis.values.Trajectory`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from progression.words import rounding
from progression.words.catalogue import Words
from progression.words.reckoning import SHARE, plus_minus

if TYPE_CHECKING:  # for the reader and the type checker; nothing of these rooms is loaded
    from progression.analysis.values import Estimates, Trajectory
    from progression.scales.model import Scale

EARLY_MONTHS = 9  # before that a standstill is seldom seen (measurement.md)


def too_early(trajectory: Trajectory) -> bool:
    """Whether it is unclear only because the period is young: before nine months a standstill is seldom seen."""
    if trajectory.standing != "unclear" or trajectory.since is None:
        return False
    months = 12 * (trajectory.as_of.year - trajectory.since.year) + trajectory.as_of.month - trajectory.since.month
    return months - (trajectory.as_of.day < trajectory.since.day) < EARLY_MONTHS


def margin(trajectory: Trajectory, scale: Scale, estimates: Estimates) -> float | None:
    """Return what a change this way must reach to be pointed out, in steps; None where no change is known."""
    if trajectory.change is None or trajectory.change_sd is None:
        return None
    worse = scale.better * trajectory.change < 0
    c = estimates.c_regression if worse else estimates.c_progression
    return max(scale.minimal_important_change / SHARE, c * trajectory.change_sd)


def explanation(w: Words, trajectory: Trajectory, scale: Scale, estimates: Estimates) -> list[str]:
    """Return two to five short sentences on where things stand; what `words.flags.standing` says in a word."""
    t = trajectory
    if t.standing == "too_few":
        return _too_few(w, t)
    if t.standing == "unknown_since":
        return _unknown(w, t)
    if t.standing == "progression":
        return _change(w, t, scale, estimates)
    if t.floor:
        return [*_near(w, t, scale, floor=True), *_change(w, t, scale, estimates)]
    if t.standing == "stagnation":
        if t.ceiling:
            return [*_near(w, t, scale, floor=False), w.t("The level has been held.")]
        return [
            *_change(w, t, scale, estimates),
            w.t("The answers do not allow a progression worth having in six months."),
        ]
    return [*_change(w, t, scale, estimates), *(_unclear(w, t) if t.standing == "unclear" else [])]


def _too_few(w: Words, t: Trajectory) -> list[str]:
    counted = w.tn("There is {n} round of answers.", "There are {n} rounds of answers.", t.rounds)
    if not t.rounds:
        counted = w.t("There is no round of answers yet.")
    return [
        counted,
        w.t("At least {needed} are needed to tell a change from an ordinary swing.", needed=t.rounds_needed),
        w.t("Nothing is said about the course before that."),
    ]


def _unknown(w: Words, t: Trajectory) -> list[str]:
    found = []
    if t.unknown_since is not None:
        found.append(w.t("The last answers are from {day}.", day=w.date(t.unknown_since)))
    found.append(w.t("The next assessment is overdue."))
    if t.level is not None:
        found.append(w.t("The level was {level} then.", level=w.number(t.level)))
    found.append(w.t("We do not know how things have gone since. It is not the same as standing still."))
    return found


def _near(w: Words, t: Trajectory, scale: Scale, *, floor: bool) -> list[str]:
    if t.level is None:
        return []
    worst = scale.minimum if scale.better > 0 else scale.maximum
    best = scale.maximum if scale.better > 0 else scale.minimum
    end = worst if floor else best
    fields = {"level": w.number(t.level), "end": w.number(end, 0)}
    if floor:
        return [
            w.t("The level is {level}, and the scale ends at {end}.", **fields),
            w.t("A fall could not be seen. So this is not the same as steady."),
        ]
    return [w.t("The level is {level}, and the scale ends at {end}.", **fields), w.t("There is no room for more.")]


def _change(w: Words, t: Trajectory, scale: Scale, estimates: Estimates) -> list[str]:
    limit = margin(t, scale, estimates)
    since = w.date(t.since) if t.since is not None else ""
    if t.change is None or limit is None or not since:
        return [w.t("There are no answers in the period that began {since}.", since=since)] if since else []
    d = decimals(t, limit)
    change = shown_change(t, d)
    fields = {"change": w.number(abs(change), d), "margin": w.number(limit, d)}
    first = w.t("The change since {since} is {change}.", since=since, change=w.signed(change, d))
    swing = w.t("The measurement usually swings {margin}.", margin=plus_minus(w, limit, d))
    if abs(t.change) >= limit:
        return [first, swing, w.t("{change} is more than {margin}.", **fields)]
    return [first, swing, w.t("{change} is less than {margin}, so no direction can be told.", **fields)]


def shown_change(t: Trajectory, decimals: int) -> float:
    """Return the difference of the two levels as they are printed."""
    change, level = t.change or 0.0, t.level
    return change if level is None else rounding.minus(level, level - change, decimals)


def decimals(t: Trajectory, limit: float) -> int:
    """Return the fewest decimals with which the change between the levels as printed compares with the margin as it
    does in truth: for the sentence and the picture alike."""
    reached = abs(t.change or 0.0) >= limit
    for d in range(1, rounding.MOST):
        apart = abs(shown_change(t, d)) - rounding.printed(limit, d)
        if abs(apart) > 0.5 * 10.0**-d and (apart > 0) == reached:
            return d
    return rounding.MOST


def _unclear(w: Words, t: Trajectory) -> list[str]:
    if too_early(t):
        return [
            w.t("It is too early to say whether it stands still."),
            w.t("Before nine months in a period the answers can seldom tell."),
        ]
    return [w.t("Nor do the answers show that it stands still."), w.t("It is unclear, and that is the correct answer.")]


def last_answer(trajectory: Trajectory) -> date | None:
    """Return the day of the last answer, None without one."""
    return max((o.day for o in trajectory.observations), default=None)
