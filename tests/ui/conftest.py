"""Windows without a screen. Qt must know before it is imported."""

from __future__ import annotations

import os
import shutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from caseload import CHEAP, PASSPHRASE
from PySide6.QtCore import QEvent
from sitting import CitizenRoom, Room

from progression.ui import theme
from progression.ui.citizen.page import CitizenPage
from progression.ui.preferences import Preferences
from progression.ui.window.main import MainWindow


def pytest_configure(config):
    # the platform without a screen says this of every window with a smallest size
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(scope="session")
def dressed(qapp):
    """The application with our fonts, the ring round the focus, and values cleared away in its thread, as in `app`."""
    from progression.ui.window.collecting import Collecting
    from progression.ui.window.focus import FocusRing

    theme.load_fonts()
    FocusRing(qapp)
    collecting = Collecting(qapp)
    yield qapp
    collecting.end()


@pytest.fixture
def look(dressed):
    """Put a theme and a text size in force: look("dark", 200). Light at 100 % to begin with and afterwards."""

    def apply(name="light", percent=100):
        # widgets of the test before would be dressed again too, each time longer
        dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        theme.apply(dressed, theme.Theme(name, percent))
        return theme.current()

    apply()
    yield apply
    apply()


@pytest.fixture
def settled(qtbot, dressed):
    """Wait until a window has nothing more to ask and has shown what it got."""

    def wait(window):
        while True:  # what is shown may ask again
            qtbot.waitUntil(lambda: not window.context.worker.busy and not resting(window), timeout=20_000)
            for _ in range(3):
                dressed.processEvents()
            dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not window.context.worker.busy and not resting(window):
                return

    def resting(window):
        """The page in view asks for the rest of its rows in a moment."""
        page = window.shell.stack.currentWidget() if window.shell is not None else None
        return bool(getattr(page, "unfinished", False))

    return wait


@pytest.fixture
def open_window(look, qtbot, dressed):
    """Make windows: open_window(folder, language="en"). `window.kept` lists the preferences it wrote."""
    made = []

    def open_(folder, size=(1440, 900), **preferences):
        kept = []
        chosen = Preferences(**{"theme": "light", **preferences})
        look(chosen.theme, chosen.percent)
        window = MainWindow(folder, chosen, kept.append)
        window.kept = kept
        made.append(window)
        window.resize(*size)
        window.begin()
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_
    for window in made:
        window.close()
        window.deleteLater()
    dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory):
    """A closed vault with a few invented citizens and the state folder that goes with it. Never opened again."""
    from progression.desk import demo, vaults

    folder, state = tmp_path_factory.mktemp("demo") / "vault", tmp_path_factory.mktemp("state")
    result = demo.build(folder, PASSPHRASE, citizens=12, kdf=CHEAP, state=state)
    vaults.close(result.opened.session, backup=False)
    return folder, state


@pytest.fixture
def demo_vault(demo_once, tmp_path):
    """A closed vault with a few invented citizens: a copy, and the same device, so it has no notice to give."""
    from progression.platform import folders
    from progression.store import device

    (made, state), folder = demo_once, tmp_path / "vault"
    shutil.copytree(made, folder)
    mark = device.state_file(folders.state_folder(), folder)
    mark.parent.mkdir(parents=True, mode=0o700)
    shutil.copyfile(device.state_file(state, made), mark)
    return folder


@pytest.fixture
def unlocked(open_window, demo_vault, settled):
    """A window on the invented citizens, at *I dag*."""

    def open_(**preferences):
        window = open_window(demo_vault, **preferences)
        window.unlock.secret.setText(PASSPHRASE)
        window.unlock.submit()
        settled(window)
        assert window.status.error == ""
        return window

    return open_


@pytest.fixture
def room(qtbot, look, tmp_path):
    """A vault with one citizen and a page's surroundings, without the window around it."""
    made = Room(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def citizen_room(qtbot, look, tmp_path):
    """The same with a citizen of some years."""
    made = CitizenRoom(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def citizen_page(citizen_room):
    """The page of that citizen, open (`citizen_page.room`)."""
    room = citizen_room
    made = CitizenPage(room.context)
    made.retranslate()
    made.restyle()
    room.show(made, 1256, 872)
    made.show_for("k")
    room.settle()
    room.settle()
    made.room = room
    return made
