"""The program as somebody outside meets it: its command line, in this process or in one of its own."""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from progression import cli
from progression.desk import vaults
from progression.store.header import KdfCost

ROOT = Path(__file__).resolve().parents[1]
PASSPHRASE = "fire ord uden sammenhæng"
CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)

# what no error may repeat: names, CPR numbers, notes, telephone numbers (a citizen's number it may)
SECRETS = (
    "Xanthippe", "Qvistgård", "Ærøskøbing", "1406801236", "140680-1236", "Zebranote", "Kvartsnote", "Yrsa Pjaltenborg",
    "29481516",
)  # fmt: skip
CITIZENS = """citizen_id;name;cpr;born;benefit_start;phone;note
B4711-77;Xanthippe Qvistgård;140680-1236;14-06-1980;01-02-2025;29481516;Kvartsnote om helbred
B4711-78;Bødil Ærøskøbing;;;2025-02-01;;
"""
PEOPLE = "person;name;team\nYP;Yrsa Pjaltenborg;Øst\n"
INTERVENTIONS = """citizen_id;type;provider;start;end;hours_per_week
B4711-77;virksomhedspraktik;Ærø Trælast;01-03-2025;01-06-2025;12,5
"""
CASEWORKER = (
    "helbredsmestring", "hverdagsmestring", "tro_paa_job", "samarbejdsevne", "jobsoegning", "arbejdsmarkedsviden",
    "maalrettethed", "netvaerk", "koncentration", "arbejdsidentitet", "sagsbehandlers_tro",
)  # fmt: skip
DAYS = ("10-02-2025", "12-05-2025", "11-08-2025", "10-11-2025")
HEAD = "citizen_id;date;rater;assessor;indicator;score;note"


def assessments(days=DAYS, score=3) -> str:
    """A caseworker's whole answers for one citizen, in the Danish way."""
    rows = [
        f"B4711-77;{day};caseworker;YP;{code};{score};{'Zebranote ' + code if code == 'netvaerk' else ''}"
        for day in days
        for code in CASEWORKER
    ]
    return "\n".join([HEAD, *rows]) + "\n"


@dataclass(frozen=True)
class Result:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def run(*arguments, db=None, language="en") -> Result:
    """Run a command in this process."""
    given = ["--language", language, *map(str, arguments), *(["--db", str(db)] if db else [])]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = cli.main(given)
        except SystemExit as stopped:
            code = stopped.code
    return Result(int(code or 0), out.getvalue(), err.getvalue())


def start(*arguments, db, env=None, **options) -> subprocess.Popen:
    """Start a command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "progression.cli", *map(str, arguments), "--db", str(db)],
        cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
    )  # fmt: skip


def refused(result: Result, code: int = 1) -> str:
    """A known error: one clear text on stderr, nothing on stdout, nothing that only a programmer reads."""
    assert result.code == code, result.err
    assert result.out == ""
    for wrong in ("Traceback", "known went wrong", "kendt gik galt", "mistake of its own", "{", "}", "Errno"):
        assert wrong not in result.err, result.err
    assert not any(secret in result.err for secret in SECRETS), result.err
    return result.err


def write(folder: Path, encoding="utf-8", **files: str) -> Path:
    """Write files of an import: write(folder, citizens="...", notes="...")."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text.encode(encoding))
    return folder


def make_vault(folder: Path, *options: str, **files: str) -> Path:
    """A vault with cheap keys, filled through `import` with these options; kept state lies beside it, not with the
    user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSION_STATE", str(folder.parent / "template-state"))
        patch.setenv("PROGRESSION_PASSPHRASE", PASSPHRASE)
        opened = vaults.create(folder, PASSPHRASE, account_name="Kim", kdf=CHEAP)
        vaults.close(opened.session, backup=False)
        if files:
            result = run("import", write(folder.parent / "given", **files), *options, db=folder)
            assert result.code == 0, result.err
    return folder


def copy_of(vault: Path, folder: Path) -> Path:
    """A copy that has become a device of its own already, so that no command has to say so."""
    shutil.copytree(vault, folder)
    vaults.close(vaults.unlock(folder, PASSPHRASE).session, backup=False)
    return folder


def facts(vault: Path) -> dict[str, str]:
    """Everything the command line tells about a vault's contents."""
    commands = {
        "citizens": ["citizens"], "people": ["people"], "interventions": ["interventions"],
        "trajectories": ["trajectories"], "flags": ["flags", "--history", "--all"],
    }  # fmt: skip
    found = {}
    for name, command in commands.items():
        result = run(*command, "--format", "csv", db=vault)
        assert result.code == 0, result.err
        found[name] = result.out
    return found


def whole(vault: Path) -> None:
    """Everything verifies, the projections too."""
    result = run("check", "--deep", db=vault)
    assert (result.code, result.out) == (0, "No damage was found.\n"), result.err


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its content (folders: None)."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def flip(path: Path, place: int, bit: int = 2) -> None:
    """Change one bit of a file."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ (1 << bit)]))


@contextlib.contextmanager
def powerless():
    """Root, without root's right to write where permissions forbid it: for this thread, until it is left.

    A container may run as root and still mount nothing. Linux only (`capset`; capabilities 0-2 override permissions).
    """
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this thread
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then the same for capabilities from 32

    def call(function):
        if function(head, sets) != 0:
            raise OSError(ctypes.get_errno(), "capabilities")

    call(libc.capget)
    had = sets[0]
    sets[0] &= ~0b111
    call(libc.capset)
    try:
        yield
    finally:
        sets[0] = had
        call(libc.capset)


def mounted(folder: Path, *options: str) -> bool:
    """Mount something on a folder where this user may; the caller unmounts."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    return subprocess.run(["mount", *options, str(folder)], capture_output=True).returncode == 0


def unmount(folder: Path) -> None:
    """Undo `mounted`."""
    subprocess.run(["umount", str(folder)], check=True)
