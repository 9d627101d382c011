"""What is said of changes of caseworker: the parts come to the whole."""

from __future__ import annotations

import pytest

from progression.words import Words, people


@pytest.mark.parametrize(
    ("language", "figures", "told"),
    [
        ("en", (10, 5, 3), "10 changes (5 planned, 3 unplanned, 2 not stated)"),
        ("da", (10, 5, 3), "10 skift (5 planlagt, 3 uplanlagt, 2 ikke oplyst)"),
        ("en", (2, 1, 1), "2 changes (1 planned, 1 unplanned)"),
        ("en", (3, 0, 0), "3 changes"),
        ("en", (0, 0, 0), "no changes"),
    ],
)
def test_the_parts_come_to_the_whole(language, figures, told):
    assert people.changed(Words(language), *figures) == told
