"""Every document the program makes, by a name: for what must hold of all of them."""

from __future__ import annotations

from datetime import date, timedelta

import approved_pages
import citizen_cases
import karsten
import team_cases
import test_report_handover as sheets
import test_report_recovery as keys
from report_pages import page_of
from test_report_odd_cases import assessed

from progression.reports.callin import callin_pdf
from progression.reports.case import case_pdf
from progression.reports.handover import handover_pdf
from progression.reports.letterhead import PLAIN
from progression.reports.letterhead_sample import sample_pdf
from progression.reports.recovery import recovery_pdf
from progression.words import Words
from progression.words.callin import CallInLetter

LETTER = CallInLetter(
    name="Karsten Bøgh Mikkelsen", day=karsten.TODAY, sender="Mette Holm Andersen", phone="00 00 11 22",
    municipality="Sundvig Kommune", when=karsten.TODAY, time="10.30", place="Rådhuset", interpreter="",
)  # fmt: skip
ROUND = {"author": "Mette", "municipality": "Sundvig", "made_on": karsten.TODAY}


def citizen(language="da"):
    """The page to take home."""
    return citizen_cases.made(citizen_cases.typical(), language)


def case(language="da", course=karsten.COURSE, letterhead=PLAIN):
    """Karsten's whole course."""
    page = page_of(course, karsten.trajectory(), flags=(karsten.FLAG, *karsten.EARLIER))
    return case_pdf(page, Words(language), letterhead=letterhead, **ROUND)


def long_case(language="da"):
    """Eighty assessments over ten years."""
    page = page_of(*assessed([date(2016, 11, 19) + timedelta(45 * n) for n in range(80)]))
    return case_pdf(page, Words(language), **ROUND)


def short_case(language="da"):
    """One assessment, today."""
    return case_pdf(page_of(*assessed([karsten.TODAY])), Words(language), **ROUND)


def headed(language="da"):
    """On a municipality's paper, with its logo."""
    return case(language, letterhead=approved_pages.paper())


def handover(language="da"):
    """What the next caseworker needs."""
    page = page_of(sheets.full(), karsten.trajectory(), flags=(karsten.FLAG,))
    return handover_pdf(page, Words(language), handover=sheets.HANDOVER, duties=sheets.DUTIES, **ROUND)


def letter(language="da"):
    """A call-in letter."""
    return callin_pdf(LETTER, Words(language))


def team(language="da"):
    """To the team."""
    return team_cases.made(team_cases.TYPICAL, language)


def recovery(language="da"):
    """The page with the recovery key."""
    return recovery_pdf(keys.PAGE, Words(language))


def sample(language="da"):
    """The page that shows a letterhead."""
    return sample_pdf(approved_pages.paper(), "Sundvig Kommune", Words(language), made_on=karsten.TODAY)


EVERY = (citizen, case, long_case, short_case, headed, handover, letter, team, recovery, sample)
