"""What a flag says: headline, reason and numbers, and where things stand in a word.

The past only: what happened, against what margin, what was going on, whether the caseworker changed. Never what will
happen. The functions read attributes of `analysis.values.Flag`, `Trajectory` and `scales.model.Scale`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from progression.words import estimates as estimate_words
from progression.words import rounding, standings
from progression.words import rules as rule_words
from progression.words.catalogue import N_, Words

if TYPE_CHECKING:  # for the reader and the type checker; nothing of these rooms is loaded
    from progression.analysis.values import Estimates, Flag, Trajectory
    from progression.scales.model import Scale

STANDINGS: dict[str, str] = {
    "progression": N_("Progression"),
    "stagnation": N_("Standstill"),
    "regression": N_("Regression"),
    "unclear": N_("Unclear"),
    "too_few": N_("Too few measurements"),
    "unknown_since": N_("Not known"),
}
CHOICES: dict[str, str] = {
    "start": N_("Start"),
    "continue": N_("Continue"),
    "adjust": N_("Adjust"),
    "stop": N_("Stop"),
}
SUGGESTIONS: dict[str, str] = {**CHOICES, "review": N_("Take up the exemption")}
STATES: dict[str, str] = {
    "active": N_("Active"),
    "passive": N_("Passive"),
    "waiting": N_("Waiting"),
    "exempt": N_("Exempt"),
}
STATUSES: dict[str, str] = {
    "open": N_("Open"),
    "decided": N_("Decided"),
    "silenced": N_("Silenced"),
    "withdrawn": N_("No longer"),
}
_KINDS: dict[tuple[str, str], str] = {
    ("regression", "passive"): N_("Regression without intervention"),
    ("regression", "waiting"): N_("Regression while waiting"),
    ("regression", "exempt"): N_("Regression while exempt"),
    ("regression", "active"): N_("Regression during intervention"),
    ("stagnation", "active"): N_("Intervention without progression"),
    ("stagnation", "passive"): N_("Standstill without intervention"),
    ("stagnation", "waiting"): N_("Standstill while waiting"),
    ("stagnation", "exempt"): N_("Standstill while exempt"),
}
_WITHDRAWN: dict[str, str] = {
    "answered": N_("The assessment has come since."),
    "case_closed": N_("The case has been closed since."),
    "phase_ended": N_("That period is over."),
    "goal_hold": N_("The goal is to hold the level now."),
    "later_answers": N_("Later answers no longer show it."),
    "whole": N_("The whole level shows it now."),
    "corrected": N_("An answer or a date was corrected."),
    "other_method": N_("It was made by a method that is no longer in use."),
}
_PLAIN_KINDS: dict[str, str] = {
    "regression": N_("Regression"),
    "stagnation": N_("Standstill"),
    "progression": N_("Progression"),
    "disagreement": N_("You see it differently"),
    "missing": N_("Assessment is missing"),
}


def kind(w: Words, name: str) -> str:
    """Return a kind of flag in a word or a few, as it stands in a column."""
    return w.t(_PLAIN_KINDS[name])


def title(w: Words, flag: Flag) -> str:
    """Return two to four words for a card's head or a list: kind and what was going on."""
    return w.t(_KINDS.get((flag.kind, flag.phase.state), _PLAIN_KINDS[flag.kind]))


def subject(w: Words, flag: Flag, scale: Scale) -> str:
    """Return what the flag is about: the level of the whole scale, a sum score's name, or an indicator's name."""
    if flag.indicator is not None:
        return w.pick(scale.indicator(flag.indicator).name)
    return w.t("The level") if len(scale.indicators) > 1 else w.pick(scale.indicators[0].name)


def headline(w: Words, flag: Flag, scale: Scale) -> str:
    """Return the flag in at most 15 words, without a full stop."""
    what, since = subject(w, flag, scale), w.date(flag.phase.start)
    worse_is_up = scale.direction == "lower"
    if flag.kind in ("regression", "progression"):
        up = worse_is_up == (flag.kind == "regression")
        return _moved_up(w, flag, what, since) if up else _moved_down(w, flag, what, since)
    if flag.kind == "stagnation":
        return w.t("No progression worth counting since {since}", since=since)
    if flag.kind == "disagreement":
        return w.t("Caseworker and citizen differ more than before")
    return w.t("The assessment was due {due}", due=w.date(flag.due or flag.raised_on))


def _moved_up(w: Words, flag: Flag, what: str, since: str) -> str:
    """An indicator's name may be one thing or several (cooperation skills), so its sentence has no verb that tells."""
    if flag.indicator is not None:
        if flag.kind == "regression":
            return w.t("{what}: a rise since {since}, which is regression", what=what, since=since)
        return w.t("{what}: a rise since {since}", what=what, since=since)
    if flag.kind == "regression":
        return w.t("{what} has risen since {since}, which is regression", what=what, since=since)
    return w.t("{what} has risen since {since}", what=what, since=since)


def _moved_down(w: Words, flag: Flag, what: str, since: str) -> str:
    if flag.indicator is not None:
        if flag.kind == "progression":
            return w.t("{what}: a fall since {since}, which is progression", what=what, since=since)
        return w.t("{what}: a fall since {since}", what=what, since=since)
    if flag.kind == "progression":
        return w.t("{what} has fallen since {since}, which is progression", what=what, since=since)
    return w.t("{what} has fallen since {since}", what=what, since=since)


def reason(w: Words, flag: Flag, scale: Scale) -> list[str]:
    """Return two or three short sentences: by how much, against what margin, what was going on, who rated. One that is
    withdrawn says why last."""
    return [s for s in (_how_much(w, flag, scale), _going_on(w, flag), _who(w, flag), withdrawn(w, flag)) if s]


