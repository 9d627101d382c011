"""The classical measures on the citizen's page: asked for only when looked at, both raters apart, both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import cases
import pytest
from PySide6.QtWidgets import QApplication, QLabel

from progression.analysis.classical import person
from progression.analysis.classical.values import Missing, Norms, Reliability
from progression.casework.values import Phase
from progression.desk.measures import CitizenMeasures
from progression.store import queries
from progression.ui.citizen.measures import Measures
from progression.ui.citizen.views import Views
from progression.words import Words

GROUP = person.Group(Norms(60, 3.0, 0.6, 3.1, 0.6, 0.7, 0.8, 0.8), Reliability(0.8, "cohort", 60))
NOBODY = person.Group(Missing("too_few", 3, 20, "citizens"), Missing("too_few", 3, 20, "citizens"))


def measured(page, group=GROUP) -> CitizenMeasures:
    """What the desk would say of a made-up citizen; the phase begins in the middle of the course."""
    days = sorted({a.date for a in page.course.assessments if a.scale == page.scale.id})
    start = days[len(days) // 2] if days else page.today - timedelta(days=90)
    rows = person.measures(
        page.scale, page.course.assessments, start, dict.fromkeys(("caseworker", "citizen"), group), {}
    )
    citizen = page.course.citizen
    return CitizenMeasures(citizen.citizen, citizen.number, page.scale, page.today, Phase("passive", start, None), rows)


@pytest.fixture
def shown(qtbot, look):
    """Show a case: shown("karsten", "en", 200)."""

    def show(case=cases.karsten, language="da", percent=100, group=GROUP, width=900):
        look("light", percent)
        words = Words(language)
        made = Measures()
        qtbot.addWidget(made)
        made.resize(width, 900)
        made.show_measures(measured(case(words), group), words)
        made.show()
        QApplication.processEvents()
        return made

    return show


def texts(made) -> list[str]:
    return [label.text() for label in made.findChildren(QLabel) if label.isVisible()]


def test_both_raters_are_apart_and_every_figure_is_named(shown):
    made = shown()
    said = texts(made)
    assert said.count("Sagsbehandler") == 3 and said.count("Borger") == 3  # a column each in three groups
    assert "Pålidelig ændring (Jacobson-Truax)" in said
    assert any(text.startswith("Sagsbehandler: ") for text in said)
    assert any(text.startswith("Borger: ") for text in said)
    named = [label.accessibleName() for label in made.findChildren(QLabel)]
    assert any(name.startswith("Theil-Sen-linje, sagsbehandler, ") for name in named)


def test_in_english(shown):
    said = texts(shown(language="en"))
    assert "Tau-U, A against B minus trend in A" in said
    assert any("A is the time before" in text and "passive" in text for text in said)
    assert any(text.startswith("Parker et al. 2011") for text in said)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("percent", [100, 200])
def test_no_text_is_cut(shown, language, percent):
    made = shown(language=language, percent=percent, width=640)
    assert made.minimumSizeHint().width() <= 640 * percent / 100  # what a small screen has beside the rail
    made.resize(640, made.heightForWidth(640) if made.hasHeightForWidth() else made.sizeHint().height())
    QApplication.processEvents()
    for label in made.findChildren(QLabel):
        if label.isVisible() and label.text():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= needed - 1, label.text()
            if not label.wordWrap():
                assert label.width() >= label.sizeHint().width() - 1, label.text()


def test_what_cannot_be_said_is_said_once(shown):
    made = shown(lambda w: cases.newcomer(w, 1))
    said = texts(made)
    assert said.count("For få målinger før perioden: 0 af mindst 3.") == 1
    assert any(text.startswith("Ikke-overlap (NAP) · Tau") for text in said)
    assert not any("nan" in text.casefold().split() for text in said)
    nobody = texts(shown(group=NOBODY))
    assert nobody.count("For få borgere at sammenligne med: 3 af mindst 20.") == 1


def test_one_rater_has_one_column_and_no_agreement(shown):
    said = texts(shown(cases.patient))
    assert "Borger" not in said
    assert "Vægtet kappa (kvadratisk)" not in said


def test_they_are_asked_for_only_when_someone_looks(qtbot, look):
    look()
    words = Words("da")
    page = cases.karsten(words)
    made = Views(words)
    qtbot.addWidget(made)
    made.retranslate(words)
    asked = []
    made.measures_asked.connect(asked.append)
    made.show_page(page)
    made.show()
    assert asked == []
    made.show_view("measures")
    assert asked == ["bip"]
    assert made.measures.intro.text() == "Regner …"
    made.show_measures(measured(page))
    QApplication.processEvents()
    assert "Theil-Sen-linje" in texts(made.measures)
    made.show_view("timeline")
    made.show_view("measures")
    assert asked == ["bip"]  # nothing has changed
    made.show_page(page)
    assert asked == ["bip", "bip"]


def test_an_answer_about_somebody_else_is_not_shown(qtbot, look):
    look()
    words = Words("da")
    page = cases.karsten(words)
    made = Views(words)
    qtbot.addWidget(made)
    made.retranslate(words)
    made.show_page(page)
    made.show_view("measures")
    made.show_measures(replace(measured(page), citizen="another"))
    assert made.measures.intro.text() == "Regner …"


def test_in_the_window_they_come_from_the_vault_and_the_look_is_logged(unlocked, settled):
    window = unlocked(language="en")
    shell = window.shell
    row = shell.page("today").value.rows[0]
    window.context.go("citizen", row.citizen)
    settled(window)
    page = shell.page("citizen")
    page.views.show_view("measures")
    settled(window)
    assert window.status.error == ""
    said = texts(page.views.measures)
    assert "Theil-Sen line" in said
    lines = []
    window.context.run(lambda session: queries.access_log(session.vault, row.citizen), done=lines.extend)
    settled(window)
    assert "classical measures" in {line.purpose for line in lines}
