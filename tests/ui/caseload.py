"""A made-up caseload for the tests of *I dag*: values only, nothing is stored. Nobody here exists."""

from __future__ import annotations

from datetime import date, timedelta

from progression.analysis.values import Flag, Trajectory
from progression.casework.values import Conversation, Decision, Intervention, InterventionType, Phase
from progression.desk.pages import Duty, Meeting, TodayPage, TodayRow
from progression.scales.library import builtin
from progression.store.header import KdfCost

PASSPHRASE = "kaffe sten lampe ko"
CHEAP = KdfCost(64, 1, 1)
TODAY = date(2026, 11, 19)
BIP = builtin()["bip"]
TYPES = {
    code: InterventionType(code, {"da": da, "en": en}, "job", active, state)
    for code, da, en, active, state in (
        ("mentor", "Mentor", "Mentor", True, ""),
        ("praktik", "Virksomhedspraktik", "Work placement", True, ""),
        ("venter", "Venter", "Waiting", False, "waiting"),
        ("fritaget", "Fritaget", "Exempt", False, "exempt"),
    )
}


def day(text: str) -> date:
    return date.fromisoformat(text)


def trajectory(citizen, standing, change=None, since=None, rounds=8):
    return Trajectory(
        citizen,
        "bip",
        TODAY,
        (),
        (),
        (),
        (),
        standing,
        2.5,
        change,
        0.2,
        since,
        rounds,
        unknown_since=day("2026-11-07"),
    )


def flag(citizen, kind, phase, suggestion, **more):
    base = dict(  # noqa: C408 - reads as the call it stands for
        id=f"f-{citizen}", citizen=citizen, number=citizen, scale="bip", kind=kind, indicator=None, rater="both",
        phase=phase, raised_on=day("2026-08-25"), baseline=3.6, level=2.8, change=-0.8, change_sd=0.2, margin=0.4,
        evidence=4.0, suggestion=suggestion,
    )  # fmt: skip
    return Flag(**{**base, **more})


def row(citizen, name, *, spark=(), phases=(), running=(), standing="unclear", change=0.1, since="2026-06-01", **more):
    curve = tuple((TODAY - timedelta(days=700 - 90 * i), value) for i, value in enumerate(spark))
    base = dict(  # noqa: C408 - reads as the call it stands for
        citizen=citizen, number=citizen.upper(), name=name, phone="20 10 30 40", running=running,
        phase=phases[-1] if phases else None, spark=curve, phases=phases,
        trajectory=trajectory(citizen, standing, change, day(since)), flag=None, decision=None,
        duty=Duty("assessment", day("2026-12-01"), False), last_assessed=day("2026-08-25"), draft=None, scale=BIP,
    )  # fmt: skip
    return TodayRow(**{**base, **more})


PASSIVE = Phase("passive", day("2025-12-20"), None)
ACTIVE = Phase("active", day("2026-02-01"), None, ("i1",))
WAITING = Phase("waiting", day("2026-07-10"), None, ("w1",))
EXEMPT = Phase("exempt", day("2026-06-01"), None, ("e1",))


def rows() -> tuple[TodayRow, ...]:
    mentor = Intervention("x", "i1", "mentor", day("2026-02-01"), title="Mentor")
    praktik = Intervention("x", "i2", "praktik", day("2026-05-01"), title="Småjob", hours_per_week=8)
    waits = Intervention("x", "w1", "venter", day("2026-07-10"), waiting_for="smerteklinik")
    exempt = Intervention("x", "e1", "fritaget", day("2026-06-01"), exempt_from="praktik")
    return (
        row("k1", "Gitte Aagaard Madsen", spark=(2.4, 2.4, 2.5, 2.6, 2.7), phases=(Phase("passive", day("2025-04-01"),
            day("2025-08-01")), ACTIVE), running=(mentor,), standing="unknown_since",
            flag=flag("k1", "missing", ACTIVE, None, due=day("2026-11-07")),
            duty=Duty("assessment", day("2026-11-07"), True)),
        row("k2", "Karsten Bøgh Mikkelsen", spark=(2.6, 2.4, 2.9, 3.2, 3.4, 3.7, 3.3, 2.8), phases=(
            Phase("passive", day("2024-08-12"), day("2024-11-03")), PASSIVE), standing="regression", change=-0.8,
            since="2025-12-20", flag=flag("k2", "regression", PASSIVE, "start"),
            duty=Duty("follow_up", TODAY, False), draft=6),
        row("k3", "Hanne Bloch Iversen", spark=(2.0, 2.0, 2.1, 2.0, 2.0), phases=(Phase("waiting", day("2026-01-01"),
            day("2026-05-31"), ("w0",)), EXEMPT), running=(exempt,), standing="stagnation", change=0.0),
        row("k4", "Dennis Vestergaard", spark=(2.5, 2.6, 2.5, 2.5, 2.5), phases=(WAITING,), running=(waits, mentor),
            decision=Decision("k4", day("2026-09-01"), "flag:x", "start", "", day("2026-11-23"))),
        row("k5", "Nadja Petrović", spark=(2.4, 2.5, 2.7, 2.9, 3.1), phases=(ACTIVE,), running=(mentor, praktik),
            standing="progression", change=0.7, flag=flag("k5", "progression", ACTIVE, "continue", change=0.7)),
        row("k6", "Peter Sørensen Skovgaard", spark=(3.0,), phases=(Phase("passive", day("2026-10-29"), None),),
            standing="too_few", change=None, last_assessed=day("2026-11-02")),
        row("k7", "", phases=(), standing="too_few", duty=None, last_assessed=None),
    )  # fmt: skip


def page(many: int = 0, language: str = "da") -> TodayPage:
    made = list(rows())
    for i in range(many):
        source = made[i % 7]
        made.append(row(f"m{i}", f"Borger Nummer {i:02d}", spark=(2.1, 2.3, 2.6), phases=source.phases, running=()))
    meetings = (
        Meeting(
            "k2",
            "Karsten Bøgh Mikkelsen",
            Conversation("k2", TODAY, "c1", "planned", time="09:30"),
            False,
            "Ring til smerteklinikken",
        ),
        Meeting("k5", "Nadja Petrović", Conversation("k5", TODAY, "c2", "held", "phone"), True, ""),
    )
    return TodayPage(TODAY, tuple(made), meetings, TYPES, {"mha": "Mette Holm Andersen", "pd": "Pernille Dahl"})
