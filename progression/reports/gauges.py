"""The small picture of what the measurement can tell, as vectors: the same description the window draws."""

from __future__ import annotations

from progression.charts.gauge import Gauge, Row, text_places, tick_places
from progression.charts.model import Dash
from progression.reports import flow
from progression.reports.ink import Ink, measure

TEXT, MARK, TICKS, ENDS = 10.5, 10.0, 11.0, 10.0  # points: a row's text, its mark, tick labels, words at the ends
SIDE = 5.0
GAP = 2.5


class GaugeFigure(flow.Figure):
    """One Gauge, so many points wide, with its alternative text."""

    def __init__(self, gauge: Gauge, width: float) -> None:
        ends = ENDS if any(gauge.ends) else 0.0
        super().__init__(gauge.alt, width, len(gauge.rows) * (TEXT + MARK) + TICKS + ends)
        self.gauge = gauge

    def x(self, at: float) -> float:
        """Points from the left for a value."""
        return SIDE + self.gauge.share(at) * self._line

    @property
    def _line(self) -> float:
        return self.width - 2 * SIDE

    @property
    def _floor(self) -> float:
        """The axis, in points from below."""
        return self.height - len(self.gauge.rows) * (TEXT + MARK)

    def draw(self) -> None:
        """Draw from back to front."""
        ink = Ink(self.canv)
        self._zones(ink)
        self._axis(ink)
        ground = "bg" if any(zone.pattern != "none" for zone in self.gauge.zones) else ""  # no text on a hatch
        for n, placed in enumerate(text_places(self.gauge, self._line, GAP, _measure)):
            top = self.height - n * (TEXT + MARK)
            ink.text((SIDE + placed.left, top - 8.2), placed.row.figure, "text", strong=True, ground=ground)
            ink.text((SIDE + placed.text_left, top - 8.2), placed.row.text, "text-2", ground=ground)
            self._mark(ink, placed.row, top - TEXT - MARK / 2)

    def _zones(self, ink: Ink) -> None:
        """Fills behind everything; edges and uprights beside the marks only, so that no line runs through a text."""
        for zone in self.gauge.zones:
            left, right = self.x(zone.low), self.x(zone.high)
            box = (left, self._floor, right - left, self.height - self._floor)
            ink.box(box, zone.token, "", zone.pattern, f"{zone.token}-line" if zone.pattern != "none" else "")
            self._down(ink, left, zone.edge, 0.6)
            self._down(ink, right, zone.edge, 0.6)
        for line in self.gauge.uprights:
            self._down(ink, self.x(line.at), "text-2", 1.0, line.dash)

    def _down(self, ink: Ink, x: float, token: str, width: float, dash: Dash = "solid") -> None:
        for n in range(len(self.gauge.rows)):
            top = self.height - n * (TEXT + MARK) - TEXT
            ink.line([(x, top), (x, top - MARK)], token, width, dash)

    def _axis(self, ink: Ink) -> None:
        ink.line([(SIDE, self._floor), (self.width - SIDE, self._floor)], "line-2", 0.7)
        for tick, left in tick_places(self.gauge, self._line, 6.0, _measure):
            x = self.x(tick.at)
            ink.line([(x, self._floor), (x, self._floor - 2.4)], "line-2", 0.7)
            ink.text((SIDE + left, self._floor - 9.6), tick.label)
        if any(self.gauge.ends):
            ink.text((SIDE, 1.8), self.gauge.ends[0])
            ink.text((self.width - SIDE, 1.8), self.gauge.ends[1], align="right")

    def _mark(self, ink: Ink, row: Row, y: float) -> None:
        if row.reach is not None:
            low, high = (self.x(end) for end in row.reach)
            ink.line([(low, y), (high, y)], row.token, 1.3)
            for end in (low, high):
                ink.line([(end, y - 2.4), (end, y + 2.4)], row.token, 1.3)
        ink.marker((self.x(row.at), y), row.marker, row.token, filled=row.filled)


def _measure(text: str, bold: bool) -> float:
    return measure(text, strong=bold)
