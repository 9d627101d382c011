"""Documents of many citizens into a folder: file by file, each whole or not at all, and resumable.

The folder holds a list of what was written (`LIST`): file, checksum, day, kind, language and how many letters could
not be written - no name, no CPR number.
Running again writes only what would come out differently or is not there as it was left. Reading happens on the
database thread (`take`), making and writing on any other (`Folder.put`), so a window can go on meanwhile.
"""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from progression.desk import documents
from progression.desk.documents import Draft, Kind
from progression.desk.session import Session
from progression.errors import KnownError
from progression.platform import files
from progression.words import Words

LIST = "progression-files.json"
VERSION = 1
KEEP_EVERY = 10  # files between two savings of the list: what a power cut costs is made again

_CELLS = ("sha256", "date", "kind", "language", "basis")

State = Literal["written", "unchanged", "failed"]
_STOPS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENOENT, errno.ENODEV, errno.ENOTDIR}


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen of a batch."""

    citizen: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Whose:
    """Caseloads to choose among: person key -> name and how many running cases, in the order of names; teams alike."""

    me: str
    colleagues: tuple[tuple[str, str, int], ...]
    teams: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, for whom, where. `password`: what each file opens with, "" for none."""

    kind: str
    language: str
    folder: Path
    cases: tuple[Case, ...]
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Task:
    """One file to write: whose, called what, resting on what. `draft` None: it is there already, unchanged."""

    case: Case
    file: str
    basis: str
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one citizen's file. `why`: the error where it failed.

    `lacks`: how many letters, of the citizen's name or of what was written, the font has no sign for: they stand as �
    in the file. `missing`: which, where it was written now; the list does not keep them, for they may be a whole name.
    """

    case: Case
    file: str
    state: State
    why: KnownError | None = None
    lacks: int = 0
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What a batch came to so far. `stopped`: why it did not go through; `cancelled`: a person stopped it."""

    order: Order
    lines: list[Line] = field(default_factory=list)
    stopped: KnownError | None = None
    cancelled: bool = False

    def count(self, state: State) -> int:
        """How many files are in a state."""
        return sum(line.state == state for line in self.lines)

    @property
    def lacking(self) -> tuple[Line, ...]:
        """The files in which a letter is missing, those of earlier runs too."""
        return tuple(line for line in self.lines if line.lacks)

    @property
    def left(self) -> int:
        """Citizens that it did not come to."""
        return len(self.order.cases) - len(self.lines)


def whose(session: Session) -> Whose:
    """Return the caseloads and teams there are; one look, one line in the access log."""
    from progression.desk import caseload, people

    page = caseload.page(session)
    return Whose(
        people.me(session),
        tuple((row.key, row.name, len(row.citizens)) for row in page.rows if row.citizens),
        tuple((row.key, len(row.citizens)) for row in page.teams if row.citizens and row.key),
        len(page.citizens),
    )


def cases(session: Session, *, caseworker: str = "", team: str = "") -> tuple[Case, ...]:
    """Return the running cases of a colleague, of a team, or (neither named) of everybody, by number.

    `caseworker`: person key or name. Raises KnownError "person.unknown" (person, choices) or "report.unknown_team"
    (team, choices).
    """
    from progression.desk import caseload, duties
    from progression.words.naming import called

    caseworker = duties.person_key(session, caseworker or None) or ""
    page = caseload.page(session)
    teams = sorted({one.team for one in page.citizens if one.team})
    if team and team not in teams:
        raise KnownError("report.unknown_team", team=team, choices=", ".join(teams))
    w = Words(session.language)
    return tuple(
        Case(one.citizen, one.number, called(w, one.name, one.number))
        for one in page.citizens
        if (not caseworker or one.caseworker == caseworker) and (not team or one.team == team)
    )


def take(session: Session, order: Order, case: Case, folder: Folder) -> Task | KnownError:
    """Read what one citizen's file is made of, on the database thread; one line in the access log before it leaves.

    Nothing is read and nothing logged of a citizen whose file is there as it would come out again. A KnownError is
    returned, not raised, where there is no such document of this citizen.
    """
    name = folder.name_of(case)
    now = documents.basis(session, order.kind, case.citizen, order.language)
    if folder.unchanged(name, now):
        return Task(case, name, now, None)
    try:
        draft = documents.read(session, order.kind, case.citizen, order.language)
    except KnownError as error:
        return error
    documents.leaving(session, draft, "batch")
    # reading may have noted an attention point as shown, which is an event
    return Task(case, name, documents.basis(session, order.kind, case.citizen, order.language), draft)


