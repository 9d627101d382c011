"""The text a caseworker pastes into the case system: what the finish panel shows, as a few plain sentences.

It is written to be read by the citizen as well: no number without what the measurement can say, nothing about the
future, and no indicator that is not shown to the citizen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progression.casework.talks import in_calendar, next_planned
from progression.casework.values import Conversation, Course, PlanItem
from progression.charts.strips import decision_text
from progression.desk import plan
from progression.desk.pages import Finished, Moved
from progression.scales.model import Scale
from progression.words import Words, flags, plain, register, talks


def journal_note(finished: Finished, words: Words, course: Course | None = None, today: date | None = None) -> str:
    """Return the note in the language of `words`: one paragraph, sentences only.

    `course`: where it is at hand the note also says how the conversation was held, what it was about and what was
    decided, up to `today`.
    """
    told = _talked(course, finished.day, words) if course is not None else []
    decided = _decided(course, finished.day, today or finished.day, words) if course is not None else []
    parts = [
        *(told or [words.t("Conversation {day}.", day=words.date(finished.day))]),
        _answered(finished, words),
        *_measured(finished, words),
        _rest(finished, words),
        _whole(finished, words),
        _apart(finished, words),
        *_flags(finished, words),
        *register.journal(words, finished.plan, finished.steps),
        *decided,
        *_agreed(finished, words),
        _next(finished.coming, words),
    ]
    return plain(" ".join(part for part in parts if part))


def _decided(course: Course, since: date | None, today: date, w: Words) -> list[str]:
    """What was decided from a day on."""
    made = [one for one in course.decisions if one.date <= today and (since is None or one.date >= since)]
    return [w.t("Decided: {text}.", text=decision_text(w, one).rstrip(".")) for one in made]


def _agreed(finished: Finished, w: Words) -> list[str]:
    """What stands agreed and was not told among the changes."""
    told = {change.item.event for change in finished.plan}
    return _still([one.now for one in finished.agreed if one.now.event not in told], w)


def _still(items: Iterable[PlanItem], w: Words) -> list[str]:
    return [w.t("Still agreed: {text}.", text=register.agreement(w, one).rstrip(".")) for one in items]


def _next(coming: Conversation | None, w: Words) -> str:
    return w.t("Next conversation {day}.", day=w.date(coming.date)) if coming is not None else ""


def talk_note(course: Course, day: date | None, today: date, words: Words) -> str:
    """Return the note of a conversation in which nothing was scored: what it was about, what changed in the plan, small
    steps, decisions, what stands agreed, and when the next one is. `day` None: no conversation was held yet; then it is
    about the plan alone, "" where there is none."""
    before = plan.last_time(course, day or today)
    parts = [*_talked(course, day, words)]
    changed = plan.changes(course.plan, before, today)
    steps = plan.steps(course, day or today, today)
    parts += register.journal(words, changed, steps)
    since = day or before
    parts += _decided(course, since, today, words)
    told = {change.item.event for change in changed}
    parts += _still(
        [one.now for one in plan.standing(course.plan, today).agreements if one.now.event not in told], words
    )
    if not parts:
        return ""
    parts.append(_next(next_planned(course, today), words))
    return plain(" ".join(part for part in parts if part))


def _talked(course: Course, day: date | None, w: Words) -> list[str]:
    there = [one for one in course.conversations if one.date == day and one.status == "held"]
    found = []
    for one in sorted(there, key=in_calendar):
        form = w.t(talks.FORMS[one.form]).lower() if one.form in talks.FORMS else ""
        told = w.t("Conversation {day} ({form}).", day=w.date(one.date), form=form)
        found.append(told if form else w.t("Conversation {day}.", day=w.date(one.date)))
        if one.participants:
            found.append(w.t("Others who took part: {names}.", names=one.participants.rstrip(".")))
        found += [f"{text.rstrip('.')}." for text in (one.topic, one.outcome) if text.strip()]
    return found


def _answered(finished: Finished, w: Words) -> str:
    worker, citizen = finished.answered.get("caseworker"), finished.answered.get("citizen")
    if worker and citizen:
        return w.t(
            "The caseworker rated {n} of {total} indicators, and the citizen answered {m} of {asked}.",
            n=worker[0],
            total=worker[1],
            m=citizen[0],
            asked=citizen[1],
        )
    if worker:
        return w.t("The caseworker rated {n} of {total} indicators.", n=worker[0], total=worker[1])
    if citizen:
        return w.t("The citizen answered {n} of {total} questions.", n=citizen[0], total=citizen[1])
    return ""


def shown_rows(finished: Finished) -> list[Moved]:
    """The indicators that may stand on a page the citizen sees."""
    visible = {i.code for i in finished.scale.indicators if i.shown_to_citizen}
    return [row for row in finished.moved if row.indicator in visible]


def name_of(scale: Scale, code: str, w: Words) -> str:
    """An indicator's name, as it stands in the scale."""
    return w.pick(scale.indicator(code).name)


