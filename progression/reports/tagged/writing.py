"""Writes the structure tree, and what PDF/UA-1 and PDF/A-2a ask beside it, into a reportlab document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reportlab.pdfbase.pdfdoc import NoEncryption, PDFDictionary, PDFName, PDFObject, PDFStream, PDFString, PDFZCompress

from . import icc, xmp
from .packing import packed
from .structure import Annotated, Content, Element

_Write = Callable[[Any], bytes]


class _Written(PDFObject):
    """An object of the file that is written as late as possible, when every number is known."""

    __RefOnly__ = 1

    def __init__(self, write: _Write) -> None:
        self.format = write


def write(
    file: Any,
    root: Element,
    pages: Sequence[Any],
    marks: Sequence[Sequence[Element]],
    annotated: Sequence[tuple[Element, Any]],
    metadata: xmp.Metadata,
) -> None:
    """Complete `file`, a reportlab PDFDocument whose pages are drawn: `marks` are the elements of each page's marks,
    `annotated` the elements of annotations, with the annotation's dictionary."""
    _fonts(file)
    for n, page in enumerate(pages):
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = n, "/S"
        page.Trans = None  # reportlab's empty one says nothing
        page.Contents = _stream(page.stream.encode("latin-1"))
    for n, (_, annotation) in enumerate(annotated, len(pages)):
        annotation["StructParent"] = n
    catalog = file.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.StructTreeRoot = _tree(file, root, pages, marks, [element for element, _ in annotated])
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    described = xmp.packet(metadata)
    catalog.Metadata = _stream(described, packed=False, Type=PDFName("Metadata"), Subtype=PDFName("XML"))
    catalog.OutputIntents = _Written(lambda document: b"[" + _intent(document) + b"]")
    file.Reference(_profile(file))
    _information(file, metadata)
    if isinstance(file.encrypt, NoEncryption):  # else reportlab's key is made from its own identity, text by text
        _identity(file, described, pages)
        file.format = partial(packed, file)


def _tree(
    file: Any, root: Element, pages: Sequence[Any], marks: Sequence[Sequence[Element]], annotated: Sequence[Element]
) -> PDFObject:
    numbers: dict[Element, int] = {}
    parents = _Written(lambda _: _parents(marks, annotated, numbers))
    top = _Written(lambda _: _top(numbers[root], _number(file, parents), len(pages) + len(annotated)))
    for one in (top, parents):
        file.Reference(one)
    homes = [_number(file, page) for page in pages]
    for element in root.walk():
        made = _Written(partial(_element, e=element, numbers=numbers, pages=homes, top=_number(file, top)))
        file.Reference(made)
        numbers[element] = _number(file, made)
    return top


def _top(root: int, parents: int, following: int) -> bytes:
    return b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (root, parents, following)


def _number(file: Any, made: Any) -> int:
    """The object number of a registered object."""
    return int(file.idToObjectNumberAndVersion[made.__InternalName__][0])


def _parents(marks: Sequence[Sequence[Element]], annotated: Sequence[Element], numbers: dict[Element, int]) -> bytes:
    """The parent tree: from each page's marks, and from each annotation, back to the element."""
    rows = [b"%d[%s]" % (n, b" ".join(b"%d 0 R" % numbers[e] for e in page)) for n, page in enumerate(marks)]
    rows += [b"%d %d 0 R" % (n, numbers[element]) for n, element in enumerate(annotated, len(marks))]
    return b"<</Nums[" + b"\n".join(rows) + b"]>>"


def _element(document: Any, e: Element, numbers: dict[Element, int], pages: Sequence[int], top: int) -> bytes:
    home = next((kid.page for kid in e.kids if isinstance(kid, Content)), None)
    kids = [_kid(document, kid, home, numbers, pages) for kid in e.kids]
    parts = [b"<</S/%s/P %d 0 R" % (e.tag.encode(), numbers[e.parent] if e.parent is not None else top)]
    parts += [b"/Pg %d 0 R" % pages[home]] if home is not None else []
    parts += [b"/K " + kids[0] if len(kids) == 1 else b"/K[" + b" ".join(kids) + b"]"] if kids else []
    for name, text in ((b"Alt", e.alt), (b"ActualText", e.actual), (b"Lang", e.language)):
        parts += [b"/%s%s" % (name, PDFString(text).format(document))] if text else []
    if e.attributes:
        told = "".join(f"/{name} {value}" for name, value in e.attributes.items())
        parts.append(f"/A<</O/{e.owner}{told}>>".encode())
    return b"".join(parts) + b">>"


def _kid(
    document: Any,
    kid: Element | Content | Annotated,
    home: int | None,
    numbers: dict[Element, int],
    pages: Sequence[int],
) -> bytes:
    if isinstance(kid, Element):
        return b"%d 0 R" % numbers[kid]
    if isinstance(kid, Annotated):
        number = document.idToObjectNumberAndVersion[kid.name][0]
        return b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (pages[kid.page], number)
    if kid.page == home:
        return b"%d" % kid.mark
    return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid.page], kid.mark)


def _stream(content: bytes, *, packed: bool = True, **entries: Any) -> PDFStream:
    return PDFStream(PDFDictionary(entries), content, [PDFZCompress] if packed else None)


_PROFILE = "sRGB"


def _profile(file: Any) -> PDFStream:
    profile = _stream(icc.srgb(), N=3)
    file.Reference(profile, _PROFILE)
    return profile


def _intent(document: Any) -> bytes:
    number = document.idToObjectNumberAndVersion[_PROFILE][0]
    name = icc.NAME.encode()
    return (
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(%s)/Info(%s)/DestOutputProfile %d 0 R>>"
        % (name, name, number)
    )  # fmt: skip


def _information(file: Any, told: xmp.Metadata) -> None:
    """The information dictionary says what the packet says, and nothing that the packet does not."""
    day = told.made.strftime("D:%Y%m%d%H%M%SZ")
    named = {"Title": told.title, "Author": told.author, "Subject": told.subject, "Creator": told.creator}
    named |= {"Producer": told.creator, "CreationDate": day, "ModDate": day}
    entries = PDFDictionary({name: PDFString(text) for name, text in named.items() if text})
    file.info.format = entries.format


def _identity(file: Any, described: bytes, pages: Sequence[Any]) -> None:
    """The same content has the same identity, other content another."""
    digest = hashlib.sha256(described + b"".join(page.stream.encode("latin-1") for page in pages)).hexdigest()[:32]
    file._ID = f"[<{digest}><{digest}>]".encode()


def _fonts(file: Any) -> None:
    """Put the fonts into the file, their Unicode maps without the codes that stand for nothing."""
    for font in file.delayedFonts:
        font.addObjects(file)
    file.delayedFonts = []
    for name, made in file.idToObject.items():
        if name.startswith("toUnicodeCMap:"):
            made.content = _unicode_map(made.content)


def _unicode_map(content: str) -> str:
    head, rest = content.split("endcodespacerange\n", 1)
    pairs = [line for line in rest.split("\n") if line.startswith("<") and not line.endswith("<0000>")]
    blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]  # at most a hundred in a block
    made = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
    return f"{head}endcodespacerange\n{made}endcmap{rest.split('endcmap', 1)[1]}"
