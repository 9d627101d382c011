"""*Indsatser*: what runs, for whom, with whom; who waits and since when; exemptions; with nothing agreed afterwards.

Sorted by dates only: what ends first, who has waited longest, what is reviewed first.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from progression.casework import waiting
from progression.casework.categories import CategorySet
from progression.casework.values import Citizen, Intervention, InterventionType
from progression.desk import categories, citizens, cohorts, flags, offers, people, periods
from progression.desk.offers import SOON_DAYS, Places, ProviderLine
from progression.desk.session import Session

if TYPE_CHECKING:
    from progression.analysis.values import Flag

_KEPT = "interventions_page"
STANDSTILL = ("stagnation", "regression")  # of a running intervention: "without progression"


@dataclass(frozen=True, slots=True)
class RunningRow:
    """One intervention that runs, or is agreed and has not begun (`begun` False). `last`: its last day as far as it is
    known. `earlier`: how many of its type the citizen had begun before; `beside`: how many others run for the citizen;
    `flag`: the kind of an open attention point about the citizen while active, "" without one."""

    intervention: Intervention
    name: str
    number: str
    bip_type: str
    begun: bool
    last: dt.date | None
    earlier: int
    beside: int
    flag: str = ""

    def ends_soon(self, today: dt.date) -> bool:
        """Whether it ends within SOON_DAYS, or should have ended."""
        return self.begun and self.last is not None and (self.last - today).days <= SOON_DAYS


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A wait, what others waited for the same, and what runs for the citizen meanwhile."""

    wait: waiting.Wait
    others: waiting.Others
    intervention: Intervention
    name: str
    number: str
    meanwhile: tuple[Intervention, ...]


