"""A judge of the register who has nothing but the exported CSV files and the words of the contract.

Passive share by month, twelve months without, waiting times and caseworker changes are counted again, one day at a
time, and held against what the commands print: of the demo, and of courses where everything overlaps that can. The
judge's own arithmetic imports nothing from the program.
"""

from __future__ import annotations

import calendar
import csv
import io
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median

import pytest
from outside import CHEAP, PASSPHRASE, make_vault, run

from progression.desk import demo, vaults
from progression.store.clock import FixedClock

pytestmark = pytest.mark.slow

TODAY = date(2026, 5, 1)
DAYS_OF_JUDGEMENT = ("2026-05-01", "2026-01-15", "2025-06-30")
DAY = timedelta(days=1)
BRIDGE = 14
LEAST = 5  # citizens: a figure about fewer is withheld
# the table of types a vault begins with: those whose days count as active
ACTIVE = frozenset((
    "virksomhedspraktik", "nytteindsats", "loentilskud", "smaajob", "ips", "cv_vaerksted", "vejledning_opkvalificering",
    "mentor", "virksomhedsmentor", "mestring", "sundhedsindsats", "misbrugsbehandling", "revalidering",
    "ressourceforloeb",
))  # fmt: skip
STATES = {"venter": "waiting", "fritaget": "exempt"}
Row = dict[str, str]


# the files


@dataclass(frozen=True)
class Register:
    """What one vault exported: rows by file, and where it can be asked."""

    vault: Path
    files: dict[str, list[Row]]

    def rows(self, name: str, *arguments: str) -> list[Row]:
        """What a command prints as CSV."""
        result = run(name, *arguments, "--format", "csv", db=self.vault)
        assert result.code == 0, result.err
        return list(csv.DictReader(io.StringIO(result.out)))


def a_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass
class Person:
    """One citizen as the files tell it. `last` None = the case runs."""

    number: str
    first: date
    last: date | None
    ran: list[Row] = field(default_factory=list)
    assigned: list[Row] = field(default_factory=list)

    def days(self, as_of: date) -> Iterator[date]:
        """The days of the case until the day of judgement."""
        day = self.first
        while day <= min(self.last or as_of, as_of):
            yield day
            day += DAY

    def shut(self, day: date) -> bool:
        """Whether the case was closed that day and opened again later, which its files say with a row of its own."""
        rows = [row for row in self.ran if row["intervention_id"].startswith("closed-")]
        return any(row["start"] <= f"{day}" <= row["end"] for row in rows)

    def running(self, as_of: date) -> bool:
        return self.first <= as_of and (self.last is None or self.last > as_of) and not self.shut(as_of)

    def states(self, as_of: date) -> dict[date, str]:
        """The state of each day, as the contract has it; a day on which the case was closed has none."""
        found = self._states(as_of)
        return {day: state for day, state in found.items() if state == "active" or not self.shut(day)}

    def _states(self, as_of: date) -> dict[date, str]:
        covers: dict[date, set[str]] = {day: set() for day in self.days(as_of)}
        for row in self.ran:
            day, last = a_day(row["start"]), a_day(row["end"])
            while day <= (last or as_of) and day <= as_of:
                if day in covers:
                    covers[day].add("active" if row["type"] in ACTIVE else STATES.get(row["type"], ""))
                day += DAY
        active = [day for day in covers if "active" in covers[day]]
        bridged = set(active)
        for one, other in itertools.pairwise(active):
            if (other - one).days - 1 <= BRIDGE:
                bridged |= {one + n * DAY for n in range((other - one).days)}
        if active and self.running(as_of) and (as_of - active[-1]).days <= BRIDGE:
            bridged |= {active[-1] + n * DAY for n in range((as_of - active[-1]).days + 1)}
        rest = ("exempt", "waiting")
        return {
            day: "active" if day in bridged else next((s for s in rest if s in covers[day]), "passive")
            for day in covers
        }

    def responsible(self, as_of: date) -> dict[date, str]:
        """Who is responsible on each day: the coordinating row that began last decides, and nobody comes back."""
        found = {}
        rows = [r for r in self.assigned if r["role"] == "coordinating" and date.fromisoformat(r["start"]) <= as_of]
        first = min([self.first, *(date.fromisoformat(r["start"]) for r in rows)])
        for n in range((as_of - first).days + 1):
            day = first + n * DAY
            begun = [r for r in rows if date.fromisoformat(r["start"]) <= day]
            if not begun:
                continue
            newest = max(r["start"] for r in begun)
            (who,) = {r["caseworker"] for r in begun if r["start"] == newest}
            others = [r["start"] for r in begun if r["caseworker"] != who]
            since = max(others, default="")
            own = [r for r in begun if r["caseworker"] == who and r["start"] > since]
            if any(not r["end"] or day <= date.fromisoformat(r["end"]) for r in own):
                found[day] = who
        return found


