"""duties: what is due, for whom and since when; whom to call in, and the letters; the rules it comes from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progression.commands.base import Command, Context, find_citizen
from progression.commands.output import emit
from progression.words import N_, Words
from progression.words import duties as say

if TYPE_CHECKING:
    from progression.desk.duties import Listed
    from progression.desk.session import Session


def duties(context: Context) -> int:
    """Print duties: what stands, or what was asked for."""
    arguments = context.arguments
    if arguments.install or arguments.standard or arguments.rules:
        return _rules(context)
    if arguments.call_in:
        return _call_in(context)
    if arguments.by:
        return _counts(context)
    with context.session("" if arguments.citizen else "duties") as session:
        found = _found(context, session)
        today, names = session.today(), _names(session)
    w = context.w
    rows = [_row(one, names) for one in found]
    headings = {
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "rule": w.t("Duty"),
        "since": w.t("Arose"),
        "due": w.t("Due"),
        "state": w.t("State"),
        "why": w.t("Why"),
        "caseworker": w.t("Caseworker"),
        "team": w.t("Team"),
    }
    shown = {
        "rule": [w.pick(one.duty.text) for one in found],
        "state": [w.t(say.STATES[one.duty.state]) for one in found],
        "why": [say.reason(w, one.duty, today) for one in found],
    }
    emit(context, "duties", rows, headings, extra={"as_of": today.isoformat()}, shown=shown)
    return 0


def _found(context: Context, session: Session) -> list[Listed]:
    from progression.casework.duties import STATES
    from progression.desk import duties as operations

    arguments = context.arguments
    if arguments.citizen:
        who = find_citizen(session, arguments.citizen)
        found = operations.citizen(session, who, history=arguments.history)
        wanted: tuple[str, ...] = ("overdue",) if arguments.overdue else STATES
        return [one for one in found if one.duty.state in wanted]
    if arguments.overdue:
        states: tuple[Any, ...] = ("overdue",)
    else:
        states = STATES if arguments.all or arguments.history else operations.STANDING
    person = operations.person_key(session, arguments.caseworker)
    return list(
        operations.everybody(session, caseworker=person, team=arguments.team, states=states, history=arguments.history)
    )


def _row(one: Listed, names: dict[str, str]) -> dict[str, Any]:
    duty = one.duty
    return {
        "citizen_id": one.number,
        "name": one.name,
        "rule": duty.rule,
        "kind": duty.kind,
        "state": duty.state,
        "why": duty.why,
        "since": duty.since,
        "since_fact": duty.since_fact,
        "due": duty.due,
        "met_on": duty.met_on,
        "met_by": duty.met_by,
        "about": duty.about,
        "done": duty.done,
        "wanted": duty.wanted,
        "planned": duty.planned,
        "put_off": duty.put_off,
        "because": duty.because,
        "was_due": duty.was_due,
        "caseworker": names.get(one.caseworker, one.caseworker),
        "team": one.team,
    }


def _counts(context: Context) -> int:
    from progression.casework.duties import STATES
    from progression.desk import duties as operations

    with context.session("duties") as session:
        found = operations.counts(session, context.arguments.by)
        today = session.today()
    w = context.w
    rows: list[dict[str, Any]] = [
        {"key": one.key, "name": one.name, "citizens": one.citizens} | dict(one.states) for one in found
    ]
    first = w.t("Caseworker") if context.arguments.by == "caseworker" else w.t("Team")
    headings: dict[str, str] = {"name": first, "citizens": w.t("Citizens")}
    headings |= {str(state): w.t(say.STATES[state]) for state in STATES}
    shown = {"name": [one.name or w.t("Nobody") for one in found]}
    emit(context, "duties", rows, headings, extra={"as_of": today.isoformat()}, shown=shown)
    return 0


def _call_in(context: Context) -> int:
    from progression.desk import callin
    from progression.desk import duties as operations

    arguments, w = context.arguments, context.w
    with context.session("call-in list") as session:
        person = operations.person_key(session, arguments.caseworker)
        found = operations.call_in(session, caseworker=person, team=arguments.team)
        if arguments.citizen:
            who = find_citizen(session, arguments.citizen)
            found = tuple(one for one in found if one.citizen == who)
        today, names = session.today(), _names(session)
        if arguments.letters:
            callin.write_letters(session, found, Path(arguments.letters))
    rows = [
        {
            "citizen_id": one.number,
            "name": one.name,
            "phone": one.phone,
            "due": one.duty.due,
            "rule": one.duty.rule,
            "why": one.duty.why,
            "caseworker": names.get(one.caseworker, one.caseworker),
        }
        for one in found
    ]
    headings = {
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "phone": w.t("Phone"),
        "due": w.t("Due"),
        "rule": w.t("Duty"),
        "why": w.t("Why"),
        "caseworker": w.t("Caseworker"),
    }
    shown = {
        "rule": [w.pick(one.duty.text) for one in found],
        "why": [say.reason(w, one.duty, today) for one in found],
    }
    emit(context, "duties", rows, headings, extra={"as_of": today.isoformat()}, shown=shown)
    return 0


def _rules(context: Context) -> int:
    """The rules in force on the day, after installing what was asked for."""
    from progression.casework import rulesets
    from progression.desk import duty_rules

    arguments, w = context.arguments, context.w
    with context.session() as session:
        if arguments.standard:
            duty_rules.standard(session)
        if arguments.install:
            path = Path(arguments.install)
            if arguments.install in rulesets.SHIPPED and not path.exists():
                duty_rules.install_shipped(session, arguments.install)
            else:
                duty_rules.install_file(session, path)
        now = duty_rules.standing(session)
    rows = [
        {
            "rule": rule.id,
            "kind": rule.kind,
            "text": w.pick(rule.text),
            "valid_from": rule.valid_from,
            "valid_to": rule.valid_to,
            "on": rule.on,
            "check_law": rule.check_law,
            "source": rule.source,
        }
        for rule in now.rules
    ]
    headings = {
        "rule": w.t("Rule"),
        "text": w.t("What it asks"),
        "valid_from": w.t("From"),
        "valid_to": w.t("To"),
        "on": w.t("In use"),
        "check_law": w.t("Note"),
        "source": w.t("Source"),
    }
    shown = {"check_law": [w.t(say.CHECK_LAW) if rule.check_law else "–" for rule in now.rules]}
    emit(context, "duties", rows, headings, shown=shown)
    return 0


def _names(session: Session) -> dict[str, str]:
    from progression.desk import people

    return dict(people.names(session))


def _misused(arguments: argparse.Namespace, w: Words) -> str:
    if arguments.letters and not arguments.call_in:
        return w.t("--letters goes with --call-in")
    if arguments.citizen and (arguments.by or arguments.caseworker or arguments.team):
        return w.t("--citizen does not go with --by, --caseworker or --team")
    if arguments.by and (arguments.caseworker or arguments.team or arguments.overdue):
        return w.t("--by counts everybody: leave out --caseworker, --team and --overdue")
    return ""


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("--overdue", action="store_true", help=w.t("only what is overdue"))
    parser.add_argument("--all", action="store_true", help=w.t("also what was met, and what does not apply and why"))
    parser.add_argument("--history", action="store_true", help=w.t("every time a rule came, not only the last"))
    parser.add_argument("--caseworker", metavar="PERSON", help=w.t("one caseworker's citizens: the key or the name"))
    parser.add_argument("--team", help=w.t("one team's citizens"))
    parser.add_argument("--citizen", metavar="CITIZEN", help=w.t("one citizen, with every rule"))
    parser.add_argument("--by", choices=("caseworker", "team"), help=w.t("count by caseworker or team"))
    parser.add_argument("--call-in", action="store_true", help=w.t("whom to call in for a conversation"))
    parser.add_argument("--letters", metavar="DIR", help=w.t("write a call-in letter to each, PDF and text"))
    parser.add_argument("--rules", action="store_true", help=w.t("the rules in force, with their dates"))
    parser.add_argument("--install", metavar="FILE", help=w.t("adopt rules from a file, or a set that is shipped"))
    parser.add_argument("--standard", action="store_true", help=w.t("go back to the standard rules"))


COMMANDS = (
    Command(
        "duties",
        N_("what is due, for whom and since when"),
        (
            "duties --overdue",
            "duties --by team",
            "duties --caseworker S1 --overdue",
            "duties --citizen S0001",
            "duties --call-in --letters DIR",
            "duties --rules",
        ),
        duties,
        _arguments,
        rows=True,
        dated=True,
        misused=_misused,
    ),
)
