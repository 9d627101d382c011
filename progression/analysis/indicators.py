"""Which single indicator has fallen or risen by more than it plausibly swings, where the whole scale does not say so.

change of an indicator = change of the whole scale + change of its deviation (`deviations`), each with its own sd. The
condition is that of the whole scale with a threshold of its own, `c_indicator`: that there are many indicators and many
looks is accounted for where it is calibrated (`spending`), not by a formula. The deviation too must have moved that way
by a third of the minimal important change: an indicator that only follows the whole, was not asked, or stands at the
floor is no news of its own. The whole scale comes first: where it holds no indicator does, and per phase and direction
one indicator holds at a time, the strongest when it was raised.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import Bools, Floats, Ints
from progression.analysis.deviations import Deviations, deviations, offset, whole_places, within
from progression.analysis.looks import MIC_SHARE, QUIET_ROUNDS, Basis, Looks
from progression.analysis.values import Estimates

DEFAULT_C = 2.6  # cautious: serves only until a rate was calibrated
FALL, RISE = -1, 1  # towards worse, towards better


@dataclass(frozen=True, slots=True)
class Singles:
    """Indicators for which the condition held, one row each (R,), sorted by step: at most one per step and direction.

    `item`: place in the scale. `sign`: FALL or RISE. `level`: whole + deviation, in the indicator's own steps. `change`
    and `change_sd` are of both together, `deviation_*` of the deviation alone; `level_sd` likewise of both.
    """

    step: Ints
    item: Ints
    sign: Ints
    level: Floats
    level_sd: Floats
    change: Floats
    change_sd: Floats
    deviation_change: Floats
    deviation_sd: Floats

    def at(self, step: Ints, item: Ints, sign: Ints) -> Ints:
        """Return the rows of these steps, indicators and directions; -1 where the condition did not hold."""
        key, wanted = _key(self.step, self.item, self.sign), _key(step, item, sign)
        order = np.argsort(key, kind="stable")
        found = np.append(order, -1)[np.searchsorted(key[order], wanted)]
        hit = (found >= 0) & (np.append(key, -1)[found] == wanted)
        return np.where(hit, found, -1)


def _key(step: Ints, item: Ints, sign: Ints) -> Ints:
    result: Ints = (step * 1000 + item) * 2 + (sign > 0)
    return result


def threshold(estimates: Estimates) -> float:
    """Return c_indicator of the rate in force."""
    row = estimates.rates.get(f"{estimates.false_alarms_per_100_years:g}", {})
    return float(row.get("c_indicator", DEFAULT_C))


def judge(basis: Basis, looks: Looks) -> Singles:
    """Return the indicators that hold at each look, each direction on its own account."""
    scale, c = basis.cohort.scale, threshold(basis.estimates)
    places = np.array(whole_places(scale))
    offsets = np.array([offset(basis, place) for place in places.tolist()])
    floor = scale.minimal_important_change / MIC_SHARE
    old = looks.look & (looks.rounds > QUIET_ROUNDS)
    free = {FALL: old & ~looks.fall, RISE: old & ~looks.rise}
    rows: list[Floats] = []
    whole = basis.filtered.change
    for part in deviations(basis):
        here = part.steps
        change, sd = _together(whole, basis.filtered.change_var, part)
        beyond = (np.abs(change) >= np.maximum(floor, c * sd)) & (sd > 0)
        for sign, open_ in free.items():
            item, at = np.nonzero(beyond & open_[here] & _own(sign * scale.better, change, part.change, floor))
            step = at + part.first
            level = basis.filtered.level[step] + part.level[item, at] + offsets[item]
            level = within(scale, level, change[item, at])
            level_sd = np.sqrt(np.maximum(basis.filtered.level_var[step] + part.level_var[item, at], 0.0))
            own_sd = np.sqrt(np.maximum(part.change_var[item, at], 0.0))
            columns = [step, places[item], np.full(len(at), sign), level, level_sd]
            columns += [change[item, at], sd[item, at], part.change[item, at], own_sd]
            rows.append(np.stack(columns, axis=1).astype(np.float64))
    table = np.concatenate([np.zeros((0, 9)), *rows])
    parts = [_one_at_a_time(table[table[:, 2] == sign], basis.known.phase) for sign in (FALL, RISE)]
    table = np.concatenate(parts)
    table = table[np.lexsort((table[:, 2], table[:, 0]))]
    return Singles(*table[:, :3].astype(np.int64).T, *table[:, 3:].T)


def strongest(basis: Basis, looks: Looks, sign: int) -> Floats:
    """Return per phase the largest |change| / change_sd of any indicator at looks that may raise a flag (0 = none).

    `sign`: FALL or RISE. What a calibration sets c_indicator by.
    """
    old, better = looks.look & (looks.rounds > QUIET_ROUNDS), basis.cohort.scale.better
    floor = basis.cohort.scale.minimal_important_change / MIC_SHARE
    best = np.zeros(len(basis.phases.who))
    whole = basis.filtered.change
    for part in deviations(basis):
        change, sd = _together(whole, basis.filtered.change_var, part)
        own = _own(sign * better, change, part.change, floor) & (np.abs(change) >= floor) & (sd > 0)
        evidence = np.divide(np.abs(change), sd, out=np.zeros_like(change), where=own)
        at = np.flatnonzero(old[part.steps])
        np.maximum.at(best, basis.known.phase[part.steps][at], evidence.max(axis=0)[at])
    return best


def _together(whole: Floats, whole_var: Floats, part: Deviations) -> tuple[Floats, Floats]:
    """Change of some indicators since the phase began, and its sd (indicators x steps)."""
    change: Floats = whole[part.steps] + part.change
    sd: Floats = np.sqrt(np.maximum(whole_var[part.steps] + part.change_var, 0.0))
    return change, sd


def _own(way: int, change: Floats, deviation: Floats, floor: float) -> Bools:
    """Where an indicator moved that way and its deviation from the whole did so by itself."""
    result: Bools = (way * change > 0) & (way * deviation >= floor)
    return result


def _one_at_a_time(table: Floats, phase: Ints) -> Floats:
    """Keep one row per step: the indicator already raised in the phase while it holds, else the strongest."""
    evidence = np.divide(np.abs(table[:, 5]), table[:, 6], out=np.zeros(len(table)), where=table[:, 6] > 0)
    # the first in the scale where two are equally strong
    table = table[np.lexsort((table[:, 1], -evidence, table[:, 0]))]
    steps = table[:, 0].astype(np.int64)
    items, phases = table[:, 1].tolist(), phase[steps].tolist()
    ends = np.append(np.flatnonzero(np.diff(steps)) + 1, len(steps)).tolist()
    raised: dict[int, float] = {}
    keep: list[int] = []
    first = 0
    for end in ends if len(steps) else ():
        before = raised.get(phases[first])
        chosen = next((i for i in range(first, end) if items[i] == before), first)
        raised[phases[first]] = items[chosen]
        keep.append(chosen)
        first = end
    return table[keep]
