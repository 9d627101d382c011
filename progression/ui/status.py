"""The status bar: who works here, the last backup, the lock; to the right what was saved and when. Errors stand above
it until they are read."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.kit.texts import set_property
from progression.words import Words


class StatusBar(QWidget):
    """Holds facts, never widgets' texts: `retranslate` says them again in another language."""

    lock_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._facts: tuple[str, datetime | None, int] | None = None
        self._saved: datetime | None = None
        self._words = Words()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._make_notice())
        box.addWidget(self._make_line())

    def _make_notice(self) -> QFrame:
        self.notice = QFrame()
        self.notice.setObjectName("notice")
        line = QHBoxLayout(self.notice)
        line.setContentsMargins(20, 8, 12, 8)
        line.setSpacing(8)
        self._notice_icon = kit.label()
        self._notice_text = kit.wrapped("", "dense")
        self._notice_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._dismiss = kit.button("", "quiet", icon="x", small=True)
        self._dismiss.clicked.connect(self.clear)
        line.addWidget(self._notice_icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._notice_text, 1)
        line.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self.notice.hide()
        return self.notice

    def _make_line(self) -> QFrame:
        self._line = QFrame()
        self._line.setObjectName("status")
        line = QHBoxLayout(self._line)
        line.setContentsMargins(20, 0, 16, 0)
        line.setSpacing(0)
        self._who = self._fact(line, "user", first=True)
        self._backup = self._fact(line, "database")
        self._lock = kit.button("", "status", icon="lock", small=True)
        kit.set_icon(self._lock, "lock", "text-2", 14)
        self._lock.clicked.connect(self.lock_clicked)
        line.addWidget(self._lock)
        line.addStretch(1)
        self._message = kit.label("", "small")
        self._message.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._message.setMinimumWidth(40)
        self._busy = kit.label("", "small", "text-2")
        self._busy.hide()
        line.addWidget(self._busy)
        line.addSpacing(16)
        line.addWidget(self._message)
        return self._line

    def _fact(self, line: QHBoxLayout, icon: str, first: bool = False) -> QLabel:
        if not first:
            self._upright = _upright()
            line.addWidget(self._upright)
            line.addSpacing(16)
        mark, text = kit.label(), kit.label("", "small", "text-2")
        kit.set_icon(mark, icon, "text-2", 14)
        line.addWidget(mark)
        line.addSpacing(6)
        line.addWidget(text)
        line.addSpacing(16)
        text.setProperty("mark", mark)
        return text

    # what is said

    def set_facts(self, account: str, backup: datetime | None, idle_minutes: int) -> None:
        """Who is logged in, when the last backup was made, after how many minutes the vault locks."""
        self._facts = (account, backup, idle_minutes)
        self._show_facts()

    def set_locked(self) -> None:
        """Nobody is logged in."""
        self._facts = None
        self._saved = None
        self._message.setText("")
        self._show_facts()

    def say_saved(self, moment: datetime) -> None:
        """Something was kept."""
        self._saved = moment
        self._say_saved()

    def set_busy(self, busy: bool) -> None:
        """Something takes more than a moment."""
        self._busy.setVisible(busy)

    def say(self, text: str) -> None:
        """A message of the moment, read aloud too."""
        if text != self._message.text():  # "Saved 14.02" at every keystroke is said once a minute
            self._message.setText(text)
            self._message.setAccessibleName(text)
            self._line.show()
            announce(self._message, text)

    def say_error(self, text: str, serious: bool = True) -> None:
        """What happened, what is safe, what to do; stays until it is dismissed."""
        kit.set_icon(self._notice_icon, "circle-alert" if serious else "info", "error" if serious else "accent", 18)
        kit.set_text(self._notice_text, text)
        kit.set_tone(self._notice_text, "error" if serious else "text")
        set_property(self.notice, "serious", serious)
        self.notice.show()
        announce(self._notice_text, text)

    @property
    def error(self) -> str:
        """The notice in view, "" when there is none."""
        return self._notice_text.text() if not self.notice.isHidden() else ""

    def clear(self) -> None:
        """Dismiss the notice."""
        self.notice.hide()

    # languages and looks

    def retranslate(self, words: Words) -> None:
        """Say everything again in this language."""
        self._words = words
        self._dismiss.setAccessibleName(words.t("Dismiss the message"))
        self._dismiss.setToolTip(words.t("Dismiss the message"))
        self._busy.setText(words.t("Working …"))
        self._show_facts()
        self._say_saved()

    def restyle(self) -> None:
        """Grow with the text."""
        self._line.setMinimumHeight(theme.current().px(28))

    def _show_facts(self) -> None:
        w = self._words
        known = self._facts is not None
        for part in (self._who, self._backup):
            part.setVisible(known)
            part.property("mark").setVisible(known)
        self._line.setVisible(known or bool(self._message.text()))  # an empty strip says nothing
        self._lock.setVisible(known)
        self._upright.setVisible(known)
        if self._facts is None:
            return
        account, backup, minutes = self._facts
        self._who.setText(account)
        self._backup.setText(_backup_text(w, backup))
        text = w.tn("Locks after {n} minute without activity", "Locks after {n} minutes without activity", minutes)
        self._lock.setText(text)
        self._lock.setAccessibleName(w.t("Lock now") + ". " + text)
        self._lock.setToolTip(w.t("Lock now") + " (Ctrl+L)")

    def _say_saved(self) -> None:
        if self._saved is not None:
            self.say(self._words.t("Saved {time}", time=self._words.clock(self._saved)))


def _upright() -> QFrame:
    made = QFrame()
    made.setProperty("rule", "upright")
    made.setFixedHeight(16)
    return made


def _backup_text(w: Words, moment: datetime | None) -> str:
    if moment is None:
        return w.t("The first backup is made when you close")
    local = moment.astimezone()
    if local.date() == datetime.now().astimezone().date():
        return w.t("Backup today {time}", time=w.clock(local))
    return w.t("Backup {day}", day=w.short_date(local.date()))


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a sentence."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
