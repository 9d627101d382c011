"""What a classical measure says: its name, its figure, a plain sentence, and what to be careful about.

The functions read the values of `analysis.classical.values`. p-values are said as how often chance would do the same,
always with the least that so much data could show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from progression.words.catalogue import N_, Words

if TYPE_CHECKING:  # for the reader and the type checker; nothing of these rooms is loaded
    from progression.analysis.classical.values import Exact, Measure, Missing, Reliability

NAMES: dict[str, str] = {
    "rci.JT": N_("Reliable change (Jacobson-Truax)"),
    "rci.HA": N_("Reliable change (Hageman-Arrindell)"),
    "rci.GLN": N_("Reliable change (Gulliksen-Lord-Novick)"),
    "rci.HLL": N_("Reliable change (Hsu-Linn-Lord)"),
    "rci.EN": N_("Reliable change (Edwards-Nunnally)"),
    "rci.NK": N_("Reliable change (Nunnally-Kotsch)"),
    "nap": N_("Non-overlap (NAP)"),
    "tau": N_("Tau, A against B"),
    "tau_u": N_("Tau-U, A against B minus trend in A"),
    "tau_bc": N_("Tau, corrected for the line in A"),
    "line": N_("Theil-Sen line"),
    "trend": N_("Trend test (Mann-Kendall, exact)"),
    "xmr": N_("Usual swing (XmR limits)"),
    "sign": N_("Sign test over the indicators (exact)"),
    "icc.2,1": N_("Same step (ICC 2,1)"),
    "icc.3,1": N_("Same order (ICC 3,1)"),
    "kappa": N_("Weighted kappa (quadratic)"),
}
CAVEATS: dict[str, str] = {
    "rci.HA": N_("As above, but the change is drawn towards the whole group's. Counts from 1.65."),
    "nap": N_("50% is no difference. It says how often, not how much."),
    "tau": N_("From −1 to 1; 0 is no difference. It assumes that the measurements are independent of each other."),
    "tau_u": N_(
        "Parker et al. 2011: S(AB) − S(A), divided by the A × B pairs. It can go beyond 1. "
        "Other versions of Tau-U differ."
    ),
    "tau_bc": N_("Tarlow 2017. With few measurements in A the line itself is uncertain."),
    "line": N_("A straight line, whatever happened on the way. It describes the past."),
    "trend": N_("Both directions count. With few measurements even a perfect order says little."),
    "xmr": N_(
        "Mean ± 2.66 × the mean moving range; no range is left out. Rough with whole steps and few measurements."
    ),
    "sign": N_(
        "Assumes that the indicators move independently. In one conversation they hardly do, so chance is understated."
    ),
    "icc.2,1": N_("1 is always the same step. Answers about one person are alike, so the interval is too narrow."),
    "icc.3,1": N_("1 is always the same order, even where one always rates higher than the other."),
    "kappa": N_("Far apart counts as worse than close. It depends on how many of the steps are used."),
}
VERDICTS: dict[str, str] = {
    "improved": N_("a reliable improvement"),
    "unchanged": N_("no reliable change"),
    "deteriorated": N_("a reliable deterioration"),
}
_TOO_FEW: dict[str, str] = {
    "measurements": N_("Too few measurements: {have} of at least {need}."),
    "before": N_("Too few measurements before the period: {have} of at least {need}."),
    "during": N_("Too few measurements in the period: {have} of at least {need}."),
    "citizens": N_("Too few citizens to compare with: {have} of at least {need}."),
    "moved": N_("No indicator has moved."),
    "pairs": N_("Too few answers by both: {have} of at least {need}."),
}
_NO_VALUE: dict[str, str] = {
    "flat": N_("All the values are the same, so there is nothing to compare."),
    "one_rater": N_("Only one rater answers on this scale."),
    "undefined": N_("The formula has no value for these figures."),
}
DAYS_A_YEAR = 365.25
NO_BREAK = "\u00a0"
DAYS_NAMED = 3  # before the rest is counted
USUAL_LEVEL = 0.05  # two-sided: a test that cannot come below it can show nothing


def name(w: Words, key: str) -> str:
    """Return what a measure is called."""
    return w.t(NAMES[key])


def missing(w: Words, why: Missing) -> str:
    """Return why there is no value, and what it would take."""
    if why.reason == "too_few":
        return w.t(_TOO_FEW[why.of], have=why.have, need=why.need)
    return w.t(_NO_VALUE[why.reason])


def is_missing(measure: Measure) -> bool:
    """True where the measure has no value."""
    return hasattr(measure.result, "reason")


def figure(w: Words, measure: Measure) -> str:
    """Return the measure's own figure as it stands in a table; a dash where it has none."""
    result: Any = measure.result
    if is_missing(measure):
        return "–"
    if measure.key.startswith("rci."):
        return w.signed(result.index, 2)
    if measure.key == "nap":
        return w.t("{share}%", share=w.number(100 * result.value, 0))
    if measure.key in ("tau", "tau_u", "tau_bc"):
        return w.signed(result.value, 2)
    if measure.key == "line":
        return w.t("{slope} a year", slope=w.signed(float(result.per_day) * DAYS_A_YEAR, 2))
    if measure.key == "xmr":
        return w.t("{low} to {high}", low=w.number(result.low, 1), high=w.number(result.high, 1))
    if measure.key in ("trend", "sign"):
        return (
            w.t("p = {p}", p=w.number(result.p, 3)) if result.p >= 0.001 else w.t("p below {p}", p=w.number(0.001, 3))
        )
    if measure.key.startswith("icc."):
        return w.number(result.forms[measure.key[4:]], 2)
    return w.number(result.quadratic, 2)


