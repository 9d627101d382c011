"""The files of import and export as data: which columns each has and what a column holds.

Public interface (docs/import.md). Columns marked `extension` are additions to the contract that a file needs only where
the facts ask for it; export leaves such a column out when no row needs it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from progression.casework.checks import AIMS, OUTCOMES, PLAN_KINDS, PLANNED, SECTORS, SIDES
from progression.casework.values import (
    Assignment,
    CaseReview,
    CategoryMembership,
    Citizen,
    Consent,
    Conversation,
    Decision,
    Handover,
    Intervention,
    Note,
    Offer,
    Person,
    PlanItem,
    Professional,
    Provider,
)

Kind = Literal["text", "id", "date", "moment", "time", "number", "score", "choice", "count"]
Privacy = Literal[
    "keep", "drop", "year", "citizen", "person", "intervention", "conversation", "team", "about", "offer", "provider",
    "item",
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind`: "text" is kept to the letter, "id" is trimmed, "number" takes `2,5`, "score" and "count"
    whole numbers only. `attribute` is the name in the casework value. `default` is what an empty cell means.

    `privacy`: what a pseudonymised export does with it: keep, drop (leave empty), year (1 January of the year), or
    replace it by a random id, the same for equal values of the same sort.
    """

    name: str
    kind: Kind
    attribute: str
    privacy: Privacy
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    extension: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One file. `value` is the casework value that a row becomes, `change` the kind of thing it changes, as views
    know it, and `key` the columns that say which fact a row is about. `own` is a column that belongs to the key where a
    file has it. `gives_id`: a fact without an id is given one."""

    name: str
    value: type | None
    change: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    own: str = ""
    gives_id: bool = False

    @property
    def file(self) -> str:
        """The file's name in the contract."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """The column with this name, None when there is none."""
        return next((c for c in self.columns if c.name == name), None)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns a file must have."""
        return tuple(c.name for c in self.columns if c.required)


def _later(column: Column) -> Column:
    """A column that came after the files did: export leaves it out where nobody used it."""
    return replace(column, extension=True)


def _text(name: str, attribute: str = "", privacy: Privacy = "drop") -> Column:
    return Column(name, "text", attribute or name, privacy)


def _date(name: str, privacy: Privacy = "keep", *, required: bool = False) -> Column:
    return Column(name, "date", name, privacy, required)


def _id(name: str, attribute: str = "", privacy: Privacy = "item", *, required: bool = False) -> Column:
    return Column(name, "id", attribute or name, privacy, required)


def _number(name: str) -> Column:
    return Column(name, "number", name, "keep")


def _choice(name: str, *choices: str, default: str = "", required: bool = False) -> Column:
    return Column(name, "choice", name, "keep", required, choices, default)


_CITIZEN = Column("citizen_id", "id", "citizen", "citizen", True)
_NR = Column("nr", "count", "", "keep", default="1", extension=True)

PEOPLE = Table(
    "people",
    Person,
    "person",
    (
        Column("person", "id", "person", "person", True),
        _text("name"),
        _text("role", privacy="keep"),
        _text("team", privacy="team"),
        _text("phone"),
        _text("email"),
        Column("norm", "number", "norm", "keep"),
    ),
    ("person",),
)

CITIZENS = Table(
    "citizens",
    Citizen,
    "citizen",
    (
        Column("citizen_id", "id", "number", "citizen", True),
        _text("name"),
        Column("cpr", "id", "cpr", "drop"),
        _date("born", "year"),
        _date("benefit_start"),
        _date("case_closed"),
        _text("closed_reason"),
        _text("target_group", privacy="keep"),
        _text("team", privacy="team"),
        _text("phone"),
        _text("language"),
        _text("interpreter"),
        _text("contact"),
        _text("note"),
        _later(_choice("outcome", *OUTCOMES[1:])),
    ),
    ("citizen_id",),
)

ASSIGNMENTS = Table(
    "assignments",
    Assignment,
    "assignment",
    (
        _CITIZEN,
        Column("caseworker", "id", "caseworker", "person", True),
        _date("start", required=True),
        _date("end"),
        _choice("role", "coordinating", "job", "mentor", "external", default="coordinating"),
        _text("reason"),
        _later(_choice("planned", *PLANNED[1:])),
        _NR,
    ),
    ("citizen_id", "caseworker", "start"),
)

STATES = ("not_rated", "declined", "not_asked")

ASSESSMENTS = Table(
    "assessments",
    None,  # many rows make one Assessment: exchange.assessing
    "assessment",
    (
        _CITIZEN,
        _date("date", required=True),
        _choice("rater", "caseworker", "citizen", required=True),
        Column("assessor", "id", "assessor", "person"),
        Column("scale", "id", "scale", "keep", default="bip"),
        Column("indicator", "id", "", "keep", True),
        Column("score", "score", "", "keep", True),
        _choice("mode", "self", "interview", "phone", "interpreter"),
        Column("conversation_id", "id", "conversation", "conversation"),
        Column("entered", "moment", "entered", "keep"),
        Column("note", "text", "", "drop"),
        Column("state", "choice", "", "keep", choices=STATES, extension=True),
        Column("assessment_note", "text", "note", "drop", extension=True),
    ),
    ("citizen_id", "date", "rater", "scale", "indicator"),
)

INTERVENTIONS = Table(
    "interventions",
    Intervention,
    "intervention",
    (
        _CITIZEN,
        Column("type", "id", "type", "keep", True),
        Column("intervention_id", "id", "id", "intervention"),
        _text("title"),
        _text("provider"),
        _date("start", required=True),
        _date("planned_end"),
        _date("end"),
        _text("ended_because"),
        Column("hours_per_week", "number", "hours_per_week", "keep"),
        _text("waiting_for"),
        _text("exempt_from"),
        _date("review_date"),
        _text("reason"),
        _later(_text("contact")),
        _later(_choice("sector", *SECTORS[1:])),
        _later(_number("ordinary_hours")),
        _later(_text("external")),
        _later(_id("offer_id", "offer", "offer")),
        _later(_date("expected_start")),
    ),
    ("citizen_id", "type", "provider", "start"),  # only where no intervention_id is given
    gives_id=True,
)

CONVERSATIONS = Table(
    "conversations",
    Conversation,
    "conversation",
    (
        _CITIZEN,
        _date("date", required=True),
        Column("conversation_id", "id", "id", "conversation"),
        _choice("status", "planned", "held", "cancelled", "missed", default="held"),
        _choice("form", "person", "phone", "video", default="person"),
        _text("participants"),
        _text("topic"),
        _later(Column("time", "time", "time", "keep")),
        _later(_number("minutes")),
        _later(_id("caseworker", privacy="person")),
        _later(_text("outcome")),
        _NR,
    ),
    ("citizen_id", "date"),
)

CATEGORIES = Table(
    "categories",
    CategoryMembership,
    "citizen",
    (
        _CITIZEN,
        Column("category", "id", "category", "keep", True),
        _date("start", required=True),
        _date("end"),
        _NR,
    ),
    ("citizen_id", "category", "start"),
)

PLANS = Table(
    "plans",
    PlanItem,
    "citizen",
    (
        _CITIZEN,
        _date("date", required=True),
        _text("goal"),
        Column("indicator", "id", "indicator", "keep"),
        _text("agreement"),
        _text("who"),
        _date("by"),
        _text("status", privacy="keep"),
        _later(_choice("kind", *PLAN_KINDS[1:])),
        _later(_text("words")),
        _later(_text("department")),
        _later(_choice("side", *SIDES[1:])),
        _later(_id("plan_id", "id")),
        _later(_choice("aim", *AIMS[1:])),
        _NR,
    ),
    ("citizen_id", "date"),
    own="plan_id",
)

NOTES = Table(
    "notes",
    Note,
    "citizen",
    (
        _CITIZEN,
        _date("date", required=True),
        _choice("kind", "small_step", "screening", "contact", "consent", required=True),
        _text("profession", privacy="keep"),
        _text("text"),
        _later(_text("limitation")),
        _later(_text("suggestion")),
        _later(_text("signed", privacy="person")),
        _NR,
    ),
    ("citizen_id", "date", "kind"),
)

DECISIONS = Table(
    "decisions",
    Decision,
    "decision",
    (
        _CITIZEN,
        _date("date", required=True),
        Column("about", "id", "about", "about", True),
        _choice("choice", "start", "continue", "adjust", "stop", required=True),
        _text("reason"),
        _date("follow_up"),
        _later(_text("outcome")),
        _later(_date("outcome_date")),
        _NR,
    ),
    ("citizen_id", "date", "about", "choice"),
)

PROVIDERS = Table(
    "providers",
    Provider,
    "provider",
    (
        _id("provider_id", "id", "provider", required=True),
        _text("name"),
        _text("contact"),
        _text("phone"),
        _text("email"),
        _text("note"),
    ),
    ("provider_id",),
)

OFFERS = Table(
    "offers",
    Offer,
    "offer",
    (
        _id("offer_id", "id", "offer", required=True),
        _text("name"),
        _id("type", privacy="keep"),
        _text("provider"),
        _number("places"),
        _date("start"),
        _date("end"),
        _text("contact"),
        _text("note"),
    ),
    ("offer_id",),
)

PROFESSIONALS = Table(
    "professionals",
    Professional,
    "citizen",
    (
        _CITIZEN,
        _id("professional_id", "id", required=True),
        _text("name"),
        _text("profession", privacy="keep"),
        _text("organisation"),
        _text("phone"),
        _text("email"),
        _date("start"),
        _date("end"),
        _text("note"),
    ),
    ("citizen_id", "professional_id"),
)

CONSENTS = Table(
    "consents",
    Consent,
    "citizen",
    (
        _CITIZEN,
        _date("start", required=True),
        _id("consent_id", "id"),
        _text("whom"),
        _text("what"),
        _date("until"),
        _date("withdrawn"),
        _text("note"),
        _NR,
    ),
    ("citizen_id", "start"),
    own="consent_id",
    gives_id=True,
)

HANDOVERS = Table(
    "handovers",
    Handover,
    "citizen",
    (
        _CITIZEN,
        _date("date", required=True),
        _id("handover_id", "id"),
        _id("from_person", privacy="person"),
        _id("to_person", privacy="person"),
        _text("reason"),
        _choice("planned", *PLANNED[1:]),
        _text("checklist", privacy="keep"),
        _text("note"),
        _NR,
    ),
    ("citizen_id", "date"),
    own="handover_id",
    gives_id=True,
)

REVIEWS = Table(
    "reviews",
    CaseReview,
    "citizen",
    (
        _CITIZEN,
        _date("date", required=True),
        _id("review_id", "id"),
        _id("reviewer", privacy="person"),
        _text("checklist", privacy="keep"),
        _text("feedback"),
        _NR,
    ),
    ("citizen_id", "date"),
    own="review_id",
    gives_id=True,
)

# the order of reading, of events and of export: who, then what is said about them
TABLES: tuple[Table, ...] = (
    PEOPLE,
    PROVIDERS,
    OFFERS,
    CITIZENS,
    PROFESSIONALS,
    CONSENTS,
    ASSIGNMENTS,
    HANDOVERS,
    REVIEWS,
    CATEGORIES,
    CONVERSATIONS,
    INTERVENTIONS,
    ASSESSMENTS,
    PLANS,
    NOTES,
    DECISIONS,
)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
