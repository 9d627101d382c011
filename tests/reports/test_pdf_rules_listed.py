"""docs/pdf.md says of every rule who checks it, and says what the checks do."""

from __future__ import annotations

import re
from pathlib import Path

import pdf_rules

DOC = Path(__file__).resolve().parents[2] / "docs" / "pdf.md"
HOW_MANY = {
    1: 7, 2: 4, 3: 3, 4: 1, 5: 2, 6: 4, 7: 2, 8: 2, 9: 8, 10: 1, 11: 7, 12: 1, 13: 8, 14: 7, 15: 5, 16: 3, 17: 3, 18: 2,
    19: 4, 20: 3, 21: 1, 22: 1, 23: 1, 24: 1, 25: 1, 26: 2, 27: 1, 28: 18, 29: 1, 30: 2, 31: 30,
}  # fmt: skip


def listed(part):
    """The numbers in the table of a part."""
    text = DOC.read_text("utf-8").split(f"### {part}\n", 1)[1].split("\n#", 1)[0]
    return [number for row in text.splitlines() if row.startswith("| ") for number in re.findall(r"\d\d-\d{3}", row)]


def test_what_is_said_to_be_checked_is_checked():
    assert sorted(listed("Checked by program here")) == sorted(n for n in pdf_rules.CHECKS if not n.startswith("A"))


def test_every_rule_is_said_once():
    said = [n for part in ("Checked by program here", "Left to a person", "Does not apply") for n in listed(part)]
    assert sorted(said) == [f"{point:02}-{n:03}" for point, many in HOW_MANY.items() for n in range(1, many + 1)]
    assert len(said) == 136
