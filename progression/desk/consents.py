"""Those around a citizen, and the citizen's consent to exchange with them: who, what, until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from progression.casework import checks, consents
from progression.casework.consents import Around
from progression.casework.values import Consent, Course, Professional
from progression.desk import closing
from progression.desk.session import Changes, Session
from progression.errors import KnownError


def around(course: Course, day: dt.date) -> tuple[Around, ...]:
    """Return those around the citizen on the day, each with the consent that counts."""
    return consents.around(course.professionals, course.consents, day)


def save_professional(session: Session, professional: Professional) -> Changes:
    """Add somebody around the citizen (an empty `id` is given one), or change one.

    Raises KnownError("professional.invalid", faults).
    """
    from progression.store.journal import new_id

    named = professional if professional.id else replace(professional, id=new_id(session.vault.clock))
    faults = checks.blocking(checks.professional(named))
    if faults:
        raise KnownError("professional.invalid", faults=faults)
    return _save(session, named, "professional")


def end_professional(session: Session, professional: Professional, day: dt.date) -> Changes:
    """Say that somebody is not around the citizen any more; `day` is the last one. Consents with them stay."""
    return save_professional(session, replace(professional, end=day))


def give(session: Session, consent: Consent) -> Changes:
    """Keep a consent the citizen has given (an empty `id` is given one), or correct one.

    Raises KnownError("consent.invalid", faults), and "case.closed_then" for a new one given after the case closed.
    """
    from progression.store import queries
    from progression.store.journal import new_id

    named = consent if consent.id else replace(consent, id=new_id(session.vault.clock))
    faults = checks.blocking(checks.consent(named, session.today()))
    if faults:
        raise KnownError("consent.invalid", faults=faults)
    if not consent.event:
        closing.refuse_closed(queries.citizen(session.vault, consent.citizen), consent.start, "start")
    return _save(session, named, "consent")


def withdraw(session: Session, consent: Consent, day: dt.date) -> Changes:
    """Keep that the citizen has withdrawn a consent: from `day` on it does not hold."""
    return give(session, replace(consent, withdrawn=day))


def _save(session: Session, value: Professional | Consent, kind: str) -> Changes:
    from progression.store import kinds
    from progression.store.access import Act

    written = session.vault.append([kinds.to_event(value)], Act("change" if value.event else "add", value.citizen))
    return Changes.of({kind}, value.citizen, written)
