"""What of PDF/UA-1 a program can check and applies to these files, by the Matterhorn Protocol's numbers, with pikepdf.

`faults(pdf)` maps each number to what is wrong; nothing is wrong where it is empty. Also some rules of PDF/A-2a, whose
keys begin with "A". `docs/pdf.md` has the table; a test holds the two together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

import pikepdf
from truetype import Subset

STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private",
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead",
    "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu",
    "RB", "RT", "RP", "WT", "WP", "Figure", "Formula", "Form",
}  # fmt: skip
PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Tj", "TJ", "'", '"', "Do", "INLINE"}
SHOWS = {"Tj", "TJ", "'", '"'}
LANGUAGE = re.compile(r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$")
NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "ua": "http://www.aiim.org/pdfua/ns/id/", "a": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/", "pdf": "http://ns.adobe.com/pdf/1.3/",
}  # fmt: skip
WITHIN = {  # what may stand where (ISO 32000-1, tables 336 and 337)
    "LI": {"L"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
}  # fmt: skip
ONLY = {"Table": {"TR", "THead", "TBody", "TFoot", "Caption"}, "TR": {"TH", "TD"}, "L": {"LI", "Caption"},
        "LI": {"Lbl", "LBody"}}  # fmt: skip


@dataclass(eq=False)
class Node:
    """A structure element as it stands in the file."""

    obj: pikepdf.Dictionary
    tag: str
    parent: Node | None
    kids: list[Node] = field(default_factory=list)
    content: list[tuple[tuple[int, int], int]] = field(default_factory=list)  # page, mark
    annotations: list[tuple[int, int]] = field(default_factory=list)

    def attribute(self, name):
        """An attribute's value, None where it is not set."""
        held = self.obj.get("/A")
        for one in held if isinstance(held, pikepdf.Array) else [held]:
            if one is not None and name in one:
                return one[name]
        return None

    def inside(self, *tags):
        """Whether it, or what it lies in, has one of these tags."""
        node = self
        while node is not None:
            if node.tag in tags:
                return True
            node = node.parent
        return False


@dataclass
class Painted:
    """An operator that paints: in which page, and the marks round it."""

    page: int
    operator: str
    artifact: bool
    mark: int | None
    nested: bool  # a mark in a mark
    font: str = ""
    codes: bytes = b""


