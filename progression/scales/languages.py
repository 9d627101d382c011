"""The languages of the citizen's side: Danish and English ship with the program, any other is a file.

A language is one TOML text (docs/languages.md): its name in itself, the direction it is written in, the side's own
sentences, and for each scale the questions and the words of the steps. Danish and English have no questions of their
own, since every scale is written in both. A vault keeps a language as the text it was installed as.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from progression.errors import Fault, KnownError
from progression.scales.model import Indicator, Scale
from progression.scales.reading import LANGUAGE_CODE, Table, parse_toml

FORMAT = 1
SHIPPED: tuple[str, ...] = ("da", "en")
_FOLDER = Path(__file__).resolve().parent / "languages"
Direction = Literal["ltr", "rtl"]

# the side's own sentences, with the fields each of them must hold
SENTENCES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "language": frozenset(),
        "how": frozenset(),
        "self": frozenset(),
        "interview": frozenset(),
        "phone": frozenset(),
        "interpreter": frozenset(),
        "previous": frozenset(),
        "skip": frozenset(),
        "done": frozenset(),
        "progress": frozenset({"n", "total"}),
        "thanks": frozenset(),
        "give_back": frozenset(),
        "not_kept": frozenset(),
    }
)


@dataclass(frozen=True, slots=True)
class SideLanguage:
    """One language of the citizen's side.

    `name` is written in the language itself. `direction` "rtl": written from right to left. `questions` and `steps`
    hold scale id -> indicator code -> question, and scale id -> step -> word; both empty for Danish and English.
    """

    code: str
    version: int
    name: str
    direction: Direction
    sentences: Mapping[str, str]
    questions: Mapping[str, Mapping[str, str]]
    steps: Mapping[str, Mapping[int, str]]

    @property
    def from_right(self) -> bool:
        """Whether it is written from right to left."""
        return self.direction == "rtl"

    def say(self, key: str, **fields: object) -> str:
        """Return one of the side's own sentences (a key of SENTENCES), with its fields filled."""
        text = self.sentences[key]
        return text.format(**fields) if fields else text

    def question(self, scale: Scale, indicator: Indicator) -> str:
        """Return the whole question to the citizen, example and all; "" where the language has none."""
        own = self.questions.get(scale.id, {}).get(indicator.code, "")
        return own or indicator.question.get(self.code, "")

    def word(self, scale: Scale, step: int) -> str:
        """Return the word on the citizen's button for a step; "" where the language has none."""
        own = self.steps.get(scale.id, {}).get(step, "")
        return own or scale.word(step, "citizen").get(self.code, "")

    def lacks(self, scale: Scale) -> tuple[str, ...]:
        """Return the keys of the file that are missing before this scale can be answered in this language."""
        asked = scale.rated_by("citizen")
        missing = [
            f"scales.{scale.id}.questions.{indicator.code}"
            for indicator in asked
            if not self.question(scale, indicator)
        ]
        worded = asked and scale.word(scale.minimum, "citizen")
        words = range(scale.minimum, scale.maximum + 1) if worded else ()
        return (*missing, *(f"scales.{scale.id}.steps.{step}" for step in words if not self.word(scale, step)))

    def texts(self) -> Iterable[str]:
        """Every text of the file that the citizen can meet, for asking whether there are letters for it."""
        yield self.name
        yield from self.sentences.values()
        for questions in self.questions.values():
            yield from questions.values()
        for steps in self.steps.values():
            yield from steps.values()


@lru_cache(maxsize=1)
def shipped() -> tuple[SideLanguage, ...]:
    """Return the languages that come with the program, read once."""
    return tuple(
        parse((_FOLDER / f"{code}.toml").read_text("utf-8"), f"{code}.toml", shipping=True) for code in SHIPPED
    )


@lru_cache(maxsize=32)
def parse(text: str, filename: str, *, shipping: bool = False) -> SideLanguage:
    """Read a language from TOML text, whatever scales there are.

    Raises KnownError("language.invalid", file=filename, faults=[Fault, ...]): all faults at once.
    """
    faults: list[Fault] = []
    found = _language(Table(parse_toml(text, faults), "", faults), shipping) if not _broken(text, faults) else None
    if faults or found is None:
        raise KnownError("language.invalid", file=filename, faults=tuple(faults))
    return found


def check(text: str, filename: str, scales: Mapping[str, Scale]) -> SideLanguage:
    """Read a language and hold it against the scales in force; raises as `parse` does.

    At least one scale has to be there, and every scale that is has all its questions and steps and no others.
    """
    faults: list[Fault] = []
    found = None if _broken(text, faults) else _language(Table(parse_toml(text, faults), "", faults), shipping=False)
    if found is not None:
        faults += _against(found, scales)
    if faults or found is None:
        raise KnownError("language.invalid", file=filename, faults=tuple(faults))
    return found


def _broken(text: str, faults: list[Fault]) -> bool:
    """Whether it is no TOML at all; the fault is noted once."""
    tried: list[Fault] = []
    parse_toml(text, tried)
    faults += tried
    return bool(tried)


