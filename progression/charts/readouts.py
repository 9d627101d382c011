"""A chart in words: what a cursor reads at a date, the table of the same data, the alternative text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from progression.analysis.values import Flag, Trajectory
from progression.casework.timeline import phase_on
from progression.casework.values import Answer, Course, Phase
from progression.charts import phrases
from progression.charts.model import Band, Series
from progression.charts.strips import Axis
from progression.scales.model import RATERS, Rater, Scale
from progression.words import Words
from progression.words.flags import headline

Values = Mapping[str, Mapping[date, float]]  # rater -> day -> value
_NAMED_PERIODS = 4  # more periods than this are counted, not listed, in the alternative text


def band_at(band: Band | None, day: date) -> tuple[float, float, float] | None:
    """Return lower, middle and upper limit on a day (straight lines between the days of the band), None outside."""
    if band is None or not band.days or not band.days[0] <= day <= band.days[-1]:
        return None
    for n, (left, right) in enumerate(pairwise(band.days)):
        if left <= day <= right:
            part = (day - left).days / max((right - left).days, 1)
            rows = (band.lower, band.middle, band.upper)
            low, middle, high = (row[n] + part * (row[n + 1] - row[n]) for row in rows)
            return low, middle, high
    return band.lower[0], band.middle[0], band.upper[0]


def raters_of(scale: Scale, indicator: str | None) -> tuple[Rater, ...]:
    """Return who answers: the raters of the indicator, or of anything in the scale."""
    rows = scale.indicators if indicator is None else (scale.indicator(indicator),)
    return tuple(r for r in RATERS if any(r in i.raters for i in rows))


def readouts(
    values: Values, band: Band | None, decimals: int, citizen_label: str, w: Words
) -> tuple[tuple[date, str], ...]:
    """Return one line for each assessment date: what each rater answered and what the measurement can say."""
    lines = []
    for day in sorted({d for by_day in values.values() for d in by_day}):
        parts = []
        for rater, by_day in values.items():
            if day in by_day:
                name = citizen_label if rater == "citizen" else phrases.rater_name(w, rater)
                figure = w.number(by_day[day], decimals)
                parts.append(w.t("{name} {figure}", name=name, figure=figure))
        limits = band_at(band, day)
        if limits is not None:
            parts.append(w.t("band {low}–{high}", low=w.number(limits[0]), high=w.number(limits[2])))
        lines.append((day, w.t("{day}: {what}", day=w.date(day), what=", ".join(parts))))
    return tuple(lines)


def whole_table(
    values: Values,
    band: Band | None,
    phases: tuple[Phase, ...],
    scale: Scale,
    citizen_label: str,
    w: Words,
) -> tuple[tuple[str, ...], ...]:
    """Return the table of the whole scale: date, each rater, level, 90 % band, period."""
    names = [citizen_label if r == "citizen" else phrases.rater_name(w, r) for r in values]
    rows = [(w.t("Date"), *names, w.t("Level"), w.t("90% band"), w.t("Period"))]
    for day in sorted({d for by_day in values.values() for d in by_day}):
        figures = [phrases.value_text(w, scale, by_day.get(day)) for by_day in values.values()]
        limits = band_at(band, day)
        level = w.number(limits[1]) if limits else phrases.NO_VALUE
        reach = f"{w.number(limits[0])}–{w.number(limits[2])}" if limits else phrases.NO_VALUE
        rows.append((w.short_date(day), *figures, level, reach, _period(phases, day, w)))
    return tuple(rows)


def answer_table(
    answers: Mapping[str, Mapping[date, Answer]], phases: tuple[Phase, ...], citizen_label: str, w: Words
) -> tuple[tuple[str, ...], ...]:
    """Return the table of one indicator: date, each rater's answer, period."""
    names = [citizen_label if r == "citizen" else phrases.rater_name(w, r) for r in answers]
    rows = [(w.t("Date"), *names, w.t("Period"))]
    for day in sorted({d for by_day in answers.values() for d in by_day}):
        given = [phrases.answer_text(w, by_day.get(day)) for by_day in answers.values()]
        rows.append((w.short_date(day), *given, _period(phases, day, w)))
    return tuple(rows)


