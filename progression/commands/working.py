"""Work that takes longer than a second says so on a terminal, and leaves no trace there."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from progression.words import Words

QUIET = 1.0  # seconds before anything is said, and between one number and the next


@contextmanager
def working(w: Words, out: TextIO | None = None, quiet: float = QUIET) -> Iterator[None]:
    """Count the seconds on a terminal while the body runs; nothing is written to a file or a pipe."""
    out = out or sys.stderr
    if not out.isatty():
        yield
        return
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(w, out, done, quiet), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()


def _tick(w: Words, out: TextIO, done: threading.Event, quiet: float) -> None:
    began, longest = time.monotonic(), 0
    while not done.wait(quiet):
        text = w.t("Working … {n} s", n=int(time.monotonic() - began))
        longest = max(longest, len(text))
        out.write("\r" + text)
        out.flush()
    if longest:
        out.write("\r" + " " * longest + "\r")
        out.flush()
