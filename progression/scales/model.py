"""What an instrument is: pure values, no input or output."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Rater = Literal["caseworker", "citizen"]
RATERS: tuple[Rater, Rater] = ("caseworker", "citizen")
NOT_RATED: Literal["not_rated"] = "not_rated"  # "ikke vurderet": a real answer, never counted as low
DECLINED: Literal["declined"] = "declined"  # "ønsker ikke at svare": likewise
Answer = int | Literal["not_rated", "declined"]
Texts = dict[str, str]  # language code -> text; "da" and "en" are always there
_ASKED = re.compile(r".*?[?؟？]+", re.DOTALL)  # the question marks of Latin, Arabic and Chinese letters


def split_question(text: str) -> tuple[str, str]:
    """Split a text after its first question mark: the question, and the example that follows it (or "")."""
    found = _ASKED.match(text)
    return (found[0], text[found.end() :].strip()) if found else (text, "")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an indicator. `text` says in a short sentence what this step looks like for this indicator."""

    value: int
    text: Texts


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of an assessment.

    `prompt` is what the caseworker is asked, `question` what the citizen is asked ({} where the citizen is not asked).
    `in_whole`: counts in the whole scale. `shown_to_citizen`: may stand on a page the citizen sees.
    `predicts_job`: documented as predicting a job (a fact about research, never shown about a person).
    `working_name`: the official name is not public.
    """

    code: str
    name: Texts
    short_name: Texts
    prompt: Texts
    question: Texts
    raters: frozenset[Rater]
    in_whole: bool
    shown_to_citizen: bool
    predicts_job: bool
    working_name: bool
    steps: tuple[Step, ...]

    def question_parts(self, language: str) -> tuple[str, str]:
        """Split the question to the citizen: the question itself, and the example that helps (or "")."""
        return split_question(self.question.get(language) or self.question.get("da", ""))

    def step_text(self, value: int) -> Texts:
        """What this step looks like for this indicator; {} for a sum score without step texts."""
        for step in self.steps:
            if step.value == value:
                return step.text
        return {}


@dataclass(frozen=True, slots=True)
class Scale:
    """An instrument: whole steps from `minimum` to `maximum` for each indicator.

    `direction` "higher" means that a higher score is better, "lower" the reverse.
    `minimal_important_change` is in steps of the whole scale; `mic_source` says where it comes from.
    `step_words` maps a step to its word ("i nogen grad"); empty for a scale whose steps have no words (a sum score).
    `citizen_words` are the words on the citizen's answer buttons ("nogenlunde"); empty where they are the step words.
    """

    id: str
    version: int
    name: Texts
    description: Texts
    minimum: int
    maximum: int
    direction: Literal["higher", "lower"]
    minimal_important_change: float
    mic_source: Texts
    step_words: dict[int, Texts]
    indicators: tuple[Indicator, ...]
    citizen_words: dict[int, Texts] = field(default_factory=dict)

    def word(self, value: int, rater: Rater = "caseworker") -> Texts:
        """The step's word for the one who answers; {} where steps have no words."""
        words = self.citizen_words if rater == "citizen" and self.citizen_words else self.step_words
        return words.get(value, {})

    def indicator(self, code: str) -> Indicator:
        """Return the indicator with this code; KeyError when there is none."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    def rated_by(self, rater: Rater) -> tuple[Indicator, ...]:
        """Return the indicators this rater answers, in the order of the scale."""
        return tuple(i for i in self.indicators if rater in i.raters)

    @property
    def better(self) -> int:
        """+1 when a higher score is better, -1 when a lower one is."""
        return 1 if self.direction == "higher" else -1
