"""Variances and thresholds from a cohort's own answers: maximum likelihood with priors, then calibration in simulation.

Item means and how far people's items lie apart come by moments; how often one step is ticked throughout by expectation
and maximisation; the sizes of the trajectory model by climbing the likelihood of what the answers came to
(`likelihood`) with weak log-normal priors around `priors`, so that few citizens change little; thresholds and bands by
living the cohort's course again (`replay`). Everything is drawn with a fixed seed: the same cohort, in any order, gives
the same estimates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy.optimize import minimize

from progression.analysis import calibration
from progression.analysis.cohort import Cohort, Floats, Ints
from progression.analysis.estimates import fitted_means, prior_estimates
from progression.analysis.items import LEAST_ROWS, offsets
from progression.analysis.likelihood import Seen, Sizes, log_likelihood
from progression.analysis.looks import QUIET_ROUNDS, Basis, judge, prepare
from progression.analysis.part import part_of
from progression.analysis.priors import CARELESS, STALE, Variances, mean_drift, prior_variances, sharing, whole_items
from progression.analysis.values import Estimates
from progression.casework.timeline import ACTIVE, STATES
from progression.scales.model import RATERS

SAMPLE = 1_500  # citizens the likelihood is climbed on
LIVES = 2_500  # citizens whose course is lived again
LEAST = 30  # fewer with two assessments say nothing a threshold could rest on
ROUNDS = 2  # what answers come to depends on the sizes a little, so it is done again
WIDE = 0.5  # log-normal sd of the priors on sizes
FEW = 0.7  # fewer citizens than LEAST move a size by a factor of two at most, either way
ROWS = 200.0  # a moment's prior counts as so many assessments
ALWAYS = 0.3  # of the prior drift that is believed possible whatever a cohort showed
ROOMY = 100  # citizens with room both ways that the last climb needs
SHARED = 60.0  # so does the prior on ticked assessments

Progress = Callable[[float], None]
Asked = Callable[[], bool]


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """Somebody asked to stop; nothing was changed."""


@dataclass(slots=True)
class _Watch:
    progress: Progress | None
    cancelled: Asked | None
    reached: float = 0.0

    def at(self, share: float) -> None:
        """Tell how far things are (0-1), never less far than before. Raises Cancelled."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled
        self.reached = max(self.reached, share)
        if self.progress is not None:
            self.progress(self.reached)


def fit(
    cohort: Cohort,
    *,
    rate: float,
    today: date,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
) -> Estimates:
    """Return estimates fitted to a cohort, with thresholds at a rate of false alarms per 100 citizen-years.

    `citizens` counts those with at least two assessment days, which is what variances can be seen in; below LEAST, or
    where fewer than LEAST have come as far as flags are raised, the priors' thresholds stay. Assessments dated after
    `today` do not count. `progress` is told 0-1. Raises Cancelled when `cancelled()` says so, and ValueError for a rate
    that cannot be chosen.
    """
    watch = _Watch(progress, cancelled)
    watch.at(0.0)
    found = _fitted(_known(cohort, today), prior_estimates(cohort.scale, rate), today, watch)
    watch.at(1.0)
    return found


def _fitted(cohort: Cohort, prior: Estimates, today: date, watch: _Watch) -> Estimates:
    chosen = _told(cohort)
    if not len(chosen):
        return replace(prior, adopted=today, source="fitted")
    parameters = prior.parameters | fitted_means(cohort)
    part = part_of(cohort, _spread_out(cohort, chosen, SAMPLE))
    parameters |= _moments(part, parameters)
    inner = _with_room(part)
    for again in range(ROUNDS):
        parameters |= _ticked(part, prior, parameters, watch, again)
        parameters |= _climb(part, prior, parameters, watch, again)
    parameters |= _climb(inner, prior, parameters, watch, ROUNDS, levels=False)
    fitted = replace(prior, adopted=today, citizens=len(chosen), source="fitted", parameters=parameters)
    lived = part_of(cohort, _spread_out(cohort, chosen, LIVES))
    if _judged(lived, fitted) < LEAST:  # a cohort that has just begun: lived again, its course raises nothing either
        return fitted
    return calibration.calibrated(lived, fitted, lambda share: watch.at(0.6 + 0.4 * share))


