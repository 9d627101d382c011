"""The rows below the curve: interventions by BIP type, periods without, conversations, small steps, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from progression.analysis.values import Trajectory
from progression.casework import caseworkers, combination
from progression.casework.values import Course, Decision, Intervention, InterventionType, Phase
from progression.charts import came, phrases
from progression.charts.layout import pack
from progression.charts.model import Bar, Mark, Pattern, Shade, Span, Strip, Symbol
from progression.words import N_, Words
from progression.words import interventions as said
from progression.words.flags import CHOICES, STATES

LOOKS: Mapping[str, tuple[str, Pattern]] = {
    "passive": ("passive", "hatch"),
    "waiting": ("wait", "dots"),
    "exempt": ("exempt", "lines"),
}

_CONVERSATIONS: Mapping[str, tuple[Symbol, str]] = {
    "held": ("disc", N_("Conversation held {day}")),
    "planned": ("ring", N_("Conversation planned {day}")),
    "cancelled": ("cross", N_("Conversation cancelled {day}")),
    "missed": ("cross", N_("Conversation missed {day}")),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """The days a chart shows and the day it is drawn on."""

    start: date
    end: date
    today: date

    def shows(self, start: date, end: date | None) -> bool:
        """Whether any day from start to end (None = still running) lies on the axis."""
        return start <= self.end and (end or self.running_until(start)) >= self.start

    def running_until(self, start: date) -> date:
        """The last day drawn of something still running: today, or the axis' end when it has yet to begin."""
        return max(min(self.today, self.end), self.start) if start <= self.today else self.end

    def clip(self, start: date, end: date | None) -> tuple[date, date]:
        """Return the part of start..end that lies on the axis."""
        first = max(start, self.start)
        return first, max(min(end or self.running_until(start), self.end), first)


def shades(phases: Iterable[Phase], axis: Axis, w: Words) -> tuple[Shade, ...]:
    """Return the shading behind the curves: one for each phase that is not active."""
    found = []
    for phase in phases:
        if phase.state not in LOOKS or not axis.shows(phase.start, phase.end):
            continue
        token, pattern = LOOKS[phase.state]
        start, end = axis.clip(phase.start, phase.end)
        short = phrases.phase_name(w, phase)
        running = phase.end is None or phase.end >= axis.today >= phase.start
        since = w.t("{state} since {since}", state=short, since=w.short_date(phase.start))
        found.append(Shade(start, end, token, pattern, since if running else short, short, running))
    return tuple(found)


def lane(course: Course, names: Mapping[str, str], axis: Axis) -> tuple[Span, ...]:
    """Return the caseworkers one after another: the coordinating assignments, else whoever assessed."""
    spans = []
    for one in caseworkers.periods(course.assignments, course.assessments):
        if axis.shows(one.start, one.end):
            current = one.start <= axis.today and (one.end is None or one.end >= axis.today)
            name = names.get(one.caseworker) or one.caseworker
            spans.append(Span(*axis.clip(one.start, one.end), name, current))
    return tuple(spans)


def _bar_text(row: Intervention, name: str, w: Words) -> str:
    parts = [w.t("{name}, {period}", name=name, period=phrases.period(w, row.start, row.end))]
    parts += [part for part in (row.provider, row.reason) if part]
    if row.review_date is not None:
        parts.append(w.t("review {day}", day=w.date(row.review_date)))
    if row.ended_because:
        parts.append(w.t("ended: {because}", because=row.ended_because))
    return "; ".join(parts)


def _laned(label: str, bars: list[Bar]) -> Strip:
    bars.sort(key=lambda bar: (bar.start, bar.end, bar.key))
    lanes = pack([(bar.start, bar.end) for bar in bars])
    return Strip(label, tuple(replace(b, lane=n) for b, n in zip(bars, lanes, strict=True)), (), max(lanes) + 1)


def interventions(course: Course, types: Mapping[str, InterventionType], axis: Axis, w: Words) -> tuple[Strip, ...]:
    """Return one strip for each BIP type that has something on the axis, in the order of the types."""
    by_type: dict[str, list[Bar]] = {kind: [] for kind in phrases.BIP_TYPES}
    for row in course.interventions:
        kind = types.get(row.type)
        if (kind is not None and kind.state) or not axis.shows(row.start, row.end):
            continue
        start, end = axis.clip(row.start, row.end)
        name, short = (phrases.intervention_name(w, row, types, hours=hours) for hours in (True, False))
        by_type[kind.bip_type if kind is not None else "none"].append(
            Bar(
                start,
                end,
                name,
                _bar_text(row, name, w),
                open_end=row.end is None or row.end > axis.end,
                open_start=row.start < axis.start,
                key=row.id,
                short=short,
            )
        )
    return tuple(_laned(w.t(phrases.BIP_TYPES[kind]), bars) for kind, bars in by_type.items() if bars)


def without(
    course: Course, phases: Iterable[Phase], types: Mapping[str, InterventionType], axis: Axis, w: Words
) -> tuple[Strip, ...]:
    """Return the strip of periods without an active intervention: passive phases, and every waiting or exempt row."""
    bars: list[Bar] = []
    for phase in phases:
        if phase.state == "passive" and axis.shows(phase.start, phase.end):
            name = w.t(STATES[phase.state])
            text = w.t("{name}, {period}", name=name, period=phrases.period(w, phase.start, phase.end))
            bars.append(_plain_bar(phase.start, phase.end, name, text, "passive", axis, w))
    for row in course.interventions:
        kind = types.get(row.type)
        if kind is None or not kind.state or not axis.shows(row.start, row.end):
            continue
        name = phrases.intervention_name(w, row, types)
        bars.append(_plain_bar(row.start, row.end, name, _bar_text(row, name, w), kind.state, axis, w, row.id))
    return (_laned(w.t("Without intervention"), bars),) if bars else ()


