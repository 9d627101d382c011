"""Reads as much of an embedded TrueType subset as the rules about glyphs and widths need."""

from __future__ import annotations

from struct import unpack_from


class Subset:
    """`glyphs` is how many there are, `tables` the (platform, encoding) of its character maps."""

    def __init__(self, data):
        self.data = data
        count = unpack_from(">H", data, 4)[0]
        rows = (unpack_from(">4s4xII", data, 12 + 16 * n) for n in range(count))
        self.at = {name.decode(): start for name, start, _ in rows}
        self.glyphs = unpack_from(">H", data, self.at["maxp"] + 4)[0]
        self.em = unpack_from(">H", data, self.at["head"] + 18)[0]
        self.metrics = unpack_from(">H", data, self.at["hhea"] + 34)[0]
        start = self.at["cmap"]
        places = [unpack_from(">HHI", data, start + 4 + 8 * n) for n in range(unpack_from(">H", data, start + 2)[0])]
        self.tables = [(platform, encoding) for platform, encoding, _ in places]
        self.map = start + places[0][2] if places else None

    def width(self, glyph):
        """In thousandths of the size."""
        return unpack_from(">H", self.data, self.at["hmtx"] + 4 * min(glyph, self.metrics - 1))[0] * 1000 / self.em

    def glyph(self, code):
        """The glyph of a code, 0 where it has none."""
        kind = unpack_from(">H", self.data, self.map)[0]
        if kind == 0:
            return self.data[self.map + 6 + code]
        if kind != 6:
            raise ValueError(f"a character map of format {kind}")
        first, count = unpack_from(">HH", self.data, self.map + 6)
        return (
            unpack_from(">H", self.data, self.map + 10 + 2 * (code - first))[0] if first <= code < first + count else 0
        )
