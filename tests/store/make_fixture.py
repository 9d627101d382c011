"""Writes a vault of the present schema with data in it, once per schema version:

    python tests/store/make_fixture.py tests/store/fixtures/v1

Run it with the program that has that schema; later programs must open what it wrote. Never write an old one again.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from vault_cases import ADD, CHEAP, NOON, PASSPHRASE, sample_assessment, sample_citizen

from progression.casework.values import (
    Assignment,
    CategoryMembership,
    Conversation,
    Decision,
    Intervention,
    InterventionType,
    Note,
    Person,
    PlanItem,
)
from progression.scales import library
from progression.store import backup, drafts, kinds, migrations, queries, vault
from progression.store.clock import FixedClock
from progression.store.journal import canonical

DAY = date(2026, 4, 1)
FACTS = (
    sample_citizen(),
    sample_citizen("c2", "H00002", name="Carl Ågård", born=None),
    Person("anna", "Anna Lund", "caseworker", norm=45.0),
    Assignment("c1", "anna", DAY),
    sample_assessment(scale="hamd", answers={"total": 17}),
    Intervention("c1", "i1", "mentor", DAY, hours_per_week=2.5, planned_end=date(2026, 6, 1)),
    Conversation("c1", DAY, "s1", topic="Første samtale"),
    CategoryMembership("c1", "støtte", DAY),
    PlanItem("c1", DAY, goal="Fast søvn", by=date(2026, 7, 1)),
    Note("c1", DAY, "small_step", text="Cyklede selv herhen"),
    Decision("c1", DAY, "citizen", "continue", "Det går", date(2026, 6, 1)),
)


def write(target: Path) -> None:
    """Make the vault and leave it, with its recovery key, as one backup file: header and database together."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds = [
            kinds.scale_installed(library.source("hamd")),
            kinds.types_installed({"mentor": InterventionType("mentor", {"da": "Mentor"}, "social", True)}),
            kinds.setting_set("bridge_days", 14),
            kinds.estimates_adopted("hamd", {"adopted": "2026-04-01", "citizens": 40}),
            kinds.flag_shown("f1", "c1", {"kind": "regression"}),
        ]  # fmt: skip
        made = vault.create(
            folder / "v", PASSPHRASE, account_name="Anna Lund", role="caseworker", seed_events=seeds, kdf=CHEAP,
            state=folder / "state", clock=FixedClock(NOON),
        )  # fmt: skip
        v = made.vault
        v.append([kinds.to_event(fact) for fact in FACTS], ADD)
        (running,) = queries.interventions(v)
        v.append([kinds.to_event(replace(running, end=date(2026, 4, 20)))], ADD)
        v.append([kinds.withdraw(queries.citizen(v, "c2"))], ADD)
        drafts.save(v, "c1", "citizen", "hamd", {"answers": {"total": 3}})
        target.mkdir(parents=True, exist_ok=True)
        backup.backup(v, target / "vault.backup")
        (target / "expected.json").write_text(
            canonical({"migrations": migrations.names(), "recovery_key": made.recovery_key, "stream": v.stream})
        )
        v.close(backup=False)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
