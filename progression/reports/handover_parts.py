"""The parts of a hand-over sheet, in the order in which one needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from progression.casework import caseworkers, consents
from progression.casework import plan as plans
from progression.casework.checklists import HANDOVER, read
from progression.casework.duties import Duty
from progression.casework.plan import Item
from progression.casework.values import Conversation, Handover, Intervention
from progression.charts import phrases
from progression.reports import flow, tagged
from progression.reports.case import facts_line, title_name
from progression.reports.citizen_page import CASEWORKER, CITIZEN
from progression.reports.summary import Case, paragraphs
from progression.words import Words
from progression.words import duties as due_words
from progression.words import people as people_words
from progression.words import register as register_words
from progression.words import talks as talk_words
from progression.words.flags import headline

DASH = phrases.NO_VALUE


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is told: the case, the hand-over, the duties, and in how many rows and letters."""

    case: Case
    handover: Handover | None
    duties: tuple[Duty, ...]
    rows: int
    letters: int

    def cut(self, text: str) -> str:
        """A text of at most so many letters, cut at a word."""
        told = " ".join(text.split())
        return told if len(told) <= self.letters else told[: self.letters].rsplit(" ", 1)[0].rstrip(".,;: ") + " …"

    def called(self, person: str) -> str:
        """A colleague's name."""
        return self.case.names.get(person) or person


def _more(sheet: Sheet, n: int, w: Words) -> list[Flowable]:
    """How many rows are left out."""
    left = n - sheet.rows
    return [flow.prose(w.tn("and {n} more", "and {n} more", left), "note")] if left > 0 else []


def who(sheet: Sheet, author: str, made_on: date, w: Words) -> list[Flowable]:
    """Name, how to reach the citizen, who has been the caseworker and who is to be."""
    case, citizen = sheet.case, sheet.case.course.citizen
    reach = [citizen.phone]
    reach += [w.t("interpreter: {language}", language=citizen.interpreter)] if citizen.interpreter else []
    lines = [facts_line(case, w), ", ".join(f for f in reach if f)]
    made: list[Flowable] = [flow.prose(w.t("Made {day}", day=w.date(made_on)), "who-right")]
    made += [flow.prose(w.t("by {author}", author=author), "who-right")] if author else []
    left: list[Flowable] = [flow.title(title_name(case, w))]
    left += [flow.prose(line, "who") for line in lines if line]
    return [flow.side_by_side(left, made, 0.66), *_passed(sheet, w), flow.prose(_caseworkers(sheet, w))]


def _passed(sheet: Sheet, w: Words) -> list[Flowable]:
    handover = sheet.handover
    if handover is None:
        return []
    fields = {"to": sheet.called(handover.to_person), "day": w.date(handover.date)}
    past, former = handover.date <= sheet.case.today, sheet.called(handover.from_person)
    if former and past:
        told = w.t("{former} handed over to {to} on {day}.", former=former, **fields)
    elif former:
        told = w.t("{former} hands over to {to} from {day}.", former=former, **fields)
    elif past:
        told = w.t("{to} took over on {day}.", **fields)
    else:
        told = w.t("{to} takes over from {day}.", **fields)
    why = sheet.cut(handover.reason)
    told += " " + w.t("Reason: {reason}.", reason=why.rstrip(".")) if why else ""
    return [flow.prose(told)]


def _caseworkers(sheet: Sheet, w: Words) -> str:
    course, today = sheet.case.course, sheet.case.today
    rows = caseworkers.periods(course.assignments, course.assessments, today)
    if not rows:
        return w.t("No caseworker is registered.")
    changes = caseworkers.changes_in(rows)
    told = [
        w.t("{name}, {period}", name=sheet.called(r.caseworker), period=phrases.period(w, r.start, r.end, short=True))
        for r in rows[-sheet.rows :]
    ]
    planned = [sum(c.planned == kind for c in changes) for kind in ("planned", "unplanned")]
    first = citizen_start(sheet) or rows[0].start
    without = people_words.days_without(w, caseworkers.days_without(rows, first, today))
    ends = [people_words.changed(w, len(changes), *planned), without]
    counted = ", ".join(one for one in ends if one)
    return w.t("Caseworkers: {names}. In all {counted}.", names="; ".join(told), counted=counted)


