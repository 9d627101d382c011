"""Periods of a report in words."""

from __future__ import annotations

from progression.words.catalogue import Words


def period(w: Words, key: str) -> str:
    """Return "12 whole months", "2026", "1st half of 2026", "3rd quarter of 2026" for `report_period`'s keys."""
    if len(key) < 4:
        return w.t("{n} whole months", n=int(key))
    year, _, part = key.partition("-")
    if not part:
        return w.t("The year {year}", year=year)
    kind, n = part[0].upper(), part[1:]
    if kind == "H":
        return w.t("First half of {year}", year=year) if n == "1" else w.t("Second half of {year}", year=year)
    quarters = {
        "1": w.t("1st quarter of {year}", year=year),
        "2": w.t("2nd quarter of {year}", year=year),
        "3": w.t("3rd quarter of {year}", year=year),
        "4": w.t("4th quarter of {year}", year=year),
    }
    return quarters[n]
