"""The invented citizens' plans, screening notes and ended cases: drawn from each citizen's own number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from progression.casework.values import Citizen, Decision, Note, Outcome, PlanItem
from progression.desk.demo.around import own
from progression.desk.demo.people import Invented

HOLDING = "exempt_after_operation"  # whose goal for now is to hold the level
SCREENED_EVERY = 4  # of so many citizens one has been screened
EXPECTED = (
    ("Et job, hvor jeg kan være i fred", "Et småjob på 10 timer inden sommer"),
    ("At jeg kan klare en hel arbejdsdag", "15 timer om ugen i praktik med pauser"),
    ("At komme ud blandt andre igen", "Fast fremmøde to dage om ugen"),
    ("En uddannelse, jeg kan gøre færdig", "FVU afsluttet og et valg af retning"),
)
SUBGOALS = (
    ("hverdagsmestring", "Op til samme tid på hverdage"),
    ("helbredsmestring", "Kende tegnene og sige fra i tide"),
    ("tro_paa_job", "Prøve tre arbejdspladser af"),
    ("jobsoegning", "Skrive én ansøgning om ugen"),
)
AGREEMENTS = (
    ("Ringe til lægen om medicinen", "Borger", ""),
    ("Finde en praktikplads med skånehensyn", "Jobkonsulent", "Virksomhedsservice"),
    ("Holde møde med socialafdelingen om boligen", "Sagsbehandler", "Socialafdelingen"),
)
SCREENINGS = (
    ("physiotherapist", "Kan sidde 20 minutter og løfte 5 kg", "Træning på hold to gange om ugen"),
    ("psychologist", "Har svært ved at samle sig efter en time", "Samtaleforløb, og korte dage i praktik"),
    ("nurse", "Sover 4-5 timer og springer måltider over", "Mestringsforløb om søvn og kost"),
)
SIGNED = {"physiotherapist": "Fie Friis", "psychologist": "Palle Palm", "nurse": "Signe Skov"}
CAME = (
    "Aftalen blev holdt, og borgeren kom som aftalt.",
    "Det gik langsommere end ventet, men det er i gang.",
    "Pladsen gik tabt; der er fundet en anden.",
)
_OUTCOMES: dict[str, Outcome] = {"job": "job", "education": "education"}
_DAY = dt.timedelta(days=1)


def ended(one: Invented) -> Invented:
    """Return an invented citizen whose closed case says what it ended in."""
    values = tuple(
        replace(value, outcome=_OUTCOMES.get(value.closed_reason, "other"), closed_reason="")
        if isinstance(value, Citizen) and value.case_closed is not None
        else value
        for value in one.values
    )
    return replace(one, values=values)


def of(one: Invented, today: dt.date) -> Iterator[PlanItem | Note]:
    """Yield what the plan came to hold besides the first goal, and a screening note for some."""
    person = next(value for value in one.values if isinstance(value, Citizen))
    rng, last = own(one.truth.number + "plan"), person.case_closed or today
    who, number = person.citizen, one.truth.number
    begun = min(one.truth.first + 60 * _DAY, last)
    expects, ours = EXPECTED[int(rng.integers(len(EXPECTED)))]
    yield PlanItem(who, begun, expects, kind="outcome", side="citizen", status="open", id=f"{number}-F1")
    yield PlanItem(who, begun, ours, kind="outcome", side="caseworker", status="open", id=f"{number}-F2")
    indicator, text = SUBGOALS[int(rng.integers(len(SUBGOALS)))]
    due = last + int(rng.integers(20, 120)) * _DAY
    yield PlanItem(who, begun, text, indicator, by=due, kind="subgoal", status="open", id=f"{number}-D1")
    yield from _agreements(who, number, begun, last, int(rng.integers(len(AGREEMENTS))))
    if one.truth.pattern == HOLDING:
        day = max(begun, last - 30 * _DAY)
        yield PlanItem(
            who, day, "Fastholde det, der virker, til operationen er overstået", kind="goal", aim="hold",
            words="Lige nu skal jeg bare ikke tabe det, jeg har nået", status="open", id=f"{number}-M1",
        )  # fmt: skip
    if int(number[1:]) % SCREENED_EVERY == 0:
        profession, limitation, suggestion = SCREENINGS[int(rng.integers(len(SCREENINGS)))]
        day = min(one.truth.first + 40 * _DAY, last)
        yield Note(
            who, day, "screening", profession, limitation=limitation, suggestion=suggestion, signed=SIGNED[profession]
        )


def _agreements(who: str, number: str, begun: dt.date, last: dt.date, n: int) -> Iterator[PlanItem]:
    """One that was kept, and one from lately that stands."""
    text, by_whom, department = AGREEMENTS[n]
    made = PlanItem(
        who, begun, agreement=text, who=by_whom, by=min(begun + 30 * _DAY, last), kind="agreement", status="open",
        department=department, id=f"{number}-A1",
    )  # fmt: skip
    yield made
    if begun + 30 * _DAY < last:
        yield replace(made, date=begun + 30 * _DAY, status="done")
    text, by_whom, department = AGREEMENTS[(n + 1) % len(AGREEMENTS)]
    day = max(begun, last - 12 * _DAY)
    yield PlanItem(
        who, day, agreement=text, who=by_whom, by=last + 14 * _DAY, kind="agreement", status="open",
        department=department, id=f"{number}-A2",
    )  # fmt: skip


def with_outcomes(decisions: Sequence[Decision]) -> Iterator[Decision]:
    """Yield decisions about one thing, oldest first, each that was followed up with what came of it."""
    for n, one in enumerate(decisions):
        if n + 1 == len(decisions):
            yield one
        else:
            said = CAME[int(own(one.about).integers(len(CAME)))]
            yield replace(one, outcome=said, outcome_date=decisions[n + 1].date)
