"""Event kinds and casework values: the only place that knows how a value is written as a body and read again.

A body leaves out what equals the value's default, so that a field added later changes no older event. The citizen's
internal id stands in the event's header and never in the body; who wrote it is the event's author.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.casework import categories as category_catalogue
from progression.casework import rulesets
from progression.casework import types as type_catalogue
from progression.casework.values import (
    DECLINED,
    NOT_RATED,
    Assessment,
    Assignment,
    CaseReview,
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Decision,
    Handover,
    Intervention,
    InterventionType,
    Note,
    Offer,
    Person,
    PlanItem,
    Professional,
    Provider,
)
from progression.scales import library
from progression.scales.model import RATERS
from progression.store.clock import stamp, unstamp
from progression.store.journal import NewEvent

if TYPE_CHECKING:
    from progression.store.vault import Vault

# The newest version of each kind's body that this program can read. Reading a higher one waits for a newer program.
VERSIONS: dict[str, int] = {
    "account.added": 1, "scale.installed": 1, "types.installed": 1, "setting.set": 1, "estimates.adopted": 1,
    "flag.shown": 1, "person.set": 1, "citizen.set": 1, "assignment.set": 1, "assessment.set": 1,
    "intervention.set": 1, "conversation.set": 1, "category.set": 1, "plan.set": 1, "note.set": 1,
    "decision.set": 1, "offer.set": 1, "provider.set": 1, "professional.set": 1, "consent.set": 1,
    "handover.set": 1, "review.set": 1, "categories.installed": 1, "rules.installed": 1,
}  # fmt: skip
WITHDRAWN = {"withdrawn": True}
Value = (
    Citizen | Person | Assignment | Assessment | Intervention | Conversation | CategoryMembership | PlanItem
    | Note | Decision | Offer | Provider | Professional | Consent | Handover | CaseReview
)  # fmt: skip
VALUES: dict[str, type[Any]] = {
    "citizen.set": Citizen, "person.set": Person, "assignment.set": Assignment, "assessment.set": Assessment,
    "intervention.set": Intervention, "conversation.set": Conversation, "category.set": CategoryMembership,
    "plan.set": PlanItem, "note.set": Note, "decision.set": Decision, "offer.set": Offer,
    "provider.set": Provider, "professional.set": Professional, "consent.set": Consent, "handover.set": Handover,
    "review.set": CaseReview,
}  # fmt: skip
WITHOUT_CITIZEN = frozenset({"person.set", "offer.set", "provider.set"})  # the municipality's own
_KIND_OF = {value: kind for kind, value in VALUES.items()}
_NOT_IN_BODY = frozenset({"citizen", "event", "conflict", "author", "entered"})


class Unreadable(Exception):  # noqa: N818 - says what it is
    """A body that is not what its kind and version promise."""


# how one field is written as JSON (and stands in its column), and how what is read is checked


def _text(value: Any) -> str:
    if type(value) is not str:
        raise Unreadable
    return value


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if type(value) not in (int, float):
        raise Unreadable
    return float(value)


def _day(value: Any) -> str:
    if type(value) is not str or len(value) != 10:
        raise Unreadable
    try:
        dt.date.fromisoformat(value)
    except ValueError as error:
        raise Unreadable from error
    return value


def _day_or_none(value: Any) -> str | None:
    return None if value is None else _day(value)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a value in a body: `check` returns the column's value or raises Unreadable."""

    name: str
    needed: bool
    default: Any
    is_day: bool
    column: type
    check: Callable[[Any], Any]


def _field(f: dataclasses.Field[Any]) -> Field:
    kind = str(f.type)
    needed = f.default is dataclasses.MISSING
    default = None if needed else f.default
    if "date" in kind:
        return Field(f.name, needed, default, True, str, _day if needed else _day_or_none)
    if "float" in kind:
        return Field(f.name, needed, default, False, float, _number)
    return Field(f.name, needed, default, False, str, _text)


_MAPPINGS = frozenset({"answers", "notes"})  # of an assessment; written by hand below
FIELDS: dict[str, tuple[Field, ...]] = {
    kind: tuple(_field(f) for f in dataclasses.fields(value) if f.name not in _NOT_IN_BODY and f.name not in _MAPPINGS)
    for kind, value in VALUES.items()
}


