"""category: which category a citizen is in and has been in, and the way from one to another."""

from __future__ import annotations

import argparse

from progression.commands.base import Command, Context, a_date, find_citizen
from progression.commands.output import emit
from progression.words import N_, Words


def category(context: Context) -> int:
    """Print a citizen's categories, after letting them enter or leave one where that is asked for."""
    from progression.desk import memberships

    given, w = context.arguments, context.w
    with context.session() as session:
        who = find_citizen(session, given.citizen)
        if given.enter:
            memberships.enter(session, who, given.enter, given.since or session.today())
        if given.leave:
            memberships.leave(session, who, given.leave)
        found = memberships.history(session, who)
    rows = [{"citizen_id": given.citizen, "category": one.written, "start": one.start, "end": one.end} for one in found]
    headings = {"category": w.t("Category"), "start": w.t("From"), "end": w.t("To")}
    shown = {"category": [w.pick(one.category.name) if one.category else one.written for one in found]}
    emit(context, "category", rows, headings, extra={"citizen_id": given.citizen}, shown=shown)
    return 0


def _misused(given: argparse.Namespace, w: Words) -> str:
    return w.t("--from goes with --enter") if given.since and not given.enter else ""


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("citizen", metavar="CITIZEN", help=w.t("the citizen's number (citizen_id)"))
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--enter", metavar="CODE", help=w.t("the category to enter; the one before ends the day before"))
    asked.add_argument("--leave", type=a_date(w), metavar="DATE", help=w.t("the last day in the category"))
    parser.add_argument(
        "--from", dest="since", type=a_date(w), metavar="DATE", help=w.t("the first day in the category; today")
    )


COMMANDS = (
    Command(
        "category",
        N_("which category a citizen is in and has been in; enter another, or leave"),
        ("category S0001", "category S0001 --enter behov_for_stoette --from 2026-05-01"),
        category,
        _arguments,
        rows=True,
        misused=_misused,
    ),
)
