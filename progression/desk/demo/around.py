"""Who else is around the invented citizens: caseworker changes, colleagues in other roles, professionals, consents.

Drawn from each citizen's own number, so that what else the demo holds does not change with it.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from progression.casework.values import (
    Assignment,
    CaseReview,
    Citizen,
    Consent,
    Handover,
    Person,
    Planned,
    Professional,
)
from progression.desk.demo import names
from progression.desk.demo.people import Invented, draw_name

Around = Assignment | Professional | Consent | Handover | CaseReview
_DAY = dt.timedelta(days=1)
WITHOUT_EVERY = 23  # of so many citizens one has no caseworker at the moment
EAST = "Team Øst"
PROFESSIONALS = (
    ("", "læge", "Lægehuset i Sundvig", "Helbred og medicin"),
    ("Ida Ibsen", "psykolog", "Psykologerne ved Åen", "Forløb og fremmøde"),
    ("Per Poulsen", "kontaktperson", "Socialpsykiatrien", "Bolig og hverdag"),
    ("Gry Gade", "misbrugskonsulent", "Rusmiddelcentret", "Behandling og aftaler"),
    ("", "fysioterapeut", "Sundhedshuset", "Skånehensyn"),
)
CHANGES: tuple[tuple[Planned, str, int], ...] = (
    ("planned", "Omfordeling af sager", 0),
    ("unplanned", "Sygdom", 11),
    ("planned", "Nyt område", 0),
    ("unplanned", "Fratrådt", 24),
    ("", "", 0),
)
FEEDBACK = (
    "Målet er klart, og borgerens egne ord står i planen. Aftal en ny dato for mentorens timer.",
    "Samtalerne er holdt til tiden. Samtykket til lægen skal fornyes.",
)


def own(number: str) -> np.random.Generator:
    """A generator of a citizen's own."""
    return np.random.default_rng(zlib.crc32(number.encode()))


def in_other_roles(people: Sequence[Person], used: set[str]) -> list[Person]:
    """A job consultant and a mentor."""
    rng = own("colleagues")
    found: list[Person] = []
    taken = {person.person for person in people}
    for role in ("jobkonsulent", "mentor"):
        while True:
            name = draw_name(rng, used)
            key = "".join(part[0] for part in name.split()).lower()
            if key not in taken:
                break
        taken.add(key)
        phone, email = f"00 00 00 {len(people) + len(found) + 1:02d}", f"{key}@sundvig.example"
        found.append(Person(key, name, role, names.TEAM, phone, email))
    return found


def two_teams(people: Sequence[Person], caseworkers: int) -> list[Person]:
    """The same colleagues, the last caseworker in another team and without a norm of their own."""
    return [replace(p, team=EAST, norm=None) if n == caseworkers - 1 else p for n, p in enumerate(people)]


def settled(one: Invented, place: int, today: dt.date) -> Invented:
    """The same citizen, with how and why the caseworker changed, and days without one; `place` in the caseload."""
    rng = own(one.truth.number)
    rows = [value for value in one.values if isinstance(value, Assignment)]
    told = {rows[0]: rows[0]} if rows else {}
    for before, row in pairwise(rows):
        planned, reason, without = CHANGES[int(rng.integers(len(CHANGES)))]
        told[row] = replace(row, planned=planned, reason=reason)
        gap = min(without, (row.start - before.start).days // 4)
        told[before] = replace(told[before], end=row.start - (1 + gap) * _DAY)
    open_case = not any(isinstance(value, Citizen) and value.case_closed for value in one.values)
    if rows and open_case and place % WITHOUT_EVERY == WITHOUT_EVERY - 1:
        told[rows[-1]] = replace(told[rows[-1]], end=max(rows[-1].start, today - 12 * _DAY))
    changed = tuple(told[value] if isinstance(value, Assignment) else value for value in one.values)
    return Invented(one.truth, changed)


def of(one: Invented, people: Sequence[Person], lead: str, today: dt.date) -> Iterator[Around]:
    """Everything else around a citizen; `people`: the job consultant and the mentor; `lead` reviews cases."""
    rng = own(one.truth.number + "around")
    citizen = next(value for value in one.values if isinstance(value, Citizen))
    rows = [value for value in one.values if isinstance(value, Assignment)]
    first, last = one.truth.first, citizen.case_closed or today
    yield from _other_roles(citizen.citizen, rng, people, first, last)
    for n, (before, row) in enumerate(pairwise(rows)):
        yield Handover(
            citizen.citizen, f"{one.truth.number}-O{n + 1}", row.start, before.caseworker, row.caseworker, row.reason,
            row.planned, "told,sheet,talks" if row.planned == "planned" else "sheet",
            "Ring om formiddagen." if row.planned == "planned" else "",
        )  # fmt: skip
    yield from _professionals(citizen.citizen, one.truth.number, rng, first, last)
    if rows and rng.random() < 0.06 and first < dt.date(today.year, 1, 1):
        day = max(dt.date(today.year, 1, 1), today - dt.timedelta(days=int(rng.integers(5, 90))))
        feedback = FEEDBACK[int(rng.integers(len(FEEDBACK)))]
        yield CaseReview(citizen.citizen, f"{one.truth.number}-G1", day, lead, "contact,plan,words", feedback)


def _other_roles(
    citizen: str, rng: np.random.Generator, people: Sequence[Person], first: dt.date, last: dt.date
) -> Iterator[Assignment]:
    for person, role, share, after in zip(people, ("job", "mentor"), (0.4, 0.25), (110, 200), strict=True):
        start = first + dt.timedelta(days=after)
        if rng.random() < share and start < last:
            yield Assignment(citizen, person.person, start, None if rng.random() < 0.8 else last, role)


def _professionals(
    citizen: str, number: str, rng: np.random.Generator, first: dt.date, last: dt.date
) -> Iterator[Professional | Consent]:
    chosen = rng.permutation(len(PROFESSIONALS))[: int(rng.integers(0, 3))]
    for n, place in enumerate(chosen, 1):
        name, profession, organisation, what = PROFESSIONALS[int(place)]
        met = first + dt.timedelta(days=int(rng.integers(10, 60)))
        if met >= last:
            return
        phone = f"00 00 {rng.integers(10, 99)} {rng.integers(10, 99)}"
        yield Professional(citizen, f"{number}-F{n}", name, profession, organisation, phone, start=met)
        if rng.random() < 0.15:
            continue
        ahead = int(rng.choice((-40, -12, 9, 24, 90, 180, 300)))  # a year at a time; some were not renewed
        until = last + dt.timedelta(days=ahead)
        start = max(met, until - dt.timedelta(days=365))
        yield Consent(citizen, f"{number}-C{n}", min(start, last), name or organisation, what, until)
