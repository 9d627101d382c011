"""Hands that slip, and worse: keys held down, everything twice, leaving in the middle, a vault that locks meanwhile, a
clock set back, texts and names nobody thought of. Nothing is lost, nothing breaks, and no page grows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from caseload import CHEAP, PASSPHRASE
from looking import cut_widgets, overlapping, sideways
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from progression.casework.values import Person
from progression.desk import vaults
from progression.store import clock, drafts, kinds, queries
from progression.store.access import Act
from progression.ui.answering.page import MODE, QUESTION
from progression.ui.saying import BugDialog

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
CODE = "274951"


def ask(window, settled, operation, *given):
    """Call something on the database thread, behind the window's back."""
    found = []
    window.context.run(lambda session: operation(session.vault, *given), done=found.append)
    settled(window)
    return found[0]


def events(window, settled):
    """The assessments that are saved, each by the event it stands in."""
    return {one.event for one in ask(window, settled, queries.assessments)}


def unlock(window, settled):
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)


def scoring(window, settled, n=0):
    """Go to a citizen's conversation; (page, citizen)."""
    citizen = window.shell.page("today").value.rows[n].citizen
    window.context.go("conversation", citizen)
    settled(window)
    return window.shell.current(), citizen


def hold(key, modifier=PLAIN, text="", times=40):
    """A key goes down, and stays there."""
    for n in range(times):
        target = QApplication.focusWidget()
        if target is None:
            return
        down = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier, text, n > 0)
        QApplication.sendEvent(target, down)
        QApplication.processEvents()
    target = QApplication.focusWidget()
    if target is not None:
        QApplication.sendEvent(target, QKeyEvent(QKeyEvent.Type.KeyRelease, key, modifier, text))


def sound(window):
    """No fault was told, and the window is where it was."""
    assert window.findChildren(BugDialog) == []
    assert window.isVisible()


# keys held down


@pytest.mark.slow
@pytest.mark.qt_log_ignore("This plugin does not support")  # what a popup asks of a real screen
@pytest.mark.parametrize(
    ("key", "modifier", "text"),
    [
        (Qt.Key.Key_Tab, PLAIN, "\t"),
        (Qt.Key.Key_Return, PLAIN, "\r"),
        (Qt.Key.Key_Space, PLAIN, " "),
        (Qt.Key.Key_Escape, PLAIN, ""),
        (Qt.Key.Key_Down, PLAIN, ""),
        (Qt.Key.Key_PageDown, PLAIN, ""),
        (Qt.Key.Key_3, PLAIN, "3"),
        (Qt.Key.Key_Z, CTRL, ""),
        (Qt.Key.Key_K, CTRL, ""),
        (Qt.Key.Key_F1, PLAIN, ""),
        (Qt.Key.Key_F9, PLAIN, ""),
        (Qt.Key.Key_Plus, CTRL, ""),
    ],
)
def test_a_key_held_down_breaks_nothing_on_any_page(unlocked, settled, key, modifier, text):
    window = unlocked()
    before = len(ask(window, settled, queries.assessments))
    row = window.shell.page("today").value.rows[0]
    window.context.opened.emit(row.citizen, row.name)
    for name, place in window.shell.places.items():
        window.context.go(name, row.citizen if place.needs_citizen else "")
        settled(window)
        hold(key, modifier, text, times=15)
        settled(window)
        if QApplication.activeModalWidget() is not None:
            QApplication.activeModalWidget().close()
        sound(window)
        window.activateWindow()
    assert len(ask(window, settled, queries.assessments)) == before


def test_return_held_at_the_door_opens_it_once(open_window, demo_vault, settled):
    window = open_window(demo_vault)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.secret.setFocus()
    hold(Qt.Key.Key_Return, text="\r")
    settled(window)
    assert window.stack.currentWidget() is window.shell
    sound(window)
    opened = [line for line in ask(window, settled, queries.access_log) if line.act == "unlock"]
    assert len(opened) <= 1


