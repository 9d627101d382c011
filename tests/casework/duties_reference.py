"""Duties, slowly and obviously: dates, one question at a time, nothing shared with `casework.duties` but the values.

Every helper asks about one day. What is written here is what the rules mean; the quick way must agree.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
NEVER = dt.date.max
MOVED_BY_AGREEMENT = ("category_rhythm", "assessment_every", "intervention_follow_up")


@dataclass(frozen=True)
class Found:
    """A duty as the test compares it."""

    rule: str
    state: str
    why: str
    since: dt.date | None = None
    due: dt.date | None = None
    met_on: dt.date | None = None
    about: str = ""
    done: int = 0
    wanted: int = 0
    put_off: dt.date | None = None
    was_due: dt.date | None = None


def later(day: dt.date, months: int) -> dt.date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def easter(year: int) -> dt.date:
    """Gauss's way with its two exceptions, as tables of feasts print it."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    m = (15 + k - (13 + 8 * k) // 25 - k // 4) % 30
    n = (4 + k - k // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    day = 22 + d + e
    if d == 29 and e == 6:
        return dt.date(year, 4, 19)
    if d == 28 and e == 6 and (11 * m + 11) % 30 < 19:
        return dt.date(year, 4, 18)
    return dt.date(year, 3, day) if day <= 31 else dt.date(year, 4, day - 31)


def closed_office(day: dt.date) -> bool:
    if day.strftime("%a") in ("Sat", "Sun"):
        return True
    if (day.month, day.day) in ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)):
        return True
    after = (day - easter(day.year)).days
    return after in (-3, -2, 0, 1, 39, 49, 50) or (after == 26 and day.year <= 2023)


def moved(day: dt.date, moves: str) -> dt.date:
    while moves != "stay" and closed_office(day):
        day = day + DAY if moves == "after" else day - DAY
    return day


