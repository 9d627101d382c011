"""Offers and their places, who provides them, and what is refused while something still stands on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from progression.casework import checks, waiting
from progression.casework.values import Intervention, Offer, Provider
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError
from progression.words import Words
from progression.words import uses as said

if TYPE_CHECKING:
    from progression.store.uses import Used

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Places:
    """An offer on one day. `taken`: interventions that run in it, `waiting`: citizens who wait for it (by the offer, or
    by its name). `free`: None where there is no limit; `over`: how many too many. `open`: it is offered on that day."""

    offer: Offer
    taken: int
    waiting: int
    free: int | None
    over: int
    open: bool


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """A provider, registered or only written on an intervention (then `provider.id` is ""). `running`: interventions,
    `citizens`: for how many, `ending`: of which within SOON_DAYS, `offers`: how many offers name it."""

    provider: Provider
    running: int
    citizens: int
    ending: int
    offers: int


def offers(session: Session) -> tuple[Places, ...]:
    """Return every offer with its places on the session's day, by name."""
    from progression.store import queries

    running, waits = _running(session)
    taken = Counter(row.offer for row in running if row.offer)
    day = session.today()
    found = []
    for one in queries.offers(session.vault):
        name = waiting.same(one.name)
        queue = {row.citizen for row in waits if row.offer == one.id or waiting.same(row.waiting_for) == name}
        free = None if one.places is None else max(0, int(one.places) - taken[one.id])
        over = 0 if one.places is None else max(0, taken[one.id] - int(one.places))
        is_open = (one.start is None or one.start <= day) and (one.end is None or day <= one.end)
        found.append(Places(one, taken[one.id], len(queue), free, over, is_open))
    return tuple(found)


def providers(session: Session) -> tuple[ProviderLine, ...]:
    """Return every provider on the session's day, by name: those registered, and those that something runs with."""
    from progression.store import queries

    running, _waits = _running(session)
    known = queries.providers(session.vault)
    names = {one.id: one.name for one in known}
    groups: dict[str, list[Intervention]] = defaultdict(list)
    for row in running:
        if row.provider:
            groups[waiting.same(names.get(row.provider, row.provider))].append(row)
    named = Counter(waiting.same(names.get(one.provider, one.provider)) for one in queries.offers(session.vault))
    lines = {waiting.same(one.name): one for one in known}
    for key, rows in groups.items():
        lines.setdefault(key, Provider("", rows[0].provider))
    return tuple(
        _line(one, groups.get(key, []), named[key], session)
        for key, one in sorted(lines.items(), key=lambda pair: pair[0])
    )


def _line(one: Provider, rows: list[Intervention], offers: int, session: Session) -> ProviderLine:
    last = [row.end or row.planned_end for row in rows]
    ending = sum(day is not None and (day - session.today()).days <= SOON_DAYS for day in last)
    return ProviderLine(one, len(rows), len({row.citizen for row in rows}), ending, offers)


def _running(session: Session) -> tuple[list[Intervention], list[Intervention]]:
    """What runs on the session's day for citizens whose case does, and of that what only waits."""
    from progression.store import queries

    today = session.today()
    catalogue = queries.intervention_types(session.vault)
    closed = {c.citizen for c in queries.citizens(session.vault) if c.case_closed and c.case_closed < today}
    rows = [
        row
        for row in queries.interventions(session.vault)
        if row.citizen not in closed and row.start <= today and (row.end is None or row.end >= today)
    ]

    def state(row: Intervention) -> str:
        return catalogue[row.type].state if row.type in catalogue else ""

    return [row for row in rows if not state(row)], [row for row in rows if state(row) == "waiting"]


# changing


def save_offer(session: Session, offer: Offer) -> Changes:
    """Add an offer, or change one. Raises KnownError("offer.invalid", faults=...)."""
    from progression.store import queries
    from progression.store.journal import new_id

    faults = checks.blocking(checks.offer(offer, queries.intervention_types(session.vault)))
    faults += _taken(offer.name, offer.id, ((one.id, one.name) for one in queries.offers(session.vault)))
    if faults:
        raise KnownError("offer.invalid", faults=faults)
    return _write(session, [offer if offer.id else replace(offer, id=new_id(session.vault.clock))], "offer")


