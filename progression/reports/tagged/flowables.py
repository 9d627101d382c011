"""Flowables that know what they mean, to be drawn on a TaggedCanvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable
from reportlab.platypus import Paragraph as PlainParagraph

from .canvas import TaggedCanvas
from .structure import Element
from .text import MarkedText, Part, Run, Runs, SpacedText, compose

Marked = Callable[[str], str]


class Paragraph(PlainParagraph):
    """A paragraph or cell: one element, over however many pages it goes. Make one with `paragraph` or `cell`.

    No constructor of its own: reportlab makes the halves of a split paragraph with the same class.
    """

    element: Element
    runs: Runs | None = None
    _room = 0.0  # the width its lines were broken for

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 reportlab's names
        """Return width and height in points; reportlab asks several times, and the lines are broken once."""
        if hasattr(self, "blPara") and self._room == availWidth:
            return self.width, self.height
        size: tuple[float, float] = super().wrap(availWidth, availHeight)
        self._room = availWidth
        return size

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 reportlab's names
        """Return the halves, which are one element."""
        halves: list[Any] = super().split(availWidth, availHeight)
        for half in halves:
            half.element, half.runs = self.element, self.runs
        return halves

    def _drawOn(self, canvas: TaggedCanvas) -> None:
        if self.runs is None or not self._tagging(canvas):
            with canvas.tagged(self.element):
                super()._drawOn(canvas)
        else:  # the text object marks each run
            canvas.enter(self.element)
            canvas.runs = self.runs
            super()._drawOn(canvas)
            canvas.runs = None
            canvas.leave()

    def _tagging(self, canvas: TaggedCanvas) -> bool:
        """Whether what the paragraph draws is tagged by itself and not as a part of something else."""
        return not canvas.marking

    def beginText(self, x: float, y: float) -> Any:
        """Return the text object the paragraph writes into."""
        if self.runs is None or self.canv.marking:
            return SpacedText(self.canv, x, y)
        one = self.blPara.link if self.blPara.kind == 0 else []  # reportlab's short way for a paragraph of one piece
        return MarkedText(self.canv, x, y, self.runs, self.runs.inner[one[0][0]] if one else None)


class Line(Flowable):
    """A cell of one short line that is never broken: much cheaper than a paragraph, for tables of many figures. Make
    one with `line`."""

    def __init__(self, text: str, style: ParagraphStyle, element: Element) -> None:
        super().__init__()
        self.text, self.style, self.element = text, style, element

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """All of the width, and one line."""
        self.width = width
        return width, self.style.leading

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803 reportlab's name
        """Draw it, flush right where the style says so; without a coordinate system of its own."""
        style = self.style
        if style.alignment == TA_RIGHT:
            x += self.width - stringWidth(self.text, style.fontName, style.fontSize)
        text = SpacedText(canvas, x, y + style.leading - style.fontSize)
        text.setFont(style.fontName, style.fontSize, style.leading)
        text.setFillColor(style.textColor)
        text.textOut(f"{self.text} ")
        with canvas.tagged(self.element):
            canvas.drawText(text)


class Heading(Paragraph):
    """A heading; it also stands among the document's bookmarks. Make one with `heading`."""

    title = name = ""

    def _drawOn(self, canvas: TaggedCanvas) -> None:
        if not self.element.kids:
            canvas.bookmark(self.title, int(self.element.tag[1]), self.height, self.name)
        super()._drawOn(canvas)


class Item(Paragraph):
    """An item of a list, its mark drawn before it. Make them with `items`."""

    whole: Element
    label: Element
    _labelling = False

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 reportlab's names
        """Return the halves, which are one item."""
        halves = super().split(availWidth, availHeight)
        for half in halves:
            half.whole, half.label = self.whole, self.label
        return halves

    def _drawOn(self, canvas: TaggedCanvas) -> None:
        if canvas.marking:
            super()._drawOn(canvas)
            return
        canvas.enter(self.whole)
        canvas.enter(self.element)
        if self.bulletText:
            canvas.open_tag(self.label)
            self._labelling = True
        super()._drawOn(canvas)
        if self._labelling:  # an item without words
            self._labelling = False
            canvas.close()
        canvas.leave()
        canvas.leave()

    def _tagging(self, canvas: TaggedCanvas) -> bool:
        return not canvas.marking or self._labelling

    def beginText(self, x: float, y: float) -> Any:
        """Return the text object of the item's words: its mark is drawn by now."""
        if self._labelling:
            self.canv.close()
            self._labelling = False
        return super().beginText(x, y)


