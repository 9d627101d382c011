"""Who looked at what: the newest lines of the access log, with whom and by whom in names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from progression.desk.session import Session
from progression.words import Words
from progression.words.naming import called


@dataclass(frozen=True, slots=True)
class Log:
    """`lines`: newest first (time, account, act, citizen, purpose, detail). `names`: citizen -> name. `accounts`:
    account -> name."""

    lines: tuple[Any, ...]
    names: dict[str, str]
    accounts: dict[str, str]


def page(session: Session, most: int = 200) -> Log:
    """Return the newest lines; only whom they are about is looked up."""
    from progression.desk import vaults
    from progression.store import queries

    w = Words(session.language)
    lines = tuple(vaults.access_log(session)[:most])
    about = {line.citizen for line in lines if line.citizen}
    found = [one for one in (queries.citizen(session.vault, who) for who in sorted(about)) if one is not None]
    own = {session.vault.account.id: session.vault.account.name}
    return Log(lines, {one.citizen: called(w, one.name, one.number) for one in found}, vaults.accounts(session) | own)
