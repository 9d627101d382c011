"""A citizen's own details: what stands, who wrote it, and correcting it.

Versions written apart from each other are told of, and settled by the next correction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from progression.casework import checks, cpr
from progression.casework.values import Citizen
from progression.desk import citizens
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError

if TYPE_CHECKING:
    from progression.store.vault import Vault

# what a person may correct; when and why the case closed is `desk.closing`'s
FIELDS = (
    "name", "number", "cpr", "born", "benefit_start", "phone", "contact", "language", "interpreter", "team",
    "target_group", "note",
)  # fmt: skip
PURPOSE = "details"  # as the access log keeps it


@dataclass(frozen=True, slots=True)
class Version:
    """What one event says of the citizen; `who` wrote it (an account's name), `time` is when."""

    citizen: Citizen
    who: str
    time: dt.datetime


@dataclass(frozen=True, slots=True)
class Details:
    """`citizen`: what every page shows. `versions`: the ones in force, that one last; two or more are a conflict."""

    citizen: Citizen
    versions: tuple[Version, ...]

    @property
    def seen(self) -> tuple[str, ...]:
        """The events whoever reads this has seen: `correct` is handed them back."""
        return tuple(one.citizen.event for one in self.versions)


def read(session: Session, citizen: str) -> Details:
    """Return a citizen's own details; one line in the access log. Raises KnownError("citizen.gone")."""
    from progression.store.access import Act

    found = _standing(session.vault, citizen)
    session.vault.log(Act("view", citizen, purpose=PURPOSE))
    return found


def _standing(vault: Vault, citizen: str) -> Details:
    from progression.store import queries
    from progression.store.clock import unstamp

    held: list[Citizen] = queries.values(vault, "citizen.set", "WHERE citizen = ?", (citizen,))
    if not held:
        raise KnownError("citizen.gone")
    names = dict(vault.rows("SELECT id, name FROM account ORDER BY event"))
    versions = []
    for one in held:
        author, time = vault.rows("SELECT author, time FROM event WHERE id = ?", (one.event,))[0]
        versions.append(Version(one, names.get(author, author), unstamp(time)))
    return Details(held[-1], tuple(versions))


def correct(session: Session, citizen: str, fields: Mapping[str, Any], seen: Sequence[str]) -> Changes:
    """Put other details in the place of those in force (`fields`: some of FIELDS, as typed); what is not named stays.

    `seen`: the events the corrections were made on, `Details.seen`; every one of them is replaced. Nothing is written
    where nothing is different. Raises KnownError "citizen.changed_since" (who, time) where something else is in force
    by now, "citizen.gone", "citizen.number_taken", "citizen.invalid" (faults). KeyError for a field that is not of
    FIELDS.
    """
    stands = _standing(session.vault, citizen)
    new = [one for one in stands.versions if one.citizen.event not in seen]
    if new:
        raise KnownError("citizen.changed_since", who=new[-1].who, time=new[-1].time)
    if unknown := set(fields) - set(FIELDS):
        raise KeyError(*sorted(unknown))
    given = {name: _tidy(name, value) for name, value in fields.items()}
    corrected = replace(stands.citizen, **given)
    if corrected == stands.citizen and len(stands.versions) == 1:
        return Changes()
    faults = _days(corrected, session.today())
    if faults:
        raise KnownError("citizen.invalid", faults=faults)
    return citizens.change(session, corrected, stands.seen)


def _tidy(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return cpr.plain(value) if name == "cpr" else value.strip()


def _days(citizen: Citizen, today: dt.date) -> tuple[Fault, ...]:
    """A person who types is asked about a year that cannot be: nobody else can be."""
    found = []
    latest = today + dt.timedelta(days=366)
    for name in ("born", "benefit_start"):
        day: dt.date | None = getattr(citizen, name)
        if day is not None and day < checks.EARLIEST:
            found.append(Fault(name, "fault.too_early", day, {"date": checks.EARLIEST}))
        elif name == "benefit_start" and day is not None and day > latest:
            found.append(Fault(name, "fault.too_late", day, {"date": latest}))
    return tuple(found)


def warnings(citizen: Citizen, today: dt.date) -> tuple[Fault, ...]:
    """What is worth a second look and stops nothing: a CPR number that does not meet modulus 11, or another date of
    birth than it says."""
    return tuple(fault for fault in checks.citizen(citizen, today) if fault.warning)
