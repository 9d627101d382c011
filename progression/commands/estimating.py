"""estimates: what flags rest on; and the refit at the end of what brings many answers in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from progression.commands.base import Command, Context
from progression.commands.output import emit, print_table
from progression.commands.working import telling
from progression.errors import KnownError
from progression.words import N_, Words
from progression.words import estimates as say

if TYPE_CHECKING:
    from progression.analysis.values import Estimates
    from progression.desk.estimates import Standing
    from progression.desk.session import Session
    from progression.scales.model import Scale


def estimates(context: Context) -> int:
    """Print the variances and thresholds in force, on how many citizens they rest, and since when."""
    from progression.desk import estimates as operations
    from progression.desk import scales, vaults

    arguments, w = context.arguments, context.w
    told: list[str] = []
    with context.session() as session:
        installed = scales.listing(session)
        if arguments.refit:
            told = [refit(w, session, arguments.scale or "bip")]
        wanted = [arguments.scale] if arguments.scale else sorted(installed)
        found = [operations.standing(session, scale) for scale in wanted]
        names = vaults.accounts(session)
    say_on_stderr(told)
    if arguments.format != "table":
        rows = [estimate_row(one) for one in found]
        emit(context, "estimates", rows, {name: name for row in rows for name in row})
        return 0
    for place, one in enumerate(found):
        if place:
            print()
        tell(w, one, installed[one.in_force.scale], names)
    return 0


def refit(w: Words, session: Session, scale: str) -> str:
    """Make and adopt estimates, with progress on the terminal, and return in one sentence what came of it.

    Ctrl-C raises KeyboardInterrupt; nothing is adopted then.
    """
    from progression.desk import estimates as operations
    from progression.desk import scales

    with telling() as line:

        def progress(part: float) -> None:
            line(w.t("Estimating: {percent}%", percent=round(part * 100)))

        progress(0.0)
        found = operations.refit(session, scale, progress)
    return say.adopted(w, found, scales.listing(session)[scale])


def refit_where_due(w: Words, session: Session) -> list[str]:
    """Refit every scale whose estimates are due, unless somebody said that they are only made when asked for. Returns
    what to tell, to be printed when nothing else writes on the terminal.

    What was saved before stays saved: Ctrl-C stops the estimating and nothing else.
    """
    from progression.desk import estimates as operations

    told: list[str] = []
    if operations.forbidden(session):
        return told
    try:
        for scale in operations.due_scales(session):
            told.append(_attempt(w, session, scale))
    except KeyboardInterrupt:
        told.append(w.t("The estimating was stopped; what was in force still is. Everything else is saved."))
    return told


def _attempt(w: Words, session: Session, scale: str) -> str:
    """Refit one scale; where that cannot be done, say so and leave the rest to go on."""
    from progression.words import errors

    try:
        return refit(w, session, scale)
    except KnownError as error:
        return errors.sentence(w, error)


def say_on_stderr(told: Sequence[str]) -> None:
    """Print sentences where they do not stand among rows."""
    for text in told:
        print(text, file=sys.stderr)


def estimate_row(standing: Standing) -> dict[str, Any]:
    """Return a scale's estimates as a row."""
    estimate = standing.in_force
    return {
        "scale": estimate.scale,
        "name": estimate.name,
        "source": estimate.source,
        "adopted": estimate.adopted,
        "citizens": estimate.citizens,
        "usable_citizens": standing.usable,
        "due": standing.due,
        "false_alarms_per_100_years": estimate.false_alarms_per_100_years,
        "c_regression": estimate.c_regression,
        "c_progression": estimate.c_progression,
        "parameters": estimate.parameters,
        "rates": estimate.rates,
        "history": [{"name": a.estimates.name, "adopted": a.estimates.adopted, "citizens": a.estimates.citizens,
                     "assessments": a.assessments or None, "entered": a.time} for a in standing.history],
    }  # fmt: skip


def tell(w: Words, standing: Standing, scale: Scale, names: dict[str, str]) -> None:
    """Print a scale's estimates in plain words."""
    estimate = standing.in_force
    print(w.pick(scale.name))
    for text in (say.basis(w, estimate), say.weight(w, estimate)):
        if text:
            print(text)
    if standing.usable > estimate.citizens or standing.due:
        print(say.offer(w, estimate, standing.usable))
    print()
    for figure in say.figures(w, estimate, standing.prior, scale):
        print(f"  {figure.sentence}")
    print(f"  {say.threshold(w, estimate, scale)}")
    print()
    _print_rates(w, estimate)
    if standing.history:
        print("\n" + w.t("Adopted so far, the one in force first:"))
        for adoption in standing.history:
            print("  " + say.history(w, adoption, names.get(adoption.account, adoption.account)))


def _print_rates(w: Words, estimate: Estimates) -> None:
    """The rates that can be chosen, each with what it means; the one in force is marked."""
    chosen = f"{estimate.false_alarms_per_100_years:g}"
    rows = [
        {
            "rate": float(name),
            "c_regression": row["c_regression"],
            "c_progression": row["c_progression"],
            "c_indicator": row.get("c_indicator"),
            "meaning": say.rate(w, float(name), row.get("real"), row.get("realised_regression")),
            "chosen": w.t("in force") if name == chosen else "",
        }
        for name, row in sorted(estimate.rates.items(), key=lambda item: float(item[0]))
    ]
    headings = {
        "rate": w.t("Per 100 citizen-years"),
        "c_regression": w.t("c, regression"),
        "c_progression": w.t("c, progression"),
        "c_indicator": w.t("c, one indicator"),
        "meaning": w.t("What it means"),
        "chosen": "",
    }
    shown = {"rate": [f"{row['rate']:g}" for row in rows], "chosen": [str(row["chosen"]) for row in rows]}
    print_table(w, rows, headings, shown)


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("--refit", action="store_true", help=w.t("estimate from everybody's answers and adopt that"))
    parser.add_argument("--scale", metavar="S", help=w.t("one scale's id; with --refit bip unless given"))


COMMANDS = (
    Command(
        "estimates",
        N_("variances and thresholds in force; --refit makes them anew"),
        ("estimates", "estimates --refit", "estimates --scale hamd --format json"),
        estimates,
        _arguments,
        rows=True,
    ),
)
