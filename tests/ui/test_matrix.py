"""Every page, in both languages and three themes, at 100 % and 200 % text, with nothing in it, a little, and much, in
the smallest window it is made for: nothing cut, nothing on top of anything else, nothing unnamed, nothing faint,
nothing read in another order than it stands in, nothing Tab does not come to."""

from __future__ import annotations

import shutil

import pytest
from caseload import CHEAP, PASSPHRASE
from looking import (
    Looking,
    Picture,
    controls,
    cut_widgets,
    described,
    faint_ring,
    faint_text,
    out_of_order,
    overlapping,
    sideways,
    unnamed,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton

from progression.ui import theme

SIZE = (1280, 720)
LOOKS = ("light", "dark", "contrast")
CROWD = 90  # invented citizens; what one caseworker has of them fills every list


@pytest.fixture(scope="module")
def vaults_by_content(tmp_path_factory):
    """Closed vaults: "empty", "typical", "crowded". Made when first asked for; who asks gets a copy."""
    from progression.desk import demo, vaults

    made = {}

    def build(content):
        if content not in made:
            folder = tmp_path_factory.mktemp(content) / "vault"
            if content == "empty":
                opened = vaults.create(folder, PASSPHRASE, account_name="Mette Holm Andersen", kdf=CHEAP)
                vaults.close(opened.session, backup=False)
            else:
                citizens = {"typical": 12, "crowded": CROWD}[content]
                result = demo.build(folder, PASSPHRASE, citizens=citizens, kdf=CHEAP)
                vaults.close(result.opened.session, backup=False)
            made[content] = folder
        return shutil.copytree(made[content], tmp_path_factory.mktemp(content) / "vault")

    return build


@pytest.fixture
def listened():
    """Somebody listens: what is made for a screen reader alone is there."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def sitting(open_window, vaults_by_content, settled, listened):
    """A window in the smallest size, unlocked on a vault with such content."""

    def open_(content, **preferences):
        window = open_window(vaults_by_content(content), size=SIZE, **preferences)
        window.unlock.secret.setText(PASSPHRASE)
        window.unlock.submit()
        settled(window)
        return window

    return open_


def chosen(window):
    """The citizen to walk the pages with: much goes on, and the name is long. None where there is nobody."""
    rows = window.shell.page("today").value.rows
    return max(rows, key=lambda row: len(row.running) + len(row.name)) if rows else None


def pages(window, settled, who):
    """Go from page to page; every one is (its name, the window)."""
    if who is not None:
        window.context.opened.emit(who.citizen, who.name)
    for name, place in window.shell.places.items():
        if place.needs_citizen and who is None:
            continue
        window.context.go(name, who.citizen if who is not None and place.needs_citizen else "")
        settled(window)
        yield name


def finish(window, settled, citizen):
    """Finish a conversation: the panel after it is in view."""
    window.context.go("conversation", citizen)
    settled(window)
    page = window.shell.current()
    for _ in page.state.rows:
        QTest.keyClick(page.sheet.rows[page.state.row], Qt.Key.Key_4)
    page.finish()
    settled(window)


def pages_to_the_finish(window, settled):
    """Go from page to page and finish a conversation at last."""
    who = chosen(window)
    yield from pages(window, settled, who)
    if who is not None:
        finish(window, settled, who.citizen)
        yield "finish"


def faults(root, placed=True):
    """Everything wrong with what is in view now, by kind. `placed`: also where things stand, which no theme changes."""
    with Looking() as seen:
        picture = Picture.of(root)
    found = {"faint": faint_text(root, seen, picture)}
    found["ring"] = faint_ring(root, picture, theme.current().colour("accent"))
    if placed:
        found["cut"] = cut_widgets(root) + seen.cut() + seen.lost(root)
        found["sideways"] = sideways(root)
        found["collided"] = seen.collided()
        found["overlapping"], found["order"] = overlapping(root), out_of_order(root)
        found["unnamed"] = unnamed(root)
    return {kind: told for kind, told in found.items() if told}


def walk(window, settled):
    """All faults of all pages, by page and theme. Every page is gone to in one theme, then in the next: to dress all
    pages anew takes longer than to look at one."""
    found, who = {}, chosen(window)
    for look in LOOKS:
        put_on(window, settled, look)
        for name in pages(window, settled, who):
            found[f"{name} {look}"] = faults(window, placed=look == LOOKS[0])
    if who is not None:
        finish(window, settled, who.citizen)
        for look in reversed(LOOKS):  # the last one is in force, and where things stand is looked at in the first
            put_on(window, settled, look)
            found[f"finish {look}"] = faults(window, placed=look == LOOKS[0])
    return {place: told for place, told in found.items() if told}


def put_on(window, settled, look):
    if look != theme.current().name:
        window.set_theme(look)
        settled(window)


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("content", ["empty", "typical", "crowded"])
def test_nothing_is_wrong_on_any_page(sitting, settled, content, language, percent):
    window = sitting(content, language=language, percent=percent)
    assert walk(window, settled) == {}


def stops(window):
    """What Tab has to come to: everything one can use, of a group of choices the chosen one."""
    found = set()
    for one in controls(window):
        if not one.isEnabled() or not one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if isinstance(one, QRadioButton) and not one.isChecked():
            continue
        found.add(one)
    return found


def round_trip(window, key, start):
    """What a key comes to, one after another, until it comes back to where it began."""
    seen = [start]
    for _ in range(400):
        QTest.keyClick(window.focusWidget(), key)
        if window.focusWidget() is start:
            return seen
        seen.append(window.focusWidget())
    raise AssertionError(f"{key} never came back: it ends in {described(seen[-1])}")


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
def test_tab_visits_everything_and_comes_back(sitting, settled, percent):
    window = sitting("typical", percent=percent)
    missed = {}
    for name in pages_to_the_finish(window, settled):
        start = window.shell.rail.finder
        start.setFocus()
        there = round_trip(window, Qt.Key.Key_Tab, start)
        start.setFocus()
        back = round_trip(window, Qt.Key.Key_Backtab, start)
        left_out = stops(window) - set(there)
        if left_out:
            missed[name] = sorted(described(one) for one in left_out)
        assert set(back) == set(there), name
    assert missed == {}
