"""The calculation behind an attention point, step by step, with the figures it was made with.

Whoever subtracts, multiplies and compares what stands here reaches what stands here: the figures are rounded together
(`rounding`), never one by one. The functions read attributes of `analysis.values.Flag` and `charts.grounds.Grounds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from progression.words import rounding
from progression.words.catalogue import Words
from progression.words.rules import compared, percent

if TYPE_CHECKING:  # for the reader and the type checker; nothing of these rooms is loaded
    from progression.analysis.values import Flag
    from progression.charts.grounds import Grounds
    from progression.scales.model import Scale

Row = tuple[str, str]
SHARE = 3  # a change counts from a third of the minimal important change
STAGNATION_ROUNDS, STAGNATION_MONTHS = 3, 5
MONTH_DAYS = 30.44


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`rows`: label and figure, in the order of the calculation. `conclusion`: what follows from them."""

    rows: tuple[Row, ...]
    conclusion: tuple[str, ...]


def reckoning(w: Words, flag: Flag, scale: Scale, grounds: Grounds, *, least: int = 1) -> Reckoning:
    """Return the calculation with at least so many decimals."""
    if flag.kind == "missing":
        return _missing(w, flag, grounds)
    if flag.method != "trajectory":
        return _rules(w, flag, scale, least)
    if flag.kind == "stagnation":
        return _stagnation(w, flag, scale)
    if flag.kind == "disagreement":
        return _disagreement(w, flag, scale, least)
    return _change(w, flag, scale, least)


def figure(flag: Flag, name: str) -> float | None:
    """Return a figure of the flag's numbers, None where it has none of that name."""
    value = dict(flag.numbers).get(name)
    return float(value) if isinstance(value, (int, float)) else None


def so_it(w: Words, flag: Flag) -> str:
    """Return what follows: that it is shown, or was."""
    return w.t("So it was shown.") if flag.status == "withdrawn" else w.t("So it is shown.")


def _change(w: Words, flag: Flag, scale: Scale, least: int) -> Reckoning:
    if flag.baseline is None or flag.level is None or flag.change is None or flag.margin is None:
        return Reckoning((), ())
    d = rounding.difference(flag.baseline, flag.level, flag.change, flag.margin, least=least)
    shown = rounding.minus(flag.level, flag.baseline, d)
    rows = [
        *_levels(w, flag, d),
        (
            w.t(
                "Change: {level} − {baseline}", level=w.number(flag.level, d), baseline=_bracketed(w, flag.baseline, d)
            ),
            w.signed(shown, d),
        ),
        *_margin(w, flag, scale, d),
    ]
    said = _reached(w, abs(shown), flag.margin, d)
    return Reckoning(tuple(rows), (said, so_it(w, flag), *_direction(w, flag, scale)))


def _levels(w: Words, flag: Flag, d: int) -> list[Row]:
    if flag.baseline is None or flag.level is None:
        return []
    measured = w.short_date(flag.measured_on or flag.raised_on)
    began = w.short_date(flag.phase.start)
    if flag.method != "trajectory":
        names = w.t("Mean of them when the period began, {day}", day=began), w.t("Mean of them {day}", day=measured)
    else:
        names = w.t("Level when the period began, {day}", day=began), w.t("Level {day}", day=measured)
    return [(names[0], w.number(flag.baseline, d)), (names[1], w.number(flag.level, d))]


def _margin(w: Words, flag: Flag, scale: Scale, d: int) -> list[Row]:
    """How the margin comes about: c times the uncertainty, but never less than a third of what is worth having."""
    margin, c, sd = flag.margin or 0.0, figure(flag, "c"), flag.change_sd
    third = scale.minimal_important_change / SHARE
    made = max(c * sd, third) if c is not None and sd is not None else None
    # one that was shown while the scale's least change worth having was another keeps the margin it was shown with
    if c is None or sd is None or made is None or abs(made - margin) > 0.5 * 10.0**-d:
        return [(w.t("The measurement usually swings"), plus_minus(w, margin, d))]
    finer = rounding.product(c * sd, d, c, sd)
    rows = [
        (w.t("Uncertainty of the change (standard deviation)"), w.number(sd, finer)),
        (
            _whole(w.t("The measurement usually swings: {c} × {sd}", c=w.number(c, finer), sd=w.number(sd, finer))),
            plus_minus(w, c * sd, d),
        ),
    ]
    if third > c * sd:
        mic = w.number(scale.minimal_important_change, 2)
        rows.append((w.t("But at least a third of {mic}", mic=mic), plus_minus(w, third, d)))
    return rows


def _whole(text: str) -> str:
    """The label with its formula on one line."""
    for sign in ("×", "+", "−"):
        text = text.replace(f" {sign} ", f"\u00a0{sign}\u00a0")
    return text


def plus_minus(w: Words, value: float, decimals: int) -> str:
    """Return "±0.4"."""
    return "±" + w.number(value, decimals)


