"""The catalogue is read a text at a time, and says what Python's own reader says."""

from __future__ import annotations

import gettext
import io
import struct

import pytest

from progression.resources import asset
from progression.words.compiled import Compiled

CONTEXT = "\x04"


@pytest.fixture(scope="module")
def data():
    return asset("catalogues", "da.mo").read_bytes()


@pytest.fixture(scope="module")
def python(data):
    return gettext.GNUTranslations(io.BytesIO(data))


def test_every_text_is_the_one_python_reads(data, python):
    ours = Compiled(data)
    keys = list(python._catalog)
    assert len(keys) > 3000
    for key in keys:
        if isinstance(key, tuple):
            for n in (0, 1, 2, 21):
                assert ours.ngettext(key[0], "others", n) == python.ngettext(key[0], "others", n)
        elif CONTEXT in key:
            assert ours.pgettext(*key.split(CONTEXT)) == python.pgettext(*key.split(CONTEXT))
        elif key:
            assert ours.gettext(key) == python.gettext(key)


def test_what_is_not_translated_stays_english(data):
    ours = Compiled(data)
    assert ours.gettext("nobody says this") == "nobody says this"
    assert ours.pgettext("nowhere", "nobody says this") == "nobody says this"
    assert [ours.ngettext("one thing", "things", n) for n in (0, 1, 2)] == ["things", "one thing", "things"]


def made(order, texts, header="Plural-Forms: nplurals=2; plural=n>1;\n"):
    pairs = sorted({"": header, **texts}.items())
    at = 28 + 16 * len(pairs)
    tables, body = [[], []], b""
    for column in (0, 1):
        for pair in pairs:
            raw = pair[column].encode()
            tables[column] += [len(raw), at + len(body)]
            body += raw + b"\0"
    head = struct.pack(f"{order}7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, at)
    return head + b"".join(struct.pack(f"{order}{len(table)}I", *table) for table in tables) + body


@pytest.mark.parametrize("order", ["<", ">"])
def test_either_order_of_bytes_and_the_files_own_rule_for_plurals(order):
    ours = Compiled(made(order, {"{n} day\0{n} days": "{n} dag\0{n} dage", "Save": "Gem"}))
    assert ours.gettext("Save") == "Gem"
    assert [ours.ngettext("{n} day", "{n} days", n) for n in (0, 1, 2)] == ["{n} dag", "{n} dag", "{n} dage"]


@pytest.mark.parametrize("spoilt", [b"", b"PK\x03\x04" + bytes(40), "cut"])
def test_a_file_that_is_no_catalogue_is_an_error(spoilt, data):
    with pytest.raises(OSError, match="catalogue"):
        Compiled(data[:1000] if spoilt == "cut" else spoilt)
