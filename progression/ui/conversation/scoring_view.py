"""The page while a sheet is scored: head, notice, the sheet in its area, foot, and beside it the talk's own panel."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from progression.ui.conversation.footer import ConversationFooter
from progression.ui.conversation.header import ConversationHeader
from progression.ui.conversation.notice import NoticeBar
from progression.ui.conversation.scoring import ScoreSheet
from progression.ui.kit import row, scrolled
from progression.ui.page import Context
from progression.ui.panels.talk_side import TalkSide

COMPACT = 760  # px; below this the page saves height


class ScoringView(QWidget):
    """Holds one sheet at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.header, self.footer = ConversationHeader(context.words), ConversationFooter()
        self.notice, self.talk_side = NoticeBar(), TalkSide(context)
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(holder)
        view = QWidget()
        box = QVBoxLayout(view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.notice)
        box.addWidget(self.area, 1)
        box.addWidget(self.footer)
        self.setLayout(row(view, self.talk_side, spacing=0))

    def put(self, sheet: ScoreSheet, old: ScoreSheet | None) -> None:
        """Put a sheet in the place of another."""
        self._holder.addWidget(sheet)
        if old is not None:
            self._holder.removeWidget(old)
            old.hide()
            old.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.height() < self._context.theme.px(COMPACT)
        self.header.set_compact(compact)
        self.footer.set_compact(compact)
