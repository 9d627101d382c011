"""Who is responsible, caseloads against the norm, handing over and taking it back, consents, case reviews."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import PEOPLE, TODAY, course, fill, make
from hypothesis import given, settings
from hypothesis import strategies as st

from progression.casework import caseworkers, consents, norms
from progression.casework.values import (
    Assessment,
    Assignment,
    CaseReview,
    Citizen,
    Consent,
    Conversation,
    Person,
    Professional,
)
from progression.desk import caseload, duties, handover, people, reviews
from progression.desk import citizens as citizen_desk
from progression.desk import consents as consent_desk
from progression.desk.duty_facts import gather
from progression.desk.handover import Handing
from progression.errors import KnownError
from progression.store import queries

D = dt.timedelta
DORTE = Person("dd", "Dorte Dam", "sagsbehandler", "Team Øst", norm=2.0)


def somebody(number: str, *rows: tuple, born: dt.date | None = None, **more) -> list[object]:
    """A citizen of a year with assignments (person, start in days from the first, end)."""
    who, first = f"id-{number}", TODAY - D(365)
    values: list[object] = [Citizen(who, number, f"Prøve {number}", born=born, benefit_start=first, **more)]
    for person, start, end in rows:
        values.append(Assignment(who, person, first + D(start), None if end is None else first + D(end)))
    return values


@pytest.fixture
def office(opened):
    """Three colleagues and four citizens: two of Karen's, one nobody's, one of Bo's."""
    return opened(
        [
            *PEOPLE,
            DORTE,
            *somebody("H1", ("kk", 0, None), born=dt.date(2000, 1, 1)),
            *somebody("H2", ("bb", 0, 99), ("kk", 110, None), born=dt.date(1980, 1, 1)),
            *somebody("H3", ("bb", 0, 199)),
            *somebody("H4", ("kk", 0, 49), ("bb", 50, None)),
        ]
    )


def state(session) -> tuple:
    """Everything a hand-over touches, without the ids of events."""
    strip = lambda rows: sorted(repr(replace(row, event="")) for row in rows)  # noqa: E731
    v = session.vault
    return strip(queries.assignments(v)), strip(queries.conversations(v)), strip(queries.handovers(v))


# one definition


def test_the_page_the_list_and_the_course_say_the_same_of_who_is_responsible(opened):
    who = "id-H9"
    open_ended = [*PEOPLE, *somebody("H9", ("kk", 0, None), ("bb", 100, 199))]
    session = opened(open_ended)
    assert citizen_desk.caseworkers(session) == {}  # Karen does not get H9 back because Bo's time ended
    assert caseworkers.caseworker_on(queries.course(session.vault, who), TODAY) == ""
    assert [one.number for one in caseload.page(session).without] == ["H9"]
    earlier = replace(session, day=TODAY - D(200))
    assert citizen_desk.caseworkers(earlier) == {who: "bb"}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["kk", "bb"]), st.integers(0, 60), st.none() | st.integers(0, 80)), max_size=5)
)
def test_every_way_of_asking_says_the_same(tmp_path_factory, rows):
    rows = [(person, start, None if end is None else max(start, end)) for person, start, end in rows]
    rated = [
        Assessment("id-H2", "caseworker", "bip", TODAY - D(300 - n), {"netvaerk": 3}, who)
        for n, who in ((0, "kk"), (9, "bb"))
    ]
    session = make(tmp_path_factory.mktemp("any") / "vault", [*PEOPLE, *somebody("H1", *rows), *somebody("H2"), *rated])
    try:
        for n in (0, 10, 30, 50, 70, 90):
            then = replace(session, day=TODAY - D(365 - n))
            course = queries.course(session.vault, "id-H1")
            said = caseworkers.caseworker_on(course, then.today())
            assert citizen_desk.caseworkers(then).get("id-H1", "") == said
            assert next(c.caseworker for c in caseload.page(then).citizens if c.number == "H1") == said
            listed = {one.number: one.caseworker for one in gather(then, {}).whose}
            assert listed["H1"] == said
            assert listed["H2"] == {70: "kk", 90: "bb"}.get(n, "")
    finally:
        session.vault.close(backup=False)


