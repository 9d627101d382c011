"""Why an attention point is shown, for two people at a table: what it rests on, how sure it is, what became of it.

The functions read attributes of `analysis.values.Flag`, `Estimates` and `charts.grounds.Grounds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from progression.words import flags as said
from progression.words import rounding
from progression.words import rules as rule_words
from progression.words.catalogue import N_, Words
from progression.words.estimates import rate as rate_sentence
from progression.words.reckoning import Row, figure, plus_minus, reckoning

if TYPE_CHECKING:  # for the reader and the type checker; nothing of these rooms is loaded
    from progression.analysis.values import Estimates, Flag
    from progression.charts.grounds import Grounds, Seen
    from progression.scales.model import Scale

INTERVAL_SDS = 1.645  # half width of a 90 % interval, in standard deviations
CASELOAD = 50
ALLOWED = 1.25  # a world breaks the stated rate where it gives more than this much of it
NAMED_WORLDS = 2
LEAST_MOVE = 0.05  # steps: less is no movement when the two raters are compared
WORLDS: dict[str, str] = {
    "noisy raters": N_("With raters who swing much from time to time"),
    "common bias": N_("Where a caseworker rates all citizens alike too high or too low"),
    "caseworker change": N_("With many changes of caseworker"),
    "change at phase": N_("Where the caseworker changes just as the period does"),
    "careless raters": N_("With raters who tick the same step all the way down"),
    "copying caseworkers": N_("With caseworkers who repeat their last answers"),
    "end glow": N_("With caseworkers who rate too kindly the last time before a passive period"),
    "missing items": N_("With many answers left out"),
    "probit items": N_("Where the questions do not all measure equally well"),
    "heavy tails": N_("With days now and then that are quite unlike the others"),
    "sudden drops": N_("Where people fall suddenly"),
    "unrecorded events": N_("Where much happens in life that nobody wrote down"),
    "floor": N_("Where most are near the lowest level"),
    "ceiling": N_("Where most are near the highest level"),
    "entry dip": N_("Where people begin at their worst"),
    "single-item declines": N_("Where only one indicator falls"),
    "silent citizens": N_("With citizens who seldom answer"),
    "missing when bad": N_("Where answers are missing just when things go badly"),
    "monthly": N_("With answers every month"),
    "irregular": N_("With answers at irregular times"),
    "half-yearly": N_("With answers every half year"),
    "phases started when low": N_("Where a low answer starts an intervention"),
    "late ends": N_("Where ends of interventions are registered months late"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the explanation: a heading, rows of label and figure, and short paragraphs."""

    title: str
    rows: tuple[Row, ...] = ()
    paragraphs: tuple[str, ...] = ()


def parts(
    w: Words,
    flag: Flag,
    scale: Scale,
    estimates: Estimates,
    grounds: Grounds,
    worlds: Mapping[str, float] | None = None,
    *,
    least: int = 1,
) -> tuple[Part, ...]:
    """Return the explanation of a flag in parts; a part with nothing to say is left out.

    `worlds`: false alarms per 100 citizen-years that simulated worlds gave at the stated rate. `least`: decimals.
    """
    steps = reckoning(w, flag, scale, grounds, least=least)
    found = (
        Part(w.t("Step by step"), steps.rows, _together(steps.conclusion)),
        Part(w.t("How sure is it?"), (), tuple(_how_sure(w, flag, estimates, worlds or {}))),
        Part(w.t("What it rests on"), (), tuple(_rests_on(w, flag, grounds))),
        Part(w.t("Behind the figures"), (), tuple(_calculated(w, flag, grounds))),
        Part(w.t("The rule in full"), (), tuple(rule_words.beside(w, flag, scale) if flag.method == "rules" else ())),
        Part(w.t("What has come of it"), (), tuple(_came_of_it(w, flag, grounds, least))),
    )
    return tuple(part for part in found if part.rows or part.paragraphs)


def _together(sentences: Iterable[str]) -> tuple[str, ...]:
    """One paragraph of sentences that belong together; none of none."""
    text = " ".join(sentence for sentence in sentences if sentence)
    return (text,) if text else ()


# how sure


