"""Classical measures at the desk: the Hamilton patients, what reliability is used and why, and the access log."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from desk_cases import TODAY, course, falls, fill, round_of

from progression.analysis.classical.values import Icc, Kappa, Missing, Reliability, ReliableChange
from progression.casework.values import Assessment, Citizen
from progression.desk import measures
from progression.errors import KnownError
from progression.store import queries

DATA = Path(__file__).resolve().parents[1] / "data"


def patients() -> list[object]:
    """The forty patients of Claus et al. 2020, dated as docs/examples/claus2020_hamd.toml says."""
    values: list[object] = []
    rows = list(csv.DictReader((DATA / "claus2020_hamd_long.csv").read_text("utf-8").splitlines()))
    for number in sorted({row["id"] for row in rows}, key=int):
        values.append(Citizen(f"id-{number}", number))
    for row in rows:
        day = dt.date(2025, 1, 1) + dt.timedelta(days=90 * int(row["time"]))
        answers = {"total": int(row["outcome"])}
        values.append(Assessment(f"id-{row['id']}", "caseworker", "hamd", day, answers))
    return values


@pytest.fixture
def hospital(opened):
    return opened(patients())


def counts(found):
    return {c.method: (c.improved, c.unchanged, c.deteriorated) for c in found.counts}


def test_the_hamilton_patients_are_29_10_1(hospital):
    found = measures.of_everybody(hospital, "hamd")
    assert counts(found)["JT"] == (29, 10, 1)
    assert {c.rater for c in found.counts} == {"caseworker"}
    assert all(c.citizens == 40 and c.undefined == 0 for c in found.counts)
    used = found.counts[0].reliability
    assert isinstance(used, Reliability)
    assert (used.value, used.origin) == (0.8, "published")
    assert "Trajković" in used.source["da"] and "Claus" in used.source["en"]
    assert found.icc == found.kappa == Missing("one_rater")


def test_every_method_as_the_package_counts(hospital):
    found = measures.of_everybody(hospital, "hamd", reliability=0.8, reliability_post=0.5)
    assert counts(found) == {
        "JT": (29, 10, 1), "HA": (32, 7, 1), "GLN": (29, 10, 1), "HLL": (12, 16, 12), "EN": (32, 5, 3),
        "NK": (28, 11, 1),
    }  # fmt: skip
    used = found.counts[0].reliability
    assert isinstance(used, Reliability) and used.origin == "given"


def test_before_the_second_measurement_there_is_nobody_to_count(opened):
    session = opened(patients(), day=dt.date(2025, 4, 2))
    found = measures.of_everybody(session, "hamd")
    assert all(c.missing == Missing("too_few", 0, 20, "citizens") for c in found.counts)


def test_one_patient_of_the_forty(hospital):
    found = measures.of_citizen(hospital, "id-1")
    by = {m.key: m for m in found.rows}
    change = by["rci.JT"].result
    assert isinstance(change, ReliableChange)
    assert change.index == pytest.approx(-5.68053202, abs=1e-8)
    assert change.verdict == "improved"
    assert found.scale.id == "hamd" and found.number == "1" and found.as_of == TODAY


def test_reading_a_citizens_measures_is_logged(session):
    before = len(queries.access_log(session.vault, "id-H1"))
    measures.of_citizen(session, "id-H1")
    lines = queries.access_log(session.vault, "id-H1")[before:]
    assert [(line.act, line.purpose) for line in lines] == [("view", "classical measures")]


def test_the_phase_is_the_one_that_runs(session):
    found = measures.of_citizen(session, "id-H1")
    assert found.phase is not None and found.phase.state == "passive" and found.phase.end is None
    nap = next(m for m in found.rows if m.key == "nap" and m.rater == "caseworker")
    assert nap.details["before"] + nap.details["during"] == 7
    assert nap.result.value < 0.5  # it went down when nothing came after


def test_four_citizens_are_too_few_to_compare_with(session):
    found = measures.of_citizen(session, "id-H1")
    change = next(m for m in found.rows if m.key == "rci.JT")
    assert change.result == Missing("too_few", 4, 20, "citizens")
    # with a reliability of the user's own there is still no sd to trust
    given = measures.of_citizen(session, "id-H1", reliability=0.9)
    assert next(m for m in given.rows if m.key == "rci.JT").result == Missing("too_few", 4, 20, "citizens")


def test_a_scale_without_a_published_reliability_uses_the_cohorts_own(opened):
    team = [v for i in range(24) for v in course(f"C{i:02}", [2 + i / 12, 2.2 + i / 12, 2.1 + i / 12])]
    session = opened([*team, *falls()])
    found = measures.of_everybody(session)
    for count in found.counts:
        assert isinstance(count.reliability, Reliability)
        assert count.reliability.origin == "cohort" and count.reliability.citizens == 25
        assert 0.8 < count.reliability.value < 1
        assert count.improved + count.unchanged + count.deteriorated + count.undefined == count.citizens == 25
    assert isinstance(found.icc, Icc) and found.icc.targets == 25
    assert isinstance(found.kappa, Kappa) and found.kappa.pairs == 25 * 9
    one = measures.of_citizen(session, "id-H1")
    change = next(m for m in one.rows if m.key == "rci.JT" and m.rater == "caseworker")
    assert isinstance(change.result, ReliableChange) and change.result.verdict == "deteriorated"


def test_only_what_was_entered_by_then(opened):
    team = [v for i in range(24) for v in course(f"C{i:02}", [2 + i / 12, 2.2 + i / 12, 2.1 + i / 12])]
    session = opened(team)
    late = next(round_of("id-C00", TODAY, 5.0))
    fill(session, [late])
    then = replace(session, entered_by=TODAY - dt.timedelta(days=1))
    now = {m.key: m for m in measures.of_citizen(session, "id-C00").rows if m.rater == "caseworker"}
    earlier = {m.key: m for m in measures.of_citizen(then, "id-C00").rows if m.rater == "caseworker"}
    assert now["rci.JT"].details["last"][0] == TODAY
    assert earlier["rci.JT"].details["last"][0] < TODAY
    same = measures.of_everybody(then).counts[0]
    assert same.citizens == 24 and same.missing is None


def test_both_ways_to_the_whole_scale_agree(session):
    """Columns for many, exact fractions for one."""
    from progression.analysis.classical.person import whole_value

    scale = queries.scales(session.vault)["bip"]
    means = measures._means(session, scale)
    quick = sorted(measures._from_columns(session, scale, means))
    exact = sorted(
        (a.citizen, a.rater, a.date.toordinal(), float(whole_value(scale, a.answers, a.rater, means)))
        for a in queries.assessments(session.vault)
    )
    assert [row[:3] for row in quick] == [row[:3] for row in exact]
    assert [row[3] for row in quick] == pytest.approx([row[3] for row in exact], abs=1e-8)


def test_what_is_not_there(session):
    with pytest.raises(KnownError, match=r"scale\.unknown"):
        measures.of_everybody(session, "nope")
    with pytest.raises(KnownError, match=r"scale\.unknown"):
        measures.of_citizen(session, "id-H1", "nope")
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        measures.of_citizen(session, "id-nobody")
