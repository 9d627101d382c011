"""What lies half done stands in *I dag*: in the row, in the side list, with a way to go on. Also after a crash."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import caseload
import pytest
from caseload import PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from progression.desk import agreeing, conversations, today
from progression.desk.pages import Begun
from progression.ui.kit.items import Entry
from progression.ui.today import rows as today_rows
from progression.ui.today.side import SidePanel, begun
from progression.words import Words

DA, EN = Words("da"), Words("en")


def page_with(*given: Begun):
    value = caseload.page()
    rows = tuple(replace(row, begun=one) for row, one in zip(value.rows, given, strict=False))
    return replace(value, rows=(*rows, *value.rows[len(given) :]))


@pytest.mark.parametrize(
    ("half", "danish", "english"),
    [
        (Begun("caseworker", 3, 11), "Påbegyndt vurdering, 3 af 11", "Assessment begun, 3 of 11"),
        (Begun("citizen", 4, 9), "Borgerens svar er påbegyndt, 4 af 9", "The citizen's answers begun, 4 of 9"),
        (Begun(agreements=True), "Aftaler, der ikke er i Min Plan endnu", "Agreements not in My Plan yet"),
        (
            Begun("caseworker", 3, 11, agreements=True),
            "Påbegyndt vurdering, 3 af 11. Aftaler, der ikke er i Min Plan endnu",
            "Assessment begun, 3 of 11. Agreements not in My Plan yet",
        ),
    ],
)
def test_it_is_said_in_the_row_and_counted_as_waiting(half, danish, english):
    value = page_with(half)
    row = value.rows[0]
    assert today_rows.who(DA, row, value).second.splitlines()[0] == danish
    assert today_rows.begun(EN, row) == english
    waits = next(one for one in today_rows.FILTERS if one.key == "waits")
    assert waits.test(replace(row, flag=None, duty=None), value.today)
    assert not waits.test(replace(row, flag=None, duty=None, begun=None), value.today)


def test_the_list_holds_those_and_nobody_else():
    value = page_with(Begun("caseworker", 3, 11))
    assert [(one.citizen, one.below) for one in begun(DA, value)] == [
        (value.rows[0].citizen, "Påbegyndt vurdering, 3 af 11")
    ]
    assert begun(DA, caseload.page()) == []


def test_one_goes_on_from_the_list(look, qtbot):
    value = page_with(Begun("caseworker", 3, 11))
    side, went = SidePanel(), []
    qtbot.addWidget(side)
    side.resumed.connect(lambda citizen, _name: went.append(citizen))
    side.show_page(DA, value)
    side.show()
    assert "Påbegyndt og ikke afsluttet" in [one.text() for one in side.findChildren(QLabel)]
    entry = next(one for one in side.findChildren(Entry) if one.below.startswith("Påbegyndt"))
    qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert went == [value.rows[0].citizen]


def test_a_conversation_that_is_held_waits_no_more(look, qtbot):
    side = SidePanel()
    qtbot.addWidget(side)
    side.show_page(DA, caseload.page())
    said = [one.text() for one in side.findChildren(QLabel)]
    assert said.index("Samtaler i dag") < said.index("Overstået i dag")
    entries = [one.title for one in side.findChildren(Entry)]
    assert entries.index("Karsten Bøgh Mikkelsen") < entries.index("Nadja Petrović") == len(entries) - 1


def test_after_a_crash_the_first_page_says_what_lies_half_done(unlocked, settled, open_window, demo_vault, qtbot):
    window = unlocked(language="da")
    page = window.shell.current()
    page.whose.setCurrentIndex(page.whose.findData(""))
    page.refresh()
    settled(window)
    first, second = page.value.rows[:2]
    day = max(first.last_assessed or page.value.today, dt.date(2020, 1, 1))
    answers = {"netvaerk": 3, "koncentration": 2}
    window.context.run(conversations.keep, first.citizen, "caseworker", "bip", page.value.today, "", answers, {}, "")
    window.context.run(agreeing.keep, second.citizen, {"rows": [["Ring", "", ""]], "talk": []}, second.last_assessed)
    settled(window)
    window.close()  # nothing was finished, nothing put in the plan
    again = open_window(demo_vault, language="da")
    again.unlock.secret.setText(PASSPHRASE)
    again.unlock.submit()
    settled(again)
    page = again.shell.current()
    page.whose.setCurrentIndex(page.whose.findData(""))
    page.refresh()
    settled(again)
    found = {row.citizen: row.begun for row in page.value.rows if row.begun is not None}
    assert found == {first.citizen: Begun("caseworker", 2, 11), second.citizen: Begun(agreements=True)}
    entry = next(one for one in page.side.findChildren(Entry) if one.below == "Aftaler, der ikke er i Min Plan endnu")
    entry.click()
    settled(again)
    assert again.shell.where == ("conversation", second.citizen)
    shown = again.shell.current()
    assert shown.panel.isVisible() and shown.panel.agree.rows[0].what.text() == "Ring"
    assert shown.panel.finished.day == second.last_assessed and day


def test_the_caseworkers_own_draft_stands_before_the_citizens(unlocked, settled):
    window = unlocked(language="da")
    page = window.shell.current()
    who = page.value.rows[0].citizen
    for rater, many in (("citizen", 4), ("caseworker", 2)):
        codes = [i.code for i in page.value.rows[0].scale.rated_by(rater)][:many]
        window.context.run(conversations.keep, who, rater, "bip", page.value.today, "", dict.fromkeys(codes, 3), {}, "")
    asked = []
    window.context.run(today.page, "", done=asked.append)
    settled(window)
    assert next(row.begun for row in asked[0].rows if row.citizen == who) == Begun("caseworker", 2, 11)


def test_a_number_that_fails_the_check_digit_is_doubted_and_saved(unlocked, settled, qtbot):
    window = unlocked(language="da")
    page = window.shell.current()
    page.add_citizen()
    panel = page.adding
    panel.fields["name"].setText("Åse Ny")
    panel.fields["cpr"].setFocus()
    qtbot.keyClicks(panel.fields["cpr"], "140680123")
    assert not panel._doubt.isVisible()
    qtbot.keyClicks(panel.fields["cpr"], "4")
    assert panel._doubt.isVisible() and "modulus 11" in panel._doubt.text()
    assert panel.fields["cpr"].accessibleDescription() == panel._doubt.text()
    window.set_language("en")
    assert panel._doubt.text().startswith("The CPR number does not meet modulus 11.")
    panel.save()
    settled(window)
    assert window.shell.where[0] == "citizen"  # a doubt refuses nothing


def test_a_citizen_with_nothing_but_a_draft_is_gone_on_with(unlocked, settled):
    window = unlocked(language="da")
    page = window.shell.current()
    page.add_citizen()
    page.adding.fields["name"].setText("Åse Ny")
    page.adding.save()
    settled(window)
    who = window.shell.where[1]
    middle = window.shell.current().findChildren(QAbstractButton)
    assert [one.text() for one in middle if one.isVisible()].count("Start samtalen") >= 1
    answers = {"netvaerk": 3, "koncentration": 2, "maalrettethed": 2}
    window.context.run(conversations.keep, who, "caseworker", "bip", page.value.today, "", answers, {}, "")
    settled(window)
    window.shell.go("citizen", who)
    settled(window)
    shown = [one.text() for one in window.shell.current().findChildren(QAbstractButton) if one.isVisible()]
    assert "Start samtalen" not in shown and shown.count("Fortsæt samtalen, 3 af 11") == 2


def test_the_figure_of_the_whole_scale_says_whose_it_is(look):
    from progression.ui.today.table import COLUMNS, TodayModel

    model = TodayModel()
    model.show_rows(None, [], DA)
    place = [name for name, _text in COLUMNS].index("spark")
    said = model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert said == "Niveauet, som svarene fra sagsbehandler og borger viser det tilsammen"


def test_back_in_the_list_the_row_says_so_at_once(unlocked, settled, qtbot):
    window = unlocked(language="da")
    page = window.shell.current()
    who = page.value.rows[0].citizen
    window.shell.go("conversation", who)
    settled(window)
    sheet = window.shell.current().sheet
    for key in (Qt.Key.Key_3, Qt.Key.Key_2):
        qtbot.keyClick(sheet.rows[sheet.state.row], key)
    settled(window)
    window.do("page.today")
    settled(window)
    assert next(row.begun for row in page.value.rows if row.citizen == who) == Begun("caseworker", 2, 11)
