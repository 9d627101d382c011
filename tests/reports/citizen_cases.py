"""Citizens for the page they take home: what it is asked to tell, from nothing at all to far too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import sin

import karsten
from report_pages import empty_trajectory, page_of
from test_report_odd_cases import assessed

from progression.casework.values import Citizen, Course, Intervention, Note, PlanItem
from progression.reports.citizen_page import Contact, citizen_pdf
from progression.words import Words

TODAY = karsten.TODAY
CONTACT = Contact("Mette Holm Andersen", "58 00 00 24", "mha@sundvig.example")
LONG = "Et langt notat om alt det, der er talt om, aftalt og prøvet. " * 82  # 5,000 letters


def agreement(text, n, **more):
    return PlanItem("c1", TODAY, agreement=text, kind="agreement", id=f"a{n}", **more)


def full():
    """Karsten with a goal in his own words, agreements and a talk."""
    plan = (
        PlanItem("c1", TODAY, "Deltidsjob", words="Noget med hænderne, 15 timer om ugen", kind="goal", id="g"),
        agreement("Begynder i småjob hos Bakkegårdens Genbrug", 1, who="borger", by=date(2027, 1, 4)),
        agreement("Ringe til klinikken", 2, words="Mette ringer for mig", who="mha", by=date(2026, 11, 27)),
    )
    talks = tuple(
        replace(talk, time="10:00") if talk.status == "planned" else talk for talk in karsten.COURSE.conversations
    )
    steps = (Note("c1", TODAY - timedelta(20), "small_step", text="Kom til tiden tre gange i træk"),)
    return replace(karsten.COURSE, plan=plan, conversations=talks, notes=steps)


def typical():
    return page_of(full(), karsten.trajectory(), flags=(karsten.FLAG, *karsten.EARLIER))


def nothing():
    return page_of(Course(Citizen("c2", "H00099")), empty_trajectory())


def answered(values, every=91, *, last=TODAY - timedelta(30), **more):
    """Somebody with these levels, one every so many days, the last on `last`."""
    days = [last - timedelta(every * n) for n in reversed(range(len(values)))]
    return page_of(*assessed(days, values=list(values), **more))


def eighty():
    return answered([round(3 + sin(n / 12), 3) for n in range(80)], 45, name="Aviâja Kûngmiâ ĸ 😀")


def crowded():
    """Everything as long and as much as it gets."""
    rows = tuple(Intervention("c1", f"x{n}", "mentor", TODAY - timedelta(400 + n), title=LONG) for n in range(6))
    plan = tuple(agreement(LONG, n, words=LONG if n % 2 else "", who=LONG if n % 3 else "") for n in range(30))
    return page_of(
        replace(
            full(),
            citizen=replace(karsten.CITIZEN_ROW, name="علي " + "x" * 5000),
            interventions=rows,
            plan=(*plan, PlanItem("c1", TODAY, LONG, kind="goal", id="g")),
            notes=(Note("c1", TODAY, "small_step", text=LONG),) * 3,
        ),
        karsten.trajectory(),
    )


PAGES = {
    "typical": typical,
    "nothing": nothing,
    "one": lambda: answered([3.0]),
    "two": lambda: answered([2.0, 3.0]),
    "same": lambda: answered([3.0, 3.1, 3.0]),
    "eighty": eighty,
    "crowded": crowded,
}


def made(page, language="da", contact=CONTACT, **more):
    return citizen_pdf(
        page, Words(language), contact=contact, author="Mette Holm Andersen", municipality="Sundvig Kommune",
        made_on=page.today, **more,
    )  # fmt: skip
