"""A municipality's letterhead as data: name, contact, colours, footer and logo, the same on every document.

Written in TOML beside the logo; kept in the vault as one value (`body`). Colours are of text and lines on white, so
each keeps at least 4.5:1 (WCAG 2.2, 1.4.3). What a logo is made of is in `letterhead_logo`.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from progression.casework.category_text import with_lines
from progression.charts.tokens import THEMES
from progression.errors import Fault, KnownError
from progression.scales.reading import Table, parse_toml

FORMAT = 1
LEAST_CONTRAST = 4.5
LONGEST, MOST_LINES = 120, 4  # letters of a text; lines of contact
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_TEXT, _LINE = THEMES["light"]["text-2"], THEMES["light"]["line-2"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is. `text` and `line`: colours "#rrggbb" of what stands round the content and of its rules;
    `logo`: PNG or JPEG as `letterhead_logo.prepared` made it, b"" without one."""

    name: str = ""
    department: str = ""
    contact: tuple[str, ...] = ()
    footer: str = ""
    text: str = _TEXT
    line: str = _LINE
    logo: bytes = field(default=b"", repr=False)

    @property
    def sender(self) -> str:
        """Municipality and department in one line; "" where there is no letterhead."""
        return ", ".join(part for part in (self.name, self.department) if part)

    def body(self) -> dict[str, Any]:
        """Return it as JSON can hold it: the value of the setting."""
        return {
            "name": self.name,
            "department": self.department,
            "contact": list(self.contact),
            "footer": self.footer,
            "text": self.text,
            "line": self.line,
            "logo": base64.b64encode(self.logo).decode("ascii"),
        }


PLAIN = Letterhead()


@dataclass(frozen=True, slots=True)
class Written:
    """A letterhead as its file says it: the logo is still the name of a file beside it, "" without one."""

    letterhead: Letterhead
    logo: str = ""


def from_body(body: object) -> Letterhead:
    """Return what `body` made; PLAIN where there is none, or one that this program cannot read."""
    if not isinstance(body, Mapping) or not isinstance(body.get("name"), str):
        return PLAIN

    def said(key: str, otherwise: str = "") -> str:
        value = body.get(key)
        return value if isinstance(value, str) else otherwise

    contact = body.get("contact")
    colours = {key: said(key) if _HEX.fullmatch(said(key)) else old for key, old in (("text", _TEXT), ("line", _LINE))}
    try:
        logo = base64.b64decode(said("logo"), validate=True)
    except binascii.Error:
        logo = b""
    return Letterhead(
        said("name"),
        said("department"),
        tuple(line for line in contact if isinstance(line, str)) if isinstance(contact, list) else (),
        said("footer"),
        logo=logo,
        **colours,
    )


def contrast(colour: str, ground: str = "#ffffff") -> float:
    """Return the contrast of two colours "#rrggbb", 1 to 21 (WCAG 2.2, relative luminance). ValueError for others."""
    one, other = sorted((_luminance(colour), _luminance(ground)))
    return (other + 0.05) / (one + 0.05)


def _luminance(colour: str) -> float:
    if not _HEX.fullmatch(colour):
        raise ValueError(colour)
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parse(text: str, filename: str) -> Written:
    """Read a letterhead from TOML text: `name`, and where wanted `department`, `contact` (lines), `footer`, `logo` (a
    file beside it) and a table `colours` with `text` and `line`.

    Raises KnownError("letterhead.invalid", file=filename, faults=[Fault, ...]): all faults at once.
    """
    faults: list[Fault] = []
    data = parse_toml(text, faults)
    found = _read(Table(data, "", faults)) if not faults else Written(PLAIN)
    if faults:
        raise KnownError("letterhead.invalid", file=filename, faults=with_lines(text, faults))
    return found


def checked(entered: Mapping[str, object]) -> Letterhead:
    """Return a letterhead, still without a logo, from values a person typed: the keys of the file without `format` and
    `logo`; empty ones are left out.

    Raises KnownError("letterhead.invalid", file="", faults=[Fault, ...]); each fault's key is "letterhead.<field>".
    """
    faults: list[Fault] = []
    kept = {key: value for key, value in entered.items() if value or key == "name"}
    found = _read(Table({"format": FORMAT, **kept}, "letterhead", faults))
    if faults:  # a line of several has the field in common
        faults = [replace(fault, key=fault.key.partition("[")[0]) for fault in faults]
        raise KnownError("letterhead.invalid", file="", faults=faults)
    return found.letterhead


def _read(table: Table) -> Written:
    version = table.whole("format", 1, 9999)
    if version is not None and version > FORMAT:
        table.fault("format", "fault.newer", version, known=FORMAT)
    table.allow("department", "contact", "footer", "logo", "colours")
    name = _text(table, "name")
    department, footer = (_text(table, key) if table.has(key) else "" for key in ("department", "footer"))
    contact = table.codes("contact") if table.has("contact") else ()
    if len(contact) > MOST_LINES:
        table.fault("contact", "fault.many", len(contact), most=MOST_LINES)
    for place, line in enumerate(contact, 1):
        _fits(table, f"contact[{place}]", line)
    logo = table.text("logo") if table.has("logo") else ""
    text, line = _TEXT, _LINE
    if table.has("colours"):
        colours = table.table("colours")
        colours.allow("text", "line")
        text, line = (_colour(colours, key, old) for key, old in (("text", text), ("line", line)))
        colours.done()
    table.done()
    return Written(Letterhead(name, department, contact, footer, text, line), logo)


def _text(table: Table, key: str) -> str:
    text = " ".join(table.text(key).split())
    _fits(table, key, text)
    return text


def _fits(table: Table, key: str, text: str) -> None:
    if len(text) > LONGEST:
        table.fault(key, "fault.long", len(text), most=LONGEST)


def _colour(table: Table, key: str, otherwise: str) -> str:
    if not table.has(key):
        return otherwise
    colour = table.text(key)
    if colour and not _HEX.fullmatch(colour):
        table.fault(key, "fault.colour", colour)
        return otherwise
    if colour and contrast(colour) < LEAST_CONTRAST:
        # told as found, rounded down: 4.49 must not read as 4.5
        ratio = int(contrast(colour) * 10) / 10
        table.fault(key, "fault.contrast", colour, ratio=ratio, least=LEAST_CONTRAST)
    return colour or otherwise
