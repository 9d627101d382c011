"""A report about everybody beside those about each team: what it may not tell, or theirs could be reckoned from it.

Each team's report withholds figures about few citizens, and others so that those cannot be reckoned from a sum. Whoever
has the report about everybody as well could still subtract the teams that tell a figure from the whole. So a figure of
everybody is withheld where that would leave one team's withheld figure, or few citizens (`withheld.alone`). Only the
report about everybody loses by it: each team's is the same whether the other is written or not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from progression.analysis.combinations import Progress
from progression.casework.duties.timeliness import Timeliness
from progression.casework.passive import LEAST
from progression.casework.passive_days import DayShare
from progression.casework.withheld import alone, small
from progression.reports.team_figures import Count, TeamFigures, part_of, told, whole_of

Cell = tuple[int, bool]  # citizens of a team, and whether its report withholds the figure
NOTHING: Cell = (0, False)


def beside(whole: TeamFigures, teams: Sequence[TeamFigures]) -> TeamFigures:
    """Return the figures of everybody with what the reports of these teams forbid marked as withheld.

    `teams`: every team once, over the same period; one called "" (no team) has no report of its own.
    """
    if len(teams) < 2:
        return whole
    flags, flags_total = _parts(
        whole.open_flags, whole.flags_total, [(t.open_flags, t.flags_total) for t in teams], teams
    )
    decided, decided_total = _parts(
        whole.decided, whole.decided_total, [(t.decided, t.decided_total) for t in teams], teams
    )
    overdue, overdue_total = _parts(
        whole.overdue, whole.overdue_total, [(t.overdue, t.overdue_total) for t in teams], teams
    )
    changes, changed = _parts(whole.changes, whole.changed, [(t.changes, t.changed) for t in teams], teams)
    return replace(
        whole,
        open_flags=flags,
        flags_total=flags_total,
        long_waiting=_of(whole.long_waiting, teams, lambda t: (t.long_waiting, t.flags_total.citizens)),
        decided=decided,
        decided_total=decided_total,
        decided_flags=_of(whole.decided_flags, teams, lambda t: (t.decided_flags, t.decided_total.citizens)),
        shares=_shares(whole.shares, teams),
        long_without=_of(whole.long_without, teams, lambda t: (t.long_without, t.shares[-1].without)),
        timeliness=_timeliness(whole.timeliness, teams),
        overdue=overdue,
        overdue_total=overdue_total,
        changes=changes,
        changed=changed,
        changed_often=_of(whole.changed_often, teams, lambda t: (t.changed_often, t.citizens)),
        progress=tuple(_progress(one, teams) for one in whole.progress),
    )


def _silent(team: TeamFigures) -> bool:
    """A team of which no figure is told anywhere."""
    return not team.team or team.citizens < LEAST


def _cell(team: TeamFigures, citizens: int, hidden: bool) -> Cell:
    return citizens, hidden or _silent(team)


def _forced(cells: Sequence[Cell], teams: Sequence[TeamFigures]) -> bool:
    """As `alone`; what remains of those without a team may be told, where it is not about few."""
    hidden = [n for n, (count, one) in enumerate(cells) if one and count]
    if len(hidden) == 1 and not teams[hidden[0]].team:
        return cells[hidden[0]][0] < LEAST
    return alone(cells)


def _parts(
    parts: Sequence[Count], total: Count, of: Sequence[tuple[Sequence[Count], Count]], teams: Sequence[TeamFigures]
) -> tuple[tuple[Count, ...], Count]:
    """The parts and their sum. `of`: those of each team."""
    rows = [
        {one.key: _cell(team, one.citizens, n is None) for one, n in zip(mine, told(mine), strict=True)}
        for team, (mine, _sum) in zip(teams, of, strict=True)
    ]
    sums = [_cell(team, one.citizens, whole_of(one) is None) for team, (_mine, one) in zip(teams, of, strict=True)]
    found = [replace(one, hidden=_forced([row.get(one.key, NOTHING) for row in rows], teams)) for one in parts]
    total = replace(total, hidden=_forced(sums, teams))
    if total.hidden and found and None not in told(found):  # or the sum is there to be reckoned
        least = min(range(len(found)), key=lambda n: (found[n].citizens, n))
        found[least] = replace(found[least], hidden=True)
    return tuple(found), total


def _of(whole: Count, teams: Sequence[TeamFigures], of: Callable[[TeamFigures], tuple[Count, int]]) -> Count:
    cells = [_cell(team, one.citizens, part_of(one, rest) is None) for team in teams for one, rest in [of(team)]]
    return replace(whole, hidden=_forced(cells, teams))


def _shares(whole: Sequence[DayShare], teams: Sequence[TeamFigures]) -> tuple[DayShare, ...]:
    found = []
    for place, day in enumerate(whole):
        rows = [
            [_cell(team, n, few) for n, few in zip(mine.counts, small(mine.counts), strict=True)]
            for team in teams
            for mine in [team.shares[place]]
        ]
        found.append(replace(day, hidden=tuple(_forced(column, teams) for column in zip(*rows, strict=True))))
    return tuple(found)


def _timeliness(whole: Sequence[Timeliness], teams: Sequence[TeamFigures]) -> tuple[Timeliness, ...]:
    found = []
    for row in whole:
        rows = []
        for team in teams:
            mine = next((one.citizens for one in team.timeliness if one.sort == row.sort), (0, 0, 0))
            rows.append([_cell(team, n, few) for n, few in zip(mine, small(mine), strict=True)])
        found.append(replace(row, hidden=tuple(_forced(column, teams) for column in zip(*rows, strict=True))))
    return tuple(found)


def _progress(one: Progress, teams: Sequence[TeamFigures]) -> Progress:
    """A mean of everybody less those of the teams is the mean of the rest, near enough."""
    cells = []
    for team in teams:
        mine = next((p for p in team.progress if (p.combination, p.near_end) == (one.combination, one.near_end)), None)
        cells.append(NOTHING if mine is None else _cell(team, mine.citizens, mine.withheld))
    return replace(one, mean=None, low=None, high=None) if _forced(cells, teams) else one