def test_where_nobody_was_ever_assigned_who_rated_tells(opened):
    rated = Assessment("id-H8", "caseworker", "bip", TODAY - D(10), {"netvaerk": 3}, "bb")
    session = opened([*PEOPLE, *somebody("H8"), rated])
    assert citizen_desk.caseworkers(session) == {"id-H8": "bb"}
    (row,) = caseload.page(session).citizens
    assert (row.caseworker, row.without) == ("bb", 355)


# caseloads


def test_caseloads_stand_by_name_against_the_norm(office):
    found = caseload.page(office)
    assert [(row.name, len(row.citizens)) for row in found.rows] == [
        ("Bo Bech", 1),
        ("Dorte Dam", 0),
        ("Karen Kjær", 2),
    ]
    karen = found.rows[2]
    assert (karen.low, karen.high, karen.own, karen.over) == (37, 52, False, 0)  # one of each age
    assert (found.rows[1].high, found.rows[1].own) == (2, True)
    assert [one.number for one in found.without] == ["H3"]
    assert [(c.before, c.after, c.without) for c in found.citizens[1].changes] == [("bb", "kk", 10)]
    assert [one.without for one in found.citizens] == [0, 10, 166, 0]
    assert karen.changes == 1 and karen.without == 10 and karen.count("") == 1
    assert any(line.purpose == "caseload" for line in queries.access_log(office.vault))


def test_teams_are_the_sum_of_their_colleagues_and_of_the_cases_nobody_has(office):
    teams = {row.name: row for row in caseload.page(office).teams}
    assert (len(teams["Team Øst"].citizens), teams["Team Øst"].high) == (0, 2)
    assert len(teams[""].citizens) == 4
    assert teams[""].colleagues == 2


def test_a_colleague_s_own_norm_comes_first_and_over_it_is_counted(opened):
    rows = [value for n in range(4) for value in somebody(f"H{n}", ("dd", 0, None))]
    (row,) = caseload.page(opened([DORTE, *rows])).rows
    assert (row.low, row.high, row.own, row.over) == (2, 2, True, 2)


def test_looking_back_shows_who_was_responsible_then(office):
    found = caseload.page(replace(office, day=TODAY - D(365 - 60)))
    assert {row.name: len(row.citizens) for row in found.rows} == {"Bo Bech": 3, "Dorte Dam": 0, "Karen Kjær": 1}


def test_a_closed_case_is_in_no_caseload(opened):
    session = opened([*PEOPLE, *somebody("H1", ("kk", 0, None), case_closed=TODAY)])
    assert caseload.page(session).citizens == ()


def test_a_municipality_sets_its_own_figures(office):
    caseload.set_norm(office, "adults", 10, 20)
    assert [(n.low, n.high) for n in caseload.norms_in_force(office)] == [(35, 50), (10, 20)]
    assert caseload.page(office).rows[2].high == round(2 / (1 / 50 + 1 / 20))
    with pytest.raises(KnownError, match=r"norms\.unknown"):
        caseload.set_norm(office, "old", 1, 2)
    with pytest.raises(KnownError) as told:
        caseload.set_norm(office, "adults", 30, 20)
    assert [f.key for f in told.value.fields["faults"]] == ["norms[2].high"]


