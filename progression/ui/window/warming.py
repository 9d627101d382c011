"""What the first click on *Borger* or *Team* needs is fetched while nothing else happens.

The program's own modules are imported in the window's thread, one at a time, a few milliseconds before the keys are
asked again; so is the page of a citizen made and dressed, with nobody in it. What draws curves is one package that
takes a third of a second: it is imported in a thread of its own, which lets the keys in between (20 to 40 ms at most,
measured, where importing it in the window's thread stops them for 300 to 550).
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from progression.ui.window.main import MainWindow
    from progression.ui.window.shell import Shell

FIRST = 400  # ms after unlocking: the rows are painted, and somebody reads them
PAUSE = 20  # ms between two steps: keys and mouse come first
BUDGET = 0.010  # s of work in one step, where its smallest part takes no longer
ROOM, OPEN = "progression.", "progression.store"  # the store is there: a vault is open
APART = ("pyqtgraph",)
AFTERWARDS = "progression.ui.timeline.plot"  # stands on it, and is imported by what is shown first
MADE = ("citizen",)  # the page opened most is made too
IMPORTED = ("citizen", "conversation", "team", "interventions", "reports", "settings")


class Warming(QObject):
    """Begins each time a vault is opened, and ends when everything is there or the vault is locked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._steps: Iterator[object] = iter(())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.step)
        window.unlocked.connect(self.begin)

    def begin(self) -> None:
        """A vault is open: begin once its rows are shown."""
        if self._window.shell is not None:
            self._steps = _everything(self._window.shell)
            self._timer.start(FIRST)

    @property
    def done(self) -> bool:
        """Nothing is left to fetch."""
        return not self._timer.isActive()

    def step(self) -> None:
        """Do a little; nothing while the database is asked, which is what somebody waits for."""
        context = self._window.context
        if context.session is None:
            return
        if context.worker.busy:
            self._timer.start(PAUSE)
            return
        until = time.perf_counter() + BUDGET
        for done in self._steps:
            if done is None or time.perf_counter() >= until:
                self._timer.start(PAUSE)
                return


def _everything(shell: Shell) -> Iterator[object]:
    """Each value is a part that is done; None: there is nothing to do here but to wait."""
    seen: set[str] = set()
    apart = threading.Thread(target=_import_apart, name="imports")
    apart.start()
    while apart.is_alive():
        yield None
    yield from modules(AFTERWARDS, seen)
    for name in IMPORTED:
        if (place := shell.places.get(name)) is None:
            continue
        yield from modules(place.module, seen)
        if name in MADE:
            yield from _dressed(shell, name)


def _import_apart() -> None:
    for name in APART:
        try:
            import_module(name)
        except ImportError:  # whoever needs it says so, where somebody reads it
            continue


def _dressed(shell: Shell, name: str) -> Iterator[object]:
    """Make a page and give every part of it its look."""
    page = shell.page(name)
    yield page
    for part in page.findChildren(QWidget):
        if shiboken6.isValid(part):  # the page may have been shown, and filled, meanwhile
            part.ensurePolished()
            yield part


def modules(name: str, seen: set[str]) -> Iterator[str]:
    """Import a module of this program, each module it imports first and by itself; a name for each that was imported.

    What it imports is read from its code: a list by hand would be out of date with the next change.
    """
    if name in seen or name in sys.modules or name.startswith(OPEN):
        return
    seen.add(name)
    yield ""  # finding one takes a moment too
    for needed in _needed(name):
        yield from modules(needed, seen)
    import_module(name)
    yield name


def _needed(name: str) -> list[str]:
    """The modules of this program that a module's first lines import, as its code names them."""
    spec = find_spec(name)
    get_code = getattr(spec.loader, "get_code", None) if spec is not None else None
    code = get_code(name) if get_code is not None else None
    names: tuple[str, ...] = code.co_names if code is not None else ()
    found = dict.fromkeys(one for one in names if one.startswith(ROOM))
    for package in tuple(found):  # "from package import module" names the two apart
        held = _modules_in(package)
        found |= {f"{package}.{one}": None for one in names if one in held}
    return list(found)


@cache
def _modules_in(package: str) -> frozenset[str]:
    """The names of a package's modules, none for what is a module itself. Nothing but packages is imported."""
    spec = find_spec(package)
    where = spec.submodule_search_locations if spec is not None else None
    return frozenset(one.name for one in iter_modules(where)) if where else frozenset()
