"""citizens: who they are."""

from __future__ import annotations

from progression.commands.base import Command, Context
from progression.commands.output import emit
from progression.words import N_


def citizens(context: Context) -> int:
    """Print the caseload: one row per citizen."""
    from progression.desk import citizens as operations
    from progression.desk import people

    with context.session("citizens") as session:
        found = operations.listing(session)
        caseworkers = operations.caseworkers(session)
        names = people.everybody(session)
    w = context.w
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
    emit(context, "citizens", rows, headings)
    return 0


COMMANDS = (
    Command("citizens", N_("the citizens"), ("citizens", "citizens --format csv"), citizens, rows=True, dated=True),
)