@given(st.lists(st.none() | st.integers(16, 70), min_size=1, max_size=60))
def test_the_norm_of_a_mix_is_what_its_parts_leave_of_one_caseworker(ages):
    found = norms.mixed(norms.shipped(), ages, TODAY)
    young = sum(1 for age in ages if age is not None and age < 30)
    n = len(ages)
    assert found == (round(n / (young / 35 + (n - young) / 40)), round(n / (young / 50 + (n - young) / 55)))


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        ([], ["norms"]),
        ("x", ["norms"]),
        ([{"code": "a", "low": 0, "high": 5}], ["norms[1].low"]),
        ([{"low": 1, "high": 5}], ["norms[1].code"]),
        ([{"code": "a", "low": 1, "high": True}], ["norms[1].high"]),
        ([{"code": "a", "low": 1, "high": 5, "to_age": 500}], ["norms[1].to_age"]),
        ([{"code": "a", "low": 1, "high": 5, "valid_from": "i går"}], ["norms[1].valid_from"]),
    ],
)
def test_norms_that_cannot_be_used_say_where(rows, keys):
    with pytest.raises(KnownError) as told:
        norms.parse(rows)
    assert [f.key for f in told.value.fields["faults"]] == keys


# assigning


def test_two_cannot_be_made_responsible_for_the_same_day(office):
    with pytest.raises(KnownError) as told:
        people.assign(office, Assignment("id-H1", "bb", TODAY))
    (fault,) = told.value.fields["faults"]
    assert (fault.what, fault.expected["caseworker"]) == ("fault.two_responsible", "Karen Kjær")
    people.assign(office, Assignment("id-H1", "bb", TODAY, role="mentor"))
    people.assign(office, Assignment("id-H3", "dd", TODAY))  # nobody's: free
    assert citizen_desk.caseworkers(office)["id-H3"] == "dd"
    with pytest.raises(KnownError, match=r"assignment\.invalid"):
        people.assign(office, Assignment("id-H3", "nobody", TODAY, role="mentor"))


def test_an_assignment_ends_on_its_last_day(office):
    (row,) = [a for a in queries.assignments(office.vault) if a.citizen == "id-H1"]
    people.end(office, row, TODAY - D(5))
    assert "id-H1" not in citizen_desk.caseworkers(office)
    (row,) = [a for a in queries.assignments(office.vault) if a.citizen == "id-H1"]
    with pytest.raises(KnownError, match=r"assignment\.invalid"):
        people.end(office, row, row.start - D(1))


def test_a_colleague_who_is_named_anywhere_stays_in_the_list(office):
    karen, dorte = (next(p for p in people.listing(office) if p.person == key) for key in ("kk", "dd"))
    with pytest.raises(KnownError, match=r"person\.in_use"):
        people.remove(office, karen)
    people.remove(office, dorte)
    assert "dd" not in people.names(office)
    with pytest.raises(KnownError) as told:
        people.save(office, Person("kk", "En anden", norm=0.0))
    assert [f.what for f in told.value.fields["faults"]] == ["fault.person_taken", "fault.range"]
    people.save(office, replace(karen, norm=40.0))
    assert next(p for p in people.listing(office) if p.person == "kk").norm == 40.0


# handing over


def test_one_citizen_goes_from_one_to_the_other_and_back_as_one_act(office):
    talk = Conversation("id-H1", TODAY + D(9), "s1", "planned", caseworker="kk")
    fill(office, [talk, replace(talk, id="s2", caseworker="bb"), replace(talk, id="s3", date=TODAY, status="held")])
    before = state(office)
    done = handover.one(
        office, "id-H1", Handing("bb", TODAY, "unplanned", " Sygdom ", ("sheet", "told"), "Ring efter kl. 10")
    )
    rows = [a for a in queries.assignments(office.vault) if a.citizen == "id-H1"]
    assert [(a.caseworker, a.end, a.planned, a.reason) for a in rows] == [
        ("kk", TODAY - D(1), "", ""), ("bb", None, "unplanned", "Sygdom"),
    ]  # fmt: skip
    assert [c.caseworker for c in queries.course(office.vault, "id-H1").conversations] == ["kk", "bb", "bb"]
    (kept,) = handover.listing(office, "id-H1")
    assert (kept.from_person, kept.to_person, kept.checklist, kept.note) == (
        "kk",
        "bb",
        "told,sheet",
        "Ring efter kl. 10",
    )
    assert done.talks == 1 and done.citizens == ("id-H1",) and "assignment" in done.changes.kinds
    (change,) = caseload.page(office).citizens[0].changes
    assert (change.planned, change.reason, change.without) == ("unplanned", "Sygdom", 0)
    handover.take_back(office, done.id)
    assert state(office) == before


