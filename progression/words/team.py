"""The front of *Team* in words: sorts of duties, and what stands behind each figure, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from progression.words import duties, flags
from progression.words.catalogue import N_, Words

SORTS: dict[str, str] = {
    "conversations": N_("Conversations"),
    "assessments": N_("Assessments"),
    "follow_ups": N_("Follow-up of decisions"),
    "intervention_follow_ups": N_("Follow-up of interventions"),
    "interventions": N_("First intervention"),
    "after_exemption": N_("Intervention after exemption"),
    "passive_limit": N_("Intervention or mentor within the limit"),
    "exemptions": N_("Review of exemptions"),
    "clarification": N_("Clarification and rehabilitation"),
    "assignment": N_("Assignment of a colleague"),
    "consents": N_("Renewal of consents"),
    "reviews": N_("Case reviews"),
}
MET: dict[str, str] = {"met": N_("in time"), "met_late": N_("late"), "overdue": N_("missing")}
STATES: dict[str, str] = {"passive": N_("Passive"), "waiting": N_("Waiting"), "exempt": N_("Exempt")}
NOT_SHOWN = N_("Not shown, under 5 citizens")
LEAST = 5  # as `casework.passive.LEAST`, held to it by a test


def percent(w: Words, share: float | None) -> str:
    """Return "34 %", "–" where there is nothing to take a share of."""
    return "–" if share is None else w.t("{n}%", n=w.number(100 * share, 0))


def not_shown(w: Words, citizens: int) -> str:
    """Say that a figure is withheld: it is small, or one that is small could be reckoned from it."""
    return w.t(NOT_SHOWN) if citizens < LEAST else w.t("Not shown")


def norm(w: Words, limits: tuple[int, int] | None) -> str:
    """Return "norm 40–55", "norm 45", "" without one."""
    if limits is None:
        return ""
    low, high = limits
    return w.t("norm {norm}", norm=str(low) if low == high else w.t("{low}–{high}", low=low, high=high))


def choices(w: Words, found: Mapping[Any, int]) -> str:
    """Return "11 Start, 9 Adjust", the most frequent first; "" for none."""
    order = list(flags.CHOICES)
    shown = sorted((choice for choice in order if found.get(choice)), key=lambda c: (-found[c], order.index(c)))
    return ", ".join(w.t("{n} {choice}", n=found[choice], choice=w.t(flags.CHOICES[choice])) for choice in shown)


# one line below a citizen's name in a list


def flag(w: Words, line: Any) -> str:
    """What the attention point is, since when it waits."""
    kind = flags.kind(w, line.flag.kind)
    waited = w.tn("waited {n} day", "waited {n} days", line.days)
    return w.t("{kind}, {day}, {waited}", kind=kind, day=w.date(line.flag.raised_on), waited=waited)


def decision(w: Words, line: Any) -> str:
    """What was decided, about what, when."""
    about = {
        "flag": w.t("about an attention point"),
        "intervention": w.t("about an intervention"),
    }.get(line.about.partition(":")[0], w.t("about the citizen's course"))
    return w.t("{choice}, {about}, {day}", choice=w.t(flags.CHOICES[line.choice]), about=about, day=w.date(line.day))


def without(w: Words, line: Any) -> str:
    """Of what kind, since when, and how long without an intervention or mentor altogether."""
    said = w.t("{state} since {day}", state=w.t(STATES[line.state]), day=w.date(line.since))
    if not line.months:
        return said
    months = w.tn("{n} month without intervention or mentor", "{n} months without intervention or mentor", line.months)
    return w.t("{said}, {months}", said=said, months=months)


def duty(w: Words, line: Any, today: date) -> str:
    """What is due, when, and how it stands."""
    kind = duties.kind(w, line.duty.kind)
    due = w.t("due {day}", day=w.date(line.duty.due))
    return w.t("{kind}, {due}, {reason}", kind=kind, due=due, reason=duties.reason(w, line.duty, today))


def changes(w: Words, line: Any, names: Mapping[str, str]) -> str:
    """How often, and the latest: when and from whom to whom."""
    last = line.changes[-1]
    times = w.tn("{n} change", "{n} changes", len(line.changes))
    latest = w.t(
        "latest {day}, from {before} to {after}",
        day=w.date(last.day),
        before=names.get(last.before, last.before),
        after=names.get(last.after, last.after),
    )
    return w.t("{times}, {latest}", times=times, latest=latest)


def listing(w: Words, parts: Sequence[str]) -> str:
    """Put what is known beside each other."""
    return ", ".join(part for part in parts if part)
