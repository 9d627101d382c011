"""Reads data files that people write (TOML): every fault is collected with its key, none stops the reading.

A reader that stops at the first fault makes a person fix a file twenty times. Keys are written as in
`indicators[3].steps[2].text.da`, counted from 1, because people who edit these files count from 1.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import tomllib
from collections.abc import Collection, Iterator
from typing import Any

from progression.errors import Fault
from progression.scales.model import Texts

LANGUAGES_NEEDED: tuple[str, ...] = ("da", "en")
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$|\s*\(at end of document\)$")
_SHOWN = 80  # characters of a wrong value that a fault repeats


def parse_toml(text: str, faults: list[Fault]) -> dict[str, Any]:
    """Parse TOML; on a syntax error add a fault with line and column (from 1) and return {}."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except ValueError as error:  # TOMLDecodeError, and int() of thousands of digits
        place = _PLACE.search(str(error))
        line, column = _end(text) if place is None or place[1] is None else (int(place[1]), int(place[2]))
        detail = _PLACE.sub("", str(error))
        faults.append(Fault("", "fault.toml", None, {"line": line, "column": column, "detail": detail}))
    except RecursionError:  # tomllib recurses into nested brackets
        line, column = _end(text)
        faults.append(Fault("", "fault.toml", None, {"line": line, "column": column, "detail": "nesting"}))
    return {}


def _end(text: str) -> tuple[int, int]:
    lines = text.splitlines() or [""]
    return len(lines), len(lines[-1]) + 1


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class Table:
    """One table of the file. Ask for each key once, then call `done`, which reports keys nobody asked for.

    Every method returns a usable value even where there is a fault, so that reading goes on.
    """

    def __init__(self, data: object, path: str, faults: list[Fault]) -> None:
        """`path` is the key path of this table, "" for the file itself."""
        self.path = path
        self.faults = faults
        self._asked: set[str] = set()
        self._usable = isinstance(data, dict)
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not self._usable:
            self.fault("", "fault.type", data, type="table")

    def at(self, key: str) -> str:
        """Return the path of a key in this table."""
        return ".".join(part for part in (self.path, key) if part)

    def fault(self, key: str, what: str, value: object = None, **expected: Any) -> None:
        """Add a fault about a key of this table."""
        shown = None if value is None else _shown(value)
        self.faults.append(Fault(self.at(key), what, shown, expected))

    def peek(self, key: str) -> object:
        """Return what stands there, whatever it is, without having asked for it; None where nothing does."""
        return self._data.get(key)

    def has(self, key: str) -> bool:
        """Say whether the key is written."""
        return key in self._data

    def _take(self, key: str, kind: type | tuple[type, ...], name: str) -> Any:
        self._asked.add(key)
        if key not in self._data:
            if self._usable:
                self.fault(key, "fault.missing", type=name)
            return None
        value = self._data[key]
        # True is an int in Python, never one in a file a person wrote
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(key, "fault.type", value, type=name)
            return None
        return value

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._take(key, str, "text")
        if value is not None and not value.strip():
            self.fault(key, "fault.empty")
        return (value or "").strip()

    def code(self, key: str) -> str:
        """A code: small letters a-z, digits and _, at most 40, beginning with a letter."""
        value = self.text(key)
        if value and not _CODE.fullmatch(value):
            self.fault(key, "fault.code", value)
        return value

    def whole(self, key: str, minimum: int, maximum: int) -> int | None:
        """A whole number within the limits, or None."""
        value = self._take(key, int, "whole")
        if value is not None and not minimum <= value <= maximum:
            self.fault(key, "fault.range", value, minimum=minimum, maximum=maximum)
            return None
        return value

    def positive(self, key: str) -> float | None:
        """A number above 0, or None."""
        value = self._take(key, (int, float), "number")
        if value is not None and not (math.isfinite(value) and value > 0):
            self.fault(key, "fault.not_positive", value)
            return None
        return None if value is None else float(value)

    def day(self, key: str) -> dt.date | None:
        """A date as TOML writes it, without quotation marks or a time of day, or None."""
        value = self._take(key, dt.date, "date")
        if isinstance(value, dt.datetime):
            self.fault(key, "fault.type", value, type="date")
            return None
        return value

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of texts, each at most once and none empty; it may be empty."""
        values = self._take(key, list, "list") or []
        found: list[str] = []
        for place, value in enumerate(values, 1):
            at = f"{key}[{place}]"
            if not isinstance(value, str):
                self.fault(at, "fault.type", value, type="text")
            elif not value.strip():
                self.fault(at, "fault.empty")
            elif value.strip() in found:
                self.fault(at, "fault.twice", value)
            else:
                found.append(value.strip())
        return tuple(found)

    def flag(self, key: str) -> bool:
        """true or false."""
        return bool(self._take(key, bool, "flag"))

    def choice(self, key: str, choices: Collection[str], what: str = "fault.choice") -> str:
        """One of some words; "" where it is none of them."""
        value = self._take(key, str, "text")
        if value is not None and value not in choices:
            self.fault(key, what, value, choices=tuple(choices))
        return value if value in choices else ""

    def choices(self, key: str, choices: Collection[str], what: str) -> frozenset[str]:
        """A list of words, each at most once and at least one."""
        values = self._take(key, list, "list")
        if values == []:
            self.fault(key, "fault.empty")
        for place, value in enumerate(values or [], 1):
            if value not in choices:
                self.fault(f"{key}[{place}]", what, value, choices=tuple(choices))
            elif value in values[: place - 1]:
                self.fault(f"{key}[{place}]", "fault.twice", value)
        return frozenset(value for value in values or [] if value in choices)

    def texts(self, key: str) -> Texts:
        """A text in every needed language; further languages are welcome."""
        value = self._take(key, dict, "texts")
        return {} if value is None else read_texts(value, self.at(key), self.faults)

    def table(self, key: str) -> Table:
        """A table within this one; an empty one where it is missing (a fault)."""
        value = self._take(key, dict, "table")
        return Table(value or {}, self.at(key), self.faults)

    def tables(self, key: str) -> Iterator[Table]:
        """A list of tables."""
        for place, value in enumerate(self._take(key, list, "list") or [], 1):
            yield Table(value, self.at(f"{key}[{place}]"), self.faults)

    def written(self) -> tuple[str, ...]:
        """The keys as written; counts as having asked for all of them."""
        self._asked.update(self._data)
        return tuple(self._data)

    def allow(self, *keys: str) -> None:
        """Keys that are known although they need not be there: who misspells one is told of them."""
        self._asked.update(keys)

    def done(self) -> None:
        """Report keys that nobody asked for: a misspelt key must not be lost in silence."""
        for key in self._data:
            if key not in self._asked:
                self.fault(key, "fault.unknown_key", key, known=tuple(sorted(self._asked)))


def read_texts(value: dict[str, Any], path: str, faults: list[Fault]) -> Texts:
    """Read language -> text; faults where Danish or English is missing or a text is empty."""
    table = Table(value, path, faults)
    texts: Texts = {}
    for language in LANGUAGES_NEEDED:
        if table.has(language):
            continue
        table.fault(language, "fault.language", None, language=language)
    for language in table.written():
        if not LANGUAGE_CODE.fullmatch(language):
            table.fault(language, "fault.unknown_language", language)
            continue
        texts[language] = table.text(language)
    return texts
