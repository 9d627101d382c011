"""A judge who knows only the contract: simulated people go in as files, and the answers are recomputed from the files.

Nothing here asks the program how it counts: phases, rounds, margins and dates are worked out day by day from the rows
that were imported.
"""

from __future__ import annotations

import csv
import io
import json
import random
from bisect import bisect_right
from datetime import date, timedelta

import outside
import pytest
from outside import PASSPHRASE, make_vault, run

from progression.analysis.simulate import base_world, simulate
from progression.scales import library
from progression.scales.model import RATERS

CITIZENS, SEED = 120, 11
ACTIVE_TYPES = ("virksomhedspraktik", "mentor", "mestring", "sundhedsindsats", "loentilskud")
DAY = timedelta(days=1)
Rows = list[dict[str, str]]


def made() -> tuple[dict[str, Rows], date]:
    """Files of simulated people, and the last simulated day. Interventions are cut up, overlap, wait and exempt."""
    scale = library.builtin()["bip"]
    simulated = simulate(scale, base_world(scale), CITIZENS, SEED)
    cohort, chance, until = simulated.cohort, random.Random(SEED), date.fromordinal(simulated.as_of)
    files: dict[str, Rows] = {"citizens": [], "interventions": [], "assessments": [], "assignments": []}
    for who, number in enumerate(cohort.numbers):
        opened = date.fromordinal(int(cohort.opened[who]))
        closed = until - chance.randrange(1, 300) * DAY if chance.random() < 0.15 else None
        files["citizens"].append({
            "citizen_id": number, "name": f"Borger {who}",
            "benefit_start": opened.isoformat() if chance.random() < 0.8 else "",
            "case_closed": closed.isoformat() if closed else "",
        })  # fmt: skip
        for at in cohort.interventions.of(who):
            first, last = int(cohort.interventions.start[at]), int(cohort.interventions.end[at])
            files["interventions"] += pieces(number, first, min(last, simulated.as_of), last > simulated.as_of, chance)
        for _ in range(chance.randrange(3)):
            start = opened + chance.randrange(0, 800) * DAY
            files["interventions"].append(
                row(number, chance.choice(("venter", "fritaget")), start, start + chance.randrange(5, 90) * DAY)
            )
    for serial, one in enumerate(files["interventions"]):
        one["intervention_id"] = f"I{serial}"
    workers: dict[str, list[tuple[date, str]]] = {}
    for at in range(len(cohort.who)):
        number, day = cohort.numbers[cohort.who[at]], date.fromordinal(int(cohort.day[at]))
        worker = f"SB{int(cohort.assessor[at]):02d}" if cohort.assessor[at] >= 0 else ""
        if worker:
            workers.setdefault(number, []).append((day, worker))
        rater = RATERS[cohort.rater[at]]
        for place, indicator in enumerate(scale.indicators):
            if rater in indicator.raters:
                score = cohort.scores[at][place]
                files["assessments"].append({
                    "citizen_id": number, "date": day.isoformat(), "rater": rater, "assessor": worker,
                    "indicator": indicator.code, "score": "" if score != score else str(int(score)),
                })  # fmt: skip
    for number, seen in workers.items():
        turns = [one for i, one in enumerate(sorted(seen)) if not i or sorted(seen)[i - 1][1] != one[1]]
        for i, (day, worker) in enumerate(turns):
            end = (turns[i + 1][0] - DAY).isoformat() if i + 1 < len(turns) else ""
            files["assignments"].append(
                {"citizen_id": number, "caseworker": worker, "start": day.isoformat(), "end": end}
            )
    return files, until


def row(number, code, start, end) -> dict[str, str]:
    return {
        "citizen_id": number, "type": code, "start": start.isoformat(), "end": end.isoformat() if end else "",
    }  # fmt: skip


def pieces(number, first, last, running, chance) -> Rows:
    """An active stretch as one row or several, with gaps on both sides of the bridge, sometimes one beside it."""
    found, day = [], date.fromordinal(first)
    while day.toordinal() <= last:
        end = date.fromordinal(min(last, day.toordinal() + chance.randrange(20, 300)))
        whole = end.toordinal() == last
        found.append(row(number, chance.choice(ACTIVE_TYPES), day, None if whole and running else end))
        if chance.random() < 0.3:
            found.append(row(number, chance.choice(ACTIVE_TYPES), day, day + chance.randrange(0, 40) * DAY))
        day = end + (1 + chance.choice((0, 1, 13, 14, 15, 16, 40))) * DAY
    return found


