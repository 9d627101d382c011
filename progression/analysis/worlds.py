"""How simulated people live and are rated: worlds that differ from each other, and the true sizes of each.

None of them was made to fit the model: some break what it assumes (phases started by a low answer, ends registered
late, raters who copy, items that are no rounded level, noise with heavy tails), so that it shows what that costs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri

from progression.analysis.cohort import Floats
from progression.analysis.priors import Variances, prior_variances, whole_items
from progression.analysis.values import Estimates
from progression.scales.model import Scale

ROUNDING = 1 / 12  # variance that rounding to whole steps adds
ONE_SIDED = 1.645  # upper 95 % limit
INSTRUMENT_SEED = 1_912  # an instrument's items are the same in every cohort
SAMPLE = 4_000


@dataclass(frozen=True, slots=True)
class World:
    """How simulated people live and are rated. Steps of the whole scale, years, probabilities.

    Time: `rhythm` days between rounds with `jitter` either way, or gaps drawn anew with coefficient of variation
    `irregular`; `apart`: days between the two raters' assessments, at most. `phase_days`: mean length of a phase.

    The level: `active`, `passive`: mean and sd of a phase's drift; `slowest`: no phase's drift towards better lies
    below this (steps per year). `drops`: sudden changes per year, `drop_mean` and `drop_sd` their size. `events`: other
    changes that no register knows, per year, spread over a month, `passing` the share that is gone after five months.
    `dip`: how far below their usual level people enter, gone after `dip_days`. `lone`: share of citizens in whom one
    item falls by 1 to 1.5 steps while all else stands still (scales with several items).

    Raters: `common_sd`: the part of a caseworker's bias shared over all citizens. `changes`: caseworker changes per
    year, `change_at_phase`: probability of one where a phase begins. `glow`: added to the last caseworker's rating
    before a passive phase. `careless`: assessments answered with one and the same step; `copying`: share of caseworkers
    who tick what they ticked the last time. `offset_sd`, `profile_sd`: how far items lie apart for everybody, and for
    one person. `tails`: degrees of freedom of Student's t for all noise of an assessment (0: normal). `uneven`,
    `sharpness_sd`: items as ordered probits: sd of the thresholds around the middle between two steps, and of the
    logarithm of the items' discriminations.

    Missing: `skip`: rounds left out, `silent`: citizen's side left out, `unanswered`: single items left out; and while
    the level is a minimal important change or more below the first: `sinking`: rounds left out, `sinking_silent`: the
    citizen's side, `sinking_unrated`: the caseworker's.

    The register: `late_ends`: days, at least and at most, by which the end of an active phase is registered too late;
    truth is then counted by the phases of the final register. `reactive`: probability that an answer half a minimal
    important change or more below the person's own usual one starts an active phase within two weeks.
    """

    sizes: Variances
    years: float = 2.5
    rhythm: float = 91.0
    jitter: float = 12.0
    active: tuple[float, float] = (0.0, 0.5)
    passive: tuple[float, float] = (0.0, 0.5)
    phase_days: float = 270.0
    drops: float = 0.15
    drop_mean: float = 0.0
    drop_sd: float = 0.5
    common_sd: float = 0.0
    changes: float = 0.5
    skip: float = 0.12
    silent: float = 0.1
    unanswered: float = 0.04
    careless: float = 0.0
    sinking: float = 0.0
    offset_sd: float = 0.0
    profile_sd: float = 0.3
    dip: float = 0.0
    dip_days: float = 120.0
    glow: float = 0.0
    change_at_phase: float = 0.0
    slowest: float | None = None
    apart: int = 0
    irregular: float = 0.0
    events: float = 0.0
    event_mean: float = 0.0
    event_sd: float = 0.0
    passing: float = 0.0
    lone: float = 0.0
    copying: float = 0.0
    tails: float = 0.0
    uneven: float = 0.0
    sharpness_sd: float = 0.0
    sinking_silent: float = 0.0
    sinking_unrated: float = 0.0
    late_ends: tuple[int, int] = (0, 0)
    reactive: float = 0.0


@dataclass(frozen=True, slots=True)
class Instrument:
    """Items as ordered probits: `cuts` (items x steps - 1) in steps, rising; `sharpness` (items), 1 = as the
    world's item noise says."""

    cuts: Floats
    sharpness: Floats


