"""*Rapporter*: the report to the team by team and whole months, from the page *Team* too; letters a batch lacks."""

from __future__ import annotations

import pytest
from test_reports_page import about, ask, batch, log, page, somebody, through  # noqa: F401 - fixtures

from progression.casework import report_period
from progression.casework.values import Citizen
from progression.desk import citizens, team_subject
from progression.ui.reports import link as report_link
from progression.ui.reports.preview import AT_FIRST


def of_team(shown, settled):
    shown.choice.choose_kind("team")
    settled(shown.window())
    return shown


def words_of(shown):
    return " ".join(shown.preview.pages.text(n) for n in range(len(shown.preview.pages)))


def test_everybody_and_each_team_can_be_chosen(page, settled):  # noqa: F811
    shown = of_team(page(), settled)
    loads = shown.choice.loads
    assert loads.isVisible() and shown.choice.periods.isVisible() and not shown.choice.finder.isVisible()
    listed = [loads.itemText(n) for n in range(loads.count())]
    assert listed[-1].startswith("All teams (") and len(listed) >= 2
    assert team_subject.team_of(shown.made.subject) == shown.made.name != ""
    loads.setCurrentIndex(loads.count() - 1)
    loads.activated.emit(loads.count() - 1)
    settled(shown.window())
    assert shown.made.name == "" and "All teams" in words_of(shown)
    assert shown.preview.area.accessibleName() == "To the team: All teams"


def test_the_period_is_chosen_and_is_over(page, settled):  # noqa: F811
    shown = of_team(page(), settled)
    periods, today = shown.choice.periods, shown.context.today
    assert [periods.itemData(n) for n in range(periods.count())] == list(report_period.offered(today))
    assert periods.currentText() == "12 whole months" and periods.accessibleName() == "Period"
    before = shown.made.data
    periods.setCurrentIndex(periods.findData("3"))
    periods.activated.emit(periods.currentIndex())
    settled(shown.window())
    assert team_subject.period_of(shown.made.subject) == "3" and shown.made.data != before
    last = report_period.read("3", today).last
    assert last < today and shown.words.date(last) in words_of(shown)
    shown.retranslate()
    assert periods.currentData() == "3"


def test_the_way_from_team_opens_the_same_team_and_months(page, settled):  # noqa: F811
    shown = page()
    one = somebody(shown)
    about(shown, settled, one)
    team = sorted({t for t in (c.team for c in ask(shown, citizens.listing)) if t} | {"Team Vest"})[-1]
    shown.context.go("reports", report_link.about(team, "6"))
    settled(shown.window())
    assert shown.choice.kind == "team" and team_subject.period_of(shown.made.subject) == "6"
    assert shown.made.name == team
    shown.context.go("reports", report_link.about(None, "12"))
    settled(shown.window())
    assert shown.made.name == "" and shown.citizen == one.citizen
    shown.choice.choose_kind("case")
    settled(shown.window())
    assert shown.made.subject == one.citizen and not shown.choice.periods.isVisible()


def test_only_what_is_chosen_is_explained(page, settled):  # noqa: F811
    shown = page()
    for key, made in shown.choice.kinds.items():
        shown.choice.choose_kind(key)
        settled(shown.window())
        says = {k: label.isVisible() for k, label in shown.choice._says.items()}
        assert says == {k: k == key for k in says} and made.accessibleDescription()


def test_a_page_is_no_larger_at_first_than_one_can_look_at(page, settled, qtbot):  # noqa: F811
    shown = page()
    shown.window().resize(1920, 1080)
    about(shown, settled, somebody(shown))
    preview = shown.preview
    assert preview.percent.text() == f"{AT_FIRST}%"
    preview.fitted.click()
    room = preview.area.viewport().width()
    assert room - 40 <= preview.sheet.width() <= room


@pytest.mark.parametrize("language", ["da", "en"])
def test_letters_of_a_name_that_a_batch_could_not_write_are_told(
    batch, qtbot, tmp_path, settled, language  # noqa: F811
):  # fmt: skip
    shown = batch(language=language)
    name = "\U0001f33b\u5f20 Yu"
    ask(shown, citizens.add, Citizen("strange", "S-99", name, benefit_start=shown.context.today))
    settled(shown.window())
    shown._ask_cases()
    settled(shown.window())
    shown.write_into(tmp_path / "ud")
    through(qtbot, shown)
    told = shown.view.told.text()
    assert ("1 fil mangler et bogstav" if language == "da" else "1 file lacks a letter") in told
    first = shown.view.list.item(0).text()  # what is to be looked at comes first
    assert "\u5f20" in first and name in first and "�" in first
    shown.write_into(tmp_path / "ud")
    through(qtbot, shown)
    again = shown.view.list.item(0).text()
    assert name in again and ("bogstaver" in again if language == "da" else "letters" in again)


def test_where_there_is_room_for_one_thing_the_files_are_in_view_while_they_are_written(
    batch, qtbot, tmp_path, settled  # noqa: F811
):  # fmt: skip
    shown = batch(percent=200)
    assert shown.choice.isVisible() and not shown.view.isVisible()
    shown.write_into(tmp_path / "ud")
    assert shown.view.bar.isVisible() and shown.view.stop.isVisible() and not shown.choice.isVisible()
    through(qtbot, shown)
    assert shown.view.told.isVisible()


def test_the_palette_opens_the_report_from_team(page, settled):  # noqa: F811
    shown = page()
    window = shown.window()
    window.do("page.team")
    settled(window)
    window.do("team.report")
    settled(window)
    assert window.shell.where[0] == "reports" and shown.choice.kind == "team" and shown.made is not None
