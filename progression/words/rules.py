"""The method "rules" in plain words: the rule in full, what it does in simulation, and what a flag of it rests on.

`told` is what stands in `Flag.numbers`, or `Rules.stated()` with the fields of a `RulesAccount`: figures by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from progression.words.catalogue import N_, Words

if TYPE_CHECKING:  # for the reader and the type checker; nothing of these rooms is loaded
    from progression.analysis.values import Flag, Trajectory
    from progression.scales.model import Scale

Told = Mapping[str, float | str | None]
THIRD = 3.0  # a flag needs at least a third of the minimal important change, by either method
_RATERS: dict[str, str] = {
    "both": N_("the caseworker's and the citizen's"),
    "caseworker": N_("the caseworker's"),
    "citizen": N_("the citizen's"),
}


def rule(w: Words, told: Told, scale: Scale) -> list[str]:
    """Return the rule in full, as sentences: what is compared, regression and progression, standstill, what is left
    out."""
    mic, decimals = scale.minimal_important_change, _decimals(scale)
    tested = sum(i.in_whole for i in scale.indicators) >= _figure(told, "least_moved")
    standstill = w.t(
        "Standstill: after at least {rounds} rounds and {months} months of the period, the mean of the same answers "
        "has not become better by {gain}.",
        rounds=w.number(_figure(told, "rounds"), 0),
        months=w.number(_figure(told, "months"), 0),
        gain=w.number(_figure(told, "gain_share") * mic, max(decimals, 1)),
    )
    return [
        w.t(
            "Each rater's answers are compared with the same rater's own answers at the round nearest the start of the "
            "period. Another caseworker's answers, or answers asked for in another way, are left out: that would be "
            "comparing two raters and not two days."
        ),
        *(_test(w, told, mic, decimals) if tested else [_untested(w, told)]),
        standstill,
        w.t("The first two rounds of a case raise nothing. Where nothing can be compared, nothing is said."),
    ]


def standing(w: Words, trajectory: Trajectory) -> list[str]:
    """Return why the rules point out nothing in the period, as sentences."""
    found = []
    if trajectory.since is not None:
        found.append(
            w.t(
                "Each rater's answers are compared with the same rater's own at the round nearest {since}, when the "
                "period began.",
                since=w.date(trajectory.since),
            )
        )
    return [
        *found,
        w.t(
            "Too few indicators have moved the same way, or the answers have moved too little, for the rules to say "
            "more."
        ),
        w.t("The rules know no uncertainty of a level, so no margin stands here."),
    ]


def _test(w: Words, told: Told, mic: float, decimals: int) -> list[str]:
    return [
        w.t(
            "An indicator has become worse when more raters give it a worse answer than a better one, and better in "
            "the same way. Where the two disagree, it counts as unchanged."
        ),
        w.t(
            "Regression: so many of the indicators that moved have become worse that a fair coin would do the same in "
            "at most {p} of cases (sign test), and the mean of the same answers is at least {least} worse. It takes at "
            "least {n} indicators. Progression is the mirror image.",
            p=percent(w, _figure(told, "p_limit")),
            least=w.number(mic / THIRD, max(decimals, 1)),
            n=w.number(_figure(told, "least_moved"), 0),
        ),
    ]


def _untested(w: Words, told: Told) -> str:
    return w.t(
        "The rule for regression and progression counts indicators and needs at least {n}. This scale has fewer, so "
        "the rules cannot judge either.",
        n=w.number(_figure(told, "least_moved"), 0),
    )


def account(w: Words, told: Told, scale: Scale) -> str:
    """Return what simulation says about the rule, or that nobody has simulated these thresholds."""
    if told.get("improvers_wrong") is None:
        return w.t(
            "How often these thresholds point something out without a reason has not been measured. The figures for "
            "the standard thresholds do not hold for them."
        )
    return " ".join([*_alarms(w, told), _standstills(w, told)])


def _alarms(w: Words, told: Told) -> list[str]:
    if told.get("false_regression") is None or told.get("found") is None:
        return []
    found = w.t(
        "In simulation: about {n} points about regression without a reason a year per 100 citizens who stand still (at "
        "most {worst} in the kinds of courses tried), and about {better} about progression. {found} in 100 real "
        "setbacks are found.",
        n=w.number(_figure(told, "false_regression"), 1),
        worst=w.number(_figure(told, "worst"), 1),
        better=w.number(_figure(told, "false_progression"), 1),
        found=w.number(100 * _figure(told, "found"), 0),
    )
    if told.get("real") is None:
        return [found]
    real = w.number(100 * _figure(told, "real"), 0)
    return [found, w.t("Of 100 points about regression {real} are right.", real=real)]


def _standstills(w: Words, told: Told) -> str:
    return w.t(
        "In simulation {wrong} in 100 who truly make progress are called a standstill, and {flat} in 100 level courses "
        "within a year.",
        wrong=w.number(100 * _figure(told, "improvers_wrong"), 0),
        flat=w.number(100 * _figure(told, "flat_found"), 0),
    )


def beside(w: Words, flag: Flag, scale: Scale) -> list[str]:
    """Return the rule in full and its account, from a flag's own numbers; nothing for a missing assessment, which is
    the same by either method."""
    told = dict(flag.numbers)
    return [*rule(w, told, scale), account(w, told, scale)] if "p_limit" in told else []


def how_much(w: Words, flag: Flag, scale: Scale, before: str, now: str) -> str:
    """Return the first sentences of a flag's reason: what moved, and by how much. `before`, `now`: the means."""
    told, decimals = dict(flag.numbers), max(_decimals(scale), 1)
    if flag.kind == "stagnation":
        return w.t(
            "Over {n} rounds the mean went from {baseline} to {level}; {gain} towards better would count.",
            n=w.number(_figure(told, "rounds_in_phase"), 0),
            baseline=before,
            level=now,
            gain=w.number(flag.margin or 0.0, decimals),
        )
    worse, better = (w.number(_figure(told, name), 0) for name in ("moved_down", "moved_up"))
    return w.t(
        "Of the indicators that moved, {worse} have become worse and {better} better; a coin does that in {p} of "
        "cases. The mean went from {baseline} to {level}.",
        worse=worse,
        better=better,
        p=percent(w, _figure(told, "p")),
        baseline=before,
        level=now,
    )


def who(w: Words, flag: Flag) -> str:
    """Return what a caseworker change meant for the comparison, "" without one."""
    if flag.caseworker_changed is None or flag.kind == "missing":
        return ""
    day = w.date(flag.caseworker_changed)
    if flag.rater == "citizen":
        return w.t("The caseworker changed {day}, so only the citizen's own answers are compared.", day=day)
    return w.t("The caseworker changed {day}. Only the same caseworker's answers are compared.", day=day)


def compared(w: Words, flag: Flag) -> tuple[str, str]:
    """Return how many answers are compared, and whose: label and figure."""
    told = dict(flag.numbers)
    answers = _figure(told, "answers_caseworker") + _figure(told, "answers_citizen")
    return w.t("Answers compared: {whose}", whose=w.t(_RATERS[flag.rater])), w.number(answers, 0)


def percent(w: Words, share: float) -> str:
    """Return a share as percent with as many decimals as tell it from nothing: "0,5 %", "0,098 %", "10 %"."""
    value, decimals = 100 * share, 0
    while decimals < 4 and abs(round(value, decimals) - value) > 0.02 * value:
        decimals += 1
    return w.t("{n}%", n=w.number(value, decimals))


def _figure(told: Told, name: str) -> float:
    value = told.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0


def _decimals(scale: Scale) -> int:
    return 2 if len(scale.indicators) > 1 else 0
