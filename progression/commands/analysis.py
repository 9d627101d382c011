"""flags, trajectories: what the measurements say."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from progression.analysis.settings import METHODS
from progression.commands.base import Command, Context
from progression.commands.method import statement
from progression.commands.output import emit, write_csv
from progression.words import N_, Words
from progression.words import flags as say

if TYPE_CHECKING:
    from progression.analysis.trajectory import Row
    from progression.analysis.values import Flag
    from progression.desk.rules import Standing
    from progression.scales.model import Scale

TRAJECTORY_COLUMNS = (
    "citizen_id",
    "scale",
    "date",
    "phase_start",
    "phase_state",
    "level",
    "level_sd",
    "change",
    "change_sd",
    "evidence",
    "flag",
)
FLAG_COLUMNS = (
    "id", "citizen_id", "scale", "kind", "indicator", "rater", "phase_state", "phase_start", "phase_end",
    "interventions", "raised_on", "measured_on", "baseline", "level", "change", "change_sd", "margin", "evidence",
    "suggestion", "status", "follow_up", "withdrawn_because", "method", "estimates", "headline", "explanation",
)  # fmt: skip


def flags(context: Context) -> int:
    """Print the flags, each with its headline and reason (contracts.md, Flags)."""
    from progression.desk import estimates, rules, scales, settings
    from progression.desk import flags as operations

    arguments, w = context.arguments, context.w
    with context.session("flags") as opened:
        session = rules.trying(opened, arguments.method)
        found = operations.history(session, all=arguments.all) if arguments.history else operations.current(session)
        installed = scales.listing(session)
        in_force, now = estimates.in_force(session), rules.standing(session)
        today = session.today()
        informed = now.method == "trajectory" and settings.get(session, "informed", False) is True
    rows = [flag_row(w, flag, installed[flag.scale]) for flag in found]
    extra = {
        "as_of": today,
        "method": now.method,
        "false_alarms_per_100_years": in_force.false_alarms_per_100_years,
        "estimates": in_force.name,
        **({"informed": True} if informed else {}),  # phase means count: named beside every flag
        **(told_rules(now) if now.method == "rules" else {}),
    }
    headings = {
        "raised_on": w.t("Date"),
        "citizen_id": w.t("Citizen"),
        "kind": w.t("What"),
        "change": w.tc("difference", "Change"),
        "margin": w.t("Margin"),
        "suggestion": w.t("Suggestion"),
        "status": w.t("Status"),
        "headline": w.t("In words"),
    }
    shown = {
        "kind": [say.title(w, f) for f in found],
        "status": [w.t(say.STATUSES[f.status]) for f in found],
        "suggestion": [w.t(say.SUGGESTIONS[f.suggestion]) if f.suggestion else "–" for f in found],
    }
    if arguments.format == "csv":
        write_csv(sys.stdout, [_flat(row) for row in rows], FLAG_COLUMNS)
        return 0
    emit(context, "flags", rows, headings, extra=extra, shown=shown)
    if arguments.format == "table":
        print()
        used = sorted({flag.scale for flag in found} or {"bip"})
        told = [s for scale in used for s in statement(w, now, scale)] if now.method == "rules" else []
        print("\n".join(told or [say.rate(w, in_force)]))
    return 0


def told_rules(now: Standing) -> dict[str, Any]:
    """Return what a listing made by the rules says of itself: no estimate plays a part, and the rate is the one that
    simulation realised on BIP (None where nobody has simulated these thresholds)."""
    account = now.accounts.get("bip")
    return {
        "false_alarms_per_100_years": account.false_regression if account is not None else None,
        "estimates": "",
        "rules": now.rules.stated(),
    }


def flag_row(w: Words, flag: Flag, scale: Scale) -> dict[str, Any]:
    """Return a flag as the contract's JSON object; figures rounded to a thousandth of a step."""
    return {
        "id": flag.id,
        "citizen_id": flag.number,
        "scale": flag.scale,
        "kind": flag.kind,
        "indicator": flag.indicator,
        "rater": flag.rater,
        "phase": {
            "state": flag.phase.state,
            "start": flag.phase.start,
            "end": flag.phase.end,
            "interventions": list(flag.phase.interventions),
        },
        "raised_on": flag.raised_on,
        "measured_on": flag.measured_on,
        **{k: _rounded(getattr(flag, k)) for k in ("baseline", "level", "change", "change_sd", "margin", "evidence")},
        "suggestion": flag.suggestion,
        "status": flag.status,
        "follow_up": flag.follow_up,
        "withdrawn_because": flag.withdrawn_because or None,
        "method": flag.method,
        "estimates": flag.estimates,
        "headline": say.headline(w, flag, scale),
        "explanation": say.explanation(w, flag, scale),
    }


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """The same flag for a table: the phase in columns of its own."""
    phase = row["phase"]
    within = {f"phase_{name}": phase[name] for name in ("state", "start", "end")}
    return {**row, **within, "interventions": " ".join(phase["interventions"])}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def trajectories(context: Context) -> int:
    """Print one row per citizen and assessment date (contracts.md, Trajectories), as CSV unless asked for otherwise."""
    from progression.desk import flags as operations

    arguments = context.arguments
    with context.session("trajectories") as session:
        found = operations.trajectories(
            session, arguments.scale, causal=arguments.causal, indicator=arguments.indicator, rater=arguments.rater
        )
        rows = sorted((trajectory_row(row) for row in found), key=lambda row: (row["citizen_id"], row["date"]))
    if arguments.format == "csv":
        write_csv(sys.stdout, rows, TRAJECTORY_COLUMNS)
    else:
        w = context.w
        labels = (
            w.t("Citizen"), w.t("Scale"), w.t("Date"), w.t("Period since"), w.t("State"), w.t("Level"),
            w.t("± (sd)"), w.tc("difference", "Change"), w.t("± (sd)"), w.t("Change / sd"), w.t("What"),
        )  # fmt: skip
        emit(context, "trajectories", rows, dict(zip(TRAJECTORY_COLUMNS, labels, strict=True)),
             extra={"causal": arguments.causal},
             shown={"phase_state": [w.t(say.STATES[state]) for state in _column(rows, "phase_state")],
                    "flag": [say.kind(w, kind) if kind else "–" for kind in _column(rows, "flag")]})  # fmt: skip
    if arguments.causal:
        print(context.w.t("Each row uses only facts dated up to that day; the estimates are the ones in force now."),
              file=sys.stderr)  # fmt: skip
    return 0


