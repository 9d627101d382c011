"""Where in a conversation one is, in a few plain words: whose sheet of which day, or what followed it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import cast

from progression.scales.model import Rater
from progression.ui.conversation.scoring_state import Scoring

STANDARD = "bip"


@dataclass(frozen=True, slots=True)
class Place:
    """`finished`: what follows the sheet is in view; else the sheet itself, of `rater`."""

    finished: bool
    rater: Rater
    day: date
    scale: str


def scale(state: Scoring | None) -> str:
    """The scale of a sheet, the standard one before any is read."""
    return state.sheet.scale.id if state is not None else STANDARD


def written(finished: date | None, rater: Rater, state: Scoring | None) -> str:
    """A place as text, "" before anything is read; `finished`: the day of what follows the sheet, if that is seen."""
    day = finished or (state.entry.day if state is not None else None)
    return json.dumps([finished is not None, rater, day.isoformat(), scale(state)]) if day is not None else ""


def read(place: str) -> Place:
    """The place a text that is not "" names."""
    finished, rater, day, name = json.loads(place)
    return Place(bool(finished), cast(Rater, rater), date.fromisoformat(day), str(name))
