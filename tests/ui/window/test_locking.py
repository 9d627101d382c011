"""What was typed is there again after locking, for whoever typed it alone; what the lock page says is true."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from caseload import PASSPHRASE
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from progression.casework.values import Offer
from progression.desk import settings, typed
from progression.errors import KnownError
from progression.ui import ways
from progression.ui.panels.plan import ItemForm
from progression.ui.panels.register import DecisionPanel, ScreeningPanel, SmallStepPanel
from progression.ui.panels.talk import AddContact
from progression.ui.window import resuming

TYPED = "Cykler til aftalerne, også når det regner"


@pytest.fixture
def window(unlocked, settled):
    return unlocked(language="da")


@pytest.fixture
def again(settled):
    """Lock and unlock: again(window)."""

    def go(window, passphrase=PASSPHRASE):
        window.lock()
        window.unlock.secret.setText(passphrase)
        window.unlock.submit()
        for _ in range(3):
            settled(window)
        assert window.status.error == ""

    return go


def first(window, settled):
    """The page of the first citizen of I dag."""
    who = window.shell.page("today").value.rows[0].citizen
    window.context.go("citizen", who)
    settled(window)
    return window.shell.current()


def do(window, settled, operation, *values):
    got = []
    window.context.run(operation, *values, done=got.append)
    settled(window)
    return got[0] if got else None


def test_the_goal_being_written_is_there_again_with_the_focus_where_it_was(window, settled, again):
    page = first(window, settled)
    page.side.plan.click()
    page.side.panel.edit("goal")
    form = page.side.panel.form
    form.text.setPlainText("")
    QTest.keyClicks(form.text, TYPED)
    cursor = form.text.textCursor()
    cursor.setPosition(6)
    form.text.setTextCursor(cursor)
    form.text.setFocus()
    again(window)
    back = window.shell.current()
    assert back is not page and back.name == "citizen" and back.citizen == page_citizen(window)
    found = back.side.panel.form
    assert isinstance(found, ItemForm)
    assert found.text.toPlainText() == TYPED
    assert found.text.hasFocus() and found.text.textCursor().position() == 6
    assert do(window, settled, typed.kept) == {}  # it stands in the window now
    again(window)  # and once more
    assert window.shell.current().side.panel.form.text.toPlainText() == TYPED
    window.shell.current().side.panel.form.cancelled.emit()
    window.shell.current().side.panel.cancelled.emit()
    again(window)
    assert window.shell.current().side.panel is None


def page_citizen(window):
    return window.shell.where[1]


@pytest.mark.parametrize("kind", ["small_step", "screening", "decision", "close", "talk", "contact", "role",
                                  "professional", "consent", "handover", "category", "add"])  # fmt: skip
def test_every_panel_beside_a_citizen_comes_back_as_it_stood(window, settled, again, kind):
    side = first(window, settled).side
    opened = {
        "small_step": lambda: side.open_register(SmallStepPanel),
        "screening": lambda: side.open_register(ScreeningPanel),
        "decision": lambda: side.open_register(DecisionPanel),
        "close": side.open_close,
        "talk": side.open_talk,
        "contact": lambda: side.open_talk_form(AddContact),
        "role": side.people.open_role,
        "professional": lambda: side.people.open_professional(None),
        "consent": lambda: side.people.open_consent(""),
        "handover": side.people.open_handover,
        "category": side.open_category,
        "add": side.open_add,
    }
    opened[kind]()
    before = side.panel
    assert before is not None and before.property(ways.WAY)
    if kind == "decision":
        before.choose("stop")
    if kind == "add":
        before.unfold()
    wrote = write(before)
    again(window)
    after = window.shell.current().side.panel
    assert type(after) is type(before)
    assert wrote and wrote == texts(after)
    if kind == "decision":
        assert after.choice == "stop"
    if kind == "add":
        assert not after.fields["contact"].isHidden()


def fields(panel):
    """What can be written in, in the order it was made; what lies in a list that opens is not a field of its own."""
    found = panel.findChildren(QLineEdit) + panel.findChildren(QPlainTextEdit)
    return [one for one in found if not isinstance(one.parentWidget(), QComboBox)]


def write(panel):
    for place, one in enumerate(fields(panel)):
        put = one.setPlainText if isinstance(one, QPlainTextEdit) else one.setText
        put(f"{TYPED} {place}")
    return texts(panel)


def texts(panel):
    return [one.toPlainText() if isinstance(one, QPlainTextEdit) else one.text() for one in fields(panel)]


def test_the_reason_of_a_decision_is_there_again_on_its_card(window, settled, again):
    rows = window.shell.page("today").value.rows
    for row in rows:
        window.context.go("citizen", row.citizen)
        settled(window)
        cards = [card for card in window.shell.current().side.cards.values() if card.choices]
        if cards:
            break
    card = cards[0]
    card.choose("stop")
    card.form.reason.setPlainText(TYPED)
    again(window)
    back = window.shell.current().side.cards[card_id(window)]
    assert back.form.reason.toPlainText() == TYPED
    assert back.form.choice == "stop"


def card_id(window):
    return next(key for key, card in window.shell.current().side.cards.items() if card.form is not None)


def test_a_new_citizen_half_written_is_there_again(window, settled, again):
    page = window.shell.current()
    page.add_citizen()
    settled(window)
    page.adding.fields["name"].setText("Signe Vestergaard")
    page.adding.fields["cpr"].setText("0101")
    again(window)
    back = window.shell.current()
    assert not back.adding.isHidden()
    assert back.adding.fields["name"].text() == "Signe Vestergaard"
    assert back.adding.fields["cpr"].text() == "0101"


def test_a_conversation_planned_from_today_is_there_again(window, settled, again):
    page = window.shell.current()
    page._key(page.value.rows[0], "P")
    wrote = write(page.talks.panel)
    again(window)
    assert texts(window.shell.current().talks.panel) == wrote


def test_an_intervention_on_its_own_page_is_there_again(window, settled, again):
    window.context.go("interventions")
    settled(window)
    page = window.shell.current()
    page.show_tab("team")
    settled(window)
    row = page.value.running[0]
    page.look_at(row)
    page.side.panel.change.emit()
    wrote = write(page.side.panel)
    again(window)
    back = window.shell.current()
    assert back.tabs.value() == "team"
    assert texts(back.side.panel) == wrote
    assert back.side.panel.changed.event == row.intervention.event
    back.open_offer(Offer(""))
    wrote = write(back.side.panel)
    again(window)
    assert texts(window.shell.current().side.panel) == wrote


def test_a_colleague_and_norms_are_there_again(window, settled, again):
    window.context.go("team")
    settled(window)
    page = window.shell.current()
    page.show_tab("colleagues")
    settled(window)
    page.new.click()
    wrote = write(page.side.panel)
    again(window)
    back = window.shell.current()
    assert back.tabs.value() == "colleagues"
    assert texts(back.side.panel) == wrote
    person = back.value.colleagues[0]
    back.look_at(person)
    back.side.panel.change.emit()
    assert texts(back.side.panel) != wrote
    wrote = write(back.side.panel)
    again(window)
    assert texts(window.shell.current().side.panel) == wrote


@pytest.mark.parametrize("key", ["types", "categories", "letterhead"])
def test_a_form_of_the_settings_is_there_again(window, settled, again, key):
    window.context.go("settings")
    settled(window)
    page = window.shell.current()
    page.open_section(key)
    settled(window)
    section = page.section(key)
    if key == "types":
        section.look_at(section._facts.lines[0])
    elif key == "categories":
        section.add_one()
    else:
        section.edit()
    wrote = write(section.panel)
    again(window)
    back = window.shell.current()
    assert back.current == key
    assert texts(back.section(key).panel) == wrote


def test_a_passphrase_being_typed_is_never_kept(window, settled, again):
    window.context.go("settings")
    settled(window)
    window.shell.current().change_passphrase()
    secret = window.shell.current().passphrase
    secret.current.setText(PASSPHRASE)
    secret.first.setText("noget helt andet her")
    again(window)
    assert window.shell.current().passphrase.first.text() == ""


def test_nothing_of_it_is_in_memory_or_on_disk_while_locked(window, settled):
    page = first(window, settled)
    page.side.open_register(SmallStepPanel)
    page.side.panel.text.setPlainText(TYPED)
    window.lock()
    settled(window)
    assert window.shell.pages == {}
    assert TYPED not in repr(vars(window.resuming))
    for file in window.folder.rglob("*"):
        if file.is_file():
            assert TYPED.encode() not in file.read_bytes()


def test_another_account_begins_at_today_with_nothing(window, settled, again, monkeypatch):
    page = first(window, settled)
    do(window, settled, settings.put, "a", 1)
    page.side.open_register(SmallStepPanel)
    page.side.panel.text.setPlainText(TYPED)
    monkeypatch.setattr(resuming, "owner", lambda session: (session.vault.id, "somebody else"))
    own = typed._mine
    monkeypatch.setattr(typed, "_mine", lambda _s, rater, scale: (rater, scale) == ("typed", "somebody else"))
    window.context.acts._away = None
    window.lock()
    window.resuming._left = replace(window.resuming._left, owner=("v", "me"))
    window.context.acts._away = ("v", "me")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    for _ in range(3):
        settled(window)
    assert window.shell.where == ("today", "")
    assert window.context.acts.last is None
    monkeypatch.setattr(typed, "_mine", own)


@pytest.mark.parametrize(("code", "why"), [("disk.full", "fuld"), ("folder.read_only", "skrive")])
def test_a_vault_that_cannot_be_written_locks_and_the_page_says_so(window, settled, monkeypatch, code, why):
    page = first(window, settled)
    page.side.open_register(SmallStepPanel)
    page.side.panel.text.setPlainText(TYPED)

    def full(*_args):
        raise KnownError(code, folder="Progression")

    monkeypatch.setattr("progression.store.drafts.save", full)
    window.lock()
    settled(window)
    assert window.context.session is None and window.stack.currentWidget() is window.unlock
    said = window.unlock._line.text()
    assert "kunne ikke bevares" in said and why in said
    assert "er bevaret." not in said.replace("alt, der var gemt før det, er bevaret.", "")


def test_what_was_sent_before_the_lock_is_saved_once(window, settled, again):
    page = first(window, settled)
    who = page.citizen
    page.side.open_register(SmallStepPanel)
    page.side.panel.text.setPlainText(TYPED)
    page.side.panel.send()
    again(window)
    back = window.shell.current()
    assert back.side.panel is None
    steps = [one for one in back.value.course.notes if one.text == TYPED]
    assert len(steps) == 1 and steps[0].citizen == who
    assert window.context.acts.last is not None  # and is an act
    window.do("undo")
    settled(window)
    settled(window)
    assert not [one for one in window.shell.current().value.course.notes if one.text == TYPED]


def test_what_was_sent_and_refused_is_there_again(window, settled, again):
    page = first(window, settled)
    page.side.open_register(SmallStepPanel)
    page.side.panel.text.setPlainText("  ")
    page.side.panel.date.setText("1.1.1900")
    page.side.panel.send()
    again(window)
    assert window.shell.current().side.panel.date.text() == "1.1.1900"


def test_locked_again_before_it_is_back_loses_nothing(window, settled, again):
    page = first(window, settled)
    page.side.open_register(SmallStepPanel)
    page.side.panel.text.setPlainText(TYPED)
    window.lock()
    settled(window)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlocked.connect(window.lock)
    window.unlock.submit()
    for _ in range(3):
        settled(window)
    assert window.context.session is None
    window.unlocked.disconnect(window.lock)
    again(window)
    assert window.shell.current().side.panel.text.toPlainText() == TYPED


def test_the_idle_lock_comes_while_typing(window, settled):
    page = first(window, settled)
    page.side.open_register(SmallStepPanel)
    QTest.keyClicks(page.side.panel.text, TYPED)
    window._idle_over()
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    for _ in range(3):
        settled(window)
    assert window.shell.current().side.panel.text.toPlainText() == TYPED


def test_acts_are_called_by_name_again_and_by_ids_while_locked(window, settled, again):
    window.context.run(settings.put, "a", 1, undo="noget med Signe Vestergaard")
    settled(window)
    window.lock()
    settled(window)
    assert window.context.acts.last.name == ""
    again(window)
    assert window.context.acts.last.name == "noget med Signe Vestergaard"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_locking_at_any_moment_changes_nothing_that_can_be_done(window, settled, again, seed):
    """The same series of acts, undoings and redoings, with and without locks in between, stands as a model says."""
    chance = random.Random(seed)
    values, undone, counts = [0], [], 0
    for turn in range(24):
        what = chance.choice(["do", "do", "undo", "redo"])
        if what == "do":
            counts += 1
            window.context.run(settings.put, "counted", counts)
            values.append(counts)
            undone.clear()
        elif what == "undo" and len(values) > 1:
            window.do("undo")
            settled(window)
            undone.append(values.pop())
        elif what == "redo" and undone:
            window.do("redo")
            settled(window)
            values.append(undone.pop())
        if chance.random() < 0.3:
            again(window)  # at once: an act may still be on its way
        settled(window)
        assert do(window, settled, lambda s: settings.get(s, "counted", 0)) == values[-1], turn
        assert len(window.context.acts._done) == len(values) - 1
        assert len(window.context.acts._undone) == len(undone)


def test_locked_on_the_finish_page_one_is_on_the_finish_page_again(window, settled, again):
    who = window.shell.page("today").value.rows[0].citizen
    window.context.go("conversation", who)
    settled(window)
    page = window.shell.current()
    page.sheet._score(4)
    page.finish()
    settled(window)
    day = page._panel_day
    assert day is not None
    again(window)
    back = window.shell.current()
    assert back is not page and back._panel_day == day
    assert back._stack.currentIndex() == 1 and back.panel.finished.citizen == who
    window.do("undo")  # and what was finished can be taken back
    settled(window)
    settled(window)
    assert window.context.acts.last is None
