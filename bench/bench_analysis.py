"""What the flags find and what they cost: setbacks found beside the rules others use and beside a filter that knows the
variances, at the same rate of false alarms; the rate that comes true, the bands, stagnation; and the time it takes.

Cohorts are simulated with worlds and seeds that nothing was tuned on. Every rule is judged on the same people, with its
threshold matched per world; in each world our variances are estimated from that cohort's answers alone. Ratios are
turned so that small is good: "known filter / ours" at most 1.020 means that we find at least 98 % of what it finds.
"""

from __future__ import annotations

import datetime as dt
import gc
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import judged_worlds as show
import numpy as np
from judged_worlds import FITTED, Result

from progression.analysis.analyse import analyse
from progression.analysis.calibrate import improving_world, still_world
from progression.analysis.cohort import NEVER, Cohort, InterventionColumns
from progression.analysis.estimates import RATES, prior_estimates
from progression.analysis.judging import false_alarms, flat_found, improvers_called_stagnant
from progression.analysis.scene import scene
from progression.analysis.simulate import FIRST_DAY, Simulated, as_answers, simulate
from progression.analysis.worlds import World, worlds
from progression.casework.values import Assessment, Citizen, Intervention
from progression.desk import flags
from progression.desk.session import Session
from progression.scales.library import builtin
from progression.scales.model import RATERS, Scale
from progression.store import kinds, vault
from progression.store.access import Act

WORLD_SEED = 4_711
COHORT = 4_000  # some 2,000 citizen-years of people whose level does not fall
STILL = 3_000
MANY = 10_000
FITTED_ON = 2_000
BARE = (
    "SELECT citizen, date, rater, assessor, mode, cells FROM assessment",
    'SELECT citizen, type, start, "end", planned_end, id FROM intervention',
)
Line = tuple[str, float, float | None, str]


