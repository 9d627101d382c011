"""Closing the program loses nothing that was typed; it comes back once, to the place it was typed in."""

from __future__ import annotations

import pytest
from caseload import PASSPHRASE
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from progression.errors import KnownError
from progression.ui.panels.register import SmallStepPanel

TYPED = "Cykler til aftalerne, også når det regner"
AGAIN = "Det, du havde skrevet, da du lukkede, er her igen."


@pytest.fixture
def start(open_window, demo_vault, settled):
    """Open the program and unlock."""

    def go():
        window = open_window(demo_vault, language="da")
        window.unlock.secret.setText(PASSPHRASE)
        window.unlock.submit()
        for _ in range(3):
            settled(window)
        assert window.status.error == ""
        return window

    return go


@pytest.fixture
def said(monkeypatch):
    boxes = []
    monkeypatch.setattr(QMessageBox, "warning", staticmethod(lambda *args: boxes.append(args[-1])))
    return boxes


def small_step(window, settled, text=""):
    """The form of a small step on the page of the first citizen of I dag."""
    who = window.shell.page("today").value.rows[0].citizen
    window.context.go("citizen", who)
    settled(window)
    page = window.shell.current()
    page.side.open_register(SmallStepPanel)
    QTest.keyClicks(page.side.panel.text, text)
    return page


def told(window):
    return window.status._message.accessibleName()


def test_what_was_typed_is_there_at_the_next_start_and_is_said(start, settled, said):
    first = start()
    who = small_step(first, settled, TYPED).citizen
    first.close()
    second = start()
    assert second.shell.where == ("citizen", who)
    assert second.shell.current().side.panel.text.toPlainText() == TYPED
    assert told(second) == AGAIN
    second.shell.current().side.panel.cancelled.emit()
    second.close()
    assert start().shell.where == ("today", "")
    assert not said


def test_closed_again_at_once_it_is_still_there(start, settled):
    first = start()
    small_step(first, settled, TYPED)
    first.close()
    start().close()
    assert start().shell.current().side.panel.text.toPlainText() == TYPED


def test_a_form_nobody_typed_in_is_not_opened_another_day(start, settled):
    first = start()
    small_step(first, settled)
    first.close()
    second = start()
    assert second.shell.where == ("today", "") and told(second) != AGAIN


def test_locked_and_then_closed_it_is_there_too(start, settled):
    first = start()
    who = small_step(first, settled, TYPED).citizen
    first.lock()
    settled(first)
    first.close()
    second = start()
    assert second.shell.where == ("citizen", who)
    assert second.shell.current().side.panel.text.toPlainText() == TYPED


def test_what_was_sent_as_the_window_closed_is_saved_and_not_asked_again(start, settled):
    first = start()
    page = small_step(first, settled, TYPED)
    who = page.citizen
    page.side.panel.send()
    first.close()
    second = start()
    assert second.shell.where == ("today", "")
    second.context.go("citizen", who)
    settled(second)
    assert [one.text for one in second.shell.current().value.course.notes].count(TYPED) == 1


def test_a_full_disk_is_told_before_the_window_goes(start, settled, said, monkeypatch):
    window = start()
    small_step(window, settled, TYPED)

    def full(*_args):
        raise KnownError("disk.full", folder="Progression")

    monkeypatch.setattr("progression.store.drafts.save", full)
    window.close()
    assert len(said) == 1 and said[0].startswith("Det sidste, der blev skrevet, kunne ikke bevares")
    assert "fuld" in said[0]