def _known(cohort: Cohort, today: date) -> Cohort:
    """The cohort without assessments dated after today - one typed a century late would stretch everybody's years -
    and with the rest in an order of their own: sums of rounded numbers depend on the order they come in."""
    steps = np.nan_to_num(cohort.scores, nan=-1.0).T
    order = np.lexsort((*steps[::-1], cohort.rater, cohort.day, cohort.who))
    rows = order[cohort.day[order] <= today.toordinal()]
    return replace(
        cohort,
        who=cohort.who[rows],
        day=cohort.day[rows],
        rater=cohort.rater[rows],
        assessor=cohort.assessor[rows],
        mode=cohort.mode[rows],
        scores=cohort.scores[rows],
    )


def _judged(part: Cohort, estimates: Estimates) -> int:
    """How many citizens have come as far as flags are raised."""
    basis = prepare(part, estimates, int(part.day.max()))
    looks = judge(basis)
    return len(np.unique(basis.step.who[looks.look & (looks.rounds > QUIET_ROUNDS)]))


def _told(cohort: Cohort) -> Ints:
    """Citizens with at least two days on which something was answered."""
    some = ~np.isnan(cohort.scores).all(axis=1)
    days = np.unique(np.stack([cohort.who[some], cohort.day[some]], axis=1), axis=0)
    people, counts = np.unique(days[:, 0], return_counts=True)
    chosen: Ints = people[counts >= 2]
    return chosen


def _spread_out(cohort: Cohort, chosen: Ints, most: int) -> Ints:
    """At most so many of them, the same whoever asks: by a hash of their numbers, not by their place."""
    if len(chosen) <= most:
        picked = chosen.tolist()
    else:
        picked = sorted(chosen.tolist(), key=lambda who: _hash(cohort.numbers[who]))[:most]
    return np.array(sorted(picked, key=lambda who: cohort.numbers[who]), dtype=np.int64)


def _hash(number: str) -> bytes:
    return hashlib.sha256(number.encode("utf-8")).digest()


def _basis(part: Cohort, prior: Estimates, parameters: dict[str, float]) -> Basis:
    return prepare(part, replace(prior, parameters=parameters), int(part.day.max()))


def _moments(part: Cohort, parameters: dict[str, float]) -> dict[str, float]:
    """How far answers scatter around an assessment's mean: noise of one answer, and a person's lasting profile.

    Within an assessment the variance of residuals is noise and profile together; across a person's assessments the
    products of the same item's residuals are the profile's alone. Assessments near the ends, where steps run out, and
    those with one step on every row are left out; the prior counts as ROWS assessments.
    """
    scale, items = part.scale, whole_items(part.scale)
    if items < 2:
        return {}
    whole = np.array([i.in_whole for i in scale.indicators])
    score = part.scores[:, whole] - offsets(scale, parameters)[:, whole][part.rater]
    told = ~np.isnan(score)
    answered = told.sum(axis=1)
    mean = np.where(told, score, 0.0).sum(axis=1) / np.maximum(answered, 1)
    quarter = (scale.maximum - scale.minimum) / 4
    raw = part.scores[:, whole]
    alike = np.nanmax(np.where(told, raw, -np.inf), axis=1) == np.nanmin(np.where(told, raw, np.inf), axis=1)
    good = (answered >= LEAST_ROWS) & ~alike
    good &= (mean >= scale.minimum + quarter) & (mean <= scale.maximum - quarter)
    rest = np.where(told & good[:, None], score - mean[:, None], 0.0)
    # a mean of n answers takes one degree of freedom from them
    rest *= np.sqrt(answered / np.maximum(answered - 1, 1))[:, None]
    sums = np.zeros((len(part.citizens), items))
    squares, counts = np.zeros_like(sums), np.zeros_like(sums)
    seen = told & good[:, None]
    for array, values in ((sums, rest), (squares, rest**2), (counts, seen.astype(np.float64))):
        np.add.at(array, part.who, values)
    prior = Variances.of(prior_variances(scale).as_parameters())
    both, lasting = prior.item_sd**2 + prior.spread_sd**2, prior.spread_sd**2
    within = (squares.sum() / items + ROWS * both) / (counts.sum() / items + ROWS)
    pairs = (counts * (counts - 1)).sum() / items
    apart = ((sums**2 - squares).sum() / items + ROWS * lasting) / (pairs + ROWS)
    apart = min(max(float(apart), 0.0), 0.9 * float(within))
    return {"item_sd": (float(within) - apart) ** 0.5, "spread_sd": apart**0.5}


