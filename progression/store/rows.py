"""One event to its rows in the projection tables. Pure functions: an event and the scales in force in, tuples out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from progression.casework import categories, rulesets
from progression.errors import KnownError
from progression.scales import cells, library
from progression.scales.model import Scale
from progression.store import kinds
from progression.store.journal import canonical
from progression.store.kinds import Unreadable


@dataclass(frozen=True, slots=True)
class Fact:
    """What projecting needs of an event. `time` as written in the journal; `body` None = erased."""

    id: str
    kind: str
    version: int
    citizen: str | None
    replaces: tuple[str, ...]
    body: dict[str, Any] | None
    time: str
    author: str


def fact(row: Sequence[Any]) -> Fact:
    """Read a row of _SELECT."""
    replaces = () if row[4] == "[]" else tuple(json.loads(row[4]))
    body = None if row[5] is None else json.loads(row[5])
    return Fact(row[0], row[1], row[2], row[3], replaces, body, row[6], row[7])


def check(f: Fact) -> None:
    """Raise Unreadable where no row could be made of a body that should give one."""
    if f.body is None or kinds.withdrawn(f.body):
        return
    if f.kind == "assessment.set":
        assessment_row(f, {})
    else:
        MAKERS.get(f.kind, value_row)(f)


def value_row(f: Fact) -> list[tuple[Any, ...]]:
    """The row of a casework value other than an assessment. Raises Unreadable."""
    found = kinds.columns(f.kind, cast("dict[str, Any]", f.body))
    if f.kind == "decision.set":
        found.append(f.author)
    if f.kind in kinds.WITHOUT_CITIZEN:
        return [(f.id, *found)]
    if f.citizen is None:
        raise Unreadable
    return [(f.id, f.citizen, *found)]


def assessment_row(f: Fact, scales: Mapping[str, Scale]) -> tuple[Any, ...]:
    """The row of an assessment, its cells as the scale in force has them. Raises Unreadable."""
    body = cast("dict[str, Any]", f.body)
    if f.citizen is None:
        raise Unreadable
    found, answers, notes = kinds.columns(f.kind, body), kinds.answers(body), kinds.notes(body)
    scale = scales.get(body["scale"])
    fitting, loose = _fit(scale, answers)
    text = cells.encode(scale, fitting) if scale else ""
    return (
        f.id,
        f.citizen,
        *found,
        kinds.entered(body, f.time),
        canonical(notes) if notes else "",
        text,
        canonical(loose) if loose else "",
    )


def _fit(scale: Scale | None, answers: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split answers into those the scale has cells for and the others (a newer or older version of the scale)."""
    if scale is None:
        return {}, answers
    codes = {indicator.code for indicator in scale.indicators}
    loose = {
        code: answer
        for code, answer in answers.items()
        if code not in codes or (type(answer) is int and not scale.minimum <= answer <= scale.maximum)
    }
    return ({c: a for c, a in answers.items() if c not in loose} if loose else answers), loose


def layout(scale: Scale | None) -> object:
    """What the cells of a scale depend on: equal layouts, equal cells."""
    if scale is None:
        return None
    return scale.minimum, scale.maximum, [indicator.code for indicator in scale.indicators]


def _body(f: Fact, *names: str) -> list[Any]:
    """Texts that a body must have."""
    body = cast("dict[str, Any]", f.body)
    found = [body.get(name) for name in names]
    if not all(type(text) is str for text in found):
        raise Unreadable
    return found


def _account_row(f: Fact) -> list[tuple[Any, ...]]:
    return [(f.id, *_body(f, "id", "name", "role"))]


def scale_row(f: Fact) -> list[tuple[Any, ...]]:
    """The row of an installed scale. Raises Unreadable for a text that this program cannot read."""
    identity, text = _body(f, "id", "toml")
    try:
        scale = library.parse(text, identity)
    except KnownError as error:
        raise Unreadable from error
    if scale.id != identity:
        raise Unreadable
    return [(f.id, identity, scale.version, text)]


def _categories_row(f: Fact) -> list[tuple[Any, ...]]:
    identity, text = _body(f, "id", "toml")
    try:
        found = categories.parse(text, identity)
    except KnownError as error:
        raise Unreadable from error
    return [(f.id, _same(found.id, identity), text)]


def _rules_row(f: Fact) -> list[tuple[Any, ...]]:
    identity, text = _body(f, "id", "toml")
    try:
        found = rulesets.parse(text, identity)
    except KnownError as error:
        raise Unreadable from error
    return [(f.id, _same(found.id, identity), text)]


def _same(read: str, said: str) -> str:
    if read != said:
        raise Unreadable
    return said


def _type_rows(f: Fact) -> list[tuple[Any, ...]]:
    listed = cast("dict[str, Any]", f.body).get("types")
    if type(listed) is not list:
        raise Unreadable
    try:
        rows = [
            (
                f.id,
                place,
                one["code"],
                canonical(one["name"]),
                one["bip_type"],
                int(one["active"]),
                one["state"],
                int(one.get("retired", False)),
            )
            for place, one in enumerate(listed)
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable from error
    if len({row[2] for row in rows}) != len(rows) or not all(type(row[i]) is str for row in rows for i in (2, 4, 6)):
        raise Unreadable
    return rows


def _setting_row(f: Fact) -> list[tuple[Any, ...]]:
    body = cast("dict[str, Any]", f.body)
    if "value" not in body:
        raise Unreadable
    return [(f.id, *_body(f, "key"), canonical(body["value"]))]


def _estimate_row(f: Fact) -> list[tuple[Any, ...]]:
    body = cast("dict[str, Any]", f.body)
    adopted = body.get("adopted") or f.time[:10]
    if type(adopted) is not str:
        raise Unreadable
    return [(f.id, *_body(f, "scale"), adopted, canonical(body))]


def _flag_row(f: Fact) -> list[tuple[Any, ...]]:
    if f.citizen is None:
        raise Unreadable
    return [(f.id, f.citizen, *_body(f, "flag"), canonical(f.body))]


MAKERS: dict[str, Callable[[Fact], list[tuple[Any, ...]]]] = {
    "account.added": _account_row,
    "scale.installed": scale_row,
    "types.installed": _type_rows,
    "categories.installed": _categories_row,
    "rules.installed": _rules_row,
    "setting.set": _setting_row,
    "estimates.adopted": _estimate_row,
    "flag.shown": _flag_row,
}
