"""The estimates and thresholds in force: what flags rest on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from progression.analysis.values import Estimates
from progression.desk.session import Session


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of false alarms that can be chosen: per 100 citizen-years, and the share of setbacks it finds (0-1)."""

    per_100_years: float
    found: float


def rates(session: Session, scale: str = "bip") -> tuple[Rate, ...]:
    """Return the rates a municipality can choose, fewest first, with what they find in simulation."""
    from progression.analysis import estimates
    from progression.store import queries

    known = estimates.thresholds(queries.scales(session.vault)[scale])["rates"]
    return tuple(Rate(rate, float(known[f"{rate:g}"]["found"])) for rate in estimates.RATES)


def in_force(session: Session, scale: str = "bip") -> Estimates:
    """Return the newest adopted estimates for a scale; the priors, at the chosen rate, where nothing was adopted."""
    from progression.analysis import estimates
    from progression.store import queries

    adopted = queries.estimates(session.vault, scale)
    if adopted is not None:
        return Estimates(**{**adopted, "adopted": dt.date.fromisoformat(adopted["adopted"])})
    rate = float(queries.setting(session.vault, "false_alarms_per_100_years", estimates.DEFAULT_RATE))
    return estimates.prior_estimates(queries.scales(session.vault)[scale], rate)


def listing(session: Session) -> list[Estimates]:
    """Return the estimates in force for every installed scale, sorted by scale."""
    from progression.store import queries

    return [in_force(session, scale) for scale in sorted(queries.scales(session.vault))]
