"""Caseloads: how many citizens each colleague has against the norm, caseworker changes, and days without a caseworker.

Always in the order of names: nobody is ranked.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from progression.casework import caseworkers, cpr, norms
from progression.casework.caseworkers import Change, Gap, Period
from progression.casework.norms import Norm
from progression.casework.values import Assessment, Assignment, Citizen, Person
from progression.desk import people
from progression.desk.session import Changes, Session

NORMS = "caseload_norms"
_FOREVER = dt.date.max.toordinal()
ROLES: tuple[str, ...] = ("job", "mentor", "external")  # beside the coordinating one


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One citizen: who is responsible on the day ("" nobody), and everything that led to it. `age` None = not known;
    `team`: the one the case belongs to, see `people.team_of`."""

    citizen: str
    number: str
    name: str
    team: str
    age: int | None
    caseworker: str
    since: dt.date | None
    changes: tuple[Change, ...]
    gaps: tuple[Gap, ...]

    @property
    def without(self) -> int:
        """Days of the case on which nobody was responsible."""
        return sum(gap.days for gap in self.gaps)

    def count(self, planned: str) -> int:
        """How many changes were "planned", "unplanned", or ("") not said to be either."""
        return sum(change.planned == planned for change in self.changes)


@dataclass(frozen=True, slots=True)
class Load:
    """A colleague's or a team's caseload. `low` and `high`: the norm, None where there is none to hold it against.

    `own`: the norm is the colleague's own. `other`: citizens they have in another role. `colleagues`: how many
    share it.
    """

    key: str
    name: str
    role: str
    team: str
    citizens: tuple[Responsibility, ...]
    low: int | None
    high: int | None
    own: bool
    other: Mapping[str, int]
    colleagues: int = 1

    @property
    def over(self) -> int:
        """Citizens above the norm, 0 within it."""
        return max(0, len(self.citizens) - self.high) if self.high is not None else 0

    @property
    def changes(self) -> int:
        """Caseworker changes of these citizens, over their whole case."""
        return sum(len(one.changes) for one in self.citizens)

    @property
    def without(self) -> int:
        """Days on which these citizens had no caseworker, over their whole case."""
        return sum(one.without for one in self.citizens)

    def count(self, planned: str) -> int:
        """How many of the changes were "planned", "unplanned", or ("") not said to be either."""
        return sum(one.count(planned) for one in self.citizens)


@dataclass(frozen=True, slots=True)
class CaseloadPage:
    """Caseloads on one day, in the order of names. `without`: open cases nobody is responsible for."""

    today: dt.date
    rows: tuple[Load, ...]
    teams: tuple[Load, ...]
    citizens: tuple[Responsibility, ...]
    without: tuple[Responsibility, ...]
    norms: tuple[Norm, ...]
    people: Mapping[str, Person]


def periods(session: Session) -> dict[str, tuple[Period, ...]]:
    """Return citizen -> who was responsible when, as of the session's day: `casework.caseworkers` for everybody."""
    from progression.store import caseload, queries

    rows: dict[str, list[Assignment]] = defaultdict(list)
    for one in queries.assignments(session.vault):
        rows[one.citizen].append(one)
    rated: dict[str, list[Assessment]] = defaultdict(list)
    for citizen, day, assessor, event in caseload.raters_without_assignment(session.vault):
        rated[citizen].append(
            Assessment(citizen, "caseworker", "", dt.date.fromisoformat(day), {}, assessor, event=event)
        )
    today = session.today()
    return {one: caseworkers.periods(rows[one], rated[one], today) for one in {**rows, **rated}}


def responsible(session: Session) -> dict[str, str]:
    """Return citizen -> person key of who is responsible on the session's day; without those nobody is."""
    from progression.store import caseload, queries

    columns = queries.fact_columns(session.vault, "assignment.set", "start", "end", "role", "caseworker")
    rows: dict[str, list[tuple[int, int, str, int]]] = defaultdict(list)
    told = zip(*(columns[name] for name in ("start", "end", "role", "caseworker")), strict=True)
    for place, (who, (start, end, role, person)) in enumerate(zip(columns.citizen, told, strict=True)):
        if role == caseworkers.COORDINATING:  # they come by citizen, start and event
            rows[columns.citizens[who]].append((start, place, person, end or _FOREVER))
    rated = sorted(caseload.raters_without_assignment(session.vault), key=lambda row: row[3])
    for place, (citizen, day, assessor, _event) in enumerate(rated):
        rows[citizen].append((dt.date.fromisoformat(day).toordinal(), place, assessor, _FOREVER))
    today = session.today().toordinal()
    found = {citizen: caseworkers.responsible_on(mine, today) for citizen, mine in rows.items()}
    return {citizen: person for citizen, person in found.items() if person}


def norms_in_force(session: Session) -> tuple[Norm, ...]:
    """Return the municipality's norms, the presets where it set none."""
    from progression.store import queries

    rows = queries.setting(session.vault, NORMS, None)
    return norms.parse(rows) if rows else norms.shipped()


def set_norm(session: Session, code: str, low: int, high: int) -> Changes:
    """Set the figures of one of the norms. Raises KnownError "norms.unknown" (name, choices), "norms.invalid"."""
    return set_norms(session, {code: (low, high)})


def set_norms(session: Session, figures: Mapping[str, tuple[int, int]]) -> Changes:
    """Set low and high of norms by their code, as one act. Raises as `set_norm`, every fault at once."""
    from progression.desk import settings
    from progression.errors import KnownError

    rows = norms_in_force(session)
    for code in figures:
        if code not in {one.code for one in rows}:
            raise KnownError("norms.unknown", name=code, choices=tuple(one.code for one in rows))
    changed = [replace(one, low=figures[one.code][0], high=figures[one.code][1]) if one.code in figures else one
               for one in rows]  # fmt: skip
    given = norms.as_rows(changed)
    norms.parse(given)
    return settings.put(session, NORMS, given)


