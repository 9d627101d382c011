"""The history of corrections: what an answer was, what it became, who changed it and when. Undone things are in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from progression.casework.values import Answer
from progression.desk.session import Session
from progression.errors import KnownError

What = Literal["answer", "note", "remark", "date", "mode", "all"]


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that was changed in an assessment.

    `what`: an indicator's "answer" or "note", the "remark" to the whole, its "date" or the "mode" it was answered in;
    "all": the whole assessment was taken back, `before` and `after` are None. `indicator` is "" for what is about the
    whole. `before`, `after`: a step, NOT_RATED, DECLINED, a text or an ISO date; None = nothing was there.
    `came_back`: it is again as it was before an earlier change, which was undone. `day`: the date of the answers.
    """

    day: date
    rater: str
    scale: str
    what: What
    indicator: str
    before: Answer | str | None
    after: Answer | str | None
    came_back: bool
    who: str
    when: datetime


def of_citizen(session: Session, citizen: str, *, log: bool = True) -> tuple[Correction, ...]:
    """Return every correction of a citizen's assessments, the latest first; one look, one line in the access log.

    `log` False: whoever shows it says so. What was erased is not there any more. Raises KnownError "citizen.gone".
    """
    from progression.store import corrections, queries
    from progression.store.access import Act

    vault = session.vault
    if queries.citizen(vault, citizen) is None:
        raise KnownError("citizen.gone")
    found = [
        one
        for replaced in corrections.of_assessments(vault, citizen)
        if replaced.before is not None and replaced.after is not None
        for one in _between(replaced.before, replaced.after, replaced)
    ]
    if log:
        vault.log(Act("view", citizen, purpose="corrections"))
    return tuple(reversed(found))


def _between(before: Mapping[str, Any], after: Mapping[str, Any], replaced: Any) -> Iterator[Correction]:
    whole = before if after.get("withdrawn") is True else after
    if whole.get("withdrawn") is True:
        return

    def one(what: What, indicator: str, old: Answer | str | None, new: Answer | str | None) -> Correction:
        day = date.fromisoformat(whole["date"])
        return Correction(
            day, whole["rater"], whole["scale"], what, indicator, old, new,
            replaced.came_back, replaced.who, replaced.when,
        )  # fmt: skip

    if after.get("withdrawn") is True or before.get("withdrawn") is True:
        yield one("all", "", None, None)
        return
    fields: tuple[What, ...] = ("date", "mode")
    for what in fields:
        if before.get(what, "") != after.get(what, ""):
            yield one(what, "", before.get(what) or None, after.get(what) or None)
    parts: tuple[tuple[What, str], ...] = (("answer", "answers"), ("note", "notes"))
    for what, key in parts:
        old, new = before.get(key) or {}, after.get(key) or {}
        for code in dict.fromkeys([*old, *new]):
            if old.get(code) != new.get(code):
                yield one(what, code, old.get(code), new.get(code))
    if before.get("note", "") != after.get("note", ""):
        yield one("remark", "", before.get("note") or None, after.get("note") or None)
