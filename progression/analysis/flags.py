"""Flags as values: made only for what is raised, with everything a person needs to recompute them by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from progression.analysis.cohort import NEVER
from progression.analysis.looks import HALF_YEAR, MIC_SHARE, Basis, Looks
from progression.analysis.moves import known_phases
from progression.analysis.raised import KINDS, MISSING, Event, Events, first_raised, shown
from progression.analysis.values import Flag, FlagKind, Status, Suggestion
from progression.casework.timeline import PASSIVE, STATES
from progression.casework.values import Decision, Phase, State

_SUGGESTIONS: dict[tuple[FlagKind, State], Suggestion] = {
    ("regression", "passive"): "start",
    ("regression", "waiting"): "start",
    ("regression", "exempt"): "review",
    ("regression", "active"): "adjust",
    ("stagnation", "active"): "adjust",
    ("stagnation", "passive"): "start",
    ("stagnation", "waiting"): "start",
    ("progression", "active"): "continue",
}


def flag_id(number: str, scale: str, kind: str, indicator: str | None, start: date) -> str:
    """Return the id of a flag: 16 hex digits of SHA-256 over citizen number, scale, kind, indicator and phase start.

    The same facts give the same id on every device (architecture.md, Journal).
    """
    text = "\n".join((number, scale, kind, indicator or "", start.isoformat()))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def phase_value(basis: Basis, index: int) -> Phase:
    """Return a phase of the cohort as a value. `interventions` are the rows that make it so, where ids are known."""
    columns, rows = basis.phases, basis.cohort.interventions
    who, start, end = int(columns.who[index]), int(columns.start[index]), int(columns.end[index])
    state = int(columns.state[index])
    ids: tuple[str, ...] = ()
    if len(rows.ids):
        until = min(end, basis.as_of)
        ids = tuple(
            rows.ids[i]
            for i in sorted(rows.of(who), key=lambda i: int(rows.start[i]))
            if rows.kind[i] == state != PASSIVE and rows.start[i] <= until and rows.end[i] >= start
        )
    return Phase(STATES[state], date.fromordinal(start), None if end == NEVER else date.fromordinal(end), ids)


def make_flag(basis: Basis, looks: Looks, event: Event) -> Flag:
    """Return the flag of an event, open and undecided, with the numbers of the day it was raised."""
    cohort, estimates, scale = basis.cohort, basis.estimates, basis.cohort.scale
    kind = KINDS[event.kind]
    phase = phase_value(basis, event.phase)
    number = cohort.numbers[event.who]
    plain = Flag(
        id=flag_id(number, scale.id, kind, None, phase.start),
        citizen=cohort.citizens[event.who],
        number=number,
        scale=scale.id,
        kind=kind,
        indicator=None,
        rater="both",
        phase=phase,
        raised_on=date.fromordinal(event.day),
        baseline=None,
        level=None,
        change=None,
        change_sd=None,
        margin=None,
        evidence=None,
        suggestion=_SUGGESTIONS.get((kind, phase.state)),
        estimates=estimates.name,
        caseworker_changed=_caseworker_changed(basis, event),
        assessments_in_phase=int(looks.in_phase[event.step]),
    )
    if event.kind == MISSING:
        return replace(plain, due=date.fromordinal(event.due))
    at = event.step
    margin = looks.margin_rise if kind == "progression" else looks.margin_fall
    limit = float(looks.limit[at])
    return replace(
        plain,
        baseline=float(basis.filtered.origin[at]),
        level=float(basis.filtered.level[at]),
        change=float(looks.change[at]),
        change_sd=float(looks.change_sd[at]),
        margin=float(margin[at]),
        evidence=float(looks.evidence[at]),
        rate_limit=limit if kind == "stagnation" else None,
        numbers=_numbers(basis, looks, event, kind),
    )


def _numbers(basis: Basis, looks: Looks, event: Event, kind: FlagKind) -> tuple[tuple[str, float | str], ...]:
    at, scale, estimates = event.step, basis.cohort.scale, basis.estimates
    c = estimates.c_progression if kind == "progression" else estimates.c_regression
    mic = scale.minimal_important_change
    rows: list[tuple[str, float | str]] = [
        ("mic", mic),
        ("mic_share", mic / MIC_SHARE),
        ("c", c),
        ("change_sd", float(looks.change_sd[at])),
        ("baseline", float(basis.filtered.origin[at])),
        ("level", float(basis.filtered.level[at])),
        ("change", float(looks.change[at])),
        ("evidence", float(looks.evidence[at])),
        ("days_in_phase", float(event.day - event.start)),
        ("rounds", float(looks.rounds[at])),
    ]
    if kind == "stagnation":
        rows += [
            ("drift_per_year", float(looks.rate[at])),
            ("drift_sd", float(looks.rate_sd[at])),
            ("z", float(estimates.parameters["z_stagnation"])),
            ("years", HALF_YEAR),
            ("rate_limit", float(looks.limit[at])),
        ]
    return tuple(rows)


def _caseworker_changed(basis: Basis, event: Event) -> date | None:
    """The last caseworker change that the phase's own assessments up to the flag's day felt.

    The day the new one took over where assignments tell, else the day of their first assessment.
    """
    seen, table = basis.seen, basis.cohort.assignments
    rows = [i for i in seen.of(event.who) if seen.changed[i] and event.start <= seen.day[i] <= event.day]
    if not rows:
        return None
    day, person = int(seen.day[rows[-1]]), seen.assessor[rows[-1]]
    began = table.start[(table.who == event.who) & (table.person == person) & (table.start <= day)]
    return date.fromordinal(int(began.max()) if len(began) else day)


def history(basis: Basis, looks: Looks, found: Events, everything: bool = False) -> tuple[Flag, ...]:
    """Return every flag that would have been shown had nobody decided anything, or (`everything`) could be raised."""
    pick = first_raised if everything else shown
    touched = np.unique(found.table[:, 0]).tolist()
    flags = [make_flag(basis, looks, event) for who in touched for event in pick(found.of(who))]
    return tuple(sorted(flags, key=lambda f: (f.raised_on, f.number, KINDS.index(f.kind))))


def current(
    basis: Basis,
    looks: Looks,
    found: Events,
    decisions: Iterable[Decision] = (),
    recorded: Sequence[Flag] = (),
) -> tuple[Flag, ...]:
    """Return the flags as they stand on the as-of date.

    Open, silenced and decided ones that still hold; decided ones that no longer hold; and those once shown
    (`recorded`) that later facts took away, as "withdrawn" with the reason: "answered" (the missing assessment came),
    "case_closed", "phase_ended", "later_answers" (the condition no longer holds) or "corrected" (it never held by
    today's facts). Sorted by date raised and number.
    """
    latest = _latest(decisions, basis.as_of)
    before: dict[str, list[Flag]] = {}
    for flag in recorded:
        before.setdefault(flag.citizen, []).append(flag)
    out: list[Flag] = []
    holding = _holding(basis, looks, found)
    asked = {basis.cohort.index[c] for c in before if c in basis.cohort.index}
    asked |= {basis.cohort.index[d.citizen] for d in latest.values() if d.citizen in basis.cohort.index}
    for who in sorted(set(holding) | asked):
        flags = [make_flag(basis, looks, e) for e in _standing_events(found, who, holding.get(who, ()))]
        out += [_with_decision(f, latest.get(f.id), basis.as_of) for f in flags]
        if who in asked:
            known = {f.id for f in flags}
            gone = _gone(basis, looks, found, who, before.get(basis.cohort.citizens[who], ()), latest)
            out += [f for f in gone if f.id not in known]
    return tuple(sorted(out, key=lambda f: (f.raised_on, f.number, KINDS.index(f.kind))))


def _latest(decisions: Iterable[Decision], as_of: int) -> dict[str, Decision]:
    """The last decision about each flag id, taken by the as-of date."""
    out: dict[str, Decision] = {}
    about = (d for d in decisions if d.about.startswith("flag:") and d.date.toordinal() <= as_of)
    for decision in sorted(about, key=lambda d: (d.date, d.event)):
        out[decision.about.removeprefix("flag:")] = decision
    return out


def _holding(basis: Basis, looks: Looks, found: Events) -> dict[int, tuple[tuple[int, int], ...]]:
    """Per citizen the (kind, phase start) that hold on the as-of date: at the last look, in the phase still running."""
    table, step = found.table, basis.step
    if not len(table):
        return {}
    final = step.bounds[1:] - 1
    who = table[:, 0]
    now = known_phases(who, basis.last[who], basis.phases, basis.bridge_days).phase
    start_now = np.append(basis.phases.start, 0)[now]
    running = basis.cohort.closed > basis.as_of
    holds = (
        (table[:, 3] == final[who]) & running[who] & ((start_now == table[:, 5]) | (table[:, 2] == MISSING))
    )
    out: dict[int, tuple[tuple[int, int], ...]] = {}
    for row in table[holds].tolist():
        out[row[0]] = (*out.get(row[0], ()), (row[2], row[5]))
    return out


def _standing_events(found: Events, who: int, holding: Iterable[tuple[int, int]]) -> list[Event]:
    """The events behind the flags that hold and were shown: each as first shown, a missing one as it lapsed last."""
    wanted = set(holding)
    if not wanted:
        return []
    everything = list(found.of(who))
    taken = list(shown(everything))
    out = [e for e in taken if (e.kind, e.start) in wanted and e.kind != MISSING]
    spent = {e.round for e in taken if e.kind != MISSING}
    last = everything[-1]
    if last.kind == MISSING and (MISSING, last.start) in wanted and last.round not in spent:
        out.append(last)
    return out


def _with_decision(flag: Flag, decision: Decision | None, as_of: int) -> Flag:
    """A decision silences a flag until its follow-up date; without one it is settled for this phase."""
    if decision is None or (flag.kind == "missing" and decision.date < flag.raised_on):
        return flag
    status: Status = "decided"
    if decision.follow_up is not None:
        status = "silenced" if as_of < decision.follow_up.toordinal() else "open"
    return replace(flag, status=status, follow_up=decision.follow_up)


def _gone(
    basis: Basis,
    looks: Looks,
    found: Events,
    who: int,
    recorded: Iterable[Flag],
    latest: Mapping[str, Decision],
) -> list[Flag]:
    """Flags of a citizen that were shown or decided once and do not stand any more."""
    computed = {f.id: f for f in (make_flag(basis, looks, e) for e in first_raised(found.of(who)))}
    # as first shown, where that was later than it could be
    computed |= {f.id: f for f in (make_flag(basis, looks, e) for e in shown(found.of(who)))}
    stored = {f.id: f for f in recorded if f.scale == basis.cohort.scale.id}
    out: list[Flag] = []
    for identity in {**stored, **{i: f for i, f in computed.items() if i in latest}}:
        flag = stored.get(identity) or computed[identity]
        decision = latest.get(identity)
        if decision is not None:
            out.append(replace(flag, status="decided", follow_up=decision.follow_up))
        else:
            because = _because(basis, who, flag, identity in computed)
            out.append(replace(flag, status="withdrawn", withdrawn_because=because))
    return out


def _because(basis: Basis, who: int, flag: Flag, computed: bool) -> str:
    if not computed:
        return "corrected"
    if basis.cohort.closed[who] <= basis.as_of:
        return "case_closed"
    if flag.kind == "missing":
        return "answered"
    one = np.array([who])
    now = int(known_phases(one, basis.last[one], basis.phases, basis.bridge_days).phase[0])
    if now < 0 or int(basis.phases.start[now]) != flag.phase.start.toordinal():
        return "phase_ended"
    return "later_answers"
