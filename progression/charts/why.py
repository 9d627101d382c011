"""Why an attention point is shown, or why none is: picture, calculation and sentences, for window and PDF alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from progression.analysis.values import Estimates, Flag, Trajectory
from progression.charts.gauge import Gauge
from progression.charts.gauge_builder import flag_gauge, standing_gauge
from progression.charts.grounds import Grounds
from progression.scales.model import Scale
from progression.words import Words, flags, rules, standings, why
from progression.words.why import Part


@dataclass(frozen=True, slots=True)
class Why:
    """`headline` and `reason` are what stands on the card; `gauge` is None where there is nothing to draw."""

    headline: str
    reason: str
    gauge: Gauge | None
    parts: tuple[Part, ...]


def why_flag(
    w: Words,
    flag: Flag,
    scale: Scale,
    estimates: Estimates,
    grounds: Grounds,
    worlds: Mapping[str, float] | None = None,
    *,
    least: int = 1,
) -> Why:
    """Return why a flag is shown, figures with at least so many decimals.

    `worlds`: realised false alarms per 100 citizen-years at the stated rate (`analysis.realised`).
    """
    return Why(
        headline=f"{flags.headline(w, flag, scale)}.",
        reason=" ".join(flags.reason(w, flag, scale)),
        gauge=flag_gauge(w, flag, scale, grounds, least=least),
        parts=why.parts(w, flag, scale, estimates, grounds, worlds, least=least),
    )


def why_standing(
    w: Words, trajectory: Trajectory, scale: Scale, estimates: Estimates, method: str = "trajectory"
) -> Why:
    """Return where things stand when nothing is pointed out, and why nothing more can be said. The method "rules" knows
    no uncertainty of a level: no margin, no interval, and nothing of the other method's word for it."""
    if method == "rules" and trajectory.standing not in ("too_few", "unknown_since"):
        told = rules.standing(w, trajectory)
        return Why(headline=w.t("Nothing is pointed out by the rules"), reason=" ".join(told), gauge=None, parts=())
    word, detail = flags.standing(w, trajectory), flags.standing_detail(w, trajectory)
    said = tuple(standings.explanation(w, trajectory, scale, estimates))
    return Why(
        headline=w.t("{word}: {detail}", word=word, detail=detail) if detail else word,
        reason=" ".join(said),
        gauge=standing_gauge(w, trajectory, scale, estimates),
        parts=(),
    )
