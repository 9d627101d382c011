"""One invented citizen at a time: who, what ran, who asked, what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from progression.casework.values import (
    NOT_RATED,
    Answer,
    Assessment,
    Assignment,
    CategoryMembership,
    Citizen,
    Conversation,
    Intervention,
    Mode,
    Note,
    Person,
    PlanItem,
)
from progression.desk.demo import names
from progression.desk.demo.courses import WHOLE, Pattern, Truth, on, stretch_days, true_levels
from progression.scales.model import Rater, Scale

# Noise as the field knows it: people differ, caseworkers differ, days differ, items differ, and not all is answered.
CASEWORKER_HABIT_SD = 0.20
PAIR_SD = 0.12
CITIZEN_BIAS_MEAN, CITIZEN_BIAS_SD = 0.30, 0.30
DAY_SD = 0.12
ITEM_SD = 0.45
ITEM_NOT_RATED = 0.04
CITIZEN_SILENT = 0.12
EVERYDAY_FALL_WHEN_PASSIVE = 0.9  # hverdagsmestring falls faster than the whole without an intervention (domain.md)


@dataclass(frozen=True, slots=True)
class Invented:
    """Everything about one invented citizen, as the values a caseworker would have entered, and the truth."""

    truth: Truth
    values: tuple[
        Citizen | Assignment | Assessment | Intervention | Conversation | CategoryMembership | PlanItem | Note, ...
    ]


def draw_name(rng: np.random.Generator, used: set[str]) -> str:
    """Return a name nobody in `used` has, and add it."""
    while True:
        given = str(rng.choice(names.WOMEN if rng.random() < 0.5 else names.MEN))
        middle = f"{rng.choice(names.LAST)} " if rng.random() < 0.3 else ""
        name = f"{given} {middle}{rng.choice(names.LAST)}"
        if name not in used:
            used.add(name)
            return name


def colleagues(rng: np.random.Generator, used: set[str], caseworkers: int) -> list[Person]:
    """The caseworkers and, last, their team lead. Keys are initials, as colleagues write them."""
    people: list[Person] = []
    while len(people) <= caseworkers:
        name = draw_name(rng, used)
        key = "".join(part[0] for part in name.split()).lower()
        if key in {person.person for person in people}:
            continue
        role = "teamleder" if len(people) == caseworkers else "sagsbehandler"
        phone, email = f"00 00 00 {len(people) + 1:02d}", f"{key}@sundvig.example"
        people.append(Person(key, name, role, names.TEAM, phone, email, 45.0 if role == "sagsbehandler" else None))
    return people


class Inventor:
    """Draws one citizen from a generator. `citizen` ids are given by the caller, so that they are random per vault."""

    def __init__(
        self, rng: np.random.Generator, scale: Scale, today: dt.date, caseworkers: list[str], used: set[str]
    ) -> None:
        self.rng = rng
        self.scale = scale
        self.today = today
        self.caseworkers = caseworkers
        self.habits = {key: float(rng.normal(0, CASEWORKER_HABIT_SD)) for key in caseworkers}
        self.used = used

    def invent(self, citizen: str, number: str, pattern: Pattern, caseworker: int) -> Invented:
        """Return a citizen with this pattern, now with this caseworker (index into `caseworkers`)."""
        days = stretch_days(self.rng, pattern)
        end = self.today - dt.timedelta(days=30) if pattern.ending else self.today
        first = end - dt.timedelta(days=sum(days) - 1)
        levels = true_levels(self.rng, pattern, days)
        truth = Truth(number, pattern.name, first, levels)
        person = self._citizen(citizen, number, pattern, first, end)
        assignments = list(self._assignments(citizen, pattern, first, end, caseworker))
        interventions = list(self._interventions(citizen, number, pattern, days, first, end))
        conversations = list(self._conversations(citizen, number, pattern, first, end))
        assessments = list(self._assessments(person, truth, pattern, days, assignments, interventions, conversations))
        extras = list(self._extras(citizen, first, end))
        return Invented(truth, (person, *assignments, *interventions, *conversations, *assessments, *extras))

    def _citizen(self, citizen: str, number: str, pattern: Pattern, first: dt.date, end: dt.date) -> Citizen:
        rng = self.rng
        name = draw_name(rng, self.used)
        born = first - dt.timedelta(days=int(rng.uniform(25, 60) * 365.25))
        return Citizen(
            citizen,
            number,
            name,
            born=born,
            benefit_start=first,
            team=names.TEAM,
            phone=f"00 00 {rng.integers(10, 99)} {rng.integers(10, 99)}",
            case_closed=end if pattern.ending else None,
            closed_reason=pattern.ending,
            target_group="Aktivitetsparat",
            language="da",
        )

    def _assignments(
        self, citizen: str, pattern: Pattern, first: dt.date, end: dt.date, caseworker: int
    ) -> Iterator[Assignment]:
        span = (end - first).days
        cuts = sorted(
            first + dt.timedelta(days=int(span * self.rng.uniform(0.3, 0.75))) for _ in range(pattern.changes)
        )
        starts = [first, *cuts]
        for i, start in enumerate(starts):
            key = self.caseworkers[(caseworker + len(starts) - 1 - i) % len(self.caseworkers)]
            last = starts[i + 1] - dt.timedelta(days=1) if i + 1 < len(starts) else None
            yield Assignment(citizen, key, start, last, reason="" if i == 0 else "Omfordeling af sager")

    def _interventions(
        self, citizen: str, number: str, pattern: Pattern, days: list[int], first: dt.date, end: dt.date
    ) -> Iterator[Intervention]:
        running: dict[str, dt.date] = {}
        start = first
        serial = 0
        for stretch, length in zip([*pattern.stretches, None], [*days, 0], strict=True):
            wanted = stretch.types if stretch else ()
            for code in [c for c in running if c not in wanted]:
                serial += 1
                ended = start - dt.timedelta(days=1)
                over = stretch is not None or bool(pattern.ending)
                yield self._intervention(
                    citizen, f"{number}-{serial}", code, running.pop(code), ended if over else None
                )
            for code in wanted:
                if code not in running:
                    late = int(self.rng.integers(0, 12)) if running else 0
                    running[code] = start + dt.timedelta(days=late)
            start += dt.timedelta(days=length)

    def _intervention(self, citizen: str, key: str, code: str, start: dt.date, end: dt.date | None) -> Intervention:
        hours = {"virksomhedspraktik": 12.0, "smaajob": float(self.rng.integers(3, 10)), "mentor": 2.0}.get(code)
        planned = (
            None
            if end or code in ("venter", "bostoette")
            else self.today + dt.timedelta(days=int(self.rng.integers(20, 150)))
        )
        return Intervention(
            citizen,
            key,
            code,
            start,
            title=names.TITLES[code],
            provider=str(self.rng.choice(names.PROVIDERS[code])),
            planned_end=planned,
            end=end,
            ended_because="Aftalt forløb slut" if end else "",
            hours_per_week=hours,
            waiting_for="Smerteklinik" if code == "venter" else "",
            exempt_from="activation" if code == "fritaget" else "",
            review_date=self.today + dt.timedelta(days=30) if code == "fritaget" else None,
            reason="Efter operation" if code == "fritaget" else "",
        )

    def _conversations(
        self, citizen: str, number: str, pattern: Pattern, first: dt.date, end: dt.date
    ) -> Iterator[Conversation]:
        day = first + dt.timedelta(days=int(self.rng.integers(3, 14)))
        last = end - dt.timedelta(days=pattern.silent_days)
        serial = 0
        while day <= last - dt.timedelta(days=1):
            serial += 1
            status = "cancelled" if self.rng.random() < 0.08 else "held"
            form = str(self.rng.choice(["person", "person", "person", "phone"]))
            yield Conversation(citizen, day, f"{number}-S{serial}", status, form)
            day += dt.timedelta(days=int(self.rng.integers(38, 52)))

    def _assessments(
        self,
        person: Citizen,
        truth: Truth,
        pattern: Pattern,
        days: list[int],
        assignments: list[Assignment],
        interventions: list[Intervention],
        conversations: list[Conversation],
    ) -> Iterator[Assessment]:
        rng = self.rng
        offsets = dict(
            zip([i.code for i in self.scale.indicators], rng.normal(0, 0.35, len(self.scale.indicators)), strict=True)
        )
        pairs = {a.caseworker: self.habits[a.caseworker] + float(rng.normal(0, PAIR_SD)) for a in assignments}
        if truth.pattern == "new_caseworker_rates_lower":
            pairs[assignments[-1].caseworker] -= 0.5
        own = float(rng.normal(CITIZEN_BIAS_MEAN, CITIZEN_BIAS_SD))
        next_due = truth.first
        for talk in conversations:
            if talk.status != "held" or talk.date < next_due:
                continue
            next_due = talk.date + dt.timedelta(days=75)
            asker = next(a.caseworker for a in reversed(assignments) if a.start <= talk.date)
            stretch = on(pattern, days, (talk.date - truth.first).days)
            # what one indicator moves alone is in the true level; the others are where they were
            level = truth.level(talk.date) - stretch.alone / WHOLE + float(rng.normal(0, DAY_SD))
            passive = _days_without(interventions, talk.date)
            everyday = -EVERYDAY_FALL_WHEN_PASSIVE * min(passive, 240) / 365.25
            note = str(rng.choice(names.CONVERSATION_NOTES)) if rng.random() < 0.4 else ""
            seen = level + pairs[asker] - stretch.apart / 2
            answers = self._answers("caseworker", seen, offsets, everyday + stretch.alone)
            entered = dt.datetime.combine(talk.date, dt.time(14, 2), dt.UTC)
            common = {
                "scale": self.scale.id,
                "date": talk.date,
                "assessor": asker,
                "conversation": talk.id,
                "entered": entered,
            }
            yield Assessment(person.citizen, "caseworker", answers=answers, note=note, **common)  # type: ignore[arg-type]
            if rng.random() > CITIZEN_SILENT:
                mode: Mode = "phone" if talk.form == "phone" else "self"
                seen = level + own + stretch.apart / 2
                answers = self._answers("citizen", seen, offsets, everyday / 3 + stretch.alone)
                yield Assessment(person.citizen, "citizen", answers=answers, mode=mode, **common)  # type: ignore[arg-type]

    def _answers(self, rater: Rater, level: float, offsets: dict[str, float], everyday: float) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for indicator in self.scale.rated_by(rater):
            if self.rng.random() < ITEM_NOT_RATED:
                answers[indicator.code] = NOT_RATED
                continue
            shift = everyday if indicator.code == "hverdagsmestring" else 0.0
            felt = level + offsets[indicator.code] + shift + self.rng.normal(0, ITEM_SD)
            answers[indicator.code] = int(np.clip(np.rint(felt), self.scale.minimum, self.scale.maximum))
        return answers

    def _extras(self, citizen: str, first: dt.date, end: dt.date) -> Iterator[CategoryMembership | PlanItem | Note]:
        rng = self.rng
        span = max((end - first).days, 60)
        yield CategoryMembership(citizen, "Behov for støtte", first)
        goal, agreement = names.GOALS[int(rng.integers(len(names.GOALS)))]
        made = first + dt.timedelta(days=min(45, span // 2))
        yield PlanItem(
            citizen, made, goal, agreement=agreement, who="Borger", by=end + dt.timedelta(days=60), status="open"
        )
        for part in sorted(rng.uniform(0.2, 0.95, int(rng.integers(0, 3)))):
            day = first + dt.timedelta(days=int(span * part))
            yield Note(citizen, min(day, end), "small_step", text=str(rng.choice(names.SMALL_STEPS)))


def _days_without(interventions: list[Intervention], day: dt.date) -> int:
    """Days since anything last ran (waiting and exemption are not something that runs)."""
    active = [i for i in interventions if i.type not in ("venter", "fritaget") and i.start <= day]
    if not active or any(i.end is None or i.end >= day for i in active):
        return 0
    return min((day - i.end).days for i in active if i.end is not None)
