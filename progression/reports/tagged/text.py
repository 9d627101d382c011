"""Text within a paragraph that is more than its letters: links, and words of another language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.pdfgen.textobject import PDFTextObject

from .structure import Annotated, Element


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in the family's bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address, or to a heading of this document as "#name". `name` says where it leads when it is read
    without what stands around it, else its text does."""

    text: str
    url: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words of another language, as BCP 47 ("en", "da", "ar")."""

    text: str
    language: str


Part = str | Strong | Link | Foreign


@dataclass(eq=False, slots=True)
class Run:
    """A run with an element of its own, and the areas of a link that are made before its text is."""

    element: Element
    text: str = ""
    url: str = ""
    name: str = ""
    areas: list[Annotated] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Runs:
    """The runs of one paragraph, shared by the halves of a split one."""

    root: Run
    inner: list[Run] = field(default_factory=list)
    lined: list[Run] = field(default_factory=list)  # links on this line that await their area

    def annotated(self, url: str) -> Run | None:
        """Take the first link on this line that leads to `url`."""
        run = next((one for one in self.lined if one.url == url), None)
        if run is not None:
            self.lined.remove(run)
        return run


class SpacedText(PDFTextObject):
    """A text object that ends each line with a space, so that two words never become one when it is read aloud."""

    _last = " "

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N803 reportlab's name
        self._last = text[-1:] or self._last
        spaced = f"{text} " if TStar and self._last != " " else text
        self._last = spaced[-1:] or self._last
        super()._textOut(spaced, TStar)


class MarkedText(SpacedText):
    """A text object that marks each run as content of its own element.

    Reportlab knows a run as a link, also where it is none, and says which link a text belongs to after writing it
    (`_linkRecord`): so marks are put in at the end.
    """

    _code: list[str]

    def __init__(self, canvas: Any, x: float, y: float, runs: Runs, whole: Run | None = None) -> None:
        """`whole` where all of the text belongs to one run."""
        super().__init__(canvas, x, y)
        self._runs = runs
        self._base = self._now = whole or runs.root
        self._latest: int | None = None
        self._said: dict[int, Run] = {}  # place in the code -> whose text it is

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N803 reportlab's name
        self._latest = len(self._code) if text or not self._said else None
        if self._latest is not None:
            self._said[self._latest] = self._now
            self._line(self._now)
        super()._textOut(text, TStar)

    def _linkRecord(self, link: tuple[int, str], what: str) -> None:
        self._now = self._runs.inner[link[0]] if what == "start" else self._base
        if what == "start":
            if self._latest is not None:  # where reportlab leaves an empty piece of a link, nothing was said
                self._said[self._latest] = self._now
            self._line(self._now)

    def _line(self, run: Run) -> None:
        if run.url and run not in self._runs.lined:
            self._runs.lined.append(run)

    def getCode(self) -> str:
        """Return the operators, each run's texts within its marks."""
        code: list[str] = []
        marked: Run | None = None
        root = self._runs.root.element
        self._canvas.enter(root)
        for place, operator in enumerate(self._code):
            run = self._said.get(place, marked)
            if run is not None and run is not marked:
                code += ["EMC"] if marked is not None else []
                code.append(self._canvas.begin(run.element))
                marked = run
            code.append(operator)
        self._canvas.leave()
        self._code = [*code, "EMC"] if marked is not None else code
        for run in self._runs.inner:
            run.element.kids += run.areas
            run.areas.clear()
        return str(super().getCode())


def compose(parts: Sequence[Part], marked: Callable[[str], str] = escape) -> tuple[str, list[Run]]:
    """Return reportlab's markup of a paragraph and its runs; `marked` makes a text safe within it."""
    written, runs = [], []
    for part in parts:
        if isinstance(part, str):
            written.append(marked(part))
        elif isinstance(part, Strong):
            written.append(f"<b>{marked(part.text)}</b>")
        elif isinstance(part, Link):
            runs.append(Run(Element("Link"), part.text, part.url, part.name))
            written.append(f"<a href={quoteattr(part.url)}>{marked(part.text)}</a>")
        else:  # a link to nowhere makes no area, and is carried through every breaking of lines
            runs.append(Run(Element("Span", language=part.language), part.text))
            written.append(f'<a href="">{marked(part.text)}</a>')
    return "".join(written), runs
