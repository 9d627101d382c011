"""What the page to the citizen says: short sentences on what has happened and how sure that is. Nothing else.

A change is told only where it is more than the measurement usually swings, by the rule of the attention points: c times
the standard deviation of the change, and at least a third of the minimal important change. Two things that happened in
the same months are told beside each other ("while"), never as the one's work. No number, no indicator, no forecast:
the caseworker's belief is not in the whole scale that the level rests on, so nothing of it is told here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot
from typing import Literal

from progression.analysis.values import Point
from progression.casework.values import Intervention
from progression.charts import phrases
from progression.reports.summary import Case, listed
from progression.words import Words

Way = Literal["forward", "back", ""]
MOST = 3  # sentences
_NAMED = 3  # interventions
_BESIDE_DAYS = 28  # an intervention is named beside a change when they share so many days


def levels(case: Case) -> list[Point]:
    """Return the level on each day of answers, oldest first; empty where nobody answered."""
    found: list[Point] = []
    for day in sorted({o.day for o in case.trajectory.observations if o.day <= case.today}):
        before = [p for p in case.trajectory.curve if p.day <= day]
        found += [Point(day, before[-1].level, before[-1].sd)] if before else []
    return found


def way(case: Case, first: Point, last: Point) -> Way:
    """Return which way it went, "" where that is no more than the measurement usually swings."""
    gained = (last.level - first.level) * case.scale.better
    c = case.estimates.c_progression if gained > 0 else case.estimates.c_regression
    if abs(gained) < max(case.scale.minimal_important_change / 3, c * hypot(first.sd, last.sd)):
        return ""
    return "forward" if gained > 0 else "back"


def moved(case: Case, w: Words) -> list[str]:
    """Return one to three sentences on where it has gone, the oldest first."""
    found = levels(case)
    if not found:
        return [w.t("There are no answers yet. When we have answered twice, we can see if it has moved.")]
    if len(found) == 1:
        month = w.month_year(found[0].day)
        return [w.t("We have answered once, in {month}. Next time we can see if it has moved.", month=month)]
    told = _course(case, found, w)
    unknown = case.trajectory.unknown_since
    if unknown is not None:
        told.append(w.t("We do not know how it has gone since {day}.", day=w.date(unknown)))
    return told[-MOST:]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days over which it went one way, from turn to turn."""

    start: Point
    end: Point
    way: Way


def stretches(case: Case, found: Sequence[Point]) -> list[Stretch]:
    """Return the stretches of a course whose change can be measured, each the other way than the one before it."""
    told: list[Stretch] = []
    start = end = found[0]
    going: Way = ""
    for point in found[1:]:
        if not going:
            going = way(case, start, point)
            end = point if going else end
        elif (point.level - end.level) * case.scale.better * (1 if going == "forward" else -1) >= 0:
            end = point
        elif way(case, end, point):
            told.append(Stretch(start, end, going))
            start, end, going = end, point, way(case, end, point)
    return [*told, Stretch(start, end, going)] if going else told


def _course(case: Case, found: Sequence[Point], w: Words) -> list[str]:
    """The course from turn to turn, and what came since last time where the whole went one way."""
    parts, last = stretches(case, found), found[-1]
    if not parts:
        told = [w.t("Now it is much the same as in {month}.", month=w.month_year(found[0].day))]
    else:
        told = [_went(case, one, w) for one in parts[:-1]]
        end = parts[-1]
        told.append(_since(case, end, w) if end.end == last else _went(case, end, w))
        if end.end != last:
            return [*told, w.t("Since {month} we can see no change.", month=w.month_year(end.end.day))]
    if len(parts) < 2 < len(found):
        told.append(_last(found[-2].day, way(case, found[-2], last), w))
    return told


def _went(case: Case, one: Stretch, w: Words) -> str:
    first, last = phrases.from_to(w, one.start.day, one.end.day)
    if one.way == "back":
        return w.t("It went back from {start} to {end}.", start=first, end=last)
    beside = _beside(case, one.start.day, one.end.day, w)
    if beside:
        return w.t("It went forward from {start} to {end}, while you had {what}.", start=first, end=last, what=beside)
    return w.t("It went forward from {start} to {end}.", start=first, end=last)


def _since(case: Case, one: Stretch, w: Words) -> str:
    month = w.month_year(one.start.day)
    if one.way == "back":
        return w.t("Since {month} it has gone back.", month=month)
    beside = _beside(case, one.start.day, one.end.day, w)
    if beside:
        return w.t("Since {month} it has gone forward, while you have had {what}.", month=month, what=beside)
    return w.t("Since {month} it has gone forward.", month=month)


