"""*Rapporter* and the finish panel in a small window, at usual and at twice the text: named, large enough, not cut."""

from __future__ import annotations

import pytest
from caseload import PASSPHRASE
from PySide6.QtTest import QTest
from test_ui_walk import check

SMALL = (1280, 720)


@pytest.fixture
def small(open_window, demo_vault, settled):
    """A window of 1280 by 720 on invented citizens, and the first of the caseload."""

    def open_(language, percent):
        window = open_window(demo_vault, size=SMALL, language=language, percent=percent)
        window.unlock.secret.setText(PASSPHRASE)
        window.unlock.submit()
        settled(window)
        return window, window.shell.current().value.rows[0].citizen

    return open_


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_document_and_a_caseload(small, settled, language, percent):
    window, citizen = small(language, percent)
    window.context.go("reports", citizen)
    settled(window)
    page = window.shell.current()
    assert page.preview.isVisible() and page.fold.isVisible() == (percent == 200)
    for key in page.choice.kinds:
        page.choice.choose_kind(key)
        settled(window)
        check(page)
        page.do("panel")
        settled(window)
        check(page)
        page.do("panel")
    page.choice.choose_kind("case")
    window.do("reports.batch")
    settled(window)
    check(page)
    if percent == 200:
        page.fold.click()
        settled(window)
        assert page.view.isVisible()
        check(page)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_finished_conversation_with_agreements(small, settled, language, percent):
    window, citizen = small(language, percent)
    window.context.go("conversation", citizen)
    settled(window)
    page = window.shell.current()
    for key in "43324332432":
        QTest.keyClick(page, key)
        settled(window)
    page.finish()
    settled(window)
    check(page.panel)
    page.panel.agree.rows[0].what.setText("Ringer til smerteklinikken")
    page.panel.agree.add_row()
    settled(window)
    check(page.panel)


def test_tab_comes_round_on_the_page(small, settled, qtbot):
    window, citizen = small("da", 100)
    window.context.go("reports", citizen)
    settled(window)
    page = window.shell.current()
    page.choice.choose_kind("case")
    settled(window)
    wanted = {page.save_button, page.print_button, page.choice.finder, page.preview.sheet, page.preview.after,
              page.preview.larger, page.preview.fitted, window.shell.rail.finder}  # fmt: skip
    page.choice.finder.setFocus()
    seen = set()
    for _ in range(60):
        focused = window.focusWidget()
        seen.add(focused)
        qtbot.keyClick(focused, "\t")
        if wanted <= seen:
            break
    assert wanted <= seen
