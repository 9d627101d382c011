"""A way into *Rapporter* that is about a team: what another page hands over instead of a citizen."""

from __future__ import annotations

from progression.desk import team_subject

_TEAM = "team\x1e"  # in no citizen's id


def about(team: str | None, period: str) -> str:
    """Return what `Context.go` is told to open the report to a team (None: everybody) over a period."""
    return f"{_TEAM}{team_subject.subject(team, period)}"


def read(told: str) -> tuple[str, str] | None:
    """Return the team ("" for everybody) and the period asked for; None where a citizen is."""
    if not told.startswith(_TEAM):
        return None
    subject = told.removeprefix(_TEAM)
    return team_subject.team_of(subject), team_subject.period_of(subject)
