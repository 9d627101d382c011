"""The recovery key leaves on paper: logged first, complete or not at all, and it opens the vault."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest

from progression.desk import recovery, vaults
from progression.errors import KnownError
from progression.store import queries
from progression.store.clock import FixedClock
from progression.store.header import KdfCost


@pytest.fixture
def opened(tmp_path):
    made = vaults.create(
        tmp_path / "vault", "kaffe sten lampe ko", account_name="Mette Holm", state=tmp_path / "state",
        kdf=KdfCost(64, 1, 1), clock=FixedClock(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)),
    )  # fmt: skip
    yield made
    made.session.vault.close(backup=False)


def text_of(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("language", "words"), [("da", "Gendannelsesnøgle"), ("en", "Recovery key")])
def test_the_page_holds_the_key_whose_it_is_and_how_to_use_it(opened, tmp_path, language, words):
    path = recovery.save(opened.session, opened.recovery_key, tmp_path / "key.pdf", language)
    told = text_of(path)
    assert all(group in told for group in opened.recovery_key.split("-"))
    assert words in told and "Mette Holm" in told and str(tmp_path / "vault") in "".join(told.split("\n"))


def test_what_is_on_the_page_opens_the_vault_even_typed_in_small_letters(opened, tmp_path):
    path = recovery.save(opened.session, opened.recovery_key, tmp_path / "key.pdf")
    first = opened.recovery_key.split("-")[0]
    lines = text_of(path).splitlines()
    at = next(n for n, line in enumerate(lines) if first in line)
    typed = "-".join(line.strip() for line in lines[at : at + 4] if line.strip()).lower()
    opened.session.vault.close(backup=False)
    again = vaults.unlock_with_recovery(tmp_path / "vault", "-".join(typed.split("-")[:8]), state=tmp_path / "state")
    assert again.recovered
    vaults.close(again.session, backup=False)


def test_the_log_says_so_and_not_what_the_key_is(opened, tmp_path):
    before = len(queries.access_log(opened.session.vault))
    recovery.page(opened.session, opened.recovery_key)
    log = queries.access_log(opened.session.vault)
    assert len(log) == before + 1
    line = next(one for one in log if one.purpose == "recovery key")
    assert line.act == "export" and line.citizen is None
    assert opened.recovery_key.split("-")[0] not in repr(log)


def test_a_file_that_cannot_be_written_is_told(opened, tmp_path):
    with pytest.raises(KnownError) as refused:
        recovery.save(opened.session, opened.recovery_key, tmp_path / "no" / "key.pdf")
    assert refused.value.code == "file.unwritable"


def test_the_same_key_and_day_make_the_same_bytes(opened):
    pages = {recovery.page(opened.session, opened.recovery_key) for _ in range(2)}
    assert len(pages) == 1
