"""people, caseload, reviews, handover: who is responsible for whom, and how it changes hands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from progression.casework.checklists import read
from progression.commands.base import Command, Context, a_date, find_citizen
from progression.commands.output import emit
from progression.words import N_, Words
from progression.words import people as said

if TYPE_CHECKING:
    from progression.desk.caseload import CaseloadPage, Load, Responsibility
    from progression.desk.session import Session


def people(context: Context) -> int:
    """Print the colleagues, each with the citizens they have on the day."""
    from progression.desk import caseload
    from progression.desk import people as nouns

    with context.session() as session:
        found = nouns.listing(session)
        loads = {row.key: row for row in caseload.page(session).rows}
    w = context.w
    rows = []
    for p in found:
        load = loads.get(p.person)
        other = load.other if load else {}
        rows.append(
            {"person": p.person, "name": p.name, "role": p.role, "team": p.team, "phone": p.phone, "email": p.email,
             "norm": p.norm, "citizens": len(load.citizens) if load else 0,
             **{role: other.get(role, 0) for role in caseload.ROLES}}
        )  # fmt: skip
    headings = {
        "person": w.t("Key"), "name": w.t("Name"), "role": w.t("Role"), "team": w.t("Team"), "phone": w.t("Phone"),
        "email": w.t("E-mail"), "norm": w.t("Norm"), "citizens": w.t("Citizens"),
        **{role: w.t(said.ROLES[role]) for role in caseload.ROLES},
    }  # fmt: skip
    emit(context, "people", rows, headings)
    return 0


def caseload(context: Context) -> int:
    """Print caseloads by colleague, team or citizen."""
    from progression.desk import caseload as operations

    given = context.arguments
    with context.session() as session:
        for code, low, high in given.set_norm or ():
            operations.set_norm(session, code, low, high)
        page = operations.page(session)
    w = context.w
    if given.by == "citizen":
        rows, headings, shown = [_citizen_row(one, page) for one in page.citizens], _citizen_headings(w), {}
    else:
        loads = page.teams if given.by == "team" else page.rows
        rows, headings = [_load_row(load, given.by) for load in loads], _load_headings(w, given.by)
        shown = {"norm": [said.norm(w, load) for load in loads]}
        if given.format == "csv":  # a script wants the figures, not the sentence
            headings = dict.fromkeys((name for row in rows[:1] for name in row), "") or headings
        if given.by == "team":
            shown["team"] = [load.name or w.t("(no team)") for load in loads]
    extra = {"as_of": page.today, "without_caseworker": len(page.without), "norms": _norm_rows(page)}
    emit(context, "caseload", rows, headings, extra=extra, shown=shown)
    if given.format == "table":
        print("\n" + said.without_caseworker(w, len(page.without)))
        print(said.norms(w, page.norms))
    return 0


def _load_row(load: Load, by: str) -> dict[str, Any]:
    known = (
        {"team": load.team, "colleagues": load.colleagues}
        if by == "team"
        else {"person": load.key, "name": load.name, "role": load.role, "team": load.team}
    )
    n = len(load.citizens)
    return known | {
        "citizens": n,
        "norm_low": load.low,
        "norm_high": load.high,
        "norm_own": load.own,
        "over_norm": load.over,
        **{role: load.other.get(role, 0) for role in ("job", "mentor", "external")},
        "changes": load.changes,
        "planned": load.count("planned"),
        "unplanned": load.count("unplanned"),
        "changes_per_citizen": round(load.changes / n, 2) if n else None,
        "days_without": load.without,
    }


def _load_headings(w: Words, by: str) -> dict[str, str]:
    first = (
        {"team": w.t("Team"), "colleagues": w.t("Colleagues")}
        if by == "team"
        else {"name": w.t("Name"), "role": w.t("Role"), "team": w.t("Team")}
    )
    return first | {
        "citizens": w.t("Citizens"),
        "norm": w.t("Norm"),
        "over_norm": w.t("Over the norm"),
        "changes": w.t("Changes"),
        "planned": w.t("planned"),
        "unplanned": w.t("unplanned"),
        "changes_per_citizen": w.t("per citizen"),
        "days_without": w.t("Days without"),
    }


def _citizen_row(one: Responsibility, page: CaseloadPage) -> dict[str, Any]:
    names = {key: person.name or key for key, person in page.people.items()}
    return {
        "citizen_id": one.number,
        "name": one.name,
        "caseworker": names.get(one.caseworker, one.caseworker),
        "since": one.since,
        "changes": len(one.changes),
        "planned": one.count("planned"),
        "unplanned": one.count("unplanned"),
        "days_without": one.without,
        "last_change": one.changes[-1].day if one.changes else None,
    }


def _citizen_headings(w: Words) -> dict[str, str]:
    return {
        "citizen_id": w.t("Citizen"), "name": w.t("Name"), "caseworker": w.t("Caseworker"), "since": w.t("Since"),
        "changes": w.t("Changes"), "planned": w.t("planned"), "unplanned": w.t("unplanned"),
        "days_without": w.t("Days without"), "last_change": w.t("Last change"),
    }  # fmt: skip


def _norm_rows(page: CaseloadPage) -> list[dict[str, Any]]:
    from progression.casework.norms import as_rows

    return as_rows(page.norms)


def handover(context: Context) -> int:
    """Hand over one citizen or a whole caseload, take one back, or list what was handed over."""
    from progression.desk import handover as operations

    given, w = context.arguments, context.w
    with context.session() as session:
        if given.take_back:
            operations.take_back(session, given.take_back)
            print(w.t("Taken back. Everything stands as before the hand-over."))
            return 0
        if given.to is None:
            return _list_handovers(context, session)
        handing = _handing(context, session)
        if given.all_of:
            done = operations.all_of(session, given.all_of, handing)
        else:
            done = operations.one(session, find_citizen(session, given.citizen), handing)
    print(said.handed_over(w, len(done.citizens), done.talks))
    print(w.t("To take it back: progression handover --take-back {id}", id=done.id))
    return 0


def _handing(context: Context, session: Session) -> Any:
    from progression.desk.handover import Handing

    given = context.arguments
    return Handing(
        to_person=given.to,
        date=given.date or session.today(),
        planned="unplanned" if given.unplanned else "planned",
        reason=given.reason or "",
        checklist=tuple(given.done or ()),
        note=given.note or "",
    )


def _list_handovers(context: Context, session: Session) -> int:
    from progression.desk import citizens, vaults
    from progression.desk import handover as operations
    from progression.desk import people as nouns

    given, w = context.arguments, context.w
    who = find_citizen(session, given.citizen) if given.citizen else None
    vaults.log_view(session, "handover")
    numbers = {c.citizen: c.number for c in citizens.listing(session)}
    names = nouns.everybody(session)
    found = operations.listing(session, who)
    rows = [
        {
            "citizen_id": numbers.get(h.citizen, h.citizen),
            "date": h.date,
            "from": names.get(h.from_person, h.from_person) or None,
            "to": names.get(h.to_person, h.to_person),
            "planned": h.planned,
            "reason": h.reason,
            "done": list(read(h.checklist)),
            "id": h.id,
        }
        for h in found
    ]
    headings = {
        "citizen_id": w.t("Citizen"), "date": w.t("Date"), "from": w.t("From"), "to": w.t("To"),
        "planned": w.t("Planned"), "reason": w.t("Reason"), "done": w.t("Done of the checklist"), "id": w.t("Id"),
    }  # fmt: skip
    total = len(said.HANDOVER_CHECKLIST)
    shown = {
        "planned": [w.t(said.PLANNED[h.planned]) for h in found],
        "done": [w.t("{n} of {total}", n=len(read(h.checklist)), total=total) for h in found],
    }
    emit(context, "handover", rows, headings, shown=shown)
    return 0


def reviews(context: Context) -> int:
    """Print this year's sample of cases to look through, and what was said of those that were."""
    from progression.desk import reviews as operations

    with context.session() as session:
        page = operations.page(session)
    w = context.w
    rows = [
        {
            "citizen_id": row.case.number,
            "name": row.case.name,
            "caseworker": page.people.get(row.caseworker, row.caseworker) or None,
            "date": row.review.date if row.review else None,
            "reviewer": page.people.get(row.review.reviewer, row.review.reviewer) if row.review else None,
            "done": list(read(row.review.checklist)) if row.review else [],
            "feedback": row.review.feedback if row.review else "",
        }
        for row in page.rows
    ]
    headings = {
        "citizen_id": w.t("Citizen"), "name": w.t("Name"), "caseworker": w.t("Caseworker"),
        "date": w.t("Reviewed"), "reviewer": w.t("Reviewer"), "done": w.t("Checklist"),
        "feedback": w.t("Feedback"),
    }  # fmt: skip
    total = len(said.REVIEW_CHECKLIST)
    kept = [row.review.checklist if row.review else None for row in page.rows]
    done = ["–" if one is None else w.t("{n} of {total}", n=len(read(one)), total=total) for one in kept]
    extra = {"year": page.year, "per_caseworker": page.per_caseworker}
    emit(context, "reviews", rows, headings, extra=extra, shown={"done": done})
    return 0