def sentence(w: Words, measure: Measure) -> str:
    """Return the measure as a plain sentence or two."""
    if is_missing(measure):
        return missing(w, measure.result)  # type: ignore[arg-type]
    key = measure.key.partition(".")[0]
    return {
        "rci": _reliable,
        "nap": _nap,
        "tau": _tau,
        "tau_u": _tau_u,
        "tau_bc": _tau_bc,
        "line": _line,
        "trend": _trend,
        "xmr": _xmr,
        "sign": _sign,
        "icc": _icc,
        "kappa": _kappa,
    }[key](w, measure)


def caveat(w: Words, measure: Measure) -> str:
    """Return what to be careful about; "" where it stands with another measure."""
    if measure.key == "rci.JT":
        return w.t("Two measurements only, and a change of caseworker looks like a change.")
    return w.t(CAVEATS[measure.key]) if measure.key in CAVEATS else ""


def reliability(w: Words, trusted: Mapping[str, Reliability | Missing]) -> list[str]:
    """Return which reliability each rater's reliable change rests on and where it comes from: raters with one source
    in one sentence."""
    found: dict[str, list[str]] = {}
    for rater, one in trusted.items():
        source, value = _trust(w, rater, one)
        found.setdefault(source, []).append(value)
    return [
        source
        if not any(values)
        else w.t("Reliability {value}: {source}", value=", ".join(dict.fromkeys(values)), source=source)
        for source, values in found.items()
    ]


def _trust(w: Words, rater: str, trusted: Reliability | Missing) -> tuple[str, str]:
    """Where a reliability comes from, and its value as written beside that."""
    if hasattr(trusted, "reason"):
        return missing(w, trusted), ""  # type: ignore[arg-type]
    value = w.number(trusted.value, 2)
    if trusted.origin == "given":
        return w.t("as given."), value
    if trusted.origin == "published":
        return w.pick(trusted.source), value
    source = w.t(
        "None is published for this scale, so it is how the first and second measurement in this database correlate."
    )
    who = w.t("caseworker") if rater == "caseworker" else w.t("citizen")
    return source, w.tn("{value} ({who}, {n} citizen)", "{value} ({who}, {n} citizens)", trusted.citizens,
                        value=value, who=who)  # fmt: skip


def _chance(p: float, w: Words) -> str:
    """A probability in per cent, never as zero; it does not break at the end of a line."""
    text = w.t("less than 0.1%") if p < 0.001 else w.t("{share}%", share=w.number(100 * p, 1))
    return text.replace(" %", NO_BREAK + "%")


def _by_chance(w: Words, test: Exact) -> str:
    if test.smallest > USUAL_LEVEL:
        return w.t(
            "Too little to tell it from chance: even the clearest result would come by chance in {smallest} of cases.",
            smallest=_chance(test.smallest, w),
        )
    return w.t(
        "If nothing had changed, chance would give as much in {p} of cases (at the very least {smallest} here).",
        p=_chance(test.p, w),
        smallest=_chance(test.smallest, w),
    )


