"""progression languages: from a template to a language the citizen can choose."""

from __future__ import annotations

from pathlib import Path

import pytest

ARABIC = str(Path(__file__).parents[1] / "data" / "citizen_ar.toml")


def test_checked_without_a_database_and_installed_with_one(run, vault):
    assert run("languages", "validate", ARABIC).out.startswith("العربية (ar), version 1: no faults.")
    assert run("languages", "install", ARABIC, db=vault).code == 0
    rows = run("languages", "list", "--format", "json", db=vault).json["languages"]
    assert [(row["code"], row["direction"], row["scales"], row["missing"]) for row in rows] == [
        ("da", "ltr", ["bip"], []),
        ("en", "ltr", ["bip"], []),
        ("ar", "rtl", ["bip"], []),
    ]
    assert "from right to left" in run("languages", "list", db=vault).out
    assert run("languages", "remove", "ar", db=vault).code == 0
    assert len(run("languages", "list", "--format", "json", db=vault).json["languages"]) == 2


def test_a_template_is_printed_whole(run, vault):
    text = run("languages", "template", "so").out
    assert 'code = "so"' in text and "netvaerk" in text and text.endswith('5 = ""\n')


def test_every_fault_is_printed(run, vault, tmp_path):
    file = tmp_path / "ar.toml"
    text = Path(ARABIC).read_text("utf-8").replace('skip = "', 'skip_it = "').replace('"rtl"', '"left"')
    file.write_text(text, "utf-8")
    result = run("languages", "install", str(file), db=vault)
    assert result.code == 1
    assert all(key in result.err for key in ("sentences.skip ", "sentences.skip_it", "direction"))
    assert len(run("languages", "list", "--format", "json", db=vault).json["languages"]) == 2


@pytest.mark.parametrize("given", [("template", "Arabisk"), ("template",), ("remove",), ("install",)])
def test_wrong_usage_is_told(run, vault, given):
    assert run("languages", *given, db=vault).code == 2
