"""The page *Team*: colleagues with their caseloads, and the year's case reviews. Always in the order of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from progression.casework.values import Person
from progression.desk import caseload, handover, people, reviews
from progression.desk.caseload import CaseloadPage
from progression.desk.handover import Ticking
from progression.desk.reviews import ReviewPage
from progression.desk.session import Session


@dataclass(frozen=True, slots=True)
class TeamPage:
    """`colleagues` by name, in or out of a caseload; `names`: key -> name; `me`: person key, "" where not known.
    `handovers`: what of their checklists is done."""

    loads: CaseloadPage
    reviews: ReviewPage
    colleagues: tuple[Person, ...]
    names: Mapping[str, str]
    me: str
    handovers: tuple[Ticking, ...] = ()


def page(session: Session) -> TeamPage:
    """Return the page; one look, one line in the access log."""
    everybody = sorted(people.listing(session), key=lambda p: ((p.name or p.person).casefold(), p.person))
    return TeamPage(
        loads=caseload.page(session),
        reviews=reviews.page(session, log=False),
        colleagues=tuple(everybody),
        names=people.names(session),
        me=people.me(session),
        handovers=handover.checklists_of(session),
    )
