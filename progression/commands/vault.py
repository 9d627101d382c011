"""new, backup, restore, check, rebuild, log, self-test."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from progression.commands.base import WAIT_FOR_VAULT, Command, Context
from progression.commands.output import emit
from progression.errors import KnownError
from progression.words import N_, Words

DAMAGED = 3


def new(context: Context) -> int:
    """Create a vault and print its recovery key once, alone on stdout."""
    from progression.desk import vaults

    opened = vaults.create(
        context.folder,
        context.passphrase(new=True),
        account_name=context.arguments.name,
        language=context.w.language,
        holder="command",
    )
    vaults.close(opened.session, backup=False)
    print(context.w.t("The database is made in {folder}.", folder=context.folder), file=sys.stderr)
    print(context.w.t("Write down this recovery key. It is shown only now:"), file=sys.stderr)
    print(opened.recovery_key)
    return 0


def backup(context: Context) -> int:
    """Write a backup and say where."""
    from progression.desk import vaults

    with context.session() as session:
        path = vaults.back_up(session, Path(context.arguments.out) if context.arguments.out else None)
    print(path)
    return 0


def restore(context: Context) -> int:
    """Put a backup into the folder named by --db."""
    from progression.desk import vaults

    opened = vaults.restore(
        Path(context.arguments.file),
        context.folder,
        context.passphrase(),
        language=context.w.language,
        holder="command",
        wait=WAIT_FOR_VAULT,
    )
    context.tell(opened.notices)
    vaults.close(opened.session, backup=False)
    print(context.w.t("The backup is restored in {folder}.", folder=context.folder))
    return 0


def check(context: Context) -> int:
    """Verify the vault; 3 when something is damaged."""
    from progression.desk import vaults
    from progression.words import errors

    try:
        with context.session() as session:
            damages = vaults.check(session, deep=context.arguments.deep)
    except KnownError as error:
        if error.code in ("vault.damaged", "vault.header_damaged"):  # so damaged that it does not open
            error.exit_code = DAMAGED
        raise
    for damage in damages:
        print(errors.damage(context.w, damage), file=sys.stderr)
    if not damages:
        print(context.w.t("No damage was found."))
    return DAMAGED if damages else 0


def rebuild(context: Context) -> int:
    """Make the projections again and print how many rows each has."""
    from progression.desk import vaults

    with context.session() as session:
        counts = vaults.rebuild(session)
    w = context.w
    rows = [{"table": name, "rows": count} for name, count in sorted(counts.items())]
    emit(context, "rebuild", rows, {"table": w.t("Table"), "rows": w.t("Rows")})
    return 0


def log(context: Context) -> int:
    """Print the access log, newest first."""
    from progression.desk import citizens, vaults

    with context.session() as session:
        numbers = {c.citizen: c.number for c in citizens.listing(session)}
        accounts = vaults.accounts(session)
        entries = vaults.access_log(session)
    rows = [
        {
            "time": e.time.astimezone(),
            "account": accounts.get(e.account) or e.account,
            "act": e.act,
            "citizen_id": numbers.get(e.citizen or "", e.citizen),
            "purpose": e.purpose or e.detail,
        }
        for e in entries
    ]
    w = context.w
    names = {
        "time": w.t("Time"),
        "account": w.t("Account"),
        "act": w.t("Act"),
        "citizen_id": w.t("Citizen"),
        "purpose": w.t("Purpose"),
    }
    emit(context, "log", rows, names)
    return 0


def self_test(context: Context) -> int:
    """Let the installed program check itself; 1 when a part fails."""
    from progression.desk import selftest

    failed = False
    for result in selftest.run(context.w):
        failed |= not result.ok
        print(("✓ " if result.ok else "✗ ") + result.text)
    return 1 if failed else 0


def _new(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("--name", default="", help=w.t("name of the first account, as colleagues know you"))


def _backup(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("--out", metavar="FILE", help=w.t("where to write it; otherwise beside the database"))


def _restore(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("file", metavar="FILE", help=w.t("the backup"))


def _check(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("--deep", action="store_true", help=w.t("also rebuild everything and compare"))


COMMANDS = (
    Command("new", N_("create a database and its first account"), ("new --db ./vault --name Kim",), new, _new),
    Command(
        "backup",
        N_("write a backup, still encrypted"),
        ("backup", "backup --out E:/progression.backup"),
        backup,
        _backup,
    ),
    Command(
        "restore", N_("put a backup into an empty folder"), ("restore kept.backup --db ./again",), restore, _restore
    ),
    Command("check", N_("look for damage (exit code 3 when there is some)"), ("check", "check --deep"), check, _check),
    Command("rebuild", N_("make every table again from the journal"), ("rebuild",), rebuild, None, rows=True),
    Command("log", N_("who looked at what, and when"), ("log", "log --format csv"), log, None, rows=True),
    Command("self-test", N_("let the installed program check itself"), ("self-test",), self_test),
)
