"""A team's figures made by hand: everything told, little told, nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from progression.analysis.combinations import Progress
from progression.casework.duties.timeliness import Timeliness
from progression.casework.passive_days import DayShare, month_days
from progression.casework.report_period import ReportPeriod
from progression.reports.team import team_pdf
from progression.reports.team_figures import Caseload, Count, TeamFigures
from progression.words import Words

TODAY = date(2026, 11, 19)
DAYS = month_days(TODAY, 12)


def row(combination, mean=None, near=False, citizens=31, caseworkers=6):
    ends = (None, None, None) if mean is None else (mean, mean - 0.02, mean + 0.02)
    return Progress(combination, near, citizens, 214.4, caseworkers, *ends)


TYPICAL = TeamFigures(
    team="Team Vest",
    period=ReportPeriod(date(2025, 12, 1), TODAY),
    citizens=341,
    caseworkers=7,
    open_flags=(Count("regression", 21, 21), Count("stagnation", 9, 9), Count("missing", 8, 8)),
    flags_total=Count("", 38, 38),
    long_waiting=Count("", 5, 5),
    decided=(Count("start", 110, 90), Count("continue", 60, 44), Count("adjust", 90, 71), Count("stop", 12, 12)),
    decided_total=Count("", 272, 180),
    decided_flags=Count("", 240, 160),
    shares=tuple(DayShare(day, 341, 75 - 2 * n, 38, 20) for n, day in enumerate(DAYS)),
    long_without=Count("", 23, 23),
    timeliness=(Timeliness("conversations", 214, 9, 6, (190, 9, 6)), Timeliness("assessments", 98, 14, 8, (98, 14, 8))),
    overdue=(Count("conversations", 9, 9), Count("assessments", 8, 8)),
    overdue_total=Count("", 17, 15),
    loads=tuple(Caseload(n, 40, 55) for n in (41, 44, 47, 49, 50, 52, 58)),
    changes=(Count("planned", 12, 12), Count("unplanned", 7, 7)),
    changed=Count("", 19, 19),
    changed_often=Count("", 48, 48),
    progress=(
        row("job", 0.024), row("job+social", 0.062), row("passive", -0.044), row("social", 0.006),
        row("waiting", -0.031), row("health", citizens=3), row("job", 0.01, near=True),
    ),
    scale={"da": "BIP", "en": "BIP"},
)  # fmt: skip
FEW = replace(
    TYPICAL,
    team="Team Nord",
    citizens=61,
    caseworkers=2,
    open_flags=(Count("regression", 33, 33), Count("stagnation", 3, 3), Count("missing", 17, 17)),
    flags_total=Count("", 53, 53),
    long_waiting=Count("", 51, 51),
    decided=(Count("start", 2, 2), Count("stop", 1, 1)),
    decided_total=Count("", 3, 3),
    decided_flags=Count("", 2, 2),
    shares=(DayShare(DAYS[-2], 61, 19, 3, 14), DayShare(DAYS[-1], 61, 58, 0, 0)),
    long_without=Count("", 56, 56),
    timeliness=(Timeliness("conversations", 43, 2, 16, (41, 2, 15)),),
    overdue=(Count("conversations", 16, 15), Count("assessments", 4, 4)),
    overdue_total=Count("", 20, 18),
    loads=(Caseload(27, 40, 55), Caseload(34, 40, 55)),
    changes=(Count("planned", 1, 1), Count("unplanned", 3, 3)),
    changed=Count("", 4, 4),
    changed_often=Count("", 59, 59),
    progress=(row("job", citizens=4), row("passive", caseworkers=2)),
)
NOBODY = replace(
    TYPICAL, team=None, citizens=0, caseworkers=0, open_flags=(), flags_total=Count("", 0, 0), loads=(), progress=(),
    shares=tuple(DayShare(day, 0, 0, 0, 0) for day in DAYS), timeliness=(), overdue=(), decided=(), changes=(),
    scale={},
)  # fmt: skip
QUIET = replace(NOBODY, citizens=40, caseworkers=4, shares=tuple(DayShare(day, 40, 0, 0, 0) for day in DAYS),
                overdue_total=Count("", 0, 0), decided_total=Count("", 0, 0), changed=Count("", 0, 0),
                long_waiting=Count("", 0, 0), decided_flags=Count("", 0, 0), changed_often=Count("", 0, 0),
                long_without=Count("", 0, 0), loads=tuple(Caseload(10, None, None) for _ in range(4)))  # fmt: skip


def made(figures=TYPICAL, language="da"):
    return team_pdf(figures, Words(language), author="Lars Kjeldsen", municipality="Sundvig", made_on=TODAY)
