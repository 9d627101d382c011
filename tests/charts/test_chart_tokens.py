"""The themes keep the contrast they promise, computed as WCAG 2 does."""

from __future__ import annotations

import pytest

from progression.charts.tokens import THEMES

TEXT = (
    "text",
    "text-2",
    "text-3",
    "accent",
    "cw-text",
    "ci-text",
    "up-text",
    "down-text",
    "warn-text",
    "error",
)
SHAPES = (
    "line-2", "cw", "ci", "up", "down", "flat", "passive-solid", "wait-solid", "exempt-solid", "bar-edge", "accent",
    "green", "purple",
)  # fmt: skip


def luminance(colour):
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_has_the_same_tokens(theme):
    assert set(THEMES[theme]) == set(THEMES["light"])
    assert all(len(value) == 7 and int(value[1:], 16) >= 0 for value in THEMES[theme].values())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("token", TEXT)
def test_text_can_be_read_on_page_and_panel(theme, token):
    for ground in ("bg", "bg-2"):
        assert contrast(THEMES[theme][token], THEMES[theme][ground]) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("token", SHAPES)
def test_shapes_that_carry_meaning_can_be_seen(theme, token):
    assert contrast(THEMES[theme][token], THEMES[theme]["bg"]) >= 3.0


@pytest.mark.parametrize("theme", THEMES)
def test_raters_can_be_seen_on_the_band_and_words_on_shadings(theme):
    tokens = THEMES[theme]
    assert min(contrast(tokens[rater], tokens["band"]) for rater in ("cw", "ci")) >= 3.0
    grounds = ("passive", "wait", "exempt")
    assert min(contrast(tokens[t], tokens[g]) for t in ("text", "text-2") for g in grounds) >= 4.5
    assert contrast(tokens["bar-text"], tokens["bar"]) >= 4.5
    assert contrast(tokens["on-accent"], tokens["accent"]) >= 4.5
