"""Rows against facts: new, unchanged, differing, or at fault. Facts in, events-to-be out."""

from __future__ import annotations

from datetime import date

import pytest

from progression.casework.values import (
    Assignment,
    Citizen,
    Consent,
    Conversation,
    Intervention,
    Note,
    Person,
    PlanItem,
)
from progression.exchange.plan import Plan, plan_citizens, plan_table
from progression.words import Words
from progression.words.faults import sentence

H1 = Citizen("id-H1", "H1", name="Bo", cpr="1406801234", event="e1")
DAY = date(2025, 1, 1)


@pytest.fixture
def compare(table, held, numbers):
    """Compare one file with facts: compare("notes", text, notes=[...]) -> Plan."""

    def run(name: str, text: str, *, update: bool = False, known: tuple[str, ...] = ("H1", "H2"), **facts) -> Plan:
        given, faults = table(name, text)
        plan = Plan()
        plan.faults += faults
        if name == "citizens":
            plan_citizens(given, held(**facts), numbers(*known), plan, update)
        elif given.complete:
            plan_table(given, held(**facts), numbers(*known), plan, update)
        return plan

    return run


def told(plan: Plan) -> list[tuple[int | None, str, str]]:
    """Where and what, after every sentence could be said in both languages."""
    for fault in plan.faults:
        for language in ("da", "en"):
            line = sentence(Words(language), fault)
            assert line.startswith(f"{fault.file}:{fault.row}:{fault.column}: ")
    return [(fault.row, fault.column, fault.what) for fault in plan.faults]


def counts(plan: Plan) -> tuple[int, int, int]:
    (count,) = plan.counts
    return count.new, count.unchanged, count.corrected


def test_new_unchanged_and_differing_rows(compare):
    text = "citizen_id,name\nH1,Bo\nH2,Ib\n"
    plan = compare("citizens", text, known=("H1",), citizens=[H1])
    assert counts(plan) == (1, 1, 0)
    assert plan.writes == [(Citizen("new-1", "H2", name="Ib"), ())]
    assert plan.citizens == {"new-1"} and plan.kinds == {"citizen"}


def test_a_differing_row_is_refused_cell_by_cell(compare):
    plan = compare("citizens", "citizen_id,name,phone\nH1,Ib,20\n", citizens=[H1])
    assert told(plan) == [(2, "name", "differs"), (2, "phone", "differs")]
    said = sentence(Words("da"), plan.faults[0])  # printed, piped, mailed: names and free texts are not repeated
    assert said.startswith("citizens.csv:2:name: ")
    assert "Bo" not in said and "Ib" not in said


def test_an_update_is_a_correction_that_keeps_what_the_file_does_not_say(compare):
    plan = compare("citizens", "citizen_id,name\nH1,Ib\n", update=True, citizens=[H1])
    assert counts(plan) == (0, 0, 1)
    assert plan.writes == [(Citizen("id-H1", "H1", name="Ib", cpr="1406801234"), ("e1",))]


def test_an_empty_cell_says_empty_and_a_missing_column_says_nothing(compare):
    assert counts(compare("citizens", "citizen_id,name\nH1,Bo\n", citizens=[H1])) == (0, 1, 0)
    assert told(compare("citizens", "citizen_id,cpr\nH1,\n", citizens=[H1])) == [(2, "cpr", "differs")]


def test_a_cpr_number_is_compared_by_its_digits_and_never_printed(compare):
    assert counts(compare("citizens", "citizen_id,cpr\nH1,140680-1234\n", citizens=[H1])) == (0, 1, 0)
    plan = compare("citizens", "citizen_id,cpr\nH1,150680-4321\n", citizens=[H1])
    line = sentence(Words("da"), plan.faults[0])
    assert "4321" not in line and "1234" not in line
    plan = compare("citizens", "citizen_id,cpr\nH9,320680-4321\n")
    assert told(plan) == [(2, "cpr", "fault.cpr")]
    assert "4321" not in sentence(Words("da"), plan.faults[0])


def test_a_cpr_number_without_check_digit_is_taken_in_and_said(compare):
    plan = compare("citizens", "citizen_id,cpr\nH9,010180-1111\n")
    assert not plan.faults
    assert plan.writes[0][0].cpr == "0101801111"
    assert [notice.fields["what"] for notice in plan.notices] == ["fault.cpr_modulus"]


