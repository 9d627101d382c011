"""The register on the citizen's page: plan, notes, the end of a case, decisions; acts are undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit

from progression.casework.plan import is_hold, standing, text_of
from progression.casework.values import Conversation
from progression.desk import categories as categories_desk
from progression.store import kinds, queries
from progression.store.access import Act
from progression.ui import theme

DAY = timedelta(days=1)


@pytest.fixture
def room(citizen_room):
    return citizen_room


@pytest.fixture
def page(citizen_page):
    return citizen_page


@pytest.fixture
def course(room):
    def ask():
        found = []
        room.context.run(lambda session: queries.course(session.vault, "k"), done=found.append)
        room.settle()
        return found[0]

    return ask


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text()]


def click(room, button):
    button.click()
    room.settle()
    room.settle()


# the plan


def test_the_plan_is_edited_where_it_stands_and_stays_open(page, room, course):
    click(room, page.side.plan)
    panel = page.side.panel
    click(room, panel.buttons["goal"])
    assert QApplication.focusWidget() is panel.form.text
    panel.form.text.setPlainText("Holde fast i det, der virker")
    panel.form.hold.setChecked(True)
    click(room, panel.form.save)
    assert page.side.panel is panel and panel.form is None
    goal = standing(course().plan, page.value.today).goal
    assert (text_of(goal.now), is_hold(goal.now), len(goal.earlier)) == ("Holde fast i det, der virker", True, 1)
    assert "Målet er at fastholde niveauet." in texts(panel)
    assert any(text.startswith("• Målet blev: Holde fast") for text in texts(panel))
    panel.history.click()
    assert any("Nyt mål" in text for text in texts(panel))


def test_both_sides_expectations_and_a_new_agreement(page, room, course):
    click(room, page.side.plan)
    panel = page.side.panel
    for side, text in (("citizen", "Et job med dyr"), ("caseworker", "Praktik i en dyrehandel")):
        click(room, panel.buttons[side])
        panel.form.text.setPlainText(text)
        click(room, panel.form.save)
    click(room, panel.buttons["new-agreement"])
    panel.form.text.setPlainText("Ringer til dyrehandlen")
    panel.form.who.setText("Karsten")
    panel.form.by.setText("1.12.2026")
    click(room, panel.form.save)
    now = standing(course().plan, page.value.today)
    assert [text_of(now.outcome(s).now) for s in ("citizen", "caseworker")] == [
        "Et job med dyr",
        "Praktik i en dyrehandel",
    ]
    made = next(one for one in now.agreements if one.now.agreement == "Ringer til dyrehandlen")
    assert "Karsten, senest 1. december 2026" in texts(panel)
    click(room, panel.buttons[f"done-{made.key}"])
    assert "Ringer til dyrehandlen" in [text_of(one.now) for one in standing(course().plan, page.value.today).over]
    assert page.side.undo.text() == "Fortryd: ændring i planen"
    page.side.undo.click()
    room.settle()
    assert "Ringer til dyrehandlen" in [text_of(o.now) for o in standing(course().plan, page.value.today).agreements]


def test_what_was_typed_stays_where_the_plan_is_refused(page, room, course):
    before = course().plan
    click(room, page.side.plan)
    panel = page.side.panel
    click(room, panel.buttons["new-agreement"])
    form = panel.form
    form.who.setText("Karsten")
    click(room, form.save)
    assert panel.form is form and form.who.text() == "Karsten"
    assert any("tom" in text for text in texts(form))
    form.text.setPlainText("Noget")
    form.by.setText("32.13.2026")
    click(room, form.save)
    assert form.fields["by"].fault().startswith("Det er ikke en dato")
    form.by.setText("1.1.2020")
    click(room, form.save)
    assert form.fields["by"].fault() and form.text.toPlainText() == "Noget"
    assert course().plan == before


# notes


def test_a_small_step_and_a_screening_are_saved_and_undone(page, room, course):
    click(room, page.side.small_step)
    panel = page.side.panel
    panel.text.setPlainText("Kom til tiden")
    click(room, panel.save)
    assert page.side.panel is None
    assert "Kom til tiden" in texts(page.side)
    click(room, page.side.screening)
    panel = page.side.panel
    assert any("Borgeren kan læse dette notat" in text for text in texts(panel))
    click(room, panel.save)  # nothing written
    assert page.side.panel is panel and panel.fields["text"].fault()
    panel.limitation.setPlainText("Kan stå op 30 minutter")
    panel.date.put(page.value.today + DAY)
    click(room, panel.save)
    assert "endnu ikke" in panel.fields["date"].fault() or panel.fields["date"].fault()
    assert panel.limitation.toPlainText() == "Kan stå op 30 minutter"
    panel.date.put(page.value.today)
    panel.profession.setCurrentIndex(panel.profession.findData("physiotherapist"))
    click(room, panel.save)
    (note,) = [n for n in course().notes if n.kind == "screening"]
    assert (note.profession, note.limitation, note.date) == (
        "physiotherapist",
        "Kan stå op 30 minutter",
        page.value.today,
    )
    assert note.signed == "Mette Holm Andersen"
    page.side.take_back()
    room.settle()
    page.side.take_back()
    room.settle()
    assert course().notes == ()
    assert page.side.undo.isHidden()


# the case


def test_a_case_is_closed_with_what_runs_and_opened_again(page, room, course):
    running = [i for i in course().interventions if i.end is None]
    click(room, page.side.case)
    panel = page.side.panel
    assert {one.id for one in running} <= set(panel.ending)
    click(room, panel.save)  # no outcome chosen
    assert page.side.panel is panel and panel.fields["outcome"].fault()
    panel.outcome.setCurrentIndex(panel.outcome.findData("flexjob"))
    panel.date.setText("1.1.2020")
    panel.reason.setPlainText("Lageret")
    click(room, panel.save)
    assert panel.fields["case_closed"].fault() and panel.reason.toPlainText() == "Lageret"
    panel.date.put(page.value.today)
    click(room, panel.save)
    now = course()
    assert (now.citizen.outcome, now.citizen.case_closed) == ("flexjob", page.value.today)
    assert all(one.end is not None for one in now.interventions)
    assert "Sagen lukkede 19. november 2026. Fleksjob. Lageret" in texts(page.side)
    assert not page.side.cards and page.value.duty is None
    click(room, page.side.case)
    click(room, page.side.panel.save)
    assert course().citizen.case_closed is None
    page.side.take_back()
    room.settle()
    assert course().citizen.outcome == "flexjob"


def test_a_tick_that_was_taken_away_stays_away_when_the_day_changes(page, room):
    click(room, page.side.case)
    panel = page.side.panel
    key = next(iter(panel.ending))
    panel.ending[key].setChecked(False)
    panel.date.put(page.value.today - DAY)
    assert not panel.ending[key].isChecked()


def test_the_talk_of_the_last_day_is_asked_about_and_not_cancelled_unless_it_is_ticked(page, room, course):
    talk = Conversation("k", page.value.today, "idag", "planned", time="14:00")
    room.on(lambda session: session.vault.append([kinds.to_event(talk)], Act("add", "k")))
    page.refresh()
    room.settle()
    click(room, page.side.case)
    panel = page.side.panel
    (box,) = [box for box in panel.cancelling.values() if box.accessibleName().startswith("Samtale aftalt i dag 14")]
    assert not box.isChecked()
    box.setChecked(True)
    panel.date.put(page.value.today + DAY)  # the talk is before the last day then, and is left alone
    assert box.accessibleName() not in [one.accessibleName() for one in panel.cancelling.values()]
    panel.date.put(page.value.today)
    assert [one.isChecked() for one in panel.cancelling.values() if one.accessibleName() == box.accessibleName()]
    panel.outcome.setCurrentIndex(panel.outcome.findData("flexjob"))
    click(room, panel.save)
    assert [one.status for one in course().conversations if one.id == "idag"] == ["cancelled"]


def test_opening_again_offers_what_the_closing_ended(page, room, course):
    running = [one.id for one in course().interventions if one.end is None]
    planned = [one.id for one in course().conversations if one.status == "planned" and one.date > page.value.today]
    click(room, page.side.case)
    panel = page.side.panel
    panel.outcome.setCurrentIndex(panel.outcome.findData("flexjob"))
    click(room, panel.save)
    click(room, page.side.case)
    panel = page.side.panel
    assert panel.save.text() == "Genåbn sagen"
    assert set(running) <= set(panel.beginning)
    assert all(box.isChecked() for box in panel.beginning.values())  # closed and opened on one day: a mistake
    assert len(panel.planning) == len(planned)
    click(room, panel.save)
    now = course()
    assert [one.id for one in now.interventions if one.end is None] == running
    assert [one.status for one in now.conversations if one.id in planned] == ["planned"] * len(planned)


# decisions


def test_a_decision_that_stops_an_intervention_ends_it_and_both_come_back(page, room, course):
    one = next(i for i in course().interventions if i.end is None)
    click(room, page.side.new_decision)
    panel = page.side.panel
    click(room, panel.save)
    assert panel.fields["choice"].fault() == "Vælg en af dem."
    panel.about.setCurrentIndex(panel.about.findData(f"intervention:{one.id}"))
    panel.choices["stop"].click()
    panel.reason.setPlainText("Pladsen gik til en anden")
    panel.last.put(one.start - DAY)
    click(room, panel.save)
    assert panel.fields["end"].fault() and panel.reason.toPlainText() == "Pladsen gik til en anden"
    panel.last.put(page.value.today)
    click(room, panel.save)
    assert page.side.panel is None
    assert next(i for i in course().interventions if i.id == one.id).end == page.value.today
    page.side.undo.click()
    room.settle()
    now = course()
    assert now.decisions == () and next(i for i in now.interventions if i.id == one.id).end is None


def test_what_came_of_a_decision_is_asked_for_and_drawn(page, room, course):
    click(room, page.side.new_decision)
    panel = page.side.panel
    panel.choices["start"].click()
    click(room, panel.save)
    (asking,) = [b for b in page.side.findChildren(QAbstractButton) if b.text() == "Hvad kom der ud af det?"]
    click(room, asking)
    panel = page.side.panel
    click(room, panel.save)
    assert panel.fields["outcome"].fault()
    panel.text.setPlainText("Kom i gang")
    click(room, panel.save)
    assert [d.outcome for d in course().decisions] == ["Kom i gang"]
    (strip,) = [s for s in page.value.chart.strips if s.label == "Beslutninger"]
    assert "Resultat" in [mark.label for mark in strip.marks]
    assert any("Hvad der kom ud af det, 19. november 2026: Kom i gang." in text for text in texts(page.side))


def test_ctrl_z_undoes_by_name_and_says_so(page, room, qtbot, course):
    said = []
    room.context.announced.connect(said.append)
    click(room, page.side.small_step)
    page.side.panel.text.setPlainText("Gik en tur")
    click(room, page.side.panel.save)
    assert page.side.undo.text() == "Fortryd: lille skridt"
    room.context.acts.undo()  # what Ctrl+Z does in the window
    room.settle()
    room.settle()
    assert course().notes == ()
    assert said[-1] == "Fortrudt: lille skridt"


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_control_of_every_panel_has_a_name_and_fits(page, room, look, percent, language):
    look("light", percent)
    page.context.words = type(page.words)(language)
    page.retranslate()
    page.restyle()
    for open_ in (
        page.side.open_plan, page.side.open_close, page.side.open_reopen, page.side.small_step.click,
        page.side.screening.click, page.side.new_decision.click,
    ):  # fmt: skip
        open_()
        QApplication.processEvents()
        panel = page.side.panel
        if hasattr(panel, "buttons"):
            panel.buttons["new-agreement"].click()
            QApplication.processEvents()
        kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)
        for control in [c for kind in kinds for c in panel.findChildren(kind) if c.isVisible()]:
            if control.parent().metaObject().className() == "QComboBox":
                continue
            assert control.accessibleName() or getattr(control, "text", str)(), control
        assert panel.minimumSizeHint().width() <= page.side.width(), (open_, percent)
        assert panel.width() + 40 <= page.side.width() + 2 or percent == 200
        assert theme.current().percent == percent


def test_stopping_about_an_attention_point_ends_what_is_named_by_the_same_act(page, room, course):
    card = next((c for c in page.side.cards.values() if c.choices), None)
    assert card is not None
    card.choose("continue")
    assert not card.form.stop.isVisible()
    card.choose("stop")
    assert card.form.stop.isVisible()
    card.form.stop.setCurrentIndex(1)
    (key,) = card.stops()
    click(room, card.form.save)
    assert next(i for i in course().interventions if i.id == key).end == page.value.today
    page.side.take_back()
    room.settle()
    assert next(i for i in course().interventions if i.id == key).end is None
    assert course().decisions == ()


# the category


def test_a_category_is_entered_marked_where_it_is_refused_and_undone(page, room, course):
    room.on(lambda session: categories_desk.install_shipped(session, "horsens", keep=True))
    page.show_for("k")
    room.settle()
    room.settle()
    before = [replace(one, event="") for one in course().categories]
    click(room, page.side.category)
    panel = page.side.panel
    click(room, panel.save)  # nothing chosen
    assert page.side.panel is panel and panel.fields["category"].fault()
    panel.category.setCurrentIndex(1)
    panel.date.setText("1.1.2099")
    click(room, panel.save)
    assert panel.fields["start"].fault() and panel.date.text() == "1.1.2099" and panel.category.currentIndex() == 1
    panel.date.put(page.value.today)
    name = panel.category.currentText()
    click(room, panel.save)
    assert page.side.panel is None
    assert any(text.startswith(f"{name}, siden") for text in texts(page.side))
    assert len(course().categories) == len(before) + 1
    page.side.take_back()
    room.settle()
    assert [replace(one, event="") for one in course().categories] == before
