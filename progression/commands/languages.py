"""languages: what the citizen's side can speak; a file to translate, checked, installed or taken away."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from progression.commands.base import Command, Context
from progression.commands.output import emit
from progression.errors import KnownError
from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.desk.session import Session
    from progression.scales.languages import SideLanguage

_CODE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


def languages(context: Context) -> int:
    """List, check, install and take away the languages of the citizen's side, or print a file to translate."""
    from progression.desk import languages as operations

    w, verb = context.w, context.arguments.verb
    if verb == "template":
        code = context.arguments.what or ""
        if not context.arguments.db:
            print(operations.template(code), end="")
            return 0
        with context.session() as session:
            print(operations.template(code, session), end="")
        return 0
    if verb == "validate" and not context.arguments.db:
        return _valid(w, operations.validate(_file(context)))
    with context.session() as session:
        if verb == "validate":
            return _valid(w, operations.validate(_file(context), session))
        if verb == "install":
            operations.install(session, _file(context))
            print(w.t("The language is installed. The citizen can choose it."))
        elif verb == "remove":
            operations.remove(session, context.arguments.what or "")
            print(w.t("The language is offered no more."))
        else:
            _list(context, session)
    return 0


def _valid(w: Words, found: SideLanguage) -> int:
    fields = {"name": found.name, "code": found.code, "version": found.version}
    print(w.t("{name} ({code}), version {version}: no faults.", **fields))
    return 0


def _list(context: Context, session: Session) -> None:
    from progression.desk import languages as operations
    from progression.desk import scales

    w = context.w
    found = operations.listing(session)
    installed = [one for one in scales.listing(session).values() if one.rated_by("citizen")]
    asked = [[scale.id for scale in installed if not one.lacks(scale)] for one in found]
    missing = [[key for scale in installed for key in one.lacks(scale) if scale.id in one.questions] for one in found]
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "version": one.version,
            "direction": one.direction,
            "scales": can,
            "missing": lacking,
        }
        for one, can, lacking in zip(found, asked, missing, strict=True)
    ]
    headings = {
        "code": w.t("Code"),
        "name": w.t("Name"),
        "version": w.t("Version"),
        "direction": w.t("Written"),
        "scales": w.t("Scales"),
        "missing": w.t("Missing"),
    }
    written = {"ltr": w.t("from left to right"), "rtl": w.t("from right to left")}
    emit(
        context,
        "languages",
        rows,
        headings,
        shown={
            "direction": [written[one.direction] for one in found],
            "scales": [", ".join(can) for can in asked],
            "missing": [", ".join(lacking) for lacking in missing],
        },
    )


def _file(context: Context) -> Path:
    if not context.arguments.what:
        raise KnownError("file.not_named", exit_code=2)
    return Path(context.arguments.what)


def _misused(given: argparse.Namespace, w: Words) -> str:
    if given.verb == "template" and not _CODE.fullmatch(given.what or ""):
        return w.t("template takes the code of a language, such as ar, so or pt-BR")
    if given.verb == "remove" and not given.what:
        return w.t("remove takes the code of a language")
    return ""


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    verbs = ("list", "template", "validate", "install", "remove")
    parser.add_argument("verb", nargs="?", default="list", choices=verbs, help=w.t("what to do"))
    parser.add_argument("what", nargs="?", metavar="CODE|FILE", help=w.t("a language's code, or a file"))


COMMANDS = (
    Command(
        "languages",
        N_("languages of the citizen's side: list, translate, validate, install, remove"),
        (
            "languages list",
            "languages template so",
            "languages validate so.toml",
            "languages install so.toml",
        ),
        languages,
        _arguments,
        rows=True,
        misused=_misused,
    ),
)
