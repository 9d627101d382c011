"""What a chart shows besides its curve, as rows of text: caseworkers, interventions, periods without, conversations,
small steps, decisions and what came of them. Made of the chart itself, so that table and picture hold the same."""

from __future__ import annotations

from datetime import date

from progression.charts.model import Chart
from progression.words import Words


def rows(chart: Chart, w: Words) -> tuple[tuple[str, ...], ...]:
    """Return (from, to, what, in words), a head first, the latest first; "" as `to` for what has one day, and for what
    still runs "still runs"."""
    found: list[tuple[date, date | None, str, str, str]] = []
    for span in chart.lane:
        end = w.t("now") if span.current else w.short_date(span.end)
        found.append((span.start, span.end, end, chart.lane_label or w.t("Caseworker"), span.label))
    for strip in chart.strips:
        for bar in strip.bars:
            end = w.t("now") if bar.open_end else w.short_date(bar.end)
            found.append((bar.start, bar.end, end, strip.label, bar.text or bar.label))
        found += [(mark.day, None, "", strip.label, mark.text) for mark in strip.marks]
    found.sort(key=lambda row: (row[0], row[1] or row[0]), reverse=True)
    head = (w.t("From"), w.t("To"), w.t("Kind"), w.t("What"))
    return (head, *((w.short_date(first), end, row, text) for first, _, end, row, text in found))
