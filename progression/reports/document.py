"""The frame around every report: tagged A4 pages with header, footer and "page x of y", metadata, one write at the end.
The letterhead is round every page: logo and colours, its contact and footer below the document's own.

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

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from progression.charts.layout import shorten
from progression.errors import KnownError
from progression.reports import fonts, tagged
from progression.reports.ink import Ink, measure
from progression.reports.letterhead import PLAIN, Letterhead
from progression.reports.styles import BOTTOM, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TOP, WIDTH
from progression.words import Words

HEADER_SIZE, FOOTER_SIZE = 8.5, 8.0
QUIET_SIZE = 10.5  # of the header on a page for a citizen
QUIET_BOTTOM = 34.0
FOOT_LINE = 10.5  # points between lines at the foot
LOGO_WIDTH, LOGO_HEIGHT = 120.0, 26.0  # at most, in points
FOOT_LINES = 2  # of the letterhead, at most; `flow.TALLEST_ROW` leaves room for them
Story = Callable[[], list[Flowable]]


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands around the content: `title`, `author`, `subject` and `made_on` are metadata, the rest is printed on
    every page, `about` from the second page on: whose a loose page is. `quiet`: without rules and with larger letters;
    the page's number only where there are several."""

    title: str
    author: str
    subject: str
    header_left: str
    header_right: str
    footer: str
    made_on: date
    letterhead: Letterhead = PLAIN
    quiet: bool = False
    about: str = ""

    def bottom(self) -> float:
        """Points below the content."""
        return (QUIET_BOTTOM if self.quiet and not self.footer else BOTTOM) + FOOT_LINE * len(self.foot())

    def foot(self) -> list[str]:
        """The letterhead's own lines at the foot of each page."""
        told = " · ".join(part for part in (*self.letterhead.contact, self.letterhead.footer) if part)
        lines = _wrap(told, WIDTH) if told else []
        if len(lines) > FOOT_LINES:
            rest = " ".join(lines[FOOT_LINES - 1 :])
            last = shorten(rest, WIDTH, partial(measure, size=FOOTER_SIZE))
            lines = [*lines[: FOOT_LINES - 1], last]
        return lines


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
        bottom = cover.bottom()
        frame = Frame(MARGIN, bottom, WIDTH, PAGE_HEIGHT - TOP - bottom, 0, 0, 0, 0, id="content")
        document.addPageTemplates([PageTemplate("page", [frame], onPage=partial(_logo, cover.letterhead))])

        def around(canvas: tagged.TaggedCanvas, page: int, pages: int) -> None:
            with canvas.artifact(pagination=True):
                _margins(canvas, cover, w, page, pages)

        document.build(story(), canvasmaker=partial(tagged.TaggedCanvas, metadata=metadata, margins=around))
    return Made(out.getvalue(), int(document.page), tuple(sorted(missing)))


def _logo(letterhead: Letterhead, canvas: Any, _document: Any) -> None:
    """The logo at the top left: drawn as the page begins, so that it is among what the page uses."""
    if not letterhead.logo:
        return
    width, height = _logo_size(letterhead)
    with canvas.artifact(pagination=True):
        picture = ImageReader(BytesIO(letterhead.logo))
        canvas.drawImage(picture, MARGIN, PAGE_HEIGHT - 19 - height, width, height, mask=None)


def _logo_size(letterhead: Letterhead) -> tuple[float, float]:
    wide, high = ImageReader(BytesIO(letterhead.logo)).getSize()
    size = min(LOGO_WIDTH / wide, LOGO_HEIGHT / high)
    return wide * size, high * size


def _margins(canvas: Any, cover: Cover, w: Words, page: int, pages: int) -> None:
    ink = Ink(canvas)
    size = QUIET_SIZE if cover.quiet else HEADER_SIZE
    top, right = PAGE_HEIGHT - 44.0, PAGE_WIDTH - MARGIN
    text, line = (HexColor(colour) for colour in (cover.letterhead.text, cover.letterhead.line))
    start = MARGIN + (_logo_size(cover.letterhead)[0] + 9 if cover.letterhead.logo else 0.0)
    if not cover.quiet:
        ink.line([(MARGIN, top - 8), (right, top - 8)], line, 0.7)
    wide = partial(measure, size=size)
    about = shorten(cover.about, (right - start) / 2, wide) if page > 1 else ""
    told = " · ".join(part for part in (about, cover.header_right) if part)
    ink.text((start, top), shorten(cover.header_left, right - start - wide(told) - 16, wide), text, size=size)
    ink.text((right, top), told, text, align="right", size=size)
    _foot(ink, cover, w.t("Page {page} of {pages}", page=page, pages=pages) if pages > 1 or not cover.quiet else "")


def _foot(ink: Ink, cover: Cover, number: str) -> None:
    """The document's own footer and the page's number, then the letterhead's lines."""
    text, line = (HexColor(colour) for colour in (cover.letterhead.text, cover.letterhead.line))
    own, right = cover.foot(), PAGE_WIDTH - MARGIN
    y = cover.bottom() - 10
    if own or cover.footer or number:
        ink.line([(MARGIN, y), (right, y)], line, 0.7)
    y -= 13
    ink.text((right, y), number, text, align="right", size=FOOTER_SIZE)
    room = WIDTH - measure(number, size=FOOTER_SIZE) - 16
    lines = [*(_wrap(cover.footer, room) if cover.footer else [] if not number else [""]), *own]
    for n, told in enumerate(lines):
        ink.text((MARGIN, y - n * FOOT_LINE), told, text, size=FOOTER_SIZE)


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
