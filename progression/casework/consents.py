"""The citizen's leave to exchange something with those around them: what holds on a day, and what ran out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from progression.casework.values import Consent, Professional

Standing = Literal["valid", "running_out", "ran_out", "withdrawn", "none"]
NOTICE_DAYS = 30  # so long before its last day a consent is said to run out


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around the citizen and the consent that counts: the one in force, else the one that ended last.

    `professional` None: a consent about somebody who is not among those around the citizen.
    """

    professional: Professional | None
    consent: Consent | None
    standing: Standing


def names(one: Professional) -> frozenset[str]:
    """What a consent may call somebody: their id, name or organisation."""
    return frozenset(text.strip().casefold() for text in (one.id, one.name, one.organisation) if text.strip())


def called(one: Professional) -> str:
    """What a consent with somebody says of whom: the name, else the organisation, else the profession."""
    return one.name or one.organisation or one.profession or one.id


def ended(one: Consent) -> date | None:
    """The last day on which a consent holds, None = until it is withdrawn."""
    last = one.withdrawn - timedelta(days=1) if one.withdrawn is not None else None
    return min((day for day in (last, one.until) if day is not None), default=None)


def standing(one: Consent | None, day: date) -> Standing:
    """Say how a consent stands on a day."""
    if one is None or day < one.start:
        return "none"
    if one.withdrawn is not None and day >= one.withdrawn:
        return "withdrawn"
    if not one.holds(day):
        return "ran_out"
    return "running_out" if one.until is not None and (one.until - day).days <= NOTICE_DAYS else "valid"


def counting(found: Iterable[Consent], day: date) -> Consent | None:
    """Of several consents about the same one, the one in force the longest, else the one that ended last."""
    begun = [one for one in found if one.start <= day]
    return max(begun, key=lambda one: (one.holds(day), ended(one) or date.max, one.start, one.event), default=None)


def around(professionals: Sequence[Professional], consents: Sequence[Consent], day: date) -> tuple[Around, ...]:
    """Return those around the citizen on a day with their consents, then consents about others that still matter.

    By name. One with a professional who has left is shown while it holds, so that it can be ended.
    """
    there = [
        one for one in professionals if (one.start is None or one.start <= day) and (one.end is None or one.end >= day)
    ]
    used: set[str] = set()
    out = []
    for one in sorted(there, key=lambda p: (called(p).casefold(), p.id)):
        mine = [c for c in consents if c.whom.strip().casefold() in names(one)]
        used |= {c.id for c in mine}
        best = counting(mine, day)
        out.append(Around(one, best, standing(best, day)))
    rest: dict[str, list[Consent]] = {}
    for consent in consents:
        if consent.id not in used:
            rest.setdefault(consent.whom.strip().casefold(), []).append(consent)
    for whom in sorted(rest):
        best = counting(rest[whom], day)
        if best is not None and standing(best, day) != "withdrawn":
            out.append(Around(None, best, standing(best, day)))
    return tuple(out)
