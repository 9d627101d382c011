"""Adopted estimates, the newest first, and what a cohort holds to estimate from.

Adoptions do not replace one another: two devices that adopt on their own both keep their event, and the order decides.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.store.clock import unstamp

if TYPE_CHECKING:
    from progression.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Adopted:
    """One adoption: its event, when it was written (UTC), by which account, and its body."""

    event: str
    time: dt.datetime
    account: str
    body: dict[str, Any]


def newest_first(v: Vault, scale: str) -> Iterator[Adopted]:
    """Yield the adoptions for a scale that were not taken back: the latest date first, then the highest event id.

    The same order on every device that holds the same events, whatever order they came in.
    """
    sql = (
        "SELECT a.event, e.time, e.author, a.body FROM estimate a JOIN event e ON e.id = a.event WHERE a.scale = ? "
        "ORDER BY a.adopted DESC, a.event DESC"
    )
    for event, time, author, body in v.rows(sql, (scale,)):
        yield Adopted(event, unstamp(time), author, json.loads(body))


def usable(v: Vault, scale: str) -> tuple[int, int]:
    """Return how many citizens were assessed on a scale on two days or more, and how many assessments it has."""
    sql = (
        "SELECT coalesce(sum(days > 1), 0), coalesce(sum(n), 0) FROM ("
        "SELECT count(*) AS n, count(DISTINCT date) AS days FROM assessment WHERE scale = ? "
        "AND citizen IN (SELECT citizen FROM citizen) GROUP BY citizen)"
    )
    ((citizens, assessments),) = v.rows(sql, (scale,))
    return int(citizens), int(assessments)