def _measured(finished: Finished, w: Words) -> list[str]:
    """What can be measured, one sentence for each indicator."""
    since = finished.before
    sentences = []
    for row in shown_rows(finished):
        if not row.measurable or since is None or row.indicator is None:
            continue
        fields = {
            "indicator": name_of(finished.scale, row.indicator, w),
            "day": w.date(since),
            "a": _steps(row.caseworker_before),
            "b": _steps(row.caseworker_now),
            "c": _steps(row.citizen_before),
            "d": _steps(row.citizen_now),
        }
        better = (row.change or 0.0) * finished.scale.better > 0
        sentences.append(
            w.t(
                "{indicator}: a rise since {day} (caseworker from {a} to {b}, citizen from {c} to {d}); this can be "
                "measured.",
                **fields,
            )
            if better
            else w.t(
                "{indicator}: a fall since {day} (caseworker from {a} to {b}, citizen from {c} to {d}); this can be "
                "measured.",
                **fields,
            )
        )
    return sentences


def _steps(value: float | None) -> str:
    return "–" if value is None else str(round(value))


def _rest(finished: Finished, w: Words) -> str:
    """The indicators whose change the measurement cannot tell from its own swing."""
    if finished.before is None:
        return w.t("There is no earlier assessment to compare with.")
    rows = shown_rows(finished)
    measured = any(row.measurable for row in rows)
    moved = any(row.change and not row.measurable for row in rows)
    if not moved:
        return w.t("The other indicators are unchanged.") if measured else w.t("No indicator has changed.")
    if measured:
        return w.t("Other changes are within the uncertainty.")
    return w.t("The changes since {day} are within the uncertainty.", day=w.date(finished.before))


def _whole(finished: Finished, w: Words) -> str:
    row = finished.moved[0] if finished.moved and finished.moved[0].indicator is None else None
    if row is None or row.margin is None or row.caseworker_before is None or row.caseworker_now is None:
        return ""
    fields = {
        "a": w.number(row.caseworker_before),
        "b": w.number(row.caseworker_now),
        "margin": w.number(row.margin),
    }
    if row.measurable:
        return w.t("The whole scale went from {a} to {b}; this can be measured (margin {margin}).", **fields)
    if fields["a"] == fields["b"]:
        return w.t("The whole scale is {b}, as last time (uncertainty ±{margin}).", **fields)
    return w.t("The whole scale went from {a} to {b}, which is within the uncertainty (±{margin}).", **fields)


def _apart(finished: Finished, w: Words) -> str:
    visible = {i.code for i in finished.scale.indicators if i.shown_to_citizen}
    topics = [
        w.t(
            "{indicator} (caseworker {n}, citizen {m})",
            indicator=_lower(name_of(finished.scale, code, w)),
            n=worker,
            m=citizen,
        )
        for code, worker, citizen in finished.apart
        if code in visible
    ]
    if not topics:
        return ""
    return w.t("We see it differently: {topics}.", topics=joined(topics, w))


def joined(parts: list[str], w: Words) -> str:
    """a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return w.t("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _flags(finished: Finished, w: Words) -> list[str]:
    """The headlines of the open attention points, as everywhere else."""
    visible = {i.code for i in finished.scale.indicators if i.shown_to_citizen} | {None}
    return [flags.headline(w, flag, finished.scale) + "." for flag in finished.flags if flag.indicator in visible]