def _ticked(
    part: Cohort, prior: Estimates, parameters: dict[str, float], watch: _Watch, again: int
) -> dict[str, float]:
    """How common one step ticked throughout is, and repeating the last: expectation and maximisation."""
    if whole_items(part.scale) < 2:
        return {}
    found = dict(parameters)
    for _ in range(3):
        watch.at(0.05 + 0.18 * again)
        filtered = _basis(part, prior, found).filtered
        careless, stale = sharing(found)
        lazy, repeated = filtered.ticked.tolist()
        count = float(np.isfinite(filtered.noise).sum())
        found["careless"] = min((lazy + SHARED * CARELESS) / (count + SHARED), 0.9)
        found["stale"] = min((repeated + SHARED * CARELESS * STALE) / (lazy + SHARED * CARELESS), 0.9)
        if abs(found["careless"] - careless) < 0.002 and abs(found["stale"] - stale) < 0.02:
            break
    return {name: found[name] for name in ("careless", "stale")}


def _with_room(part: Cohort) -> Cohort:
    """Those whose first answers lie in the middle half of the scale, so that their levels had somewhere to go.

    Nobody's level passes the ends: who begins there shows too little drift. Chosen by the first answers alone, which
    says nothing about what came after. Everybody, where there are too few of them.
    """
    scale = part.scale
    whole = np.array([i.in_whole for i in scale.indicators])
    score = part.scores[:, whole]
    told = ~np.isnan(score)
    order = np.lexsort((part.rater, part.day, part.who))
    order = order[told[order].any(axis=1)]
    people, first = np.unique(part.who[order], return_index=True)
    at = order[first]
    mean = np.where(told[at], score[at], 0.0).sum(axis=1) / told[at].sum(axis=1)
    quarter = (scale.maximum - scale.minimum) / 4
    inner = people[(mean >= scale.minimum + quarter) & (mean <= scale.maximum - quarter)]
    return part_of(part, inner) if len(inner) >= ROOMY else part


def _climb(
    part: Cohort,
    prior: Estimates,
    parameters: dict[str, float],
    watch: _Watch,
    again: int,
    *,
    levels: bool = True,
) -> dict[str, float]:
    """The sizes of the trajectory model that make what the answers came to most likely, priors counted in.

    `levels`: the levels people begin at are estimated too, else held.
    """
    basis = _basis(part, prior, parameters)
    before, sizes = prior_variances(part.scale), Variances.of(parameters)
    phase = basis.known.phase
    state = np.append(basis.phases.state, 0)[phase]
    seen = Seen.of(basis.step, basis.move, state, basis.filtered.value, _noise(basis))
    calls = 0

    def cost(vector: Floats) -> float:
        nonlocal calls
        calls += 1
        if calls % 10 == 1:
            watch.at(0.05 + 0.18 * (again + min(calls / 250, 1.0)))
        weak = (vector / _WIDTHS) ** 2
        return float(weak.sum()) / 2 - log_likelihood(seen, _sizes(before, vector))

    begin = _vector(before, sizes, parameters)
    # one person's leap outweighs any weak prior: it would be called the noise that people have, and not seen again
    near = FEW if len(part.citizens) < LEAST else None
    limits = [(near and -near, near) if i < _LOGS else (None, None) for i in range(len(begin))]
    held = [limits[i] if levels or i not in _LEVELS else (begin[i], begin[i]) for i in range(len(begin))]
    options = {"maxiter": 40, "ftol": 1e-8, "eps": 1e-5}
    found = minimize(cost, begin, method="L-BFGS-B", options=options, bounds=held)
    return _parameters(before, found.x, state)


