"""The translator handed to everything that speaks to a person."""

from __future__ import annotations

import datetime as dt
import gettext
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from progression.resources import asset

LANGUAGES: tuple[str, ...] = ("da", "en")
DOMAIN = "progression"
MINUS = "−"
# Hebrew, Arabic and their neighbours: letters that are read from right to left
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_ISOLATES = str.maketrans("", "", _FIRST_STRONG + _POP)


def N_(text: str) -> str:  # the name gettext tools look for
    """Mark a text for extraction and return it unchanged; translate it later with `Words.t`."""
    return text


def plain(text: str) -> str:
    """A text without the marks `Words` puts round names read from right to left, for systems that know none."""
    return text.translate(_ISOLATES)


def _kept_apart(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fields as they stand in a sentence: one with letters from right to left is isolated, or the bidirectional
    algorithm takes the figures after it (a date, an age) into the name. Unicode Standard Annex 9, section 2.7."""
    return {
        name: f"{_FIRST_STRONG}{value}{_POP}"
        if isinstance(value, str) and not value.isascii() and _RIGHT_TO_LEFT.search(value)
        else value
        for name, value in fields.items()
    }


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":  # English is the key language; its plurals need no catalogue
        return gettext.NullTranslations()
    with asset("catalogues", f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


# a page says the same dates and figures many times over, and Babel takes 50 microseconds for each
@lru_cache(maxsize=8192)
def _date_text(day: dt.date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, format=pattern, locale="da_DK" if language == "da" else "en_GB")


_DANISH = str.maketrans(",.", ".,")  # Python groups and points as the English do


@lru_cache(maxsize=8192)
def _number_text(value: float, decimals: int, language: str) -> str:
    """A number from 0 as CLDR writes it (a test asks Babel, which takes eight times as long)."""
    from decimal import Decimal

    text = f"{Decimal(str(value)):,.{decimals}f}"  # what is written is rounded, halves to the even digit
    return text.translate(_DANISH) if language == "da" else text


class Words:
    """Texts, dates and numbers in one language. Immutable, cheap to make, safe to share between threads."""

    __slots__ = ("_fields", "_texts", "language")

    def __init__(self, language: str = "da", *, marks: bool = True) -> None:
        """`marks`: names read from right to left are kept to themselves in a sentence; a shell, whose lines other
        programs read, wants none. Raises ValueError when the language is not one of LANGUAGES."""
        if language not in LANGUAGES:
            raise ValueError(language)
        self.language = language
        self._fields: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _kept_apart if marks else lambda fields: fields
        self._texts = _catalogue(language)

    def t(self, message: str, **fields: Any) -> str:
        """Translate a message and fill its named fields."""
        text = self._texts.gettext(message)
        return text.format(**self._fields(fields)) if fields else text

    def tn(self, singular: str, plural: str, n: int, **fields: Any) -> str:
        """Translate with the plural form for n; `{n}` is filled."""
        return self._texts.ngettext(singular, plural, n).format(n=n, **self._fields(fields))

    def tc(self, context: str, message: str, **fields: Any) -> str:
        """Translate a message that needs a context to be understood."""
        text = self._texts.pgettext(context, message)
        return text.format(**self._fields(fields)) if fields else text

    def pick(self, texts: Any) -> str:
        """Choose this language from a mapping of language to text (data such as scales); Danish, then any."""
        return texts.get(self.language) or texts.get("da") or next(iter(texts.values()), "")

    # dates and numbers, as Danes (or the English) write them

    def _format_date(self, day: dt.date, pattern: str) -> str:
        return _date_text(day, pattern, self.language)

    def date(self, day: dt.date) -> str:
        """7. marts 2026 / 7 March 2026 (running text)."""
        return self._format_date(day, "d. MMMM y" if self.language == "da" else "d MMMM y")

    def short_date(self, day: dt.date) -> str:
        """7. mar. 2026 / 7 Mar 2026 (tables)."""
        return self._format_date(day, "d. MMM y" if self.language == "da" else "d MMM y")

    def day_month(self, day: dt.date) -> str:
        """7. marts / 7 March, when the year is plain."""
        return self._format_date(day, "d. MMMM" if self.language == "da" else "d MMMM")

    def short_day_month(self, day: dt.date) -> str:
        """25. aug. / 25 Aug (narrow tables)."""
        return self._format_date(day, "d. MMM" if self.language == "da" else "d MMM")

    def figures_date(self, day: dt.date) -> str:
        """25.8. / 25/8 (heads of many narrow columns; the year stands below)."""
        return f"{day.day}.{day.month}." if self.language == "da" else f"{day.day}/{day.month}"

    def month(self, day: dt.date) -> str:
        """Short month name: okt. / Oct."""
        return self._format_date(day.replace(year=2000, day=1), "LLL")  # one text for all the days of all its years

    def month_name(self, day: dt.date) -> str:
        """marts / March, when the year is plain."""
        return self._format_date(day, "LLLL")

    def month_year(self, day: dt.date) -> str:
        """marts 2026 / March 2026."""
        return self._format_date(day, "LLLL y")

    def weekday_date(self, day: dt.date) -> str:
        """torsdag 19. november 2026 / Thursday 19 November 2026."""
        return self._format_date(day, "EEEE d. MMMM y" if self.language == "da" else "EEEE d MMMM y")

    def weekday_day_month(self, day: dt.date) -> str:
        """torsdag 19. november / Thursday 19 November, when the year is plain."""
        return self._format_date(day, "EEEE d. MMMM" if self.language == "da" else "EEEE d MMMM")

    def clock(self, moment: dt.datetime) -> str:
        """14.02 / 14:02."""
        return moment.strftime("%H.%M" if self.language == "da" else "%H:%M")

    def number(self, value: float, decimals: int = 1) -> str:
        """3,4 / 3.4, with a real minus sign and grouped thousands."""
        text = _number_text(abs(value), decimals, self.language)
        negative = value < 0 and any(c in "123456789" for c in text)
        return MINUS + text if negative else text

    def signed(self, value: float, decimals: int = 1) -> str:
        """+0,4 / −0,7 / 0,0."""
        text = self.number(value, decimals)
        return "+" + text if value > 0 and any(c in "123456789" for c in text) else text
