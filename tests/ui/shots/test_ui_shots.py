"""Screenshots: one of each page, from the real window."""

from __future__ import annotations

import pytest
from caseload import PASSPHRASE
from PySide6.QtGui import QImage

from progression.ui.shots import take as shots


@pytest.mark.slow
def test_every_page_is_taken(demo_vault, tmp_path, look):
    made = shots.take(demo_vault, PASSPHRASE, tmp_path / "out", ("da",), ("dark",), (1200, 800))
    assert {file.name for file in made} >= {
        f"{page}-da-dark.png"
        for page in [
            "start-1-language",
            "start-2-missing",
            "start-2-recovery-key",
            "start-3-making",
            "unlock",
            "unlock-wrong",
            "unlock-recovery",
            "palette-3",
            "settings-passphrase",
            "today",
            "today-empty",
            "week",
            "week-next",
            "week-plan",
            "week-empty",
            "citizen",
            "citizen-measures",
            "citizen-chosen-days",
            "citizen-indicator",
            "citizen-multiples",
            "citizen-radar",
            "citizen-table",
            "citizen-history",
            "citizen-empty",
            "today-new-citizen",
            "today-nobody",
            "palette-1",
            "error",
            "fault",
            "locked",
            "conversation",
            "conversation-finished",
            "citizen-side",
            "citizen-why",
            "settings-look",
            "settings-log",
            "menu",
            "palette-1",
            "keys",
            "interventions",
            "interventions-empty",
            "interventions-start",
            "interventions-team",
            "interventions-providers",
            "interventions-offers",
            "team",
            "team-empty",
            "team-list",
            "conversation-turned",
            "conversation-agreed",
            "reports-case",
            "reports-running",
            "reports-done",
        ]
    }
    assert shots.twins(made) == []
    explained = [file for file in made if file.name.startswith("why-")]
    assert explained
    for file in made:
        image = QImage(str(file))
        if file in explained:
            assert image.height() > image.width()  # the whole card, with its explanation unfolded
        elif (image.width(), image.height()) != (1200, 800):  # a panel by itself, as tall as what it holds
            assert image.width() < 1200
            assert image.height() > 100


def test_a_wrong_passphrase_is_not_taken_for_a_page(demo_vault, tmp_path, look):
    with pytest.raises((RuntimeError, AssertionError)):
        shots.take(demo_vault, "noget andet", tmp_path / "out", ("da",), ("light",))


def test_two_names_for_one_picture_are_noticed(tmp_path):
    for name, colour in (("one", 1), ("two", 2), ("again", 1)):
        image = QImage(8, 8, QImage.Format.Format_RGB32)
        image.fill(colour)
        image.save(str(tmp_path / f"{name}.png"))
    assert shots.twins([tmp_path / f"{name}.png" for name in ("one", "two", "again")]) == [("one.png", "again.png")]
