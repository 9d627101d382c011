"""Import and export through a real vault: one act, all or nothing; what goes out comes in again."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from progression.casework.values import DECLINED, NOT_RATED, Assessment, Citizen, Note
from progression.desk import files, vaults
from progression.errors import KnownError
from progression.store import kinds, queries
from progression.store.access import Act
from progression.store.clock import FixedClock
from progression.store.header import KdfCost
from progression.words import Words
from progression.words import faults as wording

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
CITIZENS = "citizen_id,name\nH1,Åse Ærø\nH2,Bo Østergård\n"
ROWS = """citizen_id,date,rater,assessor,indicator,score
H1,2026-01-15,caseworker,mh,helbredsmestring,3
H1,2026-01-15,caseworker,mh,hverdagsmestring,
H1,2026-01-15,citizen,mh,helbredsmestring,4
H2,15-01-2026,caseworker,mh,netvaerk,2
"""


@pytest.fixture
def new_vault(tmp_path):
    """Make an empty vault: new_vault() -> Session."""
    opened = []

    def make():
        folder = tmp_path / f"vault{len(opened)}"
        opened.append(
            vaults.create(
                folder,
                "korrekt hest batteri hæfteklamme",
                account_name="Test",
                clock=FixedClock(NOW),
                kdf=KdfCost(memory_kib=64, passes=1, lanes=1),
                state=tmp_path / f"state{len(opened)}",
            ).session
        )
        return opened[-1]

    yield make
    for session in opened:
        session.vault.close(backup=False)


@pytest.fixture
def session(new_vault):
    return new_vault()


@pytest.fixture
def given(tmp_path):
    """A folder of files: given(citizens="...", notes="...")."""
    count = iter(range(100))

    def write(**contents: str | bytes) -> Path:
        folder = tmp_path / f"given{next(count)}"
        folder.mkdir()
        for name, content in contents.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / f"{name}.csv").write_bytes(data)
        return folder

    return write


def counts(result):
    return {c.file: (c.new, c.unchanged, c.corrected) for c in result.counts}


def refused(session, folder, **options):
    """Where and what of every fault; nothing may have been written."""
    before = session.vault.rows("SELECT count(*) FROM event")
    with pytest.raises(KnownError) as caught:
        files.import_files(session, folder, **options)
    assert session.vault.rows("SELECT count(*) FROM event") == before
    assert caught.value.code == "import.faults"
    found = caught.value.fields["faults"]
    assert caught.value.fields["n"] == len(found)
    for language in ("da", "en"):
        for fault in found:
            wording.sentence(Words(language), fault)
    return [(f.file, f.row, f.column, f.what) for f in found]


def test_rows_of_one_rater_and_date_make_one_assessment(session, given):
    result = files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    assert counts(result) == {"citizens.csv": (2, 0, 0), "assessments.csv": (4, 0, 0)}
    assert {"citizen", "assessment", "flag"} <= result.changes.kinds
    one = queries.citizen_by_number(session.vault, "H1")
    assert one.name == "Åse Ærø" and one.citizen in result.changes.citizens
    first = next(a for a in queries.course(session.vault, one.citizen).assessments if a.rater == "caseworker")
    assert first.answers == {"helbredsmestring": 3, "hverdagsmestring": NOT_RATED}
    assert first.assessor == "mh" and first.scale == "bip"
    assert len(queries.assessments(session.vault)) == 3


def test_an_import_is_one_line_in_the_log_without_names(session, given):
    before = len(queries.access_log(session.vault))
    files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    log = queries.access_log(session.vault)
    assert len(log) == before + 1
    (line,) = [line for line in log if line.act == "import"]
    assert line.detail == "new 6, unchanged 0, corrected 0"
    files.import_files(session, given(citizens=CITIZENS))
    assert sum(line.act == "import" for line in queries.access_log(session.vault)) == 2


def test_a_dry_run_counts_and_writes_nothing(session, given):
    before = session.vault.rows("SELECT count(*) FROM event"), len(queries.access_log(session.vault))
    result = files.import_files(session, given(citizens=CITIZENS, assessments=ROWS), dry_run=True)
    assert counts(result)["assessments.csv"] == (4, 0, 0)
    assert before == (
        session.vault.rows("SELECT count(*) FROM event"),
        len(queries.access_log(session.vault)),
    )


def test_one_fault_and_nothing_is_kept(session, given):
    text = ROWS + "H9,2026-01-15,caseworker,mh,netvaerk,3\n"
    found = refused(session, given(citizens=CITIZENS, assessments=text))
    assert found == [("assessments.csv", 6, "citizen_id", "unknown_citizen")]
    assert queries.citizens(session.vault) == ()


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("H9,2026-01-16,caseworker,mh,netvaerk,3", "citizen_id", "unknown_citizen"),
        ("H1,31-02-2026,caseworker,mh,netvaerk,3", "date", "no_such_date"),
        ("H1,2026-07-01,caseworker,mh,netvaerk,3", "date", "fault.future"),
        ("H1,2026-01-16,chef,mh,netvaerk,3", "rater", "not_a_choice"),
        ("H1,2026-01-16,caseworker,mh,mod,3", "indicator", "fault.indicator"),
        ("H1,2026-01-16,caseworker,mh,netvaerk,6", "score", "fault.score"),
        ("H1,2026-01-16,caseworker,mh,netvaerk,0", "score", "fault.score"),
        ("H1,2026-01-16,caseworker,mh,netvaerk,2.5", "score", "not_a_whole_step"),
        ('H1,2026-01-16,caseworker,mh,netvaerk,"2,5"', "score", "not_a_whole_step"),
        ("H1,2026-01-16,citizen,mh,arbejdsidentitet,3", "indicator", "fault.not_rated_by"),
        ("H1,2026-01-16,citizen,mh,sagsbehandlers_tro,", "indicator", "fault.not_rated_by"),
        (",2026-01-16,caseworker,mh,netvaerk,3", "citizen_id", "empty"),
        ("H1,2026-01-15,caseworker,mh,helbredsmestring,3", "citizen_id+date+rater+indicator", "key_twice"),
        ("H1,2026-01-15,caseworker,xx,netvaerk,3", "assessor", "not_agreed"),
    ],
)
def test_every_bad_answer_is_named_with_file_row_and_column(session, given, row, column, what):
    folder = given(citizens=CITIZENS, assessments=ROWS + row + "\n")
    assert refused(session, folder) == [("assessments.csv", 6, column, what)]


def test_one_row_may_have_several_faults(session, given):
    row = "H9,31-02-2026,citizen,mh,netvaerk,6\nH1,x,citizen,mh,arbejdsidentitet,2,5\n"
    assert refused(session, given(citizens=CITIZENS, assessments=ROWS + row)) == [
        ("assessments.csv", 6, "date", "no_such_date"),
        ("assessments.csv", 6, "citizen_id", "unknown_citizen"),
        ("assessments.csv", 6, "score", "fault.score"),
        ("assessments.csv", 7, "7", "beyond_header"),
    ]


def test_the_line_of_a_fault_reads_as_the_contract_says(session, given):
    with pytest.raises(KnownError) as caught:
        files.import_files(session, given(citizens=CITIZENS, assessments=ROWS + "H2,1-2-2026,citizen,mh,netvaerk,6\n"))
    (fault,) = caught.value.fields["faults"]
    assert wording.sentence(Words("en"), fault) == (
        "assessments.csv:6:score: not a step of the scale, “6”, "
        "expected: a whole step from 1 to 5, or empty for not rated"
    )
    assert wording.sentence(Words("da"), fault) == (
        "assessments.csv:6:score: ikke et trin på skalaen, ”6”, "
        "forventet: et helt trin fra 1 til 5, eller tom for ikke vurderet"
    )
    assert "6" not in repr(caught.value).replace("row=6", "")  # what a log would get holds no score


def test_faults_of_all_files_come_together_in_order(session, given):
    folder = given(
        citizens=CITIZENS + "H1,x\n",
        assessments=ROWS.replace("2026-01-15,citizen", "x,citizen") + "H1,2026-01-15,caseworker,mh,netvaerk,9\n",
        plans=b"",
        interventions="citizen_id,type,start,end\nH1,ferie,2026-02-01,2026-01-01\n",
    )
    assert refused(session, folder) == [
        ("citizens.csv", 4, "citizen_id", "key_twice"),
        ("interventions.csv", 2, "type", "fault.intervention_type"),
        ("interventions.csv", 2, "end", "fault.before"),
        ("assessments.csv", 4, "date", "not_a_date"),
        ("assessments.csv", 6, "score", "fault.score"),
        ("plans.csv", 1, "-", "empty_file"),
    ]


def test_an_unreadable_citizens_file_makes_nobody_unknown(session, given):
    assert refused(session, given(citizens=b"", assessments=ROWS)) == [("citizens.csv", 1, "-", "empty_file")]


def test_a_row_of_citizens_that_slipped_makes_nobody_unknown(session, given):
    folder = given(citizens="citizen_id,name\nH1,Ærø, Åse\nH2,Bo\n", assessments=ROWS)
    assert refused(session, folder) == [("citizens.csv", 2, "3", "beyond_header")]


def test_an_unknown_scale(session, given):
    text = "citizen_id,date,rater,scale,indicator,score\nH1,2026-01-15,caseworker,bipp,netvaerk,3\n"
    assert refused(session, given(citizens=CITIZENS, assessments=text)) == [
        ("assessments.csv", 2, "scale", "unknown_scale")
    ]


# a second extract


def test_a_second_overlapping_extract(session, given):
    files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    more = ROWS + "H1,2026-04-15,caseworker,mh,netvaerk,3\n"
    windows = more.replace(",", ";").replace("2026-04-15", "15.04.2026").encode("cp1252")
    result = files.import_files(session, given(citizens=CITIZENS.encode("cp1252"), assessments=windows))
    assert counts(result) == {"citizens.csv": (0, 2, 0), "assessments.csv": (1, 4, 0)}
    assert [n.code for n in result.notices] == ["import.windows_1252"]
    assert len(queries.assessments(session.vault)) == 4


def test_more_answers_to_a_known_assessment_are_new(session, given):
    files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    more = "citizen_id,date,rater,indicator,score\n"
    more += "H1,2026-01-15,caseworker,helbredsmestring,3\nH1,2026-01-15,caseworker,netvaerk,5\n"
    result = files.import_files(session, given(assessments=more))
    assert counts(result) == {"assessments.csv": (1, 1, 0)}
    (one,) = [a for a in queries.assessments(session.vault) if a.rater == "caseworker" and len(a.answers) == 3]
    assert one.answers["netvaerk"] == 5 and one.answers["hverdagsmestring"] == NOT_RATED
    assert one.assessor == "mh" and not one.conflict


def test_a_differing_answer_is_refused_and_update_corrects_it(session, given):
    files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    changed = given(
        assessments=ROWS.replace("ing,3", "ing,5", 1).replace("2026-01-15,caseworker,mh", "2026-01-15,caseworker,jk")
    )
    assert set(refused(session, changed)) == {
        ("assessments.csv", 2, "assessor", "differs"),
        ("assessments.csv", 2, "score", "differs"),
        ("assessments.csv", 3, "assessor", "differs"),
    }
    result = files.import_files(session, changed, update=True)
    assert counts(result) == {"assessments.csv": (0, 2, 2)}
    (one,) = [a for a in queries.assessments(session.vault) if a.assessor == "jk"]
    assert one.answers["helbredsmestring"] == 5
    assert files.import_files(session, changed).changes.citizens == frozenset()


def test_a_correction_settles_a_conflict(session, given):
    files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    (kept,) = [a for a in queries.assessments(session.vault) if "netvaerk" in a.answers]
    twin = Assessment(kept.citizen, "caseworker", "bip", kept.date, {"netvaerk": 4}, assessor="mh")
    session.vault.append([kinds.to_event(twin)], Act("add"))
    assert len(queries.conflicts(session.vault)) == 1
    assert counts(files.import_files(session, given(assessments=ROWS)))["assessments.csv"] == (0, 4, 0)
    files.import_files(session, given(assessments=ROWS.replace("netvaerk,2", "netvaerk,1")), update=True)
    assert queries.conflicts(session.vault) == ()
    assert [a.answers for a in queries.assessments(session.vault) if "netvaerk" in a.answers] == [{"netvaerk": 1}]


def test_a_correction_settles_two_versions_of_a_citizen(session, given):
    files.import_files(session, given(citizens=CITIZENS))
    one = queries.citizen_by_number(session.vault, "H1")
    twin = kinds.to_event(Citizen(one.citizen, "H1", name="Aase Aeroe"))
    session.vault.append([twin], Act("change"))
    assert len(queries.conflicts(session.vault)) == 1
    files.import_files(session, given(citizens="citizen_id,name\nH1,Åse Bro\n"), update=True)
    assert queries.conflicts(session.vault) == ()


def test_entered_is_kept_and_its_absence_says_nothing(session, given):
    head, *rows = ROWS.splitlines()
    text = "\n".join(
        [
            head + ",entered",
            *(row + ",2026-01-16 10:00+01:00" for row in rows[:2]),
            *(row + "," for row in rows[2:]),
        ]
    )
    folder = given(citizens=CITIZENS, assessments=text)
    files.import_files(session, folder)
    times = {
        a.rater: a.entered for a in queries.assessments(session.vault) if len(a.answers) == 2 or a.rater == "citizen"
    }
    assert times == {"caseworker": datetime(2026, 1, 16, 9, 0, tzinfo=UTC), "citizen": NOW}
    assert counts(files.import_files(session, folder))["assessments.csv"] == (0, 4, 0)


def test_state_tells_declined_from_not_rated(session, given):
    text = """citizen_id,date,rater,indicator,score,state,note,assessment_note
