"""The catalogue of intervention types: what can be started, its BIP type, whether it counts as active, what uses it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from progression.casework import types as catalogue
from progression.casework.values import InterventionType
from progression.desk.session import Changes, Session
from progression.errors import Fault, KnownError
from progression.words import Words
from progression.words import uses as said

if TYPE_CHECKING:
    from progression.casework.rulesets import Rule
    from progression.store.uses import Used

KINDS = frozenset({"intervention", "setting", "flag"})
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A type with what uses it. `categories`, `rules`: names of those in force that expect it, in the reader's
    language."""

    type: InterventionType
    used: Used
    categories: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def free(self) -> bool:
        """True when nothing uses it, so that it can be deleted."""
        return not (self.used.interventions or self.used.offers or self.categories or self.rules)


@dataclass(frozen=True, slots=True)
class Types:
    """The catalogue in force, in its order; `edited`: it is not the one that comes with the program."""

    lines: tuple[TypeLine, ...]
    edited: bool


def page(session: Session) -> Types:
    """Return the catalogue in force with what uses each type. Nothing about a person, so nothing is logged."""
    from progression.store import queries, uses

    w, counts = Words(session.language), uses.of_types(session.vault)
    categories = queries.categories_catalogue(session.vault).categories
    rules = queries.ruleset(session.vault).rules
    found = queries.intervention_types(session.vault)
    lines = []
    for code, one in found.items():
        expecting = [c for c in categories if any(code in (*step.types, *step.parallel) for step in c.expected)]
        naming = [rule for rule in rules if code in _types_of(rule)]
        lines.append(
            TypeLine(
                one,
                counts.get(code, uses.Used()),
                tuple(dict.fromkeys(w.pick(c.name) for c in expecting)),
                tuple(dict.fromkeys(w.pick(rule.text) for rule in naming)),
            )
        )
    return Types(tuple(lines), found != dict(catalogue.intervention_types()))


def _types_of(rule: Rule) -> tuple[str, ...]:
    named = rule.parameters.get("types", ())
    return named if isinstance(named, tuple) else ()


def save(session: Session, one: InterventionType, *, new: bool = False) -> Changes:
    """Change a type, or add one (`new`; without a code it gets one made of its name).

    Raises KnownError "type.invalid" (faults), "type.unknown" (name) where it is to be changed and not there.
    """
    found = _in_force(session)
    given = replace(one, name={language: text.strip() for language, text in one.name.items() if text.strip()})
    if new and not given.code:
        given = replace(given, code=code_of(next(iter(given.name.values()), ""), found))
    faults = _faults(given, found, new=new)
    if faults:
        raise KnownError("type.invalid", faults=faults)
    if not new and given.code not in found:
        raise KnownError("type.unknown", name=given.code)
    return _write(session, {**found, given.code: given})


def _faults(one: InterventionType, found: Mapping[str, InterventionType], *, new: bool) -> tuple[Fault, ...]:
    faults = []
    for language in ("da", "en"):
        text = one.name.get(language, "")
        if not text:
            faults.append(Fault(f"name.{language}", "fault.empty"))
        twin = next((t.code for t in found.values() if t.code != one.code and _same(t.name.get(language), text)), "")
        if text and twin:
            faults.append(Fault(f"name.{language}", "fault.twice", text))
    if not _CODE.fullmatch(one.code):
        faults.append(Fault("code", "fault.code", one.code))
    elif new and one.code in found:
        faults.append(Fault("code", "fault.twice", one.code))
    if one.bip_type not in catalogue.BIP_TYPES:
        faults.append(Fault("bip_type", "fault.choice", one.bip_type, {"choices": catalogue.BIP_TYPES}))
    if one.active and one.state:
        faults.append(Fault("state", "fault.active_state", one.state))
    return tuple(faults)


def _same(first: str | None, second: str) -> bool:
    return (first or "").casefold() == second.casefold()


def code_of(name: str, taken: Mapping[str, object]) -> str:
    """Return a code made of a name: "Småjob i fritiden" is smaajob_i_fritiden; with a number where it is taken."""
    danish = name.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", danish).encode("ascii", "ignore").decode()
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:36] or "type"
    return next(made for made in (code, *(f"{code}_{n}" for n in range(2, 100))) if made not in taken)


def retire(session: Session, code: str, *, retired: bool = True) -> Changes:
    """Take a type out of use, or back into it: what is registered stays. Raises KnownError("type.unknown", name)."""
    found = _in_force(session)
    return _write(session, {**found, code: replace(_named(found, code), retired=retired)})


def remove(session: Session, code: str) -> Changes:
    """Take one type out of the catalogue. Raises KnownError "type.unknown" (name), "type.in_use" (name, uses)."""
    found = _in_force(session)
    _named(found, code)
    return install(session, {key: one for key, one in found.items() if key != code})


def install_file(session: Session, path: Path) -> Changes:
    """Put the types of a TOML file in force.

    Raises KnownError "file.unreadable" (file), "types.invalid" (file, faults), "type.in_use" (name, uses).
    """
    from progression.desk.duty_rules import read

    return install(session, catalogue.parse_types(read(path), path.name))


def standard(session: Session) -> Changes:
    """Go back to the types that come with the program. Raises KnownError("type.in_use", name, uses)."""
    return install(session, catalogue.intervention_types())


def install(session: Session, types: Mapping[str, InterventionType]) -> Changes:
    """Put another catalogue in force. Raises KnownError("type.in_use", name, uses) where it leaves one out that an
    intervention, an offer, a category or a rule names."""
    refuse_used(session, types)
    return _write(session, types)


def refuse_used(session: Session, codes: Container[str]) -> None:
    """Raise KnownError("type.in_use", name, uses) where a type in use is none of these codes."""
    w = Words(session.language)
    for line in page(session).lines:
        if line.type.code not in codes and not line.free:
            uses = said.told(w, line.used, line.categories, line.rules)
            raise KnownError("type.in_use", name=w.pick(line.type.name), uses=uses)


def _named(found: Mapping[str, InterventionType], code: str) -> InterventionType:
    if code not in found:
        raise KnownError("type.unknown", name=code)
    return found[code]


def _in_force(session: Session) -> dict[str, InterventionType]:
    from progression.store import queries

    return queries.intervention_types(session.vault)


def _write(session: Session, types: Mapping[str, InterventionType]) -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    written = session.vault.append([kinds.types(session.vault, types)], Act("change", purpose="types"))
    return Changes(KINDS, frozenset(), tuple(event.id for event in written))
