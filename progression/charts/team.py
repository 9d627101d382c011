"""Builds the pictures of *Team*: citizens without an active intervention by month, duties met, caseloads and norms.

`document`: for a PDF or a file, where figures about fewer than five citizens are withheld (see `casework.withheld`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from progression.casework.duties.timeliness import DECIDED, Timeliness
from progression.casework.passive import LEAST
from progression.casework.passive_days import DayShare
from progression.casework.withheld import small
from progression.charts.bars import Bar, Bars, Dot, Dots, Layer, Part, Table
from progression.charts.gauge import steps_of
from progression.charts.model import Pattern
from progression.words import Words
from progression.words import duties as due_words
from progression.words import team as said

_STATES: tuple[tuple[str, str, str, Pattern], ...] = (
    ("passive", "passive", "passive-solid", "hatch"),
    ("waiting", "wait", "wait-solid", "dots"),
    ("exempt", "exempt", "exempt-solid", "lines"),
)
_MET: tuple[tuple[str, str, str, Pattern], ...] = (
    ("met", "bar", "bar-edge", "none"),
    ("met_late", "wait", "wait-solid", "dots"),
    ("overdue", "down", "down", "none"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A colleague's caseload: how many citizens, and the norm (None where there is none). `key` opens it."""

    key: str
    name: str
    citizens: int
    low: int | None
    high: int | None


# without an active intervention


def unused(days: Sequence[DayShare], w: Words, *, document: bool = False) -> Bars:
    """Return the share of citizens without an active intervention on each day, passive, waiting and exempt apart."""
    shown = [_Month(one, w, document, one is days[-1]) for one in days]
    title = w.t("Without active intervention")
    top = max([0.1, *(one.length + one.rest for one in shown)])
    step = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.25) if ceil(top / step - 1e-9) <= 5)
    top = step * ceil(top / step - 1e-9)
    ticks = tuple((step * n, w.number(100 * step * n, 0)) for n in range(round(top / step)))
    names = [w.t(said.STATES[key]) for key, *_ in _STATES]
    layers = tuple(
        Layer(key, name, token, edge, pattern, shown[-1].end(place) if shown else "")
        for place, ((key, token, edge, pattern), name) in enumerate(zip(_STATES, names, strict=True))
    )
    if any(one.rest for one in shown):  # what is withheld of a whole that is told: the bar keeps its length
        layers = (*layers, Layer("withheld", w.t("Not shown"), "bg", "line-2"))
    heads = (w.t("Citizens"), w.t("Without"), *names)
    return Bars(
        title=title,
        note=w.t("share of the citizens, last day of the month"),
        alt=_unused_alt(title, shown, w),
        caption="",
        upright=True,
        layers=layers,
        bars=tuple(
            Bar(one.label, one.all_parts(), one.total if n in (0, len(shown) - 1) else "")
            for n, one in enumerate(shown)
        ),
        top=top,
        ticks=(*ticks, (top, said.percent(w, top))),
        table=Table(heads, tuple((one.name, one.cells()) for one in shown)),
    )


class _Month:
    """One day's figures in words, each told or withheld."""

    def __init__(self, one: DayShare, w: Words, document: bool, last: bool) -> None:
        self.one, self.w, self.document, self.last = one, w, document, last
        self.counts = (one.passive, one.waiting, one.exempt)
        *self.withheld, active = small(one.counts, one.hidden)
        self.hidden = [document and few for few in self.withheld]
        self.total_hidden = document and (active or all(self.withheld))
        self.label, self.name = w.month(one.day), w.month_year(one.day)

    @property
    def length(self) -> float:
        """How long the bar is."""
        shown = sum(count for count, hidden in zip(self.counts, self.hidden, strict=True) if not hidden)
        return shown / self.one.there if self.one.there else 0.0

    @property
    def rest(self) -> float:
        """What of the bar is withheld, where its whole length is told."""
        return max(0.0, self.share - self.length) if self.share is not None and any(self.hidden) else 0.0

    def all_parts(self) -> tuple[Part, ...]:
        """The pieces, and what is withheld of them together."""
        if not self.rest:
            return self.parts()
        text = self.w.t("{month}: {told}", month=self.name, told=self.w.t("Not shown").lower())
        return (*self.parts(), Part("withheld", self.rest, text, "", True))

    @property
    def share(self) -> float | None:
        """All without an active intervention; None where that is withheld, or nobody is there."""
        return None if self.total_hidden or not self.one.there else self.one.without / self.one.there

    @property
    def total(self) -> str:
        """The figure above the bar."""
        return "" if self.share is None else self.w.number(100 * self.share, 0)

    def _part(self, place: int) -> float | None:
        if self.hidden[place] or not self.one.there:
            return None
        return self.counts[place] / self.one.there

    def _told(self, place: int) -> str:
        share = self._part(place)
        if share is None:
            return said.not_shown(self.w, self.counts[place]) if self.one.there else self.w.t("no citizens")
        citizens = self.w.tn("{n} citizen", "{n} citizens", self.counts[place])
        return self.w.t("{share}, {citizens}", share=said.percent(self.w, share), citizens=citizens)

    def parts(self) -> tuple[Part, ...]:
        """The pieces of the bar; the latest leads to its citizens."""
        return tuple(
            Part(
                key,
                self._part(place),
                self.w.t(
                    "{month}, {state}: {told}",
                    month=self.name,
                    state=self.w.t(said.STATES[key]).lower(),
                    told=self._told(place),
                ),
                key if self.last else "",
                self.withheld[place],
            )
            for place, (key, *_) in enumerate(_STATES)
        )

    def end(self, place: int) -> str:
        """What stands beside the last bar."""
        name, share = self.w.t(said.STATES[_STATES[place][0]]), self._part(place)
        return name if share is None else self.w.t("{name} {share}", name=name, share=said.percent(self.w, share))

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        there = self.document and 0 < self.one.there < LEAST
        first = self.w.t(said.NOT_SHOWN) if there else self.w.number(self.one.there, 0)
        hidden = said.not_shown(self.w, self.one.without)
        without = hidden if self.total_hidden else said.percent(self.w, self.share)
        return (first, without, *(self._told(place) for place in range(len(_STATES))))


