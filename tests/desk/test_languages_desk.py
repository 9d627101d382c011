"""Languages of the citizen's side in a vault: installed, offered, begun with, and taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_cases import again as reopen_at
from desk_cases import make

from progression.casework.values import Citizen
from progression.desk import languages, scales, vaults
from progression.errors import KnownError
from progression.scales.library import builtin
from progression.store import kinds
from progression.store.access import Act

ARABIC = Path(__file__).parents[1] / "data" / "citizen_ar.toml"
BIP = builtin()["bip"]


def codes(session):
    return [one.code for one in languages.listing(session)]


def test_installed_by_an_event_and_taken_away_by_another(opened):
    session = opened()
    assert codes(session) == ["da", "en"]
    changes = languages.install(session, ARABIC)
    assert codes(session) == ["da", "en", "ar"] and len(changes.events) == 1
    languages.remove(session, "ar")
    assert codes(session) == ["da", "en"]


def test_a_new_version_takes_the_place_of_the_old(opened, tmp_path):
    session = opened()
    languages.install(session, ARABIC)
    newer = tmp_path / "ar.toml"
    newer.write_text(ARABIC.read_text("utf-8").replace("version = 1", "version = 2"), "utf-8")
    languages.install(session, newer)
    assert [(one.code, one.version) for one in languages.listing(session)][2:] == [("ar", 2)]


def test_it_is_there_after_opening_again(tmp_path):
    session = make(tmp_path / "vault", [])
    languages.install(session, ARABIC)
    folder = session.vault.folder
    text = languages.listing(session)[2]
    vaults.close(session, backup=False)
    again = reopen_at(folder)
    assert languages.listing(again)[2] == text
    vaults.close(again, backup=False)


@pytest.mark.parametrize(
    ("spoken", "first"),
    [
        ("arabisk", "ar"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
        ("ar", "ar"),
        ("engelsk", "en"),
        ("somali", "da"),
        ("", "da"),
    ],
)
def test_it_begins_in_the_citizens_own_language(opened, spoken, first):
    session = opened([Citizen("bo", "S-1", "Bo", language=spoken)])
    languages.install(session, ARABIC)
    offered = languages.offered(session, "bo", BIP)
    assert offered.first == first and [one.code for one in offered.languages] == ["da", "en", "ar"]


def test_a_language_without_every_text_of_the_scale_in_force_is_not_offered(opened, tmp_path):
    """The scale got another question after the language was translated."""
    session = opened([Citizen("bo", "S-1", "Bo", language="arabisk")])
    languages.install(session, ARABIC)
    text = (Path(__file__).parents[2] / "progression" / "scales" / "bip.toml").read_text("utf-8")
    file = tmp_path / "bip.toml"
    file.write_text(text.replace('code = "netvaerk"', 'code = "netvaerk_ny"'), "utf-8")
    scales.install(session, file)
    offered = languages.offered(session, "bo", scales.listing(session)["bip"])
    assert [one.code for one in offered.languages] == ["da", "en"] and offered.first == "da"


def test_what_cannot_be_read_or_taken_away_is_said(opened, tmp_path):
    session = opened()
    broken = tmp_path / "ar.toml"
    broken.write_bytes(b"\xff\xfe\x00")
    for path in (broken, tmp_path / "none.toml"):
        with pytest.raises(KnownError, match=r"file\.unreadable"):
            languages.install(session, path)
    with pytest.raises(KnownError, match=r"language\.shipped"):
        languages.remove(session, "da")
    with pytest.raises(KnownError, match=r"language\.unknown"):
        languages.remove(session, "ar")


def test_a_language_of_a_newer_program_is_left_alone(opened):
    session = opened()
    newer = ARABIC.read_text("utf-8").replace("format = 1", "format = 2")
    session.vault.append([kinds.setting(session.vault, languages.KEY + "ar", newer)], Act("change"))
    assert codes(session) == ["da", "en"]
