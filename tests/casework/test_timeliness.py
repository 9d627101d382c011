"""Which duties of a month were met in time."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from progression.casework.duties import Duty
from progression.casework.duties.timeliness import SORT_OF, SORTS, Timeliness, month_before, share_met, timeliness
from progression.casework.rulesets import Kind
from progression.words.team import LEAST, MET, STATES
from progression.words.team import SORTS as WORDS


def duty(kind, state, citizen="a"):
    return Duty(citizen, "r", kind, {"da": "x"}, state, "done", due=dt.date(2026, 10, 5))


def test_every_rule_that_asks_of_a_citizen_has_a_sort_and_a_word():
    assert set(SORT_OF) == set(get_args(Kind))
    assert set(WORDS) == set(SORTS)
    assert set(MET) == {"met", "met_late", "overdue"} and set(STATES) == {"passive", "waiting", "exempt"}


def test_words_and_casework_withhold_under_the_same():
    from progression.casework import passive

    assert LEAST == passive.LEAST


def test_the_month_before_over_a_new_year():
    assert month_before(dt.date(2027, 1, 1)) == (dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    assert month_before(dt.date(2028, 3, 31)) == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))


def test_what_is_open_or_does_not_apply_counts_for_nothing():
    found = timeliness(
        [
            duty("conversations", "met"), duty("first_conversation", "met", "b"), duty("conversations", "met_late"),
            duty("conversations", "overdue"), duty("conversations", "open"), duty("conversations", "not_applicable"),
            duty("assessment_every", "met"), duty("assessment_every", "met"),
        ]
    )  # fmt: skip
    assert found == (Timeliness("conversations", 2, 1, 1, (2, 1, 1)), Timeliness("assessments", 2, 0, 0, (1, 0, 0)))
    assert share_met(found) == 4 / 6
    assert timeliness([]) == () and share_met(()) is None
