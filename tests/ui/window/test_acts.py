"""Undo and redo of everything, by name: one list of acts for the whole window."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from caseload import PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from progression.casework.values import Citizen, Intervention, Note, Person, PlanItem
from progression.desk import accounts, citizens, duty_rules, files, interventions, notes, people, plan, settings, undo
from progression.desk.session import Changes
from progression.errors import KnownError
from progression.store import queries
from progression.ui.acts import MOST

KINDS = [f"{noun}.set" for noun in ("citizen", "note", "plan", "person", "intervention", "setting", "assessment")]
KINDS.append("rules.installed")


@pytest.fixture
def inside(unlocked, settled):
    """A window, and do(operation, *values) that waits for what came of it."""
    window = unlocked(language="da")

    def do(operation, *values, **named):
        got = []
        window.context.run(operation, *values, done=got.append, **named)
        settled(window)
        return got[0] if got else None

    return window, do


def facts(session):
    """What is in force: every effective fact as it is written, whatever its event."""
    sql = (
        "SELECT kind, citizen, body FROM event e WHERE body IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM replaced r WHERE r.event = e.id)"
    )
    rows = session.vault.rows(sql)
    return sorted((k, c or "", b) for k, c, b in rows if '"withdrawn":true' not in b and k in KINDS)


def press(window, settled, keys="Ctrl+Z", times=1):
    for _ in range(times):
        window.do({"Ctrl+Z": "undo", "Ctrl+Y": "redo"}[keys])
        settled(window)
        settled(window)


def who(window):
    return window.shell.page("today").value.rows[0].citizen


# one act


def test_what_was_done_on_one_page_is_undone_on_another_by_name(inside, settled):
    window, do = inside
    today = window.context.today
    do(notes.add, Note(who(window), today, "small_step", text="Gik en tur"), undo="lille skridt")
    window.do("page.settings")
    settled(window)
    press(window, settled)
    assert window.status._message.text() == "Fortrudt: lille skridt"
    assert not [one for one in do(queries_of("notes")) if one.text == "Gik en tur"]
    press(window, settled, "Ctrl+Y")
    assert window.status._message.text() == "Udført igen: lille skridt"
    assert [one for one in do(queries_of("notes")) if one.text == "Gik en tur"]


def queries_of(name):
    return lambda session: getattr(queries, name)(session.vault)


def test_an_act_that_nobody_named_is_called_by_what_it_changed(inside, settled):
    window, do = inside
    do(citizens.add, Citizen("", "", name="Ny Borger"))
    assert window.context.acts.last.said(window.context.words) == "borgeren"
    press(window, settled)
    assert "Ny Borger" not in {one.name for one in do(citizens.listing)}


def test_with_nothing_to_undo_it_says_so(inside, settled):
    window, _do = inside
    press(window, settled)
    assert window.status._message.text() == "Der er intet at fortryde."
    press(window, settled, "Ctrl+Y")
    assert window.status._message.text() == "Der er intet at gentage."


def test_something_new_ends_what_could_be_done_again(inside, settled):
    window, do = inside
    do(settings.put, "a", 1)
    press(window, settled)
    assert window.context.acts.next is not None
    do(settings.put, "b", 2)
    assert window.context.acts.next is None


def test_keys_reach_the_window_from_any_page(inside, settled, qtbot):
    window, do = inside
    for page in ("today", "week", "interventions", "team", "settings"):
        do(settings.put, "a", page)
        window.do(f"page.{page}")
        settled(window)
        target = window.focusWidget() or window
        if isinstance(target, QLineEdit):
            target = window.shell.current()
        both = Qt.KeyboardModifier.ControlModifier
        qtbot.keyClick(target, Qt.Key.Key_Z, both)
        settled(window)
        assert window.context.acts.last is None, page
        qtbot.keyClick(target, Qt.Key.Key_Z, both | Qt.KeyboardModifier.ShiftModifier)
        settled(window)
        assert window.context.acts.last is not None, page
        qtbot.keyClick(target, Qt.Key.Key_Z, both)
        settled(window)
        qtbot.keyClick(target, Qt.Key.Key_Y, both)
        settled(window)
        assert window.context.acts.last is not None, page
        press(window, settled)


def test_an_import_is_one_act(inside, settled, tmp_path):
    window, do = inside
    before = do(facts)
    folder = tmp_path / "in"
    folder.mkdir()
    lines = "\n".join(f"N{n},Borger {n}" for n in range(40))
    (folder / "citizens.csv").write_text("citizen_id,name\n" + lines, "utf-8")
    do(files.import_files, folder)
    assert window.context.acts.last.said(window.context.words) == "indlæsningen"
    with_them = do(facts)
    assert len(with_them) == len(before) + 40
    press(window, settled)
    assert do(facts) == before
    press(window, settled, "Ctrl+Y")
    assert do(facts) == with_them


def test_looking_at_an_import_first_is_no_act(inside, settled, tmp_path):
    window, do = inside
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "citizens.csv").write_text("citizen_id,name\nN1,Borger", "utf-8")
    do(files.import_files, folder, dry_run=True)
    assert window.context.acts.last is None


def test_rules_back_to_standard_and_again(inside, settled):
    window, do = inside
    do(duty_rules.install_shipped, "halsnaes", undo="reglerne")
    installed = do(duty_rules.standing).texts
    press(window, settled)
    assert not do(duty_rules.standing).edited
    press(window, settled, "Ctrl+Y")
    assert do(duty_rules.standing).texts == installed


def test_which_colleague_one_is_can_be_undone(inside, settled):
    window, do = inside
    page = do(accounts.page)
    other = next(key for key in page.colleagues if key != page.own.person)
    do(accounts.tie, page.own.id, other)
    assert do(accounts.page).own.person == other
    press(window, settled)
    assert do(accounts.page).own.person == page.own.person


def test_nobody_can_be_made_a_colleague_who_is_none(inside):
    window, do = inside
    do(accounts.tie, window.context.session.vault.account.id, "nobody")
    assert window.status.error


# the window's own choices


def test_the_look_is_undone_like_everything_else(inside, settled):
    window, _do = inside
    window.set_theme("dark")
    window.do("larger")
    window.do("larger")
    assert window.preferences.percent == 120
    press(window, settled)
    assert window.preferences.percent == 100  # pressing it again and again was one act
    press(window, settled)
    assert window.preferences.theme == "light"
    press(window, settled, "Ctrl+Y", 2)
    assert (window.preferences.theme, window.preferences.percent) == ("dark", 120)


def test_the_language_is_undone_and_said_in_the_language_in_force(inside, settled):
    window, do = inside
    do(settings.put, "a", 1)
    window.set_language("en")
    settled(window)
    assert window.context.acts.last.said(window.context.words) == "the language"
    press(window, settled)
    assert window.preferences.language == "da"
    assert window.context.acts.last.said(window.context.words) == "indstillingen"


def test_before_unlocking_there_is_nothing_to_remember(open_window, demo_vault):
    window = open_window(demo_vault)
    window.set_theme("dark")
    assert window.context.acts.last is None


# limits and refusals


def test_no_more_than_fifty(inside, settled):
    window, do = inside
    for n in range(MOST + 5):
        window.context.run(settings.put, "a", n)
    settled(window)
    press(window, settled, times=MOST)
    assert window.context.acts.last is None
    assert do(settings.get, "a") == 4


def test_locking_by_another_account_forgets(inside, settled):
    window, do = inside
    do(settings.put, "a", 1)
    window.lock()
    settled(window)
    window.context.acts.take_up(("another vault", "another account"))
    assert window.context.acts.last is None


def test_a_colleague_who_changed_it_since_is_named_and_earlier_acts_stay(inside, settled, tmp_path):
    window, do = inside
    today = window.context.today
    do(settings.put, "a", 1)
    do(notes.add, Note(who(window), today, "small_step", text="Gik en tur"), undo="lille skridt")
    note = next(one for one in do(queries_of("notes")) if one.text == "Gik en tur")
    window.context.run(notes.change, replace(note, text="Gik langt"), record=False)  # as if from another device
    settled(window)
    press(window, settled)
    assert window.context.account in window.status.error and "Intet er fortrudt" in window.status.error
    assert window.context.acts.last.kinds >= {"setting"}  # what was done before it can still be undone
    press(window, settled)
    assert do(settings.get, "a") is None


def test_a_disk_that_is_full_is_no_reason_to_forget(inside, settled, monkeypatch):
    window, do = inside
    do(settings.put, "a", 1)

    def full(*_args):
        raise KnownError("disk.full", folder="x")

    monkeypatch.setattr(undo, "take_back", full)
    press(window, settled)
    assert window.status.error
    monkeypatch.undo()
    press(window, settled)
    assert do(settings.get, "a") is None


def test_the_key_held_down_undoes_in_order(inside, settled):
    window, do = inside
    for n in range(5):
        window.context.run(settings.put, "a", n)
    for _ in range(5):  # before any of it is saved
        window.do("undo")
    settled(window)
    settled(window)
    assert do(settings.get, "a") is None
    assert window.context.acts.last is None


# rows that are not finished


def test_rows_of_a_sheet_are_undone_and_done_again_by_name(inside, settled):
    window, do = inside
    do(settings.put, "a", 1)
    window.context.go("conversation", who(window))
    settled(window)
    page = window.shell.current()
    sheet = page.sheet
    code = page.state.rows[0].code
    sheet._score(4)
    name = window.context.words.pick(page.state.sheet.scale.indicator(code).name)
    assert page.undo_name() == f"score {name}"
    press(window, settled)
    assert page.state.answer(code) is None
    assert window.status._message.text() == f"Fortrudt: score {name}"
    press(window, settled, "Ctrl+Y")
    assert page.state.answer(code) == 4
    press(window, settled, times=3)
    assert do(settings.get, "a") == 1  # nothing that was done elsewhere
    sheet._score(2)
    assert page.state.redo() is None


def test_a_finished_assessment_is_an_act(inside, settled):
    window, do = inside
    window.context.go("conversation", who(window))
    settled(window)
    before = len(do(queries_of("assessments")))
    window.shell.current().sheet._score(4)
    window.shell.current().finish()
    settled(window)
    assert len(do(queries_of("assessments"))) == before + 1
    press(window, settled)
    assert len(do(queries_of("assessments"))) == before
    press(window, settled, "Ctrl+Y")
    assert len(do(queries_of("assessments"))) == before + 1


# any acts at all


class Doing:
    """Random acts of many kinds on one vault."""

    def __init__(self, window, do, seed):
        self.chance, self.do, self.window = random.Random(seed), do, window
        self.citizen = who(window)
        self.today = window.context.today
        self.n = 0

    def one(self):
        self.n += 1
        self.chance.choice([self.note, self.change_note, self.withdraw_note, self.goal, self.person, self.setting,
                            self.intervention, self.citizen_changed, self.rules, self.nobody])()  # fmt: skip

    def notes(self):
        return [one for one in self.do(queries_of("notes")) if one.citizen == self.citizen and one.text.startswith("#")]

    def note(self):
        self.do(notes.add, Note(self.citizen, self.today, "small_step", text=f"#{self.n}"))

    def change_note(self):
        if found := self.notes():
            self.do(notes.change, replace(self.chance.choice(found), text=f"#{self.n} rettet"))

    def withdraw_note(self):
        if found := self.notes():
            self.do(notes.withdraw, self.chance.choice(found))

    def goal(self):
        self.do(
            plan.put,
            PlanItem(self.citizen, self.today, agreement=f"Aftale {self.n}", kind="agreement", id=f"g{self.n}"),
        )

    def person(self):
        self.do(people.save, Person(f"p{self.n}", f"Kollega {self.n}"))

    def setting(self):
        self.do(settings.put, self.chance.choice("abc"), self.n)

    def intervention(self):
        day = self.today - timedelta(days=self.chance.randrange(9))
        codes = sorted(self.do(interventions.types))
        code = codes[self.n % len(codes)]  # each once: a type that runs is not started a second time
        self.do(interventions.add, Intervention(self.citizen, f"i{self.n}", code, day))

    def citizen_changed(self):
        known = self.do(lambda s: queries.citizen(s.vault, self.citizen))
        self.do(citizens.change, replace(known, phone=f"{self.n:08d}"))

    def rules(self):
        self.do(duty_rules.install_shipped, self.chance.choice(["halsnaes", "horsens"]))

    def nobody(self):
        self.do(citizens.add, Citizen("", "", name=f"Borger {self.n}"))


@pytest.mark.parametrize("seed", range(4))
def test_all_undone_and_all_done_again_leaves_what_was(inside, settled, seed):
    window, do = inside
    first = do(facts)
    doing = Doing(window, do, seed)
    stands = [first]
    for _ in range(14):
        before = window.context.acts.last
        doing.one()
        if window.context.acts.last is not before:
            stands.append(do(facts))
    assert window.status.error == ""
    assert len(stands) > 6
    for expected in reversed(stands[:-1]):
        press(window, settled)
        assert do(facts) == expected
    assert window.context.acts.last is None
    for expected in stands[1:]:
        press(window, settled, "Ctrl+Y")
        assert do(facts) == expected
    for _ in stands[1:]:  # and once more: what was done again is undone again
        press(window, settled)
    assert do(facts) == first
    assert window.status.error == ""


def test_changes_without_events_are_no_act(inside):
    window, _do = inside
    window.context.acts.did("x", Changes(frozenset({"draft"})))
    assert window.context.acts.last is None


def test_the_passphrase_opens_what_the_acts_came_from(inside, settled):
    """Undone acts are events: the vault still verifies after locking and unlocking."""
    window, do = inside
    do(settings.put, "a", 1)
    press(window, settled)
    press(window, settled, "Ctrl+Y")
    window.lock()
    settled(window)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert do(settings.get, "a") == 1
