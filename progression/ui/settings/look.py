"""Language and look: of this person on this computer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from progression.ui import kit, theme
from progression.ui.page import Context
from progression.ui.preferences import THEME_CHOICES
from progression.ui.settings.form import Section
from progression.ui.start.steps import LANGUAGE_NAMES
from progression.words import N_

THEME_NAMES = {
    "system": N_("As the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
}


class LookSection(Section):
    """Language, look and text size."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.language, self.theme_choice = kit.Segmented(), kit.Segmented(wraps=True)
        self.language.chosen.connect(context.language_asked)
        self.theme_choice.chosen.connect(context.theme_asked)
        self.percent = QSlider(Qt.Orientation.Horizontal)
        self.percent.setRange(theme.SMALLEST // 10, theme.LARGEST // 10)
        self.percent.setPageStep(2)
        self.percent.setTracking(False)
        self.percent.setFixedWidth(240)
        self.percent.valueChanged.connect(self._percent_moved)
        self._percent_text = kit.label("", "body")
        self.captioned("language", self.language)
        self.captioned("theme", self.theme_choice)
        self.captioned("percent", self.percent, self._percent_text)

    def take_focus(self) -> None:
        self.language.take_focus()

    def retranslate(self) -> None:
        w = self.words
        self.language.set_choices(tuple(LANGUAGE_NAMES.items()), w.t("Language"))
        looks = tuple((key, w.t(THEME_NAMES[key])) for key in THEME_CHOICES)
        self.theme_choice.set_choices(looks, w.t("Look"))
        self.say(
            "language",
            w.t("Language"),
            w.t("Of the window and of what you print. The citizen's own language is chosen on the citizen's screen."),
            self.language,
        )
        self.say(
            "theme",
            w.t("Look"),
            w.t("“As the system” follows your computer, also when it asks for high contrast."),
            self.theme_choice,
        )
        self.say(
            "percent",
            w.t("Text size"),
            w.t("From 80 to 200%. Everything grows with the text. Ctrl and plus or minus do the same anywhere."),
            self.percent,
        )
        self.restyle()

    def restyle(self) -> None:
        super().restyle()
        w, chosen = self.words, self.context.preferences
        self.language.choose(chosen.language)
        self.theme_choice.choose(chosen.theme)
        self.percent.blockSignals(True)
        self.percent.setValue(round(chosen.percent / 10))
        self.percent.blockSignals(False)
        self._percent_text.setText(w.t("{percent}%", percent=chosen.percent))

    def _percent_moved(self, tens: int) -> None:
        if tens * 10 != self.context.preferences.percent:
            self.context.percent_asked.emit(tens * 10)
