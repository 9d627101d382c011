"""One duty of one citizen, as a value."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple, get_args

from progression.casework.rulesets import Kind
from progression.scales.model import Texts

State = Literal["met", "met_late", "overdue", "open", "not_applicable"]
# Why a duty has its state. "done", "planned" and "missing" go with the first four; the others say what made a rule not
# apply: the case closed or not begun, the window not reached, an exemption, a wait, another category than the rule's,
# the intervention ended first, the consent withdrawn, nothing that the rule asks about, no row in force that day.
Why = Literal[
    "done", "planned", "missing", "closed", "not_yet", "exempt", "waiting", "category", "ended", "withdrawn", "nothing",
    "no_rule",
]  # fmt: skip
STATES: tuple[State, ...] = get_args(State)
WHYS: tuple[Why, ...] = get_args(Why)
STANDING: tuple[State, ...] = ("overdue", "open")


class Duty(NamedTuple):
    """What one rule asks for one citizen. A tuple, since a municipality has sixty thousand that stand.

    `rule`, `kind`, `text`: of the row that held on `since`, the day the duty arose. `since_fact` and `met_by` name the
    facts as "kind" or "kind:id" (case, category, intervention, conversation, assessment, assignment, decision, consent,
    review, exemption, rule). `due` is already moved off days on which offices are closed, as the row says; `since` and
    `due` are None where nothing arose. `met_on`: the day it was met. `done` of `wanted`: of a rule that counts.
    `planned`: a day ahead on which what is missing is planned. `about`: what it concerns, such as "intervention:ID".
    `put_off`: the day that the conversation was put off to last, and `because` why; `was_due`: the date before that
    moved it, None where it stayed (a deadline of the law does).
    """

    citizen: str
    rule: str
    kind: Kind
    text: Texts
    state: State
    why: Why
    since: dt.date | None = None
    since_fact: str = ""
    due: dt.date | None = None
    met_on: dt.date | None = None
    met_by: str = ""
    about: str = ""
    done: int = 0
    wanted: int = 0
    planned: dt.date | None = None
    put_off: dt.date | None = None
    because: str = ""
    was_due: dt.date | None = None

    @property
    def overdue(self) -> bool:
        """True when it should have been done and was not."""
        return self.state == "overdue"

    @property
    def standing(self) -> bool:
        """True when it is still to be done."""
        return self.state in STANDING
