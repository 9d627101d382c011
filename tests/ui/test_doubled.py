"""Layouts hold where every text is twice as long, as in other languages, and where the text is small."""

from __future__ import annotations

import re

import pytest
from test_matrix import faults, listened, pages_to_the_finish, sitting, vaults_by_content  # noqa: F401 - fixtures

from progression.words import catalogue


class Twice:
    """A catalogue in which every word stands twice; what is filled in stands once."""

    def __init__(self, texts):
        self._texts = texts

    def gettext(self, message):
        return twice(self._texts.gettext(message))

    def ngettext(self, singular, plural, n):
        return twice(self._texts.ngettext(singular, plural, n))

    def pgettext(self, context, message):
        return twice(self._texts.pgettext(context, message))


def twice(text):
    parts = re.split(r"(\{[^{}]*\})", text)
    return "".join(one if n % 2 or not any(map(str.isalpha, one)) else said_twice(one) for n, one in enumerate(parts))


def said_twice(words):
    """ " since " is " since since "."""
    bare = words.strip()
    return words.replace(bare, f"{bare} {bare}", 1)


@pytest.fixture
def doubled(monkeypatch):
    """Every text is twice as long."""
    real = catalogue._catalogue
    monkeypatch.setattr(catalogue, "_catalogue", lambda language: Twice(real(language)))


def walk(window, settled, kinds):
    found = {}
    for name in pages_to_the_finish(window, settled):
        told = {kind: told for kind, told in faults(window).items() if kind in kinds}
        if told:
            found[name] = told
    return found


PLACED = ("cut", "collided", "overlapping", "sideways", "order")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
def test_twice_as_long(sitting, settled, doubled, language):  # noqa: F811
    window = sitting("typical", language=language)
    assert walk(window, settled, PLACED) == {}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "percent"), [("da", 100), ("en", 100), ("da", 200)])
def test_every_document_and_every_tab_twice_as_long(sitting, settled, doubled, language, percent):  # noqa: F811
    """What stands behind the first view of *Rapporter* and *Team*: each document, a password, a caseload; each tab."""
    from progression.ui.team.page import CALL_IN, COLLEAGUES, HANDOVERS, OVERVIEW, REVIEWS

    window, found = sitting("typical", language=language, percent=percent), {}

    def look(name):
        settled(window)
        told = {kind: told for kind, told in faults(window).items() if kind in PLACED}
        found.update({name: told} if told else {})

    window.do("page.reports")
    settled(window)
    page = window.shell.current()
    page.password.wanted.setChecked(True)
    for key in page.choice.kinds:
        page.choice.choose_kind(key)
        look(key)
    page.choice.choose_kind("case")
    window.do("reports.batch")
    look("batch")
    page.do("panel")
    look("files")
    window.context.go("team")
    settled(window)
    for tab in (OVERVIEW, COLLEAGUES, REVIEWS, HANDOVERS, CALL_IN):
        window.shell.current().show_tab(tab)
        look(tab)
    assert found == {}


@pytest.mark.parametrize("language", ["da", "en"])
def test_small_text(sitting, settled, language):  # noqa: F811
    window = sitting("typical", language=language, percent=80)
    assert walk(window, settled, (*PLACED, "faint", "ring", "unnamed")) == {}