def test_a_whole_caseload_goes_as_one_act_and_comes_back_as_one(office):
    before = state(office)
    done = handover.all_of(office, "kk", Handing("dd", TODAY, "unplanned", "Sygdom"))
    assert done.citizens == ("id-H1", "id-H2")
    assert citizen_desk.caseworkers(office) == {"id-H1": "dd", "id-H2": "dd", "id-H4": "bb"}
    lines = [line.citizen for line in queries.access_log(office.vault) if line.purpose == "handover"]
    assert sorted(lines) == ["id-H1", "id-H2"]
    handover.take_back(office, done.id)
    assert state(office) == before
    with pytest.raises(KnownError, match=r"handover\.unknown"):
        handover.take_back(office, done.id)


def test_a_caseload_is_shared_among_several_as_one_act(office):
    before = state(office)
    done = handover.all_of(office, "kk", Handing("dd", TODAY, "unplanned", "Sygdom"), {"id-H2": "bb"})
    assert citizen_desk.caseworkers(office) == {"id-H1": "dd", "id-H2": "bb", "id-H4": "bb"}
    assert {row.to_person for row in handover.listing(office)} == {"dd", "bb"}
    assert {row.id for row in handover.listing(office)} == {done.id}
    handover.take_back(office, done.id)
    assert state(office) == before


def test_some_of_a_caseload_may_stay(office):
    done = handover.all_of(office, "kk", Handing("dd", TODAY), {"id-H2": ""})
    assert done.citizens == ("id-H1",)
    assert citizen_desk.caseworkers(office)["id-H2"] == "kk"


@pytest.mark.parametrize(
    ("to", "elsewhere", "code"),
    [
        ("dd", {"id-H1": "", "id-H2": ""}, "handover.all_stay"),
        ("", {"id-H1": "dd"}, "handover.invalid"),  # nobody is told for the other
        ("dd", {"id-H1": "kk"}, "handover.invalid"),
        ("dd", {"id-H1": "nobody"}, "handover.invalid"),
    ],
)
def test_where_one_share_cannot_be_handed_over_nothing_is(office, to, elsewhere, code):
    before = state(office)
    with pytest.raises(KnownError) as caught:
        handover.all_of(office, "kk", Handing(to, TODAY), elsewhere)
    assert caught.value.code == code and state(office) == before


def test_hand_overs_of_one_day_stand_by_name(opened):
    named = [replace(one, name=name) for one, name in zip(
        (somebody("H1")[0], somebody("H2")[0], somebody("H3")[0]), ("Åse", "bo", "Anna"), strict=True
    )]  # fmt: skip
    session = opened([*PEOPLE, *named])
    handover.several(session, ["id-H1", "id-H2", "id-H3"], Handing("kk", TODAY))
    assert [one.name for one in handover.checklists_of(session)] == ["Anna", "bo", "Åse"]


def test_who_already_left_the_day_before_is_handed_over_too(opened):
    session = opened([*PEOPLE, *somebody("H1", ("kk", 0, 364))])
    assert handover.all_of(session, "kk", Handing("bb", TODAY)).citizens == ("id-H1",)
    (kept,) = handover.listing(session)
    assert kept.from_person == "kk"


def test_a_citizen_nobody_has_is_given_one(office):
    handover.one(office, "id-H3", Handing("kk", TODAY))
    (change,) = caseload.page(office).citizens[2].changes
    assert (change.before, change.after, change.without) == ("bb", "kk", 165)


