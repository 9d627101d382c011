"""Pictures of what one hopes never to see: an error, a fault of the program, and the door with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from progression.errors import KnownError
from progression.ui.saying import BugDialog

if TYPE_CHECKING:
    from progression.ui.window.main import MainWindow

Grab = Callable[..., object]


def take(window: MainWindow, grab: Grab, wait: Callable[[], None]) -> None:
    """Grab the notice of an error in the status bar, the dialog about a fault of ours, and the door with its reason.
    The window is locked afterwards."""
    window.context.go("today")
    wait()
    window.status.say("")  # what the picture before it said of the moment
    window.say_error(KnownError("disk.full", folder="Progression"))
    QApplication.processEvents()
    picture = window.grab()
    window.status.clear()  # else it would be taken for an error of the pictures
    grab("error", picture=picture)
    try:
        raise RuntimeError("invented")
    except RuntimeError as error:
        dialog = BugDialog(window.context.words, error, window)
    dialog.show()
    grab("fault", dialog)
    dialog.close()
    window.lock_with_system()
    grab("locked")
