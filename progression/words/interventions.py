"""Words about what runs: combinations, waits, the reason for an exemption. Used by window, chart and shell alike."""

from __future__ import annotations

from collections.abc import Iterable

from progression.words.catalogue import N_, Words

# "job" beside others: short, since several stand in one line
SHORT_TYPES: dict[str, str] = {
    "job": N_("Job"),
    "upskilling": N_("Upskilling"),
    "health": N_("Health"),
    "social": N_("Social"),
    "none": N_("Other"),
    "other": N_("Other"),
}
EXEMPT_FROM: dict[str, str] = {
    "activation": N_("activation"),
    "mentor": N_("mentor"),
    "both": N_("activation and mentor"),
}
SECTORS: dict[str, str] = {"public": N_("public"), "private": N_("private")}


def combination(w: Words, types: Iterable[str]) -> str:
    """Return "Job + social", or "None" where nothing active runs."""
    found = [w.t(SHORT_TYPES[kind]) for kind in types]
    if not found:
        return w.tc("combination", "None")
    return " + ".join([found[0], *(part[0].lower() + part[1:] for part in found[1:])])


def combination_initials(w: Words, types: Iterable[str]) -> str:
    """Return the first letters, where there is no room for the words: "J+S"; "" for nothing."""
    return "+".join(w.t(SHORT_TYPES[kind])[0] for kind in types)


def combination_key(w: Words, key: str) -> str:
    """The same from a key such as "job+social" or "none"; a state in its place stays what it is."""
    parts = key.split("+")
    return combination(w, () if key == "none" else parts) if set(parts) <= {*SHORT_TYPES, "none"} else key