def test_two_responsible_the_same_day_are_refused_and_nothing_is_written(office):
    people.assign(office, Assignment("id-H3", "dd", TODAY + D(30)))
    before = state(office)
    with pytest.raises(KnownError) as told:
        handover.several(office, ["id-H1", "id-H3"], Handing("bb", TODAY + D(1)))
    assert (told.value.code, told.value.fields["numbers"]) == ("handover.two_responsible", ("H3",))
    assert told.value.fields["person"] == "Dorte Dam"
    with pytest.raises(KnownError, match=r"handover\.same_day"):
        handover.one(office, "id-H3", Handing("bb", TODAY + D(30)))
    assert state(office) == before


@pytest.mark.parametrize(
    ("handing", "faults"),
    [
        (Handing("", TODAY), ["fault.empty"]),
        (Handing("nobody", TODAY), ["fault.person_unknown"]),
        (Handing("kk", TODAY), ["fault.same_person"]),
        (Handing("bb", dt.date(2126, 1, 1)), ["fault.too_late"]),
        (Handing("bb", TODAY, "sometimes"), ["fault.choice"]),  # type: ignore[arg-type]
    ],
    ids=["nobody named", "unknown", "the same one", "in a hundred years", "odd word"],
)
def test_what_cannot_be_handed_over_says_why(office, handing, faults):
    before = state(office)
    with pytest.raises(KnownError) as told:
        handover.one(office, "id-H1", handing)
    assert told.value.code == "handover.invalid"
    assert [f.what for f in told.value.fields["faults"]] == faults
    assert state(office) == before


def test_a_closed_case_an_empty_caseload_and_a_stranger_are_refused(office):
    fill(office, somebody("H7", ("kk", 0, None), case_closed=TODAY - D(3)))
    with pytest.raises(KnownError) as told:
        handover.one(office, "id-H7", Handing("bb", TODAY))
    assert (told.value.code, told.value.fields["numbers"]) == ("handover.closed", ("H7",))
    with pytest.raises(KnownError, match=r"handover\.nobody"):
        handover.all_of(office, "dd", Handing("bb", TODAY))
    with pytest.raises(KnownError, match=r"person\.unknown"):
        handover.all_of(office, "who", Handing("bb", TODAY))
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        handover.one(office, "id-none", Handing("bb", TODAY))


def test_what_a_colleague_changed_since_is_not_undone(office):
    done = handover.all_of(office, "kk", Handing("dd", TODAY))
    rows = [a for a in queries.assignments(office.vault) if a.citizen == "id-H2" and a.caseworker == "dd"]
    people.end(office, rows[0], TODAY + D(10))
    before = state(office)
    with pytest.raises(KnownError) as told:
        handover.take_back(office, done.id)
    assert (told.value.code, told.value.fields["who"]) == ("undo.changed_since", "Kim Testesen")
    assert state(office) == before


def test_what_is_done_of_the_checklist_is_kept(office):
    handover.one(office, "id-H1", Handing("bb", TODAY))
    (kept,) = handover.listing(office)
    handover.tick(office, kept, ["plan", "told"])
    assert handover.listing(office)[0].checklist == "told,plan"


ROW = st.tuples(st.sampled_from(["kk", "bb", "dd"]), st.integers(0, 60), st.none() | st.integers(0, 80))


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, max_size=4), st.integers(0, 80), st.sampled_from(["kk", "bb", "dd"]))
def test_after_any_hand_over_one_is_responsible_each_day_and_undoing_leaves_no_trace(tmp_path_factory, rows, at, to):
    rows = [(person, start, None if end is None else max(start, end)) for person, start, end in rows]
    session = make(tmp_path_factory.mktemp("any") / "vault", [*PEOPLE, DORTE, *somebody("H1", *rows)])
    try:
        first, before = TODAY - D(365), state(session)
        day = first + D(at)
        told = queries.course(session.vault, "id-H1")
        was = [caseworkers.caseworker_on(told, first + D(n)) for n in range(120)]
        try:
            done = handover.one(session, "id-H1", Handing(to, day))
        except KnownError:
            assert state(session) == before
            return
        now = queries.course(session.vault, "id-H1")
        assert [caseworkers.caseworker_on(now, first + D(n)) for n in range(120)] == [*was[:at], *([to] * (120 - at))]
        handover.take_back(session, done.id)
        assert state(session) == before
    finally:
        session.vault.close(backup=False)


