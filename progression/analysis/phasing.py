"""Phases of a whole cohort as columns, by the one definition in `casework.timeline`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from progression.analysis.cohort import NEVER, Bools, Cohort, Ints
from progression.casework.timeline import BRIDGE_DAYS, PASSIVE, phases_ordinal

DAY_RANGE = 8_000_000  # more days than any calendar here has: keeps (citizen, day) in one sortable number


@dataclass(frozen=True, slots=True)
class PhaseColumns:
    """Phases of all citizens, sorted by (who, start). `end` is inclusive; NEVER = running on the as-of date.

    `state`: index into `casework.timeline.STATES`. `key`: (who, start) as one sortable number.
    """

    who: Ints
    start: Ints
    end: Ints
    state: Ints
    key: Ints


def keys(who: Ints, day: Ints) -> Ints:
    """Return (who, day) as one sortable number."""
    return who * DAY_RANGE + day


def spans(cohort: Cohort, as_of: int) -> tuple[Ints, Ints, Bools]:
    """Return first and last day of each citizen's span (the last at most `as_of`), and who has a span at all."""
    first = np.full(len(cohort.citizens), NEVER, dtype=np.int64)
    np.minimum.at(first, cohort.who, cohort.day)
    np.minimum.at(first, cohort.interventions.who, cohort.interventions.start)
    opened = np.where(cohort.opened > 0, cohort.opened, first)
    last = np.minimum(cohort.closed, as_of)
    return opened, last, opened <= last


def phases(cohort: Cohort, as_of: int, bridge_days: int = BRIDGE_DAYS) -> PhaseColumns:
    """Return every citizen's phases as known on the ordinal day `as_of`."""
    opened, last, some = spans(cohort, as_of)
    rows = cohort.interventions
    keep = np.flatnonzero(rows.kind != PASSIVE)
    bounds = np.searchsorted(rows.who[keep], np.arange(len(opened) + 1)).tolist()
    spells = list(
        zip(rows.start[keep].tolist(), rows.end[keep].tolist(), rows.kind[keep].tolist(), strict=True)
    )
    running = cohort.closed > as_of
    counts, flat = np.zeros(len(opened), dtype=np.int64), []
    everybody = zip(opened.tolist(), last.tolist(), running.tolist(), some.tolist(), strict=True)
    for i, (first, end, open_, exists) in enumerate(everybody):
        if exists:
            found = phases_ordinal(spells[bounds[i] : bounds[i + 1]], first, end, bridge_days, open_)
            counts[i] = len(found)
            flat += found
    table = np.array(flat, dtype=np.int64).reshape(-1, 3)
    who = np.repeat(np.arange(len(opened)), counts)
    state, start, end_ = table[:, 0], table[:, 1], table[:, 2]
    going = running[who] & (end_ == last[who])
    return PhaseColumns(who, start, np.where(going, NEVER, end_), state, keys(who, start))
