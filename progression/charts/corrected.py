"""One correction as the cells of a table: when, who, what, from, to. The window and the report say it alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from progression.casework.values import DECLINED, NOT_RATED
from progression.charts.phrases import NO_VALUE, mode_name, rater_name
from progression.scales.model import Scale
from progression.words import Words

_MAY_BE_EMPTY = ("note", "remark", "mode")  # nothing there is no unasked question


class Correction(Protocol):
    """One thing that was changed in an assessment; `desk.corrections.Correction` says what each field is."""

    @property
    def day(self) -> date: ...
    @property
    def rater(self) -> str: ...
    @property
    def scale(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def before(self) -> int | str | None: ...
    @property
    def after(self) -> int | str | None: ...
    @property
    def came_back(self) -> bool: ...
    @property
    def who(self) -> str: ...
    @property
    def when(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Told:
    """The cells: `when` in local time."""

    when: str
    who: str
    what: str
    before: str
    after: str


def told(w: Words, one: Correction, scales: Mapping[str, Scale]) -> Told:
    """Return what was corrected in words; an indicator that no scale here has is named by its code."""
    before, after = (_value(w, one, value) for value in (one.before, one.after))
    if one.what == "all":
        before, after = (w.t("taken back"), w.t("put back")) if one.came_back else (NO_VALUE, w.t("taken back"))
    elif one.came_back:
        after = w.t("{value} (undone)", value=after)
    what = w.t(
        "{day}, {rater}: {what}",
        day=w.short_date(one.day),
        rater=rater_name(w, one.rater).lower(),
        what=_what(w, one, scales),
    )
    when = one.when.astimezone()
    return Told(w.t("{day} {clock}", day=w.short_date(when.date()), clock=w.clock(when)), one.who, what, before, after)


def _what(w: Words, one: Correction, scales: Mapping[str, Scale]) -> str:
    scale = scales.get(one.scale)
    names = {i.code: w.pick(i.name) for i in scale.indicators} if scale else {}
    name = names.get(one.indicator, one.indicator)
    return {
        "answer": name,
        "note": w.t("Note to {indicator}", indicator=name),
        "remark": w.t("Note to the whole"),
        "date": w.t("Date"),
        "mode": w.t("How it was answered"),
        "all": w.t("The whole assessment"),
    }.get(one.what, name)


def _value(w: Words, one: Correction, value: int | str | None) -> str:
    if value is None:
        return w.t("nothing") if one.what in _MAY_BE_EMPTY else w.t("not asked")
    if isinstance(value, int):
        return w.number(value, 0)
    if one.what == "answer":
        return {NOT_RATED: w.t("not rated"), DECLINED: w.t("declines")}.get(value, value)
    if one.what == "date":
        return w.short_date(date.fromisoformat(value))
    return mode_name(w, value) if one.what == "mode" else value
