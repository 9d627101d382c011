"""Made-up citizens for the tests of the citizen's page: values only, nothing is stored. Nobody here exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from progression.analysis.values import Estimates, Flag, Observation, Point, Trajectory
from progression.casework.types import intervention_types
from progression.casework.values import (
    DECLINED,
    NOT_RATED,
    Answer,
    Assessment,
    Assignment,
    CategoryMembership,
    Citizen,
    Conversation,
    Course,
    Decision,
    Intervention,
    Phase,
    PlanItem,
)
from progression.charts.builder import citizen_chart
from progression.desk.pages import CitizenPage, Duty
from progression.scales.library import builtin
from progression.scales.model import Scale
from progression.words import Words

TODAY = date(2026, 11, 19)
ESTIMATES = Estimates("bip", date(2026, 4, 1), 412, "fitted", 10.0, 2.9, 2.6)


TYPES = intervention_types()
NAMES = {"mha": "Mette Holm Andersen", "pd": "Pernille Dahl", "jk": "Jonas Krogh"}

_DAYS = [date(2024, 8, 27) + timedelta(days=91 * n) for n in range(9)]
_CASEWORKER = [2.4, 2.1, 2.5, 3.2, 3.5, 3.7, 3.2, 2.7, 2.4]
_CITIZEN: list[float | None] = [2.9, 2.7, 3.1, 3.3, None, 3.8, 3.3, 3.0, 3.0]
_LEAN = dict(
    zip(
        [
            "helbredsmestring",
            "hverdagsmestring",
            "tro_paa_job",
            "samarbejdsevne",
            "jobsoegning",
            "arbejdsmarkedsviden",
            "maalrettethed",
            "netvaerk",
            "koncentration",
            "arbejdsidentitet",
            "sagsbehandlers_tro",
        ],
        (-0.3, 0.2, 0.0, 0.9, -0.9, 0.1, 0.2, -0.3, 0.3, 0.4, -0.4),
        strict=True,
    )
)


def answers(scale: Scale, rater: str, level: float, number: int) -> dict[str, Answer]:
    """Steps round a level, the same every time; now and then one that was not answered."""
    found: dict[str, Answer] = {}
    for n, indicator in enumerate(scale.rated_by(rater)):  # type: ignore[arg-type]
        lean = _LEAN.get(indicator.code, 0.0)
        found[indicator.code] = min(max(round(level + lean), scale.minimum), scale.maximum)
        if (number, n) == (2, 5):
            found[indicator.code] = NOT_RATED
        if (number, n) == (3, 7) and rater == "citizen":
            found[indicator.code] = DECLINED
    if rater == "citizen" and number >= 7 and "hverdagsmestring" in found:
        found["hverdagsmestring"] = 4
    if rater == "caseworker" and number >= 8 and "hverdagsmestring" in found:
        found["hverdagsmestring"] = 2
    return found


def assessments(scale: Scale, rows: list[tuple[date, str, float | None]]) -> tuple[Assessment, ...]:
    """One assessment a row (day, rater, level)."""
    made = []
    for day, rater, level in rows:
        if level is not None:
            number = sum(d < day for d in _DAYS)
            who = "jk" if day < date(2025, 3, 17) else "pd" if day < date(2026, 2, 2) else "mha"
            made.append(
                Assessment(
                    "k",
                    rater,
                    scale.id,
                    day,
                    answers(scale, rater, level, number),
                    who,
                    event=f"{day}{rater}",
                )  # type: ignore[arg-type]
            )
    return tuple(made)


def trajectory(
    scale: Scale,
    found: tuple[Assessment, ...],
    phases: tuple[Phase, ...],
    values: dict[tuple[date, str], float],
    **more,
) -> Trajectory:
    """A curve drawn, not computed: straight between the raters' means, wider away from them."""
    observations = tuple(Observation(a.date, a.rater, values[a.date, a.rater], 10, a.assessor) for a in found)
    means = {d: [o.value for o in observations if o.day == d] for d in sorted({o.day for o in observations})}
    knots = [(d, sum(v) / len(v)) for d, v in means.items()]
    span = scale.maximum - scale.minimum
    curve: list[Point] = []
    for (a, low), (b, high) in pairwise(knots):
        for day in range(a.toordinal(), b.toordinal(), 7):
            share = (day - a.toordinal()) / (b - a).days
            curve.append(
                Point(
                    date.fromordinal(day),
                    low + share * (high - low),
                    span * (0.05 + 0.02 * share * (1 - share) * 4),
                )
            )
    if knots:
        last = knots[-1]
        for weeks in range((TODAY - last[0]).days // 7 + 1):
            curve.append(Point(last[0] + timedelta(days=7 * weeks), last[1], span * (0.05 + 0.003 * weeks)))
    few = len(means) < 3
    base = Trajectory(
        "k",
        scale.id,
        TODAY,
        observations,
        tuple(curve),
        (),
        phases,
        "too_few" if few else "regression",
        curve[-1].level if curve else None,
        None if few else -0.8,
        None if few else 0.2,
        None if few else date(2025, 12, 20),
        len(means),
    )
    return replace(base, **more)


_PASSIVE = Phase("passive", date(2025, 12, 20), None)
PHASES = (
    Phase("passive", date(2024, 8, 12), date(2024, 11, 3)),
    Phase("active", date(2024, 11, 4), date(2025, 12, 19), ("i1",)),
    _PASSIVE,
)
THREE_STATES = (
    *PHASES[:2],
    Phase("passive", date(2025, 12, 20), date(2026, 1, 5)),
    Phase("exempt", date(2026, 1, 6), date(2026, 3, 31), ("i7",)),
    Phase("waiting", date(2026, 4, 1), None, ("i8",)),
)

INTERVENTIONS = (
    Intervention("k", "i1", "mentor", date(2024, 11, 4), title="Mentor", end=date(2025, 11, 27), event="e1"),
    Intervention("k", "i2", "mestring", date(2025, 1, 13), title="Mestring", end=date(2025, 4, 10), event="e2"),
    Intervention("k", "i3", "virksomhedspraktik", date(2025, 3, 4), title="Praktik", end=date(2025, 6, 27), event="e3"),
    Intervention(
        "k",
        "i4",
        "smaajob",
        date(2025, 7, 3),
        title="Småjob",
        end=date(2025, 12, 19),
        hours_per_week=6,
        event="e4",
    ),
    Intervention(
        "k", "i5", "vejledning_opkvalificering", date(2025, 9, 1), title="FVU-dansk", end=date(2025, 12, 10), event="e5"
    ),
    Intervention("k", "i6", "mestring", date(2025, 8, 18), title="Fysioterapi", end=date(2025, 12, 19), event="e6"),
    Intervention("k", "i7", "fritaget", date(2026, 1, 6), exempt_from="mentor", end=date(2026, 3, 31), event="e7"),
    Intervention(
        "k",
        "i8",
        "venter",
        date(2026, 4, 1),
        waiting_for="smerteklinik",
        provider="Sundvig Sygehus",
        event="e8",
    ),
)

REGRESSION = Flag(
    "f1",
    "k",
    "K0017",
    "bip",
    "regression",
    None,
    "both",
    _PASSIVE,
    date(2026, 8, 25),
    3.6,
    2.8,
    -0.8,
    0.2,
    0.4,
    4.0,
    "start",
    estimates="2026-04-01/412",
    caseworker_changed=date(2026, 2, 2),
    assessments_in_phase=3,
    numbers=(("c", 2.0),),
)
DISAGREEMENT = replace(
    REGRESSION,
    id="f2",
    kind="disagreement",
    indicator="hverdagsmestring",
    baseline=4.0,
    level=2.0,
    change=-2.0,
    margin=1.5,
    change_sd=None,
    evidence=None,
    suggestion=None,
    caseworker_changed=None,
)
WITHDRAWN = replace(
    REGRESSION,
    id="f3",
    kind="stagnation",
    phase=PHASES[1],
    raised_on=date(2025, 5, 27),
    status="withdrawn",
    suggestion="adjust",
    rate_limit=0.2,
    withdrawn_because="corrected",
)
DECIDED = replace(
    REGRESSION,
    id="f4",
    raised_on=date(2026, 5, 26),
    status="decided",
    follow_up=date(2026, 8, 26),
    change=-0.6,
    level=3.0,
)

DECISIONS = (
    Decision(
        "k",
        date(2025, 5, 27),
        "citizen",
        "continue",
        "Fremgang, praktik blev til småjob",
        author="pd",
        event="d1",
    ),
    Decision("k", date(2025, 12, 19), "citizen", "stop", "Alle indsatser, før operation", author="pd", event="d2"),
    Decision(
        "k",
        date(2026, 5, 26),
        "flag:f4",
        "continue",
        "Afventer smerteklinik",
        date(2026, 8, 26),
        "mha",
        event="d3",
    ),
)


def _conversations() -> tuple[Conversation, ...]:
    held = [
        date(2024, 8, 16),
        date(2024, 9, 24),
        date(2025, 1, 14),
        date(2025, 4, 22),
        date(2025, 10, 14),
        *_DAYS,
    ]
    rows = [Conversation("k", day, f"c{n}") for n, day in enumerate(sorted(held))]
    rows += [Conversation("k", d, d.isoformat(), "cancelled") for d in (date(2025, 4, 8), date(2026, 4, 14))]
    rows += [Conversation("k", d, d.isoformat(), "planned") for d in (TODAY, TODAY + timedelta(days=21))]
    return tuple(sorted(rows, key=lambda c: c.date))


def karsten_course(phases: tuple[Phase, ...] = PHASES) -> tuple[Course, Trajectory]:
    """The case of the mockups."""
    scale = builtin()["bip"]
    rows = [(d, "caseworker", v) for d, v in zip(_DAYS, _CASEWORKER, strict=True)]
    rows += [(d, "citizen", v) for d, v in zip(_DAYS, _CITIZEN, strict=True)]
    found = assessments(scale, sorted(rows))
    values = {(d, r): v for d, r, v in rows if v is not None}
    course = Course(
        Citizen(
            "k",
            "K0017",
            "Karsten Bøgh Mikkelsen",
            "140680-1233",
            benefit_start=date(2024, 8, 12),
            phone="20 10 30 40",
        ),
        (
            Assignment("k", "jk", date(2024, 8, 12), date(2025, 3, 16)),
            Assignment("k", "pd", date(2025, 3, 17), date(2026, 2, 1)),
            Assignment("k", "mha", date(2026, 2, 2)),
        ),
        found,
        tuple(i for i in INTERVENTIONS if phases is THREE_STATES or not TYPES[i.type].state),
        _conversations(),
        (CategoryMembership("k", "Behov for støtte", date(2026, 2, 2)),),
        (
            PlanItem("k", date(2026, 2, 24), goal="15 timer om ugen i genbrugsbutik inden sommeren 2027"),
            PlanItem(
                "k",
                date(2026, 5, 26),
                agreement="Smertebehandling i gang og en fast døgnrytme",
                who="Karsten",
            ),
        ),
        (),
        DECISIONS,
    )
    return course, trajectory(scale, found, phases, values)


def page(course: Course, curve: Trajectory, words: Words, flags: tuple[Flag, ...] = (), **more) -> CitizenPage:
    """The page's values, as the desk hands them over."""
    scales = builtin()
    scale = scales[curve.scale]
    flag = next((f for f in flags if f.status == "open"), None)
    chart = citizen_chart(course, scale, curve, TYPES, NAMES, TODAY, words, flag=flag)
    base = CitizenPage(
        TODAY, course, scale, scales, TYPES, NAMES, curve, curve.phases, flags, ESTIMATES, chart, None, None
    )
    return replace(base, **more)


def karsten(words: Words, phases: tuple[Phase, ...] = PHASES) -> CitizenPage:
    """The case of the mockups, everything on it."""
    course, curve = karsten_course(phases)
    flags = (REGRESSION, DISAGREEMENT, DECIDED, WITHDRAWN)
    return page(course, curve, words, flags, duty=Duty("assessment", date(2026, 11, 25), False), draft=6)


def newcomer(words: Words, rounds: int = 0) -> CitizenPage:
    """Nobody has been assessed yet, or once; a name that is as long as names get."""
    scale = builtin()["bip"]
    rows = [(date(2026, 10, 1) + timedelta(days=40 * n), "caseworker", 2.6) for n in range(rounds)]
    found = assessments(scale, rows)  # type: ignore[arg-type]
    phases = (Phase("passive", date(2026, 9, 1), None),)
    curve = trajectory(scale, found, phases, {(d, r): v for d, r, v in rows})
    citizen = Citizen("k", "K0099", "Anna-Margrethe Elisabeth Christophersen-Vestergaard af Sundvig Søndermark", "")
    return page(Course(citizen, (), found, (), ()), curve, words)


def patient(words: Words) -> CitizenPage:
    """Four totals on the Hamilton scale: a lower one is better."""
    scale = builtin()["hamd"]
    rows = [(date(2026, 7, 1) + timedelta(days=14 * n), v) for n, v in enumerate((31.0, 27.0, 19.0, 12.0))]
    found = tuple(
        Assessment("k", "caseworker", "hamd", day, {"total": int(v)}, "mha", event=str(day)) for day, v in rows
    )
    values = {(d, "caseworker"): v for d, v in rows}
    phases = (Phase("active", date(2026, 6, 20), None, ("i1",)),)
    curve = trajectory(scale, found, phases, values, change=-14.0, standing="progression", since=date(2026, 6, 20))
    flag = replace(
        REGRESSION,
        kind="progression",
        scale="hamd",
        phase=phases[0],
        raised_on=rows[-1][0],
        baseline=30.0,
        level=14.0,
        change=-16.0,
        change_sd=2.0,
        margin=6.0,
        evidence=8.0,
        suggestion="continue",
        caseworker_changed=None,
    )
    running = Intervention("k", "i1", "mestring", date(2026, 6, 20), title="Mestring", event="e1")
    return page(Course(Citizen("k", "H07", "H07"), (), found, (running,), ()), curve, words, (flag,))


def forty(words: Words) -> CitizenPage:
    """Forty rounds over ten years."""
    scale = builtin()["bip"]
    days = [TODAY - timedelta(days=91 * n + 20) for n in reversed(range(40))]
    rows = [(d, "caseworker", 2.5 + 0.8 * ((n % 11) / 10)) for n, d in enumerate(days)]
    rows += [(d, "citizen", 2.9 + 0.6 * ((n % 7) / 6)) for n, d in enumerate(days)]
    found = assessments(scale, sorted(rows))  # type: ignore[arg-type]
    first = days[0]
    phases = []
    for n in range(8):
        start = first + timedelta(days=450 * n)
        end = start + timedelta(days=449) if n < 7 else None
        phases.append(Phase("active" if n % 2 else "passive", start, end))
    course, _curve = karsten_course()
    runs = tuple(
        Intervention(
            "k",
            f"r{n}",
            t,
            first + timedelta(days=90 * n),
            end=first + timedelta(days=90 * n + 200),
            event="x",
        )
        for n, t in enumerate(["mentor", "vejledning_opkvalificering", "mestring", "smaajob"] * 9)
    )
    curve = trajectory(scale, found, tuple(phases), {(d, r): v for d, r, v in rows})
    return page(replace(course, assessments=found, interventions=runs), curve, words, (REGRESSION,), draft=None)


def colours(widget) -> set[str]:
    """Every colour a widget paints, as "#rrggbb"."""
    import numpy as np
    from PySide6.QtGui import QImage

    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    values = np.frombuffer(image.constBits(), dtype=np.uint32, count=image.width() * image.height())
    return {f"#{value & 0xFFFFFF:06x}" for value in np.unique(values).tolist()}
