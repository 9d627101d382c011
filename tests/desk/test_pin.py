"""The code that leads back from the citizen's side: which are taken, how tries are counted, and that nothing stays."""

from __future__ import annotations

import datetime as dt
import hmac
import re
from pathlib import Path

import pytest
from desk_cases import make

from progression.casework.values import Citizen
from progression.desk import pin, vaults
from progression.errors import KnownError

CODE = "274951"
BO = Citizen("bo", "S-1", "Bo Vang", cpr="2309741234", born=dt.date(1974, 9, 23))


@pytest.mark.parametrize(
    "code",
    [
        *(digit * 6 for digit in "0123456789"),
        "123456", "234567", "654321", "987654", "012345", "890123", "210987",
        "121212", "909090", "123123", "501501", "111222", "998877", "112233",
        "", "27495", "2749510", "27495a", "27 951", "٢٧٤٩٥١", "²74951",
    ],
)  # fmt: skip
def test_a_code_that_is_easily_guessed_or_none_is_refused(opened, code):
    session = opened()
    assert pin.weak(code)
    with pytest.raises(KnownError, match=r"pin\.weak"):
        pin.choose(session, code)
    assert pin.standing(session) == pin.Standing(False)


def test_the_citizens_birthday_is_no_code(opened):
    session = opened([BO])
    for code in ("230974", "740923", "092374"):
        with pytest.raises(KnownError, match=r"pin\.weak"):
            pin.choose(session, code, "bo")
        assert not pin.weak(code)  # for somebody else it is as good as any
    assert pin.choose(session, CODE, "bo") == pin.Standing(True, 5)


def test_the_code_is_right_as_often_as_it_is_typed(opened):
    session = opened()
    pin.choose(session, CODE)
    assert [pin.tried(session, CODE) for _ in range(7)] == [pin.Tried(True, 5)] * 7


def test_five_wrong_tries_and_it_is_gone(opened):
    session = opened()
    pin.choose(session, CODE)
    left = [pin.tried(session, wrong).left for wrong in ("274952", "000000", "", "x" * 400, "274950")]
    assert left == [4, 3, 2, 1, 0]
    assert pin.standing(session) == pin.Standing(False)
    assert pin.tried(session, CODE) == pin.Tried(False, 0)


def test_a_right_one_gives_every_try_back_and_looking_gives_none(opened):
    session = opened()
    pin.choose(session, CODE)
    for _ in range(4):
        pin.tried(session, "274950")
        pin.standing(session)
    assert pin.standing(session).left == 1
    assert pin.tried(session, CODE) == pin.Tried(True, 5)


def test_a_try_is_counted_before_it_is_looked_at(opened, monkeypatch):
    """Pulling the plug in the middle of a try does not give it back."""
    session = opened()
    pin.choose(session, CODE)

    def broken(*_args):
        raise MemoryError

    monkeypatch.setattr(pin, "_hashed", broken)
    for _ in range(3):
        with pytest.raises(MemoryError):
            pin.tried(session, CODE)
    assert pin.standing(session).left == 2


def test_every_try_is_hashed_in_full_and_compared_in_constant_time(opened, monkeypatch):
    session = opened()
    pin.choose(session, CODE)
    hashed, compared = [], []
    slow, compare = pin._hashed, hmac.compare_digest
    monkeypatch.setattr(pin, "_hashed", lambda code, salt: hashed.append(code) or slow(code, salt))
    monkeypatch.setattr(hmac, "compare_digest", lambda one, two: compared.append((one, two)) or compare(one, two))
    for code in ("", "9", "999999", CODE):
        pin.tried(session, code)
    assert hashed == ["", "9", "999999", CODE]
    assert len(compared) == 4 and {len(part) for pair in compared for part in pair} == {64}


def test_two_vaults_with_one_code_keep_different_hashes(opened):
    first, second = opened(), opened(name="other")
    for session in (first, second):
        pin.choose(session, CODE)
    assert pin._kept(first).digest != pin._kept(second).digest


def test_another_code_takes_its_place_and_wipes_the_first(opened):
    session = opened()
    pin.choose(session, CODE)
    kept = pin._kept(session)
    pin.choose(session, "905173")
    assert set(kept.digest) == {0} and set(kept.salt) == {0}
    assert pin.tried(session, CODE).right is False and pin.tried(session, "905173").right is True


def test_closing_the_vault_wipes_it(tmp_path):
    session = make(tmp_path / "vault", [])
    pin.choose(session, CODE)
    kept = pin._kept(session)
    vaults.close(session, backup=False)
    assert set(kept.digest) == {0} and set(kept.salt) == {0} and pin._kept(session) is None


def test_nothing_of_it_is_on_disk(tmp_path):
    session = make(tmp_path / "vault", [])
    pin.choose(session, CODE)
    pin.tried(session, "905173")
    digest = bytes(pin._kept(session).digest)
    vaults.close(session, backup=True)
    files = [file for file in Path(tmp_path).rglob("*") if file.is_file()]
    assert files
    for file in files:
        content = file.read_bytes()
        assert digest not in content and not re.search(rb"pin[^a-z]{0,3}(274951|905173)", content)
