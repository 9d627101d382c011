"""The panel at the right of *Indsatser*: start, look at, change or end one; offers and providers. Never modal."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from progression.casework.values import Provider
from progression.charts.phrases import period
from progression.desk.interventions_page import InterventionsPage, RunningRow
from progression.errors import KnownError
from progression.ui import kit, theme, ways
from progression.ui.kit.flow import Flow
from progression.ui.panels.intervention import AddIntervention, EndIntervention, Panel
from progression.ui.running import rows as running_rows
from progression.ui.saying import sentence
from progression.words import Words
from progression.words.interventions import SECTORS

QWIDGETSIZE_MAX = 16_777_215  # of Qt: no limit


class RowPanel(QWidget):
    """What is known about one intervention, and what can be done: open the citizen, change it, end it."""

    cancelled = Signal()
    citizen = Signal()
    change = Signal()
    end = Signal()
    withdraw = Signal()

    def __init__(self, words: Words, page: InterventionsPage, row: RunningRow) -> None:
        super().__init__()
        ways.note(self)
        self.row = row
        self.words, self.language = words, words.language
        w = words
        title = running_rows.title(w, page, row)
        self.setAccessibleName(title)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        head = kit.wrapped(title, "h2")
        head.setAccessibleName(title)
        box.addWidget(head)
        name, *facts = self._lines(w, page, row)
        box.addWidget(kit.wrapped(name, "body"))
        for text in facts:
            box.addWidget(kit.wrapped(text[0].upper() + text[1:], "dense", "text-2"))
        self.open_button = kit.button(w.t("Open the citizen"), icon="user", small=True)
        self.change_button = kit.button(w.t("Change"), icon="pencil", small=True)
        self.end_button = kit.button(w.t("End it"), small=True)
        gone = w.t("Delete: registered by mistake")
        self.withdraw_button = kit.button(gone, "quiet", icon="trash-2", small=True, gives=True)
        self.close_button = kit.button(w.t("Close"), "quiet", small=True)
        self.message = kit.wrapped("", "dense", "error")
        self.message.hide()
        self.open_button.clicked.connect(self.citizen)
        self.change_button.clicked.connect(self.change)
        self.end_button.clicked.connect(self.end)
        self.withdraw_button.clicked.connect(self.withdraw)
        self.close_button.clicked.connect(self.cancelled)
        box.addSpacing(8)
        for line in (
            (self.open_button, self.change_button, self.end_button),
            (self.withdraw_button, self.close_button),
        ):
            buttons = Flow(8)
            for made in line:
                buttons.addWidget(made)
            box.addLayout(buttons)
        box.addWidget(self.message)
        box.addStretch(1)

    def refused(self, error: BaseException) -> bool:
        """Say why it could not be done; False for what is not known: a bug."""
        if not isinstance(error, KnownError):
            return False
        self.message.setText(sentence(self.words, error))
        self.message.show()
        return True

    @staticmethod
    def _lines(w: Words, page: InterventionsPage, row: RunningRow) -> list[str]:
        one, ordinary = row.intervention, row.intervention.ordinary_hours
        offer = next((found.offer.name for found in page.offers if found.offer.id == one.offer), "")
        lines = [
            running_rows.who(w, row),
            period(w, one.start, one.end),
            w.t("Planned end {day}", day=w.date(one.planned_end)) if one.planned_end and not one.end else "",
            ", ".join(part for part in (one.provider, one.contact) if part),
            w.t("Offer: {name}", name=offer) if offer else "",
            w.t("Run by {name}", name=one.external) if one.external else "",
            w.t("Sector: {sector}", sector=w.t(SECTORS[one.sector])) if one.sector else "",
            w.t("Of these {hours} h at ordinary pay", hours=w.number(ordinary, 1)) if ordinary else "",
            w.tn("{n} earlier of this kind", "{n} earlier of this kind", row.earlier) if row.earlier else "",
            w.t("There is an open attention point about the citizen.") if row.flag else "",
        ]
        return [line for line in lines if line]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


class SidePanel(QFrame):
    """Holds one panel at a time; hidden without one. `closed` when it was put away."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.panel: Panel | RowPanel | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def open(self, panel: Panel | RowPanel, first: QWidget) -> None:
        """Show a panel and start at its first field."""
        kit.clear(self._box)
        self.panel = panel
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(20, 16, 20, 20)
        box.addWidget(panel)
        area = kit.scrolled(inside)
        self._box.addWidget(area)
        self.restyle()
        self.show()
        area.show()  # where another panel stood a layout would show it later, too late for the focus
        panel.cancelled.connect(self.close_panel)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Put the panel away."""
        if self.panel is None:
            return
        self.panel = None
        self.hide()
        kit.clear(self._box)
        self.closed.emit()

    def saved(self, panel: Panel | RowPanel) -> None:
        """What the panel held is saved: put it away, unless another one has been opened since."""
        if self.panel is panel:
            self.close_panel()

    def refused(self, panel: Panel | RowPanel, error: BaseException) -> bool:
        """Say at the fields why it was not saved; False where nobody took the error."""
        return self.panel is panel and panel.refused(error)

    def fill(self, alone: bool) -> None:
        """Take the whole page where there is no room beside the panel."""
        if alone:
            self.setMinimumWidth(0)
            self.setMaximumWidth(QWIDGETSIZE_MAX)
        else:
            self.setFixedWidth(wide())

    def restyle(self) -> None:
        """Grow with the text, within reason."""
        self.setFixedWidth(wide())


def wide() -> int:
    """How wide a panel is beside the page."""
    return min(theme.current().px(384), 520)


def adding(words: Words, page: InterventionsPage, citizen: str = "") -> AddIntervention:
    """The panel that starts an intervention for a citizen to be named; `citizen` is proposed."""
    whose = named(words, page)
    return AddIntervention(words, citizen, page.types, page.today, citizens=whose, **suggested(words, page))


def changing(words: Words, page: InterventionsPage, row: RunningRow) -> AddIntervention:
    """The panel that corrects one."""
    one = row.intervention
    return AddIntervention(words, one.citizen, page.types, page.today, change=one, **suggested(words, page))


def ending(words: Words, page: InterventionsPage, row: RunningRow) -> EndIntervention:
    """The panel that ends one."""
    return EndIntervention(words, row.intervention, page.types, page.today)


def named(words: Words, page: InterventionsPage) -> list[tuple[str, str]]:
    """(id, name) of everybody an intervention can be started for; two of one name are told apart by their number."""
    names = [name for _who, name, _number in page.citizens]
    twice = {name for name in names if names.count(name) > 1} if len(names) < 2000 else set(names)
    return [(who, f"{name} ({number})" if name in twice or not name else name) for who, name, number in page.citizens]


def suggested(words: Words, page: InterventionsPage) -> dict[str, Any]:
    """What is offered to choose from: offers with their free places, and the names of providers."""
    offers = []
    for one in page.offers:
        if not one.open:
            continue
        free = "" if one.free is None else words.tn("{n} free place", "{n} free places", one.free)
        name = one.offer.name
        offers.append((one.offer.id, words.t("{name}: {free}", name=name, free=free) if free else name))
    return {
        "offers": offers,
        "providers": [one.provider.name for one in page.providers if going(one.provider, page.today)],
    }


def going(provider: Provider, today: date) -> bool:
    """Whether something new is still started there."""
    return provider.end is None or provider.end >= today
