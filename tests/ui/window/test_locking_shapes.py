"""Forms that grow while they are filled in have grown as far when the window is unlocked again."""

from __future__ import annotations

from test_locking import again, window  # noqa: F401 - fixtures

from progression.casework.categories import Expected
from progression.ui.panels.handover import STAYS


def test_who_takes_over_whom_is_there_again(window, settled, again):  # noqa: F811
    window.do("page.team")
    settled(window)
    page = window.shell.current()
    page.show_tab("colleagues")
    settled(window)
    load = max(page.value.loads.rows, key=lambda row: len(row.citizens))
    page.entries[load.key].click()
    page.side.panel.hand_button.click()
    panel = page.side.panel
    panel.sharing.fold.click()
    one, *_rest, last = panel.sharing.boxes.values()
    one.setCurrentIndex(1)
    last.setCurrentIndex(last.findData(STAYS))
    panel.reason.setText("Sygdom")
    chosen = panel.sharing.elsewhere()
    again(window)
    back = window.shell.current().side.panel
    assert back is not panel and back.sharing.elsewhere() == chosen and len(chosen) == 2
    assert back.reason.text() == "Sygdom" and back.to.currentIndex() == 0


def test_what_is_expected_of_a_category_is_there_again(window, settled, again):  # noqa: F811
    window.do("settings.categories")
    settled(window)
    section = window.shell.current().section("categories")
    section.adopt("halsnaes")
    settled(window)
    section.entries["1"].click()
    panel = section.panel
    panel.rhythm.add(None).setText("52")
    panel.expected.more.click()
    step = panel.expected.steps[-1]
    step.types.add_from.setCurrentIndex(step.types.add_from.findData("mentor"))
    step.types.add_from.activated.emit(0)
    step.week.setText("13")
    panel.names["da"].setText("Støttet vej")
    before = panel.expected.read()[0]
    assert before[-1] == Expected(("mentor",), 13)
    again(window)
    back = window.shell.current().section("categories").panel
    assert back is not panel and back.expected.read()[0] == before
    assert len(back.rhythm.steps) == len(panel.rhythm.steps) and back.rhythm.steps[-1][1].text() == "52"
    assert back.names["da"].text() == "Støttet vej"
