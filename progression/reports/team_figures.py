"""What a report about a team says: figures without anybody's name or number, each with how many citizens it is about.

Nothing of reportlab: `desk.team_report` makes the value, `reports.team` the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progression.analysis.combinations import Progress
from progression.casework.duties.timeliness import Timeliness
from progression.casework.passive_days import DayShare
from progression.casework.report_period import ReportPeriod
from progression.casework.withheld import small


@dataclass(frozen=True, slots=True)
class Count:
    """One of several parts: what it is, how many, and how many citizens it is about. `hidden`: it is withheld though it
    is not about few, for another report would tell a withheld figure by it (`team_together`)."""

    key: str
    n: int
    citizens: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Caseload:
    """A caseworker's number of open cases and the norm; None where there is none. Whose it is, is not in it."""

    citizens: int
    low: int | None
    high: int | None

    @property
    def against(self) -> str:
        """ "under", "within" or "over" the norm; "" without one."""
        if self.low is None or self.high is None:
            return ""
        return "under" if self.citizens < self.low else "over" if self.citizens > self.high else "within"


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """A team over a period, as it stood on its last day. `team` None = everybody.

    Every `*_total` is the whole of the parts before it. `citizens` with an open case and `caseworkers` who have any, on
    that day. `open_flags`: by kind; `long_waiting`: those of them that have waited over 30 days. `decided`: decisions
    of the period by choice; `decided_flags`: those about attention points. `shares`: last day of each month;
    `long_without`: 12 months or more without an active intervention or mentor on the last day. `timeliness`: of what
    was due in the period; `overdue`: by sort, on the last day. `changes`: caseworker changes in the period, "planned",
    "unplanned" or "" where nobody said; `changed`: all of them; `changed_often`: citizens with two or more over the
    whole case. `progress`: steps whose second assessment lies in the period, on the scale called `scale` (by language);
    `better`: 1 or -1, as of the scale.
    """

    team: str | None
    period: ReportPeriod
    citizens: int
    caseworkers: int
    open_flags: tuple[Count, ...]
    flags_total: Count
    long_waiting: Count
    decided: tuple[Count, ...]
    decided_total: Count
    decided_flags: Count
    shares: tuple[DayShare, ...]
    long_without: Count
    timeliness: tuple[Timeliness, ...]
    overdue: tuple[Count, ...]
    overdue_total: Count
    loads: tuple[Caseload, ...]
    changes: tuple[Count, ...]
    changed: Count
    changed_often: Count
    progress: tuple[Progress, ...]
    scale: dict[str, str]
    better: int = 1


def told(counts: Sequence[Count]) -> list[int | None]:
    """Return how many each part is, None for those withheld: about few citizens, or one from which such a part could
    be reckoned when the sum is known."""
    hidden = small([one.citizens for one in counts], [one.hidden for one in counts])
    return [None if few else one.n for one, few in zip(counts, hidden, strict=True)]


def part_of(one: Count, whole: int) -> int | None:
    """Return a part of a whole that is told, None where it, or what is left of the whole, is about few citizens.

    `whole`: citizens.
    """
    return None if one.hidden or small([one.citizens, max(0, whole - one.citizens)])[0] else one.n


def whole_of(one: Count) -> int | None:
    """Return a count that stands alone, or the sum of others; None where it is about few citizens or withheld."""
    return None if one.hidden or small([one.citizens])[0] else one.n