H1,2026-01-15,citizen,helbredsmestring,,declined,ville ikke,i hjemmet
H1,2026-01-15,citizen,hverdagsmestring,,not_rated,,i hjemmet
H1,2026-01-15,citizen,netvaerk,,not_asked,tal om det næste gang,i hjemmet
H1,2026-01-15,citizen,koncentration,,,,i hjemmet
"""
    files.import_files(session, given(citizens=CITIZENS, assessments=text))
    (one,) = queries.assessments(session.vault)
    assert one.answers == {
        "helbredsmestring": DECLINED,
        "hverdagsmestring": NOT_RATED,
        "koncentration": NOT_RATED,
    }
    assert one.notes == {"helbredsmestring": "ville ikke", "netvaerk": "tal om det næste gang"}
    assert one.note == "i hjemmet"
    assert counts(files.import_files(session, given(assessments=text)))["assessments.csv"] == (0, 4, 0)
    both = text.replace(",,declined", ",3,declined")
    assert refused(session, given(assessments=both)) == [("assessments.csv", 2, "state", "score_and_state")]


# mappings and sources


def test_the_published_hamilton_scores_come_in(session):
    mapping = DATA / "claus2020_hamd.toml"
    for source in (DATA / "claus2020_hamd_long.csv", DATA):
        result = files.import_files(session, source, mapping, dry_run=True)
        assert counts(result) == {"claus2020_hamd_long.csv": (160, 0, 0)}
    result = files.import_files(session, DATA / "claus2020_hamd_long.csv", mapping)
    assert ("import.citizens_created", {"n": 40}) in [(n.code, n.fields) for n in result.notices]
    assert len(result.changes.citizens) == 40
    one = queries.citizen_by_number(session.vault, "1")
    scores = [(a.date, a.answers["total"]) for a in queries.course(session.vault, one.citizen).assessments]
    assert scores[0] == (date(2025, 4, 1), 25) and scores[-1] == (date(2025, 12, 27), 13)
    again = files.import_files(session, DATA / "claus2020_hamd_long.csv", mapping)
    assert counts(again) == {"claus2020_hamd_long.csv": (0, 160, 0)}


def test_without_leave_to_create_them_unknown_ids_are_faults(session, tmp_path):
    strict = tmp_path / "strict.toml"
    text = (DATA / "claus2020_hamd.toml").read_text(encoding="utf-8")
    strict.write_text(text.replace("create_citizens = true", "create_citizens = false"), encoding="utf-8")
    found = refused(session, DATA / "claus2020_hamd_long.csv", mapping=strict)
    assert len(found) == 160
    assert found[0] == ("claus2020_hamd_long.csv", 2, "id", "unknown_citizen")


def test_a_constant_that_no_scale_knows_is_one_fault(session, tmp_path):
    wrong = tmp_path / "wrong.toml"
    text = (DATA / "claus2020_hamd.toml").read_text(encoding="utf-8")
    wrong.write_text(text.replace('scale = "hamd"', 'scale = "ham"'), encoding="utf-8")
    assert refused(session, DATA / "claus2020_hamd_long.csv", mapping=wrong) == [
        ("wrong.toml", None, "assessments.constant.scale", "unknown_scale")
    ]


def test_answers_in_two_files_make_one_assessment(session, given, tmp_path):
    mapping = tmp_path / "two.toml"
    mapping.write_text(
        'version = 1\n[[assessments]]\nsource = "a"\n[[assessments]]\nsource = "b"\nconstant = { assessor = "mh" }\n',
        encoding="utf-8",
    )
    head = "citizen_id,date,rater,indicator,score\nH1,2026-01-15,caseworker,"
    folder = given(citizens=CITIZENS, a=head + "netvaerk,3\n", b=head + "koncentration,2\n")
    result = files.import_files(session, folder, mapping)
    assert counts(result) == {"citizens.csv": (2, 0, 0), "a.csv": (1, 0, 0), "b.csv": (1, 0, 0)}
    (one,) = queries.assessments(session.vault)
    assert one.answers == {"netvaerk": 3, "koncentration": 2} and one.assessor == "mh"
    twice = given(a=head + "netvaerk,3\n", b=head + "netvaerk,3\n")
    assert refused(session, twice, mapping=mapping)[0][3] == "key_twice"


def test_a_mapping_with_one_table_reads_the_one_file_whatever_its_name(session, given, tmp_path):
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'version = 1\n[assessments]\nsource = "januar.csv"\nconstant = { rater = "caseworker" }\n',
        encoding="utf-8",
    )
    files.import_files(session, given(citizens=CITIZENS), mapping)  # another table: read as it is
    rows = "citizen_id,date,indicator,score\nH1,2026-01-15,netvaerk,3\n"
    for name in ("februar", "assessments"):
        result = files.import_files(session, given(**{name: rows}) / f"{name}.csv", mapping)
        assert result.counts[0].new + result.counts[0].unchanged == 1


def test_files_that_are_none_of_ours_are_left_out_and_said(session, given):
    result = files.import_files(session, given(citizens=CITIZENS, borgere="x\n1\n"))
    assert [(n.code, n.fields["file"]) for n in result.notices] == [("import.not_read", "borgere.csv")]
    with pytest.raises(KnownError, match="nothing_to_read"):
        files.import_files(session, given(borgere="x\n1\n"))


def test_every_notice_is_a_sentence_in_both_languages(session, given, tmp_path):
    mapping = tmp_path / "m.toml"
    mapping.write_text('version = 1\ncreate_citizens = true\n[notes]\n[[plans]]\nsource = "x"\n', encoding="utf-8")
    folder = given(
        citizens="citizen_id,cpr,born\nH1,010180-1111,1981-01-01\n",
        notes="citizen_id,date,kind\nH7,1-1-2026,contact\n",
        people="person\n",
        interventions="citizen_id,type,start\nH1,fritaget,1-1-2026\n",
        borgere="navn\nSøren\n".encode("cp1252"),
    )
    (folder / "categories.csv").write_bytes("citizen_id;category;start\nH1;støtte;1-1-2026\n".encode("cp1252"))
    notices = files.import_files(session, folder, mapping).notices
    assert {n.code for n in notices} == {
        "import.source_missing", "import.citizens_created", "import.no_rows", "import.warning", "import.not_read",
        "import.windows_1252",
    }  # fmt: skip
    for language in ("da", "en"):
        assert all(wording.notice(Words(language), n) for n in notices)


def test_progress_tells_the_stages_and_can_stop_before_anything_is_saved(session, given):
    folder = given(citizens=CITIZENS, assessments=ROWS)
    told = []
    files.import_files(session, folder, dry_run=True, progress=lambda *step: told.append(step))
    assert [stage for stage, _, _ in told] == ["read", "read", "read", "compare", "save"]
    assert told[-1] == ("save", 0, 5)

    class StoppedError(Exception):
        pass

    def stop(stage, _done, _total):
        if stage == "save":
            raise StoppedError

    with pytest.raises(StoppedError):
        files.import_files(session, folder, progress=stop)
    assert queries.citizens(session.vault) == ()


# export


def test_what_goes_out_as_csv_has_the_columns_of_the_contract(session, given, tmp_path):
    files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    written = files.export_files(session, tmp_path / "out")
    assert [path.name for path in written] == ["citizens.csv", "assessments.csv"]
    text = written[1].read_bytes().decode("utf-8")
    assert text.splitlines()[0] == (
        "citizen_id,date,rater,assessor,scale,indicator,score,mode,conversation_id,entered,note"
    )
    assert "H1,2026-01-15,caseworker,mh,bip,helbredsmestring,3,,,2026-06-01T09:00:00+00:00," in text
    assert "Åse Ærø" in written[0].read_bytes().decode("utf-8")
    assert all(path.stat().st_mode & 0o077 == 0 for path in written)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["assessments.csv", "citizens.csv"]
    assert [line.detail for line in queries.access_log(session.vault) if line.act == "export"] == ["csv"]


def test_as_sqlite_it_is_a_plain_database(session, given, tmp_path):
    files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    (path,) = files.export_files(session, tmp_path / "out", "sqlite")
    db = sqlite3.connect(path)
    try:
        assert db.execute("SELECT score, date FROM assessments WHERE citizen_id = 'H2'").fetchall() == [
            (2, "2026-01-15")
        ]
        assert db.execute("SELECT count(*) FROM assessments WHERE score IS NULL").fetchall() == [(1,)]
    finally:
        db.close()
    assert [p.name for p in path.parent.iterdir()] == ["progression.sqlite"]


def test_an_export_touches_no_file_that_is_there(session, given, tmp_path):
    files.import_files(session, given(citizens=CITIZENS))
    out = tmp_path / "out"
    out.mkdir()
    (out / "citizens.csv").write_text("mine")
    with pytest.raises(KnownError) as caught:
        files.export_files(session, out)
    assert caught.value.code == "export.exists"
    assert (out / "citizens.csv").read_text() == "mine" and len(list(out.iterdir())) == 1


def test_an_export_that_fails_leaves_nothing(session, given, tmp_path, monkeypatch):
    files.import_files(session, given(citizens=CITIZENS))

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(KnownError) as caught:
        files.export_files(session, tmp_path / "out")
    assert caught.value.code == "disk.full"
    assert list((tmp_path / "out").iterdir()) == []


def test_an_empty_vault_has_nothing_to_export(session, tmp_path):
    with pytest.raises(KnownError, match=r"export\.empty"):
        files.export_files(session, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_text_too_long_for_a_cell_of_a_workbook_is_not_cut(session, given, tmp_path):
    files.import_files(session, given(citizens=f"citizen_id,note\nH1,{'x' * 40_000}\n"))
    with pytest.raises(KnownError) as caught:
        files.export_files(session, tmp_path / "out", "xlsx")
    assert caught.value.fields == {"file": "citizens", "column": "note"}
    assert list((tmp_path / "out").iterdir()) == []


def test_a_form_that_does_not_exist(session, tmp_path):
    with pytest.raises(ValueError, match="pdf"):
        files.export_files(session, tmp_path / "out", "pdf")


@pytest.mark.parametrize("form", ["csv", "xlsx", "sqlite"])
def test_a_pseudonymised_export_names_nobody(session, new_vault, given, tmp_path, form):
    secret = [
        "Åse",
        "Ærø",
        "0101801111",
        "20304050",
        "H1",
        "mhan",
        "Rusmiddelcenter",
        "I77",
        "S88",
        "flagid",
        "Gud",
    ]
    folder = given(
        people="person;name;role;team;phone;email;norm\nmhan;Mette Gud;sagsbehandler;Team Gud;20304050;m@gud.dk;45\n",
        citizens="citizen_id;name;cpr;born;phone;team;contact;note;target_group\n"
        "H1;Åse Ærø;010180-1111;1980-01-01;20304050;Team Gud;Gud;Gud;aktivitetsparat\nH2;Bo;;1980-06-30;;;;;\n",
        assignments="citizen_id;caseworker;start;reason\nH1;mhan;1-1-2025;Gud\n",
        assessments="citizen_id;date;rater;assessor;indicator;score;conversation_id;note;assessment_note\n"
        "H1;1-2-2026;citizen;mhan;netvaerk;3;S88;Gud;Gud\n",
        interventions="citizen_id;type;intervention_id;title;provider;start;reason\n"
        "H1;misbrugsbehandling;I77;Gud;Rusmiddelcenter;1-1-2026;Gud\n",
        conversations="citizen_id;date;conversation_id;participants;topic\nH1;1-2-2026;S88;Gud;Gud\n",
        plans="citizen_id;date;goal;agreement;who;status\nH1;1-2-2026;Gud;Gud;mhan;open\n",
        notes="citizen_id;date;kind;profession;text\nH1;1-2-2026;screening;psykolog;Gud\n",
        decisions="citizen_id;date;about;choice;reason\nH1;1-2-2026;flag:flagid;stop;Gud\nH1;1-2-2026;intervention:I77;stop;Gud\n",
    )
    files.import_files(session, folder)
    written = files.export_files(session, tmp_path / "out", form, pseudonymise=True)
    if form == "csv":
        everything = "\n".join(path.read_text(encoding="utf-8") for path in written)
        assert not [word for word in secret if word in everything]
        assert "1980-01-01" in everything and "1980-06-30" not in everything  # the year only
        assert "2026-02-01" in everything
    elif form == "sqlite":
        assert not [word for word in secret if word.encode() in written[0].read_bytes()]
    if form == "sqlite":
        return
    other = new_vault()
    files.import_files(other, tmp_path / "out" if form == "csv" else written[0])
    first, second = queries.citizens(other.vault)
    mine = first if queries.course(other.vault, first.citizen).assessments else second
    course = queries.course(other.vault, mine.citizen)
    assert mine.target_group == "aktivitetsparat" and mine.team == queries.people(other.vault)[0].team != ""
    assert course.assignments[0].caseworker == course.assessments[0].assessor == queries.people(other.vault)[0].person
    assert course.assessments[0].conversation == course.conversations[0].id
    assert f"intervention:{course.interventions[0].id}" in {decision.about for decision in course.decisions}
    assert course.assessments[0].answers == {"netvaerk": 3}


def test_two_pseudonymised_exports_cannot_be_joined(session, given, tmp_path):
    files.import_files(session, given(citizens=CITIZENS))
    one, two = (
        files.export_files(session, tmp_path / name, pseudonymise=True)[0].read_text().split()[1:] for name in "ab"
    )
    assert not set(one) & set(two)


def test_what_a_withdrawn_citizen_said_is_not_exported(session, given, tmp_path):
    files.import_files(session, given(citizens=CITIZENS, assessments=ROWS))
    gone = queries.citizen_by_number(session.vault, "H1")
    session.vault.append([kinds.withdraw(gone)], Act("delete", gone.citizen))
    written = files.export_files(session, tmp_path / "out")
    assert all("H1" not in path.read_text(encoding="utf-8") for path in written)


def test_facts_with_the_same_key_are_numbered(session, new_vault, given, tmp_path):
    files.import_files(session, given(citizens=CITIZENS))
    one = queries.citizen_by_number(session.vault, "H1").citizen
    day = date(2026, 1, 1)
    twins = [Note(one, day, "contact", text=text) for text in ("a", "b", "a")]
    session.vault.append([kinds.to_event(note) for note in twins], Act("add"))
    written = files.export_files(session, tmp_path / "out")
    assert written[-1].read_text().splitlines()[1:] == [
        "H1,2026-01-01,contact,,a,1", "H1,2026-01-01,contact,,b,2", "H1,2026-01-01,contact,,a,3",
    ]  # fmt: skip
    assert counts(files.import_files(session, tmp_path / "out"))["notes.csv"] == (0, 3, 0)
    other = new_vault()
    files.import_files(other, tmp_path / "out")
    assert [note.text for note in queries.notes(other.vault)] == ["a", "b", "a"]


TANGLED = {
    "citizens": "citizen_id,benefit_start,case_closed\nH1,2024-01-01,2026-01-31\nH2,2024-01-01,\n",
    "interventions": (
        "citizen_id,type,provider,start,end\nH1,mentor,A,2025-01-01,2025-03-01\nH1,mentor,A,2025-03-01,2025-05-01\n"
        "H2,mentor,A,2025-01-01,2025-03-01\nH2,mentor,A,2025-03-02,\nH1,mestring,B,2026-02-01,\n"
    ),
    "assignments": "citizen_id,caseworker,start,end\nH1,a,2024-01-01,2024-12-31\nH1,b,2025-01-01,\nH2,a,2024-01-01,\n",
}


def told_of(result):
    return [(n.code, n.fields["file"], n.fields["numbers"]) for n in result.notices if "numbers" in n.fields]


def test_rows_that_contradict_each_other_are_taken_in_and_said(session, given):
    first = files.import_files(session, given(**TANGLED))
    assert told_of(first) == [
        ("import.overlaps_itself", "interventions.csv", "H1"), ("import.after_closing", "interventions.csv", "H1"),
    ]  # fmt: skip
    again = files.import_files(session, given(**TANGLED))
    assert told_of(again) == []  # nothing new was brought
    other = given(assignments="citizen_id,caseworker,start,end\nH2,b,2025-06-01,2025-07-01\n")
    second = files.import_files(session, other)
    assert told_of(second) == [("import.two_responsible", "assignments.csv", "H2")]
    for language in ("da", "en"):
        for notice in (*first.notices, *second.notices):
            assert "{" not in wording.notice(Words(language), notice)


@pytest.mark.parametrize(
    ("name", "text", "column"),
    [
        ("assignments", "citizen_id,caseworker,start\nH1,a,2096-01-01\n", "start"),
        ("categories", "citizen_id,category,start,end\nH1,match 2,2026-01-01,2096-01-01\n", "end"),
        ("conversations", "citizen_id,date,status\nH1,2096-01-01,planned\n", "date"),
        ("decisions", "citizen_id,date,about,choice,follow_up\nH1,2026-01-01,citizen,start,2096-01-01\n", "follow_up"),
        ("plans", "citizen_id,date,goal,by\nH1,2026-01-01,Et job,2096-01-01\n", "by"),
        ("interventions", "citizen_id,type,start\nH1,mentor,2096-01-01\n", "start"),
    ],
)
def test_no_date_lies_a_lifetime_ahead(session, given, name, text, column):
    with pytest.raises(KnownError) as refused:
        files.import_files(session, given(citizens="citizen_id\nH1\n", **{name: text}))
    (fault,) = refused.value.fields["faults"]
    assert (fault.file, fault.row, fault.column, fault.what) == (f"{name}.csv", 2, column, "fault.too_late")
