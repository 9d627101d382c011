"""What prints rows: the contract's JSON and CSV, tables for people, and looking back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json

import pytest

FLAG_KEYS = [
    "id", "citizen_id", "scale", "kind", "indicator", "rater", "phase", "raised_on", "baseline", "level", "change",
    "margin", "evidence", "suggestion", "status", "follow_up", "headline", "explanation",
]  # fmt: skip
ADDED_KEYS = {"change_sd", "estimates", "measured_on", "method", "withdrawn_because"}  # beyond the contract
COLUMNS = [
    "citizen_id", "scale", "date", "phase_start", "phase_state", "level", "level_sd", "change", "change_sd", "evidence",
    "flag",
]  # fmt: skip
KINDS = {"regression", "stagnation", "progression", "disagreement", "missing"}
STATUSES = {"open", "decided", "silenced", "withdrawn"}
SUGGESTIONS = {
    ("regression", "passive"): "start", ("regression", "waiting"): "start", ("regression", "exempt"): "review",
    ("regression", "active"): "adjust", ("stagnation", "active"): "adjust", ("stagnation", "passive"): "start",
    ("stagnation", "waiting"): "start", ("progression", "active"): "continue",
}  # fmt: skip


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


# flags


@pytest.mark.parametrize("options", [(), ("--history",), ("--history", "--all"), ("--as-of", "2026-03-01")], ids=str)
def test_flags_as_json_have_the_contract_s_shape(run, vault, options):
    found = run("flags", *options, "--format", "json", db=vault).json
    assert list(found) == ["as_of", "method", "false_alarms_per_100_years", "estimates", "flags"]
    assert found["method"] == "trajectory"
    assert found["false_alarms_per_100_years"] == 10
    assert found["estimates"] == "prior/0"
    assert found["as_of"] == (options[1] if "--as-of" in options else dt.date.today().isoformat())
    assert found["flags"]
    for flag in found["flags"]:
        assert [key for key in flag if key not in ADDED_KEYS] == FLAG_KEYS
        assert set(flag) - set(FLAG_KEYS) == ADDED_KEYS
        assert list(flag["phase"]) == ["state", "start", "end", "interventions"]
        check_flag(flag, found["as_of"])


def check_flag(flag, as_of):
    assert flag["kind"] in KINDS
    assert flag["status"] in STATUSES
    assert flag["phase"]["state"] in {"active", "passive", "waiting", "exempt"}
    assert flag["phase"]["start"] <= flag["raised_on"] <= as_of
    assert flag["suggestion"] == SUGGESTIONS.get((flag["kind"], flag["phase"]["state"]))
    figures = [flag[name] for name in ("baseline", "level", "change", "margin", "evidence")]
    if flag["kind"] == "missing":
        assert figures == [None] * 5
    else:
        baseline, level, change, margin, evidence = figures
        assert change == pytest.approx(level - baseline, abs=0.002)
        if flag["kind"] == "disagreement":
            assert evidence is None
        else:
            assert evidence == pytest.approx(abs(change) / flag["change_sd"], abs=0.05)
        if flag["kind"] != "stagnation":
            assert abs(change) >= margin - 0.002
        assert margin >= 0.1 - 0.001  # a third of the minimal important change
    assert len(flag["headline"].split()) <= 15
    assert flag["explanation"].startswith(flag["headline"] + ".")
    assert (flag["withdrawn_because"] is not None) == (flag["status"] == "withdrawn")


def test_ids_are_unique_and_stay(run, vault):
    first = run("flags", "--history", "--all", "--format", "json", db=vault).json["flags"]
    again = run("flags", "--history", "--all", "--format", "json", db=vault).json["flags"]
    assert [f["id"] for f in first] == [f["id"] for f in again]
    assert len({f["id"] for f in first}) == len(first)


def test_open_flags_come_first_and_then_by_date(run, vault):
    found = run("flags", "--format", "json", db=vault).json["flags"]
    order = ["open", "decided", "silenced", "withdrawn"]
    keys = [(order.index(f["status"]), f["raised_on"], f["citizen_id"]) for f in found]
    assert keys == sorted(keys)


def test_history_is_a_part_of_all(run, vault):
    shown, raised = (
        {f["id"] for f in run("flags", "--history", *more, "--format", "json", db=vault).json["flags"]}
        for more in ([], ["--all"])
    )
    assert shown <= raised


def test_flags_as_csv_have_every_column_and_as_a_table_every_flag(run, vault):
    as_json = run("flags", "--format", "json", db=vault).json["flags"]
    as_csv = rows(run("flags", "--format", "csv", db=vault).out)
    assert [r["id"] for r in as_csv] == [f["id"] for f in as_json]
    assert set(as_csv[0]) == (set(FLAG_KEYS) - {"phase"}) | ADDED_KEYS | {
        "phase_state", "phase_start", "phase_end", "interventions",
    }  # fmt: skip
    assert [r["phase_start"] for r in as_csv] == [f["phase"]["start"] for f in as_json]
    table = run("flags", db=vault).lines
    assert sum(any(f["headline"] in line for f in as_json) for line in table) == len(as_json)
    assert "about 5 without a reason" in table[-1] and "(in simulation)" in table[-1]


def test_flags_are_said_in_the_language_asked_for(run, vault):
    danish, english = (
        run("flags", "--format", "json", "--language", language, db=vault).json["flags"] for language in ("da", "en")
    )
    assert [f["id"] for f in danish] == [f["id"] for f in english]
    assert not any(d["headline"] == e["headline"] for d, e in zip(danish, english, strict=True))
    figures = run("flags", "--language", "da", db=vault).out
    assert "," in figures
    assert "Margin" in figures


def test_the_order_of_options_makes_no_difference(run, vault):
    one = run("flags", "--format", "json", "--as-of", "2026-03-01", db=vault)
    other = run("--db", vault, "--language", "en", "flags", "--as-of=2026-03-01", "--format=json")
    assert one.json == other.json


# trajectories


@pytest.mark.parametrize("options", [(), ("--causal",)], ids=["smoothed", "causal"])
def test_trajectories_as_csv_have_the_contract_s_columns(run, vault, options):
    result = run("trajectories", *options, db=vault)
    assert result.lines[0].split(",") == COLUMNS
    found = rows(result.out)
    assert len(found) > 50
    assert [(r["citizen_id"], r["date"]) for r in found] == sorted((r["citizen_id"], r["date"]) for r in found)
    for r in found:
        dt.date.fromisoformat(r["date"])
        assert r["phase_start"] <= r["date"]
        assert float(r["evidence"]) >= 0
        assert r["flag"] in {"", "regression", "stagnation", "progression", "disagreement"}
        if float(r["change_sd"]) > 0.05:
            assert float(r["evidence"]) == pytest.approx(abs(float(r["change"])) / float(r["change_sd"]), abs=0.05)
    assert ("estimates" in result.err) == bool(options)  # the output says what may come from the whole cohort


def test_a_causal_row_knows_nothing_of_later_days(run, vault):
    everything = rows(run("trajectories", "--causal", db=vault).out)
    day = sorted(r["date"] for r in everything)[len(everything) // 2]
    before = rows(run("trajectories", "--causal", "--as-of", day, db=vault).out)
    assert before == [r for r in everything if r["date"] <= day]
    smoothed = rows(run("trajectories", db=vault).out)
    assert [r["level"] for r in smoothed] != [r["level"] for r in everything]


def test_flags_in_rows_are_those_of_the_history(run, vault):
    history = run("flags", "--history", "--format", "json", db=vault).json["flags"]
    whole = [f for f in history if f["kind"] != "missing" and f["indicator"] is None]
    expected = {(f["citizen_id"], f["raised_on"], f["kind"]) for f in whole}
    found = rows(run("trajectories", "--causal", db=vault).out)
    assert {(r["citizen_id"], r["date"], r["flag"]) for r in found if r["flag"]} == expected


def test_trajectories_in_other_formats(run, vault):
    as_json = run("trajectories", "--causal", "--format", "json", db=vault).json
    assert list(as_json) == ["causal", "trajectories"]
    assert [list(r) for r in as_json["trajectories"][:1]] == [COLUMNS]
    table = run("trajectories", "--format", "table", db=vault)
    assert len(table.lines) == len(as_json["trajectories"]) + 1


def test_one_indicator_and_one_rater(run, vault):
    whole = rows(run("trajectories", "--causal", db=vault).out)
    part = rows(run("trajectories", "--causal", "--indicator", "hverdagsmestring", db=vault).out)
    own = rows(run("trajectories", "--causal", "--rater", "citizen", db=vault).out)
    assert {r["flag"] for r in part + own} == {""}
    assert 0 < len(own) <= len(whole)
    assert rows(run("trajectories", "--scale", "hamd", db=vault).out) == []
    assert run("trajectories", "--scale", "hamd", db=vault).lines == [",".join(COLUMNS)]


# what was registered


@pytest.mark.parametrize("name", ["citizens", "interventions", "people", "estimates", "log", "rebuild"])
def test_json_is_one_object_with_one_list_named_like_the_command(run, vault, name):
    found = run(name, "--format", "json", db=vault).json
    assert [key for key, value in found.items() if isinstance(value, list)] == [name]
    assert found[name]
    as_csv = rows(run(name, "--format", "csv", db=vault).out)
    if name != "log":  # which grows by being read
        assert len(as_csv) == len(found[name])
    assert run(name, db=vault).lines


def test_citizens(run, vault, truths):
    found = run("citizens", "--format", "json", db=vault).json["citizens"]
    assert [c["citizen_id"] for c in found] == sorted(truths)
    assert all(c["name"] and c["caseworker"] for c in found if not c["case_closed"])


def test_closed_citizens_have_what_their_case_ended_in(run, vault, truths):
    everybody = run("citizens", "--format", "json", db=vault).json["citizens"]
    found = run("citizens", "--closed", "--format", "json", db=vault).json["citizens"]
    assert [c["citizen_id"] for c in found] == [c["citizen_id"] for c in everybody if c["case_closed"]]
    assert found and {c["outcome"] for c in found} <= {"job", "education"}
    assert any("Job" in line for line in run("citizens", "--closed", "--language", "da", db=vault).lines)
    first = min(c["case_closed"] for c in found)
    assert not run("citizens", "--closed", "--as-of", "2020-01-01", "--format", "json", db=vault).json["citizens"]
    assert first in run("citizens", "--closed", "--format", "csv", db=vault).out


def test_the_timeline_holds_the_plan_screenings_and_what_came_of_decisions(run, vault, truths):
    whats = set()
    for number in sorted(truths):
        rows_ = run("timeline", number, "--format", "json", db=vault).json["timeline"]
        whats |= {row["what"] for row in rows_}
        assert {row["state"] for row in rows_ if row["what"] == "plan"} <= {"new", "changed", "done", "dropped"}
    assert {"plan", "screening"} <= whats
    assert any("Min Plan" in line for line in run("timeline", min(truths), "--language", "da", db=vault).lines)


def test_a_table_has_dates_as_people_write_them(run, vault):
    first = run("citizens", "--format", "json", db=vault).json["citizens"][0]
    line = next(x for x in run("citizens", "--language", "da", db=vault).lines if x.startswith(first["citizen_id"]))
    day = dt.date.fromisoformat(first["benefit_start"])
    assert f"{day.day}. " in line
    assert str(day.year) in line
    assert first["benefit_start"] not in line


def test_timeline(run, vault, truths):
    number = next(n for n, t in sorted(truths.items()) if t.pattern == "slides_without")
    everything = run("timeline", number, "--format", "json", db=vault).json
    assert list(everything) == ["citizen_id", "timeline"]
    assert everything["citizen_id"] == number
    starts = [row["start"] for row in everything["timeline"]]
    assert starts == sorted(starts)
    whats = {row["what"] for row in everything["timeline"]}
    assert whats >= {"phase", "combination", "passive", "intervention", "conversation"}
    parts = run("timeline", number, "--only", "phase", "--format", "json", db=vault).json["timeline"]
    assert parts == [row for row in everything["timeline"] if row["what"] == "phase"]
    assert parts[0]["start"] == truths[number].first.isoformat()
    assert parts[-1]["end"] is None
    for one, after in itertools.pairwise(parts):
        assert dt.date.fromisoformat(after["start"]) - dt.date.fromisoformat(one["end"]) == dt.timedelta(days=1)
    assert [p["state"] for p in parts][-1] == "passive"
    assert all(p["interventions"] for p in parts if p["state"] == "active")
    earlier = run(
        "timeline", number, "--only", "phase", "--as-of", parts[1]["start"], "--format", "json", db=vault
    ).json["timeline"]
    assert [p["start"] for p in earlier] == [parts[0]["start"]] or earlier[-1]["end"] is None
    assert "Passive" in run("timeline", number, db=vault).out


def test_combinations_fill_the_phases(run, vault, truths):
    for number in sorted(truths)[:6]:
        rows_ = run("timeline", number, "--format", "json", db=vault).json["timeline"]
        phases, runs = ([r for r in rows_ if r["what"] == what] for what in ("phase", "combination"))
        active = [p for p in phases if p["state"] == "active"]
        assert sum(p["days"] for p in active) == sum(r["days"] for r in runs if r["state"] != "none")
        assert sum(p["days"] for p in phases) == sum(r["days"] for r in runs)


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        (("--running",), {"citizen_id", "type", "bip_type", "earlier", "contact"}),
        (("--waiting",), {"waiting_for", "expected_start"}),
        (("--exempt",), {"exempt_from", "review_date"}),
        (("--ending-soon",), {"planned_end"}),
        (("--combination",), {"combination", "state", "since", "days"}),
        (("--passive",), {"kind", "days", "weeks", "before", "after"}),
        (("--passive-share", "--months", "6"), {"month", "share_of_days", "share_last_day"}),
        (("--without", "1"), {"since", "months", "state"}),
        (("--waiting-times",), {"waiting_for", "median_days"}),
        (("--offers",), {"places", "taken", "free", "waiting"}),
        (("--providers",), {"provider", "running", "citizens"}),
        (("--strategy",), {"category", "types", "by_weeks", "parallel"}),
    ],
)
def test_what_interventions_answers(run, vault, options, columns):
    found = run("interventions", *options, "--format", "json", db=vault).json
    assert [key for key, value in found.items() if isinstance(value, list)] == ["interventions"]
    assert all(columns <= set(row) for row in found["interventions"])
    as_csv = rows(run("interventions", *options, "--format", "csv", db=vault).out)
    assert len(as_csv) == len(found["interventions"])
    for language in ("da", "en"):
        result = run("interventions", *options, "--language", language, db=vault)
        assert (result.code, result.err) == (0, "")
        assert len(result.lines) == (len(as_csv) + 1 if as_csv else 1)


def test_who_has_a_combination_is_found_however_it_is_written(run, vault):
    everybody = run("interventions", "--combination", "--format", "json", db=vault).json["interventions"]
    for key in {row["combination"] for row in everybody}:
        asked = " + ".join(reversed(key.split("+")))
        found = run("interventions", "--combination", asked, "--format", "json", db=vault).json["interventions"]
        assert found == [row for row in everybody if row["combination"] == key]
    wrong = run("interventions", "--combination", "arbejde", db=vault)
    assert wrong.code == 2
    assert "job" in wrong.err


def test_the_share_of_a_month_is_the_days_of_its_citizens(run, vault):
    asked = run("interventions", "--passive-share", "--months", "3", "--format", "json", db=vault)
    months = asked.json["interventions"]
    assert len(months) == 3
    for month in months:
        without = month["passive_days"] + month["waiting_days"] + month["exempt_days"]
        assert month["share_of_days"] == pytest.approx(without / month["citizen_days"], abs=0.001)


def test_interventions_look_back(run, vault):
    everything = run("interventions", "--format", "json", db=vault).json["interventions"]
    keys = [(i["citizen_id"], i["start"]) for i in everything]
    assert keys == sorted(keys)
    day = sorted(i["start"] for i in everything)[len(everything) // 2]
    then = run("interventions", "--as-of", day, "--format", "json", db=vault).json["interventions"]
    assert len(then) == sum(i["start"] <= day for i in everything)
    assert all(i["end"] is None or i["end"] <= day for i in then)


def test_estimates_name_what_flags_rest_on(run, vault):
    found = run("estimates", "--format", "json", db=vault).json["estimates"]
    assert [e["scale"] for e in found] == ["bip", "hamd"]
    assert {e["citizens"] for e in found} == {0}
    assert all(e["c_regression"] > 0 and e["parameters"] for e in found)
    parameters = json.loads(rows(run("estimates", "--format", "csv", db=vault).out)[0]["parameters"])
    assert parameters == found[0]["parameters"]


def test_nothing_to_show_is_said(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PROGRESSION_PASSPHRASE", "fire ord her nu")
    monkeypatch.setenv("PROGRESSION_LANGUAGE", "en")
    assert run("new", db=tmp_path / "v").code == 0
    for name in ("citizens", "flags", "interventions", "people"):
        result = run(name, db=tmp_path / "v")
        assert (result.code, result.lines[0], result.err) == (0, "Nothing to show.", "")
        assert run(name, "--format", "json", db=tmp_path / "v").json[name] == []
    assert run("trajectories", db=tmp_path / "v").lines == [",".join(COLUMNS)]


def test_who_waits_and_who_is_exempt_stand_in_columns_of_their_own(run, vault):
    waiting = run("interventions", "--waiting", "--format", "json", db=vault).json["interventions"]
    assert waiting and all(row["name"] and row["days"] > 0 and "others_median_days" in row for row in waiting)
    head = run("interventions", "--waiting", db=vault).lines[0]
    assert "Waits for" in head and "Exempt from" not in head
    exempt = run("interventions", "--exempt", db=vault)
    assert "Reason" in exempt.lines[0]
    codes = {"activation", "mentor", "both"}
    told = run("interventions", "--exempt", "--language", "da", db=vault).out.split()
    assert not codes & set(told)


def test_lists_of_words_in_csv_are_written_as_an_export_writes_them(run, vault):
    found = rows(run("interventions", "--combination", "--format", "csv", db=vault).out)
    assert all("[" not in row["interventions"] for row in found)
    assert all(row["name"] for row in found)


def test_caseloads_as_csv_have_the_norm_in_figures(run, vault):
    found = rows(run("caseload", "--format", "csv", db=vault).out)
    assert all(row["norm_high"].isdigit() and row["norm_own"] in ("True", "False") for row in found if row["norm_high"])
    assert any(row["norm_high"] for row in found)


def test_a_figure_about_few_says_few_citizens_and_not_a_number_of_days(run, vault):
    table = run("interventions", "--waiting-times", db=vault)
    assert "under 5" not in table.out
    asked = run("interventions", "--waiting-times", "--format", "json", db=vault).json["interventions"]
    few = [row for row in asked if row["waiting"] and row["longest_days"] is None]
    assert ("fewer than 5" in table.out) or not few
