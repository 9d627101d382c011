"""Rules that come again: conversations in each period or as often as the category says, assessments, case reviews.

A link of a chain arises with the fact that met the one before (or with the case, the category, or the day a rule began)
and follows the row in force that day, so that a new rule takes over with the next link.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from progression.casework.duties.book import Line, Row, Rulebook, months_after
from progression.casework.duties.facts import Facts
from progression.casework.duties.judging import NO_FACT, Asked, Raw, Ref, category_on, concerns, judge, row_for

Done = tuple[Sequence[int], Sequence[Ref]]  # the days on which what is asked for was done, and the facts
Place = tuple[int, Row, int, Ref]  # the day a link arises, the row then in force, its limit, and with which fact


class Chain(NamedTuple):
    """`start`: where the first link is looked for; `of_fact`: whether a fact of that day began it, which then does not
    meet it. `place`: the first day from a day on at which a link can arise. `left`: nothing asks for it any more."""

    start: int
    of_fact: bool
    place: Callable[[int], Place | None]
    left: bool
    ahead: int


def conversations(line: Line, book: Rulebook, facts: Facts, out: list[Raw], history: bool) -> None:
    """So many conversations in each period from the first day (of the case, or in the rule's categories)."""
    last, ahead = facts.closed or facts.as_of, _next_talk(facts)
    for start, limit, row, follows in _periods(line, facts, last):
        place = (bisect_right if follows else bisect_left)(facts.talks, start)
        nth = place + row.count - 1
        met = nth < len(facts.talks)
        in_time = bisect_right(facts.talks, min(limit, last)) - place
        asked = Asked(
            row, start, _arose(line, facts, start), limit, facts.talks[nth] if met else 0,
            facts.talk_facts[nth] if met else NO_FACT,
            left=not concerns(row, facts, facts.as_of), done=max(in_time, 0), wanted=row.count, ahead=ahead,
        )  # fmt: skip
        judge(facts, asked, out)


def _periods(line: Line, facts: Facts, last: int) -> Iterator[tuple[int, int, Row, bool]]:
    """First day, last day, row, and whether a period lies directly before (its last day belongs to that one)."""
    day = anchor = facts.start
    months, follows, before = 0, False, None
    while day <= last:
        found = _settled(line, facts, day, last)
        if found is None:
            return
        follows = follows and found[0] == day
        day, row = found
        if not row.repeat and not _fresh(row, facts, day):
            later = _later(line, facts, day)
            if later is None:
                return
            day, follows = later, False
            continue
        if not follows or row is not before:
            anchor, months = day, 0
        months += row.months
        limit = months_after(anchor, months)
        yield day, limit, row, follows
        day, follows, before = limit, True, row


def _fresh(row: Row, facts: Facts, day: int) -> bool:
    """A period that does not come again is counted from the first day only."""
    return day == facts.start or (bool(row.categories) and any(first == day for first, _, _ in facts.stays))


def _settled(line: Line, facts: Facts, day: int, last: int) -> tuple[int, Row] | None:
    """The first day from `day` on that a row is in force for this citizen."""
    at: int | None = day
    while at is not None and at <= last:
        row = row_for(line, facts, at)
        if row is not None:
            return at, row
        at = _later(line, facts, at)
    return None


def _later(line: Line, facts: Facts, day: int) -> int | None:
    """The next day on which another row or another category begins."""
    days = [row.first for row in line.rows if row.first > day]
    days += [first for first, _, _ in facts.stays if first > day]
    return min(days, default=None)


def _arose(line: Line, facts: Facts, day: int) -> Ref:
    if day == facts.start:
        return ("case", "")
    if any(row.first == day for row in line.rows):
        return ("rule", "")
    for first, _, category in facts.stays:
        if first == day:
            return ("category", category)
    return ("period", "")


def assessment_every(line: Line, book: Rulebook, facts: Facts, out: list[Raw], history: bool) -> None:
    """Rounds of assessments; one held before the case began counts."""
    begin = max((day for day in facts.rounds if day < facts.start), default=0)
    _every(line, facts, out, history, (facts.rounds, [("assessment", "")] * len(facts.rounds)), begin)


def case_review_every(line: Line, book: Rulebook, facts: Facts, out: list[Raw], history: bool) -> None:
    """Reviews of the case."""
    done = [day for day, _ in facts.reviews], [("review", identity) for _, identity in facts.reviews]
    _every(line, facts, out, history, done, 0)


def _every(line: Line, facts: Facts, out: list[Raw], history: bool, done: Done, begin: int) -> None:
    last = facts.closed or facts.as_of

    def place(day: int) -> Place | None:
        found = _settled(line, facts, day, last)
        if found is None:
            return None
        since, row = found
        return since, row, months_after(since, row.months), _arose(line, facts, since)

    left = len(line.rows) > 0 and _left(line, facts)
    _chain(facts, out, history, done, Chain(begin or facts.start, begin > 0, place, left, 0))


def _left(line: Line, facts: Facts) -> bool:
    row = line.holding(facts.as_of) or line.rows[-1]
    return not concerns(row, facts, facts.as_of)


def category_rhythm(line: Line, book: Rulebook, facts: Facts, out: list[Raw], history: bool) -> None:
    """A conversation at least as often as the category says that the citizen was in when the link arose."""
    if not facts.stays:
        return
    last = facts.closed or facts.as_of

    def ahead_of(day: int) -> Iterator[int]:
        yield day
        yield from (one for one in _changes(line, book, facts) if one > day)  # seldom needed

    def place(day: int) -> Place | None:
        for at in ahead_of(day):
            if at > last:
                return None
            found = _asked_for(line, book, facts, at)
            if found is not None:
                return at, found[0], at + 7 * found[1], ("category", category_on(facts, at))
        return None

    left = _asked_for(line, book, facts, facts.as_of) is None
    _chain(
        facts, out, history, (facts.talks, facts.talk_facts), Chain(facts.start, False, place, left, _next_talk(facts))
    )


def _asked_for(line: Line, book: Rulebook, facts: Facts, day: int) -> tuple[Row, int] | None:
    """The row in force and the weeks between conversations, None where the citizen's category asks for none."""
    row = row_for(line, facts, day)
    if row is None:
        return None
    for first, last, category in facts.stays:
        if first <= day <= last:
            week = (day - max(first, facts.start)) // 7
            for rhythm in book.rhythms.get(category, ()):
                if rhythm.first <= day <= rhythm.last:
                    reached = [weeks for from_week, weeks in rhythm.steps if from_week <= week]
                    return (row, reached[-1]) if reached else None
    return None


def _changes(line: Line, book: Rulebook, facts: Facts) -> list[int]:
    """The days on which what is asked for may change for this citizen, ascending."""
    found = {row.first for row in line.rows}
    for first, _, category in facts.stays:
        entered = max(first, facts.start)
        found.add(entered)
        for rhythm in book.rhythms.get(category, ()):
            found.add(rhythm.first)
            found.update(entered + 7 * from_week for from_week, _ in rhythm.steps)
    return sorted(found)


def _chain(facts: Facts, out: list[Raw], history: bool, done: Done, chain: Chain) -> None:
    days, known_from = done
    last = facts.closed or facts.as_of
    found, of_fact = chain.place(chain.start), chain.of_fact
    if found is not None and not history and days:  # only the last link stands: straight to it
        nearest = bisect_right(days, last) - 1
        if nearest >= 0 and days[nearest] >= found[0]:
            straight = chain.place(days[nearest])
            if straight is not None:  # else nothing is asked any more, and the link that was met last is the last
                found, of_fact = straight, straight[0] == days[nearest]
    while found is not None:
        since, row, limit, origin = found
        nth = (bisect_right if of_fact else bisect_left)(days, since)
        if of_fact:
            origin = known_from[nth - 1]
        by = days[nth] if nth < len(days) and days[nth] <= last else 0
        met_by = known_from[nth] if by else NO_FACT
        judge(facts, Asked(row, since, origin, limit, by, met_by, left=chain.left, ahead=chain.ahead), out)
        if not by:
            return
        found = chain.place(by)
        of_fact = found is not None and found[0] == by


def _next_talk(facts: Facts) -> int:
    return facts.planned[0] if facts.planned else 0
