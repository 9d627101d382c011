"""Intervention types as data."""

from __future__ import annotations

from collections import Counter

import pytest

from progression.casework.types import intervention_types, parse_types, types_source
from progression.errors import KnownError

TYPES = intervention_types()
ONE = """format = 1
[[types]]
code = "mentor"
name = { da = "Mentor", en = "Mentor" }
bip_type = "social"
active = true
"""


def test_every_type_of_the_field_is_there() -> None:
    assert {
        "virksomhedspraktik", "nytteindsats", "loentilskud", "smaajob", "ips", "cv_vaerksted",
        "vejledning_opkvalificering", "mentor", "mestring", "sundhedsindsats", "misbrugsbehandling", "bostoette",
        "raadgivning", "revalidering", "ressourceforloeb", "hjaelpemidler", "personlig_assistance", "venter",
        "fritaget",
    } <= set(TYPES)  # fmt: skip
    assert all(t.name["da"] and t.name["en"] for t in TYPES.values())
    for language in ("da", "en"):
        assert max(Counter(t.name[language] for t in TYPES.values()).values()) == 1


def test_bip_types_and_what_counts_as_active() -> None:
    assert {code for code, t in TYPES.items() if not t.active} == {
        "bostoette", "raadgivning", "hjaelpemidler", "personlig_assistance", "venter", "fritaget",
    }  # fmt: skip
    assert {code: t.state for code, t in TYPES.items() if t.state} == {
        "venter": "waiting",
        "fritaget": "exempt",
    }
    assert {code for code, t in TYPES.items() if t.bip_type == "health"} == {
        "mestring", "sundhedsindsats", "misbrugsbehandling",
    }  # fmt: skip
    assert (TYPES["mentor"].bip_type, TYPES["virksomhedsmentor"].bip_type) == ("social", "job")
    assert (TYPES["revalidering"].bip_type, TYPES["ressourceforloeb"].bip_type) == ("upskilling", "social")


def test_the_shipped_catalogue_is_read_once_and_its_text_can_be_had() -> None:
    assert intervention_types() is TYPES
    assert parse_types(types_source(), "types.toml") == dict(TYPES)


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        ("format = 1", "format = 2", "format", "fault.newer"),
        ('code = "mentor"\n', "", "types[1].code", "fault.missing"),
        ("active = true", 'active = "ja"', "types[1].active", "fault.type"),
        ("active = true", "active = true\naktiv = true", "types[1].aktiv", "fault.unknown_key"),
        ("active = true", 'active = true\nstate = "waiting"', "types[1].state", "fault.active_state"),
        ("active = true", 'active = false\nstate = "syg"', "types[1].state", "fault.choice"),
        ('"social"', '"sociale"', "types[1].bip_type", "fault.choice"),
        (', en = "Mentor"', "", "types[1].name.en", "fault.language"),
        ("[[types]]", "[[typer]]", "types", "fault.missing"),
        ("[[types]]", "types = []\n[[typer]]", "types", "fault.empty"),
        ("= true", "=", "", "fault.toml"),
    ],
)
def test_each_fault_is_named_by_its_key(old: str, new: str, key: str, what: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse_types(ONE.replace(old, new, 1), "typer.toml")
    assert (caught.value.code, caught.value.fields["file"]) == ("types.invalid", "typer.toml")
    assert (key, what) in [(f.key, f.what) for f in caught.value.fields["faults"]]


def test_a_code_used_twice_is_a_fault() -> None:
    with pytest.raises(KnownError) as caught:
        parse_types(ONE + ONE.removeprefix("format = 1\n"), "typer.toml")
    assert [f.key for f in caught.value.fields["faults"]] == ["types[2].code"]