@dataclass(frozen=True, slots=True)
class ExemptRow:
    """An exemption that is in force."""

    intervention: Intervention
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class AheadRow:
    """A citizen whose last active intervention ends on `last`, soon, with nothing agreed afterwards."""

    citizen: str
    name: str
    number: str
    last: dt.date
    interventions: tuple[Intervention, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The kind of each citizen's attention point, for one way of looking, at a mark of `vault.memory`."""

    key: tuple[object, ...]
    mark: int
    flagged: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class InterventionsPage:
    """The page on one day. `running` holds what is agreed and has not begun too. `citizens`: (id, name, number) of
    those an intervention can be started for."""

    today: dt.date
    types: Mapping[str, InterventionType]
    running: tuple[RunningRow, ...]
    waiting: tuple[WaitingRow, ...]
    exempt: tuple[ExemptRow, ...]
    ahead: tuple[AheadRow, ...]
    providers: tuple[ProviderLine, ...]
    offers: tuple[Places, ...]
    categories: CategorySet
    citizens: tuple[tuple[str, str, str], ...]
    caseworkers: Mapping[str, str] = field(default_factory=dict)


def page(session: Session, mine: bool = True) -> InterventionsPage:
    """Return the page for my own citizens, or for the whole team. One line in the access log."""
    from progression.store import queries
    from progression.store.access import Act

    today, me = session.today(), people.me(session)
    responsible = citizens.caseworkers(session)
    shown = {
        one.citizen: one
        for one in queries.citizens(session.vault)
        if (one.case_closed is None or one.case_closed >= today)
        and (not mine or not me or responsible.get(one.citizen) == me)
    }
    types = queries.intervention_types(session.vault)
    rows = [row for row in queries.interventions(session.vault) if row.citizen in shown]
    session.vault.log(Act("view", purpose="interventions"))
    sorter = _Sorter(rows, shown, types, _flagged(session, shown, everybody=not mine or not me), today)
    return InterventionsPage(
        today=today,
        types=types,
        running=sorter.running(),
        waiting=sorter.waiting(periods.queued(session)),
        exempt=sorter.exempt(),
        ahead=sorter.ahead(),
        providers=offers.providers(session),
        offers=offers.offers(session),
        categories=categories.in_force(session),
        citizens=tuple((one.citizen, one.name, one.number) for one in shown.values()),
        caseworkers=people.names(session),
    )


class _Sorter:
    """One citizen's rows beside each other, and from them the lists of the page."""

    def __init__(
        self,
        rows: Sequence[Intervention],
        shown: Mapping[str, Citizen],
        types: Mapping[str, InterventionType],
        flagged: Mapping[str, str],
        today: dt.date,
    ) -> None:
        self.shown, self.types, self.flagged, self.today = shown, types, flagged, today
        self.rows = rows
        self.own: dict[str, list[Intervention]] = defaultdict(list)
        for row in rows:
            self.own[row.citizen].append(row)

    def _state(self, row: Intervention) -> str:
        return self.types[row.type].state if row.type in self.types else ""

    def _active(self, row: Intervention) -> bool:
        return row.type in self.types and self.types[row.type].active

    def _runs(self, row: Intervention) -> bool:
        return row.start <= self.today and (row.end is None or row.end >= self.today)

    def _agreed(self, row: Intervention) -> bool:
        return row.start > self.today and (row.end is None or row.end >= row.start)

    def running(self) -> tuple[RunningRow, ...]:
        found = [self._row(row) for row in self.rows if not self._state(row) and (self._runs(row) or self._agreed(row))]
        return tuple(sorted(found, key=lambda one: (not one.begun, one.last or dt.date.max, one.name, one.number)))

    def _row(self, row: Intervention) -> RunningRow:
        from progression.casework.combination import earlier

        own = self.own[row.citizen]
        beside = [one for one in own if one is not row and not self._state(one) and self._runs(one)]
        kind = self.types.get(row.type)
        return RunningRow(
            intervention=row,
            name=self.shown[row.citizen].name,
            number=self.shown[row.citizen].number,
            bip_type=kind.bip_type if kind else "none",
            begun=self._runs(row),
            last=row.end or row.planned_end,
            earlier=earlier(own, row),
            beside=len(beside) if self._runs(row) else 0,
            flag=self.flagged.get(row.citizen, "") if self._runs(row) and self._active(row) else "",
        )

    def waiting(self, queue: Sequence[periods.Queued]) -> tuple[WaitingRow, ...]:
        by_id = {(row.citizen, row.id): row for row in self.rows}
        found = []
        for one in queue:
            row = by_id.get((one.wait.citizen, one.wait.id))
            if row is None:
                continue
            meanwhile = tuple(r for r in self.own[row.citizen] if not self._state(r) and self._runs(r))
            who = self.shown[row.citizen]
            found.append(WaitingRow(one.wait, one.others, row, who.name, who.number, meanwhile))
        return tuple(found)

    def exempt(self) -> tuple[ExemptRow, ...]:
        found = [
            ExemptRow(row, self.shown[row.citizen].name, self.shown[row.citizen].number)
            for row in self.rows
            if self._state(row) == "exempt" and self._runs(row)
        ]
        return tuple(sorted(found, key=lambda one: (one.intervention.review_date or dt.date.min, one.number)))

    def ahead(self) -> tuple[AheadRow, ...]:
        found = []
        for citizen, rows in self.own.items():
            active = [row for row in rows if self._active(row) and self._runs(row)]
            days = [row.end or row.planned_end for row in active]
            known = [day for day in days if day is not None]
            if not known or len(known) < len(days) or any(self._active(r) and self._agreed(r) for r in rows):
                continue
            last = max(known)
            if (last - self.today).days <= SOON_DAYS:
                who = self.shown[citizen]
                found.append(AheadRow(citizen, who.name, who.number, last, tuple(active)))
        return tuple(sorted(found, key=lambda one: (one.last, one.number)))


def _flagged(session: Session, shown: Mapping[str, Citizen], *, everybody: bool) -> Mapping[str, str]:
    """The kind of each citizen's open attention point about an active phase; shown to a person, so remembered.

    From memory where nothing at all has changed: leaving the page and coming back analyses nobody again.
    """
    memory = session.vault.memory
    key = (session.today(), session.day, session.entered_by, session.method, everybody)
    kept: _Kept | None = memory.kept.get(_KEPT)
    if kept is None or kept.key != key or kept.mark != memory.mark:
        found = _open_ones(session, shown, everybody=everybody)
        kept = memory.kept[_KEPT] = _Kept(key, memory.mark, found)
    return kept.flagged


def _open_ones(session: Session, shown: Mapping[str, Citizen], *, everybody: bool) -> Mapping[str, str]:
    found = flags.current(session) if everybody else _of(session, list(shown))
    waits = [flag for flag in found if flag.status == "open" and flag.citizen in shown]
    flags.remember(session, waits)
    return {flag.citizen: flag.kind for flag in waits if flag.phase.state == "active"}


def _of(session: Session, wanted: list[str]) -> list[Flag]:
    from progression.store import queries

    installed = queries.scales(session.vault)
    grouped = defaultdict(list)
    for course in queries.courses(session.vault, wanted).values():
        grouped[citizens.scale_of(course)].append(course)
    return [
        flag
        for scale, courses in grouped.items()
        for flag in cohorts.of_courses(session, courses, installed[scale]).flags
    ]
