"""The citizen's side in the real window: idle time, five wrong codes and a lost focus lock; the answers are kept."""

from __future__ import annotations

import pytest
from caseload import PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from progression.desk import pin
from progression.store import drafts
from progression.ui.answering.page import MODE, QUESTION

CODE = "274951"


@pytest.fixture
def sitting(unlocked, settled, dressed):
    """A window in which the citizen has answered two questions."""
    window = unlocked()
    window.context.go("conversation", window.shell.page("today").value.rows[0].citizen)
    settled(window)
    page = window.shell.current()
    page.footer.side_button.click()
    settled(window)
    side = page.side
    QTest.keyClicks(side.choose.pad, CODE + CODE)
    settled(window)
    if side.stack.currentIndex() == MODE:
        QTest.keyClick(side, "1")
    for key in ("4", "3"):
        QTest.keyClick(side, key)
    settled(window)
    assert side.stack.currentIndex() == QUESTION
    return window, page, side


def kept(window, settled, citizen):
    """Unlock again; what the citizen's draft holds, and whether there is a code."""
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    found = []
    window.context.run(lambda s: drafts.load(s.vault, citizen, "citizen", "bip"), done=found.append)
    window.context.run(pin.standing, done=found.append)
    settled(window)
    return found


@pytest.mark.parametrize("way", ["idle", "codes", "focus", "ctrl_l"])
def test_it_locks_and_the_answers_are_kept(sitting, settled, qtbot, way):
    window, page, side = sitting
    citizen = page.citizen
    assert window.idle.timer.isActive()
    if way == "idle":
        window.idle.timer.setInterval(0)
        window.idle.timer.start()
    elif way == "codes":
        QTest.keyClick(side, Qt.Key.Key_Escape)
        settled(window)
        for _ in range(5):
            QTest.keyClicks(side.way_back.pad, "905173")
            qtbot.waitUntil(lambda: not window.context.worker.busy)
    elif way == "focus":
        window.activateWindow()
    else:
        window.lock()
    qtbot.waitUntil(lambda: window.context.session is None and not window.context.worker.busy, timeout=20_000)
    assert window.unlock.isVisible() and page.side is None
    draft, standing = kept(window, settled, citizen)
    assert len(draft.payload["answers"]) == 2 and list(draft.payload["answers"].values()) == [4, 3]
    assert standing == pin.Standing(False)


def test_keys_on_the_citizens_side_keep_it_awake(sitting):
    window, _page, side = sitting
    window.idle.timer.start(5000)
    before = window.idle.timer.remainingTime()
    window.idle.watch(side.windowHandle())
    QTest.keyClick(side.windowHandle(), "3")
    assert window.idle.timer.remainingTime() > before + 1000
