"""An assessment that was taken back: its answers are no fact any more, and can be gone on with."""

from __future__ import annotations

from collections.abc import Iterable

from progression.casework.values import Assessment
from progression.desk import conversations
from progression.desk.session import Changes, Session


def take_up(session: Session, assessments: Iterable[Assessment]) -> Changes:
    """Make drafts again of assessments that were taken back; a draft that is there already stays as it is."""
    from progression.store import drafts

    citizens = set[str]()
    for one in assessments:
        if drafts.load(session.vault, one.citizen, one.rater, one.scale) is None:
            conversations.keep(
                session, one.citizen, one.rater, one.scale, one.date, one.mode, one.answers, one.notes, one.note
            )
        citizens.add(one.citizen)
    return Changes(frozenset({"draft"}), frozenset(citizens))
