"""A row of the caseload in words, and the filters above it. Pure: no widget, no painting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from progression.casework.values import Intervention, Phase
from progression.charts import phrases
from progression.desk.pages import Duty, TodayPage, TodayRow
from progression.words import N_, Words, folding
from progression.words import duties as duty_words
from progression.words import flags as flag_words
from progression.words import talks as talk_words
from progression.words.naming import called

NONE = "–"
LONG = 100  # days over; from then on months say it better


@dataclass(frozen=True, slots=True)
class Cell:
    """Two lines of a cell. `tone` colours the first line, `tone_below` the second; `strong`: written as a name is."""

    first: str
    second: str = ""
    tone: str = "text"
    tone_below: str = "text-2"
    strong: bool = False
    mark: str = ""  # a painted shape (a standing) or an icon's name

    @property
    def text(self) -> str:
        """Both lines, as a screen reader says them."""
        return ", ".join(part for part in (self.first, *self.second.splitlines()) if part)


def day_text(w: Words, day: date, today: date, *, short: bool = False) -> str:
    """A date without its year where the year is plain, with it where it is not: "25. november", "22. december 2025"."""
    if day.year == today.year or abs((day - today).days) < 183:
        return w.short_day_month(day) if short else w.day_month(day)
    return w.short_date(day) if short else w.date(day)


def who(w: Words, row: TodayRow, page: TodayPage) -> Cell:
    """Name, what lies half done, and what runs."""
    below = "\n".join(part for part in (begun(w, row), running(w, row, page)) if part)
    return Cell(called(w, row.name, row.number), below, strong=True)


def begun(w: Words, row: TodayRow) -> str:
    """What was begun and not finished, "" where nothing is."""
    half = row.begun
    if half is None:
        return ""
    parts = [w.t("Agreements not in My Plan yet")] if half.agreements else []
    if half.rater == "caseworker":
        parts.insert(0, w.t("Assessment begun, {n} of {total}", n=half.answered, total=half.asked))
    elif half.rater:
        text = w.t("The citizen's answers begun, {n} of {total}", n=half.answered, total=half.asked)
        parts.insert(0, text)
    return ". ".join(parts)


def contact(w: Words, row: TodayRow) -> str:
    """How long ago the last contact was."""
    return talk_words.since_contact(w, row.days_since_contact)


def running(w: Words, row: TodayRow, page: TodayPage) -> str:
    """What is going on: the active interventions, else since when there is none, and what is waited for."""
    named = {i.id: phrases.intervention_name(w, i, page.types) for i in row.running}
    phase = row.phase
    if phase is None or phase.state == "active":
        return _listed(w, [i for i in row.running if _active(i.type, page)] or row.running, page)
    since = duration(w, phase, page.today)
    own = [named[i.id] for i in row.running if i.id in phase.interventions]
    others = [named[i.id] for i in row.running if i.id not in phase.interventions]
    if phase.state == "passive":
        first = w.t("Passive for {duration}", duration=since)
    else:
        what = own[0] if own else w.t(flag_words.STATES[phase.state])
        first = w.t("{what}, {duration}", what=what, duration=since)
    return ", ".join([first, *(_inner(text) for text in others)])


def _listed(w: Words, rows: Sequence[Intervention], page: TodayPage) -> str:
    """One with all that is known of it, two without the hours, more than two counted: a row is a glance."""
    if not rows:
        return w.t("Nothing registered")
    names = [phrases.intervention_name(w, i, page.types, hours=len(rows) == 1) for i in rows]
    shown = ", ".join([names[0], *(_inner(text) for text in names[1:2])])
    more = len(names) - 2
    return w.tn("{names} and {n} more", "{names} and {n} more", more, names=shown) if more > 0 else shown


def _active(code: str, page: TodayPage) -> bool:
    kind = page.types.get(code)
    return kind is None or kind.active


def _inner(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text  # FVU-dansk keeps its capitals


def duration(w: Words, phase: Phase, today: date) -> str:
    """How long a phase has lasted, in days, weeks or months, as short as a row needs it."""
    days = max(1, (today - phase.start).days + 1)
    if days < 14:
        return w.tn("{n} day", "{n} days", days)
    if days < 70:
        return w.tn("{n} week", "{n} weeks", days // 7)
    months = round(days / 30.44)
    if months < 24:
        return w.tn("{n} mo.", "{n} mos.", months)
    return w.tn("{n} year", "{n} years", days // 365)


def standing(w: Words, row: TodayRow) -> Cell:
    """Where things stand, in a word with a shape, and the figure behind it."""
    found = row.trajectory
    if found is None:
        if row.last_assessed is not None:  # the page is not complete yet
            return Cell("…", tone="text-3")
        return Cell(w.t("Not assessed yet"), tone="text-3", mark="too_few")
    tones = {"progression": "up-text", "regression": "down-text", "too_few": "text-3", "unknown_since": "text-3"}
    tone = tones.get(found.standing, "text-2")
    below = flag_words.standing_detail(w, found)
    return Cell(flag_words.standing(w, found), below, tone=tone, mark=found.standing, strong=True)


def flag(w: Words, row: TodayRow, today: date) -> Cell:
    """The open attention point and what it suggests; else the decision that silences one; else a dash."""
    if row.flag is not None:
        below = flag_words.suggestion(w, row.flag)
        if not below and row.flag.due is not None:
            below = w.t("Since {day}", day=day_text(w, row.flag.due, today))
        if not below and row.flag.indicator is not None:
            below = flag_words.subject(w, row.flag, row.scale)
        return Cell(flag_words.title(w, row.flag), below, strong=True, mark="flag")
    if row.decision is not None:
        below = ""
        if row.decision.follow_up is not None:
            below = w.t("Follow up {day}", day=day_text(w, row.decision.follow_up, today))
        choice = w.t(flag_words.CHOICES[row.decision.choice])
        return Cell(w.t("Decided: {choice}", choice=choice), below, tone="text-2", mark="check")
    return Cell(NONE, tone="text-3")


def duty(w: Words, row: TodayRow, today: date) -> Cell:
    """What is due next, and when; overdue in words and in its own colour."""
    if row.duty is None:
        return Cell(NONE, tone="text-3")
    first = duty_name(w, row.duty)
    if row.duty.due == today:
        return Cell(first, w.t("today"), tone_below="text")
    if not row.duty.overdue:
        return Cell(first, day_text(w, row.duty.due, today))
    late = (today - row.duty.due).days
    if late >= LONG:
        months, day = round(late / 30.44), day_text(w, row.duty.due, today, short=True)
        return Cell(first, w.tn("{day}, {n} mo. over", "{day}, {n} mos. over", months, day=day), tone_below="error")
    below = w.tn("{day}, {n} day over", "{day}, {n} days over", late, day=day_text(w, row.duty.due, today, short=True))
    return Cell(first, below, tone_below="error")


def duty_name(w: Words, found: Duty) -> str:
    """A duty in a word or two; what the rule says where the kind has no name here."""
    return w.pick(found.text) if found.text and found.kind not in duty_words.KINDS else duty_words.kind(w, found.kind)


def phone(row: TodayRow) -> Cell:
    """The number to call."""
    return Cell(row.phone or NONE, tone="text-2" if row.phone else "text-3")


def reason(w: Words, row: TodayRow, today: date) -> str:
    """Why the row stands where it does, in a sentence: dates and open tasks, nothing else."""
    if row.duty is not None and row.duty.overdue:
        late, day = (today - row.duty.due).days, day_text(w, row.duty.due, today)
        what = w.pick(row.duty.text) if row.duty.text else duty_name(w, row.duty)
        return w.tn(
            "Here because something is overdue: {what}. It was due {day}, {n} day ago.",
            "Here because something is overdue: {what}. It was due {day}, {n} days ago.",
            late,
            what=what,
            day=day,
        ) + _about(w, row.duty)
    if row.flag is not None:
        day = day_text(w, row.flag.raised_on, today)
        title = flag_words.title(w, row.flag)
        return w.t("Here because an attention point from {day} lacks a decision: {title}.", day=day, title=title)
    if row.duty is not None:
        what = w.pick(row.duty.text) if row.duty.text else duty_name(w, row.duty)
        return w.t(
            "Here by what is due next: {what}, {day}.", what=what, day=day_text(w, row.duty.due, today)
        ) + _about(w, row.duty)
    return w.t("Last, since nothing is due.")


def _about(w: Words, found: Duty) -> str:
    """That it was put off and why, and what meets it where its name does not say so; "" or sentences after a space."""
    off = duty_words.put_off(w, found)
    told = [f"{off[:1].upper()}{off[1:]}." if off else "", duty_words.met_by(w, found.kind) if found.overdue else ""]
    return "".join(f" {text}" for text in told if text)


def assessed(w: Words, row: TodayRow, today: date) -> Cell:
    """The date of the last assessment."""
    if row.last_assessed is None:
        return Cell(NONE, tone="text-3")
    if row.last_assessed == today:
        return Cell(w.t("today"), tone="text-2")
    return Cell(day_text(w, row.last_assessed, today, short=True), tone="text-2")


def level(w: Words, row: TodayRow) -> str:
    """The last level of the sparkline, "" without one."""
    return w.number(row.spark[-1][1], phrases.value_decimals(row.scale)) if row.spark else ""


def spark_text(w: Words, row: TodayRow) -> str:
    """The sparkline in words."""
    if not row.spark:
        return w.t("Not assessed yet")
    scale = w.pick(row.scale.name)
    return w.t("{scale}: {level} on {day}", scale=scale, level=level(w, row), day=w.date(row.spark[-1][0]))


# filters

Test = Callable[[TodayRow, date], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip. `state`: those of a kind widen each other (passive or waiting); all others narrow. `theirs`: what it says
    over a caseload that is not one's own, where that is something else."""

    key: str
    text: str
    test: Test
    state: bool = False
    theirs: str = ""


