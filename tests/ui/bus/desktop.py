"""A desktop of its own for a test: a screen without glass, a session bus, and the program in a process of its own.
Whoever reads it through the bus has no other way to it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from atspi import Bus, Node

SIZE = "1280x720x24"
BUGS = ("Traceback", "QWidget:", "QObject:", "QPainter:", "Segmentation")


@dataclass
class Desktop:
    """The processes, and the connection to the accessibility bus once `open` was called.

    `home`: a folder with a short name, since the sockets of the buses lie in it.
    """

    home: Path
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    bus: Bus | None = None
    running: subprocess.Popen[str] | None = None

    def open(self) -> None:
        """Start the screen and the buses. The launcher of the accessibility bus is started by the session bus."""
        screen = self._start(["Xvfb", "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"], dict(os.environ))
        kept = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS")}
        self.environment = kept | {
            "DISPLAY": ":" + _line(screen),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": str(self.home),
            "HOME": str(self.home),
            "GSETTINGS_BACKEND": "memory",
            **{f"PROGRESSION_{name}": str(self.home / name.lower()) for name in ("DATA", "STATE", "CONFIG")},
        }
        daemon = ["dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address=1"]
        session = _line(self._start([*daemon, f"--address=unix:dir={self.home}"], self.environment))
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = session
        self.bus = Bus.on(session)

    def program(self, *arguments: str) -> Node:
        """Start the program with these arguments and return its window."""
        assert self.bus is not None
        self.end_program()
        self.running = self._start([sys.executable, "-m", "progression.cli", *arguments], self.environment)
        return self.bus.application("Progression").find(role="frame")

    def end_program(self) -> None:
        """End the program, if it still runs."""
        if self.running is not None:
            _end(self.running)
            self.running = None

    def bugs(self) -> list[str]:
        """What the program complained of on its way."""
        told = (self.home / "said.txt").read_text("utf-8", "replace")
        return [line for line in told.splitlines() if line.startswith(BUGS)]

    def _start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
        with (self.home / "said.txt").open("a") as said:
            made = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=said, text=True, env=environment, cwd=self.home
            )
        self.processes.append(made)
        return made

    def close(self) -> None:
        """End everything that was started, the program first."""
        if self.bus is not None:
            self.bus.close()
        for process in reversed(self.processes):
            _end(process)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(20)
    if process.stdout is not None:
        process.stdout.close()
