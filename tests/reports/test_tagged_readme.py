"""What the tagging layer says of itself is true: its example runs, and makes a file that follows every rule."""

from __future__ import annotations

import doctest
from io import BytesIO
from pathlib import Path

import pdf_rules
import pikepdf

from progression.reports import tagged
from progression.resources import asset


def test_the_example_in_its_docstring_works():
    example = doctest.DocTestFinder().find(tagged, globs={**vars(tagged), "file": str(FONT)})
    (readme,) = [one for one in example if one.name == tagged.__name__]
    told = []
    outcome = doctest.DocTestRunner(verbose=False).run(readme, out=told.append, clear_globs=False)
    assert outcome.attempted > 15 and outcome.failed == 0, "".join(told)
    with pikepdf.open(BytesIO(readme.globs["out"].getvalue())) as pdf:
        assert pdf_rules.faults(pdf) == {}
        made = pdf_rules.File(pdf)
        assert made.aloud().startswith("Report See the figures or ring til os. 1. First this 2. then that Figures")


def test_it_knows_nothing_of_the_program_round_it():
    folder = Path(tagged.__file__).parent
    for path in folder.glob("*.py"):
        others = [
            line
            for line in path.read_text("utf-8").splitlines()
            if "progression" in line and "import" in line and "progression.reports.tagged" not in line
        ]
        assert others == [], path


FONT = asset("fonts", "IBMPlexSans-Regular.ttf")
