"""A compiled catalogue (.mo) of which a text is read when it is asked for.

Python's own reader makes all of some three thousand texts when the file is opened, a thirtieth of the time to the first
picture; the page in that picture says forty. Here opening the file makes an index of its keys and no more.
The format: GNU gettext's manual, "The Format of GNU MO Files".
"""

from __future__ import annotations

import gettext
import re
import struct

_MAGIC = 0x950412DE
_FORM = b"\x00"  # between a singular and its plural
_CONTEXT = "\x04"  # between a context and its key
_RULE = re.compile(rb"^plural-forms:.*?plural=([^;\n]+)", re.IGNORECASE | re.MULTILINE)


class Compiled(gettext.NullTranslations):
    """The texts of one language. Safe to share between threads: what two of them read at once is the same."""

    def __init__(self, data: bytes) -> None:
        """`data`: the bytes of the file, whose texts are UTF-8. Raises OSError when it is no such file."""
        super().__init__()
        order = next((one for one in "<>" if data[:4] == struct.pack(f"{one}I", _MAGIC)), "")
        if not order:
            raise OSError("not a compiled catalogue")
        try:
            count, keys, texts = struct.unpack_from(f"{order}3I", data, 8)
            whole = f"{order}{2 * count}I"  # size and place of each
            at, self._texts = struct.unpack_from(whole, data, keys), struct.unpack_from(whole, data, texts)
        except struct.error as error:
            raise OSError("a compiled catalogue that ends too soon") from error
        self._data = data
        self._index = {
            data[place : place + size]: number
            for number, (size, place) in enumerate(zip(at[::2], at[1::2], strict=True))
        }
        for key in [key for key in self._index if _FORM in key]:  # is found by its singular, as gettext finds it
            self._index[key.partition(_FORM)[0]] = self._index[key]
        self._read: dict[str, tuple[str, ...]] = {}
        rule = _RULE.search(self._raw(b""))
        self._form = gettext.c2py(rule[1].decode("ascii").strip() if rule else "n != 1")

    def _raw(self, key: bytes) -> bytes:
        """A text as it lies in the file, b"" where there is none."""
        number = self._index.get(key)
        if number is None:
            return b""
        size, place = self._texts[2 * number : 2 * number + 2]
        return self._data[place : place + size]

    def _forms(self, key: str) -> tuple[str, ...]:
        """What a key is in this language: one text, or one for each plural form; nothing where it is not translated."""
        found = self._read.get(key)
        if found is None:
            raw = self._raw(key.encode())
            found = self._read[key] = tuple(part.decode() for part in raw.split(_FORM)) if raw else ()
        return found

    def gettext(self, message: str) -> str:
        """The text, or the message itself."""
        found = self._forms(message)
        return found[0] if found else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for n, or the English one."""
        found, form = self._forms(msgid1), self._form(n)
        if form < len(found):
            return found[form]
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context: str, message: str) -> str:
        """The text of a message that needs a context to be understood, or the message itself."""
        found = self._forms(f"{context}{_CONTEXT}{message}")
        return found[0] if found else message