def _how_sure(w: Words, flag: Flag, estimates: Estimates, worlds: Mapping[str, float]) -> list[str]:
    if flag.kind == "missing":
        return [w.t("This is counted from dates alone. It says nothing about how the citizen is doing.")]
    if flag.kind == "disagreement":
        return [
            w.t("This is no alarm, and neither of you is wrong.")
            + " "
            + w.t("It is something to talk about the next time you meet.")
        ]
    if flag.method != "trajectory":
        return _rule_account(w, flag)
    if flag.kind == "stagnation":
        return [
            w.t("This is about the pace in this period, not about the level."),
            w.t("Of 100 people who do gain that much, 5 at most are called standstill in a period (in simulation)."),
        ]
    return [
        *_together(_interval(w, flag)),
        *_together(_threshold(w, flag)),
        *_together(_rate(w, flag, estimates)),
        *_together(_worlds(w, flag, estimates, worlds)),
    ]


def interval(flag: Flag) -> tuple[float, float] | None:
    """Return the 90 % interval of the change, in steps; None where there is no uncertainty to tell."""
    if flag.change is None or flag.change_sd is None:
        return None
    half = INTERVAL_SDS * flag.change_sd
    return flag.change - half, flag.change + half


def _interval(w: Words, flag: Flag) -> list[str]:
    found = interval(flag)
    if found is None:
        return []
    low, high = found
    d = max(rounding.comparison(low, 0.0), rounding.comparison(high, 0.0))
    first = w.t(
        "The change lies between {low} and {high} (90% interval).", low=w.signed(low, d), high=w.signed(high, d)
    )
    if low <= 0.0 <= high:
        return [first, w.t("0 lies in between. So it is a reason to look, not a proof.")]
    return [first, w.t("0 does not lie in between. It is still a reason to look, not a proof.")]


def _threshold(w: Words, flag: Flag) -> list[str]:
    c = figure(flag, "c")
    if c is None:
        return []
    found = [
        w.t("The figure {c} comes from simulation. It sets how many are shown without a reason.", c=w.number(c, 2))
    ]
    if flag.indicator is not None:
        found.append(w.t("There are many indicators to look at. So more is asked of one alone."))
    return found


def _rate(w: Words, flag: Flag, estimates: Estimates) -> list[str]:
    if flag.estimates != estimates.name:
        return [w.t("It was measured with other estimates than those in force today.")]
    if flag.kind == "progression":  # an account of its own; how many are right was counted of falls
        simulated = estimates.rates.get(f"{estimates.false_alarms_per_100_years:g}", {})
        return [rate_sentence(w, estimates.false_alarms_per_100_years, None, simulated.get("realised_progression"))]
    return [said.rate(w, estimates)]


def _worlds(w: Words, flag: Flag, estimates: Estimates, worlds: Mapping[str, float]) -> list[str]:
    if flag.kind != "regression" or flag.estimates != estimates.name:
        return []
    return broken(w, estimates.false_alarms_per_100_years, worlds)


def broken(w: Words, stated: float, worlds: Mapping[str, float]) -> list[str]:
    """Return a sentence for each world that gives clearly more false alarms than stated, the worst first.

    `stated` and the values of `worlds` are false alarms per 100 citizen-years; the sentences are about a caseload.
    """
    over = sorted((v, name) for name, v in worlds.items() if name in WORLDS and v > ALLOWED * stated)
    share = CASELOAD / 100
    found = []
    for value, name in reversed(over[-NAMED_WORLDS:]):
        d = rounding.comparison(value * share, stated * share, least=0)
        found.append(
            w.t(
                "{where} it was about {n} without a reason instead of {stated} (in simulation).",
                where=w.t(WORLDS[name]),
                n=w.number(value * share, d),
                stated=w.number(stated * share, d),
            )
        )
    more = len(over) - NAMED_WORLDS
    if more > 0:
        found.append(
            w.tn(
                "{n} other kind of course gave too many as well.",
                "{n} other kinds of courses gave too many as well.",
                more,
            )
        )
    return found


