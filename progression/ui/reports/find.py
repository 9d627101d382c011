"""Citizens found by what is typed in *Rapporter*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progression.ui.window.find import LIMIT, Hit

if TYPE_CHECKING:
    from progression.desk.session import Session


def citizens(session: Session, text: str, log: bool) -> list[Hit]:
    """Return the citizens a text finds, at most LIMIT; `log`: one line in the access log, once for each search."""
    from progression.desk import search
    from progression.words import Words
    from progression.words.naming import called

    w = Words(session.language)
    found = search.find(session, text, most=LIMIT, log=log)
    return [
        Hit("citizen", one.citizen, called(w, one.name, one.number), one.number if one.name else "") for one in found
    ]
