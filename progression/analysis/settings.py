"""What a municipality can choose about the analysis."""

from __future__ import annotations

from dataclasses import dataclass

from progression.analysis.values import FlagKind
from progression.casework.duties import ASSESSMENT_MONTHS
from progression.casework.timeline import BRIDGE_DAYS


@dataclass(frozen=True, slots=True)
class Settings:
    """`months`: how soon after a round the next assessment is due. `bridge_days`: gaps between active interventions
    that do not count. `off`: kinds of flags nobody wants."""

    months: int = ASSESSMENT_MONTHS
    bridge_days: int = BRIDGE_DAYS
    off: frozenset[FlagKind] = frozenset()
