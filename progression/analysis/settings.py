"""What a municipality can choose about the analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from progression.analysis.values import FlagKind
from progression.casework.duties import ASSESSMENT_MONTHS
from progression.casework.timeline import BRIDGE_DAYS


@dataclass(frozen=True, slots=True)
class Settings:
    """`months`: how soon after a round the next assessment is due. `bridge_days`: gaps between active interventions
    that do not count. `off`: kinds of flags nobody wants. `method`: the trajectory model, or plain rules.
    `informed`: the estimated mean drift of each kind of phase is the prior of its drift; off, everybody's is 0, so that
    identical answers give identical flags whatever group a person is in."""

    months: int = ASSESSMENT_MONTHS
    bridge_days: int = BRIDGE_DAYS
    off: frozenset[FlagKind] = frozenset()
    method: Literal["trajectory", "rules"] = "trajectory"
    informed: bool = False