# consents


def test_who_is_around_and_what_may_be_exchanged(office):
    doctor = Professional("id-H1", "p1", "Lægerne på Torvet", "læge", start=TODAY - D(300))
    left = Professional("id-H1", "p2", "Ida Ibsen", "psykolog", end=TODAY - D(1))
    coach = Professional("id-H1", "p3", "", "kontaktperson", "Socialpsykiatrien")
    for one in (doctor, left, coach):
        consent_desk.save_professional(office, one)
    consent_desk.give(office, Consent("id-H1", "", TODAY - D(100), "lægerne på torvet", "Helbred", TODAY + D(20)))
    consent_desk.give(office, Consent("id-H1", "", TODAY - D(400), "Socialpsykiatrien", "Botid", TODAY - D(5)))
    consent_desk.give(office, Consent("id-H1", "", TODAY - D(400), "Kriminalforsorgen", "Alt", TODAY + D(200)))
    found = consent_desk.around(queries.course(office.vault, "id-H1"), TODAY)
    assert [(a.professional.id if a.professional else None, a.standing) for a in found] == [
        ("p1", "running_out"), ("p3", "ran_out"), (None, "valid"),
    ]  # fmt: skip
    (first, *_rest) = queries.consents(office.vault, "id-H1")[::-1]
    consent_desk.withdraw(office, first, TODAY)
    found = consent_desk.around(queries.course(office.vault, "id-H1"), TODAY)
    assert [a.standing for a in found] == ["withdrawn", "ran_out", "valid"]
    consent_desk.end_professional(office, doctor if doctor.event else _kept(office, "p1"), TODAY - D(1))
    assert [a.standing for a in consent_desk.around(queries.course(office.vault, "id-H1"), TODAY)] == [
        "ran_out",
        "valid",
    ]


def _kept(session, identity: str) -> Professional:
    return next(p for p in queries.professionals(session.vault) if p.id == identity)


def test_nobody_is_around_without_a_consent_being_said(office):
    consent_desk.save_professional(office, Professional("id-H1", "", "Ida Ibsen"))
    (one,) = consent_desk.around(queries.course(office.vault, "id-H1"), TODAY)
    assert (one.consent, one.standing) == (None, "none")


@pytest.mark.parametrize(
    ("consent", "keys"),
    [
        (Consent("id-H1", "", TODAY + D(1), "Læge", "Helbred", TODAY + D(9)), ["start"]),
        (Consent("id-H1", "", TODAY, "", "", TODAY + D(9)), ["whom", "what"]),
        (Consent("id-H1", "", TODAY, "Læge", "Helbred", TODAY - D(9)), ["until"]),
    ],
)
def test_a_consent_says_who_what_and_until_when(office, consent, keys):
    with pytest.raises(KnownError) as told:
        consent_desk.give(office, consent)
    assert [f.key for f in told.value.fields["faults"]] == keys
    with pytest.raises(KnownError, match=r"professional\.invalid"):
        consent_desk.save_professional(office, Professional("id-H1", ""))


@given(
    st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 60), st.none() | st.integers(0, 60)), max_size=4),
    st.integers(0, 70),
)
def test_a_consent_counts_where_any_of_them_holds(rows, at):
    day = TODAY + D(at)
    given_ = [
        Consent("c", str(n), TODAY + D(s), "Læge", "x", TODAY + D(s + u) if u is not None else None,
                TODAY + D(s + w) if w is not None else None)
        for n, (s, u, w) in enumerate(rows)
    ]  # fmt: skip
    best = consents.counting(given_, day)
    assert (best is not None and best.holds(day)) == any(one.holds(day) for one in given_)
    assert (consents.standing(best, day) in ("valid", "running_out")) == any(one.holds(day) for one in given_)


