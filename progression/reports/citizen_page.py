"""*Til borgeren*: one page for the citizen to take home. The curve, what moved, what we agreed, whom to call.

Always one page: where the plan is long it is told in fewer and shorter rows, each cut one ends in "…", and the page
says that there is more. Nothing stands here that the citizen may not see: no indicator, no attention point, nothing of
the caseworker's belief, no note of a conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from reportlab.platypus import Flowable, HRFlowable

from progression.casework import plan as plans
from progression.casework.plan import Item
from progression.casework.values import Conversation
from progression.reports import citizen_told, citizen_words, document, flow, fonts, tagged
from progression.reports.case import Page
from progression.reports.citizen_curve import CitizenCurve
from progression.reports.ink import measure
from progression.reports.letterhead import PLAIN, Letterhead
from progression.reports.styles import WIDTH, colour, styles
from progression.reports.summary import Case
from progression.words import Words, talks

WHEN = 0.4  # of the width, at most, for the day of an agreement
LONGEST_CALLED, LONGEST_ADDRESS = 60, 100  # letters of whom to call, and of an address
# what the two who make a plan are called in it
CITIZEN = frozenset({"borger", "borgeren", "citizen", "the citizen", "du", "you"})
CASEWORKER = frozenset({"sagsbehandler", "sagsbehandleren", "caseworker", "the caseworker"})


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the citizen rings: the caseworker of the day. Each text "" where it is not known."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of the plan is told: rows, and letters of each text; and how high the curve is, in points."""

    rows: int
    letters: int
    curve: float


ROOMS = (
    Room(6, 240, 172), Room(6, 240, 150), Room(6, 240, 130), Room(5, 160, 130), Room(4, 110, 130), Room(3, 80, 130),
    Room(2, 60, 120), Room(1, 40, 110), Room(1, 24, 90),
)  # fmt: skip


@dataclass(slots=True)
class _Told:
    """What is told of a case in a room; remembers whether anything was cut."""

    case: Case
    room: Room
    w: Words
    shortened: bool = False

    def cut(self, text: str, more: int = 0) -> str:
        """A text of at most as many letters as there is room for, cut at a word and marked."""
        told, most = " ".join(text.split()), self.room.letters + more
        if len(told) <= most:
            return told
        self.shortened = True
        return told[:most].rsplit(" ", 1)[0].rstrip(".,;: ") + " …"


def citizen_pdf(
    page: Page,
    w: Words,
    *,
    contact: Contact,
    author: str,
    municipality: str,
    made_on: date,
    letterhead: Letterhead = PLAIN,
) -> bytes:
    """Return the page to the citizen as PDF, always one page; the same bytes for the same page, language and day."""
    case = Case(**{name: getattr(page, name) for name in Case.__slots__})
    cover = document.Cover(
        title=citizen_told.title(case, w),
        author=author,
        subject=w.t("What has happened, and what we agreed"),
        header_left=municipality,
        header_right=w.date(made_on),
        footer="",
        made_on=made_on,
        letterhead=letterhead,
        quiet=True,
    )
    email = contact.email if len(contact.email) <= LONGEST_ADDRESS else ""  # half an address reaches nobody
    contact = Contact(contact.name[:LONGEST_CALLED], contact.phone[:LONGEST_CALLED], email)
    for room in ROOMS:
        made = document.render(partial(_story, _Told(case, room, w), contact, municipality), cover, w)
        if made.pages == 1:
            break
    return made.pdf


def _story(told: _Told, contact: Contact, municipality: str) -> list[Flowable]:
    w = told.w
    body = [*_top(told), *_curve(told), *_moved(told), *_agreed(told, contact)]
    if told.shortened:
        body.append(flow.prose(w.t("Some of it is cut short. Ask us, and you get it all."), "page-note"))
    foot = _foot(contact, municipality, w)
    return [*body, Fill(foot), *foot]


