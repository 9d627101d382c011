"""The estimates and thresholds in force: what flags rest on, how they are adopted, and when that is due.

Adopting is one event per scale. Every device uses the newest it holds (the latest date, then the highest event id),
with the thresholds of the rate that is chosen; another rate needs no new estimates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from progression.analysis.values import Estimates
from progression.desk.session import Changes, Session
from progression.errors import KnownError

if TYPE_CHECKING:
    from progression.analysis.cohort import Cohort
    from progression.scales.model import Scale
    from progression.store.adoptions import Adopted

RATE = "false_alarms_per_100_years"  # settings
AUTOMATIC = "estimates_automatic"
ENOUGH = 60  # citizens with two assessments: below, starting values are as good
GROWN = 1.5  # so many times the assessments the last estimates rested on
OLD_DAYS = 365
Progress = Callable[[float], None]
Cancelled = Callable[[], bool]
_FIELDS = frozenset(f.name for f in fields(Estimates))


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of false alarms that can be chosen: per 100 citizen-years. In simulation: the share of setbacks it finds,
    and of attention points that were right (0-1); `realised`: the rate that another simulated cohort had."""

    per_100_years: float
    found: float
    real: float
    realised: float


@dataclass(frozen=True, slots=True)
class Adoption:
    """Estimates as they were adopted: the event, when it was written (UTC), the account, and on how many assessments
    they rest (0 = not kept)."""

    event: str
    time: dt.datetime
    account: str
    estimates: Estimates
    assessments: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One scale's estimates: those in force, the starting values beside them, how many citizens could be used now,
    whether new ones are due, and everything adopted, in the order of force."""

    in_force: Estimates
    prior: Estimates
    usable: int
    due: bool
    history: tuple[Adoption, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What estimates are made from, read in one go: fitting it needs no vault and may run on another thread. `prior`:
    the starting values at the chosen rate."""

    cohort: Cohort
    prior: Estimates
    today: dt.date
    assessments: int


# in force


def rates(session: Session, scale: str = "bip") -> tuple[Rate, ...]:
    """Return the rates a municipality can choose, fewest first, with what they mean under the estimates in force."""
    known = in_force(session, scale).rates
    return tuple(
        Rate(float(name), row["found"], row["real"], row.get("realised_regression", float(name)))
        for name, row in sorted(known.items(), key=lambda item: float(item[0]))
    )


def chosen_rate(session: Session) -> float:
    """Return the chosen rate of false alarms per 100 citizen-years; the default where a setting cannot be used."""
    from progression.analysis import estimates
    from progression.store import queries

    chosen = queries.setting(session.vault, RATE, estimates.DEFAULT_RATE)
    usable = isinstance(chosen, (int, float)) and float(chosen) in estimates.RATES
    return float(chosen) if usable else estimates.DEFAULT_RATE


def in_force(session: Session, scale: str = "bip") -> Estimates:
    """Return the newest adopted estimates for a scale, the starting values where nothing was adopted; either with the
    thresholds of the rate that is chosen."""
    from progression.store import adoptions

    prior = starting_values(session, scale)
    for adopted in adoptions.newest_first(session.vault, scale):
        found = _from_body(adopted.body, prior)
        if found is not None:
            return _at_rate(found, prior.false_alarms_per_100_years)
    return prior


def starting_values(session: Session, scale: str = "bip") -> Estimates:
    """Return what serves before anything is adopted, at the chosen rate. Raises KnownError("scale.unknown", scale)."""
    from progression.analysis import estimates

    installed = _scale(session, scale)
    prior = estimates.prior_estimates(installed, chosen_rate(session))
    return prior if prior.rates else replace(prior, rates=_simulated(estimates.thresholds(installed)["rates"]))


def listing(session: Session) -> list[Estimates]:
    """Return the estimates in force for every installed scale, sorted by scale."""
    from progression.store import queries

    return [in_force(session, scale) for scale in sorted(queries.scales(session.vault))]


