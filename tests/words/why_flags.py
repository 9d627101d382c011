"""Attention points of every kind, about the whole scale and about one indicator, by the model and by the rules."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

from progression.analysis.values import Estimates, Flag, Shown
from progression.casework.values import Decision, Phase
from progression.charts.grounds import Grounds, Seen
from progression.scales import library

SCALES = dict(library.builtin())
TODAY = dt.date(2026, 11, 19)
START = dt.date(2025, 12, 20)
MEASURED = dt.date(2026, 11, 3)
ESTIMATES = Estimates(
    "bip", dt.date(2026, 4, 1), 412, "fitted", 10.0, 1.024, 1.019,
    rates={"10": {"found": 0.669, "real": 0.773, "c_indicator": 2.61, "c_gap": 1.6}},
)  # fmt: skip
KINDS = ("regression", "stagnation", "progression", "disagreement", "missing")
STATUSES = ("open", "decided", "silenced", "withdrawn")
RULES = {"p_limit": 0.005, "gain_share": 0.5, "rounds": 4, "months": 9}


def flag_of(
    kind="regression", *, scale="bip", indicator=None, status="open", method="trajectory", baseline=3.44, change=0.79,
    sd=0.387, **more,
):  # fmt: skip
    """A flag whose figures belong together, as the analysis would make it. `change`: its size, in steps."""
    better, mic = SCALES[scale].better, SCALES[scale].minimal_important_change
    plain = Flag(
        id="0123456789abcdef", citizen="c1", number="H00012", scale=scale, kind=kind, indicator=indicator,
        rater="both", phase=Phase("passive" if kind != "stagnation" else "active", START, None),
        raised_on=dt.date(2026, 5, 26), baseline=None, level=None, change=None, change_sd=None, margin=None,
        evidence=None, suggestion="start" if kind == "regression" else None, status=status, method=method,
        estimates=ESTIMATES.name if method == "trajectory" else "", assessments_in_phase=4, measured_on=MEASURED,
        withdrawn_because="later_answers" if status == "withdrawn" else "",
        follow_up=dt.date(2027, 2, 19) if status == "silenced" else None,
    )  # fmt: skip
    made = _MAKERS[method if kind != "missing" else "missing"](plain, mic, better, baseline, change, sd)
    return replace(made, **more)


def _model(flag, mic, better, baseline, size, sd):
    if flag.kind == "disagreement":
        return _gap(flag, mic, baseline, size, sd)
    signed = better * size * (1 if flag.kind == "progression" else -1)
    if flag.kind == "stagnation":
        signed = better * 0.07 * mic
    c = 2.61 if flag.indicator else 1.019 if flag.kind == "progression" else 1.024
    numbers = [("mic", mic), ("mic_share", mic / 3), ("c", c), ("change_sd", sd), ("days_in_phase", 318)]
    limit = None
    if flag.kind == "stagnation":
        rate, rate_sd = 0.21 * mic, 0.83 * mic
        limit = 0.5 * (rate + 1.645 * rate_sd)
        numbers += [("drift_per_year", better * rate), ("drift_sd", rate_sd), ("z", 1.645), ("years", 0.5)]
        numbers += [("rate_limit", limit)]
    return replace(
        flag, baseline=baseline, level=baseline + signed, change=signed, change_sd=sd, margin=max(mic / 3, c * sd),
        evidence=abs(signed) / sd, rate_limit=limit, numbers=tuple(numbers),
    )  # fmt: skip


def _gap(flag, mic, citizen, size, sd):
    usual, c = -0.213, 1.6
    gap = usual - max(size, c * sd, mic / 3) * 1.31
    numbers = (("c", c), ("citizen", citizen), ("caseworker", citizen + gap), ("gap", gap), ("usual_gap", usual))
    return replace(
        flag, baseline=citizen, level=citizen + gap, change=gap, change_sd=sd, margin=max(mic / 3, c * sd),
        numbers=numbers,
    )  # fmt: skip


def _rules(flag, mic, better, baseline, size, _sd):
    if flag.kind == "disagreement":
        return _gap(flag, mic, baseline, size, _sd)
    standing = flag.kind == "stagnation"
    signed = better * (0.07 * mic if standing else size if flag.kind == "progression" else -size)
    down, up = (8, 0) if flag.kind == "regression" else (0, 8) if flag.kind == "progression" else (2, 3)
    p = math.comb(8, 8) / 2**8
    numbers = [("moved_down", down), ("moved_up", up), *([] if standing else [("p", p)]), ("mic", mic)]
    numbers += [
        ("answers_caseworker", 10),
        ("answers_citizen", 9),
        ("rounds_in_phase", 5),
        *RULES.items(),
        ("false_regression", 3.1),
        ("false_progression", 2.9),
        ("real", 0.9),
    ]
    numbers += [("improvers_wrong", 0.04)]
    margin = 0.5 * mic if standing else mic / 3
    return replace(
        flag, baseline=baseline, level=baseline + signed, change=signed, margin=margin, numbers=tuple(numbers)
    )


def _missing(flag, _mic, _better, _baseline, _size, _sd):
    because = "answered" if flag.status == "withdrawn" else ""
    return replace(
        flag, raised_on=dt.date(2026, 11, 7), due=dt.date(2026, 11, 6), measured_on=None, withdrawn_because=because
    )


_MAKERS = {"trajectory": _model, "rules": _rules, "missing": _missing}


def grounds_for(flag, *, opposite=False, informed=False):
    """What the flag rests on: four rounds of both raters, a change of caseworker, and what was decided."""
    own = (3.8, 3.6, 3.9, 4.0) if opposite else (3.8, 3.4, 3.1, 3.0)
    days = (dt.date(2025, 11, 26), dt.date(2026, 2, 24), dt.date(2026, 5, 26), dt.date(2026, 8, 25))
    whom = ("Pernille Dahl", "Mette Holm Andersen", "Mette Holm Andersen", "Mette Holm Andersen")
    rows = []
    for day, who, one, other in zip(days, whom, (3.7, 3.2, 2.7, 2.4), own, strict=True):
        rows += [Seen(day, "caseworker", one, who), Seen(day, "citizen", other)]
    if flag.indicator is not None:
        rows = [replace(row, value=float(round(row.value))) for row in rows]
    decided = ()
    if flag.status in ("decided", "silenced"):
        decided = (Decision("c1", dt.date(2026, 5, 27), f"flag:{flag.id}", "start", "", flag.follow_up),)
    return Grounds(
        today=TODAY, answers=tuple(rows), last=dt.date(2026, 8, 6) if flag.kind == "missing" else days[-1],
        decisions=decided, first=Shown(dt.date(2026, 5, 27), flag), informed=informed,
    )  # fmt: skip
