"""What goes out comes in again: export into files, import into a fresh vault, the same current facts."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from progression.casework import checks
from progression.casework.types import intervention_types
from progression.casework.values import (
    DECLINED,
    NOT_RATED,
    Assessment,
    Assignment,
    CaseReview,
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Decision,
    Handover,
    Intervention,
    Note,
    Offer,
    Person,
    PlanItem,
    Professional,
    Provider,
)
from progression.desk import files, vaults
from progression.exchange import taking_in
from progression.scales import library
from progression.store import kinds, queries
from progression.store.access import Act
from progression.store.clock import FixedClock
from progression.store.header import KdfCost

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
CODES = {scale.id: scale for scale in library.builtin().values()}
FOLDERS = itertools.count()

nasty = st.sampled_from(['"', '""', ";", ",", "\n", "\r\n", "æøå", "ÆØÅ", "=1+1", "'", "2,5", " ", "ß€", "\t", "\\"])
free = st.lists(st.one_of(nasty, st.text(max_size=8)), max_size=5).map("".join)
printable = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("C", "Z"))
ids = st.text(st.one_of(printable, st.sampled_from("æøå;,\"'= -")), min_size=1, max_size=8).map(str.strip).filter(bool)
days = st.dates(date(1990, 1, 1), date(2026, 5, 1))
later = st.one_of(st.none(), st.dates(date(2026, 5, 1), date(2030, 1, 1)))


def maybe(strategy):
    return st.one_of(st.just(""), strategy)


@st.composite
def facts(draw, text=free):
    """Some people and citizens, with whatever may be said about them."""
    words = maybe(text)
    values: list = []
    for key in draw(st.lists(ids, max_size=2, unique=True)):
        norm = draw(st.one_of(st.none(), st.floats(0, 200)))
        values.append(Person(key, draw(words), draw(words), draw(words), draw(words), draw(words), norm))
    for key in draw(st.lists(ids, max_size=2, unique=True)):
        values.append(Provider(key, *(draw(words) for _ in range(5))))
    for key in draw(st.lists(ids, max_size=2, unique=True)):
        places = draw(st.one_of(st.none(), st.floats(0, 1000)))
        type_ = draw(st.sampled_from(["", "mentor"]))
        day = draw(st.one_of(st.none(), days))
        values.append(Offer(key, draw(words), type_, draw(words), places, day, draw(later), draw(words), draw(words)))
    for place, number in enumerate(draw(st.lists(ids, min_size=1, max_size=3, unique=True))):
        citizen = f"{place:032x}"
        # fmt: off
        values.append(
            Citizen(
                citizen,
                number,
                draw(words),
                draw(st.sampled_from(["", "1406801234"])),
                None,
                draw(st.one_of(st.none(), days)),
                draw(later),
                draw(words),
                draw(words),
                draw(words),
                draw(words),
                draw(words),
                draw(words),
                draw(words),
                draw(words),
                draw(st.sampled_from(checks.OUTCOMES)),
            )
        )
        # fmt: on
        values += [value for _ in range(draw(st.integers(0, 5))) for value in [draw(one_fact(citizen, words))] if value]
    return unique(values)


@st.composite
def one_fact(draw, citizen, words):
    """Anything that can be said about a citizen."""
    day, end = draw(days), draw(later)
    match draw(st.integers(0, 11)):
        case 0:
            role = draw(st.sampled_from(["coordinating", "job", "mentor", "external"]))
            return Assignment(citizen, draw(ids), day, end, role, draw(words), draw(st.sampled_from(checks.PLANNED)))
        case 1:
            return draw(assessments(citizen, day, words))
        case 2:
            hours = draw(st.one_of(st.none(), st.floats(0, 168)))
            return Intervention(
                citizen, draw(st.uuids()).hex, draw(st.sampled_from(sorted(intervention_types()))), day, draw(words),
                draw(words), draw(later), end, draw(words), hours, draw(words), draw(words), draw(later), draw(words),
                draw(words), draw(st.sampled_from(checks.SECTORS)), draw(st.one_of(st.none(), st.floats(0, 168))),
                draw(words), draw(maybe(ids)), draw(later),
            )  # fmt: skip
        case 3:
            status = draw(st.sampled_from(["planned", "held", "cancelled", "missed"]))
            form = draw(st.sampled_from(["person", "phone", "video"]))
            time = draw(st.one_of(st.just(""), st.times().map("{:%H:%M}".format)))
            return Conversation(
                citizen, day, draw(maybe(ids)), status, form, draw(words), draw(words), time,
                draw(st.one_of(st.none(), st.floats(0, 1440))), draw(maybe(ids)), draw(words),
            )  # fmt: skip
        case 4:
            return CategoryMembership(citizen, draw(ids), day, end)
        case 5:
            indicator = draw(st.sampled_from(["", "netvaerk", "total"]))
            return PlanItem(
                citizen, day, draw(words), indicator, draw(words), draw(words), draw(later), draw(words),
                draw(st.sampled_from(checks.PLAN_KINDS)), draw(words), draw(words),
                draw(st.sampled_from(checks.SIDES)), draw(maybe(ids)),
            )  # fmt: skip
        case 6:
            kind = draw(st.sampled_from(["small_step", "screening", "contact", "consent"]))
            return Note(citizen, day, kind, *(draw(words) for _ in range(5)))
        case 8:
            start = draw(st.one_of(st.none(), days))
            return Professional(citizen, draw(ids), *(draw(words) for _ in range(5)), start, draw(later), draw(words))
        case 9:
            withdrawn = draw(later)
            return Consent(citizen, draw(ids), day, draw(words), draw(words), end, withdrawn, draw(words))
        case 10:
            planned, people = draw(st.sampled_from(checks.PLANNED)), draw(st.lists(maybe(ids), min_size=2, max_size=2))
            people = people if people[0] != people[1] else ["a", "b"]
            return Handover(citizen, draw(ids), day, *people, draw(words), planned, draw(words), draw(words))
        case 11:
            return CaseReview(citizen, draw(ids), day, draw(maybe(ids)), draw(words), draw(words))
        case _:
            about = draw(st.one_of(st.just("citizen"), ids.map("flag:{}".format), ids.map("intervention:{}".format)))
            choice = draw(st.sampled_from(["start", "continue", "adjust", "stop"]))
            came = draw(st.one_of(st.none(), st.just(date(2026, 5, 2))))
            return Decision(
                citizen, day, about, choice, draw(words), draw(later), outcome=draw(words), outcome_date=came
            )


@st.composite
def assessments(draw, citizen, day, words):
    """Answers of one rater to some of the indicators, with notes also where nothing was answered."""
    scale = draw(st.sampled_from(list(CODES.values())))
    rater = draw(st.sampled_from(["caseworker", "citizen"])) if scale.id == "bip" else "caseworker"
    codes = [indicator.code for indicator in scale.rated_by(rater)]
    answer = st.one_of(st.integers(scale.minimum, scale.maximum), st.sampled_from([NOT_RATED, DECLINED]))
    return Assessment(
        citizen, rater, scale.id, day, draw(st.dictionaries(st.sampled_from(codes), answer)), draw(maybe(ids)),
        draw(st.sampled_from(["", "self", "interview", "phone", "interpreter"])), draw(maybe(ids)),
        draw(st.one_of(st.none(), st.datetimes(datetime(2000, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)))),
        draw(st.dictionaries(st.sampled_from(codes), words.filter(bool), max_size=2)), draw(words),
    )  # fmt: skip


def unique(values):
    """Without a second version of the same fact, which would be a conflict."""
    seen, kept = set(), []
    for value in values:
        key = repr(value)
        if isinstance(value, Assessment):
            key = (value.citizen, value.date, value.rater, value.scale)
        if isinstance(value, Professional):  # two with one id are versions of one
            key = (value.citizen, value.id)
        if isinstance(value, Assessment | Professional) and key in seen:
            continue
        seen.add(key)
        kept.append(value)
    return kept


def said(session):
    """Every current fact, without what is the vault's own: ids of events and citizens, and who wrote it."""
    found = taking_in.current_facts(session.vault)
    numbers = {one.citizen: one.number for one in found["citizens"]}
    counted: Counter = Counter()
    for values in found.values():
        for value in values:
            fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
            for own in ("event", "author", "conflict"):
                fields.pop(own, None)
            if "citizen" in fields:
                fields["citizen"] = numbers[fields["citizen"]]
            for name in ("answers", "notes"):
                if name in fields:
                    fields[name] = tuple(sorted(fields[name].items()))
            counted[(type(value).__name__, tuple(fields.items()))] += 1
    return counted


