"""Making estimates without being in the way: read on the database thread, computed on another, adopted by the first.

One at a time. Asked for in *Indstillinger*, or begun by itself where estimates are due and that is wished for - never
while a conversation is being scored: then it stops, and is taken up again afterwards.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from progression.words import estimates as say

if TYPE_CHECKING:
    from progression.analysis.values import Estimates
    from progression.desk.estimates import Basis
    from progression.desk.session import Changes, Session
    from progression.scales.model import Scale
    from progression.ui.page import Context

PATIENCE = 3000  # ms without news before looking whether estimates are due: the page in view comes first
LONGEST_STOP = 10.0  # seconds a closing window waits for the computing to stop
SCORING = "conversation"
_NEWS = frozenset({"assessment", "citizen", "setting", "scale"})


@dataclass(slots=True)
class Run:
    """What is under way. `part` 0-1. `asked`: a person asked for it, so that scoring does not stop it."""

    scale: str
    asked: bool
    part: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None


class Estimator(QObject):
    """The estimating of one window. `run` is what is under way, `failure` why the last one came to nothing."""

    moved = Signal()  # another step, begun, or over
    _told = Signal(object, str, object)  # run, kind, value: from the computing thread

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.context = context
        self.run: Run | None = None
        self.scale = ""  # of what is under way or was last
        self.failure: BaseException | None = None
        self.stopped = False  # the last one was stopped before it was done
        self._place = ""
        self._look = False  # something is new since it was last asked whether estimates are due
        self._told.connect(self._deliver)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PATIENCE)
        self.timer.timeout.connect(self.consider)
        context.changed.connect(self._changed)

    # what the window tells

    def opened(self) -> None:
        """A vault was unlocked."""
        self.failure, self.stopped = None, False
        self._soon()

    def at(self, place: str) -> None:
        """Another page is in view."""
        self._place = place
        if place == SCORING:
            if self.run is not None and not self.run.asked:
                self._stop(self.run)
                self._look = True
        elif self._look:
            self.timer.start()

    def end(self, *, wait: bool = False) -> None:
        """The vault is locked: stop and forget. `wait`: until the computing has stopped (the window closes)."""
        self.timer.stop()
        self._look = False
        run, self.run = self.run, None
        if run is not None:
            run.stop.set()
            if wait and run.thread is not None:
                run.thread.join(LONGEST_STOP)

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & _NEWS:
            self._soon()

    def _soon(self) -> None:
        self._look = True
        if self._place != SCORING:
            self.timer.start()

    # by itself

    def consider(self) -> None:
        """Begin what is due, if that is wished for and nothing speaks against it now."""
        if self._look and self.run is None and self._place != SCORING and self.context.session is not None:
            self._look = False
            self.context.run(due_by_itself, done=self._due)

    def _due(self, scales: tuple[str, ...]) -> None:
        if not scales or self.run is not None:
            return
        if self._place == SCORING:
            self._look = True
        else:
            self._look = len(scales) > 1  # the next one afterwards
            self.begin(scales[0], asked=False)

    # one run

    def begin(self, scale: str, *, asked: bool = True) -> None:
        """Make estimates for a scale and adopt them. Nothing happens while another run is under way."""
        if self.run is not None or self.context.session is None:
            return
        self.scale, self.failure, self.stopped = scale, None, False
        self.run = run = Run(scale, asked)
        self.moved.emit()

        def gathered(basis: Basis) -> None:
            self._compute(run, basis)

        self.context.run(gather, scale, done=gathered, failed=self._failed_on(run))

    def cancel(self) -> None:
        """Stop what is under way; what was in force stays in force."""
        if self.run is not None:
            self._stop(self.run)

    def _stop(self, run: Run) -> None:
        run.stop.set()
        if run is self.run:
            self.run, self.stopped = None, True
            self.moved.emit()

    def _compute(self, run: Run, basis: Basis) -> None:
        if run is not self.run:
            return

        def tell(kind: str, value: Any) -> None:
            if shiboken6.isValid(self):
                self._told.emit(run, kind, value)

        def work() -> None:
            from progression.desk import estimates

            try:
                found = estimates.fit(basis, lambda part: tell("progress", part), run.stop.is_set)
            except BaseException as error:  # handed over whole: nothing is caught and hidden
                tell("error", error)
            else:
                tell("found", (basis, found))

        run.thread = threading.Thread(target=work, name="estimating", daemon=True)
        run.thread.start()

    def _deliver(self, run: Run, kind: str, value: Any) -> None:
        if run is not self.run:  # stopped meanwhile, or the vault is locked
            return
        if kind == "progress":
            run.part = value
            self.moved.emit()
        elif kind == "error":
            self._failed_on(run)(value)
        else:

            def adopted(outcome: tuple[Changes, Estimates, Scale]) -> None:
                self._adopted(run, outcome)

            self.context.run(adopt, *value, done=adopted, failed=self._failed_on(run))

    def _adopted(self, run: Run, outcome: tuple[Changes, Estimates, Scale]) -> None:
        _changes, found, scale = outcome
        if run is self.run:
            self.run = None
        self.moved.emit()
        self.context.announce(say.adopted(self.context.words, found, scale))
        if self._look:
            self.timer.start()

    def _failed_on(self, run: Run) -> Any:
        def failed(error: BaseException) -> bool:
            if run is self.run:
                self.run, self.failure = None, error
                self.moved.emit()
                if not run.asked:  # nobody is looking at the section that would say it
                    self.context.failed.emit(error)
            return True

        return failed


def gather(session: Session, scale: str) -> Basis:
    """Read what the estimates are made from."""
    from progression.desk import estimates

    return estimates.gather(session, scale)


def adopt(session: Session, basis: Basis, found: Estimates) -> tuple[Changes, Estimates, Scale]:
    """Adopt them, and say for which scale."""
    from progression.desk import estimates, scales

    return estimates.adopt(session, basis, found), found, scales.listing(session)[found.scale]


def due_by_itself(session: Session) -> tuple[str, ...]:
    """The scales whose estimates are to be made without asking."""
    from progression.desk import estimates

    return estimates.due_scales(session) if estimates.automatic(session) else ()
