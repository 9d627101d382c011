"""The files of import and export as data: which columns each has and what a column holds.

Public interface (docs/import.md). Columns marked `extension` are additions to the contract that a file needs only where
the facts ask for it; export leaves such a column out when no row needs it.
"""

from __future__ import annotations

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
from progression.exchange.columns import CITIZEN, NR, choice, day, identity, later, number, text
from progression.exchange.columns import Column as Column
from progression.exchange.columns import Table as Table

PEOPLE = Table(
    "people",
    Person,
    "person",
    (
        Column("person", "id", "person", "person", True),
        text("name"),
        text("role", privacy="keep"),
        text("team", privacy="team"),
        text("phone"),
        text("email"),
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
        text("name"),
        Column("cpr", "id", "cpr", "drop"),
        day("born", "year"),
        day("benefit_start"),
        day("case_closed"),
        text("closed_reason"),
        text("target_group", privacy="keep"),
        text("team", privacy="team"),
        text("phone"),
        text("language"),
        text("interpreter"),
        text("contact"),
        text("note"),
        later(choice("outcome", *OUTCOMES[1:])),
    ),
    ("citizen_id",),
)

ASSIGNMENTS = Table(
    "assignments",
    Assignment,
    "assignment",
    (
        CITIZEN,
        Column("caseworker", "id", "caseworker", "person", True),
        day("start", required=True),
        day("end"),
        choice("role", "coordinating", "job", "mentor", "external", default="coordinating"),
        text("reason"),
        later(choice("planned", *PLANNED[1:])),
        NR,
    ),
    ("citizen_id", "caseworker", "start"),
)

STATES = ("not_rated", "declined", "not_asked")

ASSESSMENTS = Table(
    "assessments",
    None,  # many rows make one Assessment: exchange.assessing
    "assessment",
    (
        CITIZEN,
        day("date", required=True),
        choice("rater", "caseworker", "citizen", required=True),
        Column("assessor", "id", "assessor", "person"),
        Column("scale", "id", "scale", "keep", default="bip"),
        Column("indicator", "id", "", "keep", True),
        Column("score", "score", "", "keep", True),
        choice("mode", "self", "interview", "phone", "interpreter"),
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
        CITIZEN,
        Column("type", "id", "type", "keep", True),
        Column("intervention_id", "id", "id", "intervention"),
        text("title"),
        text("provider"),
        day("start", required=True),
        day("planned_end"),
        day("end"),
        text("ended_because"),
        Column("hours_per_week", "number", "hours_per_week", "keep"),
        text("waiting_for"),
        text("exempt_from"),
        day("review_date"),
        text("reason"),
        later(text("contact")),
        later(choice("sector", *SECTORS[1:])),
        later(number("ordinary_hours")),
        later(text("external")),
        later(identity("offer_id", "offer", "offer")),
        later(day("expected_start")),
    ),
    ("citizen_id", "type", "provider", "start"),  # only where no intervention_id is given
    gives_id=True,
)

CONVERSATIONS = Table(
    "conversations",
    Conversation,
    "conversation",
    (
        CITIZEN,
        day("date", required=True),
        Column("conversation_id", "id", "id", "conversation"),
        choice("status", "planned", "held", "cancelled", "missed", default="held"),
        choice("form", "person", "phone", "video", default="person"),
        text("participants"),
        text("topic"),
        later(Column("time", "time", "time", "keep")),
        later(number("minutes")),
        later(identity("caseworker", privacy="person")),
        later(text("outcome")),
        later(day("put_off_to")),
        NR,
    ),
    ("citizen_id", "date"),
)

CATEGORIES = Table(
    "categories",
    CategoryMembership,
    "citizen",
    (
        CITIZEN,
        Column("category", "id", "category", "keep", True),
        day("start", required=True),
        day("end"),
        NR,
    ),
    ("citizen_id", "category", "start"),
)

PLANS = Table(
    "plans",
    PlanItem,
    "citizen",
    (
        CITIZEN,
        day("date", required=True),
        text("goal"),
        Column("indicator", "id", "indicator", "keep"),
        text("agreement"),
        text("who"),
        day("by"),
        text("status", privacy="keep"),
        later(choice("kind", *PLAN_KINDS[1:])),
        later(text("words")),
        later(text("department")),
        later(choice("side", *SIDES[1:])),
        later(identity("plan_id", "id")),
        later(choice("aim", *AIMS[1:])),
        NR,
    ),
    ("citizen_id", "date"),
    own="plan_id",
)

NOTES = Table(
    "notes",
    Note,
    "citizen",
    (
        CITIZEN,
        day("date", required=True),
        choice("kind", "small_step", "screening", "contact", "consent", required=True),
        text("profession", privacy="keep"),
        text("text"),
        later(text("limitation")),
        later(text("suggestion")),
        later(text("signed", privacy="person")),
        NR,
    ),
    ("citizen_id", "date", "kind"),
)

DECISIONS = Table(
    "decisions",
    Decision,
    "decision",
    (
        CITIZEN,
        day("date", required=True),
        Column("about", "id", "about", "about", True),
        choice("choice", "start", "continue", "adjust", "stop", required=True),
        text("reason"),
        day("follow_up"),
        later(text("outcome")),
        later(day("outcome_date")),
        NR,
    ),
    ("citizen_id", "date", "about", "choice"),
)

PROVIDERS = Table(
    "providers",
    Provider,
    "provider",
    (
        identity("provider_id", "id", "provider", required=True),
        text("name"),
        text("contact"),
        text("phone"),
        text("email"),
        text("note"),
    ),
    ("provider_id",),
)

OFFERS = Table(
    "offers",
    Offer,
    "offer",
    (
        identity("offer_id", "id", "offer", required=True),
        text("name"),
        identity("type", privacy="keep"),
        text("provider"),
        number("places"),
        day("start"),
        day("end"),
        text("contact"),
        text("note"),
    ),
    ("offer_id",),
)

PROFESSIONALS = Table(
    "professionals",
    Professional,
    "citizen",
    (
        CITIZEN,
        identity("professional_id", "id", required=True),
        text("name"),
        text("profession", privacy="keep"),
        text("organisation"),
        text("phone"),
        text("email"),
        day("start"),
        day("end"),
        text("note"),
    ),
    ("citizen_id", "professional_id"),
)

CONSENTS = Table(
    "consents",
    Consent,
    "citizen",
    (
        CITIZEN,
        day("start", required=True),
        identity("consent_id", "id"),
        text("whom"),
        text("what"),
        day("until"),
        day("withdrawn"),
        text("note"),
        NR,
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
        CITIZEN,
        day("date", required=True),
        identity("handover_id", "id"),
        identity("from_person", privacy="person"),
        identity("to_person", privacy="person"),
        text("reason"),
        choice("planned", *PLANNED[1:]),
        text("checklist", privacy="keep"),
        text("note"),
        NR,
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
        CITIZEN,
        day("date", required=True),
        identity("review_id", "id"),
        identity("reviewer", privacy="person"),
        text("checklist", privacy="keep"),
        text("feedback"),
        NR,
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
