"""Where there is a vault: all the desk is asked before the first picture, so that it imports nothing of the rest."""

from __future__ import annotations

from pathlib import Path


def exists(folder: Path) -> bool:
    """True when there is a vault (whole or damaged) in this folder."""
    return any((folder / name).exists() for name in ("header.json", "header-2.json", "journal.db"))
