"""What stands on a citizen's chart, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import karsten
import pytest

from progression.analysis.values import Observation, Trajectory
from progression.casework.values import Assessment, Citizen, Conversation, Course, Intervention, Phase
from progression.charts import axis, came, layout
from progression.charts.builder import BAND_SDS, citizen_chart
from progression.charts.model import Bracket
from progression.words import Words

DA = Words("da")


def draw(course=karsten.COURSE, scale=karsten.BIP, trajectory=None, w=DA, today=karsten.TODAY, **more):
    return citizen_chart(
        course, scale, trajectory or karsten.trajectory(), karsten.TYPES, karsten.NAMES, today, w, **more
    )


def nobody(scale="bip"):
    return Trajectory("c1", scale, karsten.TODAY, (), (), (), (), "too_few", None, None, None, None, 0)


def strip(chart, label):
    return next(s for s in chart.strips if s.label == label)


def test_both_raters_stand_apart_and_are_told_apart_without_colour(chart):
    caseworker, citizen = chart.series
    assert (caseworker.key, caseworker.token, caseworker.marker, caseworker.dash) == (
        "caseworker", "cw", "circle", "solid",
    )  # fmt: skip
    assert (citizen.key, citizen.token, citizen.marker, citizen.dash, citizen.filled) == (
        "citizen", "ci", "diamond", "dashed", False,
    )  # fmt: skip
    assert (len(caseworker.samples), len(citizen.samples)) == (10, 9)
    assert citizen.end_text == "3,3, 19. nov."
    assert caseworker.samples[0].text == "Sagsbehandler 26. august 2024: 2,4"


def test_the_band_is_ninety_per_cent_and_stays_on_the_scale():
    assert pytest.approx(0.90, abs=0.001) == _normal_share(BAND_SDS)
    trajectory = karsten.trajectory()
    wide = replace(trajectory, curve=tuple(replace(p, sd=9.0) for p in trajectory.curve))
    band = draw(trajectory=wide).band
    assert set(band.lower) == {1} and set(band.upper) == {5}
    plain = draw().band
    for low, middle, high in zip(plain.lower, plain.middle, plain.upper, strict=True):
        assert high - middle == pytest.approx(middle - low)


def _normal_share(z):
    from math import erf, sqrt

    return erf(z / sqrt(2))


def test_caseworkers_follow_one_another(chart):
    assert [(s.label, s.current) for s in chart.lane] == [
        ("Jonas Krogh", False), ("Pernille Dahl", False), ("Mette Holm Andersen", True),
    ]  # fmt: skip
    assert all(one.end < other.start for one, other in pairwise(chart.lane))


def test_without_assignments_the_lane_is_who_assessed():
    lane = draw(course=replace(karsten.COURSE, assignments=())).lane
    assert [s.label for s in lane] == ["Jonas Krogh", "Pernille Dahl", "Mette Holm Andersen"]
    assert lane[0].start == karsten.DAYS[0]


def test_each_kind_of_time_without_intervention_has_its_pattern_and_word(chart):
    assert [(s.token, s.pattern, s.short, s.strong) for s in chart.shades] == [
        ("passive", "hatch", "Passiv", False),
        ("passive", "hatch", "Passiv", False),
        ("exempt", "lines", "Fritaget", False),
        ("wait", "dots", "Ventetid", True),
    ]
    assert chart.shades[-1].label == "Ventetid siden 1. apr. 2026"
    assert chart.shades[-1].end == karsten.TODAY


def test_strips_stand_in_order_with_what_ran(chart):
    assert [s.label for s in chart.strips] == [
        "Kombination", "Jobrettet", "Opkvalificering", "Helbredsrettet", "Social", "Uden indsats", "Samtaler",
        "Små skridt", "Beslutninger",
    ]  # fmt: skip
    assert [b.label for b in strip(chart, "Jobrettet").bars] == ["Praktik", "Småjob, 6 t./uge"]
    waiting = strip(chart, "Uden indsats").bars[-1]
    assert (waiting.label, waiting.pattern, waiting.open_end) == ("Venter på smerteklinik", "dots", True)
    assert strip(chart, "Samtaler").note == "13 af 15 afholdt"
    assert [m.symbol for m in strip(chart, "Samtaler").marks].count("cross") == 2
    assert [m.label for m in strip(chart, "Beslutninger").marks] == ["Fortsæt", "Stop", "Fortsæt"]
    assert strip(chart, "Beslutninger").note == "Åbent"


def test_overlapping_interventions_of_one_type_get_lanes():
    rows = tuple(
        Intervention("c1", f"x{n}", "smaajob", date(2025, 1, 1) + timedelta(20 * n), end=date(2025, 6, 1))
        for n in range(3)
    )
    job = strip(draw(course=replace(karsten.COURSE, interventions=rows)), "Jobrettet")
    assert (job.lanes, [b.lane for b in job.bars]) == (3, [0, 1, 2])


def test_a_type_nobody_knows_still_shows():
    rows = (Intervention("c1", "x", "ukendt_type", date(2025, 1, 1), title="Noget andet"),)
    bars = strip(draw(course=replace(karsten.COURSE, interventions=rows)), "Andet").bars
    assert [(b.label, b.open_end, b.end) for b in bars] == [("Noget andet", True, karsten.TODAY)]


def test_the_bracket_ties_the_open_flag_to_the_curve(chart):
    assert chart.bracket == Bracket(date(2026, 4, 1), karsten.TODAY, 3.2, 2.9, "−0,3", "down")
    assert draw().bracket is None
    assert draw(flag=karsten.EARLIER[1]).bracket.token == "up"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "stagnation"},
        {"kind": "missing", "baseline": None, "level": None, "change": None},
        {"indicator": "helbredsmestring"},
        {"scale": "hamd"},
        {"raised_on": date(2030, 1, 1)},
    ],
)
def test_there_is_no_bracket_where_the_flag_is_not_about_what_is_drawn(change):
    assert draw(flag=replace(karsten.FLAG, **change)).bracket is None


def test_a_cursor_reads_every_assessment_date(chart):
    assert [day for day, _ in chart.readouts] == sorted({*karsten.DAYS, date(2025, 12, 19)})  # and of decisions
    read = dict(chart.readouts)
    assert read[date(2026, 5, 26)].startswith(
        "26. maj 2026: Sagsbehandler 2,7, Borger 3,0, bånd 2,8–3,2. Besluttet: Fortsæt; afventer"
    )
    assert read[date(2026, 5, 26)].endswith("det hænger ikke nødvendigvis sammen")
    assert read[date(2025, 12, 19)].startswith("19. december 2025: besluttet: Stop; alle indsatser")
    assert "Borger" not in dict(chart.readouts)[date(2025, 8, 26)]


def test_the_table_holds_the_same_data(chart):
    assert chart.table[0] == ("Dato", "Sagsbehandler", "Borger", "Niveau", "90 %-bånd", "Periode", "Beslutning")
    assert chart.table[5] == ("26. aug. 2025", "3,5", "–", "3,4", "3,2–3,6", "Aktiv", "–")
    (alone,) = [row for row in chart.table if row[0] == "19. dec. 2025"]  # decided on a day nobody answered
    assert alone[1:-1] == ("–",) * 5 and alone[-1].startswith("besluttet: Stop")
    assert len({len(row) for row in chart.table}) == 1 and len(chart.table) == 12


def test_the_alternative_text_says_span_level_periods_and_flag(chart):
    assert chart.alt == (
        "Hele skalaen, august 2024 til november 2026: 10 vurderinger. Niveauet var 2,6 (august 2024) og 2,9 "
        "(november 2026). Uden aktiv indsats: passiv 12. august 2024 til 3. november 2024; passiv 20. december 2025 "
        "til 4. januar 2026; fritaget 5. januar 2026 til 31. marts 2026; ventetid siden 1. april 2026. "
        "Opmærksomhedspunkt: Niveauet er faldet siden 1. april 2026."
    )


def test_english_is_complete():
    chart = draw(w=Words("en"), flag=karsten.FLAG)
    assert chart.alt.startswith("Whole scale, August 2024 to November 2026: 10 assessments. The level was 2.6")
    assert chart.alt.endswith("Attention point: The level has fallen since 1 April 2026.")
    assert [s.label for s in chart.strips][:3] == ["Combination", "Job-oriented", "Upskilling"]
    assert (chart.today_label, chart.lane_label, chart.bracket.label) == ("today", "Caseworker", "−0.3")
    assert chart.step_labels[-1].word == "to a very high degree"


def test_many_periods_are_counted_in_the_alternative_text():
    starts = [date(2024, 9, 1) + timedelta(60 * n) for n in range(12)]
    phases = tuple(
        Phase("passive" if n % 2 else "active", start, start + timedelta(59)) for n, start in enumerate(starts)
    )
    assert "Der var 6 perioder uden en aktiv indsats." in draw(phases=phases).alt
    only = (Phase("active", date(2024, 9, 1), None),)
    assert "Der var en aktiv indsats hele tiden." in draw(phases=only).alt


def test_a_citizen_can_be_called_by_name():
    chart = draw(citizen_label="Karsten")
    assert chart.series[1].label == "Karsten" and "Karsten 2,9" in chart.readouts[0][1]


def test_one_indicator_is_drawn_as_the_steps_that_were_answered():
    chart = draw(indicator="netvaerk", flag=replace(karsten.FLAG, indicator="netvaerk"))
    assert chart.title == "Netværk og støtte" and chart.band is None and chart.bracket is not None
    caseworker, citizen = chart.series
    assert caseworker.steps and all(s.value == int(s.value) for s in caseworker.samples)
    assert date(2025, 5, 27) not in [s.day for s in citizen.samples]  # declined: nothing to draw, never low
    assert ("27. maj 2025", "3", "ønsker ikke", "Aktiv") in [row[:4] for row in chart.table]
    assert caseworker.end_text.startswith("2, ")
    assert chart.readouts[0][1] == "26. august 2024: Sagsbehandler 2, Borger 3"
    assert "10 vurderinger. Sagsbehandler fra 2 til 2 den 19. november 2026; Borger fra 3 til 3 den" in chart.alt


def test_an_indicator_only_the_caseworker_answers_has_one_series():
    chart = draw(indicator="arbejdsidentitet")
    assert [s.key for s in chart.series] == ["caseworker"]
    with pytest.raises(KeyError):
        draw(indicator="findes_ikke")


def test_limits_cut_everything_and_empty_series_stay():
    chart = draw(start=date(2026, 1, 1), end=date(2026, 6, 30), flag=karsten.FLAG)
    assert (chart.start, chart.end) == (date(2026, 1, 1), date(2026, 6, 30))
    assert [s.day for s in chart.series[0].samples] == [date(2026, 2, 24), date(2026, 5, 26)]
    assert all(chart.start <= b.start <= b.end <= chart.end for s in chart.strips for b in s.bars)
    assert all(chart.start <= d <= chart.end for d in chart.band.days)
    assert chart.bracket is None
    assert [s.label for s in chart.lane] == ["Pernille Dahl", "Mette Holm Andersen"]
    assert draw(end=date(2020, 1, 1)).start < date(2020, 1, 1)


def test_a_citizen_without_anything_is_an_empty_chart_that_says_so():
    chart = draw(course=Course(Citizen("c9", "H9")), trajectory=nobody())
    assert chart.empty == "Ingen vurderinger endnu" and chart.band is None and chart.strips == ()
    assert chart.alt.endswith("0 vurderinger.")
    assert len(chart.table) == 1 and chart.readouts == ()
    assert (chart.end - chart.start).days >= 30


def test_a_sum_score_has_figures_on_its_axis_and_says_that_lower_is_better():
    day = date(2026, 9, 1)
    course = Course(Citizen("c1", "1"), assessments=(Assessment("c1", "caseworker", "hamd", day, {"total": 25}),))
    seen = replace(nobody("hamd"), observations=(Observation(day, "caseworker", 25.0, 1),))
    chart = draw(course=course, scale=karsten.HAMD, trajectory=seen)
    assert [label.number for label in chart.step_labels] == ["0", "10", "20", "30", "40", "50"]
    assert all(label.word == "" for label in chart.step_labels)
    assert chart.axis_note == "lavere er bedre"
    assert chart.series[0].end_text == "25, 1. sep." and [s.key for s in chart.series] == ["caseworker"]


def test_years_on_benefit_before_the_first_fact_do_not_squeeze_the_course():
    early = replace(karsten.COURSE, citizen=replace(karsten.CITIZEN_ROW, benefit_start=date(2005, 1, 1)))
    assert draw(course=early).start > date(2024, 4, 1)


def test_a_closed_case_ends_when_it_closed_and_today_may_lie_outside():
    closed = replace(karsten.COURSE, citizen=replace(karsten.CITIZEN_ROW, case_closed=date(2026, 11, 20)))
    late = date(2029, 1, 1)
    assert draw(course=closed, today=late).end < date(2027, 1, 1)


def test_agreed_conversations_are_on_the_axis_and_far_ones_are_not():
    far = (*karsten.COURSE.conversations, Conversation("c1", date(2028, 1, 1), status="planned"))
    chart = draw(course=replace(karsten.COURSE, conversations=far))
    assert date(2026, 12, 10) <= chart.end < date(2027, 2, 1)


@pytest.mark.parametrize(
    ("days", "first", "most"),
    [(20, "5. jan. 2026", 12), (70, "5. jan. 2026", 12), (200, "jan", 14), (900, "2026", 14), (4000, "2026", 14),
     (30000, "20", 30)],
)  # fmt: skip
def test_months_and_years_are_named_as_the_length_allows(days, first, most):
    start = date(2026, 1, 1)
    ticks = axis.ticks(start, start + timedelta(days), DA)
    assert 2 <= len(ticks) <= most
    assert all(start <= tick.day <= start + timedelta(days) for tick in ticks)
    assert ticks[0].label.startswith(first) or ticks[0].strong


def test_an_axis_without_a_january_carries_its_year():
    assert axis.ticks(date(2026, 2, 3), date(2026, 8, 30), DA)[0].label == "mar. 2026"


def test_the_axis_survives_the_ends_of_the_calendar():
    assert axis.ticks(date(9999, 1, 1), date(9999, 12, 31), DA)
    assert axis.shift(date.max, 5) == date.max and axis.shift(date.min, -5) == date.min


def test_the_same_facts_give_the_same_chart(w):
    assert draw(w=w, flag=karsten.FLAG) == draw(w=w, flag=karsten.FLAG)


def test_what_came_of_a_decision_is_drawn_and_read_and_in_the_table():
    decisions = list(karsten.COURSE.decisions)
    decisions[0] = replace(decisions[0], outcome="Kom hver dag.", outcome_date=date(2025, 9, 2), event="d1")
    chart = draw(course=replace(karsten.COURSE, decisions=tuple(decisions)))
    (strip,) = [s for s in chart.strips if s.label == "Beslutninger"]
    (mark,) = [m for m in strip.marks if m.symbol == "ring"]
    assert (mark.day, mark.label) == (date(2025, 9, 2), "Resultat")
    assert mark.text.startswith("Hvad der kom ud af det, 2. september 2025: Kom hver dag. Niveauet er ")
    assert mark.text.endswith("siden; det hænger ikke nødvendigvis sammen.")
    (made,) = [m for m in strip.marks if m.day == date(2025, 5, 27)]
    assert "Kom hver dag" in made.text  # beside the decision too
    said = "2. september 2025: Hvad der kom ud af det: Kom hver dag"
    assert dict(chart.readouts)[date(2025, 9, 2)] == said
    assert [row[-1] for row in chart.table if row[0] == "2. sep. 2025"] == ["Hvad der kom ud af det: Kom hver dag."]


def test_the_words_of_decisions_and_of_what_came_of_them_do_not_lie_on_each_other():
    first, *others = karsten.COURSE.decisions
    close = replace(first, outcome="Kom hver dag.", outcome_date=first.date + timedelta(3), event="d1")
    chart = draw(course=replace(karsten.COURSE, decisions=(close, *others)))
    (strip,) = [s for s in chart.strips if s.label == "Beslutninger"]
    days = [mark.day for mark in strip.marks]
    assert days == sorted(days)
    xs = [float((day - days[0]).days) for day in days]
    labels = layout.mark_labels(strip.marks, xs, xs[-1] + 100, lambda text: 10.0 * len(text))
    ends = [x + 10.0 * len(text) for x, text in zip(xs, labels, strict=True) if text]
    begins = [x for x, text in zip(xs, labels, strict=True) if text]
    assert all(end <= begin for end, begin in zip(ends[:-1], begins[1:], strict=True))
    assert labels[0] == ""  # no room before the ring three days later


def test_the_level_since_is_said_without_a_cause_and_only_where_something_was_measured():
    w = Words("da")
    curve, first, last = karsten.trajectory(), min(karsten.DAYS), max(karsten.DAYS)
    assert came.since(curve, last, last + timedelta(30), w) == ""
    assert came.since(curve, first - timedelta(40), last, w) == ""  # before the curve begins
    assert came.change_since(curve, first, last) == pytest.approx(
        came.level_on(curve, last) - came.level_on(curve, first)
    )
    still = replace(curve, curve=tuple(replace(p, level=3.0) for p in curve.curve))
    assert came.since(still, first, last, w) == "Niveauet er det samme som dengang."