def vault(folder: Path):
    name = f"vault{next(FOLDERS)}"
    opened = vaults.create(
        folder / name, "x", account_name="Test", clock=FixedClock(NOW),
        kdf=KdfCost(memory_kib=64, passes=1, lanes=1), state=folder / f"state-{name}",
    )  # fmt: skip
    return opened.session


def round_trip(folder: Path, values, form: str) -> None:
    session, other = vault(folder), vault(folder)
    try:
        session.vault.append([kinds.to_event(value) for value in values], Act("add"))
        out = folder / f"out{next(FOLDERS)}"
        written = files.export_files(session, out, form)
        files.import_files(other, out if form == "csv" else written[0])
        assert said(other) == said(session)
        # and once more into the vault it came from: every row is known
        again = files.import_files(session, out if form == "csv" else written[0])
        assert not again.changes.kinds and all(not count.new and not count.corrected for count in again.counts)
    finally:
        session.vault.close(backup=False)
        other.vault.close(backup=False)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=facts())
def test_csv_out_and_in_gives_the_same_facts(tmp_path_factory, values):
    round_trip(tmp_path_factory.mktemp("csv"), values, "csv")


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=facts(text=st.text(st.one_of(printable, st.sampled_from(" \n;,\"'=æøå")), max_size=20)))
def test_a_workbook_out_and_in_gives_the_same_facts(tmp_path_factory, values):
    round_trip(tmp_path_factory.mktemp("xlsx"), values, "xlsx")