def citizen_start(sheet: Sheet) -> date | None:
    """The first day of the case, where it is known."""
    return sheet.case.course.citizen.benefit_start


def important(sheet: Sheet, w: Words) -> list[Flowable]:
    """What is important to know: what was written for the hand-over, how the citizen wants to be met, the note."""
    citizen = sheet.case.course.citizen
    told = [sheet.handover.note if sheet.handover else "", citizen.contact, citizen.note]
    lines = [flow.prose(sheet.cut(text)) for text in told if text.strip()]
    steps = [n for n in sheet.case.course.notes if n.kind == "small_step" and n.date <= sheet.case.today][-2:]
    lines += [flow.prose(sheet.cut(n.text), lead=w.t("Small step, {day}:", day=w.short_date(n.date))) for n in steps]
    return [flow.heading(w.t("Important to know")), *lines] if lines else []


def standing(sheet: Sheet, w: Words) -> list[Flowable]:
    """Where things stand, and what waits for a decision."""
    case = sheet.case
    found: list[Flowable] = [flow.heading(w.t("Where things stand"))]
    told = paragraphs(case, w)
    found += [flow.prose(text) for text in told[:1]]
    flags = [flag for flag in case.flags if flag.status == "open" and case.knows(flag)]
    for flag in flags[: sheet.rows]:
        lead = w.t("Attention point, {day}:", day=w.short_date(flag.raised_on))
        found.append(flow.prose(headline(w, flag, case.scale_of(flag)), lead=lead))
    if not flags:
        found.append(flow.prose(w.t("No attention point waits for a decision.")))
    return found


def plan(sheet: Sheet, w: Words) -> list[Flowable]:
    """The goal in the citizen's words, sub-goals, and what was agreed with whom by when."""
    found = plans.standing(sheet.case.course.plan, sheet.case.today)
    heading = flow.heading(w.t("My Plan"))
    if found.goal is None and not found.subgoals and not found.agreements:
        return [heading, flow.prose(w.t("Nothing stands in the plan."))]
    parts: list[Flowable] = [heading]
    if found.goal is not None:
        parts.append(flow.prose(sheet.cut(plans.text_of(found.goal.now)), lead=w.t("Goal:")))
        words = found.goal.now.words.strip()
        if words and words != plans.text_of(found.goal.now):
            parts.append(flow.prose(w.t("“{words}”", words=sheet.cut(words)), lead=w.t("In the citizen's words:")))
    rows = [
        *(_plan_row(sheet, one, w.t("Sub-goal"), w) for one in found.subgoals),
        *(_plan_row(sheet, one, w.t("Agreement"), w) for one in found.agreements),
    ]
    if rows:
        head = (w.t("What"), w.t("Agreed"), w.t("Who"), w.t("By when"))
        parts.append(flow.table(head, rows[: sheet.rows], (60, 280, 90, 70)))
        parts += _more(sheet, len(rows), w)
    return parts


def _plan_row(sheet: Sheet, item: Item, kind: str, w: Words) -> tuple[str, ...]:
    by = w.short_date(item.now.by) if item.now.by else DASH
    return kind, sheet.cut(plans.text_of(item.now)), sheet.cut(_doer(sheet, item.now.who.strip(), w)) or DASH, by


def _doer(sheet: Sheet, who: str, w: Words) -> str:
    """Who does it: the two who agree in the reader's language, a colleague by name, others as they are written."""
    for rater, names in (("citizen", CITIZEN), ("caseworker", CASEWORKER)):
        if who.casefold() in names:
            return phrases.rater_name(w, rater)
    return sheet.called(who)


