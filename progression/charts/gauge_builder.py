"""From an attention point to its small picture: one kind of line for each kind of point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from progression.analysis.values import Estimates, Flag, Trajectory
from progression.charts import axis
from progression.charts.gauge import Gauge, GaugeTick, Row, Upright, Zone, steps_of
from progression.charts.grounds import Grounds
from progression.scales.model import Scale
from progression.words import Words, rounding, standings
from progression.words.reckoning import figure, gap_decimals, rules_decimals
from progression.words.why import INTERVAL_SDS, interval

AIR = 0.12  # of the picture's range, at either side of what it shows
TOKENS = {"regression": "down", "progression": "up"}


def flag_gauge(w: Words, flag: Flag, scale: Scale, grounds: Grounds, *, least: int = 1) -> Gauge | None:
    """Return the picture of a flag with figures of at least so many decimals; None where it has nothing to draw."""
    if flag.kind == "missing":
        return _missing(w, flag, grounds)
    if flag.kind == "disagreement":
        return _disagreement(w, flag, scale, least)
    if flag.kind == "stagnation" and flag.rate_limit is not None:
        return _stagnation(w, flag, scale)
    if flag.baseline is None or flag.level is None or flag.change is None:
        return None
    if flag.method == "trajectory":
        d = rounding.difference(flag.baseline, flag.level, flag.change, flag.margin, least=least)
    else:
        d = rules_decimals(flag, scale, least)
    when = w.short_date(flag.measured_on or flag.raised_on)
    token, since = TOKENS.get(flag.kind, "flat"), w.short_date(flag.phase.start)
    if flag.method == "trajectory":
        line = _Line(scale, flag.baseline, flag.level, flag.margin, interval(flag), token)
        return _levels(w, line, d, since, when)
    return _by_rules(w, _Line(scale, flag.baseline, flag.level, None, None, token), flag, d, when)


def _by_rules(w: Words, line: _Line, flag: Flag, d: int, when: str) -> Gauge:
    """Means of the same answers then and now, and the line from which a change counts."""
    plain = _levels(w, line, d, w.short_date(flag.phase.start), when)
    if flag.margin is None:
        return plain
    way = -line.scale.better if flag.kind == "regression" else line.scale.better
    counts = line.start + way * flag.margin
    low, high = _limits([line.start, line.level, counts], line.scale.minimal_important_change, line.scale)
    return replace(
        plain,
        title=w.t("The same answers then and now"),
        alt=f"{plain.alt} {w.t('A change counts from {level} on.', level=w.number(counts, d))}",
        caption=w.t("The dashed line: a change counts from here on."),
        low=low,
        high=high,
        ticks=_ticks(w, low, high),
        uprights=(Upright(counts, "dashed"),),
    )


def standing_gauge(w: Words, trajectory: Trajectory, scale: Scale, estimates: Estimates) -> Gauge | None:
    """Return the picture of where things stand in a period; None where no change is known."""
    t = trajectory
    margin = standings.margin(t, scale, estimates)
    last = standings.last_answer(t)
    if t.level is None or t.change is None or t.change_sd is None or t.since is None or margin is None or last is None:
        return None
    if t.standing in ("too_few", "unknown_since"):
        return None
    half = INTERVAL_SDS * t.change_sd
    d = standings.decimals(t, margin)
    line = _Line(scale, t.level - t.change, t.level, margin, (t.change - half, t.change + half), "flat")
    return _levels(w, line, d, w.short_date(t.since), w.short_date(last))


class _Line:
    """What a line of levels shows: from, to, the margin round from, and the interval of the change."""

    def __init__(
        self,
        scale: Scale,
        start: float,
        level: float,
        margin: float | None,
        change: tuple[float, float] | None,
        token: str,
    ) -> None:
        self.scale, self.start, self.level, self.margin, self.token = scale, start, level, margin, token
        self.reach = None if change is None else self._within(start + change[0], start + change[1])

    def _within(self, low: float, high: float) -> tuple[float, float]:
        return max(low, self.scale.minimum), min(high, self.scale.maximum)

    def zones(self) -> tuple[Zone, ...]:
        """What the measurement usually swings, cut off where the scale ends."""
        if self.margin is None:
            return ()
        return (Zone(*self._within(self.start - self.margin, self.start + self.margin)),)

    def limits(self) -> tuple[float, float]:
        """Ends of the line: everything it shows with a little air, within the scale."""
        shown = [self.start, self.level, *(self.reach or ())]
        shown += [end for zone in self.zones() for end in (zone.low, zone.high)]
        return _limits(shown, self.scale.minimal_important_change, self.scale)


def _limits(shown: list[float], least: float, scale: Scale | None = None) -> tuple[float, float]:
    low, high = min(shown), max(shown)
    span = max(high - low, least)
    low, high = (low + high - span) / 2 - AIR * span, (low + high + span) / 2 + AIR * span
    if scale is None:
        return low, high
    over = 0.02 * (scale.maximum - scale.minimum)  # room for half a mark at the scale's very end
    return max(low, scale.minimum - over), min(high, scale.maximum + over)


def _ticks(w: Words, low: float, high: float) -> tuple[GaugeTick, ...]:
    values, decimals = steps_of(low, high)
    return tuple(GaugeTick(value, w.number(value, decimals)) for value in values)


def _ends(w: Words, scale: Scale) -> tuple[str, str]:
    worse, better = w.t("worse"), w.t("better")
    left, right = (worse, better) if scale.better > 0 else (better, worse)
    return f"← {left}", f"{right} →"


def _levels(w: Words, line: _Line, d: int, since: str, when: str) -> Gauge:
    low, high = line.limits()
    start, level = w.number(line.start, d), w.number(line.level, d)
    swing = "" if line.margin is None else w.t("±{margin}", margin=w.number(line.margin, d))
    begun = w.t("{swing} when the period began", swing=swing).strip()
    rows = (
        Row(start, begun, line.start, "circle", False, "text-2"),
        Row(level, w.t("measured {day}", day=when), line.level, "diamond", True, line.token, line.reach),
    )
    fields = {"start": start, "since": since, "level": level, "when": when}
    said = [w.t("Level {start} when the period began, {since}; {level} on {when}.", **fields)]
    caption = []
    if line.margin is not None:
        said.append(w.t("The measurement usually swings ±{margin}.", margin=w.number(line.margin, d)))
        caption.append(w.t("The shaded zone: what the measurement usually swings."))
    if line.reach is not None:
        fields = {"low": w.number(line.reach[0], d), "high": w.number(line.reach[1], d)}
        said.append(w.t("The level now lies between {low} and {high} (90% interval of the change).", **fields))
        caption.append(w.t("The line: 90% interval of the change."))
    return Gauge(
        title=w.t("What the measurement can tell"),
        alt=" ".join(said),
        caption=" ".join(caption),
        low=low,
        high=high,
        ticks=_ticks(w, low, high),
        rows=rows,
        zones=line.zones(),
        ends=_ends(w, line.scale),
    )


def _stagnation(w: Words, flag: Flag, scale: Scale) -> Gauge:
    """Progression in six months: the best estimate, the most the answers allow, and what would be worth having."""
    limit, mic = flag.rate_limit or 0.0, scale.minimal_important_change
    rate, years = figure(flag, "drift_per_year"), figure(flag, "years")
    middle = scale.better * rate * years if rate is not None and years is not None else limit
    d = rounding.comparison(limit, mic, least=2)
    low, high = _limits([middle, limit, mic, 0.0], mic)
    fields = {"limit": w.signed(limit, d), "mic": w.signed(mic, d), "middle": w.signed(middle, d)}
    rows = (
        Row(fields["middle"], w.t("best estimate"), middle, "diamond", True, "flat"),
        Row(fields["limit"], w.t("at most, by the answers"), limit, "none", True, "flat", (middle, limit)),
        Row(fields["mic"], w.t("would be worth having"), mic, "square", False, "text-2"),
    )
    return Gauge(
        title=w.t("Progression in six months"),
        alt=w.t(
            "Progression in six months: best estimate {middle}, at most {limit}. {mic} would be worth having.", **fields
        ),
        caption=w.t("The shaded zone: less than what is worth having."),
        low=low,
        high=high,
        ticks=_ticks(w, low, high),
        rows=rows,
        zones=(Zone(low, mic),),
        uprights=(Upright(mic),),
        ends=(f"← {w.t('worse')}", f"{w.t('better')} →"),
    )


def _disagreement(w: Words, flag: Flag, scale: Scale, least: int) -> Gauge | None:
    """Both raters' levels, and where the caseworker's usually lies beside the citizen's answers."""
    if flag.baseline is None or flag.level is None:
        return None
    citizen, caseworker, usual = flag.baseline, flag.level, figure(flag, "usual_gap")
    swing = flag.margin
    d = rounding.difference(citizen, caseworker, caseworker - citizen, least=least)
    if usual is not None and swing is not None:
        d = gap_decimals(citizen, caseworker, usual, swing, least)
    zones: tuple[Zone, ...] = ()
    fields = {"citizen": w.number(citizen, d), "caseworker": w.number(caseworker, d)}
    said = [w.t("The citizen's answers lie at {citizen}, the caseworker's at {caseworker}.", **fields)]
    caption = ""
    if usual is not None and swing is not None:
        zones = (Zone(citizen + usual - swing, citizen + usual + swing),)
        ends = {"low": w.number(zones[0].low, d), "high": w.number(zones[0].high, d)}
        said.append(w.t("Beside such answers the caseworker's usually lie between {low} and {high}.", **ends))
        caption = w.t("The shaded zone: where the caseworker usually lies beside such answers.")
    low, high = _limits(
        [citizen, caseworker, *(e for z in zones for e in (z.low, z.high))], scale.minimal_important_change, scale
    )
    return Gauge(
        title=w.t("How the two of you see it"),
        alt=" ".join(said),
        caption=caption,
        low=low,
        high=high,
        ticks=_ticks(w, low, high),
        rows=(
            Row(fields["citizen"], w.t("citizen"), citizen, "diamond", False, "ci"),
            Row(fields["caseworker"], w.t("caseworker"), caseworker, "circle", True, "cw"),
        ),
        zones=tuple(Zone(max(z.low, low), min(z.high, high)) for z in zones),
        ends=_ends(w, scale),
    )