def _rule_account(w: Words, flag: Flag) -> list[str]:
    name = "false_progression" if flag.kind == "progression" else "false_regression"
    often, right, wrong = figure(flag, name), figure(flag, "real"), figure(flag, "improvers_wrong")
    if flag.kind == "stagnation":
        if wrong is None:
            return []
        share = w.number(100 * wrong, 0)
        return [
            w.t("Of 100 people who do gain that much, {n} are called standstill in a period (in simulation).", n=share)
        ]
    if often is None:
        return [w.t("Nobody has simulated how often these rules are wrong.")]
    return [rate_sentence(w, round(often, 1), right if flag.kind == "regression" else None)]


# what it rests on


def _rests_on(w: Words, flag: Flag, grounds: Grounds) -> list[str]:
    if flag.kind == "missing":
        return []
    found: list[str] = []
    if grounds.answers:
        found += _together(_who_answered(w, flag, grounds))
        if flag.kind == "disagreement":
            found += _together(_gaps(w, flag, grounds))
        found += _together(_moves(w, flag, grounds))
    if flag.caseworker_changed is not None:
        found += _together(
            [
                w.t("The caseworker changed {day}.", day=w.date(flag.caseworker_changed)),
                w.t("A new one may rate differently. So the answers across the change count for less.")
                if flag.method == "trajectory"
                else "",
            ]
        )
    return found


def _gaps(w: Words, flag: Flag, grounds: Grounds) -> list[str]:
    """The pair's gap, round by round, and how the usual one comes of the earlier rounds."""
    earlier, running = figure(flag, "usual_rounds"), figure(flag, "rounds_running")
    if not earlier or not running:
        return []
    # rounds before those were asked for in another way: another pair, so to speak, which nothing is compared with
    gaps = grounds.gaps()[-int(earlier + running) :]
    if len(gaps) < 2:
        return []
    listed = ", ".join(w.t("{gap} ({day})", gap=w.signed(gap, 1), day=w.short_date(day)) for day, gap in gaps)
    return [
        w.t("The gap round by round, caseworker less citizen: {gaps}.", gaps=listed),
        w.tn(
            "The usual gap comes from {n} round before it opened. The fewer rounds, the nearer it is kept to 0.",
            "The usual gap comes from {n} rounds before it opened. The fewer rounds, the nearer it is kept to 0.",
            int(earlier),
        ),
    ]


def _who_answered(w: Words, flag: Flag, grounds: Grounds) -> list[str]:
    since = w.date(grounds.answers[0].day)
    theirs, own = grounds.of("caseworker"), grounds.of("citizen")
    found = []
    if theirs:
        rated = w.tn(
            "The caseworker has rated {n} time since {since}",
            "The caseworker has rated {n} times since {since}",
            len(theirs),
            since=since,
        )
        names = _names(w, theirs)
        found.append(f"{rated}: {names}." if names else f"{rated}.")
    if own:
        found.append(
            w.tn("The citizen has answered {n} time.", "The citizen has answered {n} times.", len(own))
            if theirs
            else w.tn(
                "The citizen has answered {n} time since {since}.",
                "The citizen has answered {n} times since {since}.",
                len(own),
                since=since,
            )
        )
    if theirs and not own and flag.indicator is None:
        found.append(w.t("The citizen has not answered in that time."))
    if own and not theirs:
        found.append(w.t("The caseworker has not rated in that time."))
    return found


def _names(w: Words, rows: tuple[Seen, ...]) -> str:
    """Who rated how often, in the order of their first time; "" where a name is missing."""
    counted: dict[str, int] = {}
    for row in rows:
        counted[row.who] = counted.get(row.who, 0) + 1
    if "" in counted:
        return ""
    if len(counted) == 1:
        return next(iter(counted))
    return ", ".join(w.t("{name} ({n})", name=name, n=n) for name, n in counted.items())


def _moves(w: Words, flag: Flag, grounds: Grounds) -> list[str]:
    """Where each rater's own answers went; plainly where they went opposite ways."""
    d = 0 if flag.indicator is not None else 1
    moved = grounds.moved()
    names = {
        "citizen": N_("The citizen's answers went from {first} to {last}."),
        "caseworker": N_("The caseworker's went from {first} to {last}."),
    }
    if "citizen" not in moved:
        names["caseworker"] = N_("The caseworker's answers went from {first} to {last}.")
    found = [
        w.t(names[rater], first=w.number(moved[rater][0].value, d), last=w.number(moved[rater][1].value, d))
        for rater in names
        if rater in moved
    ]
    if opposite(grounds) and flag.kind in ("regression", "progression", "stagnation"):
        found.append(w.t("They moved in opposite directions. The level weighs both."))
    return found


