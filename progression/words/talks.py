"""Conversations and contacts in words: what became of them, in what form, and when."""

from __future__ import annotations

from progression.words.catalogue import N_, Words

STATUSES: dict[str, str] = {
    "planned": N_("Planned"),
    "held": N_("Held"),
    "cancelled": N_("Cancelled"),
    "missed": N_("Missed"),
}
FORMS: dict[str, str] = {"person": N_("In person"), "phone": N_("By phone"), "video": N_("By video")}
WAYS: dict[str, str] = {
    "phone": N_("Phone call"),
    "sms": N_("Text message"),
    "email": N_("E-mail"),
    "letter": N_("Letter"),
    "other": N_("Other contact"),
}


def clock(w: Words, time: str) -> str:
    """A time of day "09:30" as it is written: "09.30" in Danish. "" where no time was agreed."""
    return time.replace(":", ".") if w.language == "da" else time


def span(w: Words, time: str, minutes: int) -> str:
    """From when to when: "09.30–10.15"; "" where no time was agreed."""
    hour, colon, minute = time.partition(":")
    if not colon:
        return ""
    end = min(int(hour) * 60 + int(minute) + minutes, 24 * 60 - 1)
    return f"{clock(w, time)}–{clock(w, f'{end // 60:02d}:{end % 60:02d}')}"


def since_contact(w: Words, days: int | None) -> str:
    """How long ago the last contact was."""
    if days is None:
        return w.t("No contact yet")
    if days == 0:
        return w.t("Contact today")
    return w.tn("{n} day since the last contact", "{n} days since the last contact", days)