def explanation(w: Words, flag: Flag, scale: Scale) -> str:
    """Return the headline and the reason as running text."""
    return " ".join([headline(w, flag, scale) + ".", *reason(w, flag, scale)])


def _how_much(w: Words, flag: Flag, scale: Scale) -> str:
    if flag.kind == "missing":
        return w.t("We do not know how things stand since then.")
    if flag.kind == "stagnation" and flag.method == "trajectory":
        limit, mic = max(flag.rate_limit or 0.0, 0.0), scale.minimal_important_change
        d = rounding.comparison(limit, mic, least=2)
        return w.t(
            "The measurements allow at most {limit} steps in six months; {mic} would be worth having.",
            limit=w.number(limit, d),
            mic=w.number(mic, d),
        )
    if flag.baseline is None or flag.level is None:
        return ""
    # as many decimals as it takes for whoever subtracts and compares to reach the same
    change = flag.level - flag.baseline
    margin = None if flag.kind == "disagreement" else flag.margin
    d = rounding.difference(flag.baseline, flag.level, change, margin)
    if flag.method != "trajectory":
        d = _rule_decimals(flag, scale)
    if flag.kind == "disagreement":
        return w.t(
            "The citizen's answers lie at {citizen}, the caseworker's at {caseworker}.",
            citizen=w.number(flag.baseline, d),
            caseworker=w.number(flag.level, d),
        )
    fields = {"baseline": w.number(flag.baseline, d), "level": w.number(flag.level, d)}
    if flag.method != "trajectory":
        return rule_words.how_much(w, flag, scale, fields["baseline"], fields["level"])
    return w.t(
        "It went from {baseline} to {level}, more than the measurement usually swings ({margin}).",
        margin=w.number(flag.margin or 0.0, d),
        **fields,
    )


def _rule_decimals(flag: Flag, scale: Scale) -> int:
    """The fewest decimals with which two means are as far apart as the rule says; how far is not in the sentence."""
    before, now, margin = flag.baseline or 0.0, flag.level or 0.0, flag.margin or 0.0
    for d in range(1, rounding.MOST):
        gain = scale.better * rounding.minus(now, before, d)
        if gain < margin if flag.kind == "stagnation" else abs(gain) >= margin:
            return d
    return rounding.MOST


def _going_on(w: Words, flag: Flag) -> str:
    since = w.date(flag.phase.start)
    if flag.kind in ("missing", "disagreement"):
        return ""
    if flag.phase.state == "passive":
        return w.t("There has been no active intervention since {since}.", since=since)
    if flag.phase.state == "waiting":
        return w.t("The citizen has been waiting for an intervention since {since}.", since=since)
    if flag.phase.state == "exempt":
        return w.t("The citizen has been exempt since {since}.", since=since)
    if flag.kind == "stagnation":
        return w.t("An intervention has been running since {since}: consider adjusting or stopping it.", since=since)
    return w.t("An intervention has been running since {since}.", since=since)


def _who(w: Words, flag: Flag) -> str:
    if flag.caseworker_changed is None or flag.kind == "missing":
        return ""
    if flag.method == "rules":
        return rule_words.who(w, flag)
    return w.t("The caseworker changed {day}. The figures allow for it.", day=w.date(flag.caseworker_changed))


def withdrawn(w: Words, flag: Flag) -> str:
    """Return why a flag that was shown does not stand any more, "" for one that does."""
    because = _WITHDRAWN.get(flag.withdrawn_because)
    return w.t(because) if because else ""


def suggestion(w: Words, flag: Flag) -> str:
    """Return "Suggestion: Start", or "" where there is none. Stopping is always a person's own choice."""
    if flag.suggestion is None:
        return ""
    if flag.suggestion == "review":
        return w.t("Suggestion: Take up the exemption")
    return w.t("Suggestion: {choice}", choice=w.t(CHOICES[flag.suggestion]))


def method(w: Words, name: str) -> str:
    """Return the name of the method in force, shown beside every flag."""
    return w.t("course model") if name == "trajectory" else w.t("rules")


def rate(w: Words, estimates: Estimates, caseload: int = 50) -> str:
    """Return what the stated false-alarm rate means for a caseload, as simulated under these estimates."""
    simulated = estimates.rates.get(f"{estimates.false_alarms_per_100_years:g}", {})
    real, realised = simulated.get("real"), simulated.get("realised_regression")
    return estimate_words.rate(w, estimates.false_alarms_per_100_years, real, realised, caseload)


def standing(w: Words, trajectory: Trajectory) -> str:
    """Return where things stand in a word: Progression, Standstill, Regression, Unclear, Too few measurements."""
    if trajectory.standing == "stagnation" and trajectory.ceiling:
        return w.t("Holds the level")
    if trajectory.floor and trajectory.standing not in ("too_few", "unknown_since", "progression"):
        return w.t("Cannot be measured lower")
    if standings.too_early(trajectory):
        return w.t("Too early to say")
    return w.t(STANDINGS[trajectory.standing])


def standing_detail(w: Words, trajectory: Trajectory) -> str:
    """Return the figure behind the word: "−0,8 siden dec.", "2 af mindst 3", "siden 7. november"."""
    if trajectory.standing == "too_few":
        return w.t("{n} of at least {needed}", n=trajectory.rounds, needed=trajectory.rounds_needed)
    if trajectory.standing == "unknown_since" and trajectory.unknown_since is not None:
        return w.t("since {day}", day=w.short_day_month(trajectory.unknown_since))
    if trajectory.change is None or trajectory.since is None:
        return ""
    return w.t("{change} since {month}", change=w.signed(trajectory.change), month=w.month(trajectory.since))
