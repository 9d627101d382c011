"""Writes a reportlab document with its small objects packed into compressed streams, as PDF allows since 1.5.

A structure tree has an object for each cell of each table; unpacked, they are most of a report.
"""

from __future__ import annotations

import zlib
from struct import pack
from typing import Any

from reportlab.pdfbase import pdfdoc

_TOGETHER = 200  # objects in one stream: a reader need not unpack the whole file for one of them


def packed(file: Any) -> bytes:
    """Return the bytes of `file`, a complete PDFDocument without encryption."""
    root, info = (int(file.Reference(one).format(file).split()[0]) for one in (file.Catalog, file.info))
    out = bytearray(f"%PDF-{file._pdfVersion[0]}.{file._pdfVersion[1]}\n".encode() + b"%\xe2\xe3\xcf\xd3\n")
    rows: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    small: list[tuple[int, bytes]] = []
    number = 1
    while number in file.numberToId:  # writing an object may register more of them
        content = pdfdoc.format(file.idToObject[file.numberToId[number]], file, toplevel=1).strip()
        if content.endswith(b"endstream"):
            rows[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        else:
            small.append((number, content))
        number += 1
    for first in range(0, len(small), _TOGETHER):
        held = small[first : first + _TOGETHER]
        rows |= {one: (2, number, n) for n, (one, _) in enumerate(held)}
        rows[number] = (1, len(out), 0)
        out += _object_stream(number, held)
        number += 1
    rows[number] = (1, len(out), 0)
    table = b"".join(pack(">BIH", *rows[n]) for n in range(number + 1))
    told = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID %s" % (number + 1, root, info, file.ID())
    return bytes(out) + _stream(number, told, table) + b"startxref\n%d\n%%%%EOF\n" % len(out)


def _object_stream(number: int, held: list[tuple[int, bytes]]) -> bytes:
    places, content = [], b""
    for one, written in held:
        places.append(b"%d %d" % (one, len(content)))
        content += written + b"\n"
    head = b" ".join(places) + b"\n"
    return _stream(number, b"/Type/ObjStm/N %d/First %d" % (len(held), len(head)), head + content)


def _stream(number: int, told: bytes, content: bytes) -> bytes:
    small = zlib.compress(content, 9)
    return b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        told,
        len(small),
        small,
    )
