"""How this person wants the window on this machine. Nothing personal about a citizen is ever kept here."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from progression.errors import KnownError
from progression.words import LANGUAGES

THEME_CHOICES = ("system", "light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Preferences:
    """`percent`: text size, 80-200. `folder`: the vault used last. `geometry`: the window's place, base64 as Qt wrote
    it. `idle_minutes`: the vault locks after so long without a key or a click (1-60). `panel`: side panel unfolded."""

    language: str = "da"
    theme: str = "system"
    percent: int = 100
    folder: str = ""
    geometry: str = ""
    idle_minutes: int = 10
    panel: bool = True
    language_chosen: bool = False


def load(path: Path) -> Preferences:
    """Read the preferences; whatever is missing, damaged or out of range keeps its default."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Preferences()
    return _sound(found) if isinstance(found, dict) else Preferences()


def _sound(found: dict[str, object]) -> Preferences:
    default = Preferences()
    kept: dict[str, object] = {}
    for item in fields(Preferences):
        value = found.get(item.name)
        if type(value) is type(getattr(default, item.name)):
            kept[item.name] = value
    made = Preferences(**kept)  # type: ignore[arg-type]  # each value was checked against its default's type
    return Preferences(
        language=made.language if made.language in LANGUAGES else "da",
        theme=made.theme if made.theme in THEME_CHOICES else "system",
        percent=max(80, min(200, made.percent)),
        folder=made.folder,
        geometry=made.geometry,
        idle_minutes=max(1, min(60, made.idle_minutes)),
        panel=made.panel,
        language_chosen=made.language_chosen,
    )


def save(path: Path, preferences: Preferences) -> None:
    """Write the preferences whole or not at all. KnownError("preferences.not_saved", folder=...) when it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(asdict(preferences), indent=1), "utf-8")
        os.replace(new, path)  # noqa: PTH105 - the call that is atomic on every system
    except OSError as error:
        raise KnownError("preferences.not_saved", folder=str(path.parent)) from error


def replace_language(preferences: Preferences, language: str) -> Preferences:
    """The same in another language. Raises ValueError when it is not one of LANGUAGES."""
    if language not in LANGUAGES:
        raise ValueError(language)
    return replace(preferences, language=language)