class Folder:
    """The folder of a batch and the list in it. No vault: any thread, one at a time."""

    def __init__(self, order: Order) -> None:
        self.order, self.path = order, order.folder
        self.kind: Kind = documents.kind(order.kind)
        self._names = _names(order)
        self._rows: dict[str, dict[str, str]] = {}
        self._unsaved = 0

    def open(self) -> None:
        """Make the folder where there is none, take away what an interrupted writing left, read the list.

        Raises KnownError("batch.folder", folder) where nothing can be written, "password.too_short" and its like.
        """
        if self.order.password:
            documents.usable(self.kind, self.order.password)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            files.sweep(self.path)
            self._rows = _read_list(self.path / LIST)
            self.save()  # so that it is known before the first citizen is read whether anything can be written
        except OSError as error:
            raise self.stop(error) from error

    def name_of(self, case: Case) -> str:
        """The file of a citizen: kind and number, never a name or a CPR number."""
        return self._names[case.citizen]

    def unchanged(self, name: str, basis: str) -> bool:
        """Whether the file is there, just as it was written, and would come out the same."""
        row = self._rows.get(name)
        if row is None or row["basis"] != self._with_lock(basis):
            return False
        try:
            data = (self.path / name).read_bytes()
            same = _checksum(data) == row["sha256"]
            return same and (not self.order.password or documents.opens(data, self.order.password))
        except OSError:
            return False

    def _with_lock(self, basis: str) -> str:
        """The mark of a file with a password is another; the password itself is never kept."""
        return f"{basis} locked" if self.order.password else basis

    def put(self, task: Task) -> Line:
        """Make a citizen's file and write it, whole or not at all.

        A file that is open in another program is a failed line; what stops every further file (a full disk, a folder
        that is gone or read-only) is raised as KnownError "batch.disk_full" or "batch.folder" (folder).
        """
        if task.draft is None:
            return Line(task.case, task.file, "unchanged", lacks=self.lacks(task.file))
        made = task.draft.made()
        if self.order.password:
            made = documents.locked(made, self.order.password)
        try:
            files.write_atomic(self.path / task.file, made.data)
        except OSError as error:
            if error.errno in _STOPS or not self._writable():
                raise self.stop(error) from error
            return Line(task.case, task.file, "failed", KnownError("file.unwritable", file=task.file))
        self._rows[task.file] = {
            "sha256": _checksum(made.data), "date": made.day.isoformat(), "kind": made.kind.key,
            "language": made.language, "basis": self._with_lock(task.basis),
            "missing_letters": str(len(made.missing)),
        }  # fmt: skip
        self._unsaved += 1
        if self._unsaved >= KEEP_EVERY:
            try:
                self.save()
            except OSError as error:
                raise self.stop(error) from error
        return Line(task.case, task.file, "written", lacks=len(made.missing), missing=made.missing)

    def lacks(self, name: str) -> int:
        """How many letters stand as � in a file that is there."""
        return int(self._rows.get(name, {}).get("missing_letters", "0"))

    def save(self) -> None:
        """Write the list. Raises OSError."""
        rows = [{"file": name, **self._rows[name]} for name in sorted(self._rows)]
        text = json.dumps({"version": VERSION, "files": rows}, ensure_ascii=False, indent=1)
        files.write_atomic(self.path / LIST, text.encode("utf-8"))
        self._unsaved = 0

    def close(self) -> KnownError | None:
        """Write the list for good; the reason where that is not possible. Without it what is there is made again."""
        try:
            if self._unsaved:
                self.save()
        except OSError as error:
            return self.stop(error)
        return None

    def stop(self, error: OSError) -> KnownError:
        """The sentence of what keeps every further file from being written."""
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return KnownError("batch.disk_full" if full else "batch.folder", folder=str(self.path))

    def _writable(self) -> bool:
        """Whether another file can be made here: then it is only this one that is held."""
        try:
            files.write_atomic(self.path / LIST, (self.path / LIST).read_bytes())
        except OSError:
            return False
        return True


def run(
    session: Session,
    order: Order,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Write a batch from beginning to end on this thread (the shell does; the window does it step by step).

    Raises KnownError only before anything is written; afterwards what went wrong stands in the outcome.
    """
    folder, outcome = Folder(order), Outcome(order)
    folder.open()
    try:
        for n, case in enumerate(order.cases, 1):
            if cancelled():
                outcome.cancelled = True
                break
            found = take(session, order, case, folder)
            outcome.lines.append(failed(folder, case, found) if isinstance(found, KnownError) else folder.put(found))
            if progress is not None:
                progress(n, len(order.cases))
    except KnownError as error:
        outcome.stopped = error
    finally:
        unsaved = folder.close()
        outcome.stopped = outcome.stopped or unsaved
    return outcome


def failed(folder: Folder, case: Case, why: KnownError) -> Line:
    """Return the line of a citizen of whom there is no such document."""
    return Line(case, folder.name_of(case), "failed", why)


def _names(order: Order) -> dict[str, str]:
    """A file name for each citizen: kind and number; never twice the same, on a disk that knows no capitals either."""
    of = documents.kind(order.kind)
    title = Words(order.language).t(of.name)
    taken: set[str] = set()
    names: dict[str, str] = {}
    for case in order.cases:
        told = documents.number_in_name(case.number, case.citizen)
        name = f"{title} {told}.{of.suffix}"
        if name.casefold() in taken:
            name = f"{title} {told}-{case.citizen[:8]}.{of.suffix}"
        taken.add(name.casefold())
        names[case.citizen] = name
    return names


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_list(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a list by file; {} where there is none, or none that can be used: then everything is made anew."""
    try:
        found = json.loads(path.read_text("utf-8"))
        rows = found["files"] if found["version"] == VERSION else []
        return {
            str(row["file"]): {key: str(row[key]) for key in _CELLS}
            | {"missing_letters": str(int(row.get("missing_letters", 0)))}
            for row in rows
        }
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError):
        return {}
