"""From events to tables: a pure function of the set of events, whatever order and batches they come in.

An event is *effective* when this program can read it and every event it replaces is here and effective; otherwise it
waits, visibly. What is effective only grows with the set, so that adding a batch and rebuilding give the same rows.
A row stands for each effective event that no effective event replaces, that is not withdrawn and whose body is not
erased. Two rows for one fact are a conflict, shown side by side by `queries`.

The exception to growth is a fork: (stream, seq) given twice. Both sides then wait, and everything is built again.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from progression.scales import library
from progression.scales.model import Scale
from progression.store import kinds, tables
from progression.store.engine import Database
from progression.store.kinds import Unreadable
from progression.store.rows import MAKERS, Fact, assessment_row, check, fact, layout, scale_row, value_row

Each = Callable[[Iterable[Fact]], Iterable[Fact]]

_CHUNK = 5000
_HERE = 1 << 62  # past every row of the journal
_READ = "e.id, e.kind, e.version, e.citizen, e.replaces, e.body, e.time, e.author"
_SELECT = f"SELECT {_READ} FROM event e"  # noqa: S608 - own words
_SELECT_CHUNK = f"SELECT {_READ}, e.rowid FROM event e WHERE e.rowid > ? ORDER BY e.rowid LIMIT {_CHUNK}"  # noqa: S608


class Refused(ValueError):  # noqa: N818 - says what it is
    """A new event of this device that nobody could read, or that replaces what is not here: a bug of the caller."""


class Projector:
    """Keeps the projection tables of one open database. Every method runs inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db.conn
        self._database = db
        self._scales: dict[str, Scale] | None = None
        self._horizon = _HERE  # while rebuilding: events behind it have not been looked at yet
        self._forked: frozenset[str] = frozenset()

    def forget(self) -> None:
        """Drop what is remembered of the tables, after a transaction was rolled back."""
        self._scales, self._horizon = None, _HERE

    def scales(self) -> Mapping[str, Scale]:
        """The scales in force by id: of several, the highest version, then the highest event id."""
        if self._scales is None:
            found = {}
            for identity, text in self._db.execute("SELECT id, toml FROM scale ORDER BY version, event"):
                found[identity] = library.parse(text, identity)
            self._scales = found
        return self._scales

    def add(self, facts: Sequence[Fact], *, own: bool, each: Each = iter) -> None:
        """Take in events that now stand in the journal. `own`: made here just now, so nobody waits for them.
        `each` is what the facts pass through on their way to the tables: it may count them.

        Raises Refused for an own event that would have to wait.
        """
        effective = self._settle(facts, own)
        if not effective:
            return
        gone = self._mark_replaced(effective)
        current = [f for f in effective if f.id not in gone] if gone else effective
        touched = self._delete(gone - {f.id for f in effective}) if gone else set()
        try:
            self._insert(current, touched, each)
        except Unreadable as error:  # an own event: others were checked before
            raise Refused("a body that is not what its kind promises") from error

    # which events count

    def _settle(self, facts: Sequence[Fact], own: bool) -> Sequence[Fact]:
        """Return the events that have become effective; keep the others in `waiting`."""
        if own and not any(f.replaces for f in facts):
            return facts
        unreadable = {} if own else {f.id: reason for f in facts if (reason := self._unreadable(f))}
        queue = _Queue(self._db)
        batch = {f.id for f in facts}
        for f in facts:
            if f.id in self._forked:  # the same for either side, though only one stands in the journal
                needs = {""}
            else:
                needs = {r for r in f.replaces if r in batch or not self._effective_already(r)}
                needs |= {""} if f.id in unreadable else set()
            queue.put(f, needs)
        effective = queue.run(look_for_waiting=not own)
        left = queue.left(batch)
        if own and left:
            raise Refused("replaces an event that is not here")
        self._db.executemany("DELETE FROM waiting WHERE needs = ?", [(f.id,) for f in effective])
        self._db.executemany(
            "INSERT INTO waiting (event, needs, reason) VALUES (?, ?, ?)",
            [(event, need, unreadable.get(event, "") if need == "" else "missing") for event, need in left],
        )
        return effective

    def _unreadable(self, f: Fact) -> str:
        """Why this program cannot use the event: "fork", "kind", "version", "body"; "" where it can."""
        if f.id in self._forked:
            return "fork"
        known = kinds.VERSIONS.get(f.kind)
        if known is None:
            return "kind"
        if f.version > known:
            return "version"
        try:
            check(f)
        except Unreadable:
            return "body"
        return ""

    def _effective_already(self, event: str) -> bool:
        sql = (
            "SELECT 1 FROM event WHERE id = ? AND rowid <= ? "
            "AND NOT EXISTS (SELECT 1 FROM waiting WHERE event = event.id)"
        )
        return self._db.execute(sql, (event, self._horizon)).fetchone() is not None

    def _mark_replaced(self, effective: Iterable[Fact]) -> set[str]:
        edges = [(old, f.id) for f in effective for old in set(f.replaces)]
        if edges:
            self._db.executemany('INSERT INTO replaced (event, "by") VALUES (?, ?)', edges)
        return {old for old, _ in edges}

    # rows

    def _delete(self, events: set[str]) -> set[str]:
        """Remove the rows of replaced events; return the scales that this touches."""
        scales: set[str] = set()
        for event in sorted(events):
            (kind,) = self._db.execute("SELECT kind FROM event WHERE id = ?", (event,)).fetchone()
            if kind == "scale.installed":
                scales |= {row[0] for row in self._db.execute("SELECT id FROM scale WHERE event = ?", (event,))}
            table = tables.TABLE_OF[kind]
            self._db.execute(f"DELETE FROM {table} WHERE event = ?", (event,))  # noqa: S608 - own words
        return scales

    def _insert(self, current: Iterable[Fact], touched: set[str], each: Each) -> None:
        by_kind: dict[str, list[Fact]] = defaultdict(list)
        for f in current:
            if f.body is not None and not kinds.withdrawn(f.body):
                by_kind[f.kind].append(f)
        installed = by_kind.pop("scale.installed", [])
        if installed or touched:
            self._install(installed, touched)
        for kind, facts in by_kind.items():
            rows: Iterator[tuple[Any, ...]]
            if kind == "assessment.set":
                scales = self.scales()
                rows = (assessment_row(f, scales) for f in each(facts))
            else:
                make = MAKERS.get(kind, value_row)
                rows = (row for f in each(facts) for row in make(f))
            self._db.executemany(tables.insert(tables.TABLE_OF[kind]), rows)

    def _install(self, facts: Iterable[Fact], touched: set[str]) -> None:
        """Scales decide the cells of assessments: where a layout changes, those rows are made again."""
        before = dict(self.scales()) if not touched else {}
        rows = [row for f in facts for row in scale_row(f)]
        self._db.executemany(tables.insert("scale"), rows)
        self._scales = None
        now = self.scales()
        for identity in sorted(touched | {row[1] for row in rows}):
            if identity in touched or layout(before.get(identity)) != layout(now.get(identity)):
                self._rewrite(identity)

    def _rewrite(self, scale: str) -> None:
        sql = f"{_SELECT} JOIN assessment a ON a.event = e.id WHERE a.scale = ?"
        scales = self.scales()
        rows = [assessment_row(fact(row), scales) for row in self._db.execute(sql, (scale,)).fetchall()]
        self._db.execute("DELETE FROM assessment WHERE scale = ?", (scale,))
        self._db.executemany(tables.insert("assessment"), rows)

    # everything again

    def rebuild(self) -> dict[str, int]:
        """Drop every projection and make it again from the journal; return the number of rows of each."""
        tables.create(self._database)
        self.forget()
        self._forked = self._forks()
        try:
            last = 0
            while True:
                rows = self._db.execute(_SELECT_CHUNK, (last,)).fetchall()
                if not rows:
                    break
                self._horizon = last = rows[-1][-1]
                self.add([fact(row) for row in rows], own=False)
        finally:
            self._horizon = _HERE
        self._db.executemany(
            "INSERT OR IGNORE INTO waiting (event, needs, reason) VALUES (?, '', 'fork')",
            [(event,) for event in sorted(self._forked)],
        )
        self._forked = frozenset()
        return counts(self._db)

    def _forks(self) -> frozenset[str]:
        sql = (
            "SELECT id FROM quarantine UNION SELECT e.id FROM event e JOIN quarantine q "
            "ON q.stream = e.stream AND q.seq = e.seq"
        )
        return frozenset(row[0] for row in self._db.execute(sql))


