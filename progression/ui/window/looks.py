"""How this person wants the window: language, look, text size, idle lock. Each change takes effect at once and is an
act that Ctrl+Z takes back, like everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QApplication

from progression.ui import saying, theme
from progression.ui.preferences import Preferences
from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.ui.page import Context
    from progression.ui.window.idle import IdleLock

Keep = Callable[[Preferences], None]
NAMES: dict[str, str] = {
    "language": N_("the language"),
    "theme": N_("the look"),
    "percent": N_("the text size"),
    "idle_minutes": N_("when it locks"),
}


class Whole(Protocol):
    """What the window is to the part of it that keeps preferences."""

    context: Context
    preferences: Preferences
    idle: IdleLock
    _keep: Keep

    def say_error(self, error: BaseException) -> None:
        """Tell an error."""

    def ask_facts(self) -> None:
        """Ask for the status bar's facts again."""

    def retranslate(self) -> None:
        """Say everything in the language now in force."""

    def restyle(self) -> None:
        """Take over the theme and text size now in force."""

    def set_preferences(self, preferences: Preferences) -> None: ...

    def _choose(self, name: str, value: object) -> None: ...

    def _put(self, name: str, value: object) -> None: ...

    def _speak(self) -> None: ...


class Preferring:
    """The part of the window that keeps preferences and puts them in force: mixed into a window that is a `Whole`,
    which the type checker sees to."""

    def set_preferences(self: Whole, preferences: Preferences) -> None:
        """Remember them; when they cannot be written the status bar says so and the window goes on."""
        if preferences == self.preferences:
            return
        self.preferences = self.context.preferences = preferences
        try:
            self._keep(preferences)
        except Exception as error:
            if not saying.is_known(error):
                raise
            self.say_error(error)

    def set_language(self: Whole, language: str) -> None:
        """Speak another language from now on."""
        self._choose("language", language)

    def set_theme(self: Whole, setting: str) -> None:
        """Look otherwise from now on: "system", "light", "dark" or "contrast"."""
        self._choose("theme", setting)

    def set_percent(self: Whole, percent: int) -> None:
        """Write larger or smaller from now on (80-200)."""
        self._choose("percent", max(theme.SMALLEST, min(theme.LARGEST, percent)))
        self.context.announce(self.context.words.t("Text size {percent}%", percent=self.preferences.percent))

    def set_idle_minutes(self: Whole, minutes: int) -> None:
        """Lock after so long without activity (1-60 minutes)."""
        self._choose("idle_minutes", minutes)

    def _choose(self: Whole, name: str, value: object) -> None:
        before = getattr(self.preferences, name)
        if value == before and name != "language":  # a key held down at the largest size; a language may be confirmed
            return
        self._put(name, value)
        if self.context.session is not None:
            self.context.acts.chose(NAMES[name], lambda: self._put(name, before), lambda: self._put(name, value))

    def _put(self: Whole, name: str, value: object) -> None:
        """Put one preference in force, and remember it."""
        changed = replace(self.preferences, **{name: value})  # type: ignore[arg-type]
        if name == "language":
            self.set_preferences(replace(changed, language_chosen=True))
            self._speak()
        else:
            self.set_preferences(changed)
        if name in ("theme", "percent"):
            self.restyle()
        if name == "idle_minutes":
            self.idle.start(self.preferences.idle_minutes)
            self.ask_facts()
        self.context.styled.emit()  # the settings show what is chosen, whoever chose it

    def _speak(self: Whole) -> None:
        language = self.preferences.language
        self.context.words = Words(language)
        if self.context.worker.session is not None:
            self.context.worker.session = self.context.worker.session.in_language(language)
        self.retranslate()
        self.context.spoken.emit()


def application() -> QApplication:
    """The one QApplication."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