def _state(name: str) -> Test:
    return lambda row, _today: row.phase is not None and row.phase.state == name


def _waits(row: TodayRow, today: date) -> bool:
    due = row.duty is not None and row.duty.due <= today
    return row.flag is not None or due or row.begun is not None or row.draft is not None


FILTERS: tuple[Filter, ...] = (
    Filter("waits", N_("Waiting for me"), _waits, theirs=N_("Needs action")),
    Filter("flag", N_("Attention point"), lambda row, _today: row.flag is not None),
    Filter("overdue", N_("Overdue"), lambda row, _today: row.duty is not None and row.duty.overdue),
    Filter("passive", N_("Passive"), _state("passive"), state=True),
    Filter("waiting", N_("Waiting"), _state("waiting"), state=True),
    Filter("exempt", N_("Exempt"), _state("exempt"), state=True),
    Filter(
        "too_few",
        N_("Too few measurements"),
        lambda row, _today: row.trajectory is None or row.trajectory.standing == "too_few",
    ),
)


def chip(w: Words, one: Filter, *, mine: bool) -> str:
    """What a chip says over one's own caseload, or another."""
    return w.t(one.text if mine else one.theirs or one.text)


def count(page: TodayPage, one: Filter) -> int:
    """How many citizens a filter alone would show."""
    return sum(one.test(row, page.today) for row in page.rows)


def chosen(page: TodayPage, keys: Iterable[str], text: str) -> list[TodayRow]:
    """The rows that pass every chosen filter and the search, in the page's order."""
    on = [one for one in FILTERS if one.key in set(keys)]
    states = [one for one in on if one.state]
    others = [one for one in on if not one.state]
    return [
        row
        for row in page.rows
        if all(one.test(row, page.today) for one in others)
        and (not states or any(one.test(row, page.today) for one in states))
        and (not text or folding.matches(text, row.name, row.number, row.phone, row.phone.replace(" ", "")))
    ]
