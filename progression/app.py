"""The window, as a recipe: preferences, fonts, window, unlock, open.

Nothing of store, numpy, pyqtgraph, reportlab or scipy is imported before the first picture is on the screen.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from progression.platform import instances
from progression.platform.folders import config_folder, default_vault
from progression.ui import preferences as prefs
from progression.ui import theme
from progression.ui.mark import window_icon
from progression.ui.window.crash import Watch
from progression.ui.window.focus import FocusRing
from progression.ui.window.main import MainWindow
from progression.ui.window.screens import keep_on_screen


def main(
    folder: Path | None = None,
    *,
    passphrase: str = "",
    language: str = "",
    config: Path | None = None,
    painted: Callable[[], None] | None = None,
) -> int:
    """Open the window and stay until it is closed; returns the exit code. A vault has one window: where there is one
    already it comes to the front, and that is all.

    `folder`: the vault; without it the one used last, else the default one. `passphrase`: unlocks at once (the demo).
    `language` overrules the preferences. `config`: the preferences file. `painted` is called after the first picture.
    """
    path = config or config_folder() / "window.json"
    chosen = prefs.load(path)
    if language:
        chosen = prefs.replace_language(chosen, language)
    folder = folder or _last_vault(chosen)
    if instances.call(instances.channel(folder)) is not None:
        return 0
    app = application()
    theme.load_fonts()
    theme.apply(app, theme.choose(chosen.theme, chosen.percent))
    window = MainWindow(folder, chosen, partial(prefs.save, path))
    watch = Watch(window.say_error, window)
    theme.follow(window.restyle)
    keep_on_screen(window)
    app.screenRemoved.connect(lambda _screen: QTimer.singleShot(0, window, lambda: keep_on_screen(window)))
    window.setWindowIcon(window_icon())
    window.begin()
    window.painted.connect(lambda: _after_paint(window, passphrase, painted))
    window.show()
    window.activateWindow()  # a screen reader begins where the keys go
    try:
        return app.exec()
    finally:
        watch.end()


def application() -> QApplication:
    """The one QApplication: its name, its style, and a ring round what has the focus."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    app.setApplicationName("Progression")
    FocusRing(app)
    return app


def _last_vault(chosen: prefs.Preferences) -> Path:
    from progression.desk import places

    last = Path(chosen.folder)
    return last if chosen.folder and places.exists(last) else default_vault()


def _after_paint(window: MainWindow, passphrase: str, painted: Callable[[], None] | None) -> None:
    """Now there is something to look at: unlock if asked to, and fetch what the first click will need."""
    from progression.ui.window.collecting import Collecting

    gc.freeze()
    Collecting(window)
    if painted is not None:
        painted()
    _join_system(window)
    _warm_pages(window)
    if passphrase:
        window.unlock.secret.setText(passphrase)
        window.unlock.submit()
    QTimer.singleShot(50, window, lambda: window.context.worker.run(_warm_up, done=window.warmed))


def _join_system(window: MainWindow) -> None:
    """A second start finds this window, and the vault locks when the computer does."""
    from progression.ui.window.instance import Instance, bring_forward
    from progression.ui.window.session_lock import SessionLock

    instance = Instance(window)
    instance.asked.connect(lambda: bring_forward(window))
    instance.listen(window.folder)
    window.at.connect(instance.listen)
    locking = SessionLock(int(window.winId()), window)
    locking.locked.connect(window.lock_with_system)
    application().aboutToQuit.connect(locking.end)


def _warm_pages(window: MainWindow) -> None:
    """Each time a vault is opened, what the first click on a page needs is fetched behind the rows."""
    from progression.ui.window.warming import Warming

    Warming(window)


def _warm_up() -> None:
    """On the database thread, while the passphrase is being typed: all that unlocking and the first rows of I dag
    import when they are asked for."""
    import progression.analysis.analyse
    import progression.desk.search
    import progression.desk.settings
    import progression.desk.today
    import progression.desk.typed
    import progression.desk.vaults
    import progression.store.caseload
    import progression.store.cohort
    import progression.store.queries
    import progression.store.talks
    import progression.store.vault

    progression.desk.today.warm()


if __name__ == "__main__":
    sys.exit(main())
