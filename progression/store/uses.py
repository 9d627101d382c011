"""How often each word of a catalogue is used: all of them in one sweep, for a list that says it beside each.

`register.uses_of` answers for one; a catalogue on screen needs every one at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progression.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Used:
    """`interventions` of how many `citizens`, and `offers`; of a category only `citizens`, now or before."""

    interventions: int = 0
    citizens: int = 0
    offers: int = 0


def of_types(v: Vault) -> dict[str, Used]:
    """Return code -> how it is used, for every type that an intervention or an offer names."""
    rows = v.rows("SELECT type, count(*), count(DISTINCT citizen) FROM intervention GROUP BY type")
    named = dict(v.rows("SELECT type, count(*) FROM offer WHERE type <> '' GROUP BY type"))
    found = {code: Used(n, citizens, named.get(code, 0)) for code, n, citizens in rows}
    return found | {code: Used(offers=n) for code, n in named.items() if code not in found}


def of_categories(v: Vault) -> dict[str, set[str]]:
    """Return what stands as a citizen's category, a code or a name as written -> who is or has been in it."""
    found: dict[str, set[str]] = {}
    for written, citizen in v.rows("SELECT DISTINCT category, citizen FROM category ORDER BY category, citizen"):
        found.setdefault(written, set()).add(citizen)
    return found


def of_providers(v: Vault) -> Mapping[str, Used]:
    """Return what stands as provider on interventions and offers, by id or by name as written -> how it is used."""
    rows = v.rows("SELECT provider, count(*), count(DISTINCT citizen) FROM intervention GROUP BY provider")
    named = dict(v.rows("SELECT provider, count(*) FROM offer GROUP BY provider"))
    found = {name: Used(n, citizens, named.get(name, 0)) for name, n, citizens in rows if name}
    return found | {name: Used(offers=n) for name, n in named.items() if name and name not in found}


def of_offer(v: Vault, identity: str) -> Used:
    """Return how an offer is used."""
    sql = "SELECT count(*), count(DISTINCT citizen) FROM intervention WHERE offer = ?"
    n, citizens = v.rows(sql, (identity,))[0]
    return Used(n, citizens)
