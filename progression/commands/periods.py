"""What `interventions` answers beside its list: combinations, passive periods, shares, waiting, offers, strategy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from progression.casework import combination
from progression.commands.base import Context
from progression.commands.output import emit
from progression.words import Words
from progression.words import interventions as said
from progression.words.flags import STATES

if TYPE_CHECKING:
    from progression.casework.combination import Run
    from progression.casework.values import Citizen
    from progression.desk.session import Session

NAME = "interventions"
DECIMALS = 3  # of a share


def _people(session: Session, caseworker: str | None) -> Mapping[str, Citizen]:
    """Internal id -> citizen, of everybody or of one colleague's citizens."""
    from progression.desk import citizens

    responsible = citizens.caseworkers(session) if caseworker else {}
    return {
        one.citizen: one
        for one in citizens.listing(session)
        if not caseworker or responsible.get(one.citizen) == caseworker
    }


def combinations(context: Context) -> int:
    """Print the combination in force of each citizen, or who has the one asked for."""
    from progression.desk import periods

    given = context.arguments
    key = combination.read_key(given.combination) if given.combination else None
    with context.session("combinations") as session:
        people = _people(session, given.caseworker)
        found = [one for one in periods.combinations(session, key) if one.citizen in people]
    w = context.w
    rows = [
        {
            "citizen_id": people[one.citizen].number,
            "name": people[one.citizen].name,
            "combination": one.run.key,
            "state": one.run.state,
            "since": one.run.start,
            "days": one.days,
            "interventions": list(one.run.interventions),
        }
        for one in found
    ]
    headings = {
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "combination": w.t("Combination"),
        "state": w.t("State"),
        "since": w.t("Since"),
        "days": w.t("Days"),
        "interventions": w.t("Interventions"),
    }
    shown = {
        "combination": [said.combination(w, one.run.types) for one in found],
        "state": [w.t(STATES[one.run.state]) for one in found],
        "interventions": [", ".join(one.run.interventions) or "–" for one in found],
    }
    emit(context, NAME, rows, headings, shown=shown)
    return 0


def passive_periods(context: Context) -> int:
    """Print every period without an active intervention, running and past."""
    from progression.desk import periods

    with context.session("passive") as session:
        people = _people(session, context.arguments.caseworker)
        found = [one for one in periods.passive_periods(session) if one.citizen in people]
    w = context.w
    rows = [
        {
            "citizen_id": people[one.citizen].number,
            "name": people[one.citizen].name,
            "kind": one.kind,
            "start": one.start,
            "end": one.end,
            "days": one.days,
            "weeks": one.weeks,
            "before": _key(one.before),
            "after": _key(one.after),
        }
        for one in found
    ]
    headings = {
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "kind": w.t("Kind"),
        "start": w.t("From"),
        "end": w.t("To"),
        "days": w.t("Days"),
        "weeks": w.t("Weeks"),
        "before": w.t("Before"),
        "after": w.t("After"),
    }
    shown = {
        "kind": [w.t(STATES[one.kind]) for one in found],
        "before": [_told(w, one.before) for one in found],
        "after": [_told(w, one.after) for one in found],
    }
    emit(context, NAME, rows, headings, shown=shown)
    return 0


def _key(run: Run | None) -> str | None:
    return None if run is None else run.key if run.state == "active" else run.state


def _told(w: Words, run: Run | None) -> str:
    if run is None:
        return "–"
    return said.combination(w, run.types) if run.state == "active" else w.t(STATES[run.state])


def passive_share(context: Context) -> int:
    """Print how much of each month was without an active intervention: of the citizen-days, and on the last day."""
    from progression.desk import periods

    with context.session() as session:
        found = periods.passive_share(session, context.arguments.months)
    w = context.w
    rows = [
        {
            "month": f"{one.month:%Y-%m}",
            "citizens": one.citizens,
            "citizen_days": one.days,
            "passive_days": one.passive,
            "waiting_days": one.waiting,
            "exempt_days": one.exempt,
            "share_of_days": None if one.share is None else round(one.share, DECIMALS),
            "last_day": one.last_day,
            "citizens_last_day": one.there if one.share_last_day is not None else None,
            "without_last_day": one.without if one.share_last_day is not None else None,
            "share_last_day": None if one.share_last_day is None else round(one.share_last_day, DECIMALS),
        }
        for one in found
    ]
    headings = {
        "month": w.t("Month"),
        "citizens": w.t("Citizens"),
        "citizen_days": w.t("Citizen-days"),
        "passive_days": w.t("Passive"),
        "waiting_days": w.t("Waiting"),
        "exempt_days": w.t("Exempt"),
        "share_of_days": w.t("Share of citizen-days"),
        "last_day": w.t("Last day"),
        "citizens_last_day": w.t("Citizens that day"),
        "without_last_day": w.t("Without"),
        "share_last_day": w.t("Share of citizens that day"),
    }
    shown = {
        "month": [w.month_year(one.month) for one in found],
        "share_of_days": [_percent(w, one.share) for one in found],
        "share_last_day": [_percent(w, one.share_last_day) for one in found],
    }
    emit(context, NAME, rows, headings, shown=shown)
    return 0


def _percent(w: Words, share: float | None) -> str:
    return w.t("fewer than 5") if share is None else w.t("{share}%", share=w.number(100 * share, 1))


