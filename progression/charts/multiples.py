"""Every indicator as a small chart of raw steps: where the raters differ, and what the citizen is not shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from progression.analysis.values import Trajectory
from progression.casework.rounds import ROUND_DAYS
from progression.casework.values import Course, Phase
from progression.charts import readouts, strips
from progression.charts.builder import answers_by_day, axis_of, series, step_values
from progression.charts.model import Multiple, Series
from progression.charts.strips import Axis
from progression.scales.model import Indicator, Scale
from progression.words import Words

APART_STEPS = 2  # the raters are a topic to talk about from this many steps apart


def indicator_charts(
    course: Course,
    scale: Scale,
    trajectory: Trajectory,
    today: date,
    w: Words,
    *,
    start: date | None = None,
    end: date | None = None,
    citizen_label: str = "",
    for_citizen: bool = False,
    phases: tuple[Phase, ...] | None = None,
) -> tuple[Multiple, ...]:
    """Return one small chart for each indicator of the scale, on the axis of `citizen_chart` with the same limits.

    `for_citizen` leaves out what is not shown to the citizen; otherwise such an indicator carries a lock.
    """
    axis = axis_of(course, trajectory, today, start, end)
    phases = trajectory.phases if phases is None else phases
    shown = [i for i in scale.indicators if i.shown_to_citizen or not for_citizen]
    return tuple(_one(i, course, scale, phases, axis, citizen_label or w.t("Citizen"), w) for i in shown)


def _one(
    indicator: Indicator,
    course: Course,
    scale: Scale,
    phases: tuple[Phase, ...],
    axis: Axis,
    citizen_label: str,
    w: Words,
) -> Multiple:
    values = step_values(answers_by_day(course, scale, indicator.code, axis))
    lines = tuple(series(r, by_day, scale, citizen_label, w, steps=True) for r, by_day in values.items() if by_day)
    name = w.pick(indicator.name)
    return Multiple(
        key=indicator.code,
        name=w.pick(indicator.short_name) or name,
        alt=_alt(name, lines, w),
        start=axis.start,
        end=axis.end,
        minimum=scale.minimum,
        maximum=scale.maximum,
        series=tuple(_short_end(line, w) for line in lines),
        shades=strips.shades(phases, axis, w),
        apart=_apart(lines, w),
        locked="" if indicator.shown_to_citizen else w.t("Not shown to the citizen"),
    )


def _short_end(line: Series, w: Words) -> Series:
    return replace(line, end_text=w.number(line.samples[-1].value, 0))


def _alt(name: str, lines: tuple[Series, ...], w: Words) -> str:
    said = readouts.answered(lines, w)
    return w.t("{name}: {what}", name=name, what=said) if said else w.t("{name}: not answered", name=name)


def _apart(lines: tuple[Series, ...], w: Words) -> str:
    if len(lines) < 2:
        return ""
    one, other = lines[0].samples[-1], lines[1].samples[-1]
    if abs(one.day - other.day) > timedelta(days=ROUND_DAYS) or abs(one.value - other.value) < APART_STEPS:
        return ""
    return w.t(
        "{one} {first}, {other} {second}",
        one=lines[0].label,
        first=w.number(one.value, 0),
        other=lines[1].label,
        second=w.number(other.value, 0),
    )