def _unused_alt(title: str, shown: Sequence[_Month], w: Words) -> str:
    told = [one for one in shown if one.share is not None]
    if not told:
        return w.t("{title}: nothing to show.", title=title)
    first, last = (
        w.t("{share} in {month}", share=said.percent(w, one.share), month=one.name) for one in (told[0], told[-1])
    )
    whole = w.t("{title}, share of the citizens by month: {first}, {last}.", title=title, first=first, last=last)
    parts = "; ".join(part.text for part in told[-1].parts())
    return w.t("{whole} {parts}.", whole=whole, parts=parts[:1].upper() + parts[1:])


# duties


def met(rows: Sequence[Timeliness], month: date, w: Words, *, document: bool = False, title: str = "") -> Bars:
    """Return how the duties of a month were met, a bar for each sort: in time, late, missing. `title`: of another span
    of time than the month."""
    title = title or w.t("Duties in {month}", month=w.month_year(month))
    layers = tuple(Layer(key, w.t(said.MET[key]), token, edge, pattern) for key, token, edge, pattern in _MET)
    bars = tuple(_sort(row, w, document) for row in rows)
    sentences = [w.t("{sort}: {told}.", sort=bar.label, told="; ".join(_counts(bar, layers))) for bar in bars]
    nothing = w.t("Nothing was due.")
    return Bars(
        title=title,
        note=w.t(due_words.CHECK_LAW),
        alt=" ".join([f"{title}.", *(sentences or [nothing])]),
        caption="" if bars else nothing,
        upright=False,
        layers=layers,
        bars=bars,
        top=1.0,
        ticks=(),
        table=Table(
            (*(layer.name for layer in layers), w.t("share in time")),
            tuple((bar.label, (*bar.numbers, bar.figure or "–")) for bar in bars),
        ),
    )


def _sort(row: Timeliness, w: Words, document: bool) -> Bar:
    name = w.t(said.SORTS[row.sort])
    few = small(row.citizens, row.hidden)
    counts = (row.met, row.late, row.missing)
    hidden = [document and one for one in few]
    parts = tuple(
        Part(
            state,
            None if hidden[n] else counts[n] / row.total,
            w.t("{sort}, {state}: {told}", sort=name, state=w.t(said.MET[state]), told=_told(row, n, hidden[n], w)),
            f"{row.sort}:{state}" if counts[n] and not hidden[n] else "",
            few[n],
        )
        for n, state in enumerate(DECIDED)
    )
    figure = "" if hidden[0] or (document and sum(hidden) == len(hidden)) else said.percent(w, row.met / row.total)
    numbers = tuple("–" if hidden[n] else w.number(counts[n], 0) for n in range(len(counts)))
    return Bar(name, parts, figure, numbers)


def _told(row: Timeliness, n: int, hidden: bool, w: Words) -> str:
    if hidden:
        return said.not_shown(w, row.citizens[n])
    return w.t("{n} of {total}", n=(row.met, row.late, row.missing)[n], total=row.total)


def _counts(bar: Bar, layers: Sequence[Layer]) -> list[str]:
    return [f"{layer.name} {number}" for layer, number in zip(layers, bar.numbers, strict=True)]


