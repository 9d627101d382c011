"""What to think of when a case changes hands, and when a colleague looks through one. Kept as codes, in this order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

HANDOVER: tuple[str, ...] = (
    "told", "met", "sheet", "talks", "plan", "partners", "consents", "deadlines",
)  # fmt: skip
REVIEW: tuple[str, ...] = (
    "contact", "assessed", "plan", "words", "interventions", "decisions", "consents", "language",
)  # fmt: skip


def written(done: Iterable[str], known: Sequence[str]) -> str:
    """Return codes as a hand-over or a review keeps them: each once, in the order of its list, others last."""
    given = dict.fromkeys(code.strip() for code in done if code.strip())
    return ",".join(sorted(given, key=lambda code: (known.index(code) if code in known else len(known), code)))


def read(kept: str) -> tuple[str, ...]:
    """Return the codes that were kept."""
    return tuple(code for code in kept.split(",") if code)