def without(context: Context) -> int:
    """Print who has been without an active intervention or mentor for at least so many whole months."""
    from progression.desk import periods

    months = context.arguments.without
    with context.session("without") as session:
        people = _people(session, context.arguments.caseworker)
        found = [one for one in periods.without(session, months) if one.citizen in people]
    w = context.w
    rows = [
        {
            "citizen_id": people[one.citizen].number,
            "name": people[one.citizen].name,
            "since": one.since,
            "months": one.months,
            "days": one.days,
            "state": one.state,
            "before": combination.key(one.before),
        }
        for one in found
    ]
    headings = {
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "since": w.t("Without since"),
        "months": w.t("Months"),
        "days": w.t("Days"),
        "state": w.t("State"),
        "before": w.t("Before"),
    }
    shown = {
        "state": [w.t(STATES[one.state]) for one in found],
        "before": [said.combination(w, one.before) for one in found],
    }
    emit(context, NAME, rows, headings, extra={"months": months}, shown=shown)
    return 0


def waiting_times(context: Context) -> int:
    """Print how long is waited for what."""
    from progression.desk import periods

    with context.session() as session:
        found = periods.waiting_times(session)
    w = context.w
    rows = [
        {
            "waiting_for": one.what,
            "waiting": one.waiting,
            "waited": one.waited,
            "median_days": one.median_days,
            "median_days_ended": one.median_waited,
            "longest_days": one.longest,
        }
        for one in found
    ]
    headings = {
        "waiting_for": w.t("Waits for"),
        "waiting": w.t("Wait now"),
        "waited": w.t("Have waited"),
        "median_days": w.t("Median, days so far"),
        "median_days_ended": w.t("Median of those that ended"),
        "longest_days": w.t("Longest now, days"),
    }
    shown = {
        "waiting_for": [one.what or "–" for one in found],
        "median_days": [_days(w, one.median_days, one.citizens) for one in found],
        "median_days_ended": [_days(w, one.median_waited, one.waited) for one in found],
        "longest_days": [_days(w, one.longest, one.waiting) for one in found],
    }
    emit(context, NAME, rows, headings, shown=shown)
    return 0


def _days(w: Words, days: float | None, citizens: int) -> str:
    """Days, or why there are none: a figure about fewer than five citizens is withheld."""
    if days is None:
        return w.t("fewer than 5") if citizens else "–"
    return w.number(days, 0 if float(days).is_integer() else 1)


def offers(context: Context, name: str = NAME) -> int:
    """Print offers and their places; `name`: of the list."""
    from progression.desk import interventions, offers

    with context.session() as session:
        found, types = offers.offers(session), interventions.types(session)
    w = context.w
    rows = [
        {
            "offer_id": one.offer.id,
            "name": one.offer.name,
            "type": one.offer.type,
            "provider": one.offer.provider,
            "places": one.offer.places,
            "taken": one.taken,
            "free": one.free,
            "waiting": one.waiting,
            "over": one.over,
            "open": one.open,
        }
        for one in found
    ]
    headings = {
        "name": w.t("Offer"),
        "type": w.t("Type"),
        "provider": w.t("Provider"),
        "places": w.t("Places"),
        "taken": w.t("Taken"),
        "free": w.t("Free"),
        "waiting": w.t("Waiting"),
        "over": w.t("Too many"),
        "open": w.t("Offered"),
        "offer_id": w.t("Id"),
    }
    kinds = [w.pick(types[one.offer.type].name) if one.offer.type in types else "–" for one in found]
    places = ["–" if one.offer.places is None else w.number(one.offer.places, 0) for one in found]
    emit(context, name, rows, headings, shown={"type": kinds, "places": places})
    return 0


def providers(context: Context, name: str = NAME) -> int:
    """Print who provides what runs; `name`: of the list."""
    from progression.desk import offers

    with context.session() as session:
        found = offers.providers(session)
    w = context.w
    rows = [
        {
            "provider": one.provider.name,
            "contact": one.provider.contact,
            "phone": one.provider.phone,
            "running": one.running,
            "citizens": one.citizens,
            "ending": one.ending,
            "offers": one.offers,
            "registered": bool(one.provider.id),
        }
        for one in found
    ]
    headings = {
        "provider": w.t("Provider"),
        "contact": w.t("Contact"),
        "phone": w.t("Phone"),
        "running": w.t("Running"),
        "citizens": w.t("Citizens"),
        "ending": w.t("Ending soon"),
        "offers": w.t("Offers"),
        "registered": w.t("Registered"),
    }
    emit(context, name, rows, headings)
    return 0


def strategy(context: Context) -> int:
    """Print what each category is to get, by when, and beside what: the picture's words as rows."""
    from progression.desk import categories, interventions

    with context.session() as session:
        found, types, today = categories.in_force(session), interventions.types(session), session.today()
    w = context.w
    cells = [(one, step) for one in found.on(today) for step in (one.expected or (None,))]
    rows = [
        {
            "category": one.code,
            "types": list(step.types) if step else [],
            "by_weeks": step.by_weeks if step else None,
            "parallel": list(step.parallel) if step else [],
            "conversation_weeks": one.weeks_between(0),
        }
        for one, step in cells
    ]
    headings = {
        "category": w.t("Category"),
        "types": w.t("One of"),
        "by_weeks": w.t("Within weeks"),
        "parallel": w.t("Beside it"),
        "conversation_weeks": w.t("Weeks between conversations"),
    }

    def named(codes: tuple[str, ...]) -> str:
        return ", ".join(w.pick(types[code].name) if code in types else code for code in codes) or "–"

    shown = {
        "category": [w.pick(one.name) for one, _ in cells],
        "types": [named(step.types if step else ()) for _, step in cells],
        "parallel": [named(step.parallel if step else ()) for _, step in cells],
    }
    emit(context, NAME, rows, headings, shown=shown)
    return 0
