"""Qt's own buttons, dates and calendars in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

_installed: dict[str, QTranslator] = {}


def speak(app: QApplication, language: str) -> None:
    """Let Qt itself speak Danish or English."""
    danish = language == "da"
    QLocale.setDefault(
        QLocale(QLocale.Language.Danish, QLocale.Country.Denmark)
        if danish
        else QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    )
    if danish and "da" not in _installed:
        made = QTranslator(app)
        if made.load("qtbase_da", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(made)
            _installed["da"] = made
    elif not danish and "da" in _installed:
        app.removeTranslator(_installed.pop("da"))
