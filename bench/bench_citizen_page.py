"""Opening a citizen with 40 assessments: from the page's values to the page painted, in milliseconds.

Measured on a shown page that has painted before (pyqtgraph is loaded when the first citizen is opened), from
`show_page` until every paint event is done. The first opening, pyqtgraph's
import included, is given beside it without a limit.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from pathlib import Path

ROUNDS = 15
LIMIT_MS = 60.0


def run():
    """Return the rows of this benchmark: name, figure, limit, details."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "ui"))
    import cases
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from progression.ui import theme
    from progression.ui.citizen import CitizenPage
    from progression.ui.page import Context
    from progression.ui.worker import Worker
    from progression.words import Words

    app = QApplication.instance() or QApplication([])
    qInstallMessageHandler(lambda *_said: None)  # the platform without a screen remarks on every window
    theme.load_fonts()
    theme.apply(app, theme.Theme())
    words = Words("da")
    forty, karsten = cases.forty(words), cases.karsten(words)

    def painted(page, value):
        start = time.perf_counter()
        page.show_page(value)
        page.repaint()
        app.sendPostedEvents()
        app.processEvents()
        return (time.perf_counter() - start) * 1000

    page = CitizenPage(Context(Worker()))
    page.retranslate()
    page.restyle()
    page.resize(1256, 872)
    page.citizen = "k"
    start = time.perf_counter()
    page.show()
    first = (time.perf_counter() - start) * 1000 + painted(page, karsten)
    painted(page, forty)
    times, busy, redrawn, moved = [], [], [], []
    for _ in range(ROUNDS):
        painted(page, karsten)
        gc.collect()
        used = time.thread_time()
        times.append(painted(page, forty))
        busy.append((time.thread_time() - used) * 1000)
        start = time.perf_counter()
        page.views.timeline.repaint()
        app.processEvents()
        redrawn.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        page.views.timeline._move(5, aloud=False)
        app.processEvents()
        moved.append((time.perf_counter() - start) * 1000)
    detail = f"values to painted; {statistics.median(busy):.0f} ms computing, worst of {ROUNDS} {max(times):.0f}"
    return [
        ("citizen page, 40 assessments, ms", statistics.median(times), LIMIT_MS, detail),
        ("first citizen opened, ms", first, None, "with pyqtgraph's import"),
        ("timeline painted again, ms", statistics.median(redrawn), None, "nothing changed"),
        ("cursor moved, ms", statistics.median(moved), None, ""),
    ]
