"""The house itself: who may import whom, who alone knows SQL and Qt, sizes, types, style, what gives us away."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_archon import archrule

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "progression"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LEAVES = {"errors", "resources"}

# room -> the rooms it may import (docs/design.md); leaves are open to all, a room may import itself
MAY_IMPORT = {
    "scales": set(),
    "words": set(),
    "platform": set(),
    "casework": {"scales"},
    "analysis": {"casework", "scales"},
    "charts": {"analysis", "casework", "scales", "words"},
    "store": {"casework", "scales", "platform"},
    "exchange": {"store", "casework", "scales"},
    "reports": {"charts", "analysis", "casework", "scales", "words"},
    "desk": {
        "exchange",
        "reports",
        "charts",
        "store",
        "analysis",
        "casework",
        "scales",
        "words",
        "platform",
    },
    "ui": {"desk", "charts", "words", "analysis", "casework", "scales", "platform"},
    "commands": {"desk", "words", "analysis", "casework", "scales"},
}
# Reports draw what a page shows, so they know the page's values; nothing else of the desk.
VALUES_ALLOWED = {"reports": ("progression.desk.pages",), "ui": (), "charts": ()}


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_point_downwards(room):
    forbidden = [f"progression.{other}*" for other in MAY_IMPORT if other not in MAY_IMPORT[room] | {room}]
    rule = (
        archrule(f"{room} imports only what lies below it").match(f"progression.{room}*").should_not_import(*forbidden)
    )
    for allowed in VALUES_ALLOWED.get(room, ()):
        rule = rule.may_import(allowed)
    rule.check("progression", only_direct_imports=True, skip_type_checking=True)


def imported(path: Path) -> set[str]:
    """Top-level names of everything a file imports, lazily or not."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize(
    ("libraries", "rooms"),
    [
        ({"PySide6", "pyqtgraph", "shiboken6", "pypdfium2"}, {"ui", "app.py"}),
        ({"sqlcipher3", "sqlite_utils"}, {"store"}),
        ({"reportlab", "pikepdf", "PIL"}, {"reports"}),
        ({"argon2", "cryptography"}, {"store"}),
    ],
)
def test_each_library_is_known_in_one_room(libraries, rooms):
    strangers = [
        path.relative_to(PACKAGE).as_posix()
        for path in SOURCES
        if path.relative_to(PACKAGE).parts[0] not in rooms and imported(path) & libraries
    ]
    assert strangers == []


def test_qt_translation_is_used_nowhere():
    users = [p.name for p in SOURCES if re.search(r"\bself\.tr\(|QCoreApplication\.translate\(", p.read_text("utf-8"))]
    assert users == []


def test_tests_mirror_the_tree():
    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and any(p.glob("*.py")) and p.name != "assets"}
    with_tests = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and any(p.glob("test_*.py"))}
    assert rooms <= with_tests


def test_no_file_and_no_function_is_two():
    long_files = [p.relative_to(ROOT).as_posix() for p in SOURCES if p.read_text("utf-8").count("\n") > 420]
    assert long_files == []
    long_functions = [
        f"{p.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}"
        for p in SOURCES
        for node in ast.walk(ast.parse(p.read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (node.end_lineno or 0) - node.lineno > 50
    ]
    assert long_functions == []


def committed() -> list[str]:
    """What git tracks; in an unpacked archive, or where there is no git, everything that is not made."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
        return listed.stdout.split("\n")
    made = {".git", ".venv", "__pycache__", "out", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
    paths = (p.relative_to(ROOT) for p in ROOT.rglob("*") if p.is_file())
    return [str(p) for p in paths if not made & set(p.parts)]


def test_nothing_committed_names_a_machine_or_a_registry():
    files = committed()
    telltale = re.compile(
        "|".join(["/wo" + "rk/", "/ro" + r"ot/\w", r"pyp" + r"i\.org", "python" + "hosted", r"npm" + r"js\."])
    )
    found = []
    for name in filter(None, files):
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".txt", ".json", ".po", ".csv", "") and path.is_file():
            found += [name] if telltale.search(path.read_text("utf-8", errors="ignore")) else []
    assert found == []


def test_every_text_is_translated_and_nothing_is_stale():
    result = subprocess.run([sys.executable, "tools/words.py", "check"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_style():
    result = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


@pytest.mark.slow
def test_types():
    result = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
