"""Citizens' pages made by hand, and what the poppler and qpdf tools say about a PDF."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "desk"))  # the way to a vault is shared
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "charts"))  # and the example citizen
import karsten
from report_pages import empty_trajectory, page_of

from progression.casework.values import Citizen, Course
from progression.reports.case import case_report
from progression.words import Words


@pytest.fixture
def typical():
    return page_of(karsten.COURSE, karsten.trajectory(), flags=(karsten.FLAG, *karsten.EARLIER))


@pytest.fixture
def blank():
    course = Course(Citizen("c2", "H00099", benefit_start=date(2026, 9, 1)))
    return page_of(course, empty_trajectory())


class Printed:
    """A PDF on disk and what the outside tools say about it."""

    def __init__(self, path):
        self.path = path

    def _run(self, *command):
        return subprocess.run([*command], capture_output=True, text=True, check=True).stdout

    def text(self, *options):
        """The text in reading order."""
        return self._run("pdftotext", *options, str(self.path), "-")

    def flat(self):
        """The text with every white space as one space."""
        return " ".join(self.text().split())

    def info(self):
        """pdfinfo as a mapping."""
        rows = (line.partition(":") for line in self._run("pdfinfo", str(self.path)).splitlines())
        return {key.strip(): value.strip() for key, _, value in rows}

    def fonts(self):
        """pdffonts: (name, embedded) for each font."""
        rows = self._run("pdffonts", str(self.path)).splitlines()[2:]
        return [(row.split()[0], row.split()[-5]) for row in rows]

    def images(self):
        """The rows of pdfimages without its head."""
        return self._run("pdfimages", "-list", str(self.path)).splitlines()[2:]

    def check(self):
        """qpdf's judgement; raises where it finds a fault."""
        return self._run("qpdf", "--check", str(self.path))


@pytest.fixture
def printed(tmp_path):
    """Print a page and hand back the PDF."""
    counter = iter(range(1000))

    def make(page, language="da", **more):
        path = tmp_path / f"{next(counter)}.pdf"
        options = {
            "author": "Mette Holm Andersen, sagsbehandler",
            "municipality": "Sundvig Kommune, Jobcentret",
        }
        case_report(page, Words(language), made_on=page.today, out=path, **{**options, **more})
        return Printed(path)

    return make


@pytest.fixture
def read():
    """What the outside tools say about a PDF that lies there."""
    return Printed
