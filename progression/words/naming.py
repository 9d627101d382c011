"""What somebody is called on the screen."""

from __future__ import annotations

from progression.words.catalogue import Words


def called(w: Words, name: str, number: str) -> str:
    """Return the citizen's name, "Citizen H00012" where none is kept: a bare number reads as a figure."""
    return name or w.t("Citizen {number}", number=number)