def text(rows: Rows) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def known_by(files: dict[str, Rows], day: date) -> dict[str, Rows]:
    """The files as they would have been exported on a day: without whatever is dated later."""
    limit = day.isoformat()
    starts = {"interventions": "start", "assessments": "date", "assignments": "start"}
    ends = {"interventions": "end", "assignments": "end", "citizens": "case_closed"}
    kept: dict[str, Rows] = {}
    for name, rows in files.items():
        rows = [one for one in rows if name not in starts or one[starts[name]] <= limit]
        late = ends.get(name, "")
        kept[name] = [{**one, late: "" if late and one[late] > limit else one[late]} if late else one for one in rows]
    return kept


class Judged:
    """A vault filled from files, and what the command line says of it."""

    def __init__(self, folder, files, as_of, *options):
        self.vault = make_vault(folder / "vault", *options, **{name: text(rows) for name, rows in files.items()})
        self.as_of = as_of

    def rows(self, *arguments) -> Rows:
        result = run(*arguments, "--as-of", self.as_of, "--format", "csv", db=self.vault)
        assert result.code == 0, result.err
        return list(csv.DictReader(io.StringIO(result.out)))

    def flags(self, *arguments) -> list[dict]:
        result = run("flags", "--history", *arguments, "--as-of", self.as_of, "--format", "json", db=self.vault)
        assert result.code == 0, result.err
        return result.json["flags"]


@pytest.fixture(scope="module")
def everything():
    return made()


@pytest.fixture(scope="module")
def files(everything):
    return everything[0]


@pytest.fixture(scope="module")
def judged(everything, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("judged")
        patch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
        patch.setenv("PROGRESSION_STATE", str(folder / "state"))
        one = Judged(folder, *everything)
        one.causal = one.rows("trajectories", "--causal")
        one.history = one.flags()
        return one


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)


def of(rows: Rows, number: str) -> Rows:
    return [one for one in rows if one["citizen_id"] == number]


def day(written: str) -> date:
    return date.fromisoformat(written)


def span(files, number) -> tuple[date, date]:
    """First day, and the last one (date.max while the case runs)."""
    (citizen,) = of(files["citizens"], number)
    facts = [one["date"] for one in of(files["assessments"], number)]
    facts += [one["start"] for name in ("interventions", "assignments") for one in of(files[name], number)]
    closed = citizen["case_closed"]
    return day(citizen["benefit_start"] or min(facts)), day(closed) if closed else date.max


def phase_judged(rows: Rows, begins: date, today: date) -> tuple[str, date]:
    """State and first day of the phase of `today`, from nothing but rows dated up to it, day by day."""
    days = [begins + i * DAY for i in range((today - begins).days + 1)]
    marks: dict[str, set[date]] = {"active": set(), "waiting": set(), "exempt": set()}
    for one in rows:
        start = day(one["start"])
        if start > today:
            continue
        # an end that has not come is not known: the row runs
        end = min(day(one["end"]), today) if one["end"] else today
        kind = {"venter": "waiting", "fritaget": "exempt"}.get(one["type"], "active")
        marks[kind] |= {start + i * DAY for i in range((end - start).days + 1)}
    state, since = "passive", 15  # days since the last active one
    states = []
    for one in days:
        since = 0 if one in marks["active"] else since + 1
        state = "exempt" if one in marks["exempt"] else "waiting" if one in marks["waiting"] else "passive"
        states.append("active" if since == 0 else state)
        if since == 0:  # a gap of at most 14 days behind it is bridged
            for back in range(2, min(16, len(states)) + 1):
                if states[-back] == "active":
                    states[-back:] = ["active"] * back
                    break
    if 0 < since <= 14 and "active" in states:  # nobody can know yet whether something follows
        states[-since:] = ["active"] * since
    first = len(states) - 1
    while first and states[first - 1] == states[-1]:
        first -= 1
    return states[-1], days[first]


