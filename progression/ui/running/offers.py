"""The tabs about what there is: providers with what runs there, offers with their places, and the offer strategy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from progression.casework import checks
from progression.casework.values import InterventionType, Offer, Provider
from progression.charts.strategy import strategy
from progression.desk.interventions_page import InterventionsPage
from progression.desk.offers import Places, ProviderLine
from progression.errors import Fault
from progression.ui import kit, theme
from progression.ui.panels.fields import DateField, parse_hours
from progression.ui.panels.intervention import Panel, fill
from progression.ui.running.cells import NARROW, Cell, SideEntry, SideHead
from progression.ui.running.panel import going
from progression.ui.running.strategy import StrategyPicture
from progression.words import Words, folding

WIDEST = 1160  # px at 100 % text: further apart a row is no longer read as one
PROVIDER_SHARES, OFFER_SHARES = (0.31, 0.28, 0.11, 0.2, 0.1), (0.5, 0.32, 0.18)
COLUMNS = 560  # px at 100 %: from here the five columns of a provider stand beside each other
NONE = "–"


def _number(w: Words, many: int, said: str, below: str = "") -> Cell:
    """A figure under a head that says of what."""
    return Cell(w.number(many, 0), below, right=True, said=said)


class Listed(QWidget):
    """Rows under a heading, with a button that adds one. `shares` of the width; below `least` px at 100 % the columns
    stand below each other."""

    shares: ClassVar[Sequence[float]]
    least: ClassVar[int]

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[SideEntry] = []
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)

    def head(self, title: str, count: str, add: str, on_add: Callable[[], None]) -> None:
        """The heading, how many, and the button."""
        made = kit.button(add, icon="plus", small=True)
        made.clicked.connect(on_add)
        self.box.addLayout(kit.row(kit.heading(2, title), kit.label(count, "dense", "text-2"), 1, made))
        self.setMaximumWidth(theme.current().px(WIDEST))

    def columns(self, names: Sequence[str], right: int) -> None:
        """The names of the columns, with a line below; the last `right` hold figures."""
        self.box.addWidget(SideHead(names, self.shares, self.least, right))
        self.box.addWidget(kit.rule(True))

    def add(self, cells: Sequence[Cell], clicked: Callable[[], None]) -> None:
        """One row."""
        entry = SideEntry(cells, self.shares, self.least)
        entry.clicked.connect(clicked)
        self.entries.append(entry)
        self.box.addWidget(entry)

    def clear(self) -> None:
        """Take everything out."""
        kit.clear(self.box)
        self.entries = []


class ProvidersView(Listed):
    """Who runs what. `picked(provider)`; one without an id is only written on interventions so far."""

    picked = Signal(object)
    shares, least = PROVIDER_SHARES, COLUMNS

    def show_page(self, w: Words, page: InterventionsPage, text: str) -> None:
        """Replace the rows."""
        self.clear()
        rows = [one for one in page.providers if not text.strip() or self._found(one, text)]
        self.head(w.t("Providers"), w.number(len(rows), 0), w.t("New provider"), lambda: self.picked.emit(Provider("")))
        if rows:
            heads = (w.t("Provider"), w.t("Contact"), w.t("Running"), w.t("Ends within a month"), w.t("Offers"))
            self.columns(heads, right=3)
        for one in rows:
            self.add(self._cells(w, page, one), lambda _checked=False, p=one.provider: self.picked.emit(p))  # type: ignore[misc]
        if not rows:
            self.box.addSpacing(8)
            nothing = w.t("No providers yet. They come by themselves when an intervention names one.")
            self.box.addWidget(kit.wrapped(nothing, "body", "text-2"))
        self.box.addStretch(1)

    @staticmethod
    def _cells(w: Words, page: InterventionsPage, one: ProviderLine) -> tuple[Cell, ...]:
        registered = "" if one.provider.id else w.t("not registered yet")
        if one.provider.end is not None and not going(one.provider, page.today):
            registered = w.t("nothing new since {day}", day=w.date(one.provider.end))
        contact = " · ".join(part for part in (one.provider.contact, one.provider.phone) if part)
        runs, ends = Cell(NONE, right=True, said=w.t("nothing runs")), Cell("", right=True)
        if one.running:
            told, whose = w.tn("{n} intervention", "{n} interventions", one.running), ""
            if one.citizens == one.running:  # one each: said, and not printed twice
                told += ", " + w.tn("{n} citizen", "{n} citizens", one.citizens)
            else:
                whose = w.tn("{n} citizen", "{n} citizens", one.citizens)
            runs = _number(w, one.running, told, whose)
        if one.ending:
            ends = _number(w, one.ending, w.tn("{n} ends within a month", "{n} end within a month", one.ending))
        has = w.tn("{n} offer", "{n} offers", one.offers)
        offered = _number(w, one.offers, has) if one.offers else Cell("", right=True)
        return Cell(one.provider.name, registered, True), Cell(contact), runs, ends, offered

    @staticmethod
    def _found(one: ProviderLine, text: str) -> bool:
        return folding.matches(text, one.provider.name, one.provider.contact)


class OffersView(Listed):
    """What there is places in, and the strategy below. `picked(offer)`."""

    picked = Signal(object)
    shares, least = OFFER_SHARES, NARROW

    def __init__(self) -> None:
        super().__init__()
        self.picture: StrategyPicture | None = None

    def show_page(self, w: Words, page: InterventionsPage, text: str) -> None:
        """Replace everything."""
        self.clear()
        rows = [
            one for one in page.offers if not text.strip() or folding.matches(text, one.offer.name, one.offer.provider)
        ]
        self.head(w.t("Offers"), w.number(len(rows), 0), w.t("New offer"), lambda: self.picked.emit(Offer("")))
        if rows:
            self.columns((w.t("Offer and provider"), w.t("Places"), w.t("Waits")), right=1)
        for one in rows:
            self._offer(w, page, one)
        if not rows:
            self.box.addSpacing(8)
            nothing = w.t("No offers yet. Add the ones with a limited number of places.")
            self.box.addWidget(kit.wrapped(nothing, "body", "text-2"))
        self.box.addSpacing(28)
        self._strategy(w, page)
        self.box.addStretch(1)

    def _offer(self, w: Words, page: InterventionsPage, one: Places) -> None:
        kind = page.types.get(one.offer.type)
        below = " · ".join(part for part in (w.pick(kind.name) if kind else "", one.offer.provider) if part)
        if one.offer.places is None:
            first = w.t("no limit on places")
        else:
            free = w.tn("{n} free place", "{n} free places", one.free or 0)
            first = w.t("{free} of {places}", free=free, places=w.number(one.offer.places, 0))
        taken = w.tn("{n} taken", "{n} taken", one.taken)
        if one.over:
            taken += " · " + w.tn("{n} too many", "{n} too many", one.over)
        waits = (
            _number(w, one.waiting, w.tn("{n} waits", "{n} wait", one.waiting))
            if one.waiting
            else Cell(NONE, right=True, said=w.t("nobody waits"))
        )
        closed = "" if one.open else w.t("not offered today")
        cells = (Cell(one.offer.name, below, True), Cell(first, taken), replace(waits, second=closed))
        self.add(cells, lambda _checked=False, o=one.offer: self.picked.emit(o))  # type: ignore[misc]

    def _strategy(self, w: Words, page: InterventionsPage) -> None:
        value = strategy(page.categories, page.types, page.today, w)
        self.box.addWidget(kit.heading(2, w.t("Offer strategy")))
        self.box.addSpacing(2)
        if not value.rows:
            text = w.t("No categories are in force, so nothing says who gets what. Install a set of categories first.")
            self.box.addWidget(kit.wrapped(text, "body", "text-2"))
            self.picture = None
            return
        told = w.t("{title}. Dots are conversations; dashed bars run beside the one above.", title=value.title)
        self.box.addWidget(kit.wrapped(told, "dense", "text-2"))
        self.box.addSpacing(8)
        self.picture = StrategyPicture()
        self.picture.show_value(value)
        self.box.addWidget(self.picture)


class OfferPanel(Panel):
    """Add an offer or change one. `ready` and `removed` carry the Offer."""

    ready = Signal(object)
    removed = Signal(object)

    def __init__(self, words: Words, offer: Offer, types: Mapping[str, InterventionType], today: date) -> None:
        t = words.t
        super().__init__(words, t("Change offer") if offer.event else t("New offer"), t("Save offer"))
        self.offer, self.types = offer, types
        self.name, self.provider, self.places, self.contact = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.type, self.start, self.end = QComboBox(), DateField(words, today), DateField(words, today)
        kinds = [
            (code, words.pick(kind.name))
            for code, kind in types.items()
            if not kind.state and (not kind.retired or code == offer.type)
        ]
        fill(self.type, [("", t("Not said")), *kinds])
        self.type.setCurrentIndex(max(0, self.type.findData(offer.type)))
        for control, text in ((self.name, offer.name), (self.provider, offer.provider), (self.contact, offer.contact)):
            control.setText(text)
        self.places.setText("" if offer.places is None else f"{offer.places:g}")
        self.start.put(offer.start)
        self.end.put(offer.end)
        self.add_field("name", t("Name"), self.name)
        self.add_field("type", t("Type"), self.type)
        self.add_field("provider", t("Provider"), self.provider)
        self.add_field("places", t("Places at a time"), self.places, t("Empty where there is no limit."))
        self.add_field("contact", t("Contact there"), self.contact)
        self.add_field("start", t("First day"), self.start, t("May be empty."))
        self.add_field("end", t("Last day"), self.end, t("May be empty."))
        self.finish()
        _removable(self, bool(offer.event), t("Delete offer"), lambda: self.removed.emit(offer))

    def send(self) -> None:
        self.clear_faults()
        wrong: dict[str, str] = {}
        days = {}
        for key, control in (("start", self.start), ("end", self.end)):
            days[key], said = control.read()
            if said:
                wrong[key] = said
        places = parse_hours(self.places.text())
        if self.places.text().strip() and (places is None or not places.is_integer()):
            wrong["places"] = self.words.t("Write the places as a whole number, such as {example}.", example="12")
        for key in reversed(list(wrong)):
            self.fields[key].say(wrong[key])
        made = replace(
            self.offer,
            name=self.name.text().strip(),
            type=str(self.type.currentData() or ""),
            provider=self.provider.text().strip(),
            places=places,
            contact=self.contact.text().strip(),
            start=days["start"],
            end=days["end"],
        )
        if not wrong and not self.say_faults(checks.blocking(checks.offer(made, self.types))):
            self.save.setEnabled(False)
            self.ready.emit(made)


class ProviderPanel(Panel):
    """Add a provider or change one. `ready` and `removed` carry the Provider."""

    ready = Signal(object)
    removed = Signal(object)

    def __init__(self, words: Words, provider: Provider, today: date) -> None:
        t = words.t
        super().__init__(words, t("Change provider") if provider.event else t("New provider"), t("Save provider"))
        self.provider = provider
        captions = {"name": t("Name"), "contact": t("Contact there"), "phone": t("Phone"), "email": t("E-mail")}
        self.texts = {key: QLineEdit(getattr(provider, key)) for key in captions}
        for key, control in self.texts.items():
            self.add_field(key, captions[key], control)
        if provider.id:
            self.fields["name"].control.setToolTip(t("What runs there follows the new name."))
        self.end = DateField(words, today)
        self.end.put(provider.end)
        self.add_field("end", t("Last day something is started there"), self.end, t("Empty while it goes on."))
        self.finish()
        _removable(self, bool(provider.event), t("Delete provider"), lambda: self.removed.emit(provider))

    def send(self) -> None:
        self.clear_faults()
        end, wrong = self.end.read()
        if wrong:
            self.fields["end"].say(wrong)
            return
        typed: dict[str, Any] = {key: control.text().strip() for key, control in self.texts.items()}
        made = replace(self.provider, end=end, **typed)
        found: tuple[Fault, ...] = checks.blocking(checks.provider(made))
        if not self.say_faults(found):
            self.save.setEnabled(False)
            self.ready.emit(made)


def _removable(panel: Panel, saved: bool, text: str, remove: Callable[[], None]) -> None:
    """What was saved before can be deleted, where nothing stands on it."""
    if saved:
        made = kit.button(text, "quiet", icon="trash-2")
        made.clicked.connect(remove)
        panel.box.insertLayout(panel.box.count() - 1, kit.row(made, 1))
