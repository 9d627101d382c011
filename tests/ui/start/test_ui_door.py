"""Before anything is open: what this is, how far one has come, and no empty strip below it."""

from __future__ import annotations

import itertools

import pytest
from caseload import PASSPHRASE
from PySide6.QtCore import Qt

from progression.charts.tokens import THEMES
from progression.ui.start.option_card import OptionCard


def test_enter_goes_on_from_the_first_screen(open_window, tmp_path, qtbot):
    window = open_window(tmp_path / "data" / "vault", language="da")
    start = window.start
    qtbot.waitUntil(start.language.primary.hasFocus)
    qtbot.keyClick(start.language.primary, Qt.Key.Key_Return)
    assert start.current() is start.account


def test_the_panel_says_how_far_one_has_come(open_window, tmp_path):
    window = open_window(tmp_path / "data" / "vault", language="da")
    assert window.start.progress.accessibleName() == "Trin 1 af 3: Sprog"
    window.start.show_step(window.start.key)
    assert window.start.progress.accessibleName() == "Trin 2 af 3: Adgangssætning og gendannelsesnøgle"


def test_without_room_the_panel_folds_into_the_page(open_window, tmp_path):
    window = open_window(tmp_path / "data" / "vault", size=(760, 600))
    assert window.start.panel.isHidden()
    assert all(part.isVisible() for part in window.start.narrow)
    window.resize(1440, 900)
    assert not window.start.panel.isHidden()
    assert not any(part.isVisible() for part in window.start.narrow)


def test_no_empty_strip_before_the_door(open_window, demo_vault, settled):
    window = open_window(demo_vault, language="da")
    assert not window.status._line.isVisible()
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.status._line.isVisible()
    window.lock()
    settled(window)
    assert not window.status._line.isVisible()


def test_the_door_knows_who_was_here_until_another_database_is_chosen(open_window, demo_vault, settled, tmp_path):
    window = open_window(demo_vault, language="da")
    assert not window.unlock.demo.isVisible()
    assert str(demo_vault) not in window.unlock.who.text() and window.unlock.who.toolTip() == str(demo_vault)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    who = window.shell.rail.window().status._who.text().split(" · ")[0]
    window.lock_with_system()
    settled(window)
    assert window.unlock.who.text() == who
    assert window.unlock.place_text.text().startswith("Sundvig Kommune ·")
    assert window.unlock.demo.isVisible() and window.unlock.demo.text() == "Demo – opdigtede borgere"
    window.set_language("en")
    assert window.unlock.demo.text() == "Demo – invented citizens"
    window.unlock.show_for(tmp_path / "other" / "vault")
    assert window.unlock.who.text() == "The database in other › vault"
    assert not window.unlock.demo.isVisible() and window.unlock.place_text.text() == ""


def test_a_wrong_passphrase_is_told_below_the_field_and_can_be_typed_again(open_window, demo_vault, settled):
    window = open_window(demo_vault, language="da")
    page = window.unlock
    page._show.setChecked(True)
    assert page.secret.echoMode() == page.secret.EchoMode.Normal
    page.secret.setText("noget helt forkert")
    page.submit()
    settled(window)
    assert page._fault.isVisible() and page.secret.accessibleDescription() == page._fault.text()
    assert page.secret.hasFocus() and page.secret.hasSelectedText()
    page.secret.setText(PASSPHRASE)
    page.submit()
    settled(window)
    window.lock()
    settled(window)
    assert not page._show.isChecked() and page.secret.echoMode() == page.secret.EchoMode.Password
    assert page.secret.text() == "" and not page._fault.isVisible()


def test_asked_for_the_recovery_key_the_page_says_so(open_window, demo_vault):
    window = open_window(demo_vault, language="en")
    window.unlock.use_recovery(True)
    assert "recovery key" in window.unlock._line.text() and not window.unlock._show.isVisible()
    window.unlock.use_recovery(False)
    assert "passphrase" in window.unlock._line.text() and window.unlock._show.isVisible()


@pytest.mark.parametrize("size", [(1280, 720), (1600, 900), (1920, 1080)])
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_word_of_the_panel_stands_alone_on_a_line(open_window, tmp_path, settled, language, size):
    window = open_window(tmp_path / "data" / "vault", language=language, size=size)
    settled(window)
    for label in (window.start._what, window.start._kept):
        metrics, wide, lines = label.fontMetrics(), label.contentsRect().width(), [""]
        for word in label.text().split():
            longer = f"{lines[-1]} {word}".strip()
            lines = [*lines[:-1], longer] if metrics.horizontalAdvance(longer) <= wide else [*lines, word]
        assert len(lines) * metrics.height() <= label.height() + 2, (lines, label.height())  # as it is laid out
        assert len(lines) == 1 or len(lines[-1].split()) > 1, lines


