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
MODES: tuple[Mode, ...] = ("self", "interview", "phone", "interpreter")  # "" is not stated
State = Literal["active", "passive", "waiting", "exempt"]
Choice = Literal["start", "continue", "adjust", "stop"]
BipType = Literal["job", "upskilling", "health", "social", "none"]
Outcome = Literal["", "job", "education", "moved", "recovered", "pension", "flexjob", "died", "other"]
Sector = Literal["", "public", "private"]
Planned = Literal["", "planned", "unplanned"]
PlanKind = Literal["", "goal", "subgoal", "agreement", "outcome"]
Side = Literal["", "citizen", "caseworker"]
Aim = Literal["", "move", "hold"]


@dataclass(frozen=True, slots=True)
class Citizen:
    """`outcome`: what the case ended in, beside the free `closed_reason`; "" while it runs or where nobody said."""

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
    outcome: Outcome = ""
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
    """Who is responsible, and how. `planned`: whether the change to this person was; "" where nobody said."""

    citizen: str
    caseworker: str
    start: dt.date
    end: dt.date | None = None
    role: str = "coordinating"
    reason: str = ""
    planned: Planned = ""
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
    makes when nothing is active ("waiting" for `venter`, "exempt" for `fritaget`, else ""). `retired`: what is
    registered stays, nothing new is started as it."""

    code: str
    name: Mapping[str, str]
    bip_type: BipType
    active: bool
    state: Literal["waiting", "exempt", ""] = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something started for a citizen. `end` None = running. `id` is unique within the citizen.

    `provider` is free text and may equal a Provider's name; `offer` is an Offer's id, "" without one. `contact`: whom
    to call there. `external`: the external actor that runs it, "" where the municipality does. `sector`: of a job with
    wage subsidy. `ordinary_hours`: hours a week at ordinary pay inside a placement, of `hours_per_week`.
    `expected_start`: of a row that waits, when what is waited for is expected to begin.
    """

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
    contact: str = ""
    sector: Sector = ""
    ordinary_hours: float | None = None
    external: str = ""
    offer: str = ""
    expected_start: dt.date | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the municipality has places in. `places`: how many at a time, None = no limit. `type`: code of an
    InterventionType. `provider`: as in Intervention. `end`: the last day it is offered, None = for now."""

    id: str
    name: str = ""
    type: str = ""
    provider: str = ""
    places: float | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    contact: str = ""
    note: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who offers something: a company, a clinic, a department. `contact`: the person to ask for. `end`: the last day
    something is started there, None = for now."""

    id: str
    name: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    end: dt.date | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A talk that is planned, held, cancelled or missed. `time`: "HH:MM", "" where not agreed. `minutes`: how long.
    `caseworker`: person key of the one who holds it. `outcome`: what came of it, in one line. An assessment hangs on
    one by `Assessment.conversation` = `id`. `put_off_to`: of a cancelled one that was put off ("not today"), the day it
    was put off to; its `outcome` is the reason."""

    citizen: str
    date: dt.date
    id: str = ""
    status: str = "held"
    form: str = "person"
    participants: str = ""
    topic: str = ""
    time: str = ""
    minutes: float | None = None
    caseworker: str = ""
    outcome: str = ""
    put_off_to: dt.date | None = None
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
    """A goal, an agreement or an expected outcome in the citizen's one plan.

    `kind`: what it is; "" in rows from before there were kinds (a goal, an agreement or both). `words`: as the citizen
    says it. `department`: who in the municipality it belongs to. `side`: whose expectation it is. `aim` of a goal:
    "hold" the level or "move" on; "" in rows from before there was such a field, which say it in words. `id` tells
    several of one day apart; rows of one id with different dates are the same item as it changed (`casework.plan`).
    Key in files: citizen + date, and the id where one is given.
    """

    citizen: str
    date: dt.date
    goal: str = ""
    indicator: str = ""
    agreement: str = ""
    who: str = ""
    by: dt.date | None = None
    status: str = ""
    kind: PlanKind = ""
    words: str = ""
    department: str = ""
    side: Side = ""
    id: str = ""
    aim: Aim = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A dated note: a small step, a screening, another contact or a consent. `limitation` (in function) and
    `suggestion` (of an intervention) belong to a screening. `signed`: person key or name of who wrote it."""

    citizen: str
    date: dt.date
    kind: str
    profession: str = ""
    text: str = ""
    limitation: str = ""
    suggestion: str = ""
    signed: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. `about` is "flag:ID", "intervention:ID" or "citizen". `outcome`: what came of it, said
    afterwards on `outcome_date`."""

    citizen: str
    date: dt.date
    about: str
    choice: Choice
    reason: str = ""
    follow_up: dt.date | None = None
    author: str = ""
    outcome: str = ""
    outcome_date: dt.date | None = None
    event: str = ""


@dataclass(frozen=True, slots=True)
class Professional:
    """Somebody around the citizen who is no colleague: a doctor, a psychologist, a contact person. `id` is unique
    within the citizen. `start` and `end`: of the contact, None = not known and still in force."""

    citizen: str
    id: str
    name: str = ""
    profession: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    note: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """The citizen's leave to exchange something with somebody. `whom`: a professional or an organisation. `until`: its
    last day, None = until it is withdrawn. `withdrawn`: the first day on which it no longer holds."""

    citizen: str
    id: str
    start: dt.date
    whom: str = ""
    what: str = ""
    until: dt.date | None = None
    withdrawn: dt.date | None = None
    note: str = ""
    event: str = ""

    def holds(self, day: dt.date) -> bool:
        """Say whether it is in force on the day."""
        ended = (self.until is not None and day > self.until) or (self.withdrawn is not None and day >= self.withdrawn)
        return day >= self.start and not ended


@dataclass(frozen=True, slots=True)
class Handover:
    """A citizen passed from one caseworker to another. `date`: the first day of `to_person`. Persons are person keys.
    `checklist`: codes of the items done, separated by commas."""

    citizen: str
    id: str
    date: dt.date
    from_person: str = ""
    to_person: str = ""
    reason: str = ""
    planned: Planned = ""
    checklist: str = ""
    note: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class CaseReview:
    """A colleague's look through a case. `reviewer`: a person key. `checklist`: as of a Handover."""

    citizen: str
    id: str
    date: dt.date
    reviewer: str = ""
    checklist: str = ""
    feedback: str = ""
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
    professionals: tuple[Professional, ...] = ()
    consents: tuple[Consent, ...] = ()
    handovers: tuple[Handover, ...] = ()
    reviews: tuple[CaseReview, ...] = ()
