"""Every page as a screen reader meets it: what is there, what it is called, what can be done to it, in which order."""

from __future__ import annotations

import pytest
from atspi import ENABLED, FOCUSABLE, FOCUSED, SELECTED

CONTROLS = {
    "push button", "check box", "radio button", "page tab", "text", "password text", "combo box", "spin box", "slider",
    "table", "list", "link", "toggle button", "menu item", "tree", "paragraph",
}  # fmt: skip
PLACES = {
    "da": ("I dag", "Borger", "Samtale", "Indsatser", "Team", "Rapporter", "Indstillinger"),
    "en": ("Today", "Citizen", "Conversation", "Interventions", "Team", "Reports", "Settings"),
}
TABLE = {"da": "Sagsstamme", "en": "Caseload"}


class Seen:
    """One thing as it was when the page was walked: asked for once, judged many times."""

    def __init__(self, node, parent):
        self.node, self.parent = node, parent
        self.name, self.role, self.states = node.name, node.role, node.states
        self.description = node.description
        self.actions = node.actions()

    def __repr__(self):
        return f"{self.role} {self.name!r}"


def seen(root, parent=None):
    """Everything in view below a node, in reading order."""
    for child in root.children():
        one = Seen(child, parent)
        if 25 in one.states:
            yield one
            yield from seen(child, one)


def inside(one, roles):
    step = one.parent
    while step is not None:
        if step.role in roles:
            return True
        step = step.parent
    return False


def unnamed(found):
    parts = ("spin box", "combo box")  # what such a field is made of is told of with the field
    return [
        f"{one} in {one.parent}"
        for one in found
        if not one.name and (one.role in CONTROLS or FOCUSABLE in one.states) and not inside(one, parts)
    ]


def out_of_reach(found):
    """Controls that can be used, and that a screen reader can do nothing to."""
    return [str(one) for one in found if one.role in CONTROLS and ENABLED in one.states and not one.actions]


def out_of_order(found):
    """Neighbours of which the second stands wholly above the first, and not in a column to the right of it."""
    wrong, before = [], {}
    for one in found:
        if one.role in ("cell", "column header", "scroll bar") or (not one.name and one.role in ("graphic", "filler")):
            continue
        x, y, width, height = one.node.extents
        if width <= 0 or height <= 0:
            continue
        last = before.get(one.parent)
        if last is not None:
            (left, top, wide, _high), earlier = last
            if y + height <= top and x < left + wide:
                wrong.append(f"{earlier} before {one}")
        before[one.parent] = ((x, y, width, height), one)
    return wrong


def judge(window, place):
    found = window.bus.until(lambda: list(seen(window)), place)  # again, where something went away meanwhile
    assert unnamed(found) == [], place
    assert out_of_reach(found) == [], place
    assert out_of_order(found) == [], place
    said = [one for one in found if one.role == "graphic" and FOCUSABLE in one.states]
    assert [str(one) for one in said if not one.description] == [], place
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_is_told_of_whole(opened, language):
    window = opened(language)
    table = TABLE[language]
    first = window.bus.until(lambda: next(iter(window.find(table, role="table").all("cell")), None), "a row").name
    name = first.partition(",")[0]
    for place in PLACES[language]:
        if place == PLACES[language][1]:  # a citizen to go to
            window.find(table, role="table").focus()
            window.bus.key(0xFF0D)
            window.find(name, role="heading")
        window.find(place, role="page tab").press()
        window.bus.until(lambda place=place: selected(window) == [place], place)
        heading = window.bus.until(lambda: next((one.name for one in window.all("heading")), ""), f"a head on {place}")
        found = judge(window, place)
        assert [one.name for one in found if one.role == "page tab" and SELECTED in one.states] == [place]
        # what a screen reader comes to first after the rail is what the page is called
        page = found[[one.role for one in found].index("heading") :]
        assert page[0].name.startswith(heading)  # the team's name comes when its figures have come
        assert not [one for one in found[: len(found) - len(page)] if one.role in CONTROLS and not rail(one)], place


def selected(window):
    return [tab.name for tab in window.all("page tab") if SELECTED in tab.states]


def rail(one):
    """Whether it is in the rail, or a button that stands left of the page's name."""
    step = one
    while step is not None:
        if step.role == "panel" and step.name in ("Sider", "Pages"):
            return True
        step = step.parent
    return False


@pytest.mark.slow
def test_the_week_and_the_keys_are_told_of_too(opened, desktop):
    window = opened()
    window.find("Ugens samtaler", role="push button").press()
    window.find("Tilbage til I dag", role="push button")
    judge(window, "week")


@pytest.mark.slow
def test_a_chart_is_walked_by_keys_and_read_aloud(opened, desktop):
    window, bus = opened(), desktop.bus
    window.find("Sagsstamme", role="table").focus()
    bus.key(0xFF0D)
    chart = window.find("Hele skalaen", role="graphic")
    assert "vurderinger" in chart.description
    chart.focus()
    window.bus.until(lambda: FOCUSED in chart.states, "the focus in the chart")
    bus.heard.clear()
    bus.key(0xFF51)  # left
    window.bus.until(lambda: bool(window.states) and bool(bus.heard), "a point read aloud")
    assert any("Sagsbehandler" in told for _event, told in bus.heard)
    window.find("Vis: Tabel", role="radio button").press()
    rows = window.find(role="table")
    assert window.bus.until(lambda: rows.all("cell"), "the same as a table")