def test_a_step_held_down_on_the_sheet_answers_one_row(unlocked, settled):
    window = unlocked()
    page, citizen = scoring(window, settled)
    start = page.state.row
    hold(Qt.Key.Key_4, text="4")
    settled(window)
    assert list(page.state.entry.answers.values()).count(4) == 1 and page.state.row == start + 1
    assert len(ask(window, settled, drafts.load, citizen, "caseworker", "bip").payload["answers"]) == 1


@pytest.mark.parametrize("held", [False, True])
def test_ctrl_return_twice_or_held_saves_once(unlocked, settled, held):
    window = unlocked()
    before = len(ask(window, settled, queries.assessments))
    page, _citizen = scoring(window, settled)
    for _ in page.state.rows:
        QTest.keyClick(QApplication.focusWidget(), "3")
    target = QApplication.focusWidget()
    if held:
        hold(Qt.Key.Key_Return, CTRL)
    else:
        QTest.keyClick(target, Qt.Key.Key_Return, CTRL)
        QTest.keyClick(target, Qt.Key.Key_Return, CTRL)
    settled(window)
    saved = ask(window, settled, queries.assessments)
    told = (page.state.answered, page.notice.text.text(), window.status.error, repr(target))
    assert len(saved) == before + 1, told
    assert not any(one.conflict for one in saved)
    sound(window)


# leaving in the middle


def half_done(window, settled, text="Sover bedre"):
    """Three answers and a note, and no time to keep them."""
    page, citizen = scoring(window, settled)
    for digit in "425":
        QTest.keyClick(QApplication.focusWidget(), digit)
    page.footer.strip.field.setText(text)
    page.footer.strip.field.textEdited.emit(text)
    return page, citizen, dict(page.state.entry.answers)


def come_back(window, settled, citizen):
    window.context.go("conversation", citizen)
    settled(window)
    page = window.shell.current()
    return dict(page.state.entry.answers), page.footer.strip.field.text()


@pytest.mark.parametrize("way", ["page", "citizen", "lock", "idle", "system", "close", "language", "size"])
def test_leaving_in_the_middle_keeps_every_answer_and_the_note(unlocked, open_window, demo_vault, settled, qtbot, way):
    window = unlocked()
    other = window.shell.page("today").value.rows[1].citizen
    page, citizen, answers = half_done(window, settled)
    if way == "page":
        window.context.go("team")
    elif way == "citizen":
        window.context.go("conversation", other)
        assert page.citizen == other
    elif way in ("lock", "idle", "system"):
        if way == "idle":
            window.idle.timer.setInterval(0)
            window.idle.timer.start()
        else:
            {"lock": window.lock, "system": window.lock_with_system}[way]()
        qtbot.waitUntil(lambda: window.context.session is None and not window.context.worker.busy, timeout=20_000)
        unlock(window, settled)
        assert window.shell.where == ("conversation", citizen)  # back at the same place
    elif way == "close":
        window.close()
        window = open_window(demo_vault)
        unlock(window, settled)
    elif way == "language":
        window.set_language("en")
    else:
        window.set_percent(200)
    settled(window)
    assert come_back(window, settled, citizen) == (answers, "Sover bedre")
    assert ask(window, settled, drafts.load, citizen, "caseworker", "bip").payload["answers"] == answers
    sound(window)


def test_the_citizens_side_locked_by_time_keeps_what_was_answered(unlocked, settled, qtbot):
    window = unlocked()
    page, citizen = scoring(window, settled)
    page.footer.side_button.click()
    settled(window)
    side = page.side
    QTest.keyClicks(side.choose.pad, CODE + CODE)
    settled(window)
    if side.stack.currentIndex() == MODE:
        QTest.keyClick(side, "1")
    for key in ("4", "3", "5"):
        QTest.keyClick(side, key)
    assert side.stack.currentIndex() == QUESTION
    window.idle.timer.setInterval(0)  # at once: the last answer is still on its way to the database
    window.idle.timer.start()
    qtbot.waitUntil(lambda: window.context.session is None and not window.context.worker.busy, timeout=20_000)
    unlock(window, settled)
    kept = ask(window, settled, drafts.load, citizen, "citizen", "bip").payload["answers"]
    assert list(kept.values()) == [4, 3, 5]
    sound(window)


