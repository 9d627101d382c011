"""The rows of *Indsatser* in words, and the filters above them. Pure: no widget, no painting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from progression.casework.duties import add_months
from progression.charts.axis import shift
from progression.charts.phrases import intervention_name
from progression.desk.interventions_page import (
    STANDSTILL,
    AheadRow,
    ExemptRow,
    InterventionsPage,
    RunningRow,
    WaitingRow,
)
from progression.words import N_, Words, folding
from progression.words.interventions import EXEMPT_FROM
from progression.words.naming import called

RUNNING, WAITING, EXEMPT, AHEAD = "running", "waiting", "exempt", "ahead"
MONTHS_BACK, MONTHS_AHEAD = 4, 5  # of the small bars, beside the running month


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip. `section`: which list it is about; `keep`: of the running rows, those that stay."""

    key: str
    text: str
    section: str
    keep: Callable[[RunningRow, date], bool] | None = None


FILTERS: tuple[Filter, ...] = (
    Filter("running", N_("Running"), RUNNING, lambda row, _day: row.begun),
    Filter("ending", N_("Ends within a month"), RUNNING, lambda row, day: row.ends_soon(day)),
    Filter("standstill", N_("Without progression"), RUNNING, lambda row, _day: row.flag in STANDSTILL),
    Filter("parallel", N_("Several at once"), RUNNING, lambda row, _day: row.begun and row.beside > 0),
    Filter("agreed", N_("Agreed, not begun"), RUNNING, lambda row, _day: not row.begun),
    Filter("waiting", N_("Waits"), WAITING),
    Filter("exempt", N_("Exempt"), EXEMPT),
    Filter("ahead", N_("Nothing agreed afterwards"), AHEAD),
)
BIP_ORDER = ("job", "upskilling", "health", "social", "none")


@dataclass(frozen=True, slots=True)
class Lists:
    """What is in view; None: the list is not shown at all."""

    running: tuple[RunningRow, ...] | None
    waiting: tuple[WaitingRow, ...] | None
    exempt: tuple[ExemptRow, ...] | None
    ahead: tuple[AheadRow, ...] | None

    @property
    def empty(self) -> bool:
        """Whether nothing is left to show."""
        return not any((self.running, self.waiting, self.exempt, self.ahead))


def count(page: InterventionsPage, one: Filter) -> int:
    """How many rows a chip would show."""
    if one.keep is None:
        return len({WAITING: page.waiting, EXEMPT: page.exempt, AHEAD: page.ahead}[one.section])
    return sum(one.keep(row, page.today) for row in page.running)


def chosen(w: Words, page: InterventionsPage, on: frozenset[str], text: str) -> Lists:
    """The rows the chips and the search leave. No chip: everything; chips of one list: all of them hold."""
    switched = [one for one in FILTERS if one.key in on]
    sections = {one.section for one in switched} or {RUNNING, WAITING, EXEMPT, AHEAD}
    keeps = [one.keep for one in switched if one.keep]

    def found(*told: str) -> bool:
        return not text.strip() or folding.matches(text, *told)

    def running(row: RunningRow) -> bool:
        one = row.intervention
        told = (row.name, row.number, title(w, page, row), one.provider, one.contact, one.external)
        return all(keep(row, page.today) for keep in keeps) and found(*told)

    return Lists(
        running=tuple(filter(running, page.running)) if RUNNING in sections else None,
        waiting=tuple(r for r in page.waiting if found(r.name, r.number, r.wait.what)) if WAITING in sections else None,
        exempt=tuple(r for r in page.exempt if found(r.name, r.number, r.intervention.reason))
        if EXEMPT in sections
        else None,
        ahead=tuple(r for r in page.ahead if found(r.name, r.number)) if AHEAD in sections else None,
    )


def groups(rows: Sequence[RunningRow]) -> list[tuple[str, list[RunningRow]]]:
    """The running rows by BIP type, in its order; what is only agreed stands last in each."""
    return [(kind, part) for kind in BIP_ORDER if (part := [row for row in rows if row.bip_type == kind])]


def title(w: Words, page: InterventionsPage, row: RunningRow) -> str:
    """What the intervention is called, with its hours."""
    return intervention_name(w, row.intervention, page.types)


def below_title(w: Words, row: RunningRow) -> str:
    """Which one of its kind it is, where there were earlier ones."""
    return w.t("no. {n} of its kind", n=row.earlier + 1) if row.earlier else ""


def who(w: Words, row: RunningRow | WaitingRow | ExemptRow | AheadRow) -> str:
    """The citizen's name, or number."""
    return called(w, row.name, row.number)


