"""From process start to the first picture on the screen, beside an empty PySide6 main window started the same way.

Both are told apart from "the event loop runs" by Qt itself: its log says when a window's first pixels are flushed. The
unlock is left out: the first picture is the page that asks for the passphrase.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
RUNS = 9
LIMIT_RATIO, LIMIT_SECONDS = 2.5, 3.0
PATIENCE = 60.0  # seconds after which a window that never comes is a fault
PASSPHRASE = "an empty vault that is measured"
EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([sys.argv[0], "-style", "Fusion"])
window = QMainWindow()
window.resize(1440, 900)
window.show()
sys.exit(app.exec())
"""


def run() -> list[tuple[str, float, float | None, str]]:
    """Median times of several starts, taken in turn so that a busy machine is busy for all of them."""
    from progression.desk import vaults

    with tempfile.TemporaryDirectory() as scratch:
        environment = surroundings(Path(scratch))
        folder, state = Path(environment["PROGRESSION_DATA"]) / "vault", Path(environment["PROGRESSION_STATE"])
        vaults.close(vaults.create(folder, PASSPHRASE, account_name="", state=state).session, backup=False)
        commands = {
            "empty": [sys.executable, "-c", EMPTY],
            "app": [sys.executable, "-m", "progression.cli", "app"],
            "run.py": [sys.executable, str(ROOT / "run.py"), "app"],
        }
        prepared = (ROOT / ".venv" / "progression-installed").exists()
        wanted = [name for name in commands if name != "run.py" or prepared]
        for name in wanted:  # once unmeasured: compiled files and the disk's cache
            until_painted(commands[name], environment)
        taken = {name: [] for name in wanted}
        for _ in range(RUNS):
            for name in wanted:
                taken[name].append(until_painted(commands[name], environment))
    times = {name: median(listed) for name, listed in taken.items()}
    spread = ", ".join(f"{name} {min(t) * 1000:.0f}-{max(t) * 1000:.0f}" for name, t in taken.items())
    details = f"{times['app'] * 1000:.0f} ms against {times['empty'] * 1000:.0f} ms (median of {RUNS}; {spread} ms)"
    rows = [("process start to first window painted", times["app"] / times["empty"], LIMIT_RATIO, details)]
    if prepared:
        rows.append(("run.py app on a prepared machine, seconds", times["run.py"], LIMIT_SECONDS, "window painted"))
    return rows


def surroundings(scratch: Path) -> dict[str, str]:
    """An environment with folders of its own, no screen needed, and Qt telling when it paints."""
    folders = {f"PROGRESSION_{name}": str(scratch / name.lower()) for name in ("DATA", "STATE", "CONFIG")}
    # what is started is compiled, as an installed program is, and a checkout after its first start. An environment that
    # forbids to keep compiled files would have each of our modules compiled anew each time, and none of Qt's
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        **folders,
        "PYTHONPYCACHEPREFIX": str(scratch / "compiled"),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "QT_LOGGING_RULES": "qt.widgets.painting=true",
        "QT_FORCE_STDERR_LOGGING": "1",
        "PYTHONPATH": str(ROOT),
        "DISPLAY": os.environ.get("DISPLAY", ":none"),  # so that run.py looks for what a window needs
    }


def until_painted(command: list[str], environment: dict[str, str]) -> float:
    """Seconds from starting the process to its first flushed pixels; the process is ended then."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    said = []
    try:
        for line in process.stderr:
            if "Flushing" in line:
                return time.perf_counter() - began
            said.append(line)
            if time.perf_counter() - began > PATIENCE:
                break
        raise RuntimeError("no window was painted:\n" + "".join(said[-20:]))
    finally:
        if sys.platform == "win32":
            process.kill()
        else:  # run.py has a child of its own
            os.killpg(process.pid, 9)
        process.stderr.close()
        process.wait()
