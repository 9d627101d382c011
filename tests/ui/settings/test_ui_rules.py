"""*Indstillinger*: the thresholds of the rules, and what they do in simulation."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QLabel

from progression.analysis.settings import Rules, RulesAccount
from progression.desk import rules as operations


@pytest.fixture
def by_rules(unlocked, settled):
    """The page with the rules in force."""

    def open_(language="en"):
        window = unlocked(language=language)
        window.do("settings.basis")
        settled(window)
        page = window.shell.current()
        page.basis.method.choices["rules"].click()
        settled(window)
        return window, page.basis.rules

    return open_


def choose(part, name, value):
    box = part.choices[name]
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def said(window):
    return " ".join(label.text() for label in window.shell.current().findChildren(QLabel))


def a_quick_account(rules, scales, progress):
    return tuple(
        RulesAccount(s.id, s.minimal_important_change, rules, 1, 10, 1.5, 1.4, 2.0, 0.31, 0.8, 0.07, 0.4)
        for s in scales
    )


def test_only_the_rules_have_thresholds(unlocked, settled):
    window = unlocked(language="da")
    window.do("settings.basis")
    settled(window)
    assert window.shell.current().basis.rules.isHidden()


def test_a_threshold_takes_effect_at_once_and_the_standard_is_one_click_away(by_rules, settled):
    window, part = by_rules("da")
    assert not part.isHidden() and part.standard.isHidden() and part.measure.isHidden()
    assert part.choices["p_limit"].currentText() == "0,5 %"
    assert "Det kræver mindst 8 indikatorer" in said(window)
    choose(part, "p_limit", 0.05)
    settled(window)
    assert part.rules == Rules(p_limit=0.05)
    text = said(window)
    assert "Det kræver mindst 5 indikatorer" in text and "er ikke målt" in text
    choose(part, "months", 12)
    settled(window)
    assert part.rules == Rules(p_limit=0.05, months=12)
    part.standard.click()
    settled(window)
    assert part.rules == Rules() and part.standard.isHidden()


def test_simulating_edited_thresholds_says_what_they_do(by_rules, settled, qtbot, monkeypatch):
    window, part = by_rules()
    choose(part, "p_limit", 0.02)
    settled(window)
    monkeypatch.setattr(operations, "simulate", a_quick_account)
    part.measure.click()
    qtbot.waitUntil(lambda: part.stop is None, timeout=20_000)
    settled(window)
    assert "31 in 100 real setbacks are found" in said(window)
    assert part.measure.isHidden()


def test_simulating_stops_when_the_thresholds_are_others(by_rules, settled, qtbot, monkeypatch):
    window, part = by_rules()
    choose(part, "p_limit", 0.02)
    settled(window)
    begun, go_on, stopped = threading.Event(), threading.Event(), threading.Event()

    def slowly(rules, scales, progress):
        begun.set()
        go_on.wait(20)
        try:
            progress(0.5)
        except InterruptedError:
            stopped.set()
            raise
        return a_quick_account(rules, scales, progress)

    monkeypatch.setattr(operations, "simulate", slowly)
    part.measure.click()
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    assert not part.measure.isEnabled()
    choose(part, "p_limit", 0.01)
    settled(window)
    go_on.set()
    assert stopped.wait(20)
    settled(window)
    assert part.measure.isEnabled()
    assert "31 in 100" not in said(window)


def test_a_simulation_that_fails_is_told_and_can_be_asked_for_again(by_rules, settled, qtbot, monkeypatch):
    window, part = by_rules()
    choose(part, "p_limit", 0.02)
    settled(window)

    def wrong(*_):
        raise OSError("no room")

    failures = []
    window.context.failed.connect(failures.append)
    monkeypatch.setattr(operations, "simulate", wrong)
    part.measure.click()
    qtbot.waitUntil(lambda: bool(failures), timeout=20_000)
    assert isinstance(failures[0], OSError)
    assert part.measure.isEnabled() and part.stop is None
