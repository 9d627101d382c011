"""The languages of the citizen's side: those that come with the program, and those installed in this vault.

A language is kept as a setting, one event each, with the text of its file: it travels to other devices and lies in
backups as every setting does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from progression.desk.session import Changes, Session
from progression.errors import KnownError
from progression.scales import languages, library
from progression.scales.languages import SideLanguage
from progression.scales.model import Scale
from progression.words import LANGUAGES

KEY = "citizen_language."  # of the setting, before the code


@dataclass(frozen=True, slots=True)
class Offered:
    """What the citizen can choose among. `first`: the code to begin with."""

    languages: tuple[SideLanguage, ...]
    first: str


def listing(session: Session) -> tuple[SideLanguage, ...]:
    """Return every language of the citizen's side: those that come with the program, then the others by code."""
    from progression.store import queries

    found = []
    for key, text in sorted(queries.settings(session.vault).items()):
        if key.startswith(KEY) and isinstance(text, str) and text:
            try:
                found.append(languages.parse(text, key.removeprefix(KEY)))
            except KnownError:  # written by a newer program; this one cannot read it and leaves it as it is
                continue
    return (*languages.shipped(), *found)


def offered(session: Session, citizen: str, scale: Scale) -> Offered:
    """Return the languages in which the whole scale can be answered, and the one to begin with.

    That is the citizen's own, where it is registered and among them, else the language of the session.
    """
    from progression.store import queries

    can = tuple(one for one in listing(session) if not one.lacks(scale))
    person = queries.citizen(session.vault, citizen)
    spoken = person.language.strip().casefold() if person is not None else ""
    own = next((one.code for one in can if spoken and spoken in called(one)), session.language)
    return Offered(can, own)


def called(one: SideLanguage) -> frozenset[str]:
    """What a language may be called where somebody typed which one a citizen speaks, in small letters."""
    from babel import Locale, UnknownLocaleError

    names = {one.code, one.code.partition("-")[0], one.name}
    try:
        locale = Locale.parse(one.code, sep="-")
    except (ValueError, UnknownLocaleError):
        return frozenset(name.casefold() for name in names)
    names |= {locale.get_language_name(reader) or "" for reader in LANGUAGES}
    return frozenset(name.casefold() for name in names if name)


def validate(path: Path, session: Session | None = None) -> SideLanguage:
    """Read a language file against the scales in force (without a session: those that come with the program).

    Raises KnownError "file.unreadable" (file), "language.invalid" (file, faults).
    """
    return languages.check(_text(path), path.name, _scales(session))


def install(session: Session, path: Path) -> Changes:
    """Offer a language from a file; one already here under this code is replaced. Raises as `validate` does."""
    text = _text(path)
    found = languages.check(text, path.name, _scales(session))
    return _put(session, found.code, text)


def remove(session: Session, code: str) -> Changes:
    """Offer a language no more. Raises KnownError "language.shipped" (name), "language.unknown" (name, choices)."""
    if code in languages.SHIPPED:
        raise KnownError("language.shipped", name=code)
    known = tuple(one.code for one in listing(session))
    if code not in known:
        raise KnownError("language.unknown", name=code, choices=known)
    return _put(session, code, "")


def template(code: str, session: Session | None = None) -> str:
    """Return a file for a translator to fill in, with every text in Danish and English."""
    return languages.template(code, _scales(session))


def _put(session: Session, code: str, text: str) -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    event = kinds.setting(session.vault, KEY + code, text)
    written = session.vault.append([event], Act("change", detail=f"language {code}"))
    return Changes(frozenset({"language"}), frozenset(), tuple(one.id for one in written))


def _scales(session: Session | None) -> dict[str, Scale]:
    from progression.store import queries

    return dict(queries.scales(session.vault) if session is not None else library.builtin())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("file.unreadable", file=str(path)) from error
