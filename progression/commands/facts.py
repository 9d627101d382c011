"""citizens: who they are."""

from __future__ import annotations

import argparse

from progression.commands.base import Command, Context
from progression.commands.output import emit
from progression.words import N_, Words


def citizens(context: Context) -> int:
    """Print the caseload: one row per citizen; with --closed those whose case had closed, and what it ended in."""
    from progression.desk import citizens as operations
    from progression.desk import closing, people, search

    wanted: str = context.arguments.find
    with context.session("" if wanted else "citizens") as session:  # a search logs itself
        found = operations.listing(session)
        if wanted:
            known = {c.citizen: c for c in found}
            found = [known[one.citizen] for one in search.find(session, wanted)]
        caseworkers = operations.caseworkers(session)
        names = people.everybody(session)
        today = session.today()
    w = context.w
    closed: bool = context.arguments.closed
    if closed:
        found = [c for c in found if c.case_closed is not None and c.case_closed <= today]
    rows = [
        {
            "citizen_id": c.number,
            "name": c.name,
            "born": c.born,
            "benefit_start": c.benefit_start,
            "case_closed": c.case_closed,
            "caseworker": names.get(caseworkers.get(c.citizen, ""), caseworkers.get(c.citizen)),
            "team": c.team,
        }
        | ({"outcome": c.outcome, "closed_reason": c.closed_reason} if closed else {})
        for c in found
    ]
    headings = {
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "born": w.t("Born"),
        "benefit_start": w.t("Benefit since"),
        "case_closed": w.t("Case closed"),
        "caseworker": w.t("Caseworker"),
        "team": w.t("Team"),
    }
    shown = {}
    if closed:
        headings |= {"outcome": w.t("Outcome"), "closed_reason": w.t("Reason")}
        shown = {"outcome": [w.t(closing.OUTCOMES[c.outcome]) if c.outcome else "–" for c in found]}
    emit(context, "citizens", rows, headings, shown=shown)
    return 0


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument(
        "--find",
        metavar="TEXT",
        default="",
        help=w.t("only those whose name, number or notes hold every word of the text"),
    )
    parser.add_argument("--closed", action="store_true", help=w.t("only closed cases, with what they ended in"))


COMMANDS = (
    Command(
        "citizens",
        N_("the citizens"),
        ("citizens", "citizens --format csv", "citizens --closed", "citizens --find soer"),
        citizens,
        _arguments,
        rows=True,
        dated=True,
    ),
)
