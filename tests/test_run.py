"""run.py on machines we do not have: nothing installed, no rights, no screen, an old Python. All by simulation."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def starter(tmp_path, monkeypatch):
    """A fresh copy of run.py's module, in a checkout of its own where nothing is installed."""
    spec = importlib.util.spec_from_file_location("starter", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(module.sys, "platform", "linux")
    return module


@pytest.fixture
def calls(starter, monkeypatch):
    """What would have been run with progress: (title, command), and nothing is."""
    made = []

    def record(title, command, failed):
        made.append((title, command))
        if "venv" in command:
            starter.PYTHON.parent.mkdir(parents=True)
            starter.PYTHON.touch()

    monkeypatch.setattr(starter, "with_progress", record)
    monkeypatch.setattr(starter, "has_venv", lambda: True)
    return made


@pytest.fixture
def handed(starter, monkeypatch):
    """What was handed over to: (command, environment)."""
    made = []
    monkeypatch.setattr(starter, "run", lambda command, env=None: made.append((command, env)) or 7)
    return made


@pytest.fixture
def whole_system(starter, monkeypatch):
    """A machine on which every library and program is there."""
    monkeypatch.setattr(starter, "loads", lambda _library: True)
    monkeypatch.setattr(starter.shutil, "which", lambda program: f"/usr/bin/{program}")


def commands(calls):
    return [" ".join(map(str, command)) for _, command in calls]


def test_it_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "run.py").read_text("utf-8"))
    names = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in (node.names if isinstance(node, ast.Import) else [ast.alias(node.module or "")])
    }
    assert names <= set(sys.stdlib_module_names)


