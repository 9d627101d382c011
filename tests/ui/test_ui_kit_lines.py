"""How the labels of the kit break into lines."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from progression.ui import kit


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Ny indsats senest 5. november", "5.\u00a0november"),
        ("New intervention by 5 November", "5\u00a0November"),
        ("siden 21. dec. 2025", "21.\u00a0dec. 2025"),
    ],
)
def test_a_day_stays_on_the_line_of_its_month(qtbot, look, text, together):
    made = kit.wrapped(text)
    qtbot.addWidget(made)
    assert together in QLabel.text(made)
    assert made.text() == text  # as it was said


@pytest.mark.parametrize("text", ["Det gik fra 2,8 til 2,4. Det er mere", "3 junk mails", "12 of 15 held"])
def test_other_numbers_break_as_before(qtbot, look, text):
    made = kit.wrapped(text)
    qtbot.addWidget(made)
    assert QLabel.text(made) == text