class Case:
    """One course as of a day; every method answers by looking at everything."""

    def __init__(self, course, types, rules, categories, as_of):
        self.course, self.types, self.rules, self.categories, self.today = course, types, rules, categories, as_of
        closed = course.citizen.case_closed
        self.closed = closed if closed is not None and closed <= as_of else None
        self.last = self.closed or as_of
        first = course.citizen.benefit_start
        self.start = first if first is not None and first <= self.last else None
        self.shut = [i for i in course.interventions if i.id.startswith("closed-") and i.start <= as_of]
        over = [i.end for i in self.shut if i.end is not None and i.end >= i.start]
        if self.start and over and max(over) >= self.start:
            if max(over) >= as_of:
                began = max(i.start for i in self.shut if i.end is not None and i.end >= i.start)
                self.closed = self.closed or began - DAY
                self.start, self.last = None, self.closed
            else:
                self.start = max(over) + DAY
        self.again = bool(self.start and over and self.start == max(over) + DAY)

    # facts

    def talks(self):
        held = [c.date for c in self.course.conversations if c.status == "held" and c.date <= self.today]
        for one in self.course.assessments:
            talked = one.rater == "citizen" and one.mode != "self" and one.date <= self.today
            if talked and one.date not in held:
                held.append(one.date)
        return sorted(held)

    def category(self, day):
        """Who enters a category has left the one before."""
        best = None
        for one in self.course.categories:
            entered = one.start <= day and not (one.end is not None and one.end < one.start)
            if entered and (best is None or one.start >= best.start):
                best = one
        return best.category if best is not None and (best.end is None or day <= best.end) else ""

    def entered(self, day):
        """The first day of the stay in the category of the day: the same category, no day between."""
        category = self.category(day)
        while self.category(day - DAY) == category:
            day -= DAY
        return day

    def interventions(self):
        ran = [i for i in self.course.interventions if i.start <= self.today and not (i.end and i.end < i.start)]
        return [i for i in ran if i not in self.shut]

    def runs(self, one, day):
        return one.start <= day and (one.end is None or day <= one.end)

    def active(self, one):
        return one.type in self.types and self.types[one.type].active

    def first_running(self, since, wanted):
        days = [max(i.start, since) for i in self.interventions() if wanted(i) and (i.end is None or i.end >= since)]
        return min(days, default=None)

    def state_of(self, day, state):
        def makes(one):
            kind = self.types.get(one.type)
            counts = kind is not None and not kind.active and kind.state == state
            return counts and (state != "exempt" or one.exempt_from.lower() != "mentor")

        return any(makes(one) and self.runs(one, day) for one in self.interventions())

    # rules

    def row(self, name, day):
        for rule in self.rules:
            holds = (rule.valid_from or dt.date.min) <= day <= (rule.valid_to or NEVER)
            if rule.id == name and rule.on and holds:
                return rule
        return None

    def row_for(self, name, day):
        rule = self.row(name, day)
        return rule if rule and (not rule.categories or self.category(day) in rule.categories) else None

    # judging

    def judge(self, rule, since, limit, by, *, about="", opens=None, left=False, instead="", done=0, wanted=0):
        if self.closed and since > self.closed:
            return None
        if by and self.closed and by > self.closed:
            by = None
        due, was_due, put_off = moved(limit, rule.moves), None, None
        if rule.kind in ("first_conversation", "conversations", *MOVED_BY_AGREEMENT):
            put_off = self.put_off(since, by)
            if put_off and put_off > due and rule.kind in MOVED_BY_AGREEMENT:
                due, was_due = put_off, due

        def found(state, why, met=None):
            return Found(rule.id, state, why, since, due, met, about, done, wanted, put_off, was_due)

        if by and by <= due:
            return found("met", "done", by)
        days = [min(due, self.today)] + ([] if by else [self.today])
        for day in days:
            for pause in ("exempt", "waiting"):
                if pause in rule.paused_by and self.state_of(day, pause):
                    return found("not_applicable", pause)
        if by:
            return found("met_late", "done", by)
        if self.closed:
            return found("not_applicable", "closed")
        if instead:
            return found("not_applicable", instead)
        if left:
            return found("not_applicable", "category")
        if opens and self.today < opens:
            return found("not_applicable", "not_yet")
        return found("overdue" if self.today > due else "open", "?")

    def put_off(self, since, by):
        """The day that the last conversation that was put off in this time was put off to."""
        rows = [c for c in self.course.conversations if c.status == "cancelled" and c.put_off_to]
        rows = [c for c in rows if since <= c.date <= self.today and (by is None or c.date <= by)]
        last = max(rows, key=lambda c: (c.date, c.put_off_to, c.outcome), default=None)
        return last.put_off_to if last else None

    # kinds of rules

    def begins(self, name):
        """First and last day of each time the rule concerned the citizen."""
        rows = sorted((r for r in self.rules if r.id == name and r.on), key=lambda r: r.valid_from or dt.date.min)
        first = self.row(name, self.start) or rows[0]
        if not first.categories:
            return [(self.start, NEVER)] if self.row(name, self.start) else []
        out, day = [], self.start
        while day <= self.today:
            rule = self.row(name, day)
            fresh = self.category(day) and (day == self.start or self.entered(day) == day)
            if fresh and rule is not None and self.category(day) in rule.categories:
                end = day
                while end < self.today and self.category(end + DAY) in rule.categories:
                    end += DAY
                out.append((day, rule, end if end < self.today else NEVER))
                day = end
            day += DAY
        return [(since, end) for since, _, end in out]

    def once(self, name, rule_kind):
        out = []
        for since, end in self.begins(name):
            rule = self.row(name, since)
            number, codes = rule.whole, rule.codes
            left = end < self.today
            if rule_kind == "first_conversation":
                by = min((d for d in self.talks() if d >= since), default=None)
                out.append(self.judge(rule, since, since + DAY * number("days"), by, left=left))
            elif rule_kind == "intervention_by":
                types = codes("types")
                by = self.first_running(since, lambda i, t=types: i.type in t if t else self.active(i))
                months = number("months")
                limit = later(since, months) if months else since + 7 * DAY * number("weeks")
                out.append(self.judge(rule, since, limit, by, left=left))
            elif rule_kind == "clarification_by":
                types = codes("types")
                by = self.first_running(since, lambda i, t=types: i.type in t if t else self.active(i))
                opens, limit = later(since, number("months")), later(since, number("latest_months"))
                out.append(self.judge(rule, since, limit, by, opens=opens, left=left))
            elif rule_kind == "assignment_by":
                role = rule.parameters["role"]
                days = [
                    max(a.start, since)
                    for a in self.course.assignments
                    if a.role == role and a.start <= self.today and (a.end is None or a.end >= max(since, a.start))
                ]
                out.append(self.judge(rule, since, later(since, number("months")), min(days, default=None), left=left))
            elif rule_kind == "rehabilitation_by" and rule.categories:
                by = end + DAY if end < self.today else None
                out.append(self.judge(rule, since, later(since, number("months")), by))
        return out

    def after_exemption(self, name):
        out, day = [], self.start + DAY
        while day <= self.today:
            rule = self.row_for(name, day)
            if rule and self.state_of(day - DAY, "exempt") and not self.state_of(day, "exempt"):
                by = self.first_running(day, self.active)
                out.append(self.judge(rule, day, later(day - DAY, rule.whole("months")), by))
            day += DAY
        return out

    def before_end(self, name):
        out = []
        for one in self.interventions():
            since = max(one.start, self.start)
            if not self.active(one) or one.planned_end is None or one.planned_end < since:
                continue
            rule = self.row_for(name, since)
            if rule is None:
                continue
            opens = max(since, one.planned_end - DAY * rule.whole("days"))
            about = f"intervention:{one.id}"
            days = [d for d in self.talks() if d >= opens]
            days += [d.date for d in self.course.decisions if d.about == about and opens <= d.date <= self.today]
            if one.end is not None and one.end < opens:
                out.append(self.judge(rule, since, one.planned_end, None, about=about, instead="ended"))
            else:
                out.append(self.judge(rule, since, one.planned_end, min(days, default=None), about=about))
        return out

    def intervention_follow_up(self, name):
        out = []
        for one in self.interventions():
            since = max(one.start, self.start)
            if not self.active(one) or one.planned_end is not None or (one.end is not None and one.end < since):
                continue
            about = f"intervention:{one.id}"
            done = self.talks() + [d.date for d in self.course.decisions if d.about == about and d.date <= self.today]
            while since is not None and since <= self.last and (rule := self.row_for(name, since)):
                until = min(one.end or NEVER, self.last)
                by = min((d for d in done if since < d <= until), default=None)
                over = "ended" if one.end is not None and one.end <= self.last and not by else ""
                limit = later(since, rule.whole("months"))
                out.append(self.judge(rule, since, limit, by, about=about, instead=over))
                since = by
        return out

    def consent_expiry(self, name):
        out = []
        given = [c for c in self.course.consents if c.start <= self.today]
        for one in given:
            since = max(one.start, self.start)
            if one.until is None or one.until < since or not (rule := self.row_for(name, since)):
                continue
            others = [c for c in given if c.id != one.id and c.whom == one.whom]
            days = [max(c.start, since) for c in others if c.until is None or c.until > one.until]
            gone = one.withdrawn is not None and one.withdrawn <= min(self.today, one.until)
            opens = one.until - DAY * rule.whole("days")
            out.append(
                self.judge(
                    rule, since, one.until, min(days, default=None), about=f"consent:{one.id}", opens=opens,
                    instead="withdrawn" if gone else "",
                )
            )  # fmt: skip
        return out

    def exemption_review(self, name):
        out = []
        for one in (i for i in self.course.interventions if i.start <= self.today and i not in self.shut):
            since, kind = max(one.start, self.start), self.types.get(one.type)
            if kind is None or kind.state != "exempt" or one.review_date is None or one.review_date < since:
                continue
            if not (rule := self.row_for(name, since)):
                continue
            about, limit = f"intervention:{one.id}", one.review_date - DAY * rule.whole("days")
            days = [d.date for d in self.course.decisions if d.about == about and one.start < d.date <= self.today]
            ended = one.end if one.end is not None and one.end <= self.today else None
            instead = "ended" if ended and ended <= limit and not days else ""
            if ended and ended > limit:
                days.append(ended)
            out.append(self.judge(rule, since, limit, min(days, default=None), about=about, instead=instead))
        return out

    def decision_follow_up(self, name):
        out = []
        made = [d for d in sorted(self.course.decisions, key=lambda d: (d.date, d.event)) if d.date <= self.today]
        for n, one in enumerate(made):
            if one.follow_up is None or one.follow_up < self.start or not (rule := self.row_for(name, one.date)):
                continue
            days = [d.date for d in made[n + 1 :] if d.about == one.about][:1]
            if one.outcome_date is not None and one.outcome_date <= self.today:
                days.append(one.outcome_date)
            out.append(self.judge(rule, one.date, one.follow_up, min(days, default=None), about=one.about))
        return out

    def passive_limit(self, name):
        types = [r for r in self.rules if r.id == name and r.on]
        types = max(types, key=lambda r: r.valid_from or dt.date.min).codes("types")

        def counts(one):
            return one.type in types or self.active(one)

        def covered(day):
            return any(counts(i) and self.runs(i, day) for i in self.interventions())

        out, day = [], self.start
        while day <= self.last:
            begins = not covered(day) and (day == self.start or covered(day - DAY))
            if begins and (rule := self.row_for(name, day)):
                by = min((i.start for i in self.interventions() if counts(i) and i.start > day), default=None)
                out.append(self.judge(rule, day, later(day, rule.whole("months")), by))
            day += DAY
        return out

    def rhythm(self, name, done, begin, limit_of, left):
        """A chain: the next link arises with what met the one before, on the first day that anything is asked."""
        out = []
        day, of_fact = begin or self.start, begin is not None
        while True:
            asked = day
            while asked <= self.last and limit_of(asked) is None:
                asked += DAY
            if asked > self.last:
                return out
            of_fact = of_fact and asked == day
            rule, limit = limit_of(asked)
            by = min((d for d in done if (d > asked if of_fact else d >= asked) and d <= self.last), default=None)
            out.append(self.judge(rule, asked, limit, by, left=left))
            if by is None:
                return out
            day, of_fact = by, True

    def assessment_every(self, name):
        scale = self.course.assessments[-1].scale if self.course.assessments else ""
        rounds = []
        for day in sorted(a.date for a in self.course.assessments if a.scale == scale and a.date <= self.today):
            if not rounds or (day - rounds[-1]).days > 30:
                rounds.append(day)
        if self.again:  # what was done before it closed is done
            rounds = [day for day in rounds if day >= self.start]
        before = max((d for d in rounds if d < self.start), default=None)
        return self._every(name, rounds, before)

    def case_review_every(self, name):
        return self._every(name, sorted(r.date for r in self.course.reviews if r.date <= self.today), None)

    def _every(self, name, done, begin):
        def limit_of(day):
            rule = self.row_for(name, day)
            return (rule, later(day, rule.whole("months"))) if rule else None

        rows = sorted((r for r in self.rules if r.id == name and r.on), key=lambda r: r.valid_from or dt.date.min)
        now = self.row(name, self.today) or rows[-1]
        left = bool(now.categories) and self.category(self.today) not in now.categories
        return self.rhythm(name, done, begin, limit_of, left)

    def category_rhythm(self, name):
        def limit_of(day):
            rule, category = self.row_for(name, day), self.category(day)
            if not rule or not category:
                return None
            week = (day - max(self.entered(day), self.start)).days // 7
            row = self.categories.get(category, day)
            weeks = row.weeks_between(week) if row else None
            return (rule, day + 7 * DAY * weeks) if weeks else None

        return self.rhythm(name, self.talks(), None, limit_of, limit_of(self.today) is None)

    def conversations(self, name):
        out, day, anchor, months, follows, before = [], self.start, self.start, 0, False, None
        while day <= self.last:
            rule = self.row_for(name, day)
            first = day == self.start or (rule and rule.categories and self.entered(day) == day)
            if rule is None or not (rule.parameters["repeat"] or first):
                day, follows = day + DAY, False
                # a rule that takes over, or a category entered, begins a period; nothing else does between two
                while day <= self.last and not self._begins_here(name, day):
                    day += DAY
                continue
            if not follows or rule is not before:
                anchor, months = day, 0
            months += rule.whole("months")
            limit = later(anchor, months)
            held = [d for d in self.talks() if (d > day if follows else d >= day)]
            wanted = rule.whole("count")
            by = held[wanted - 1] if len(held) >= wanted else None
            inside = len([d for d in held if d <= min(limit, self.last)])
            gone = bool(rule.categories) and self.category(self.today) not in rule.categories
            out.append(self.judge(rule, day, limit, by, left=gone, done=inside, wanted=wanted))
            day, follows, before = limit, True, rule
        return out

    def _begins_here(self, name, day):
        if any(r.id == name and r.on and r.valid_from == day for r in self.rules):
            return True
        return any(c.start == day for c in self.course.categories) and self.category(day) != self.category(day - DAY)

    # all of it

    def all(self):
        """Every rule's duties, history included; of a rule without any, why."""
        out = {}
        for name in dict.fromkeys(r.id for r in self.rules if r.on):
            rows = [r for r in self.rules if r.id == name and r.on]
            kind = rows[0].kind
            found = []
            if self.start is not None:
                special = getattr(self, kind, None)
                found = special(name) if special else self.once(name, kind)
                found = [one for one in found if one is not None]
            if not found:
                found = [Found(name, "not_applicable", self._why(kind, rows))]
            out[name] = sorted(found, key=lambda one: (one.since or dt.date.min, one.due or dt.date.min, one.about))
        return out

    def _why(self, kind, rows):
        if self.start is None:
            return "closed" if self.closed else "not_yet"
        occasional = ("after_exemption", "before_end", "consent_expiry", "exemption_review", "decision_follow_up")
        if kind in (*occasional, "passive_limit", "intervention_follow_up"):
            return "nothing"
        local = kind in ("category_rhythm", "rehabilitation_by") or all(r.categories for r in rows)
        return "category" if local else "no_rule"


def current(found):
    """What stands of each rule, else what arose last."""
    out = {}
    for name, rows in found.items():
        standing = [one for one in rows if one.state in ("open", "overdue")]
        out[name] = standing or rows[-1:]
    return out