def test_an_old_python_is_told_which_one_is_needed(starter, monkeypatch, capsys, calls, handed):
    monkeypatch.setattr(starter.sys, "version_info", (3, 10, 14))
    assert starter.main(["demo"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err
    assert (calls, handed) == ([], [])


def test_help_on_a_bare_machine_installs_nothing(starter, capsys, calls, handed):
    assert starter.main(["--help"]) == 0
    assert "run.py demo" in capsys.readouterr().out
    assert (calls, handed) == ([], [])


# Python packages


def test_a_bare_checkout_gets_an_environment_and_the_packages(starter, calls, handed, whole_system):
    assert starter.main(["demo"]) == 7
    made = commands(calls)
    assert "-m venv" in made[0]
    assert "pip install" in made[1]
    assert made[1].endswith(f"--editable {starter.ROOT}")
    assert f"--constraint {starter.ROOT / 'constraints.txt'}" in made[1]
    assert not re.search(r"index|https?:", made[1])
    assert all(title for title, _ in calls)


def test_a_prepared_machine_installs_nothing_again(starter, calls, handed, whole_system):
    starter.main(["app"])
    calls.clear()
    assert starter.main(["app"]) == 7
    assert calls == []


def test_tests_need_more_and_what_they_need_is_kept(starter, calls, handed, whole_system):
    starter.main(["app"])
    calls.clear()
    starter.main(["test"])
    assert commands(calls)[0].endswith(f"--editable {starter.ROOT}[test]")
    calls.clear()
    starter.main(["app"])
    starter.main(["test"])
    assert calls == []
    (starter.ROOT / "constraints.txt").write_text("numpy<9\n", "utf-8")
    starter.main(["app"])  # other versions are wanted now; the tests' packages stay wanted
    assert commands(calls)[0].endswith(f"--editable {starter.ROOT}[test]")


def test_an_environment_that_was_removed_is_made_again(starter, calls, handed, whole_system):
    starter.main(["app"])
    starter.PYTHON.unlink()
    starter.PYTHON.parent.rmdir()
    calls.clear()
    starter.main(["app"])
    assert len(calls) == 2


def test_the_stamp_is_written_only_after_success(starter, monkeypatch, calls, whole_system, capsys):
    def fails(title, command, failed):
        if "venv" in command:
            starter.PYTHON.parent.mkdir(parents=True)
            starter.PYTHON.touch()
            return
        raise starter.StoppedError("no network")

    monkeypatch.setattr(starter, "with_progress", fails)
    assert starter.main(["app"]) == 1
    assert capsys.readouterr().err == "no network\n"
    assert not (starter.VENV / "progression-installed").exists()


def test_the_stamp_names_what_was_asked_for(starter, calls, handed, whole_system):
    starter.main(["app"])
    read = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    wanted = hashlib.sha256(read).hexdigest()
    assert (starter.VENV / "progression-installed").read_text("utf-8") == f"{wanted} app\n"


# a missing venv module, as on Debian


def without_venv(starter, monkeypatch, *, root, apt=True):
    monkeypatch.setattr(starter, "has_venv", lambda: False)
    monkeypatch.setattr(starter.os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(starter.shutil, "which", lambda name: f"/usr/bin/{name}" if apt or name != "apt-get" else None)
    monkeypatch.setattr(starter, "loads", lambda _library: True)


def test_debian_as_root_installs_venv_first(starter, monkeypatch, calls, handed):
    without_venv(starter, monkeypatch, root=True)
    assert starter.main(["app"]) == 7
    made = commands(calls)
    assert made[0] == "apt-get update -qq"
    assert made[1] == "apt-get install -y -qq --no-install-recommends python3-venv"
    assert "-m venv" in made[2]


def test_a_user_is_told_what_to_ask_for(starter, monkeypatch, calls, handed, capsys):
    without_venv(starter, monkeypatch, root=False)
    assert starter.main(["app"]) == 1
    assert capsys.readouterr().err == "Python's venv module is missing. Please run: sudo apt-get install python3-venv\n"
    assert (calls, handed) == ([], [])


def test_another_system_is_named_the_packages(starter, monkeypatch, calls, handed, capsys):
    without_venv(starter, monkeypatch, root=True, apt=False)
    assert starter.main(["app"]) == 1
    assert "Debian names): python3-venv" in capsys.readouterr().err
    assert (calls, handed) == ([], [])


def test_venv_without_pip_counts_as_missing(starter, monkeypatch):
    asked = []
    monkeypatch.setattr(starter.subprocess, "call", lambda command, **_: asked.append(command) or 1)
    assert starter.has_venv() is False
    assert "ensurepip" in asked[0][-1]


# system libraries


def missing(starter, monkeypatch, *libraries, root=True, programs=()):
    monkeypatch.setattr(starter, "loads", lambda library: library not in libraries)
    monkeypatch.setattr(starter.shutil, "which", lambda name: None if name in programs else f"/usr/bin/{name}")
    monkeypatch.setattr(starter.os, "geteuid", lambda: 0 if root else 1000)


def test_missing_libraries_are_installed_by_root(starter, monkeypatch, calls, handed):
    missing(starter, monkeypatch, "libEGL.so.1", "libdbus-1.so.3")
    assert starter.main(["demo"]) == 7
    assert commands(calls)[-1] == "apt-get install -y -qq --no-install-recommends libdbus-1-3 libegl1"
    assert starter.os.environ["DEBIAN_FRONTEND"] == "noninteractive"


def test_missing_libraries_are_named_to_a_user(starter, monkeypatch, calls, handed, capsys):
    missing(starter, monkeypatch, "libEGL.so.1", "libdbus-1.so.3", root=False)
    assert starter.main(["demo"]) == 1
    assert "sudo apt-get install libdbus-1-3 libegl1" in capsys.readouterr().err
    assert handed == []


def test_a_window_needs_more_than_a_machine_without_a_screen(starter, monkeypatch, calls, handed):
    missing(starter, monkeypatch, "libxcb-cursor.so.0")
    starter.main(["demo"])
    assert not any("libxcb-cursor0" in line for line in commands(calls))
    monkeypatch.setenv("DISPLAY", ":0")
    starter.main(["demo"])
    assert any("libxcb-cursor0" in line for line in commands(calls))


@pytest.mark.parametrize(
    ("verb", "programs"),
    [("test", {"poppler-utils", "qpdf", "xvfb", "xauth", "binutils"}), ("shots", {"xvfb", "xauth"}), ("app", set())],
)
def test_programs_a_verb_calls(starter, monkeypatch, calls, handed, verb, programs):
    missing(starter, monkeypatch, programs=("pdfinfo", "qpdf", "Xvfb", "xauth", "strings"))
    starter.main([verb])
    last = [line for line in commands(calls) if line.startswith("apt-get install")]
    assert (set(last[-1].split()[5:]) if last else set()) == programs


def test_other_systems_bring_their_libraries(starter, monkeypatch, calls, handed):
    missing(starter, monkeypatch, *starter.LIBRARIES)
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(starter.sys, "platform", platform)
        starter.install_system(starter.LIBRARIES, {"qpdf": "qpdf"})
    assert calls == []


def test_a_library_is_looked_for_with_the_loader(starter):
    assert starter.loads("libc.so.6")
    assert not starter.loads("libnobody-has-this.so.9")


def test_every_library_qt_asks_for_is_listed(starter):
    """The list of Debian 12, measured; see docs/decisions."""
    assert set(starter.LIBRARIES.values()) == {
        "libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0",
    }  # fmt: skip
    assert set(starter.WINDOW_LIBRARIES.values()) == {
        "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0",
        "libxcb-shape0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1", "libxkbcommon-x11-0", "libx11-xcb1",
    }  # fmt: skip


# handing over


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        ([], ["-m", "progression.cli", "app"]),
        (["app"], ["-m", "progression.cli", "app"]),
        (["flags", "--format", "json"], ["-m", "progression.cli", "flags", "--format", "json"]),
        (["demo", "--out", "x"], ["-m", "progression.cli", "demo", "--out", "x"]),
        (["demo", "--out=x"], ["-m", "progression.cli", "demo", "--out=x"]),
        (["test", "tests/test_run.py"], ["-m", "pytest", "tests/test_run.py"]),
        (["test", "-k", "words"], ["--dist", "worksteal", "-k", "words"]),
        (["shots", "--only", "today"], ["-m", "progression.ui.shots", "--only", "today"]),
    ],
    ids=str,
)
def test_what_each_verb_runs(starter, monkeypatch, calls, handed, whole_system, arguments, ending):
    monkeypatch.setattr(starter, "processors", lambda: 2)
    assert starter.main(arguments) == 7
    command, _ = handed[0]
    assert command[-len(ending) :] == ending
    assert str(starter.PYTHON) in command


def test_the_demo_writes_its_reports_beside_the_checkout(starter, calls, handed, whole_system):
    starter.main(["demo", "--citizens", "9"])
    assert handed[0][0][-4:] == ["--citizens", "9", "--out", str(starter.ROOT / "out")]


def test_tests_and_benchmarks_need_no_screen(starter, calls, handed, whole_system):
    for verb in ("test", "bench"):
        starter.main([verb])
    assert [env for _, env in handed] == [{"QT_QPA_PLATFORM": "offscreen"}] * 2
    assert handed[1][0][-1].endswith(str(Path("bench") / "run.py"))


def test_pictures_are_taken_on_a_virtual_screen_where_there_is_one(starter, monkeypatch):
    monkeypatch.setattr(starter.shutil, "which", lambda _name: "/usr/bin/xvfb-run")
    assert starter.virtual_screen()[0] == "xvfb-run"
    monkeypatch.setattr(starter.shutil, "which", lambda _name: None)
    assert starter.virtual_screen() == []
    monkeypatch.setattr(starter.sys, "platform", "darwin")
    assert starter.virtual_screen() == []


@pytest.mark.parametrize(
    ("arguments", "processes"),
    [
        ([], 3),
        (["-x", "-k", "words"], 3),
        (["tests/ui"], 3),
        (["--color=no"], 3),
        (["tests/ui/today/test_week.py", "-k", "plan"], 0),
        (["tests/ui/today/test_week.py::test_nobody_to_meet_says_so"], 0),
        (["-n4"], 0),
        (["-n", "4"], 0),
        (["--pdb"], 0),
        (["-s"], 0),
        (["--capture=no"], 0),
        (["--collect-only"], 0),
    ],
    ids=str,
)
def test_tests_use_every_processor_unless_somebody_looks_on(starter, monkeypatch, arguments, processes):
    monkeypatch.setattr(starter, "processors", lambda: 3)
    assert starter.in_parallel(arguments) == (["-n", "3", "--dist", "worksteal"] if processes else [])


def test_one_processor_needs_no_second_process_and_many_are_not_all_taken(starter, monkeypatch):
    monkeypatch.setattr(starter, "processors", lambda: 1)
    assert starter.in_parallel([]) == []
    monkeypatch.setattr(starter, "processors", lambda: 96)
    assert starter.in_parallel([])[:2] == ["-n", str(starter.MOST_PROCESSES)]


@pytest.mark.parametrize(
    ("limit", "found"),
    [("150000 100000\n", 2), ("50000 100000", 1), ("max 100000", 6), ("9900000 100000", 6), ("", 6), (None, 6)],
)
def test_a_container_may_be_given_fewer_processors(starter, monkeypatch, tmp_path, limit, found):
    monkeypatch.setattr(starter.os, "sched_getaffinity", lambda _process: set(range(6)), raising=False)
    monkeypatch.setattr(starter, "CPU_LIMIT", tmp_path / "cpu.max")
    if limit is not None:
        starter.CPU_LIMIT.write_text(limit)
    assert starter.processors() == found


FAILING = "def test_good(): pass\ndef test_other(): pass\ndef test_bad(): assert 6 * 7 == 41\n"
DYING = "import os\ndef test_good(): pass\ndef test_other(): pass\ndef test_bad(): os._exit(0)\n"


@pytest.mark.parametrize("content", [FAILING, DYING], ids=["a failure", "a process that dies"])
def test_a_real_failure_in_one_of_the_processes_fails_the_run_and_stands_last(starter, monkeypatch, capfd, content):
    monkeypatch.setattr(starter, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(starter, "processors", lambda: 2)
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    (starter.ROOT / "tests").mkdir()
    (starter.ROOT / "tests" / "test_it.py").write_text(content)
    assert starter.hand_over("test", []) == 1
    last = capfd.readouterr().out.strip().splitlines()[-2:]
    assert last[0].startswith("FAILED tests/test_it.py::test_bad")
    assert "1 failed, 2 passed" in last[1]


def test_real_tests_that_all_hold_make_a_good_run(starter, monkeypatch, capfd):
    monkeypatch.setattr(starter, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(starter, "processors", lambda: 2)
    (starter.ROOT / "tests").mkdir()
    (starter.ROOT / "tests" / "test_it.py").write_text(FAILING.replace("41", "42"))
    assert starter.hand_over("test", []) == 0
    assert "3 passed" in capfd.readouterr().out


def test_the_exit_code_comes_through_and_ctrl_c_is_quiet(starter, monkeypatch):
    assert starter.run([sys.executable, "-c", "raise SystemExit(3)"]) == 3
    assert starter.run([sys.executable, "-c", "import os; raise SystemExit(os.environ['A'] != 'b')"], {"A": "b"}) == 0

    def stopped(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(starter.subprocess, "call", stopped)
    assert starter.run(["anything"]) == 130


def test_a_screen(starter, monkeypatch):
    assert not starter.has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert starter.has_screen()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setattr(starter.sys, "platform", "darwin")
    assert starter.has_screen()


# progress


def test_work_says_what_goes_on_and_is_quiet_about_the_rest(starter, capfd):
    starter.with_progress("Working", [sys.executable, "-c", "print('noise')"], "It failed.")
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Working …")
    assert "noise" not in printed.err


def test_work_that_fails_shows_its_last_lines_and_what_to_do(starter, capfd):
    noisy = "import sys; print('\\n'.join(f'line {n}' for n in range(40)), file=sys.stderr); sys.exit(2)"
    with pytest.raises(starter.StoppedError) as stopped:
        starter.with_progress("Working", [sys.executable, "-c", noisy], "Is there a network?")
    text = str(stopped.value)
    assert text.endswith("\n\nIs there a network?")
    assert "line 39" in text
    assert "line 3\n" not in text


class Ticks:
    """An event that lets the ticker tick so many times, and says how long each wait was."""

    def __init__(self, times):
        self.times = times
        self.waits = []

    def wait(self, seconds):
        self.waits.append(seconds)
        self.times -= 1
        return self.times < 0


@pytest.mark.parametrize("terminal", [True, False])
def test_the_seconds_are_counted(starter, monkeypatch, capsys, terminal):
    clock = iter(range(0, 100, 20))
    monkeypatch.setattr(starter.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(starter.sys.stderr, "isatty", lambda: terminal, raising=False)
    ticks = Ticks(2)
    starter._tick("Installing", ticks)
    printed = capsys.readouterr().err
    assert "20 s" in printed
    assert "40 s" in printed
    assert printed.count("\r") == (3 if terminal else 0)
    assert ticks.waits == [1.0 if terminal else 15.0] * 3


def test_a_real_bare_call_prints_its_help(tmp_path):
    """run.py alone in a folder, as on a machine where nothing was prepared."""
    (tmp_path / "run.py").write_bytes((ROOT / "run.py").read_bytes())
    result = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "run.py"), "--help"], capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 0
    assert "python3 run.py demo" in result.stdout
    assert result.stderr == ""