class Figure(Flowable):
    """Something drawn, with words for who cannot see it. A subclass draws from the lower left corner, in `draw`.

    `width` and `height` in points. A document with a figure without words is refused when it is written.
    """

    def __init__(self, alt: str, width: float, height: float) -> None:
        super().__init__()
        self.alt = alt
        self.width, self.height = width, height
        self.element = Element("Figure", alt=alt, owner="Layout")

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The figure takes the size it was made with."""
        return self.width, self.height

    def _drawOn(self, canvas: TaggedCanvas) -> None:
        corners = (*canvas.absolutePosition(0, 0), *canvas.absolutePosition(self.width, self.height))
        self.element.attributes = {"Placement": "/Block", "BBox": "[" + " ".join(f"{c:.2f}" for c in corners) + "]"}
        with canvas.tagged(self.element):
            super()._drawOn(canvas)


Words = str | Sequence[Part]


def paragraph(
    words: Words,
    style: ParagraphStyle,
    *,
    tag: str = "P",
    language: str = "",
    actual: str = "",
    marked: Marked = escape,
) -> Paragraph:
    """Return a paragraph of words and parts. `language` where it is not the document's, `actual` what to read aloud
    in place of what is drawn; `marked` makes a plain text safe in reportlab's markup."""
    return _made(Paragraph, words, style, Element(tag, language=language, actual=actual), marked)


def heading(
    words: Words, style: ParagraphStyle, level: int, *, name: str = "", actual: str = "", marked: Marked = escape
) -> Heading:
    """Return a heading of level 1 to 6. Levels may not be skipped; the document's first is 1. `Link(text, "#name")`
    leads to it."""
    if not 1 <= level <= 6:
        raise ValueError(f"there is no heading of level {level}")
    made = _made(Heading, words, style, Element(f"H{level}", actual=actual), marked)
    made.title, made.name = actual or plain(words), name
    return made


def cell(
    words: Words, style: ParagraphStyle, *, head: bool = False, actual: str = "", marked: Marked = escape
) -> Paragraph:
    """Return a table's cell. A `head` names its column in the repeated rows of the table, else its row."""
    return _made(Paragraph, words, style, Element("TH" if head else "TD", actual=actual), marked)


def line(text: str, style: ParagraphStyle, *, head: bool = False) -> Line:
    """Return a table's cell of one line that is known to fit; its letters must be in the font (`drawable`)."""
    return Line(text, style, Element("TH" if head else "TD"))


def items(
    found: Sequence[Words],
    style: ParagraphStyle,
    *,
    numbered: bool = False,
    marked: Marked = escape,
) -> list[Item]:
    """Return a list, one flowable for each item."""
    numbering = "/Decimal" if numbered else "/Disc"
    whole = Element("L", owner="List", attributes={"ListNumbering": numbering})
    made = []
    for n, words in enumerate(found, 1):
        item = _made(Item, words, style, Element("LI"), marked, bulletText=f"{n}." if numbered else "•")
        body = Element("LBody")
        item.runs = Runs(Run(body), item.runs.inner if item.runs is not None else [])
        item.whole, item.label = whole, Element("Lbl")
        made.append(item)
    return made


def plain(words: Words) -> str:
    """Return the text of words and parts."""
    return words if isinstance(words, str) else "".join(p if isinstance(p, str) else p.text for p in words)


def _made(kind: type[Any], words: Words, style: ParagraphStyle, element: Element, marked: Marked, **more: Any) -> Any:
    markup, inner = compose([words] if isinstance(words, str) else words, marked)
    made = kind(markup, style, **more)
    made.element = element
    if inner:
        made.runs = Runs(Run(element), inner)
    return made
