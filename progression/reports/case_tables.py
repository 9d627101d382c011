"""The tables of a report to the case: attention points and decisions, answers, interventions, periods without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportlab.platypus import Flowable

from progression.analysis.values import Flag
from progression.casework.values import Decision, Intervention, Phase
from progression.charts import phrases
from progression.charts.strips import choice_word
from progression.reports import answers, case_register, flow, tagged, why
from progression.reports.case_register import Correction
from progression.reports.summary import Case
from progression.words import Words, rounding
from progression.words import flags as said

DASH = phrases.NO_VALUE
_WEEKS_FROM = 14  # shorter periods are given in days


def all_of(case: Case, corrections: Sequence[Correction], w: Words) -> list[Flowable]:
    """Return every table with its heading; a part without anything says so in a sentence."""
    return [
        *attention(case, w),
        *case_register.outcomes(case, w),
        *given(case, w),
        *case_register.corrected(case, corrections, w),
        *interventions(case, w),
        *periods(case, w),
        *case_register.register(case, w),
    ]


def attention(case: Case, w: Words) -> list[Flowable]:
    """Attention points with what was decided about them, other decisions, and each sentence with its numbers."""
    heading = flow.heading(w.t("Attention points and decisions"))
    rows = sorted([*_flag_rows(case, w), *_decision_rows(case, w)], key=lambda row: row[0], reverse=True)
    if not rows:
        return [heading, flow.prose(w.t("There are no attention points and no decisions."))]
    head = (
        w.t("Date"), w.t("What"), w.t("Period"), w.t("From"), w.t("To"), w.tc("difference", "Change"), w.t("Margin"),
        w.t("Decision"), w.t("Follow-up"),
    )  # fmt: skip
    table = flow.table(
        head,
        [row for _, row in rows],
        (68, 80, 64, 34, 34, 42, 40, 114, 62),  # "From" and "To" hold 52,00 on one line
        right=frozenset({3, 4, 5, 6, 8}),
        bold=frozenset({1}),
        apart=frozenset({7}),
    )
    return [flow.room(110), heading, table, flow.gap(4), *_reasons(case, w)]


def _reasons(case: Case, w: Words) -> list[Flowable]:
    """Each attention point in its own words; then the method all of them rest on. How to check it stands last."""
    found: list[Flowable] = []
    for flag in sorted(case.flags, key=lambda f: f.raised_on, reverse=True):
        suggestion, measured = said.suggestion(w, flag), flag.measured_on or flag.raised_on
        later = w.t("As measured {day}.", day=w.short_date(measured)) if measured != flag.raised_on else ""
        parts = [later, said.explanation(w, flag, case.scale_of(flag)) if case.knows(flag) else ""]
        parts += [f"{suggestion}." if suggestion else ""]
        text = " ".join(part for part in parts if part)
        found.append(flow.together([flow.prose(text, "note", lead=w.short_date(flag.raised_on))]))
    if case.flags:
        checked = w.t("How each was found, and how to check it, stands at the end.")
        known = any(case.knows(flag) for flag in case.flags)  # else nothing stands there
        link: list[tagged.Part] = [" ", tagged.Link(checked, f"#{why.PLACE}", w.t("Why it says so"))] if known else []
        found.append(flow.prose([_method(case, w), *link], "note"))
    return found


def _method(case: Case, w: Words) -> str:
    names = sorted({said.method(w, flag.method) for flag in case.flags})
    estimates = sorted({flag.estimates for flag in case.flags if flag.estimates})
    method = w.t("Method: {names}.", names=", ".join(names))
    rests = w.t("Estimates in force: {names}.", names=", ".join(estimates)) if estimates else ""
    # the rate is the model's; rules state their own beside each of their points
    modelled = any(flag.method == "trajectory" for flag in case.flags)
    rate = said.rate(w, case.estimates) if modelled else ""
    return " ".join(part for part in (method, rests, rate) if part)


def _flag_rows(case: Case, w: Words) -> list[tuple[date, tuple[str, ...]]]:
    return [(flag.raised_on, _flag_row(case, flag, w)) for flag in case.flags]


def _flag_row(case: Case, flag: Flag, w: Words) -> tuple[str, ...]:
    decided = [d for d in case.course.decisions if d.about == f"flag:{flag.id}" and d.date <= case.today]
    follow_ups = [d.follow_up for d in decided if d.follow_up is not None]
    return (
        w.short_date(flag.raised_on),
        said.title(w, flag) if flag.indicator is None else _about_indicator(case, flag, w),
        w.t("{state} from", state=phrases.phase_name(w, flag.phase)) + "\n" + w.short_date(flag.phase.start),
        # two decimals, so that a reader who subtracts finds the change
        *(DASH if value is None else w.number(value, 2) for value in (flag.baseline, flag.level)),
        _change(flag, w),
        DASH if flag.margin is None else w.number(flag.margin, 2),
        "\n".join(_decided(d, flag.raised_on, w) for d in decided) or _status(flag, w),
        w.short_date(follow_ups[-1]) if follow_ups else DASH,
    )


def _change(flag: Flag, w: Words) -> str:
    if flag.baseline is None or flag.level is None:
        return DASH
    return w.signed(rounding.minus(flag.level, flag.baseline, 2), 2)


def _status(flag: Flag, w: Words) -> str:
    if flag.status == "open":
        return w.tc("attention point", "Open")
    return w.t(said.STATUSES[flag.status])


def _about_indicator(case: Case, flag: Flag, w: Words) -> str:
    name = code = flag.indicator or ""
    if case.knows(flag):  # the short name: a long one breaks in the middle of a word in so narrow a column
        indicator = case.scale_of(flag).indicator(code)
        name = w.pick(indicator.short_name) or w.pick(indicator.name)
    return f"{said.title(w, flag)}:\n{name}"


def _decided(decision: Decision, raised: date, w: Words) -> str:
    word = choice_word(w, decision)
    if decision.date != raised:
        word = w.t("{choice}, {day}", choice=word, day=w.short_date(decision.date))
    return w.t("{choice}: {reason}", choice=word, reason=decision.reason) if decision.reason else word


def _decision_rows(case: Case, w: Words) -> list[tuple[date, tuple[str, ...]]]:
    """Decisions about an intervention or the case as a whole, and about flags that are not on the page."""
    about_flags = {f"flag:{flag.id}" for flag in case.flags}
    rows = []
    for decision in case.course.decisions:
        if decision.about in about_flags or decision.date > case.today:
            continue
        row = (
            w.short_date(decision.date),
            w.t("Decision"),
            _about(case, decision, w),
            *([DASH] * 4),
            _decided(decision, decision.date, w),
            w.short_date(decision.follow_up) if decision.follow_up else DASH,
        )
        rows.append((decision.date, row))
    return rows


def _about(case: Case, decision: Decision, w: Words) -> str:
    kind, _, key = decision.about.partition(":")
    row = next((i for i in case.course.interventions if kind == "intervention" and i.id == key), None)
    if row is not None:
        return phrases.intervention_name(w, row, case.types)
    return w.t("An earlier attention point") if kind == "flag" else w.t("The whole case")


def given(case: Case, w: Words) -> list[Flowable]:
    """The answers of both raters at each date, on every scale that was used."""
    heading = flow.heading(w.t("Answers"))
    found: list[Flowable] = answers.tables(case, w)
    for name in sorted(case.scales.keys() - {case.scale.id}):
        other = answers.tables(replace(case, scale=case.scales[name]), w)
        found += [flow.room(120), flow.part(w.pick(case.scales[name].name)), *other] if other else []
    if not found:
        return [heading, flow.prose(w.t("There are no assessments yet."))]
    note = w.t("– is not rated or not asked. It never counts as low.")
    return [flow.room(150), heading, *found, flow.prose(note, "note")]


def _bip_type(case: Case, row: Intervention) -> str:
    return case.types[row.type].bip_type if row.type in case.types else "none"


def interventions(case: Case, w: Words) -> list[Flowable]:
    """What was started, with whom, for how long, and why it ended."""
    heading = flow.heading(w.t("Interventions"))
    rows = [i for i in case.course.interventions if not _covers(case, i)]
    if not rows:
        return [heading, flow.prose(w.t("There have been no interventions."))]
    head = (w.t("Intervention"), w.t("Kind"), w.t("Period"), w.t("Where"), w.t("Ended because"))
    cells = [
        (
            phrases.intervention_name(w, row, case.types),
            w.t(phrases.BIP_TYPES[_bip_type(case, row)]),
            phrases.period(w, row.start, row.end, short=True),
            row.provider or DASH,
            row.ended_because or (DASH if row.end else w.t("running")),
        )
        for row in rows
    ]
    return [_whole(cells), heading, flow.table(head, cells, (130, 80, 140, 95, 75))]


def _covers(case: Case, row: Intervention) -> bool:
    """Whether a row stands for waiting or exemption and not for something that was done."""
    return row.type in case.types and bool(case.types[row.type].state)


def periods(case: Case, w: Words) -> list[Flowable]:
    """Passive, waiting and exempt periods with their length and reason."""
    heading = flow.heading(w.t("Periods without an active intervention"))
    idle = [p for p in case.phases if p.state != "active" and p.start <= case.today]
    if not idle:
        return [heading, flow.prose(w.t("There have been none."))]
    head = (w.t("State"), w.t("Period"), w.t("Length"), w.t("Reason"))
    cells = [
        (
            phrases.phase_name(w, phase),
            phrases.period(w, phase.start, phase.end, short=True),
            _length(phase, case.today, w),
            _why(case, phase, w),
        )
        for phase in idle
    ]
    return [_whole(cells), heading, flow.table(head, cells, (70, 140, 60, 250))]


def _whole(rows: Sequence[object]) -> Flowable:
    """Room for a heading and a table that is short enough to stand on one page."""
    return flow.room(min(60 + 18 * len(rows), 240))


def _length(phase: Phase, today: date, w: Words) -> str:
    days = (min(phase.end or today, today) - phase.start).days + 1
    if days < _WEEKS_FROM:
        return w.tn("{n} day", "{n} days", days)
    return w.tn("{n} week", "{n} weeks", days // 7)


def _why(case: Case, phase: Phase, w: Words) -> str:
    rows = [i for i in case.course.interventions if i.id in phase.interventions and _covers(case, i)]
    parts = []
    for row in rows:
        parts.append(phrases.intervention_name(w, row, case.types))
        parts += [row.reason] if row.reason else []
        parts += [w.t("review {day}", day=w.date(row.review_date))] if row.review_date else []
    return "; ".join(parts) or DASH
