"""Sizes, colours and paragraph styles of a report to the case, in points (A4, light theme)."""

from __future__ import annotations

from functools import lru_cache

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from progression.charts.tokens import THEMES
from progression.reports import fonts

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 40.0
TOP, BOTTOM = 62.0, 52.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
CHART_TEXT = 8.0


@lru_cache(maxsize=64)
def colour(token: str) -> HexColor:
    """Return the colour of a token in the light theme: print is always light. KeyError when there is none."""
    return HexColor(THEMES["light"][token])


@lru_cache(maxsize=16)
def mixed(token: str, ground: str) -> Color:
    """Return the colour halfway between two tokens: for a large area that must lie quietly behind curves."""
    one, other = colour(token), colour(ground)
    return Color((one.red + other.red) / 2, (one.green + other.green) / 2, (one.blue + other.blue) / 2)


def _style(
    name: str,
    size: float,
    leading: float,
    *,
    token: str = "text",
    font: str = fonts.REGULAR,
    right: bool = False,
    before: float = 0.0,
    after: float = 0.0,
    indent: float = 0.0,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        bulletFontName=font,
        fontSize=size,
        leading=leading,
        textColor=colour(token),
        alignment=2 if right else 0,
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=indent,
        bulletIndent=indent / 3,
        allowWidows=0,  # no line of a paragraph alone on a page
        allowOrphans=0,
    )


@lru_cache(maxsize=1)
def styles() -> dict[str, ParagraphStyle]:
    """Return the paragraph styles by name. `cell*` are for tables; `*-right` are set flush right."""
    fonts.register()
    found = [
        _style("name", 18, 22, font=fonts.BOLD, after=3),
        _style("who", 9.5, 13, token="text-2"),
        _style("who-right", 9.5, 13, token="text-2", right=True),
        _style("heading", 12, 15, font=fonts.BOLD, before=10, after=3),
        _style("text", 9.5, 13.6, after=4),
        _style("point", 9.5, 13.6, before=6, after=4),
        _style("letter", 12, 17, after=4),
        _style("item", 9.5, 13.6, after=2, indent=14),
        _style("note", 8.5, 11.8, token="text-2", before=2, after=3),
        _style("head", 8, 10, token="text-3", font=fonts.MEDIUM),
        _style("head-right", 8, 10, token="text-3", font=fonts.MEDIUM, right=True),
        _style("head-date", 7.5, 10, token="text-3", font=fonts.MEDIUM, right=True),
        _style("cell", 8.5, 11),
        _style("cell-right", 8.5, 11, right=True),
        _style("small", 8, 10),
        _style("small-right", 8, 10, right=True),
        _style("small-2", 8, 10, token="text-2"),
        # the page to the citizen: large and open
        _style("page-title", 25, 31, font=fonts.BOLD, after=4),
        _style("page-lead", 13, 19, token="text-2"),
        _style("page-heading", 15.5, 20, font=fonts.BOLD, after=4),
        _style("page-text", 12.5, 18, after=3),
        _style("page-item", 13.5, 19, after=6, indent=24),
        _style("page-note", 10.5, 15, token="text-2", before=4, after=2),
        _style("page-cell", 12.5, 17),
        _style("page-when", 11.5, 17, token="text-2", right=True),
        _style("page-small", 10.5, 15, token="text-2"),
        _style("page-call", 13.5, 19),
    ]
    made = {style.name: style for style in found}
    numbered = made["page-item"]
    numbered.bulletFontName, numbered.bulletFontSize, numbered.bulletIndent = fonts.BOLD, numbered.fontSize, 2
    numbered.bulletColor = colour("accent")
    return made
