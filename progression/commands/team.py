"""team: the front of *Team* from the shell, its pictures as rows, and the citizens behind each figure."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from progression.casework.withheld import small
from progression.commands.base import Command, Context
from progression.commands.output import emit
from progression.errors import KnownError
from progression.words import N_, Words
from progression.words import team as said

if TYPE_CHECKING:
    from progression.desk.team_overview import TeamOverview

NAME = "team"
LISTS = ("flags", "decisions", "without", "overdue", "changes")
PICTURES = ("months", "duties", "caseloads")
FIGURES: dict[str, str] = {
    "citizens": N_("Citizens"),
    "caseworkers": N_("Caseworkers"),
    "flags_open": N_("Open attention points"),
    "flags_over_30_days": N_("of these waited over 30 days"),
    "decisions_30_days": N_("Decisions, last 30 days"),
    "decided_start": N_("of these Start"),
    "decided_continue": N_("of these Continue"),
    "decided_adjust": N_("of these Adjust"),
    "decided_stop": N_("of these Stop"),
    "without_active": N_("Citizens without active intervention"),
    "without_active_share": N_("their share of the citizens"),
    "without_12_months": N_("of these for 12 months or more"),
    "duties_overdue": N_("Overdue duties"),
    "duties_met_share": N_("Share met in time, last month"),
    "changes_this_year": N_("Caseworker changes this year"),
    "citizens_changed_twice": N_("Citizens with two changes or more"),
    "citizens_per_caseworker": N_("Citizens per caseworker"),
    "norm_low": N_("Norm, at least"),
    "norm_high": N_("Norm, at most"),
}


def team(context: Context) -> int:
    """Print a team's figures, one of its pictures, or the citizens behind a figure."""
    from progression.desk import team_overview

    given = context.arguments
    with context.session() as session:
        found = team_overview.page(session, given.team, given.months)
        if given.team is not None and given.team not in found.teams:
            raise KnownError("team.unknown", team=given.team, choices=", ".join(found.teams))
        if given.list:
            team_overview.looked(session, given.list, found.flags if given.list == "flags" else ())
    extra = {"as_of": found.today, "for_team": found.team, "teams": found.teams}
    if given.list:
        _listed(context, found, given.list, extra)
    elif given.picture:
        {"months": _months, "duties": _duties, "caseloads": _caseloads}[given.picture](context, found, extra)
    else:
        _figures(context, found, extra)
    return 0


def _figures(context: Context, found: TeamOverview, extra: dict[str, Any]) -> None:
    w, choices = context.w, found.choices
    low, high = found.norm or (None, None)
    values: dict[str, float | int | None] = {
        "citizens": found.citizens,
        "caseworkers": found.caseworkers,
        "flags_open": len(found.flags),
        "flags_over_30_days": found.long_waiting,
        "decisions_30_days": len(found.decisions),
        "decided_start": choices.get("start", 0),
        "decided_continue": choices.get("continue", 0),
        "decided_adjust": choices.get("adjust", 0),
        "decided_stop": choices.get("stop", 0),
        "without_active": len(found.without),
        "without_active_share": _rounded(found.share_without, 3),
        "without_12_months": found.long_without,
        "duties_overdue": len(found.overdue),
        "duties_met_share": _rounded(found.share_met, 3),
        "changes_this_year": found.changes_this_year,
        "citizens_changed_twice": len(found.changed_often),
        "citizens_per_caseworker": _rounded(found.mean_load, 1),
        "norm_low": low,
        "norm_high": high,
    }
    rows = [{"figure": name, "value": value} for name, value in values.items()]
    shown = {
        "figure": [w.t(FIGURES[name]) for name in values],
        "value": [_figure(w, name, value) for name, value in values.items()],
    }
    emit(context, NAME, rows, {"figure": w.t("Figure"), "value": w.t("Value")}, extra=extra, shown=shown)


def _figure(w: Words, name: str, value: float | int | None) -> str:
    if value is None:
        return "–"
    if name.endswith("_share"):
        return said.percent(w, value)
    return w.number(value, 1 if isinstance(value, float) else 0)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


# the pictures as rows


def _told(context: Context, counts: Sequence[int], people: Sequence[int]) -> list[int | None]:
    """The counts, without those about a few citizens where that is asked for; `people`: citizens behind each."""
    few = small(people) if context.arguments.withhold else (False,) * len(counts)
    return [None if hidden else count for count, hidden in zip(counts, few, strict=True)]


