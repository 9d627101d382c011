"""Vaults with a clock that stands still and a cheap key, and citizens whose course is easy to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from progression.casework.values import (
    Assessment,
    Assignment,
    Citizen,
    Conversation,
    Intervention,
    Person,
    PlanItem,
)
from progression.desk import vaults
from progression.desk.session import Session
from progression.scales import library
from progression.store import kinds
from progression.store.access import Act
from progression.store.clock import FixedClock
from progression.store.header import KdfCost

TODAY = dt.date(2026, 5, 1)
PASSPHRASE = "fire ord uden sammenhæng"
CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
BIP = library.builtin()["bip"]
ROUND_EVERY = 85  # days: before the next one is due


def clock(day: dt.date = TODAY) -> FixedClock:
    return FixedClock(dt.datetime.combine(day, dt.time(12), dt.UTC))


def make(folder: Path, values: Iterable[object] = (), day: dt.date = TODAY, **options) -> Session:
    """A new vault holding these values, open."""
    given = {"clock": clock(day), "kdf": CHEAP, "state": folder.with_name(folder.name + "-state")} | options
    session = vaults.create(folder, PASSPHRASE, account_name="Kim Testesen", **given).session
    fill(session, values)
    return session


def fill(session: Session, values: Iterable[object]) -> None:
    session.vault.append([kinds.to_event(value) for value in values], Act("add"))


def reopen(session: Session, day: dt.date = TODAY) -> Session:
    """The same vault in another run of the program, perhaps on a later day."""
    folder = session.vault.folder
    session.vault.close(backup=False)
    return again(folder, day)


def again(folder: Path, day: dt.date = TODAY) -> Session:
    state = folder.with_name(folder.name + "-state")
    return vaults.unlock(folder, PASSPHRASE, clock=clock(day), state=state).session


def answers(level: float, rater: str) -> dict[str, int]:
    """Whole steps whose mean lies at `level` as closely as it can: the first rows a step higher than the last."""
    rows = BIP.rated_by(rater)
    base = int(level)
    higher = round((level - base) * len(rows))
    return {row.code: min(base + (i < higher), 5) for i, row in enumerate(rows)}


def round_of(citizen: str, day: dt.date, level: float, assessor: str = "kk") -> Iterator[Assessment]:
    """Both raters' assessments of one conversation."""
    entered = dt.datetime.combine(day, dt.time(14, 2), dt.UTC)
    for rater, shift in (("caseworker", 0.0), ("citizen", 0.2)):
        yield Assessment(
            citizen, rater, "bip", day, answers(level + shift, rater), assessor, entered=entered,
            mode="self" if rater == "citizen" else "",
        )  # fmt: skip


def months_before(n: int, day: dt.date = TODAY) -> dt.date:
    return day - dt.timedelta(days=round(n * 30.44))


def course(
    number: str,
    levels: Iterable[float],
    *,
    active: tuple[int, int | None] | None = (24, None),
    last: int = 1,
    caseworker: str = "kk",
    today: dt.date = TODAY,
    **more,
) -> list[object]:
    """A citizen assessed in time, last `last` months ago, with a mentor from and to (months ago)."""
    citizen = f"id-{number}"
    levels = list(levels)
    values: list[object] = [
        Citizen(citizen, number, f"Prøve {number}", benefit_start=months_before(26, today), **more),
        Assignment(citizen, caseworker, months_before(26, today)),
    ]
    for i, level in enumerate(levels):
        day = months_before(last, today) - dt.timedelta(days=ROUND_EVERY * (len(levels) - 1 - i))
        values += [Conversation(citizen, day, f"{number}-S{i}"), *round_of(citizen, day, level, caseworker)]
    if active is not None:
        start, end = active
        over = None if end is None else months_before(end, today)
        values.append(
            Intervention(citizen, f"{number}-1", "mentor", months_before(start, today), title="Mentor", end=over)
        )
    return values


PEOPLE = (Person("kk", "Karen Kjær", "sagsbehandler"), Person("bb", "Bo Bech", "sagsbehandler"))


def falls(number: str = "H1", **more) -> list[object]:
    """Held the level while a mentor came, and fell when nothing came after."""
    return course(number, [3.5, 3.5, 3.6, 3.5, 2.9, 2.4, 2.1], active=(24, 10), **more)


def steady(number: str = "H2", **more) -> list[object]:
    """Short of a standstill: rises a little all the time, next assessment not due yet."""
    return course(number, [2.6, 2.7, 2.8], active=(7, None), **more)


def rises(number: str = "H3", **more) -> list[object]:
    """Rises clearly with a mentor."""
    return course(number, [2.0, 2.2, 2.6, 3.0, 3.4, 3.9], active=(16, None), **more)


def not_seen(number: str = "H4", **more) -> list[object]:
    """Nobody has asked for eight months."""
    return course(number, [3.0, 3.0, 3.1], active=(24, None), last=8, **more)


def team(**more) -> list[object]:
    """One of each."""
    return [*PEOPLE, *falls(**more), *steady(**more), *rises(**more), *not_seen(**more)]


def known_on(values: Iterable[object], day: dt.date) -> list[object]:
    """What a vault would hold if nothing later than this day had happened."""
    found: list[object] = []
    for value in values:
        if isinstance(value, Citizen):
            closed = value.case_closed if value.case_closed and value.case_closed <= day else None
            found.append(replace(value, case_closed=closed, closed_reason=value.closed_reason if closed else ""))
        elif isinstance(value, Person):
            found.append(value)
        elif hasattr(value, "start"):
            if value.start <= day:
                found.append(replace(value, end=value.end if value.end and value.end <= day else None))
        elif value.date <= day:
            found.append(value)
    return found


def goal(number: str, text: str, day: dt.date) -> PlanItem:
    return PlanItem(f"id-{number}", day, goal=text, status="open")