def near(w: Words, day: date, today: date) -> str:
    """A day without its year where that is plain: within the last and the next half year."""
    return w.short_day_month(day) if day.year == today.year else w.short_date(day)


def away(w: Words, day: date, today: date) -> str:
    """How far a day is from today."""
    days = (day - today).days
    if days == 0:
        return w.t("today")
    if days > 0:
        return w.tn("in {n} day", "in {n} days", days)
    return w.tn("{n} day ago", "{n} days ago", -days)


def ends(w: Words, row: RunningRow, today: date) -> tuple[str, str]:
    """When it ends: the day, and how far away where that is soon; when it begins, of one that has not."""
    if not row.begun:
        return w.t("begins {day}", day=near(w, row.intervention.start, today)), away(w, row.intervention.start, today)
    if row.last is None:
        return w.t("no end date"), ""
    if row.last < today:
        return near(w, row.last, today), w.t("should have ended {when}", when=away(w, row.last, today))
    return near(w, row.last, today), away(w, row.last, today) if row.ends_soon(today) else ""


def spoken(w: Words, page: InterventionsPage, row: RunningRow) -> str:
    """The whole row as a screen reader says it."""
    first, second = ends(w, row, page.today)
    end = first if not row.begun or row.last is None else w.t("ends {day}", day=first)
    parts = [title(w, page, row), who(w, row), row.intervention.provider, row.intervention.contact, end, second]
    parts += [below_title(w, row), w.t("open attention point") if row.flag else ""]
    return ", ".join(part for part in parts if part)


def window(today: date) -> tuple[date, date]:
    """The first and last day of the small bars: whole months round today."""
    first, after = add_months(today.replace(day=1), -MONTHS_BACK), add_months(today.replace(day=1), MONTHS_AHEAD + 1)
    return first, shift(after, -1)


def across(day: date, today: date, width: float) -> float:
    """How far along a bar of this width a day lies; a day outside the window at its edge."""
    first, last = window(today)
    span = (last - first).days
    return width * min(max((day - first).days, 0), span) / span


def month_ticks(w: Words, today: date, step: int) -> list[tuple[date, str]]:
    """Every so many months of the window, by their short names."""
    first, _last = window(today)
    days = [add_months(first, n) for n in range(0, MONTHS_BACK + MONTHS_AHEAD + 1, step)]
    return [(day, w.month(day)) for day in days]


# waiting and exempt


def waited(w: Words, row: WaitingRow) -> str:
    """How many days so far."""
    return w.tn("{n} day", "{n} days", row.wait.days)


def waited_below(w: Words, row: WaitingRow, today: date) -> str:
    """When it is expected to begin, and how long others wait for the same, a line each."""
    parts = []
    if row.wait.expected is not None:
        parts.append(
            w.t("was expected {day}", day=near(w, row.wait.expected, today))
            if row.wait.late
            else w.t("expected {day}", day=near(w, row.wait.expected, today))
        )
    if row.others.median_days is not None:
        days = w.number(row.others.median_days, 0)
        parts.append(w.t("{n} others: median {days} days", n=row.others.citizens, days=days))
    return "\n".join(parts)


def waits_for(w: Words, row: WaitingRow) -> str:
    """What is waited for, with a capital."""
    what = row.wait.what.strip() or w.t("Not said")
    return what[0].upper() + what[1:]


def meanwhile(w: Words, page: InterventionsPage, row: WaitingRow) -> str:
    """What runs while the citizen waits."""
    named = [intervention_name(w, one, page.types, hours=False) for one in row.meanwhile]
    return ", ".join(named) or w.t("Nothing")


def exempt_from(w: Words, row: ExemptRow) -> str:
    """What the citizen is exempt from, with a capital."""
    code = row.intervention.exempt_from
    what = w.t(EXEMPT_FROM[code]) if code in EXEMPT_FROM else code or w.t("Not said")
    return what[0].upper() + what[1:]


def review(w: Words, row: ExemptRow, today: date) -> tuple[str, str]:
    """When the exemption is looked at again, and how far away that is."""
    day = row.intervention.review_date
    if day is None:
        return w.t("no date"), w.t("an exemption needs one")
    return w.short_date(day) if day.year != today.year else w.day_month(day), away(w, day, today)


def ahead_below(w: Words, page: InterventionsPage, row: AheadRow) -> str:
    """What runs until then."""
    return ", ".join(intervention_name(w, one, page.types, hours=False) for one in row.interventions)
