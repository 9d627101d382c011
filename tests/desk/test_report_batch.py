"""A batch of documents: whole files, resumable, a line of the log each, and what disks and other programs do to it."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
from dataclasses import replace

import pytest
from desk_cases import BIP, again, fill, team

from progression.casework.values import Assessment, Citizen, Person
from progression.desk import documents, report_batch, settings
from progression.desk.report_batch import LIST, Order
from progression.errors import KnownError
from progression.platform import files
from progression.store import queries
from progression.words import Words, errors


@pytest.fixture
def order(session, tmp_path):
    return Order("case", "da", tmp_path / "ud", report_batch.cases(session))


def written(order):
    return sorted(path.name for path in order.folder.iterdir() if path.name != LIST)


def exported(session):
    return [line for line in queries.access_log(session.vault) if line.act == "export"]


def listed(order):
    return json.loads((order.folder / LIST).read_text("utf-8"))["files"]


def test_a_caseload_is_written_whole_with_a_line_of_the_log_each(session, order):
    steps = []
    outcome = report_batch.run(session, order, lambda done, total: steps.append((done, total)))
    assert [line.state for line in outcome.lines] == ["written"] * len(order.cases) and outcome.left == 0
    assert written(order) == sorted(f"Til sagen {case.number}.pdf" for case in order.cases)
    assert all((order.folder / name).read_bytes().startswith(b"%PDF") for name in written(order))
    lines = exported(session)
    assert sorted(line.citizen for line in lines) == sorted(case.citizen for case in order.cases)
    assert {(line.purpose, line.detail) for line in lines} == {("report case", "batch")}
    assert steps[-1] == (len(order.cases), len(order.cases))


def test_the_list_names_no_one(session, order):
    report_batch.run(session, order)
    rows = listed(order)
    assert [row["file"] for row in rows] == written(order)
    assert {(row["kind"], row["language"], row["date"]) for row in rows} == {("case", "da", "2026-05-01")}
    text = (order.folder / LIST).read_text("utf-8")
    assert not any(one.name and one.name in text for one in queries.citizens(session.vault))


def test_running_again_writes_and_logs_nothing(session, order):
    report_batch.run(session, order)
    before = {name: (order.folder / name).stat().st_mtime_ns for name in written(order)}
    lines = len(exported(session))
    outcome = report_batch.run(session, order)
    assert {line.state for line in outcome.lines} == {"unchanged"}
    assert {name: (order.folder / name).stat().st_mtime_ns for name in written(order)} == before
    assert len(exported(session)) == lines


def test_what_is_new_changed_or_gone_is_written_again(session, order):
    report_batch.run(session, order)
    first, second, third, *_ = order.cases
    fill(
        session,
        [Assessment(first.citizen, "citizen", "bip", dt.date(2026, 4, 30), {BIP.rated_by("citizen")[0].code: 3})],
    )
    (order.folder / f"Til sagen {second.number}.pdf").write_bytes(b"scribbled over")
    (order.folder / f"Til sagen {third.number}.pdf").unlink()
    again_written = [line.case for line in report_batch.run(session, order).lines if line.state == "written"]
    assert again_written == [first, second, third]


def test_a_setting_that_the_documents_show_makes_them_anew(session, order):
    report_batch.run(session, order)
    settings.put(session, "municipality", "Sundvig Kommune")
    assert {line.state for line in report_batch.run(session, order).lines} == {"written"}


def test_another_day_is_another_document(session, order):
    report_batch.run(session, order)
    folder = session.vault.folder
    session.vault.close(backup=False)
    later = again(folder, dt.date(2026, 5, 2))
    try:
        assert {line.state for line in report_batch.run(later, order).lines} == {"written"}
    finally:
        later.vault.close(backup=False)


def test_a_list_that_cannot_be_read_costs_only_the_work(session, order):
    report_batch.run(session, order)
    for broken in ("{", "[]", '{"version": 9, "files": []}', '{"version": 1, "files": [{"file": "x"}]}', "\0\xff"):
        (order.folder / LIST).write_text(broken, "utf-8")
        assert {line.state for line in report_batch.run(session, order).lines} == {"written"}
        assert len(listed(order)) == len(order.cases)


def test_stopped_half_way_it_goes_on_where_it_was(session, order):
    count = iter(range(100))
    outcome = report_batch.run(session, order, cancelled=lambda: next(count) == 2)
    assert outcome.cancelled and outcome.count("written") == 2 and outcome.left == len(order.cases) - 2
    assert len(listed(order)) == 2
    rest = report_batch.run(session, order)
    assert [line.state for line in rest.lines] == ["unchanged"] * 2 + ["written"] * (len(order.cases) - 2)


def test_what_a_crash_left_is_swept_away(session, order):
    order.folder.mkdir()
    left = files.temporary_beside(order.folder / "Til sagen 1.pdf")
    left.write_bytes(b"%PDF half")
    other = order.folder / "notes.part"
    other.write_text("mine")
    report_batch.run(session, order)
    assert not left.exists() and other.exists()


class Disk:
    """What `write_atomic` does once a disk or another program is in the way."""

    def __init__(self, monkeypatch, code, after=0, only=""):
        self.real, self.code, self.after, self.only = files.write_atomic, code, after, only
        monkeypatch.setattr(files, "write_atomic", self)

    def __call__(self, path, data, **options):
        if self.only in path.name and (self.only or path.suffix == ".pdf"):
            self.after -= 1
            if self.after < 0:
                raise OSError(self.code, os.strerror(self.code))
        self.real(path, data, **options)


@pytest.mark.parametrize(
    ("code", "says"),
    [(errno.ENOSPC, "batch.disk_full"), (errno.EDQUOT, "batch.disk_full"), (errno.EROFS, "batch.folder")],
)
def test_a_full_or_closed_disk_stops_it_and_what_is_written_stays(session, order, monkeypatch, code, says):
    with monkeypatch.context() as patched:
        Disk(patched, code, after=2)
        outcome = report_batch.run(session, order)
    assert outcome.stopped is not None and outcome.stopped.code == says
    assert outcome.count("written") == 2 and outcome.left == len(order.cases) - 2
    assert written(order) == sorted(line.file for line in outcome.lines)
    told = errors.sentence(Words("da"), outcome.stopped)
    assert str(order.folder) in told and "bliver" in told
    assert [line.state for line in report_batch.run(session, order).lines][:2] == ["unchanged"] * 2


def test_a_file_that_is_open_elsewhere_is_said_and_the_rest_is_written(session, order, monkeypatch):
    held = f"Til sagen {order.cases[1].number}.pdf"
    Disk(monkeypatch, errno.EACCES, only=held)
    outcome = report_batch.run(session, order)
    assert outcome.stopped is None and [line.state for line in outcome.lines].count("failed") == 1
    line = outcome.lines[1]
    assert line.why is not None and (line.why.code, line.why.fields["file"]) == ("file.unwritable", held)
    assert held not in written(order) and len(written(order)) == len(order.cases) - 1


def test_no_more_permission_half_way_stops_it(session, order, monkeypatch):
    report_batch.Folder(order).open()
    Disk(monkeypatch, errno.EACCES, only=".")
    folder = report_batch.Folder(order)
    folder._rows = {}
    task = report_batch.take(session, order, order.cases[0], folder)
    with pytest.raises(KnownError, match=r"batch\.folder"):
        folder.put(task)


def test_a_folder_that_is_a_file_is_told_before_anybody_is_read(session, order):
    order.folder.write_text("a file")
    with pytest.raises(KnownError, match=r"batch\.folder"):
        report_batch.run(session, order)
    assert exported(session) == []


def test_whoever_has_no_such_document_is_a_line_and_not_the_end(opened, tmp_path):
    session = opened([*team(), Citizen("new", "S-99", "Ny Borger")])
    order = Order("note", "da", tmp_path / "ud", report_batch.cases(session))
    outcome = report_batch.run(session, order)
    lines = {line.case.citizen: line for line in outcome.lines}
    assert lines["new"].state == "failed" and lines["new"].why.code == "journal.nothing"
    assert outcome.count("written") == len(order.cases) - 1
    assert all(name.endswith(".txt") for name in written(order))


def test_a_number_that_is_a_cpr_number_is_in_no_name(opened, tmp_path):
    people = [Citizen("a1b2c3d4e5", "010180-1234", "En Borger"), Citizen("ffffffffff", "0101801234 ", "En Anden"),
              Citizen("odd", "A/..\\7", "En Tredje"), Citizen("odd2", "A_..\\7", "En Fjerde")]  # fmt: skip
    session = opened(people)
    order = Order("callin", "da", tmp_path / "ud", report_batch.cases(session))
    assert report_batch.run(session, order).count("written") == 4
    names = written(order)
    assert len(names) == 4 and "Indkaldelse a1b2c3d4.pdf" in names
    assert "010180" not in "".join(names) + (order.folder / LIST).read_text("utf-8")


# whom


def test_a_caseload_a_team_or_everybody(session):
    everyone = report_batch.cases(session)
    found = report_batch.whose(session)
    assert found.total == len(everyone) and sum(count for *_, count in found.colleagues) <= found.total
    key, name, count = found.colleagues[0]
    assert (
        len(report_batch.cases(session, caseworker=key)) == count == len(report_batch.cases(session, caseworker=name))
    )


def test_nobody_and_no_team_of_that_name(session):
    with pytest.raises(KnownError, match=r"person\.unknown"):
        report_batch.cases(session, caseworker="nobody")
    with pytest.raises(KnownError, match=r"report\.unknown_team"):
        report_batch.cases(session, team="nowhere")


def test_a_team(opened):
    session = opened([*team(), Person("z", "Zoe", team="Nord"), Citizen("n", "S-77", team="Nord")])
    assert [one.citizen for one in report_batch.cases(session, team="Nord")] == ["n"]


# documents


@pytest.mark.parametrize("key", [one.key for one in documents.KINDS if one.about == "citizen"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_kind_is_previewed_logged_and_the_same_twice(session, key, language):
    who = report_batch.cases(session)[0].citizen
    made = documents.preview(session, key, who, language)
    line = queries.access_log(session.vault)[0]
    assert (line.act, line.citizen, line.purpose, line.detail) == ("view", who, made.kind.purpose, "preview")
    assert made.data == documents.preview(session, key, who, language).data
    assert bool(made.text) == (made.kind.suffix == "txt")
    assert made.suggested().endswith(f" 2026-05-01.{made.kind.suffix}")


def test_what_is_saved_is_what_was_shown_and_logged_first(session, tmp_path):
    who = report_batch.cases(session)[0].citizen
    made = documents.preview(session, "case", who)
    documents.save(session, made, tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes() == made.data
    with pytest.raises(KnownError, match=r"file\.unwritable"):
        documents.save(session, made, tmp_path / "nowhere" / "x.pdf")
    assert [line.detail for line in exported(session)] == ["save", "save"]


def test_an_unknown_kind_is_told(session):
    with pytest.raises(KnownError, match=r"report\.unknown_kind"):
        documents.preview(session, "horoscope", "x")


def test_a_batch_with_a_password_is_locked_resumable_and_keeps_no_word_of_it(session, order, tmp_path):
    word = "fire ord uden mening"
    locked = replace(order, password=word)
    assert report_batch.run(session, locked).count("written") == len(order.cases)
    files_there = [order.folder / name for name in written(order)]
    assert all(documents.opens(path.read_bytes(), word) for path in files_there)
    assert word not in (order.folder / LIST).read_text("utf-8") and word not in repr(locked)
    assert report_batch.run(session, locked).count("unchanged") == len(order.cases)
    other = replace(order, password="fire helt andre ord")
    assert report_batch.run(session, other).count("written") == len(order.cases)
    assert report_batch.run(session, order).count("written") == len(order.cases)  # without one they are others again
    with pytest.raises(KnownError) as told:
        report_batch.run(session, replace(order, password="kort", folder=tmp_path / "ny"))
    assert told.value.code == "password.too_short" and not (tmp_path / "ny").exists()


@pytest.mark.parametrize("kind", ["citizen", "case", "handover", "callin"])
def test_a_letter_of_a_name_that_cannot_be_written_is_reported_now_and_later(session, tmp_path, kind):
    fill(session, [Citizen("strange", "S-9", "\U0001f33b\u5f20 Yu", benefit_start=dt.date(2026, 1, 1))])
    order = Order(kind, "da", tmp_path / "ud", report_batch.cases(session))
    first = report_batch.run(session, order)
    line = next(one for one in first.lines if one.case.citizen == "strange")
    assert line.state == "written" and set(line.missing) >= {"\U0001f33b", "\u5f20"}
    assert first.lacking == (line,) and line.lacks == len(line.missing)
    text = (order.folder / LIST).read_text("utf-8")
    assert {row["file"]: row["missing_letters"] for row in listed(order)}[line.file] == str(line.lacks)
    assert "\u5f20" not in text and "Yu" not in text  # how many, not which: they may be a whole name
    again_ = report_batch.run(session, order)
    assert [(one.file, one.state, one.lacks) for one in again_.lacking] == [(line.file, "unchanged", line.lacks)]


def test_a_list_from_before_letters_were_counted_is_read(session, order):
    report_batch.run(session, order)
    path = order.folder / LIST
    found = json.loads(path.read_text("utf-8"))
    for row in found["files"]:
        del row["missing_letters"]
    path.write_text(json.dumps(found), "utf-8")
    assert {(line.state, line.lacks) for line in report_batch.run(session, order).lines} == {("unchanged", 0)}
