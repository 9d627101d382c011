"""What the flags find and what they cost: setbacks found beside the reliable change index at the same rate of false
alarms, the rate that comes true, the band's coverage, and the time for one citizen and for ten thousand.

Cohorts are simulated with worlds and seeds that nothing was tuned on; thresholds are matched per rule and world.
"""

from __future__ import annotations

import datetime as dt
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from progression.analysis.analyse import analyse
from progression.analysis.calibrate import CITIZENS, SEED, still_world
from progression.analysis.cohort import NEVER, Cohort, InterventionColumns
from progression.analysis.estimates import prior_estimates, thresholds
from progression.analysis.judging import coverage, filter_statistic, judge_rule, rci_statistic, realised
from progression.analysis.simulate import FIRST_DAY, Simulated, as_answers, simulate, worlds
from progression.analysis.trials import Trial, trial
from progression.casework.values import Assessment, Citizen, Intervention
from progression.desk import flags
from progression.desk.session import Session
from progression.scales.library import builtin
from progression.scales.model import RATERS, Scale
from progression.store import kinds, vault
from progression.store.access import Act

WORLD_SEED = 4_711
COHORT = 1_500
MANY = 10_000
BARE = (
    "SELECT citizen, date, rater, assessor, mode, cells FROM assessment",
    'SELECT citizen, type, start, "end", planned_end, id FROM intervention',
)
Line = tuple[str, float, float | None, str]


def found(scale: Scale) -> list[Line]:
    """Per world: what the index finds of what the filter finds; the false alarms our thresholds gave; coverage."""
    lines: list[Line] = []
    total: dict[str, list[float]] = {"filter": [], "caseworker": [], "both": []}
    ten = prior_estimates(scale, 10.0).c_regression
    for name, world in worlds(scale).items():
        one = trial(scale, world, COHORT, WORLD_SEED)
        rules = {
            "filter": filter_statistic(one),
            "caseworker": rci_statistic(one, both=False),
            "both": rci_statistic(one, both=True),
        }
        at = {rate: {k: judge_rule(one, s, rate) for k, s in rules.items()} for rate in (5.0, 10.0)}
        for key in total:
            total[key].append(at[10.0][key].sensitivity)
        shares = "; ".join(
            f"at {rate:g} per 100 years {100 * got['filter'].sensitivity:.0f} % "
            f"(index {100 * got['caseworker'].sensitivity:.0f} %, of both raters {100 * got['both'].sensitivity:.0f} %)"
            for rate, got in at.items()
        )
        details = f"{shares}; {realised(one, ten):.1f} false alarms, band holds {100 * coverage(one):.0f} %"
        ratio = at[10.0]["both"].sensitivity / at[10.0]["filter"].sensitivity
        lines.append((f"{name}: found by the index / by the filter", ratio, 1.0, details))
    means = {key: statistics.mean(values) for key, values in total.items()}
    lines.append(("all worlds: index of both raters / filter", means["both"] / means["filter"], 1 / 1.3, ""))
    lines.append(
        ("all worlds: index, caseworker / filter", means["caseworker"] / means["filter"], 1 / 1.6, "")
    )
    return lines


def stated(scale: Scale) -> list[Line]:
    """The stated rates against what people whose level stands still got, in a cohort of another seed."""
    one: Trial = trial(scale, still_world(scale), CITIZENS // 2, SEED + 99)
    lines: list[Line] = []
    for rate, row in thresholds(scale)["rates"].items():
        got = realised(one, row["c_regression"])
        off = abs(got / float(rate) - 1)
        lines.append((f"{rate} false alarms per 100 years: off by", off, 0.25, f"{got:.2f} came true"))
    inside = coverage(trial(scale, worlds(scale)["base"], COHORT, WORLD_SEED))
    lines.append(("90 % bands: off by", abs(inside - 0.9), 0.05, f"{100 * inside:.1f} % hold the truth"))
    return lines


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
    rows = (
        f"{len(cohort.who)} assessments, {len(cohort.interventions.who)} interventions, {len(raised)} flags"
    )
    return [
        (f"flags for {MANY} citizens, seconds", many, 0.6, rows),
        ("flags and curve of one citizen, seconds", single, 0.010, f"{len(one.who)} assessments"),
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
        yield Assessment(
            names[who], rater, cohort.scale.id, dt.date.fromordinal(day), answers, assessor=person
        )
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
    """Return (what, figure, at most, details) for each figure."""
    bip = builtin()["bip"]
    return [*timed(bip), from_vault(bip), *stated(bip), *found(bip)]


if __name__ == "__main__":
    for what, figure, limit, details in run():
        print(f"{what}: {figure:.3f} (at most {limit}) {details}")
