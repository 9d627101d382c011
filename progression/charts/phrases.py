"""The small words a chart, its table and a report share: names of raters, kinds of intervention, periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from progression.casework.values import DECLINED, Answer, Intervention, InterventionType, Phase
from progression.scales.model import Scale
from progression.words import N_, Words
from progression.words.flags import STATES
from progression.words.interventions import EXEMPT_FROM

BIP_TYPES: dict[str, str] = {
    "job": N_("Job-oriented"),
    "upskilling": N_("Upskilling"),
    "health": N_("Health-oriented"),
    "social": N_("Social"),
    "none": N_("Other"),
}
MODE_NAMES: dict[str, str] = {
    "self": N_("Answers alone"),
    "interview": N_("Read aloud"),
    "phone": N_("By telephone"),
    "interpreter": N_("With an interpreter"),
}
NO_VALUE = "–"


def rater_name(w: Words, rater: str) -> str:
    """Return "Caseworker" or "Citizen"."""
    return w.t("Citizen") if rater == "citizen" else w.t("Caseworker")


def mode_name(w: Words, mode: str) -> str:
    """How the citizen answered, in words; a way that is not known stands as it was written."""
    return w.t(MODE_NAMES[mode]) if mode in MODE_NAMES else mode


def period(w: Words, start: date, end: date | None, *, short: bool = False) -> str:
    """Return "1 May 2026 to 3 June 2026", "since 1 May 2026" while it runs, or one date. `short` for tables."""
    write = w.short_date if short else w.date
    if end is None:
        return w.t("since {since}", since=write(start))
    if end <= start:
        return write(start)
    return w.t("{start} to {end}", start=write(start), end=write(end))


def intervention_name(w: Words, row: Intervention, types: Mapping[str, InterventionType], *, hours: bool = True) -> str:
    """Return what an intervention is called: its own title, else its type's name, with `hours` where they are known.

    A waiting row is named by what is waited for, an exempt one by what from, else by its title.
    """
    kind = types.get(row.type)
    if kind is not None and kind.state == "waiting":
        return w.t("Waiting for {what}", what=row.waiting_for) if row.waiting_for else w.t(STATES[kind.state])
    if kind is not None and kind.state == "exempt":
        what = w.t(EXEMPT_FROM[row.exempt_from]) if row.exempt_from in EXEMPT_FROM else row.exempt_from
        return w.t("Exempt from {what}", what=what) if what else row.title or w.t(STATES[kind.state])
    name = row.title or (w.pick(kind.name) if kind is not None else row.type)
    if row.hours_per_week is None or not hours:
        return name
    decimals = 0 if float(row.hours_per_week).is_integer() else 1
    return w.t("{name}, {hours} h/week", name=name, hours=w.number(row.hours_per_week, decimals))


def from_to(w: Words, first: date, last: date) -> tuple[str, str]:
    """Return both days as months, as dates where they lie in the same month."""
    write = w.date if (first.year, first.month) == (last.year, last.month) else w.month_year
    return write(first), write(last)


def phase_name(w: Words, phase: Phase) -> str:
    """Return the state of a phase in a word."""
    return w.t(STATES[phase.state])


def value_decimals(scale: Scale) -> int:
    """Return the decimals of a rater's whole-scale value: none where one item is the whole scale."""
    return 0 if sum(i.in_whole for i in scale.indicators) <= 1 else 1


def value_text(w: Words, scale: Scale, value: float | None) -> str:
    """Return a rater's whole-scale value as text, a dash where there is none."""
    return NO_VALUE if value is None else w.number(value, value_decimals(scale))


def answer_text(w: Words, answer: Answer | None) -> str:
    """Return one answer as text: the step, a dash for not rated or not asked, "declines"."""
    if answer == DECLINED:
        return w.t("declines")
    return w.number(answer, 0) if isinstance(answer, int) else NO_VALUE


def level_subject(w: Words, scale: Scale) -> str:
    """Return what the level is a level of: "The level on the whole scale", or the name of a single sum score."""
    return w.t("The level on the whole scale") if value_decimals(scale) else w.pick(scale.indicators[0].name)