def standings(session: Session) -> tuple[Standing, ...]:
    """Return where every installed scale stands, sorted by scale."""
    from progression.store import queries

    return tuple(standing(session, scale) for scale in sorted(queries.scales(session.vault)))


def standing(session: Session, scale: str = "bip") -> Standing:
    """Return where one scale stands. Raises KnownError("scale.unknown", scale)."""
    from progression.store import adoptions

    prior = starting_values(session, scale)
    history = tuple(made for adopted in adoptions.newest_first(session.vault, scale) if (made := _read(adopted, prior)))
    usable, assessments = adoptions.usable(session.vault, scale)
    newest = history[0] if history else None
    return Standing(
        in_force=_at_rate(newest.estimates, prior.false_alarms_per_100_years) if newest else prior,
        prior=prior,
        usable=usable,
        due=_is_due(newest, usable, assessments, session.today()),
        history=history,
    )


def _scale(session: Session, scale: str) -> Scale:
    from progression.store import queries

    installed = queries.scales(session.vault)
    if scale not in installed:
        raise KnownError("scale.unknown", scale=scale)
    return installed[scale]


def _at_rate(found: Estimates, rate: float) -> Estimates:
    return found if found.false_alarms_per_100_years == rate else found.at_rate(rate)


def _read(adopted: Adopted, prior: Estimates) -> Adoption | None:
    found = _from_body(adopted.body, prior)
    if found is None:
        return None
    assessments = adopted.body.get("assessments")
    kept = assessments if type(assessments) is int else 0
    return Adoption(adopted.event, adopted.time, adopted.account, found, kept)


def _from_body(body: Mapping[str, Any], prior: Estimates) -> Estimates | None:
    """Read adopted estimates; None for a body that does not hold any.

    What a body lacks - a size that came with a later program, the table of rates - is taken from the starting values;
    item means of codes that the scale no longer has are left in place and used by nobody.
    """
    known = {name: value for name, value in body.items() if name in _FIELDS}
    try:
        known["adopted"] = dt.date.fromisoformat(body["adopted"])
        known["parameters"] = {**prior.parameters, **_numbers(body.get("parameters", {}))}
        simulated = _simulated(body.get("rates", {}))
        known["rates"] = {rate: _row(row, simulated.get(rate)) for rate, row in prior.rates.items()}
        known["c_regression"], known["c_progression"] = float(body["c_regression"]), float(body["c_progression"])
        known["citizens"] = int(body["citizens"])
        known["false_alarms_per_100_years"] = float(body[RATE])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return Estimates(**{"source": "fitted", **known})


def _row(prior: Mapping[str, float], own: Mapping[str, float] | None) -> dict[str, float]:
    """What simulation said about one rate: the starting values' row where there is no other, and thresholds that came
    with a later program. What was realised belongs to the one simulation it comes from."""
    if own is None:
        return dict(prior)
    return {name: value for name, value in prior.items() if not name.startswith("realised")} | dict(own)


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}


