"""A citizen's own details: corrected, logged, undone, in conflict; what is due is reckoned again at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from desk_cases import PASSPHRASE, TODAY, again, clock
from two_devices import exchange

from progression.casework.values import Citizen
from progression.desk import citizens, details, duties, undo, vaults
from progression.errors import KnownError
from progression.store import journal, queries

WHO = "c1"
DAY = dt.timedelta(days=1)


@pytest.fixture
def held(opened):
    return opened([Citizen(WHO, "S-1", "Karsten Bog", phone="12 34 56 78"), Citizen("c2", "S-2", "Ida")])


def correct(session, **fields):
    return details.correct(session, WHO, fields, details.read(session, WHO).seen)


def test_what_is_corrected_replaces_what_stood_and_the_rest_stays(held):
    before = queries.citizen(held.vault, WHO)
    done = correct(held, name="  Karsten Bøgh ", cpr="140680-1233")
    found = queries.citizen(held.vault, WHO)
    assert found == replace(before, name="Karsten Bøgh", cpr="1406801233", event=done.events[0])
    assert done.kinds == {"citizen", "flag"} and done.citizens == {WHO}
    written = journal.from_row(
        held.vault.rows(f"SELECT {', '.join(journal.COLUMNS)} FROM event WHERE id = ?", done.events)[0]
    )
    assert written.replaces == (before.event,)
    assert len(details.read(held, WHO).versions) == 1


def test_reading_and_correcting_are_in_the_access_log(held):
    correct(held, phone="87 65 43 21")
    lines = [(line.act, line.purpose) for line in queries.access_log(held.vault, WHO)]
    assert ("view", "details") in lines and ("change", "") in lines


def test_nothing_changed_writes_nothing(held):
    assert correct(held, name="Karsten Bog").events == ()
    assert correct(held).events == ()


def test_undo_brings_the_old_details_back(held):
    done = correct(held, name="Karsten Bøgh", benefit_start=TODAY)
    undo.take_back(held, done.events)
    found = queries.citizen(held.vault, WHO)
    assert (found.name, found.benefit_start) == ("Karsten Bog", None)


def test_a_first_day_of_benefit_gives_the_first_conversation_at_once(held):
    assert citizens.page(held, WHO).duty is None
    done = correct(held, benefit_start=TODAY - 3 * DAY)
    due = citizens.page(held, WHO).duty
    assert due is not None and due.due > TODAY - 3 * DAY
    assert any(row.kind == due.kind for row in duties.of(held, queries.course(held.vault, WHO)))
    undo.take_back(held, done.events)
    assert citizens.page(held, WHO).duty is None


def test_a_failing_check_digit_is_a_warning_and_never_a_refusal(held):
    typed = Citizen(WHO, "S-1", cpr="140680-1234", born=dt.date(1980, 6, 15))
    assert {one.what for one in details.warnings(typed, TODAY)} == {"fault.cpr_modulus", "fault.cpr_born"}
    correct(held, cpr="140680-1234", born=dt.date(1980, 6, 15))
    assert queries.citizen(held.vault, WHO).cpr == "1406801234"


@pytest.mark.parametrize(
    ("fields", "where", "what"),
    [
        ({"cpr": "12345"}, "cpr", "fault.cpr"),
        ({"number": " "}, "number", "fault.empty"),
        ({"benefit_start": dt.date(3026, 1, 1)}, "benefit_start", "fault.too_late"),
        ({"benefit_start": dt.date(206, 1, 1)}, "benefit_start", "fault.too_early"),
        ({"born": TODAY + DAY}, "born", "fault.future"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(held, fields, where, what):
    before = queries.citizen(held.vault, WHO)
    with pytest.raises(KnownError, match=r"citizen\.invalid") as refused:
        correct(held, **fields)
    assert [(one.key, one.what) for one in refused.value.fields["faults"]] == [(where, what)]
    assert queries.citizen(held.vault, WHO) == before


def test_a_number_somebody_else_has_is_refused(held):
    with pytest.raises(KnownError, match=r"citizen\.number_taken"):
        correct(held, number="S-2")


def test_a_closed_case_keeps_its_end(opened):
    session = opened([Citizen(WHO, "S-1", "Ida", benefit_start=TODAY - 90 * DAY, case_closed=TODAY, outcome="job")])
    correct(session, name="Ida Bro")
    found = queries.citizen(session.vault, WHO)
    assert (found.case_closed, found.outcome) == (TODAY, "job")


def test_who_is_not_there_cannot_be_corrected(held):
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        details.read(held, "nobody")
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        details.correct(held, "nobody", {}, ())
    with pytest.raises(KeyError):
        correct(held, case_closed=TODAY)


def test_what_a_colleague_corrected_meanwhile_is_not_written_over(held):
    seen = details.read(held, WHO).seen
    correct(held, phone="11 11 11 11")
    with pytest.raises(KnownError, match=r"citizen\.changed_since") as refused:
        details.correct(held, WHO, {"name": "Karsten Bøgh"}, seen)
    assert refused.value.fields["who"] == "Kim Testesen"
    assert queries.citizen(held.vault, WHO).name == "Karsten Bog"
    details.correct(held, WHO, {"name": "Karsten Bøgh"}, details.read(held, WHO).seen)
    assert queries.citizen(held.vault, WHO).phone == "11 11 11 11"


def test_two_versions_written_apart_are_both_told_of_and_settled_by_the_next_correction(held, opened, tmp_path):
    copy = vaults.back_up(held, tmp_path / "copy.backup")
    other = vaults.restore(copy, tmp_path / "other", PASSPHRASE, clock=clock(), state=tmp_path / "s").session
    correct(held, phone="11 11 11 11")
    correct(other, phone="22 22 22 22")
    exchange(held, other)
    found = details.read(held, WHO)
    assert {one.citizen.phone for one in found.versions} == {"11 11 11 11", "22 22 22 22"}
    assert found.versions[-1].citizen == found.citizen == queries.citizen(held.vault, WHO)
    standing = found.citizen.phone
    details.correct(held, WHO, {}, found.seen)  # as it stands: that settles it too
    assert [one.citizen.phone for one in details.read(held, WHO).versions] == [standing]
    assert queries.conflicts(held.vault, "citizen.set") == ()
    other.vault.close(backup=False)


def test_it_is_the_same_after_the_vault_was_closed(held):
    correct(held, name="Karsten Bøgh")
    folder = held.vault.folder
    held.vault.close(backup=False)
    session = again(folder)
    assert queries.citizen(session.vault, WHO).name == "Karsten Bøgh"
    session.vault.close(backup=False)
