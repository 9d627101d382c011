"""Events into Flags: what a person needs to recompute one by hand, gathered for all events at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

import numpy as np

from progression.analysis.cohort import NEVER, Ints
from progression.analysis.looks import HALF_YEAR, MIC_SHARE, Basis, Looks
from progression.analysis.phasing import keys
from progression.analysis.raised import DISAGREEMENT, KINDS, MISSING, WHOLE, Event, Events
from progression.analysis.telling import about_gap, about_indicator, rows_behind
from progression.analysis.values import Flag, FlagKind, Suggestion
from progression.casework.timeline import PASSIVE, STATES
from progression.casework.values import Phase, State

_SUGGESTIONS: dict[tuple[FlagKind, State], Suggestion] = {
    ("regression", "passive"): "start",
    ("regression", "waiting"): "start",
    ("regression", "exempt"): "review",
    ("regression", "active"): "adjust",
    ("stagnation", "active"): "adjust",
    ("stagnation", "passive"): "start",
    ("stagnation", "waiting"): "start",
    ("progression", "active"): "continue",
}
_UNTOLD = (None,) * 8  # a missing assessment has no figures


def flag_id(number: str, scale: str, kind: str, indicator: str | None, start: date) -> str:
    """Return the id of a flag: 16 hex digits of SHA-256 over citizen number, scale, kind, indicator and phase start.

    The same facts give the same id on every device (architecture.md, Journal).
    """
    text = f"{number}\n{scale}\n{kind}\n{indicator or ''}\n{start.isoformat()}"
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def phase_value(basis: Basis, index: int) -> Phase:
    """Return a phase of the cohort as a value. `interventions` are the rows that make it so, where ids are known."""
    columns, rows = basis.phases, basis.cohort.interventions
    who, start, end = int(columns.who[index]), int(columns.start[index]), int(columns.end[index])
    state = int(columns.state[index])
    ids: tuple[str, ...] = ()
    if len(rows.ids) and state != PASSIVE:
        mine = rows.of(who)
        at = slice(mine.start, mine.stop)
        until = min(end, basis.as_of)
        # rows of one day by their ids: the order they were read in may differ from device to device
        names = [rows.ids[i] for i in mine]
        found = sorted(zip(rows.start[at].tolist(), rows.end[at].tolist(), rows.kind[at].tolist(), names, strict=True))
        ids = tuple(name for a, b, kind, name in found if kind == state and a <= until and a <= b >= start)
    return Phase(STATES[state], date.fromordinal(start), None if end == NEVER else date.fromordinal(end), ids)


def make_flags(basis: Basis, looks: Looks, found: Events, events: Sequence[Event], *, now: bool = False) -> list[Flag]:
    """Return the flags of some of the events found, in their order, with the numbers of the day they were raised.

    `now`: with the numbers of the citizen's last look instead, which `measured_on` names; for flags that still hold,
    since a person decides on where things stand and not on where they stood.
    """
    if not events:
        return []
    table = np.array(events, dtype=np.int64)
    if now:
        told = table[:, 2] != MISSING
        table[told, 3] = np.searchsorted(basis.step.who, table[told, 0], side="right") - 1
        table[told, 1] = basis.step.day[table[told, 3]]
    at = table[:, 3]
    figures = [x[at].tolist() for x in _columns(basis, looks)]
    measured = table[:, 1].tolist()
    changed, behind = _caseworker_changes(basis, table), rows_behind(found, table)
    phases: dict[int, Phase] = {}
    out: list[Flag] = []
    for i, event in enumerate(events):
        phase = phases.get(event.phase)
        if phase is None:
            phase = phases[event.phase] = phase_value(basis, event.phase)
        made = _flag(basis, event, phase, [column[i] for column in figures], measured[i], changed[i])
        if event.item != WHOLE and found.singles is not None:
            made = about_indicator(basis, found.singles, behind[i], made, made.numbers)
        elif event.kind == DISAGREEMENT and found.openings is not None:
            made = about_gap(basis, found.openings, behind[i], made)
        out.append(made if looks.tell is None else looks.tell(made, int(at[i])))
    return out


def _flag(basis: Basis, event: Event, phase: Phase, row: Sequence[float], measured: int, changed: int) -> Flag:
    """One flag from its row of figures (see `_columns`), measured on an ordinal day; `changed` 0 = same caseworker."""
    cohort, scale, kind = basis.cohort, basis.cohort.scale, KINDS[event.kind]
    number = cohort.numbers[event.who]
    indicator = None if event.item == WHOLE else scale.indicators[event.item].code
    counted = event.kind != MISSING
    origin, level, change, sd, evidence, fall, rise, limit = row[:8] if counted else _UNTOLD
    return Flag(
        id=flag_id(number, scale.id, kind, indicator, phase.start),
        citizen=cohort.citizens[event.who],
        number=number,
        scale=scale.id,
        kind=kind,
        indicator=indicator,
        rater="both",
        phase=phase,
        raised_on=date.fromordinal(event.day),
        baseline=origin,
        level=level,
        change=change,
        change_sd=sd,
        margin=rise if kind == "progression" else fall,
        evidence=evidence,
        suggestion=_SUGGESTIONS.get((kind, phase.state)),
        estimates=basis.estimates.name,
        caseworker_changed=date.fromordinal(changed) if changed else None,
        due=None if counted else date.fromordinal(event.due),
        rate_limit=limit if kind == "stagnation" else None,
        assessments_in_phase=int(row[8]),
        numbers=_numbers(basis, measured - event.start, kind, row) if counted else (),
        measured_on=date.fromordinal(measured) if counted else None,
    )


def _columns(basis: Basis, looks: Looks) -> tuple[np.ndarray, ...]:
    """The figures of a flag, in the order `make_flags` and `_numbers` read them."""
    return (
        basis.filtered.origin,
        basis.filtered.level,
        looks.change,
        looks.change_sd,
        looks.evidence,
        looks.margin_fall,
        looks.margin_rise,
        looks.limit,
        looks.in_phase,
        looks.rounds,
        looks.rate,
        looks.rate_sd,
    )


def _numbers(
    basis: Basis, days_in_phase: int, kind: FlagKind, row: Sequence[float]
) -> tuple[tuple[str, float | str], ...]:
    """What a flag is recomputed from: change = level - baseline, evidence = |change| / change_sd, margin = the larger
    of mic_share and c x change_sd; for stagnation rate_limit = years x (drift towards better + z x its sd)."""
    mic, estimates = basis.cohort.scale.minimal_important_change, basis.estimates
    c = estimates.c_progression if kind == "progression" else estimates.c_regression
    common: tuple[tuple[str, float | str], ...] = (
        ("mic", mic),
        ("mic_share", mic / MIC_SHARE),
        ("c", c),
        ("change_sd", row[3]),
        ("baseline", row[0]),
        ("level", row[1]),
        ("change", row[2]),
        ("evidence", row[4]),
        ("days_in_phase", days_in_phase),
        ("rounds", row[9]),
    )
    if kind != "stagnation":
        return common
    return (
        *common,
        ("drift_per_year", row[10]),
        ("drift_sd", row[11]),
        ("z", estimates.parameters["z_stagnation"]),
        ("years", HALF_YEAR),
        ("rate_limit", row[7]),
    )


def _caseworker_changes(basis: Basis, table: Ints) -> list[int]:
    """Per event the last caseworker change its phase's own assessments felt up to that day, 0 = none.

    The day the new one took over where assignments tell, else the day of their first assessment. Column 1 of `table`
    is that day, column 5 the start of the phase.
    """
    seen, assigned = basis.seen, basis.cohort.assignments
    rows = np.flatnonzero(seen.changed)
    if not len(rows):
        return [0] * len(table)
    who = table[:, 0]
    last = np.searchsorted(keys(seen.who[rows], seen.day[rows]), keys(who, table[:, 1]), side="right") - 1
    row = rows[last]
    felt = (last >= 0) & (seen.who[row] == who) & (seen.day[row] >= table[:, 5])
    day = np.where(felt, seen.day[row], 0)
    for i in np.flatnonzero(felt).tolist() if len(assigned.who) else ():
        mine = assigned.of(int(who[i]))
        start = assigned.start[mine][assigned.person[mine] == seen.assessor[row[i]]]
        start = start[start <= day[i]]
        if len(start):
            day[i] = start.max()
    found: list[int] = day.tolist()
    return found
