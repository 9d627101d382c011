"""conversations: what is planned, held, cancelled and missed; a week; who has not been in contact; a calendar file."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from progression.commands.base import Command, Context
from progression.commands.output import emit
from progression.desk.talks import Booked
from progression.words import N_, Words
from progression.words import talks as said
from progression.words.talks import FORMS, STATUSES


def conversations(context: Context) -> int:
    """Print conversations, or write the planned ones as a calendar file."""
    from progression.desk import calendar, people, talks

    given = context.arguments
    with context.session("conversations") as session:
        mine = people.me(session) if given.mine else ""
        if given.ics:
            many = calendar.export(session, Path(given.ics), mine)
            print(
                context.w.tn("{n} conversation is in {file}.", "{n} conversations are in {file}.", many, file=given.ics)
            )
            return 0
        if given.since_contact:
            return _contacts(context, talks.contacts(session, mine), session.today())
        first = last = None
        if given.week:
            first = talks.week(session, session.today(), mine).monday
            last = first + dt.timedelta(days=6)
        elif given.planned:
            first = session.today()
        found = talks.listing(session, first, last, mine, "planned" if given.planned else "")
        names = people.everybody(session)
    _print(context, found, names)
    return 0


def _print(context: Context, found: Sequence[Booked], names: Any) -> None:
    w = context.w
    rows = [
        {
            "citizen_id": one.number,
            "name": one.name,
            "conversation_id": one.talk.id,
            "date": one.talk.date,
            "time": one.talk.time,
            "minutes": None if one.talk.minutes is None else round(one.talk.minutes),
            "status": one.talk.status,
            "form": one.talk.form,
            "caseworker": one.talk.caseworker,
            "participants": one.talk.participants,
            "topic": one.talk.topic,
            "outcome": one.talk.outcome,
            "double_booked": one.clash,
        }
        for one in found
    ]
    headings = {
        "date": w.t("Date"),
        "time": w.t("Time"),
        "minutes": w.t("Minutes"),
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "status": w.t("Status"),
        "form": w.t("Form"),
        "caseworker": w.t("Caseworker"),
        "participants": w.t("Participants"),
        "topic": w.t("Topic"),
        "outcome": w.t("Outcome"),
        "double_booked": w.t("Double booked"),
        "conversation_id": w.t("Id"),
    }
    shown = {
        "time": [said.clock(w, one.talk.time) or "–" for one in found],
        "status": [w.t(STATUSES.get(one.talk.status, one.talk.status)) for one in found],
        "form": [w.t(FORMS.get(one.talk.form, one.talk.form)) for one in found],
        "caseworker": [names.get(one.talk.caseworker, one.talk.caseworker) or "–" for one in found],
        "double_booked": [w.t("yes") if one.clash else "–" for one in found],
    }
    emit(context, "conversations", rows, headings, shown=shown)


def _contacts(context: Context, found: Sequence[Any], today: dt.date) -> int:
    w = context.w
    rows = [
        {
            "citizen_id": one.citizen.number,
            "name": one.citizen.name,
            "phone": one.citizen.phone,
            "last_contact": one.last,
            "days": one.days,
            "next_conversation": one.next.date if one.next else None,
        }
        for one in found
    ]
    headings = {
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "phone": w.t("Phone"),
        "last_contact": w.t("Last contact"),
        "days": w.t("Days since"),
        "next_conversation": w.t("Next conversation"),
    }
    emit(context, "conversations", rows, headings, extra={"as_of": today})
    return 0


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("--week", action="store_true", help=w.t("this week only, Monday to Sunday"))
    parser.add_argument("--planned", action="store_true", help=w.t("planned ones only, from today on"))
    parser.add_argument("--mine", action="store_true", help=w.t("only your own caseload"))
    parser.add_argument(
        "--since-contact", action="store_true", help=w.t("one row per running case: days since the last contact")
    )
    parser.add_argument(
        "--ics", metavar="FILE", help=w.t("write the planned ones to a calendar file, with initials only")
    )


def _misused(arguments: argparse.Namespace, w: Words) -> str:
    chosen = [name for name in ("week", "since_contact", "ics") if getattr(arguments, name)]
    if len(chosen) > 1:
        return w.t("choose one of --week, --since-contact and --ics")
    return ""


COMMANDS = (
    Command(
        "conversations",
        N_("conversations: planned, held, cancelled, missed"),
        ("conversations --week --mine", "conversations --planned --format json", "conversations --ics calendar.ics"),
        conversations,
        _arguments,
        rows=True,
        dated=True,
        misused=_misused,
    ),
)
