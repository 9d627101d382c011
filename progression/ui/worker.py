"""The one database thread. The window never touches SQL: it hands over an operation and gets a value through a signal.

A single-worker executor owns the vault's connection. Every outcome - value, known error, bug - comes back through one
Qt signal in the window's thread. After `lock` nothing that was still on its way is delivered.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from progression.desk.session import Session

Operation = Callable[..., Any]
Done = Callable[[Any], object]
Failed = Callable[[BaseException], bool | None]
Progress = Callable[..., None]


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """The user stopped a long operation; what it did not finish was rolled back."""


@dataclass(slots=True)
class _Course:
    """What both threads know of an operation. `last`: when it last told how far it is, s."""

    stoppable: bool
    cancelled: bool = False
    last: float = 0.0
    error: BaseException | None = None


@dataclass(slots=True)
class _Ticket:
    """Whom to tell. It stays in the window's thread: a widget that the other held last would be destroyed there."""

    course: _Course
    done: Done | None
    failed: Failed | None
    progress: Progress | None
    late: tuple[Done, Failed] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one operation came to: `kind` "value", "error" or "progress"."""

    ticket: int
    kind: str
    value: Any


class Job:
    """A handle on a running operation."""

    def __init__(self, course: _Course | None = None) -> None:
        self._course = course

    def cancel(self) -> None:
        """Ask the operation to stop at its next step; it then fails with Cancelled."""
        if self._course is not None:
            self._course.cancelled = True

    @property
    def error(self) -> BaseException | None:
        """What it failed with, None where it did not or has not run yet; to be asked on the database thread."""
        return self._course.error if self._course is not None else None


class Worker(QObject):
    """Runs operations one at a time, in the order they were asked for."""

    outcome = Signal(object)  # Outcome
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._tickets: dict[int, _Ticket] = {}
        self._numbers = itertools.count(1)
        self.outcome.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """True while an operation waits or runs."""
        return bool(self._tickets)

    def run(
        self,
        operation: Operation,
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
        late: tuple[Done, Failed] | None = None,
        **named: Any,
    ) -> Job:
        """Call `operation(*args, **named)` on the database thread.

        `done(value)` or `failed(error)` is called in the window's thread. With `progress` the operation is also given
        `progress=`, a callable whose arguments are handed on, at most 20 times a second, and that raises Cancelled once
        the job was cancelled. `late`: whom to tell in place of `done` and `failed` where the vault was locked
        meanwhile; nobody, where it is None.
        """
        number = next(self._numbers)
        course = _Course(stoppable=progress is not None)
        self._tickets[number] = _Ticket(course, done, failed, progress, late)
        if course.stoppable:
            named["progress"] = self._reporter(number, course)
        if len(self._tickets) == 1:
            self.busy_changed.emit(True)
        self._executor.submit(self._work, number, course, operation, args, named)
        return Job(course)

    def _reporter(self, number: int, course: _Course) -> Progress:
        def report(*values: Any) -> None:
            if course.cancelled:
                raise Cancelled
            now = time.monotonic()
            if now - course.last >= 0.05:
                course.last = now
                self.outcome.emit(Outcome(number, "progress", values))

        return report

    def _work(
        self, number: int, course: _Course, operation: Operation, args: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        try:
            if course.cancelled and course.stoppable:
                raise Cancelled
            result = Outcome(number, "value", operation(*args, **named))
        except BaseException as error:  # handed over whole: nothing is caught and hidden
            course.error = error
            result = Outcome(number, "error", error)
        if shiboken6.isValid(self):
            self.outcome.emit(result)

    @Slot(object)
    def _deliver(self, outcome: Outcome) -> None:
        ticket = self._tickets.get(outcome.ticket)
        if ticket is None:  # the vault was locked meanwhile
            return
        if outcome.kind == "progress":
            _call(ticket.progress, *outcome.value)
            return
        del self._tickets[outcome.ticket]
        if not self._tickets:
            self.busy_changed.emit(False)
        if outcome.kind == "value":
            _call(ticket.done, outcome.value)
        elif ticket.failed is not None:
            _call(ticket.failed, outcome.value)
        else:
            raise outcome.value

    def wait(self) -> None:
        """Block until the thread has done all it was given (when the window closes). Nothing is delivered here."""
        self._executor.submit(lambda: None).result()

    def forget(self) -> list[Job]:
        """Deliver nothing of what is still on its way, and return it; long jobs stop, short ones (a draft being kept)
        are done. Whoever asked to be told late is."""
        waiting = list(self._tickets.items())
        self._tickets.clear()
        for number, ticket in waiting:
            ticket.course.cancelled = ticket.course.stoppable
            if ticket.late is not None:
                ticket.done, ticket.failed = ticket.late
                ticket.progress = None
                self._tickets[number] = ticket
        if waiting and not self._tickets:
            self.busy_changed.emit(False)
        return [Job(ticket.course) for _number, ticket in waiting]

    def lock(
        self, close: Callable[[Session, list[Job]], None], done: Done | None = None, failed: Failed | None = None
    ) -> None:
        """Forget what is on its way and close the vault on its own thread, after what was already asked for: `close` is
        given that too."""
        waiting = self.forget()
        session, self.session = self.session, None
        if session is not None:
            self.run(close, session, waiting, done=done, failed=failed)

    def end(self, close: Callable[[Session, list[Job]], None]) -> None:
        """Close the vault and end the thread; waits. `close` is given what was already asked for. Raises what closing
        raised."""
        waiting = self.forget()
        session, self.session = self.session, None
        try:
            if session is not None:
                self._executor.submit(close, session, waiting).result()
        finally:
            self._executor.shutdown(wait=True)


def _call(target: Callable[..., Any] | None, *values: Any) -> None:
    """Call back, unless the widget that asked is gone."""
    owner = getattr(target, "__self__", None)
    if target is None or (isinstance(owner, QObject) and not shiboken6.isValid(owner)):
        return
    target(*values)
