"""What a caseworker knows and decides, as immutable values.

Every value that can be corrected carries `event`, the id of the journal event it was read from ("" before it is saved).
All dates are dates of the fact; end dates are inclusive. `citizen` is always the internal random id, `number` the
municipality's own (citizen_id in files).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from progression.scales.model import DECLINED as DECLINED
from progression.scales.model import NOT_RATED as NOT_RATED
from progression.scales.model import Answer, Rater

Mode = Literal["self", "interview", "phone", "interpreter", ""]
State = Literal["active", "passive", "waiting", "exempt"]
Choice = Literal["start", "continue", "adjust", "stop"]
BipType = Literal["job", "upskilling", "health", "social", "none"]


@dataclass(frozen=True, slots=True)
class Citizen:
    citizen: str
    number: str
    name: str = ""
    cpr: str = ""
    born: dt.date | None = None
    benefit_start: dt.date | None = None
    case_closed: dt.date | None = None
    closed_reason: str = ""
    target_group: str = ""
    team: str = ""
    phone: str = ""
    language: str = ""
    interpreter: str = ""
    contact: str = ""
    note: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague: caseworker, job consultant, mentor, team lead. `person` is the key used in files."""

    person: str
    name: str = ""
    role: str = ""
    team: str = ""
    phone: str = ""
    email: str = ""
    norm: float | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    citizen: str
    caseworker: str
    start: dt.date
    end: dt.date | None = None
    role: str = "coordinating"
    reason: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One rater's answers to one scale on one date.

    `answers` holds only what was asked: a step, NOT_RATED or DECLINED per indicator code. `assessor` is the person key
    of the one who rated (or, for the citizen's answers, who held the conversation). `entered` is when it was typed in.
    """

    citizen: str
    rater: Rater
    scale: str
    date: dt.date
    answers: Mapping[str, Answer]
    assessor: str = ""
    mode: Mode = ""
    conversation: str = ""
    entered: dt.datetime | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    event: str = ""
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class InterventionType:
    """A row of the editable catalogue. `active`: counts as an active intervention. `state`: the phase state such a row
    makes when nothing is active ("waiting" for `venter`, "exempt" for `fritaget`, else "")."""

    code: str
    name: Mapping[str, str]
    bip_type: BipType
    active: bool
    state: Literal["waiting", "exempt", ""] = ""


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something started for a citizen. `end` None = running. `id` is unique within the citizen."""

    citizen: str
    id: str
    type: str
    start: dt.date
    title: str = ""
    provider: str = ""
    planned_end: dt.date | None = None
    end: dt.date | None = None
    ended_because: str = ""
    hours_per_week: float | None = None
    waiting_for: str = ""
    exempt_from: str = ""
    review_date: dt.date | None = None
    reason: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    citizen: str
    date: dt.date
    id: str = ""
    status: str = "held"
    form: str = "person"
    participants: str = ""
    topic: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class CategoryMembership:
    citizen: str
    category: str
    start: dt.date
    end: dt.date | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A goal or an agreement. Key in files: citizen + date."""

    citizen: str
    date: dt.date
    goal: str = ""
    indicator: str = ""
    agreement: str = ""
    who: str = ""
    by: dt.date | None = None
    status: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    citizen: str
    date: dt.date
    kind: str
    profession: str = ""
    text: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. `about` is "flag:ID", "intervention:ID" or "citizen"."""

    citizen: str
    date: dt.date
    about: str
    choice: Choice
    reason: str = ""
    follow_up: dt.date | None = None
    author: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A maximal run of days in one state. `end` None = still running at the as-of date. `interventions` are the ids of
    the rows that make it so: the active ones of an active phase, the covering one of a waiting or exempt phase."""

    state: State
    start: dt.date
    end: dt.date | None
    interventions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """Everything the journal holds about one citizen, each tuple sorted by date."""

    citizen: Citizen
    assignments: tuple[Assignment, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    categories: tuple[CategoryMembership, ...] = ()
    plan: tuple[PlanItem, ...] = ()
    notes: tuple[Note, ...] = ()
    decisions: tuple[Decision, ...] = ()
