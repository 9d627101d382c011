"""The installed program checks itself: libraries, fonts, catalogues, a vault round trip, an analysis, a PDF."""

from __future__ import annotations

import importlib
import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from progression.resources import asset
from progression.words import LANGUAGES, Words

LIBRARIES = (
    "PySide6.QtWidgets",
    "pyqtgraph",
    "sqlcipher3",
    "sqlite_utils",
    "numpy",
    "reportlab",
    "babel",
    "cryptography",
    "pikepdf",
    "PIL.Image",
)
FONTS: tuple[str, ...] = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-Medium.ttf", "IBMPlexSans-SemiBold.ttf")
FONTS += ("IBMPlexSansArabic-Regular.ttf", "IBMPlexSansArabic-SemiBold.ttf")
_PASSPHRASE = "self test of an empty vault"  # protects nothing: the vault is invented, and deleted afterwards


@dataclass(frozen=True, slots=True)
class Result:
    """One part that was checked, in a sentence."""

    ok: bool
    text: str


def run(w: Words) -> Iterator[Result]:
    """Check one part after another. A part that fails is named with the kind of error; the rest still runs."""
    with tempfile.TemporaryDirectory(prefix="progression-self-test-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)  # holds an invented, encrypted vault and nothing else
        parts: tuple[tuple[str, Callable[[], None]], ...] = (
            (w.t("Libraries"), _libraries),
            (w.t("Fonts"), _fonts),
            (w.t("Texts in both languages"), _texts),
            (w.t("A database is made, closed, opened and checked"), lambda: _vault(folder)),
            (w.t("A report is written"), lambda: _report(folder)),
        )
        for name, check in parts:
            try:
                check()
            except Exception as error:  # whatever it is, this page is where it is told
                yield Result(False, w.t("{part}: failed ({error})", part=name, error=type(error).__name__))
            else:
                yield Result(True, name)


def _libraries() -> None:
    for name in LIBRARIES:
        importlib.import_module(name)


def _fonts() -> None:
    for name in FONTS:
        if asset("fonts", name).stat().st_size < 10_000:
            raise ValueError(name)


def _texts() -> None:
    said = {Words(language).t("Assessment is missing") for language in LANGUAGES}
    if len(said) != len(LANGUAGES):
        raise ValueError("catalogue")


def _vault(folder: Path) -> None:
    from progression.desk import demo, vaults

    result = demo.build(folder / "vault", _PASSPHRASE, citizens=4, state=folder / "state")
    vaults.close(result.opened.session, backup=False)
    again = vaults.unlock(folder / "vault", _PASSPHRASE, holder="self-test", state=folder / "state")
    try:
        if vaults.check(again.session, deep=True):
            raise ValueError("damage")
    finally:
        vaults.close(again.session, backup=False)


def _report(folder: Path) -> None:
    from progression.desk import citizens, reports, vaults

    opened = vaults.unlock(folder / "vault", _PASSPHRASE, holder="self-test", state=folder / "state")
    try:
        out = io.BytesIO()
        reports.write_case(opened.session, citizens.listing(opened.session)[0].citizen, out)
        if not out.getvalue().startswith(b"%PDF"):
            raise ValueError("pdf")
    finally:
        vaults.close(opened.session, backup=False)