def people(register: Register) -> dict[str, Person]:
    found = {
        row["citizen_id"]: Person(
            row["citizen_id"], date.fromisoformat(row["benefit_start"]), a_day(row["case_closed"])
        )
        for row in register.files["citizens"]
    }
    for row in register.files["interventions"]:
        found[row["citizen_id"]].ran.append(row)
    for row in register.files["assignments"]:
        found[row["citizen_id"]].assigned.append(row)
    return found


# two registers


@pytest.fixture(autouse=True)
def opens(own_folders, monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)


def exported(vault: Path, folder: Path) -> Register:
    result = run("export", folder, db=vault)
    assert result.code == 0, result.err
    files = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as text:
            files[path.stem] = list(csv.DictReader(text))
    return Register(vault, files)


def the_demo(folder: Path) -> Path:
    noon = FixedClock(datetime.combine(TODAY, time(12), UTC))
    options = {"clock": noon, "kdf": CHEAP, "state": folder / "demo-state"}
    made = demo.build(folder / "demo", PASSPHRASE, citizens=60, seed=2026, **options)
    vaults.close(made.opened.session, backup=False)
    return folder / "demo"


def tangled(folder: Path) -> Path:
    """Courses in which interventions, waits and exemptions overlap, leave gaps about as long as the bridge, begin
    before the case and outlast it; caseworkers who overlap, come back, and leave days to nobody."""
    chance, first = random.Random(4), date(2024, 1, 1)
    out: dict[str, list[Row]] = defaultdict(list)
    codes = (*sorted(ACTIVE)[:3], "mentor", "bostoette", "venter", "venter", "fritaget")
    for n in range(70):
        number, opened = f"T{n:03}", first + chance.randrange(400) * DAY
        closed = opened + chance.randrange(100, 700) * DAY if chance.random() < 0.25 else None
        out["citizens"].append({"citizen_id": number, "benefit_start": f"{opened}", "case_closed": f"{closed or ''}"})
        day = opened - chance.randrange(40) * DAY
        for serial in range(chance.randrange(7)):
            day += chance.choice((-20, 0, 13, 14, 15, 16, 40, 200)) * DAY
            end = day + chance.randrange(150) * DAY
            code = chance.choice(codes)
            out["interventions"].append({
                "citizen_id": number, "type": code, "intervention_id": f"{number}-{serial}", "start": f"{day}",
                "end": "" if chance.random() < 0.25 else f"{end}",
                "review_date": f"{end}" if code == "fritaget" else "",
                "waiting_for": chance.choice(("Mentor", " mentor", "Smerteklinik")) if code == "venter" else "",
            })  # fmt: skip
            day = end if chance.random() < 0.7 else day
        if closed is None and chance.random() < 0.3:
            shut = opened + chance.randrange(60, 500) * DAY
            out["interventions"].append({
                "citizen_id": number, "type": "fritaget", "intervention_id": f"closed-{shut}", "start": f"{shut + DAY}",
                "end": f"{shut + chance.randrange(2, 200) * DAY}", "review_date": "", "waiting_for": "",
            })  # fmt: skip
        day, starts = opened, set()
        for _ in range(chance.randrange(5)):
            if day not in starts:
                starts.add(day)
                end = day + chance.randrange(20, 300) * DAY
                out["assignments"].append({
                    "citizen_id": number, "caseworker": chance.choice("abc"), "start": f"{day}",
                    "end": "" if chance.random() < 0.3 else f"{end}", "role": "coordinating",
                    "planned": chance.choice(("", "planned", "unplanned")),
                })  # fmt: skip
            day += chance.randrange(10, 250) * DAY
    return make_vault(folder / "tangled", **{name: written(rows) for name, rows in out.items()})


