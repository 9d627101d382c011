"""How the settings use their room: captions beside or above their controls, long words, columns, and small text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QRadioButton, QSlider

from progression.ui.kit.ticks import Choice, Tick
from progression.ui.settings.rule_table import cells
from progression.ui.settings.sections import BY_NAME, GROUPS


@pytest.fixture
def page(unlocked, settled):
    def open_(section, **preferences):
        window = unlocked(language="da", **preferences)
        window.resize(1280, 720)
        window.do(f"settings.{section}")
        settled(window)
        return window, window.shell.current()

    return open_


def middle(widget, inside):
    return widget.mapTo(inside, QPoint(0, 0)).y() + widget.height() / 2


def test_a_caption_stands_on_the_middle_of_its_control_and_above_it_where_there_is_no_room(page, settled):
    window, shown = page("look")
    section = shown.section("look")
    for key, control in (("language", section.language), ("percent", section.percent)):
        assert abs(middle(section._captions[key], section) - middle(control, section)) <= 2
        assert section._captions[key].x() + section._captions[key].width() < control.x()
    window.set_percent(200)
    settled(window)
    for key, control in (("language", section.language), ("percent", section.percent)):
        caption = section._captions[key]
        assert caption.mapTo(section, caption.rect().bottomLeft()).y() <= control.mapTo(section, QPoint(0, 0)).y()
        assert control.x() == caption.x()


@pytest.mark.parametrize("section", list(BY_NAME))
def test_no_section_is_wider_than_its_place_at_200_percent(page, settled, section):
    _window, shown = page(section, percent=200)
    part, area = shown.section(section), shown._areas[section]
    assert part.minimumSizeHint().width() <= part.maximumWidth(), "it would be taller than what stands in it"
    assert part.mapTo(area, part.rect().topRight()).x() <= area.width()


@pytest.mark.parametrize("section", list(BY_NAME))
def test_nothing_to_press_is_below_24_at_80_percent(page, section):
    _window, shown = page(section, percent=80)
    kinds = (QPushButton, QCheckBox, QRadioButton, QSlider)
    small = [
        (type(part).__name__, part.accessibleName(), part.size().toTuple())
        for kind in kinds
        for part in shown.section(section).findChildren(kind)
        if part.isVisible() and (part.height() < 24 or part.width() < 24)
    ]
    assert small == []


def test_the_names_of_groups_are_passed_over_by_keys(page, qtbot):
    _window, shown = page("look")
    shown.list.setFocus()
    seen = [shown.current]
    for _ in range(len(BY_NAME) + 2):
        qtbot.keyClick(shown.list, Qt.Key.Key_Down)
        seen.append(shown.current)
    assert list(dict.fromkeys(seen)) == list(BY_NAME)
    qtbot.keyClick(shown.list, Qt.Key.Key_Home)
    assert shown.current == next(iter(BY_NAME))
    names = [shown.list.item(row).text() for row in range(shown.list.count())]
    assert len(names) == len(BY_NAME) + len(GROUPS)
    assert names[0] == "Kun dig" and "Fælles for alle" in names and "Data" in names


def test_the_log_uses_the_height_there_is_and_two_columns_where_five_have_no_room(page, settled):
    window, shown = page("log")
    table = shown.section("log").table
    for _ in range(40):
        window.context.go("today")
        settled(window)
        if table.rowCount() > 20:
            break
        window.do("settings.log")
        settled(window)
    window.do("settings.log")
    settled(window)
    assert not table.isColumnHidden(1) and table.isColumnHidden(5)
    assert shown._areas["log"].verticalScrollBar().maximum() == 0, "only the table scrolls"
    low = table.height()
    window.resize(1280, 900)
    settled(window)
    assert low < table.height() <= shown._areas["log"].viewport().height()
    window.set_percent(200)
    settled(window)
    assert table.isColumnHidden(1) and not table.isColumnHidden(5)
    assert [table.horizontalHeaderItem(n).text() for n in (0, 5)] == ["Hvornår", "Hvem, hvad og hvorfor"]
    lead = shown.section("log")._lead
    assert str(table.rowCount()) in lead.text()
    window.set_percent(100)
    settled(window)
    assert not table.isColumnHidden(1) and table.isColumnHidden(5)


def test_only_the_table_of_the_log_scrolls_the_first_time_it_is_seen(unlocked, settled):
    window = unlocked(language="da")
    window.resize(1280, 720)
    for _ in range(30):
        window.context.go("today")
        settled(window)
        window.context.go("interventions")
        settled(window)
    window.do("settings.log")
    settled(window)
    shown = window.shell.current()
    table, area = shown.section("log").table, shown._areas["log"]
    assert table.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("language", ["da", "en"])
def test_dates_and_remarks_of_a_rule_stand_in_a_line_each_in_a_usual_window(page, settled, language):
    window, shown = page("duties")
    window.set_language(language)
    settled(window)
    table = shown.duty_rules.table
    remarks = [cells(window.context.words, rule)[1:] for rule in table._rules]
    shown_cells = {part.text(): part for part in table.findChildren(QLabel)}
    texts = {text for row in remarks for text in row if text}
    wide = [
        text for text in texts if shown_cells[text].width() < shown_cells[text].fontMetrics().horizontalAdvance(text)
    ]
    assert len(texts) > 3 and wide == []


def test_the_fields_of_a_passphrase_stand_where_their_button_stood(page, settled):
    window, shown = page("account")
    section = shown.section("account")
    left, top = section.new_passphrase.mapTo(section, QPoint(0, 0)).toTuple()
    section.new_passphrase.click()
    settled(window)
    fields, over = section.passphrase, section._over
    assert over.isVisible() and not section._captions["passphrase"].isVisible()
    assert fields.mapTo(section, QPoint(0, 0)).x() == left
    assert abs(fields.mapTo(section, QPoint(0, 0)).y() - top) <= 30, "no hole below the setting before"
    assert abs(over.mapTo(section, QPoint(0, 0)).y() - fields.mapTo(section, QPoint(0, 0)).y()) <= 4
    window.set_percent(200)
    settled(window)
    assert fields.mapTo(section, QPoint(0, 0)).x() == over.x() == 0
    assert fields.mapTo(section, QPoint(0, 0)).y() >= over.geometry().bottom()


# boxes and circles whose words wrap


@pytest.mark.parametrize("made", [Tick, Choice])
@pytest.mark.parametrize("percent", [80, 100, 200])
def test_long_words_of_a_box_go_on_with_the_next_line(look, qtbot, made, percent):
    look("light", percent)
    box = made()
    qtbot.addWidget(box)
    box.setText("Lad gennemsnittet for hver slags periode tælle med")
    assert box.heightForWidth(2000) == box.sizeHint().height() >= 24
    half = box.sizeHint().width() // 2 + 40
    assert box.heightForWidth(half) > box.heightForWidth(2000)
    assert box.minimumSizeHint().width() < half
    box.resize(half, box.heightForWidth(half))
    box.show()
    before = box.grab().toImage()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(half - 4, box.height() - 4))
    assert box.isChecked() and box.grab().toImage() != before
    below = range(box.heightForWidth(2000) + 2, box.height())
    ground = before.pixelColor(half - 1, 0)
    assert any(before.pixelColor(x, y) != ground for y in below for x in range(half)), "the last line is painted"


def test_a_box_that_cannot_be_ticked_looks_so(look, qtbot):
    look()
    box = Tick()
    qtbot.addWidget(box)
    box.setText("Uden navne")
    box.resize(box.sizeHint())
    enabled = box.grab().toImage()
    box.setEnabled(False)
    assert box.grab().toImage() != enabled


def test_a_list_of_columns_is_wider_than_lines_that_are_read(page, settled):
    window, shown = page("duties")
    window.resize(1920, 1080)
    settled(window)
    wide = shown.section("duties").width()
    window.do("settings.retention")
    settled(window)
    texts = [label.width() for label in shown.section("retention").findChildren(QLabel)]
    assert wide > 1000 and max(texts) <= 720


def test_the_fields_for_a_new_passphrase_take_the_place_of_their_button(page, settled):
    window, shown = page("account")
    section = shown.section("account")
    about = section._helps["passphrase"]
    assert about.isVisible() and section.new_passphrase.isVisible()
    section.change_passphrase()
    window.set_language("en")  # said again while they are open
    settled(window)
    assert not about.isVisible() and not section.new_passphrase.isVisible()
    panel = section.passphrase
    assert panel.height() >= panel.heightForWidth(panel.width()) and panel.width() <= 520
    panel.first.setText("kaffe sten lampe ko")
    panel.second.setText("kaffe")
    assert not panel._apart.isVisible()
    panel.second.setText("kaffe og")
    assert panel._apart.isVisible() and panel.second.accessibleDescription() == panel._apart.text()
    assert panel.meter.bars.level == 4 and panel.meter.bars.accessibleName() == "Very good."
    panel.cancel.click()
    assert about.isVisible() and section.new_passphrase.isVisible()


def test_an_example_its_caption_and_its_button_stand_on_one_middle(page):
    _window, shown = page("categories")
    section = shown.section("categories")
    lines = [middle(part, section) for part in (section.caption, section.example, section.take)]
    assert max(lines) - min(lines) <= 1
