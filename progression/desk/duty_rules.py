"""The rules duties come from: which are in force, another file, back to the standard ones, and what was before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from progression.casework import rulesets
from progression.casework.rulesets import Rule, RuleSet
from progression.desk.session import Changes, Session
from progression.errors import KnownError

if TYPE_CHECKING:
    from progression.store.journal import NewEvent

CHANGED = frozenset({"rules", "setting"})


@dataclass(frozen=True, slots=True)
class Standing:
    """`sets`: those in force by id. `rules`: every row of them, local rules in place of national ones. `texts`: the
    TOML of each set, so that an installation can be taken back. `day`: the day it is for."""

    sets: tuple[RuleSet, ...]
    rules: tuple[Rule, ...]
    texts: dict[str, str]

    @property
    def edited(self) -> bool:
        """True when anything but the shipped standard is in force."""
        return self.texts != {rulesets.STANDARD: rulesets.source(rulesets.STANDARD)}


def standing(session: Session) -> Standing:
    """Return the rules in force; the shipped standard where nothing was installed."""
    from progression.store import queries

    sets = queries.rule_sets(session.vault)
    texts = dict(session.vault.rows("SELECT id, toml FROM ruleset ORDER BY event"))
    shown = {name: texts.get(name, "") or rulesets.source(name) for name in sets}
    return Standing(tuple(sets.values()), rulesets.merged(sets.values()).rules, shown)


def install_file(session: Session, path: Path) -> Changes:
    """Adopt the rules of a file; a set already in force under its id is replaced, any other stays.

    Raises KnownError("rules.invalid", file, faults): every key and fault, gaps and overlaps in dates among them; and
    "file.unreadable" (file). Nothing is changed then.
    """
    return install(session, read(path), path.name)


def read(path: Path) -> str:
    """Return a file's text. Raises KnownError("file.unreadable", file)."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("file.unreadable", file=str(path)) from error


def install(session: Session, toml: str, filename: str = "rules.toml") -> Changes:
    """Adopt rules from TOML text. Raises as `install_file`."""
    from progression.store import kinds
    from progression.store.access import Act

    found = rulesets.parse(toml, filename)
    written = session.vault.append([kinds.rules(session.vault, toml)], Act("change", detail=f"rules {found.id}"))
    return Changes(CHANGED, frozenset(), tuple(event.id for event in written))


def install_shipped(session: Session, name: str) -> Changes:
    """Adopt a set that comes with the program. Raises KnownError("rules.unknown", name, choices)."""
    return install(session, rulesets.source(name), f"{name}.toml")


def remove(session: Session, name: str) -> Changes:
    """Take a set out of force. Without any, the shipped standard holds. Raises KnownError("rules.unknown")."""
    from progression.store import kinds
    from progression.store.access import Act

    known = standing(session).texts
    if name not in known:
        raise KnownError("rules.unknown", name=name, choices=tuple(known))
    written = session.vault.append([kinds.rules_removed(session.vault, name)], Act("change", detail=f"rules {name}"))
    return Changes(CHANGED, frozenset(), tuple(event.id for event in written))


def standard(session: Session) -> Changes:
    """Go back to the shipped standard and nothing else."""
    return put(session, {rulesets.STANDARD: rulesets.source(rulesets.STANDARD)})


def put(session: Session, texts: dict[str, str]) -> Changes:
    """Bring exactly these sets into force, as one act: `Standing.texts` of before is how a change is undone."""
    from progression.store import kinds
    from progression.store.access import Act

    now = standing(session).texts
    installed = {row[0] for row in session.vault.rows("SELECT DISTINCT id FROM ruleset")}
    events: list[NewEvent] = [
        kinds.rules_removed(session.vault, name) for name in now if name not in texts and name in installed
    ]
    events += [kinds.rules(session.vault, text) for name, text in texts.items() if now.get(name) != text]
    if not events:
        return Changes()
    written = session.vault.append(events, Act("change", detail="rules"))
    return Changes(CHANGED, frozenset(), tuple(event.id for event in written))
