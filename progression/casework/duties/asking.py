"""Rules that ask once: from the first day, after an exemption, before an end, on a date that was agreed.

Each function adds what one rule asks of one citizen. A duty follows the row that held on the day it arose.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from progression.casework.duties.book import Line, Row, Rulebook, months_after
from progression.casework.duties.facts import FOREVER, Facts
from progression.casework.duties.facts import Row as Fact
from progression.casework.duties.judging import NO_FACT, Asked, Raw, Ref, judge, row_for
from progression.casework.duties.model import Why

Begin = tuple[int, int, Ref, Row]  # first day, last day, what it arose with, the row then in force


def begins(line: Line, facts: Facts) -> Iterator[Begin]:
    """The first day of the case; of a rule for some categories, the first day of each stay in them."""
    row = line.holding(facts.start) or line.rows[0]
    if not row.categories:
        if row.first <= facts.start <= row.last:
            yield facts.start, FOREVER, ("case", ""), row
        return
    at = 0
    while at < len(facts.stays):
        first, last, category = facts.stays[at]
        at += 1
        since = max(first, facts.start)
        if last < since or since > facts.as_of:
            continue
        found = line.holding(since)
        if found is None or category not in found.categories:
            continue
        while at < len(facts.stays) and facts.stays[at][0] == last + 1 and facts.stays[at][2] in found.categories:
            last = facts.stays[at][1]
            at += 1
        yield since, last, ("category", category), found


def first_conversation(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """A conversation within some days."""
    for since, last, fact, row in begins(line, facts):
        nth = bisect_left(facts.talks, since)
        by, met_by = _talk(facts, nth)
        ahead = facts.planned[0] if facts.planned else 0
        left = last < facts.as_of
        judge(facts, Asked(row, since, fact, since + row.days, by, met_by, left=left, ahead=ahead), out)


def intervention_by(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """One of some types begun, or anything that counts as active."""
    for since, last, fact, row in begins(line, facts):
        by, met_by = _running(facts.rows if row.types else facts.active, since, row.types)
        limit = months_after(since, row.months) if row.months else since + 7 * row.weeks
        ahead = _ahead(book, facts, row.types)
        judge(facts, Asked(row, since, fact, limit, by, met_by, left=last < facts.as_of, ahead=ahead), out)


def assignment_by(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """Somebody with a role responsible."""
    for since, last, fact, row in begins(line, facts):
        days = [(max(start, since), who) for start, end, role, who in facts.assignments if role == row.role
                and end >= since and end >= start]  # fmt: skip
        by, who = min(days, default=(0, ""))
        met_by = ("assignment", who) if by else NO_FACT
        limit = months_after(since, row.months)
        judge(facts, Asked(row, since, fact, limit, by, met_by, left=last < facts.as_of), out)


def clarification_by(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """Asked from some months on, at the latest after some more."""
    for since, last, fact, row in begins(line, facts):
        by, met_by = _running(facts.rows if row.types else facts.active, since, row.types)
        opens, limit = months_after(since, row.months), months_after(since, row.latest_months)
        left, ahead = last < facts.as_of, _ahead(book, facts, row.types)
        judge(facts, Asked(row, since, fact, limit, by, met_by, opens=opens, left=left, ahead=ahead), out)


def rehabilitation_by(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """Out of the categories again: the case has been before the team."""
    for since, last, fact, row in begins(line, facts):
        if not row.categories:
            continue
        by = last + 1 if last < facts.as_of else 0
        met_by = ("category", fact[1]) if by else NO_FACT
        judge(facts, Asked(row, since, fact, months_after(since, row.months), by, met_by), out)


def after_exemption(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """Something active within some months of an exemption's end."""
    for _, end in merged(facts.exempt):
        since = end + 1
        if since > facts.as_of or since <= facts.start:
            continue
        row = row_for(line, facts, since)
        if row is not None:
            by, met_by = _running(facts.active, since, ())
            ahead = _ahead(book, facts, ())
            asked = Asked(row, since, ("exemption", ""), months_after(end, row.months), by, met_by, ahead=ahead)
            judge(facts, asked, out)


