"""The access log speaks the reader's language: every mark that is written has its words."""

from __future__ import annotations

import ast
from pathlib import Path

import progression
from progression.ui.settings.logtable import PURPOSES, purpose_text
from progression.words import Words

ROOT = Path(progression.__file__).parent
COUNTED = ("setting", "scale", "estimates")  # said with a name of their own


def written():
    """The purposes that stand as plain text in a call of Act(...)."""
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Act":
                given = [word.value for word in node.keywords if word.arg == "purpose"] + node.args[2:3]
                yield from (one.value for one in given if isinstance(one, ast.Constant) and one.value)


def test_every_purpose_that_is_written_has_words():
    found = set(written())
    assert len(found) > 20
    assert {one for one in found if one not in PURPOSES and one.split()[0] not in COUNTED} == set()


def test_they_are_said_in_danish():
    w = Words("da")
    assert purpose_text(w, "case reopened") == "Sagen åbnet igen"
    assert purpose_text(w, "undo") == "Fortrudt"
