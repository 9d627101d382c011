"""app and demo: what ends with a window on the screen."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from progression.commands.base import Command, Context, a_count, given_passphrase
from progression.commands.working import working
from progression.errors import KnownError
from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.analysis.values import Flag
    from progression.desk.session import Session

REPORTS = 3  # case reports the demo writes, of citizens worth looking at


def app(context: Context) -> int:
    """Open the window."""
    # what is made before the first picture stays for good: looking through it for what may go takes a twentieth of the
    # time. `app.main` turns it on again when the picture is there
    gc.disable()
    from progression import app as window

    try:
        return window.main(
            folder=Path(context.arguments.db) if context.arguments.db else None, language=context.arguments.language
        )
    finally:
        gc.enable()


def demo(context: Context) -> int:
    """Fill a demo vault, say whom to look at, write reports and open the window where there is a screen."""
    import secrets

    from progression.commands import estimating
    from progression.desk import demo as operation
    from progression.desk import vaults

    arguments, w = context.arguments, context.w
    given = given_passphrase(arguments) if arguments.db else None
    passphrase = given or f"demo-{secrets.token_hex(4)}"
    folder = Path(arguments.db) if arguments.db else _own_folder()
    out = _folder_for_reports(arguments.out)  # said before the work, not after it
    result = operation.build(
        folder, passphrase, citizens=arguments.citizens, seed=arguments.seed, language=w.language, progress=_progress(w)
    )
    session = result.opened.session
    try:
        if not arguments.no_refit:
            with working(w):
                told = estimating.refit_where_due(w, session)
            estimating.say_on_stderr(told)
        print(w.t("An invented municipality with {n} citizens lies in {folder}.", n=arguments.citizens, folder=folder))
        if not given:  # whoever gave one knows it, and it may be one they use elsewhere
            print(w.t("Passphrase: {passphrase}", passphrase=passphrase))
        _whom_to_look_at(w, session, out)
    finally:
        vaults.close(session, backup=False)
    if not _screen():
        print(w.t("There is no screen here, so the window is not opened."))
        return 0
    from progression import app as window

    return window.main(folder=folder, language=arguments.language, passphrase=passphrase)


def _folder_for_reports(named: str | None) -> Path | None:
    """The folder of --out, made if need be. Raises KnownError("file.unwritable", file)."""
    if not named:
        return None
    try:
        Path(named).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError("file.unwritable", file=named) from error
    return Path(named)


def _own_folder() -> Path:
    """A new folder for this demo, so that an earlier one is not overwritten."""
    from progression.desk import vaults

    parent = vaults.default_folder().parent
    serial = 1
    while (parent / f"demo-{serial}").exists():
        serial += 1
    return parent / f"demo-{serial}"


def _progress(w: Words) -> Callable[[float], None]:
    on_terminal = sys.stderr.isatty()

    def show(part: float) -> None:
        if on_terminal:
            end = "\n" if part >= 1 else ""
            print(
                "\r" + w.t("Inventing a municipality: {percent}%", percent=round(part * 100)), end=end, file=sys.stderr
            )

    return show


def _whom_to_look_at(w: Words, session: Session, out: Path | None) -> None:
    from progression.desk import citizens, documents, flags, reports, scales
    from progression.words import flags as say

    names = {c.citizen: c.name for c in citizens.listing(session)}
    installed = scales.listing(session)
    chosen: dict[tuple[str, bool], Flag] = {}
    for flag in flags.current(session):
        sort = flag.kind, flag.indicator is not None
        if flag.status == "open" and sort not in chosen:
            chosen[sort] = flag
            print(f"  {flag.number}  {names[flag.citizen]}: {say.headline(w, flag, installed[flag.scale])}.")
    if out is None:
        return
    for flag in list(chosen.values())[:REPORTS]:
        path = reports.case(session, flag.citizen, out / f"{flag.number}.pdf")
        print(f"  {path}")
        for kind in ("citizen", "handover"):
            made = documents.read(session, kind, flag.citizen).made()
            print(f"  {documents.save(session, made, out / f'{flag.number}-{kind}.pdf')}")


def _screen() -> bool:
    """True where a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _demo(parser: argparse.ArgumentParser, w: Words) -> None:
    how_many = w.t("how many citizens; 60 unless given")
    parser.add_argument("--citizens", type=a_count(w), default=60, metavar="N", help=how_many)
    parser.add_argument("--seed", type=int, default=2026, metavar="S", help=w.t("the same seed gives the same people"))
    parser.add_argument("--out", metavar="DIR", help=w.t("write a few reports to this folder"))
    parser.add_argument("--no-refit", action="store_true", help=w.t("leave the estimates as they are, even if due"))


COMMANDS = (
    Command("app", N_("open the window (this is what happens without a command)"), ("app",), app),
    Command(
        "demo",
        N_("an invented municipality to try everything on"),
        ("demo", "demo --citizens 20 --out ./out"),
        demo,
        _demo,
    ),
)
