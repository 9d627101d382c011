"""Opening a citizen with 40 assessments: from the encrypted vault to the page painted, in milliseconds.

Measured on a shown page that has painted before (pyqtgraph is loaded when the first citizen is opened), from the
question to the vault until every paint event is done. The first opening, pyqtgraph's import included, is given beside
it without a limit.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
LIMIT_MS = 60.0


def run():
    """Return the rows of this benchmark: name, figure, limit, details."""
    with tempfile.TemporaryDirectory() as scratch:
        return measure(Path(scratch))


def vault_with(folder, course):
    """A session on a new vault that holds this one course."""
    from progression.desk import vaults
    from progression.store import kinds
    from progression.store.access import Act
    from progression.store.header import KdfCost

    cheap = KdfCost(passes=1, memory_kib=8, lanes=1)
    opened = vaults.create(folder / "vault", "measured", account_name="", state=folder / "state", kdf=cheap)
    facts = (course.citizen, *course.assignments, *course.assessments, *course.interventions, *course.conversations)
    facts += (*course.categories, *course.plan, *course.notes, *course.decisions)
    opened.session.vault.append([kinds.to_event(fact, ()) for fact in facts], Act("import"))
    return opened.session


def new_page():
    """An application without a screen, and a citizen's page that is not shown yet."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from progression.ui import theme
    from progression.ui.citizen.page import CitizenPage
    from progression.ui.page import Context
    from progression.ui.worker import Worker

    app = QApplication.instance() or QApplication([])
    qInstallMessageHandler(lambda *_said: None)  # the platform without a screen remarks on every window
    theme.load_fonts()
    theme.apply(app, theme.Theme())
    page = CitizenPage(Context(Worker()))
    page.retranslate()
    page.restyle()
    page.resize(1256, 872)
    page.citizen = "k"
    return app, page


def milliseconds(work):
    """What the work returns, and how long it took."""
    start = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - start) * 1000


def measure(folder):
    """Open the same citizen again and again, with another in between."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "ui"))
    import cases

    from progression.desk import citizens, vaults
    from progression.words import Words

    words = Words("da")
    app, page = new_page()
    forty, karsten = cases.forty(words), cases.karsten(words)

    def paint(value):
        page.show_page(value)
        page.repaint()
        app.sendPostedEvents()
        app.processEvents()

    def settled(work):
        work()
        app.processEvents()

    first = sum(milliseconds(work)[1] for work in (page.show, lambda: paint(karsten)))
    paint(forty)
    session = vault_with(folder, forty.course)
    asked, times, busy, again, redrawn, moved = [], [], [], [], [], []
    for _ in range(ROUNDS):
        paint(karsten)
        session.vault.memory.kept.clear()  # as who is opened first, without what I dag has found out already
        gc.collect()
        used = time.thread_time()
        values, reading = milliseconds(lambda: citizens.page(session, forty.course.citizen.citizen))
        asked.append(reading)
        times.append(reading + milliseconds(lambda shown=values: paint(shown))[1])
        busy.append((time.thread_time() - used) * 1000)
        again.append(milliseconds(lambda: citizens.page(session, forty.course.citizen.citizen))[1])
        redrawn.append(milliseconds(lambda: settled(page.views.timeline.repaint))[1])
        moved.append(milliseconds(lambda: settled(lambda: page.views.timeline._move(5, aloud=False)))[1])
    vaults.close(session, backup=False)
    detail = f"vault to painted, of it {statistics.median(asked):.0f} ms for the values; "
    detail += f"{statistics.median(busy):.0f} ms computing, worst of {ROUNDS} {max(times):.0f}"
    return [
        ("citizen page, 40 assessments, ms", statistics.median(times), LIMIT_MS, detail),
        ("first citizen opened, ms", first, None, "with pyqtgraph's import"),
        ("values of a citizen seen before, ms", statistics.median(again), None, "the analysis is kept"),
        ("timeline painted again, ms", statistics.median(redrawn), None, "nothing changed"),
        ("cursor moved, ms", statistics.median(moved), None, ""),
    ]