def running(sheet: Sheet, w: Words) -> list[Flowable]:
    """What runs, what waits and what is exempt."""
    case = sheet.case
    heading = flow.heading(w.t("What runs and what waits"))
    rows = [i for i in case.course.interventions if i.start <= case.today and (i.end is None or i.end >= case.today)]
    if not rows:
        return [heading, flow.prose(w.t("Nothing runs now."))]
    head = (w.t("What"), w.t("Since"), w.t("Where, and whom to call"), w.t("Ends or is looked at"))
    cells = [_running_row(sheet, row, w) for row in rows[: sheet.rows]]
    return [heading, flow.table(head, cells, (150, 70, 170, 110)), *_more(sheet, len(rows), w)]


def _running_row(sheet: Sheet, row: Intervention, w: Words) -> tuple[str, ...]:
    ends = w.short_date(row.planned_end) if row.planned_end else DASH
    ends = w.t("expected {day}", day=w.short_date(row.expected_start)) if row.expected_start else ends
    ends = w.t("review {day}", day=w.short_date(row.review_date)) if row.review_date else ends
    where = ", ".join(part for part in (row.provider, row.external, row.contact) if part)
    name = phrases.intervention_name(w, row, sheet.case.types)
    if row.reason:
        name = w.t("{name}: {reason}", name=name, reason=sheet.cut(row.reason))
    return name, w.short_date(row.start), sheet.cut(where) or DASH, ends


def due(sheet: Sheet, w: Words) -> list[Flowable]:
    """What is due, the oldest first, and the conversations that are planned."""
    case = sheet.case
    heading = flow.heading(w.t("What is due"))
    rows = sorted((d for d in sheet.duties if d.standing and d.due is not None), key=lambda d: (d.due, d.rule))
    talks = [c for c in case.course.conversations if c.status == "planned" and c.date >= case.today]
    parts: list[Flowable] = [heading]
    if rows:
        cells = [
            (w.short_date(one.due) if one.due else DASH, _duty(sheet, one, w), due_words.reason(w, one, case.today))
            for one in rows[: sheet.rows]
        ]
        head = (w.t("By when"), w.t("What"), w.t("How it stands"))
        parts = [flow.together([heading, flow.table(head, cells, (70, 280, 150))])]
        parts += _more(sheet, len(rows), w)
    else:
        parts.append(flow.prose(w.t("Nothing is due.")))
    parts += [flow.gap(4)] if talks else []
    for talk in talks[: sheet.rows]:
        parts.append(flow.prose(_planned(sheet, talk, w), lead=w.t("Planned:")))
    return parts


def _duty(sheet: Sheet, one: Duty, w: Words) -> str:
    """What a duty asks, and about which intervention where it is about one."""
    kind, _, key = one.about.partition(":")
    row = next((i for i in sheet.case.course.interventions if kind == "intervention" and i.id == key), None)
    what = w.pick(one.text)
    if row is None:
        return what
    return w.t("{what}: {name}", what=what, name=phrases.intervention_name(w, row, sheet.case.types, hours=False))


def _planned(sheet: Sheet, talk: Conversation, w: Words) -> str:
    day = w.date(talk.date)
    when = (
        w.t("conversation {day} at {time}", day=day, time=talk_words.clock(w, talk.time))
        if talk.time
        else w.t("conversation {day}", day=day)
    )
    parts = [when, sheet.called(talk.caseworker) if talk.caseworker else "", sheet.cut(talk.topic)]
    return ", ".join(part for part in parts if part)


def said(sheet: Sheet, w: Words) -> list[Flowable]:
    """What was said in the last conversations, and what screening has shown."""
    case = sheet.case
    rows = _conversations(sheet, w)
    screenings = [n for n in case.course.notes if n.kind == "screening" and n.date <= case.today]
    if not rows and not screenings:
        held = any(c.status == "held" and c.date <= case.today for c in case.course.conversations)
        told = w.t("Nothing is written about the talks.") if held else w.t("No conversation has been held yet.")
        return [flow.heading(w.t("What was said")), flow.prose(told)]
    parts: list[Flowable] = [flow.heading(w.t("What was said"))]
    parts += [flow.prose(text, lead=w.t("{day}:", day=w.short_date(day))) for day, text in rows[: sheet.rows]]
    for note in screenings[-2:]:
        found = [note.text, note.limitation, note.suggestion]
        text = sheet.cut(". ".join(part.strip().rstrip(".") for part in found if part.strip()) + ".")
        by = register_words.profession(w, note.profession) or w.t("screening")
        who = by[:1].upper() + by[1:]
        parts.append(flow.prose(text, lead=w.t("{who}, {day}:", who=who, day=w.short_date(note.date))))
    return parts