def to_event(value: Value, replaces: Sequence[str] | None = None) -> NewEvent:
    """Write a value as an event. `replaces` None: the event it was read from, if any.

    An assessment's `entered` is kept where it was given from outside (an import); a value that was read from the
    journal and changed is entered when the change is.
    """
    kind = _KIND_OF[type(value)]
    body = _body(value, FIELDS[kind])
    if isinstance(value, Assessment):
        body["answers"] = dict(value.answers)
        if value.notes:
            body["notes"] = dict(value.notes)
        if value.entered is not None and not value.event:
            body["entered"] = stamp(value.entered)
    return NewEvent(kind, body, getattr(value, "citizen", None), _replaces(value, replaces))


def withdraw(value: Value) -> NewEvent:
    """The event that takes a value back. Raises ValueError for a value that was never saved."""
    if not value.event:
        raise ValueError("not saved yet")
    return NewEvent(_KIND_OF[type(value)], dict(WITHDRAWN), getattr(value, "citizen", None), (value.event,))


def withdrawn(body: Mapping[str, Any]) -> bool:
    """Say whether a body takes a fact back. A consent has a field of the same name, which holds a day."""
    return body.get("withdrawn") is True


def _replaces(value: Value, replaces: Sequence[str] | None) -> tuple[str, ...]:
    if replaces is not None:
        return tuple(replaces)
    return (value.event,) if value.event else ()


