"""Work longer than a second shows progress, on a terminal only, and clears it away."""

from __future__ import annotations

import io
import threading

import pytest

from progression.commands.working import QUIET, working
from progression.words import Words


class Terminal(io.StringIO):
    """A terminal that says when something was written to it."""

    def __init__(self, there=True):
        super().__init__()
        self.there = there
        self.written = threading.Event()

    def isatty(self):
        return self.there

    def flush(self):
        self.written.set()


@pytest.mark.parametrize(("language", "text"), [("da", "Arbejder … 0 s"), ("en", "Working … 0 s")])
def test_the_seconds_are_counted_and_cleared(language, text):
    out = Terminal()
    with working(Words(language), out, quiet=0.001):
        assert out.written.wait(10)
    assert out.getvalue().startswith("\r" + text)
    assert out.getvalue().endswith("\r" + " " * len(text) + "\r")


def test_quick_work_says_nothing():
    out = Terminal()
    with working(Words("en"), out, quiet=60):
        pass
    assert out.getvalue() == ""
    assert QUIET == 1.0


def test_a_file_or_a_pipe_gets_nothing():
    out = Terminal(there=False)
    before = threading.active_count()
    with working(Words("en"), out, quiet=0):
        assert threading.active_count() == before
    assert out.getvalue() == ""


def test_an_error_comes_through_and_the_line_is_cleared():
    out = Terminal()
    with pytest.raises(RuntimeError, match="inside"), working(Words("en"), out, quiet=0.001):
        assert out.written.wait(10)
        raise RuntimeError("inside")
    assert out.getvalue().endswith("\r")
