"""One ring that follows the focus: 3 px in the accent colour with a 1 px gap, round whatever control has it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QMainWindow, QWidget

from progression.ui import theme

WIDTH, GAP = 3, 1
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange)


class FocusRing(QObject):
    """Watches the application's focus and draws the ring in the window or scroll area that holds the control."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        self._drop()
        if now is None or isinstance(now, QMainWindow) or now.isWindow() or now.property("ownFocus"):
            return
        self._target = now
        now.destroyed.connect(self._gone)
        host = _host(now)
        self._ring = _Ring(host, _radius(now))
        step: QWidget | None = now
        while step is not None and step is not host:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def _gone(self) -> None:
        self._target = None
        self._watched.clear()
        self._drop()

    def _drop(self) -> None:
        import shiboken6

        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        if self._target is not None and shiboken6.isValid(self._target):
            self._target.destroyed.disconnect(self._gone)
        self._target = None
        ring, self._ring = self._ring, None
        if ring is not None and shiboken6.isValid(ring):
            ring.hide()
            ring.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        import shiboken6

        ring, target = self._ring, self._target
        if ring is None or target is None or not shiboken6.isValid(ring) or not shiboken6.isValid(target):
            return
        host = ring.parentWidget()
        if host is None or not target.isVisible():
            ring.hide()
            return
        reach = WIDTH + GAP
        place = QRect(target.mapTo(host, target.rect().topLeft()), target.size()).adjusted(-reach, -reach, reach, reach)
        ring.setGeometry(place.intersected(host.rect()))
        ring.around = place.translated(-ring.x(), -ring.y())
        ring.raise_()
        ring.show()
        ring.update()


class _Ring(QWidget):
    def __init__(self, host: QWidget, radius: int) -> None:
        super().__init__(host)
        self.radius = radius
        self.around = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focusRing")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().colour("accent"), WIDTH))
        # where the control fills its host the ring is drawn inside, rather than cut off
        inside = self.around.intersected(self.rect())
        half = WIDTH / 2
        painter.drawRoundedRect(inside.toRectF().adjusted(half, half, -half, -half), self.radius, self.radius)
        painter.end()


def _host(widget: QWidget) -> QWidget:
    """The nearest scrolled content, so that the ring scrolls along and is clipped with it; else the window."""
    step = widget.parentWidget()
    while step is not None and not step.isWindow():
        above = step.parentWidget()
        area = above.parentWidget() if above is not None else None
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            return step
        step = above
    return widget.window()


def _radius(widget: QWidget) -> int:
    if isinstance(widget, QAbstractButton) and widget.property("role") == "chip":
        return theme.current().px(14) + WIDTH
    return 4 + GAP + 1
