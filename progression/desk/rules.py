"""The method flags are made with, and the thresholds of the plain one: chosen, edited, and simulated when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from progression.analysis.settings import RULE_BOUNDS, Method, Rules, RulesAccount
from progression.desk import cohorts, settings
from progression.desk.session import Changes, Session
from progression.errors import KnownError

if TYPE_CHECKING:
    from progression.scales.model import Scale

METHOD, RULES, ACCOUNTS = "method", "rules", "rules_accounts"  # the settings' keys


@dataclass(frozen=True, slots=True)
class Standing:
    """The method in force, the thresholds of the rules, and per installed scale what simulation says about them (None:
    nobody has simulated these thresholds on that scale). `edited`: they are not the standard ones."""

    method: Method
    rules: Rules
    accounts: Mapping[str, RulesAccount | None]
    scales: Mapping[str, Scale]

    @property
    def edited(self) -> bool:
        """True when somebody changed a threshold."""
        return self.rules != Rules()


def standing(session: Session) -> Standing:
    """Return what is in force (`session.method`, where it names one, in place of the municipality's)."""
    from progression.analysis.rules import account_of
    from progression.store import queries

    chosen, scales = cohorts.settings(session), queries.scales(session.vault)
    accounts = {name: account_of(scale, chosen) for name, scale in sorted(scales.items())}
    return Standing(chosen.method, chosen.rules, accounts, scales)


def trying(session: Session, method: Method | None) -> Session:
    """Return the session with flags made by this method for once; the same one where that is the method in force."""
    if method is None or method == cohorts.settings(session).method:
        return session
    return replace(session, method=method)


def choose(session: Session, method: str) -> Changes:
    """Make flags with this method from now on. Raises KnownError("rules.method", value, choices)."""
    if method not in get_args(Method):
        raise KnownError("rules.method", value=method, choices=", ".join(get_args(Method)))
    if cohorts.settings(session).method == method:
        return Changes()
    return settings.put(session, METHOD, method)


def edit(session: Session, rules: Rules) -> Changes:
    """Adopt these thresholds. Raises KnownError("rules.threshold", name, value, low, high) for one out of bounds."""
    name = rules.fault()
    if name is not None:
        low, high = RULE_BOUNDS[name]
        raise KnownError("rules.threshold", name=name, value=getattr(rules, name), low=low, high=high)
    if cohorts.settings(session).rules == rules:
        return Changes()
    return settings.put(session, RULES, rules.as_body())


def measure(session: Session, progress: Callable[[float], None] | None = None) -> Changes:
    """Simulate the thresholds in force on every installed scale and keep what came of it beside them.

    A minute or so for BIP; the standard thresholds on a shipped scale are already measured and cost nothing.
    `progress` is told how much is done, 0 to 1.
    """
    rules, scales = unmeasured(session)
    return keep(session, simulate(rules, scales, progress)) if scales else Changes()


def unmeasured(session: Session) -> tuple[Rules, tuple[Scale, ...]]:
    """Return the thresholds in force, and the installed scales on which nobody has simulated them."""
    now = standing(session)
    return now.rules, tuple(scale for name, scale in sorted(now.scales.items()) if now.accounts[name] is None)


def keep(session: Session, found: Sequence[RulesAccount]) -> Changes:
    """Keep what was simulated, beside what is known about the thresholds in force already."""
    known = {account.scale: account for account in standing(session).accounts.values() if account is not None}
    known |= {account.scale: account for account in found}
    return settings.put(session, ACCOUNTS, [account.as_body() for _, account in sorted(known.items())])


def simulate(
    rules: Rules, scales: Sequence[Scale], progress: Callable[[float], None] | None = None
) -> tuple[RulesAccount, ...]:
    """Return what these thresholds do to simulated citizens of each scale. Needs no vault: any thread may do it."""
    from progression.analysis import rules_account

    found = []
    for place, scale in enumerate(scales):

        def tell(part: float, before: int = place) -> None:
            if progress is not None:
                progress((before + part) / len(scales))

        found.append(rules_account.measure(scale, rules, progress=tell))
    return tuple(found)
