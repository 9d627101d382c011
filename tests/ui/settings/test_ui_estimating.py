"""What the numbers rest on, in *Indstillinger*; and making estimates in the background, never in the way."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from caseload import PASSPHRASE
from PySide6.QtWidgets import QLabel

from progression.analysis.estimates import prior_estimates
from progression.analysis.fit import Cancelled
from progression.desk import estimates, vaults


class Computing:
    """In place of the real fit: waits to be let go, so that a test sees it under way."""

    def __init__(self):
        self.begun, self.go = threading.Event(), threading.Event()
        self.error = None

    def __call__(self, cohort, *, rate, today, progress=None, cancelled=None):
        progress(0.5)
        self.begun.set()
        while not self.go.wait(0.005):
            if cancelled():
                raise Cancelled
        if self.error is not None:
            raise self.error
        prior = prior_estimates(cohort.scale, rate)
        citizens = len(set(cohort.who.tolist()))
        return replace(prior, adopted=today, citizens=citizens, source="fitted")


@pytest.fixture
def computing(monkeypatch):
    made = Computing()
    monkeypatch.setattr("progression.analysis.fit.fit", made)
    yield made
    made.go.set()


@pytest.fixture
def settings(unlocked, settled):
    def open_(**preferences):
        window = unlocked(**preferences)
        window.do("settings.basis")
        settled(window)
        return window, window.shell.current()

    return open_


@pytest.fixture
def over(qtbot, settled):
    """Wait until nothing is being estimated and the page shows what came of it."""

    def wait(window):
        qtbot.waitUntil(lambda: window.context.estimator.run is None, timeout=20_000)
        settled(window)

    return wait


def shown(part):
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def adopted(folder):
    session = vaults.unlock(folder, PASSPHRASE).session
    try:
        return [one.estimates.citizens for one in estimates.standing(session).history]
    finally:
        vaults.close(session, backup=False)


# what is said and chosen


def test_the_estimates_are_said_in_plain_words(settings):
    _window, page = settings(language="da")
    told = shown(page.basis.scales["bip"])
    assert "Startværdier" in told
    assert "Skønnene hviler på 0 borgere; 12 kunne bruges." in told
    assert "En sagsbehandlers svar svinger ca. ±0,3 trin fra dag til dag." in told
    assert "En ny sagsbehandler kan vurdere op til ±0,6 trin anderledes" in told
    other = page.basis.scales["hamd"]
    assert not other.recompute.isEnabled() and "svinger" not in shown(other)


def test_each_rate_says_what_it_means_and_can_be_undone(settings, settled):
    window, page = settings(language="da")
    rate = page.basis.rate
    assert [choice.text() for choice in rate.choices.values()] == [
        "Ca. 1 om året (2 pr. 100 borgerår)", "Ca. 2–3 om året (5 pr. 100 borgerår)",
        "Ca. 5 om året (10 pr. 100 borgerår)", "Ca. 10 om året (20 pr. 100 borgerår)",
    ]  # fmt: skip
    assert rate.choices[10.0].isChecked() and page.undo_link.isHidden()
    for place, n in ((2.0, "1"), (5.0, "2–3"), (10.0, "5"), (20.0, "10")):
        meaning = rate.choices[place].accessibleDescription()
        assert f"Om året i en sagsstamme på 50: ca. {n} uden grund; af 10 opmærksomhedspunkter er ca." in meaning
        assert "(i simulation)" in meaning
    rate.choices[2.0].click()
    settled(window)
    assert page.basis.facts.rate == 2.0
    assert {one.in_force.false_alarms_per_100_years for one in page.basis.facts.standings} == {2.0}
    assert page.undo_link.text() == "Fortryd: opmærksomhedspunkter uden grund"
    page.undo_link.click()
    settled(window)
    assert page.basis.facts.rate == 10.0 and rate.choices[10.0].isChecked()
    assert page.undo_link.isHidden()
    assert rate.choices[10.0].hasFocus()


def test_the_method_is_chosen_and_its_rule_printed(settings, settled):
    window, page = settings(language="en")
    method = page.basis.method
    assert method.choices["trajectory"].isChecked() and "sign test" not in shown(method)
    method.choices["rules"].click()
    settled(window)
    assert page.basis.facts.method.method == "rules"
    assert "sign test" in shown(method)
    assert not method.informed.isEnabled()
    assert not page.basis.rate.choices[2.0].isEnabled()
    page.undo_link.click()
    settled(window)
    assert method.choices["trajectory"].isChecked() and method.informed.isEnabled()


def test_other_people_s_courses_count_only_when_chosen(settings, settled):
    window, page = settings(language="da")
    informed = page.basis.method.informed
    assert not informed.isChecked()
    assert "hjemmel" in informed.accessibleDescription()
    informed.click()
    settled(window)
    assert page.basis.facts.informed and informed.isChecked()
    page.undo_link.click()
    settled(window)
    assert not page.basis.facts.informed and not informed.isChecked()


# asked for


def test_recomputing_shows_how_far_it_is_and_what_came_of_it(settings, over, qtbot, computing):
    window, page = settings(language="da")
    part = page.basis.scales["bip"]
    part.recompute.click()
    qtbot.waitUntil(lambda: part.bar.value() == 50)
    assert part.bar.isVisible() and part.cancel.isVisible() and not part.recompute.isVisible()
    window.do("page.today")  # the window is free meanwhile
    qtbot.waitUntil(lambda: not window.context.worker.busy)
    assert window.shell.current().value.rows
    window.do("settings.basis")
    computing.go.set()
    over(window)
    told = shown(page.basis.scales["bip"])
    assert "Skønnene hviler på 12 borgere; 12 kunne bruges." in told
    assert part.recompute.isVisible() and not part.bar.isVisible()
    assert {one.in_force.citizens for one in page.basis.facts.standings} == {0, 12}


def test_cancelling_leaves_what_was_in_force(settings, over, qtbot, computing, demo_vault):
    window, page = settings(language="en")
    part = page.basis.scales["bip"]
    part.recompute.click()
    qtbot.waitUntil(computing.begun.is_set)
    part.cancel.click()
    over(window)
    assert "stopped" in shown(part) and "Starting values" in shown(part)
    assert part.recompute.hasFocus()
    part.recompute.click()  # and it can be begun again
    computing.go.set()
    over(window)
    assert "stopped" not in shown(part) and "Starting values" not in shown(part)
    window.close()
    assert adopted(demo_vault) == [12]


def test_what_cannot_be_computed_is_said_on_the_spot(settings, over, computing):
    from progression.errors import KnownError

    window, page = settings(language="en")
    computing.error = KnownError("estimates.not_finite", scale="bip")
    computing.go.set()
    page.basis.scales["bip"].recompute.click()
    over(window)
    assert "could not be computed" in shown(page.basis.scales["bip"])
    assert window.status.error == ""


def test_taking_back_from_the_history(settings, settled, over, computing):
    window, page = settings(language="da")
    part = page.basis.scales["bip"]
    computing.go.set()
    part.recompute.click()
    over(window)
    part.details.click()
    assert "på 12 borgere" in shown(part) and "Startværdi" in shown(part)
    assert part.back is not None and part.back.isVisible()
    part.back.click()
    settled(window)
    assert "Skønnene hviler på 0 borgere" in shown(part)
    assert part.back is None
    assert not page.basis.facts.automatic and not page.basis.automatic.isChecked()


# by itself


@pytest.fixture
def due(monkeypatch, unlocked):
    """A window whose estimates are due, and that looks at once."""
    monkeypatch.setattr(estimates, "ENOUGH", 5)
    monkeypatch.setattr("progression.ui.estimating.PATIENCE", 0)
    return unlocked


def test_due_estimates_are_made_by_themselves_and_told(due, over, qtbot, computing):
    window = due(language="en")
    said = []
    window.context.announced.connect(said.append)
    qtbot.waitUntil(computing.begun.is_set)
    assert window.context.estimator.run.scale == "bip" and not window.context.estimator.run.asked
    computing.go.set()
    over(window)
    assert any("they rest on 12 citizens" in text for text in said)
    assert window.status.error == ""


def test_nothing_is_made_by_itself_where_that_is_not_wished_for(monkeypatch, settings, settled, qtbot, computing):
    window, page = settings(language="en")
    page.basis.automatic.click()
    settled(window)
    assert not page.basis.facts.automatic
    monkeypatch.setattr(estimates, "ENOUGH", 5)
    window.context.estimator.timer.setInterval(0)
    window.context.estimator.opened()
    qtbot.waitUntil(lambda: not window.context.estimator.timer.isActive())
    settled(window)
    assert window.context.estimator.run is None and not computing.begun.is_set()


def test_scoring_stops_it_and_it_is_taken_up_again_afterwards(due, over, settled, qtbot, computing):
    window = due(language="en")
    citizen = window.shell.current().value.rows[0].citizen
    qtbot.waitUntil(computing.begun.is_set)
    computing.begun.clear()
    window.context.go("conversation", citizen)
    assert window.context.estimator.run is None
    settled(window)
    window.context.estimator.consider()  # whoever asks now: not while scoring
    settled(window)
    assert window.context.estimator.run is None and not computing.begun.is_set()
    window.context.go("today")
    qtbot.waitUntil(computing.begun.is_set)
    computing.go.set()
    over(window)


def test_what_somebody_asked_for_goes_on_while_scoring(settings, over, settled, qtbot, computing):
    window, page = settings(language="en")
    page.basis.scales["bip"].recompute.click()
    qtbot.waitUntil(computing.begun.is_set)
    window.context.go("conversation", window.shell.page("today").value.rows[0].citizen)
    settled(window)
    assert window.context.estimator.run is not None
    computing.go.set()
    over(window)


def test_locking_stops_it_and_nothing_is_adopted(settings, settled, qtbot, computing, demo_vault):
    window, page = settings(language="en")
    page.basis.scales["bip"].recompute.click()
    qtbot.waitUntil(computing.begun.is_set)
    thread = window.context.estimator.run.thread
    window.lock()
    settled(window)
    assert window.context.estimator.run is None
    qtbot.waitUntil(lambda: not thread.is_alive())
    assert window.status.error == ""
    assert adopted(demo_vault) == []


def test_closing_the_window_ends_the_computing(settings, qtbot, computing, demo_vault):
    window, page = settings(language="en")
    page.basis.scales["bip"].recompute.click()
    qtbot.waitUntil(computing.begun.is_set)
    thread = window.context.estimator.run.thread
    window.close()
    assert not thread.is_alive()
    assert adopted(demo_vault) == []


def test_an_import_that_makes_estimates_due_has_them_made(
    monkeypatch, settings, over, settled, qtbot, computing, tmp_path
):
    window, page = settings(language="en")
    monkeypatch.setattr(estimates, "ENOUGH", 13)  # the invented citizens are twelve
    window.context.estimator.timer.setInterval(0)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "citizens.csv").write_text("citizen_id,name\nX1,Ny Borger\n", "utf-8")
    rows = "".join(f"X1,2026-0{m}-01,caseworker,bip,netvaerk,3\n" for m in (1, 4))
    (folder / "assessments.csv").write_text("citizen_id,date,rater,scale,indicator,score\n" + rows, "utf-8")
    computing.go.set()
    page.importing.read(folder)
    settled(window)
    qtbot.waitUntil(computing.begun.is_set)
    over(window)
    assert "Read and saved" in page.importing.outcome.toPlainText()
    assert page.basis.facts.standings[0].in_force.citizens == 13


def test_the_log_names_what_was_done(settings, over, settled, computing):
    window, page = settings(language="da")
    computing.go.set()
    page.basis.scales["bip"].recompute.click()
    over(window)
    page.basis.scales["bip"].back.click()
    settled(window)
    window.do("settings.log")
    settled(window)
    log = page.section("log").table
    why = {log.item(row, 4).text() for row in range(log.rowCount())}
    assert {"Skøn for bip", "Skøn taget tilbage"} <= why
