"""Flags and trajectories: what the measurements say about everybody, and what was shown to a person and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from progression.analysis.values import Flag, Shown
from progression.desk import cohorts
from progression.desk.session import Session
from progression.errors import KnownError

if TYPE_CHECKING:
    from progression.analysis.trajectory import Row
    from progression.scales.model import Scale


def current(session: Session) -> list[Flag]:
    """Return the flags that stand on the session's day: all scales, open first, then by date and number."""
    found: list[Flag] = []
    for scale in _used_scales(session):
        found += cohorts.of_everybody(session, scale).flags
    order = {"open": 0, "decided": 1, "silenced": 2, "withdrawn": 3}
    return sorted(found, key=lambda f: (order[f.status], f.raised_on, f.number, f.kind))


def history(session: Session, *, all: bool = False) -> list[Flag]:
    """Return every flag that would have been shown with no decisions, on its first date; `all`: could be raised."""
    found: list[Flag] = []
    for scale in _used_scales(session):
        found += cohorts.of_everybody(session, scale).history(everything=all)
    return sorted(found, key=lambda f: (f.raised_on, f.number, f.kind))


def trajectories(
    session: Session,
    scale: str = "bip",
    *,
    causal: bool = False,
    indicator: str | None = None,
    rater: str | None = None,
) -> Iterator[Row]:
    """Yield one row per citizen and assessment date. Raises KnownError for an unknown scale or indicator."""
    from progression.store import queries

    installed = queries.scales(session.vault)
    if scale not in installed:
        raise KnownError("scale.unknown", scale=scale)
    if indicator is not None and indicator not in {i.code for i in installed[scale].indicators}:
        raise KnownError("scale.no_indicator", scale=scale, indicator=indicator)
    return cohorts.of_everybody(session, installed[scale]).rows(causal, indicator=indicator, rater=rater)


def remember(session: Session, shown: Sequence[Flag]) -> None:
    """Record the first showing of open flags, with their numbers as they were; those shown before are left alone."""
    from progression.store import kinds
    from progression.store.access import Act

    known = {flag.id for flag in cohorts.recorded(session, {flag.citizen for flag in shown})}
    new = [flag for flag in shown if flag.status == "open" and flag.id not in known]
    trying = (session.day, session.entered_by, session.method) != (None, None, None)  # looking back, another method
    if new and not trying:  # which shows nothing for the first time
        events = [kinds.flag_shown(f.id, f.citizen, cohorts.to_body(f, session.today())) for f in new]
        session.vault.append(events, Act("view", purpose="flags first shown"))


def first_shown(session: Session, citizen: str) -> dict[str, Shown]:
    """Return flag id -> the flag as it was first shown to a person by the session's day, and that day."""
    from progression.store import queries

    found: dict[str, Shown] = {}
    for body in queries.shown_flags(session.vault, citizen):
        day = dt.date.fromisoformat(body.get("shown_on", body["raised_on"]))
        flag = cohorts.from_body(body)
        if day <= session.today() and (flag.id not in found or day < found[flag.id].day):
            found[flag.id] = Shown(day, flag)
    return found


def _used_scales(session: Session) -> list[Scale]:
    """The scales somebody has answered, so that an unused one costs nothing."""
    from progression.store import caseload, queries

    used = caseload.scales_in_use(session.vault)
    return [scale for name, scale in sorted(queries.scales(session.vault).items()) if name in used]
