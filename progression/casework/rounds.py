"""Rounds: a citizen's assessments within 30 days of the first of them (contracts.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from progression.casework.values import Assessment
from progression.scales.model import Rater

ROUND_DAYS = 30


@dataclass(frozen=True, slots=True)
class Round:
    """One round, its assessments by date. `start` and `end` are the dates of the first and the last of them."""

    start: date
    end: date
    assessments: tuple[Assessment, ...]

    def latest(self, rater: Rater) -> Assessment | None:
        """Return this rater's last assessment of the round."""
        return next((a for a in reversed(self.assessments) if a.rater == rater), None)


def rounds(assessments: Iterable[Assessment], scale: str | None = None) -> tuple[Round, ...]:
    """Group one citizen's assessments into rounds, oldest first; with `scale` only those on that scale."""
    chosen = sorted((a for a in assessments if scale in (None, a.scale)), key=_order)
    groups: list[list[Assessment]] = []
    for assessment in chosen:
        if groups and (assessment.date - groups[-1][0].date).days <= ROUND_DAYS:
            groups[-1].append(assessment)
        else:
            groups.append([assessment])
    return tuple(Round(group[0].date, group[-1].date, tuple(group)) for group in groups)


def _order(assessment: Assessment) -> tuple[date, str, str, str]:
    return (assessment.date, assessment.scale, assessment.rater, assessment.event)
