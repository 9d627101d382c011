"""The one kind of error a person is told about: known beforehand, with a sentence waiting in `words.errors`.

A leaf: every package may import it. Code raises a KnownError with a code and fields; the sentence (what happened, what
is safe, what to do next) is made by `words.errors.sentence` in the reader's language. Anything else raised is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class KnownError(Exception):
    """Something that can happen to a careful user.

    `code` is a stable dotted word ("vault.wrong_passphrase"); `fields` are the values its sentence needs. Fields never
    hold a name, a CPR number, a score or a note of a citizen, since errors reach logs.
    `exit_code` is what a command ends with: 1, 2 for wrong usage, or 3 where `check` found damage.
    """

    def __init__(self, code: str, *, exit_code: int = 1, **fields: Any) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"{self.code} {self.fields}" if self.fields else self.code


def whereabouts(error: BaseException) -> list[str]:
    """Return what kind of error it was and where, cause by cause: files, lines, functions.

    Never the error's message or a value, since these may hold a name, a score or a note.
    """
    import traceback  # only when something went wrong

    lines: list[str] = []
    step: BaseException | None = error
    while step is not None:
        lines.append(type(step).__name__ + (f" ({step.code})" if isinstance(step, KnownError) else ""))
        frames = traceback.extract_tb(step.__traceback__)
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        step = step.__cause__ or step.__context__
    return lines


def _place(filename: str) -> str:
    """A path within the package, else the file's name: a folder's name may be a person's."""
    parts = Path(filename).parts
    if "progression" not in parts:
        return parts[-1]
    return "/".join(parts[len(parts) - parts[::-1].index("progression") - 1 :])


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in what a person wrote, as a value; `words.errors` makes the sentence.

    `key`: where, a key path ("indicators[3].steps[2].text.da", counted from 1) or the field of a value ("end").
    `what`: a stable dotted word, e.g. "fault.missing". `value`: what stood there, None where nothing did.
    `expected`: the fields the sentence needs, e.g. {"minimum": 1, "maximum": 5}.
    `warning`: True where it is said but does not stop anything.
    """

    key: str
    what: str
    value: Any = field(default=None, repr=False)  # may be what a person wrote about a citizen: never in a log
    expected: Mapping[str, Any] = field(default_factory=dict)
    warning: bool = False
