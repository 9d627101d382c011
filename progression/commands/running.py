"""`interventions`, its list: what runs, ends soon, waits or is exempt, in the columns each of them needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.casework import combination
from progression.casework.values import Citizen, Intervention, InterventionType
from progression.casework.waiting import Others
from progression.commands.base import Context
from progression.commands.output import emit
from progression.words import Words
from progression.words import interventions as said

if TYPE_CHECKING:
    from datetime import date

SOON_DAYS = 30
_FIELDS = (
    "type", "title", "provider", "start", "planned_end", "end", "ended_because", "hours_per_week", "waiting_for",
    "exempt_from", "review_date", "reason", "contact", "sector", "ordinary_hours", "external", "offer",
    "expected_start",
)  # fmt: skip
_ALL = (
    "citizen_id", "name", "type", "bip_type", "title", "provider", "start", "planned_end", "end", "earlier",
    "hours_per_week", "waiting_for", "exempt_from", "ended_because", "intervention_id",
)  # fmt: skip
_RUNNING = (
    "citizen_id", "name", "type", "bip_type", "title", "provider", "start", "planned_end", "hours_per_week", "earlier",
    "intervention_id",
)  # fmt: skip
_WAITING = (
    "citizen_id", "name", "waiting_for", "provider", "start", "days", "others_median_days", "expected_start",
    "intervention_id",
)  # fmt: skip
_EXEMPT = (
    "citizen_id", "name", "exempt_from", "reason", "start", "planned_end", "review_date", "intervention_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the list rests on: everybody by id, each with all interventions, and how long others wait for the same."""

    people: Mapping[str, Citizen]
    own: Mapping[str, Sequence[Intervention]]
    types: Mapping[str, InterventionType]
    others: Mapping[str, Others]
    today: date


def listing(context: Context) -> int:
    """Print interventions: all of them, or those an option asks for."""
    from progression.desk import citizens as operations
    from progression.desk import interventions as nouns
    from progression.desk import periods

    given = context.arguments
    with context.session("interventions") as session:
        people = {one.citizen: one for one in operations.listing(session)}
        responsible = operations.caseworkers(session) if given.caseworker else {}
        found = nouns.listing(session)
        others = {one.wait.id: one.others for one in periods.queued(session)} if given.waiting else {}
        types, today = nouns.types(session), session.today()
    own: dict[str, list[Intervention]] = {}
    for row in found:
        own.setdefault(row.citizen, []).append(row)
    looked = _Looked(people, own, types, others, today)
    chosen = [
        row
        for row in found
        if _asked_for(context, row, looked)
        and (not given.caseworker or responsible.get(row.citizen) == given.caseworker)
    ]
    _print(context, chosen, looked)
    return 0


def _asked_for(context: Context, row: Intervention, looked: _Looked) -> bool:
    given, today = context.arguments, looked.today
    if not (given.running or given.waiting or given.exempt or given.ending_soon):
        return True
    who = looked.people.get(row.citizen)
    closed = who is not None and who.case_closed is not None and who.case_closed < today
    if closed or row.start > today or (row.end is not None and row.end < today):
        return False
    state = looked.types[row.type].state if row.type in looked.types else ""
    last = row.end or row.planned_end
    if given.ending_soon:
        return not state and last is not None and (last - today).days <= SOON_DAYS
    return state == ("waiting" if given.waiting else "exempt" if given.exempt else "")


def _print(context: Context, found: Sequence[Intervention], looked: _Looked) -> None:
    w, given = context.w, context.arguments
    rows = [_row(one, looked) for one in found]
    shown_ones: tuple[str, ...] = _WAITING if given.waiting else _EXEMPT if given.exempt else _ALL
    shown_ones = _RUNNING if given.running or given.ending_soon else shown_ones
    words = _headings(w)
    headings = {name: words[name] for name in shown_ones}
    if given.format == "csv":  # everything there is, where nobody has to read it
        headings = dict.fromkeys([*_ALL, *rows[0]] if rows else (*_ALL, *_FIELDS), "")
    names = [w.pick(looked.types[one.type].name) if one.type in looked.types else one.type for one in found]
    kinds = [w.t(said.SHORT_TYPES[str(row["bip_type"])]) for row in rows]
    exempt = [w.t(said.EXEMPT_FROM[one.exempt_from]) if one.exempt_from in said.EXEMPT_FROM else one.exempt_from or "–"
              for one in found]  # fmt: skip
    emit(context, "interventions", rows, headings, shown={"type": names, "bip_type": kinds, "exempt_from": exempt})


def _row(one: Intervention, looked: _Looked) -> dict[str, Any]:
    who = looked.people.get(one.citizen)
    last = min(one.end or looked.today, looked.today)
    others = looked.others.get(one.id)
    return {
        "citizen_id": who.number if who else one.citizen,
        "name": who.name if who else "",
        "intervention_id": one.id,
        **{name: getattr(one, name) for name in _FIELDS},
        "bip_type": looked.types[one.type].bip_type if one.type in looked.types else "none",
        "earlier": combination.earlier(looked.own[one.citizen], one),
        "days": max(0, (last - one.start).days + 1),
        "others": others.citizens if others else None,
        "others_median_days": others.median_days if others else None,
    }


def _headings(w: Words) -> dict[str, str]:
    return {
        "citizen_id": w.t("Citizen"),
        "name": w.t("Name"),
        "type": w.t("Type"),
        "bip_type": w.t("BIP type"),
        "title": w.t("Title"),
        "provider": w.t("Provider"),
        "start": w.t("From"),
        "planned_end": w.t("Planned end"),
        "end": w.t("To"),
        "days": w.t("Days"),
        "others_median_days": w.t("Others, median days"),
        "earlier": w.t("Earlier"),
        "hours_per_week": w.t("Hours per week"),
        "waiting_for": w.t("Waits for"),
        "expected_start": w.t("Expected"),
        "exempt_from": w.t("Exempt from"),
        "reason": w.t("Reason"),
        "review_date": w.t("Review"),
        "ended_because": w.t("Why it ended"),
        "intervention_id": w.t("Id"),
    }
