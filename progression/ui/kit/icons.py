"""Lucide icons (ISC), drawn in the colour of a token at the size of the text."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from progression.resources import asset
from progression.ui import theme

_STROKE = 'stroke-width="1.8"'  # 1.5 px when 24 units are drawn 20 px high


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return asset("icons", f"{name}.svg").read_text("utf-8").replace('stroke-width="2"', _STROKE)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def picture(name: str, token: str = "text-2", size: int = 20, ratio: float = 2.0) -> QPixmap:
    """A pixmap of an icon, `size` px at 100 % text. FileNotFoundError when no such icon is shipped."""
    look = theme.current()
    return _drawn(name, look.hex(token), look.px(size), ratio)


def icon(name: str, token: str = "text-2", size: int = 20, checked: str = "", gap: int = 0) -> QIcon:
    """An icon in the colour of a token; `checked` is the token it takes on a checked button. `gap`: empty px to its
    right, since a style sheet cannot part a button's icon from its words."""
    made = QIcon(_padded(picture(name, token, size), gap))
    off = _padded(picture(name, "text-3", size), gap)  # Qt greys what is there: white on a grey button stays white
    for state in (QIcon.State.Off, QIcon.State.On):
        made.addPixmap(off, QIcon.Mode.Disabled, state)
    if checked:
        made.addPixmap(_padded(picture(name, checked, size), gap), QIcon.Mode.Normal, QIcon.State.On)
    return made


def _padded(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    made = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return made


def set_icon(
    widget: QAbstractButton | QLabel, name: str, token: str = "text-2", size: int = 20, checked: str = ""
) -> None:
    """Give a button or a label an icon that follows the theme (`restyle_icons`)."""
    for key, value in (("icon", name), ("iconToken", token), ("iconSize", size), ("iconChecked", checked)):
        widget.setProperty(f"kit_{key}", value)
    pixels = theme.current().px(size)
    if isinstance(widget, QLabel):
        widget.setPixmap(picture(name, token, size))
        widget.setFixedSize(pixels, pixels)
    else:
        gap = 4 if widget.text() else 0
        widget.setIcon(icon(name, token, size, checked, gap))
        widget.setIconSize(QSize(pixels + gap, pixels))


def restyle_icons(root: QWidget) -> None:
    """Draw every icon below `root` again in the theme now in force."""
    kinds: tuple[type[QAbstractButton | QLabel], ...] = (QAbstractButton, QLabel)
    for kind in kinds:
        for widget in root.findChildren(kind):
            restyle_icon(widget)


def restyle_icon(widget: QAbstractButton | QLabel) -> None:
    """Draw a widget's icon again, where it has one."""
    name = widget.property("kit_icon")
    if name:
        token, size = widget.property("kit_iconToken"), widget.property("kit_iconSize")
        set_icon(widget, name, token, size, widget.property("kit_iconChecked"))