def _noise(basis: Basis) -> Floats:
    """Variance of what answers came to, without the day's mood (M x 2).

    The filter counts a person's profile as noise of every answer, which steadies it; over a full assessment the profile
    is the same every time and cancels, so that here only what skipped items leave of it counts.
    """
    sizes, scale, seen, step = basis.sizes, basis.cohort.scale, basis.seen, basis.step
    told = np.maximum(basis.filtered.noise - sizes.day_sd**2, 1e-6)
    if whole_items(scale) < 2:
        return told
    answered = np.ones(len(basis.cohort.who))
    answered[seen.row] = seen.items
    asked = np.array([sum(i.in_whole and r in i.raters for i in scale.indicators) for r in RATERS])
    items = np.where(step.row >= 0, answered[step.row], 1.0)
    lasting, single = sizes.spread_sd**2, sizes.item_sd**2
    skipped = lasting * np.maximum(1.0 - items / np.maximum(asked, 1), 0.0)
    out: Floats = told * (single + skipped) / (single + lasting)
    return out


# level, drift, wander, caseworker, citizen and day as logs of their ratio to the prior; the level's mean in the prior's
# sd of levels; the mean drift of active and of all other phases in the prior's sd of drifts
_LEVELS = (0, 6)
_LOGS = 6
_WIDTHS = np.array([WIDE] * _LOGS + [2.0, 0.7, 0.7])


def _vector(before: Variances, sizes: Variances, parameters: dict[str, float]) -> Floats:
    """Where these sizes lie on the hill."""
    own = float(parameters.get("drift_own_sd", sizes.drift_sd))
    pairs = (
        (sizes.level_sd, before.level_sd),
        (own, before.drift_sd),
        (sizes.wander**0.5, before.wander**0.5),
        (sizes.caseworker_sd, before.caseworker_sd),
        (sizes.citizen_sd, before.citizen_sd),
        (sizes.day_sd, before.day_sd),
    )
    logs = [float(np.log(now / then)) for now, then in pairs]
    drifts = [mean_drift(parameters, state) / before.drift_sd for state in (STATES[ACTIVE], "passive")]
    return np.array([*logs, (sizes.level_mean - before.level_mean) / before.level_sd, *drifts])


def _sizes(before: Variances, vector: Floats) -> Sizes:
    ratio = np.exp(vector[:6])
    active, other = vector[7] * before.drift_sd, vector[8] * before.drift_sd
    return Sizes(
        level_mean=float(before.level_mean + vector[6] * before.level_sd),
        level=float(ratio[0] * before.level_sd),
        drift=float(ratio[1] * before.drift_sd),
        wander=float(ratio[2] * before.wander**0.5),
        caseworker=float(ratio[3] * before.caseworker_sd),
        citizen=float(ratio[4] * before.citizen_sd),
        day=float(ratio[5] * before.day_sd),
        means=tuple(float(active if i == ACTIVE else other) for i in range(len(STATES))),
    )


def _parameters(before: Variances, vector: Floats, state: Ints) -> dict[str, float]:
    """The sizes by name. `drift_sd` is around 0, since everybody's prior is centred there, and never so small that a
    person could not be seen to move where nobody did before; `drift_own_sd` around the mean of the kind of phase."""
    sizes, ratio = _sizes(before, vector), float(np.exp(vector[2]))
    share = np.bincount(state, minlength=len(STATES)) / max(len(state), 1)
    around = sizes.drift**2 + float(np.dot(share, np.array(sizes.means) ** 2))
    return {
        "level_mean": sizes.level_mean,
        "level_sd": sizes.level,
        "drift_sd": max(around**0.5, ALWAYS * before.drift_sd),
        "drift_own_sd": sizes.drift,
        "walk_sd": before.walk_sd * ratio,
        "drop_sd": before.drop_sd * ratio,
        "caseworker_sd": sizes.caseworker,
        "citizen_sd": sizes.citizen,
        "day_sd": sizes.day,
    } | {f"mean_drift.{name}": mean for name, mean in zip(STATES, sizes.means, strict=True)}
