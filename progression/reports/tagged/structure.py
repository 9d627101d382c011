"""The tree of what a document means: headings, paragraphs, tables, and which marks on which page are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class StructureError(ValueError):
    """A document that could be drawn but not read aloud: its message says what is wrong and where."""


class Content(NamedTuple):
    """Marked content: the page, counted from 0, and the mark's number on it (its MCID)."""

    page: int
    mark: int


class Annotated(NamedTuple):
    """An annotation that belongs to an element: the page, counted from 0, and its name in the file."""

    page: int
    name: str


@dataclass(eq=False, slots=True)
class Element:
    """One node. `tag` is a standard structure type of PDF 1.7 (P, H1, Table, TH, Figure, ...).

    `alt` says what a picture shows, `actual` is the text a reader should hear instead of what is drawn, `language` is
    set where it differs from what surrounds it (BCP 47). `attributes` are PDF names and values that `owner` defines,
    such as "Table", {"Scope": "/Column"}. Kids come in the order in which they are read.
    """

    tag: str
    alt: str = ""
    actual: str = ""
    language: str = ""
    owner: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Element | Content | Annotated] = field(default_factory=list)
    parent: Element | None = None

    def add(self, kid: Element) -> Element:
        """Make `kid` the last of this element's, unless it has its place already, and return it."""
        if kid.parent is None:
            kid.parent = self
            self.kids.append(kid)
        return kid

    @property
    def top(self) -> Element:
        """The root of the tree it stands in."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


def check(root: Element) -> None:
    """Raise StructureError for what a reader would stumble over: skipped headings, a figure without words."""
    level = 0
    for element in root.walk():
        if element.tag == "Figure" and not element.alt.strip():
            raise StructureError("a figure has no alternative text")
        if len(element.tag) == 2 and element.tag[0] == "H" and element.tag[1].isdigit():
            if int(element.tag[1]) > level + 1:
                raise StructureError(
                    f"{element.tag} follows H{level}" if level else f"the first heading is {element.tag}"
                )
            level = int(element.tag[1])
