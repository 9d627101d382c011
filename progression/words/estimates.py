"""What estimates say, in plain words with units: how answers swing, what a threshold asks for, what a rate means."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from progression.words.catalogue import N_, Words

if TYPE_CHECKING:  # for the reader and the type checker; nothing of these rooms is loaded
    from progression.analysis.values import Estimates
    from progression.desk.estimates import Adoption
    from progression.scales.model import Scale

CASELOAD = 50  # citizens of one caseworker, in every explanation of a rate
CAME_TRUE = 0.25  # a rate within so much of the stated one came true
HARDLY = 0.005  # a share that rounds to nothing in a hundred
LIKELY = 1.96  # so many standard deviations hold 95 in 100
# each said of a scale counted in steps, and of a sum score counted in points
_SENTENCES: dict[str, tuple[str, str]] = {
    "swing": (
        N_("A caseworker's answers swing about ±{n} steps from one day to another."),
        N_("A caseworker's answers swing about ±{n} points from one day to another."),
    ),
    "caseworker": (
        N_("A new caseworker may rate up to ±{n} steps differently than others do."),
        N_("A new caseworker may rate up to ±{n} points differently than others do."),
    ),
    "citizen": (
        N_("A citizen's own answers may lie up to ±{n} steps from what others would say."),
        N_("A citizen's own answers may lie up to ±{n} points from what others would say."),
    ),
    "drift": (
        N_("Within a period the level usually moves by up to ±{n} steps in a year."),
        N_("Within a period the level usually moves by up to ±{n} points in a year."),
    ),
    "wander": (
        N_("Sudden and small movements come on top: about ±{n} steps in a year."),
        N_("Sudden and small movements come on top: about ±{n} points in a year."),
    ),
    "people": (
        N_("People differ: at the first assessment two in three lie within ±{n} steps of the middle of all."),
        N_("People differ: at the first assessment two in three lie within ±{n} points of the middle of all."),
    ),
}
_LABELS: dict[str, str] = {
    "swing": N_("Swing from day to day"),
    "caseworker": N_("Difference between caseworkers"),
    "citizen": N_("Difference between citizens' own answers"),
    "drift": N_("Movement within a period, per year"),
    "wander": N_("Sudden and small movements, per year"),
    "people": N_("Difference between people"),
}

_THRESHOLDS = (
    N_(
        "Regression is pointed out once it is at least {least} steps and {fall} times its own uncertainty; progression "
        "at {rise} times."
    ),
    N_(
        "Regression is pointed out once it is at least {least} points and {fall} times its own uncertainty; "
        "progression at {rise} times."
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One size: its name, what it says, and how large it is in the estimates and in the starting values (text)."""

    name: str
    sentence: str
    label: str
    value: str
    prior: str


def figures(w: Words, estimates: Estimates, prior: Estimates, scale: Scale) -> list[Figure]:
    """Return the sizes that mean something to a caseworker; those that the estimates do not hold are left out."""
    found, before = sizes(estimates.parameters, scale), sizes(prior.parameters, scale)
    place = 0 if _in_steps(scale) else 1
    decimals = _decimals(scale)
    shown = [
        Figure(
            name=name,
            sentence=w.t(_SENTENCES[name][place], n=w.number(value)),
            label=w.t(_LABELS[name]),
            value=w.number(value, decimals),
            prior=w.number(before[name], decimals) if name in before else "–",
        )
        for name, value in found.items()
    ]
    return shown + _ticked(w, estimates.parameters, prior.parameters)


def _ticked(w: Words, found: Mapping[str, float], before: Mapping[str, float]) -> list[Figure]:
    """How often one step is ticked on every row, where that was estimated."""
    if found.get("careless", 0.0) < HARDLY:
        return []
    share, prior = (
        w.t("{n}%", n=w.number(100 * values["careless"], 0)) if "careless" in values else "–"
        for values in (found, before)
    )
    sentence = w.t(
        "In about {n} in 100 assessments the same step is ticked on every row without looking; they count for less.",
        n=w.number(100 * found["careless"], 0),
    )
    return [Figure("careless", sentence, w.t("The same step on every row"), share, prior)]


