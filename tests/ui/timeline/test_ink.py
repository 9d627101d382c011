"""What lies behind curves stays behind them: shading is pale in every theme, its foot line and words say what it is."""

from __future__ import annotations

import pytest

from progression.ui import theme
from progression.ui.timeline.ink import Ink, faded

FILLS = [("passive", "hatch"), ("wait", "dots"), ("exempt", "lines")]


def colours(brush):
    """Every colour of a pattern's tile."""
    picture = brush.texture().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize(("token", "pattern"), FILLS)
def test_a_pattern_behind_curves_barely_stands_out_and_curves_do(look, name, token, pattern):
    ink = Ink(theme.choose(name, 100))
    ground = ink.ground(token).name()
    assert all(theme.contrast(one, ground) <= 1.31 for one in colours(ink.fill(token, pattern, quiet=True)))
    # paler than the bar below it, and what is drawn over it is seen: the caseworker's line, the words, the foot line
    assert theme.contrast(ground, ink.color("bg").name()) <= theme.contrast(
        ink.color(token).name(), ink.color("bg").name()
    )
    assert theme.contrast(ink.color("text").name(), ground) >= 4.5
    assert theme.contrast(ink.color("cw").name(), ground) >= 3
    assert theme.contrast(ink.color(ink.solid(token)).name(), ground) >= 3 or token == "passive"


@pytest.mark.parametrize(("token", "pattern"), FILLS)
def test_the_bars_below_keep_their_pattern(look, token, pattern):
    ink = Ink(theme.choose("contrast", 100))
    loud = max(theme.contrast(one, ink.color(token).name()) for one in colours(ink.fill(token, pattern)))
    assert loud > 2


def test_a_line_that_is_pale_already_stays_as_it_is(look):
    ink = Ink(theme.choose("light", 100))
    assert faded(ink.color("passive-line"), ink.color("passive"), 1.3) == ink.color("passive-line")
