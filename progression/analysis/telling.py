"""The figures of flags that are not about the level of the whole scale: one indicator, and a gap that has opened.

What a person needs to recompute one by hand stands in `Flag.numbers`, in the order shown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from progression.analysis import disagreement, indicators
from progression.analysis.cohort import Ints
from progression.analysis.disagreement import Openings
from progression.analysis.indicators import FALL, RISE, Singles
from progression.analysis.looks import MIC_SHARE, Basis
from progression.analysis.raised import DISAGREEMENT, REGRESSION, WHOLE, Events
from progression.analysis.values import Flag

Numbers = tuple[tuple[str, float | str], ...]


def rows_behind(found: Events, table: Ints) -> list[int]:
    """Return where the figures of each event stand (`table`: rows of `Events.table`): the row of `Events.singles` for
    one about an indicator, the gap for a disagreement, -1 for all others."""
    out = np.full(len(table), -1, dtype=np.int64)
    step, kind, item = table[:, 3], table[:, 2], table[:, 9]
    if found.singles is not None:
        own = np.flatnonzero(item != WHOLE)
        sign = np.where(kind[own] == REGRESSION, FALL, RISE)
        out[own] = found.singles.at(step[own], item[own], sign)
    if found.openings is not None:
        apart = np.flatnonzero(kind == DISAGREEMENT)
        out[apart] = found.openings.of(step[apart])
    rows: list[int] = out.tolist()
    return rows


def about_indicator(basis: Basis, singles: Singles, row: int, flag: Flag, plain: Numbers) -> Flag:
    """Return the flag with an indicator's figures. `plain`: the numbers of the whole scale's flag, whose days in the
    phase and rounds are the indicator's too.

    change = whole_change + deviation_change; change_sd² = whole_change_sd² + deviation_change_sd²; evidence =
    |change| / change_sd; margin = the larger of mic_share and c x change_sd, c being c_indicator.
    """
    mic, c = basis.cohort.scale.minimal_important_change, indicators.threshold(basis.estimates)
    change, sd, level = float(singles.change[row]), float(singles.change_sd[row]), float(singles.level[row])
    step, other = int(singles.step[row]), dict(plain)
    whole_sd = float(np.sqrt(max(basis.filtered.change_var[step], 0.0)))
    evidence = abs(change) / sd
    return replace(
        flag,
        baseline=level - change,
        level=level,
        change=change,
        change_sd=sd,
        margin=max(mic / MIC_SHARE, c * sd),
        evidence=evidence,
        numbers=(
            ("mic", mic),
            ("mic_share", mic / MIC_SHARE),
            ("c", c),
            ("whole_change", float(basis.filtered.level[step] - basis.filtered.origin[step])),
            ("whole_change_sd", whole_sd),
            ("deviation_change", float(singles.deviation_change[row])),
            ("deviation_change_sd", float(singles.deviation_sd[row])),
            ("change_sd", sd),
            ("baseline", level - change),
            ("level", level),
            ("change", change),
            ("evidence", evidence),
            ("days_in_phase", other["days_in_phase"]),
            ("rounds", other["rounds"]),
        ),
    )


def about_gap(basis: Basis, openings: Openings, row: int, flag: Flag) -> Flag:
    """Return the flag with the figures of a gap that has opened: citizen as baseline, caseworker as level.

    change = gap = caseworker - citizen; margin = the larger of mic_share and c x change_sd, c being c_gap; change_sd² =
    usual_gap_sd² + the two values' own variances. |gap - usual_gap| and |gap| reach the margin, and |gap| exceeds
    |usual_gap|, now and in the round before.
    """
    gaps, opened = openings.gaps, openings.opened
    gap, usual, c = float(gaps.gap[row]), float(opened.usual[row]), disagreement.threshold(basis.estimates)
    sd = float(np.sqrt(opened.usual_var[row] + gaps.noise[row]))
    mic_share = basis.cohort.scale.minimal_important_change / MIC_SHARE
    citizen, caseworker = float(gaps.citizen[row]), float(gaps.caseworker[row])
    return replace(
        flag,
        baseline=citizen,
        level=caseworker,
        change=gap,
        change_sd=sd,
        margin=max(mic_share, c * sd),
        evidence=None,
        measured_on=date.fromordinal(int(basis.step.day[gaps.step[row]])),
        numbers=(
            ("mic_share", mic_share),
            ("c", c),
            ("citizen", citizen),
            ("caseworker", caseworker),
            ("gap", gap),
            ("usual_gap", usual),
            ("usual_gap_sd", float(np.sqrt(opened.usual_var[row]))),
            ("change_sd", sd),
            ("opened_by", gap - usual),
            ("gap_before", float(opened.previous[row])),
            ("usual_rounds", int(opened.earlier[row])),
            ("rounds_running", int(opened.running[row])),
        ),
    )
