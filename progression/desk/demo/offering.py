"""What the invented municipality offers: providers with somebody to call, offers with places, waits that are over,
interventions agreed for later, and the categories that say who gets what.

Nothing here changes a period of any citizen: a wait that is over lies within days on which something ran, and what is
agreed begins after today. Drawn from each citizen's own number, as in `around`.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from progression.casework.timeline import in_force
from progression.casework.values import Intervention, Offer, Provider
from progression.desk.demo import names
from progression.desk.demo.around import own
from progression.desk.demo.people import Invented

CATEGORIES = "halsnaes"
QUEUED = {"mentor": "Mentor", "virksomhedspraktik": "Virksomhedspraktik", "sundhedsindsats": "Fysioterapi"}
SHORTEST, LONGEST = 21, 150  # days of a wait that is over
AGREED_EVERY = 9  # of so many citizens without anything one has something agreed
CONTACTS = ("Ole Brink", "Rikke Falk", "Tina Toft", "Pia Lund", "Ulla Mørk", "Kurt Dam", "Line Bech", "Eva Holst")
OFFERS: tuple[tuple[str, str, str, str, float | None], ...] = (
    ("o1", "Mentor, to timer om ugen", "mentor", "Mentorkorpset", 26.0),
    ("o2", "Mestringsforløb, ti uger", "mestring", "Sundhedshuset", 8.0),
    ("o3", "CV-værksted", "cv_vaerksted", "Jobcentret", 10.0),
    ("o4", "Genbrugsbutikken", "virksomhedspraktik", "Sundvig Genbrug", 3.0),
    ("o5", "Smerteklinik", "sundhedsindsats", "Smerteklinikken", 4.0),
    ("o6", "FVU-dansk", "vejledning_opkvalificering", "VUC Sundvig", None),
)


def providers() -> list[Provider]:
    """Everybody who runs something, with somebody to ask for."""
    found = sorted({name for rows in names.PROVIDERS.values() for name in rows if name})
    return [
        Provider(f"p{n + 1}", name, contact(name), f"00 00 10 {n + 10:02d}", note="") for n, name in enumerate(found)
    ]


def offers() -> list[Offer]:
    """What there is places in."""
    return [
        Offer(key, name, kind, provider, places, contact=contact(provider))
        for key, name, kind, provider, places in OFFERS
    ]


def contact(provider: str) -> str:
    """Whom to ask for at a provider, always the same."""
    return CONTACTS[zlib.crc32(provider.encode()) % len(CONTACTS)] if provider else ""


def furnished(one: Invented, today: dt.date) -> Invented:
    """The same citizen, each intervention with a contact and its offer, each wait with when it is expected to end."""
    return replace(one, values=tuple(_furnished(v, today) if isinstance(v, Intervention) else v for v in one.values))


def _furnished(row: Intervention, today: dt.date) -> Intervention:
    rng = own(row.id)
    offer = next((key for key, _, kind, at, _ in OFFERS if (kind, at) == (row.type, row.provider)), "")
    made = replace(row, contact=contact(row.provider), offer=offer)
    if row.type == "venter" and row.end is None and rng.random() < 0.8:
        made = replace(made, expected_start=today + dt.timedelta(days=int(rng.integers(-20, 120))))
    if row.type == "loentilskud":
        made = replace(made, sector="private" if rng.random() < 0.5 else "public")
    if row.type == "virksomhedspraktik" and row.hours_per_week and rng.random() < 0.3:
        made = replace(made, ordinary_hours=2.0)
    return made


def more(one: Invented, today: dt.date) -> Iterator[Intervention]:
    """Waits of this citizen that are over, and what is agreed for later."""
    rows = [value for value in one.values if isinstance(value, Intervention)]
    for row in rows:
        days = own(f"{row.id} wait").integers(SHORTEST, LONGEST)
        first = row.start - dt.timedelta(days=int(days))
        if row.type in QUEUED and _active_throughout(rows, first, row.start):
            yield Intervention(
                row.citizen, f"{row.id}-V", "venter", first, title="Venter", end=row.start - dt.timedelta(days=1),
                ended_because="Kom i gang", waiting_for=QUEUED[row.type],
            )  # fmt: skip
    person = one.values[0]
    idle = not any(row.end is None or row.end >= today for row in rows) and not one.truth.pattern.startswith("into")
    if idle and zlib.crc32(one.truth.number.encode()) % AGREED_EVERY == 0:
        start = today + dt.timedelta(days=int(own(one.truth.number).integers(6, 40)))
        yield Intervention(
            person.citizen, f"{one.truth.number}-A", "mentor", start, title="Mentor", provider="Mentorkorpset",
            hours_per_week=2.0, contact=contact("Mentorkorpset"), offer="o1",
        )  # fmt: skip


def _active_throughout(rows: Sequence[Intervention], first: dt.date, until: dt.date) -> bool:
    """Whether one and the same intervention that counts as active ran from before `first` to `until`."""
    return any(
        row.start <= first and (row.end is None or row.end >= until) for row in in_force(rows, first)
        if row.type not in ("venter", "fritaget", "bostoette")
    )  # fmt: skip