def base_world(scale: Scale) -> World:
    """The world the priors describe: what the thresholds are calibrated in."""
    sizes = prior_variances(scale)
    several = sizes.spread_sd > 0
    return World(
        sizes=sizes,
        active=(0.0, sizes.drift_sd),
        passive=(0.0, sizes.drift_sd),
        drop_sd=sizes.drop_sd / 0.15**0.5,
        profile_sd=sizes.spread_sd if several else 0.0,
    )


def worlds(scale: Scale) -> dict[str, World]:
    """Worlds that differ from each other and from the priors, by name."""
    base = base_world(scale)
    mic = scale.minimal_important_change
    usual = replace(base, active=(0.8 * mic, 1.2 * mic), passive=(-0.8 * mic, 1.2 * mic))
    return {"base": usual} | _raters(usual, mic) | _lives(scale, usual, mic) | _registers(usual, mic)


def _raters(usual: World, mic: float) -> dict[str, World]:
    """Worlds with other raters and other items."""
    sizes = usual.sizes
    return {
        "noisy raters": replace(
            usual,
            sizes=replace(sizes, caseworker_sd=1.8 * mic, citizen_sd=1.8 * mic, item_sd=1.4 * sizes.item_sd),
            common_sd=mic,
        ),
        "common bias": replace(usual, sizes=replace(sizes, caseworker_sd=0.5 * mic), common_sd=1.4 * mic, changes=0.8),
        "caseworker change": replace(usual, changes=1.4, change_at_phase=0.5, common_sd=0.8 * mic),
        "change at phase": replace(usual, changes=0.1, change_at_phase=1.0, common_sd=0.8 * mic),
        "careless raters": replace(usual, careless=0.35),
        "copying caseworkers": replace(usual, copying=0.3),
        "end glow": replace(usual, glow=0.8 * mic),
        "missing items": replace(usual, unanswered=0.35, offset_sd=1.5 * mic, profile_sd=2 * mic),
        "probit items": replace(usual, uneven=0.35, sharpness_sd=0.35),
        "heavy tails": replace(usual, tails=3.0),
    }


def _lives(scale: Scale, usual: World, mic: float) -> dict[str, World]:
    """Worlds in which people's levels go other ways."""
    sizes = usual.sizes
    lives = {
        "sudden drops": replace(usual, drops=0.5, drop_mean=-1.8 * mic, drop_sd=0.6 * mic),
        "unrecorded events": replace(
            usual, events=0.8, event_mean=-0.8 * mic, event_sd=1.4 * mic, passing=0.5, drops=0.0
        ),
        "floor": replace(usual, sizes=replace(sizes, level_mean=_towards(scale, False))),
        "ceiling": replace(usual, sizes=replace(sizes, level_mean=_towards(scale, True))),
        "entry dip": replace(usual, dip=1.2 * mic),
    }
    return lives | ({"single-item declines": replace(usual, lone=0.4)} if whole_items(scale) > 1 else {})


def _registers(usual: World, mic: float) -> dict[str, World]:
    """Worlds with another rhythm, with more missing, and with another register."""
    return {
        "silent citizens": replace(usual, silent=0.7, skip=0.25, sinking=0.3),
        "missing when bad": replace(usual, sinking=0.3, sinking_silent=0.5, sinking_unrated=0.25),
        "monthly": replace(usual, rhythm=30.4, jitter=8.0, skip=0.25),
        "irregular": replace(usual, rhythm=100.0, irregular=0.8, skip=0.0, apart=12),
        "half-yearly": replace(usual, rhythm=182.6, jitter=25.0, years=4.0, phase_days=400.0),
        "phases started when low": replace(usual, reactive=0.8),
        "late ends": replace(usual, late_ends=(60, 120)),
    }