def _missing(w: Words, flag: Flag, grounds: Grounds) -> Gauge:
    """Days: the last answers, when the next were due, and today."""
    due, today = flag.due or flag.raised_on, max(grounds.today, flag.raised_on)
    gone = flag.status == "withdrawn"
    end = flag.raised_on if gone else today
    days = [due.toordinal(), end.toordinal()]
    rows = [
        Row(w.short_date(due), w.t("due by"), due.toordinal(), "square", False, "text-2"),
        Row(w.short_date(end), w.t("still no answers"), end.toordinal(), "cross", True, "error"),
    ]
    said = w.t("The next answers were due by {due}. There were none by {today}.", due=w.date(due), today=w.date(end))
    if grounds.last is not None:
        rows.insert(0, Row(w.short_date(grounds.last), w.t("last answers"), grounds.last.toordinal(), "circle"))
        days.append(grounds.last.toordinal())
        said = w.t("The last answers are from {day}.", day=w.date(grounds.last)) + " " + said
    low, high = _limits([float(day) for day in days], 60.0)
    months = axis.ticks(date.fromordinal(int(low)), date.fromordinal(int(high)), w)
    return Gauge(
        title=w.t("When there should have been answers"),
        alt=said,
        caption=w.t("The hatched zone: we do not know."),
        low=low,
        high=high,
        ticks=tuple(GaugeTick(tick.day.toordinal(), tick.label) for tick in months),
        rows=tuple(rows),
        zones=(Zone(due.toordinal(), end.toordinal(), "passive", "passive-solid", "hatch"),),
    )
