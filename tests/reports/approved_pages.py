"""Pages of every kind of document as pictures, from one vault whose facts and day stand still.

`tools/approve_pages.py` writes them to `tests/data/approved`, where a person looks at them; a test compares.

Tolerance: no square of 8 × 8 pixels differs by more than 24 of 255 in the mean of any colour. That lets another poppler
smooth a letter's edge otherwise, and finds a word that moved, a line that is gone and a colour that changed.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import citizen_cases
import karsten
from desk_cases import make, round_of
from PIL import Image, ImageChops

from progression.casework.values import Assignment, Citizen, Conversation, Handover, Intervention, Person
from progression.desk import documents, letterhead, settings
from progression.reports.letterhead import Letterhead
from progression.reports.letterhead_logo import prepared

APPROVED = Path(__file__).resolve().parent.parent / "data" / "approved"
KINDS = ("citizen", "case", "handover", "callin", "team")
DPI, SQUARE, MOST = 60, 8, 24
COLOURS = 160  # of the pictures kept, so that they stay small


def values():
    """Everything about Karsten, and who is around him."""
    course = citizen_cases.full()
    yield from (
        Person(key, name, phone="58 00 00 24", email=f"{key}@sundvig.example") for key, name in karsten.NAMES.items()
    )
    yield course.citizen
    for rows in (
        course.assignments, course.assessments, course.interventions, course.categories, course.plan, course.notes,
    ):  # fmt: skip
        yield from rows
    yield from (replace(talk, id=talk.id or f"t{n}") for n, talk in enumerate(course.conversations))
    yield from (replace(one, about="citizen") for one in course.decisions)
    yield Handover("c1", "o1", karsten.TODAY, "pd", "mha", "Sygdom", "unplanned", "told,sheet", "Ring om formiddagen.")


def colleagues():
    """Others of Karsten's team, so that a team has figures: thirty of five caseworkers, most with something running."""
    first = karsten.TODAY - timedelta(540)
    team = (*karsten.NAMES, "ak", "bl")
    yield from (Person(key, name) for key, name in (("ak", "Anne Krarup"), ("bl", "Bo Lind")))
    for n in range(30):
        who, key = f"d{n:02}", team[n % 5]
        yield Citizen(who, f"H1{n:02}", "", benefit_start=first, team="Team Vest")
        yield Assignment(who, key, first)
        for k in range(6):
            day = first + timedelta(90 * k + n)
            yield from round_of(who, day, 2.2 + (n % 7) / 7 + (0.12 * k if n % 3 else -0.05 * k), key)
            yield Conversation(who, day, f"t{n}-{k}", caseworker=key)
        if n % 3:
            yield Intervention(who, "i", ("mentor", "smaajob")[n % 2], first + timedelta(60 + n))


def paper():
    """A letterhead with a logo: a square and a bar."""
    drawn, out = Image.new("RGB", (300, 120), "white"), BytesIO()
    drawn.paste((0, 89, 179), (0, 0, 110, 120))
    drawn.paste((26, 60, 94), (130, 70, 300, 120))
    drawn.save(out, "PNG")
    return Letterhead(
        "Sundvig Kommune", "Jobcentret", ("Torvet 1, 0000 Sundvig", "Telefon 58 00 00 00"), "sundvig.example",
        "#1a3c5e", "#0059b3", prepared(out.getvalue(), "x"),
    )  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    """Every document as PDF, from a vault in this folder."""
    session = make(folder / "vault", (*values(), *colleagues()), day=karsten.TODAY)
    try:
        settings.put(session, "municipality", "Sundvig Kommune")
        letterhead.put(session, paper())
        about = {kind: "Team Vest" if kind == "team" else "c1" for kind in KINDS}
        return {kind: documents.read(session, kind, subject).made().data for kind, subject in about.items()}
    finally:
        session.vault.close(backup=False)


def pages(folder: Path) -> dict[str, Image.Image]:
    """Every page as a picture, by "kind-page"."""
    found = {}
    for kind, data in files(folder).items():
        path = folder / f"{kind}.pdf"
        path.write_bytes(data)
        command = ["pdftoppm", "-r", str(DPI), "-png", str(path), str(folder / kind)]
        subprocess.run(command, check=True)
        for n, picture in enumerate(sorted(folder.glob(f"{kind}-*.png")), 1):
            with Image.open(picture) as opened:
                found[f"{kind}-{n}"] = opened.convert("RGB")
    return found


def kept(picture: Image.Image) -> Image.Image:
    """A page as it is kept: few colours, so that the file is small."""
    return picture.quantize(COLOURS, dither=Image.Dither.NONE)


def difference(one: Image.Image, other: Image.Image) -> tuple[int, tuple[int, int]]:
    """The largest difference of a square, and where it is (pixels from the top left); 255 for another size."""
    if one.size != other.size:
        return 255, (0, 0)
    squares = ((one.width + SQUARE - 1) // SQUARE, (one.height + SQUARE - 1) // SQUARE)
    small = [picture.convert("RGB").resize(squares, Image.Resampling.BOX) for picture in (one, other)]
    channels = ImageChops.difference(*small).split()
    worst = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    most = worst.getextrema()[1]
    place = list(worst.tobytes()).index(most)
    return int(most), (place % squares[0] * SQUARE, place // squares[0] * SQUARE)
