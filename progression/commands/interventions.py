"""interventions, timeline: what runs and what does not, for one citizen and for everybody."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence

from progression.casework import combination, history
from progression.casework.values import InterventionType
from progression.commands.base import Command, Context, a_count, find_citizen
from progression.commands.output import emit
from progression.words import N_, Words
from progression.words import interventions as said
from progression.words.flags import CHOICES, STATES
from progression.words.register import PROFESSIONS

_WHATS = {
    "phase": N_("Phase"),
    "combination": N_("Combination"),
    "passive": N_("Without intervention"),
    "intervention": N_("Intervention"),
    "caseworker_change": N_("Caseworker change"),
    "conversation": N_("Conversation"),
    "small_step": N_("Small step"),
    "screening": N_("Screening note"),
    "plan": N_("My Plan"),
    "decision": N_("Decision"),
    "outcome": N_("What came of it"),
}
_BECAME = {"new": N_("new"), "changed": N_("changed"), "done": N_("done"), "dropped": N_("dropped")}
_STATUSES = {
    "planned": N_("planned"),
    "held": N_("held"),
    "cancelled": N_("cancelled"),
    "missed": N_("missed"),
}


# timeline


def timeline(context: Context) -> int:
    """Print one citizen's phases, combinations, periods without, interventions, talks, steps and decisions by date."""
    from progression.desk import interventions as nouns
    from progression.desk import people, periods

    with context.session() as session:
        citizen = find_citizen(session, context.arguments.citizen)
        found = periods.entries(session, citizen)
        types, names = nouns.types(session), people.everybody(session)
    only = context.arguments.only
    found = tuple(one for one in found if not only or one.what in only)
    w = context.w
    rows = [
        {
            "what": one.what,
            "start": one.start,
            "end": one.end,
            "days": one.days,
            "state": one.kind,
            "text": one.text,
            "before": one.before,
            "after": one.after,
            "interventions": list(one.interventions),
        }
        for one in found
    ]
    headings = {
        "start": w.t("From"),
        "end": w.t("To"),
        "days": w.t("Days"),
        "what": w.t("What"),
        "state": w.t("State"),
        "text": w.t("Text"),
        "before": w.t("Before"),
        "after": w.t("After"),
        "interventions": w.t("Interventions"),
    }
    shown = {
        "what": [w.t(_WHATS[one.what]) for one in found],
        "state": [_kind(w, one, types) or "–" for one in found],
        "before": [_side(w, one, one.before, names) or "–" for one in found],
        "after": [_side(w, one, one.after, names) or "–" for one in found],
        "interventions": [", ".join(one.interventions) or "–" for one in found],
    }
    emit(context, "timeline", rows, headings, extra={"citizen_id": context.arguments.citizen}, shown=shown)
    return 0


def _kind(w: Words, one: history.Entry, types: Mapping[str, InterventionType]) -> str:
    if one.what == "combination":
        return said.combination_key(w, one.kind)
    if one.what == "intervention":
        return w.pick(types[one.kind].name) if one.kind in types else one.kind
    by_what: Mapping[str, Mapping[str, str]] = {
        "conversation": _STATUSES,
        "decision": CHOICES,
        "outcome": CHOICES,
        "screening": PROFESSIONS,
        "plan": _BECAME,
    }
    words = by_what.get(one.what, STATES)
    return w.t(words[one.kind]) if one.kind in words else one.kind


def _side(w: Words, one: history.Entry, side: str, names: Mapping[str, str]) -> str:
    if one.what == "caseworker_change":
        return names.get(side, side)
    return w.t(STATES[side]) if side in STATES else said.combination_key(w, side)


# interventions


def interventions(context: Context) -> int:
    """Print interventions, or what an option asks about them."""
    from progression.commands import periods, running

    given = context.arguments
    asked: Sequence[tuple[bool, Callable[[Context], int]]] = (
        (given.combination is not None, periods.combinations),
        (given.passive, periods.passive_periods),
        (given.passive_share, periods.passive_share),
        (given.without is not None, periods.without),
        (given.waiting_times, periods.waiting_times),
        (given.offers, periods.offers),
        (given.providers, periods.providers),
        (given.strategy, periods.strategy),
    )
    return next((run for wanted, run in asked if wanted), running.listing)(context)


def _timeline_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("citizen", metavar="CITIZEN", help=w.t("the citizen's number (citizen_id)"))
    parser.add_argument(
        "--only",
        action="append",
        choices=history.WHATS,
        metavar="WHAT",
        help=w.t("only rows of this sort: {choices}", choices=", ".join(history.WHATS)),
    )


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    from progression.commands import running

    asked = parser.add_mutually_exclusive_group()

    def flag(name: str, text: str) -> None:
        asked.add_argument(name, action="store_true", help=text)

    flag("--running", w.t("what runs"))
    flag("--ending-soon", w.t("what runs and ends within {n} days, or should have", n=running.SOON_DAYS))
    flag("--waiting", w.t("who waits"))
    flag("--exempt", w.t("who is exempt"))
    asked.add_argument(
        "--combination",
        nargs="?",
        const="",
        metavar="KINDS",
        help=w.t("who has this combination in force, such as job+social or none; alone: everybody's"),
    )
    flag("--passive", w.t("every period without an active intervention"))
    flag("--passive-share", w.t("how much of each month was without an active intervention"))
    asked.add_argument(
        "--without",
        type=a_count(w),
        metavar="MONTHS",
        help=w.t("who has been without active intervention or mentor for so many months"),
    )
    flag("--waiting-times", w.t("how long is waited for what"))
    flag("--offers", w.t("offers and their places"))
    flag("--providers", w.t("who provides what runs"))
    flag("--strategy", w.t("what each category is to get, when, and beside what"))
    parser.add_argument("--months", type=a_count(w), default=24, help=w.t("how many months back (24)"))
    parser.add_argument("--caseworker", metavar="KEY", help=w.t("only citizens of this colleague (key)"))


def _misused(given: argparse.Namespace, w: Words) -> str:
    if given.combination and combination.read_key(given.combination) is None:
        kinds = ", ".join((*combination.ORDER[:-1], combination.OTHER, combination.NONE))
        return w.t("{value} is not a combination; join these with +: {kinds}", value=given.combination, kinds=kinds)
    return ""


COMMANDS = (
    Command(
        "timeline",
        N_("everything about one citizen by date: periods, interventions, conversations, decisions"),
        ("timeline S0001", "timeline S0001 --only phase", "timeline S0001 --as-of 2026-05-01 --format json"),
        timeline,
        _timeline_arguments,
        rows=True,
        dated=True,
    ),
    Command(
        "interventions",
        N_("interventions, running and ended; who waits, who is without"),
        (
            "interventions --running",
            "interventions --combination job+social",
            "interventions --passive-share --months 24",
            "interventions --without 12",
            "interventions --waiting-times",
        ),
        interventions,
        _arguments,
        rows=True,
        dated=True,
        misused=_misused,
    ),
)