# reviews


def test_the_sample_of_a_year_is_drawn_the_same_every_time_and_for_each_caseworker(opened):
    rows = [v for n in range(20) for v in somebody(f"H{n:02}", (("kk", "bb")[n % 2], 0, None))]
    session = opened([*PEOPLE, *rows])
    first, again = reviews.page(session), reviews.page(session)
    assert first == again and (first.year, first.per_caseworker) == (2026, 3)
    assert [row.caseworker for row in first.rows] == ["bb"] * 3 + ["kk"] * 3
    every = caseload.page(session).citizens
    assert reviews.sample(every, 2026, 3) != reviews.sample(every, 2027, 3)
    assert reviews.sample(every[::-1], 2026, 3) == reviews.sample(every, 2026, 3)


def test_a_review_says_something_and_is_made_by_somebody_else(office):
    with pytest.raises(KnownError) as told:
        reviews.save(office, CaseReview("id-H1", "", TODAY, "kk"))
    assert [f.what for f in told.value.fields["faults"]] == ["fault.empty", "fault.own_case"]
    reviews.save(office, CaseReview("id-H1", "", TODAY, "bb", feedback=" God plan. "), ["plan", "contact"])
    (kept,) = queries.reviews(office.vault)
    assert (kept.feedback, kept.checklist) == ("God plan.", "contact,plan")
    row = next(row for row in reviews.page(office).rows if row.case.number == "H1")
    assert row.review == kept
    reviews.save(office, replace(kept, feedback="Bedre plan."), ["plan"])
    assert len(queries.reviews(office.vault)) == 1


def test_the_caseload_of_a_long_course_is_what_the_course_says(opened):
    session = opened([*PEOPLE, *course("H1", [3.0, 3.1])])
    (row,) = caseload.page(session).citizens
    assert (row.caseworker, row.changes, row.without) == ("kk", (), 0)


def test_nobody_is_made_responsible_nor_a_consent_given_after_the_case_closed(opened):
    closed = TODAY - D(30)
    session = opened([*PEOPLE, *somebody("H1", ("kk", 0, 99), case_closed=closed)])
    tries = {
        "start": lambda: people.assign(session, Assignment("id-H1", "bb", closed + D(1))),
        "given": lambda: consent_desk.give(session, Consent("id-H1", "", closed + D(1), "Læge", "Helbred", TODAY)),
    }
    for refused in tries.values():
        with pytest.raises(KnownError, match=r"case\.closed_then") as told:
            refused()
        assert [(f.key, f.what) for f in told.value.fields["faults"]] == [("start", "fault.after_closing")]
    people.assign(session, Assignment("id-H1", "bb", closed))
    consent_desk.give(session, Consent("id-H1", "", closed, "Læge", "Helbred", TODAY))


def test_a_case_is_of_its_caseworkers_team_else_of_the_citizens_own(opened):
    teams = [Person("kk", "Karen", team="Vest"), Person("bb", "Bo")]
    session = opened(
        [*teams, *somebody("H1", ("kk", 0, None), team="Nord"), *somebody("H2", ("bb", 0, None), team="Nord"),
         *somebody("H3", team="Nord"), *somebody("H4", ("bb", 0, None))]
    )  # fmt: skip
    held = {row.name: len(row.citizens) for row in caseload.page(session).teams}
    assert held == {"": 1, "Nord": 2, "Vest": 1}
    assert {row.key: row.citizens for row in duties.counts(session, "team")} == held
    assert {row.number for row in duties.everybody(session, team="Nord")} == {"H2", "H3"}
    assert {row.team for row in duties.citizen(session, "id-H1")} == {"Vest"}