def test_without_the_later_facts_no_file_and_no_column_of_theirs_is_written(tmp_path):
    """What worked with the files of before works with these."""
    session = vault(tmp_path)
    day, citizen = date(2026, 1, 1), "0" * 32
    values = [
        Citizen(citizen, "H1"),
        Assignment(citizen, "a", day),
        Intervention(citizen, "i", "mentor", day),
        Conversation(citizen, day),
        PlanItem(citizen, day, goal="a"),
        Note(citizen, day, "contact", text="b"),
        Decision(citizen, day, "citizen", "stop"),
    ]
    try:
        session.vault.append([kinds.to_event(value) for value in values], Act("add"))
        written = files.export_files(session, tmp_path / "out")
        assert sorted(path.name for path in written) == [
            "assignments.csv", "citizens.csv", "conversations.csv", "decisions.csv", "interventions.csv", "notes.csv",
            "plans.csv",
        ]  # fmt: skip
        headers = {path.stem: path.read_text("utf-8").splitlines()[0].split(",") for path in written}
        assert headers["plans"] == ["citizen_id", "date", "goal", "indicator", "agreement", "who", "by", "status"]
        assert headers["interventions"][-1] == "reason" and headers["citizens"][-1] == "note"
        assert headers["conversations"][-1] == "topic" and headers["decisions"][-1] == "follow_up"
        assert headers["assignments"][-1] == "reason" and headers["notes"][-1] == "text"
    finally:
        session.vault.close(backup=False)


def test_names_with_quotes_separators_line_breaks_and_danish_letters(tmp_path):
    name = "Åse \"Ærø\"; Ødegård,\n2. linje\r\n'sidste' "
    values = [
        Citizen("0" * 32, 'H"1;', name=name, note="=1+1"),
        Note("0" * 32, date(2026, 1, 1), "contact", text=name),
        Assessment(
            "0" * 32,
            "citizen",
            "bip",
            date(2026, 1, 1),
            {"netvaerk": DECLINED, "koncentration": 1},
            note=name,
        ),
    ]
    for form in ("csv", "xlsx"):
        round_trip(tmp_path / form, values, form)


def test_pseudonymised_facts_come_in_again(tmp_path):
    """Texts are gone, but no rule refuses what is left."""
    session, other = vault(tmp_path), vault(tmp_path)
    try:
        citizen = "0" * 32
        values = [
            Citizen(citizen, "H1", name="Bo", born=date(1980, 6, 1), benefit_start=date(2020, 1, 1)),
            PlanItem(citizen, date(2026, 1, 1), goal="a"),
            PlanItem(citizen, date(2026, 1, 1), agreement="b"),
            Note(citizen, date(2026, 1, 1), "contact", text="c"),
        ]
        session.vault.append([kinds.to_event(value) for value in values], Act("add"))
        files.export_files(session, tmp_path / "out", pseudonymise=True)
        files.import_files(other, tmp_path / "out")
        (one,) = queries.citizens(other.vault)
        assert (one.name, one.born) == ("", date(1980, 1, 1)) and one.number != "H1"
        assert len(queries.plan(other.vault)) == 2
    finally:
        session.vault.close(backup=False)
        other.vault.close(backup=False)
