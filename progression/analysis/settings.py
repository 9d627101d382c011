"""What a municipality can choose about the analysis."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from progression.analysis.values import FlagKind
from progression.casework.duties import ASSESSMENT_MONTHS
from progression.casework.timeline import BRIDGE_DAYS

Method = Literal["trajectory", "rules"]
METHODS: tuple[Method, Method] = ("trajectory", "rules")


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds of the method "rules" (see `analysis.rules`); the ones it ships with are the defaults.

    `p_limit`: a flag when the sign test over the indicators that moved gives at most this probability (one-sided).
    `gain_share`: a standstill is a gain below this share of the minimal important change, after at least `rounds`
    rounds (the one nearest the phase's start included) and `months` months of the phase.
    """

    p_limit: float = 0.005
    gain_share: float = 0.5
    rounds: int = 4
    months: int = 9

    @property
    def least_moved(self) -> int:
        """How many indicators must move, all the same way, before the sign test can reach its limit: 8 at 0.005."""
        return math.ceil(-math.log2(self.p_limit))

    def as_body(self) -> dict[str, float | int]:
        """Return the thresholds by name, as the setting "rules" keeps them."""
        return asdict(self)

    def stated(self) -> dict[str, float | int]:
        """Return the thresholds and what follows from them, as the rule is said in words and stands in a flag."""
        return {**self.as_body(), "least_moved": self.least_moved}

    @classmethod
    def of(cls, body: Any) -> Rules:
        """Read the setting; thresholds that are absent are the standard ones, and so are all where one is no threshold
        at all (another device may write what it likes)."""
        known = body if isinstance(body, Mapping) else {}
        try:
            found = cls(**{name: known[name] for name in RULE_BOUNDS if name in known})
            return cls() if found.fault() else found
        except TypeError:
            return cls()

    def fault(self) -> str | None:
        """Return the name of a threshold beyond `RULE_BOUNDS` or of the wrong kind, None where all is well."""
        for name, (low, high) in RULE_BOUNDS.items():
            value = getattr(self, name)
            whole = name in ("rounds", "months")
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
                return name
            if not low <= value <= high:  # nor is "not a number" between anything
                return name
        return None


# the least and the most each threshold of `Rules` may be; p beyond one in ten would no longer be a test
RULE_BOUNDS: dict[str, tuple[float, float]] = {
    "p_limit": (0.0001, 0.1),
    "gain_share": (0.1, 1.0),
    "rounds": (3, 12),
    "months": (3, 36),
}


# what a `RulesAccount` counts
COUNTED = ("false_regression", "false_progression", "worst", "found", "real", "improvers_wrong", "flat_found")


@dataclass(frozen=True, slots=True)
class RulesAccount:
    """What a set of rules does to simulated citizens of one scale with its minimal important change `mic`: the same
    bookkeeping as the trajectory method's.

    `false_regression`, `false_progression`: false alarms per 100 citizen-years of people who stand still; `worst`: the
    highest rate of false regression alarms among the simulated worlds, in people who do not fall. `found`: the share of
    setbacks found, `real`: the share of regression flags that were right (None where there was none), both in the world
    "base". These five are None where the scale has too few indicators for a sign test. `improvers_wrong`: the share of
    true improvers' phases ever called a standstill; `flat_found`: the share of flat phases called so after 12 months.
    """

    scale: str
    mic: float
    rules: Rules
    seed: int
    citizens: int
    false_regression: float | None
    false_progression: float | None
    worst: float | None
    found: float | None
    real: float | None
    improvers_wrong: float
    flat_found: float

    def figures(self) -> dict[str, float]:
        """Return what was counted, by name; what could not be is left out."""
        told = ((name, getattr(self, name)) for name in COUNTED)
        return {name: float(value) for name, value in told if value is not None}

    def as_body(self) -> dict[str, object]:
        """Return it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> RulesAccount:
        """Read it back. KeyError, TypeError for something else."""
        return cls(**{**body, "rules": Rules(**body["rules"])})


@dataclass(frozen=True, slots=True)
class Settings:
    """`months`: how soon after a round the next assessment is due. `bridge_days`: gaps between active interventions
    that do not count. `off`: kinds of flags nobody wants. `method`: the trajectory model, or plain rules.
    `informed`: the estimated mean drift of each kind of phase is the prior of its drift; off, everybody's is 0, so that
    identical answers give identical flags whatever group a person is in. `rules`: thresholds of the method "rules";
    `accounts`: what simulation said about them per scale, where they are not the ones it ships with."""

    months: int = ASSESSMENT_MONTHS
    bridge_days: int = BRIDGE_DAYS
    off: frozenset[FlagKind] = frozenset()
    method: Method = "trajectory"
    informed: bool = False
    rules: Rules = field(default_factory=Rules)
    accounts: tuple[RulesAccount, ...] = ()
