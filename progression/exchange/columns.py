"""How a column and a table of import and export are described, and the usual sorts of columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["text", "id", "date", "moment", "time", "number", "score", "choice", "count"]
Privacy = Literal[
    "keep",
    "drop",
    "year",
    "citizen",
    "person",
    "intervention",
    "conversation",
    "team",
    "about",
    "offer",
    "provider",
    "item",
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind`: "text" is kept to the letter, "id" is trimmed, "number" takes `2,5`, "score" and "count"
    whole numbers only. `attribute` is the name in the casework value. `default` is what an empty cell means.

    `privacy`: what a pseudonymised export does with it: keep, drop (leave empty), year (1 January of the year), or
    replace it by a random id, the same for equal values of the same sort.
    """

    name: str
    kind: Kind
    attribute: str
    privacy: Privacy
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    extension: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One file. `value` is the casework value that a row becomes, `change` the kind of thing it changes, as views
    know it, and `key` the columns that say which fact a row is about. `own` is a column that belongs to the key where a
    file has it. `gives_id`: a fact without an id is given one."""

    name: str
    value: type | None
    change: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    own: str = ""
    gives_id: bool = False

    @property
    def file(self) -> str:
        """The file's name in the contract."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """The column with this name, None when there is none."""
        return next((c for c in self.columns if c.name == name), None)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns a file must have."""
        return tuple(c.name for c in self.columns if c.required)


def later(column: Column) -> Column:
    """A column that came after the files did: export leaves it out where nobody used it."""
    return replace(column, extension=True)


def text(name: str, attribute: str = "", privacy: Privacy = "drop") -> Column:
    """A column of free text, kept to the letter."""
    return Column(name, "text", attribute or name, privacy)


def day(name: str, privacy: Privacy = "keep", *, required: bool = False) -> Column:
    """A column of dates."""
    return Column(name, "date", name, privacy, required)


def identity(name: str, attribute: str = "", privacy: Privacy = "item", *, required: bool = False) -> Column:
    """A column of codes and ids, trimmed."""
    return Column(name, "id", attribute or name, privacy, required)


def number(name: str) -> Column:
    """A column of numbers that are not negative."""
    return Column(name, "number", name, "keep")


def choice(name: str, *choices: str, default: str = "", required: bool = False) -> Column:
    """A column that holds one of some words."""
    return Column(name, "choice", name, "keep", required, choices, default)


CITIZEN = Column("citizen_id", "id", "citizen", "citizen", True)
NR = Column("nr", "count", "", "keep", default="1", extension=True)