# a clock set back


@pytest.mark.parametrize("back", [dt.timedelta(hours=3), dt.timedelta(days=400), dt.timedelta(days=365 * 20)])
def test_a_clock_set_back_loses_nothing_and_saves_on_its_own_day(unlocked, settled, monkeypatch, back):
    window = unlocked()
    page, _citizen = scoring(window, settled)
    for _ in page.state.rows:
        QTest.keyClick(QApplication.focusWidget(), "3")
    page.finish()
    settled(window)
    before = events(window, settled)
    window.lock()
    settled(window)
    real = clock.SystemClock.now
    monkeypatch.setattr(clock.SystemClock, "now", lambda self: real(self) - back)
    unlock(window, settled)
    assert window.status.error == "" or "ur" in window.status.error
    for name in window.shell.places:
        window.context.go(name)
        settled(window)
        sound(window)
    rows = window.shell.page("today").value.rows
    assert before <= events(window, settled)
    if not rows:  # so far back that no case was open
        return
    window.context.go("conversation", rows[-1].citizen)
    settled(window)
    page = window.shell.current()
    for _ in page.state.rows:
        QTest.keyClick(QApplication.focusWidget(), "2")
    settled(window)
    page.finish()
    settled(window)
    assert before <= events(window, settled)
    sound(window)
    ids = ask(window, settled, lambda vault: [row[0] for row in vault.rows("SELECT id FROM event ORDER BY rowid")])
    assert len(set(ids)) == len(ids)
    from progression.store import check

    assert ask(window, settled, check.check) == []


# texts nobody thought of

HUGE = "Ærø 😀 שלום\n" * 9_000  # a hundred thousand characters, of every kind


def fields(page):
    """Everything one can write in."""
    return [f for kind in (QLineEdit, QPlainTextEdit) for f in page.findChildren(kind) if not f.isReadOnly()]


@pytest.mark.parametrize("percent", [100, 200])
def test_a_hundred_thousand_characters_pasted_anywhere_break_no_page(unlocked, settled, percent):
    window = unlocked(percent=percent)
    row = window.shell.page("today").value.rows[0]
    QGuiApplication.clipboard().setText(HUGE)
    pasted = 0
    for name, place in window.shell.places.items():
        window.context.go(name, row.citizen if place.needs_citizen else "")
        settled(window)
        width = window.width()
        for field in [*fields(window.shell.current()), window.shell.rail.finder]:
            if field.isVisible() and field.isEnabled():
                field.paste()
                QApplication.processEvents()
                pasted += 1
        settled(window)
        assert window.width() == width and window.minimumSizeHint().width() <= width, name
        assert sideways(window) == [], name
        sound(window)
        window.shell.rail.finder.clear()
    assert pasted > 8
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("where", ["row", "conversation"])
def test_a_note_is_taken_in_whole_or_refused_aloud(unlocked, settled, where):
    window = unlocked(language="da")
    page, citizen = scoring(window, settled)
    said = []
    window.context.announced.connect(said.append)
    field = page.sheet.note.field if where == "row" else page.footer.strip.field
    field.setFocus()
    QGuiApplication.clipboard().setText("Sover bedre. ")
    field.paste()
    QGuiApplication.clipboard().setText("x" * 100_000)
    field.paste()
    settled(window)
    text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
    assert text.startswith("Sover bedre.")
    assert len(text) > 100_000 or (len(text) < 20 and said), "cut in silence"
    kept = ask(window, settled, drafts.load, citizen, "caseworker", "bip").payload
    assert "Sover bedre." in str(kept)
    QGuiApplication.clipboard().clear()