def _direction(w: Words, flag: Flag, scale: Scale) -> tuple[str, ...]:
    if scale.better > 0:
        return ()
    if flag.kind == "regression":
        return (w.t("On this scale lower is better, so a rise is regression."),)
    return (w.t("On this scale lower is better, so a fall is progression."),)


def _stagnation(w: Words, flag: Flag, scale: Scale) -> Reckoning:
    rate, sd, z = (figure(flag, name) for name in ("drift_per_year", "drift_sd", "z"))
    years, limit, mic = figure(flag, "years"), flag.rate_limit, scale.minimal_important_change
    if limit is None:
        return Reckoning((), ())
    d = rounding.comparison(limit, mic, least=2)
    rows: list[Row] = []
    label = w.t("Most progression in six months that the answers allow")
    if rate is not None and sd is not None and z is not None and years is not None:
        better = scale.better * rate
        f = _limit_decimals(limit, d, better, sd, z, years)
        rows = [
            (w.t("Progression a year, by the answers of the period"), w.signed(better, f)),
            (w.t("Uncertainty of that (standard deviation)"), w.number(sd, f)),
        ]
        fields = {"years": w.number(years, 1), "rate": w.number(better, f), "z": w.number(z, 3), "sd": w.number(sd, f)}
        label = _whole(w.t("Most progression in six months that they allow: {years} × ({rate} + {z} × {sd})", **fields))
    rows += [(label, w.signed(limit, d)), (w.t("Least progression worth having"), w.signed(mic, d))]
    fields = {"limit": w.number(limit, d), "mic": w.number(mic, d)}
    said = [w.t("{limit} is less than {mic}.", **fields), so_it(w, flag)]
    return Reckoning(tuple(rows), (*said, *_long_enough(w, flag)))


def _limit_decimals(limit: float, d: int, rate: float, sd: float, z: float, years: float) -> int:
    """Decimals of rate and sd with which the formula, as printed, gives the limit as printed."""
    for finer in range(2, rounding.MOST):
        found = years * (rounding.printed(rate, finer) + rounding.printed(z, 3) * rounding.printed(sd, finer))
        if rounding.same(rounding.printed(found, d), rounding.printed(limit, d)):
            return finer
    return rounding.MOST


def _long_enough(w: Words, flag: Flag) -> tuple[str, ...]:
    days = figure(flag, "days_in_phase")
    if days is None or not flag.assessments_in_phase:
        return ()
    return (
        w.t(
            "There are {n} rounds of answers (at least {needed}) over {months} months (at least {least}).",
            n=flag.assessments_in_phase,
            needed=STAGNATION_ROUNDS,
            months=w.number(int(days / MONTH_DAYS), 0),
            least=STAGNATION_MONTHS,
        ),
    )


def _disagreement(w: Words, flag: Flag, scale: Scale, least: int) -> Reckoning:
    """The gap against this pair's own usual one: opened where it lies further off than such gaps usually swing."""
    usual, margin = figure(flag, "usual_gap"), flag.margin
    if flag.baseline is None or flag.level is None:
        return Reckoning((), ())
    citizen, caseworker = flag.baseline, flag.level
    if usual is None or margin is None:
        d = rounding.difference(citizen, caseworker, caseworker - citizen, least=least)
        return Reckoning(_gap_rows(w, citizen, caseworker, d), (so_it(w, flag),))
    d = gap_decimals(citizen, caseworker, usual, margin, least)
    gap = rounding.minus(caseworker, citizen, d)
    opened = rounding.minus(gap, usual, d)
    label = w.t("Opened by: {gap} − {usual}", gap=w.signed(gap, d), usual=_bracketed(w, usual, d))
    rows = (
        *_gap_rows(w, citizen, caseworker, d),
        (w.t("Usual gap between these two"), w.signed(usual, d)),
        (label, w.signed(opened, d)),
        *_margin(w, flag, scale, d),
    )
    said = _reached(w, abs(opened), margin, d)
    return Reckoning(rows, (said, w.t("It was so in two rounds running."), so_it(w, flag)))


def _reached(w: Words, change: float, margin: float, d: int) -> str:
    """Compare two figures as they are printed."""
    fields = {"change": w.number(change, d), "margin": w.number(margin, d)}
    if rounding.printed(change, d) > rounding.printed(margin, d):
        return w.t("{change} is more than {margin}.", **fields)
    return w.t("{change} reaches {margin}.", **fields)


def gap_decimals(citizen: float, caseworker: float, usual: float, margin: float, least: int) -> int:
    """Decimals with which the gap, how far it has opened and what is usual come true as printed."""
    gap = caseworker - citizen
    for d in range(least, rounding.MOST):
        agrees = rounding.difference(citizen, caseworker, gap, least=d) == d
        if agrees and rounding.difference(usual, gap, gap - usual, margin, least=d) == d:
            return d
    return rounding.MOST


