"""A window that was kept on a screen that is gone comes back to one that is there."""

from __future__ import annotations

import base64

import pytest
from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from progression.ui.window.screens import keep_on_screen, placed

LAPTOP = QRect(0, 0, 1280, 720)
BESIDE = QRect(1280, 0, 1920, 1080)
SMALLEST = QSize(720, 480)


@pytest.mark.parametrize(
    ("window", "screens"),
    [
        (QRect(100, 60, 1000, 600), [LAPTOP]),
        (QRect(1400, 60, 1000, 600), [LAPTOP, BESIDE]),
        (QRect(-700, 100, 1000, 600), [LAPTOP]),  # most of it outside, but there is something to take hold of
        (QRect(100, 680, 1000, 600), [LAPTOP]),
        (QRect(9000, 9000, 10, 10), []),
    ],
)
def test_what_can_be_reached_stays(window, screens):
    assert placed(window, SMALLEST, screens) == window


@pytest.mark.parametrize(
    "window",
    [
        QRect(1400, 60, 1000, 600),  # the screen beside was unplugged
        QRect(-990, 100, 1000, 600),
        QRect(100, -400, 1000, 600),  # its title is above the screen
        QRect(100, 719, 1000, 600),
        QRect(30_000, -30_000, 5000, 4000),
    ],
)
def test_what_cannot_be_reached_comes_to_the_middle(window):
    found = placed(window, SMALLEST, [LAPTOP])
    assert LAPTOP.contains(found)
    assert found.size() == window.size().boundedTo(LAPTOP.size())


def test_a_window_is_never_smaller_than_it_can_be():
    tiny = QRect(0, 0, 640, 400)
    assert placed(QRect(5000, 0, 1000, 600), SMALLEST, [tiny]).size() == SMALLEST


def test_a_place_kept_on_a_screen_that_is_gone(open_window, demo_vault, qtbot):
    far = QMainWindow()
    far.setGeometry(8000, 6000, 1200, 800)
    geometry = base64.b64encode(far.saveGeometry().data()).decode()
    assert QMainWindow().restoreGeometry(QByteArray(base64.b64decode(geometry)))
    window = open_window(demo_vault, geometry=geometry)
    keep_on_screen(window)
    shown = window.geometry().intersected(QGuiApplication.primaryScreen().availableGeometry())
    assert shown.width() >= 160 and shown.height() >= 24


@pytest.mark.parametrize("kept", ["", "no base64 at all", "AAAA", base64.b64encode(b"\x01\xd9\xd0\xcb" * 9).decode()])
def test_a_damaged_place_is_no_hindrance(open_window, demo_vault, kept):
    window = open_window(demo_vault, geometry=kept)
    assert window.isVisible() and window.width() >= 720


def test_a_screen_is_unplugged_while_the_window_is_on_it(qtbot, dressed):
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(7000, 7000, 600, 400)
    window.show()
    window.setGeometry(7000, 7000, 600, 400)
    keep_on_screen(window)
    assert QGuiApplication.primaryScreen().availableGeometry().intersects(window.geometry())
