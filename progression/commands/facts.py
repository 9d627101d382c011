"""citizens, timeline, interventions, people: what was registered."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from progression.commands.base import Command, Context, find_citizen
from progression.commands.output import emit
from progression.words import N_, Words
from progression.words.flags import STATES


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


def timeline(context: Context) -> int:
    """Print one citizen's phases: active, passive, waiting, exempt."""
    from progression.desk import citizens as operations

    with context.session() as session:
        citizen = find_citizen(session, context.arguments.citizen)
        phases = operations.phases(session, citizen)
        today = session.today()
    w = context.w
    rows = [
        {
            "state": p.state,
            "start": p.start,
            "end": p.end,
            "days": ((p.end or today) - p.start).days + 1,
            "interventions": list(p.interventions),
        }
        for p in phases
    ]
    headings = {
        "state": w.t("State"),
        "start": w.t("From"),
        "end": w.t("To"),
        "days": w.t("Days"),
        "interventions": w.t("Interventions"),
    }
    shown = {
        "state": [w.t(STATES[p.state]) for p in phases],
        "interventions": [", ".join(p.interventions) or "–" for p in phases],
    }
    emit(context, "timeline", rows, headings, extra={"citizen_id": context.arguments.citizen}, shown=shown)
    return 0


def interventions(context: Context) -> int:
    """Print interventions, running ones and ended ones."""
    from progression.desk import citizens as operations
    from progression.desk import interventions as nouns

    with context.session("interventions") as session:
        numbers = {c.citizen: c.number for c in operations.listing(session)}
        found = nouns.listing(session)
        types = nouns.types(session)
    w = context.w
    rows = [
        {
            "citizen_id": numbers.get(i.citizen, i.citizen),
            "intervention_id": i.id,
            "type": i.type,
            "title": i.title,
            "provider": i.provider,
            "start": i.start,
            "planned_end": i.planned_end,
            "end": i.end,
        }
        for i in found
    ]
    headings = {
        "citizen_id": w.t("Citizen"),
        "type": w.t("Type"),
        "title": w.t("Title"),
        "provider": w.t("Provider"),
        "start": w.t("From"),
        "planned_end": w.t("Planned end"),
        "end": w.t("To"),
        "intervention_id": w.t("Id"),
    }
    names = [w.pick(types[i.type].name) if i.type in types else i.type for i in found]
    emit(context, "interventions", rows, headings, shown={"type": names})
    return 0


def people(context: Context) -> int:
    """Print the colleagues."""
    from progression.desk import people as nouns

    with context.session() as session:
        found = nouns.listing(session)
    w = context.w
    keys = ("person", "name", "role", "team", "phone", "email", "norm")
    rows = [{k: asdict(p)[k] for k in keys} for p in found]
    labels = (w.t("Key"), w.t("Name"), w.t("Role"), w.t("Team"), w.t("Phone"), w.t("E-mail"), w.t("Norm"))
    emit(context, "people", rows, dict(zip(keys, labels, strict=True)))
    return 0


def _citizen(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("citizen", metavar="CITIZEN", help=w.t("the citizen's number (citizen_id)"))


COMMANDS = (
    Command("citizens", N_("the citizens"), ("citizens", "citizens --format csv"), citizens, rows=True, dated=True),
    Command(
        "timeline",
        N_("one citizen's active, passive, waiting and exempt periods"),
        ("timeline S0001", "timeline S0001 --as-of 2026-05-01 --format json"),
        timeline,
        _citizen,
        rows=True,
        dated=True,
    ),
    Command(
        "interventions",
        N_("interventions, running and ended"),
        ("interventions",),
        interventions,
        rows=True,
        dated=True,
    ),
    Command("people", N_("the colleagues"), ("people",), people, rows=True),
)