def save_provider(session: Session, provider: Provider) -> Changes:
    """Add a provider, or change one; where it gets another name, what names it follows, in the same act.

    Raises KnownError("provider.invalid", faults=...), with one for a name another provider has.
    """
    from progression.store import queries
    from progression.store.journal import new_id

    known = queries.providers(session.vault)
    faults = checks.blocking(checks.provider(provider))
    faults += _taken(provider.name, provider.id, ((one.id, one.name) for one in known))
    if faults:
        raise KnownError("provider.invalid", faults=faults)
    before = next((one.name for one in known if one.id == provider.id), "")
    named = provider if provider.id else replace(provider, id=new_id(session.vault.clock))
    values: list[Offer | Provider | Intervention] = [named]
    if before and before != provider.name:
        values += _naming(session, before, provider.name)
    return _write(session, values, "provider")


def _taken(name: str, identity: str, known: Iterable[tuple[str, str]]) -> tuple[Fault, ...]:
    twin = any(other != identity and waiting.same(called) == waiting.same(name) for other, called in known)
    return (Fault("name", "fault.twice", name),) if twin and name.strip() else ()


def _naming(session: Session, before: str, after: str) -> list[Intervention | Offer]:
    """Every intervention and offer that names a provider, with its new name."""
    from progression.store import queries

    old = waiting.same(before)
    rows = [one for one in queries.interventions(session.vault) if waiting.same(one.provider) == old]
    named = [one for one in queries.offers(session.vault) if waiting.same(one.provider) == old]
    return [*(replace(one, provider=after) for one in rows), *(replace(one, provider=after) for one in named)]


def remove_offer(session: Session, offer: Offer) -> Changes:
    """Take an offer back. Raises KnownError("offer.in_use", name, uses) while an intervention names it."""
    refuse_used_offer(session, offer)
    return _withdraw(session, offer, "offer")


def refuse_used_offer(session: Session, offer: Offer) -> None:
    """Raise KnownError("offer.in_use", name, uses) while an intervention names it."""
    from progression.store import uses

    used = uses.of_offer(session.vault, offer.id)
    if used.interventions:
        raise KnownError("offer.in_use", name=offer.name, uses=said.told(Words(session.language), used))


def remove_provider(session: Session, provider: Provider) -> Changes:
    """Take a provider back. Raises KnownError("provider.in_use", name, uses) while something names it."""
    refuse_used_provider(session, provider)
    return _withdraw(session, provider, "provider")


def refuse_used_provider(session: Session, provider: Provider) -> None:
    """Raise KnownError("provider.in_use", name, uses) while an intervention or an offer names it."""
    used = provider_used(session, provider)
    if used.interventions or used.offers:
        raise KnownError("provider.in_use", name=provider.name, uses=said.told(Words(session.language), used))


def provider_used(session: Session, provider: Provider) -> Used:
    """Return how often a provider is named, by its id or by its name however it is written."""
    from progression.store import uses

    name = waiting.same(provider.name)
    found = [
        used
        for written, used in uses.of_providers(session.vault).items()
        if written == provider.id or waiting.same(written) == name
    ]
    return uses.Used(*(sum(getattr(one, key) for one in found) for key in ("interventions", "citizens", "offers")))


def _write(session: Session, values: Sequence[Offer | Provider | Intervention], kind: str) -> Changes:
    """Write values as one act; every citizen it reaches has a line in the log."""
    from progression.store import kinds
    from progression.store.access import Act

    events = [kinds.to_event(value) for value in values]
    written = session.vault.append(events, Act("change" if values[0].event else "add", purpose=kind))
    citizens = dict.fromkeys(one.citizen for one in values if isinstance(one, Intervention))
    for citizen in citizens:
        session.vault.log(Act("change", citizen, purpose=kind))
    nouns = {"offer", "intervention"} if citizens else {"offer"}
    return Changes(frozenset(nouns), frozenset(citizens), tuple(event.id for event in written))


def _withdraw(session: Session, value: Offer | Provider, kind: str) -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    written = session.vault.append([kinds.withdraw(value)], Act("delete", purpose=kind))
    return Changes(frozenset({"offer"}), frozenset(), tuple(event.id for event in written))


def names(found: Iterable[Places]) -> Mapping[str, str]:
    """Return offer id -> name."""
    return {one.offer.id: one.offer.name for one in found}
