"""What the window remembers: sound or default, written whole, nothing personal."""

from __future__ import annotations

import json

import pytest

from progression.errors import KnownError
from progression.ui import preferences as prefs
from progression.ui.preferences import Preferences


def test_they_come_back_as_they_were(tmp_path):
    path = tmp_path / "deep" / "window.json"
    chosen = Preferences("en", "dark", 150, "/somewhere", "abc", 5, False, True)
    prefs.save(path, chosen)
    assert prefs.load(path) == chosen
    assert [p.name for p in path.parent.iterdir()] == ["window.json"]


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", '"text"', '{"percent": "large", "language": 7}'])
def test_a_damaged_file_gives_defaults(tmp_path, content):
    path = tmp_path / "window.json"
    path.write_text(content, "utf-8")
    assert prefs.load(path) == Preferences()


def test_no_file_gives_defaults(tmp_path):
    assert prefs.load(tmp_path / "none.json").language == "da"


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("percent", 1000, 200),
        ("percent", 1, 80),
        ("idle_minutes", 0, 1),
        ("language", "fr", "da"),
        ("theme", "pink", "system"),
    ],
)
def test_what_is_out_of_range_is_brought_back(tmp_path, field, given, kept):
    path = tmp_path / "window.json"
    path.write_text(json.dumps({field: given}), "utf-8")
    assert getattr(prefs.load(path), field) == kept


def test_a_folder_that_cannot_be_written_is_a_known_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    with pytest.raises(KnownError) as raised:
        prefs.save(blocked / "window.json", Preferences())
    assert raised.value.code == "preferences.not_saved"


def test_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(ValueError, match="fr"):
        prefs.replace_language(Preferences(), "fr")