def test_a_way_to_go_on_that_is_off_looks_so(look, qtbot):
    card = OptionCard("eye", invented=True)
    qtbot.addWidget(card)
    card.say("Se på demoen", "En opdigtet kommune")
    card.resize(520, 68)
    for name in THEMES:
        look(name)
        seen = {}
        for on in (True, False):
            card.setEnabled(on)
            picture = card.grab().toImage()
            places = itertools.product(range(picture.width()), range(picture.height()))
            seen[on] = {picture.pixelColor(x, y).name() for x, y in places}
        own = {THEMES[name]["accent"], THEMES[name]["wait-solid"]}
        assert own <= seen[True] and not own & seen[False]


def test_the_picture_gives_way_to_what_is_said(open_window, tmp_path):
    window = open_window(tmp_path / "data" / "vault", size=(1280, 720))
    assert window.start.picture.isVisible()
    window.resize(1280, 520)
    assert not window.start.picture.isVisible() and window.start.progress.isVisible()


def test_the_mark_follows_the_theme_and_the_window_has_it(look, qtbot):
    from progression.ui import mark

    sharp = {name: look(name) and mark.picture(64).toImage() for name in ("light", "dark", "contrast")}
    assert sharp["light"].pixelColor(32, 4).name() == "#0059b3"
    assert len({image.pixelColor(32, 4).name() for image in sharp.values()}) == 3
    assert {size.width() for size in mark.window_icon().availableSizes()} == set(mark.ICON_SIZES)


def test_copying_the_key_is_answered_on_the_button(open_window, tmp_path):
    window = open_window(tmp_path / "data" / "vault", language="da")
    start = window.start
    start.key.show_key("AAAAA-BBBBB")
    start.show_step(start.key)
    start.key.copy.click()
    assert start.key.copy.text() == "Nøglen er kopieret"
    start.key.forget()


def test_a_new_database_says_when_it_is_backed_up(open_window, demo_vault, settled):
    window = open_window(demo_vault, language="da")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    assert window.status._backup.text() == "Første sikkerhedskopi tages, når du lukker"


def test_the_recovery_key_leads_to_a_new_passphrase(open_window, tmp_path, settled):
    from caseload import CHEAP

    from progression.desk import vaults

    folder = tmp_path / "vault"
    made = vaults.create(folder, PASSPHRASE, account_name="Mette", kdf=CHEAP)
    vaults.close(made.session, backup=False)
    window = open_window(folder, language="da")
    window.unlock.use_recovery(True)
    window.unlock.secret.setText(made.recovery_key.lower())
    window.unlock.submit()
    settled(window)
    assert window.shell.where[0] == "settings"
    panel = window.shell.current().passphrase
    assert panel.isVisible() and panel.current.isHidden()
    panel.first.setText("fire nye gode ord")
    panel.second.setText("fire nye gode ord")
    panel.save_button.click()
    settled(window)
    assert panel.isHidden()
    again = window.shell.current().section("account")
    assert again.new_passphrase.isVisible()


def test_the_window_is_painted_with_its_rows_and_not_before(open_window, demo_vault, settled, qtbot, monkeypatch):
    import threading

    from progression.desk import today
    from progression.ui.window import main

    goes_on, reading = threading.Event(), today.first
    monkeypatch.setattr(main, "EMPTY_AFTER", 60_000)  # however slow the machine is
    monkeypatch.setattr(today, "first", lambda *asked: goes_on.wait(20) and reading(*asked))
    window = open_window(demo_vault, language="da")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.shell is not None and window.context.session is not None)
    assert not window.updatesEnabled()
    assert window.shell.pages["today"].value is None
    goes_on.set()
    qtbot.waitUntil(window.updatesEnabled)
    assert window.shell.pages["today"].value.rows
    settled(window)


def test_a_page_slow_to_read_is_painted_empty_after_a_moment(open_window, demo_vault, settled, qtbot, monkeypatch):
    import threading

    from progression.desk import today

    goes_on, reading = threading.Event(), today.first
    monkeypatch.setattr(today, "first", lambda *asked: goes_on.wait(20) and reading(*asked))
    window = open_window(demo_vault, language="da")
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    qtbot.waitUntil(lambda: window.context.session is not None)
    qtbot.waitUntil(window.updatesEnabled)
    assert window.shell.pages["today"].value is None
    goes_on.set()
    settled(window)
    assert window.shell.pages["today"].value.rows


def test_the_band_of_the_demo_is_whole_in_a_low_window_with_large_text(open_window, demo_vault, settled):
    from progression.errors import KnownError

    window = open_window(demo_vault, language="da", size=(1280, 720), percent=200)
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.submit()
    settled(window)
    window.say_error(KnownError("disk.full", folder="Progression"))
    settled(window)
    rail = window.shell.rail
    assert rail.demo.height() >= rail.demo.heightForWidth(rail.demo.width())
    shown = [part for part in (rail.demo, rail.finder, *rail.buttons.values()) if part.isVisible()]
    tops = [(part.mapTo(rail, part.rect().topLeft()).y(), part.height()) for part in shown]
    assert all(y + high <= below for (y, high), (below, _high) in itertools.pairwise(tops)), "nothing overlaps"
    assert tops[-1][0] + tops[-1][1] <= rail.height()