def test_there_is_one_causal_row_per_assessment_date_within_the_case(files, judged):
    for citizen in files["citizens"]:
        number = citizen["citizen_id"]
        begins, ends = span(files, number)
        dates = {
            one["date"]
            for one in of(files["assessments"], number)
            if one["score"] and one["indicator"] != "sagsbehandlers_tro" and begins <= day(one["date"]) <= ends
        }
        assert [one["date"] for one in of(judged.causal, number)] == sorted(dates)
    smoothed = judged.rows("trajectories")
    assert [(one["citizen_id"], one["date"]) for one in smoothed] == [
        (one["citizen_id"], one["date"]) for one in judged.causal
    ]


def test_phases_are_judged_causally_with_the_bridge_of_fourteen_days(files, judged):
    seen = set()
    for citizen in files["citizens"]:
        number = citizen["citizen_id"]
        begins, _ = span(files, number)
        rows = of(files["interventions"], number)
        for one in of(judged.causal, number):
            today = day(one["date"])
            assert (one["phase_state"], day(one["phase_start"])) == phase_judged(rows, begins, today), (number, today)
            ends = [day(r["end"]) for r in rows if r["end"] and day(r["end"]) < today]
            seen.add((one["phase_state"], min(16, (today - max(ends)).days) if ends else None))
    assert {state for state, _ in seen} == {"active", "passive", "waiting", "exempt"}
    assert {n for state, n in seen if state == "active"} >= {13, 14}  # the bridge was really walked on


def test_evidence_is_the_change_over_its_sd(judged):
    assert len(judged.causal) > 500
    for one in judged.causal:
        change, sd, evidence = (float(one[name]) for name in ("change", "change_sd", "evidence"))
        assert evidence >= 0
        if sd > 0.001:
            slack = (0.00006 + abs(evidence) * 0.00006) / sd + 0.0001
            assert evidence == pytest.approx(abs(change) / sd, abs=slack)


def rounds(files, number) -> list[date]:
    """First days of the rounds: assessments within 30 days of the first of them."""
    starts: list[date] = []
    for one in sorted({day(one["date"]) for one in of(files["assessments"], number)}):
        if not starts or (one - starts[-1]).days > 30:
            starts.append(one)
    return starts


def three_months_later(start: date) -> date:
    month = start.month + 2
    year, month = start.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - DAY).day
    return date(year, month, min(start.day, last))


def test_flags_stand_by_their_numbers(files, judged):
    (estimate,) = (
        e for e in run("estimates", "--format", "json", db=judged.vault).json["estimates"] if e["scale"] == "bip"
    )
    rows = {(one["citizen_id"], one["date"]): one for one in judged.causal}
    kinds = {flag["kind"] for flag in judged.history}
    assert kinds - {"disagreement"} == {"regression", "stagnation", "progression", "missing"}
    for flag in judged.history:
        if flag["kind"] == "missing":
            assert all(flag[name] is None for name in ("baseline", "level", "change", "margin", "evidence"))
            continue
        if flag["kind"] == "disagreement" or flag["indicator"] is not None:  # the rows are the whole scale's
            assert flag["change"] == pytest.approx(flag["level"] - flag["baseline"], abs=0.0016)
            assert abs(flag["change"]) >= flag["margin"] - 0.001
            assert (flag["evidence"] is None) == (flag["kind"] == "disagreement")
            continue
        here = rows[flag["citizen_id"], flag["raised_on"]]
        assert here["flag"] == flag["kind"]
        assert (flag["phase"]["state"], flag["phase"]["start"]) == (here["phase_state"], here["phase_start"])
        assert flag["change"] == pytest.approx(float(here["change"]), abs=0.0006)
        assert flag["level"] == pytest.approx(float(here["level"]), abs=0.0006)
        assert flag["change"] == pytest.approx(flag["level"] - flag["baseline"], abs=0.0016)
        assert flag["evidence"] == pytest.approx(float(here["evidence"]), abs=0.0006)
        if flag["kind"] == "stagnation":
            continue
        c = estimate["c_regression" if flag["kind"] == "regression" else "c_progression"]
        assert flag["margin"] == pytest.approx(max(0.3 / 3, c * float(here["change_sd"])), abs=0.0008)
        assert abs(flag["change"]) >= flag["margin"] - 0.001
        assert (flag["change"] < 0) == (flag["kind"] == "regression")
        suggested = {"active": "adjust", "exempt": "review", "passive": "start", "waiting": "start"}
        wanted = suggested if flag["kind"] == "regression" else {"active": "continue"}
        assert flag["suggestion"] == wanted.get(flag["phase"]["state"])


