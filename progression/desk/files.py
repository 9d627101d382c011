"""Files in and out: an import is one act, all or nothing; an export is logged before the first byte leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from progression.desk.session import Changes, Session

if TYPE_CHECKING:
    from progression.exchange.plan import Counts, Plan
    from progression.exchange.writing import Format
    from progression.store.notices import Notice

Progress = Callable[[str, int, int], None]
_CURVES = frozenset({"assessment", "assignment", "intervention", "decision"})  # what flags are computed from


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import changed, or would change in a dry run. `counts` has one entry per file or sheet (file, new,
    unchanged, corrected: rows; in assessments answers). `notices` are worth telling (words.faults.notice)."""

    changes: Changes
    counts: tuple[Counts, ...]
    notices: tuple[Notice, ...]


def import_files(
    session: Session,
    source: Path,
    mapping: Path | None = None,
    *,
    dry_run: bool = False,
    update: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Read a folder of CSV files, one CSV file or one workbook into the vault, in one transaction.

    `update` records differing rows as corrections instead of refusing them. `progress(stage, done, total)` is called
    with stage "read", "compare" and "save"; what it raises stops the import, and nothing is written.

    Raises KnownError: import.faults (n, faults: each with file, row, column), import.mapping (file, n, faults),
    import.mapping_broken (file, line), import.no_such_source (path), import.nothing_to_read (path),
    import.unreadable (path, reason), import.not_a_workbook (path), import.workbook_has_password (path); and what
    `append` raises.
    """
    from progression.exchange import taking_in

    report = progress or taking_in.ignore_progress
    with taking_in.collecting_later():
        return _take_in(session, source, mapping, dry_run=dry_run, update=update, report=report)


def _take_in(
    session: Session, source: Path, mapping: Path | None, *, dry_run: bool, update: bool, report: Progress
) -> ImportResult:
    from progression.exchange import taking_in

    plan = taking_in.prepare(session.vault, source, mapping, update=update, progress=report)
    report("save", 0, len(plan.writes))
    written = () if dry_run else _save(session, plan, report)
    kinds = plan.kinds | ({"flag"} if plan.kinds & _CURVES else set()) | ({"import"} if written else set())
    changes = Changes(frozenset(kinds), frozenset(plan.citizens), written)
    return ImportResult(changes, tuple(plan.counts), tuple(plan.notices))


def _save(session: Session, plan: Plan, report: Progress) -> tuple[str, ...]:
    """Record what is planned as one act; return its events."""
    from progression.store import kinds
    from progression.store.access import Act

    new, unchanged, corrected = (
        sum(getattr(count, what) for count in plan.counts) for what in ("new", "unchanged", "corrected")
    )
    act = Act("import", detail=f"new {new}, unchanged {unchanged}, corrected {corrected}")
    if not plan.writes:
        session.vault.log(act)
        return ()
    events = [kinds.to_event(value, replaces) for value, replaces in plan.writes]
    written = session.vault.append(events, act, progress=partial(report, "save"))
    return tuple(event.id for event in written)


def export_files(
    session: Session,
    folder: Path,
    form: Format = "csv",
    *,
    pseudonymise: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the facts in force as files that import reads ("csv", "xlsx"), or as a plain SQLite database ("sqlite").

    The files are not encrypted. `pseudonymise` leaves out names, numbers and free text and gives everyone a random id.
    Returns the files written. `progress(stage, done, total)`: stage "read" and "write".

    Raises KnownError: export.empty, export.exists (file), export.too_long (file, column), export.too_many_rows
    (file, rows), disk.full, folder.read_only, disk.failed. ValueError for another `form`.
    """
    from progression.errors import KnownError
    from progression.exchange import taking_in, writing
    from progression.exchange.pseudonyms import Pseudonyms
    from progression.store import queries
    from progression.store.access import Act

    if form not in writing.FORMATS:
        raise ValueError(form)
    report = progress or taking_in.ignore_progress
    report("read", 0, 2)
    facts = taking_in.current_facts(session.vault)
    sheets = writing.sheets(facts, queries.scales(session.vault), Pseudonyms() if pseudonymise else None)
    if not sheets:
        raise KnownError("export.empty")
    report("write", 1, 2)
    # before the first byte: an export that nobody can find in the log must not exist
    session.vault.log(Act("export", detail=f"{form}, pseudonymised" if pseudonymise else form))
    return writing.write(folder, sheets, form)