def found(scale: Scale) -> list[Line]:
    """Judge every world, print the tables, and return the figures with a goal."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=2, mp_context=context) as pool:
        waiting = [pool.submit(show.judged, case, COHORT, WORLD_SEED) for case in show.cases()]
        results = [one.result() for one in waiting]
    show.print_found(results)
    show.print_delays(results)
    show.print_promises(results)
    return [*_ratios(results), *_promises(results), *_lone(results)]


def _ratios(results: Sequence[Result]) -> list[Line]:
    """How much of ours the others find: the world that is worst for us, and how many reach the goal."""
    lived = [r for r in results if r.setbacks]
    plain, bounded = ([r for r in lived if (r.name in show.BOUNDED) is inside] for inside in (False, True))
    lines: list[Line] = []
    for rate in show.RATES:
        at = f"at {rate:g}: "
        lines += [
            _worst(f"{at}known filter / ours", plain, lambda r, k=rate: 1 / r.times("known filter", k), 1 / show.SAME),
            _worst(
                f"{at}the same, where means mislead",
                bounded,
                lambda r, k=rate: 1 / r.times("known filter", k),
                1 / show.BETTER,
            ),
            _worst(f"{at}RCI, both / ours", lived, lambda r, k=rate: 1 / r.times("RCI, both", k), 1.0),
        ]
        for rule, goal in (("RCI, both", 1.3), ("RCI, caseworker", 1.6)):
            ours, theirs = (statistics.mean(r.share(k, rate) for r in lived) for k in (FITTED, rule))
            lines.append((f"{at}{rule} / ours, all worlds", theirs / ours, 1 / goal, f"ours {ours / theirs:.2f} times"))
    return lines


def _worst(what: str, results: Sequence[Result], figure: Callable[[Result], float], goal: float) -> Line:
    worst = max(results, key=figure)
    reached = sum(figure(r) <= goal for r in results)
    return f"{what}, worst world", figure(worst), goal, f"{worst.name}; {reached} of {len(results)} worlds reach it"


def _promises(results: Sequence[Result]) -> list[Line]:
    """Whether stated rates and bands come true: in the world called base, and where it is worst."""
    lines: list[Line] = []
    figures: list[tuple[str, Callable[[Result], float], float]] = [
        ("regression, 10 stated: off by", lambda r: abs(r.regression.rate / show.RATE - 1), show.OFF),
        ("progression, 10 stated: off by", lambda r: abs(r.progression.rate / show.RATE - 1), show.OFF),
        ("90 % band of level: off by", lambda r: abs(r.bands.level - 0.9), show.WIDE),
        ("90 % band of change: off by", lambda r: abs(r.bands.change - 0.9), show.WIDE),
        ("90 % band of the curve: off by", lambda r: abs(r.bands.smoothed - 0.9), show.WIDE),
    ]
    for what, figure, goal in figures:
        base = next(r for r in results if r.name == "base")
        lines += [(f"{what}, base", figure(base), goal, ""), _worst(what, results, figure, goal)]
    slowest = max(results, key=lambda r: r.fit_seconds)
    lines.append(("slowest estimation while two worlds ran, seconds", slowest.fit_seconds, None, slowest.name))
    return lines


def _lone(results: Sequence[Result]) -> list[Line]:
    lines: list[Line] = []
    for one in results:
        named, some, count = one.lone
        if count:
            details = f"{100 * named:.0f} % by name, {100 * some:.0f} % by any flag, of {count}"
            lines.append((f"{one.name}: not found by name", 1 - named, None, details))
    return lines


def stated(scale: Scale) -> list[Line]:
    """Each rate that can be chosen against what came true: people who do not fall in the world "base", with estimates
    from that cohort; and people who stand still, with the priors."""
    lines: list[Line] = []
    for name, world, citizens in (("base", worlds(scale)["base"], COHORT), ("still", still_world(scale), STILL)):
        simulated = simulate(scale, world, citizens, WORLD_SEED + 1)
        table, as_of = scene(simulated), dt.date.fromordinal(simulated.as_of)
        own = show.fitted(simulated.cohort, simulated.as_of) if name == "base" else None
        for rate in RATES:
            chosen = own.at_rate(rate) if own is not None and own.rates else prior_estimates(scale, rate)
            shown = analyse(simulated.cohort, chosen, as_of).history()
            for kind in ("regression", "progression"):
                got = false_alarms(table, shown, kind)
                details = f"{got.rate:.2f} came true in {got.years:.0f} citizen-years"
                lines.append((f"{name}, {rate:g} stated, {kind}: off by", abs(got.rate / rate - 1), 0.25, details))
    return lines + stagnation(scale)


def stagnation(scale: Scale) -> list[Line]:
    """True improvers called stagnant, and flat courses found."""

    def raised(world: World, seed: int):
        simulated = simulate(scale, world, STILL, seed)
        estimates = show.fitted(simulated.cohort, simulated.as_of)
        said = analyse(simulated.cohort, estimates, dt.date.fromordinal(simulated.as_of))
        return scene(simulated), said.history(everything=True)

    lines: list[Line] = []
    for name, world in (("improving", improving_world(scale)), ("base", worlds(scale)["base"])):
        share, count = improvers_called_stagnant(*raised(world, WORLD_SEED + 2))
        lines.append(
            (f"{name}: true improvers' phases called stagnant", share, 0.05, f"of {count} phases, over all looks")
        )
    table, called = raised(replace(still_world(scale), phase_days=900.0, years=3.0), WORLD_SEED + 3)
    for months in (6, 9, 12, 18):
        share, count = flat_found(table, called, months)
        lines.append(
            (f"flat courses not found at {months} months", 1 - share, None, f"{100 * share:.0f} % of {count} found")
        )
    return lines


def refitting(scale: Scale) -> Line:
    """Estimating the variances of 2,000 citizens again."""
    simulated = simulate(scale, worlds(scale)["base"], FITTED_ON, 2)
    seconds = _seconds(lambda: show.fitted(simulated.cohort, simulated.as_of), 1)
    details = f"{len(simulated.cohort.who)} assessments"
    return f"variances of {FITTED_ON} citizens estimated again, seconds", seconds, 10.0, details


def _seconds(work: Callable[[], object], times: int) -> float:
    gc.collect()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def timed(scale: Scale) -> list[Line]:
    """Flags for ten thousand citizens from columns, phases included; flags and curve of one."""
    simulated = simulate(scale, worlds(scale)["base"], MANY, 1)
    estimates, as_of = prior_estimates(scale), dt.date.fromordinal(simulated.as_of)
    cohort = simulated.cohort
    raised = analyse(cohort, estimates, as_of).flags
    many = _seconds(lambda: analyse(cohort, estimates, as_of).flags, 5)
    busiest = int(np.bincount(cohort.who).argmax())
    one = _only(cohort, busiest)

    def page() -> None:
        analysis = analyse(one, estimates, as_of)
        assert analysis.flags is not None
        analysis.trajectory(one.citizens[0])

    page()
    single = _seconds(page, 20)
    rows = f"{len(cohort.who)} assessments, {len(cohort.interventions.who)} interventions, {len(raised)} flags"
    return [
        (f"flags for {MANY} citizens, seconds", many, 0.6, rows),
        ("flags and curve of one citizen, seconds", single, 0.030, f"{len(one.who)} assessments"),
    ]


def from_vault(scale: Scale) -> Line:
    """Flags for ten thousand citizens from the encrypted database, against reading the same rows bare."""
    simulated = simulate(scale, worlds(scale)["base"], MANY, 1)
    with tempfile.TemporaryDirectory() as name:
        folder, cost = Path(name), vault.KdfCost(64, 1, 1)  # no key stretching is measured here
        made = vault.create(folder / "v", "bench", account_name="b", kdf=cost, state=folder / "state")
        with made.vault as v:
            v.append([kinds.to_event(value) for value in _values(simulated)], Act("import"))
            session = Session(v, day=dt.date.fromordinal(simulated.as_of))
            low = _seconds(lambda: [v.rows(sql) for sql in BARE], 5)
            high = _seconds(lambda: flags.current(session), 5)
    details = f"{high:.2f} s against {low:.2f} s"
    return f"flags for {MANY} citizens / reading their rows bare", high / low, 5.0, details


def _values(simulated: Simulated) -> Iterator[Citizen | Assessment | Intervention]:
    """A simulated cohort as casework values."""
    cohort, rows = simulated.cohort, simulated.cohort.interventions
    names = [f"{i:032x}" for i in range(len(cohort.citizens))]
    for i, name in enumerate(names):
        yield Citizen(name, cohort.numbers[i], benefit_start=dt.date.fromordinal(FIRST_DAY))
    columns = (
        cohort.who.tolist(),
        cohort.day.tolist(),
        cohort.rater.tolist(),
        cohort.assessor.tolist(),
        cohort.scores,
    )
    for who, day, side, assessor, score in zip(*columns, strict=True):
        rater, answers = RATERS[side], as_answers(cohort.scale, RATERS[side], score)
        person = f"p{assessor}" if assessor >= 0 else ""
        yield Assessment(names[who], rater, cohort.scale.id, dt.date.fromordinal(day), answers, assessor=person)
    spells = zip(rows.who.tolist(), rows.start.tolist(), rows.end.tolist(), strict=True)
    for i, (who, start, end) in enumerate(spells):
        until = None if end == NEVER else dt.date.fromordinal(end)
        yield Intervention(names[who], f"i{i}", "mentor", dt.date.fromordinal(start), end=until)


def _only(cohort: Cohort, who: int) -> Cohort:
    """One citizen's part of a simulated cohort."""
    mine, rows = cohort.who == who, cohort.interventions
    own = rows.who == who
    return Cohort.from_columns(
        cohort.scale,
        citizens=[cohort.citizens[who]],
        numbers=[cohort.numbers[who]],
        who=np.zeros(int(mine.sum()), dtype=np.int64),
        day=cohort.day[mine],
        rater=cohort.rater[mine],
        assessor=cohort.assessor[mine],
        mode=cohort.mode[mine],
        cells=b"".join(_cells(row) for row in cohort.scores[mine]),
        opened=[FIRST_DAY],
        interventions=InterventionColumns(
            np.zeros(int(own.sum()), dtype=np.int64), rows.start[own], rows.end[own], rows.kind[own]
        ),
    )


def _cells(row: np.ndarray) -> bytes:
    return b"".join(b"." if np.isnan(x) else str(int(x)).encode() for x in row)


def run() -> list[Line]:
    """Print the tables and return (what, figure, at most, details) for each figure."""
    bip = builtin()["bip"]
    return [*timed(bip), from_vault(bip), refitting(bip), *stated(bip), *found(bip)]


if __name__ == "__main__":
    for what, figure, limit, details in run():
        print(f"{what}: {figure:.3f} (at most {limit}) {details}")
