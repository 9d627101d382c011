"""Screenshots of every page, from the real window on a real vault: `python -m progression.ui.shots [FOLDER]`.

Works on a screen, under Xvfb, and offscreen. Pictures are named `page-language-theme.png`; `why-kind-…`
is the card of an attention point of that kind with its explanation.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from progression.ui import theme
from progression.ui.preferences import Preferences
from progression.ui.shots import citizen as shots_citizen
from progression.ui.shots import door as shots_door
from progression.ui.shots import faults as shots_faults
from progression.ui.shots import reports as shots_reports
from progression.ui.shots import window as shots_window
from progression.ui.window.main import MainWindow

if TYPE_CHECKING:
    from progression.ui.team.page import TeamPage

LONGEST = 60.0  # seconds for one step
KEYS = "43324"  # answers scored before the picture of the conversation; the rest before the finish panel
MORE_KEYS = "332432"
SIZES = ("1280x720", "1920x1080")  # of --all
THEMES = ("light", "dark", "contrast")
PASSPHRASE = "invented people only"
CROWD = 140  # invented citizens: about 130 running cases


def take(
    folder: Path,
    passphrase: str,
    out: Path,
    languages: Sequence[str] = ("da", "en"),
    themes: Sequence[str] = ("light", "dark"),
    size: tuple[int, int] = (1440, 900),
    percent: int = 100,
) -> list[Path]:
    """Open the window on the vault in `folder` for every language and theme and save a picture of every page.

    The conversation is scored and finished, so the vault changes: use one that nobody needs. Raises RuntimeError when a
    page does not settle within a minute or a page says that something went wrong.
    """
    from progression.app import application

    app = application()
    theme.load_fonts()
    out.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for language, look in product(languages, themes):
        session = _Session(app, folder, Preferences(language=language, theme=look, percent=percent), out, size)
        made += session.run(passphrase)
    return made


def crowded(
    folder: Path, passphrase: str, out: Path, preferences: Preferences, size: tuple[int, int] = (1440, 900)
) -> list[Path]:
    """Save pictures of the pages that list citizens, from a vault with many. Raises as `take`."""
    from progression.app import application

    app = application()
    theme.load_fonts()
    out.mkdir(parents=True, exist_ok=True)
    return _Session(app, folder, preferences, out, size).crowd(passphrase)


class _Session:
    """One window in one language and one theme, from the first start to the settings."""

    def __init__(
        self, app: QApplication, folder: Path, preferences: Preferences, out: Path, size: tuple[int, int]
    ) -> None:
        self.app, self.folder, self.out, self.size = app, folder, out, size
        self.preferences = preferences
        self.made: list[Path] = []

    def run(self, passphrase: str) -> list[Path]:
        theme.apply(self.app, theme.choose(self.preferences.theme, self.preferences.percent))
        with tempfile.TemporaryDirectory() as empty:
            self._first_start(_place(Path(empty), self.preferences.language))
        self.window = self._open(self.folder)
        shots_door.unlocking(self.window, passphrase, self.grab, self.settle)
        self.settle()
        self.grab("today")
        self._week()
        self._citizen()
        self._conversation()
        self._interventions()
        self._team()
        shots_reports.take(self.window, self.citizen, self.grab, self.settle)
        self.window.do("help")
        self.grab("keys")
        self.window.do("help")
        shots_window.take(self.window, self.preferences, self.grab, self.settle)
        shots_citizen.nobody_yet(self.window, "Sofie Nytoft", self.grab, self.settle)
        shots_faults.take(self.window, self.grab, self.settle)
        self._close()
        return self.made

    def _open(self, folder: Path) -> MainWindow:
        window = MainWindow(folder, self.preferences, lambda _changed: None)
        self.window = window
        window.resize(*self.size)
        window.begin()
        window.show()
        self.settle()
        return window

    def _close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _first_start(self, folder: Path) -> None:
        window = self._open(folder)
        shots_door.first_start(window, self.grab, self.settle)
        self.grab("today-empty")
        self.window.context.go("week")
        self.grab("week-empty")
        self.window.context.go("interventions")
        self.grab("interventions-empty")
        self.window.context.go("team")
        self.grab("team-empty")
        self._close()

    def _citizen(self) -> None:
        from progression.ui.today.page import TodayPage

        self.window.context.go("today")
        self.settle()
        shell = self.window.shell
        assert shell is not None
        page = shell.page("today")
        assert isinstance(page, TodayPage) and page.value is not None
        page.add_citizen()
        self.grab("today-new-citizen")
        page.adding.closed.emit()
        page.search.setText("qqq")
        self.grab("today-nobody")
        page.clear_filters()
        rows = page.value.rows
        # the one with most to show: an attention point about a fall, and the longest curve
        row = max(rows, key=lambda r: (r.flag is not None and r.flag.kind == "regression", len(r.spark)))
        self.citizen = row.citizen
        self.window.context.opened.emit(row.citizen, row.name)
        shots_citizen.take(self.window, self.citizen, self.grab, self.settle)

    def _interventions(self) -> None:
        """What runs, each tab, and the panel that starts one, with a field marked."""
        from progression.ui.panels.intervention import AddIntervention
        from progression.ui.running.page import OFFERS, PROVIDERS, TEAM, RunningPage

        self.window.context.go("interventions")
        self.settle()
        self.grab("interventions")
        page = self.window.shell.page("interventions") if self.window.shell else None
        assert isinstance(page, RunningPage)
        page.start_one()
        panel = page.side.panel
        assert isinstance(panel, AddIntervention)
        panel.send()
        self.grab("interventions-start")
        page.side.close_panel()
        for tab in (TEAM, PROVIDERS, OFFERS):
            page.show_tab(tab)
            self.grab(f"interventions-{tab}")

    def _conversation(self) -> None:
        self.window.context.go("conversation", self.citizen)
        self.settle()
        page = self.window.shell.current() if self.window.shell else None
        assert page is not None
        for key in KEYS:
            self.press(page, key)
        self.settle()
        self.grab("conversation")
        for key in MORE_KEYS:
            self.press(page, key)
        self.settle()
        finish: Callable[[], None] = page.finish  # type: ignore[attr-defined]
        finish()
        self.settle()
        self.grab("conversation-finished")
        self._citizen_side()

    def _week(self) -> None:
        """This week, the next one, and the panel that plans a conversation."""
        from progression.ui.today.week import WeekPage

        self.window.context.go("week")
        self.grab("week")
        page = self.window.shell.current() if self.window.shell else None
        assert isinstance(page, WeekPage)
        page.go(1)
        self.grab("week-next")
        page.plan()
        self.grab("week-plan")
        page.side.put_away()

    def crowd(self, passphrase: str) -> list[Path]:
        """I dag and the week of everybody, in a vault with many."""
        from progression.ui.today.page import EVERYBODY, TodayPage
        from progression.ui.today.week import WeekPage

        theme.apply(self.app, theme.choose(self.preferences.theme, self.preferences.percent))
        self.window = self._open(self.folder)
        self.window.unlock.secret.setText(passphrase)
        self.window.unlock.submit()
        self.settle()
        for name in ("today", "week"):
            self.window.context.go(name)
            self.settle()
            page = self.window.shell.current() if self.window.shell else None
            assert isinstance(page, (TodayPage, WeekPage))
            page.whose.setCurrentIndex(page.whose.findData(EVERYBODY))
            if isinstance(page, WeekPage):
                page.go(1)
            else:
                page.refresh()
            self.grab(f"{name}-crowded")
        self._team_front("-crowded")
        self._close()
        return self.made

    def _team(self) -> None:
        """Colleagues, handing over the largest caseload, and the year's case reviews."""
        from progression.ui.team.caseload import CaseloadPanel
        from progression.ui.team.page import CALL_IN, COLLEAGUES, HANDOVERS, REVIEWS

        page = self._team_front("")
        assert page.value is not None
        page.show_tab(COLLEAGUES)
        load = max(page.value.loads.rows, key=lambda row: len(row.citizens))
        page.look_at(next(one for one in page.value.colleagues if one.person == load.key))
        self.grab("team-colleague")
        panel = page.side.panel
        assert isinstance(panel, CaseloadPanel)
        panel.hand_over.emit()
        self.grab("team-handover")
        page.side.close_panel()
        page.show_tab(REVIEWS)
        self.grab("team-reviews")
        page.show_tab(HANDOVERS)
        self.settle()
        if page.entries:
            next(iter(page.entries.values())).click()
        self.grab("team-handovers")
        page.show_tab(CALL_IN)
        self.settle()
        page.calling.whose.choose("all")
        page.calling.came.emit()
        if page.entries:
            next(iter(page.entries.values())).click()
        self.grab("team-call-in")
        page.show_tab(COLLEAGUES)
        page.open_norms()
        self.grab("team-norms")
        page.side.close_panel()

    def _team_front(self, crowded: str) -> TeamPage:
        """The front: one's own team, or everybody where it is crowded; and a list behind a figure."""
        from progression.ui.team.page import TeamPage

        self.window.context.go("team")
        self.settle()
        page = self.window.shell.current() if self.window.shell else None
        assert isinstance(page, TeamPage)
        if crowded:
            page.front.team.setCurrentIndex(0)
        self.settle()
        self.grab(f"team{crowded}")
        page.front.open_list("without")
        self.grab(f"team-list{crowded}")
        page.side.close_panel()
        return page

    def _citizen_side(self) -> None:
        """What the citizen sees, in a window of its own."""
        from progression.ui.shots import side as shots_side

        shots_side.take(self.window.context, self.citizen, self.size, KEYS[:2], self.grab, self.settle)

    def press(self, page: QWidget, key: str) -> None:
        """A key, as if typed into the page."""
        code = Qt.Key(ord(key))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.app.sendEvent(page, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, key))

    def grab(self, name: str, widget: QWidget | None = None, picture: QPixmap | None = None) -> None:
        """Save a picture of the window, or of another one, or one that is painted already."""
        self.settle()
        file = self.out / f"{name}-{self.preferences.language}-{self.preferences.theme}.png"
        if not (picture or (widget or self.window).grab()).save(str(file)):
            raise RuntimeError(f"cannot write {file.name}")
        self.made.append(file)

    def settle(self) -> None:
        """Wait until nothing is asked for any more and everything is painted."""
        end = time.monotonic() + LONGEST
        quiet = 0
        while quiet < 3:
            if time.monotonic() > end:
                raise RuntimeError("the window did not come to rest")
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            page = self.window.shell.current() if self.window.shell else None
            waits = self.window.context.worker.busy or getattr(page, "unfinished", False)
            quiet = 0 if waits else quiet + 1
            if not quiet:
                time.sleep(0.005)
        if self.window.status.error:
            raise RuntimeError(self.window.status.error)


