"""Simulated citizens' assessment days as a table, with the truth on each: what every rule is judged on.

Nothing here rests on the model: values are plain means of the answered items, so that rules we compare with, and the
judge, stand still while the model changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import Bools, Cohort, Floats, Ints
from progression.analysis.moves import known_phases
from progression.analysis.phasing import DAY_RANGE, keys
from progression.analysis.simulate import Simulated
from progression.analysis.steps import rounds
from progression.scales.model import RATERS

QUIET_ROUNDS = 2  # the first two rounds of a case raise nothing


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One row per citizen and day with an answer, sorted (N rows); two columns where raters differ.

    `value`: mean of the answered items less the cohort's means of those items, plus the mean of all those means, NaN
    where the rater is absent; `items` answered, of `asked`. `changed`: another caseworker than the last time. `phase`:
    index among `simulated.phases` as known that day, `begin` its first day; `late`: a later view has the next phase
    begin before that day. `round`: 1, 2, 3 ... in the case. `fallen`: true level on the phase's first day less that of
    today, towards worse positive. `bounds` cuts the rows by citizen. Every day of a simulated citizen is in a phase.
    """

    simulated: Simulated
    who: Ints
    day: Ints
    key: Ints
    bounds: Ints
    value: Floats
    items: Ints
    asked: Ints
    changed: Bools
    phase: Ints
    late: Bools
    begin: Ints
    round: Ints
    fallen: Floats

    @property
    def judged(self) -> Bools:
        """Rows on which a rule may fire."""
        out: Bools = self.round > QUIET_ROUNDS
        return out

    def at(self, who: Ints, day: Ints) -> Ints:
        """Return the rows of these citizens and days. KeyError for a day on which nothing was answered."""
        wanted = keys(who, day)
        row = np.minimum(np.searchsorted(self.key, wanted), len(self.key) - 1)
        if len(wanted) and not (self.key[row] == wanted).all():
            raise KeyError("a day without an assessment")
        return row.astype(np.int64)


def scene(simulated: Simulated) -> Scene:
    """Return the assessment days of a simulated cohort."""
    cohort, phases = simulated.cohort, simulated.phases
    means, items, asked = _means(cohort)
    some = items > 0
    own, place = np.unique(keys(cohort.who[some], cohort.day[some]), return_inverse=True)
    who, day, side = own // DAY_RANGE, own % DAY_RANGE, cohort.rater[some]
    value, count = np.full((len(own), 2), np.nan), np.zeros((len(own), 2), dtype=np.int64)
    assessor = np.full(len(own), -1, dtype=np.int64)
    value[place, side], count[place, side] = means[some], items[some]
    assessor[place[side == 0]] = cohort.assessor[some][side == 0]
    bounds = np.searchsorted(who, np.arange(len(cohort.citizens) + 1)).astype(np.int64)
    known = known_phases(who, day, phases)
    begin = phases.start[known.phase]
    better = cohort.scale.better
    return Scene(
        simulated=simulated,
        who=who,
        day=day,
        key=own,
        bounds=bounds,
        value=value,
        items=count,
        asked=asked,
        changed=_changed(who, assessor),
        phase=known.phase,
        late=known.late,
        begin=begin,
        round=rounds(day, bounds)[0],
        fallen=better * (simulated.truth(who, begin) - simulated.truth(who, day)),
    )


def _means(cohort: Cohort) -> tuple[Floats, Ints, Ints]:
    """Whole-scale value and answered items of every assessment, and how many items each rater is asked."""
    whole = np.array([i.in_whole for i in cohort.scale.indicators])
    asked = np.array([[r in i.raters for i in cohort.scale.indicators] for r in RATERS]) & whole
    score = np.where(whole, cohort.scores, np.nan)
    given = ~np.isnan(score)
    means = np.zeros(asked.shape)
    for side in range(len(RATERS)):
        mine = cohort.rater == side
        told = given[mine].sum(axis=0)
        means[side] = np.where(given[mine], score[mine], 0.0).sum(axis=0) / np.maximum(told, 1)
    items = given.sum(axis=1)
    off = np.where(given, score - means[cohort.rater], 0.0).sum(axis=1)
    return off / np.maximum(items, 1) + means[asked].mean(), items, asked.sum(axis=1)


def _changed(who: Ints, assessor: Ints) -> Bools:
    """True where the caseworker differs from the last one known of the same citizen."""
    out = np.zeros(len(who), dtype=bool)
    at = np.flatnonzero(assessor >= 0)
    out[at[1:]] = (who[at[1:]] == who[at[:-1]]) & (assessor[at[1:]] != assessor[at[:-1]])
    return out
