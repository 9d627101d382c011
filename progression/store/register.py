"""What the casework register holds beside the course: offers, providers, who is around a citizen, and the catalogues.

Part of `queries`, which hands all of it on.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.casework import categories as category_catalogue
from progression.casework import rulesets
from progression.casework.categories import CategorySet
from progression.casework.rulesets import RuleSet
from progression.casework.values import CaseReview, Consent, Handover, Offer, Professional, Provider
from progression.store import facts, kinds
from progression.store.cohort import known_citizens, ordinals

if TYPE_CHECKING:
    from progression.store.vault import Vault


def offers(v: Vault) -> tuple[Offer, ...]:
    """Every offer, by name; of two versions in conflict the one with the highest event id."""
    newest: dict[str, Offer] = {one.id: one for one in facts.values(v, "offer.set")}
    return tuple(sorted(newest.values(), key=lambda one: (one.name.casefold(), one.id)))


def providers(v: Vault) -> tuple[Provider, ...]:
    """Every provider, by name; of two versions in conflict the one with the highest event id."""
    newest: dict[str, Provider] = {one.id: one for one in facts.values(v, "provider.set")}
    return tuple(sorted(newest.values(), key=lambda one: (one.name.casefold(), one.id)))


def professionals(v: Vault, citizen: str | None = None) -> tuple[Professional, ...]:
    """Those around one citizen or all, sorted by citizen and start."""
    return _of(v, "professional.set", citizen)


def consents(v: Vault, citizen: str | None = None) -> tuple[Consent, ...]:
    """Of one citizen or all, sorted by citizen and start."""
    return _of(v, "consent.set", citizen)


def handovers(v: Vault, citizen: str | None = None) -> tuple[Handover, ...]:
    """Of one citizen or all, sorted by citizen and date."""
    return _of(v, "handover.set", citizen)


def reviews(v: Vault, citizen: str | None = None) -> tuple[CaseReview, ...]:
    """Of one citizen or all, sorted by citizen and date."""
    return _of(v, "review.set", citizen)


def _of(v: Vault, kind: str, citizen: str | None) -> tuple[Any, ...]:
    if citizen is None:
        return facts.in_order(facts.values(v, kind))
    return facts.in_order(facts.values(v, kind, "WHERE citizen = ?", (citizen,)))


# catalogues


def categories_catalogue(v: Vault) -> CategorySet:
    """The set of categories in force; of several, that of the highest event id; the empty one where none is."""
    rows = v.rows("SELECT toml, id FROM category_set ORDER BY event DESC LIMIT 1")
    return category_catalogue.parse(*rows[0]) if rows else category_catalogue.shipped()[category_catalogue.NONE]


def categories_toml(v: Vault) -> str:
    """The same set as it was installed, for editing."""
    rows = v.rows("SELECT toml FROM category_set ORDER BY event DESC LIMIT 1")
    return rows[0][0] if rows else category_catalogue.source(category_catalogue.NONE)


def rule_sets(v: Vault) -> dict[str, RuleSet]:
    """The sets of rules in force by id, in the order they were installed; the shipped standard where none is."""
    newest = {row[0]: row[1] for row in v.rows("SELECT id, toml FROM ruleset ORDER BY event")}
    if not newest:
        return {rulesets.STANDARD: rulesets.shipped()[rulesets.STANDARD]}
    standard = [rulesets.STANDARD] if rulesets.STANDARD in newest else []  # local rules come on top
    order = [*standard, *(identity for identity in newest if identity != rulesets.STANDARD)]
    return {identity: rulesets.parse(newest[identity], identity) for identity in order}


def ruleset(v: Vault) -> RuleSet:
    """All rules in force as one set: a local rule stands in place of a national one with the same id."""
    return rulesets.merged(rule_sets(v).values())


def uses_of(v: Vault, kind: str, code: str) -> int:
    """How many facts in force name something, so that deleting it can be refused.

    `kind`: "type" (interventions and offers), "provider" (by id or name: interventions and offers), "offer"
    (interventions), "category" (citizens' categories), "person" (assignments, assessments, conversations, handovers,
    reviews), "scale" (assessments). Raises ValueError for another.
    """
    names: tuple[str, ...] = (code,)
    if kind == "provider":
        names = tuple({code, *(one.name for one in providers(v) if one.id == code and one.name)})
    if kind not in _USES:
        raise ValueError(kind)
    marks = ", ".join("?" * len(names))
    found = 0
    for table, columns in _USES[kind]:
        named = " OR ".join(f"{column} IN ({marks})" for column in columns)
        sql = f"SELECT count(*) FROM {table} WHERE {named}"  # noqa: S608 - own words
        found += v.rows(sql, names * len(columns))[0][0]
    return found


_USES: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "type": (("intervention", ("type",)), ("offer", ("type",))),
    "provider": (("intervention", ("provider",)), ("offer", ("provider",))),
    "offer": (("intervention", ("offer",)),),
    "category": (("category", ("category",)),),
    "scale": (("assessment", ("scale",)),),
    "person": (
        ("assignment", ("caseworker",)),
        ("assessment", ("assessor",)),
        ("conversation", ("caseworker",)),
        ("handover", ("from_person", "to_person")),
        ("review", ("reviewer",)),
    ),
}


# whole tables


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Facts of one kind by known citizens, one place per fact, sorted by citizen, date of the fact and event.

    `citizens`: internal ids, sorted, the same in every result of one vault's state; `citizen`: index into it ("i").
    `columns` by field: days as ordinals ("i", 0 = none), numbers ("d", NaN = none), texts as a tuple.
    """

    citizens: tuple[str, ...]
    citizen: array[int]
    columns: Mapping[str, Sequence[Any]]

    def __getitem__(self, name: str) -> Sequence[Any]:
        """Return one column. Raises KeyError for one that was not asked for."""
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.citizen)


_EVENT = kinds.Field("event", True, None, False, str, str)


def fact_columns(v: Vault, kind: str, *names: str) -> FactColumns:
    """Fields of every fact of a kind ("conversation.set"), for a whole municipality at nearly the cost of the rows.

    "event" is the id of the event. Of two versions in conflict both are there. Raises KeyError for a field the kind
    does not have.
    """
    fields = {f.name: f for f in kinds.FIELDS[kind]} | {"event": _EVENT}
    wanted = [fields[name] for name in names]
    moment = '"start"' if "start" in fields else '"date"' if "date" in fields else "event"
    listed = ", ".join(["citizen", *(f'"{name}"' for name in names)])
    table = facts.table(kind)
    # "+": one sweep over the table and a sort; the way by the index would fetch each row from another page
    rows = v.rows(
        f"SELECT {listed} FROM {table} WHERE +citizen IN (SELECT citizen FROM citizen) "  # noqa: S608 - own words
        f"ORDER BY +citizen, {moment}, event"
    )
    who, *read = zip(*rows, strict=True) if rows else ((),) * (1 + len(names))
    citizens = known_citizens(v)
    place = {name: i for i, name in enumerate(citizens)}
    columns: dict[str, Sequence[Any]] = {}
    for field, cells in zip(wanted, read, strict=True):
        if field.is_day:
            columns[field.name] = ordinals(cells)
        elif field.column is float:
            columns[field.name] = array("d", (float("nan") if cell is None else cell for cell in cells))
        else:
            columns[field.name] = cells
    return FactColumns(citizens, array("i", map(place.__getitem__, who)), columns)
