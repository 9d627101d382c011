"""A column of many rows whose height follows from their width."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem

from progression.ui.kit.flow import Flow


class Stack(Flow):
    """Rows below each other, each as wide as there is room and as high as it needs then.

    Qt's own column asks every row for its height in every pass, many times for one picture. This one asks once for a
    width, so that a hundred painted rows cost no more than they take to measure.
    """

    def __init__(self) -> None:
        super().__init__(0)

    def sizeHint(self) -> QSize:
        if self._hint is None:
            hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
            wide = max((hint.width() for hint in hints), default=0)
            self._hint = QSize(wide, sum(hint.height() for hint in hints))
        return QSize(self._hint)

    def minimumSize(self) -> QSize:
        """As narrow as the widest of what may be narrow; the height follows."""
        wide = max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(wide, 0)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for item in self._items:
            if item.isEmpty():
                continue
            high = _high(item, rect.width())
            if move:
                item.setGeometry(QRect(rect.x(), y, rect.width(), high))
            y += high
        return y - rect.y()


def _high(item: QLayoutItem, width: int) -> int:
    high = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
    return max(high, item.minimumSize().height())
