"""The one entry point: a cohort, a scale's estimates and a day in; flags, curves and rows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain

import numpy as np

from progression.analysis import disagreement, indicators, rules
from progression.analysis import flags as flag_values
from progression.analysis import trajectory as curves
from progression.analysis.cohort import Cohort
from progression.analysis.looks import Basis, Looks, judge, prepare
from progression.analysis.part import part_of, parts_of
from progression.analysis.raised import Events, events, nothing_raised
from progression.analysis.settings import Settings
from progression.analysis.trajectory import Row
from progression.analysis.values import Estimates, Flag, Trajectory
from progression.casework.values import Decision

CASELOAD = 300  # citizens
PART = 2_000  # citizens computed at a time


@dataclass(frozen=True, eq=False)
class Analysis:
    """What the numbers say about a cohort on one scale and day. Each part is computed when first asked for."""

    cohort: Cohort
    estimates: Estimates
    as_of: date
    decisions: Sequence[Decision] = ()
    recorded: Sequence[Flag] = ()
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """Flags as they stand on the as-of date, decisions taken into account (see `flags.current`)."""
        latest = flag_values.latest_decisions(self.decisions, self.as_of.toordinal())
        before = flag_values.by_citizen(self.recorded, self.cohort.scale.id)

        def standing(part: Analysis) -> tuple[Flag, ...]:
            return flag_values.standing(part._basis, part._looks, part._events, latest, before)

        return flag_values.in_order(flag for part in self._parts() for flag in standing(part))

    def history(self, everything: bool = False) -> tuple[Flag, ...]:
        """Every flag that would have been shown with no decisions taken; `everything`: all that could be raised."""
        found = (flag_values.history(p._basis, p._looks, p._events, everything) for p in self._parts())
        return flag_values.in_order(flag for part in found for flag in part)

    def _parts(self) -> Iterator[Analysis]:
        """The same for some citizens at a time: nobody's figures depend on anybody else's, to the bit, and what a large
        cohort needs on the way stays in the processor's cache and is given back."""
        if len(self.cohort.citizens) <= PART:
            yield self
        else:
            for cohort in parts_of(self.cohort, PART):
                yield replace(self, cohort=cohort)

    def trajectory(self, citizen: str) -> Trajectory:
        """Return one citizen's trajectory by internal id. Raises KeyError for one that is not in the cohort.

        In a cohort the size of a caseload the first question computes everybody's, since that costs about the same.
        """
        who = self.cohort.index[citizen]
        if len(self.cohort.citizens) <= CASELOAD:
            return self._everybody[who]
        alone = replace(self, cohort=part_of(self.cohort, np.array([who])))
        return alone._everybody[0]

    def rows(self, causal: bool = True, *, indicator: str | None = None, rater: str | None = None) -> Iterator[Row]:
        """Yield one row per citizen and assessment date; causal, or smoothed as the page draws it.

        With `indicator` that one is followed, drawn towards the whole scale, in its own steps; with `rater` that
        rater's answers alone, and no flags are named. KeyError for an indicator the scale does not have.
        """
        place = None
        if indicator is not None:
            place = self.cohort.scale.indicators.index(self.cohort.scale.indicator(indicator))
        return chain.from_iterable(part._rows(causal, place, rater) for part in self._parts())

    def _rows(self, causal: bool, place: int | None, rater: str | None) -> Iterator[Row]:
        if rater is None:
            basis = self._basis if causal else self._prepare(keep=True)
            return curves.rows(basis, self._looks, self._events, causal, place)
        basis = self._prepare(rater=rater, keep=not causal)
        return curves.rows(basis, judge(basis), nothing_raised(len(self.cohort.citizens)), causal, place)

    @cached_property
    def _everybody(self) -> list[Trajectory]:
        people = range(len(self.cohort.citizens))
        return curves.trajectories(self._basis, self._looks, self._events, people)

    @cached_property
    def _basis(self) -> Basis:
        return self._prepare()

    def _prepare(self, rater: str | None = None, keep: bool = False) -> Basis:
        return prepare(
            self.cohort,
            self.estimates,
            self.as_of.toordinal(),
            bridge_days=self.settings.bridge_days,
            informed=self.settings.informed,
            rater=rater,
            keep=keep,
        )

    @cached_property
    def _looks(self) -> Looks:
        looks = judge(self._basis)
        return rules.judge(self._basis, looks, self.settings) if self.settings.method == "rules" else looks

    @cached_property
    def _events(self) -> Events:
        if self.settings.method == "rules":  # which knows the whole scale and arithmetic, and nothing else
            return events(self._basis, self._looks, self.settings)
        singles = indicators.judge(self._basis, self._looks)
        openings = disagreement.judge(self._basis, self._looks)
        return events(self._basis, self._looks, self.settings, singles, openings)


def analyse(
    cohort: Cohort,
    estimates: Estimates,
    as_of: date,
    *,
    decisions: Iterable[Decision] = (),
    shown: Iterable[Flag] = (),
    settings: Settings | None = None,
) -> Analysis:
    """Return the analysis of a cohort (its scale is `cohort.scale`) on a day.

    `decisions`: any; those about flags count. `shown`: flags recorded when they were first shown. Facts dated after
    `as_of` are ignored. Raises ValueError when the estimates belong to another scale.
    """
    if estimates.scale != cohort.scale.id:
        raise ValueError(f"estimates of {estimates.scale}, cohort of {cohort.scale.id}")
    return Analysis(cohort, estimates, as_of, tuple(decisions), tuple(shown), settings or Settings())
