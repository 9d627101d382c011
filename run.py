#!/usr/bin/env python3
"""Run Progression from a checkout. Needs Python 3.11 or newer and nothing else.

    python3 run.py demo      fill a demo database, print whom to look at, write PDFs, open the window
    python3 run.py test      install what the tests need and run them (or some: test tests/one.py -k word)
    python3 run.py app       open (or create) your own database
    python3 run.py bench     measure, as ratios against a floor measured in the same run
    python3 run.py shots     screenshots of every page, in both languages, light and dark (--all: every look and size)

Anything else is handed to the `progression` command: `python3 run.py flags --format json`.
This file uses the standard library only, since it runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# Library -> Debian package. What Qt needs without a screen, and what a real window adds.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
TEST_PROGRAMS = {
    "pdfinfo": "poppler-utils",
    "qpdf": "qpdf",
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "strings": "binutils",
    "dbus-daemon": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}
MOST_PROCESSES = 8  # of the tests; each takes about half a gigabyte
CPU_LIMIT = Path("/sys/fs/cgroup/cpu.max")  # "quota period" in microseconds, or "max period"
LOOKED_ON = {"--numprocesses", "--capture", "--pdb", "--trace", "--collect-only", "--co", "-h", "--help", "--fixtures"}


class StoppedError(Exception):
    """Something is missing that this program cannot install; the message says what to do."""


def main(arguments: list[str]) -> int:
    """Prepare what the verb needs, then hand over to it."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("app", [])
    if verb in ("-h", "--help") and not PYTHON.exists():
        print(__doc__)
        return 0
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 - this file must say so to whoever has an older one
            raise StoppedError(f"Progression needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        install_python_packages(test=verb in ("test", "bench"))
        needs_window = verb in ("shots", "test") or (verb in ("app", "demo") and has_screen())
        install_system(LIBRARIES | (WINDOW_LIBRARIES if needs_window else {}), programs_for(verb))
    except StoppedError as stopped:
        print(stopped, file=sys.stderr)
        return 1
    return hand_over(verb, rest)


def hand_over(verb: str, rest: list[str]) -> int:
    """Run the verb inside the virtual environment and return its exit code."""
    if verb == "test":
        return run([str(PYTHON), "-m", "pytest", *in_parallel(rest), *rest], env={"QT_QPA_PLATFORM": "offscreen"})
    if verb == "bench":
        return run([str(PYTHON), str(ROOT / "bench" / "run.py"), *rest], env={"QT_QPA_PLATFORM": "offscreen"})
    if verb == "shots":
        return run([*virtual_screen(), str(PYTHON), "-m", "progression.ui.shots", *rest])
    if verb == "demo" and "--out" not in rest and not any(part.startswith("--out=") for part in rest):
        rest = [*rest, "--out", str(ROOT / "out")]
    return run([str(PYTHON), "-m", "progression.cli", verb, *rest])


def in_parallel(rest: list[str]) -> list[str]:
    """What pytest is told to use every processor; nothing for a single file and where a person looks on."""
    if any(".py" in part or part.startswith(("-n", "-s")) or part.split("=")[0] in LOOKED_ON for part in rest):
        return []
    processes = min(processors(), MOST_PROCESSES)
    return ["-n", str(processes), "--dist", "worksteal"] if processes > 1 else []


def processors() -> int:
    """How many processors this process may use: a container may be given fewer than the machine has."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = CPU_LIMIT.read_text("ascii").split()
        return max(1, min(found, math.ceil(int(quota) / int(period))))
    except (OSError, ValueError):  # no such limit
        return found


def run(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run a command in the checkout; Ctrl+C reaches it, not us."""
    try:
        return subprocess.call(command, env={**os.environ, **(env or {})}, cwd=ROOT if "pytest" in command else None)
    except KeyboardInterrupt:
        return 130


def has_screen() -> bool:
    """True where a window can be shown."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def virtual_screen() -> list[str]:
    """A virtual screen to take pictures on, where there is no real one: the same picture on every machine."""
    if WINDOWS or sys.platform == "darwin" or not shutil.which("xvfb-run"):
        return []
    return ["xvfb-run", "-a", "-s", "-screen 0 2000x1300x24 -dpi 96"]


def programs_for(verb: str) -> dict[str, str]:
    """Programs a verb calls, with their Debian packages."""
    if verb == "test":
        return TEST_PROGRAMS
    return {name: TEST_PROGRAMS[name] for name in ("Xvfb", "xauth")} if verb == "shots" else {}


# Python packages ------------------------------------------------------------------------------------------------


def install_python_packages(*, test: bool) -> None:
    """Make .venv and install the project into it; does nothing when what is wanted is already there."""
    wanted = hashlib.sha256(
        (ROOT / "pyproject.toml").read_bytes() + (ROOT / "constraints.txt").read_bytes()
    ).hexdigest()
    stamp = VENV / "progression-installed"
    have = stamp.read_text("utf-8").split() if stamp.exists() and PYTHON.exists() else []
    if have[:1] == [wanted] and ("test" in have or not test):
        return
    if not PYTHON.exists():
        make_environment()
    target = f"{ROOT}[test]" if test or "test" in have else str(ROOT)
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-warn-script-location",
    ]
    with_progress(
        "Installing Python packages (about a minute, once)",
        [*command, "--constraint", str(ROOT / "constraints.txt"), "--editable", target],
        "The packages could not be installed. Is there a network connection to the package index?",
    )
    stamp.write_text(f"{wanted} {'test' if test or 'test' in have else 'app'}\n", "utf-8")


def make_environment() -> None:
    """Create the virtual environment; Debian keeps the part that does this in a package of its own."""
    if not has_venv():
        install_packages(["python3-venv"], "Python's venv module is missing.")
    with_progress(
        "Making a place for the packages (.venv)",
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        "The folder .venv could not be made. Is this folder writable, and is there room on the disk?",
    )


def has_venv() -> bool:
    """True when `python -m venv` can also install pip."""
    return subprocess.call([sys.executable, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL) == 0


# System libraries -----------------------------------------------------------------------------------------------


def install_system(libraries: dict[str, str], programs: dict[str, str]) -> None:
    """Install missing system libraries and programs where we can (Debian, as root); name them where we cannot."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in libraries.items() if not loads(library)]
    missing += [package for program, package in programs.items() if not shutil.which(program)]
    if missing:
        install_packages(missing, "Some system libraries are missing.")


def loads(library: str) -> bool:
    """True when the dynamic loader finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str], why: str) -> None:
    """Install Debian packages, or say which ones to ask for."""
    names = " ".join(sorted(set(packages)))
    if not shutil.which("apt-get"):
        raise StoppedError(f"{why} Please install what your system calls (Debian names): {names}")
    if os.geteuid() != 0:
        raise StoppedError(f"{why} Please run: sudo apt-get install {names}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *sorted(set(packages))]
    failed = f"{why} They could not be installed. Please install: {names}"
    with_progress("Reading the list of system packages", ["apt-get", "update", "-qq"], failed)
    with_progress(f"Installing system packages: {names}", install, failed)


def with_progress(title: str, command: list[str], failed: str) -> None:
    """Run a command, saying what goes on and for how long. Raises StoppedError, with what it printed, when it fails."""
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(title, done), daemon=True)
    ticker.start()
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    done.set()
    ticker.join()
    if result.returncode != 0:
        tail = "\n".join(result.stdout.strip().splitlines()[-15:])
        raise StoppedError(f"{tail}\n\n{failed}")


def _tick(title: str, done: threading.Event) -> None:
    started = time.monotonic()
    on_terminal = sys.stderr.isatty()
    print(f"{title} …", end="" if on_terminal else "\n", file=sys.stderr, flush=True)
    while not done.wait(1.0 if on_terminal else 15.0):
        seconds = int(time.monotonic() - started)
        print(
            f"\r{title} … {seconds} s" if on_terminal else f"  {seconds} s",
            end="" if on_terminal else "\n",
            file=sys.stderr,
            flush=True,
        )
    print("\r" if on_terminal else "", end="\n" if on_terminal else "", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
