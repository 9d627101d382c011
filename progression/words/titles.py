"""What colleagues are called by their work. The usual titles are said in the reader's language; any other is data."""

from __future__ import annotations

from progression.words.catalogue import N_, Words
from progression.words.people import ROLES

TITLES: dict[str, str] = {
    "sagsbehandler": N_("caseworker"),
    "socialrådgiver": N_("social worker"),
    "teamleder": N_("team lead"),
    "fagkoordinator": N_("professional coordinator"),
    "koordinator": N_("coordinator"),
    "mentor": N_("mentor"),
    "jobkonsulent": N_("job consultant"),
    "virksomhedskonsulent": N_("business consultant"),
    "opsøgende medarbejder": N_("outreach worker"),
    "leder": N_("manager"),
    "administrator": N_("administrator"),
}
_BY_NAME = {name.casefold(): text for danish, text in TITLES.items() for name in (danish, text)}


def title(w: Words, kept: str) -> str:
    """Return a role as it is said in the reader's language, with a capital where it is kept with one.

    `kept`: a title, one of the codes of `people.ROLES`, or any other text, which is returned as it is.
    """
    text = kept.strip()
    known = _BY_NAME.get(text.casefold())
    if known is None:
        return w.t(ROLES[text]) if text in ROLES else text
    said = w.t(known)
    return said[:1].upper() + said[1:] if text[:1].isupper() else said