def _period(phases: tuple[Phase, ...], day: date, w: Words) -> str:
    phase = phase_on(phases, day, causal=False)
    return phrases.NO_VALUE if phase is None else phrases.phase_name(w, phase)


def assessment_dates(course: Course, scale: Scale, today: date) -> list[date]:
    """Return the dates on which anybody assessed this scale, up to today."""
    return sorted({a.date for a in course.assessments if a.scale == scale.id and a.date <= today})


def alt(
    title: str,
    days: Sequence[date],
    went: str,
    phases: tuple[Phase, ...],
    axis: Axis,
    flag: Flag | None,
    scale: Scale,
    w: Words,
) -> str:
    """Return the alternative text: two to four sentences on span, course (`went`), periods and the open attention
    point."""
    begun = min((max(p.start, axis.start) for p in phases), default=axis.start)
    start, end = phrases.from_to(w, begun, max(min(axis.today, axis.end), begun))
    where = {"title": title, "start": start, "end": end}
    sentences = [
        w.tn(
            "{title}, {start} to {end}: {n} assessment.",
            "{title}, {start} to {end}: {n} assessments.",
            len(days),
            **where,
        )
    ]
    sentences += [text for text in (went, _periods(phases, axis, w)) if text and days]
    if flag is not None:
        sentences.append(w.t("Attention point: {headline}.", headline=headline(w, flag, scale)))
    return " ".join(sentences)


def answered(lines: Sequence[Series], w: Words) -> str:
    """Return each rater's first and last answer in words, "" where nobody answered."""
    said = []
    for line in (one for one in lines if one.samples):
        first, last = line.samples[0], line.samples[-1]
        figures = {"who": line.label, "last": w.number(last.value, 0), "day": w.date(last.day)}
        if len(line.samples) == 1:
            said.append(w.t("{who} {last} on {day}", **figures))
        else:
            said.append(w.t("{who} from {first} to {last} on {day}", first=w.number(first.value, 0), **figures))
    return "; ".join(said)


def level_sentence(trajectory: Trajectory, axis: Axis, w: Words) -> str:
    """Return the level at the first and last assessment on the axis in a sentence, "" where there is none."""
    seen = sorted(o.day for o in trajectory.observations if axis.start <= o.day <= axis.end)
    points = [p for p in trajectory.curve if seen and seen[0] <= p.day <= seen[-1]]
    if not points:
        return ""
    first, last = points[0], points[-1]
    if len(seen) == 1 or first.day == last.day:
        return w.t("The level was {level} in {month}.", level=w.number(last.level), month=w.month_year(last.day))
    then, now = phrases.from_to(w, first.day, last.day)
    figures = {"first": w.number(first.level), "last": w.number(last.level)}
    return w.t("The level was {first} ({then}) and {last} ({now}).", then=then, now=now, **figures)


def _periods(phases: tuple[Phase, ...], axis: Axis, w: Words) -> str:
    idle = [p for p in phases if p.state != "active" and axis.shows(p.start, p.end)]
    if not idle:
        active = any(p.state == "active" and axis.shows(p.start, p.end) for p in phases)
        return w.t("There was an active intervention the whole time.") if active else ""
    if len(idle) > _NAMED_PERIODS:
        return w.tn(
            "There was {n} period without an active intervention.",
            "There were {n} periods without an active intervention.",
            len(idle),
        )
    named = [
        w.t(
            "{state} {period}",
            state=phrases.phase_name(w, p).lower(),
            period=phrases.period(w, p.start, p.end if p.end is None or p.end < axis.today else None),
        )
        for p in idle
    ]
    return w.t("Without an active intervention: {periods}.", periods="; ".join(named))
