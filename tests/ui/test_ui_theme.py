"""The tokens keep their contrast, the fonts are there, sizes grow with the text."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QComboBox, QMenu

from progression.charts.tokens import THEMES
from progression.resources import asset
from progression.ui import theme
from progression.ui.kit import Segmented, picture, wrapped
from progression.ui.stylesheet import style_sheet

TEXTS = [
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
    "green-text",
    "purple-text",
]
SHAPES = [
    "line-2",
    "cw",
    "ci",
    "up",
    "down",
    "flat",
    "passive-solid",
    "wait-solid",
    "exempt-solid",
    "bar-edge",
    "accent",
    "green",
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", ["bg", "bg-2"])
@pytest.mark.parametrize("token", TEXTS)
def test_text_is_readable(name, ground, token):
    assert theme.contrast(THEMES[name][token], THEMES[name][ground]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("token", SHAPES)
def test_what_carries_meaning_is_seen(name, token):
    assert theme.contrast(THEMES[name][token], THEMES[name]["bg"]) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("token", "ground"),
    [
        ("on-accent", "accent"),
        ("bar-text", "bar"),
        ("text", "accent-tint"),
        ("text-2", "accent-tint"),
        ("accent", "accent-tint"),
        ("error", "accent-tint"),
        ("up-text", "accent-tint"),
        ("down-text", "accent-tint"),
        ("text", "bg-3"),
        ("text-2", "bg-3"),
    ],
)
def test_text_is_readable_on_its_fill(name, token, ground):
    assert theme.contrast(THEMES[name][token], THEMES[name][ground]) >= 4.5


def test_every_theme_has_the_same_tokens():
    assert set(THEMES["light"]) == set(THEMES["dark"]) == set(THEMES["contrast"])


def test_contrast_is_the_standard_one():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_pictures_in_the_style_sheet_have_the_colour_of_the_theme(name):
    for icon, token in (("chevron-down", "text-2"), ("chevron-right", "text-2"), ("check", "on-accent")):
        assert THEMES[name][token] in asset("icons", name, f"{icon}.svg").read_text("utf-8")


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_whole(name):
    sheet = style_sheet(theme.Theme(name, 130))
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    colours = {found.lower() for found in re.findall(r"#[0-9a-f]{6}\b", sheet, re.IGNORECASE)}
    assert colours <= {value.lower() for value in THEMES[name].values()}


def test_our_font_is_used(dressed, look):
    assert theme.FAMILY in QFontDatabase.families()
    assert QFontInfo(look().font("h1")).family().startswith(theme.FAMILY)


def test_text_grows():
    small, large = theme.Theme("light", 100), theme.Theme("light", 200)
    assert large.font("body").pixelSize() == 2 * small.font("body").pixelSize()
    assert large.line("small") == 32


def test_settings_stay_within_their_limits(look):
    assert theme.choose("dark", 500) == theme.Theme("dark", 200)
    assert theme.choose("light", 10) == theme.Theme("light", 80)
    assert theme.choose("no such look", 100).name in THEMES


def test_the_palette_follows_the_theme(look):
    dark = look("dark")
    made = theme.palette(dark)
    assert made.window().color() == dark.colour("bg")
    assert made.highlight().color() == dark.colour("accent")


def test_a_hint_inside_a_field_is_readable(look, qtbot):
    from PySide6.QtGui import QPalette
    from PySide6.QtWidgets import QLineEdit

    for name in THEMES:
        chosen = look(name)
        field = QLineEdit()
        qtbot.addWidget(field)
        field.ensurePolished()
        assert field.palette().color(QPalette.ColorRole.PlaceholderText) == chosen.colour("text-3")


def test_icons_take_the_colour_of_the_theme(look):
    look("light")
    light = picture("flag", "text", 20).toImage()
    look("dark")
    dark = picture("flag", "text", 20).toImage()
    assert light != dark


def test_an_icon_that_is_not_shipped_is_named(look):
    with pytest.raises(FileNotFoundError, match=r"nothing\.svg"):
        picture("nothing", "text")


def test_the_icons_carry_their_licence():
    assert "ISC" in asset("icons", "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("name", THEMES)
def test_a_menu_keeps_its_groups_apart_in_every_theme(look, qtbot, name):
    look(name)
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("Save")
    between = menu.addSeparator()
    menu.addAction("Close")
    menu.resize(menu.sizeHint())
    picture = menu.grab().toImage()
    place = menu.actionGeometry(between).center()
    tones = {picture.pixelColor(place.x(), y).name() for y in range(place.y() - 4, place.y() + 5)}
    assert THEMES[name]["line"] in tones


@pytest.mark.parametrize("name", THEMES)
def test_what_cannot_be_chosen_now_looks_so_in_every_theme(look, qtbot, name):
    look(name)
    whom, list_, says = Segmented(), QComboBox(), wrapped("Med adgangskode", "dense")
    whom.set_choices((("one", "En borger"), ("many", "En sagsstamme")), "For hvem")
    list_.addItem("Team Vest")
    for part in (whom, list_, says):
        qtbot.addWidget(part)
        part.resize(part.sizeHint())
        part.show()
        before = tones(part)
        part.setEnabled(False)
        assert tones(part) != before
        lively = {THEMES[name]["accent"], THEMES[name]["text"]} - {THEMES[name]["line-2"]}  # a border stays
        assert not tones(part) & lively


def tones(part):
    image = part.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(2, image.width() - 2) for y in range(2, image.height() - 2)}
