"""What the screen turned to the citizen is made of: the sentences of the paper, and nothing a citizen may not see."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

import pytest
from desk_cases import BIP, PEOPLE, TODAY, course, falls, rises

from progression.casework.values import Assessment, Citizen, Conversation, Intervention, Note
from progression.desk import documents, shown
from progression.errors import KnownError
from progression.store import queries
from progression.ui.reports.pdf import Pages
from progression.words import Words

BELIEF = "sagsbehandlers_tro"


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from texts([*value.values()])
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part)


@pytest.fixture
def fallen(opened):
    """A citizen with an open attention point, notes of every kind and a conversation with a topic."""
    who, day = "id-H1", TODAY - dt.timedelta(days=20)
    more = [
        Note(who, day, "small_step", "mentor", "Tog bussen  alene."),
        Note(who, day, "screening", "psykolog", "SKJULT skånehensyn"),
        Conversation(who, day, "x", "held", topic="SKJULT emne"),
        Assessment(
            who, "caseworker", "bip", day, {"helbredsmestring": 2, BELIEF: 1}, "kk", notes={BELIEF: "SKJULT tro"}
        ),
    ]  # fmt: skip
    return opened([*PEOPLE, *falls(), *more])


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_says_what_the_paper_says(fallen, language):
    value = shown.page(fallen, "id-H1", language)
    paper = Pages(documents.preview(fallen, "citizen", "id-H1", language).data)
    printed = paper.text(0)
    paper.close()
    assert value.language == language and value.curve is not None
    assert 1 <= len(value.sentences) <= 3
    for text in (value.title, *value.sentences, value.now, value.reading, value.steps, *value.curve.end):
        assert text and text in printed
    assert value.steps == "Tog bussen alene."


def test_nothing_of_the_caseworkers_own_is_handed_on(fallen):
    value = shown.page(fallen, "id-H1")
    told = list(texts(value))
    assert not [text for text in told if "SKJULT" in text]
    names = [w for i in BIP.indicators for w in (Words("da").pick(i.name), i.code)]
    assert not [text for text in told for name in names if name.casefold() in text.casefold()]
    assert not [text for text in told if re.search(r"\d[,.]\d", text)]  # no level, no margin
    assert "Karen" not in " ".join(told)  # no caseworker's lane
    chart = value.curve.chart
    assert (chart.series, chart.lane, chart.strips, chart.bracket, chart.readouts, chart.table) == (
        (), (), (), None, (), (),
    )  # fmt: skip


def test_what_ran_is_told_above_its_days_and_shorter_where_there_is_little_room(opened):
    value = shown.page(opened([*PEOPLE, *rises()]), "id-H3")
    (ran,) = value.curve.ran
    assert ran.names[-1] == "Mentor" and ran.start < ran.end <= TODAY
    who, day = "id-H3", TODAY - dt.timedelta(days=300)
    more = [Intervention(who, "b", "cv_vaerksted", day, title=""), Intervention(who, "c", "ips", day, title="")]
    value = shown.page(opened([*PEOPLE, *rises(), *more], "two"), "id-H3")
    lengths = [len(text) for text in max((one.names for one in value.curve.ran), key=lambda n: len(n[0]))]
    assert lengths == sorted(lengths, reverse=True) and lengths[0] > lengths[-1]


def test_looking_is_one_line_in_the_log(fallen):
    before = len(queries.access_log(fallen.vault, "id-H1"))
    shown.page(fallen, "id-H1")
    lines = queries.access_log(fallen.vault, "id-H1")[before:]
    assert [(line.act, line.purpose) for line in lines] == [("view", shown.PURPOSE)]


def test_without_an_answer_there_is_no_curve_and_one_sentence(opened):
    value = shown.page(opened([*PEOPLE, Citizen("ny", "N1", "")]), "ny")
    assert value.curve is None and value.reading == "" and value.steps == ""
    assert len(value.sentences) == 1 and value.title == "Sådan er det gået"


def test_one_answer_alone_promises_no_movement(opened):
    value = shown.page(opened([*PEOPLE, *course("H9", [3.0])]), "id-H9")
    assert value.curve is not None and len(value.sentences) == 1


def test_a_citizen_who_is_gone_is_said(fallen):
    with pytest.raises(KnownError, match=r"citizen\.gone"):
        shown.page(fallen, "nobody")
