"""What the pages show, as values: handed from the operations of the desk to the window and the command line.

No SQL row, no widget, no sentence. Texts are made by whoever shows them, with `words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from progression.analysis.values import Estimates, Flag, Shown, Trajectory
from progression.casework.categories import CategorySet
from progression.casework.plan import Change, Item
from progression.casework.values import (
    Answer,
    Assessment,
    Conversation,
    Course,
    Decision,
    Intervention,
    InterventionType,
    Mode,
    Note,
    Phase,
)
from progression.charts.model import Chart
from progression.scales.model import Rater, Scale


@dataclass(frozen=True, slots=True)
class Duty:
    """Something due. `kind`: of a rule (`casework.rulesets.Kind`), or "assessment", "follow_up". Overdue when `due`
    lies before the page's day. `text`: what the rule asks, by language. `planned`: a day ahead on which it is planned.
    `put_off`, `because`, `was_due`: as of `casework.duties.Duty`. `state`: "overdue" or "open".
    """

    kind: str
    due: date
    overdue: bool
    text: Mapping[str, str] = field(default_factory=dict)
    planned: date | None = None
    put_off: date | None = None
    because: str = ""
    was_due: date | None = None

    @property
    def state(self) -> str:
        """As of the duty it was made from: one that stands."""
        return "overdue" if self.overdue else "open"


@dataclass(frozen=True, slots=True)
class Begun:
    """What lies begun and not finished about a citizen. `rater`: whose answers ("" none; the caseworker's before the
    citizen's), `answered` of `asked`. `agreements`: some are typed and not in the plan."""

    rater: Rater | Literal[""] = ""
    answered: int = 0
    asked: int = 0
    agreements: bool = False


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One citizen of the caseload. `spark`: whole-scale level by date, 24 months; `phases` shade it.

    `draft`: how much is answered of an assessment under way, None without one; `begun`: that, and what else lies half
    done. `running` are the interventions in force, `phase` the phase of today. `flag` is the open flag that waits for a
    decision; `decision` the latest one that still silences a flag. `days_since_contact`: None before any contact.
    """

    citizen: str
    number: str
    name: str
    phone: str
    running: tuple[Intervention, ...]
    phase: Phase | None
    spark: tuple[tuple[date, float], ...]
    phases: tuple[Phase, ...]
    trajectory: Trajectory | None
    flag: Flag | None
    decision: Decision | None
    duty: Duty | None
    last_assessed: date | None
    draft: int | None
    scale: Scale
    days_since_contact: int | None = None
    next_talk: Conversation | None = None
    begun: Begun | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conversation in today's calendar. `agreed`: what was agreed last time."""

    citizen: str
    name: str
    conversation: Conversation
    done: bool
    agreed: str
    number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The caseload on one day: overdue duties oldest first, undecided flags oldest first, then next duty.

    `complete`: false while curves and attention points are still being computed.
    """

    today: date
    rows: tuple[TodayRow, ...]
    meetings: tuple[Meeting, ...]
    types: Mapping[str, InterventionType]
    caseworkers: Mapping[str, str] = field(default_factory=dict)  # person -> name, for choosing whose caseload
    complete: bool = True
    me: str = ""  # my own person key


@dataclass(frozen=True, slots=True)
class CitizenPage:
    """Everything on one citizen's page. `flags` are the open ones first, then what came before (decided, withdrawn).

    `first`: flag id -> as it was first shown to a person. `informed` and `method`: the settings of these names. `names`
    maps person keys (and accounts) to names, `colleagues` those alone who can be given a case. `draft` is the number of
    answers in an unfinished conversation, None without one. `categories`: the set in force.
    """

    today: date
    course: Course
    scale: Scale
    scales: Mapping[str, Scale]
    types: Mapping[str, InterventionType]
    names: Mapping[str, str]
    trajectory: Trajectory
    phases: tuple[Phase, ...]
    flags: tuple[Flag, ...]
    estimates: Estimates
    chart: Chart
    duty: Duty | None
    draft: int | None
    first: Mapping[str, Shown] = field(default_factory=dict)
    informed: bool = False
    method: str = "trajectory"
    colleagues: Mapping[str, str] = field(default_factory=dict)
    categories: CategorySet = field(default_factory=lambda: CategorySet("none", {}))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A conversation being scored: the draft as it stands. `previous` is the rater's last finished assessment (its
    answers stay hidden until the row is answered). `ordinal`: which assessment of this rater it will be, from 1.
    `other_answered` / `other_total`: how much the other rater has answered in this round's draft or assessment.
    `corrects` is the saved assessment that finishing replaces. `taken` are the dates on which this rater has one
    already; `begins` and `ends` are the citizen's span (a date outside it is allowed, with a notice). `show_earlier`:
    the setting that shows earlier answers from the start. `agreeing`: the day of a finished conversation whose
    agreements are typed and not in the plan yet."""

    citizen: str
    name: str
    rater: Rater
    scale: Scale
    day: date
    mode: Mode
    answers: Mapping[str, Answer]
    notes: Mapping[str, str]
    note: str
    previous: Assessment | None
    last_notes: tuple[tuple[date, str], ...]
    ordinal: int
    other_answered: int
    other_total: int
    saved: datetime | None
    resumed: bool
    corrects: Assessment | None = None
    taken: tuple[date, ...] = ()
    begins: date | None = None
    ends: date | None = None
    show_earlier: bool = False
    agreeing: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One row of the finish panel; None = not answered. `indicator` None = the whole scale.

    `measurable`: True when the change is more than the measurement usually swings, None when it cannot be said.
    """

    indicator: str | None
    caseworker_before: float | None
    caseworker_now: float | None
    citizen_before: float | None
    citizen_now: float | None
    measurable: bool | None
    change: float | None = None
    margin: float | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What the finish panel shows after an assessment was saved. `margin` belongs to `trajectory.change`, None where no
    change is known and by the method "rules";
    `assessments` are the saved ones of this conversation, by rater; `estimates` are those in force.
    `plan` and `steps`: what changed in the plan, and the small steps, since the conversation before this one.
    `agreed`: agreements that stand; `coming`: the next planned conversation; `typed`: what was typed of new ones and is
    not yet agreed (`desk.agreeing`)."""

    citizen: str
    name: str
    scale: Scale
    day: date
    before: date | None
    answered: Mapping[str, tuple[int, int]]  # rater -> answered, asked
    moved: tuple[Moved, ...]
    apart: tuple[tuple[str, int, int], ...]  # indicator, caseworker, citizen: two steps or more
    trajectory: Trajectory
    flags: tuple[Flag, ...]
    margin: float | None = None
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    estimates: Estimates | None = None
    plan: tuple[Change, ...] = ()
    steps: tuple[Note, ...] = ()
    agreed: tuple[Item, ...] = ()
    coming: Conversation | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)
