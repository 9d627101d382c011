"""Something a person should be told that is no error: the work goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Notice:
    """`code` is a stable dotted word with a sentence in `words.errors`, `fields` what the sentence needs."""

    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)
