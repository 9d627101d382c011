"""The `progression` command: the same operations as in the window, from a shell.

Exit codes: 0 done, 1 known error (one sentence on stderr), 2 wrong usage, 3 `check` found damage, 70 a bug (a redacted
report on stderr: where, never what data).
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from progression import __version__
from progression.commands import window
from progression.commands.base import Command, Context, a_date
from progression.errors import KnownError, whereabouts
from progression.words import LANGUAGES, N_, Words

KNOWN_ERROR, BUG = 1, 70
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ARGPARSE_SAYS = (  # argparse asks its own `_` for these; given ours, it speaks the reader's language
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
)


def every_command() -> tuple[Command, ...]:
    """Return all commands, in the order of the help."""
    from progression.commands import analysis, catalogues, estimating, facts, files, interventions, measures, method
    from progression.commands import categories as groups
    from progression.commands import details as personal
    from progression.commands import duties as due
    from progression.commands import languages as tongues
    from progression.commands import letterhead as heads
    from progression.commands import memberships as placed
    from progression.commands import people as colleagues
    from progression.commands import reporting as papers
    from progression.commands import talks as meetings
    from progression.commands import team as front
    from progression.commands import vault as safety

    known = (*facts.COMMANDS, *due.COMMANDS, *interventions.COMMANDS, *colleagues.COMMANDS, *front.COMMANDS)
    edited = (*heads.COMMANDS, *catalogues.COMMANDS, *groups.COMMANDS, *tongues.COMMANDS, *placed.COMMANDS)
    one = personal.COMMANDS
    asking = (*analysis.COMMANDS, *method.COMMANDS, *estimating.COMMANDS, *measures.COMMANDS, *meetings.COMMANDS)
    return (*window.COMMANDS, *safety.COMMANDS, *files.COMMANDS, *papers.COMMANDS, *one, *known, *edited, *asking)


def commands_for(given: Sequence[str]) -> tuple[Command, ...]:
    """Return the commands these arguments may mean: opening the window need not wait for all the others."""
    return window.COMMANDS if not given or given[0] == "app" else every_command()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    w = Words(_language(given), marks=False)
    _speak_utf8()
    commands = commands_for(given)
    parser = make_parser(w, commands)
    arguments = parser.parse_args(given)
    command = next(c for c in commands if c.name == (arguments.command or "app"))
    if command.misused and (wrong := command.misused(arguments, w)):
        parser.error(wrong)
    try:
        code = command.run(Context(w, arguments))
        sys.stdout.flush()  # a full disk or a closed pipe shows here at the latest
        return code
    except KnownError as error:
        return _say(w, error)
    except KeyboardInterrupt:
        print(w.t("Stopped. Nothing was left half done."), file=sys.stderr)
        return 130
    except BrokenPipeError:  # `progression citizens | head` is no error
        _print_nowhere()
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:  # `progression trajectories > file` on a full disk
            _print_nowhere()
            return _say(w, KnownError("output.no_room"))
        # a bug: say where, never with which data
        print(w.t("Progression made a mistake of its own. What was saved before is safe."), file=sys.stderr)
        print(redacted(error), file=sys.stderr)
        return BUG


def _say(w: Words, error: KnownError) -> int:
    from progression.words import errors

    print(errors.sentence(w, error), file=sys.stderr)
    return error.exit_code


def _print_nowhere() -> None:
    """What is still to be printed would fail again when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def redacted(error: BaseException) -> str:
    """Return where a bug happened, without messages or values, since these may hold what was typed about a person."""
    kind, *where = whereabouts(error)
    return "\n".join([f"progression {__version__}, {kind}", *where])


def make_parser(w: Words, commands: Sequence[Command]) -> argparse.ArgumentParser:
    """Return the parser with these commands, their help and their examples in one language."""
    # it asks for the words of what it was given no words for, too
    argparse._ = lambda text: w.t(text) if text else text  # type: ignore[attr-defined]
    common = _common(w)
    parser = _Parser(
        prog="progression", description=w.t("How close a citizen is to the labour market, over time."), parents=[common]
    )
    parser.say = w
    parser.add_argument(
        "--version",
        action="version",
        version=f"progression {__version__}",
        help=w.t("show program's version number and exit"),
    )
    parser.set_defaults(format="table", as_of=None, entered_by=None)
    verbs = parser.add_subparsers(dest="command", metavar=w.t("COMMAND"), title=w.t("commands"))
    for command in commands:
        summary = w.t(command.summary)
        examples = "\n".join(f"  progression {line}" for line in command.examples)
        child = verbs.add_parser(
            command.name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog=w.t("examples:") + "\n" + examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[common],
        )
        child.say = w
        _options(child, command, w)
    return parser


def _options(parser: argparse.ArgumentParser, command: Command, w: Words) -> None:
    if command.rows:
        parser.add_argument(
            "--format", choices=("table", "json", "csv"), default="table", help=w.t("how rows are printed")
        )
    if command.dated:
        parser.add_argument(
            "--as-of", type=a_date(w), metavar="DATE", help=w.t("as things stood on this day (YYYY-MM-DD)")
        )
    if command.assessed:
        parser.add_argument(
            "--entered-by", type=a_date(w), metavar="DATE", help=w.t("only assessments entered by this day")
        )
    if command.arguments:
        command.arguments(parser, w)


def _common(w: Words) -> _Parser:
    """Options every command takes, before or after its name."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--db", metavar="PATH", help=w.t("the database's folder; otherwise your own"))
    common.add_argument("--passphrase-file", metavar="FILE", help=w.t("a file whose first line is the passphrase"))
    common.add_argument("--language", choices=LANGUAGES, help=w.t("da or en; Danish unless given"))
    return common


class _Parser(argparse.ArgumentParser):
    """argparse speaking the reader's language where a person meets it."""

    say: Words

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        namespace = super().parse_args(args, namespace)
        for name in ("db", "passphrase_file", "language", "format", "as_of", "entered_by"):
            if not hasattr(namespace, name):
                setattr(namespace, name, None)
        return namespace

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, self.say.t("Not understood: {detail}", detail=message) + "\n")


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, read before the help is made; else PROGRESSION_LANGUAGE, else Danish."""
    for i, part in enumerate(arguments):
        wanted = part.partition("=")[2] if part.startswith("--language=") else None
        if part == "--language" and i + 1 < len(arguments):
            wanted = arguments[i + 1]
        if wanted in LANGUAGES:
            return wanted
    chosen = os.environ.get("PROGRESSION_LANGUAGE", "")
    return chosen if chosen in LANGUAGES else "da"


def _speak_utf8() -> None:
    """Danish letters survive a pipe on Windows too. A stream closed before the start swallows what it is told."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - until the process ends
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