def _column(rows: list[dict[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows]


def trajectory_row(row: Row) -> dict[str, Any]:
    """Return a row in the contract's columns; figures rounded to a ten-thousandth of a step."""
    values = (row.number, row.scale, row.day, row.phase_start, row.phase_state, row.level, row.level_sd, row.change,
              row.change_sd, row.evidence, row.flag)  # fmt: skip
    rounded = (round(v, 4) if isinstance(v, float) else v for v in values)
    return dict(zip(TRAJECTORY_COLUMNS, rounded, strict=True))


def _flags(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument(
        "--history", action="store_true", help=w.t("every flag that would have been shown, had nothing been decided")
    )
    parser.add_argument("--all", action="store_true", help=w.t("with --history: all that could be raised"))
    parser.add_argument("--method", choices=METHODS, help=w.t("another method for this listing"))


def _flags_misused(arguments: argparse.Namespace, w: Words) -> str:
    return w.t("--all goes with --history") if arguments.all and not arguments.history else ""


def _trajectories(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("--causal", action="store_true", help=w.t("each row uses only facts dated up to that day"))
    parser.add_argument("--scale", default="bip", help=w.t("the scale's id; bip unless given"))
    parser.add_argument("--indicator", help=w.t("one indicator instead of the whole scale"))
    parser.add_argument("--rater", choices=("caseworker", "citizen"), help=w.t("one rater instead of both"))
    parser.set_defaults(format="csv")


COMMANDS = (
    Command(
        "flags",
        N_("attention points, each with its reason"),
        (
            "flags",
            "flags --format json",
            "flags --as-of 2026-05-01",
            "flags --history --all --format csv",
            "flags --method rules",
        ),
        flags,
        _flags,
        rows=True,
        dated=True,
        assessed=True,
        misused=_flags_misused,
    ),
    Command(
        "trajectories",
        N_("level and change for each citizen and assessment date"),
        ("trajectories --causal", "trajectories --scale hamd"),
        trajectories,
        _trajectories,
        rows=True,
        dated=True,
        assessed=True,
    ),
)