class File:
    """A PDF read for the rules."""

    def __init__(self, pdf):
        self.pdf, self.root = pdf, pdf.Root
        self.nodes: list[Node] = []
        self.unbalanced: list[str] = []
        self.deepest = 0
        if "/StructTreeRoot" in self.root:
            self._read(self.root.StructTreeRoot.K, None, None)
        self.painted = [one for n, page in enumerate(pdf.pages) for one in self._painted(n, page)]
        self.fonts = {
            (n, str(name)): font
            for n, page in enumerate(pdf.pages)
            for name, font in page.Resources.get("/Font", {}).items()
        }

    def _read(self, obj, parent, page):
        if isinstance(obj, pikepdf.Array):
            for one in obj:
                self._read(one, parent, page)
        elif isinstance(obj, int):
            parent.content.append((page, obj))
        elif obj.get("/Type") == "/MCR":
            parent.content.append((obj.Pg.objgen, int(obj.MCID)))
        elif obj.get("/Type") == "/OBJR":
            parent.annotations.append(obj.Obj.objgen)
        else:
            node = Node(obj, str(obj.S)[1:], parent)
            self.nodes.append(node)
            if parent is not None:
                parent.kids.append(node)
            page = obj.Pg.objgen if "/Pg" in obj else page
            if "/K" in obj:
                self._read(obj.K, node, page)

    def _painted(self, number, page) -> Iterator[Painted]:
        marks: list[tuple[str, int | None, bool]] = []
        font, saved, in_text = "", 0, False
        for operands, operator in pikepdf.parse_content_stream(page):
            name = "INLINE" if str(operator) == "INLINE IMAGE" else str(operator)
            if name in ("BDC", "BMC"):
                held = operands[1] if name == "BDC" else {}
                marks.append((str(operands[0])[1:], int(held["/MCID"]) if "/MCID" in held else None, in_text))
            elif name == "EMC":
                if not marks or marks.pop()[2] != in_text:
                    self.unbalanced.append(f"page {number + 1}: a mark does not end where it began")
            elif name in ("BT", "ET"):
                in_text = name == "BT"
            elif name in ("q", "Q"):
                saved += 1 if name == "q" else -1
                self.deepest = max(self.deepest, saved)
            elif name == "Tf":
                font = str(operands[0])
            if name in PAINTS:
                numbers = [mark for _, mark, _ in marks if mark is not None]
                codes = b"".join(_strings(operands)) if name in SHOWS else b""
                artifact = any(tag == "Artifact" for tag, _, _ in marks)
                yield Painted(number, name, artifact, numbers[-1] if numbers else None, len(numbers) > 1, font, codes)
        if marks or saved:
            self.unbalanced.append(f"page {number + 1}: marks or graphics states are left open")

    def annotations(self):
        """Every annotation with its page."""
        return [(page, one) for page in self.pdf.pages for one in page.get("/Annots", [])]

    def used(self):
        """Each font's dictionary with the codes drawn in it."""
        found: dict[tuple[int, int], tuple[pikepdf.Dictionary, set[int]]] = {}
        for one in self.painted:
            if one.codes:
                font = self.fonts[one.page, one.font]
                found.setdefault(font.objgen, (font, set()))[1].update(one.codes)
        return list(found.values())

    def aloud(self, node=None):
        """What a screen reader finds in the file or a node: the text of every mark in the order of the tree, white
        space as one space."""
        pages = {page.objgen: n for n, page in enumerate(self.pdf.pages)}
        letters = {}
        for font, _ in self.used():
            pairs = re.findall(rb"^<(\w\w)> <(\w+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
            letters[font.objgen] = {int(code, 16): chr(int(value, 16)) for code, value in pairs}
        said: dict[tuple[int, int | None], str] = {}
        for one in self.painted:
            if one.codes and not one.artifact:
                decoded = "".join(letters[self.fonts[one.page, one.font].objgen][code] for code in one.codes)
                said[one.page, one.mark] = said.get((one.page, one.mark), "") + decoded
        start = self.root.StructTreeRoot.K if node is None else node.obj
        return " ".join(self._aloud(start, None, pages, said).split())

    def _aloud(self, obj, page, pages, said):
        if isinstance(obj, pikepdf.Array):
            return "".join(self._aloud(one, page, pages, said) for one in obj)
        if isinstance(obj, int):
            return said.get((pages[page], obj), "")
        if obj.get("/Type") == "/MCR":
            return said.get((pages[obj.Pg.objgen], int(obj.MCID)), "")
        if obj.get("/Type") == "/OBJR" or "/K" not in obj:
            return ""
        inner = self._aloud(obj.K, obj.Pg.objgen if "/Pg" in obj else page, pages, said)
        return inner if str(obj.S) in ("/Span", "/Link") else f"{inner} "

    def xmp(self):
        """The metadata packet as XML."""
        return ElementTree.fromstring(self.root.Metadata.read_bytes())


def _strings(operands):
    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _strings(operand)
        elif isinstance(operand, pikepdf.String):
            yield bytes(operand)


CHECKS = {}


def rule(*numbers):
    """Mark a function as the check of these rules; it yields what is wrong."""

    def keep(check):
        for number in numbers:
            CHECKS[number] = check
        return check

    return keep


def faults(pdf) -> dict[str, list[str]]:
    """What is wrong, by rule; rules that hold are left out."""
    file = File(pdf)
    found = {number: list(check(file)) for number, check in CHECKS.items()}
    return {number: wrong for number, wrong in found.items() if wrong}


@rule("01-003", "01-004")
def _artifacts_apart(file):
    yield from (
        f"page {one.page + 1}: {one.operator} is both" for one in file.painted if one.artifact and one.mark is not None
    )
    yield from (f"page {one.page + 1}: {one.operator} is tagged twice" for one in file.painted if one.nested)
    yield from file.unbalanced


@rule("01-005")
def _everything_has_its_place(file):
    for one in file.painted:
        if not one.artifact and one.mark is None:
            yield f"page {one.page + 1}: {one.operator} is neither"
    claimed = Counter(place for node in file.nodes for place in node.content)
    yield from (f"{place} is claimed twice" for place, times in claimed.items() if times > 1)
    parents = pikepdf.NumberTree(file.root.StructTreeRoot.ParentTree)
    home = {place: node.obj.objgen for node in file.nodes for place in node.content}
    for number, page in enumerate(file.pdf.pages):
        row = parents[int(page.StructParents)] if "/StructParents" in page else []
        drawn = {one.mark for one in file.painted if one.page == number and one.mark is not None}
        for mark in drawn:
            if mark >= len(row) or row[mark].objgen != home.get((page.objgen, mark)):
                yield f"page {number + 1}: mark {mark} has no parent, or another than the tree says"


@rule("01-007")
def _not_suspect(file):
    mark = file.root.get("/MarkInfo", {})
    if mark.get("/Marked") is not True or mark.get("/Suspects", False):
        yield "MarkInfo"


@rule("02-001", "02-003", "02-004")
def _standard_tags(file):
    yield from (node.tag for node in file.nodes if node.tag not in STANDARD)
    if "/RoleMap" in file.root.StructTreeRoot:
        yield "a role map"


@rule("06-001", "06-002", "06-003")
def _metadata(file):
    if "/Metadata" not in file.root or file.root.Metadata.get("/Subtype") != "/XML":
        yield "no metadata stream"
        return
    packet = file.xmp()
    if packet.findtext(".//ua:part", "", NAMES) != "1":
        yield "no pdfuaid:part 1"
    if not packet.findtext(".//dc:title/rdf:Alt/rdf:li", "", NAMES).strip():
        yield "no title"


@rule("07-001", "07-002")
def _title_is_shown(file):
    if file.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "DisplayDocTitle"


@rule("09-004", "09-005")
def _tables_and_lists(file):
    for node in file.nodes:
        parent = node.parent.tag if node.parent else ""
        if node.tag in WITHIN and parent not in WITHIN[node.tag]:
            yield f"{node.tag} in {parent}"
        for kid in node.kids:
            if node.tag in ONLY and kid.tag not in ONLY[node.tag]:
                yield f"{kid.tag} in {node.tag}"
        if node.tag in ("Table", "TR", "L", "LI") and (node.content or not node.kids):
            yield f"{node.tag} has content of its own, or nothing"
        if node.tag == "Table":
            yield from _irregular(node)


def _irregular(table):
    """Every row is as wide as the others, spans counted, and no two cells lie over each other."""
    taken, widths = set(), set()
    for row, node in enumerate(table.kids):
        column = 0
        for cell in node.kids:
            while (row, column) in taken:
                column += 1
            wide, high = int(cell.attribute("/ColSpan") or 1), int(cell.attribute("/RowSpan") or 1)
            covered = {(row + r, column + c) for r in range(high) for c in range(wide)}
            if covered & taken:
                yield f"row {row}: cells over each other"
            taken |= covered
    widths = {sum(1 for r, _ in taken if r == row) for row in range(len(table.kids))}
    if len(widths) > 1 or any(r >= len(table.kids) for r, _ in taken):
        yield f"rows of {sorted(widths)} cells"


@rule("10-001", "31-027", "31-028", "31-029")
def _unicode_maps(file):
    for font, codes in file.used():
        if "/ToUnicode" not in font:
            yield f"{font.BaseFont} has no Unicode map"
            continue
        pairs = re.findall(rb"^<(\w\w)> <(\w+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
        mapped = {int(code, 16): int(value, 16) for code, value in pairs}
        yield from (f"{font.BaseFont} {code} has no letter" for code in codes - set(mapped))
        yield from (f"{font.BaseFont} {code}" for code, value in mapped.items() if value in (0, 0xFEFF, 0xFFFE))


@rule("11-001", "11-002", "11-003", "11-004", "11-006")
def _language(file):
    # the document's own holds for text, alternative texts, bookmarks, annotations and metadata alike
    if not LANGUAGE.match(str(file.root.get("/Lang", ""))):
        yield "the document's language"
    yield from (str(n.obj.Lang) for n in file.nodes if "/Lang" in n.obj and not LANGUAGE.match(str(n.obj.Lang)))


@rule("13-004")
def _figures_have_words(file):
    yield from ("a figure" for n in file.nodes if n.tag == "Figure" and not str(n.obj.get("/Alt", "")).strip())


@rule("14-002", "14-003", "14-006", "14-007")
def _headings(file):
    level = 0
    for node in file.nodes:
        if node.tag == "H":
            yield "an H without a level"
        if re.fullmatch(r"H[1-6]", node.tag):
            if int(node.tag[1]) > level + 1:
                yield f"{node.tag} after H{level}"
            level = int(node.tag[1])


@rule("15-003")
def _heads_have_a_scope(file):
    allowed = ("/Row", "/Column", "/Both")
    yield from ("a head" for n in file.nodes if n.tag == "TH" and n.attribute("/Scope") not in allowed)


@rule("26-001", "26-002")
def _readable_when_encrypted(file):
    if file.pdf.is_encrypted and not file.pdf.allow.accessibility:
        yield "screen readers are locked out"


@rule("28-002", "28-004", "28-006", "28-007", "28-011", "28-012")
def _annotations(file):
    owners = {one: node for node in file.nodes for one in node.annotations}
    parents = pikepdf.NumberTree(file.root.StructTreeRoot.ParentTree)
    for _, one in file.annotations():
        owner = owners.get(one.objgen)
        if one.get("/Subtype") != "/Link" or owner is None or not owner.inside("Link"):
            yield f"an annotation {one.get('/Subtype')} outside a Link"
        elif (
            int(one.get("/StructParent", -1)) not in parents
            or parents[int(one.StructParent)].objgen != owner.obj.objgen
        ):
            yield "an annotation without a way back to its element"
        if not str(one.get("/Contents", "")).strip():
            yield "an annotation without words"


@rule("28-008", "28-009")
def _tab_order(file):
    yield from ("a page" for page, _ in file.annotations() if page.get("/Tabs") != "/S")


@rule("30-001", "30-002")
def _no_form_objects(file):
    for page in file.pdf.pages:
        held = page.Resources.get("/XObject", {})
        yield from (str(name) for name, one in held.items() if one.get("/Subtype") != "/Image")


@rule("31-009")
def _fonts_are_inside(file):
    for font in {font.objgen: font for font in file.fonts.values()}.values():
        if font.Subtype != "/TrueType" or "/FontFile2" not in font.get("/FontDescriptor", {}):
            yield f"{font.get('/BaseFont')} is not an embedded TrueType font"


@rule("31-011", "31-016", "31-030")
def _glyphs(file):
    for font, codes in file.used():
        if "/FontFile2" not in font.get("/FontDescriptor", {}):
            continue
        subset = Subset(font.FontDescriptor.FontFile2.read_bytes())
        for code in codes:
            glyph = subset.glyph(code)
            if not 0 < glyph < subset.glyphs:
                yield f"{font.BaseFont} {code} has no glyph"
            elif abs(float(font.Widths[code - int(font.FirstChar)]) - subset.width(glyph)) > 1:
                yield f"{font.BaseFont} {code} is not as wide as it says"


@rule("31-024", "31-025", "31-026")
def _symbolic_fonts(file):
    for font, _ in file.used():
        if "/FontFile2" not in font.get("/FontDescriptor", {}):
            continue
        flags = int(font.FontDescriptor.Flags)
        tables = Subset(font.FontDescriptor.FontFile2.read_bytes()).tables
        if not flags & 4 or flags & 32:
            yield f"{font.BaseFont}: its flags"
        if "/Encoding" in font or not tables or (len(tables) > 1 and (3, 0) not in tables):
            yield f"{font.BaseFont}: encoding or cmap"


@rule("A-6.1.3", "A-6.1.13")
def _file_structure(file):
    if len(file.pdf.trailer.get("/ID", [])) != 2 or file.pdf.is_encrypted:
        yield "identity, or encryption"
    if file.deepest > 28:
        yield f"{file.deepest} graphics states inside each other"
    yield from ("a text over 32767 bytes" for n in file.nodes if len(bytes(n.obj.get("/Alt", b""))) > 32767)


@rule("A-6.2.3")
def _output_intent(file):
    intents = file.root.get("/OutputIntents", [])
    if len(intents) != 1 or intents[0].S != "/GTS_PDFA1" or intents[0].DestOutputProfile.N != 3:
        yield "no output intent"
    elif intents[0].DestOutputProfile.read_bytes()[12:20] != b"mntrRGB ":
        yield "not a profile of RGB"


@rule("A-6.3.2")
def _annotations_print(file):
    yield from ("an annotation" for _, one in file.annotations() if int(one.get("/F", 0)) != 4)


@rule("A-6.6")
def _archive_metadata(file):
    if "/Metadata" not in file.root:
        yield "no metadata stream"
        return
    packet, info = file.xmp(), file.pdf.docinfo
    if (packet.findtext(".//a:part", "", NAMES), packet.findtext(".//a:conformance", "", NAMES)) != ("2", "A"):
        yield "no PDF/A-2a"
    if "/Filter" in file.root.Metadata:
        yield "the packet is compressed"
    same = {"/Title": ".//dc:title/rdf:Alt/rdf:li", "/Author": ".//dc:creator/rdf:Seq/rdf:li",
            "/Subject": ".//dc:description/rdf:Alt/rdf:li", "/Creator": ".//xmp:CreatorTool",
            "/Producer": ".//pdf:Producer"}  # fmt: skip
    for key, path in same.items():
        if str(info.get(key, "")) != packet.findtext(path, "", NAMES):
            yield f"{key} is not the same in both"
    for key, path in {"/CreationDate": ".//xmp:CreateDate", "/ModDate": ".//xmp:ModifyDate"}.items():
        if re.sub(r"\D", "", str(info[key])) != re.sub(r"\D", "", packet.findtext(path, "", NAMES)):
            yield f"{key} is not the same in both"
