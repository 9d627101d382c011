"""measures: the classical measures of one citizen, or how many changed reliably over everybody."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from progression.commands.base import Command, Context, find_citizen
from progression.commands.output import NOTHING, emit
from progression.words import N_, Words
from progression.words import measures as say
from progression.words.flags import STATES

if TYPE_CHECKING:
    from progression.analysis.classical.values import Measure, Missing, Reliability
    from progression.desk.measures import CitizenMeasures, CohortMeasures, Count

RATERS = {"caseworker": N_("Caseworker"), "citizen": N_("Citizen"), "both": N_("Between the raters")}


def measures(context: Context) -> int:
    """Print classical measures (contracts.md)."""
    return _everybody(context) if context.arguments.all else _one(context)


def _one(context: Context) -> int:
    from progression.desk import measures as operations

    arguments, w = context.arguments, context.w
    with context.session() as session:
        found = operations.of_citizen(
            session,
            find_citizen(session, arguments.citizen),
            arguments.scale,
            reliability=arguments.reliability,
            reliability_post=arguments.reliability_post,
        )
    rows = [measure_row(w, m) for m in found.rows]
    headings = {
        "measure": w.t("Measure"),
        "rater": w.t("Rater"),
        "value": w.t("Value"),
        "low": w.t("From"),
        "high": w.t("To"),
        "p": w.t("p"),
        "smallest_p": w.t("Least p"),
        "sentence": w.t("In words"),
        **(dict.fromkeys(("state", "have", "need", "counted"), "") if arguments.format == "csv" else {}),
    }
    shown = {
        "measure": [say.name(w, m.key) for m in found.rows],
        "rater": [w.t(RATERS[m.rater]) for m in found.rows],
        "value": [say.figure(w, m) for m in found.rows],
        **{name: [_p(w, row[name]) for row in rows] for name in ("p", "smallest_p")},
    }
    emit(context, "measures", rows, headings, extra=_about(found), shown=shown)
    if arguments.format == "table":
        print("\n" + "\n".join(_notes(w, found)))
    return 0


def _trust(found: CitizenMeasures) -> dict[str, Reliability | Missing]:
    """Rater -> the reliability that rater's reliable change rests on."""
    return {m.rater: m.details["reliability"] for m in found.rows if m.key == "rci.JT"}


def _about(found: CitizenMeasures) -> dict[str, Any]:
    """What stands beside the list of measures."""
    phase = found.phase
    return {
        "citizen_id": found.number,
        "scale": found.scale.id,
        "as_of": found.as_of,
        "phase": {"state": phase.state, "start": phase.start, "end": phase.end} if phase else None,
        "reliability": {rater: _trusted(trusted) for rater, trusted in _trust(found).items()},
    }


def _notes(w: Words, found: CitizenMeasures) -> list[str]:
    """What is compared with what, and which reliability is used."""
    notes = say.reliability(w, _trust(found))
    if found.phase is not None:
        start, state = w.date(found.phase.start), w.t(STATES[found.phase.state]).lower()
        notes.insert(0, w.t("A is the time before {start}, B the period since: {state}.", start=start, state=state))
    return notes


def measure_row(w: Words, measure: Measure) -> dict[str, Any]:
    """Return a measure as a row: `value` with its interval, p two-sided with the least that could be reached, and why
    there is none. Figures rounded to a millionth; a slope is a year's."""
    value, low, high, p, least = _figures(measure)
    missing: Any = measure.result if say.is_missing(measure) else None
    return {
        "measure": measure.key,
        "rater": measure.rater,
        "value": _rounded(value),
        "low": _rounded(low),
        "high": _rounded(high),
        "p": _rounded(p),
        "smallest_p": _rounded(least),
        "state": missing.reason if missing else getattr(measure.result, "verdict", "ok"),
        "have": missing.have if missing and missing.of else None,
        "need": missing.need if missing and missing.of else None,
        "counted": missing.of or None if missing else None,
        "sentence": say.sentence(w, measure),
    }


def _figures(measure: Measure) -> tuple[float | None, ...]:
    """value, low, high, p, smallest p: None where the measure has no such figure."""
    result: Any = measure.result
    key = measure.key.partition(".")[0]
    if say.is_missing(measure):
        return (None,) * 5
    if key == "rci":
        return result.index, None, None, None, None
    if key == "nap":
        return result.value, result.low, result.high, None, None
    if key == "tau":
        test = measure.details["test"]
        return result.value, None, None, getattr(test, "p", None), getattr(test, "smallest", None)
    if key in ("tau_u", "tau_bc"):
        return result.value, None, None, None, None
    if key == "line":
        low, high = (None if limit is None else float(limit) * say.DAYS_A_YEAR for limit in (result.low, result.high))
        return float(result.per_day) * say.DAYS_A_YEAR, low, high, None, None
    if key == "xmr":
        return result.mean, result.low, result.high, None, None
    if key in ("trend", "sign"):
        return float(result.statistic), None, None, result.p, result.smallest
    if key == "icc":
        form = measure.key[4:]
        return result.forms[form], *result.intervals.get(form, (None, None)), None, None
    return result.quadratic, None, None, None, None


def _p(w: Words, p: float | None) -> str:
    """A probability with three decimals, never as zero."""
    return NOTHING if p is None else w.number(p, 3) if p >= 0.001 else "< " + w.number(0.001, 3)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _trusted(trusted: Reliability | Missing) -> dict[str, Any]:
    """Which reliability is used, and why that one."""
    return {
        "value": _rounded(getattr(trusted, "value", None)),
        "origin": getattr(trusted, "origin", None),
        "citizens": getattr(trusted, "citizens", None) or None,
        "source": dict(getattr(trusted, "source", {})) or None,
    }