def twins(made: Sequence[Path]) -> list[tuple[str, str]]:
    """Return the pairs of files that are byte for byte the same picture: one of the two does not show what its name
    says."""
    first: dict[bytes, str] = {}
    found = []
    for file in made:
        key = hashlib.sha256(file.read_bytes()).digest()
        if key in first:
            found.append((first[key], file.name))
        first.setdefault(key, file.name)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a demo in a temporary folder and take every picture of it. Exit code 1 where two pictures are the same."""
    parser = argparse.ArgumentParser(prog="shots", description="Screenshots of every page.")
    parser.add_argument("out", nargs="?", type=Path, default=Path("out/shots"), help="where to (default: out/shots)")
    parser.add_argument("--size", default="1440x900", help="width x height of the window")
    parser.add_argument("--percent", type=int, default=100, help="text size, 80-200")
    parser.add_argument("--languages", default="da,en", help="da, en; separated by commas")
    parser.add_argument("--themes", default="light,dark", help="light, dark, contrast; separated by commas")
    every = f"both languages, three themes, {' and '.join(SIZES)}: a folder for each size (about half an hour)"
    parser.add_argument("--all", action="store_true", help=every)
    chosen = parser.parse_args(arguments)
    themes = THEMES if chosen.all else chosen.themes.split(",")
    languages = ("da", "en") if chosen.all else chosen.languages.split(",")
    same: list[tuple[str, str]] = []
    for size in SIZES if chosen.all else (chosen.size,):
        folder = chosen.out / size if chosen.all else chosen.out
        for language, look in product(languages, themes):
            preferences = Preferences(language=language, theme=look, percent=chosen.percent)
            width, height = (int(part) for part in size.split("x"))
            same += twins(_of_demo(folder, preferences, (width, height)))
    for one, other in same:
        sys.stderr.write(f"{other} is the same picture as {one}\n")
    return 1 if same else 0


def _place(base: Path, language: str) -> Path:
    """Where the database of a picture lies: pages say the last two names of it, and they should be somebody's."""
    return base / {"da": "Dokumenter"}.get(language, "Documents") / "Progression"


def _of_demo(out: Path, preferences: Preferences, size: tuple[int, int]) -> list[Path]:
    """Every picture in one language, look and size, of demos made and thrown away; each is named once it is there."""
    from progression.desk import demo, vaults

    language, look = preferences.language, preferences.theme
    with tempfile.TemporaryDirectory() as base:
        few, many = _place(Path(base), language), Path(base) / "many"
        vaults.close(demo.build(few, PASSPHRASE, language=language).opened.session, backup=False)
        made = take(few, PASSPHRASE, out, (language,), (look,), size, preferences.percent)
        vaults.close(demo.build(many, PASSPHRASE, citizens=CROWD, language=language).opened.session, backup=False)
        made += crowded(many, PASSPHRASE, out, preferences, size)
    sys.stdout.writelines(f"{file}\n" for file in made)
    sys.stdout.flush()
    return made


if __name__ == "__main__":
    sys.exit(main())
