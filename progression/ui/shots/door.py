"""Pictures of what one meets before anything is open: the first start step by step, and the door with what can go
wrong at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progression.ui.window.main import MainWindow

Grab = Callable[[str], None]
Wait = Callable[[], None]
GOOD, SHORT = "kaffe sten lampe ko", "kaffe"


def first_start(window: MainWindow, grab: Grab, wait: Wait) -> None:
    """Walk through the first start of `window`, which ends in a vault of its own with nobody in it."""
    start = window.start
    assert start is not None
    grab("start-1-language")
    start.show_step(start.account)
    start.account.first.setText(SHORT)
    start.account.submit()
    grab("start-2-missing")
    start.account.name.setText("Mette Holm Andersen")
    start.account.first.setText(GOOD)
    start.account.second.setFocus()
    start.account.second.setText("kaffe sten")
    grab("start-2-passphrase")
    start.account.second.setText(GOOD)
    start.make_vault()
    wait()
    grab("start-2-recovery-key")
    start.key.written.setChecked(True)
    start.key.primary.click()
    grab("start-3-begin")
    start.begin.set_busy(True)
    start.begin.show_progress(0.4)
    grab("start-3-making")
    start.begin.set_busy(False)
    start.begin.entries["empty"].click()
    wait()


def unlocking(window: MainWindow, passphrase: str, grab: Grab, wait: Wait) -> None:
    """The door of `window`: as one meets it, after a wrong passphrase, asking for the recovery key; then unlocked."""
    door = window.unlock
    grab("unlock")
    door.secret.setText(f"{passphrase}?")
    door.submit()
    wait()
    grab("unlock-wrong")
    door.use_recovery(True)
    grab("unlock-recovery")
    door.use_recovery(False)
    door.secret.setText(passphrase)
    door.submit()
