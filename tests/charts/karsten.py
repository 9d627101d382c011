"""One invented citizen with everything a case can hold: two changes of caseworker, overlapping interventions, passive,
waiting and exempt periods, ten rounds of both raters, four decisions and an open attention point."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from progression.analysis.values import Estimates, Flag, Look, Observation, Point, Trajectory
from progression.casework.values import (
    Assessment,
    Assignment,
    CategoryMembership,
    Citizen,
    Conversation,
    Course,
    Decision,
    Intervention,
    InterventionType,
    Note,
    Phase,
    PlanItem,
)
from progression.scales.library import builtin

TODAY = date(2026, 11, 19)
BIP = builtin()["bip"]
HAMD = builtin()["hamd"]
DAYS = tuple(
    date.fromisoformat(text)
    for text in [
        "2024-08-26",
        "2024-11-26",
        "2025-02-24",
        "2025-05-27",
        "2025-08-26",
        "2025-11-26",
        "2026-02-24",
        "2026-05-26",
        "2026-08-25",
        "2026-11-19",
    ]
)
CASEWORKER = (2.4, 2.1, 2.6, 3.2, 3.5, 3.8, 3.2, 2.7, 2.4, 2.7)
CITIZEN = (2.9, 2.7, 3.1, 3.3, None, 3.8, 3.3, 3.0, 3.0, 3.3)
LEVEL = (2.6, 2.4, 2.9, 3.2, 3.4, 3.7, 3.3, 3.0, 2.8, 2.9)
TYPES = {
    code: InterventionType(code, {"da": da, "en": en}, bip, active, state)  # type: ignore[arg-type]
    for code, da, en, bip, active, state in (
        ("virksomhedspraktik", "Virksomhedspraktik", "Work placement", "job", True, ""),
        ("smaajob", "Småjob", "Small job", "job", True, ""),
        ("vejledning_opkvalificering", "Vejledning og opkvalificering", "Upskilling", "upskilling", True, ""),
        ("mestring", "Mestringsforløb", "Coping course", "health", True, ""),
        ("sundhedsindsats", "Sundhedsindsats", "Health service", "health", True, ""),
        ("mentor", "Mentor", "Mentor", "social", True, ""),
        ("venter", "Venter på indsats", "Waiting", "none", False, "waiting"),
        ("fritaget", "Fritaget", "Exempt", "none", False, "exempt"),
    )
}
NAMES = {"jk": "Jonas Krogh", "pd": "Pernille Dahl", "mha": "Mette Holm Andersen"}
PHASES = (
    Phase("passive", date(2024, 8, 12), date(2024, 11, 3)),
    Phase("active", date(2024, 11, 4), date(2025, 12, 19), ("i1", "i2", "i3", "i4", "i5", "i6")),
    Phase("passive", date(2025, 12, 20), date(2026, 1, 4)),
    Phase("exempt", date(2026, 1, 5), date(2026, 3, 31), ("i7",)),
    Phase("waiting", date(2026, 4, 1), None, ("i8",)),
)


def answers(mean: float, rater: str, shift: int) -> dict[str, int | str]:
    """Whole steps whose mean over the items of the whole scale is `mean`."""
    items = [i for i in BIP.indicators if rater in i.raters and i.in_whole]
    base, ups = int(mean), round((mean - int(mean)) * len(items))
    given: dict[str, int | str] = {
        item.code: base + (1 if (n * 7 + shift) % len(items) < ups else 0) for n, item in enumerate(items)
    }
    if rater == "caseworker":
        given["sagsbehandlers_tro"] = max(1, base - 1)
    return given


def caseworker_on(day: date) -> str:
    """The person key of the caseworker of a day."""
    return ("jk", "pd", "mha")[bisect_right((date(2025, 3, 17), date(2026, 2, 2)), day)]


def assessments() -> tuple[Assessment, ...]:
    """Ten rounds; the citizen did not answer in the fifth, and declined or skipped a row now and then."""
    found = []
    for n, day in enumerate(DAYS):
        who = caseworker_on(day)
        found.append(Assessment("c1", "caseworker", "bip", day, answers(CASEWORKER[n], "caseworker", n), who))
        if CITIZEN[n] is not None:
            given = answers(CITIZEN[n], "citizen", n + 3)
            if n == 3:
                given["netvaerk"] = "declined"
            if n == 6:
                given["koncentration"] = "not_rated"
            found.append(Assessment("c1", "citizen", "bip", day, given, who, "interview"))
    return tuple(found)


def trajectory() -> Trajectory:
    """Curve and looks drawn by hand, as in the mockup."""
    curve = []
    for n in range(len(DAYS) - 1):
        days = (DAYS[n + 1] - DAYS[n]).days
        for k in range(0, days, 7):
            part = k / days
            smooth = part * part * (3 - 2 * part)
            sd = 0.13 + 0.05 * (4 * part * (1 - part))
            curve.append(
                Point(
                    date.fromordinal(DAYS[n].toordinal() + k),
                    LEVEL[n] + smooth * (LEVEL[n + 1] - LEVEL[n]),
                    sd,
                )
            )
    curve.append(Point(DAYS[-1], LEVEL[-1], 0.14))
    seen = [Observation(d, "caseworker", v, 10, caseworker_on(d)) for d, v in zip(DAYS, CASEWORKER, strict=True)]
    seen += [Observation(d, "citizen", v, 9) for d, v in zip(DAYS, CITIZEN, strict=True) if v is not None]
    looks = tuple(Look(d, PHASES[1], level, 0.15, 0.0, 0.2, 0.0, None) for d, level in zip(DAYS, LEVEL, strict=True))
    return Trajectory(
        "c1", "bip", TODAY, tuple(sorted(seen, key=lambda o: (o.day, o.rater))), tuple(curve), looks, PHASES,
        "regression", 2.9, -0.7, 0.24, date(2026, 4, 1), 10,
    )  # fmt: skip


def interventions() -> tuple[Intervention, ...]:
    """Six active ones that overlap, an exemption, and a wait that still runs."""

    def row(id: str, type: str, start: str, end: str | None, **more) -> Intervention:
        last = date.fromisoformat(end) if end else None
        return Intervention("c1", id, type, date.fromisoformat(start), end=last, **more)

    return (
        row("i1", "mentor", "2024-11-04", "2025-11-28", provider="Foreningen Fodfæste"),
        row("i2", "mestring", "2025-01-13", "2025-04-11", title="Mestring"),
        row("i3", "virksomhedspraktik", "2025-03-03", "2025-06-27", title="Praktik", provider="Sundvig Genbrug"),
        row("i4", "smaajob", "2025-07-01", "2025-12-19", hours_per_week=6.0, provider="Sundvig Genbrug",
            ended_because="knæoperation"),
        row("i5", "sundhedsindsats", "2025-08-18", "2025-12-19", title="Fysioterapi", ended_because="knæoperation"),
        row("i6", "vejledning_opkvalificering", "2025-09-01", "2025-12-12", title="FVU-dansk"),
        row("i7", "fritaget", "2026-01-05", "2026-03-31", exempt_from="aktivering", reason="genoptræning",
            review_date=date(2026, 3, 15)),
        row("i8", "venter", "2026-04-01", None, waiting_for="smerteklinik"),
    )  # fmt: skip


def conversations() -> tuple[Conversation, ...]:
    """Thirteen held, two cancelled, one planned."""
    held = [
        "2024-08-19",
        "2024-09-23",
        "2024-11-26",
        "2025-01-14",
        "2025-02-24",
        "2025-04-22",
        "2025-05-27",
        "2025-08-26",
        "2025-10-14",
        "2025-11-26",
        "2026-02-24",
        "2026-05-26",
        "2026-08-25",
    ]
    rows = [Conversation("c1", date.fromisoformat(day), status="held", topic="status") for day in held]
    rows += [Conversation("c1", date.fromisoformat(d), status="cancelled") for d in ("2025-04-08", "2026-04-14")]
    rows += [Conversation("c1", date(2026, 12, 10), status="planned")]
    return tuple(sorted(rows, key=lambda c: c.date))


FLAG = Flag(
    "f3", "c1", "H00012", "bip", "regression", None, "both", PHASES[4], date(2026, 11, 19), 3.2, 2.9, -0.3, 0.17,
    0.26, 1.76, "start", "open", estimates="prior/0", assessments_in_phase=3, numbers=(("c", 1.24),),
)  # fmt: skip
EARLIER = (
    Flag(
        "f2", "c1", "H00012", "bip", "regression", None, "both",
        Phase("exempt", date(2026, 1, 5), date(2026, 3, 31), ("i7",)), date(2026, 2, 24), 3.7, 3.3, -0.4, 0.25,
        0.31, 1.6, "review", "decided", date(2026, 5, 26), estimates="prior/0",
        caseworker_changed=date(2026, 2, 2), assessments_in_phase=1, numbers=(("c", 1.24),),
    ),
    Flag(
        "f1", "c1", "H00012", "bip", "progression", None, "both",
        Phase("active", date(2024, 11, 4), date(2025, 12, 19), ("i1",)), date(2025, 5, 27), 2.4, 3.2, 0.8, 0.28,
        0.35, 2.86, "continue", "decided", date(2025, 8, 26), estimates="prior/0",
        caseworker_changed=date(2025, 3, 17), assessments_in_phase=3, numbers=(("c", 1.24),),
    ),
)  # fmt: skip
DECISIONS = (
    Decision("c1", date(2025, 5, 27), "flag:f1", "continue", "praktik blev til småjob", date(2025, 8, 26), "pd"),
    Decision("c1", date(2025, 12, 19), "citizen", "stop", "alle indsatser, før operation", None, "pd"),
    Decision("c1", date(2026, 5, 26), "flag:f2", "continue", "afventer smerteklinik", date(2026, 11, 16), "mha"),
)
CITIZEN_ROW = Citizen(
    "c1", "H00012", "Karsten Bøgh Mikkelsen", "140680-1235", date(1980, 6, 14), date(2024, 8, 12),
    target_group="kontanthjælp", team="Team Vest",
)  # fmt: skip
COURSE = Course(
    CITIZEN_ROW,
    assignments=(
        Assignment("c1", "jk", date(2024, 8, 12), date(2025, 3, 16)),
        Assignment("c1", "pd", date(2025, 3, 17), date(2026, 2, 1), reason="ny sagsbehandler"),
        Assignment("c1", "mha", date(2026, 2, 2)),
    ),
    assessments=assessments(),
    interventions=interventions(),
    conversations=conversations(),
    categories=(CategoryMembership("c1", "behov for støtte", date(2026, 2, 2)),),
    plan=(PlanItem("c1", date(2026, 5, 26), "15 timer om ugen i genbrugsbutik inden sommeren 2027", "",
                   "smertebehandling i gang og en fast døgnrytme", "Karsten", date(2026, 12, 1)),),
    notes=(Note("c1", date(2026, 8, 25), "small_step", "", "tager selv bussen"),),
    decisions=DECISIONS,
)  # fmt: skip
ESTIMATES = Estimates("bip", None, 0, "prior", 10.0, 1.24, 1.24)