def opposite(grounds: Grounds) -> bool:
    """Whether the two raters' own answers moved in opposite directions over the period."""
    moved = {rater: last.value - first.value for rater, (first, last) in grounds.moved().items()}
    if len(moved) < 2 or min(abs(change) for change in moved.values()) < LEAST_MOVE:
        return False
    return min(moved.values()) < 0 < max(moved.values())


# how it is calculated


def _calculated(w: Words, flag: Flag, grounds: Grounds) -> list[str]:
    named = w.t("Method: {method}.", method=said.method(w, flag.method))
    if flag.kind == "missing":
        return []
    if flag.method != "trajectory":
        return [*_together([named, w.t("Only answers of the same rater are compared. No estimate plays a part.")])]
    counted = w.t("All answers up to that day count. The less sure an answer is, the less it counts.")
    group = [w.t("The same answers give the same points, with or without an intervention.")]
    if grounds.informed:
        group = [
            w.t("The municipality has chosen to use how levels usually go in such periods."),
            w.t("So the same answers can give different points in different kinds of periods."),
        ]
    return [*_together([named, counted]), *_together(_estimates(w, flag.estimates)), *_together(group)]


def _estimates(w: Words, name: str) -> list[str]:
    """What the name of the estimates in force means."""
    day, _, citizens = name.partition("/")
    if not day:
        return []
    if day == "prior" or not citizens.isdigit():
        return [w.t("Estimates: starting values, from nobody's data yet ({name}).", name=name)]
    return [
        w.tn(
            "Estimates of {day}, from {n} citizen ({name}).",
            "Estimates of {day}, from {n} citizens ({name}).",
            int(citizens),
            day=w.date(date.fromisoformat(day)),
            name=name,
        )
    ]


# what became of it


def _came_of_it(w: Words, flag: Flag, grounds: Grounds, least: int) -> list[str]:
    found = [_first_shown(w, flag, grounds, least)]
    for decision in grounds.decisions:
        choice = w.t(said.CHOICES[decision.choice])
        found.append(w.t("Decided {day}: {choice}.", day=w.date(decision.date), choice=choice))
    if flag.status == "silenced" and flag.follow_up is not None:
        found.append(w.t("It is silent until {day}.", day=w.date(flag.follow_up)))
    elif flag.status == "open" and flag.follow_up is not None:
        found.append(w.t("Open again since {day}.", day=w.date(flag.follow_up)))
    elif flag.status == "decided" and flag.follow_up is None:
        found.append(w.t("It does not come back in this period."))
    elif flag.status == "withdrawn":
        found += [w.t("It is no longer shown."), said.withdrawn(w, flag)]
    return [sentence for sentence in found if sentence]


def _first_shown(w: Words, flag: Flag, grounds: Grounds, least: int) -> str:
    first = grounds.first
    decided_before = first is not None and any(decision.date < first.day for decision in grounds.decisions)
    if first is None or decided_before:
        return w.t("It could be seen from {day}.", day=w.date(flag.raised_on))
    then = first.flag
    day = w.date(first.day)
    if then.kind not in ("regression", "progression") or None in (then.baseline, then.level, then.change, then.margin):
        return w.t("First shown {day}.", day=day)
    assert then.baseline is not None and then.level is not None and then.change is not None
    if then.method != "trajectory":
        d = rounding.difference(then.baseline, then.level, then.change, least=least)
        return w.t(
            "First shown {day}: change {change}.",
            day=day,
            change=w.signed(rounding.minus(then.level, then.baseline, d), d),
        )
    d = rounding.difference(then.baseline, then.level, then.change, then.margin, least=least)
    return w.t(
        "First shown {day}: change {change}, usual swing {margin}.",
        day=day,
        change=w.signed(rounding.minus(then.level, then.baseline, d), d),
        margin=plus_minus(w, then.margin or 0.0, d),
    )
