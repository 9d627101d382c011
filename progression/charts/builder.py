"""The chart of one citizen: curve, band, caseworkers, periods, interventions and decisions as one description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from progression.analysis.values import Flag, Trajectory
from progression.casework.values import Answer, Course, InterventionType, Phase
from progression.charts import axis as axes
from progression.charts import came, phrases, readouts, strips
from progression.charts.model import Band, Bracket, Chart, Sample, Series
from progression.charts.strips import Axis
from progression.scales.model import Rater, Scale
from progression.words import Words

BAND_SDS = 1.645  # half width of a 90 % interval, in standard deviations
_BRACKETS = {"regression": "down", "progression": "up"}
_STYLE = {
    "caseworker": ("cw", "cw-text", "circle", "solid", True),
    "citizen": ("ci", "ci-text", "diamond", "dashed", False),
}


def citizen_chart(
    course: Course,
    scale: Scale,
    trajectory: Trajectory,
    types: Mapping[str, InterventionType],
    names: Mapping[str, str],
    today: date,
    w: Words,
    *,
    flag: Flag | None = None,
    start: date | None = None,
    end: date | None = None,
    citizen_label: str = "",
    indicator: str | None = None,
    phases: tuple[Phase, ...] | None = None,
) -> Chart:
    """Return the chart of a citizen on one scale, texts in the language of `w`.

    `indicator` None draws the whole scale with its band; a code draws that indicator's answers as steps.
    `flag` is the open attention point (its bracket and headline), `names` person keys to names, `start`/`end` limit
    the days shown (default: the whole course), `citizen_label` names the citizen's series (default "Citizen").
    `phases` default to those of the trajectory. KeyError for an unknown indicator."""
    phases = trajectory.phases if phases is None else phases
    axis = axis_of(course, trajectory, today, start, end)
    drawn = _drawn(course, scale, trajectory, indicator, phases, axis, citizen_label or w.t("Citizen"), w)
    about = flag if flag is not None and _is_about(flag, scale) else None
    title, decided = _title(scale, indicator, w), strips.decided(course, trajectory, axis, w)
    return Chart(
        title=title,
        alt=readouts.alt(title, drawn.days, drawn.went, phases, axis, about, scale, w),
        start=axis.start,
        end=axis.end,
        today=today,
        minimum=scale.minimum,
        maximum=scale.maximum,
        step_labels=axes.step_labels(scale, w),
        ticks=axes.ticks(axis.start, axis.end, w),
        today_label=w.t("today"),
        lane_label=w.t("Caseworker"),
        lane=strips.lane(course, names, axis),
        band=drawn.band,
        series=drawn.series,
        shades=strips.shades(phases, axis, w),
        strips=_strips(course, phases, types, axis, w, flag, trajectory),
        bracket=_bracket(about, indicator, axis, w),
        readouts=came.with_decisions(drawn.readouts, decided, w) if drawn.readouts else (),
        table=came.table_with_decisions(drawn.table, drawn.rows, decided, w, phrases.NO_VALUE),
        axis_note=w.t("lower is better") if scale.better < 0 else "",
        empty="" if any(one.samples for one in drawn.series) else w.t("No assessments yet"),
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The curves and what is said about them. `went` is their course in a sentence, `days` the assessment dates, `rows`
    those of the table's rows."""

    series: tuple[Series, ...]
    band: Band | None
    readouts: tuple[tuple[date, str], ...]
    table: tuple[tuple[str, ...], ...]
    days: list[date]
    went: str
    rows: list[date]


def _drawn(
    course: Course,
    scale: Scale,
    trajectory: Trajectory,
    indicator: str | None,
    phases: tuple[Phase, ...],
    axis: Axis,
    label: str,
    w: Words,
) -> _Drawn:
    if indicator:
        return _one_indicator(course, scale, indicator, phases, axis, label, w)
    return _whole_scale(course, scale, trajectory, phases, axis, label, w)


def _whole_scale(
    course: Course,
    scale: Scale,
    trajectory: Trajectory,
    phases: tuple[Phase, ...],
    axis: Axis,
    label: str,
    w: Words,
) -> _Drawn:
    values = _observed(trajectory, scale, axis)
    band = band_of(trajectory, scale, axis, w)
    return _Drawn(
        tuple(series(r, by_day, scale, label, w, steps=False) for r, by_day in values.items()),
        band,
        readouts.readouts(values, band, phrases.value_decimals(scale), label, w),
        readouts.whole_table(values, band, phases, scale, label, w),
        [d for d in readouts.assessment_dates(course, scale, axis.today) if axis.shows(d, d)],
        readouts.level_sentence(trajectory, axis, w),
        sorted({day for by_day in values.values() for day in by_day}),
    )


def _one_indicator(
    course: Course,
    scale: Scale,
    indicator: str,
    phases: tuple[Phase, ...],
    axis: Axis,
    label: str,
    w: Words,
) -> _Drawn:
    answers = answers_by_day(course, scale, indicator, axis)
    values = step_values(answers)
    lines = tuple(series(r, by_day, scale, label, w, steps=True) for r, by_day in values.items())
    said = readouts.answered(lines, w)
    return _Drawn(
        lines,
        None,
        readouts.readouts(values, None, 0, label, w),
        readouts.answer_table(answers, phases, label, w),
        sorted({day for by_day in answers.values() for day in by_day}),
        f"{said}." if said else "",
        sorted({day for by_day in answers.values() for day in by_day}),
    )


def _title(scale: Scale, indicator: str | None, w: Words) -> str:
    if indicator:
        return w.pick(scale.indicator(indicator).name)
    return w.pick(scale.name) if phrases.value_decimals(scale) == 0 else w.t("Whole scale")


