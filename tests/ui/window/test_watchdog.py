"""The window goes on living while 100,000 rows are read in: a beat every 50 ms, progress that moves, a way to stop.

Times are compared with each other and never with a clock of their own: a busy machine makes the import slower too.
"""

from __future__ import annotations

import itertools
import time

import pytest
from caseload import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from progression.desk import vaults
from progression.scales import library
from progression.store import queries

BEAT = 50  # ms
ROWS = 100_000
MOST_OF = 0.35  # share of the import that the window may at most be away at a stretch
HEARD = 0.3  # share of the beats that must be heard; on an idle machine it is above 0.9


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Citizens and 100,000 answers as another system exports them."""
    folder = tmp_path_factory.mktemp("source")
    codes = [indicator.code for indicator in library.builtin()["bip"].rated_by("caseworker")]
    lines = ["citizen_id,date,rater,assessor,scale,indicator,score"]
    citizens = 0
    while len(lines) <= ROWS:
        citizens += 1
        for month in range(1, 9):
            day = f"2025-{month:02}-{citizens % 28 + 1:02}"
            lines += [f"W{citizens:05},{day},caseworker,kk,bip,{code},{(citizens + month) % 5 + 1}" for code in codes]
    (folder / "assessments.csv").write_text("\n".join(lines[: ROWS + 1]) + "\n", "utf-8")
    names = "".join(f"W{n:05},Borger {n}\n" for n in range(1, citizens + 1))
    (folder / "citizens.csv").write_text("citizen_id,name\n" + names, "utf-8")
    return folder


@pytest.fixture
def section(open_window, tmp_path, settled):
    """Where files are chosen, in a window on an empty vault."""
    made = vaults.create(tmp_path / "vault", PASSPHRASE, account_name="Mette", kdf=CHEAP)
    vaults.close(made.session, backup=False)
    window = open_window(tmp_path / "vault", language="da")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    window.context.go("settings")
    settled(window)
    return window.shell.current().importing


class Heart:
    """Beats every 50 ms and notes when."""

    def __init__(self):
        self.beats = []
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(lambda: self.beats.append(time.perf_counter()))
        self.timer.start(BEAT)


@pytest.mark.slow
def test_the_window_lives_while_100_000_rows_are_read_in(section, source, qtbot):
    window, steps, heart = section.window(), [], Heart()
    section._bar.valueChanged.connect(lambda value: steps.append((section._stage.text(), value)))
    began = time.perf_counter()
    section.read(source)
    typed = 0
    while section._result is None and section._error is None:
        with qtbot.waitSignal(heart.timer.timeout, timeout=60_000):
            pass
        if typed < 6:  # and somebody goes on working
            QTest.keyClick(window.shell.rail.finder, "a")
            typed += 1
    took = time.perf_counter() - began
    heart.timer.stop()
    assert section._error is None
    during = [began, *(beat for beat in heart.beats if beat <= began + took), began + took]
    away = max(after - before for before, after in itertools.pairwise(during))
    assert away < max(MOST_OF * took, 4 * BEAT / 1000), (away, took)
    assert len(during) - 2 >= HEARD * took * 1000 / BEAT, (len(during) - 2, took)
    assert typed and window.shell.rail.finder.text() == "a" * typed
    saving = [value for stage, value in steps if stage == "Gemmer" and value > 0]
    assert len(set(saving)) >= 2 and saving == sorted(saving)


@pytest.mark.slow
def test_cancelling_while_it_saves_keeps_nothing(section, source, qtbot):
    """The last moment to change one's mind is the last moment of the work."""
    window = section.window()

    def stop(_value):
        if section._stage.text() == "Gemmer" and section._bar.value() > 0:
            section.cancel.click()

    section._bar.valueChanged.connect(stop)
    section.read(source)
    qtbot.waitUntil(lambda: section._result is not None or section._error is not None, timeout=60_000)
    found = []
    window.context.run(lambda session: len(queries.citizens(session.vault)), done=found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert section._error is not None and section._result is None
    assert found == [0]
    assert section.outcome.toPlainText().startswith("Stoppet")
