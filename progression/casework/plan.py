"""The citizen's one plan (*Min Plan*): what stands on a day, what changed since another, and where the level is held.

Rows of one `id` with different dates are the same item as it changed; the latest by the day is in force. A row without
an id is an item of its own. A row from before there were kinds holds a goal, an agreement or both (`parts`). Pure
functions on values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from progression.casework.values import PlanItem, PlanKind, Side

HOLD_WORDS = ("fasthold", "hold the level")  # how a goal without an `aim` says that the level is to be held
OVER = frozenset({"done", "dropped"})  # statuses of what no longer stands; every other one is open
KINDS: tuple[PlanKind, ...] = ("goal", "outcome", "subgoal", "agreement")
What = Literal["new", "changed", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the plan as it stands on a day. `earlier`: what it said before, oldest first."""

    now: PlanItem
    earlier: tuple[PlanItem, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still stands: neither done nor dropped."""
        return self.now.status not in OVER

    @property
    def key(self) -> str:
        """What tells it from the other items of its kind: its id, else the event it was read from."""
        return self.now.id or self.now.event


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in the plan on a day. `before`: as it stood until then, None for what is new."""

    day: dt.date
    what: What
    item: PlanItem
    before: PlanItem | None = None

    @property
    def text(self) -> str:
        """What the item says now."""
        return text_of(self.item)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan on a day. `goal` is the long-term goal, `citizen` and `caseworker` their expected outcomes; None where
    nobody said. `subgoals` and `agreements`: those that stand, by deadline, those without one last. `over`: what was
    done or dropped, the latest first."""

    goal: Item | None = None
    citizen: Item | None = None
    caseworker: Item | None = None
    subgoals: tuple[Item, ...] = ()
    agreements: tuple[Item, ...] = ()
    over: tuple[Item, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it and nothing ever did."""
        return not (self.goal or self.citizen or self.caseworker or self.subgoals or self.agreements or self.over)

    def outcome(self, side: Side) -> Item | None:
        """Return the outcome that one side expects."""
        return self.citizen if side == "citizen" else self.caseworker


def text_of(row: PlanItem) -> str:
    """Return what a row (of one kind) says; the citizen's own words where there is nothing else."""
    said = row.agreement if row.kind == "agreement" else row.goal
    return said.strip() or row.words.strip()


def parts(row: PlanItem) -> tuple[PlanItem, ...]:
    """Return a row as rows of one kind each: one from before there were kinds may hold a goal and an agreement."""
    if row.kind:
        return (row,)
    found = []
    if row.goal.strip():
        found.append(replace(row, kind="goal", agreement="", who="", by=None if row.agreement.strip() else row.by))
    if row.agreement.strip():
        found.append(replace(row, kind="agreement", goal="", words="", aim=""))
    return tuple(found) or (replace(row, kind="goal"),)


def is_hold(row: PlanItem) -> bool:
    """Say whether a goal is to hold the level: as its field says, else as its words do."""
    if row.aim:
        return row.aim == "hold"
    return any(word in row.goal.casefold() for word in HOLD_WORDS)


def items(rows: Iterable[PlanItem], day: dt.date) -> tuple[Item, ...]:
    """Return every item of the plan as of a day, in the order of their first dates."""
    found: dict[tuple[str, str], list[PlanItem]] = {}
    for row in sorted(rows, key=lambda r: (r.date, r.event)):
        if row.date <= day:
            for part in parts(row):
                found.setdefault((part.kind, part.id or part.event), []).append(part)
    return tuple(Item(versions[-1], tuple(versions[:-1])) for versions in found.values())


def standing(rows: Iterable[PlanItem], day: dt.date) -> Plan:
    """Return the plan as of a day. Of several goals (or outcomes of a side) that stand, the latest is in force; an
    earlier goal about an indicator is a sub-goal."""
    found = items(rows, day)
    goals = [one for one in found if one.now.kind == "goal" and one.open]
    sides = {
        side: [one for one in found if one.now.kind == "outcome" and one.now.side == side and one.open]
        for side in ("citizen", "caseworker")
    }

    goal = _latest(goals)

    def due(kind: PlanKind, besides: Iterable[Item] = ()) -> tuple[Item, ...]:
        rows = [*(one for one in found if one.now.kind == kind and one.open), *besides]
        return tuple(sorted(rows, key=lambda one: (one.now.by or dt.date.max, one.now.date, one.now.event)))

    over = sorted((one for one in found if not one.open), key=lambda one: (one.now.date, one.now.event), reverse=True)
    return Plan(
        goal=goal,
        citizen=_latest(sides["citizen"]),
        caseworker=_latest(sides["caseworker"]),
        subgoals=due("subgoal", (one for one in goals if one is not goal and one.now.indicator)),
        agreements=due("agreement"),
        over=tuple(over),
    )


def _latest(found: Sequence[Item]) -> Item | None:
    return max(found, key=lambda one: (one.now.date, one.now.event), default=None)


def changes(rows: Iterable[PlanItem], since: dt.date | None, day: dt.date) -> tuple[Change, ...]:
    """Return what changed in the plan after `since` (None: ever) up to `day`, in order of time."""
    found: list[Change] = []
    for item in items(rows, day):
        before: PlanItem | None = None
        for row in (*item.earlier, item.now):
            if since is None or row.date > since:
                found.append(Change(row.date, _what(row, before), row, before))
            before = row
    return tuple(sorted(found, key=lambda c: (c.day, KINDS.index(c.item.kind), c.item.event)))


def _what(row: PlanItem, before: PlanItem | None) -> What:
    if row.status == "done":
        return "done"
    if row.status == "dropped":
        return "dropped"
    return "new" if before is None else "changed"


def overdue(plan: Plan, day: dt.date) -> tuple[Item, ...]:
    """Return the agreements that stand and whose day has passed, the oldest first."""
    return tuple(one for one in plan.agreements if one.now.by is not None and one.now.by < day)


def hold_changes(rows: Sequence[PlanItem]) -> tuple[tuple[dt.date, bool], ...]:
    """Return the days on which it changes whether the goal is to hold the level, in order, beginning with the first
    day it is; () where it never is. A goal counts from its date on."""
    if not any(is_hold(row) for row in rows):
        return ()
    found: list[tuple[dt.date, bool]] = []
    for day in sorted({row.date for row in rows}):
        goal = standing(rows, day).goal
        held = goal is not None and is_hold(goal.now)
        if held != (found[-1][1] if found else False):
            found.append((day, held))
    return tuple(found)