def axis_of(course: Course, trajectory: Trajectory, today: date, start: date | None, end: date | None) -> Axis:
    """Return the days shown: the limits asked for, else the whole course."""
    whole = axes.span(course, trajectory, today)
    first = start or (whole[0] if end is None else min(whole[0], axes.shift(end, -30)))
    last = end or max(whole[1], axes.shift(first, 30))
    return Axis(first, max(last, axes.shift(first, 1)), today)


def _strips(
    course: Course,
    phases: tuple[Phase, ...],
    types: Mapping[str, InterventionType],
    axis: Axis,
    w: Words,
    flag: Flag | None,
    trajectory: Trajectory,
) -> tuple[strips.Strip, ...]:
    waits = flag is not None and flag.status == "open"
    after = {d.event: came.sentences(course, d, trajectory, axis.today, w) for d in course.decisions if d.event}
    outcomes = came.marks(course, trajectory, axis.today, w)
    return (
        *strips.combinations(course, phases, types, axis, w),
        *strips.interventions(course, types, axis, w),
        *strips.without(course, phases, types, axis, w),
        *strips.conversations(course, axis, w),
        *strips.small_steps(course, axis, w),
        *strips.decisions(course, axis, w, open_flag=waits, outcomes=outcomes, after=after),
    )


def _observed(trajectory: Trajectory, scale: Scale, axis: Axis) -> dict[str, dict[date, float]]:
    found: dict[str, dict[date, float]] = {r: {} for r in readouts.raters_of(scale, None)}
    for one in sorted(trajectory.observations, key=lambda o: o.day):
        if axis.start <= one.day <= min(axis.end, axis.today):
            found.setdefault(one.rater, {})[one.day] = one.value
    return found


def answers_by_day(course: Course, scale: Scale, indicator: str, axis: Axis) -> dict[str, dict[date, Answer]]:
    """Return each rater's answers to one indicator by day, "not rated" and "declined" included."""
    raters: tuple[Rater, ...] = readouts.raters_of(scale, indicator)
    found: dict[str, dict[date, Answer]] = {r: {} for r in raters}
    for one in course.assessments:
        shown = axis.start <= one.date <= min(axis.end, axis.today)
        if one.scale == scale.id and one.rater in found and indicator in one.answers and shown:
            found[one.rater][one.date] = one.answers[indicator]
    return found


def step_values(answers: Mapping[str, Mapping[date, Answer]]) -> dict[str, dict[date, float]]:
    """Return only the steps: neither "not rated" nor "declined" is a low answer, or any answer to draw."""
    return {
        rater: {day: float(given) for day, given in by_day.items() if isinstance(given, int)}
        for rater, by_day in answers.items()
    }


def series(
    rater: str, by_day: Mapping[date, float], scale: Scale, citizen_label: str, w: Words, *, steps: bool
) -> Series:
    """Return one rater's line: the caseworker solid with filled circles, the citizen dashed with open diamonds."""
    token, text_token, marker, dash, filled = _STYLE["citizen" if rater == "citizen" else "caseworker"]
    name = citizen_label if rater == "citizen" else phrases.rater_name(w, rater)

    def text(value: float) -> str:
        return w.number(value, 0) if steps else phrases.value_text(w, scale, value)

    samples = tuple(
        Sample(day, value, w.t("{name} {day}: {figure}", name=name, day=w.date(day), figure=text(value)))
        for day, value in sorted(by_day.items())
    )
    ends = (
        w.t("{figure}, {day}", figure=text(samples[-1].value), day=w.short_day_month(samples[-1].day))
        if samples
        else ""
    )
    return Series(rater, name, ends, samples, token, text_token, marker, dash, filled, steps)  # type: ignore[arg-type]


def band_of(trajectory: Trajectory, scale: Scale, axis: Axis, w: Words) -> Band | None:
    """Return the 90 % band of the level within the axis, cut at the ends of the scale; None without a curve."""
    inside = [p for p in trajectory.curve if axis.start <= p.day <= axis.end]
    if not inside:
        return None

    def limit(value: float) -> float:
        return min(max(value, scale.minimum), scale.maximum)

    return Band(
        label=w.t("The band shows what the measurement can say (90%)"),
        days=tuple(p.day for p in inside),
        lower=tuple(limit(p.level - BAND_SDS * p.sd) for p in inside),
        middle=tuple(limit(p.level) for p in inside),
        upper=tuple(limit(p.level + BAND_SDS * p.sd) for p in inside),
    )


def _is_about(flag: Flag, scale: Scale) -> bool:
    """Whether a flag can be said on this scale: it may be on another, or on an indicator the scale no longer has."""
    known = {None, *(i.code for i in scale.indicators)}
    return flag.scale == scale.id and flag.indicator in known


def flag_to_draw(flags: Iterable[Flag], indicator: str | None = None) -> Flag | None:
    """Return the open attention point a chart draws: the first about what is drawn, else the first about anything."""
    moved = [f for f in flags if f.status == "open" and f.kind in _BRACKETS]
    return min(moved, key=lambda f: f.indicator != indicator, default=None)


def _bracket(flag: Flag | None, indicator: str | None, axis: Axis, w: Words) -> Bracket | None:
    """Tie the curve to the flag's numbers where the flag is about what is drawn."""
    if flag is None or flag.indicator != indicator or flag.kind not in _BRACKETS:
        return None
    if flag.baseline is None or flag.level is None or flag.change is None:
        return None
    measured = flag.measured_on or flag.raised_on
    if not axis.start <= measured <= axis.end:
        return None
    start = max(min(flag.phase.start, measured), axis.start)
    label = w.signed(flag.change)
    return Bracket(start, measured, flag.baseline, flag.level, label, _BRACKETS[flag.kind])
