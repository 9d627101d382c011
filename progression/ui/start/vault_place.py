"""Where a database lies, said so that a person knows it again: never a whole path."""

from __future__ import annotations

from pathlib import Path

from progression.words import Words


def short(folder: Path) -> str:
    """The last two names of a path; all of it where there are no more."""
    return " › ".join(part for part in folder.parts[-2:] if part not in (folder.anchor, ""))


def lies(w: Words, folder: Path) -> str:
    """Which database this is."""
    if folder == _default():
        return w.t("Your database on this computer")
    return w.t("The database in {folder}", folder=short(folder))


def will_lie(w: Words, folder: Path) -> str:
    """Where a database is going to be made."""
    if folder == _default():
        return w.t("The database will be kept in your own folder on this computer.")
    return w.t("The database will be kept in {folder}.", folder=short(folder))


def _default() -> Path:
    from progression.platform.folders import default_vault

    return default_vault()
