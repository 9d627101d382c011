"""Words about colleagues: roles, changes, norms, the checklists, and how a consent stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from progression.words.catalogue import N_, Words

ROLES: dict[str, str] = {
    "coordinating": N_("Coordinating caseworker"),
    "job": N_("Job consultant"),
    "mentor": N_("Mentor"),
    "external": N_("External"),
}
PLANNED: dict[str, str] = {"planned": N_("planned"), "unplanned": N_("unplanned"), "": N_("not said")}
HANDOVER_CHECKLIST: dict[str, str] = {
    "told": N_("The citizen knows who takes over, and from when"),
    "met": N_("A conversation with both caseworkers has been held or planned"),
    "sheet": N_("The hand-over sheet has been made and read"),
    "talks": N_("Planned conversations have been gone through"),
    "plan": N_("Goals and agreements have been gone through"),
    "partners": N_("Providers and other professionals have been told"),
    "consents": N_("Consents have been gone through"),
    "deadlines": N_("Duties have been gone through"),
}
REVIEW_CHECKLIST: dict[str, str] = {
    "contact": N_("Conversations are held in time"),
    "assessed": N_("The assessments are up to date"),
    "plan": N_("There is one plan, and it is up to date"),
    "words": N_("The citizen's own words can be found"),
    "interventions": N_("The interventions fit the goal"),
    "decisions": N_("Decisions are reasoned and followed up"),
    "consents": N_("Consents are there and in force"),
    "language": N_("It is written so that the citizen can read it"),
}
CONSENT: dict[str, str] = {
    "valid": N_("Consent"),
    "running_out": N_("Consent runs out"),
    "ran_out": N_("The consent has run out"),
    "withdrawn": N_("The consent is withdrawn"),
    "none": N_("No consent"),
}


class Normed(Protocol):
    """A caseload with its norm (`desk.caseload.Load`)."""

    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def own(self) -> bool: ...


class NormRow(Protocol):
    """A norm (`casework.norms.Norm`)."""

    @property
    def name(self) -> Mapping[str, str]: ...
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...
    @property
    def source(self) -> str: ...


def norm(w: Words, load: Normed) -> str:
    """Return "40–55", "45 (own)", or "–" where there is none."""
    if load.low is None or load.high is None:
        return "–"
    figures = str(load.low) if load.low == load.high else w.t("{low}–{high}", low=load.low, high=load.high)
    return w.t("{norm} (own)", norm=figures) if load.own else figures


def norms(w: Words, rows: Sequence[NormRow]) -> str:
    """Return where the norms come from, in one line."""
    parts = [w.t("{name}: {low}–{high}", name=w.pick(row.name), low=row.low, high=row.high) for row in rows]
    sources = ", ".join(dict.fromkeys(row.source for row in rows if row.source))
    said = w.t("Norm per caseworker: {norms}.", norms="; ".join(parts))
    checked = w.t("Source: {source}. A colleague's own norm comes first. Check the rules in force.", source=sources)
    return f"{said} {checked}" if sources else said


def without_caseworker(w: Words, n: int) -> str:
    """Say how many nobody is responsible for."""
    if not n:
        return w.t("Every citizen has a caseworker.")
    return w.tn("{n} citizen has no caseworker.", "{n} citizens have no caseworker.", n)


def against(w: Words, load: Normed, citizens: int) -> str:
    """Say how a caseload of so many citizens stands against its norm; "" where there is none."""
    if load.low is None or load.high is None:
        return ""
    if citizens > load.high:
        return w.t("{n} over the norm", n=citizens - load.high)
    return w.t("under the norm") if citizens < load.low else w.t("within the norm")


def changed(w: Words, n: int, planned: int, unplanned: int) -> str:
    """Return "4 changes (1 planned, 1 unplanned, 2 not stated)", "2 changes" where nobody told of any of them."""
    if not n:
        return w.t("no changes")
    said = w.tn("{n} change", "{n} changes", n)
    parts = [w.t("{n} planned", n=planned)] if planned else []
    parts += [w.t("{n} unplanned", n=unplanned)] if unplanned else []
    untold = n - planned - unplanned
    parts += [w.tn("{n} not stated", "{n} not stated", untold)] if parts and untold > 0 else []
    return w.t("{what} ({details})", what=said, details=", ".join(parts)) if parts else said


def days_without(w: Words, n: int) -> str:
    """Return "12 days without a caseworker", "" for none."""
    return w.tn("{n} day without a caseworker", "{n} days without a caseworker", n) if n else ""


def handed_over(w: Words, n: int, talks: int) -> str:
    """Say what a hand-over did."""
    said = w.tn("{n} citizen is handed over.", "{n} citizens are handed over.", n)
    moved = w.tn("{n} planned conversation went along.", "{n} planned conversations went along.", talks)
    return f"{said} {moved}" if talks else said
