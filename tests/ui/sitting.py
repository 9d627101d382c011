"""A conversation under test: the page on a real vault, its database thread, and hands that press keys.

Nobody here exists. The vault is made on the database thread, since its connection belongs to that thread.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cases
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from progression.casework.values import Assessment, Assignment, Citizen, Conversation, Intervention, Person
from progression.desk import vaults
from progression.desk.session import Session
from progression.scales import library
from progression.store import drafts, kinds, queries
from progression.store.access import Act
from progression.store.clock import FixedClock
from progression.store.header import KdfCost
from progression.ui import theme
from progression.ui.page import Context
from progression.ui.preferences import Preferences
from progression.ui.worker import Worker

TODAY = dt.date(2026, 11, 19)
PASSPHRASE = "fire ord uden sammenhæng"
BIP = library.builtin()["bip"]
WORKER = [i.code for i in BIP.rated_by("caseworker")]
CITIZEN = [i.code for i in BIP.rated_by("citizen")]
WHO = "karsten"
BEFORE = dt.date(2026, 8, 25)


def course() -> list[object]:
    """One citizen with five rounds behind him, the last three months ago."""
    values: list[object] = [
        Person("mette", "Mette Holm Andersen"),
        Citizen(WHO, "S-1", "Karsten Bøgh Mikkelsen", benefit_start=dt.date(2025, 6, 1)),
        Assignment(WHO, "mette", dt.date(2025, 6, 1)),
        Intervention(WHO, "i1", "mentor", dt.date(2025, 7, 1), end=dt.date(2026, 2, 1)),
        Conversation(WHO, BEFORE, "c1", "held", topic="Så på småjob"),
    ]
    days = [dt.date(2025, 8, 26), dt.date(2025, 11, 26), dt.date(2026, 2, 24), dt.date(2026, 5, 26), BEFORE]
    for n, day in enumerate(days):
        for rater, codes in (("caseworker", WORKER), ("citizen", CITIZEN)):
            steps = {code: 2 + (i + n) % 2 for i, code in enumerate(codes)}
            values.append(
                Assessment(
                    WHO, rater, "bip", day, steps, "mette", "interview" if rater == "citizen" else "",
                    entered=dt.datetime.combine(day, dt.time(12), dt.UTC),
                    notes={codes[0]: "Sov dårligt"} if rater == "caseworker" else {},
                )
            )  # fmt: skip
    return values


class Room:
    """A context on an open vault. `on(operation, ...)` asks it on its own thread and returns the value."""

    def __init__(self, qtbot: Any, folder: Path, language: str = "da") -> None:
        self.qtbot = qtbot
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.load_fonts()
        theme.apply(app, theme.Theme())
        self.app = app
        self.clock = FixedClock(dt.datetime.combine(TODAY, dt.time(14, 2), dt.timezone(dt.timedelta(hours=1))))
        self.worker = Worker()
        self.context = Context(self.worker, Preferences(language=language))
        self.said: list[str] = []
        self.went: list[tuple[str, str]] = []
        self.errors: list[BaseException] = []
        self.context.announced.connect(self.said.append)
        self.context.went.connect(lambda page, citizen: self.went.append((page, citizen)))
        self.context.failed.connect(self.errors.append)
        self.worker.session = self.on(self._make, folder, language, bare=True)

    def _make(self, folder: Path, language: str) -> Session:
        session = vaults.create(
            folder / "vault",
            PASSPHRASE,
            account_name="Mette Holm Andersen",
            clock=self.clock,
            kdf=KdfCost(memory_kib=8, passes=1, lanes=1),
            state=folder / "state",
            language=language,
        ).session
        session.vault.append([kinds.to_event(value) for value in self.values()], Act("add"))
        return session

    def values(self) -> list[Any]:
        """Who and what is in the vault."""
        return course()

    def on(self, operation: Callable[..., Any], *args: Any, bare: bool = False) -> Any:
        """Call an operation on the database thread and wait for its value."""
        found: list[Any] = []
        given = args if bare else (self.worker.session, *args)
        self.worker.run(operation, *given, done=found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]

    def settle(self) -> None:
        """Wait until everything asked for has come back."""
        self.qtbot.waitUntil(lambda: not self.worker.busy)
        self.app.processEvents()

    def show(self, page: QWidget, width: int = 1256, height: int = 872) -> None:
        self.qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)

    def press(self, *keys: Any, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys one after another on whatever has the focus, as a hand does."""
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the focus"
            QTest.keyClick(target, key, modifier)
        self.settle()

    def draft(self, rater: str = "caseworker") -> dict[str, Any] | None:
        kept = self.on(lambda s: drafts.load(s.vault, WHO, rater, "bip"))
        return kept.payload if kept else None

    def saved(self, rater: str = "caseworker", day: dt.date = TODAY) -> list[Assessment]:
        rows = self.on(lambda s: queries.assessments(s.vault))
        return [a for a in rows if a.rater == rater and a.date == day]

    def close(self) -> None:
        self.worker.end(lambda session, _jobs: session.vault.close(backup=False))


class CitizenRoom(Room):
    """A vault that holds the citizen of the mockups."""

    def values(self):
        course, _curve = cases.karsten_course(cases.THREE_STATES)
        values = [Person(key, name) for key, name in cases.NAMES.items()]
        values += [course.citizen, *course.assignments, *course.assessments, *course.interventions]
        values += [*course.conversations, *course.categories, *course.plan]
        return [replace(value, event="") for value in values]
