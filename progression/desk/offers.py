"""Offers and their places, who provides them, and what is refused while something still stands on it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from progression.casework import categories as category_catalogue
from progression.casework import checks, waiting
from progression.casework.categories import CategorySet
from progression.casework.values import Intervention, InterventionType, Offer, Provider
from progression.desk.session import Changes, Session
from progression.errors import KnownError

SOON_DAYS = 30
_BLOCK = re.compile(r"^\[\[categories\]\]\s*$", re.MULTILINE)


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
    if faults:
        raise KnownError("offer.invalid", faults=faults)
    return _save(session, offer if offer.id else replace(offer, id=new_id(session.vault.clock)), "offer")


def save_provider(session: Session, provider: Provider) -> Changes:
    """Add a provider, or change one. Raises KnownError("provider.invalid", faults=...)."""
    from progression.store.journal import new_id

    faults = checks.blocking(checks.provider(provider))
    if faults:
        raise KnownError("provider.invalid", faults=faults)
    return _save(session, provider if provider.id else replace(provider, id=new_id(session.vault.clock)), "provider")


def remove_offer(session: Session, offer: Offer) -> Changes:
    """Take an offer back. Raises KnownError("offer.in_use", name, n) while an intervention names it."""
    if n := _uses(session, "offer", offer.id):
        raise KnownError("offer.in_use", name=offer.name, n=n)
    return _withdraw(session, offer, "offer")


def remove_provider(session: Session, provider: Provider) -> Changes:
    """Take a provider back. Raises KnownError("provider.in_use", name, n) while something names it."""
    if n := _uses(session, "provider", provider.id):
        raise KnownError("provider.in_use", name=provider.name, n=n)
    return _withdraw(session, provider, "provider")


def install_types(session: Session, types: Mapping[str, InterventionType]) -> Changes:
    """Put another catalogue of types in force. Raises KnownError("type.in_use", name, n) where it leaves one out that
    an intervention or an offer names."""
    from progression.store import kinds, queries
    from progression.store.access import Act
    from progression.words import Words

    w = Words(session.language)
    for code, one in queries.intervention_types(session.vault).items():
        if code not in types and (n := _uses(session, "type", code)):
            raise KnownError("type.in_use", name=w.pick(one.name), n=n)
    session.vault.append([kinds.types(session.vault, types)], Act("change", purpose="types"))
    return Changes(frozenset({"intervention", "setting"}))


def remove_type(session: Session, code: str) -> Changes:
    """Take one type out of the catalogue. Raises KnownError "type.unknown" (name), "type.in_use" (name, n)."""
    from progression.store import queries

    types = queries.intervention_types(session.vault)
    if code not in types:
        raise KnownError("type.unknown", name=code)
    return install_types(session, {key: one for key, one in types.items() if key != code})


def categories(session: Session) -> CategorySet:
    """Return the set of categories in force."""
    from progression.store import queries

    return queries.categories_catalogue(session.vault)


def install_categories(session: Session, toml: str) -> Changes:
    """Put another set of categories in force. Raises KnownError "categories.invalid" (file, faults), and
    "category.in_use" (name, n) where it leaves one out that a citizen has been in."""
    from progression.store import kinds
    from progression.store.access import Act
    from progression.words import Words

    w = Words(session.language)
    found = category_catalogue.parse(toml, "categories.toml")
    before = categories(session)
    for code in before.codes:
        one = before.get(code)
        if code not in found.codes and one is not None and (n := _uses(session, "category", code)):
            raise KnownError("category.in_use", name=w.pick(one.name), n=n)
    session.vault.append([kinds.categories(session.vault, toml)], Act("change", purpose="categories"))
    return Changes(frozenset({"category", "setting"}))


def remove_category(session: Session, code: str) -> Changes:
    """Take one category, with all its dated rows, out of the set in force. Raises KnownError "category.unknown" (name),
    "category.in_use" (name, n)."""
    from progression.store import queries

    if code not in categories(session).codes:
        raise KnownError("category.unknown", name=code)
    toml = queries.categories_toml(session.vault)
    head, *blocks = _BLOCK.split(toml)
    wanted = re.compile(rf'^code\s*=\s*"{re.escape(code)}"', re.MULTILINE)
    kept = [block for block in blocks if not wanted.search(block)]
    return install_categories(session, "[[categories]]".join([head, *kept]))


def _uses(session: Session, kind: str, code: str) -> int:
    from progression.store import queries

    return queries.uses_of(session.vault, kind, code)


def _save(session: Session, value: Offer | Provider, kind: str) -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    replaces = (value.event,) if value.event else ()
    session.vault.append([kinds.to_event(value, replaces)], Act("change" if replaces else "add", purpose=kind))
    return Changes(frozenset({"offer"}))


def _withdraw(session: Session, value: Offer | Provider, kind: str) -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    session.vault.append([kinds.withdraw(value)], Act("delete", purpose=kind))
    return Changes(frozenset({"offer"}))


def names(found: Iterable[Places]) -> Mapping[str, str]:
    """Return offer id -> name."""
    return {one.offer.id: one.offer.name for one in found}