def written(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture(scope="module", params=[the_demo, tangled], ids=["demo", "tangled"])
def register(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("judged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
        patch.setenv("PROGRESSION_STATE", str(folder / "state"))
        yield exported(request.param(folder), folder / "out")


# the judging


def same_share(printed: str, part: int, whole: int, citizens: int) -> bool:
    return printed == "" if citizens < LEAST else abs(float(printed) - part / whole) <= 0.0005 + 1e-9


@pytest.mark.parametrize("as_of", DAYS_OF_JUDGEMENT)
def test_passive_share_by_month(register, as_of):
    until = date.fromisoformat(as_of)
    states = [(who.number, who.states(until)) for who in people(register).values()]
    printed = register.rows("interventions", "--passive-share", "--months", "18", "--as-of", as_of)
    assert [row["month"] for row in printed][-1] == as_of[:7]
    assert len(printed) == 18
    for row in printed:
        days = [
            (who, day, state) for who, own in states for day, state in own.items() if f"{day:%Y-%m}" == row["month"]
        ]
        kinds = Counter(state for _, _, state in days)
        told = [int(row[f"{kind}_days"]) for kind in ("passive", "waiting", "exempt")]
        assert (told, int(row["citizen_days"])) == ([kinds["passive"], kinds["waiting"], kinds["exempt"]], len(days)), (
            row
        )
        citizens = len({who for who, _, _ in days})
        assert int(row["citizens"]) == citizens
        assert same_share(row["share_of_days"], sum(told), len(days), citizens), row
        last = date.fromisoformat(row["last_day"])
        assert last == min(until, date(last.year, last.month, calendar.monthrange(last.year, last.month)[1]))
        ends = [state for _, day, state in days if day == last]
        assert same_share(row["share_last_day"], sum(s != "active" for s in ends), len(ends), len(ends)), row


def months_between(first: date, last: date) -> int:
    """Whole calendar months, both days counted: one is over the day before the same day of the next."""
    months = 0
    while True:
        place = first.year * 12 + first.month + months
        year, month = place // 12, place % 12 + 1
        if date(year, month, min(first.day, calendar.monthrange(year, month)[1])) - DAY > last:
            return months
        months += 1


@pytest.mark.parametrize("as_of", DAYS_OF_JUDGEMENT)
@pytest.mark.parametrize("months", [12, 6, 3])
def test_so_many_months_without_active_intervention_or_mentor(register, as_of, months):
    until, wanted = date.fromisoformat(as_of), {}
    for who in people(register).values():
        own = who.states(until) if who.running(until) else {}
        tail = list(reversed(own.values()))
        ends = (n for n in range(len(tail)) if tail[n] == "active" or who.shut(until - n * DAY))
        length = next(ends, len(tail))
        since = until - (length - 1) * DAY
        if length and months_between(since, until) >= months:
            wanted[who.number] = (f"{since}", str(length), str(months_between(since, until)), tail[0])
    printed = register.rows("interventions", "--without", str(months), "--as-of", as_of)
    assert {r["citizen_id"]: (r["since"], r["days"], r["months"], r["state"]) for r in printed} == wanted
    assert [r["since"] for r in printed] == sorted(r["since"] for r in printed)


@pytest.mark.parametrize("as_of", DAYS_OF_JUDGEMENT)
def test_waiting_times_by_what_is_waited_for(register, as_of):
    until = date.fromisoformat(as_of)
    queues: dict[str, list[tuple[str, int, bool]]] = defaultdict(list)
    for who in people(register).values():
        for row in who.ran:
            start = date.fromisoformat(row["start"])
            if row["type"] != "venter" or start > until or (who.last and who.last < start):
                continue
            ends = [day for day in (a_day(row["end"]), who.last) if day is not None and day < until]
            last = min([*ends, until])
            queues[" ".join(row["waiting_for"].lower().split())].append((who.number, (last - start).days + 1, not ends))
    printed = {" ".join(r["waiting_for"].lower().split()): r for r in
               register.rows("interventions", "--waiting-times", "--as-of", as_of)}  # fmt: skip
    assert printed.keys() == queues.keys()
    for name, waits in queues.items():
        told = printed[name]
        over, still = [w for w in waits if not w[2]], [w for w in waits if w[2]]
        assert (told["waiting"], told["waited"]) == (str(persons(still)), str(persons(over)))
        for cell, rows, count in (("median_days", waits, median), ("median_days_ended", over, median),
                                  ("longest_days", still, max)):  # fmt: skip
            figure = count(days for _, days, _ in rows) if persons(rows) >= LEAST else None
            assert (told[cell] == "") if figure is None else (float(told[cell]) == figure), (name, cell)


def persons(rows: list[tuple[str, int, bool]]) -> int:
    return len({who for who, _, _ in rows})


@pytest.mark.parametrize("as_of", DAYS_OF_JUDGEMENT)
def test_caseworker_changes_and_days_without_of_each_citizen(register, as_of):
    until = date.fromisoformat(as_of)
    names = {row["person"]: row["name"] for row in register.files.get("people", [])}
    printed = {row["citizen_id"]: row for row in register.rows("caseload", "--by", "citizen", "--as-of", as_of)}
    known = people(register)
    assert printed.keys() == {who.number for who in known.values() if who.running(until)}
    for number, row in printed.items():
        who, turns = known[number], known[number].responsible(until)
        order = [turns[day] for day in sorted(turns)]
        places = [n for n in range(1, len(order)) if order[n] != order[n - 1]]
        days = [sorted(turns)[n] for n in places]
        said = Counter(_planned(who, day) for day in days)
        told = [int(row[key]) for key in ("changes", "planned", "unplanned", "days_without")]
        without = sum(day not in turns and not who.shut(day) for day in who.days(until))
        assert told == [len(days), said["planned"], said["unplanned"], without], number
        assert row["last_change"] == (f"{days[-1]}" if days else "")
        now = turns.get(until, "")
        assert row["caseworker"] == names.get(now, now)


def _planned(who: Person, day: date) -> str:
    (row,) = (r for r in who.assigned if r["start"] == f"{day}" and r["role"] == "coordinating")
    return row["planned"]


@pytest.mark.parametrize("by", ["caseworker", "team"])
def test_overdue_duties_are_counted_as_they_are_listed(register, by):
    """Counted by caseworker and by team, the same duties stand in the list, and whoever is called in is among them."""
    overdue = register.rows("duties", "--overdue", "--as-of", DAYS_OF_JUDGEMENT[0])
    counted = register.rows("duties", "--by", by, "--as-of", DAYS_OF_JUDGEMENT[0])
    assert {r["name"]: int(r["overdue"]) for r in counted if r["overdue"] != "0"} == Counter(r[by] for r in overdue)
    called = register.rows("duties", "--call-in", "--as-of", DAYS_OF_JUDGEMENT[0])
    late = {(r["citizen_id"], r["rule"], r["due"]) for r in overdue}
    assert {(r["citizen_id"], r["rule"], r["due"]) for r in called} <= late
    loads = register.rows(
        "caseload", "--by", "person" if by == "caseworker" else "team", "--as-of", DAYS_OF_JUDGEMENT[0]
    )
    key = "name" if by == "caseworker" else "team"
    held = {r[key]: int(r["citizens"]) for r in loads if int(r["citizens"])}
    assert {r["name"]: int(r["citizens"]) for r in counted if r["name"]} == {k: n for k, n in held.items() if k}