def _gap_rows(w: Words, citizen: float, caseworker: float, d: int) -> tuple[Row, ...]:
    fields = {"caseworker": w.number(caseworker, d), "citizen": w.number(citizen, d)}
    return (
        (w.t("Citizen's level"), fields["citizen"]),
        (w.t("Caseworker's level"), fields["caseworker"]),
        (w.t("Gap: {caseworker} − {citizen}", **fields), w.signed(rounding.minus(caseworker, citizen, d), d)),
    )


def _bracketed(w: Words, value: float, d: int) -> str:
    """A figure to subtract: in brackets where it is negative, so that two signs never meet."""
    text = w.number(value, d)
    return f"({text})" if value < 0 and text != w.number(0.0, d) else text


def _missing(w: Words, flag: Flag, grounds: Grounds) -> Reckoning:
    rows: list[Row] = []
    if grounds.last is not None:
        rows.append((w.t("Last answers"), w.short_date(grounds.last)))
    due = flag.due or flag.raised_on
    rows.append((w.t("Next due by"), w.short_date(due)))
    rows.append((w.t("First day overdue"), w.short_date(flag.raised_on)))
    return Reckoning(
        tuple(rows),
        (w.t("There were no answers by {day}.", day=w.date(due)), so_it(w, flag)),
    )


def _rules(w: Words, flag: Flag, scale: Scale, least: int) -> Reckoning:
    """The sign test and the mean of the same answers: nothing but arithmetic."""
    if flag.baseline is None or flag.level is None or flag.change is None:
        return Reckoning((), ())
    mic, share = scale.minimal_important_change, figure(flag, "gain_share")
    standing = flag.kind == "stagnation"
    needed = flag.margin if flag.margin is not None else mic / SHARE
    d = rules_decimals(flag, scale, least)
    shown = rounding.minus(flag.level, flag.baseline, d)
    fields = {"level": w.number(flag.level, d), "baseline": _bracketed(w, flag.baseline, d)}
    rows = [*_counts(w, flag), *_levels(w, flag, d)]
    rows.append((w.t("Change: {level} − {baseline}", **fields), w.signed(shown, d)))
    if standing:
        parts = {"share": w.number(share or 0.5, 2), "mic": w.number(mic, 2)}
        rows.append((w.t("Least progression that counts: {share} × {mic}", **parts), w.number(needed, d)))
        compared = {"change": w.signed(scale.better * shown, d), "margin": w.signed(needed, d)}
        return Reckoning(tuple(rows), (w.t("{change} is less than {margin}.", **compared), so_it(w, flag)))
    rows.append((w.t("Least change that counts: a third of {mic}", mic=w.number(mic, 2)), w.number(needed, d)))
    said = _reached(w, abs(shown), needed, d)
    return Reckoning(tuple(rows), (*_sign_test(w, flag), said, so_it(w, flag), *_direction(w, flag, scale)))


def rules_decimals(flag: Flag, scale: Scale, least: int) -> int:
    """Decimals with which a flag of the rules comes true as printed: a change reached, or a gain not reached."""
    start, level = flag.baseline or 0.0, flag.level or 0.0
    if flag.kind != "stagnation" or flag.margin is None:
        return rounding.difference(start, level, level - start, flag.margin, least=least)
    gain = scale.better * (level - start)
    return next(
        (
            d
            for d in range(least, rounding.MOST)
            if rounding.difference(start, level, level - start, least=d) == d
            and rounding.comparison(gain, flag.margin, least=d) == d
        ),
        rounding.MOST,
    )


def _counts(w: Words, flag: Flag) -> list[Row]:
    down, up, p = (figure(flag, name) for name in ("moved_down", "moved_up", "p"))
    rows: list[Row] = []
    if figure(flag, "answers_caseworker") is not None:
        rows.append(compared(w, flag))
    if flag.kind == "stagnation":
        rounds, needed = figure(flag, "rounds_in_phase"), figure(flag, "rounds")
        if rounds is not None and needed is not None:
            label = w.t("Rounds of answers in the period (at least {needed})", needed=w.number(needed, 0))
            rows.append((label, w.number(rounds, 0)))
        return rows
    if down is not None and up is not None:
        rows += [
            (w.t("Indicators that moved towards worse"), w.number(down, 0)),
            (w.t("Indicators that moved towards better"), w.number(up, 0)),
        ]
    if p is not None:
        n, k = int((down or 0) + (up or 0)), int((up if flag.kind == "progression" else down) or 0)
        rows.append((w.t("Chance of {k} or more of {n} heads, tossing a coin", k=k, n=n), percent(w, p)))
    return rows


def _sign_test(w: Words, flag: Flag) -> tuple[str, ...]:
    p, limit = figure(flag, "p"), figure(flag, "p_limit")
    if p is None or limit is None:
        return ()
    return (w.t("The chance {p} is at most {limit}.", p=percent(w, p), limit=percent(w, limit)),)
