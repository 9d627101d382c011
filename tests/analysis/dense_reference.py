"""An independent reference: the same model as one big Gaussian vector, conditioned by plain matrix algebra.

Independent pieces (level at the first assessment, one drift per phase, one walk per stretch of time, one bias per rater
and regime, one noise per value) are stacked; levels and observations are linear in them. Nothing is shared with the
filter but the numbers that describe the model.
"""

from __future__ import annotations

import numpy as np

from progression.analysis.filter import Start

YEAR = 365.25


class Dense:
    """`observed`: (day, rater 0/1, regime, value, noise variance). `starts`: first days of phases, sorted."""

    def __init__(self, start: Start, starts: list[int], observed: list[tuple]) -> None:
        self.start, self.starts = start, starts
        self.observed = sorted(observed, key=lambda o: (o[0], o[1]))
        self.first = self.observed[0][0]
        days = sorted({o[0] for o in observed} | set(starts) | {s + 400 for s in starts[-1:]})
        self.grid = sorted(set(days) | {d for a in starts for d in (a,)} | {self.first})
        self.pieces: list[tuple] = [("level",)]
        self.pieces += [("drift", p) for p in range(-1, len(starts))]
        self.pieces += [("walk", i) for i in range(len(self.grid) - 1)]
        self.pieces += sorted({("bias", o[1], o[2]) for o in self.observed})
        self.place = {piece: i for i, piece in enumerate(self.pieces)}
        var = {
            "level": start.level_var,
            "drift": start.drift_var,
        }
        self.var = np.array([self._variance(p, var) for p in self.pieces])

    def _variance(self, piece, var):
        if piece[0] == "walk":
            return self.start.wander * (self.grid[piece[1] + 1] - self.grid[piece[1]]) / YEAR
        if piece[0] == "bias":
            return (self.start.caseworker_var, self.start.citizen_var)[piece[1]]
        return var[piece[0]]

    def level(self, day: int) -> np.ndarray:
        """The level on a day as weights on the pieces; days before the first assessment run backwards."""
        row = np.zeros(len(self.pieces))
        row[0] = 1.0
        low, high, sign = (self.first, day, 1.0) if day >= self.first else (day, self.first, -1.0)
        cuts = [-(10**9), *self.starts, 10**9]
        for p in range(-1, len(self.starts)):
            a, b = max(low, cuts[p + 1]), min(high, cuts[p + 2])
            if b > a:
                row[self.place["drift", p]] += sign * (b - a) / YEAR
        for i in range(len(self.grid) - 1):
            if self.grid[i] >= low and self.grid[i + 1] <= high:
                row[self.place["walk", i]] += sign
        return row

    def conditioned(self, rows: np.ndarray, until: int) -> tuple[np.ndarray, np.ndarray]:
        """Mean and covariance of linear functions of the pieces, given the values observed up to a day."""
        used = [o for o in self.observed if o[0] <= until]
        design = np.array([self._seen(o) for o in used])
        value = np.array([o[3] for o in used]) - self.start.mean
        cov = design * self.var @ design.T + np.diag([o[4] for o in used])
        cross = rows * self.var @ design.T
        gain = np.linalg.solve(cov, cross.T).T
        return gain @ value, (rows * self.var) @ rows.T - gain @ cross.T

    def _seen(self, o) -> np.ndarray:
        row = self.level(o[0])
        row[self.place["bias", o[1], o[2]]] += 1.0
        return row

    def at(self, day: int, phase_start: int, until: int) -> tuple[float, float, float, float]:
        """Level, its variance, change since the phase's start and its variance, given the values up to a day."""
        now = self.level(day)
        mean, cov = self.conditioned(np.array([now, now - self.level(phase_start)]), until)
        return mean[0] + self.start.mean, cov[0, 0], mean[1], cov[1, 1]
