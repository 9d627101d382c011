"""The words of the register: professions, the plan's kinds, its statuses and what changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from progression.words.catalogue import N_, Words

if TYPE_CHECKING:
    from progression.casework.plan import Change
    from progression.casework.values import Note, PlanItem

PROFESSIONS: dict[str, str] = {
    "psychologist": N_("Psychologist"),
    "physiotherapist": N_("Physiotherapist"),
    "nurse": N_("Nurse"),
}
KINDS: dict[str, str] = {
    "goal": N_("Long-term goal"),
    "outcome": N_("Expected outcome"),
    "subgoal": N_("Sub-goal"),
    "agreement": N_("Agreement"),
}
_CHANGES: dict[tuple[str, str], str] = {
    ("goal", "new"): N_("New goal: {text}"),
    ("goal", "changed"): N_("The goal became: {text}"),
    ("goal", "done"): N_("The goal is reached: {text}"),
    ("goal", "dropped"): N_("The goal is given up: {text}"),
    ("outcome", "new"): N_("{side} expects: {text}"),
    ("outcome", "changed"): N_("{side} now expects: {text}"),
    ("outcome", "done"): N_("What {side} expected was reached: {text}"),
    ("outcome", "dropped"): N_("{side} no longer expects: {text}"),
    ("subgoal", "new"): N_("New sub-goal: {text}"),
    ("subgoal", "changed"): N_("The sub-goal became: {text}"),
    ("subgoal", "done"): N_("The sub-goal is reached: {text}"),
    ("subgoal", "dropped"): N_("The sub-goal is given up: {text}"),
    ("agreement", "new"): N_("Agreed: {text}"),
    ("agreement", "changed"): N_("The agreement became: {text}"),
    ("agreement", "done"): N_("Done: {text}"),
    ("agreement", "dropped"): N_("No longer agreed: {text}"),
}


def profession(w: Words, code: str) -> str:
    """Return a profession's word; another than the known ones stands as it was written."""
    return w.t(PROFESSIONS[code]) if code in PROFESSIONS else code


def side(w: Words, code: str) -> str:
    """Return whose expectation it is."""
    return w.t("The citizen") if code == "citizen" else w.t("The caseworker")


def detail(w: Words, item: PlanItem) -> str:
    """Return who, by when and which department, "" where nobody said."""
    parts = [item.who, w.t("by {day}", day=w.date(item.by)) if item.by else "", item.department]
    return ", ".join(part for part in parts if part)


def change(w: Words, one: Change) -> str:
    """Return what changed in the plan in one line, without a full stop."""
    said = w.t(_CHANGES[one.item.kind or "goal", one.what], text=one.text.rstrip("."), side=side(w, one.item.side))
    about = detail(w, one.item) if one.what in ("new", "changed") else ""
    return f"{said} ({about})" if about else said


def agreement(w: Words, item: PlanItem) -> str:
    """Return an agreement that stands, with who and by when, without a full stop."""
    about = detail(w, item)
    said = (item.agreement or item.words).rstrip(".")
    return f"{said} ({about})" if about else said


def screening(w: Words, note: Note) -> str:
    """Return a screening as sentences: limitation, suggestion, remarks."""
    parts = [
        w.t("Limitation in function: {text}", text=note.limitation.rstrip(".")) if note.limitation else "",
        w.t("Suggested: {text}", text=note.suggestion.rstrip(".")) if note.suggestion else "",
        note.text.rstrip("."),
    ]
    return ". ".join(part for part in parts if part)


def journal(w: Words, changes: Sequence[Change], steps: Sequence[Note]) -> list[str]:
    """Return the sentences a journal note has about the plan and small steps; [] where nothing happened."""
    found = []
    if changes:
        # each change is a sentence with a colon of its own, so none stands before them
        told = " ".join(f"{change(w, one)}." for one in changes)
        found.append(w.t("My Plan has changed. {changes}", changes=told))
    found += [w.t("Small step {day}: {text}.", day=w.date(n.date), text=n.text.rstrip(".")) for n in steps]
    return found
