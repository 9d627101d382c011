"""How the window looks: design tokens become a QPalette and one style sheet.

Widgets never hold a colour. They carry properties (`kind`, `tone`, `role`) that the style sheet answers, so that a
change of theme or text size is one call, `apply`. Whoever paints asks the theme in force: `current().colour("cw")`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from progression.charts.tokens import THEMES
from progression.resources import asset

FAMILY = "IBM Plex Sans"
# name: (pixels at 100 %, line height, weight)
TYPE: dict[str, tuple[int, int, QFont.Weight]] = {
    "hint": (11, 16, QFont.Weight.Normal),
    "small": (12, 16, QFont.Weight.Normal),
    "dense": (13, 20, QFont.Weight.Normal),
    "dense-strong": (13, 20, QFont.Weight.DemiBold),
    "body": (14, 20, QFont.Weight.Normal),
    "name": (14, 20, QFont.Weight.Medium),
    "h3": (14, 20, QFont.Weight.DemiBold),
    "h2": (16, 24, QFont.Weight.DemiBold),
    "h1": (24, 32, QFont.Weight.DemiBold),
    "figure": (28, 36, QFont.Weight.DemiBold),
    "question": (56, 68, QFont.Weight.DemiBold),
    "choice": (30, 40, QFont.Weight.Medium),
    "example": (24, 36, QFont.Weight.Normal),
}
SMALLEST, LARGEST = 80, 200


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: "light", "dark" or "contrast", at a text size in percent (80-200)."""

    name: str = "light"
    percent: int = 100

    def colour(self, token: str) -> QColor:
        """The colour of a token; KeyError when there is no such token."""
        return QColor(THEMES[self.name][token])

    def hex(self, token: str) -> str:
        """The colour of a token as "#rrggbb"."""
        return THEMES[self.name][token]

    def px(self, size: float) -> int:
        """A height or width that has to grow with the text, in device-independent pixels."""
        return round(size * self.percent / 100)

    def font(self, kind: str = "body") -> QFont:
        """The font of a type style (a key of TYPE), at this text size, with tabular figures."""
        size, _line, weight = TYPE[kind]
        return _font(max(8, self.px(size)), weight)

    def line(self, kind: str = "body") -> int:
        """The line height of a type style, at this text size."""
        return self.px(TYPE[kind][1])

    @property
    def dark(self) -> bool:
        return self.name != "light"


@lru_cache(maxsize=64)
def _font(pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    if hasattr(font, "setFeature"):  # Qt 6.7 and later
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setFeature(QFont.Tag("lnum"), 1)
    return font


_current = Theme()


def current() -> Theme:
    """The theme in force."""
    return _current


def load_fonts() -> None:
    """Make the shipped IBM Plex Sans known to Qt. Raises FileNotFoundError when the installation is incomplete."""
    if FAMILY in QFontDatabase.families():
        return
    for weight in ("Regular", "Medium", "SemiBold"):
        QFontDatabase.addApplicationFont(str(asset("fonts", f"IBMPlexSans-{weight}.ttf")))


def system_theme() -> str:
    """What the system asks for: "contrast", "dark" or "light"."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and later
    if accessibility is not None:
        preference = getattr(accessibility(), "contrastPreference", None)
        if preference is not None and preference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def follow(changed: Callable[[], None]) -> None:
    """Call `changed` whenever the system asks for another look while the program runs: dark or light, more contrast."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda _scheme: changed())
    accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and later
    if accessibility is not None:
        accessibility().contrastPreferenceChanged.connect(lambda _preference: changed())


def choose(setting: str, percent: int) -> Theme:
    """The theme for a setting ("system", "light", "dark", "contrast") and a text size, kept within its limits."""
    name = setting if setting in THEMES else system_theme()
    return Theme(name, max(SMALLEST, min(LARGEST, percent)))


def apply(app: QApplication, theme: Theme) -> None:
    """Put a theme in force for the whole application."""
    global _current
    _current = theme
    from progression.ui.stylesheet import style_sheet

    app.setPalette(palette(theme))
    app.setFont(theme.font())
    app.setStyleSheet(style_sheet(theme))


def palette(theme: Theme) -> QPalette:
    """The tokens in Qt's own roles, for everything the style sheet does not reach."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "bg",
        QPalette.ColorRole.AlternateBase: "bg-2",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "text-3",
        QPalette.ColorRole.Button: "bg",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "on-accent",
        QPalette.ColorRole.ToolTipBase: "bg-2",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on-accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.Light: "bg-2",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "line-2",
        QPalette.ColorRole.Shadow: "line-2",
    }
    for role, token in roles.items():
        made.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text-3"))
    return made


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio (1-21) between two colours "#rrggbb"."""

    def luminance(colour: str) -> float:
        channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)
