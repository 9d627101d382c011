"""Conversations as a calendar sees them: when they are, what clashes, how long ago the last contact was. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from progression.casework.values import Conversation, Course

USUAL_MINUTES = 45  # a conversation nobody gave a length
CONTACT_WAYS: tuple[str, ...] = ("phone", "sms", "email", "letter", "other")  # a contact's `profession`: by what means


def minutes(talk: Conversation) -> int:
    """Return how long a conversation lasts, as planned or as usual."""
    return round(talk.minutes) if talk.minutes else USUAL_MINUTES


def begins(talk: Conversation) -> int | None:
    """Return the minute of the day it begins, None where no time was agreed."""
    hour, colon, minute = talk.time.partition(":")
    return int(hour) * 60 + int(minute) if colon and hour.isdecimal() and minute.isdecimal() else None


def clash(one: Conversation, other: Conversation) -> bool:
    """Say whether nobody could hold both: the same day, and at the same time. Whole days clash with nothing."""
    first, second = begins(one), begins(other)
    if one.date != other.date or first is None or second is None:
        return False
    return first < second + minutes(other) and second < first + minutes(one)


def clashing(talk: Conversation, others: Iterable[Conversation]) -> tuple[Conversation, ...]:
    """Return the planned and held conversations that clash with one, in order; never itself."""
    return tuple(
        sorted(
            (
                other
                for other in others
                if other.status in ("planned", "held")
                and (other.citizen, other.id) != (talk.citizen, talk.id)
                and clash(talk, other)
            ),
            key=in_calendar,
        )
    )


def in_calendar(talk: Conversation) -> tuple[date, bool, str, str]:
    """Sort key: by day, those without a time first, then by time."""
    return talk.date, bool(talk.time), talk.time, talk.id


def last_contact(course: Course, day: date) -> date | None:
    """Return the latest day up to `day` of a held conversation or another contact, None before any."""
    held = [talk.date for talk in course.conversations if talk.status == "held" and talk.date <= day]
    return max([*held, *(n.date for n in course.notes if n.kind == "contact" and n.date <= day)], default=None)


def days_since_contact(course: Course, day: date) -> int | None:
    """Return how many days lie between the last contact and `day`; 0 = that day, None before any contact."""
    last = last_contact(course, day)
    return (day - last).days if last else None


def next_planned(course: Course, day: date) -> Conversation | None:
    """Return the next planned conversation from `day` on."""
    coming = [talk for talk in course.conversations if talk.status == "planned" and talk.date >= day]
    return min(coming, key=in_calendar, default=None)


def monday(day: date) -> date:
    """Return the first day of the week."""
    return day - timedelta(days=day.weekday())
