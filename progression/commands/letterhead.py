"""letterhead: what stands round every document; shown, checked, installed, taken away."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from progression.commands.base import Command, Context
from progression.commands.output import emit
from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.reports.letterhead import Letterhead


def letterhead(context: Context) -> int:
    """Show the letterhead in force, after the change that was asked for."""
    from progression.desk import letterhead as operations

    given, w = context.arguments, context.w
    if given.validate:
        operations.read(Path(given.validate))
        print(w.t("The letterhead has no faults."))
        return 0
    with context.session() as session:
        if given.install:
            operations.install(session, Path(given.install))
        elif given.remove:
            operations.remove(session)
        kept = operations.in_force(session)
        if given.preview:
            operations.write_preview(session, Path(given.preview))
    _show(context, kept)
    return 0


def _show(context: Context, kept: Letterhead) -> None:
    w = context.w
    row = {
        "name": kept.name,
        "department": kept.department,
        "contact": list(kept.contact),
        "footer": kept.footer,
        "text": kept.text,
        "line": kept.line,
        "logo": bool(kept.logo),
    }
    headings = {
        "name": w.t("Municipality"),
        "department": w.t("Department"),
        "contact": w.t("Contact"),
        "footer": w.t("Footer"),
        "text": w.t("Colour of text"),
        "line": w.t("Colour of lines"),
        "logo": w.t("Logo"),
    }
    shown = {"logo": [w.t("yes") if kept.logo else w.t("no")], "contact": [" · ".join(kept.contact)]}
    emit(context, "letterhead", [row] if kept.name else [], headings, shown=shown if kept.name else {})


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--install", metavar="FILE", help=w.t("install a letterhead (TOML, its logo beside it)"))
    which.add_argument("--validate", metavar="FILE", help=w.t("check a letterhead; nothing is changed"))
    which.add_argument("--remove", action="store_true", help=w.t("take the letterhead away"))
    parser.add_argument("--preview", metavar="FILE", help=w.t("write a page that shows it, as PDF"))


COMMANDS = (
    Command(
        "letterhead",
        N_("what stands round every document: name, logo, contact, colours, footer"),
        (
            "letterhead",
            "letterhead --validate sundvig.toml",
            "letterhead --install sundvig.toml --preview page.pdf",
            "letterhead --remove",
        ),
        letterhead,
        _arguments,
        rows=True,
    ),
)
