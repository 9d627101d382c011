"""What still uses a type, a provider, an offer or a category: said in words, so that it can be looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from progression.words.catalogue import Words

_MOST_NAMED = 3


class Counted(Protocol):
    """How often something is used (`store.uses.Used`)."""

    @property
    def interventions(self) -> int: ...
    @property
    def citizens(self) -> int: ...
    @property
    def offers(self) -> int: ...


def told(w: Words, used: Counted, categories: Sequence[str] = (), rules: Sequence[str] = ()) -> str:
    """Return "7 interventions for 5 citizens, 2 offers, the category …, the rule …"; "" where nothing uses it."""
    parts = []
    citizens = w.tn("{n} citizen", "{n} citizens", used.citizens)
    if used.interventions:
        n = w.tn("{n} intervention", "{n} interventions", used.interventions)
        parts.append(w.t("{interventions} for {citizens}", interventions=n, citizens=citizens))
    elif used.citizens:
        parts.append(citizens)
    if used.offers:
        parts.append(w.tn("{n} offer", "{n} offers", used.offers))
    if categories:
        names = _named(w, categories)
        parts.append(w.tn("the category {names}", "the categories {names}", len(categories), names=names))
    if rules:
        parts.append(w.tn("the rule {names}", "the rules {names}", len(rules), names=_named(w, rules)))
    return ", ".join(parts)


def _named(w: Words, names: Sequence[str]) -> str:
    shown = [w.t("“{name}”", name=name) for name in names[:_MOST_NAMED]]
    more = [w.tn("{n} more", "{n} more", len(names) - _MOST_NAMED)] if len(names) > _MOST_NAMED else []
    return ", ".join([*shown, *more])
