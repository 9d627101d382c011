"""The window at work: a key until it is painted, another page until it is painted, and memory after many pages.

Everything is measured in the real window on an encrypted database, without a screen, at 1440×900. Other programs take
their share of a busy machine, so the floor (a key in an empty QLineEdit) is measured between the same keys, and what
the page switches took of the processor is given beside the clock.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

KEYS = 1_000
KEY_MEDIAN_MS, KEY_P99_MS = 16.0, 33.0
ROUNDS = 15  # visits of each page
SWITCH_MS = 100.0
SWITCHES = 1_000
STEADY = 0.10
WARM_SWITCHES = 100  # every page opened several times: what is kept once is kept by now
CITIZENS = 12
PASSPHRASE = "a window that is measured"


def run():
    """Return the rows of this benchmark: name, figure, limit, details."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch, opened(Path(scratch)) as bench:
        return [*bench.keys(), *bench.switches(), *bench.memory()]


@contextlib.contextmanager
def opened(folder):
    """The window on a few invented citizens, unlocked and warm."""
    from PySide6.QtCore import qInstallMessageHandler

    from progression import app as recipe
    from progression.desk import demo, vaults
    from progression.store.header import KdfCost
    from progression.ui import theme
    from progression.ui.preferences import Preferences
    from progression.ui.window.collecting import Collecting
    from progression.ui.window.main import MainWindow

    made = demo.build(folder / "vault", PASSPHRASE, citizens=CITIZENS, kdf=KdfCost(64, 1, 1))
    vaults.close(made.opened.session, backup=False)
    app = recipe.application()
    before = qInstallMessageHandler(lambda *_said: None)  # the platform without a screen remarks on every window
    theme.load_fonts()
    theme.apply(app, theme.Theme())
    window = MainWindow(folder / "vault", Preferences(theme="light"), lambda _preferences: None)
    window.resize(1440, 900)
    window.begin()
    window.show()
    window.activateWindow()
    Collecting(window)  # as `app` does once there is a picture
    window.warmed(None)
    bench = Bench(app, window)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    bench.settle()
    bench.live(2.0)  # the index of the Find field is made behind everything else
    try:
        yield bench
    finally:
        window.close()
        qInstallMessageHandler(before)


class Bench:
    """Hands and a clock."""

    def __init__(self, app, window):
        self.app, self.window = app, window

    def settle(self):
        """Until nothing is asked for and everything is painted. Waits asleep: the database needs the processor."""
        from PySide6.QtCore import QEventLoop

        while self.window.context.worker.busy:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.app.processEvents()

    def tidy(self):
        """What a person's pause gives the program time for; not measured."""
        from PySide6.QtCore import QEvent

        self.settle()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.settle()

    def live(self, seconds):
        """Let the window run."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    @property
    def citizens(self):
        """Who is in the list of today."""
        return [row.citizen for row in self.window.shell.page("today").value.rows]

    # a key until it is painted

    def keys(self):
        """Scores in Samtale, typed as a person does: down the sheet and up again, over and over."""
        from PySide6.QtWidgets import QLineEdit

        self.window.context.go("conversation", self.citizens[0])
        self.tidy()
        page, line = self.window.shell.page("conversation"), QLineEdit()
        line.resize(400, 40)
        line.show()
        typed = itertools.cycle("3425103425")
        taken, floor = [], []
        for n in range(KEYS):
            if n % 10 == 0:  # back to the first row, as whoever corrects an answer
                self.window.activateWindow()
                page.state.go(0)
                page.sheet.show_state()
                page.sheet.focus_row()
                self.tidy()
            taken.append(self.key(self.app.focusWidget(), next(typed)))
            self.tidy()
            line.clear()
            self.app.processEvents()
            floor.append(self.key(line, "3"))
        line.close()
        self.window.activateWindow()
        assert any(page.state.entry.answers.values()), "the keys went nowhere"
        self.tidy()
        beside = f"an empty QLineEdit in the same run: {statistics.median(floor):.2f} and {late(floor):.2f} ms"
        return [
            (f"key to paint in Samtale, median of {KEYS}, ms", statistics.median(taken), KEY_MEDIAN_MS, beside),
            (
                "key to paint in Samtale, 99th percentile, ms",
                late(taken),
                KEY_P99_MS,
                f"the latest {max(taken):.1f} ms",
            ),
        ]

    def key(self, target, digit):
        """Milliseconds from the key until every paint it asked for is done."""
        gc.collect(0)
        began = time.perf_counter()
        for press in (True, False):
            self.app.sendEvent(target, _digit(digit, press))
        self.app.processEvents()
        return (time.perf_counter() - began) * 1000

    # another page until it is painted

    def switch(self, name, citizen):
        """Milliseconds by the clock, and of this process's computing, until the page stands there with its facts."""
        worked, began = time.process_time(), time.perf_counter()
        self.window.context.go(name, citizen)
        self.settle()
        return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000

    def places(self, visits):
        """Page after page, and citizen after citizen."""
        shell, who = self.window.shell, self.citizens
        for n in range(visits):
            for name, place in shell.places.items():
                yield n, name, who[n % len(who)] if place.needs_citizen else ""

    def switches(self):
        """One row for each page."""
        taken = {name: [] for name in self.window.shell.places}
        for n, name, citizen in self.places(ROUNDS + 2):
            found = self.switch(name, citizen)
            self.tidy()
            if n >= 2:  # every page was made by then
                taken[name].append(found)
        rows = []
        for name, times in taken.items():
            clock, worked = zip(*times, strict=True)
            details = f"from {min(clock):.0f} to {max(clock):.0f} ms; computing {statistics.median(worked):.0f} ms"
            rows.append((f"page switch until painted: {name}, ms", statistics.median(clock), SWITCH_MS, details))
        return rows

    # memory

    def memory(self):
        """What a thousand page switches leave behind, as a share of what was used before."""
        steps, used = self.places(SWITCHES), []
        for n in range(WARM_SWITCHES + SWITCHES + 1):
            if n >= WARM_SWITCHES and (n - WARM_SWITCHES) % (SWITCHES // 4) == 0:
                gc.collect()
                used.append(resident())
            _n, name, citizen = next(steps)
            self.switch(name, citizen)
            self.tidy()
        details = " → ".join(f"{size / 1e6:.0f}" for size in used) + " MB"
        drift = max(abs(size / used[0] - 1) for size in used[1:])
        return [(f"memory after {SWITCHES} page switches, share more or less", drift, STEADY, details)]


def late(times):
    """The 99th percentile."""
    return statistics.quantiles(times, n=100)[98]


def resident():
    """Bytes of memory in use; where the system does not say, the most there ever was."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _digit(digit, press):
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    kind = QEvent.Type.KeyPress if press else QEvent.Type.KeyRelease
    return QKeyEvent(kind, ord(digit), Qt.KeyboardModifier.NoModifier, digit)