# caseloads


def caseloads(rows: Sequence[Held], w: Words, *, document: bool = False) -> Dots:
    """Return how many citizens each colleague has against the norm, in the order given (that of names)."""
    title = w.t("Caseloads")
    dots = tuple(_dot(row, w, document) for row in rows)
    figures = [row.citizens for row in rows] + [n for row in rows for n in (row.low, row.high) if n is not None]
    low, high = _ends(figures)
    common = {(row.low, row.high) for row in rows if row.low is not None}
    ticks = _norm_ticks(*common.pop(), low, high, w) if len(common) == 1 else _round_ticks(low, high, w)
    nothing = w.t("Nobody has a caseload yet.")
    told = " ".join(w.t("{said}.", said=dot.text) for dot in dots)
    head = w.t("{title}, citizens per caseworker, by name.", title=title)
    heads = (w.t("Citizens"), w.t("Norm"), w.t("Against the norm"))
    return Dots(
        title=title,
        note=w.t("citizens per caseworker, by name"),
        alt=f"{head} {told or nothing}",
        caption=_grey(rows, w) if dots else nothing,
        low=low,
        high=high,
        ticks=ticks,
        band=w.t("norm") if any(row.low is not None for row in rows) else "",
        rows=dots,
        table=Table(heads, tuple((row.name, _dot_cells(row, w, document)) for row in rows)),
    )


def _grey(rows: Sequence[Held], w: Words) -> str:
    """What the grey is, where the axis has no one place to say it."""
    norms = {(row.low, row.high) for row in rows if row.low is not None}
    return w.t("Grey: each caseworker's norm.") if len(norms) > 1 else ""


def _ends(figures: Sequence[int]) -> tuple[float, float]:
    """A little room round everything, in whole tens."""
    if not figures:
        return 0.0, 60.0
    low, high = min(figures), max(figures)
    room = max(5.0, 0.12 * (high - low))
    return max(0.0, 10.0 * ((low - room) // 10)), 10.0 * ceil((high + room) / 10)


def _norm_ticks(
    low: int | None, high: int | None, first: float, last: float, w: Words
) -> tuple[tuple[float, str], ...]:
    assert low is not None
    assert high is not None
    if low == high:  # no room for the word between the two
        return ((first, f"{first:.0f}"), (float(low), said.norm(w, (low, high))), (last, f"{last:.0f}"))
    return tuple((value, f"{value:.0f}") for value in sorted({first, float(low), float(high), last}))


def _round_ticks(low: float, high: float, w: Words) -> tuple[tuple[float, str], ...]:
    values, decimals = steps_of(low, high)
    return tuple((value, w.number(value, decimals)) for value in values)


def _against(row: Held, w: Words) -> str:
    if row.low is None or row.high is None:
        return ""
    if row.citizens > row.high:
        return w.t("over the norm")
    return w.t("under the norm") if row.citizens < row.low else ""


def _dot(row: Held, w: Words, document: bool) -> Dot:
    few = 0 < row.citizens < LEAST
    against = _against(row, w)
    over, within = row.high is not None and row.citizens > row.high, not against
    if document and few:
        told = w.t(said.NOT_SHOWN)
        text = w.t("{name}: {told}", name=row.name, told=told)
        return Dot(row.name, None, told, text, "none", False, "flat", row.low, row.high, False, row.key, True)
    figure = w.number(row.citizens, 0)
    citizens = w.tn("{n} citizen", "{n} citizens", row.citizens)
    limits = (row.low, row.high) if row.low is not None and row.high is not None else None
    parts = [citizens, said.norm(w, limits), against or (w.t("within the norm") if limits else "")]
    return Dot(
        label=row.name,
        value=float(row.citizens),
        figure=w.t("{n}, {against}", n=figure, against=against) if against else figure,
        text=w.t("{name}: {told}", name=row.name, told=said.listing(w, parts)),
        marker="diamond" if over else "circle",
        filled=within,
        token="down" if over else "cw",
        low=row.low,
        high=row.high,
        strong=over,
        opens=row.key,
        withheld=few,
    )


def _dot_cells(row: Held, w: Words, document: bool) -> tuple[str, ...]:
    if document and 0 < row.citizens < LEAST:
        return w.t(said.NOT_SHOWN), _norm_cell(row, w), "–"
    against = _against(row, w) or (w.t("within the norm") if row.low is not None else "–")
    return w.number(row.citizens, 0), _norm_cell(row, w), against


def _norm_cell(row: Held, w: Words) -> str:
    if row.low is None or row.high is None:
        return "–"
    return str(row.low) if row.low == row.high else w.t("{low}–{high}", low=row.low, high=row.high)
