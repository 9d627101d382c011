"""A reportlab canvas on which everything drawn belongs to an element of the structure tree or is an artifact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from . import writing
from .structure import Annotated, Content, Element, StructureError, check
from .text import MarkedText, Run, Runs
from .xmp import Metadata

Margins = Callable[["TaggedCanvas", int, int], None]  # draws what stands round page `n` of `of`, as artifacts
_PAINTS = re.compile(r"(?:^|\s)(?:S|s|f\*?|F|B\*?|b\*?|sh)\s*$")
_HEADER_OR_FOOTER = "/Artifact <</Type/Pagination>> BDC"
_DECORATION = "/Artifact <</Type/Layout>> BDC"


class TaggedCanvas(Canvas):
    """Use as a document template's `canvasmaker`, with `metadata` and `margins` given by functools.partial.

    Lines and fills drawn outside every tag become artifacts. Text or an image outside every tag raises StructureError
    at the end of its page: nothing is hidden from a screen reader by mistake.
    """

    def __init__(self, *args: Any, metadata: Metadata, margins: Margins | None = None, **more: Any) -> None:
        if not metadata.title:
            raise StructureError("a document without a title")
        self.root = Element("Document")
        self.runs: Runs | None = None  # of the paragraph that is being drawn
        self._metadata, self._margins = metadata, margins
        self._inside = [self.root]
        self._marks: list[list[Element]] = [[]]  # page -> the element of each mark
        self._annotated: list[tuple[Element, Any]] = []
        self._linked: Run | None = None  # the link whose annotation is being made
        self._depth = 0
        self._begun: list[int] = []  # where the outermost marks begin and end in the page's code
        self._ended: list[int] = []
        self._bookmarks = [0]  # their levels
        self._finished = False
        more = {**more, "pdfVersion": (1, 7), "invariant": 1, "lang": metadata.language}
        super().__init__(*args, **more)
        self.setViewerPreference("DisplayDocTitle", "true")

    @property
    def marking(self) -> bool:
        """Whether something outside this call is tagged already, so that what is drawn now belongs to it."""
        return self._depth > 0

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside is the element's content; a first drawing also gives the element its place."""
        self.open_tag(element)
        yield
        self.close()

    @contextmanager
    def artifact(self, *, pagination: bool = False) -> Iterator[None]:
        """What is drawn inside is decoration, or what stands round every page, and is not read aloud."""
        self.open_artifact(pagination=pagination)
        yield
        self.close()

    def open_tag(self, element: Element) -> None:
        """Begin what `tagged` spans, where a `with` cannot; within other marked content it stays part of that."""
        self._open("" if self.marking else self.begin(element))

    def open_artifact(self, *, pagination: bool = False) -> None:
        """Begin what `artifact` spans, likewise."""
        self._open(_HEADER_OR_FOOTER if pagination else _DECORATION)

    def _open(self, operator: str) -> None:
        self._depth += 1
        if self._depth == 1:
            self._begun.append(len(self._code))
            self._code.append(operator)

    def close(self) -> None:
        """End what the last of these began; an empty artifact leaves no trace."""
        self._depth -= 1
        if self._depth:
            return
        if self._begun[-1] == len(self._code) - 1 and self._code[-1].startswith("/Artifact"):
            self._begun.pop()
            self._code.pop()
        else:
            self._code.append("EMC")
            self._ended.append(len(self._code))

    def begin(self, element: Element) -> str:
        """Return the operator that begins the next mark of an element, which takes its place where it has none."""
        self._place(element)
        marks = self._marks[-1]
        element.kids.append(Content(len(self._marks) - 1, len(marks)))
        marks.append(element)
        return f"/{element.tag} <</MCID {len(marks) - 1}>> BDC"

    def enter(self, element: Element) -> None:
        """What is tagged from here on becomes a kid of `element`, until `leave`."""
        self._inside.append(self._place(element))

    def _place(self, element: Element) -> Element:
        if element.parent is not None and element.top is not self.root:
            raise StructureError("these flowables are in another document already: a story is made anew for each")
        return self._inside[-1].add(element)

    def leave(self) -> None:
        """End what the last `enter` began."""
        self._inside.pop()

    def drawText(self, aTextObject: Any) -> None:  # noqa: N803 reportlab's name
        """Draw a text object; one that marks its own runs counts as tagged."""
        if isinstance(aTextObject, MarkedText):
            self._begun.append(len(self._code))
            self._ended.append(len(self._code) + 1)
        super().drawText(aTextObject)

    def linkURL(self, url: str, rect: Any, relative: int = 0, **more: Any) -> None:
        """Make an area a link. It belongs to the element of the paragraph's link and is named by its text.

        Within an artifact, such as the repeated head of a table, it is not made again.
        """
        if not self.marking:
            super().linkURL(url, rect, relative, F=4, Contents=self._named(url), **more)

    def linkRect(
        self, _contents: str, name: str, rect: Any = None, *_rest: Any, relative: int = 1, **_more: Any
    ) -> None:
        """Make an area a link to the heading of a name, likewise."""
        if self.marking:
            return
        told = {"Type": PDFName("Annot"), "Subtype": PDFName("Link"), "Rect": PDFArray(self._absRect(rect, relative))}
        told |= {"Border": PDFArray([0, 0, 0]), "F": 4, "Contents": self._named(f"#{name}")}
        self._addAnnotation(PDFDictionary({**told, "Dest": self._bookmarkReference(name)}))

    def _named(self, url: str) -> PDFString | None:
        self._linked = self.runs.annotated(url) if self.runs is not None else None
        return PDFString(self._linked.name or self._linked.text) if self._linked is not None else None

    def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> None:
        run, self._linked = self._linked, None
        if run is None:
            raise StructureError(f"an annotation on page {len(self._marks)} belongs to no tagged link")
        super()._addAnnotation(annotation, name, addtopage)
        made = self._doc.annotationName(f"NUMBER{self._annotationCount}")
        run.areas.append(Annotated(len(self._marks) - 1, made))
        self._annotated.append((run.element, annotation))

    def bookmark(self, title: str, level: int, height: float, name: str = "") -> None:
        """Put a place, so many points above the origin, among the document's bookmarks; links lead to its name."""
        self._bookmarks.append(min(level, self._bookmarks[-1] + 1))  # `check` refuses a skipped level in its own words
        key = name or f"bookmark-{len(self._bookmarks)}"
        self.bookmarkHorizontal(key, 0, height)
        self.addOutlineEntry(title, key, self._bookmarks[-1] - 1)

    def showPage(self) -> None:
        """Close the page."""
        self._settle()
        super().showPage()
        self._marks.append([])

    def save(self) -> None:
        """Write the document."""
        self._finish()
        super().save()

    def getpdfdata(self) -> bytes:
        """Return the document."""
        self._finish()
        return bytes(super().getpdfdata())

    def _settle(self) -> None:
        """Make what paints outside every mark an artifact, item by item; refuse text and images there."""
        if self._depth:
            raise StructureError("a page ends within a tag")
        code, start = self._code, 0
        for begun, ended in zip([*self._begun, len(code)], [*self._ended, len(code)], strict=True):
            for place in range(start, begun):
                item = code[place]
                if (item.startswith("BT") and ("Tj" in item or "TJ" in item)) or " Do" in item or item.startswith("BI"):
                    # never what it says: a message may end up where no citizen's name may
                    raise StructureError(f"text or an image on page {len(self._marks)} is drawn without a tag")
                if _PAINTS.search(item):
                    code[place] = f"{_DECORATION} {item} EMC"
            start = ended
        self._begun, self._ended = [], []

    def _finish(self) -> None:
        """Draw the margins, now that the number of pages is known, and write the tree into the file."""
        if self._finished:
            return
        self._finished = True
        if self._code:
            self.showPage()
        self._marks.pop()  # of the page that never came
        check(self.root)
        pages = [self._doc.idToObject[f"Page{n}"] for n in range(1, len(self._marks) + 1)]
        for n, page in enumerate(pages, 1):
            first, rest = page.stream.split("\n", 1)  # reportlab's preamble, then ours
            page.stream = f"{first}\n{self._margin(n, len(pages))}{rest}"
        writing.write(self._doc, self.root, pages, self._marks, self._annotated, self._metadata)

    def _margin(self, page: int, pages: int) -> str:
        if self._margins is None:
            return ""
        self._margins(self, page, pages)
        self._settle()
        code = "\n".join(self._code)
        self._restartAccumulators()
        self.init_graphics_state()
        return f"q\n{code}\nQ\n"
