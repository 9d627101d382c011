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
    CaseReview,
    CategoryMembership,
    Consent,
    Conversation,
    Decision,
    Handover,
    Intervention,
    InterventionType,
    Note,
    Offer,
    Person,
    PlanItem,
    Professional,
    Provider,
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

# what came later than the first fixture: the register's own kinds, and every field that older events do not have
MORE = (
    Offer("o1", "Køkkenet", "mentor", "Gården", 4.0, DAY, date(2026, 12, 31), "Ida", "Kun formiddag"),
    Provider("g", "Gården", "Ida", "12 34 56 78", "ida@example.org", "Ring først"),
    Professional("c1", "p1", "Dr. Holm", "Læge", "Lægehuset", "1", "h@example.org", DAY, date(2026, 5, 1), "Onsdag"),
    Professional("c1", "p2", "Uden dato"),
    Consent("c1", "s1", DAY, "Dr. Holm", "Helbred", date(2026, 10, 1), date(2026, 6, 1), "Mundtligt"),
    Handover("c1", "h1", DAY, "anna", "bo", "Sygdom", "unplanned", "plan,samtale", "Se noten"),
    CaseReview("c1", "r1", DAY, "bo", "plan", "Godt beskrevet"),
    sample_citizen("c4", "H00004", case_closed=DAY, outcome="flexjob"),
    Assignment("c4", "anna", DAY, planned="planned"),
    Intervention(
        "c4", "i4", "loentilskud", DAY, hours_per_week=20.0, contact="Ida", sector="private", ordinary_hours=2.5,
        external="Aktør A/S", offer="o1", expected_start=date(2026, 5, 1),
    ),
    Conversation("c4", DAY, "s4", time="09:30", minutes=45.0, caseworker="anna", outcome="Praktik aftalt"),
    PlanItem(
        "c4", DAY, goal="Job", kind="goal", words="Ud blandt folk", department="Jobcenter", side="citizen", id="m1"
    ),
    PlanItem("c4", DAY, agreement="Ring", kind="agreement", id="m2"),
    Note("c4", DAY, "screening", "Psykolog", "Set", "Tåler ikke støj", "Mestring", "anna"),
    Decision("c4", DAY, "citizen", "stop", outcome="Bedre", outcome_date=date(2026, 5, 1)),
)  # fmt: skip


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
