"""A set of categories written as the TOML a person edits, and where in such a file a fault stands."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from progression.casework.categories import FORMAT, Category, CategorySet
from progression.errors import Fault
from progression.scales.model import Texts

_PART = re.compile(r"([A-Za-z0-9_-]+)(?:\[(\d+)\])?")


def to_toml(found: CategorySet, head: str = "") -> str:
    """Return the text that `categories.parse` reads as the same set; `head`: comment lines to stand first."""
    lines = [*([head.rstrip("\n"), ""] if head.strip() else []), f"format = {FORMAT}"]
    lines += [f"id = {_text(found.id)}", f"name = {_texts(found.name)}"]
    for one in found.categories:
        lines += ["", "[[categories]]", f"code = {_text(one.code)}", f"name = {_texts(one.name)}"]
        if one.description:
            lines.append(f"description = {_texts(one.description)}")
        dates = (("valid_from", one.valid_from), ("valid_to", one.valid_to))
        lines += [f"{key} = {day.isoformat()}" for key, day in dates if day is not None]
        if one.rhythm:
            steps = (f"{{ from_week = {step.from_week}, weeks = {step.weeks} }}" for step in one.rhythm)
            lines.append(f"rhythm = [{', '.join(steps)}]")
        lines += _expected(one)
    return "\n".join(lines) + "\n"


def _expected(one: Category) -> list[str]:
    if not one.expected:
        return []
    rows = []
    for step in one.expected:
        parts = [f"types = {_codes(step.types)}"]
        parts += [f"by_weeks = {step.by_weeks}"] if step.by_weeks is not None else []
        parts += [f"parallel = {_codes(step.parallel)}"] if step.parallel else []
        rows.append(f"    {{ {', '.join(parts)} }},")
    return ["expected = [", *rows, "]"]


def _codes(codes: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, codes))}]"


def _texts(texts: Texts) -> str:
    return f"{{ {', '.join(f'{language} = {_text(text)}' for language, text in texts.items())} }}"


def _text(text: str) -> str:
    # a string of JSON is one of TOML too, but for the one control character JSON leaves as it is
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def comments_before(text: str) -> str:
    """Return the comment lines a file begins with: what a person wrote there is kept when the rest is written anew."""
    kept: list[str] = []
    for line in text.removeprefix("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        kept.append(line)
    return "\n".join(kept)


def kept_until(before: CategorySet, after: CategorySet, used: Collection[str], last: dt.date) -> CategorySet:
    """Return the set `after` with those categories of `before` that it leaves out and that are used, each with `last`
    as its last day at the latest: nobody's history loses its name. A row that would only begin later is left out."""
    held = []
    for code in before.codes:
        rows = [one for one in before.categories if one.code == code]
        if code in after.codes or code not in used:
            continue
        begun = [one for one in rows if one.valid_from is None or one.valid_from <= last] or rows[:1]
        for one in begun:
            end = max(last, one.valid_from) if one.valid_from is not None else last
            held.append(replace(one, valid_to=end if one.valid_to is None else min(one.valid_to, end)))
    return replace(after, categories=(*after.categories, *held))


def with_lines(text: str, faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults of a file, each knowing the line its key stands on ("line" in `expected`), as far as found."""
    return [
        fault if "line" in fault.expected or (line := _line(text, fault.key)) is None
        else replace(fault, expected={**fault.expected, "line": line})
        for fault in faults
    ]  # fmt: skip


def _line(text: str, key: str) -> int | None:
    """The line of a key such as `categories[2].rhythm[1].weeks`: of the innermost part that has a line of its own."""
    parts = _PART.findall(key)
    if not parts:
        return None
    lines = text.replace("\r\n", "\n").split("\n")
    first, end, found = 0, len(lines), None
    (name, number), *rest = parts
    if number:
        starts = [n for n, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]", line)]
        if int(number) > len(starts):
            return None
        found = first = starts[int(number) - 1]
        end = next((n for n in range(first + 1, len(lines)) if re.match(r"\s*\[", lines[n])), len(lines))
    else:
        rest = parts
        end = next((n for n, line in enumerate(lines) if re.match(r"\s*\[\[", line)), len(lines))
    for name, _number in rest[:1]:
        named = (n for n in range(first, end) if re.match(rf"\s*{re.escape(name)}\s*=", lines[n]))
        found = next(named, found)
    return None if found is None else found + 1
