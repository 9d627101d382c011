"""The set of categories in force: an example, a file of the municipality's own, a label or a rhythm edited.

A set is one TOML text in the journal. What citizens are or have been in never disappears from it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from progression.casework import categories as catalogue
from progression.casework import category_text
from progression.casework.categories import MOST_WEEKS, Category, CategorySet, Rhythm
from progression.charts import strategy
from progression.desk.session import Changes, Session
from progression.desk.types import code_of
from progression.errors import Fault, KnownError
from progression.words import Words
from progression.words import uses as said

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from progression.casework.values import CategoryMembership, InterventionType
    from progression.store.uses import Used

KINDS = frozenset({"category", "setting", "citizen"})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the set with what uses its code. `place`: where it stands in the set, from 0. `rules`: those in
    force that are only for this category, in the reader's language."""

    place: int
    category: Category
    used: Used
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Categories:
    """The set in force on `day`. `types`: the catalogue its interventions are named from; `others`: citizens in
    something the set does not have (free text of an import, say) -> how many."""

    found: CategorySet
    lines: tuple[Line, ...]
    types: Mapping[str, InterventionType]
    others: Mapping[str, int]
    day: dt.date


def in_force(session: Session) -> CategorySet:
    """Return the set of categories in force."""
    from progression.store import queries

    return queries.categories_catalogue(session.vault)


def page(session: Session) -> Categories:
    """Return the set in force with what uses each category. Nothing about one person, so nothing is logged."""
    from progression.store import queries, uses

    w, found, written = Words(session.language), in_force(session), uses.of_categories(session.vault)
    rules = queries.ruleset(session.vault).rules
    who: dict[str, set[str]] = {}
    for name, citizens in written.items():
        who.setdefault(found.code_of(name), set()).update(citizens)
    lines = []
    for place, one in enumerate(found.categories):
        naming = dict.fromkeys(w.pick(rule.text) for rule in rules if one.code in rule.categories)
        lines.append(Line(place, one, uses.Used(citizens=len(who.get(one.code, ()))), tuple(naming)))
    others = {name: len(citizens) for name, citizens in written.items() if not found.code_of(name)}
    types = queries.intervention_types(session.vault)
    return Categories(found, tuple(lines), types, others, session.today())


def follows(one: Category, types: Mapping[str, InterventionType], w: Words) -> str:
    """Return what follows from a category, in words: the interventions expected, and the rhythm of conversations."""
    return strategy.follows(one, types, w)


def save_file(session: Session, path: Path) -> None:
    """Write the set in force as a TOML file to edit: no citizen is in it. Raises KnownError("file.unwritable")."""
    from progression.reports import document

    document.write(source(session).encode("utf-8"), path)


def source(session: Session) -> str:
    """Return the set in force as the TOML it was installed as."""
    from progression.store import queries

    return queries.categories_toml(session.vault)


def install(session: Session, toml: str, filename: str = "categories.toml", *, keep: bool = False) -> Changes:
    """Put another set in force. `keep`: categories in use that it leaves out stay, with yesterday as their last day.

    Raises KnownError "categories.invalid" (file, faults), and without `keep` "category.in_use" (name, uses).
    """
    found = catalogue.parse(toml, filename)
    if not keep:
        refuse_used(session, found.codes)
        return _write(session, toml)
    missing = _missing(session, found.codes)
    if missing:
        used = {line.category.code for line in missing}
        last = session.today() - dt.timedelta(days=1)
        kept = category_text.kept_until(in_force(session), found, used, last)
        toml = category_text.to_toml(kept, category_text.comments_before(toml))
    return _write(session, toml)


def refuse_used(session: Session, codes: Container[str]) -> None:
    """Raise KnownError("category.in_use", name, uses) where a category in use is none of these codes."""
    for line in _missing(session, codes):
        w = Words(session.language)
        uses = said.told(w, line.used, rules=line.rules)
        raise KnownError("category.in_use", name=w.pick(line.category.name), uses=uses)


def codes_of(toml: str) -> tuple[str, ...]:
    """Return the codes of a set that was installed before."""
    return catalogue.parse(toml, "categories.toml").codes


def _missing(session: Session, codes: Container[str]) -> list[Line]:
    return [
        line for line in page(session).lines if line.category.code not in codes and (line.used.citizens or line.rules)
    ]


def install_file(session: Session, path: Path, *, keep: bool = False) -> Changes:
    """Put the set of a TOML file in force. Raises what `install` does, and "file.unreadable" (file)."""
    from progression.desk.duty_rules import read

    return install(session, read(path), path.name, keep=keep)


def install_shipped(session: Session, name: str, *, keep: bool = False) -> Changes:
    """Put an example in force. Raises what `install` does, and "categories.unknown" (name, choices)."""
    return install(session, catalogue.source(name), f"{name}.toml", keep=keep)


