"""A conversation from the first key to the finished event: drafts, corrections, both raters, and what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import BIP, PEOPLE, TODAY, course, fill, make, months_before, reopen

from progression.casework.values import DECLINED, NOT_RATED, Citizen, Conversation, Person
from progression.desk import conversations, decisions, flags, rules, settings
from progression.errors import KnownError
from progression.store import drafts, engine, queries

WORKER = [i.code for i in BIP.rated_by("caseworker")]
CITIZEN = [i.code for i in BIP.rated_by("citizen")]
ANSWERS = dict(zip(WORKER, [2, 2, 3, 4, 2, NOT_RATED, 3, 4, 2, 3, DECLINED], strict=True))
HEARD = dict(zip(CITIZEN, [3, 4, 3, 4, 2, 3, 4, 4, 3], strict=True))
WHO = "id-H2"


@pytest.fixture
def session(opened):
    """One citizen with three rounds behind her."""
    return opened([*PEOPLE, *course("H2", [2.6, 2.7, 2.8], active=(7, None))])


def keep(session, rater="caseworker", answers=ANSWERS, day=TODAY, mode="", notes=None, note=""):
    return conversations.keep(session, WHO, rater, "bip", day, mode, answers, notes or {}, note)


def finish(session, rater="caseworker", answers=ANSWERS, day=TODAY, mode="", notes=None, note=""):
    return conversations.finish(session, WHO, rater, "bip", day, mode, answers, notes or {}, note)


def saved(session, rater="caseworker", day=TODAY):
    return [a for a in queries.assessments(session.vault) if (a.citizen, a.rater, a.date) == (WHO, rater, day)]


# opening


def test_an_empty_sheet_knows_what_came_before(session):
    sheet = conversations.open(session, WHO, "caseworker")
    assert (sheet.day, sheet.ordinal, sheet.resumed, sheet.corrects) == (TODAY, 4, False, None)
    assert sheet.previous is not None and sheet.previous.date == max(sheet.taken)
    assert not sheet.answers and sheet.name == "Prøve H2"
    assert (sheet.other_answered, sheet.other_total) == (0, 9)
    assert sheet.begins == months_before(26) and sheet.ends is None


def test_opening_is_logged_as_a_look(session):
    conversations.open(session, WHO, "caseworker")
    assert queries.access_log(session.vault, WHO)[0].act == "view"


def test_the_notes_of_the_last_conversations_come_newest_first(session):
    fill(session, [Conversation(WHO, dt.date(2026, 4, 20), "c9", "held", topic="Så på praktik")])
    fill(session, [Conversation(WHO, dt.date(2026, 4, 25), "c10", "cancelled", topic="Blev aflyst")])
    finish(session, day=dt.date(2026, 4, 22), note="Vil gerne i gang")
    notes = conversations.open(session, WHO, "caseworker").last_notes
    assert notes == ((dt.date(2026, 4, 22), "Vil gerne i gang"), (dt.date(2026, 4, 20), "Så på praktik"))


def test_the_way_the_citizen_answered_last_time_is_proposed(session):
    assert conversations.open(session, WHO, "citizen").mode == "self"
    assert conversations.open(session, WHO, "caseworker").mode == ""


def test_the_setting_shows_earlier_answers_from_the_start(session):
    assert not conversations.open(session, WHO, "caseworker").show_earlier
    settings.put(session, conversations.SHOW_EARLIER, True)
    assert conversations.open(session, WHO, "caseworker").show_earlier


def test_unknown_citizens_and_scales_are_named(session):
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        conversations.open(session, "nobody", "caseworker")
    with pytest.raises(KnownError, match=r"scale\.unknown"):
        conversations.open(session, WHO, "caseworker", "none")


def test_a_scale_without_a_key_for_each_step_is_imported_instead(session):
    with pytest.raises(KnownError, match=r"conversation\.by_import"):
        conversations.open(session, WHO, "caseworker", "hamd")


# drafts


def test_a_draft_survives_the_end_of_the_program(session):
    keep(session, answers={WORKER[0]: 4}, notes={WORKER[0]: "Sover bedre"}, note="God samtale")
    again = reopen(session)
    try:
        sheet = conversations.open(again, WHO, "caseworker")
        assert sheet.resumed and sheet.answers == {WORKER[0]: 4}
        assert sheet.notes == {WORKER[0]: "Sover bedre"} and sheet.note == "God samtale"
        assert sheet.saved is not None and sheet.saved.hour == 12
        assert not saved(again)
    finally:
        again.vault.close(backup=False)


def test_keeping_says_when_it_was_durable(session):
    assert keep(session) == session.vault.clock.now()


def test_a_draft_keeps_its_own_date(session):
    keep(session, day=dt.date(2026, 4, 20))
    sheet = conversations.open(session, WHO, "caseworker", day=TODAY)
    assert sheet.day == dt.date(2026, 4, 20)


def test_an_emptied_sheet_leaves_no_draft(session):
    keep(session)
    keep(session, answers={})
    assert drafts.load(session.vault, WHO, "caseworker", "bip") is None


def test_raters_have_drafts_of_their_own(session):
    keep(session, "caseworker", {WORKER[0]: 1})
    keep(session, "citizen", {CITIZEN[0]: 5}, mode="interview")
    assert conversations.open(session, WHO, "caseworker").answers == {WORKER[0]: 1}
    sheet = conversations.open(session, WHO, "citizen")
    assert sheet.answers == {CITIZEN[0]: 5} and sheet.mode == "interview"
    assert conversations.open(session, WHO, "caseworker").other_answered == 1


def test_a_draft_can_be_thrown_away(session):
    keep(session)
    changes = conversations.discard(session, WHO, "caseworker")
    assert changes.kinds == {"draft"}
    assert not conversations.open(session, WHO, "caseworker").resumed


# finishing


def test_finishing_writes_one_assessment_and_the_conversation_it_was_part_of(session):
    keep(session)
    changes, finished = finish(session, notes={WORKER[1]: " Står op kl. 7 ", WORKER[2]: "  "}, note="God samtale")
    (one,) = saved(session)
    assert dict(one.answers) == ANSWERS and dict(one.notes) == {WORKER[1]: "Står op kl. 7"}
    assert one.note == "God samtale" and one.entered == session.vault.clock.now()
    (held,) = [c for c in queries.conversations(session.vault) if c.date == TODAY]
    assert held.status == "held" and one.conversation == held.id
    assert changes.kinds >= {"assessment", "draft", "conversation"} and changes.citizens == {WHO}
    assert drafts.load(session.vault, WHO, "caseworker", "bip") is None
    assert finished.answered == {"caseworker": (9, 11)} and finished.day == TODAY


def test_neither_not_rated_nor_declined_is_ever_a_step(session):
    _changes, finished = finish(session)
    rows = {row.indicator: row for row in finished.moved}
    assert rows[WORKER[5]].caseworker_now is None and rows[WORKER[10]].caseworker_now is None


def test_any_subset_finishes(session):
    _changes, finished = finish(session, answers={WORKER[7]: 4})
    assert finished.answered == {"caseworker": (1, 11)}


def test_the_caseworkers_finish_takes_the_citizens_answers_of_that_day_with_it(session):
    keep(session, "citizen", HEARD, mode="interview")
    _changes, finished = finish(session)
    assert finished.answered == {"caseworker": (9, 11), "citizen": (9, 9)}
    (theirs,) = saved(session, "citizen")
    assert theirs.mode == "interview" and theirs.conversation == saved(session)[0].conversation
    assert drafts.load(session.vault, WHO, "citizen", "bip") is None


def test_a_citizens_draft_of_another_day_stays_a_draft(session):
    keep(session, "citizen", HEARD, day=dt.date(2026, 4, 20))
    finish(session)
    assert not saved(session, "citizen")
    assert conversations.open(session, WHO, "citizen").resumed


def test_the_citizens_finish_leaves_the_caseworkers_draft_alone(session):
    keep(session)
    finish(session, "citizen", HEARD, mode="phone")
    assert conversations.open(session, WHO, "caseworker").answers == ANSWERS
    (held,) = [c for c in queries.conversations(session.vault) if c.date == TODAY]
    assert held.form == "phone"


def test_the_mode_belongs_to_the_citizens_answers(session):
    finish(session, mode="phone")
    assert saved(session)[0].mode == ""


def test_a_planned_conversation_becomes_the_held_one(session):
    fill(session, [Conversation(WHO, TODAY, "plan1", "planned", "video", topic="Opfølgning")])
    finish(session)
    (held,) = [c for c in queries.conversations(session.vault) if c.date == TODAY]
    assert (held.id, held.status, held.form, held.topic) == ("plan1", "held", "video", "Opfølgning")


def test_a_conversation_that_was_held_already_is_not_written_again(session):
    fill(session, [Conversation(WHO, TODAY, "c1", "held")])
    finish(session)
    assert [c.id for c in queries.conversations(session.vault) if c.date == TODAY] == ["c1"]


def test_who_rated_is_the_colleague_with_the_accounts_name(session):
    fill(session, [Person("kt", "kim testesen")])
    finish(session)
    assert saved(session)[0].assessor == "kt"


def test_an_account_that_is_tied_to_a_colleague_rates_as_that_one(session):
    fill(session, [Person("kt", "kim testesen")])
    settings.put(session, "account_person", {session.vault.account.id: "bb"})
    finish(session)
    assert saved(session)[0].assessor == "bb"


def test_a_correction_tells_the_time_of_the_user_s_clock(session):
    finish(session)
    summer = dt.timezone(dt.timedelta(hours=2))
    session.vault.clock.at = session.vault.clock.at.astimezone(summer)
    sheet = conversations.correct(session, saved(session)[0])
    assert sheet.saved.utcoffset() == dt.timedelta(hours=2)


def test_without_such_a_colleague_it_is_the_citizens_caseworker(session):
    finish(session)
    assert saved(session)[0].assessor == "kk"


def test_with_nobody_known_it_is_the_account(opened):
    session = opened([Citizen(WHO, "H2")])
    finish(session)
    assert saved(session)[0].assessor == session.vault.account.id


# corrections


def test_a_second_finish_of_the_same_date_replaces_the_first(session):
    finish(session)
    finish(session, answers={**ANSWERS, WORKER[0]: 5})
    (one,) = saved(session)
    assert one.answers[WORKER[0]] == 5 and not one.conflict
    assert not queries.conflicts(session.vault)
    assert len([c for c in queries.conversations(session.vault) if c.date == TODAY]) == 1
    assert queries.access_log(session.vault, WHO)[0].act == "change"


def test_opening_a_finished_day_shows_what_is_saved_to_correct(session):
    finish(session, notes={WORKER[0]: "Sover bedre"})
    sheet = conversations.open(session, WHO, "caseworker")
    assert sheet.corrects is not None and sheet.corrects.event == saved(session)[0].event
    assert sheet.answers == ANSWERS and sheet.notes == {WORKER[0]: "Sover bedre"} and not sheet.resumed


def test_correcting_an_old_assessment(session):
    old = next(a for a in queries.assessments(session.vault) if a.citizen == WHO and a.rater == "caseworker")
    sheet = conversations.correct(session, old)
    assert (sheet.day, dict(sheet.answers), sheet.previous) == (old.date, dict(old.answers), None)
    finish(session, answers={**old.answers, WORKER[0]: 5}, day=old.date)
    (one,) = saved(session, day=old.date)
    assert one.answers[WORKER[0]] == 5


def test_a_correction_does_not_overwrite_an_unfinished_draft_of_another_day(session):
    old = next(a for a in queries.assessments(session.vault) if a.citizen == WHO and a.rater == "caseworker")
    keep(session)
    with pytest.raises(KnownError, match=r"conversation\.draft_open") as raised:
        conversations.correct(session, old)
    assert raised.value.fields == {"day": TODAY}


def test_a_correction_under_way_is_resumed(session):
    finish(session)
    one = saved(session)[0]
    keep(session, answers={WORKER[0]: 1})
    sheet = conversations.correct(session, one)
    assert sheet.resumed and sheet.answers == {WORKER[0]: 1} and sheet.corrects == one


# what is refused


@pytest.mark.parametrize(
    ("rater", "answers", "fault"),
    [
        ("caseworker", {WORKER[0]: 6}, "fault.score"),
        ("caseworker", {WORKER[0]: 0}, "fault.score"),
        ("caseworker", {WORKER[0]: True}, "fault.not_whole"),
        ("caseworker", {WORKER[0]: 2.5}, "fault.not_whole"),
        ("caseworker", {"humoer": 3}, "fault.indicator"),
        ("citizen", {"sagsbehandlers_tro": 3}, "fault.not_rated_by"),
    ],
)
def test_what_no_sheet_can_hold_is_refused_and_the_draft_stays(session, rater, answers, fault):
    keep(session, rater, {CITIZEN[0]: 3})
    with pytest.raises(KnownError, match=r"conversation\.invalid") as raised:
        finish(session, rater, answers)
    assert [f.what for f in raised.value.fields["faults"]] == [fault]
    assert not saved(session, rater)
    assert conversations.open(session, WHO, rater).answers == {CITIZEN[0]: 3}


def test_a_date_in_the_future_is_refused(session):
    with pytest.raises(KnownError, match=r"conversation\.invalid") as raised:
        finish(session, day=TODAY + dt.timedelta(days=1))
    assert [f.key for f in raised.value.fields["faults"]] == ["date"]


def test_nothing_answered_is_not_an_assessment(session):
    with pytest.raises(KnownError, match=r"conversation\.empty"):
        finish(session, answers={}, note="Vi talte om noget andet")
    assert not saved(session)


def test_a_fault_in_the_citizens_draft_saves_nothing_at_all(session):
    keep(session, "citizen", {"sagsbehandlers_tro": 3})
    with pytest.raises(KnownError, match=r"conversation\.invalid"):
        finish(session)
    assert not saved(session) and not saved(session, "citizen")


def test_a_disk_that_is_full_keeps_what_was_kept(session, monkeypatch):
    keep(session, answers={WORKER[0]: 2})

    def full(_db):
        raise KnownError("disk.full", folder="somewhere")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "transaction", full)
        with pytest.raises(KnownError, match=r"disk\.full"):
            keep(session, answers={WORKER[0]: 2, WORKER[1]: 3})
        with pytest.raises(KnownError, match=r"disk\.full"):
            finish(session, answers={WORKER[0]: 2, WORKER[1]: 3})
    assert conversations.open(session, WHO, "caseworker").answers == {WORKER[0]: 2}
    finish(session, answers={WORKER[0]: 2, WORKER[1]: 3})
    assert len(saved(session)) == 1


def test_a_disk_that_fills_up_after_the_assessment_does_not_make_it_look_unsaved(session, monkeypatch):
    def full(_session, _flags):
        raise KnownError("disk.full", folder="somewhere")

    monkeypatch.setattr(flags, "remember", full)
    _changes, finished = finish(session)
    assert finished.answered and saved(session)


# the panel


def test_the_panel_compares_with_the_round_before(session):
    previous = conversations.open(session, WHO, "caseworker").previous
    _changes, finished = finish(session)
    assert finished.before == previous.date
    whole = finished.moved[0]
    assert whole.indicator is None and whole.margin is not None and whole.change is not None
    assert len(finished.moved) == 12


def test_the_rules_have_no_margin_of_the_model(session):
    rules.choose(session, "rules")
    _changes, finished = finish(session)
    whole = finished.moved[0]
    assert whole.change is not None and whole.caseworker_before is not None
    assert (whole.margin, whole.measurable, finished.margin) == (None, None, None)


def test_the_first_conversation_has_nothing_to_compare_with(opened):
    session = opened([*PEOPLE, Citizen(WHO, "H2", "Prøve H2", benefit_start=dt.date(2026, 4, 1))])
    _changes, finished = finish(session)
    assert finished.before is None
    assert all(row.measurable is None for row in finished.moved)


def test_the_panel_can_be_had_again(session):
    keep(session, "citizen", HEARD)
    _changes, finished = finish(session)
    again = conversations.finished(session, WHO, TODAY)
    assert (again.moved, again.apart, again.answered) == (finished.moved, finished.apart, finished.answered)


def test_two_steps_apart_is_a_topic(session):
    keep(session, "citizen", HEARD)
    _changes, finished = finish(session)
    assert finished.apart == (("hverdagsmestring", 2, 4),)


def test_open_flags_stand_on_the_panel_until_they_are_decided(opened):
    session = opened([*PEOPLE, *course("H2", [3.5, 3.5, 3.6, 3.5, 2.9, 2.4, 2.1], active=(24, 10))])
    _changes, finished = finish(session, answers=dict.fromkeys(WORKER, 2))
    assert [flag.kind for flag in finished.flags] == ["regression"]
    decisions.decide(session, finished.flags[0], "start", "Småjob", dt.date(2026, 7, 1))
    assert not conversations.finished(session, WHO, TODAY).flags


def test_paper_from_the_kitchen_table_is_dated_when_it_was_answered(session):
    day = dt.date(2026, 4, 20)
    _changes, finished = finish(session, day=day)
    (one,) = saved(session, day=day)
    assert one.entered.date() == TODAY and finished.day == day
    assert [c.date for c in queries.conversations(session.vault) if c.id == one.conversation] == [day]


def test_looking_back_opens_on_that_day(tmp_path):
    session = make(tmp_path / "v", [*PEOPLE, *course("H2", [2.6, 2.7, 2.8])])
    try:
        then = replace(session, day=dt.date(2026, 4, 10))
        assert conversations.open(then, WHO, "caseworker").day == dt.date(2026, 4, 10)
    finally:
        session.vault.close(backup=False)