def _last(day: date, where: Way, w: Words) -> str:
    month = w.month_year(day)
    if where == "forward":
        return w.t("Since last time, in {month}, it has gone forward.", month=month)
    if where == "back":
        return w.t("Since last time, in {month}, it has gone back.", month=month)
    return w.t("Since last time, in {month}, we can see no change.", month=month)


def now(case: Case, w: Words) -> str:
    """Return what the citizen has, waits for or is exempt from today."""
    running = [i for i in case.course.interventions if i.start <= case.today and (i.end is None or i.end >= case.today)]
    active = [i for i in running if not _state(case, i)]
    if active:
        return w.t("Right now you have {what}.", what=_names(case, active, w))
    waiting = next((i for i in running if _state(case, i) == "waiting"), None)
    if waiting is not None:
        since = w.month_year(waiting.start)
        if waiting.waiting_for:
            return w.t("Since {month} you have been waiting for {what}.", month=since, what=waiting.waiting_for)
        return w.t("Since {month} you have been waiting.", month=since)
    if running:
        return w.t("Right now you are exempt.")
    return w.t("Right now you have no activity.")


def _state(case: Case, row: Intervention) -> str:
    kind = case.types.get(row.type)
    return kind.state if kind is not None else ""


def _beside(case: Case, start: date, end: date, w: Words) -> str:
    """What ran in those months, the longest first; "" for nothing."""
    shared = []
    for row in case.course.interventions:
        days = (min(row.end or case.today, end) - max(row.start, start)).days
        if not _state(case, row) and days >= _BESIDE_DAYS:
            shared.append((-days, row.start, row.id, row))
    return _names(case, [row for *_, row in sorted(shared)], w)


def _names(case: Case, rows: Sequence[Intervention], w: Words) -> str:
    called = (quiet(phrases.intervention_name(w, row, case.types, hours=False)) for row in rows)
    return listed(list(dict.fromkeys(called))[:_NAMED], w)


def quiet(name: str) -> str:
    """Return a name as it stands within a sentence: without its capital, unless it is written in capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or len(name) == 1 else name


def level_word(case: Case, level: float, w: Words) -> str:
    """Return the word of the step a level lies nearest, else the figure."""
    words = case.scale.citizen_words or case.scale.step_words
    nearest = min(words, key=lambda step: (abs(step - level), step), default=None)
    return quiet(w.pick(words[nearest])) if nearest is not None else w.number(level, 0)


def reading(case: Case, w: Words) -> list[str]:
    """Return how the curve is read: whose answers it is, what the field round it says, and that it is the past."""
    who = {o.rater for o in case.trajectory.observations if o.day <= case.today}
    if len(levels(case)) == 1:
        whose = w.t("The dot shows where it is, by the answers we have.")
        return [whose, w.t("The bar through it shows how sure we can be.")]
    if who >= {"caseworker", "citizen"}:
        whose = w.t("The line is your answers and ours put together.")
    elif "citizen" in who:
        whose = w.t("The line is your own answers.")
    else:
        whose = w.t("The line is our answers. You have not answered yet.")
    told = [whose, w.t("The field round it shows how sure we can be. Small swings may be down to chance.")]
    return [*told, w.t("The line only shows what has been, not what will come.")]


def spoken(case: Case, w: Words) -> str:
    """Return the curve in words, for who cannot see it: where it begins and ends, and the sentences of the page."""
    found = levels(case)
    first, last = found[0], found[-1]
    start, end = phrases.from_to(w, first.day, last.day)
    near, now_near = level_word(case, first.level, w), level_word(case, last.level, w)
    if first.day == last.day:
        curve = w.t("How it was on {day}: near “{level}”.", day=w.date(first.day), level=near)
    else:
        fields = {"start": start, "end": end, "first": near, "last": now_near}
        curve = w.t("Your course from {start} to {end}. It begins near “{first}” and ends near “{last}”.", **fields)
    return " ".join([curve, *_turned(case, found, w), *moved(case, w)])


def _turned(case: Case, found: Sequence[Point], w: Words) -> list[str]:
    """Where it last turned."""
    parts = stretches(case, found)
    if len(parts) < 2:
        return []
    turn = parts[-1].start
    fields = {"month": w.month_year(turn.day), "level": level_word(case, turn.level, w)}
    if parts[-1].way == "back":
        return [w.t("It was best in {month}, near “{level}”.", **fields)]
    return [w.t("It was hardest in {month}, near “{level}”.", **fields)]
