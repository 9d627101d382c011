"""Cases that are not typical: nobody assessed, one assessment, forty, a sum score, long and strange texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import karsten
import odd_courses
import pytest
import tagged_story
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_pages import empty_trajectory, page_of

from progression.analysis.values import Flag, Observation, Point
from progression.casework.timeline import course_phases
from progression.casework.values import Assessment, Citizen, Course, Decision
from progression.charts.builder import citizen_chart
from progression.reports import fonts, tagged
from progression.reports.case import case_report
from progression.reports.drawing import ChartFigure
from progression.words import Words


def assessed(days, *, values=None, raters=("caseworker", "citizen"), scale="bip", name="Aisha Warsame"):
    """A citizen assessed on these days, nothing else."""
    values = values or [3.0] * len(days)
    rows = [
        Assessment("c2", rater, scale, day, karsten.answers(value, rater, n) if scale == "bip" else {"total": value})
        for n, (day, value) in enumerate(zip(days, values, strict=True))
        for rater in raters
    ]
    course = Course(Citizen("c2", "H00101", name, benefit_start=days[0]), assessments=tuple(rows))
    trajectory = empty_trajectory(
        scale,
        phases=course_phases(course, karsten.TYPES, karsten.TODAY),
        observations=tuple(Observation(r.date, r.rater, float(values[days.index(r.date)]), 10) for r in rows),
        curve=tuple(Point(day, float(value), 0.2) for day, value in zip(days, values, strict=True)),
        rounds=len(days),
        level=float(values[-1]),
    )
    return course, trajectory


def test_nobody_assessed_yet(blank, printed):
    pdf = printed(blank)
    text = pdf.flat()
    for said in (
        "Borger H00099", "Der er ingen vurderinger endnu.", "Ingen vurderinger endnu", "Der har ikke været indsatser.",
        "Der er ingen opmærksomhedspunkter og ingen beslutninger.",
    ):  # fmt: skip
        assert said in text
    assert pdf.info()["Pages"] == "1"
    assert "No syntax" in pdf.check()


def test_one_assessment_is_too_few_and_says_so(printed):
    text = printed(page_of(*assessed([date(2026, 10, 1)], raters=("caseworker",)))).flat()
    assert "Aisha er vurderet én gang, 1. oktober 2026. Aisha har ikke selv svaret." in text
    assert "Niveauet på hele skalaen var 3,0 (90 %-bånd 2,7 til 3,3)." in text
    assert "Status: For få målinger, 1 af mindst 3." in text


def test_forty_assessments_split_over_columns_and_pages(printed):
    days = [date(2016, 11, 1) + timedelta(91 * n) for n in range(40)]
    pdf = printed(page_of(*assessed(days)))
    text = pdf.flat()
    assert "Aisha er vurderet 40 gange fra november 2016 til juli 2026." in text
    assert text.count("Indikator Hvem") >= 4  # thirteen dates at a time, and the head again after a page break
    for day in days:
        assert Words("da").figures_date(day) in text
    assert 2 < int(pdf.info()["Pages"]) <= 5
    assert "No syntax" in pdf.check()


def test_a_sum_score_where_lower_is_better(printed):
    days = [date(2026, 9, 1) + timedelta(7 * n) for n in range(4)]
    course, trajectory = assessed(days, values=[25, 17, 13, 13], raters=("caseworker",), scale="hamd", name="")
    code = karsten.HAMD.indicators[0].code
    rows = tuple(replace(a, answers={code: a.answers["total"]}) for a in course.assessments)
    flag = Flag(
        "h", "c2", "H00101", "hamd", "progression", None, "caseworker", trajectory.phases[0], days[-1], 25.0, 13.0,
        -12.0, 1.9, 2.4, 6.3, None, estimates="prior/0", numbers=(("c", 1.24),),
    )  # fmt: skip
    page = page_of(replace(course, assessments=rows), trajectory, scale=karsten.HAMD, flags=(flag,))
    pdf = printed(page)
    text = pdf.flat()
    assert "25,00 13,00 −12,00 2,40" in " ".join(pdf.text("-layout").split())  # two digits break over no line
    assert "Borgeren er vurderet 4 gange fra 1. september 2026 til 22. september 2026." in text
    assert "På denne skala er lavere bedre." in text and "lavere er bedre" in text
    assert "er faldet siden 1. september 2026, og det er fremgang" in text
    assert "Ændring: 13,00 − 25,00 −12,00" in text


def test_a_level_that_has_its_lowest_point_between_is_said_where_lower_is_better(printed):
    days = [date(2026, 1, 1) + timedelta(60 * n) for n in range(4)]
    course, trajectory = assessed(days, values=[30, 10, 12, 28], raters=("caseworker",), scale="hamd")
    text = printed(page_of(course, trajectory, scale=karsten.HAMD)).flat()
    assert "Det var lavest, 10,0, i marts 2026." in text


def test_long_and_strange_texts_are_printed_not_obeyed(printed):
    citizen = replace(
        karsten.CITIZEN_ROW,
        name="Bjørn <b>Å</b> & Søn " + "Løgumkloster-" * 30,
        target_group="x" * 300,
        team="T" * 200,
    )
    reason = "Vi talte om <font color='red'>smerter</font> & søvn. " * 300
    decision = Decision("c1", date(2026, 8, 25), "citizen", "adjust", reason, None)
    course = replace(karsten.COURSE, citizen=citizen, decisions=(*karsten.DECISIONS, decision))
    pdf = printed(page_of(course, karsten.trajectory(), flags=(karsten.FLAG,)), municipality="M" * 300)
    assert "Bjørn <b>Å</b> & Søn" in pdf.flat()
    assert pdf.text().count("søvn.") == 300  # none is lost on its way over fourteen pages
    assert "<font" in pdf.text()
    assert "No syntax" in pdf.check()


def test_letters_the_font_lacks_leave_a_visible_mark(printed):
    citizen = replace(karsten.CITIZEN_ROW, name="Фёдор Đặng 漢字 مريم\x00\x07")
    pdf = printed(page_of(replace(karsten.COURSE, citizen=citizen), karsten.trajectory()))
    text = pdf.text()
    assert "Фёдор Đặng" in text and fonts.REPLACEMENT * 2 in text and "漢" not in text
    assert all(embedded == "yes" for _, embedded in pdf.fonts())


def test_plain_composes_letters_and_drops_what_cannot_be_seen():
    assert fonts.plain("Aa\u030arhus\x00 \u200eto\nlinjer") == "Aårhus to linjer"
    assert fonts.plain("日") == fonts.REPLACEMENT
    assert fonts.markup("a < b & c > d") == "a &lt; b &amp; c &gt; d"
    assert fonts.markup("den 7. marts 2026") == "den 7.\u00a0marts 2026"


def test_running_interventions_and_differences_are_named(printed):
    rows = tuple(replace(i, end=None) if i.id in ("i1", "i4") else i for i in karsten.COURSE.interventions)
    last = karsten.DAYS[-1]
    apart = {("caseworker", last): {"hverdagsmestring": 2}, ("citizen", last): {"hverdagsmestring": 4}}
    answered = tuple(
        replace(a, answers={**a.answers, **apart.get((a.rater, a.date), {})}) for a in karsten.COURSE.assessments
    )
    course = replace(karsten.COURSE, interventions=rows, assessments=answered)
    phases = course_phases(course, karsten.TYPES, karsten.TODAY)
    text = printed(page_of(course, karsten.trajectory(), phases=phases)).flat()
    assert "Kører nu: Mentor siden 4. november 2024 og Småjob siden 1. juli 2025." in text
    assert "Borger og sagsbehandler ser det forskelligt: Hverdagsmestring (sagsbehandler 2, borger 4)" in text
    assert "Der har været 1 periode uden en aktiv indsats." in text


def test_a_figure_knows_its_alternative_text_and_height(typical):
    chart = typical.chart
    figure = ChartFigure(chart)
    assert figure.alt == chart.alt and figure.element.tag == "Figure"
    assert figure.height > ChartFigure(replace(chart, strips=())).height


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(odd_courses.cases(), st.lists(odd_courses.flags, max_size=3), st.sampled_from(["da", "en"]))
def test_no_case_is_too_odd_to_print(case, flags, language):
    course, trajectory = case
    flags = [f for f in flags if f.scale in ("bip", "hamd")]
    page = page_of(course, trajectory, flags=tuple(flags))
    out = BytesIO()
    case_report(page, Words(language), author="ø", municipality="", made_on=karsten.TODAY, out=out)
    assert out.getvalue().startswith(b"%PDF-")


def test_one_indicator_and_every_marker_can_be_drawn(typical, tmp_path):
    chart = citizen_chart(
        karsten.COURSE, karsten.BIP, karsten.trajectory(), karsten.TYPES, karsten.NAMES, karsten.TODAY, Words("da"),
        indicator="netvaerk",
    )  # fmt: skip
    canvas = tagged.TaggedCanvas(BytesIO(), metadata=tagged_story.metadata(), initialFontName=fonts.REGULAR)
    for marker in ("circle", "diamond", "triangle", "square", "cross", "none"):
        series = tuple(replace(one, marker=marker) for one in chart.series)
        ChartFigure(replace(chart, series=series)).drawOn(canvas, 0, 0)
    assert canvas.getpdfdata().startswith(b"%PDF-")


def test_a_table_that_fits_the_page_is_not_cut_inside_a_row(printed):
    reason = "timerne sættes ned, og mentor kommer med. " * 6 + "slut."
    course = replace(
        karsten.COURSE,
        decisions=tuple(
            Decision("c1", date(2025, 1, 10) + timedelta(40 * n), "citizen", "adjust", f"nr. {n} {reason}")
            for n in range(14)
        ),
    )
    pages = printed(page_of(course, karsten.trajectory())).text("-layout").split("\f")
    assert sum(page.count("Justér: nr.") for page in pages) == 14
    for page in pages:
        assert page.count("Hvad") <= 2  # its own head, and that of the interventions
        assert page.count("Justér: nr.") == page.count("slut.")


def test_a_sentence_has_one_full_stop(printed):
    trajectory = replace(karsten.trajectory(), standing="stagnation", since=date(2026, 1, 5), change=-0.2)
    text = printed(page_of(karsten.COURSE, trajectory)).flat()
    assert "Status: Stilstand" in text and ".." not in text


def test_an_overdue_assessment_never_reads_as_known(printed):
    trajectory = replace(karsten.trajectory(), unknown_since=date(2026, 3, 27), standing="unknown_since")
    later = Point(karsten.TODAY + timedelta(200), 1.0, 1.5)
    page = page_of(
        karsten.COURSE,
        replace(trajectory, curve=(*trajectory.curve, later)),
        today=karsten.TODAY + timedelta(300),
    )
    text = printed(page).flat()
    assert "og 2,9 i november 2026" in text  # the level of the last assessment, not of today
    assert "Vi ved ikke, hvordan det er gået siden 27. marts 2026. Fristen for en vurdering er overskredet." in text