def test_two_versions_in_conflict_agree_with_either_and_a_correction_settles_them(compare):
    other = Citizen("id-H1", "H1", name="Ib", event="e2")
    assert counts(compare("citizens", "citizen_id,name\nH1,Bo\n", citizens=[H1, other])) == (0, 1, 0)
    plan = compare("citizens", "citizen_id,name\nH1,Ea\n", update=True, citizens=[H1, other])
    assert plan.writes[0][1] == ("e1", "e2")


def test_an_unknown_citizen_is_a_fault_of_each_row(compare):
    plan = compare("notes", "citizen_id,date,kind,text\nH9,2025-01-01,contact,a\nH1,2025-01-01,contact,a\n")
    assert told(plan) == [(2, "citizen_id", "unknown_citizen")]


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("citizens", "citizen_id,benefit_start,case_closed\nH1,2025-02-01,2025-01-01\n", "case_closed"),
        ("assignments", "citizen_id,caseworker,start,end\nH1,mh,2025-02-01,2025-01-01\n", "end"),
        ("interventions", "citizen_id,type,start,end\nH1,mentor,2025-02-01,2025-01-01\n", "end"),
        ("interventions", "citizen_id,type,start,planned_end\nH1,mentor,1-2-2025,31-1-2025\n", "planned_end"),
        ("categories", "citizen_id,category,start,end\nH1,1,2025-02-01,2025-01-01\n", "end"),
        (
            "decisions",
            "citizen_id,date,about,choice,follow_up\nH1,1-2-2025,citizen,stop,1-1-2025\n",
            "follow_up",
        ),
    ],
)
def test_an_end_before_its_start(compare, name, text, where):
    assert told(compare(name, text)) == [(2, where, "fault.before")]


@pytest.mark.parametrize(
    ("name", "text", "where", "what"),
    [
        ("interventions", "citizen_id,type,start\nH1,ferie,2025-01-01\n", "type", "fault.intervention_type"),
        ("interventions", "citizen_id,type,start,hours_per_week\nH1,mentor,1-1-2025,169\n", "hours_per_week",
         "fault.range"),
        ("interventions", "citizen_id,type,start\nH1,mentor,31-02-2025\n", "start", "no_such_date"),
        ("interventions", "citizen_id,type,start\nH1,,2025-01-01\n", "type", "empty"),
        ("plans", "citizen_id,date,goal,indicator\nH1,2025-01-01,x,mod\n", "indicator", "fault.indicator"),
        ("decisions", "citizen_id,date,about,choice\nH1,2025-01-01,alt,stop\n", "about", "fault.about"),
        ("decisions", "citizen_id,date,about,choice\nH1,2025-01-01,flag:1,vent\n", "choice", "not_a_choice"),
        ("notes", "citizen_id,date,kind\nH1,2027-01-01,contact\n", "date", "fault.future"),
        ("conversations", "citizen_id,date,form\nH1,2025-01-01,brev\n", "form", "not_a_choice"),
        ("assignments", "citizen_id,caseworker,start\nH1,mh,1899-01-01\n", "start", "fault.too_early"),
        ("notes", "citizen_id,date,kind,farve\nH1,2025-01-01,contact,x\n", "farve", "unknown_column"),
        ("notes", "citizen_id,date,kind,Date\nH1,2025-01-01,contact,x\n", "Date", "column_twice"),
        ("notes", "citizen_id,date\nH1,2025-01-01\n", "kind", "column_missing"),
        ("people", "person,norm\nmh,mange\n", "norm", "not_a_number"),
    ],
)  # fmt: skip
def test_every_fault_has_its_place(compare, name, text, where, what):
    ((_, column, found),) = told(compare(name, text))
    assert (column, found) == (where, what)


def test_what_may_be_empty_is_not_asked_for(compare):
    """The contract asks for no text: a pseudonymised file has none."""
    assert counts(compare("notes", "citizen_id,date,kind\nH1,2025-01-01,contact\n")) == (1, 0, 0)
    assert counts(compare("plans", "citizen_id,date\nH1,2025-01-01\n")) == (1, 0, 0)