def _everybody(context: Context) -> int:
    from progression.desk import measures as operations

    arguments, w = context.arguments, context.w
    with context.session("measures") as session:
        found = operations.of_everybody(
            session,
            arguments.scale or "bip",
            reliability=arguments.reliability,
            reliability_post=arguments.reliability_post,
        )
    headings = {
        "method": w.t("Method"),
        "rater": w.t("Rater"),
        "citizens": w.t("Citizens"),
        "improved": w.t("Improved"),
        "unchanged": w.t("Unchanged"),
        "deteriorated": w.t("Deteriorated"),
        "undefined": w.t("No value"),
        "reliability": w.t("Reliability"),
    }
    if arguments.format == "csv":
        headings |= dict.fromkeys(("critical", "origin", "state", "have", "need"), "")
    shown = {
        "method": [say.name(w, f"rci.{c.method}") for c in found.counts],
        "rater": [w.t(RATERS[c.rater]) for c in found.counts],
    }
    extra = {"scale": found.scale.id, "agreement": agreement(found), "source": _sources(w, found)}
    emit(context, "measures", [count_row(c) for c in found.counts], headings, extra=extra, shown=shown)
    if arguments.format == "table":
        print()
        for line in (*_sources(w, found), *_agreement_lines(w, found)):
            print(line)
    return 0


def count_row(count: Count) -> dict[str, Any]:
    """Return one method's counts as a row; no counts where there is nothing to judge by."""
    known = count.missing is None
    return {
        "method": count.method,
        "rater": count.rater,
        "citizens": count.citizens,
        **{k: getattr(count, k) if known else None for k in ("improved", "unchanged", "deteriorated", "undefined")},
        "critical": count.critical if known else None,
        "reliability": _trusted(count.reliability)["value"],
        "origin": _trusted(count.reliability)["origin"],
        "state": "ok" if count.missing is None else count.missing.reason,
        "have": count.missing.have if count.missing else None,
        "need": count.missing.need if count.missing else None,
    }


def _sources(w: Words, found: CohortMeasures) -> list[str]:
    """Which reliability each rater's counts rest on."""
    return say.reliability(w, {c.rater: c.reliability for c in found.counts})


def agreement(found: CohortMeasures) -> dict[str, Any]:
    """Return how far raters agree over everybody: None where it cannot be said."""
    icc: Any = None if hasattr(found.icc, "reason") else found.icc
    kappa: Any = None if hasattr(found.kappa, "reason") else found.kappa
    return {
        "citizens": icc.targets if icc else None,
        "icc_2_1": _rounded(icc.forms["2,1"]) if icc else None,
        "icc_3_1": _rounded(icc.forms["3,1"]) if icc else None,
        "kappa_quadratic": _rounded(kappa.quadratic) if kappa else None,
        "kappa_linear": _rounded(kappa.linear) if kappa else None,
        "pairs": kappa.pairs if kappa else None,
    }


def _agreement_lines(w: Words, found: CohortMeasures) -> list[str]:
    known = agreement(found)
    if known["citizens"] is None:
        return [w.t("Between the raters: {why}", why=say.missing(w, found.icc))]  # type: ignore[arg-type]
    kappa = NOTHING if known["kappa_quadratic"] is None else w.number(known["kappa_quadratic"], 2)
    return [
        w.t(
            "Between the raters, in the latest round of {n} citizens: ICC(2,1) {absolute}, ICC(3,1) {order}, quadratic "
            "kappa of single indicators {kappa}.",
            n=known["citizens"],
            absolute=w.number(known["icc_2_1"], 2),
            order=w.number(known["icc_3_1"], 2),
            kappa=kappa,
        )
    ]


def a_reliability(w: Words) -> Callable[[str], float]:
    """Return what reads a reliability for argparse: from 0 to below 1, comma or point."""

    def read(text: str) -> float:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = math.nan
        if not 0 <= value < 1:
            raise argparse.ArgumentTypeError(w.t("{value} is not a reliability from 0 to below 1", value=text))
        return value

    return read


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("citizen", nargs="?", metavar="CITIZEN", help=w.t("the citizen's number"))
    parser.add_argument("--all", action="store_true", help=w.t("how many changed reliably, over all citizens"))
    parser.add_argument("--scale", help=w.t("the scale's id; the one last used, or bip with --all"))
    parser.add_argument(
        "--reliability",
        type=a_reliability(w),
        metavar="R",
        help=w.t("the scale's reliability; otherwise a published one, else this database's own"),
    )
    parser.add_argument(
        "--reliability-post",
        type=a_reliability(w),
        metavar="R",
        help=w.t("another reliability at the latest measurement (Nunnally-Kotsch only)"),
    )


def _misused(arguments: argparse.Namespace, w: Words) -> str:
    if arguments.all and arguments.citizen:
        return w.t("either a citizen or --all")
    if not arguments.all and not arguments.citizen:
        return w.t("a citizen's number, or --all")
    return ""


COMMANDS: Sequence[Command] = (
    Command(
        "measures",
        N_("classical measures of one citizen, or of all"),
        ("measures H00012", "measures H00012 --format json", "measures --all --scale hamd --reliability 0.8"),
        measures,
        _arguments,
        rows=True,
        dated=True,
        assessed=True,
        misused=_misused,
    ),
)