def combinations(
    course: Course, phases: Iterable[Phase], types: Mapping[str, InterventionType], axis: Axis, w: Words
) -> tuple[Strip, ...]:
    """Return the strip of what ran beside what: a bar with its words for every run, patterned where nothing did."""
    bars = []
    for run in combination.of_phases(phases, course.interventions, types, axis.today):
        if not axis.shows(run.start, run.end):
            continue
        name = said.combination(w, run.types)
        state = w.t(STATES[run.state])
        told = name if run.state == "active" else state
        text = w.t("{name}, {period}", name=told, period=phrases.period(w, run.start, run.end))
        token, pattern = LOOKS.get(run.state, ("bar", "none"))
        start, end = axis.clip(run.start, run.end)
        bars.append(
            Bar(
                start,
                end,
                name,
                text,
                token,
                pattern,
                open_end=run.end is None or run.end > axis.end,
                open_start=run.start < axis.start,
                short=said.combination_initials(w, run.types),
            )
        )
    return (Strip(w.t("Combination"), tuple(bars)),) if any(bar.token == "bar" for bar in bars) else ()


def _plain_bar(
    first: date, last: date | None, label: str, text: str, state: str, axis: Axis, w: Words, key: str = ""
) -> Bar:
    start, end = axis.clip(first, last)
    token, pattern = LOOKS[state]
    running = last is None or last > axis.end
    return Bar(
        start,
        end,
        label,
        text,
        token,
        pattern,
        open_end=running,
        key=key,
        open_start=first < axis.start,
        short=w.t(STATES[state]),
    )


def conversations(course: Course, axis: Axis, w: Words) -> tuple[Strip, ...]:
    """Return the strip of conversations: held, planned, cancelled or missed, with how many of those due were held."""
    shown = [c for c in course.conversations if axis.shows(c.date, c.date)]
    if not shown:
        return ()
    marks = []
    for one in shown:
        symbol, sentence = _CONVERSATIONS.get(one.status, _CONVERSATIONS["held"])
        text = w.t(sentence, day=w.date(one.date)) + (f": {one.topic}" if one.topic else "")
        marks.append(Mark(one.date, symbol, "", text))
    held = sum(c.status == "held" for c in shown)
    due = sum(c.status != "planned" or c.date < axis.today for c in shown)
    note = w.t("{held} of {due} held", held=held, due=due) if due else ""
    return (Strip(w.t("Conversations"), (), tuple(marks), 1, note),)


def small_steps(course: Course, axis: Axis, w: Words) -> tuple[Strip, ...]:
    """Return the strip of small steps someone wrote down: what a five-step scale is too coarse to show."""
    notes = [n for n in course.notes if n.kind == "small_step" and axis.shows(n.date, n.date)]
    marks = tuple(
        Mark(n.date, "disc", "", w.t("Small step {day}: {text}", day=w.date(n.date), text=n.text)) for n in notes
    )
    return (Strip(w.t("Small steps"), (), marks),) if marks else ()


def decisions(
    course: Course, axis: Axis, w: Words, *, open_flag: bool, outcomes: Iterable[Mark] = (), after: Mapping[str, str]
) -> tuple[Strip, ...]:
    """Return the strip of decisions with their word, and of what came of them; the note says when an attention point
    waits for one. `after`: event of a decision -> what came of it, "" or absent where nothing is known."""
    shown = [d for d in course.decisions if axis.shows(d.date, d.date)]
    found = [_decision_mark(w, d, after.get(d.event, "")) for d in shown]
    found += [one for one in outcomes if axis.shows(one.day, one.day)]
    # by day, since a word is drawn as far as the next mark; what was decided before what came of it
    marks = tuple(sorted(found, key=lambda one: (one.day, one.symbol == "ring")))
    note = w.tc("attention point", "Open") if open_flag else ""
    return (Strip(w.t("Decisions"), (), marks, 1, note),) if marks or open_flag else ()


def _decision_mark(w: Words, decision: Decision, after: str) -> Mark:
    return Mark(decision.date, "diamond", choice_word(w, decision), _said(decision_text(w, decision), after))


def choice_word(w: Words, decision: Decision) -> str:
    """Return Start, Continue, Adjust or Stop."""
    return w.t(CHOICES[decision.choice])


def decision_text(w: Words, decision: Decision, *, dated: bool = True) -> str:
    """Return a decision as one line: word, date (unless it stands before it already), reason, follow-up."""
    word = choice_word(w, decision)
    parts = [w.t("{choice}, {day}", choice=word, day=w.date(decision.date)) if dated else word]
    if decision.reason:
        parts.append(decision.reason)
    if decision.follow_up is not None:
        parts.append(w.t("follow-up {day}", day=w.date(decision.follow_up)))
    return "; ".join(parts)


def _said(*texts: str) -> str:
    """Texts as sentences one after another."""
    return ". ".join(text for text in texts if text)


def decided(course: Course, trajectory: Trajectory, axis: Axis, w: Words) -> tuple[tuple[date, str], ...]:
    """Return what was decided and what came of it, by day, as a cursor reads it."""
    found = []
    for one in course.decisions:
        if axis.start <= one.date <= min(axis.end, axis.today):
            after = came.since(trajectory, one.date, came.until(course.decisions, one, axis.today), w)
            said = w.t("decided: {text}", text=decision_text(w, one, dated=False))
            found.append((one.date, _said(said, after)))
        if one.outcome and one.outcome_date and axis.start <= one.outcome_date <= min(axis.end, axis.today):
            found.append((one.outcome_date, came.told(one, w, dated=False)))
    return tuple(sorted(found))