def save(session: Session, one: Category, place: int | None = None) -> Changes:
    """Change the row at `place` of the set in force, or add one (None; without a code it gets one made of its name).

    A citizen's category that is written by a name the set no longer has is written by its code, in the same act.

    Raises KnownError "category.invalid" (faults), "category.unknown" (name) where the set has no such row any more.
    """
    found = in_force(session)
    rows = list(found.categories)
    given = replace(one, name=_texts(one.name), description=_texts(one.description), rhythm=_sorted(one.rhythm))
    if place is None:
        taken = dict.fromkeys(found.codes)
        given = replace(given, code=given.code or code_of(next(iter(given.name.values()), ""), taken))
        rows.append(given)
    elif place < len(rows) and rows[place].code == one.code:
        rows[place] = given
    else:
        raise KnownError("category.unknown", name=one.code)
    faults = _faults(given, [row for row in rows if row is not given])
    if faults:
        raise KnownError("category.invalid", faults=faults)
    toml = _toml(session, replace(found, categories=tuple(rows)))
    try:
        catalogue.parse(toml, "categories.toml")
    except KnownError as error:  # dated rows of one code must follow each other; said at the fields of this one
        dates = tuple(Fault(f.key.rpartition(".")[2], f.what, f.value, f.expected) for f in error.fields["faults"])
        raise KnownError("category.invalid", faults=dates) from error
    renamed = place is not None and found.categories[place].name != given.name
    return _write(session, toml, _written_by_name(session, found) if renamed else ())


def _written_by_name(session: Session, before: CategorySet) -> list[CategoryMembership]:
    """Citizens' categories that stand there by name, each by its code: the name is about to become another."""
    from progression.store import queries

    rows = queries.categories(session.vault)
    codes = {row.category: before.code_of(row.category) for row in rows}
    return [replace(row, category=code) for row in rows if (code := codes[row.category]) and code != row.category]


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _sorted(rhythm: tuple[Rhythm, ...]) -> tuple[Rhythm, ...]:
    return tuple(sorted(rhythm, key=lambda step: step.from_week))


def _faults(one: Category, others: list[Category]) -> tuple[Fault, ...]:
    faults = [Fault(f"name.{language}", "fault.empty") for language in ("da", "en") if not one.name.get(language)]
    if one.description and len(one.description.keys() & {"da", "en"}) < 2:
        lacking = "en" if "da" in one.description else "da"
        faults.append(Fault(f"description.{lacking}", "fault.empty"))
    weeks = [step.from_week for step in one.rhythm]
    if len(set(weeks)) < len(weeks):
        faults.append(Fault("rhythm", "fault.twice", next(week for week in weeks if weeks.count(week) > 1)))
    for step in one.rhythm:
        for least, value in ((0, step.from_week), (1, step.weeks)):
            if not least <= value <= MOST_WEEKS:
                faults.append(Fault("rhythm", "fault.range", value, {"minimum": least, "maximum": MOST_WEEKS}))
    for by in (step.by_weeks for step in one.expected):
        if by is not None and not 0 <= by <= MOST_WEEKS:
            faults.append(Fault("expected", "fault.range", by, {"minimum": 0, "maximum": MOST_WEEKS}))
    if one.valid_from and one.valid_to and one.valid_to < one.valid_from:
        faults.append(Fault("valid_to", "fault.before", one.valid_to, {"field": "start", "date": one.valid_from}))
    twin = any(row.code != one.code and row.name.get("da", "").casefold() == one.name.get("da", "").casefold()
               for row in others)  # fmt: skip
    if twin:
        faults.append(Fault("name.da", "fault.twice", one.name["da"]))
    return tuple(faults)


def remove(session: Session, code: str) -> Changes:
    """Take one category, with all its dated rows, out of the set in force. Raises KnownError "category.unknown" (name),
    "category.in_use" (name, uses)."""
    found = in_force(session)
    if code not in found.codes:
        raise KnownError("category.unknown", name=code)
    rows = tuple(one for one in found.categories if one.code != code)
    return install(session, _toml(session, replace(found, categories=rows)))


def _toml(session: Session, found: CategorySet) -> str:
    return category_text.to_toml(found, category_text.comments_before(source(session)))


def _write(session: Session, toml: str, memberships: Sequence[CategoryMembership] = ()) -> Changes:
    """One act; every citizen it reaches has a line in the log."""
    from progression.store import kinds
    from progression.store.access import Act

    events = [kinds.categories(session.vault, toml), *map(kinds.to_event, memberships)]
    written = session.vault.append(events, Act("change", purpose="categories"))
    citizens = dict.fromkeys(one.citizen for one in memberships)
    for citizen in citizens:
        session.vault.log(Act("change", citizen, purpose="categories"))
    return Changes(KINDS, frozenset(citizens), tuple(event.id for event in written))
