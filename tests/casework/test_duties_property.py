"""The quick way of judging duties against the slow, obvious one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from duties_reference import Case, closed_office, current
from duties_reference import easter as easter_by_gauss
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from progression.casework import holidays
from progression.casework.categories import Category, CategorySet, Rhythm
from progression.casework.duties import Rulebook, duty, evaluate, of_course
from progression.casework.duties.facts import course_facts
from progression.casework.rulesets import MOVES, PARAMETERS, PAUSES, Rule, RuleSet
from progression.casework.types import intervention_types
from progression.casework.values import (
    Assessment,
    Assignment,
    CaseReview,
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Course,
    Decision,
    Intervention,
)

FIRST = dt.date(2019, 1, 1)
TYPES = intervention_types()
KINDS = list(PARAMETERS)
GROUPS = ("a", "b", "c")
USED = ("mentor", "cv_vaerksted", "virksomhedspraktik", "fritaget", "venter", "bostoette", "unknown")

days = st.integers(-40, 620).map(lambda n: FIRST + dt.timedelta(days=n))
maybe = st.none() | days


@st.composite
def rules(draw):
    """One to three rules, each with one to three rows that follow each other, or leave days without a row."""
    found = []
    for n in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(KINDS))
        cuts = sorted(draw(st.lists(days, max_size=2, unique=True)))
        starts = [draw(st.sampled_from([None, FIRST])), *cuts]
        for place, start in enumerate(starts):
            end = cuts[place] - dt.timedelta(days=1) if place < len(cuts) else None
            if start is not None and end is not None and end < start:
                continue
            found.append(
                Rule(
                    f"r{n}", kind, {"da": "x", "en": "x"}, draw(parameters(kind)), start, end,
                    categories=draw(st.sampled_from([(), (), ("a",), ("a", "b")])),
                    moves=draw(st.sampled_from(MOVES)),
                    paused_by=draw(st.sampled_from([(), PAUSES, PAUSES[:1], PAUSES[1:]])),
                    on=draw(st.integers(0, 9)) > 0,
                )
            )  # fmt: skip
    return RuleSet("t", {"da": "t", "en": "t"}, tuple(found))


@st.composite
def parameters(draw, kind):
    found = {}
    for name, wanted in PARAMETERS[kind].items():
        if wanted.kind == "flag":
            found[name] = draw(st.booleans())
        elif wanted.kind == "code":
            found[name] = draw(st.sampled_from(wanted.choices))
        elif wanted.kind == "codes":
            found[name] = tuple(draw(st.lists(st.sampled_from(USED[:3]), max_size=2, unique=True)))
        else:
            found[name] = draw(st.integers(1, {"days": 40, "weeks": 12, "count": 4}.get(name, 7)))
    if kind == "intervention_by":
        found["weeks" if draw(st.booleans()) else "months"] = 0
    if "latest_months" in found:
        found["latest_months"] += found["months"]
    return found


@st.composite
def category_sets(draw):
    rows = []
    for code in GROUPS[: draw(st.integers(0, 3))]:
        steps = sorted({draw(st.integers(0, 20)) for _ in range(draw(st.integers(0, 2)))})
        rhythm = tuple(Rhythm(week, draw(st.integers(1, 9))) for week in steps)
        rows.append(Category(code, {}, {}, rhythm, (), draw(maybe), None))
    return CategorySet("t", {}, tuple(rows))


@st.composite
def courses(draw):
    start = draw(days)
    listed = lambda one, most: st.lists(one, max_size=most)  # noqa: E731
    talks = [
        Conversation("c", day, f"t{n}", draw(st.sampled_from(["held", "held", "held", "planned", "missed"])))
        for n, day in enumerate(draw(listed(days, 9)))
    ]
    talks += [
        Conversation("c", day, f"p{n}", "cancelled", outcome=draw(st.sampled_from(["", "syg"])),
                     put_off_to=_after(draw, day))
        for n, day in enumerate(draw(listed(days, 3)))
    ]  # fmt: skip
    asked = [
        Assessment("c", draw(st.sampled_from(["citizen", "caseworker"])), "bip", day, {"netvaerk": 3},
                   mode=draw(st.sampled_from(["", "self", "phone"])))
        for day in draw(listed(days, 5))
    ]  # fmt: skip
    ran = [
        Intervention("c", f"i{n}", draw(st.sampled_from(USED)), day, planned_end=_after(draw, day),
                     end=_after(draw, day), review_date=_after(draw, day),
                     exempt_from=draw(st.sampled_from(["", "mentor", "Mentor", "both", "aktivering"])))
        for n, day in enumerate(draw(listed(days, 5)))
    ]  # fmt: skip
    ran += [
        Intervention("c", f"closed-{n}", "fritaget", day, end=_after(draw, day))
        for n, day in enumerate(draw(listed(days, 2)) if draw(st.booleans()) else [])
    ]
    about = ["citizen", "flag:1", *(f"intervention:i{n}" for n in range(len(ran)))]
    decided = [
        Decision("c", day, draw(st.sampled_from(about)), "adjust", follow_up=_after(draw, day),
                 outcome_date=_after(draw, day), event=f"e{n}")
        for n, day in enumerate(draw(listed(days, 4)))
    ]  # fmt: skip
    return Course(
        Citizen("c", "1", benefit_start=start, case_closed=_after(draw, start) if draw(st.booleans()) else None),
        assignments=_sorted(
            Assignment("c", f"p{n}", day, _after(draw, day), draw(st.sampled_from(["job", "coordinating", "mentor"])))
            for n, day in enumerate(draw(listed(days, 3)))
        ),
        assessments=_sorted(asked),
        interventions=_sorted(ran),
        conversations=_sorted(talks),
        categories=_sorted(
            CategoryMembership("c", draw(st.sampled_from(GROUPS)), day, _after(draw, day))
            for day in draw(listed(days, 4))
        ),
        decisions=_sorted(decided),
        consents=_sorted(
            Consent("c", f"k{n}", day, draw(st.sampled_from(["x", "y"])), "", _after(draw, day), _after(draw, day))
            for n, day in enumerate(draw(listed(days, 4)))
        ),
        reviews=_sorted(CaseReview("c", f"v{n}", day) for n, day in enumerate(draw(listed(days, 3)))),
    )


def _after(draw, day):
    return draw(st.none() | st.integers(0, 260).map(lambda n: day + dt.timedelta(days=n)))


def _sorted(values):
    return tuple(sorted(values, key=lambda one: getattr(one, "start", None) or one.date))


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(courses(), rules(), category_sets(), days)
def test_the_quick_way_judges_as_the_slow_one(course, rule_set, categories, as_of):
    _same(course, rule_set, categories, as_of)


def _same(course, rule_set, categories, as_of):
    book = Rulebook.of(rule_set, TYPES, categories)
    slow = Case(course, TYPES, rule_set.rules, categories, as_of).all()
    for history, wanted in ((True, slow), (False, current(slow))):
        quick = defaultdict(list)
        for one in of_course(book, course, as_of, history=history):
            quick[one.rule].append(_told(one))
        assert dict(quick) == {rule: [_told(one) for one in rows] for rule, rows in wanted.items()}
    every = of_course(book, course, as_of)
    standing = evaluate(book, course_facts(course, TYPES, as_of), standing=True)
    assert [duty("c", raw) for raw in standing] == [one for one in every if one.standing]


DAY = dt.timedelta(days=1)
HAPPENINGS = ("talk", "talk", "start", "exempt", "waiting", "exempt until", "waiting until", "close")


def _happens(course, what, day):
    """The course with one thing more on that very day."""
    if what == "talk":
        return replace(course, conversations=_sorted([*course.conversations, Conversation("c", day, "very", "held")]))
    if what == "close":
        closed = max(day, course.citizen.benefit_start)
        return replace(course, citizen=replace(course.citizen, case_closed=closed))
    code = "mentor" if what == "start" else "fritaget" if what.startswith("exempt") else "venter"
    first = day - 9 * DAY if what.endswith("until") else day
    row = Intervention("c", f"very {what} {day}", code, first, end=day if what.endswith("until") else None)
    return replace(course, interventions=_sorted([*course.interventions, row]))


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(courses(), rules(), category_sets(), days, st.data())
def test_they_agree_on_the_very_day_a_duty_is_due_and_the_days_beside_it(course, rule_set, categories, as_of, data):
    slow = Case(course, TYPES, rule_set.rules, categories, as_of).all()
    arisen = sorted({(one.since, one.due) for rows in slow.values() for one in rows if one.due is not None})
    if not arisen:
        return
    since, due = data.draw(st.sampled_from(arisen))
    for _ in range(data.draw(st.integers(0, 2))):
        day = data.draw(st.sampled_from([since, due - DAY, due, due, due + DAY]))
        course = _happens(course, data.draw(st.sampled_from(HAPPENINGS)), day)
    for on in (due - DAY, due, due + DAY, as_of):
        _same(course, rule_set, categories, on)


def _told(one):
    """What both say; whether something is planned only the quick one does."""
    why = "?" if one.state in ("open", "overdue") else one.why
    return (one.state, why, one.since, one.due, one.met_on, one.about, one.done, one.wanted,
            one.put_off, one.was_due)  # fmt: skip


@given(st.integers(1583, 4000))
@example(1981)
@example(1954)
def test_easter_by_two_ways(year):
    assert holidays.easter(year) == easter_by_gauss(year)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)), st.sampled_from(MOVES))
def test_a_due_date_never_falls_on_a_closed_day_unless_it_stays(day, moves):
    found = holidays.moved(day, moves)
    assert holidays.working(day) is not closed_office(day)
    if moves == "stay" or not closed_office(day):
        assert found == day
    else:
        assert not closed_office(found)
        assert abs((found - day).days) <= 10
        assert (found > day) is (moves == "after")


def test_a_category_may_be_written_by_its_name():
    rule = Rule("r", "category_rhythm", {"da": "x", "en": "x"}, {})
    close = Category("close", {"da": "Tæt på", "en": "Close"}, {}, (Rhythm(0, 4),))
    book = Rulebook.of(RuleSet("t", {}, (rule,)), TYPES, CategorySet("t", {}, (close,)))
    for written in ("close", "Tæt på", "CLOSE"):
        course = Course(Citizen("c", "1", benefit_start=FIRST), categories=(CategoryMembership("c", written, FIRST),))
        (found,) = of_course(book, course, FIRST)
        assert (found.state, found.due, found.since_fact) == ("open", dt.date(2019, 1, 29), "category:close")
