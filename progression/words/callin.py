"""The letter that calls a citizen in for a conversation: plain, friendly, and nothing in it that is not needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from progression.words.catalogue import Words
from progression.words.talks import clock


@dataclass(frozen=True, slots=True)
class CallInLetter:
    """What a letter says. `when`: the conversation's day, None where the citizen is to ring; `time`: as it was
    typed, "10.30" or "10:30", or "". `sender`, `phone`: of the caseworker. `interpreter`: the language one is needed
    for, "" where none is."""

    name: str
    day: dt.date
    sender: str
    phone: str = ""
    municipality: str = ""
    when: dt.date | None = None
    time: str = ""
    place: str = ""
    interpreter: str = ""


def title(w: Words) -> str:
    """The heading of the letter."""
    return w.t("Come and talk with us")


def paragraphs(w: Words, letter: CallInLetter) -> list[str]:
    """The letter in short sentences, one paragraph a thing."""
    found = [w.t("Dear {name}", name=letter.name) if letter.name else w.t("Hello")]
    found.append(w.t("It is time for us to talk again. We would like to hear how you are, and what you need from us."))
    found.append(_when(w, letter))
    found.append(
        w.t(
            "We will talk about how things have gone. We will also plan what happens next. "
            "You may bring somebody you trust."
        )
    )
    if letter.interpreter:
        found.append(
            w.t("We will book an interpreter for you. The language is {language}.", language=letter.interpreter)
        )
    if letter.phone:
        found.append(w.t("Can you not come? Then ring {phone}, and we will find another day.", phone=letter.phone))
    else:
        found.append(w.t("Can you not come? Then tell us, and we will find another day."))
    return found


def at(w: Words, letter: CallInLetter) -> str:
    """The time of day as it is written in the letter's language, however it was typed."""
    return clock(w, letter.time.replace(".", ":"))


def closing(w: Words, letter: CallInLetter) -> list[str]:
    """Who it is from, a line each."""
    return [text for text in (w.t("Kind regards"), letter.sender, letter.municipality) if text]


def text(w: Words, letter: CallInLetter) -> str:
    """The whole letter as text."""
    parts = [title(w), w.date(letter.day), *paragraphs(w, letter), "\n".join(closing(w, letter))]
    return "\n\n".join(parts) + "\n"


def _when(w: Words, letter: CallInLetter) -> str:
    if letter.when is None:
        if letter.phone:
            return w.t("Please ring {phone} within a week. Then we will find a day that suits you.", phone=letter.phone)
        return w.t("Please write or ring to us within a week. Then we will find a day that suits you.")
    day = w.weekday_date(letter.when)
    if letter.time and letter.place:
        return w.t(
            "We will meet on {day} at {time}. The place is {place}.", day=day, time=at(w, letter), place=letter.place
        )
    if letter.time:
        return w.t("We will talk on {day} at {time}.", day=day, time=at(w, letter))
    return w.t("We will talk on {day}.", day=day)
