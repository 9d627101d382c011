"""Estimates are adopted as events: one act, the same on every device, at the rate that is chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace

import pytest
from desk_cases import BIP, TODAY, again, clock, course, fill, team
from two_devices import exchange

from progression.analysis.estimates import prior_estimates
from progression.analysis.fit import Cancelled
from progression.desk import cohorts, estimates, flags, settings, vaults
from progression.errors import KnownError
from progression.store import adoptions, caseload, kinds
from progression.store.access import Act

ACT = Act("change")


def many(n: int, first: int = 0) -> list[object]:
    """Citizens assessed three times each."""
    return [value for i in range(first, first + n) for value in course(f"M{i:03d}", [3.0, 3.1, 3.0])]


@pytest.fixture
def fitted(monkeypatch):
    """In place of the real fit: quick, and different from the starting values so that one sees which is in force."""

    def fit(cohort, *, rate, today, progress=None, cancelled=None):
        for part in (0.25, 0.5, 1.0):
            if progress is not None:
                progress(part)
            if cancelled is not None and cancelled():
                raise Cancelled
        prior = prior_estimates(cohort.scale, rate)
        rows = {f"{r:g}": dict.fromkeys(prior.rates.get(f"{r:g}", {}) or _ROW, 1.0) for r in (2, 5, 10, 20)}
        for name, row in rows.items():
            row |= {"c_regression": 3.0 - float(name) / 10, "c_progression": 2.9 - float(name) / 10, "real": 0.6}
        made = replace(
            prior, adopted=today, citizens=len(set(cohort.who.tolist())), source="fitted", rates=rows,
            parameters=prior.parameters | {"caseworker_sd": 0.25, "mean.citizen.netvaerk": 3.2},
        )  # fmt: skip
        return made.at_rate(rate)

    monkeypatch.setattr("progression.analysis.fit.fit", fit)
    return fit


_ROW = {"c_regression": 1.0, "c_progression": 1.0, "c_indicator": 1.0, "c_gap": 1.0, "found": 0.7, "real": 0.6}


# adopting


def test_a_refit_is_one_logged_event_that_flags_name(session, fitted):
    assert estimates.in_force(session).name == "prior/0"
    before = len(session.vault.rows("SELECT id FROM event"))
    told: list[float] = []
    found = estimates.refit(session, "bip", told.append)
    assert told == [0.25, 0.5, 1.0]
    assert found.name == "2026-05-01/4" and found.source == "fitted"
    assert estimates.in_force(session) == found
    assert len(session.vault.rows("SELECT id FROM event")) == before + 1
    (newest, *_) = vaults.access_log(session)
    assert (newest.act, newest.detail) == ("change", "estimates bip")
    raised = flags.current(session)
    assert {flag.estimates for flag in raised if flag.scale == "bip"} == {"2026-05-01/4"}
    assert estimates.in_force(session, "hamd").name == "prior/0"


def test_what_was_adopted_survives_closing_and_rebuilding(session, fitted):
    found = estimates.refit(session)
    folder = session.vault.folder
    session.vault.close(backup=False)
    opened = again(folder)
    assert estimates.in_force(opened) == found
    vaults.rebuild(opened)
    assert estimates.in_force(opened) == found
    opened.vault.close(backup=False)


def test_a_cancelled_refit_adopts_nothing(session, fitted):
    log = len(vaults.access_log(session))
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        estimates.refit(session, cancelled=lambda: next(answers))
    assert list(adoptions.newest_first(session.vault, "bip")) == []
    assert estimates.in_force(session).name == "prior/0"
    assert len(vaults.access_log(session)) == log


def test_ctrl_c_while_estimating_adopts_nothing(session, fitted):
    def stop(part):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        estimates.refit(session, "bip", stop)
    assert list(adoptions.newest_first(session.vault, "bip")) == []


@pytest.mark.parametrize("values", [(), course("H1", [3.0])], ids=["nobody", "one assessment"])
def test_nobody_to_estimate_from_is_said(opened, fitted, values):
    empty = opened(values)
    with pytest.raises(KnownError) as raised:
        estimates.refit(empty)
    assert (raised.value.code, raised.value.fields) == ("estimates.nobody", {"scale": "bip"})


def test_an_unknown_scale_is_said(session):
    for operation in (estimates.refit, estimates.standing, estimates.in_force):
        with pytest.raises(KnownError) as raised:
            operation(session, "nowhere")
        assert raised.value.code == "scale.unknown"


@pytest.mark.parametrize("place", ["parameters", "rates"])
def test_figures_nobody_can_compute_with_are_not_adopted(session, fitted, place):
    basis = estimates.gather(session)
    found = estimates.fit(basis)
    broken = (
        replace(found, parameters=found.parameters | {"day_sd": float("nan")})
        if place == "parameters"
        else replace(found, rates=found.rates | {"2": found.rates["2"] | {"c_gap": float("inf")}})
    )
    with pytest.raises(KnownError) as raised:
        estimates.adopt(session, basis, broken)
    assert raised.value.code == "estimates.not_finite"
    assert estimates.in_force(session).name == "prior/0"


# the chosen rate


def test_another_rate_takes_its_thresholds_without_new_estimates(session, fitted):
    adopted = estimates.refit(session)
    assert (adopted.false_alarms_per_100_years, adopted.c_regression) == (10.0, 2.0)
    for rate, c in ((2, 2.8), (5, 2.5), (20, 1.0), (10, 2.0)):
        settings.put(session, estimates.RATE, rate)
        found = estimates.in_force(session)
        assert (found.false_alarms_per_100_years, found.c_regression) == (rate, pytest.approx(c))
        assert found.name == adopted.name and found.parameters == adopted.parameters
    assert len(list(adoptions.newest_first(session.vault, "bip"))) == 1


def test_starting_values_take_the_chosen_rate_too(session):
    settings.put(session, estimates.RATE, 2)
    assert estimates.in_force(session).c_regression == prior_estimates(BIP, 2.0).c_regression
    assert [one.per_100_years for one in estimates.rates(session)] == [2, 5, 10, 20]
    assert all(0 < one.found < 1 and 0 < one.real < 1 for one in estimates.rates(session))


@pytest.mark.parametrize("chosen", [7, "ten", None, 0])
def test_a_rate_that_was_never_calibrated_leaves_the_default(session, chosen):
    settings.put(session, estimates.RATE, chosen)
    assert estimates.in_force(session).false_alarms_per_100_years == 10.0


def test_estimates_adopted_without_rates_keep_their_own_and_take_the_others_from_simulation(session):
    body = {
        "adopted": "2026-04-01", "citizens": 412, "false_alarms_per_100_years": 10, "c_regression": 1.23,
        "c_progression": 1.11, "parameters": {"caseworker_sd": 0.2},
    }  # fmt: skip
    session.vault.append([kinds.estimates_adopted("bip", body)], ACT)
    found = estimates.in_force(session)
    assert (found.name, found.c_regression, found.parameters["caseworker_sd"]) == ("2026-04-01/412", 1.23, 0.2)
    assert found.parameters["day_sd"] == prior_estimates(BIP).parameters["day_sd"]
    settings.put(session, estimates.RATE, 5)
    assert estimates.in_force(session).c_regression == prior_estimates(BIP, 5.0).c_regression
    assert estimates.in_force(session).parameters["caseworker_sd"] == 0.2
    assert flags.current(session)


@pytest.mark.parametrize(
    "body",
    [
        {"adopted": "2026-04-31", "citizens": 5},
        {"adopted": "2026-04-01", "citizens": "many"},
        {"adopted": "2026-04-01", "citizens": 5, "parameters": ["a"]},
        {"adopted": "2026-04-01", "citizens": 5, "c_regression": None, "c_progression": 1, "rates": 4},
    ],
)
def test_a_body_nobody_can_read_is_passed_over(session, fitted, body):
    before = estimates.refit(session)
    session.vault.append([kinds.estimates_adopted("bip", body | {"adopted": body["adopted"].replace("6", "7")})], ACT)
    assert estimates.in_force(session) == before
    assert len(estimates.standing(session).history) == 1


def test_estimates_of_a_scale_whose_codes_have_changed_still_serve(session, fitted, tmp_path):
    from progression.desk import scales
    from progression.scales import library

    estimates.refit(session)
    text = library.source("bip").replace('code = "netvaerk"', 'code = "netvaerk_ny"')
    changed = tmp_path / "bip.toml"
    changed.write_text(text.replace(f"version = {BIP.version}", f"version = {BIP.version + 1}", 1), "utf-8")
    scales.install(session, changed)
    assert "netvaerk_ny" in {i.code for i in scales.listing(session)["bip"].indicators}
    assert estimates.in_force(session).name == "2026-05-01/4"
    assert flags.current(session)
    assert estimates.refit(session).citizens == 4


# two devices


def test_two_devices_that_adopt_offline_end_with_the_same_in_force(opened, fitted):
    here, there = opened(team(), name="here"), opened((), name="there")
    exchange(here, there)
    fill(there, many(3))
    one, other = estimates.refit(here), estimates.refit(there)
    assert (one.citizens, other.citizens) == (4, 7)
    exchange(here, there)
    both = [estimates.in_force(session) for session in (here, there)]
    assert both[0] == both[1]
    events = [[a.event for a in estimates.standing(session).history] for session in (here, there)]
    assert events[0] == events[1] == sorted(events[0], reverse=True)  # same day: the event's order decides
    for session in (here, there):
        vaults.rebuild(session)
        assert estimates.in_force(session) == both[0]
    assert vaults.check(here, deep=True) == [] == vaults.check(there, deep=True)


def test_a_later_date_wins_over_a_later_event(opened, fitted):
    here = opened(team(), name="here")
    there = opened((), name="there", day=TODAY + dt.timedelta(days=3))
    exchange(here, there)
    late = estimates.refit(there)
    estimates.refit(here)
    exchange(here, there)
    assert estimates.in_force(here).adopted == estimates.in_force(there).adopted == late.adopted


def test_the_rate_chosen_on_one_device_holds_on_the_other(opened, fitted):
    there = opened((), name="there", day=TODAY - dt.timedelta(days=1))
    here = opened(team(), name="here")  # of two choices the later one holds
    estimates.refit(here)
    settings.put(here, estimates.RATE, 20)
    exchange(here, there)
    assert estimates.in_force(there).false_alarms_per_100_years == 20.0
    assert [f.id for f in flags.current(here)] == [f.id for f in flags.current(there)]


# history, and taking back


def test_the_history_names_who_and_on_what(session, fitted):
    estimates.refit(session)
    fill(session, many(2))
    estimates.refit(session)
    newest, first = estimates.standing(session).history
    assert (first.estimates.citizens, newest.estimates.citizens) == (4, 6)
    assert first.assessments < newest.assessments
    assert newest.account == session.vault.account.id
    assert newest.time.date() == TODAY


def test_taking_back_brings_the_one_before_and_nothing_makes_it_again(opened, fitted):
    session = opened(many(60))
    assert estimates.due(session) and estimates.automatic(session)
    estimates.refit(session)
    (adoption,) = estimates.standing(session).history
    changes = estimates.take_back(session, adoption.event)
    assert changes.kinds == {"estimates", "setting", "flag"}
    assert estimates.in_force(session).name == "prior/0"
    assert estimates.standing(session).history == ()
    assert not estimates.automatic(session) and estimates.forbidden(session)
    again_ = estimates.refit(session)
    assert estimates.in_force(session) == again_


# due


def test_due_only_with_enough_citizens(opened, fitted):
    session = opened(many(59))
    assert not estimates.due(session) and estimates.due_scales(session) == ()
    fill(session, course("one", [3.0]))  # assessed once: cannot be used
    assert not estimates.due(session)
    fill(session, many(1, first=59))
    assert estimates.due(session) and estimates.due_scales(session) == ("bip",)
    standing = estimates.standing(session)
    assert standing.due and standing.usable == 60
    assert not estimates.due(session, "hamd")


def test_due_again_when_half_as_many_have_come_or_after_a_year(opened, fitted):
    session = opened(many(60))
    estimates.refit(session)
    assert not estimates.due(session)
    fill(session, many(29, first=60))
    assert not estimates.due(session)
    fill(session, many(1, first=89))
    assert estimates.due(session)
    estimates.refit(session)
    assert not estimates.due(session)
    session.vault.clock = clock(TODAY + dt.timedelta(days=364))
    assert not estimates.due(session)
    session.vault.clock = clock(TODAY + dt.timedelta(days=365))
    assert estimates.due(session)


def test_a_count_that_was_not_kept_leaves_only_the_year(opened, fitted):
    session = opened(many(60))
    body = asdict(prior_estimates(BIP)) | {"adopted": TODAY.isoformat(), "citizens": 20}
    session.vault.append([kinds.estimates_adopted("bip", body)], ACT)
    assert not estimates.due(session)
    assert estimates.standing(session).history[0].assessments == 0


def test_automatic_only_where_one_works_alone_unless_set(session):
    assert estimates.automatic(session) and not estimates.forbidden(session)
    session.vault.append([kinds.account("a2", "Bo Bech", "")], ACT)
    assert not estimates.automatic(session) and not estimates.forbidden(session)
    settings.put(session, estimates.AUTOMATIC, True)
    assert estimates.automatic(session)
    settings.put(session, estimates.AUTOMATIC, False)
    assert not estimates.automatic(session) and estimates.forbidden(session)


# what else is chosen


def test_method_and_informed_prior_come_from_settings(session):
    assert (cohorts.settings(session).method, cohorts.settings(session).informed) == ("trajectory", False)
    settings.put(session, "method", "rules")
    settings.put(session, "informed", True)
    assert (cohorts.settings(session).method, cohorts.settings(session).informed) == ("rules", True)
    settings.put(session, "method", "something newer")
    assert cohorts.settings(session).method == "trajectory"


def test_the_cohort_that_is_fitted_holds_everybody_with_answers(session):
    basis = estimates.gather(session)
    assert len(set(basis.cohort.who.tolist())) == 4
    assert basis.assessments == len(basis.cohort.who) == adoptions.usable(session.vault, "bip")[1]
    assert caseload.scales_in_use(session.vault) == {"bip"}


def test_the_real_fit_can_be_adopted_and_gives_flags(session):
    found = estimates.refit(session)
    assert estimates.in_force(session) == found
    assert found.source == "fitted" and set(found.rates) == {"2", "5", "10", "20"}
    assert flags.current(session)
