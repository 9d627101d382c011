"""A robot with nothing but a keyboard assesses 55 citizens in the real window: 13 keystrokes each, all of it in the
vault."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from caseload import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from progression.casework.values import Assignment, Citizen, Person
from progression.desk import vaults
from progression.scales import library
from progression.store import check, drafts, kinds, queries
from progression.store.access import Act

CITIZENS = 55
KEYSTROKES = 13
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
CODES = [indicator.code for indicator in library.builtin()["bip"].rated_by("caseworker")]


@pytest.fixture
def window(open_window, tmp_path, settled):
    """A caseworker's 55 citizens, nobody assessed yet."""
    made = vaults.create(tmp_path / "vault", PASSPHRASE, account_name="Mette Holm", kdf=CHEAP)
    begun = dt.date.today() - dt.timedelta(days=40)
    values = [Person("mette", "Mette Holm")]
    for n in range(CITIZENS):
        values += [
            Citizen(f"c{n}", f"R-{n:03}", f"Borger Nummer{n:03}", benefit_start=begun),
            Assignment(f"c{n}", "mette", begun),
        ]
    made.session.vault.append([kinds.to_event(value) for value in values], Act("add"))
    vaults.close(made.session, backup=False)
    shown = open_window(tmp_path / "vault", language="da")
    shown.unlock.secret.setText(PASSPHRASE)
    shown.unlock.submit()
    settled(shown)
    return shown


class Robot:
    """Presses keys on whatever has the focus, counts them, and has no mouse."""

    def __init__(self, window, settled, qtbot):
        self.window, self.settled, self.qtbot = window, settled, qtbot
        self.keys = 0

    def press(self, key, modifier=PLAIN):
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        self.keys += 1
        QTest.keyClick(target, key, modifier)

    def chord(self, key):
        """Ctrl goes down, then the key: two keystrokes, as contracts count them."""
        target = QApplication.focusWidget()
        QTest.keyPress(target, Qt.Key.Key_Control)
        self.keys += 1
        self.press(key, CTRL)
        QTest.keyRelease(QApplication.focusWidget() or self.window, Qt.Key.Key_Control)

    def open(self, number):
        """Find a citizen by number and go to the conversation."""
        finder = self.window.shell.rail.finder
        self.chord("k")
        for letter in number:
            self.press(letter)
        self.qtbot.waitUntil(lambda: any(hit.hint == number for hit in finder.hits))
        self.press(Qt.Key.Key_Return)
        self.settled(self.window)
        self.chord("3")
        self.settled(self.window)

    def score(self, digits):
        """The assessment itself; how many keystrokes it took."""
        before = self.keys
        for digit in digits:
            self.press(digit)
        self.chord(Qt.Key.Key_Return)
        self.settled(self.window)
        return self.keys - before


@pytest.mark.slow
def test_55_citizens_by_keyboard_alone(window, settled, qtbot):
    robot, rng = Robot(window, settled, qtbot), random.Random(55)
    typed = {}
    for n in range(CITIZENS):
        robot.open(f"R-{n:03}")
        page = window.shell.current()
        assert window.shell.where == ("conversation", f"c{n}")
        typed[f"c{n}"] = [rng.randint(1, 5) for _ in CODES]
        taken = robot.score(str(step) for step in typed[f"c{n}"])
        assert taken == KEYSTROKES, f"citizen {n}"
        assert page.panel.isVisible()
        assert window.status.error == ""
    found = {}

    def read(session):
        found["saved"] = queries.assessments(session.vault)
        found["drafts"] = drafts.all(session.vault)
        found["damage"] = check.check(session.vault, deep=True)

    window.context.run(read)
    settled(window)
    assert {a.citizen: [a.answers[code] for code in CODES] for a in found["saved"]} == typed
    assert len(found["saved"]) == CITIZENS
    assert {(a.rater, a.date, a.conflict) for a in found["saved"]} == {("caseworker", dt.date.today(), False)}
    assert list(found["drafts"]) == [] and found["damage"] == []
