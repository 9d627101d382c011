"""Met, met late, overdue, open or not applicable: the same judgement for every rule."""

from __future__ import annotations

from typing import NamedTuple

from progression.casework.duties.book import Line, Row
from progression.casework.duties.facts import Facts
from progression.casework.duties.model import State, Why
from progression.casework.holidays import moved_ordinal
from progression.casework.rulesets import ABOUT_TALKS, MOVABLE

Ref = tuple[str, str]  # kind of fact, its id
NO_FACT: Ref = ("", "")


class Raw(NamedTuple):
    """A `Duty` before it has dates and texts. Days are ordinals, 0 = none."""

    row: Row
    state: State
    why: Why
    since: int = 0
    since_fact: Ref = NO_FACT
    due: int = 0
    by: int = 0
    met_by: Ref = NO_FACT
    about: str = ""
    done: int = 0
    wanted: int = 0
    planned: int = 0
    put_off: int = 0
    because: str = ""
    was_due: int = 0


class Asked(NamedTuple):
    """What a rule asks, before it is judged. `limit`: due before holidays move it. `by`, `met_by`: the fact that
    met it. `opens`: before that day nothing is asked. `left`: the citizen has left the rule's categories.
    `instead`: why it lapsed, where it did. `ahead`: a day on which what is missing is planned."""

    row: Row
    since: int
    since_fact: Ref
    limit: int
    by: int = 0
    met_by: Ref = NO_FACT
    about: str = ""
    opens: int = 0
    left: bool = False
    instead: Why | None = None
    done: int = 0
    wanted: int = 0
    ahead: int = 0


def judge(facts: Facts, asked: Asked, out: list[Raw]) -> None:
    """Add the duty to `out`; one that would arise after the case closed is none.

    A conversation that was put off moves the date of a local rhythm (`rulesets.MOVABLE`); a deadline of the law stays
    where it is, and the duty says so. In time is met, whatever happened later. Then whatever suspends the rule on the
    due date (or today, while it is not met); then what ended it: the case closed, the category left, the window not
    reached. What remains is late.
    """
    if asked.by and facts.standing:
        return
    row, since, since_fact, limit, by, met_by, about, opens, left, instead, done, wanted, ahead = asked
    today, closed = facts.as_of, facts.closed
    if closed:
        if since > closed:
            return
        if by > closed:
            by = 0
    due = moved_ordinal(limit, row.moves)
    put_off, because, was_due = 0, "", 0
    if facts.put_off and row.rule.kind in ABOUT_TALKS:
        put_off, because = _put_off(facts, since, by)
        if put_off > due and row.rule.kind in MOVABLE:
            due, was_due = put_off, due
    why: Why | None = None
    if not (by and by <= due):
        if row.paused_by:
            day = due if due < today else today
            why = _paused(facts, row, day) or (None if by or day == today else _paused(facts, row, today))
        if why is None and not by:
            if closed:
                why = "closed"
            elif instead is not None:
                why = instead
            elif left:
                why = "category"
            elif today < opens:
                why = "not_yet"
    state: State
    if why is not None:
        state, by = "not_applicable", 0
    elif by:
        state, why = ("met" if by <= due else "met_late"), "done"
    else:
        state, why = ("overdue" if today > due else "open"), "planned" if ahead else "missing"
    standing = state == "overdue" or state == "open"
    out.append(
        Raw(
            row, state, why, since, since_fact, due, by, met_by if by else NO_FACT, about, done, wanted,
            ahead if standing else 0, put_off, because, was_due,
        )
    )  # fmt: skip


def _put_off(facts: Facts, since: int, by: int) -> tuple[int, str]:
    """Where to, and why, a conversation was put off last while this was asked for."""
    for day, to, because in reversed(facts.put_off):
        if day >= since and not (by and day > by):
            return to, because
    return 0, ""


def _paused(facts: Facts, row: Row, day: int) -> Why | None:
    if facts.exempt and "exempt" in row.paused_by:
        for first, last in facts.exempt:
            if first <= day <= last:
                return "exempt"
    if facts.waiting and "waiting" in row.paused_by:
        for first, last in facts.waiting:
            if first <= day <= last:
                return "waiting"
    return None


def category_on(facts: Facts, day: int) -> str:
    """Return the citizen's category on the day, "" without one."""
    for first, last, category in facts.stays:
        if first <= day <= last:
            return category
    return ""


def concerns(row: Row, facts: Facts, day: int) -> bool:
    """Say whether the row is for this citizen on the day."""
    return not row.categories or category_on(facts, day) in row.categories


def row_for(line: Line, facts: Facts, day: int) -> Row | None:
    """Return the row of a rule that a fact of the day gives rise to a duty by, None when there is none."""
    row = line.holding(day)
    return row if row is not None and concerns(row, facts, day) else None