def standard_norms(session: Session) -> Changes:
    """Go back to the norms that come with the program."""
    from progression.desk import settings

    return settings.put(session, NORMS, norms.as_rows(norms.shipped()))


def page(session: Session, *, log: bool = True) -> CaseloadPage:
    """Return every caseload on the session's day; one look, one line in the access log."""
    from progression.store import queries
    from progression.store.access import Act

    today = session.today()
    known = {one.person: one for one in people.listing(session)}
    names = people.everybody(session)
    everyone = _citizens(session)
    norm_rows = norms_in_force(session)
    other = _other_roles(queries.assignments(session.vault), {one.citizen for one in everyone}, today)
    by_person: dict[str, list[Responsibility]] = defaultdict(list)
    for one in everyone:
        by_person[one.caseworker].append(one)
    without = tuple(by_person.pop("", ()))
    keys = {*by_person, *other, *(key for key, person in known.items() if person.norm is not None)}
    rows = [
        _load(known.get(key, Person(key, names.get(key, key))), by_person[key], other[key], norm_rows, today)
        for key in keys
    ]
    if log:
        session.vault.log(Act("view", purpose="caseload"))
    return CaseloadPage(
        today=today,
        rows=tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.key))),
        teams=_teams(rows, everyone),
        citizens=tuple(sorted(everyone, key=lambda one: one.number)),
        without=without,
        norms=norm_rows,
        people=known,
    )


def _citizens(session: Session) -> list[Responsibility]:
    """Open cases on the session's day; one that was closed then and opened again later is not."""
    from progression.store import caseload, queries

    shut = {
        who: [(dt.date.fromordinal(first), dt.date.fromordinal(last)) for first, last in rows]
        for who, rows in caseload.closed_stretches(session.vault).items()
    }
    today, found, teams = session.today(), periods(session), people.teams(session)
    columns = caseload.citizen_columns(session.vault)
    opened = {who: columns.opened[i] for i, who in enumerate(columns.citizens)}
    out = []
    for one in queries.citizens(session.vault):
        first = opened.get(one.citizen, 0)
        if (one.case_closed is not None and one.case_closed <= today) or first > today.toordinal():
            continue
        closed = shut.get(one.citizen, ())
        if any(low <= today <= high for low, high in closed):
            continue
        begun = dt.date.fromordinal(first) if first else None
        case = _responsibility(one, found.get(one.citizen, ()), begun, today)
        gaps = caseworkers.open_gaps(case.gaps, closed)
        out.append(replace(case, team=people.team_of(teams, case.caseworker, one.team), gaps=gaps))
    return out


def _responsibility(citizen: Citizen, rows: Sequence[Period], first: dt.date | None, today: dt.date) -> Responsibility:
    now = caseworkers.responsible(rows, today)
    begun = first or (rows[0].start if rows else today)
    return Responsibility(
        citizen=citizen.citizen,
        number=citizen.number,
        name=citizen.name,
        team=citizen.team,
        age=age(citizen, today),
        caseworker=now,
        since=rows[-1].start if now else None,
        changes=caseworkers.changes_in(rows),
        gaps=caseworkers.gaps(rows, begun, today),
    )


def age(citizen: Citizen, day: dt.date) -> int | None:
    """Return a citizen's age from the date of birth, else from the CPR number; None where neither is known."""
    number = cpr.parse(citizen.cpr) if citizen.born is None else None
    born = citizen.born or (number.born if number else None)
    return cpr.age(born, day) if born is not None else None


def _other_roles(rows: Iterable[Assignment], open_cases: set[str], day: dt.date) -> dict[str, Counter[str]]:
    out: dict[str, Counter[str]] = defaultdict(Counter)
    seen = set()
    for one in rows:
        key = one.caseworker, one.citizen, one.role
        holds = one.start <= day and (one.end is None or day <= one.end)
        if one.role in ROLES and holds and one.citizen in open_cases and key not in seen:
            seen.add(key)
            out[one.caseworker][one.role] += 1
    return out


def _load(
    person: Person, citizens: Sequence[Responsibility], other: Mapping[str, int], rows: Sequence[Norm], day: dt.date
) -> Load:
    if person.norm is not None:
        limits: tuple[int, int] | None = (round(person.norm), round(person.norm))
    else:
        limits = norms.mixed(rows, [one.age for one in citizens], day)
    low, high = limits or (None, None)
    name = person.name or person.person
    own = person.norm is not None
    return Load(person.person, name, person.role, person.team, tuple(citizens), low, high, own, dict(other))


def _teams(rows: Sequence[Load], everyone: Sequence[Responsibility]) -> tuple[Load, ...]:
    """Each team with its colleagues and every case that belongs to it; see `people.team_of`."""
    by_team: dict[str, list[Load]] = defaultdict(list)
    cases: dict[str, list[Responsibility]] = defaultdict(list)
    for row in rows:
        by_team[row.team].append(row)
    for one in everyone:
        cases[one.team].append(one)
    out = []
    for team in {*by_team, *cases}:
        members, citizens = by_team[team], cases[team]
        lows, highs = [r.low for r in members if r.low is not None], [r.high for r in members if r.high is not None]
        other = sum((Counter(row.other) for row in members), Counter[str]())
        low, high = (sum(lows), sum(highs)) if lows else (None, None)
        own = bool(lows) and all(r.own for r in members if r.low is not None)
        out.append(Load(team, team, "", team, tuple(citizens), low, high, own, dict(other), len(members)))
    return tuple(sorted(out, key=lambda row: row.name.casefold()))
