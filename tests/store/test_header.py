"""Two copies of the header: what happens to one never locks anybody out."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest
from vault_cases import CHEAP, PASSPHRASE

from progression.errors import KnownError
from progression.store import header


def made() -> header.Header:
    wraps = tuple(
        header.wrap(b"k" * 32, secret, vault="v", user=user, kind="passphrase", cost=CHEAP)
        for user, secret in (("u1", PASSPHRASE), ("u2", "en anden"))
    )
    return header.Header("v", "t", "2026-05-01T12:00:00.000000Z", 1, wraps)


def test_there_and_back():
    one = made()
    assert header.from_bytes(header.to_bytes(one)) == one


def test_each_user_opens_with_their_own_passphrase():
    one = made()
    assert header.unwrap(one, PASSPHRASE) == (b"k" * 32, "u1")
    assert header.unwrap(one, "en anden") == (b"k" * 32, "u2")
    for kind in ("passphrase", "recovery"):
        with pytest.raises(KnownError):
            header.unwrap(one, "ingen", kind)


@pytest.mark.parametrize("change", ["vault", "user", "kind", "version"])
def test_a_wrap_opens_only_where_it_was_made(change):
    one = made()
    wrap = one.wraps[0]
    moved = {
        "vault": replace(one, vault="another"),
        "user": replace(one, wraps=(replace(wrap, user="u9"),)),
        "kind": replace(one, wraps=(replace(wrap, kind="recovery"),)),
        "version": replace(one, version=0),
    }[change]
    with pytest.raises(KnownError):
        header.unwrap(moved, PASSPHRASE, "recovery" if change == "kind" else "passphrase")


@pytest.mark.parametrize("name", header.NAMES)
@pytest.mark.parametrize("how", ["flipped", "cut", "empty", "missing"])
def test_one_damaged_copy_is_repaired_from_the_other(bench, filled, name, how):
    filled.close()
    path = bench.folder / name
    good = path.read_bytes()
    if how == "missing":
        path.unlink()
    else:
        middle = len(good) // 2
        path.write_bytes(
            {"flipped": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :], "cut": good[:-9], "empty": b""}[
                how
            ]
        )
    v = bench.unlock()
    assert [(n.code, n.fields["file"]) for n in v.notices] == [("notice.header_repaired", name)]
    assert path.read_bytes() == good
    v.close()
    assert bench.unlock().notices == []


def test_any_flipped_byte_of_a_header_is_noticed():
    data = header.to_bytes(made())
    for place in range(len(data)):
        flipped = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            read = header.from_bytes(flipped)
        except header.Unreadable:
            continue
        except KnownError as error:  # the digit of the version: it says what it says
            assert error.code == "vault.newer"
            continue
        assert read.wraps[0].user == "u1"  # only white space outside the values can be harmless
        assert json.loads(flipped) == json.loads(data)


def test_both_copies_damaged_is_a_damaged_header(bench, filled):
    filled.close()
    for name in header.NAMES:
        (bench.folder / name).write_bytes(b"\0" * 900)
    with pytest.raises(KnownError) as raised:
        bench.unlock()
    assert raised.value.code == "vault.header_damaged"
    assert raised.value.fields["newest_backup"].endswith(".backup")
    for name in header.NAMES:
        (bench.folder / name).unlink()
    with pytest.raises(KnownError) as raised:
        bench.unlock()
    assert raised.value.code == "vault.header_damaged"


def test_of_two_good_copies_the_newer_one_counts(bench, filled):
    shutil.copy(bench.folder / "header-2.json", bench.folder / "older")
    filled.set_passphrase("nyt", kdf=CHEAP)
    filled.close()
    shutil.copy(bench.folder / "older", bench.folder / "header-2.json")
    v = bench.unlock(passphrase="nyt")
    assert [n.fields["file"] for n in v.notices] == ["header-2.json"]
