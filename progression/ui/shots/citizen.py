"""Pictures of *Borger*: its views, the panels beside it, each sort of attention point explained, and nobody yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from progression.ui.citizen.page import CitizenPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from progression.analysis.values import Flag
    from progression.ui.window.main import MainWindow

Grab = Callable[..., object]
Wait = Callable[[], None]


def take(window: MainWindow, citizen: str, grab: Grab, wait: Wait) -> None:
    """Grab every picture of a citizen's page: `grab(name, widget)`; `wait` until what was asked for is shown."""
    page = _open(window, citizen, wait)
    grab("citizen")
    _correct(window, page, wait)  # so that the history has something to tell
    _views(page, grab)
    for card in page.side.cards.values():
        card.why.setChecked(True)
    grab("citizen-why")
    _register(page, grab)
    _each_explained(window, grab, wait)


def _correct(window: MainWindow, page: CitizenPage, wait: Wait) -> None:
    """Change one answer of the latest assessment, as a caseworker who mistyped would."""
    from progression.desk import conversations

    assert page.value is not None
    last = max((a for a in page.value.course.assessments if a.rater == "caseworker"), key=lambda a: a.date)
    code = next(code for code, answer in last.answers.items() if answer in (2, 3))
    given = (last.citizen, "caseworker", last.scale, last.date, last.mode, {**last.answers, code: 4})
    window.context.run(conversations.finish, *given, dict(last.notes), last.note)
    wait()


def _open(window: MainWindow, citizen: str, wait: Wait) -> CitizenPage:
    window.context.go("citizen", citizen)
    wait()
    page = window.shell.page("citizen") if window.shell else None
    assert isinstance(page, CitizenPage)
    return page


def _views(page: CitizenPage, grab: Grab) -> None:
    views = page.views
    views.timeline.zoom(2)
    grab("citizen-chosen-days")
    views.timeline.show_all()
    for chosen in (2, 0):  # one indicator large, and back to the whole scale
        views.subject.setCurrentIndex(chosen)
        views.show_subject()
        if chosen:
            grab("citizen-indicator")
    for name in ("radar", "table", "measures"):
        views.show_view(name)
        grab(f"citizen-{name}")
    views.show_history()
    grab("citizen-history")
    views.show_view("timeline")
    bar = page.scroll_bar()
    bar.setValue(bar.maximum())
    grab("citizen-multiples", views.indicators)
    bar.setValue(0)


def _register(page: CitizenPage, grab: Grab) -> None:
    """The panels of the register, each beside the page."""
    side = page.side
    side.open_plan()
    grab("citizen-plan")
    panel = side.panel
    assert panel is not None
    panel.buttons["new-agreement"].click()
    grab("citizen-plan-writing", panel)
    opening: dict[str, Callable[[], object]] = {
        "small-step": side.small_step.click,
        "screening": side.screening.click,
        "decision": side.new_decision.click,
        "closing": side.open_close,
        "reopening": side.open_reopen,
    }
    for name, open_ in opening.items():
        open_()
        grab(f"citizen-{name}", side)
    side.close_panel()
    bar = side.overview().verticalScrollBar()
    bar.setValue(bar.maximum())
    grab("citizen-register", side)
    bar.setValue(0)


def _each_explained(window: MainWindow, grab: Grab, wait: Wait) -> None:
    """One open attention point of each sort with its explanation, the whole card, as far as the vault has them."""
    from progression.desk import flags

    found: list[Flag] = []
    window.context.run(flags.current, done=found.extend)
    wait()
    sorts = {
        "indicator" if flag.indicator else str(flag.kind): flag
        for flag in found  # the newest of each sort is what stays
        if flag.status == "open" and (flag.indicator is None or flag.kind == "regression")
    }
    for sort, flag in sorted(sorts.items()):
        page = _open(window, flag.citizen, wait)
        card: QWidget = page.side.cards[flag.id]
        page.side.cards[flag.id].why.setChecked(True)
        grab(f"why-{sort}", card)


def nobody_yet(window: MainWindow, name: str, grab: Grab, wait: Wait) -> None:
    """The page of a citizen nobody has met, who is added to the vault for it."""
    from progression.casework.values import Citizen
    from progression.desk import citizens

    found: list[str] = []
    window.context.run(citizens.add, Citizen("", "", name), done=lambda made: found.append(made[0]))
    wait()
    _open(window, found[0], wait)
    grab("citizen-empty")
