"""categories: the set in force and what follows from each; an example, a file of one's own, a label or a rhythm."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from progression.casework import categories as catalogue
from progression.casework.categories import Rhythm
from progression.commands.base import Command, Context
from progression.commands.output import emit
from progression.errors import KnownError
from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.casework.categories import Category
    from progression.desk.session import Session

_STEP = re.compile(r"(\d{1,3}):(\d{1,3})")


def categories(context: Context) -> int:
    """Print the set in force, after the change that was asked for."""
    from progression.desk import categories as operations

    with context.session() as session:
        _change(context, session)
        page = operations.page(session)
        if context.arguments.save:
            operations.save_file(session, Path(context.arguments.save))
    w = context.w
    rows = [
        {
            "code": line.category.code,
            "name": w.pick(line.category.name),
            "valid_from": line.category.valid_from,
            "valid_to": line.category.valid_to,
            "follows": operations.follows(line.category, page.types, w),
            "rhythm": [{"from_week": step.from_week, "weeks": step.weeks} for step in line.category.rhythm],
            "citizens": line.used.citizens,
            "rules": list(line.rules),
        }
        for line in page.lines
    ]
    headings = {
        "code": w.t("Code"),
        "name": w.t("Category"),
        "valid_from": w.t("From"),
        "valid_to": w.t("To"),
        "citizens": w.t("Citizens"),
        "follows": w.t("What follows"),
    }
    extra = {"set": page.found.id, "set_name": w.pick(page.found.name), "not_in_set": dict(page.others)}
    emit(context, "categories", rows, headings, extra=extra)
    if context.arguments.format == "table" and page.others:
        named = ", ".join(page.others)
        print("\n" + w.t("Citizens are or have been in something the set does not have: {names}.", names=named))
    return 0


def _change(context: Context, session: Session) -> None:
    from progression.desk import categories as operations

    given = context.arguments
    if given.install:
        path = Path(given.install)
        if given.install in catalogue.SHIPPED and not path.exists():
            operations.install_shipped(session, given.install, keep=given.keep)
        else:
            operations.install_file(session, path, keep=given.keep)
    elif given.rename:
        code, danish, english = given.rename
        _edit(session, code, lambda one: replace(one, name={**one.name, "da": danish, "en": english}))
    elif given.rhythm:
        code, *steps = given.rhythm
        found = tuple(Rhythm(*map(int, step.split(":"))) for step in steps)
        _edit(session, code, lambda one: replace(one, rhythm=found))
    elif given.delete:
        operations.remove(session, given.delete)


def _edit(session: Session, code: str, change: Callable[[Category], Category]) -> None:
    """Change the latest row of a code."""
    from progression.desk import categories as operations

    found = operations.in_force(session)
    one = found.get(code)
    if one is None:
        raise KnownError("category.unknown", name=code)
    operations.save(session, change(one), found.categories.index(one))


def _misused(given: argparse.Namespace, w: Words) -> str:
    if given.keep and not given.install:
        return w.t("--keep goes with --install")
    if given.rhythm and not all(_STEP.fullmatch(step) for step in given.rhythm[1:]):
        return w.t("--rhythm takes a code and steps such as 0:4 26:9, from week 0 every 4 weeks and so on")
    return ""


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    asked = parser.add_mutually_exclusive_group()
    names = ", ".join(catalogue.SHIPPED)
    asked.add_argument(
        "--install", metavar="FILE", help=w.t("adopt a set from a file, or one of the examples: {names}", names=names)
    )
    asked.add_argument(
        "--rename", nargs=3, metavar=("CODE", "DANISH", "ENGLISH"), help=w.t("give a category another name")
    )
    asked.add_argument(
        "--rhythm",
        nargs="+",
        metavar="CODE",
        help=w.t("how often conversations are held: a code and steps as 0:4 26:9"),
    )
    asked.add_argument("--delete", metavar="CODE", help=w.t("take a category out, where nothing uses it"))
    parser.add_argument(
        "--keep", action="store_true", help=w.t("categories in use that the new set leaves out end yesterday")
    )
    parser.add_argument("--save", metavar="FILE", help=w.t("write the set in force as a file to edit"))


COMMANDS = (
    Command(
        "categories",
        N_("the categories in force, and what follows from each"),
        (
            "categories",
            "categories --install halsnaes",
            "categories --install FILE --keep",
            "categories --rhythm behov_for_stoette 0:4 26:9",
            "categories --save FILE",
        ),
        categories,
        _arguments,
        rows=True,
        misused=_misused,
    ),
)
