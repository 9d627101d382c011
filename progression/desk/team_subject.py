"""What a document about a team is told it is about: the team and the period in one text."""

from __future__ import annotations

from progression.casework import report_period

DEFAULT = report_period.DEFAULT
_BETWEEN = "\x1f"  # in no team's name: it cannot be typed


def subject(team: str | None, period: str = DEFAULT) -> str:
    """Return what `documents.read` is told: a team ("" and None: everybody) and a period."""
    return f"{team or ''}{_BETWEEN}{period}"


def team_of(told: str) -> str:
    """Return the team of a subject, "" for everybody."""
    return told.partition(_BETWEEN)[0]


def period_of(told: str) -> str:
    """Return the period of a subject; a team's name alone is one over the latest months."""
    return told.partition(_BETWEEN)[2] or DEFAULT