def _towards(scale: Scale, top: bool) -> float:
    reach = scale.maximum - scale.minimum
    return scale.maximum - 0.15 * reach if top else scale.minimum + 0.15 * reach


def instrument(scale: Scale, world: World) -> Instrument | None:
    """Return the world's items, None where an answer is the rounded level."""
    if not world.uneven and not world.sharpness_sd:
        return None
    rng = np.random.default_rng(INSTRUMENT_SEED)
    items = len(scale.indicators)
    middles = np.arange(scale.minimum, scale.maximum) + 0.5
    cuts = np.sort(middles + world.uneven * rng.normal(size=(items, len(middles))), axis=1)
    return Instrument(cuts, np.exp(world.sharpness_sd * rng.normal(size=items)))


def true_variances(scale: Scale, world: World) -> Variances:
    """Return the world's sizes as the model has them: what a filter that knows the variances is given.

    Drift: the sd around 0 of all phases' drifts, since the flags' prior is centred there. Drops: the variance per year
    of all sudden changes, their mean included. A caseworker's bias includes the part common to all citizens. An
    assessment with one and the same step has rounding as its day's noise and no noise of its own in the items. Entry
    dip, glow, copying and answers beyond the scale's ends have no place in these sizes.
    """
    sizes, items = world.sizes, max(whole_items(scale), 1)
    drift = [_drift_square(scale, world, *drawn) for drawn in (world.active, world.passive)]
    sudden = world.drops * (world.drop_mean**2 + world.drop_sd**2)
    sudden += world.events * (1 + world.passing) * (world.event_mean**2 + world.event_sd**2)
    sudden += world.lone / world.years * 1.25**2 / items**2
    item = _item_variance(scale, world)
    return replace(
        sizes,
        level_mean=sizes.level_mean - scale.better * world.dip,
        drift_sd=(sum(drift) / 2) ** 0.5,
        drop_sd=sudden**0.5,
        caseworker_sd=(sizes.caseworker_sd**2 + world.common_sd**2) ** 0.5,
        day_sd=(sizes.day_sd**2 + world.careless * ROUNDING) ** 0.5,
        item_sd=((1 - world.careless) * item) ** 0.5,
        spread_sd=world.profile_sd,
    )


def _drift_square(scale: Scale, world: World, mean: float, sd: float) -> float:
    """The mean square of a phase's drift."""
    if world.slowest is None or sd == 0:
        return mean**2 + sd**2
    low = float(ndtr((world.slowest - mean) / sd))
    drawn = mean + sd * ndtri(low + (1 - low) * (np.arange(SAMPLE) + 0.5) / SAMPLE)
    return float(np.mean(drawn**2))


def _item_variance(scale: Scale, world: World) -> float:
    """Variance of one answer around what is expected at a level, rounding included."""
    items, sizes = instrument(scale, world), world.sizes
    if items is None:
        return sizes.item_sd**2
    noise = max(sizes.item_sd**2 - ROUNDING, 0.0) ** 0.5
    share = (np.arange(200) + 0.5) / 200
    level = np.clip(sizes.level_mean + sizes.level_sd * ndtri(share), scale.minimum, scale.maximum)
    above = ndtr((level[:, None, None] - items.cuts) * items.sharpness[:, None] / noise)
    # a score is a count of cuts passed: its mean and mean square from the chances of passing each
    weight = 2 * np.arange(items.cuts.shape[1]) + 1
    spread = (above * weight).sum(axis=2) - above.sum(axis=2) ** 2
    return float(spread.mean())


def known_estimates(scale: Scale, world: World) -> Estimates:
    """Return estimates that know the world's variances: thresholds of one, a drift prior centred on 0."""
    parameters = true_variances(scale, world).as_parameters() | {"z_stagnation": ONE_SIDED}
    return Estimates(scale.id, None, 0, "prior", 0.0, 1.0, 1.0, parameters)
