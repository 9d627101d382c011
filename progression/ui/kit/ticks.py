"""Boxes to tick and circles to choose by, whose words go on with the next line where Qt would cut them off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from progression.ui import theme
from progression.ui.kit.texts import breaking

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Base
else:
    _Base = object

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_ANY = 100_000  # px: room for everything on one line
LEAST = 24  # px: the height of one line of it, as of everything that is pressed


class _Wraps(_Base):
    """What the two have in common: the mark stands on the middle of the first line."""

    _drawn: QStyle.ControlElement

    def _set_up(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _left(self) -> int:
        """Where the words begin: after the mark, its border and its gap (as in the style sheet)."""
        look = theme.current()
        return 2 * round(look.px(16) / 2) + 2 + look.px(8)

    def _line(self) -> int:
        return max(theme.current().px(LEAST), LEAST)

    def _words(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._left()), 10_000)
        return QFontMetrics(self.font()).boundingRect(room, _WRAP, breaking(self.text())).height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._line() + max(0, self._words(width) - self._words(_ANY))

    def sizeHint(self) -> QSize:
        return QSize(self._left() + QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2, self._line())

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        longest = max((metrics.horizontalAdvance(word) for word in breaking(self.text()).split(" ")), default=0)
        return QSize(self._left() + longest + 2, self._line())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        assert isinstance(self, QWidget)
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)  # type: ignore[attr-defined]
        option.text = ""
        option.rect = QRect(0, 0, self.width(), self._line())
        painter.drawControl(self._drawn, option)
        top = (self._line() - QFontMetrics(self.font()).height()) // 2
        painter.setFont(self.font())
        painter.setPen(theme.current().colour("text" if self.isEnabled() else "text-3"))
        painter.drawText(
            QRect(self._left(), top, self.width() - self._left(), self.height()), _WRAP, breaking(self.text())
        )


class Tick(_Wraps, QCheckBox):
    """A box to tick."""

    _drawn = QStyle.ControlElement.CE_CheckBox

    def __init__(self) -> None:
        super().__init__()
        self._set_up()


class Choice(_Wraps, QRadioButton):
    """One of several to choose from."""

    _drawn = QStyle.ControlElement.CE_RadioButton

    def __init__(self) -> None:
        super().__init__()
        self._set_up()
