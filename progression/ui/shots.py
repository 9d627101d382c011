"""Screenshots of every page, from the real window on a real vault: `python -m progression.ui.shots [FOLDER]`.

Works on a screen, under Xvfb, and offscreen. Pictures are named `page-language-theme.png`; `why-kind-…`
is the card of an attention point of that kind with its explanation.
"""

from __future__ import annotations

import argparse
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

from progression.ui import shots_reports, shots_window, theme
from progression.ui.preferences import Preferences
from progression.ui.window import MainWindow

if TYPE_CHECKING:
    from progression.analysis.values import Flag
    from progression.ui.citizen import CitizenPage
    from progression.ui.team import TeamPage

LONGEST = 60.0  # seconds for one step
KEYS = "43324"  # answers scored before the picture of the conversation; the rest before the finish panel
MORE_KEYS = "332432"
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
            self._first_start(Path(empty) / "vault")
        self.window = self._open(self.folder)
        self.grab("unlock")
        self.window.unlock.secret.setText(passphrase)
        self.window.unlock.submit()
        self.settle()
        self.grab("today")
        self._week()
        self._citizen()
        self._conversation()
        self._interventions()
        self._team()
        shots_reports.take(self.window, self.citizen, self.grab, self.settle)
        self.window.context.go("settings")
        self.settle()
        self.grab("settings")
        self.window.do("help")
        self.grab("keys")
        self.window.do("help")
        shots_window.take(self.window, self.preferences, self.grab, self.settle)
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
        start = window.start
        assert start is not None
        self.grab("start-1-language")
        start.show_step(start.account)
        start.account.name.setText("Mette Holm Andersen")
        start.account.first.setText("kaffe sten lampe ko")
        self.grab("start-2-passphrase")
        start.account.second.setText("kaffe sten lampe ko")
        start.make_vault()
        self.settle()
        self.grab("start-2-recovery-key")
        start.key.written.setChecked(True)
        start.key.primary.click()
        self.grab("start-3-begin")
        start.begin.entries["empty"].click()
        self.settle()
        self.grab("today-empty")
        self.window.context.go("week")
        self.grab("week-empty")
        self.window.context.go("interventions")
        self.grab("interventions-empty")
        self.window.context.go("team")
        self.grab("team-empty")
        self._close()

    def _citizen(self) -> None:
        from progression.ui.citizen import CitizenPage
        from progression.ui.today import TodayPage

        shell = self.window.shell
        assert shell is not None
        page = shell.page("today")
        assert isinstance(page, TodayPage) and page.value is not None
        page.add_citizen()
        self.grab("today-new-citizen")
        page.adding.closed.emit()
        rows = page.value.rows
        # the one with most to show: an attention point about a fall, and the longest curve
        row = max(rows, key=lambda r: (r.flag is not None and r.flag.kind == "regression", len(r.spark)))
        self.citizen = row.citizen
        self.window.context.opened.emit(row.citizen, row.name)
        self.window.context.go("citizen", row.citizen)
        self.settle()
        self.grab("citizen")
        shown = shell.page("citizen")
        assert isinstance(shown, CitizenPage)
        for card in shown.side.cards.values():
            card.why.setChecked(True)
        self.grab("citizen-why")
        shown.views.show_view("measures")
        self.grab("citizen-measures")
        self._register(shown)
        shown.views.show_view("timeline")
        self._each_explained()

    def _register(self, shown: CitizenPage) -> None:
        """The panels of the register, each beside the page."""
        side = shown.side
        side.open_plan()
        self.grab("citizen-plan")
        side.panel.buttons["new-agreement"].click()
        self.grab("citizen-plan-writing", side.panel)
        opening = {
            "small-step": side.small_step.click,
            "screening": side.screening.click,
            "decision": side.new_decision.click,
            "closing": side.open_close,
            "reopening": side.open_reopen,
        }
        for name, open_ in opening.items():
            open_()
            self.grab(f"citizen-{name}", side)
        side.close_panel()
        bar = side.overview().verticalScrollBar()
        bar.setValue(bar.maximum())
        self.grab("citizen-register", side)
        bar.setValue(0)

    def _each_explained(self) -> None:
        """One open attention point of each sort with its explanation, the whole card, as far as the vault has them."""
        from progression.desk import flags
        from progression.ui.citizen import CitizenPage

        found: list[Flag] = []
        self.window.context.run(flags.current, done=found.extend)
        self.settle()
        sorts = {
            "indicator" if flag.indicator else str(flag.kind): flag
            for flag in found  # the newest of each sort is what stays
            if flag.status == "open" and (flag.indicator is None or flag.kind == "regression")
        }
        for sort, flag in sorted(sorts.items()):
            self.window.context.go("citizen", flag.citizen)
            self.settle()
            page = self.window.shell.page("citizen") if self.window.shell else None
            assert isinstance(page, CitizenPage)
            card = page.side.cards[flag.id]
            card.why.setChecked(True)
            self.grab(f"why-{sort}", card)

    def _interventions(self) -> None:
        """What runs, each tab, and the panel that starts one, with a field marked."""
        from progression.ui.interventions import AddIntervention
        from progression.ui.running import OFFERS, PROVIDERS, TEAM, RunningPage

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
        from progression.ui.week import WeekPage

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
        from progression.ui.today import EVERYBODY, TodayPage
        from progression.ui.week import WeekPage

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
        from progression.ui.team import CALL_IN, COLLEAGUES, HANDOVERS, REVIEWS, CaseloadPanel

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
        from progression.ui.team import TeamPage

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
        from progression.ui import shots_side

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
            quiet = 0 if self.window.context.worker.busy else quiet + 1
            if not quiet:
                time.sleep(0.005)
        if self.window.status.error:
            raise RuntimeError(self.window.status.error)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a demo in a temporary folder and take every picture of it."""
    parser = argparse.ArgumentParser(prog="shots", description="Screenshots of every page.")
    parser.add_argument("out", nargs="?", type=Path, default=Path("out/shots"), help="where to (default: out/shots)")
    parser.add_argument("--size", default="1440x900", help="width x height of the window")
    parser.add_argument("--percent", type=int, default=100, help="text size, 80-200")
    parser.add_argument("--themes", default="light,dark", help="light, dark, contrast; separated by commas")
    chosen = parser.parse_args(arguments)
    width, height = (int(part) for part in chosen.size.split("x"))
    from progression.desk import demo, vaults

    passphrase = "invented people only"
    with tempfile.TemporaryDirectory() as base:
        for language, look in product(("da", "en"), chosen.themes.split(",")):
            folder = Path(base) / f"{language}-{look}"
            vaults.close(demo.build(folder, passphrase, language=language).opened.session, backup=False)
            for file in take(folder, passphrase, chosen.out, (language,), (look,), (width, height), chosen.percent):
                sys.stdout.write(f"{file}\n")
            many = Path(base) / f"many-{language}-{look}"
            made = demo.build(many, passphrase, citizens=CROWD, language=language)
            vaults.close(made.opened.session, backup=False)
            preferences = Preferences(language=language, theme=look, percent=chosen.percent)
            for file in crowded(many, passphrase, chosen.out, preferences, (width, height)):
                sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
