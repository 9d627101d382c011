"""citizen: one citizen's own details, and correcting them."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from progression.commands.base import Command, Context, a_date, find_citizen
from progression.commands.output import emit
from progression.words import N_, Words

_DAYS = ("born", "benefit_start")
_NAMES: dict[str, str] = {
    "number": N_("Case number"),
    "name": N_("Name"),
    "cpr": N_("CPR number"),
    "born": N_("Date of birth"),
    "benefit_start": N_("First day of benefit"),
    "phone": N_("Phone"),
    "contact": N_("Contact person"),
    "language": N_("Language"),
    "interpreter": N_("Interpreter"),
    "team": N_("Team"),
    "target_group": N_("Target group"),
    "note": N_("Remark"),
}


def citizen(context: Context) -> int:
    """Print what is known about a citizen, after correcting what was given. The CPR number is masked."""
    from progression.desk import details as own
    from progression.words.errors import fault

    given, w = context.arguments, context.w
    typed = {name: getattr(given, f"own_{name}") for name in _NAMES}
    fields: dict[str, object] = {name: value for name, value in typed.items() if value is not None}
    fields |= {name: None if name in _DAYS else "" for name in given.empty}
    with context.session() as session:
        who = find_citizen(session, given.citizen)
        if fields:
            own.correct(session, who, fields, own.read(session, who).seen)
        found = own.read(session, who).citizen
        today = session.today()
    for warning in own.warnings(found, today) if fields else ():
        print(fault(w, warning), file=sys.stderr)
    rows = [{"field": name, "value": _value(getattr(found, name), name)} for name in _NAMES]
    headings = {"field": w.t("Field"), "value": w.t("Value")}
    emit(context, "citizen", rows, headings, extra={"citizen_id": found.number},
         shown={"field": [w.t(text) for text in _NAMES.values()]})  # fmt: skip
    return 0


def _value(value: str | date | None, name: str) -> str | date | None:
    from progression.casework import cpr

    return cpr.mask(value) if name == "cpr" and isinstance(value, str) else value or None


def _misused(given: argparse.Namespace, w: Words) -> str:
    twice = [name for name in given.empty if getattr(given, f"own_{name}") is not None]
    if not twice:
        return ""
    return w.t("{option} and --empty {field} contradict each other", option=_option(twice[0]), field=twice[0])


def _option(name: str) -> str:
    """As the field is called in files; --language is what the program itself speaks."""
    return "--spoken-language" if name == "language" else "--" + name.replace("_", "-")


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("citizen", metavar="CITIZEN", help=w.t("the citizen's number (citizen_id)"))
    for name, text in _NAMES.items():
        option, kept = _option(name), f"own_{name}"
        if name in _DAYS:
            parser.add_argument(option, dest=kept, type=a_date(w), metavar="DATE", help=w.t(text))
        else:
            parser.add_argument(option, dest=kept, metavar="TEXT", help=w.t(text))
    emptied = [name for name in _NAMES if name != "number"]
    parser.add_argument(
        "--empty", action="append", default=[], choices=emptied, metavar="FIELD",
        help=w.t("leave a field empty: {fields}", fields=", ".join(emptied)),
    )  # fmt: skip


COMMANDS = (
    Command(
        "citizen",
        N_("what is known about a citizen; correct name, number, CPR number, first day of benefit and the rest"),
        ("citizen S0001", "citizen S0001 --benefit-start 2026-05-01", "citizen S0001 --empty phone"),
        citizen,
        _arguments,
        rows=True,
        misused=_misused,
    ),
)