def _months(context: Context, found: TeamOverview, extra: dict[str, Any]) -> None:
    w, rows = context.w, list[dict[str, Any]]()
    for one in found.shares:
        counts = (one.passive, one.waiting, one.exempt, one.active)
        passive, waiting, exempt, active = _told(context, counts, counts)
        hidden = None in (passive, waiting, exempt, active) and sum(counts) < 5
        without = None if active is None else one.without
        share = _rounded(without / one.there, 3) if without is not None and one.there else None
        rows.append(
            {"day": one.day, "citizens": None if hidden else one.there, "without": without, "share": share,
             "passive": passive, "waiting": waiting, "exempt": exempt}
        )  # fmt: skip
    headings = {
        "day": w.t("Day"), "citizens": w.t("Citizens"), "without": w.t("Without active intervention"),
        "share": w.t("Share"), "passive": w.t("Passive"), "waiting": w.t("Waiting"), "exempt": w.t("Exempt"),
    }  # fmt: skip
    emit(context, NAME, rows, headings, extra=extra, shown={"share": [said.percent(w, row["share"]) for row in rows]})


def _duties(context: Context, found: TeamOverview, extra: dict[str, Any]) -> None:
    w, rows = context.w, list[dict[str, Any]]()
    for one in found.timeliness:
        met, late, missing = _told(context, (one.met, one.late, one.missing), one.citizens)
        share = None if met is None else round(one.met / one.total, 3)
        rows.append({"sort": one.sort, "met": met, "late": late, "missing": missing, "share_met": share})
    headings = {
        "sort": w.t("Duty"), "met": w.t("in time"), "late": w.t("late"), "missing": w.t("missing"),
        "share_met": w.t("share in time"),
    }  # fmt: skip
    shown = {
        "sort": [w.t(said.SORTS[one.sort]) for one in found.timeliness],
        "share_met": [said.percent(w, row["share_met"]) for row in rows],
    }
    emit(context, NAME, rows, headings, extra=extra | {"month": found.month}, shown=shown)


def _caseloads(context: Context, found: TeamOverview, extra: dict[str, Any]) -> None:
    w, rows = context.w, list[dict[str, Any]]()
    for one in found.loads:
        (citizens,) = _told(context, (len(one.citizens),), (len(one.citizens),))
        over = None if citizens is None else one.over
        rows.append(
            {"person": one.key, "name": one.name, "citizens": citizens, "norm_low": one.low, "norm_high": one.high,
             "over_norm": over}
        )  # fmt: skip
    headings = {
        "name": w.t("Name"), "citizens": w.t("Citizens"), "norm_low": w.t("Norm, at least"),
        "norm_high": w.t("Norm, at most"), "over_norm": w.t("Over the norm"),
    }  # fmt: skip
    emit(context, NAME, rows, headings, extra=extra)
    if context.arguments.format == "table":
        print("\n" + w.t("In the order of names."))


# the citizens behind a figure


def _listed(context: Context, found: TeamOverview, key: str, extra: dict[str, Any]) -> None:
    w = context.w
    lines: dict[str, tuple[Sequence[Any], Callable[[Any], str], Callable[[Any], Any]]] = {
        "flags": (found.flags, lambda one: said.flag(w, one), lambda one: one.flag.raised_on),
        "decisions": (found.decisions, lambda one: said.decision(w, one), lambda one: one.day),
        "without": (found.without, lambda one: said.without(w, one), lambda one: one.since),
        "overdue": (found.overdue, lambda one: said.duty(w, one, found.today), lambda one: one.duty.due),
        "changes": (
            found.changed, lambda one: said.changes(w, one, found.names), lambda one: one.changes[-1].day,
        ),
    }  # fmt: skip
    shown, tell, day = lines[key]
    rows = [
        {"citizen_id": one.who.number, "name": one.who.name, "caseworker": found.names.get(one.who.caseworker, ""),
         "day": day(one), "told": tell(one)}
        for one in shown
    ]  # fmt: skip
    headings = {
        "citizen_id": w.t("Citizen"), "name": w.t("Name"), "caseworker": w.t("Caseworker"), "day": w.t("Day"),
        "told": w.t("What"),
    }  # fmt: skip
    emit(context, NAME, rows, headings, extra=extra | {"list": key})


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    from progression.desk.team_overview import PERIODS

    parser.add_argument("--team", metavar="NAME", help=w.t("only this team; otherwise everybody"))
    parser.add_argument(
        "--months", type=int, choices=PERIODS, default=max(PERIODS), help=w.t("how many months to look back")
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--picture", choices=PICTURES, help=w.t("one of the pictures as rows instead of the figures"))
    what.add_argument("--list", choices=LISTS, help=w.t("the citizens behind a figure"))
    parser.add_argument("--withhold", action="store_true", help=w.t("leave out figures about fewer than five citizens"))


COMMANDS = (
    Command(
        NAME,
        N_("a team on one day: attention points, decisions, days without, duties, changes, caseloads"),
        ("team", 'team --team "Team Vest" --picture months --months 6 --format csv', "team --list overdue"),
        team,
        _arguments,
        rows=True,
        dated=True,
    ),
)