def _caseload_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument(
        "--by", choices=("person", "team", "citizen"), default="person", help=w.t("one row for each of these")
    )
    parser.add_argument(
        "--set-norm", action="append", type=_a_norm(w), metavar="CODE=LOW-HIGH",
        help=w.t("the municipality's own norm, such as under_30=35-50"),
    )  # fmt: skip


def _a_norm(w: Words) -> Callable[[str], tuple[str, int, int]]:
    def read(text: str) -> tuple[str, int, int]:
        code, _, figures = text.partition("=")
        low, _, high = figures.partition("-")
        if not code or not low.isdigit() or not high.isdigit():
            raise argparse.ArgumentTypeError(w.t("{value} is not a norm like under_30=35-50", value=text))
        return code, int(low), int(high)

    return read


def _handover_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    from progression.casework.checklists import HANDOVER

    parser.add_argument("citizen", nargs="?", metavar="CITIZEN", help=w.t("the citizen's number (citizen_id)"))
    parser.add_argument("--all-of", metavar="PERSON", help=w.t("everybody this colleague is responsible for"))
    parser.add_argument("--to", metavar="PERSON", help=w.t("the key of the new caseworker"))
    parser.add_argument("--date", type=a_date(w), metavar="DATE", help=w.t("the new caseworker's first day; today"))
    parser.add_argument("--unplanned", action="store_true", help=w.t("illness, or another sudden change"))
    parser.add_argument("--reason", metavar="TEXT", help=w.t("why"))
    parser.add_argument("--note", metavar="TEXT", help=w.t("what is important to know, on the hand-over sheet"))
    parser.add_argument("--done", action="append", choices=HANDOVER, help=w.t("what of the checklist is done"))
    parser.add_argument("--take-back", metavar="ID", help=w.t("undo a hand-over as one act"))


