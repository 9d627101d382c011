"""The product's mark: four measurements and the way between them. Drawn from one file, in the theme's two colours."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from progression.resources import asset
from progression.ui import theme

GROUND, LINES = "#0059b3", "#ffffff"  # the colours in the file: those of the light theme
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


@lru_cache(maxsize=1)
def _source() -> str:
    return asset("mark", "progression.svg").read_text("utf-8")


@lru_cache(maxsize=32)
def _drawn(ground: str, lines: str, pixels: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    held = _source().replace(GROUND, "ground").replace(LINES, lines).replace("ground", ground)
    made = QPixmap(pixels, pixels)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(held.encode())).render(painter)
    painter.end()
    return made


def picture(pixels: int) -> QPixmap:
    """The mark in the theme in force, `pixels` high and wide."""
    look = theme.current()
    return _drawn(look.hex("accent"), look.hex("on-accent"), pixels)


def window_icon() -> QIcon:
    """The mark as the system shows it, in the file's own colours: the task bar does not follow our theme."""
    made = QIcon()
    for size in ICON_SIZES:
        made.addPixmap(_drawn(GROUND, LINES, size))
    return made


class Mark(QWidget):
    """The mark, `size` px at 100 % text. It stands beside the name, so it says nothing of its own."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        side, ratio = self.sizeHint().width(), self.devicePixelRatioF()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sharp = QPixmap(picture(round(side * ratio)))  # the same pixels, which here are so many for each point
        sharp.setDevicePixelRatio(ratio)
        painter.drawPixmap(QRect(0, (self.height() - side) // 2, side, side), sharp)
        painter.end()
