"""The invented municipality: the same for a seed and a day, marked as invented, its truth found again by the flags."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest
from desk_cases import CHEAP, PASSPHRASE, TODAY, clock

from progression.casework.values import NOT_RATED
from progression.desk import citizens, demo, flags, settings, today
from progression.desk.demo import names
from progression.desk.demo.courses import PATTERNS, choose, on, true_levels
from progression.store import queries


def build(folder, citizens=60, seed=2026, day=TODAY, **more):
    options = {"clock": clock(day), "kdf": CHEAP, "state": folder / "state"} | more
    return demo.build(folder / "vault", PASSPHRASE, citizens=citizens, seed=seed, **options)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    result = build(tmp_path_factory.mktemp("demo"))
    yield result
    result.opened.session.vault.close(backup=False)


@pytest.fixture(scope="module")
def session(made):
    return made.opened.session


def facts(session):
    """Everything that was entered, without what a vault draws for itself (events, authors, times of entry)."""
    vault, found = session.vault, []
    numbers = {c.citizen: c.number for c in queries.citizens(vault)}
    for ask in (queries.people, queries.citizens, queries.assignments, queries.assessments, queries.interventions,
                queries.conversations, queries.categories, queries.plan, queries.notes, queries.decisions):  # fmt: skip
        for value in ask(vault):
            fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
            fields["citizen"] = numbers.get(fields.get("citizen"), "")
            for own in ("event", "author", "entered"):
                fields.pop(own, None)
            found.append((type(value).__name__, sorted(fields.items(), key=lambda item: item[0])))
    return sorted(found, key=repr)


@pytest.mark.parametrize("at", [0.0, 0.4, 0.8, 1.0])
def test_stopped_at_any_moment_nothing_of_it_is_left(tmp_path, at):
    def stop(part):
        if part >= at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, 8, progress=stop)
    assert not (tmp_path / "vault").exists()
    again = build(tmp_path, 8)
    assert len(queries.citizens(again.opened.session.vault)) == 8
    again.opened.session.vault.close(backup=False)


def test_the_same_seed_and_day_give_the_same_facts(tmp_path):
    one, other = build(tmp_path / "a", 12), build(tmp_path / "b", 12)
    assert facts(one.opened.session) == facts(other.opened.session)
    assert one.truths == other.truths
    third = build(tmp_path / "c", 12, seed=7)
    assert facts(third.opened.session) != facts(one.opened.session)
    for result in (one, other, third):
        result.opened.session.vault.close(backup=False)


def test_it_has_the_people_and_the_time_the_issue_asks_for(session):
    people = queries.people(session.vault)
    assert len(queries.citizens(session.vault)) == 60
    assert Counter(p.role for p in people) == {"sagsbehandler": 4, "teamleder": 1, "jobkonsulent": 1, "mentor": 1}
    assert len({c.name for c in queries.citizens(session.vault)} | {p.name for p in people}) == 67
    spans = [(TODAY - c.benefit_start).days / 365.25 for c in queries.citizens(session.vault)]
    assert 1.5 <= max(spans) <= 3
    held = Counter(citizens.caseworkers(session).values())
    assert len(held) == 4
    assert min(held.values()) >= 10


def test_every_pattern_is_there_in_its_share(made):
    counts = Counter(truth.pattern for truth in made.truths.values())
    assert set(counts) == {p.name for p in PATTERNS}
    whole = sum(p.share for p in PATTERNS)
    assert all(abs(counts[p.name] - 60 * p.share / whole) <= 1 for p in PATTERNS)


@pytest.mark.parametrize("n", [1, 2, 7, 60, 101])
def test_any_number_of_citizens_is_chosen(n):
    import numpy as np

    assert len(choose(np.random.default_rng(1), n)) == n


def test_it_says_that_it_is_invented(session):
    assert settings.get(session, "demo") is True
    assert "opdigtet" in settings.get(session, "municipality")
    assert all(c.cpr == "" for c in queries.citizens(session.vault))  # every one that looks right may be somebody's
    assert all(re.match(r"00 00 ", c.phone) for c in queries.citizens(session.vault))
    assert all(p.email.endswith(".example") for p in queries.people(session.vault))


def test_names_come_from_lists_and_nobody_is_there_twice():
    for listed in (names.WOMEN, names.MEN, names.LAST):
        assert len(listed) == len(set(listed))
        assert len(listed) >= 50


def test_nothing_lies_in_the_future_but_what_is_planned(session):
    for course in queries.courses(session.vault).values():
        assert all(a.date <= TODAY for a in course.assessments)
        begun = [i for i in course.interventions if i.start <= TODAY]
        assert all(i.end is None or i.end <= TODAY for i in begun)
        assert all(i.end is None for i in course.interventions if i not in begun)  # agreed for later
        assert all(c.status == "planned" or c.date <= TODAY for c in course.conversations)
        assert all(d.date <= TODAY for d in course.decisions)
        assert all(n.date <= TODAY for n in course.notes)


def test_every_fact_could_be_typed_in(session):
    from progression.casework import checks

    scales, types = queries.scales(session.vault), queries.intervention_types(session.vault)
    faults = []
    for course in queries.courses(session.vault).values():
        faults += checks.blocking(checks.citizen(course.citizen, TODAY))
        for assessment in course.assessments:
            faults += checks.blocking(checks.assessment(assessment, scales[assessment.scale], TODAY))
        for intervention in course.interventions:
            faults += checks.blocking(checks.intervention(intervention, types))
    assert faults == []


def test_not_everything_is_answered_and_people_differ(session):
    found = queries.assessments(session.vault)
    given = Counter(answer == NOT_RATED for a in found for answer in a.answers.values())
    assert 0.01 < given[True] / (given[True] + given[False]) < 0.10
    by_rater = Counter(a.rater for a in found)
    assert 0.7 < by_rater["citizen"] / by_rater["caseworker"] < 1
    assert {1, 2, 3, 4, 5} <= {v for a in found for v in a.answers.values() if isinstance(v, int)}


def test_there_is_something_of_everything_to_look_at(session):
    kinds = Counter((f.kind, f.status) for f in flags.current(session))
    for kind in ("regression", "stagnation", "progression", "missing"):
        assert kinds[kind, "open"] >= 2
    assert sum(n for (_, status), n in kinds.items() if status == "silenced") >= 5
    open_now = [f for f in flags.current(session) if f.status == "open"]
    assert any(f.kind == "disagreement" for f in open_now)
    assert any((f.kind, f.indicator) == ("regression", "hverdagsmestring") for f in open_now)
    page = today.page(session)
    assert len(page.meetings) == 3
    assert 12 <= len(page.rows) <= 16
    assert page.caseworkers
    assert {row.phase.state for row in page.rows} >= {"active", "passive", "waiting"}
    open_ = [row for row in page.rows if row.flag]
    assert 3 <= len(open_) <= len(page.rows) - 3


def test_progress_is_told_to_the_end(tmp_path):
    told = []
    result = build(tmp_path, 5, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    result.opened.session.vault.close(backup=False)


@pytest.mark.parametrize("day", [dt.date(2026, 1, 15), dt.date(2027, 7, 1)])
def test_one_of_each_sort_waits_on_any_day(tmp_path, day):
    result = build(tmp_path, day=day)
    session = result.opened.session
    found = {(f.kind, f.indicator is not None) for f in flags.current(session) if f.status == "open"}
    assert found >= {("regression", False), ("stagnation", False), ("progression", False), ("missing", False),
                     ("disagreement", False), ("regression", True)}  # fmt: skip
    session.vault.close(backup=False)


def test_what_one_indicator_moves_alone_the_true_level_moves_a_tenth_of():
    import numpy as np

    pattern = next(p for p in PATTERNS if p.name == "one_thing_falls")
    days = [s.days for s in pattern.stretches]
    levels = true_levels(np.random.default_rng(1), pattern, days)
    before, after = sum(days[:2]) - 1, sum(days[:2])
    assert levels[after] - levels[before] == pytest.approx(-0.18, abs=0.03)
    assert on(pattern, days, before) is pattern.stretches[1]
    assert on(pattern, days, after) is pattern.stretches[2]
    assert on(pattern, days, sum(days) + 5) is pattern.stretches[2]


# its truth


def changes(session, truths):
    """(fell, rose, steady) periods by what truly happened: who, phase start, whether the matching flag was raised."""
    raised = {(f.number, f.kind, f.phase.start) for f in flags.history(session, all=True)}
    fell, rose, steady = [], [], []
    for course in queries.courses(session.vault).values():
        truth = truths[course.citizen.number]
        for phase in citizens.phases(session, course.citizen.citizen):
            end = phase.end or TODAY
            if len({a.date for a in course.assessments if phase.start <= a.date <= end}) < 2:
                continue  # nobody looked twice, so nobody can know
            moved = truth.level(end) - truth.level(phase.start)
            lowest = min(truth.level(phase.start + dt.timedelta(n)) for n in range((end - phase.start).days + 1))
            key = (course.citizen.number, phase.start)
            if phase.state != "active" and moved <= -0.5:
                fell.append((key, (key[0], "regression", key[1]) in raised))
            elif lowest - truth.level(phase.start) > -0.15:
                steady.append((key, (key[0], "regression", key[1]) in raised))
            if phase.state == "active" and moved >= 0.5:
                rose.append((key, (key[0], "progression", key[1]) in raised))
    return fell, rose, steady


def share(found):
    return sum(hit for _, hit in found) / len(found)


def test_who_truly_fell_without_an_intervention_is_mostly_flagged_and_who_did_not_mostly_is_not(made):
    """Measured on seed 2026 and this day: see the bounds. Half a step is more than the minimal important change."""
    fell, rose, steady = changes(made.opened.session, made.truths)
    assert len(fell) >= 10
    assert len(steady) >= 40
    assert share(fell) >= 0.70
    assert share(rose) >= 0.80
    assert share(steady) <= 0.30  # ten false alarms a year in a hundred, over two to three years


@pytest.mark.slow
def test_the_truth_is_found_again_on_other_seeds_too(tmp_path):
    fell, rose, steady = [], [], []
    for seed in range(1, 7):
        result = build(tmp_path / str(seed), seed=seed)
        for whole, part in zip((fell, rose, steady), changes(result.opened.session, result.truths), strict=True):
            whole += part
        result.opened.session.vault.close(backup=False)
    print(f"fell {share(fell):.3f} of {len(fell)}, rose {share(rose):.3f} of {len(rose)}, "
          f"steady {share(steady):.3f} of {len(steady)}")  # fmt: skip
    assert share(fell) >= 0.70
    assert share(rose) >= 0.80
    assert share(steady) <= 0.25


def test_a_new_caseworker_who_rates_lower_is_not_called_a_fall(made):
    """The truth is steady; only who looks has changed. Most of them raise no regression."""
    raised = {f.number for f in flags.history(made.opened.session, all=True) if f.kind == "regression"}
    known = [n for n, truth in made.truths.items() if truth.pattern == "new_caseworker_rates_lower"]
    assert len([n for n in known if n in raised]) <= len(known) // 2


def test_a_drop_and_a_slide_are_said_when_they_are_seen(made):
    raised = {f.number for f in flags.history(made.opened.session) if f.kind == "regression"}
    slid = [n for n, truth in made.truths.items() if truth.pattern == "slides_without"]
    assert len([n for n in slid if n in raised]) >= len(slid) * 0.6


def test_the_truth_is_kept_out_of_the_vault(session):
    """The analysis never sees it: no event holds a pattern's name or a level."""
    bodies = " ".join(row[0] for row in session.vault.rows("SELECT body FROM event"))
    assert not any(p.name in bodies for p in PATTERNS if "_" in p.name)