class Fill(Flowable):
    """Empty space that pushes what comes after it to the bottom of the page."""

    def __init__(self, below: Sequence[Flowable]) -> None:
        super().__init__()
        self.below = below

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as what is left above the rest."""
        rest = sum(one.wrap(width, height)[1] + one.getSpaceBefore() + one.getSpaceAfter() for one in self.below)
        return width, max(height - rest - 1, 0)

    def draw(self) -> None:
        """Nothing is drawn."""


def _rule(before: float, after: float, weight: float = 1.0) -> Flowable:
    return HRFlowable("100%", weight, color=colour("text"), spaceBefore=before, spaceAfter=after, lineCap="butt")


def _heading(text: str, style: str, level: int) -> Flowable:
    return tagged.heading(text, styles()[style], level, actual=fonts.spoken(text), marked=fonts.markup)


def _top(told: _Told) -> list[Flowable]:
    w, case = told.w, told.case
    lead = [w.t("Thank you for the talk today.")] if _met(case) else []
    lead.append(w.t("This paper is yours to take home and show."))
    return [_heading(citizen_told.title(case, w), "page-title", 1), flow.prose(" ".join(lead), "page-lead")]


def _met(case: Case) -> bool:
    """Whether there has been a talk today."""
    held = any(c.date == case.today and c.status == "held" for c in case.course.conversations)
    return held or any(a.date == case.today for a in case.course.assessments)


# the curve and what moved


def _curve(told: _Told) -> list[Flowable]:
    case, w = told.case, told.w
    found = citizen_words.levels(case)
    if not found:
        return []
    figure = CitizenCurve(
        citizen_told.chart(case, w), citizen_words.spoken(case, w), tuple(p.day for p in found),
        citizen_told.shadings(w), citizen_told.end(case, w), told.room.curve, w,
    )  # fmt: skip
    note = " ".join(citizen_words.reading(case, w))
    return [flow.gap(10), figure, flow.prose(note, "page-note")]


def _moved(told: _Told) -> list[Flowable]:
    case, w = told.case, told.w
    sentences = [told.cut(text, 120) for text in citizen_words.moved(case, w)]
    parts: list[Flowable] = [flow.gap(7)]
    if len(sentences) > 1:
        parts += tagged.items(sentences, styles()["page-item"], numbered=True, marked=fonts.markup)
    else:
        parts += [flow.prose(text, "page-call") for text in sentences] + [flow.gap(4)]
    steps = citizen_told.small_steps(case)
    parts.append(flow.prose(told.cut(citizen_words.now(case, w), 120), "page-text"))
    if steps:
        said = "; ".join(told.cut(n.text).rstrip(".") for n in steps)
        said = said if said.endswith("…") else said + "."
        parts.append(flow.prose(said, "page-text", lead=w.t("Small steps:")))
    return parts


# what we agreed


def _agreed(told: _Told, contact: Contact) -> list[Flowable]:
    case, w = told.case, told.w
    plan = plans.standing(case.course.plan, case.today)
    rows = [_agreement(told, one, contact) for one in plan.agreements]
    rows += [_meeting(talk, case.today, w) for talk in _talks(case)]
    parts: list[Flowable] = [_rule(10, 8), _heading(w.t("What we agreed"), "page-heading", 2)]
    if plan.goal is not None:
        goal = told.cut(plan.goal.now.words.strip() or plans.text_of(plan.goal.now))
        parts.append(flow.prose(goal, "page-text", lead=w.t("Your goal:")))
    if not rows:
        empty = w.t("We have not agreed on more yet.") if plan.goal else w.t("We have not agreed on anything yet.")
        return [*parts, flow.prose(empty, "page-text")]
    parts.append(_table(rows[-told.room.rows :] if told.room.rows == 1 else _first_and_talk(rows, told.room.rows)))
    left = len(rows) - told.room.rows
    if left > 0:
        told.shortened = True
        parts.append(flow.prose(w.tn("and {n} more thing", "and {n} more things", left), "page-note"))
    return parts


def _first_and_talk(rows: Sequence[tuple[str, str, str]], most: int) -> list[tuple[str, str, str]]:
    """The first rows, and always the last of them all: the next talk stands there."""
    return list(rows) if len(rows) <= most else [*rows[: most - 1], rows[-1]]


def _talks(case: Case) -> list[Conversation]:
    """The next talk that is planned; after a talk today the next one is on another day."""
    first = case.today + timedelta(1 if _met(case) else 0)
    ahead = [c for c in case.course.conversations if c.status == "planned" and c.date >= first]
    return sorted(ahead, key=lambda c: (c.date, c.time))[:1]


def _agreement(told: _Told, item: Item, contact: Contact) -> tuple[str, str, str]:
    now, w = item.now, told.w
    by = w.t("by {day}", day=_day(now.by, told.case.today, w)) if now.by else ""
    return _who(told, now.who.strip(), contact), told.cut(now.words.strip() or plans.text_of(now)), by


def _who(told: _Told, who: str, contact: Contact) -> str:
    """Who does it, as one says it across the table."""
    w, case = told.w, told.case
    name = case.course.citizen.name.strip()
    if who.casefold() in CITIZEN or (name and who.casefold() in (name.casefold(), name.split()[0].casefold())):
        return w.tc("who does it", "You")
    if who.casefold() in CASEWORKER and contact.name:
        return contact.name.split()[0]
    if who in case.names:  # a colleague, called as across the table
        return told.cut(next(iter(case.names[who].split()), who))
    return told.cut(who) if who else w.t("We")


def _meeting(talk: Conversation, today: date, w: Words) -> tuple[str, str, str]:
    what = w.t("talk together by phone") if talk.form == "phone" else w.t("meet again")
    day = w.weekday_day_month(talk.date) if talk.date.year == today.year else w.weekday_date(talk.date)
    if talk.time:
        day = w.t("{day} at {time}", day=day, time=talks.clock(w, talk.time))
    return w.t("We two"), what[:1].upper() + what[1:], day


def _day(day: date, today: date, w: Words) -> str:
    return w.day_month(day) if day.year == today.year else w.date(day)


def _table(rows: Sequence[tuple[str, str, str]]) -> Flowable:
    cells = [
        [flow.cell(who, "page-cell", head=True, bold=True), flow.cell(what, "page-cell"), flow.cell(by, "page-when")]
        for who, what, by in rows
    ]
    size = styles()["page-cell"].fontSize
    first = min(max(measure(who, strong=True, size=size) for who, *_ in rows) + 16, WIDTH / 4)
    told = styles()["page-when"].fontSize
    last = min(max([158, *(measure(by, size=told) + 7 for *_, by in rows)]), WIDTH * WHEN)
    table = tagged.Table(cells, colWidths=[first, WIDTH - first - last, last], hAlign="LEFT")
    line = ("LINEBELOW", (0, 0), (-1, -2), 0.7, colour("line"))
    pad = [
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    flush = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (-1, 0), (-1, -1), 0)]
    table.setStyle([line, *pad, *flush])
    return table


# whom to call


def _foot(contact: Contact, municipality: str, w: Words) -> list[Flowable]:
    call = w.t("Call if things change") if contact.phone else w.t("Write if things change")
    if not contact.phone and not contact.email:
        call = w.t("Ask us if things change")
    left: list[Flowable] = [flow.prose(call, "page-small")]
    if contact.name:
        left.append(flow.prose([tagged.Strong(contact.name)], "page-call"))
    if contact.phone:
        left.append(flow.prose([_phone(contact.phone, w)], "page-call"))
    if contact.email:
        name = w.t("Write to {address}", address=contact.email)
        left.append(flow.prose([tagged.Link(contact.email, f"mailto:{contact.email}", name)], "page-small"))
    if municipality:
        left.append(flow.prose(municipality, "page-small"))
    rights = w.t(
        "You have a right to see all that is kept about you. Just say so, and you get it. You may bring someone you "
        "trust to our talks."
    )
    return [_rule(6, 8), flow.beside(left, [flow.prose(rights, "page-small")], 0.56, 24)]


def _phone(phone: str, w: Words) -> tagged.Part:
    """A number to ring as a link: on a telephone it calls. What holds no digits is text."""
    digits = "".join(sign for sign in phone if sign.isascii() and sign.isdigit())
    if not digits:
        return phone
    national = len(digits) == 8 and "+" not in phone
    return tagged.Link(phone, f"tel:+45{digits}" if national else f"tel:+{digits}", w.t("Ring {phone}", phone=phone))