def test_when_flags_are_raised(files, judged):
    per_round: dict[tuple[str, int], str] = {}
    ids = set()
    for flag in judged.history:
        number, raised = flag["citizen_id"], day(flag["raised_on"])
        starts = rounds(files, number)
        dates = {one["date"] for one in of(files["assessments"], number)}
        now = bisect_right(starts, raised)
        begins, ends = span(files, number)
        assert begins <= raised <= min(ends, judged.as_of)
        if flag["kind"] == "missing":
            assert raised == three_months_later(starts[now - 1]) + DAY
            assert not any(starts[now - 1] + 30 * DAY < day(one) < raised for one in dates)
        else:
            assert flag["raised_on"] in dates
            assert now - bisect_right(starts, begins - 31 * DAY) > 2  # the first two rounds of a case raise nothing
        assert (number, now) not in per_round  # one new flag per citizen and round
        per_round[number, now] = flag["kind"]
        assert flag["id"] not in ids
        ids.add(flag["id"])
    every = judged.flags("--all")
    assert ids <= {flag["id"] for flag in every}
    assert len(every) > len(judged.history)


@pytest.fixture(scope="module")
def held(everything, tmp_path_factory):
    """The same files under the starting values: estimates may come from everything that was imported, so that what is
    left out later can only be compared where they are held still."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("held")
        patch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
        patch.setenv("PROGRESSION_STATE", str(folder / "state"))
        one = Judged(folder, *everything, "--no-refit")
        one.causal = one.rows("trajectories", "--causal")
        one.history = one.flags()
        return one


@pytest.mark.parametrize("at", [0.4, 0.75])
def test_causal_rows_know_nothing_of_what_is_deleted_later(files, held, tmp_path, at):
    dates = sorted(one["date"] for one in held.causal)
    until = day(dates[int(at * len(dates))])
    before = Judged(tmp_path, known_by(files, until), held.as_of, "--no-refit")
    expected = [one for one in held.causal if day(one["date"]) <= until]
    assert [one for one in before.rows("trajectories", "--causal") if day(one["date"]) <= until] == expected
    told = [[key(flag) for flag in one if day(flag["raised_on"]) <= until] for one in (before.flags(), held.history)]
    assert told[0] == told[1]


def test_looking_back_says_what_would_have_been_said(judged):
    dates = sorted(one["date"] for one in judged.causal)
    until = day(dates[int(0.6 * len(dates))])
    then = Judged.__new__(Judged)
    then.vault, then.as_of = judged.vault, until
    assert then.rows("trajectories", "--causal") == [one for one in judged.causal if day(one["date"]) <= until]


def key(flag) -> tuple:
    names = ("id", "citizen_id", "kind", "raised_on", "baseline", "level", "change", "margin", "evidence", "suggestion")
    return tuple(flag[name] for name in names)


def test_export_and_import_give_the_same_answers(judged, tmp_path):
    assert run("export", tmp_path / "out", db=judged.vault).code == 0
    again = make_vault(tmp_path / "again" / "vault")
    result = run("import", tmp_path / "out", db=again)
    assert result.code == 0, result.err
    history = ["flags", "--history", "--all"]
    for command in (["citizens"], ["interventions"], ["people"], ["flags"], history, ["trajectories"],
                    ["trajectories", "--causal"], ["timeline", "S00003"]):  # fmt: skip
        told = [run(*command, "--format", "json", db=place) for place in (judged.vault, again)]
        assert told[0].code == told[1].code == 0
        assert json.loads(told[0].out) == json.loads(told[1].out), command
    outside.whole(again)
