"""Every page, in both languages, every theme, at 100 % and 200 % text: names on every control, targets one can hit, no
words cut off, everything reached by Tab."""

from __future__ import annotations

import pytest
from caseload import PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from progression.ui.kit.elided import Elided

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QAbstractSlider)


def controls(root):
    for widget in root.findChildren(QWidget):
        inside = widget.parentWidget()
        if not widget.isVisible() or isinstance(widget, QScrollBar) or isinstance(inside, (QDateEdit, QComboBox)):
            continue
        if isinstance(inside, QLineEdit):  # the clear button and the icon of a field: the field's own
            continue
        if isinstance(widget, CONTROLS):
            yield widget


def described(widget):
    return f"{type(widget).__name__} {widget.objectName()} {getattr(widget, 'text', lambda: '')()!r}"


def unnamed(root):
    found = []
    for widget in controls(root):
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told is not None else ""
        if not (name or widget.accessibleName()):
            found.append(described(widget))
    return found


def too_small(root):
    return [
        described(w)
        for w in controls(root)
        if isinstance(w, QAbstractButton) and w.isEnabled() and (w.width() < 24 or w.height() < 22)
    ]


def cut(root):
    found = []
    for label in root.findChildren(QLabel):
        if isinstance(label, Elided):  # made to be shortened; the whole is its tool tip
            if label.isVisible() and label.shown != label.text() and label.toolTip() != label.text():
                found.append(described(label))
            continue
        if label.isVisible() and label.text() and not label.wordWrap() and label.width() + 1 < label.sizeHint().width():
            found.append(described(label))
        if label.isVisible() and label.wordWrap() and label.height() + 1 < label.heightForWidth(label.width()):
            found.append(described(label))
    for button in root.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.width() + 1 < button.minimumSizeHint().width():
            found.append(described(button))
    return found


def check(root):
    assert unnamed(root) == []
    assert too_small(root) == []
    assert cut(root) == []


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_first_start(open_window, tmp_path, dressed, language, percent):
    window = open_window(tmp_path / "none", language=language, percent=percent)
    for step in window.start.steps:
        window.start.show_step(step)
        dressed.processEvents()
        check(window)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_door(open_window, demo_vault, dressed, language, percent):
    window = open_window(demo_vault, language=language, percent=percent)
    dressed.processEvents()
    check(window)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_my_pages(unlocked, settled, language, percent):
    window = unlocked(language=language, percent=percent)
    row = window.shell.current().value.rows[0]
    window.context.opened.emit(row.citizen, row.name)
    for look in ("light", "dark", "contrast"):
        window.set_theme(look)
        for name in window.shell.places:
            window.do(f"page.{name}")
            settled(window)
            check(window)
    window.do("help")
    settled(window)
    check(window.help)
    window.do("help")
    window.do("new")
    settled(window)
    check(window)


def test_a_narrow_window_cuts_nothing(open_window, demo_vault, settled):
    window = open_window(demo_vault, size=(900, 600))
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    check(window)


def test_tab_reaches_everything_on_today_and_comes_round(unlocked, qtbot, dressed):
    window = unlocked()
    page = window.shell.current()
    wanted = {page.search, page.new, page.whose, page.table, *page.chips.values(), window.shell.rail.finder}
    wanted |= set(window.shell.rail.buttons.values())
    seen = set()
    for _ in range(80):
        focused = window.focusWidget()
        seen.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        if wanted <= seen:
            break
    assert wanted <= seen


def test_tab_goes_through_the_passphrase_form_in_reading_order(open_window, tmp_path, qtbot):
    window = open_window(tmp_path / "none")
    window.start.show_step(window.start.account)
    step = window.start.account
    order = []
    for _ in range(4):
        order.append(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert order[:3] == [step.name, step.first, step.second]


def in_view(root):
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        for read in ("text", "placeholderText", "accessibleName", "toolTip", "title", "below"):
            told = getattr(widget, read, None)
            told = told() if callable(told) else told
            if isinstance(told, str) and told:
                yield told


def catalogue():
    """Danish by English, of texts that stand alone and differ."""
    import gettext

    from progression.resources import asset

    with asset("catalogues", "da.mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)._catalog
    pairs = {k: v for k, v in texts.items() if isinstance(k, str) and k and "{" not in k and "\x04" not in k}
    danish = set(pairs.values())
    return {k: v for k, v in pairs.items() if k != v and k not in danish and k != "Progression"}  # our own name


@pytest.mark.parametrize(("first", "then"), [("da", "en"), ("en", "da")])
def test_a_change_of_language_leaves_no_word_behind(unlocked, settled, first, then):
    pairs = catalogue()
    english = set(pairs)
    danish = set(pairs.values()) - english
    wrong = danish if then == "en" else english
    window = unlocked(language=first)
    row = window.shell.current().value.rows[0]
    window.context.opened.emit(row.citizen, row.name)
    for name in window.shell.places:
        window.context.go(name, row.citizen if window.shell.places[name].needs_citizen else "")
        settled(window)
        window.set_language(then)
        settled(window)
        assert {told for told in in_view(window) if told in wrong} == set(), name
        window.set_language(first)
        settled(window)


def test_the_door_and_the_first_start_change_their_language_too(open_window, tmp_path, dressed):
    pairs = catalogue()
    window = open_window(tmp_path / "none", language="da")
    window.set_language("en")
    for step in window.start.steps:
        window.start.show_step(step)
        dressed.processEvents()
        assert {told for told in in_view(window) if told in set(pairs.values()) - set(pairs)} == set()
