"""Work that takes longer than a second says so on a terminal, and leaves no trace there.

`working` counts the seconds; what is being done right now can be told with `telling` from anywhere inside it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TextIO

from progression.words import Words

QUIET = 1.0  # seconds before anything is said, and between one number and the next


@dataclass(slots=True)
class _Line:
    """What stands on the terminal's line in place of the seconds, "" for the seconds."""

    text: str = ""


_line: ContextVar[_Line | None] = ContextVar("line", default=None)


@contextmanager
def working(w: Words, out: TextIO | None = None, quiet: float = QUIET) -> Iterator[None]:
    """Count the seconds on a terminal while the body runs; nothing is written to a file or a pipe."""
    out = out or sys.stderr
    if not out.isatty():
        yield
        return
    done, line = threading.Event(), _Line()
    ticker = threading.Thread(target=_tick, args=(w, out, done, quiet, line), daemon=True)
    ticker.start()
    before = _line.set(line)
    try:
        yield
    finally:
        _line.reset(before)
        done.set()
        ticker.join()


@contextmanager
def telling() -> Iterator[Callable[[str], None]]:
    """Hand out what says what is being done; where nothing is being shown it says nothing."""
    line = _line.get() or _Line()

    def say(text: str) -> None:
        line.text = text

    try:
        yield say
    finally:
        line.text = ""


def _tick(w: Words, out: TextIO, done: threading.Event, quiet: float, line: _Line) -> None:
    began, longest = time.monotonic(), 0
    while not done.wait(quiet):
        text = line.text or w.t("Working … {n} s", n=int(time.monotonic() - began))
        longest = max(longest, len(text))
        out.write("\r" + text.ljust(longest))
        out.flush()
    if longest:
        out.write("\r" + " " * longest + "\r")
        out.flush()
