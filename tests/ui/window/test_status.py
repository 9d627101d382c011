"""The status bar: what was just said is whole, whatever else has to be said shortly for it."""

from __future__ import annotations

import pytest

SAID = {
    "en": "14 citizens are handed over to Amalie Nguyen from 24 November 2026",
    "da": "14 borgere er overdraget til Amalie Nguyen fra den 24. november 2026",
}


@pytest.mark.parametrize("language", ["en", "da"])
def test_what_was_just_said_is_whole_and_the_rest_comes_back(unlocked, settled, language):
    window = unlocked(language=language, percent=150, size=(1140, 760))
    status = window.status
    parts = (status._who, status._backup, status._sync)
    before = [part.text() for part in parts]
    status.say(SAID[language])
    settled(window)
    assert status._message.shown == SAID[language]
    assert [part.text() for part in parts] != before
    assert all(part.accessibleName() for part in parts) and all(part.toolTip() for part in parts if not part.text())
    assert status._who.text()  # who works here is the last to go
    status._fade()
    settled(window)
    assert [part.text() for part in parts] == before


def test_where_there_is_room_nothing_is_shortened_for_it(unlocked, settled):
    window = unlocked(language="en", size=(1920, 1000))
    before = [part.text() for part in (window.status._who, window.status._backup, window.status._sync)]
    window.status.say(SAID["en"])
    settled(window)
    assert window.status._message.shown == SAID["en"]
    assert [part.text() for part in (window.status._who, window.status._backup, window.status._sync)] == before


def test_an_error_has_its_sign_beside_its_words(unlocked, settled):
    window = unlocked(language="da", size=(1280, 720))
    window.status.say_error("Disken er fuld.")
    settled(window)
    parts = (window.status._notice_icon, window.status._notice_text, window.status._dismiss)
    heights = [part.geometry().center().y() for part in parts]
    assert max(heights) - min(heights) <= 1
