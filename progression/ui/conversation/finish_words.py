"""What the finish panel says in sentences: who answered how much, and what the course says since the phase began."""

from __future__ import annotations

from collections.abc import Mapping

from progression.casework.values import DECLINED
from progression.desk.pages import Finished
from progression.ui.conversation.header import first_name
from progression.words import Words


def about(finished: Finished, w: Words) -> str:
    """Who, when, and how much each has answered."""
    parts = [w.t("{name}, {day}.", name=finished.name, day=w.date(finished.day))]
    worker, citizen = finished.answered.get("caseworker"), finished.answered.get("citizen")
    if worker:
        parts.append(w.t("You have rated {n} of {total}.", n=worker[0], total=worker[1]))
    if citizen:
        name = first_name(finished.name)
        given = finished.assessments.get("citizen")
        skipped = sum(answer == DECLINED for answer in given.answers.values()) if given is not None else 0
        fields = {"name": name, "n": citizen[0], "total": citizen[1]}
        if skipped:
            parts.append(w.t("{name} has answered {n} of {total} and skipped {m}.", m=skipped, **fields))
        else:
            parts.append(w.t("{name} has answered {n} of {total}.", **fields))
    if not worker:
        parts.append(w.t("You have not rated yet."))
    return " ".join(parts)


def whole_text(finished: Finished, w: Words) -> str:
    """What the figure of the whole scale is, and each one's own beside it, as they stand on the citizen's page; ""
    where there is no figure, or the scale is one answer."""
    row = finished.moved[0] if len(finished.moved) > 1 and finished.moved[0].indicator is None else None
    if row is None or row.caseworker_now is None:
        return ""
    own: dict[str, str] = {}
    for one in finished.trajectory.observations:
        given = finished.assessments.get(one.rater)
        if given is not None and given.date == one.day:
            own[one.rater] = w.number(one.value)
    said = _level_and_own(w, own, {"level": w.number(row.caseworker_now), "name": first_name(finished.name), **own})
    if said and row.caseworker_before is not None:  # *Borger* may have shown another figure a minute ago
        said += " " + w.t("New answers can also change the level shown for earlier days.")
    return said


def _level_and_own(w: Words, own: Mapping[str, str], fields: Mapping[str, str]) -> str:
    if len(own) == 2:
        return w.t(
            "The whole scale, {level}, is the level as your answers show it together, with the earlier ones in mind. "
            "The mean of your own answers is {caseworker}, of {name}'s {citizen}.",
            **fields,
        )
    if "caseworker" in own:
        return w.t(
            "The whole scale, {level}, is the level as all answers so far show it. The mean of your own answers today "
            "is {caseworker}.",
            **fields,
        )
    if "citizen" in own:
        return w.t(
            "The whole scale, {level}, is the level as all answers so far show it. The mean of {name}'s answers today "
            "is {citizen}.",
            **fields,
        )
    return ""


def level_text(finished: Finished, w: Words) -> str:
    """What the whole course says since the phase began: the sentence below the table."""
    t = finished.trajectory
    if t.level is None or t.change is None or t.since is None:
        return ""
    if t.standing == "too_few":
        return w.t(
            "Too few measurements yet to say whether the level has moved ({n} of {needed} rounds).",
            n=t.rounds,
            needed=t.rounds_needed,
        )
    fields = {
        "since": w.date(t.since),
        "before": w.number(t.level - t.change),
        "now": w.number(t.level),
    }
    state = t.phases[-1].state if t.phases else "passive"
    if fields["before"] == fields["now"]:
        return " ".join([_level_as_it_was(w, state, fields), *_uncertain(finished, w)])
    first = {
        "active": w.t("Since the intervention began {since}, the level has gone from {before} to {now}.", **fields),
        "waiting": w.t("Since the waiting time began {since}, the level has gone from {before} to {now}.", **fields),
        "exempt": w.t("Since the exemption began {since}, the level has gone from {before} to {now}.", **fields),
    }.get(
        state,
        w.t(
            "In the time without an active intervention since {since}, the level has gone from {before} to {now}.",
            **fields,
        ),
    )
    if finished.margin is not None and abs(t.change) >= finished.margin:
        margin = w.number(finished.margin)
        return first + " " + w.t("That can be measured (margin {margin}).", margin=margin)
    return " ".join([first, *_uncertain(finished, w)])


def _level_as_it_was(w: Words, state: str, fields: dict[str, str]) -> str:
    """The same sentence where both figures are the same: a level that has gone from 2,7 to 2,7 has gone nowhere."""
    since, now = fields["since"], fields["now"]
    told = {
        "active": w.t("The level is {now}, as when the intervention began {since}.", since=since, now=now),
        "waiting": w.t("The level is {now}, as when the waiting time began {since}.", since=since, now=now),
        "exempt": w.t("The level is {now}, as when the exemption began {since}.", since=since, now=now),
    }
    text = w.t("The level is {now}, as when the time without an active intervention began {since}.", **fields)
    return told.get(state, text)


def _uncertain(finished: Finished, w: Words) -> list[str]:
    """What the measurement cannot tell; nothing where the rules do not judge a level."""
    if finished.margin is None:
        return []
    return [w.t("That is within the uncertainty (±{margin}).", margin=w.number(finished.margin))]
