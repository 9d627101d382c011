"""Small parts every page is made of. Each sets what a screen reader needs; none holds a colour.

heading(1, w.t("Today"))               label(text, "small", "text-2")        wrapped(text)
button(text, "primary", icon="plus")   link(text)                            chip(text, count)
Segmented([("a", "A"), ("b", "B")])    Card("down")                          field(caption, widget)
icon("flag", "accent")                 rule()                                column(), row()
"""

from progression.ui.kit.buttons import Chip, Segmented, button, chip, link
from progression.ui.kit.empty import Empty
from progression.ui.kit.fields import SearchField, name_clear_button
from progression.ui.kit.frames import Card, Inset, bring_into_view, clear, column, field, row, rule, scrolled, spacer
from progression.ui.kit.icons import icon, picture, restyle_icons, set_icon
from progression.ui.kit.order import read_in_order, tab_in_order
from progression.ui.kit.texts import heading, label, set_text, set_tone, wrapped

__all__ = [
    "Card",
    "Chip",
    "Empty",
    "Inset",
    "SearchField",
    "Segmented",
    "bring_into_view",
    "button",
    "chip",
    "clear",
    "column",
    "field",
    "heading",
    "icon",
    "label",
    "link",
    "name_clear_button",
    "picture",
    "read_in_order",
    "restyle_icons",
    "row",
    "rule",
    "scrolled",
    "set_icon",
    "set_text",
    "set_tone",
    "spacer",
    "tab_in_order",
    "wrapped",
]