def test_hours_with_a_comma(compare):
    plan = compare("interventions", "citizen_id;type;start;hours_per_week\nH1;smaajob;1-1-2025;2,5\n")
    assert plan.writes[0][0].hours_per_week == 2.5


def test_an_intervention_without_an_id_is_given_one_and_found_again(compare):
    text = "citizen_id,type,provider,start,end\nH1,mentor,Huset,2025-01-01,\n"
    (intervention, _), = compare("interventions", text).writes  # fmt: skip
    assert intervention.id == "new-1"
    assert counts(compare("interventions", text, interventions=[intervention])) == (0, 1, 0)
    ended = text.replace(",\n", ",2025-06-01\n")
    plan = compare("interventions", ended, update=True, interventions=[intervention])
    assert plan.writes[0][0].id == "new-1" and plan.writes[0][0].end == date(2025, 6, 1)


def test_an_intervention_with_an_id_is_found_by_it(compare):
    kept = Intervention("id-H1", "i1", "mentor", DAY, event="e1")
    text = "citizen_id,intervention_id,type,start\nH1,i1,mentor,2025-01-02\n"
    assert told(compare("interventions", text, interventions=[kept])) == [(2, "start", "differs")]
    other = compare("interventions", text.replace("i1", "i2"), interventions=[kept])
    assert counts(other) == (1, 0, 0)


def test_an_id_of_another_citizen_is_a_fault_also_with_update(compare):
    kept = Intervention("id-H1", "i1", "mentor", DAY, event="e1")
    text = "citizen_id,intervention_id,type,start\nH2,i1,mentor,2025-01-01\n"
    plan = compare("interventions", text, update=True, interventions=[kept])
    assert told(plan) == [(2, "intervention_id", "id_of_another")]


@pytest.mark.parametrize(
    ("name", "text", "columns"),
    [
        ("people", "person\nmh\nmh\n", "person"),
        ("citizens", "citizen_id\nH1\nH1 \n", "citizen_id"),
        ("interventions", "intervention_id,citizen_id,type,start\ni1,H1,mentor,1-1-2025\ni1,H2,ips,1-1-2025\n",
         "intervention_id"),
        ("interventions", "citizen_id,type,start\nH1,mentor,1-1-2025\nH1,mentor,2025-01-01\n", "citizen_id+type+start"),
        ("notes", "citizen_id,date,kind\nH1,1-1-2025,contact\nH1,1-1-2025,contact\n", "citizen_id+date+kind"),
        ("conversations", "citizen_id,date,nr\nH1,1-1-2025,2\nH1,1-1-2025,2\n", "citizen_id+date"),
    ],
)  # fmt: skip
def test_a_key_twice(compare, name, text, columns):
    plan = compare(name, text, known=("H1", "H2"))
    assert told(plan) == [(3, columns, "key_twice")]
    assert "2" in sentence(Words("en"), plan.faults[0])


def test_rows_of_one_key_are_told_apart_by_nr(compare):
    text = "citizen_id,date,goal,nr\nH1,2025-01-01,a,\nH1,2025-01-01,b,2\n"
    plan = compare("plans", text)
    assert counts(plan) == (2, 0, 0)
    kept = [PlanItem("id-H1", DAY, "b", event="e1"), PlanItem("id-H1", DAY, "a", event="e2")]
    assert counts(compare("plans", text, plans=kept)) == (0, 2, 0)
    assert counts(compare("plans", text + "H1,2025-01-01,c,3\n", plans=kept)) == (1, 2, 0)
    plan = compare("plans", "citizen_id,date,goal,nr\nH1,1-1-2025,b,1\nH1,1-1-2025,c,2\n", update=True, plans=kept)
    assert plan.writes == [(PlanItem("id-H1", DAY, "c"), ("e2",))]


def test_defaults_stand_for_empty_cells(compare):
    kept = Assignment("id-H1", "mh", DAY, event="e1")
    text = "citizen_id,caseworker,start,end,role\nH1,mh,2025-01-01,,\n"
    assert counts(compare("assignments", text, assignments=[kept])) == (0, 1, 0)
    plan = compare("conversations", "citizen_id,date,status\nH1,2025-01-01,\n")
    assert plan.writes[0][0] == Conversation("id-H1", DAY)


