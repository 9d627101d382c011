"""One line of text that ends in an ellipsis where there is too little room; the whole text is its tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

LEAST = 24  # px: an icon and an ellipsis still tell that something is there


class Elided(QLabel):
    """A label that may become narrow. `text()` is the whole text, and what a screen reader says."""

    def __init__(
        self, kind: str = "body", align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft, tone: str = "text"
    ) -> None:
        """`kind`: a type style; `tone`: a colour token."""
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._tell()

    def say_whole(self, text: str) -> None:
        """Let the tool tip say more than the text does, where that is a short form of it."""
        self._whole = text
        self._tell()

    @property
    def shown(self) -> str:
        """What of the text there is room for."""
        line = " ".join(self.text().split())
        return self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(" ".join(self.text().split())) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(LEAST, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        whole = self._whole or self.text()
        self.setToolTip("" if self.shown == whole else whole)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), self.shown)
        painter.end()