def _simulated(table: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    return {rate: _numbers(row) for rate, row in table.items()}


# when it matters


def due(session: Session, scale: str = "bip") -> bool:
    """True when estimates should be made anew: enough citizens with two assessments, and nothing adopted yet, half as
    many assessments again as the last ones rested on, or those a year old."""
    from progression.store import adoptions

    prior = starting_values(session, scale)
    adopted = (_read(one, prior) for one in adoptions.newest_first(session.vault, scale))
    newest = next((one for one in adopted if one is not None), None)
    return _is_due(newest, *adoptions.usable(session.vault, scale), session.today())


def due_scales(session: Session) -> tuple[str, ...]:
    """Return the scales in use whose estimates are due, sorted."""
    from progression.store import caseload

    return tuple(scale for scale in sorted(caseload.scales_in_use(session.vault)) if due(session, scale))


def _is_due(newest: Adoption | None, usable: int, assessments: int, today: dt.date) -> bool:
    if usable < ENOUGH:
        return False
    if newest is None or newest.estimates.adopted is None:
        return True
    grown = newest.assessments > 0 and assessments >= GROWN * newest.assessments
    return grown or (today - newest.estimates.adopted).days >= OLD_DAYS


def automatic(session: Session) -> bool:
    """True when due estimates are made without asking: as set, else where nobody else works in this vault."""
    from progression.store import queries

    alone = len(queries.accounts(session.vault)) <= 1
    return bool(queries.setting(session.vault, AUTOMATIC, alone))


def forbidden(session: Session) -> bool:
    """True when somebody has said that estimates are only made when asked for."""
    from progression.store import queries

    return queries.setting(session.vault, AUTOMATIC, True) is False


# adopting


def refit(
    session: Session, scale: str = "bip", progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Estimates:
    """Estimate from everybody's answers and adopt what was found, as one event. Returns what was adopted.

    `progress(part)` is called with 0-1. Raises `analysis.fit.Cancelled` as soon as `cancelled()` says so, and then, as
    with any other error, nothing is adopted; KnownError as `gather`, `adopt`.
    """
    basis = gather(session, scale)
    found = fit(basis, progress, cancelled)
    adopt(session, basis, found)
    return found


def gather(session: Session, scale: str = "bip") -> Basis:
    """Read what estimates are made from. Raises KnownError: "scale.unknown" (scale), "estimates.nobody" (scale) where
    nobody was assessed twice."""
    from progression.desk import cohorts
    from progression.store import adoptions

    installed = _scale(session, scale)
    usable, assessments = adoptions.usable(session.vault, scale)
    if not usable:
        raise KnownError("estimates.nobody", scale=scale)
    prior = starting_values(session, scale)
    return Basis(cohorts.everybody(session, installed), prior, session.today(), assessments)


def fit(basis: Basis, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Estimates:
    """Estimate. Touches no vault, so that any thread may do it. Raises `analysis.fit.Cancelled`."""
    from progression.analysis import fit as fitting

    rate = basis.prior.false_alarms_per_100_years
    found = fitting.fit(basis.cohort, rate=rate, today=basis.today, progress=progress, cancelled=cancelled)
    # too few for a simulation of their own keep the account of the starting values
    return found if found.rates else replace(found, rates=basis.prior.rates)


def adopt(session: Session, basis: Basis, found: Estimates) -> Changes:
    """Put estimates in force, on every device they reach, as one logged act. Raises
    KnownError("estimates.not_finite", scale) for figures nobody could compute with, and what `append` raises."""
    from progression.store import kinds
    from progression.store.access import Act

    body = {
        **asdict(found),
        "adopted": (found.adopted or basis.today).isoformat(),
        "citizens": int(found.citizens),
        "c_regression": float(found.c_regression),
        "c_progression": float(found.c_progression),
        "parameters": _numbers(found.parameters),
        "rates": _simulated(found.rates),
        "assessments": basis.assessments,
    }
    figures = [body["c_regression"], body["c_progression"], *body["parameters"].values()]
    figures += [value for row in body["rates"].values() for value in row.values()]
    if not all(map(isfinite, figures)):
        raise KnownError("estimates.not_finite", scale=found.scale)
    event = kinds.estimates_adopted(found.scale, body)
    session.vault.append([event], Act("change", detail=f"estimates {found.scale}"))
    return Changes(frozenset({"estimates", "flag"}))


def take_back(session: Session, adoption: str) -> Changes:
    """Undo an adoption by its event: the one before is in force again. Estimates are then only made when asked for,
    or the next start would make the same ones."""
    from progression.store import kinds
    from progression.store.access import Act

    events = [kinds.estimates_taken_back(adoption), kinds.setting(session.vault, AUTOMATIC, False)]
    written = session.vault.append(events, Act("change", detail="estimates taken back"))
    return Changes(frozenset({"estimates", "setting", "flag"}), frozenset(), tuple(event.id for event in written))
