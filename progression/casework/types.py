"""Intervention types as data: the shipped catalogue and the reading of a municipality's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from progression.casework.values import BipType, InterventionType
from progression.errors import Fault, KnownError
from progression.scales.reading import Table, parse_toml

FORMAT = 1
BIP_TYPES: tuple[BipType, ...] = get_args(BipType)
STATES: tuple[str, ...] = ("waiting", "exempt")
_FILE = Path(__file__).resolve().parent / "types.toml"


def types_source() -> str:
    """Return the shipped catalogue as TOML text."""
    return _FILE.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def intervention_types() -> Mapping[str, InterventionType]:
    """Return the shipped types by code, in the order of the file, read once."""
    return MappingProxyType(parse_types(types_source(), _FILE.name))


def parse_types(text: str, filename: str) -> dict[str, InterventionType]:
    """Read a catalogue of types from TOML text.

    Raises KnownError("types.invalid", file=filename, faults=[Fault, ...]): all faults at once, in the order read.
    """
    faults: list[Fault] = []
    data = parse_toml(text, faults)
    types: dict[str, InterventionType] = {}
    if not faults:
        table = Table(data, "", faults)
        version = table.whole("format", 1, 9999)
        if version is not None and version > FORMAT:
            table.fault("format", "fault.newer", version, known=FORMAT)
        for row in table.tables("types"):
            kind = _type(row)
            if kind.code in types:
                row.fault("code", "fault.twice", kind.code)
            types[kind.code] = kind
        if table.has("types") and not types:
            table.fault("types", "fault.empty")
        table.done()
    if faults:
        from progression.casework.category_text import with_lines

        raise KnownError("types.invalid", file=filename, faults=with_lines(text, faults))
    return types


def _type(row: Table) -> InterventionType:
    kind = InterventionType(
        code=row.code("code"),
        name=row.texts("name"),
        bip_type=cast(BipType, row.choice("bip_type", BIP_TYPES) or "none"),
        active=row.flag("active"),
        state=cast(Literal["waiting", "exempt", ""], row.choice("state", STATES) if row.has("state") else ""),
        retired=row.flag("retired") if row.has("retired") else False,
    )
    if kind.active and kind.state:
        row.fault("state", "fault.active_state", kind.state)
    row.done()
    return kind
