"""*Borger* comes in one piece: the first picture is the last one, nothing is painted twice and nothing moves after."""

from __future__ import annotations

from dataclasses import replace

import cases
import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from progression.ui import theme
from progression.ui.citizen.page import CitizenPage
from progression.ui.page import Context
from progression.ui.preferences import Preferences
from progression.ui.worker import Worker
from progression.words import Words

WORDS = Words("da")
MAKERS = {
    "karsten": cases.karsten,
    "nobody": cases.newcomer,
    "once": lambda words: cases.newcomer(words, 1),
    "patient": cases.patient,
    "forty": cases.forty,
}


class Painted(QObject):
    """Counts what is painted of a widget."""

    def __init__(self, widget):
        super().__init__()
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        self.times += event.type() == QEvent.Type.Paint
        return False


def other(value):
    """The same course of somebody else."""
    someone = replace(value.course.citizen, citizen="x", name="Nadja Petrović")
    return replace(value, course=replace(value.course, citizen=someone))


def rest():
    for _ in range(6):
        QApplication.processEvents()


@pytest.fixture
def page(qtbot, look):
    worker = Worker()
    made = CitizenPage(Context(worker, Preferences(language="da")))
    made.retranslate()
    made.restyle()
    qtbot.addWidget(made)
    made.resize(1256, 872)
    made.show()
    made.show_page(other(cases.karsten(WORDS)))
    rest()
    yield made
    worker.end(lambda _session, _jobs: None)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("case", MAKERS)
def test_the_first_picture_of_a_citizen_is_the_last_one(page, case, percent):
    theme.apply(QApplication.instance(), theme.choose("light", percent))
    page.restyle()
    rest()
    page.show_page(MAKERS[case](WORDS))
    first = page.grab().toImage()
    rest()
    assert page.grab().toImage() == first


@pytest.mark.parametrize("case", MAKERS)
def test_everything_is_painted_once(page, case):
    counted = [Painted(widget) for widget in (page, page.header, page.views, page.side.overview().viewport())]
    curve = Painted(page.views.timeline._canvas.viewport())
    page.show_page(MAKERS[case](WORDS))
    rest()
    assert [one.times for one in counted] == [1, 1, 1, 1]
    assert curve.times == (case != "nobody")


def test_what_was_shown_before_is_taken_apart_after_the_picture(page, qtbot):
    before = page.side._shelf._shown
    gone = []
    before.destroyed.connect(lambda: gone.append(True))
    page.show_page(cases.karsten(WORDS))
    assert not gone and before.isHidden()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert gone
    painted = Painted(page.side.overview().viewport())
    rest()
    assert painted.times <= 1  # the new one; taking the old one apart paints nothing


def test_no_visit_leaves_a_clock_behind_that_ends_the_next_ones_wait(page, qtbot):
    """Whoever pages on quickly never sees the citizen before under the name of the next."""
    page.show_for("k")
    assert not page.updatesEnabled()
    page.show_page(cases.karsten(WORDS))  # the answer came in time
    assert page.updatesEnabled()
    assert [clock for clock in page.findChildren(QTimer) if clock.isActive()] == []
    page.show_for("m")
    assert not page.updatesEnabled()
    qtbot.waitUntil(page.updatesEnabled, timeout=2000)  # and one that takes long is not waited for in the dark
