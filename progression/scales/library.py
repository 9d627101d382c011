"""The shipped scales, and the reading of scale files with every fault named.

A scale travels as its TOML text: shipped in this folder, or written by a municipality with a licence for other
wordings, and kept in the journal as it was installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from progression.errors import Fault, KnownError
from progression.scales.model import RATERS, Indicator, Rater, Scale, Step, Texts
from progression.scales.reading import Table, parse_toml

FORMAT = 1  # of the file; a file with a higher one was made for a newer program
SHIPPED: tuple[str, ...] = ("bip", "hamd")
MAX_STEP = 9999
_FOLDER = Path(__file__).resolve().parent


def source(scale: str) -> str:
    """Return the TOML text of a shipped scale. Raises KnownError("scale.unknown", scale=...)."""
    if scale not in SHIPPED:
        raise KnownError("scale.unknown", scale=scale)
    return (_FOLDER / f"{scale}.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def builtin() -> Mapping[str, Scale]:
    """Return the shipped scales by id, read once."""
    return MappingProxyType({name: parse(source(name), f"{name}.toml") for name in SHIPPED})


def load(path: Path) -> tuple[Scale, str]:
    """Read a scale file; return the scale and its text.

    Raises KnownError: "scale.unreadable" (file, reason) when the file cannot be read or is not UTF-8 text,
    "scale.invalid" as `parse` does.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnownError("scale.unreadable", file=path.name, reason=error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise KnownError("scale.unreadable", file=path.name, reason="UTF-8") from error
    return parse(text, path.name), text


@lru_cache(maxsize=32)  # a vault's scales are read at every unlocking, and are seldom others
def parse(text: str, filename: str) -> Scale:
    """Read a scale from TOML text.

    Raises KnownError("scale.invalid", file=filename, faults=[Fault, ...]): all faults at once, in the order read.
    """
    faults: list[Fault] = []
    data = parse_toml(text, faults)
    scale = None if faults else _scale(Table(data, "", faults))
    if faults or scale is None:
        raise KnownError("scale.invalid", file=filename, faults=faults)
    return scale


def _scale(table: Table) -> Scale | None:
    """Read everything, collecting faults; None where a number is missing that the rest rests on."""
    version_of_file = table.whole("format", 1, MAX_STEP)
    if version_of_file is not None and version_of_file > FORMAT:
        table.fault("format", "fault.newer", version_of_file, known=FORMAT)
    identity, version = table.code("id"), table.whole("version", 1, 1_000_000)
    name, description = table.texts("name"), table.texts("description")
    minimum, maximum = _range(table)
    direction = table.choice("direction", ("higher", "lower"))
    change, change_source = table.positive("minimal_important_change"), table.texts("mic_source")
    if change is not None and minimum is not None and maximum is not None and change > maximum - minimum:
        table.fault("minimal_important_change", "fault.mic_too_large", change, maximum=maximum - minimum)
    words = _words(table, "step_words", minimum, maximum)
    citizen_words = _words(table, "citizen_words", minimum, maximum)
    indicators = _indicators(table, minimum, maximum, may_lack_steps=not words)
    table.done()
    if version is None or minimum is None or maximum is None or change is None or not direction:
        return None
    return Scale(
        id=identity,
        version=version,
        name=name,
        description=description,
        minimum=minimum,
        maximum=maximum,
        direction=cast(Literal["higher", "lower"], direction),
        minimal_important_change=change,
        mic_source=change_source,
        step_words=words,
        indicators=indicators,
        citizen_words=citizen_words,
    )


def _range(table: Table) -> tuple[int | None, int | None]:
    minimum, maximum = table.whole("minimum", 0, MAX_STEP), table.whole("maximum", 1, MAX_STEP)
    if minimum is not None and maximum is not None and minimum >= maximum:
        table.fault("maximum", "fault.min_max", maximum, minimum=minimum)
        return None, None
    return minimum, maximum


def _words(table: Table, key: str, minimum: int | None, maximum: int | None) -> dict[int, Texts]:
    """A word for every step, or none at all: the table may be left out."""
    if not table.has(key):
        return {}
    part = table.table(key)
    words: dict[int, Texts] = {}
    for step in part.written():
        if not (step.isascii() and step.isdigit()) or not _within(int(step), minimum, maximum):
            part.fault(step, "fault.step_outside", step, minimum=minimum, maximum=maximum)
        else:
            words[int(step)] = part.texts(step)
    _cover(part, "", words, minimum, maximum)
    return words


def _within(step: int, minimum: int | None, maximum: int | None) -> bool:
    return minimum is None or maximum is None or minimum <= step <= maximum


def _cover(table: Table, key: str, steps: Mapping[int, object], minimum: int | None, maximum: int | None) -> None:
    """Report the steps of the scale that have no text, as one fault."""
    if minimum is None or maximum is None:
        return
    missing = tuple(step for step in range(minimum, maximum + 1) if step not in steps)
    if missing:
        table.fault(key, "fault.steps_missing", None, steps=missing, minimum=minimum, maximum=maximum)


def _indicators(
    table: Table, minimum: int | None, maximum: int | None, *, may_lack_steps: bool
) -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    for part in table.tables("indicators"):
        indicator = _indicator(part, minimum, maximum, may_lack_steps=may_lack_steps)
        if indicator.code and any(earlier.code == indicator.code for earlier in found):
            part.fault("code", "fault.twice", indicator.code)
        found.append(indicator)
    if table.has("indicators") and not any(indicator.in_whole for indicator in found):
        table.fault("indicators", "fault.no_whole")
    return tuple(found)


def _indicator(part: Table, minimum: int | None, maximum: int | None, *, may_lack_steps: bool) -> Indicator:
    code = part.code("code")
    name, short_name = part.texts("name"), part.texts("short_name")
    raters = cast(frozenset[Rater], part.choices("raters", RATERS, "fault.rater"))
    indicator = Indicator(
        code=code,
        name=name,
        short_name=short_name,
        prompt=_asked(part, "prompt", "caseworker" in raters),
        question=_asked(part, "question", "citizen" in raters),
        raters=raters,
        in_whole=part.flag("in_whole"),
        shown_to_citizen=part.flag("shown_to_citizen"),
        predicts_job=part.flag("predicts_job"),
        working_name=part.flag("working_name"),
        steps=_steps(part, minimum, maximum, may_lack_steps=may_lack_steps),
    )
    if "citizen" in raters and part.has("shown_to_citizen") and not indicator.shown_to_citizen:
        part.fault("shown_to_citizen", "fault.hidden_question", False)
    part.done()
    return indicator


def _asked(part: Table, key: str, needed: bool) -> Texts:
    """The text for a rater: needed where the rater answers, a fault where nobody would ever read it."""
    if needed:
        return part.texts(key)
    if part.has(key):
        part.fault(key, "fault.not_asked", key)
        part.texts(key)
    return {}


def _steps(part: Table, minimum: int | None, maximum: int | None, *, may_lack_steps: bool) -> tuple[Step, ...]:
    """The texts of the steps; a sum score has neither step words nor steps."""
    if may_lack_steps and not part.has("steps"):
        return ()
    steps: dict[int, Step] = {}
    written = 0
    for row in part.tables("steps"):
        written += 1
        value = row.whole("value", 0, MAX_STEP)
        text = row.texts("text")
        row.done()
        if value is None:
            continue
        if not _within(value, minimum, maximum):
            row.fault("value", "fault.step_outside", value, minimum=minimum, maximum=maximum)
        elif value in steps:
            row.fault("value", "fault.twice", value)
        else:
            steps[value] = Step(value, text)
    if part.has("steps") and not (may_lack_steps and written == 0):
        _cover(part, "steps", steps, minimum, maximum)
    return tuple(steps[value] for value in sorted(steps))