def test_a_faulty_row_hides_no_other_fault(compare):
    text = "citizen_id,date,kind,text\nH9,31-02-2025,brev,x\nH1,2025-01-01,contact,y\n"
    plan = compare("notes", text)
    assert {where for _, where, _ in told(plan)} == {"citizen_id", "date", "kind"}


def test_a_row_with_a_bad_date_still_has_its_type_looked_at(compare):
    plan = compare("interventions", "citizen_id,type,start\nH1,ferie,31-02-2025\nH1,mentor,31-02-2025\n")
    assert told(plan) == [
        (2, "start", "no_such_date"), (3, "start", "no_such_date"), (2, "type", "fault.intervention_type"),
    ]  # fmt: skip


def test_people_are_compared_too(compare):
    kept = Person("mh", name="Mette", norm=45.0, event="e1")
    assert counts(compare("people", "person;name;norm\nmh;Mette;45\n", people=[kept])) == (0, 1, 0)


def test_a_note_that_was_kept_is_not_taken_for_another(compare):
    kept = Note("id-H1", DAY, "contact", text="a", event="e1")
    text = "citizen_id,date,kind,text\nH1,2025-01-01,contact,b\n"
    assert told(compare("notes", text, notes=[kept])) == [(2, "text", "differs")]


# the register's own files


def test_plans_of_one_day_are_told_apart_by_their_id_where_the_file_has_it(compare):
    held_items = [
        PlanItem("id-H1", DAY, goal="a", event="e1"),
        PlanItem("id-H1", DAY, goal="b", id="m2", event="e2"),
    ]
    with_ids = "citizen_id,date,goal,plan_id\nH1,2025-01-01,a,\nH1,2025-01-01,c,m2\nH1,2025-01-01,d,m3\n"
    plan = compare("plans", with_ids, update=True, plans=held_items)
    assert counts(plan) == (1, 1, 1)
    assert [(value.goal, value.id, replaces) for value, replaces in plan.writes] == [
        ("c", "m2", ("e2",)), ("d", "m3", ()),
    ]  # fmt: skip
    without = "citizen_id,date,goal,nr\nH1,2025-01-01,a,1\nH1,2025-01-01,b,2\n"
    assert counts(compare("plans", without, plans=held_items)) == (0, 2, 0)
    twice = "citizen_id,date,goal,plan_id\nH1,2025-01-01,a,m\nH1,2025-01-01,b,m\n"
    assert told(compare("plans", twice)) == [(3, "citizen_id+date+plan_id", "key_twice")]


@pytest.mark.parametrize("header", ["citizen_id,start,whom,what", "citizen_id,start,whom,what,consent_id"])
def test_a_consent_without_an_id_is_given_one_and_known_again(compare, header):
    text = f"{header}\nH1,2025-01-01,Lægen,Helbred{',' if header.endswith('id') else ''}\n"
    plan = compare("consents", text)
    ((value, _),) = plan.writes
    assert value.id and value.whom == "Lægen"
    held_consent = Consent("id-H1", value.id, DAY, "Lægen", "Helbred", event="e1")
    assert counts(compare("consents", text, consents=[held_consent])) == (0, 1, 0)


def test_an_intervention_with_an_empty_id_is_known_again(compare):
    text = "citizen_id,type,start,intervention_id\nH1,mentor,2025-01-01,\n"
    fact = Intervention("id-H1", "x", "mentor", DAY, event="e1")
    assert counts(compare("interventions", text, interventions=[fact])) == (0, 1, 0)


def test_what_the_registers_files_cannot_say(compare):
    assert told(compare("offers", "offer_id,name,type,places\no1,,dans,2\n")) == [
        (2, "type", "fault.intervention_type"),
    ]  # fmt: skip
    assert told(compare("handovers", "citizen_id,date,from_person,to_person\nH1,2025-01-01,a,a\n")) == [
        (2, "to_person", "fault.same_person"),
    ]  # fmt: skip
    assert told(compare("conversations", "citizen_id,date,time\nH1,2025-01-01,kl. 9\n")) == [
        (2, "time", "not_a_time"),
    ]  # fmt: skip
    assert told(compare("citizens", "citizen_id,outcome\nH1,rig\n")) == [(2, "outcome", "not_a_choice")]
    far = "citizen_id,type,start\nH1,mentor,2099-01-01\n"
    assert told(compare("interventions", far)) == [(2, "start", "fault.too_late")]