def _misused(given: argparse.Namespace, w: Words) -> str:
    if given.take_back:
        return w.t("--take-back stands alone") if given.to or given.citizen or given.all_of else ""
    if given.citizen and given.all_of:
        return w.t("name a citizen or --all-of PERSON, not both")
    if given.to is not None and not (given.citizen or given.all_of):
        return w.t("name a citizen, or --all-of PERSON")
    asked: Mapping[str, Any] = {name: getattr(given, name) for name in ("all_of", "date", "unplanned", "reason")}
    if given.to is None and any(asked.values()):
        return w.t("--to PERSON is missing")
    return ""


COMMANDS = (
    Command(
        "people", N_("the colleagues, and how many citizens they have"), ("people",), people, rows=True, dated=True
    ),
    Command(
        "caseload",
        N_("caseloads against the norm, caseworker changes and days without a caseworker"),
        ("caseload", "caseload --by team --as-of 2026-05-01", "caseload --by citizen --format csv"),
        caseload,
        _caseload_arguments,
        rows=True,
        dated=True,
    ),
    Command(
        "handover",
        N_("hand over a citizen or a whole caseload; without --to: what was handed over"),
        (
            "handover S0001 --to kb --date 2026-06-01 --reason Orlov",
            "handover --all-of mb --to kb --unplanned --reason Sygdom",
            "handover",
        ),
        handover,
        _handover_arguments,
        rows=True,
        misused=_misused,
    ),
    Command(
        "reviews",
        N_("the year's sample of cases to look through, and the feedback"),
        ("reviews", "reviews --format json"),
        reviews,
        rows=True,
        dated=True,
    ),
)
