"""*Indsatser*: what is in view, what filters and search leave, and starting, changing and ending by keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from caseload import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton

from progression.casework.values import Intervention
from progression.desk import interventions, vaults
from progression.ui import theme
from progression.ui.panels.intervention import AddIntervention, EndIntervention
from progression.ui.running import list as running_list
from progression.ui.running import rows as running_rows
from progression.ui.running.entry import Head
from progression.ui.running.offers import OfferPanel, ProviderPanel
from progression.ui.running.panel import RowPanel
from progression.words import Words


@pytest.fixture
def opened(unlocked, settled):
    """The page in a window on invented citizens, showing the whole team."""

    def open_(tab="team", **preferences):
        window = unlocked(**preferences)
        window.do("page.interventions")
        settled(window)
        page = window.shell.current()
        page.show_tab(tab)
        settled(window)
        return window, page

    return open_


def labels(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def test_ctrl_4_opens_it_and_the_rail_says_so(unlocked, settled, qtbot):
    window = unlocked()
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert window.shell.where[0] == "interventions"
    assert window.shell.rail.buttons["interventions"].isChecked()
    assert "Indsatser" in labels(window.shell.current())


def test_every_row_is_said_whole_and_stands_under_its_kind(opened):
    _window, page = opened()
    value = page.value
    assert value.running
    shown = {one.row for one in page.running.entries}
    assert shown <= set(value.running)
    w = Words("da")
    for entry in page.running.entries:
        assert entry.accessibleName() == running_rows.spoken(w, value, entry.row)
        assert entry.row.name in entry.accessibleName()
    order = [running_rows.BIP_ORDER.index(one.row.bip_type) for one in page.running.entries]
    assert order == sorted(order)


def test_chips_count_what_they_leave(opened):
    _window, page = opened()
    for one in running_rows.FILTERS:
        page.clear_filters()
        page.toggle(one.key)
        lists = running_rows.chosen(Words("da"), page.value, frozenset({one.key}), "")
        told = {"running": lists.running, "waiting": lists.waiting, "exempt": lists.exempt, "ahead": lists.ahead}
        assert page.chips[one.key].isChecked()
        assert len(told[one.section]) == running_rows.count(page.value, one)
        assert [key for key, rows in told.items() if rows is not None] == [one.section]


def test_the_search_finds_a_citizen_an_intervention_and_a_place(opened):
    _window, page = opened()
    row = page.value.running[0]
    for text in (row.name, row.intervention.provider, row.intervention.title):
        page.search.setText(text)
        found = [entry.row for entry in page.running.entries]
        assert row in found
    page.search.setText("findes ingen steder")
    assert page._empty.isVisible()
    page._empty.everything.click()
    assert page.running.entries
    assert page.search.text() == ""


def test_a_kind_is_folded_only_where_the_rows_would_not_fit(opened, monkeypatch):
    _window, page = opened()
    monkeypatch.setattr(running_list, "AT_FIRST", 2)
    monkeypatch.setattr(running_list, "SLACK", 1)
    value, room = page.value, {"px": 300}
    monkeypatch.setattr(page.running, "_room", lambda: room["px"])
    assert max(len(part) for _kind, part in running_rows.groups(value.running)) > 3

    def doors():
        return {one.text() for one in page.running.findChildren(QPushButton) if one.text()}

    page.running.fold()
    page.running.show_rows(Words("da"), value, value.running, False)
    assert "Vis alle" in doors()
    few = len(page.running.entries)
    assert few < len(value.running)
    for _kind, part in running_rows.groups(value.running):  # a link is not worth one row
        shown = sum(one.row in part for one in page.running.entries)
        assert shown in (len(part), 2)
        assert shown == 2 or len(part) == 3
    many = set()
    for px in range(320, 1400, 40):  # more of them, as far as there is room
        room["px"] = px
        page.running.fold()
        many.add(len(page.running.entries))
    assert any(few < n < len(value.running) for n in many)
    room["px"] = 9000  # as on a screen that stands on end
    page.running.fold()
    assert doors() == set()
    assert {one.row for one in page.running.entries} == set(value.running)
    room["px"] = 8990  # as a scroll bar takes of it
    page.running.fold()
    assert doors() == set()
    room["px"] = 300
    page.running.fold()
    assert "Vis alle" in doors()


def test_what_stands_there_stays_until_something_is_new(opened, settled):
    window, page = opened()
    rows, whole = page.running.entries, page.value
    window.do("page.today")
    settled(window)
    window.do("page.interventions")
    settled(window)
    assert page.value == whole
    assert page.running.entries is rows
    row = next(row for row in whole.running if row.begun and row.last != whole.today)
    page.context.run(interventions.end, row.intervention, whole.today, "")
    settled(window)
    assert page.running.entries is not rows
    assert all(one.row != row for one in page.running.entries)


def test_an_intervention_is_started_by_keyboard_and_what_was_typed_is_kept(opened, settled, qtbot):
    window, page = opened()
    before = len(page.value.running)
    row = page.running.entries[0]
    row.setFocus()
    named = row.accessibleName()
    page.start_one()
    panel = page.side.panel
    assert isinstance(panel, AddIntervention)
    assert panel.who.hasFocus()
    panel.who.setText("ingen hedder sådan")  # typing would open the list of names, which needs a screen
    qtbot.keyClicks(panel.title, "Butikken")
    panel.start.setText("31.02.2026")
    qtbot.keyClick(panel.who, Qt.Key.Key_Return)
    assert {key for key, one in panel.fields.items() if one.fault()} == {"citizen", "start"}
    assert (panel.who.text(), panel.title.text(), panel.start.text()) == (
        "ingen hedder sådan",
        "Butikken",
        "31.02.2026",
    )
    who, name, _number = page.value.citizens[0]
    panel.who.setText(name)
    panel.start.put(page.value.today)
    panel.send()
    settled(window)
    assert page.side.panel is None
    assert len(page.value.running) == before + 1
    assert any(r.intervention.title == "Butikken" and r.intervention.citizen == who for r in page.value.running)
    assert window.focusWidget().accessibleName() == named  # where one was before, though the rows are others
    assert window.focusWidget() in page.running.entries


def test_the_panel_is_called_as_its_button_and_proposes_the_citizen_of_the_row(opened, qtbot):
    _window, page = opened()
    row = page.running.entries[2].row
    page.running.entries[2].setFocus()
    qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    panel = page.side.panel
    assert panel.title_line.text() == panel.accessibleName() == page.start.text()
    assert panel.who.read() == (row.intervention.citizen, "")
    assert panel.who.selectedText() == panel.who.text()  # whoever means another just types
    page.side.close_panel()
    page.look_at(page.running.entries[4].row)
    page.start_one()
    assert page.side.panel.who.read()[0] == page.running.entries[4].row.intervention.citizen
    page.side.close_panel()
    page.beside.entries[0].setFocus()
    page.start_one()
    assert page.side.panel.who.text() == page.value.waiting[0].name
    page.side.close_panel()
    page.search.setFocus()
    page.start_one()
    assert page.side.panel.who.text() == ""


def test_the_row_the_panel_is_about_is_marked(opened):
    _window, page = opened()
    entry = page.running.entries[1]

    def ground():
        return entry.grab().toImage().pixelColor(1, entry.height() - 4)  # under the words, over the line

    before = ground()
    page.look_at(entry.row)
    assert ground() == theme.current().colour("accent-tint") != before
    page.side.close_panel()
    assert ground() == before


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_rows_stand_below_each_other_at_every_width(opened, settled, percent):
    window, page = opened("mine", percent=percent)
    for size in ((1280, 720), (1920, 1080), (1100, 700)):
        window.resize(*size)
        for panel in (True, False):
            page.start_one() if panel else page.side.close_panel()
            settled(window)
            rows = page.running.entries
            assert all(one.height() == one.high(page.running.width()) for one in rows), (size, panel)
            assert all(a.geometry().bottom() < b.y() for a, b in pairwise(rows)), (size, panel)
            assert page.running.height() > rows[-1].geometry().bottom(), (size, panel)


def test_the_days_of_a_row_are_drawn_at_every_width(opened):
    _window, page = opened()
    entry = next(one for one in page.running.entries if one.row.begun and not one.flagged)
    edge = theme.current().colour("bar-edge").rgb()
    for width in (1200, 632, 500, 300):
        entry.resize(width, entry.high(width))
        picture = entry.grab().toImage()
        shown = {picture.pixel(x, y) for x in range(width) for y in range(picture.height())}
        assert edge in shown, width


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_months_over_the_bars_do_not_collide(look, language):
    w = Words(language)
    for month in range(1, 13):
        today = date(2026, month, 23)
        first, last = running_rows.window(today)
        assert first.day == 1
        assert (last + timedelta(days=1)).day == 1
        assert first < today < last
        head = Head(w, today)
        for room in (124, 180, 300):
            metrics = QFontMetrics(theme.current().font("small"))
            placed = head.months(metrics, room)
            assert len(placed) >= 2
            for (x, text), (after, _text) in pairwise(placed):
                assert x + metrics.horizontalAdvance(text) < after
            assert placed[-1][0] + metrics.horizontalAdvance(placed[-1][1]) <= room


def test_where_nobody_is_yet_a_citizen_comes_first(open_window, settled, tmp_path):
    made = vaults.create(tmp_path / "vault", PASSPHRASE, account_name="Mette Holm Andersen", kdf=CHEAP)
    vaults.close(made.session, backup=False)
    window = open_window(tmp_path / "vault")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    window.do("page.interventions")
    settled(window)
    page = window.shell.current()
    assert page._empty.new.isVisible()
    assert not any(one.isVisible() for one in (page._empty.start, page.start, page.search))
    page.start_one()
    settled(window)
    assert page.side.panel is None
    assert window.shell.where[0] == "today"
    assert window.shell.page("today").adding.isVisible()


def test_a_refusal_by_the_desk_stands_at_its_field(opened, settled):
    window, page = opened()
    row = next(r for r in page.value.running if r.begun)
    page.start_one()
    panel = page.side.panel
    panel.who.setText(next(name for who, name, _ in page.value.citizens if who == row.intervention.citizen))
    panel.type.setCurrentIndex(panel.type.findData(row.intervention.type))
    panel.title.setText(row.intervention.title)
    panel.provider.setText(row.intervention.provider)
    panel.send()
    settled(window)
    assert page.side.panel is panel
    assert panel.fields["start"].fault()


def test_a_row_opens_what_can_be_done_and_esc_puts_it_away(opened, settled, qtbot):
    window, page = opened()
    entry = page.running.entries[0]
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    panel = page.side.panel
    assert isinstance(panel, RowPanel)
    assert panel.open_button.hasFocus()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert page.side.panel is None
    page.look_at(entry.row)
    page.side.panel.open_button.click()
    settled(window)
    assert window.shell.where == ("citizen", entry.row.intervention.citizen)


def test_changing_keeps_what_is_not_shown_and_ending_ends(opened, settled):
    window, page = opened()
    row = page.value.running[0]
    page._change(row)
    panel = page.side.panel
    panel.contact.setText("Ny kontakt")
    panel.send()
    settled(window)
    changed = next(r for r in page.value.running if r.intervention.id == row.intervention.id)
    assert changed.intervention.contact == "Ny kontakt"
    assert changed.intervention.planned_end == row.intervention.planned_end
    page._end(changed)
    ending = page.side.panel
    assert isinstance(ending, EndIntervention)
    ending.because.setText("Slut")
    ending.send()
    settled(window)
    ended = next(r for r in page.value.running if r.intervention.id == row.intervention.id)
    assert ended.intervention.end == page.value.today


def test_a_provider_in_use_is_not_deleted_and_the_panel_says_why(opened, settled):
    window, page = opened("providers")
    line = next(one for one in page.value.providers if one.running and one.provider.id)
    page.open_provider(line.provider)
    panel = page.side.panel
    assert isinstance(panel, ProviderPanel)
    panel.removed.emit(line.provider)
    settled(window)
    assert page.side.panel is panel
    assert line.provider.name in panel.message.text()


def test_an_offer_is_made_and_its_faults_are_marked(opened, settled):
    window, page = opened("offers")
    from progression.casework.values import Offer

    page.open_offer(Offer(""))
    panel = page.side.panel
    assert isinstance(panel, OfferPanel)
    panel.places.setText("mange")
    panel.send()
    assert {key for key, one in panel.fields.items() if one.fault()} == {"places"}
    panel.places.setText("7")
    panel.send()
    assert panel.fields["name"].fault()
    panel.name.setText("Værkstedet")
    panel.send()
    settled(window)
    assert page.side.panel is None
    made = next(one for one in page.value.offers if one.offer.name == "Værkstedet")
    assert (made.free, made.taken) == (7, 0)


def test_the_strategy_is_a_picture_with_the_same_words(opened):
    _window, page = opened("offers")
    picture = page.offers.picture
    assert picture is not None
    for one in page.value.categories.on(page.value.today):
        assert one.name["da"] in picture.accessibleDescription()
    for width in (300, 500, 900):
        assert picture.heightForWidth(width) > 100


@pytest.mark.parametrize("tab", ["mine", "team", "providers", "offers"])
@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_on_any_tab_with_a_panel_open(opened, settled, tab, percent):
    from test_ui_walk import check

    window, page = opened(tab, percent=percent, language="en" if tab == "team" else "da")
    check(window)
    page.start_one()
    settled(window)
    check(window)
    page.side.panel.unfold()
    settled(window)
    check(window)


def test_a_change_of_language_closes_the_panel_and_says_everything_anew(opened, settled):
    window, page = opened()
    page.start_one()
    window.set_language("en")
    settled(window)
    assert page.side.panel is None
    assert "Interventions" in labels(page)


def test_what_is_done_here_is_undone_and_done_again_by_name(opened, settled):
    window, page = opened()
    row = next(r for r in page.value.running if r.begun and r.intervention.end is None)
    acts = window.context.acts

    def now():
        found = [r.intervention for r in page.value.running if r.intervention.id == row.intervention.id]
        return found[0].end if found else "gone"

    page._end(row)
    page.side.panel.send()
    settled(window)
    assert now() == page.value.today
    assert page.undo_link.isVisible()
    assert page.undo_link.text().startswith("Fortryd: afslutning af")
    page.undo_link.click()
    settled(window)
    assert now() is None
    acts.redo()
    settled(window)
    assert now() == page.value.today
    acts.undo()
    settled(window)
    page.look_at(next(r for r in page.value.running if r.intervention.id == row.intervention.id))
    page.side.panel.withdraw_button.click()
    settled(window)
    assert now() == "gone"
    assert page.side.panel is None
    acts.undo()
    settled(window)
    assert now() is None


def test_a_provider_is_renamed_with_what_runs_there_and_retired(opened, settled):
    window, page = opened("providers")
    line = next(one for one in page.value.providers if one.running and one.provider.id)
    page.open_provider(line.provider)
    panel = page.side.panel
    panel.texts["name"].setText("Det nye sted")
    panel.end.setText("31.02.2026")
    panel.send()
    assert panel.fields["end"].fault()
    panel.end.put(page.value.today.replace(year=page.value.today.year - 1))
    panel.send()
    settled(window)
    moved = next(one for one in page.value.providers if one.provider.name == "Det nye sted")
    assert moved.running == line.running
    page.start_one()
    completer = page.side.panel.provider.completer()
    assert completer is None or "Det nye sted" not in completer.model().stringList()
    window.context.acts.undo()
    settled(window)
    assert line.provider.name in {one.provider.name for one in page.value.providers}


def test_a_retired_type_is_not_started_anew(opened, settled):
    from progression.desk import types

    window, page = opened()
    row = page.value.running[0]
    window.context.run(types.retire, row.intervention.type)
    settled(window)
    page.start_one()
    assert page.side.panel.type.findData(row.intervention.type) == -1
    page._change(next(r for r in page.value.running if r.intervention.id == row.intervention.id))
    assert page.side.panel.type.currentData() == row.intervention.type


def test_what_is_only_agreed_is_counted_so_that_the_kinds_add_up(opened, settled):
    window, page = opened("team")
    assert not any("mere aftalt" in text for text in labels(page.running))
    citizen = page.value.citizens[0][0]
    soon = page.value.today + timedelta(days=20)
    page.context.run(interventions.add, Intervention(citizen, "", "mentor", soon, title="Ny mentor"))
    settled(window)
    assert any(text.endswith(" borgere, 1 mere aftalt") for text in labels(page.running))
    page.toggle("agreed")
    settled(window)
    assert "1 aftalt" in labels(page.running)
    page.clear_filters()
    page.toggle("running")
    settled(window)
    assert not any("aftalt" in text for text in labels(page.running))
