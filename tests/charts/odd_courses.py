"""Hypothesis strategies: courses as they should not be, but might be. Ends before starts, unknown words."""

from __future__ import annotations

from datetime import date

import karsten
from hypothesis import strategies as st

from progression.analysis.values import Flag, Observation, Point, Trajectory
from progression.casework.timeline import course_phases
from progression.casework.values import (
    Assessment,
    Assignment,
    CategoryMembership,
    Citizen,
    Conversation,
    Course,
    Decision,
    Intervention,
    Note,
    Phase,
    PlanItem,
)

near = st.dates(date(2024, 1, 1), date(2027, 12, 31))
days = st.one_of(near, near, near, st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.just(karsten.TODAY))
words = st.one_of(
    st.sampled_from(["", "Karsten", "ord & <b>fed</b>", "漢字 \x00\x07", "مرحبا", "🙂", "e\u0301", "x" * 400]),
    st.text(max_size=30),
)
answers = st.one_of(st.integers(1, 5), st.sampled_from(["not_rated", "declined"]))
codes = [i.code for i in karsten.BIP.indicators]
figures = st.floats(-3, 8)

interventions = st.builds(
    Intervention, st.just("c1"), words, st.sampled_from([*karsten.TYPES, "ukendt"]), days, title=words, provider=words,
    end=st.none() | days, planned_end=st.none() | days, hours_per_week=st.none() | st.floats(0, 99), waiting_for=words,
    exempt_from=words, review_date=st.none() | days, reason=words, ended_because=words,
)  # fmt: skip
assessments = st.builds(
    Assessment, st.just("c1"), st.sampled_from(["caseworker", "citizen"]), st.sampled_from(["bip", "hamd"]),
    days, st.dictionaries(st.sampled_from([*codes, "fjernet_indikator"]), answers), words,
)  # fmt: skip
flags = st.builds(
    Flag, st.sampled_from(["f1", "f2"]), st.just("c1"), st.just("1"), st.sampled_from(["bip", "hamd", "væk"]),
    st.sampled_from(["regression", "stagnation", "progression", "disagreement", "missing"]),
    st.sampled_from([None, "netvaerk", "fjernet_indikator"]), st.just("both"),
    st.builds(Phase, st.sampled_from(["active", "passive", "waiting", "exempt"]), days, st.none() | days),
    days, *([st.none() | figures] * 6), st.sampled_from([None, "start", "continue", "adjust", "review"]),
    st.sampled_from(["open", "decided", "silenced", "withdrawn"]), numbers=st.sampled_from([(), (("c", 1.2),)]),
)  # fmt: skip
courses = st.builds(
    Course,
    st.builds(
        Citizen, st.just("c1"), words, name=words, cpr=words, benefit_start=st.none() | days,
        case_closed=st.none() | days, target_group=words, team=words,
    ),
    assignments=st.lists(
        st.builds(
            Assignment, st.just("c1"), st.sampled_from(["jk", "mha", "?"]), days, st.none() | days,
            st.sampled_from(["coordinating", "job"]),
        ),
        max_size=4,
    ).map(tuple),
    assessments=st.lists(assessments, max_size=6).map(tuple),
    interventions=st.lists(interventions, max_size=6).map(tuple),
    conversations=st.lists(
        st.builds(
            Conversation, st.just("c1"), days, status=st.sampled_from(["held", "planned", "cancelled", "missed", "?"])
        ),
        max_size=4,
    ).map(tuple),
    categories=st.lists(
        st.builds(CategoryMembership, st.just("c1"), words, days, st.none() | days), max_size=2
    ).map(tuple),
    plan=st.lists(st.builds(PlanItem, st.just("c1"), days, words, agreement=words), max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, st.just("c1"), days, st.just("small_step"), text=words), max_size=2).map(tuple),
    decisions=st.lists(
        st.builds(
            Decision, st.just("c1"), days, st.sampled_from(["flag:f1", "flag:f9", "intervention:x", "citizen", ""]),
            st.sampled_from(["start", "continue", "adjust", "stop"]), words, st.none() | days,
        ),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


@st.composite
def cases(draw):
    """A course and a trajectory that need not agree."""
    course = draw(courses)
    phases = course_phases(course, karsten.TYPES, karsten.TODAY)
    seen = draw(st.lists(st.builds(Observation, days, st.sampled_from(["caseworker", "citizen"]), figures, st.just(9))))
    curve = sorted(draw(st.lists(st.builds(Point, days, figures, st.floats(0, 4)))), key=lambda p: p.day)
    standing = draw(st.sampled_from(["progression", "stagnation", "regression", "unclear", "too_few", "unknown_since"]))
    trajectory = Trajectory(
        "c1", "bip", karsten.TODAY, tuple(seen), tuple(curve), (), phases, standing, draw(st.none() | figures),
        draw(st.none() | figures), 0.2, draw(st.none() | days), len(seen), unknown_since=draw(st.none() | days),
    )  # fmt: skip
    return course, trajectory
