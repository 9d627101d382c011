"""The pages of the documents look as somebody approved them: `python tools/approve_pages.py` takes new ones."""

from __future__ import annotations

import approved_pages
import pytest
from PIL import Image, ImageDraw


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    return approved_pages.pages(tmp_path_factory.mktemp("pages"))


def approved():
    return {path.stem: path for path in sorted(approved_pages.APPROVED.glob("*.png"))}


def test_there_are_as_many_pages_as_were_approved(today):
    assert sorted(today) == sorted(approved())
    assert {name.rpartition("-")[0] for name in today} == set(approved_pages.KINDS)


@pytest.mark.parametrize("name", approved())
def test_the_page_looks_as_approved(name, today):
    with Image.open(approved()[name]) as picture:
        worst, place = approved_pages.difference(picture, today[name])
    assert worst <= approved_pages.MOST, f"{name} differs by {worst} at {place}; see tools/approve_pages.py"


def test_what_is_kept_is_small():
    assert sum(path.stat().st_size for path in approved().values()) < 400_000


def test_the_comparison_finds_a_word_and_a_colour_and_lets_a_smoothed_edge_be(today):
    page = today["citizen-1"]
    blank = page.copy()
    ImageDraw.Draw(blank).rectangle((60, 300, 90, 312), fill="white")  # a word of a sentence
    tinted = page.copy()
    ImageDraw.Draw(tinted).rectangle((200, 300, 215, 315), fill=(220, 255, 220))
    for changed in (blank, tinted, page.crop((0, 0, 100, 100))):
        assert approved_pages.difference(page, changed)[0] > approved_pages.MOST
    softened = page.resize((page.width + 2, page.height + 2)).resize(page.size)
    assert approved_pages.difference(page, softened)[0] <= approved_pages.MOST
    assert approved_pages.difference(page, page)[0] == 0
