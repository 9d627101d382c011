"""import, export, scales: what goes in and out as files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from progression.commands.base import Command, Context
from progression.commands.output import emit
from progression.errors import KnownError
from progression.words import N_, Words

if TYPE_CHECKING:
    from progression.desk.session import Session
    from progression.scales.model import Scale


def import_(context: Context) -> int:
    """Read files into the vault, all or nothing, and print what came of each."""
    from progression.commands import estimating
    from progression.desk import files
    from progression.words import faults

    arguments, w = context.arguments, context.w
    told: list[str] = []
    with context.session() as session:
        result = files.import_files(
            session,
            Path(arguments.source),
            mapping=Path(arguments.mapping) if arguments.mapping else None,
            dry_run=arguments.dry_run,
            update=arguments.update,
        )
        if not arguments.dry_run and not arguments.no_refit:  # the files are saved by now, whatever becomes of this
            told = estimating.refit_where_due(w, session)
    for notice in result.notices:
        print(faults.notice(w, notice), file=sys.stderr)
    rows = [{"file": c.file, "new": c.new, "unchanged": c.unchanged, "corrected": c.corrected} for c in result.counts]
    names = {"file": w.t("File"), "new": w.t("New"), "unchanged": w.t("Unchanged"), "corrected": w.t("Corrected")}
    emit(context, "import", rows, names, extra={"dry_run": arguments.dry_run})
    estimating.say_on_stderr(told)
    if arguments.dry_run:
        print(w.t("Dry run: nothing was saved."), file=sys.stderr)
    return 0


def export(context: Context) -> int:
    """Write everything as files in the shape that import reads."""
    from progression.desk import files

    arguments, w = context.arguments, context.w
    with context.session() as session:
        written = files.export_files(session, Path(arguments.dir), arguments.as_, pseudonymise=arguments.pseudonymise)
    for path in written:
        print(path)
    print(w.t("These files are not encrypted. Whoever has them can read them."), file=sys.stderr)
    return 0


def scales(context: Context) -> int:
    """List, show, check and install instruments."""
    verb = context.arguments.verb
    if verb == "validate":
        return _validate(context)
    with context.session() as session:
        if verb == "install":
            return _install(context, session)
        from progression.desk import scales as operations

        found = operations.listing(session)
        if verb == "list":
            return _list(context, found)
        return _show(context, session, context.arguments.what or "bip")


def _list(context: Context, found: Mapping[str, Scale]) -> int:
    w = context.w
    rows = [
        {"scale": s.id, "name": w.pick(s.name), "version": s.version, "indicators": len(s.indicators),
         "minimum": s.minimum, "maximum": s.maximum, "direction": s.direction}
        for s in found.values()
    ]  # fmt: skip
    names = {"scale": w.t("Scale"), "name": w.t("Name"), "version": w.t("Version"),
             "indicators": w.t("Indicators"), "minimum": w.t("From"), "maximum": w.t("To"),
             "direction": w.t("Better is")}  # fmt: skip
    directions = [w.t("higher") if s.direction == "higher" else w.t("lower") for s in found.values()]
    emit(context, "scales", rows, names, shown={"direction": directions})
    return 0


def _show(context: Context, session: Session, wanted: str) -> int:
    """A scale, and the estimates in force for it. Raises KnownError("scale.unknown", scale)."""
    from progression.commands import estimating
    from progression.desk import estimates, vaults
    from progression.desk import scales as operations

    w = context.w
    standing = estimates.standing(session, wanted)
    scale = operations.listing(session)[wanted]
    rows = _indicator_rows(w, scale)
    names = {
        "indicator": w.t("Indicator"),
        "name": w.t("Name"),
        "raters": w.t("Rated by"),
        "in_whole": w.t("In the whole"),
        "shown_to_citizen": w.t("Shown to the citizen"),
        "working_name": w.t("Working name"),
        "question": w.t("Question to the citizen"),
    }
    extra = {
        "scale": scale.id,
        "version": scale.version,
        "minimum": scale.minimum,
        "maximum": scale.maximum,
        "direction": scale.direction,
        "minimal_important_change": scale.minimal_important_change,
        "mic_source": w.pick(scale.mic_source),
        "description": w.pick(scale.description),
        "estimates": estimating.estimate_row(standing),
    }
    if context.arguments.format == "table":
        print(f"{w.pick(scale.name)}\n{extra['description']}\n")
    raters = {"caseworker": w.t("Caseworker"), "citizen": w.t("Citizen")}
    asked = [", ".join(raters[r] for r in raters if r in i.raters) for i in scale.indicators]
    emit(context, "scales", rows, names, extra=extra, shown={"raters": asked})
    if context.arguments.format == "table":
        mic = w.number(scale.minimal_important_change, 2)
        print("\n" + w.t("Minimal important change: {mic}. {source}", mic=mic, source=extra["mic_source"]))
        print("\n" + w.t("Estimates in force"))
        estimating.tell(w, standing, scale, vaults.accounts(session))
    return 0


def _indicator_rows(w: Words, scale: Scale) -> list[dict[str, object]]:
    return [
        {
            "indicator": i.code,
            "name": w.pick(i.name),
            "raters": ", ".join(r for r in ("caseworker", "citizen") if r in i.raters),
            "in_whole": i.in_whole,
            "shown_to_citizen": i.shown_to_citizen,
            "predicts_job": i.predicts_job,
            "working_name": i.working_name,
            "question": w.pick(i.question) if i.question else None,
        }
        for i in scale.indicators
    ]


def _validate(context: Context) -> int:
    from progression.desk import scales as operations

    scale = operations.validate(_needed(context))
    print(context.w.t("{scale}, version {version}: no faults.", scale=scale.id, version=scale.version))
    return 0


def _install(context: Context, session: Session) -> int:
    from progression.desk import scales as operations

    operations.install(session, _needed(context))
    print(context.w.t("The scale is installed."))
    return 0


def _needed(context: Context) -> Path:
    if not context.arguments.what:
        raise KnownError("file.not_named", exit_code=2)
    return Path(context.arguments.what)


def _import_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("source", metavar="SOURCE", help=w.t("a folder of CSV files, one CSV file or one XLSX file"))
    parser.add_argument("--mapping", metavar="FILE", help=w.t("a mapping (TOML) from another system's columns"))
    parser.add_argument("--dry-run", action="store_true", help=w.t("read and check everything, save nothing"))
    parser.add_argument("--update", action="store_true", help=w.t("record differing rows as corrections"))
    parser.add_argument("--no-refit", action="store_true", help=w.t("leave the estimates as they are, even if due"))


def _export_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("dir", metavar="DIR", help=w.t("the folder to write to"))
    parser.add_argument(
        "--format", dest="as_", choices=("csv", "xlsx", "sqlite"), default="csv", help=w.t("kind of file")
    )
    parser.add_argument("--pseudonymise", action="store_true", help=w.t("without names, numbers and free text"))


def _scales_arguments(parser: argparse.ArgumentParser, w: Words) -> None:
    parser.add_argument("verb", choices=("list", "show", "validate", "install"), help=w.t("what to do"))
    parser.add_argument("what", nargs="?", metavar="SCALE|FILE", help=w.t("a scale's id, or a file"))


COMMANDS = (
    Command(
        "import",
        N_("read CSV or XLSX files, all or nothing"),
        ("import ./extract", "import scores.csv --mapping map.toml --dry-run"),
        import_,
        _import_arguments,
        rows=True,
    ),
    Command(
        "export",
        N_("write everything as files"),
        ("export ./out", "export ./out --format xlsx"),
        export,
        _export_arguments,
    ),
    Command(
        "scales",
        N_("instruments: list, show, validate, install"),
        ("scales list", "scales show bip", "scales validate my.toml"),
        scales,
        _scales_arguments,
        rows=True,
    ),
)
