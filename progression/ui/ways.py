"""How a form was opened, in a few plain words, so that it can be opened again the same way after the window was locked.

Whatever opens a form is a *door*: a method with `@door`. A form made while one goes through a door keeps the way: the
door's name, and of each value it was given no more than its kind and its key (an id, or a digest of the whole). To go
the way again the door is looked for in the page, and the values among what the page now shows.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

WAY, STEP = "way", "step"  # properties of a form: how it was opened, and what was then chosen in it
KEYS = ("event", "id", "person", "code", "citizen", "key")  # what tells one value from others of its kind
DEEP = 6  # parts within parts of what a page shows

Method = TypeVar("Method", bound=Callable[..., Any])
_through: list[str] = []


def door(method: Method) -> Method:
    """Mark a method that opens a form. Of doors within doors the outermost is the way."""

    takes = method.__code__.co_argcount - 1  # a button says whether it is down, which is no business of a door

    @functools.wraps(method)
    def going(self: Any, *given: Any) -> Any:
        args = given[:takes]
        _through.append(_written(self, method.__name__, args))
        try:
            return method(self, *args)
        finally:
            _through.pop()

    return going  # type: ignore[return-value]


def note(form: QWidget) -> None:
    """The form is opened by the door one is going through; by none, it is not opened again."""
    if _through:
        form.setProperty(WAY, _through[0])


def come(form: QWidget, holder: object, method: str, *args: object) -> None:
    """The form was opened by a door one has left meanwhile: it had to ask first."""
    form.setProperty(WAY, _written(holder, method, args))


def step(form: QWidget, method: str, *args: str | int) -> None:
    """Something was chosen in the form that no field shows: it is chosen again before the fields are filled."""
    form.setProperty(STEP, json.dumps([method, *args]))


def again(page: QWidget, way: str) -> None:
    """Go through the door of `way` in `page`. Nothing happens while the page does not show yet what it needs."""
    name, key, method, marks = json.loads(way)
    for holder in _holders(page):
        if type(holder).__name__ == name and getattr(holder, "door_key", "") == key:
            values = [_found(holder, page, mark) for mark in marks]
            if all(value is not None or mark is None for value, mark in zip(values, marks, strict=True)):
                getattr(holder, method)(*values)
            return


def step_again(form: QWidget, written: str) -> None:
    """Choose again what was chosen in the form."""
    method, *args = json.loads(written)
    getattr(form, method)(*args)


def citizen(way: str) -> str:
    """The citizen named by the way, "" where it names none."""
    marks = [mark for mark in json.loads(way)[3] if isinstance(mark, list)]
    return next((mark[2] for mark in marks if mark[2]), "")


def _written(holder: object, method: str, args: tuple[object, ...]) -> str:
    return json.dumps(
        [type(holder).__name__, getattr(holder, "door_key", ""), method, [_mark(value) for value in args]]
    )


def _mark(value: object) -> Any:
    """None and text as they are; of anything else its kind, its key and whose it is."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, type):
        return ["class", value.__name__, ""]
    return [type(value).__name__, _key(value), _whose(value)]


def _key(value: object) -> str:
    for name in KEYS:
        told = getattr(value, name, "")
        if isinstance(told, str) and told:
            return f"{name}:{told}"
    for part in _parts(value):
        if dataclasses.is_dataclass(part):
            return _key(part)
    return hashlib.sha256(repr(value).encode()).hexdigest()


def _whose(value: object) -> str:
    told = getattr(value, "citizen", "")
    if isinstance(told, str) and told:
        return told
    return next((who for part in _parts(value) if dataclasses.is_dataclass(part) and (who := _whose(part))), "")


def _parts(value: object) -> Iterator[object]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for one in dataclasses.fields(value):
            yield getattr(value, one.name, None)


def _found(holder: object, page: QWidget, mark: Any) -> Any:
    if not isinstance(mark, list):
        return mark
    kind, key, _who = mark
    if kind == "class":
        return getattr(sys.modules[type(holder).__module__], key, None)
    for shown in (holder, page):
        held = vars(shown).values() if hasattr(shown, "__dict__") else _parts(shown)
        for value in list(held):
            found = _among(value, kind, key, DEEP)
            if found is not None:
                return found
    return _blank(holder, kind, key)


def _blank(holder: object, kind: str, key: str) -> Any:
    """One that is new: nothing of its kind is shown yet."""
    cls: Any = getattr(sys.modules[type(holder).__module__], kind, None)
    if not (isinstance(cls, type) and dataclasses.is_dataclass(cls)):
        return None
    try:
        made: Any = cls(*[""])
    except TypeError:
        return None
    return made if _key(made) == key else None


def _among(value: object, kind: str, key: str, deep: int) -> Any:
    if type(value).__name__ == kind and _key(value) == key:
        return value
    if not deep:
        return None
    inside: Iterator[object] | list[object]
    if isinstance(value, Mapping):
        inside = list(value.values())
    elif isinstance(value, (tuple, list)):
        inside = list(value)
    else:
        inside = _parts(value)
    for part in inside:
        if not isinstance(part, (str, int, float, type(None))):
            found = _among(part, kind, key, deep - 1)
            if found is not None:
                return found
    return None


def _holders(page: QWidget) -> Iterator[object]:
    """The page, what it is made of, and what these keep that is no widget."""
    widgets: list[QObject] = [page, *page.findChildren(QWidget)]
    yield from widgets
    for widget in widgets:
        for kept in list(vars(widget).values()):
            if not isinstance(kept, QWidget) and type(kept).__module__.startswith("progression.ui"):
                yield kept
