"""On a screen with two pixels for each point everything painted is painted in those pixels."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

PROGRAM = """
import json, sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
import numpy as np
from caseload import PASSPHRASE
from looking import everything
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap
from progression.app import application
from progression.ui import theme
from progression.ui.preferences import Preferences
from progression.ui.window.main import MainWindow

app = application()
theme.load_fonts()
theme.apply(app, theme.Theme())
window = MainWindow(Path(sys.argv[1]), Preferences(theme="light"), lambda _kept: None)
window.resize(1280, 720)
window.begin()
window.show()


def settle():
    while True:
        loop = QEventLoop()
        QTimer.singleShot(30, loop.quit)
        loop.exec()
        if not window.context.worker.busy:
            break


window.unlock.secret.setText(PASSPHRASE)
window.unlock.submit()
settle()
coarse = {}
real = QPainter.drawPixmap


def drawn(painter, *args):
    for one in args:
        if isinstance(one, QPixmap) and one.devicePixelRatio() < painter.device().devicePixelRatioF():
            coarse.setdefault(name, set()).add(type(painter.device()).__name__)
    return real(painter, *args)


QPainter.drawPixmap = drawn
found = {"ratio": window.devicePixelRatioF(), "alike": {}}
rows = window.shell.current().value.rows
for name, place in window.shell.places.items():
    window.context.go(name, rows[0].citizen if place.needs_citizen else "")
    settle()
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), dtype=np.uint8, count=image.sizeInBytes())
    pixels = lines.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3].reshape(
        image.height(), image.width(), 3
    )
    found.setdefault("size", [image.width(), image.height()])
    alike = {}
    for widget in everything(window):
        # a picture blown up from one pixel to four says the same in all four
        if not type(widget).__module__.startswith("progression") or widget.visibleRegion().isEmpty():
            continue
        at = widget.mapTo(window, widget.visibleRegion().boundingRect().topLeft())
        size = widget.visibleRegion().boundingRect().size()
        piece = pixels[2 * at.y() : 2 * (at.y() + size.height()), 2 * at.x() : 2 * (at.x() + size.width())].astype(int)
        if piece.shape[0] < 8 or piece.shape[1] < 8:
            continue
        piece = piece[: piece.shape[0] // 2 * 2, : piece.shape[1] // 2 * 2]
        fours = np.stack([piece[0::2, 0::2], piece[0::2, 1::2], piece[1::2, 0::2], piece[1::2, 1::2]])
        busy = int((np.ptp(piece.reshape(-1, 3), axis=0) > 60).any())
        if busy and int(np.ptp(fours, axis=0).max()) == 0:
            alike[type(widget).__name__] = alike.get(type(widget).__name__, 0) + 1
    if alike:
        found["alike"][name] = sorted(alike)
found["coarse"] = {name: sorted(kinds) for name, kinds in coarse.items()}
print(json.dumps(found))
window.close()
"""


@pytest.mark.slow
def test_two_pixels_for_each_point(demo_vault, tmp_path):
    program = tmp_path / "sharp.py"
    program.write_text(PROGRAM, "utf-8")
    here = os.path.dirname(__file__)  # noqa: PTH120 - handed on as text
    said = subprocess.run(
        [sys.executable, str(program), str(demo_vault), here],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout.splitlines()[-1])
    assert found["ratio"] == 2
    assert found["size"] == [2560, 1440]
    assert found["coarse"] == {}  # no icon is blown up
    assert found["alike"] == {}  # nothing painted has four equal pixels everywhere