def sizes(parameters: Mapping[str, float], scale: Scale) -> dict[str, float]:
    """Return the sizes by name, in steps of the whole scale (per year for "drift", "wander").

    "swing", "drift", "wander" and "people" are standard deviations, "caseworker" and "citizen" 95 % limits.
    """
    items = max(sum(indicator.in_whole for indicator in scale.indicators), 1)
    p = parameters
    found: dict[str, float] = {}
    if "day_sd" in p and "item_sd" in p:
        found["swing"] = math.sqrt(p["day_sd"] ** 2 + p["item_sd"] ** 2 / items)
    asked = {rater for indicator in scale.indicators for rater in indicator.raters}
    for name in ("caseworker", "citizen"):
        if name in asked and f"{name}_sd" in p:
            found[name] = LIKELY * p[f"{name}_sd"]
    if "drift_sd" in p:
        found["drift"] = p["drift_sd"]
    if "walk_sd" in p:
        found["wander"] = math.hypot(p["walk_sd"], p.get("drop_sd", 0.0))
    if "level_sd" in p:
        found["people"] = p["level_sd"]
    return found


def basis(w: Words, estimates: Estimates) -> str:
    """Return what the estimates rest on, and since when."""
    if estimates.adopted is None:
        return w.t("Starting values; nothing has been estimated from your own citizens yet.")
    return w.tn(
        "Estimated {day} on {n} citizen.",
        "Estimated {day} on {n} citizens.",
        estimates.citizens,
        day=w.date(estimates.adopted),
    )


def weight(w: Words, estimates: Estimates) -> str:
    """Return what is starting value and what is data, "" before anything was estimated."""
    if estimates.adopted is None:
        return ""
    return w.t(
        "The starting values weigh as little as the number of citizens allows; what your own answers cannot tell "
        "stays at the starting value."
    )


def threshold(w: Words, estimates: Estimates, scale: Scale) -> str:
    """Return what a change must be before it becomes an attention point."""
    third = scale.minimal_important_change / 3
    key = _THRESHOLDS[0 if _in_steps(scale) else 1]
    return w.t(
        key,
        least=w.number(third, _decimals(scale)),
        fall=w.number(estimates.c_regression, 2),
        rise=w.number(estimates.c_progression, 2),
    )


def adopted(w: Words, estimates: Estimates, scale: Scale) -> str:
    """Return the one sentence that says that new estimates are in force."""
    return w.tn(
        "Estimates adopted for {scale}: they rest on {n} citizen.",
        "Estimates adopted for {scale}: they rest on {n} citizens.",
        estimates.citizens,
        scale=w.pick(scale.name),
    )


def history(w: Words, adoption: Adoption, who: str) -> str:
    """Return one line of the history: the name, when it was entered, by whom, on how many citizens."""
    local = adoption.time.astimezone()
    return w.tn(
        "{name}: entered {day} at {time} by {who}, on {n} citizen",
        "{name}: entered {day} at {time} by {who}, on {n} citizens",
        adoption.estimates.citizens,
        name=adoption.estimates.name,
        day=w.short_date(local.date()),
        time=w.clock(local),
        who=who,
    )


def offer(w: Words, estimates: Estimates, usable: int) -> str:
    """Return what new estimates could rest on."""
    return w.tn(
        "The estimates rest on {n} citizen; {usable} could be used.",
        "The estimates rest on {n} citizens; {usable} could be used.",
        estimates.citizens,
        usable=w.number(usable, 0),
    )


def rate(
    w: Words, per_100_years: float, real: float | None, realised: float | None = None, caseload: int = CASELOAD
) -> str:
    """Return what a rate of false alarms means for a caseload; `real`: the share of points that are right (0-1).
    Where `realised`, what another simulated cohort had per 100 citizen-years, is more than a quarter off, that is said.
    """
    n = per_year(w, per_100_years, caseload)
    if real is None:
        meaning = w.t(
            "Each year in a caseload of {caseload}: about {n} without a reason (in simulation).", caseload=caseload, n=n
        )
    else:
        meaning = w.t(
            "Each year in a caseload of {caseload}: about {n} without a reason; of 10 attention points about {right} "
            "are right (in simulation).",
            caseload=caseload,
            n=n,
            right=w.number(real * 10, 0),
        )
    if realised is None or abs(realised - per_100_years) <= CAME_TRUE * per_100_years:
        return meaning
    expected = realised * caseload / 100
    broken = w.t(
        "Tried on another simulated cohort it was about {n} without a reason.",
        n=w.number(expected, 0 if expected >= 5 else 1),
    )
    return f"{meaning} {broken}"


def per_year(w: Words, per_100_years: float, caseload: int = CASELOAD) -> str:
    """Return so many false alarms per 100 citizen-years for one caseload: "5", or "2–3" between two numbers."""
    expected = per_100_years * caseload / 100
    low, high = math.floor(expected), math.ceil(expected)
    return w.number(low, 0) if low == high else w.t("{low}–{high}", low=w.number(low, 0), high=w.number(high, 0))


def _in_steps(scale: Scale) -> bool:
    return len(scale.indicators) > 1


def _decimals(scale: Scale) -> int:
    return 1 if scale.maximum - scale.minimum > 12 else 2
