"""What *I dag* says before anything is computed: who, what runs, what is due, whom I meet; from columns, so that a
caseload is read in the time of its rows and not of its courses.

The rows are those that `desk.today` makes of the courses, without trajectories and attention points; a test holds them
to it. In place of an attention point stands the date of the oldest that was shown and still waits, as far as dates,
decisions and phases say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progression.casework import talks, timeline
from progression.casework.duties import STANDING, duty, evaluate
from progression.casework.duties import Duty as Asked
from progression.casework.duties.facts import by_start
from progression.casework.plan import standing, text_of
from progression.casework.values import Citizen, Conversation, Intervention, Phase, PlanItem
from progression.desk import cohorts, duties
from progression.desk.duty_facts import Whose, gather
from progression.desk.pages import Duty, Meeting, TodayRow
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.analysis.settings import Settings
    from progression.casework.duties import Facts, Rulebook
    from progression.casework.duties.judging import Raw

SPARK_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Early:
    """A row, today's conversations, and since when the oldest attention point that was shown waits."""

    row: TodayRow
    meetings: tuple[Meeting, ...]
    waits: dt.date | None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a row needs beside the facts that the rules ask about, by citizen."""

    running: Mapping[str, tuple[Intervention, ...]]
    coming: Mapping[str, tuple[Conversation, ...]]  # today's and later ones
    contact: Mapping[str, dt.date]
    shown: Mapping[str, list[Mapping[str, Any]]]
    plans: Mapping[str, Sequence[PlanItem]]


def rows(session: Session, wanted: Collection[str]) -> Iterator[Early]:
    """Yield those of the citizens whose case is open, by number; nothing is logged."""
    from progression.store import queries

    rules, settings, today = duties.book(session), cohorts.settings(session), session.today()
    found = gather(session, rules.types, wanted)
    beside, installed = _beside(session, wanted), queries.scales(session.vault)
    since = today - dt.timedelta(days=round(SPARK_MONTHS * 30.44))
    for who in found.whose:
        facts = found.facts[who.citizen]
        if facts.closed and facts.closed < today.toordinal():
            continue
        running, coming = beside.running.get(who.citizen, ()), beside.coming.get(who.citizen, ())
        phases = _phases(facts, rules, settings.bridge_days)
        phase = timeline.phase_on(phases, today) if phases else None
        last = max((day for day in found.assessed.every.get(who.citizen, ()) if day <= facts.as_of), default=0)
        contact = beside.contact.get(who.citizen)
        row = TodayRow(
            citizen=who.citizen,
            number=who.number,
            name=who.name,
            phone=who.phone,
            running=running,
            phase=phase,
            spark=(),
            phases=tuple(p for p in phases if p.end is None or p.end >= since),
            trajectory=None,
            flag=None,
            decision=None,
            duty=first_due(who.citizen, evaluate(rules, facts, standing=True)),
            last_assessed=dt.date.fromordinal(last) if last else None,
            draft=None,
            scale=installed[found.assessed.scale.get(who.citizen, "bip")],
            days_since_contact=(today - contact).days if contact else None,
            next_talk=min((talk for talk in coming if talk.status == "planned"), key=talks.in_calendar, default=None),
        )
        meetings = tuple(meetings_of(who, coming, beside.plans.get(who.citizen, ()), today))
        yield Early(row, meetings, _waits(beside.shown.get(who.citizen, ()), facts, phase, last, settings))


def first_due(citizen: str, raws: Iterable[Raw]) -> Duty | None:
    """Return what is due first (`duties.next_of`), as the page shows it; no value is made of what is not."""
    standing = [raw for raw in raws if raw.state in STANDING and raw.due]
    if not standing:
        return None
    found = duty(citizen, min(standing, key=lambda raw: (raw.due, raw.row.rule.id, raw.about)))
    return shown(found)


def shown(found: Asked) -> Duty:
    """Return a duty that stands as pages show it."""
    assert found.due is not None
    return Duty(
        found.kind, found.due, found.overdue, found.text, found.planned, found.put_off, found.because, found.was_due
    )


def meetings_of(
    who: Whose | Citizen, coming: Iterable[Conversation], plan: Sequence[PlanItem], today: dt.date
) -> Iterator[Meeting]:
    """Yield today's conversations, each with the agreement made last of those that still stand in the plan."""
    for talk in coming:
        if talk.date == today and talk.status in ("planned", "held", "missed"):
            agreed = [one.now for one in standing(plan, talk.date).agreements]
            last = max(agreed, key=lambda one: (one.date, one.event), default=None)
            said = text_of(last) if last is not None else ""
            yield Meeting(who.citizen, who.name, talk, talk.status == "held", said, who.number, who.phone)


def _phases(facts: Facts, rules: Rulebook, bridge: int) -> tuple[Phase, ...]:
    if not facts.start:
        return ()
    every = sorted((*facts.rows, *facts.shut), key=by_start)
    made = [(row.start, row.end, timeline.kind_of(rules.types.get(row.type)), row.id) for row in every]
    return timeline.phases_of(made, facts.first or facts.start, facts.closed or facts.as_of, bridge, not facts.closed)


def _beside(session: Session, wanted: Collection[str]) -> _Beside:
    from progression.store import caseload
    from progression.store.talks import last_contacts

    v, today = session.vault, session.today()
    coming = caseload.values_of(v, "conversation.set", wanted, "date >= ?", today.isoformat())
    met = [who for who, found in coming.items() if any(talk.date == today for talk in found)]
    plans = caseload.values_of(v, "plan.set", met, "date <= ?", today.isoformat()) if met else {}
    now = (today.isoformat(), today.isoformat())
    return _Beside(
        running=caseload.values_of(v, "intervention.set", wanted, 'start <= ? AND ("end" IS NULL OR "end" >= ?)', *now),
        coming=coming,
        contact=last_contacts(v, today, wanted),
        shown=caseload.shown_flags(v, wanted),
        plans=plans,
    )


def _waits(
    shown: Iterable[Mapping[str, Any]], facts: Facts, phase: Phase | None, last: int, settings: Settings
) -> dt.date | None:
    """The day of the oldest attention point that had been shown and waits for a decision, None without one.

    One about a phase holds while the phase runs, a missing assessment until one comes; a decision silences one until
    its follow-up, one without for good (`analysis.flags`).
    """
    decided: dict[str, tuple[int, int]] = {}
    for day, about, follow_up, *_ in facts.decisions:
        decided[about] = (day, follow_up)
    found, today = list[dt.date](), facts.as_of
    for body in shown:
        raised = dt.date.fromisoformat(body["raised_on"])
        shown_on = dt.date.fromisoformat(body.get("shown_on", body["raised_on"])).toordinal()
        missing = body["kind"] == "missing"
        if shown_on > today or body["kind"] in settings.off or body.get("method", "trajectory") != settings.method:
            continue
        if missing and last >= raised.toordinal():
            continue
        if not missing and (phase is None or phase.start.isoformat() != body["phase"]["start"]):
            continue
        day, follow_up = decided.get(f"flag:{body['id']}", (0, 0))
        if day and not (missing and day < raised.toordinal()) and (not follow_up or today < follow_up):
            continue
        found.append(raised)
    return min(found, default=None)
