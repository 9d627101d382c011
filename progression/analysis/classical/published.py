"""Reliabilities from the literature, by scale (published.toml)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from progression.analysis.classical.values import Reliability


def reliability(scale: str) -> Reliability | None:
    """Return the published reliability of a scale with its source, None where nobody has published one."""
    found = _table().get(scale)
    return Reliability(found["reliability"], "published", source=found["source"]) if found else None


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("published.toml").read_text("utf-8"))
