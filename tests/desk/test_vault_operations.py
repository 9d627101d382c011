"""The vault from the desk's side, and the small nouns: settings, estimates, scales, reports, the self-test."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from desk_cases import CHEAP, PASSPHRASE, TODAY, again, clock, falls, fill

from progression.casework.values import Citizen
from progression.desk import citizens, duties, estimates, flags, reports, scales, selftest, settings, vaults
from progression.errors import KnownError
from progression.scales import library
from progression.store import header, kinds, queries
from progression.store.access import Act
from progression.words import Words


def test_a_vault_is_made_with_its_first_account_and_a_recovery_key(tmp_path):
    folder = tmp_path / "v"
    assert not vaults.exists(folder)
    opened = vaults.create(folder, PASSPHRASE, account_name="Kim", kdf=CHEAP, clock=clock())
    assert vaults.exists(folder)
    assert opened.notices == ()
    assert vaults.status(opened.session).account == "Kim"
    assert vaults.status(opened.session).backup is None
    assert list(vaults.accounts(opened.session).values()) == ["Kim"]
    vaults.close(opened.session)
    again_ = vaults.unlock_with_recovery(folder, opened.recovery_key.lower().replace("-", " "), clock=clock())
    assert vaults.status(again_.session).backup is not None  # one is kept at each close
    vaults.close(again_.session)


def test_the_day_of_a_session_is_the_vault_s_unless_it_looks_back(opened):
    from dataclasses import replace

    session = opened()
    assert session.today() == TODAY
    assert replace(session, day=dt.date(2025, 1, 1)).today() == dt.date(2025, 1, 1)
    assert session.in_language("en").language == "en"


def test_wrong_passphrase_and_what_is_no_vault(tmp_path, opened):
    session = opened()
    assert vaults.confirm_passphrase(session, PASSPHRASE)
    assert not vaults.confirm_passphrase(session, "noget andet")
    other = header.wrap(
        session.vault.key, "en andens", vault=session.vault.id, user="anden", kind="passphrase", cost=CHEAP
    )
    session.vault.header = header.with_wrap(session.vault.header, other)
    header.write(session.vault.folder, session.vault.header)
    assert vaults.confirm_passphrase(session, PASSPHRASE)
    assert not vaults.confirm_passphrase(session, "en andens")  # opens the vault, but is not this account's
    folder = session.vault.folder
    session.vault.close(backup=False)
    with pytest.raises(KnownError, match=r"vault\.wrong_passphrase"):
        vaults.unlock(folder, "noget andet")
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnownError, match=r"vault\.not_a_vault"):
        vaults.unlock(tmp_path / "empty", PASSPHRASE)
    with pytest.raises(KnownError, match=r"vault\.exists"):
        vaults.create(folder, PASSPHRASE, account_name="Kim", kdf=CHEAP)


def test_backup_check_rebuild_and_restore(opened, tmp_path):
    session = opened(falls())
    before = queries.course(session.vault, "id-H1")
    kept = vaults.back_up(session, tmp_path / "kept.backup")
    assert kept.exists()
    assert vaults.check(session, deep=True) == []
    counts = vaults.rebuild(session)
    assert counts["citizen"] == 1
    assert queries.course(session.vault, "id-H1") == before
    restored = vaults.restore(kept, tmp_path / "again", PASSPHRASE, clock=clock(), state=tmp_path / "again-state")
    assert queries.course(restored.session.vault, "id-H1") == before
    assert [n.code for n in restored.notices] == ["notice.restored", "notice.new_incarnation"]
    assert flags.current(restored.session) == flags.current(session)
    vaults.close(restored.session, backup=False)


def test_the_log_of_a_list_names_what_was_listed(session):
    vaults.log_view(session, "flags")
    line = vaults.access_log(session)[0]
    assert (line.act, line.purpose, line.citizen) == ("view", "flags", None)
    assert vaults.access_log(session, "id-H1") == []


def test_settings_are_kept_and_the_latest_counts(opened):
    session = opened()
    assert settings.get(session, "municipality", "") == ""
    settings.put(session, "municipality", "Prøve Kommune")
    changes = settings.put(session, "municipality", "Sundvig")
    assert settings.get(session, "municipality") == "Sundvig"
    assert changes.kinds == {"setting", "flag"}
    folder = session.vault.folder
    session.vault.close(backup=False)
    later = again(folder)
    assert settings.get(later, "municipality") == "Sundvig"
    later.vault.close(backup=False)


def test_the_rhythm_of_assessments_is_a_setting(session):
    settings.put(session, "assessment_interval_months", 12)
    assert "missing" not in [f.kind for f in flags.current(session)]
    late = [one.duty.kind for one in duties.citizen(session, "id-H4") if one.duty.state == "overdue"]
    assert "assessment_every" not in late


def test_estimates_are_priors_until_some_are_adopted(session):
    found = estimates.listing(session)
    assert [e.scale for e in found] == ["bip", "hamd"]
    assert {e.name for e in found} == {"prior/0"}
    adopted = estimates.in_force(session)
    body = {name: getattr(adopted, name) for name in adopted.__dataclass_fields__}
    never = {rate: {**row, "c_regression": 9.0, "c_indicator": 9.0} for rate, row in adopted.rates.items()}
    body |= {"adopted": "2026-04-01", "citizens": 412, "source": "fitted", "c_regression": 9.0, "rates": never}
    session.vault.append([kinds.estimates_adopted("bip", body)], Act("settings"))
    assert estimates.in_force(session).name == "2026-04-01/412"
    assert estimates.in_force(session, "hamd").name == "prior/0"
    assert "regression" not in [f.kind for f in flags.current(session)]  # a threshold nobody reaches
    assert {f.estimates for f in flags.current(session)} == {"2026-04-01/412"}


def test_the_chosen_rate_changes_the_threshold(session):
    usual = estimates.in_force(session)
    settings.put(session, "false_alarms_per_100_years", 2)
    strict = estimates.in_force(session)
    assert strict.false_alarms_per_100_years == 2
    assert strict.c_regression > usual.c_regression


def test_a_scale_is_checked_before_it_is_installed(session, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(library.source("hamd").replace('id = "hamd"', 'id = "own"', 1), "utf-8")
    assert scales.validate(path).id == "own"
    scales.install(session, path)
    assert set(scales.listing(session)) == {"bip", "hamd", "own"}
    path.write_text("version = 1\n", "utf-8")
    with pytest.raises(KnownError, match=r"scale\.invalid"):
        scales.install(session, path)
    with pytest.raises(KnownError, match=r"file\.unreadable"):
        scales.validate(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("æøå".encode("latin-1"))
    with pytest.raises(KnownError, match=r"file\.unreadable"):
        scales.validate(tmp_path / "latin.toml")
    assert len(scales.listing(session)) == 3


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_report_is_written_whole_and_logged(session, tmp_path, language):
    path = reports.case(session, "id-H1", tmp_path / "H1.pdf", language)
    assert path.read_bytes().startswith(b"%PDF")
    line = vaults.access_log(session, "id-H1")[0]
    assert (line.act, line.purpose) == ("export", "report case")
    assert sorted(p.name for p in tmp_path.glob("*.pdf")) == ["H1.pdf"]


def test_a_report_is_in_the_log_before_its_first_byte(session, tmp_path, monkeypatch):
    def full(*_args, **_more):
        raise KnownError("disk.full", folder="f")

    monkeypatch.setattr(type(session.vault), "log", full)
    with pytest.raises(KnownError, match=r"disk\.full"):
        reports.case(session, "id-H1", tmp_path / "H1.pdf")
    assert not (tmp_path / "H1.pdf").exists()


def test_a_report_that_cannot_be_written_leaves_nothing(session, tmp_path):
    with pytest.raises(KnownError, match=r"file\.unwritable"):
        reports.case(session, "id-H1", tmp_path / "nowhere" / "H1.pdf")
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        reports.case(session, "nobody", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def test_nothing_personal_lies_readable_beside_the_vault(opened):
    session = opened()
    fill(session, [Citizen("id", "H123456", "Xanthippe Qvistgaard", cpr="0101801234", note="Meget hemmelig")])
    citizens.page(session, "id")
    folder = session.vault.folder
    session.vault.close()
    read = [p.read_bytes() for root in (folder, Path(f"{folder}-state")) for p in root.rglob("*") if p.is_file()]
    assert read
    for secret in ("Xanthippe", "Qvistgaard", "0101801234", "H123456", "hemmelig"):
        for encoding in ("utf-8", "utf-16-le"):
            assert not any(secret.encode(encoding) in data for data in read)


# the self-test


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_installed_program_finds_itself_whole(language, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    results = list(selftest.run(Words(language)))
    assert len(results) == 5
    assert [r.text for r in results if not r.ok] == []
    assert list(tmp_path.iterdir()) == []


def test_the_self_test_names_the_part_that_fails_and_goes_on(monkeypatch):
    monkeypatch.setattr(selftest, "FONTS", ("nowhere.ttf",))
    monkeypatch.setattr(selftest, "LIBRARIES", ("nowhere",))
    results = list(selftest.run(Words("en")))
    assert [r.text for r in results if not r.ok] == [
        "Libraries: failed (ModuleNotFoundError)",
        "Fonts: failed (FileNotFoundError)",
    ]
    assert sum(r.ok for r in results) == 3


def test_the_self_test_leaves_nothing_in_the_user_s_folders(own_state):
    list(selftest.run(Words("en")))
    assert not any(own_state.rglob("*"))


@pytest.fixture
def own_state(tmp_path, monkeypatch):
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"PROGRESSION_{name}", str(tmp_path / "user" / name.lower()))
    (tmp_path / "user").mkdir()
    return tmp_path / "user"


def test_the_default_folder_is_the_user_s_own(own_state):
    assert vaults.default_folder() == own_state / "data" / "vault"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_journal_note_is_of_the_last_conversation_and_its_copying_is_logged(session, language):
    text = reports.note(session, "id-H1", language)
    last = max(a.date for a in queries.course(session.vault, "id-H1").assessments)
    assert Words(language).date(last) in text
    newest = queries.access_log(session.vault)[0]
    assert (newest.act, newest.citizen, newest.purpose) == ("export", "id-H1", "journal note")


def test_without_an_assessment_there_is_no_note(session):
    identity, _ = citizens.add(session, Citizen("", "NEW", "Ny Borger"))
    with pytest.raises(KnownError, match=r"journal\.nothing"):
        reports.note(session, identity)