def _body(value: object, fields: Sequence[Field]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for f in fields:
        given = getattr(value, f.name)
        if f.needed or given != f.default:
            body[f.name] = given.isoformat() if f.is_day and given is not None else given
    return body


def columns(kind: str, body: Mapping[str, Any]) -> list[Any]:
    """The values of a body in the order of FIELDS, as they stand in a projection row. Raises Unreadable."""
    found = []
    for f in FIELDS[kind]:
        if f.name in body:
            found.append(f.check(body[f.name]))
        elif f.needed:
            raise Unreadable
        else:
            found.append(f.default)
    return found


def answers(body: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of an assessment's body. Raises Unreadable."""
    found = body.get("answers")
    if type(found) is not dict:
        raise Unreadable
    for answer in found.values():
        if type(answer) is not int and answer not in (NOT_RATED, DECLINED):
            raise Unreadable
    if body.get("rater") not in RATERS:
        raise Unreadable
    return found


def notes(body: Mapping[str, Any]) -> dict[str, str]:
    """The notes of an assessment's body by indicator. Raises Unreadable."""
    found = body.get("notes", {})
    if type(found) is not dict or not all(type(text) is str for text in found.values()):
        raise Unreadable
    return found


def entered(body: Mapping[str, Any], time: str) -> str:
    """When an assessment was typed in: as given, else the event's time. Raises Unreadable."""
    given = body.get("entered")
    if given is None:
        return time
    try:
        return stamp(unstamp(_text(given)))
    except ValueError as error:
        raise Unreadable from error


# what is not a fact about a person


def account(identity: str, name: str, role: str) -> NewEvent:
    """An account of this vault. The first one is the author of its own event."""
    return NewEvent("account.added", {"id": identity, "name": name, "role": role})


def scale_installed(toml: str, replaces: Sequence[str] = ()) -> NewEvent:
    """A scale as its TOML text. Raises KnownError("scale.invalid")."""
    scale = library.parse(toml, "scale.toml")
    return NewEvent("scale.installed", {"id": scale.id, "version": scale.version, "toml": toml}, None, tuple(replaces))


def types_installed(types: Mapping[str, InterventionType], replaces: Sequence[str] = ()) -> NewEvent:
    """A catalogue of intervention types, or a part of one: it stands over earlier rows with the same code."""
    listed = [dataclasses.asdict(one) | {"name": dict(one.name)} for one in types.values()]
    for row in listed:
        if not row["retired"]:
            del row["retired"]
    return NewEvent("types.installed", {"types": listed}, None, tuple(replaces))


def categories_installed(toml: str, replaces: Sequence[str] = ()) -> NewEvent:
    """A set of categories as its TOML text. Raises KnownError("categories.invalid")."""
    found = category_catalogue.parse(toml, "categories.toml")
    return NewEvent("categories.installed", {"id": found.id, "toml": toml}, None, tuple(replaces))


def rules_installed(toml: str, replaces: Sequence[str] = ()) -> NewEvent:
    """A set of rules as its TOML text. Raises KnownError("rules.invalid")."""
    found = rulesets.parse(toml, "rules.toml")
    return NewEvent("rules.installed", {"id": found.id, "toml": toml}, None, tuple(replaces))


def setting_set(key: str, value: Any, replaces: Sequence[str] = ()) -> NewEvent:
    """A setting; `value` is anything JSON can hold."""
    return NewEvent("setting.set", {"key": key, "value": value}, None, tuple(replaces))


def estimates_adopted(scale: str, body: Mapping[str, Any], replaces: Sequence[str] = ()) -> NewEvent:
    """Estimates in force from now on for a scale; `body` as `desk.estimates` writes it ("adopted": ISO date)."""
    return NewEvent("estimates.adopted", {**body, "scale": scale}, None, tuple(replaces))


def estimates_taken_back(adoption: str) -> NewEvent:
    """The event that takes an adoption back."""
    return NewEvent("estimates.adopted", dict(WITHDRAWN), None, (adoption,))


def flag_shown(flag: str, citizen: str, body: Mapping[str, Any]) -> NewEvent:
    """The first showing of a flag, with its numbers."""
    return NewEvent("flag.shown", {**body, "flag": flag}, citizen)


def setting(v: Vault, key: str, value: Any) -> NewEvent:
    """A setting that takes the place of the one (or ones, in conflict) in force in this vault."""
    return setting_set(key, value, _in_force(v, "SELECT event FROM setting WHERE key = ?", key))


def scale(v: Vault, identity: str, toml: str) -> NewEvent:
    """A scale that takes the place of the one in force under this id in this vault. Raises
    KnownError("scale.invalid").
    """
    return scale_installed(toml, _in_force(v, "SELECT event FROM scale WHERE id = ?", identity))


def types(v: Vault, catalogue: Mapping[str, InterventionType]) -> NewEvent:
    """A catalogue of types that takes the place of everything in force in this vault: what it leaves out is deleted."""
    return types_installed(catalogue, _all_in_force(v, "intervention_type"))


def categories(v: Vault, toml: str) -> NewEvent:
    """A set of categories that takes the place of the one in force. Raises KnownError("categories.invalid")."""
    return categories_installed(toml, _all_in_force(v, "category_set"))


def rules(v: Vault, toml: str) -> NewEvent:
    """A set of rules that takes the place of the one in force under this id. Raises KnownError("rules.invalid")."""
    found = rulesets.parse(toml, "rules.toml")
    return rules_installed(toml, _in_force(v, "SELECT event FROM ruleset WHERE id = ?", found.id))


def rules_removed(v: Vault, identity: str) -> NewEvent:
    """The event that takes a set of rules out of force. Raises ValueError where this vault has none under this id."""
    replaces = _in_force(v, "SELECT event FROM ruleset WHERE id = ?", identity)
    if not replaces:
        raise ValueError(identity)
    return NewEvent("rules.installed", dict(WITHDRAWN), None, replaces)


def _all_in_force(v: Vault, table: str) -> tuple[str, ...]:
    return tuple(row[0] for row in v.rows(f"SELECT DISTINCT event FROM {table} ORDER BY event"))  # noqa: S608


def _in_force(v: Vault, sql: str, key: str) -> tuple[str, ...]:
    return tuple(sorted(row[0] for row in v.rows(sql, (key,))))


def builtin(language: str = "da") -> tuple[NewEvent, ...]:
    """What every new vault starts with: the shipped scales, intervention types, rules and settings."""
    scales = [scale_installed(library.source(name)) for name in library.SHIPPED]
    types = types_installed(type_catalogue.intervention_types())
    settings = [setting_set(key, value) for key, value in DEFAULTS.items()]
    rules = rules_installed(rulesets.source(rulesets.STANDARD))
    return (*scales, types, rules, *settings, setting_set("language", language))


DEFAULTS: dict[str, Any] = {
    "assessment_interval_months": 3,  # BIP's rhythm, not law
    "bridge_days": 14,  # a gap this long between two active interventions is no passive period
    "false_alarms_per_100_years": 10,
    "method": "trajectory",
}
