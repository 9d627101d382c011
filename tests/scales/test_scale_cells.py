"""The cells of a projection row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.scales.cells import decode, encode, width
from progression.scales.library import builtin
from progression.scales.model import DECLINED, NOT_RATED, Answer, Scale

BIP, HAMD = builtin()["bip"], builtin()["hamd"]


def answers_of(scale: Scale) -> st.SearchStrategy[dict[str, Answer]]:
    answer = st.integers(scale.minimum, scale.maximum) | st.sampled_from([NOT_RATED, DECLINED])
    return st.dictionaries(st.sampled_from([i.code for i in scale.indicators]), answer)


@pytest.mark.parametrize("scale", [BIP, HAMD], ids=["bip", "hamd"])
def test_cells_give_back_what_was_asked(scale: Scale) -> None:
    @given(answers_of(scale))
    def there_and_back(answers: dict[str, Answer]) -> None:
        text = encode(scale, answers)
        assert len(text) == width(scale) * len(scale.indicators)
        assert decode(scale, text) == answers

    there_and_back()


def test_cells_as_the_design_writes_them() -> None:
    answers: dict[str, Answer] = {
        "helbredsmestring": 3,
        "hverdagsmestring": NOT_RATED,
        "sagsbehandlers_tro": DECLINED,
    }
    assert encode(BIP, answers) == "3.        -"
    assert [encode(HAMD, {"total": a}) for a in (0, 7, 52, NOT_RATED, DECLINED)] == [
        "00",
        "07",
        "52",
        "..",
        "--",
    ]
    assert encode(HAMD, {}) == "  "


@pytest.mark.parametrize("answers", [{"helbredsmestring": 6}, {"helbredsmestring": 0}, {"helbredsmestring": 2.5},
                                     {"helbredsmestring": True}, {"helbredsmestring": "3"}, {"humoer": 3}])  # fmt: skip
def test_what_the_scale_does_not_have_is_never_written(answers: dict[str, Answer]) -> None:
    with pytest.raises(ValueError, match="answer"):
        encode(BIP, answers)


@pytest.mark.parametrize("text", ["", "3", "3" * 12, "x" * 11])
def test_cells_of_another_shape_are_never_read(text: str) -> None:
    with pytest.raises(ValueError):
        decode(BIP, text)