def _reliable(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    (first, a), (last, b) = measure.details["first"], measure.details["last"]
    if result.swing is None:
        return w.t(
            "{verdict}: the index is {index}, and beyond ±{critical} it counts.",
            verdict=_capital(w.t(VERDICTS[result.verdict])),
            index=w.signed(result.index, 2),
            critical=w.number(result.critical, 2),
        )
    return w.t(
        "{verdict}: from {a} on {first} to {b} on {last}. The index is {index}, and beyond ±{critical} it counts: "
        "a change of {swing}.",
        verdict=_capital(w.t(VERDICTS[result.verdict])),
        a=w.number(float(a), 2),
        first=w.short_date(first),
        b=w.number(float(b), 2),
        last=w.short_date(last),
        index=w.signed(result.index, 2),
        critical=w.number(result.critical, 2),
        swing=w.number(result.swing, 2),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _nap(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    return w.t(
        "B is better than A in {share}% of {pairs} pairs; equal ones count half. 95% interval: {low} to {high}%.",
        share=w.number(100 * result.value, 0),
        pairs=result.before * result.during,
        low=w.number(100 * result.low, 0),
        high=w.number(100 * result.high, 0),
    )


def _tau(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    said = w.t("Better pairs minus worse ones: {s} of {pairs}.", s=w.signed(result.s, 0), pairs=result.pairs)
    test = measure.details["test"]
    return said if hasattr(test, "reason") else f"{said} {_by_chance(w, test)}"


def _tau_u(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    return w.t(
        "The same, less the trend there already was in A: {s} of {pairs}.",
        s=w.signed(result.s, 0),
        pairs=result.pairs,
    )


def _tau_bc(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    return w.t(
        "The same, after the line through A is taken from all the measurements: {s} of {pairs}.",
        s=w.signed(result.s, 0),
        pairs=result.pairs,
    )


def _line(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    said = w.t(
        "The median of all lines between two measurements: {slope} on the scale a year.",
        slope=w.signed(float(result.per_day) * DAYS_A_YEAR, 2),
    )
    if result.low is None:
        return said + " " + w.t("A 95% interval takes five measurements.")
    low, high = (w.signed(float(limit) * DAYS_A_YEAR, 2) for limit in (result.low, result.high))
    return said + " " + w.t("95% interval: {low} to {high}.", low=low, high=high)


def _trend(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    if result.statistic == 0:
        said = w.t("As many pairs of measurements rise as fall.")
    elif result.statistic > 0:
        said = w.t("Later measurements tend to be better than earlier ones.")
    else:
        said = w.t("Later measurements tend to be worse than earlier ones.")
    return f"{said} {_by_chance(w, result)}"


def _xmr(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    said = w.t(
        "The measurements usually lie between {low} and {high}.",
        low=w.number(result.low, 2),
        high=w.number(result.high, 2),
    )
    outside = measure.details["outside"]
    if not outside:
        return said + " " + w.t("None lies outside.")
    days = ", ".join(w.short_date(day) for day in outside[:DAYS_NAMED])
    more = len(outside) - DAYS_NAMED
    if more > 0:
        return said + " " + w.t("Outside: {days} and {n} more.", days=days, n=more)
    return said + " " + w.t("Outside: {days}.", days=days)


def _sign(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    said = w.t(
        "Indicators from {first} to {last}: {better} better, {worse} worse.",
        first=w.short_date(measure.details["first"]),
        last=w.short_date(measure.details["last"]),
        better=measure.details["better"],
        worse=measure.details["worse"],
    )
    return f"{said} {_by_chance(w, result)}"


def _icc(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    said = w.tn(
        "From {n} indicator that both answered.", "From {n} answers given by both, round by round.", result.targets
    )
    interval = result.intervals.get(measure.key[4:])
    if interval is None:
        return said
    low, high = (w.number(limit, 2) for limit in interval)
    return said + " " + w.t("95% interval: {low} to {high}.", low=low, high=high)


def _kappa(w: Words, measure: Measure) -> str:
    result: Any = measure.result
    return w.t(
        "{share}% of {pairs} answers are the same step. With linear weights it is {linear}.",
        share=w.number(100 * result.same, 0),
        pairs=result.pairs,
        linear=w.number(result.linear, 2),
    )
