"""A case that was closed and opened again: the days between, and what they are not.

They are kept as a row among the interventions, so that a file that goes out and comes in again has them. The row makes
its days neither passive nor waiting, and an exemption it is not either: whoever counts exemptions, passive days or
waiting times leaves these days out, and a duty of the reopened case arises on its first day at the earliest. This is
the only place that tells such a row from an exemption.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from progression.casework.combination import Run
from progression.casework.values import Course, Intervention

PREFIX = "closed-"  # and the day it closed: the id of such a row
_DAY = dt.timedelta(days=1)

Days = tuple[dt.date, dt.date]  # first and last day on which the case was closed


def is_closing(identity: str) -> bool:
    """Say whether an intervention of this id stands for days on which the case was closed."""
    return identity.startswith(PREFIX)


def identity(closed: dt.date) -> str:
    """Return the id of the row for a case whose last day was this."""
    return PREFIX + closed.isoformat()


def stretches(interventions: Iterable[Intervention]) -> tuple[Days, ...]:
    """Return the days on which the case was closed before it was opened again, oldest first."""
    found = [(one.start, one.end) for one in interventions if is_closing(one.id) and one.end is not None]
    return tuple(sorted((first, last) for first, last in found if first <= last))


def shut(interventions: Iterable[Intervention], day: dt.date) -> bool:
    """Say whether the case was closed on a day, to be opened again later."""
    return any(first <= day <= last for first, last in stretches(interventions))


def since(course: Course, day: dt.date) -> dt.date | None:
    """Return the first day of the case after it was last opened again by a day; None where it never was."""
    return max((last + _DAY for _, last in stretches(course.interventions) if last < day), default=None)


def open_runs(runs: Sequence[Run], closed: Sequence[Days]) -> tuple[Run, ...]:
    """Return runs without the days on which the case was closed; what ran on meanwhile was active all the same."""
    found = list(runs)
    for first, last in closed:
        found = [part for run in found for part in _outside(run, first, last)]
    return tuple(replace(run, interventions=tuple(i for i in run.interventions if not is_closing(i))) for run in found)


def _outside(run: Run, first: dt.date, last: dt.date) -> list[Run]:
    if run.state == "active" or run.start > last or (run.end is not None and run.end < first):
        return [run]
    parts = []
    if run.start < first:
        parts.append(replace(run, end=first - _DAY))
    if run.end is None or run.end > last:
        parts.append(replace(run, start=last + _DAY))
    return parts
