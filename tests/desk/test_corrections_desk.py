"""The history of corrections: what it was, what it is, who and when, read from the real journal."""

from __future__ import annotations

import pytest
from desk_cases import BIP, PEOPLE, TODAY, course

from progression.casework.values import DECLINED
from progression.desk import conversations, corrections, undo
from progression.errors import KnownError
from progression.store import queries

CODES = [i.code for i in BIP.rated_by("caseworker")]
WHO = "id-H2"


@pytest.fixture
def session(opened):
    return opened([*PEOPLE, *course("H2", [2.6, 2.7, 2.8], active=(7, None))])


def finish(session, answers, notes=None, note="", mode=""):
    return conversations.finish(session, WHO, "caseworker", "bip", TODAY, mode, answers, notes or {}, note)


def standing(session):
    """The event of today's assessment."""
    return next(a.event for a in queries.assessments(session.vault) if (a.citizen, a.date) == (WHO, TODAY))


FIRST = dict.fromkeys(CODES, 3)


def test_nothing_corrected_is_an_empty_history_and_still_a_look(session):
    assert corrections.of_citizen(session, WHO) == ()
    (line, *_rest) = queries.access_log(session.vault, WHO)
    assert (line.act, line.purpose) == ("view", "corrections")


def test_each_answer_tells_what_it_was_who_changed_it_and_when(session):
    finish(session, FIRST)
    finish(session, {**FIRST, CODES[0]: 5, CODES[1]: DECLINED}, {CODES[0]: "Sover bedre"}, "Ved køkkenbordet")
    found = corrections.of_citizen(session, WHO)
    told = {(one.what, one.indicator): (one.before, one.after) for one in found}
    assert told == {
        ("answer", CODES[0]): (3, 5),
        ("answer", CODES[1]): (3, DECLINED),
        ("note", CODES[0]): (None, "Sover bedre"),
        ("remark", ""): (None, "Ved køkkenbordet"),
    }
    assert {(one.day, one.rater, one.scale) for one in found} == {(TODAY, "caseworker", "bip")}
    assert {one.who for one in found} == {session.vault.account.name}
    assert all(one.when.date() == session.vault.clock.now().date() and not one.came_back for one in found)


def test_a_skipped_answer_that_is_given_later_was_nothing_before(session):
    finish(session, {CODES[0]: 3})
    finish(session, {CODES[0]: 3, CODES[1]: 4})
    (one,) = corrections.of_citizen(session, WHO)
    assert (one.indicator, one.before, one.after) == (CODES[1], None, 4)


def test_what_was_undone_is_there_too_and_says_so(session):
    finish(session, FIRST)
    finish(session, {**FIRST, CODES[0]: 1})
    undo.take_back(session, [standing(session)])
    latest, before = corrections.of_citizen(session, WHO)
    assert (before.before, before.after, before.came_back) == (3, 1, False)
    assert (latest.before, latest.after, latest.came_back) == (1, 3, True)


def test_a_whole_assessment_taken_back_and_put_back_again(session):
    finish(session, FIRST)
    gone = undo.take_back(session, [standing(session)])
    undo.take_back(session, gone.events)
    latest, before = corrections.of_citizen(session, WHO)
    assert (before.what, before.came_back) == ("all", False)
    assert (latest.what, latest.came_back) == ("all", True)


def test_a_citizen_nobody_knows(session):
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        corrections.of_citizen(session, "nobody")
