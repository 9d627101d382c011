"""The picture of change per month beside combinations of interventions: a mean and its 90 % interval in each row.

A pure description like those of `charts.bars`, drawn by the window and by the PDF. Rows stand in the order of the kinds
of intervention and then the kinds of passive time, never in that of their figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from progression.analysis.combinations import LEAST_CASEWORKERS, LEAST_CITIZENS, Progress
from progression.casework.combination import NONE, ORDER, OTHER
from progression.charts import bars
from progression.charts.bars import Stop, Table
from progression.words import N_, Words
from progression.words import interventions as said
from progression.words import team as team_words

STATES = ("waiting", "exempt", "passive")
LOW, HIGH = -0.05, 0.05  # the axis is at least so wide, steps a month
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
MOST_TICKS = 7
LIST = "progress:"  # and the combination: the key of the citizens behind a row
FEW_CASEWORKERS = N_("Not shown, under {n} caseworkers")


@dataclass(frozen=True, slots=True)
class Interval:
    """A row. `value`, `low`, `high`: steps a month, None where they are withheld; `figure` says them, or why not.
    `filled`: the interval does not hold 0. `numbers`: citizens and months. `text` is read aloud. `opens`: the key of
    the list behind it, "" where it is withheld: nobody is pointed out by a figure that is not told."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    figure: str
    numbers: tuple[str, str]
    filled: bool
    text: str
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Intervals:
    """A whole picture from `low` to `high`, which hold 0. `heads`: over the numbers. `ticks`: (value, label)."""

    title: str
    note: str
    alt: str
    caption: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    heads: tuple[str, str]
    rows: tuple[Interval, ...]
    table: Table

    def share(self, value: float) -> float:
        """Return where a value lies between the ends, 0 to 1."""
        return min(max((value - self.low) / max(self.high - self.low, 1e-9), 0.0), 1.0)


def stops(chart: Intervals) -> tuple[tuple[Stop, ...], ...]:
    """Return the places of a cursor, one for each row."""
    return bars.stops(chart)


def intervals(found: Sequence[Progress], w: Words, *, near_end: bool = False, better: int = 1) -> Intervals:
    """Return the picture of the combinations away from an end, or (`near_end`) of the months before one.

    `better`: 1 where a rise is better, -1 where it is worse, as of the scale.
    """
    rows = tuple(_row(one, w) for one in ordered(found) if one.near_end == near_end)
    title = (
        w.t("Change per month before an intervention stopped")
        if near_end
        else w.t("Change per month while the interventions run")
    )
    low, high, ticks = _axis(rows, w)
    caption = _caption(rows, w, better)
    head = w.t("{title}, steps per month with a 90% interval.", title=title)
    told = " ".join(row.text for row in rows)
    heads = (w.t("Change per month"), w.t("90% interval"), w.t("Citizens"), w.t("Months"))
    return Intervals(
        title=title,
        note=w.t("steps per month, 90% interval"),
        alt=f"{head} {told} {caption}" if rows else f"{head} {caption}",
        caption=caption,
        low=low,
        high=high,
        ticks=ticks,
        heads=(w.t("citizens"), w.t("months")),
        rows=rows,
        table=Table(heads, tuple((row.label, _cells(row, w)) for row in rows)),
    )


def ordered(found: Iterable[Progress]) -> list[Progress]:
    """Return combinations in the order of ORDER, one kind after two and three, then the kinds of passive time."""

    def place(one: Progress) -> tuple[int, int, tuple[int, ...]]:
        if one.combination in STATES:
            return 1, STATES.index(one.combination), ()
        kinds = ["none" if kind == OTHER else kind for kind in one.combination.split("+")]
        return 0, -len(kinds), tuple(ORDER.index(kind) for kind in kinds if kind in ORDER)

    return sorted((one for one in found if one.combination != NONE), key=place)


def name(w: Words, combination: str) -> str:
    """Return "Job + social", "Job alone", "Waiting time"."""
    if combination == "passive":
        return w.t("Passive without waiting")
    if combination in STATES:
        return w.t("Waiting time") if combination == "waiting" else w.t(team_words.STATES[combination])
    told = said.combination_key(w, combination)
    return told if "+" in combination else w.t("{kind} alone", kind=told)


def change(w: Words, value: float) -> str:
    """Return "+0,062": three decimals, for a hundredth of a step a month is a tenth in a year."""
    return w.signed(value, 3)


def _row(one: Progress, w: Words) -> Interval:
    label = name(w, one.combination)
    if one.mean is None or one.low is None or one.high is None:
        few = w.t(team_words.NOT_SHOWN)
        if one.citizens >= LEAST_CITIZENS:
            few = w.t(FEW_CASEWORKERS, n=LEAST_CASEWORKERS)
        if one.citizens >= LEAST_CITIZENS and one.caseworkers >= LEAST_CASEWORKERS:
            few = w.t("Not shown")  # another report would tell a withheld figure by it
        text = w.t("{name}: {told}.", name=label, told=few[:1].lower() + few[1:])
        return Interval(label, None, None, None, few, ("", ""), False, text)
    citizens, months = w.number(one.citizens, 0), w.number(round(one.months), 0)
    fields = {"name": label, "change": change(w, one.mean), "low": change(w, one.low), "high": change(w, one.high)}
    behind = w.t("{n} citizens, {m} months, {k} caseworkers", n=citizens, m=months, k=one.caseworkers)
    figure = w.t("{change} ({low} to {high})", **{key: fields[key] for key in ("change", "low", "high")})
    text = w.t("{name}: {figure}, {behind}.", name=label, figure=figure, behind=behind)
    opens = "" if one.near_end else f"{LIST}{one.combination}"
    return Interval(label, one.mean, one.low, one.high, figure, (citizens, months), one.clear, text, opens)


def _cells(row: Interval, w: Words) -> tuple[str, ...]:
    if row.value is None or row.low is None or row.high is None:
        return row.figure, "–", "–", "–"
    reach = w.t("{low} to {high}", low=change(w, row.low), high=change(w, row.high))
    return change(w, row.value), reach, *row.numbers


def _caption(rows: Sequence[Interval], w: Words, better: int) -> str:
    if not rows:
        return w.t("Nobody has been assessed twice while the same interventions ran.")
    least = {"n": LEAST_CITIZENS, "m": LEAST_CASEWORKERS}
    parts = [w.t("On this scale lower is better.")] if better < 0 else []
    parts += [
        w.t("Filled dot: the interval does not include 0."),
        w.t("Each citizen is compared with themselves; the figures show what goes together, not what works."),
        w.t("At least {n} citizens and {m} caseworkers stand behind each row.", **least),
    ]
    return " ".join(parts)


def _axis(rows: Sequence[Interval], w: Words) -> tuple[float, float, tuple[tuple[float, str], ...]]:
    """Round ends around everything and 0."""
    ends = [end for row in rows for end in (row.low, row.high) if end is not None]
    low, high = min([LOW, *ends]), max([HIGH, *ends])
    step = next((one for one in STEPS if ceil(high / one) - floor(low / one) < MOST_TICKS), STEPS[-1])
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = tuple((n * step, w.signed(n * step, 2) if n else "0") for n in range(first, last + 1))
    return first * step, last * step, ticks
