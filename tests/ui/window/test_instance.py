"""A second start on the same vault brings the first window forward, for real: two programs, one socket."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from progression.platform import instances
from progression.ui.window.instance import Instance, bring_forward

SECOND = """
import sys
from pathlib import Path
from progression import app
sys.exit(app.main(Path({folder!r}), config=Path({config!r})))
"""


@pytest.fixture
def first(qtbot, dressed):
    made = Instance()
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture(autouse=True)
def runtime(tmp_path_factory, monkeypatch):
    """Sockets of this test only, in a short folder."""
    folder = tmp_path_factory.mktemp("r")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def start_again(folder, config):
    program = SECOND.format(folder=str(folder), config=str(config))
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_a_second_start_asks_the_first_and_ends_without_a_window(first, qtbot, demo_vault, tmp_path):
    asked = []
    first.asked.connect(lambda: asked.append(True))
    assert first.listen(demo_vault)
    second = start_again(demo_vault, tmp_path / "window.json")
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    said, _ = second.communicate()
    assert (second.returncode, said) == (0, b"")
    qtbot.waitUntil(lambda: asked == [True])


def test_another_vault_is_no_business_of_this_window(first, qtbot, tmp_path):
    asked = []
    first.asked.connect(lambda: asked.append(True))
    assert first.listen(tmp_path / "one")
    assert instances.call(instances.channel(tmp_path / "two")) is None
    assert asked == []


def test_the_window_follows_when_another_vault_is_chosen(first, tmp_path):
    assert first.listen(tmp_path / "one")
    before = first.name
    assert first.listen(tmp_path / "two") and first.name != before
    assert first.listen(tmp_path / "two")  # told twice
    assert instances.call(before) is None


def test_what_a_killed_window_left_is_no_hindrance(first, tmp_path, runtime):
    import socket

    name = instances.channel(tmp_path)
    left = socket.socket(socket.AF_UNIX)
    left.bind(name)
    left.close()  # the file stays, and nobody listens
    assert first.listen(tmp_path)


def test_only_this_user_may_speak_to_it(first, tmp_path):
    first.listen(tmp_path)
    assert os.stat(first.name).st_mode & 0o077 == 0  # noqa: PTH116 - not a file


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_coming_forward_undoes_minimising(qtbot, dressed):
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_forward(window)
    assert window.isVisible()
    assert not window.windowState() & Qt.WindowState.WindowMinimized
