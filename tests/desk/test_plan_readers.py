"""Where the plan, the small steps and the ended cases are read: the journal note, the report, the demo, the shell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from desk_cases import CHEAP, PEOPLE, TODAY, falls, round_of, steady

from progression.casework.checks import blocking, note, plan_item
from progression.casework.plan import standing
from progression.casework.values import Conversation, Note, PlanItem
from progression.desk import demo, plan, reports
from progression.scales import library
from progression.store import queries

DAY = dt.timedelta(days=1)


def test_the_journal_note_tells_what_changed_in_the_plan_and_the_small_steps_since_last_time(opened):
    today = [*round_of("id-H2", TODAY, 2.9), Conversation("id-H2", TODAY, "nu")]
    step = Note("id-H2", TODAY - 3 * DAY, "small_step", text="Ringede selv.")
    before = Note("id-H2", TODAY - 200 * DAY, "small_step", text="Længe siden")
    session = opened([*PEOPLE, *steady(), *today, step, before])
    plain = reports.note(session, "id-H2")
    assert plain.endswith("Lille skridt 28. april 2026: Ringede selv.")
    plan.put(session, PlanItem("id-H2", TODAY, "10 timer om ugen", kind="goal", aim="move"))
    made = PlanItem("id-H2", TODAY, agreement="Ringer til butikken", who="Borger", by=TODAY + 7 * DAY, kind="agreement")
    plan.put(session, made)
    text = reports.note(session, "id-H2")
    agreed = "Aftalt: Ringer til butikken (Borger, senest 8. maj 2026)."
    assert f"Min Plan er ændret. Nyt mål: 10 timer om ugen. {agreed}" in text
    assert "Længe siden" not in text
    assert "My Plan has changed. New goal: 10 timer om ugen" in reports.note(session, "id-H2", "en")


def test_the_demo_has_plans_screenings_outcomes_and_what_came_of_decisions(tmp_path):
    made = demo.build(tmp_path / "demo", "fire ord", citizens=40, kdf=CHEAP, state=tmp_path / "state")
    session = made.opened.session
    courses = queries.courses(session.vault)
    try:
        scale, today = library.builtin()["bip"], session.today()
        plans = [standing(course.plan, today) for course in courses.values()]
        assert all(one.goal and one.citizen and one.caseworker and one.subgoals for one in plans)
        assert any(one.over for one in plans)
        assert any(row.aim == "hold" for course in courses.values() for row in course.plan)
        assert any(n.kind == "screening" and n.signed for course in courses.values() for n in course.notes)
        assert any(d.outcome for course in courses.values() for d in course.decisions)
        closed = [course.citizen for course in courses.values() if course.citizen.case_closed]
        assert closed and all(citizen.outcome for citizen in closed)
        for course in courses.values():
            assert not any(blocking(plan_item(row, scale, today)) for row in course.plan if row.status != "done")
            assert not any(blocking(note(row, today)) for row in course.notes)
    finally:
        session.vault.close(backup=False)


def test_the_report_for_the_case_says_the_goal_in_force_and_what_is_agreed(opened):
    old = PlanItem("id-H1", TODAY - 60 * DAY, "Et job", agreement="CV skrives", status="open")
    session = opened([*PEOPLE, *falls(), old])
    new = replace(old, date=TODAY, goal="Et fleksjob", agreement="", event="")
    plan.put(session, replace(new, kind="goal"))
    from progression.desk import citizens
    from progression.reports.summary import Case, paragraphs
    from progression.words import Words

    page = citizens.page(session, "id-H1")
    names = list(Case.__dataclass_fields__)
    said = " ".join(paragraphs(Case(**{name: getattr(page, name) for name in names}), Words("da")))
    assert "Mål: Et fleksjob. Aftalt: CV skrives" in said
