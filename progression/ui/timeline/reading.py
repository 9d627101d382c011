"""What stands above the plot for the cursor's day, in short facts; a screen reader is told the whole sentence."""

from __future__ import annotations

from datetime import date

from progression.charts.model import Chart
from progression.charts.readouts import band_at
from progression.words import Words

_SIGNS = {"diamond": "◆", "ring": "○"}


def facts(chart: Chart, day: date, words: Words) -> str:
    """Return "Sagsbehandler 2,7   Borger 3,0   bånd 2,7–3,3   ◆ Fortsæt": who answered what, what the measurement can
    say, and what was decided, as far as there is any that day."""
    found = []
    for series in chart.series:
        for sample in series.samples:
            if sample.day == day:
                figure = sample.text.rsplit(": ", 1)[-1]
                found.append(words.t("{name} {figure}", name=series.label, figure=figure))
    limits = band_at(chart.band, day) if found else None
    if limits is not None:
        found.append(words.t("band {low}–{high}", low=words.number(limits[0]), high=words.number(limits[2])))
    for strip in chart.strips:
        found += [
            f"{_SIGNS[mark.symbol]} {mark.label}"
            for mark in strip.marks
            if mark.day == day and mark.label and mark.symbol in _SIGNS
        ]
    return "   ".join(found)