# names nobody thought of

NAMES = {
    "long": "A" * 200,
    "hyphens": "Anne-" * 39 + "Marie",
    "words": "Ærø Ålborg " * 18 + "Ø",
    "emoji": "Sofie 👩‍👩‍👧‍👦🇩🇰 Eriksen 😀",
    "arabic": "محمد عبد الرحمن الأحمد",
    "hebrew and danish": "דוד Østergård בן Sørensen",
    "overridden": "Karl \u202eneslein\u202c Nielsen",
    "stacked": "Z" + "\u0323\u0301" * 40 + "algo",
    "lines": "Anna\nBodil\tCarla",
    "markup": "<b>Bo</b> &amp; <img src=x> {name} %s",
}


@pytest.fixture
def named(open_window, tmp_path, settled):
    """A window on a municipality where everybody, citizens and colleagues, bears this name."""

    def open_(name, **preferences):
        from progression.desk import demo

        folder = tmp_path / "vault"
        made = demo.build(folder, PASSPHRASE, citizens=6, kdf=CHEAP).opened.session
        vault = made.vault
        changed = [
            *(replace(one, name=name) for one in queries.citizens(vault)),
            *(replace(one, name=name) for one in queries.people(vault) if isinstance(one, Person)),
        ]
        vault.append([kinds.to_event(one, (one.event,) if one.event else ()) for one in changed], Act("change"))
        vaults.close(made, backup=False)
        window = open_window(folder, **preferences)
        unlock(window, settled)
        return window

    return open_


@pytest.mark.slow
@pytest.mark.parametrize(("size", "percent"), [((1440, 900), 100), ((1280, 720), 200)])
@pytest.mark.parametrize("kind", NAMES)
def test_any_name_leaves_every_page_as_it_is(named, settled, kind, size, percent):
    name = NAMES[kind]
    window = named(name, size=size, percent=percent)
    rows = window.shell.page("today").value.rows
    assert rows and all(row.name == name for row in rows)  # nothing of it is lost
    window.context.opened.emit(rows[0].citizen, name)
    wrong = {}
    for page, place in window.shell.places.items():
        window.context.go(page, rows[0].citizen if place.needs_citizen else "")
        settled(window)
        window.grab()
        told = {"sideways": sideways(window), "cut": cut_widgets(window), "overlapping": overlapping(window)}
        if window.minimumSizeHint().width() > size[0]:
            settled(window)  # a heading that was just shown is measured once more
            window.grab()
        if window.minimumSizeHint().width() > size[0]:
            told["wider"] = [str(window.minimumSizeHint().width())]
        told = {what: found for what, found in told.items() if found}
        if told:
            wrong[page] = told
        sound(window)
    assert wrong == {}, "\n".join(f"{page} {what}: {one}" for page, t in wrong.items() for what in t for one in t[what])


@pytest.mark.slow
@pytest.mark.parametrize("kind", NAMES)
def test_any_name_is_found_again_and_scored(named, settled, qtbot, kind):
    name = NAMES[kind]
    window = named(name)
    window.do("find")
    typed = QInputMethodEvent()  # as letters come that are not on the keyboard
    typed.setCommitString(name.split()[0][:6])
    QApplication.sendEvent(window.shell.rail.finder, typed)
    qtbot.waitUntil(lambda: any(hit.kind == "citizen" for hit in window.shell.rail.finder.hits), timeout=20_000)
    page, citizen = scoring(window, settled)
    for _ in page.state.rows:
        QTest.keyClick(QApplication.focusWidget(), "3")
    page.finish()
    settled(window)
    sound(window)
    assert page.panel.isVisible()
    assert any(one.name == name for one in ask(window, settled, queries.citizens) if one.citizen == citizen)
