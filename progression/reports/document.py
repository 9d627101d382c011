"""The frame around every report: tagged A4 pages with header, footer and "page x of y", metadata, one write at the end.

The document is made in memory and written once, so that no half report and no temporary file with personal data is
ever left. Given the same content and date the bytes are the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from progression.charts.layout import shorten
from progression.errors import KnownError
from progression.reports import fonts, tagged
from progression.reports.ink import Ink, measure
from progression.reports.styles import BOTTOM, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TOP, WIDTH
from progression.words import Words

HEADER_SIZE, FOOTER_SIZE = 8.5, 8.0
Story = Callable[[], list[Flowable]]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands around the content: `title`, `author`, `subject` and `made_on` are metadata, the rest is printed on
    every page."""

    title: str
    author: str
    subject: str
    header_left: str
    header_right: str
    footer: str
    made_on: date


@dataclass(frozen=True, slots=True)
class Made:
    """A finished report: the file, how many pages it has, and the letters the font lacks, which it shows as a sign."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...] = ()


def render(story: Story, cover: Cover, w: Words) -> Made:
    """Make the PDF: tagged, PDF/UA-1 and PDF/A-2a, the same bytes for the same story, cover and language."""
    fonts.register()
    out = BytesIO()
    made = datetime.combine(cover.made_on, time(12))
    with tagged.missing() as missing:
        metadata = tagged.Metadata(
            title=cover.title,
            language="da-DK" if w.language == "da" else "en-GB",
            made=made,
            author=cover.author,
            subject=cover.subject,
            creator="Progression",
        )
        # the canvas's own default font would stand in the file without being embedded
        document = BaseDocTemplate(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), initialFontName=fonts.REGULAR)
        frame = Frame(MARGIN, BOTTOM, WIDTH, PAGE_HEIGHT - TOP - BOTTOM, 0, 0, 0, 0, id="content")
        document.addPageTemplates([PageTemplate("page", [frame])])

        def around(canvas: tagged.TaggedCanvas, page: int, pages: int) -> None:
            with canvas.artifact(pagination=True):
                _margins(canvas, cover, w, page, pages)

        document.build(story(), canvasmaker=partial(tagged.TaggedCanvas, metadata=metadata, margins=around))
    return Made(out.getvalue(), int(document.page), tuple(sorted(missing)))


def _margins(canvas: Any, cover: Cover, w: Words, page: int, pages: int) -> None:
    ink, right = Ink(canvas), PAGE_WIDTH - MARGIN
    top, bottom = PAGE_HEIGHT - 44.0, 42.0
    ink.line([(MARGIN, top - 8), (right, top - 8)], "line-2", 0.7)
    room = WIDTH - measure(cover.header_right, size=HEADER_SIZE) - 16
    left = shorten(cover.header_left, room, partial(measure, size=HEADER_SIZE))
    ink.text((MARGIN, top), left, "text-2", size=HEADER_SIZE)
    ink.text((right, top), cover.header_right, "text-2", align="right", size=HEADER_SIZE)
    ink.line([(MARGIN, bottom), (right, bottom)], "line-2", 0.7)
    number = w.t("Page {page} of {pages}", page=page, pages=pages)
    ink.text((right, bottom - 13), number, "text-2", align="right", size=FOOTER_SIZE)
    room = WIDTH - measure(number, size=FOOTER_SIZE) - 16
    for n, line in enumerate(_wrap(cover.footer, room)):
        ink.text((MARGIN, bottom - 13 - n * 10.5), line, "text-2", size=FOOTER_SIZE)


def _wrap(text: str, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer, size=FOOTER_SIZE) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def write(pdf: bytes, out: BinaryIO | Path) -> None:
    """Write a finished report to where the user asked for it, complete or not at all.

    Raises KnownError "file.unwritable" (file) when the file cannot be written.
    """
    if not isinstance(out, Path):
        out.write(pdf)
        return
    try:
        _write_file(out, pdf)
    except OSError as error:
        raise KnownError("file.unwritable", file=out.name) from error


def _write_file(path: Path, pdf: bytes) -> None:
    # Straight to its name: a temporary file beside it would be a second copy of personal data if the program died.
    with path.open("wb") as file:
        try:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
