"""What the rules do to simulated citizens: `python -m progression.analysis.rules_account` writes `rules.json`.

The same bookkeeping as for the trajectory method (see `calibrate`, `judging`). A false alarm is a regression flag about
somebody whose level does not fall, once per phase; rates are per 100 citizen-years of people who stand still, and the
worst of all worlds over the people there who do not fall. Found and real come from the world "base". A standstill is
wrong in a phase of a true improver (one minimal important change in six months or more), counted over the phases long
enough for the rule to speak, over all looks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from progression.analysis.calibrate import improving_world, still_world
from progression.analysis.cohort import Bools
from progression.analysis.judging import NEVER_FIRES, judge_rule
from progression.analysis.looks import QUIET_ROUNDS
from progression.analysis.rules import FILE, judge, judgeable
from progression.analysis.settings import Rules, RulesAccount, Settings
from progression.analysis.trials import Trial, trial
from progression.analysis.worlds import World, worlds
from progression.scales.library import builtin
from progression.scales.model import Scale

SEED = 20_261_122
CITIZENS = 12_000
MONTH = 30.44  # days
ASKED_AT = 12  # months into a flat phase
SMALLER = 4  # worlds that only tell the worst rate get a quarter of the citizens
LONG_PHASES = 900.0  # days, so that enough flat phases last a year


def measure(
    scale: Scale,
    rules: Rules,
    *,
    citizens: int = CITIZENS,
    seed: int = SEED,
    progress: Callable[[float], None] | None = None,
) -> RulesAccount:
    """Simulate citizens of a scale and return what the rules did to them; the same for the same arguments.

    `progress` is told how much is done, 0 to 1. A second for every few thousand citizens.
    """
    tests = judgeable(scale, rules)
    other = worlds(scale) if tests else {}
    parts, done = 3 + len(other), 0

    def tried(world: World, number: int, people: int = citizens) -> Trial:
        nonlocal done
        found = _trial(scale, rules, world, people, seed + number)
        done += 1
        if progress is not None:
            progress(done / parts)
        return found

    still = tried(still_world(scale), 0)
    fall, rise = (_per_100_years(still, mask) for mask in (still.looks.fall, still.looks.rise))
    worst, found, real = fall, None, None
    for number, (name, world) in enumerate(other.items()):
        lived = tried(world, 1 + number, citizens if name == "base" else -(-citizens // SMALLER))
        worst = max(worst, _per_100_years(lived, lived.looks.fall))
        if name == "base":
            judged = judge_rule(lived, np.where(lived.looks.fall, 1.0, NEVER_FIRES), threshold=1.0)
            found, real = judged.sensitivity, None if np.isnan(judged.real) else judged.real
    improving = tried(improving_world(scale), 100)
    flat = tried(replace(still_world(scale), phase_days=LONG_PHASES, years=3.0), 101)
    return RulesAccount(
        scale=scale.id,
        mic=scale.minimal_important_change,
        rules=rules,
        seed=seed,
        citizens=citizens,
        false_regression=round(fall, 2) if tests else None,
        false_progression=round(rise, 2) if tests else None,
        worst=round(worst, 2) if tests else None,
        found=None if found is None else round(found, 3),
        real=None if real is None else round(real, 3),
        improvers_wrong=round(_called_flat(improving, rules.months, None), 3),
        flat_found=round(_called_flat(flat, ASKED_AT, ASKED_AT), 3),
    )


def _trial(scale: Scale, rules: Rules, world: World, citizens: int, seed: int) -> Trial:
    """A simulated cohort with what the rules said in place of what the model said."""
    plain = trial(scale, world, citizens, seed)
    return replace(plain, looks=judge(plain.basis, plain.looks, Settings(method="rules", rules=rules)))


def _per_100_years(tried: Trial, raised: Bools) -> float:
    """Phases with a flag, per 100 citizen-years of the people who do not move that way."""
    moved = tried.simulated.fell if raised is tried.looks.fall else tried.simulated.rose
    phases = np.unique(tried.basis.known.phase[raised])
    count = (~moved[tried.basis.phases.who[phases]]).sum()
    return 100 * float(count) / float(tried.simulated.years[~moved].sum())


def _called_flat(tried: Trial, at_least: int, until: int | None) -> float:
    """The share of phases with a look so many months in that were called flat, on looks up to `until` months in."""
    basis, looks = tried.basis, tried.looks
    phase = basis.known.phase
    months = (basis.step.day - np.append(basis.phases.start, 0)[phase]) / MONTH
    ok = looks.look & (looks.rounds > QUIET_ROUNDS)
    asked = np.unique(phase[ok & (months >= at_least)])
    called = np.unique(phase[ok & looks.flat & ((months <= until) if until is not None else True)])
    return float(np.isin(asked, called).mean()) if len(asked) else float("nan")


def main() -> int:
    """Measure the standard thresholds on every shipped scale and write the file."""
    data = {identity: measure(scale, Rules()).as_body() for identity, scale in sorted(builtin().items())}
    text = json.dumps(data, indent=2, sort_keys=True) + "\n"
    FILE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
