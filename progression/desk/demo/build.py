"""Fill a vault with the synthetic municipality."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from progression.analysis.values import Flag
from progression.casework import categories
from progression.casework.values import Choice, Decision, Person
from progression.desk import flags as flag_operations
from progression.desk import vaults
from progression.desk.demo import around, meeting, names, offering, plans
from progression.desk.demo.courses import Truth, choose
from progression.desk.demo.people import Invented, Inventor, colleagues
from progression.desk.session import Session

CASEWORKERS = 4
WAITING_DAYS = 60  # flags younger than this wait for the user
DECIDED_SHARE = 0.75  # of earlier flags; the rest wait for the user
CLOSED_SHARE = 0.5  # of follow-ups that need no other
FORGOTTEN_SHARE, FORGOTTEN_DAYS = 0.3, 45  # of the latest follow-ups nobody came back to yet: overdue in the demo
FOLLOW_UP_DAYS = 90
DECIDED = ("regression", "stagnation", "progression")  # the kinds that ask for a decision
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class DemoResult:
    """A demo vault, open, and the truth behind every citizen, by number."""

    opened: vaults.Opened
    truths: dict[str, Truth]


def build(
    folder: Path,
    passphrase: str,
    *,
    citizens: int = 60,
    seed: int = 2026,
    language: str = "da",
    progress: Progress | None = None,
    **options: Any,
) -> DemoResult:
    """Create a vault in an empty folder and fill it. `options` go to the vault (clock, cost of the key).

    Raises KnownError when the folder already holds a vault; whatever `progress` raises stops it. Then nothing of it is
    left.
    """
    rng = np.random.default_rng(seed)
    used: set[str] = set()
    people = colleagues(rng, used, CASEWORKERS)
    opened = vaults.create(folder, passphrase, account_name=people[0].name, language=language, **options)
    try:
        truths = fill(opened.session, rng=rng, citizens=citizens, people=people, used=used, progress=progress)
    except BaseException:
        vaults.close(opened.session, backup=False)
        shutil.rmtree(folder)  # `create` refuses a folder that holds anything else
        raise
    return DemoResult(opened, truths)


def fill(
    session: Session,
    *,
    rng: np.random.Generator,
    citizens: int,
    people: list[Person],
    used: set[str],
    progress: Progress | None,
) -> dict[str, Truth]:
    """Write colleagues, citizens and their courses as one act, then decisions about some of the earlier flags."""
    from progression.store import kinds, queries
    from progression.store.access import Act

    say = progress or (lambda _part: None)
    today = session.today()
    keys = [person.person for person in people[:CASEWORKERS]]
    inventor = Inventor(rng, queries.scales(session.vault)["bip"], today, keys, used)
    invented: list[Invented] = []
    for i, pattern in enumerate(choose(rng, citizens)):
        made = inventor.invent(rng.bytes(16).hex(), f"S{i + 1:04d}", pattern, i % CASEWORKERS)
        invented.append(plans.ended(offering.furnished(around.settled(made, i, today), today)))
        say(0.5 * (i + 1) / citizens)
    others = around.in_other_roles(people, used)
    events = [kinds.to_event(person) for person in [*around.two_teams(people, CASEWORKERS), *others]]
    events += [kinds.to_event(value) for one in invented for value in one.values]
    events += [kinds.to_event(value) for one in invented for value in around.of(one, others, people[-1].person, today)]
    met = _met(invented, keys)
    unseen = {one.values[0].citizen for one in invented if one.truth.pattern == "not_seen"}
    # whom nobody has seen for long has no date either: they are to be called in
    seen = [one for one in met if one.citizen not in unseen]
    events += [kinds.to_event(talk) for talk in meeting.talks(seen, keys[0], today)]
    events += [kinds.to_event(line) for line in meeting.contacts(met, today)]
    events += [kinds.to_event(value) for one in invented for value in plans.of(one, today)]
    events += [kinds.to_event(provider) for provider in offering.providers()]
    events += [kinds.to_event(offer) for offer in offering.offers()]
    events += [kinds.to_event(row) for one in invented for row in offering.more(one, today)]
    events.append(kinds.categories_installed(categories.source(offering.CATEGORIES)))
    events.append(kinds.setting(session.vault, "municipality", names.MUNICIPALITY))
    events.append(kinds.setting(session.vault, "demo", True))
    events.append(kinds.setting(session.vault, "account_person", {session.vault.account.id: people[0].person}))
    session.vault.append(events, Act("import", purpose="demo"))
    say(0.8)
    _decide_earlier(session, rng, today)
    say(1.0)
    return {one.truth.number: one.truth for one in invented}


def _met(invented: list[Invented], keys: Sequence[str]) -> list[meeting.Met]:
    """Whose case runs, and with whom."""
    return [
        meeting.Met(one.values[0].citizen, one.truth.number, keys[i % CASEWORKERS])
        for i, one in enumerate(invented)
        if one.truth.pattern != "into_job"
    ]


def _decide_earlier(session: Session, rng: np.random.Generator, today: dt.date) -> None:
    """Record decisions about flags that were raised long ago, and again at most follow-ups, as a team at work would."""
    from progression.store import kinds
    from progression.store.access import Act

    events = []
    author = session.vault.account.id
    shown = [flag for flag in flag_operations.history(session) if flag.kind in DECIDED]
    # of each sort the last one waits for the user, so that there is one of everything to look at
    waiting = {(flag.kind, flag.indicator is None): flag.id for flag in shown if flag.phase.end is None}
    for flag in shown:
        if flag.id in waiting.values() or (today - flag.raised_on).days < WAITING_DAYS:
            continue
        if rng.random() < DECIDED_SHARE:
            events += [kinds.to_event(d) for d in plans.with_outcomes([*_decisions(flag, rng, today, author)])]
    session.vault.append(events, Act("add", purpose="demo"))


def _decisions(flag: Flag, rng: np.random.Generator, today: dt.date, author: str) -> Iterator[Decision]:
    """A decision and its follow-ups, until one of them needs no other; now and then a follow-up is forgotten."""
    choice, reason = _choice(flag)
    decided = flag.raised_on + dt.timedelta(days=int(rng.integers(0, 10)))
    closing = False
    while decided < today:
        follow_up = None if closing else decided + dt.timedelta(days=FOLLOW_UP_DAYS)
        yield Decision(flag.citizen, decided, f"flag:{flag.id}", choice, reason, follow_up, author)
        recent = follow_up is not None and (today - follow_up).days < FORGOTTEN_DAYS
        if closing or (recent and rng.random() < FORGOTTEN_SHARE):
            return
        decided = (follow_up or decided) + dt.timedelta(days=int(rng.integers(0, 10)))
        closing = bool(rng.random() < CLOSED_SHARE)
        choice, reason = ("continue", "Fulgt op. Aftalen fortsætter.") if closing else (choice, reason)


def _choice(flag: Flag) -> tuple[Choice, str]:
    if flag.kind == "progression":
        return "continue", "Det går den rigtige vej."
    if flag.phase.state == "active":
        return "adjust", "Timerne sættes ned, og mentor kommer med."
    return "start", "Der findes en plads hurtigst muligt."
