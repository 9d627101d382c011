"""LIX by its published formula (Björnsson 1968), on counts that were published and on texts counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progression.words.readable import figure, lix


def test_the_figure_is_that_of_a_published_count():
    # a Swedish blog counted by lix.se: 580 sentences, 3784 words, 1018 long ones, LIX 33 (6.52 + 26.9)
    assert figure(3784, 580, 1018) == pytest.approx(33.4, abs=0.05)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det går godt.", 3.0),  # 3 words, 1 sentence, none long
        ("Samtalen er i dag. Tag en bisidder med!", 8 / 2 + 100 * 2 / 8),  # samtalen, bisidder
        ("Sagsbehandleren ringer: Kom i morgen.", 5 / 2 + 100 * 1 / 5),  # a colon ends a sentence; ringer has six
        ("Overskrift\nDen er kort", 4 / 2 + 100 * 1 / 4),  # a line without a full stop is one
        ("Vi har talt 14 gange siden 2024.", 5 / 1),  # figures are no words
        ("FVU-dansk er godt", 3 + 100 / 3),  # eight letters round a hyphen
        ("Kl. 10.30 mødes vi", 3 / 2),  # an abbreviation ends one, as the formula has it; a point in a time does not
        ("", 0.0),
        ("12. 5. 2026 – !", 0.0),
    ],
)
def test_texts_counted_by_hand(text, expected):
    assert lix(text) == pytest.approx(expected)


def test_no_figure_without_words():
    for counts in ((0, 1, 0), (1, 0, 0)):
        with pytest.raises(ValueError, match="a word and a sentence"):
            figure(*counts)


@given(st.text())
def test_any_text_has_a_figure(text):
    assert lix(text) >= 0


@given(st.lists(st.sampled_from(["sol", "måne", "stjerne", "himmel"]), min_size=1, max_size=20))
def test_the_longer_the_sentence_the_higher(words):
    text = " ".join(words)
    assert lix(f"{text} {text}.") >= lix(f"{text}. {text}.")
