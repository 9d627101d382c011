"""report: one document of a citizen or a team, or those of a whole caseload into a folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from progression.commands.base import Command, Context, find_citizen
from progression.commands.output import emit
from progression.commands.working import telling
from progression.errors import KnownError
from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.desk.report_batch import Case, Outcome
    from progression.desk.session import Session

BATCH, TEAM = "batch", "team"
STATES = {"written": N_("written"), "unchanged": N_("unchanged"), "failed": N_("not written")}


def report(context: Context) -> int:
    """Write a document of one citizen or a team to a file a person named, or a batch into a folder."""
    from progression.desk import documents

    arguments = context.arguments
    if arguments.kind == BATCH:
        return _batch(context)
    password = _password(arguments)
    if password:
        documents.usable(documents.kind(arguments.kind), password)
    with context.session() as session:
        draft = documents.read(session, arguments.kind, _subject(session, arguments))
        made = documents.locked(draft.made(), password) if password else draft.made()
        path = documents.save(session, made, Path(arguments.out))
    print(path)
    if made.missing:
        w, letters = context.w, " ".join(made.missing)
        print(w.t("The report's font has no sign for {letters}. They stand as � in the file.", letters=letters),
              file=sys.stderr)  # fmt: skip
    return 0


def _subject(session: Session, arguments: argparse.Namespace) -> str:
    """Whom the document is about: a citizen, or a team over a period."""
    from progression.desk import team_report

    if arguments.kind == TEAM:
        return team_report.subject(arguments.team, arguments.period or team_report.DEFAULT)
    return find_citizen(session, arguments.id)


def _batch(context: Context) -> int:
    """Every running case of a caseload, a team or everybody; what is there already and unchanged is left."""
    from progression.desk import report_batch

    arguments, w = context.arguments, context.w
    with context.session() as session, telling() as say:
        cases, password = _cases(session, arguments), _password(arguments)
        order = report_batch.Order(arguments.id, w.language, Path(arguments.out), cases, password)

        def progress(done: int, total: int) -> None:
            say(w.t("File {done} of {n}", done=done, n=total))

        outcome = report_batch.run(session, order, progress)
    _tell(context, outcome)
    return 1 if outcome.stopped or outcome.count("failed") else 0


def _password(arguments: argparse.Namespace) -> str:
    """The first line of the file with a document's password, "" where none is asked for: never on the command line,
    where others on the machine may see it."""
    name = arguments.document_password_file
    if not name:
        return ""
    try:
        first = Path(name).read_text("utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("file.unreadable", file=name) from error
    if not first:
        raise KnownError("passphrase.file_empty", file=name)
    return first


def _cases(session: Session, arguments: argparse.Namespace) -> tuple[Case, ...]:
    from progression.desk import report_batch

    return report_batch.cases(session, caseworker=arguments.caseworker or "", team=arguments.team or "")


def _tell(context: Context, outcome: Outcome) -> None:
    from progression.words import errors

    w = context.w
    rows = [
        {"citizen_id": line.case.number, "file": line.file, "state": line.state,
         "missing_letters": line.lacks, "why": errors.sentence(w, line.why) if line.why else None}
        for line in outcome.lines
    ]  # fmt: skip
    names = {"citizen_id": w.t("Number"), "file": w.t("File"), "state": w.t("State"),
             "missing_letters": w.t("Missing letters"), "why": w.t("Why")}  # fmt: skip
    extra = {"folder": str(outcome.order.folder), "left": outcome.left}
    emit(
        context, "files", rows, names, extra=extra, shown={"state": [w.t(STATES[line.state]) for line in outcome.lines]}
    )
    if outcome.stopped is not None:
        print(errors.sentence(w, outcome.stopped), file=sys.stderr)
    if outcome.lacking:
        n = len(outcome.lacking)
        told = w.tn(
            "{n} file lacks a letter that the font has no sign for: look at it before it is handed out.",
            "{n} files lack a letter that the font has no sign for: look at them before they are handed out.",
            n,
        )
        print(told, file=sys.stderr)
    if outcome.left:
        print(w.tn("{n} citizen is left.", "{n} citizens are left.", outcome.left), file=sys.stderr)
    if not outcome.order.password:
        print(w.t("These files are not encrypted. Whoever has them can read them."), file=sys.stderr)


def _arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    from progression.desk.documents import KINDS

    keys = tuple(one.key for one in KINDS)
    told = "; ".join(f"{one.key}: {w.t(one.says)}" for one in KINDS)
    batch = w.t("batch: one of these for a whole caseload, into a folder")
    parser.add_argument("kind", choices=(*keys, BATCH), help=f"{told} {batch}")
    whom = w.t("the citizen's number (citizen_id); with batch: which document; not with team")
    parser.add_argument("id", metavar="ID", nargs="?", help=whom)
    parser.add_argument("--out", metavar="FILE", required=True, help=w.t("the file to write; with batch: the folder"))
    parser.add_argument("--caseworker", metavar="KEY", help=w.t("batch: this colleague's running cases only"))
    said = w.t("give the PDF a password (AES-256): the first line of this file")
    parser.add_argument("--document-password-file", metavar="FILE", help=said)
    whose = w.t("batch: this team's running cases only; team: which one, all without it")
    parser.add_argument("--team", metavar="TEAM", help=whose)
    period = w.t("team: 3, 6, 12, 24 or 36 whole months back, 2026, 2026-H1 or 2026-Q3; 12 without it")
    parser.add_argument("--period", metavar="PERIOD", help=period)


def _misused(given: argparse.Namespace, w: Words) -> str:
    from progression.desk.documents import KINDS

    keys = [one.key for one in KINDS if one.about == "citizen"]
    if given.kind == BATCH and given.id not in keys:
        return w.t("after batch comes one of: {choices}", choices=", ".join(keys))
    if given.kind == TEAM and given.id is not None:
        return w.t("after team comes no number; --team says which team")
    if given.kind != TEAM and given.id is None:
        return w.t("say which citizen, by number (citizen_id)")
    if given.kind != TEAM and given.period:
        return w.t("--period goes with team")
    if given.caseworker and given.kind != BATCH:
        return w.t("--caseworker goes with batch")
    if given.team and given.kind not in (BATCH, TEAM):
        return w.t("--team goes with batch and team")
    return ""


COMMANDS = (
    Command(
        "report",
        N_("write a report, a letter or the note for the journal; or a whole caseload's"),
        (
            "report case S0001 --out S0001.pdf",
            "report handover S0001 --out handover.pdf",
            "report citizen S0001 --out S0001.pdf",
            'report team --team "Team Vest" --period 2026-H1 --out team.pdf',
            "report note S0001 --out S0001.txt",
            "report batch case --out ./reports --caseworker mha",
        ),
        report,
        _arguments,
        rows=True,
        dated=True,
        assessed=True,
        misused=_misused,
    ),
)
