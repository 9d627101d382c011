"""Who gets what, when, and what beside it: one category of citizens a row, weeks in the category from left to right.

A description, drawn by the window. Bars of what stands beside another are dashed there, and their words say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from progression.casework.categories import Category, CategorySet
from progression.casework.values import InterventionType
from progression.words import Words

LEAST_WEEKS, MOST_WEEKS, STEP = 26, 104, 13
_TALKS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: from week 0 to `until` (None = no limit is set). `beside`: it runs beside the bar above."""

    label: str
    until: int | None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One category. `talks`: weeks of its conversations, `rhythm` the same in words; `text`: the row read aloud."""

    name: str
    description: str
    steps: tuple[Step, ...]
    talks: tuple[int, ...]
    rhythm: str
    text: str


@dataclass(frozen=True, slots=True)
class Strategy:
    """The picture. `weeks`: length of the axis; `ticks` (week, label); `alt`: the alternative text."""

    title: str
    alt: str
    weeks: int
    ticks: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]


def strategy(found: CategorySet, types: Mapping[str, InterventionType], day: date, w: Words) -> Strategy:
    """Return the picture of the categories that hold on a day, in the order of their file."""
    categories = found.on(day)
    asked = [step.by_weeks for one in categories for step in one.expected if step.by_weeks]
    longest = min(max([LEAST_WEEKS, *asked]), MOST_WEEKS)
    weeks = -(-longest // STEP) * STEP
    rows = tuple(_row(one, types, weeks, w) for one in categories)
    title = w.t("Who gets what, and when: {name}", name=w.pick(found.name))
    return Strategy(
        title=title,
        alt=" ".join([f"{title}.", *(row.text for row in rows)]),
        weeks=weeks,
        ticks=tuple((week, w.t("week {n}", n=week)) for week in range(0, weeks + 1, STEP)),
        rows=rows,
    )


def _row(one: Category, types: Mapping[str, InterventionType], weeks: int, w: Words) -> Row:
    steps: list[Step] = []
    said: list[str] = []
    for expected in one.expected:
        what = _names(expected.types, types, w)
        label = w.t("{what}, by week {n}", what=what, n=expected.by_weeks) if expected.by_weeks else what
        steps.append(Step(label, expected.by_weeks))
        sentence = label
        if expected.parallel:
            beside = w.t("beside it: {what}", what=_names(expected.parallel, types, w))
            steps.append(Step(beside, expected.by_weeks, True))
            sentence = f"{label}; {beside}"
        said.append(f"{sentence}.")
    rhythm = _rhythm(one, w)
    name = w.pick(one.name)
    nothing = [] if said else [w.t("No intervention is expected.")]
    text = " ".join([f"{name}:", *said, *nothing, *([f"{rhythm}."] if rhythm else [])])
    return Row(name, w.pick(one.description) if one.description else "", tuple(steps), _talks(one, weeks), rhythm, text)


def follows(one: Category, types: Mapping[str, InterventionType], w: Words) -> str:
    """Return what follows from being in a category: the interventions expected and the rhythm, in words."""
    return _row(one, types, LEAST_WEEKS, w).text.removeprefix(f"{w.pick(one.name)}: ")


def _names(codes: Sequence[str], types: Mapping[str, InterventionType], w: Words) -> str:
    """ "CV workshop or work placement": any of them will do."""
    found = [w.pick(types[code].name) if code in types else code for code in codes]
    if len(found) < 2:
        return "".join(found)
    return w.t("{first} or {last}", first="; ".join(found[:-1]), last=found[-1])


def _rhythm(one: Category, w: Words) -> str:
    parts = []
    for step in one.rhythm:
        every = w.tn("a conversation every week", "a conversation every {n} weeks", step.weeks)
        parts.append(w.t("{every} from week {n}", every=every, n=step.from_week) if step.from_week else every)
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _talks(one: Category, weeks: int) -> tuple[int, ...]:
    """The weeks in which a conversation is due at the latest, each counted from the one before it."""
    found: list[int] = []
    week = 0
    while len(found) < _TALKS_SHOWN:
        between = one.weeks_between(week)
        if between is None:  # none asked for yet: the first step of the rhythm begins later
            later = [step.from_week for step in one.rhythm if step.from_week > week]
            if not later:
                break
            week = min(later)
            continue
        week += between
        if week > weeks:
            break
        found.append(week)
    return tuple(found)