class _Queue:
    """Finds the events that become effective, those that waited in the database included."""

    def __init__(self, connection: Any) -> None:
        self._db = connection
        self._facts: dict[str, Fact] = {}
        self._needs: dict[str, set[str]] = {}
        self._dependents: dict[str, list[str]] = defaultdict(list)
        self._ready: deque[str] = deque()

    def put(self, f: Fact, needs: set[str]) -> None:
        self._facts[f.id] = f
        self._needs[f.id] = needs
        for need in needs:
            self._dependents[need].append(f.id)
        if not needs:
            self._ready.append(f.id)

    def run(self, *, look_for_waiting: bool) -> list[Fact]:
        look_for_waiting = look_for_waiting and bool(self._db.execute("SELECT 1 FROM waiting LIMIT 1").fetchone())
        effective: list[Fact] = []
        while self._ready:
            event = self._ready.popleft()
            effective.append(self._facts[event])
            if look_for_waiting:
                self._load_waiting_for(event)
            for dependent in self._dependents.pop(event, ()):
                needs = self._needs[dependent]
                needs.discard(event)
                if not needs:
                    self._ready.append(dependent)
        return effective

    def _load_waiting_for(self, event: str) -> None:
        for (waiting,) in self._db.execute("SELECT event FROM waiting WHERE needs = ?", (event,)).fetchall():
            if waiting not in self._facts:
                rows = self._db.execute("SELECT needs FROM waiting WHERE event = ?", (waiting,))
                needs = {row[0] for row in rows}
                self.put(fact(self._db.execute(f"{_SELECT} WHERE e.id = ?", (waiting,)).fetchone()), needs)

    def left(self, batch: set[str]) -> list[tuple[str, str]]:
        """(event, need) of the batch's events that have to wait."""
        return sorted((event, need) for event in batch for need in self._needs[event])


def counts(connection: Any) -> dict[str, int]:
    """The number of rows of each projection table."""
    return {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - own words
        for table in tables.ALL
    }
