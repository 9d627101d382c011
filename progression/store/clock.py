"""Time, handed in so that tests and the demo decide what it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
_WIDTH = len("2026-01-31T12:00:00.000000Z")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The time with a zone."""


class SystemClock:
    """The computer's clock, in its own time zone (so that `.date()` is the user's date)."""

    def now(self) -> datetime:
        return datetime.now().astimezone()


class FixedClock:
    """A clock that stands still until `at` is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def stamp(time: datetime) -> str:
    """Write a time as the journal does: UTC, microseconds, fixed width, so that text order is time order.

    Raises ValueError for a time without a zone.
    """
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time.astimezone(UTC).strftime(_FORMAT)


def unstamp(text: str) -> datetime:
    """Read a time written by `stamp`. Raises ValueError for anything else."""
    if len(text) != _WIDTH or text[-1] != "Z":
        raise ValueError(text)
    return datetime.fromisoformat(text)
