"""The estimates and thresholds in force: what flags rest on."""

from __future__ import annotations

from progression.analysis.values import Estimates
from progression.desk.session import Session


def in_force(session: Session, scale: str = "bip") -> Estimates:
    """Return the newest adopted estimates for a scale; the priors where nothing was adopted."""
    from progression.analysis import estimates
    from progression.store import queries

    adopted = queries.estimates(session.vault, scale)
    rate = float(queries.setting(session.vault, "false_alarms_per_100_years", 10.0))
    return estimates.in_force(queries.scales(session.vault)[scale], adopted, rate)


def listing(session: Session) -> list[Estimates]:
    """Return the estimates in force for every installed scale, sorted by scale."""
    from progression.store import queries

    return [in_force(session, scale) for scale in sorted(queries.scales(session.vault))]
