"""Courses a caseworker recognises: what ran when, and how the true level moved meanwhile.

Each pattern is a list of stretches counted in days from the start of the case: what is in force, and the drift of
the true level in steps per year. The drifts follow what the field reports: without an intervention people slide, job
together with social help goes with progression, health or social alone goes with none. They are the demo's truth and
are known to the tests; the analysis never sees them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np


@dataclass(frozen=True, slots=True)
class Stretch:
    """`days` long, with these intervention types in force, the true level drifting by `drift` steps per year.

    `drop`: the whole level falls so far as it begins. `alone`: so far *hverdagsmestring* lies from where it was, and
    nothing else does. `apart`: so much further than before the citizen's answers lie above the caseworker's.
    """

    days: int
    types: tuple[str, ...]
    drift: float
    drop: float = 0.0
    alone: float = 0.0
    apart: float = 0.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of course. `silent_days`: no assessment in the last so many days. `share` of the caseload, in parts."""

    name: str
    share: int
    start_level: float
    stretches: tuple[Stretch, ...]
    silent_days: int = 0
    changes: int = 0
    ending: Literal["", "job", "education"] = ""


PASSIVE: tuple[str, ...] = ()
WHOLE = 10  # indicators of BIP's whole scale: what one of them moves alone, the level moves a tenth of
PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "slides_without",
        9,
        2.5,
        (
            Stretch(90, PASSIVE, -0.2),
            Stretch(160, ("cv_vaerksted",), 0.0),
            Stretch(120, ("mentor", "mestring"), 0.5),
            Stretch(210, ("mentor", "virksomhedspraktik", "smaajob"), 1.1),
            Stretch(330, PASSIVE, -1.0),
        ),
        changes=1,
    ),
    Pattern(
        "rises_together",
        12,
        2.3,
        (
            Stretch(100, PASSIVE, -0.2),
            Stretch(170, ("mestring",), 0.0),
            Stretch(150, ("mentor", "cv_vaerksted"), 0.4),
            Stretch(480, ("mentor", "virksomhedspraktik", "sundhedsindsats"), 0.9),
        ),
        changes=1,
    ),
    Pattern(
        "waits",
        8,
        2.7,
        (
            Stretch(60, PASSIVE, 0.0),
            Stretch(220, ("nytteindsats",), 0.1),
            Stretch(150, ("mestring",), 0.2),
            Stretch(40, PASSIVE, -0.3),
            Stretch(400, ("venter",), -0.6),
        ),
        changes=1,
    ),
    Pattern(
        "exempt_after_operation",
        5,
        2.9,
        (
            Stretch(70, PASSIVE, 0.0),
            Stretch(200, ("cv_vaerksted",), 0.1),
            Stretch(200, ("virksomhedspraktik",), 0.5),
            Stretch(20, PASSIVE, -0.2),
            Stretch(260, ("fritaget",), -0.1),
        ),
    ),
    Pattern(
        "stands_still",
        8,
        2.4,
        (Stretch(70, PASSIVE, 0.0), Stretch(800, ("sundhedsindsats", "bostoette"), 0.0)),
        changes=1,
    ),
    Pattern("new", 6, 2.6, (Stretch(40, PASSIVE, 0.0), Stretch(90, ("cv_vaerksted",), 0.2))),
    Pattern(
        "not_seen",
        4,
        2.6,
        (Stretch(80, PASSIVE, 0.0), Stretch(380, ("mentor",), 0.1), Stretch(260, PASSIVE, -0.5)),
        silent_days=170,
    ),
    Pattern(
        "new_caseworker_rates_lower",
        5,
        2.9,
        (Stretch(60, PASSIVE, 0.0), Stretch(780, ("mentor", "nytteindsats"), 0.05)),
        changes=2,
    ),
    Pattern(
        "sudden_drop",
        4,
        3.0,
        (
            Stretch(60, PASSIVE, 0.0),
            Stretch(170, ("cv_vaerksted",), 0.0),
            Stretch(330, ("virksomhedspraktik", "mentor"), 0.4),
            Stretch(220, ("misbrugsbehandling",), -0.1, drop=-0.8),
        ),
        changes=1,
    ),
    Pattern(
        "small_steps",
        7,
        1.9,
        (
            Stretch(110, PASSIVE, -0.1),
            Stretch(160, ("mestring",), 0.0),
            Stretch(300, ("misbrugsbehandling", "mentor"), 0.3),
            Stretch(300, ("mentor", "smaajob"), 0.6),
        ),
    ),
    Pattern(
        "into_job",
        4,
        2.9,
        (
            Stretch(60, PASSIVE, 0.0),
            Stretch(180, ("mestring",), 0.1),
            Stretch(200, ("ips", "vejledning_opkvalificering"), 0.8),
            Stretch(240, ("ips", "smaajob"), 0.9),
        ),
        ending="job",
    ),
    Pattern(
        "one_thing_falls",
        3,
        3.2,
        (
            Stretch(70, PASSIVE, 0.0),
            Stretch(300, ("mentor", "nytteindsats"), 0.1),
            Stretch(230, ("mentor", "nytteindsats"), 0.1, alone=-1.8),
        ),
    ),
    Pattern(
        "seen_otherwise",
        3,
        2.8,
        (
            Stretch(70, PASSIVE, 0.0),
            Stretch(450, ("mentor", "mestring"), 0.0),
            Stretch(270, ("mentor", "mestring"), 0.0, apart=1.3),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened to an invented citizen: the true level, in steps, on any day of the case."""

    number: str
    pattern: str
    first: dt.date
    levels: tuple[float, ...]  # one per day from `first`

    def level(self, day: dt.date) -> float:
        """The true level on a day, the nearest one known outside the case."""
        return self.levels[min(max((day - self.first).days, 0), len(self.levels) - 1)]


def choose(rng: np.random.Generator, n: int) -> list[Pattern]:
    """Return n patterns in proportion to their shares, in random order."""
    shares = np.array([p.share for p in PATTERNS], dtype=float)
    counts = np.floor(shares / shares.sum() * n).astype(int)
    for i in np.argsort(-(shares / shares.sum() * n - counts))[: n - counts.sum()]:
        counts[i] += 1
    chosen = [p for p, count in zip(PATTERNS, counts, strict=True) for _ in range(count)]
    return [chosen[i] for i in rng.permutation(n)]


def stretch_days(rng: np.random.Generator, pattern: Pattern) -> list[int]:
    """Return the length of each stretch, varied by up to a fifth, so that no two courses are alike."""
    return [max(14, int(s.days * rng.uniform(0.8, 1.2))) for s in pattern.stretches]


def on(pattern: Pattern, days: list[int], nr: int) -> Stretch:
    """Return the stretch of the so-and-so-many-th day of the case (0 = the first); after the end, the last one."""
    for stretch, length in zip(pattern.stretches, days, strict=True):
        nr -= length
        if nr < 0:
            return stretch
    return pattern.stretches[-1]


def true_levels(rng: np.random.Generator, pattern: Pattern, days: list[int]) -> tuple[float, ...]:
    """Return the true level for each day: the pattern's drift, a small random walk, kept between 1.1 and 4.9."""
    level = pattern.start_level + rng.normal(0, 0.25)
    levels: list[float] = []
    for stretch, length in zip(pattern.stretches, days, strict=True):
        level += stretch.drop
        for step in rng.normal(stretch.drift / 365.25, 0.006, size=length):
            level = float(np.clip(level + step, 1.1, 4.9))
            levels.append(level + stretch.alone / WHOLE)
    return tuple(levels)
