"""How long things are kept, as they are: what the database does by itself, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

from progression.casework.duties import add_months
from progression.desk.session import Session

YEARS = 5  # after the case is closed: common among Danish municipalities; the rule that holds is the municipality's own


@dataclass(frozen=True, slots=True)
class Retention:
    """`long_closed`: how many cases were closed more than `years` years ago. `draft_days`: how long answers that are
    not finished are kept. `backups`, `backup_months`: the last so many, and the newest of so many months."""

    years: int
    long_closed: int
    draft_days: int
    backups: int
    backup_months: int


def page(session: Session) -> Retention:
    """Return what is kept how long. A number only, about nobody, so nothing is logged."""
    from progression.store import backup, drafts, queries

    before = add_months(session.today(), -12 * YEARS)
    closed = [one.case_closed for one in queries.citizens(session.vault) if one.case_closed]
    return Retention(YEARS, sum(day < before for day in closed), drafts.KEPT.days, backup.KEPT_LAST, backup.KEPT_MONTHS)
