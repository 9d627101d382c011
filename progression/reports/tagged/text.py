"""Text within a paragraph that is more than its letters: links, and words of another language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.pdfgen.textobject import PDFTextObject

from progression.reports.tagged.structure import Element

RUN = "tagged-run"  # the callback by which a paragraph says that a run begins


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in the family's bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link. `name` says where it leads when it is read without what stands around it, else its text does."""

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
    """A run with an element of its own."""

    element: Element
    text: str = ""
    url: str = ""
    name: str = ""


@dataclass(eq=False, slots=True)
class Runs:
    """The runs of one paragraph, shared by the halves of a split one, and which of them is being drawn."""

    root: Run
    inner: list[Run] = field(default_factory=list)
    wanted: Run | None = None
    lined: list[Run] = field(default_factory=list)  # links on this line that await their annotation

    def begin(self, label: str) -> None:
        """The text that follows belongs to run `label`, to the paragraph itself where it is empty."""
        self.wanted = self.inner[int(label)] if label else None

    def drawn(self) -> Run:
        """The run that is being drawn."""
        run = self.wanted or self.root
        if run.url and run not in self.lined:
            self.lined.append(run)
        return run

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
    """A text object that marks each run as content of its own element."""

    def __init__(self, canvas: Any, x: float, y: float, runs: Runs) -> None:
        super().__init__(canvas, x, y)
        self.runs = runs
        self._marked: Run | None = None
        canvas.enter(runs.root.element)  # it has its place before its runs do, also where the first word is a run's
        canvas.leave()

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N803 reportlab's name
        if text or self._marked is None:
            self._mark(self.runs.drawn())
        super()._textOut(text, TStar)

    def _mark(self, run: Run | None) -> None:
        if run is self._marked:
            return
        if self._marked is not None:
            self._code.append("EMC")
        if run is not None:
            if run is not self.runs.root:
                self.runs.root.element.add(run.element)
            self._code.append(self._canvas.begin(run.element))
        self._marked = run

    def getCode(self) -> str:
        """Return the operators, the last mark closed."""
        self._mark(None)
        return str(super().getCode())


def begin_run(canvas: Any, _kind: str, label: str | None) -> None:
    """Reportlab calls this where a run begins."""
    text = canvas._curr_tx_info["tx"]
    if isinstance(text, MarkedText):
        text.runs.begin(label or "")


def compose(parts: Sequence[Part], marked: Callable[[str], str] = escape) -> tuple[str, list[Run]]:
    """Return reportlab's markup of a paragraph and its runs; `marked` makes a text safe within it."""
    written, runs = [], []
    for part in parts:
        if isinstance(part, str):
            written.append(marked(part))
            continue
        inner = marked(part.text)
        if isinstance(part, Strong):
            written.append(f"<b>{inner}</b>")
            continue
        if isinstance(part, Link):
            runs.append(Run(Element("Link"), part.text, part.url, part.name))
            inner = f"<a href={quoteattr(part.url)}>{inner}</a>"
        else:
            runs.append(Run(Element("Span", language=part.language), part.text))
        written.append(f'<ondraw name="{RUN}" label="{len(runs) - 1}"/>{inner}<ondraw name="{RUN}"/>')
    return "".join(written), runs
