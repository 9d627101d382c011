"""What is due for a citizen and by when, from dated rules.

`due`: the next assessment and the follow-ups of decisions, as the analysis knows them. `evaluate`: every rule of a
`rulesets.RuleSet`, for one citizen (`of_course`) or, from `Facts` made of columns, for a municipality.
"""

from progression.casework.duties.due import (
    ASSESSMENT_MONTHS,
    Due,
    add_months,
    assessment_due,
    duties,
    follow_ups,
)
from progression.casework.duties.evaluate import Rulebook, duty, evaluate, of_course
from progression.casework.duties.facts import Facts
from progression.casework.duties.model import STANDING, STATES, WHYS, Duty, State, Why

__all__ = [
    "ASSESSMENT_MONTHS",
    "STANDING",
    "STATES",
    "WHYS",
    "Due",
    "Duty",
    "Facts",
    "Rulebook",
    "State",
    "Why",
    "add_months",
    "assessment_due",
    "duties",
    "duty",
    "evaluate",
    "follow_ups",
    "of_course",
]  # fmt: skip