def _language(table: Table, shipping: bool) -> SideLanguage | None:
    version_of_file = table.whole("format", 1, 9999)
    if version_of_file is not None and version_of_file > FORMAT:
        table.fault("format", "fault.newer", version_of_file, known=FORMAT)
    code = table.text("code")
    if code and not LANGUAGE_CODE.fullmatch(code):
        table.fault("code", "fault.unknown_language", code)
    elif code in SHIPPED and not shipping:
        table.fault("code", "fault.language_shipped", code)
    version, name = table.whole("version", 1, 1_000_000), table.text("name")
    direction = table.choice("direction", ("ltr", "rtl"))
    sentences = _sentences(table.table("sentences"))
    questions: dict[str, Mapping[str, str]] = {}
    steps: dict[str, Mapping[int, str]] = {}
    if not shipping:
        every = table.table("scales")
        for scale in every.written():
            part = every.table(scale)
            questions[scale] = _questions(part)
            steps[scale] = _steps(part)
            part.done()
    table.done()
    if version is None:
        return None
    return SideLanguage(code, version, name, cast(Direction, direction or "ltr"), sentences, questions, steps)


def _sentences(table: Table) -> dict[str, str]:
    found = {}
    for key, fields in SENTENCES.items():
        text = found[key] = table.text(key)
        if text and _fields(text) != fields:
            table.fault(key, "fault.fields", text, fields=tuple(f"{{{field}}}" for field in sorted(fields)))
    table.done()
    return found


def _fields(text: str) -> frozenset[str]:
    """The fields a text holds; an impossible one where its brackets do not fit."""
    try:
        return frozenset(
            field + ("!" if conversion or form else "")
            for _before, field, form, conversion in string.Formatter().parse(text)
            if field is not None
        )
    except ValueError:
        return frozenset({"{"})


def _questions(part: Table) -> dict[str, str]:
    table = part.table("questions")
    return {code: table.text(code) for code in table.written()}


def _steps(part: Table) -> dict[int, str]:
    if not part.has("steps"):  # a sum score has no words
        return {}
    table = part.table("steps")
    found = {}
    for step in table.written():
        if step.isascii() and step.isdigit() and len(step) < 5:
            found[int(step)] = table.text(step)
        else:
            table.fault(step, "fault.type", step, type="whole")
    return found


def _against(language: SideLanguage, scales: Mapping[str, Scale]) -> list[Fault]:
    """What does not fit the scales: an unknown scale, indicator or step, and all that is missing."""
    faults: list[Fault] = []
    if not language.questions:
        faults.append(Fault("scales", "fault.empty"))
    for name in language.questions:
        scale = scales.get(name)
        if scale is None:
            faults.append(Fault(f"scales.{name}", "fault.choice", name, {"choices": tuple(scales)}))
            continue
        asked = tuple(one.code for one in scale.rated_by("citizen"))
        for code in language.questions[name]:
            if code not in asked:
                key = f"scales.{name}.questions.{code}"
                faults.append(Fault(key, "fault.unknown_key", key, {"known": asked}))
        for step in language.steps[name]:
            if not scale.minimum <= step <= scale.maximum:
                limits = {"minimum": scale.minimum, "maximum": scale.maximum}
                faults.append(Fault(f"scales.{name}.steps", "fault.step_outside", str(step), limits))
        faults += [Fault(key, "fault.missing", None, {"type": "text"}) for key in language.lacks(scale)]
    return faults


def template(code: str, scales: Mapping[str, Scale]) -> str:
    """Return a file for a translator to fill in: every text with its Danish and English above it."""
    danish, english = shipped()
    lines = [
        "# The citizen's side in another language. Fill in what stands between the quotation marks; the lines with #",
        "# say it in Danish and English. What stands in {curly brackets} is kept as it is. See docs/languages.md.",
        "",
        f"format = {FORMAT}",
        f'code = "{code}"',
        "version = 1",
        "# the name of the language, in the language itself",
        'name = ""',
        '# "ltr": written from left to right. "rtl": from right to left',
        'direction = "ltr"',
        "",
        "[sentences]",
    ]
    for key in SENTENCES:
        lines += _to_fill(key, {"da": danish.sentences[key], "en": english.sentences[key]})
    for name, scale in scales.items():
        asked = scale.rated_by("citizen")
        if not asked:
            continue
        lines += ["", f"[scales.{name}.questions]"]
        for one in asked:
            lines += _to_fill(one.code, one.question)
        words = [(step, scale.word(step, "citizen")) for step in range(scale.minimum, scale.maximum + 1)]
        if any(texts for _step, texts in words):
            lines += ["", f"[scales.{name}.steps]"]
            for step, texts in words:
                lines += _to_fill(str(step), texts)
    return "\n".join(lines) + "\n"


def _to_fill(key: str, texts: Mapping[str, str]) -> list[str]:
    said = [f"# {language}: {' '.join(texts.get(language, '').split())}" for language in SHIPPED]
    return [*said, f'{key} = ""']