def before_end(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """A conversation, or a decision about it, within the last days before an intervention's planned end."""
    for one in facts.active:
        if not one.planned_end or one.planned_end < max(one.start, facts.start):
            continue
        since = max(one.start, facts.start)
        row = row_for(line, facts, since)
        if row is None:
            continue
        about, opens = f"intervention:{one.id}", max(since, one.planned_end - row.days)
        by, met_by = _talk(facts, bisect_left(facts.talks, opens))
        for day, what, _, _, event in facts.decisions:
            if what == about and day >= opens and (not by or day < by):
                by, met_by = day, ("decision", event)
                break
        instead: Why | None = "ended" if one.end < opens else None
        ahead = next((day for day in facts.planned if day >= opens), 0)
        if instead:
            by, met_by = 0, NO_FACT
        asked = Asked(
            row, since, ("intervention", one.id), one.planned_end, by, met_by, about, instead=instead, ahead=ahead
        )  # fmt: skip
        judge(facts, asked, out)


def intervention_follow_up(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """A conversation, or a decision about it, every so many months while an intervention without a planned end runs.

    Each follow-up begins the next link. One that has a planned end is followed up before it (`before_end`).
    """
    last = facts.closed or facts.as_of
    for one in facts.active:
        since, fact = max(one.start, facts.start), ("intervention", one.id)
        if one.planned_end or one.end < since:
            continue
        about = f"intervention:{one.id}"
        decided = [(day, ("decision", event)) for day, what, _, _, event in facts.decisions if what == about]
        if facts.standing:
            since, fact = _last_link(line, facts, since, fact, min(one.end, last), decided)
        while since <= last:
            row = row_for(line, facts, since)
            if row is None:
                break
            by, met_by = _talk(facts, bisect_left(facts.talks, since + 1))
            by, met_by = min([(by or FOREVER, met_by), *(one for one in decided if one[0] > since)], key=_first)
            if by > min(one.end, last):
                by, met_by = 0, NO_FACT
            limit = months_after(since, row.months)
            instead: Why | None = "ended" if one.end <= last and not by else None
            ahead = next((day for day in facts.planned if day > since), 0)
            judge(facts, Asked(row, since, fact, limit, by, met_by, about, instead=instead, ahead=ahead), out)
            if not by:
                break
            since, fact = by, met_by


def _last_link(
    line: Line, facts: Facts, since: int, fact: Ref, last: int, decided: Sequence[tuple[int, Ref]]
) -> tuple[int, Ref]:
    """Where the last link of a chain begins, the only one that can stand; the first, where the rule changes between."""
    place = bisect_right(facts.talks, last) - 1
    done = [one for one in decided if since < one[0] <= last]
    if place >= 0 and facts.talks[place] > since:
        done.insert(0, (facts.talks[place], facts.talk_facts[place]))
    if not done:
        return since, fact
    newest = max(done, key=_first)
    row = line.rows[0]
    unchanged = len(line.rows) == 1 and not row.categories and row.first <= since and newest[0] <= row.last
    return newest if unchanged else (since, fact)


def consent_expiry(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """Another consent to the same party that reaches further."""
    for start, until, withdrawn, whom, identity in facts.consents:
        since = max(start, facts.start)
        if not until or until < since:
            continue
        row = row_for(line, facts, since)
        if row is None:
            continue
        further = [
            (max(other, since), name)
            for other, end, _, party, name in facts.consents
            if name != identity and party == whom and (not end or end > until)
        ]
        by, name = min(further, default=(0, ""))
        met_by = ("consent", name) if by else NO_FACT
        gone = withdrawn and withdrawn <= min(facts.as_of, until)
        asked = Asked(
            row, since, ("consent", identity), until, by, met_by, f"consent:{identity}",
            opens=until - row.days, instead="withdrawn" if gone else None,
        )  # fmt: skip
        judge(facts, asked, out)


def exemption_review(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """A decision about an exemption, or its end."""
    for one in facts.rows:
        kind = book.types.get(one.type)
        if not one.review or kind is None or kind.state != "exempt" or one.review < max(one.start, facts.start):
            continue
        since = max(one.start, facts.start)
        row = row_for(line, facts, since)
        if row is None:
            continue
        about, limit = f"intervention:{one.id}", one.review - row.days
        by, met_by = 0, NO_FACT
        for day, what, _, _, event in facts.decisions:
            if what == about and day > one.start:
                by, met_by = day, ("decision", event)
                break
        ended = one.end if one.end <= facts.as_of else 0
        instead: Why | None = "ended" if ended and ended <= limit and not by else None
        if ended > limit and (not by or ended < by):
            by, met_by = ended, ("exemption", one.id)
        judge(facts, Asked(row, since, ("exemption", one.id), limit, by, met_by, about, instead=instead), out)


def decision_follow_up(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """A later decision about the same thing, or a word on what came of it."""
    for place, (day, about, follow_up, outcome, event) in enumerate(facts.decisions):
        if not follow_up or follow_up < facts.start:
            continue
        row = row_for(line, facts, day)
        if row is None:
            continue
        by, met_by = 0, NO_FACT
        for later, what, _, _, other in facts.decisions[place + 1 :]:
            if what == about:
                by, met_by = later, ("decision", other)
                break
        if outcome and outcome <= facts.as_of and (not by or outcome < by):
            by, met_by = outcome, ("decision", event)
        judge(facts, Asked(row, day, ("decision", event), follow_up, by, met_by, about), out)


def passive_limit(line: Line, book: Rulebook, facts: Facts, out: list[Raw]) -> None:
    """Something active, or one of some types, before so many months without."""
    types = line.rows[-1].types
    covered = [(one.start, one.end, one.id) for one in facts.rows if one.end >= one.start and (
        one.type in types or ((kind := book.types.get(one.type)) is not None and kind.active))]  # fmt: skip
    day, last, before = facts.start, facts.closed or facts.as_of, ""
    for start, end, identity in (*covered, (FOREVER, FOREVER, "")):
        if start > day and day <= last:
            row = row_for(line, facts, day)
            if row is not None:
                by, met_by = (start, ("intervention", identity)) if start < FOREVER else (0, NO_FACT)
                since_fact = ("case", "") if day == facts.start else ("intervention", before)
                asked = Asked(
                    row, day, since_fact, months_after(day, row.months), by, met_by, ahead=_ahead(book, facts, types)
                )  # fmt: skip
                judge(facts, asked, out)
        if end >= day:
            day, before = end + 1, identity


def merged(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that touch; the result is ascending."""
    out: list[tuple[int, int]] = []
    for first, last in sorted(parts):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out


def _first(done: tuple[int, Ref]) -> int:
    return done[0]


def _talk(facts: Facts, nth: int) -> tuple[int, Ref]:
    return (facts.talks[nth], facts.talk_facts[nth]) if nth < len(facts.talks) else (0, NO_FACT)


def _running(rows: Sequence[Fact], since: int, types: Collection[str]) -> tuple[int, Ref]:
    """The first day from `since` on that one of these ran; every one of `rows` where no type is named."""
    found: tuple[int, Ref] = (0, NO_FACT)
    for one in rows:
        if one.end >= since and one.end >= one.start and (not types or one.type in types):
            if one.start <= since:
                return since, ("intervention", one.id)
            if not found[0]:
                found = (one.start, ("intervention", one.id))
    return found


def _ahead(book: Rulebook, facts: Facts, types: Collection[str]) -> int:
    """The day something that would meet it is to begin."""
    for one in facts.ahead:
        kind = book.types.get(one.type)
        if one.type in types or (not types and kind is not None and kind.active):
            return one.start
    return 0