def _conversations(sheet: Sheet, w: Words) -> list[tuple[date, str]]:
    """The latest conversations with words in them, the newest first."""
    case = sheet.case
    told: dict[date, list[str]] = {}
    for talk in case.course.conversations:
        if talk.date <= case.today and talk.status == "held":
            told.setdefault(talk.date, []).extend(part for part in (talk.topic, talk.outcome) if part.strip())
    for one in case.course.assessments:
        if one.date <= case.today and one.note.strip():
            told.setdefault(one.date, []).append(one.note)
    rows = sorted(((day, parts) for day, parts in told.items() if parts), reverse=True)
    return [(day, sheet.cut(" ".join(_ended(p) for p in dict.fromkeys(parts)))) for day, parts in rows]


def _ended(text: str) -> str:
    """A text as a sentence of its own."""
    done = text.strip()
    return done if done.endswith((".", "!", "?", "…")) else done + "."


def around(sheet: Sheet, w: Words) -> list[Flowable]:
    """Professionals around the citizen, colleagues in other roles, and what may be exchanged with whom."""
    case = sheet.case
    found = consents.around(case.course.professionals, case.course.consents, case.today)
    rows: list[tuple[str, ...]] = []
    for one in case.course.assignments:
        if (
            one.role != caseworkers.COORDINATING
            and one.start <= case.today
            and (one.end is None or one.end >= case.today)
        ):
            role = w.t(people_words.ROLES[one.role]) if one.role in people_words.ROLES else one.role
            rows.append((sheet.called(one.caseworker), role, DASH, w.t("colleague")))
    for place in found:
        person, consent = place.professional, place.consent
        name = consents.called(person) if person else consent.whom if consent else ""
        facts = (person.profession, person.organisation) if person else ()
        about = ", ".join(part for part in facts if part and part != name)
        phone = person.phone if person else ""
        rows.append((name, about or DASH, phone or DASH, consent_text(w, place)))
    if not rows:
        return []
    head = (w.t("Who"), w.t("As"), w.t("Phone"), w.t("Consent to exchange"))
    table = flow.table(head, rows[: sheet.rows], (110, 130, 80, 180))
    return [flow.heading(w.t("Around the citizen")), table, *_more(sheet, len(rows), w)]


def consent_text(w: Words, place: consents.Around) -> str:
    """What may be exchanged and until when; without a consent in force that is what is said."""
    consent = place.consent
    if place.standing in ("valid", "running_out") and consent is not None:
        until = w.t("until {day}", day=w.short_date(consent.until)) if consent.until else w.t("until withdrawn")
        return w.t("{what}, {until}", what=consent.what, until=until) if consent.what else until
    told = w.t(people_words.CONSENT[place.standing])
    last = consents.ended(consent) if consent is not None else None
    told = w.t("{what} {day}", what=told, day=w.short_date(last)) if last is not None else told
    return w.t("{what}: exchange nothing", what=told)


def checklist(sheet: Sheet, w: Words) -> list[Flowable]:
    """What is done of the hand-over, and what is not."""
    done: Sequence[str] = read(sheet.handover.checklist) if sheet.handover else ()
    parts: list[Flowable] = [flow.heading(w.t("The hand-over itself"))]
    for state, codes in ((True, [c for c in HANDOVER if c in done]), (False, [c for c in HANDOVER if c not in done])):
        if codes:
            lead = w.t("Done:") if state else w.t("Still to do:")
            parts.append(flow.prose([tagged.Strong(lead)]))
            parts += flow.bullets([w.t(people_words.HANDOVER_CHECKLIST[c]) for c in codes])
    return [flow.together(parts)]
