"""The yearly case review: a colleague looks through a few cases of each caseworker, one by one, and says what was seen.

Which cases is drawn without anybody choosing: each case has a number made of the year and its random id, and of every
caseworker's open cases the lowest are drawn. The same facts give the same draw on every device; what has been looked
through in the year stays in it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from progression.casework import checklists, checks
from progression.casework.values import CaseReview
from progression.desk import caseload, people
from progression.desk.caseload import Responsibility
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError

PER_CASEWORKER = "reviews_per_caseworker"
USUAL = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """One case of the year's sample; `review` None = not looked through yet."""

    case: Responsibility
    caseworker: str
    review: CaseReview | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The sample of a year, by caseworker's name and citizen's number. `people`: key -> name."""

    year: int
    per_caseworker: int
    rows: tuple[Drawn, ...]
    people: dict[str, str]


def page(session: Session, *, log: bool = True) -> ReviewPage:
    """Return this year's sample with what has been looked through; one look, one line in the access log."""
    from progression.store import queries
    from progression.store.access import Act

    today = session.today()
    per = int(queries.setting(session.vault, PER_CASEWORKER, USUAL))
    done = {r.citizen: r for r in queries.reviews(session.vault) if r.date.year == today.year and r.date <= today}
    found = caseload.page(session, log=False)
    names = dict(people.everybody(session))
    chosen = sample(found.citizens, today.year, per) | set(done)
    rows = [Drawn(one, one.caseworker, done.get(one.citizen)) for one in found.citizens if one.citizen in chosen]
    rows.sort(key=lambda row: (names.get(row.caseworker, row.caseworker).casefold(), row.case.number))
    if log:
        session.vault.log(Act("view", purpose="reviews"))
    return ReviewPage(today.year, per, tuple(rows), names)


def sample(citizens: Iterable[Responsibility], year: int, per_caseworker: int) -> set[str]:
    """Draw so many of each caseworker's cases for a year."""
    by_caseworker: dict[str, list[str]] = defaultdict(list)
    for one in citizens:
        if one.caseworker:
            by_caseworker[one.caseworker].append(one.citizen)
    return {who for cases in by_caseworker.values() for who in sorted(cases, key=_lot(year))[:per_caseworker]}


def _lot(year: int) -> Callable[[str], str]:
    return lambda citizen: hashlib.sha256(f"{year}:{citizen}".encode()).hexdigest()


def save(session: Session, review: CaseReview, done: Iterable[str] = ()) -> Changes:
    """Keep a review (an empty `id` is given one), or correct one; `done`: codes of the checklist.

    Raises KnownError("review.invalid", faults): feedback is what a review is for, and nobody reviews an own case.
    """
    from progression.store import kinds
    from progression.store.access import Act
    from progression.store.journal import new_id

    named = replace(
        review,
        id=review.id or new_id(session.vault.clock),
        feedback=review.feedback.strip(),
        checklist=checklists.written(done, checklists.REVIEW),
    )
    faults = list(checks.blocking(checks.review(named, session.today())))
    if not named.feedback:
        faults.append(Fault("feedback", "fault.empty"))
    if named.reviewer and caseload.responsible(session).get(named.citizen) == named.reviewer:
        faults.append(Fault("reviewer", "fault.own_case", named.reviewer))
    if faults:
        raise KnownError("review.invalid", faults=tuple(faults))
    act = Act("change" if named.event else "add", named.citizen, "review")
    return Changes.of({"review"}, named.citizen, session.vault.append([kinds.to_event(named)], act))
