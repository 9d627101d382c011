"""Tables are a pure function of the set of events: order, batches and rebuilding make no difference."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vault_cases import ADD, CHEAP, NOON, PASSPHRASE, sample_assessment, sample_citizen

from progression.casework.values import Assessment, Intervention
from progression.errors import KnownError
from progression.scales import library
from progression.store import check, journal, kinds, queries, tables, vault
from progression.store.clock import FixedClock
from progression.store.journal import Event, NewEvent

SMALL = """
format = 1
id = "small"
version = {version}
minimum = 1
maximum = {maximum}
direction = "higher"
minimal_important_change = 0.5
name = {{ da = "Lille", en = "Small" }}
description = {{ da = "Til prøver", en = "For tests" }}
mic_source = {{ da = "Ingen", en = "None" }}
"""
INDICATOR = """
[[indicators]]
code = "{code}"
raters = ["caseworker", "citizen"]
in_whole = true
shown_to_citizen = true
predicts_job = false
working_name = false
name = {{ da = "x", en = "x" }}
short_name = {{ da = "x", en = "x" }}
prompt = {{ da = "x", en = "x" }}
question = {{ da = "x", en = "x" }}
"""


def scale_text(version: int, codes: str, maximum: int = 3) -> str:
    text = SMALL.format(version=version, maximum=maximum)
    return text + "".join(INDICATOR.format(code=code) for code in codes)


def state(v) -> dict[str, list]:
    return {t: sorted(v.rows(f"SELECT * FROM {t}"), key=repr) for t in tables.ALL}


def chained(stream: str, specs: list[tuple]) -> list[Event]:
    """Events of a made-up device. A spec: (id number, kind, body, citizen, replaced id numbers, version)."""
    events, previous = [], journal.START
    for seq, (number, kind, body, citizen, replaces, version) in enumerate(specs, 1):
        salt = bytes([number % 256]) * 16
        event = Event(
            name(number), stream, seq, NOON, "author", kind, version, citizen, tuple(name(r) for r in replaces),
            body, salt, journal.body_hash(journal.canonical(body), salt), previous, "",
        )  # fmt: skip
        previous = journal.event_hash(journal.to_row(event))
        events.append(replace(event, hash=previous))
    return events


def name(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012d}"


A_TYPE = {"code": "t", "name": {"da": "T"}, "bip_type": "job", "active": True, "state": ""}


def answered(answers: dict) -> dict:
    return {"date": "2026-05-01", "rater": "citizen", "scale": "small", "answers": answers}


def note(text: str) -> dict:
    return {"date": "2026-05-01", "kind": "contact", "text": text}


@st.composite
def histories(draw):
    """Events of two devices: corrections of own and others' events, withdrawals, forks, scales, unreadable and newer
    kinds, and replacing what never arrives."""
    count = draw(st.integers(2, 14))
    specs: list[list[tuple]] = [[], []]
    for number in range(1, count + 1):
        replaces = draw(st.lists(st.sampled_from([*range(1, count + 1), 99]), max_size=2, unique=True))
        kind, body = draw(
            st.sampled_from(
                [
                    ("note.set", note(f"n{number}")),
                    ("note.set", {"withdrawn": True}),
                    ("note.set", {"nonsense": number}),
                    ("assessment.set", answered({"a": 2, "b": 3})),
                    ("assessment.set", answered({"b": "declined"})),
                    ("scale.installed", {"id": "small", "version": 1, "toml": scale_text(1, "a")}),
                    ("scale.installed", {"id": "small", "version": 2, "toml": scale_text(2, "ba", 12)}),
                    ("scale.installed", {"id": "small", "version": 3, "toml": "not a scale"}),
                    ("setting.set", {"key": "k", "value": number}),
                    ("dream.dreamt", {}),
                    ("types.installed", {"types": [A_TYPE]}),
                ]
            )
        )  # fmt: skip
        version = draw(st.sampled_from([1, 1, 1, 1, 2]))
        specs[draw(st.integers(0, 1))].append((number, kind, body, "c1", replaces, version))
    events = chained("device1.team", specs[0]) + chained("device2.team", specs[1])
    if draw(st.booleans()) and specs[0]:  # the first device was cloned: another history at the same places
        events += chained("device1.team", [(50, "note.set", note("fork"), "c1", [1], 1)])
    order = draw(st.permutations(events))
    cuts = sorted(draw(st.lists(st.integers(0, len(events)), max_size=4)))
    return events, [order[a:b] for a, b in itertools.pairwise([0, *cuts, len(order)])]


@pytest.fixture(scope="module")
def one_vault(tmp_path_factory):
    """One vault for every example, emptied in between: making a vault costs more than an example."""
    folder = tmp_path_factory.mktemp("pure")
    clock = FixedClock(NOON)
    made = vault.create(
        folder / "v", PASSPHRASE, account_name="A", seed_events=(), kdf=CHEAP, state=folder / "state", clock=clock
    )
    yield made.vault
    made.vault.close(backup=False)


def outcome(v, batches) -> tuple[dict, tuple, tuple]:
    """What the vault holds after these batches, everything taken back afterwards."""
    v.db.conn.execute("SAVEPOINT example")
    try:
        for batch in batches:
            from progression.store import receiving

            receiving.take_in(v.db, v.projector, receiving.verified(batch))
        grown, waiting, disputed = state(v), queries.pending(v), queries.conflicts(v)
        v.projector.rebuild()
        assert state(v) == grown
        return grown, tuple(sorted({(p.event, p.reason, p.needs) for p in waiting})), disputed
    finally:
        v.db.conn.execute("ROLLBACK TO example")
        v.db.conn.execute("RELEASE example")
        v.projector.forget()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_any_order_and_batching_gives_the_same_tables(one_vault, history):
    events, batches = history
    grown, waiting, disputed = outcome(one_vault, batches)
    again = outcome(one_vault, [[event] for event in events])
    assert (grown, waiting, disputed) == again
    assert outcome(one_vault, [events, events]) == again  # and repetition changes nothing


def received(v, specs, stream="device.team"):
    events = chained(stream, specs)
    return events, v.receive(events)


def test_an_event_waits_visibly_for_what_it_replaces(bench):
    v = bench.vault()
    events = chained("d.t", [(1, "note.set", note("a"), "c1", [], 1), (2, "note.set", note("b"), "c1", [1], 1),
                             (3, "note.set", note("c"), "c1", [2], 1)])  # fmt: skip
    v.receive(events[1:])
    assert queries.notes(v) == ()
    assert [(p.event, p.reason, p.needs) for p in queries.pending(v)] == [
        (name(2), "missing", (name(1),)),
        (name(3), "missing", (name(2),)),
    ]
    v.receive(events[:1])
    assert [n.text for n in queries.notes(v)] == ["c"]
    assert queries.pending(v) == ()


def test_events_of_a_newer_program_are_kept_and_shown_and_the_old_value_stays(bench):
    v = bench.vault()
    received(v, [(1, "note.set", note("a"), "c1", [], 1), (2, "note.set", {"shape": "new"}, "c1", [1], 2),
                 (3, "mood.set", {}, "c1", [], 1)])  # fmt: skip
    assert [n.text for n in queries.notes(v)] == ["a"]
    assert [(p.event, p.reason) for p in queries.pending(v)] == [(name(2), "version"), (name(3), "kind")]


def test_a_program_that_has_learnt_a_kind_reads_what_it_kept(bench, monkeypatch):
    v = bench.vault()
    received(v, [(1, "note.set", note("a"), "c1", [], 2)])
    assert queries.notes(v) == ()
    v.close()
    monkeypatch.setitem(kinds.VERSIONS, "note.set", 2)
    v = bench.unlock()
    assert [n.text for n in queries.notes(v)] == ["a"]
    assert queries.pending(v) == ()


def test_a_correction_and_a_withdrawal(bench, filled):
    before = queries.assessments(filled)[0]
    bench.pass_time(days=1)
    filled.append([kinds.to_event(replace(before, answers={"netvaerk": 5}))], ADD)
    (after,) = queries.assessments(filled)
    assert (dict(after.answers), after.entered) == ({"netvaerk": 5}, bench.clock.now())
    filled.append([kinds.withdraw(after)], ADD)
    assert queries.assessments(filled) == ()
    assert check.check(filled, deep=True) == []
    with pytest.raises(ValueError):
        kinds.withdraw(sample_assessment())


def test_two_assessments_of_the_same_day_from_two_devices_are_a_conflict(bench, filled):
    body = {"date": "2026-04-01", "rater": "caseworker", "scale": "bip", "answers": {"netvaerk": 1}}
    received(filled, [(1, "assessment.set", body, "c1", [], 1)])
    both = queries.course(filled, "c1").assessments
    assert [one.conflict for one in both] == [True, True]
    assert queries.conflicts(filled)[0].events == tuple(sorted(one.event for one in both))
    merged = kinds.to_event(replace(both[0], answers={"netvaerk": 1}), [one.event for one in both])
    filled.append([merged], ADD)
    (settled,) = queries.assessments(filled)
    assert (settled.conflict, dict(settled.answers)) == (False, {"netvaerk": 1})
    assert queries.conflicts(filled) == ()


def test_two_corrections_of_the_same_event_are_a_conflict_even_with_another_date(bench, filled):
    before = queries.assessments(filled)[0]
    body = {"date": "2026-04-02", "rater": "caseworker", "scale": "bip", "answers": {"netvaerk": 1}}
    events = chained("d.t", [(1, "assessment.set", body, "c1", [], 1)])
    event = replace(events[0], replaces=(before.event,), hash="")
    event = replace(event, hash=journal.event_hash(journal.to_row(event)))
    filled.receive([event])
    assert not queries.assessments(filled)[0].conflict
    filled.append([kinds.to_event(replace(before, answers={"netvaerk": 2}), ())], ADD)
    with pytest.raises(ValueError):  # what it replaces must be here
        filled.append([kinds.to_event(before, (name(77),))], ADD)
    filled.append([kinds.to_event(replace(before, answers={"netvaerk": 3}))], ADD)
    (found,) = [c for c in queries.conflicts(filled) if name(1) in c.events]
    assert (found.kind, found.citizen, len(found.events)) == ("assessment.set", "c1", 3)
    assert all(one.conflict for one in queries.assessments(filled))


def test_a_withdrawal_against_a_change_is_a_conflict(bench, filled):
    before = queries.citizen(filled, "c1")
    filled.append([kinds.withdraw(before)], ADD)
    filled.append([kinds.to_event(replace(before, phone="1"))], ADD)
    (found,) = queries.conflicts(filled)
    assert (found.kind, len(found.events)) == ("citizen.set", 2)


def test_a_fork_is_kept_apart_on_both_sides_and_told(bench):
    v = bench.vault()
    mine, _ = received(v, [(1, "note.set", note("a"), "c1", [], 1), (2, "note.set", note("b"), "c1", [], 1)])
    assert len(queries.notes(v)) == 2
    other = chained("device.team", [(3, "note.set", note("x"), "c1", [], 1)])
    got = v.receive(other)
    assert (got.new, got.forks) == (0, (("device.team", 1),))
    assert [n.text for n in queries.notes(v)] == ["b"]
    assert {(p.event, p.reason) for p in queries.pending(v)} == {(name(1), "fork"), (name(3), "fork")}
    assert [n.code for n in v.notices] == ["notice.fork"]
    assert v.receive([*mine, *other]).known == 3
    assert check.check(v, deep=True) == []


def test_a_stream_that_another_copy_writes_too_is_left(bench):
    v = bench.vault()
    stream = v.stream
    ((seq, last),) = v.rows("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
    event = replace(chained(stream, [(9, "note.set", note("a"), "c1", [], 1)])[0], seq=seq + 1, prev_hash=last)
    event = replace(event, hash=journal.event_hash(journal.to_row(event)))
    v.receive([event])
    assert v.stream != stream
    assert v.notices[-1].fields == {"reason": "copied"}
    v.append([NewEvent("note.set", note("mine"), "c1")], ADD)
    assert check.check(v, deep=True) == []


@pytest.mark.parametrize(
    "change", [{"author": "x"}, {"body": {"a": 1}}, {"salt": b"y" * 16}, {"seq": 0}, {"body": None, "salt": None}]
)
def test_a_changed_event_is_refused_and_nothing_of_its_batch_taken(bench, change):
    v = bench.vault()
    events = chained("d.t", [(1, "note.set", note("a"), "c1", [], 1), (2, "note.set", note("b"), "c1", [], 1)])
    with pytest.raises(KnownError) as raised:
        v.receive([events[0], replace(events[1], **change)])
    assert raised.value.code == "exchange.event_damaged"
    assert queries.notes(v) == ()


def test_cells_follow_the_scale_in_force(bench):
    v = bench.vault(seed_events=[kinds.scale_installed(scale_text(1, "ab"))])
    made = Assessment("c1", "citizen", "small", date(2026, 1, 1), {"a": 1, "b": "declined", "z": 3})
    v.append([kinds.to_event(sample_citizen()), kinds.to_event(made)], ADD)
    assert queries.columns(v, "small").scores == b"1-"
    assert dict(queries.assessments(v)[0].answers) == {"a": 1, "b": "declined", "z": 3}
    v.append([kinds.scale(v, "small", scale_text(2, "zab", 12))], ADD)
    assert queries.columns(v, "small").scores == b"0301--"
    assert dict(queries.assessments(v)[0].answers) == {"a": 1, "b": "declined", "z": 3}
    assert len(v.rows("SELECT * FROM scale")) == 1
    assert check.check(v, deep=True) == []
    (event,) = [row[0] for row in v.rows("SELECT event FROM scale")]
    v.append([NewEvent("scale.installed", {"withdrawn": True}, None, (event,))], ADD)
    assert queries.scales(v) == {}
    assert dict(queries.assessments(v)[0].answers) == {"a": 1, "b": "declined", "z": 3}
    assert check.check(v, deep=True) == []


def test_assessments_that_come_before_their_scale_get_their_cells(bench):
    v = bench.vault()
    made = Assessment("c1", "citizen", "bip", date(2026, 1, 1), {"netvaerk": 4})
    v.append([kinds.to_event(sample_citizen()), kinds.to_event(made)], ADD)
    assert dict(queries.assessments(v)[0].answers) == {"netvaerk": 4}
    with pytest.raises(KeyError):
        queries.columns(v, "bip")
    v.append([kinds.scale_installed(library.source("bip"))], ADD)
    assert queries.columns(v, "bip").scores == b"       4   "


def test_ending_an_intervention_replaces_it(bench, filled):
    filled.append([kinds.to_event(Intervention("c1", "i1", "mentor", date(2026, 1, 1), hours_per_week=2.5))], ADD)
    (running,) = queries.interventions(filled)
    filled.append([kinds.to_event(replace(running, end=date(2026, 2, 1)))], ADD)
    (ended,) = queries.interventions(filled)
    assert (ended.end, ended.hours_per_week) == (date(2026, 2, 1), 2.5)
    assert queries.conflicts(filled) == ()
