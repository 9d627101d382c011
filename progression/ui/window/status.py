"""The status bar: who works here, the last backup, where the data is, the lock; to the right what was just done, and
when something was saved. Errors stand above it until they are read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from progression.ui import kit, theme
from progression.ui.kit.elided import Elided
from progression.ui.kit.texts import set_property
from progression.words import Words
from progression.words.titles import title

if TYPE_CHECKING:
    from progression.ui.window.facts import Facts

MESSAGE = 160  # px kept free for a message of the moment while there is none
LINGERS = 20_000  # ms that a message of the moment stands; when something was saved stays


class StatusBar(QWidget):
    """Holds facts, never widgets' texts: `retranslate` says them again in another language."""

    lock_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._facts: tuple[Facts, int] | None = None
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
        line.addWidget(self._notice_icon)
        line.addWidget(self._notice_text, 1)
        line.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignVCenter)
        self.notice.hide()
        return self.notice

    def _make_line(self) -> QFrame:
        self._line = QFrame()
        self._line.setObjectName("status")
        line = QHBoxLayout(self._line)
        line.setContentsMargins(20, 0, 16, 0)
        line.setSpacing(0)
        self._uprights: list[QFrame] = []
        self._who = self._fact(line, "user", first=True)
        self._backup = self._fact(line, "database")
        self._sync = self._fact(line, "monitor")
        self._lock = kit.button("", "status", icon="lock", small=True)
        kit.set_icon(self._lock, "lock", "text-2", 14)
        self._lock.clicked.connect(self.lock_clicked)
        line.addWidget(self._lock)
        line.addSpacing(16)
        self._message = Elided("small", Qt.AlignmentFlag.AlignRight)
        self._message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._busy = kit.label("", "small", "text-2")
        self._busy.hide()
        self._saved_mark, self._saved_text = kit.label(), kit.label("", "small")
        kit.set_icon(self._saved_mark, "check", "up-text", 14)
        line.addWidget(self._message, 1)
        for part in (self._busy, self._saved_mark, self._saved_text):
            line.addSpacing(8)
            line.addWidget(part)
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(LINGERS)
        self._fading.timeout.connect(self._fade)
        return self._line

    def _fact(self, line: QHBoxLayout, icon: str, first: bool = False) -> Elided:
        if not first:
            upright = _upright()
            self._uprights.append(upright)
            line.addWidget(upright)
            line.addSpacing(12)
        mark, text = kit.label(), Elided("small", tone="text-2")
        kit.set_icon(mark, icon, "text-2", 14)
        line.addWidget(mark)
        line.addSpacing(6)
        line.addWidget(text)
        line.addSpacing(12)
        text.setProperty("mark", mark)
        return text

    # what is said

    def set_facts(self, facts: Facts, idle_minutes: int) -> None:
        """Who is logged in, when the last backup was made, after how many minutes the vault locks."""
        self._facts = (facts, idle_minutes)
        self._show_facts()

    def set_locked(self) -> None:
        """Nobody is logged in."""
        self._facts = None
        self._saved = None
        self._message.setText("")
        self._say_saved()
        self._show_facts()

    def say_saved(self, moment: datetime) -> None:
        """Something was kept."""
        self._saved = moment
        self._say_saved()

    def set_busy(self, busy: bool) -> None:
        """Something takes more than a moment."""
        self._busy.setVisible(busy)
        self._fit()

    def say(self, text: str) -> None:
        """A message of the moment, read aloud too."""
        if text != self._message.text():
            self._message.setText(text)
            self._message.setAccessibleName(text)
            self._line.show()
            self._fit()
            announce(self._message, text)
        self._fading.start()

    def _fade(self) -> None:
        """The message has been read; what always stands has its words again."""
        self._message.setText("")
        self._fit()

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
        self._fit()

    def _show_facts(self) -> None:
        known = self._facts is not None
        for part in (self._who, self._backup, self._sync):
            part.setVisible(known)
            part.property("mark").setVisible(known)
        self._line.setVisible(known or bool(self._message.text()))  # an empty strip says nothing
        self._lock.setVisible(known)
        for upright in self._uprights:
            upright.setVisible(known)
        if self._facts is None:
            return
        self._fit()

    def _fit(self) -> None:
        """Say as much as there is room for, and what was just said whole before what always stands: first the lock is
        said in a word, then by its icon; then the others are said shortly, then by their icons, the account last. Tool
        tips and screen readers say the whole."""
        if self._facts is None:
            return
        w, (facts, minutes) = self._words, self._facts
        whole = w.tn("Locks after {n} minute without activity", "Locks after {n} minutes without activity", minutes)
        self._lock.setAccessibleName(w.t("Lock now") + ". " + whole)
        self._lock.setToolTip(f"{w.t('Lock now')} (Ctrl+L)\n{whole}")
        told = _told(w, facts)
        steps = [(lock, level) for level in (0, 1) for lock in (whole, w.t("Lock"), "")]
        if self._message.text():
            steps += [("", level) for level in (2, 3, 4)]
        for lock, level in steps:
            self._lock.setText(lock)
            for place, (part, (text, short, _spoken)) in enumerate(zip(self._parts(), told, strict=True)):
                by_icon = level >= 4 - place  # where the data is first, then the backup, then who works here
                part.setText("" if by_icon else short if level else text)
            if self._taken() <= self.width():
                break
        for part, (text, _short, spoken) in zip(self._parts(), told, strict=True):
            part.setAccessibleName(spoken)
            part.say_whole(text)

    def _parts(self) -> tuple[Elided, Elided, Elided]:
        return self._who, self._backup, self._sync

    def _taken(self) -> int:
        """How wide everything is, with the message there is, or a little room for one."""
        facts = self._parts()
        busy = self._busy.sizeHint().width() + 8 if not self._busy.isHidden() else 0
        words = sum(part.sizeHint().width() for part in (*facts, self._lock, self._saved_text))
        message = max(MESSAGE, self._message.sizeHint().width())
        return words + busy + len(facts) * (theme.current().px(14) + 31) + message + 80

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _say_saved(self) -> None:
        self._saved_mark.setVisible(self._saved is not None)
        if self._saved is None:
            self._saved_text.setText("")
            return
        text = self._words.t("Saved {time}", time=self._words.clock(self._saved))
        if text != self._saved_text.text():  # at every keystroke: said once a minute
            self._saved_text.setText(text)
            self._saved_text.setAccessibleName(text)
            self._line.show()
            self._fit()
            announce(self._saved_text, text)


def _told(w: Words, facts: Facts) -> tuple[tuple[str, str, str], ...]:
    """Who, the backup and where the data is: each whole, short, and as it is read aloud."""
    who = [part for part in (facts.status.account, title(w, facts.status.role), facts.team) if part]
    backup, sync = _backup_text(w, facts.status.backup), w.t("On this computer only")
    return (
        (" · ".join(who), facts.status.account, w.t("Logged in: {who}", who=", ".join(who))),
        (backup, w.t("No backup yet") if facts.status.backup is None else backup, backup),
        (sync, w.t("Only here"), w.t("Synchronisation is not set up: everything is on this computer only")),
    )


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
