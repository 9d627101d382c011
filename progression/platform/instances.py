"""One window for each vault: how a second start finds the first, and asks it to come to the front.

The window listens on a named pipe (Windows) or a socket (elsewhere) that only this user may open. Its name is made of a
digest of the vault's folder: nothing of the folder, which may be a person's name, can be read from it. Whoever calls is
greeted with the window's process id and answers SHOW; nothing else is said.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from io import FileIO
from pathlib import Path
from typing import Any, Protocol

from progression.platform.files import WINDOWS
from progression.platform.folders import state_folder

SHOW = b"show\n"
PIPES = "\\\\.\\pipe\\"
PATIENCE = 2.0  # seconds a window has to answer; one that hangs must not keep the user from starting another
_LONGEST = 100  # bytes of a socket's path; systems allow 104 to 108


def channel(folder: Path, *, windows: bool = WINDOWS, environment: Mapping[str, str] = os.environ) -> str:
    """The name of the pipe, or the path of the socket, of the window on this vault. Nothing is made."""
    path = str(folder.absolute().resolve())
    name = "progression-" + hashlib.sha256(os.fsencode(path.lower() if windows else path)).hexdigest()[:24]
    if windows:
        return PIPES + name
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    places = [Path(runtime)] if runtime and Path(runtime).is_dir() else []
    places += [state_folder(environment), Path(tempfile.gettempdir())]
    return next(str(p / name) for p in places if len(os.fsencode(p / name)) <= _LONGEST or p is places[-1])


class Line(Protocol):
    """A connection to the window."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes."""

    def write(self, data: bytes, /) -> object:
        """Send bytes."""

    def close(self) -> None:
        """Hang up."""


def call(
    name: str,
    *,
    windows: bool = WINDOWS,
    connect: Callable[[str], Line] | None = None,
    let_come: Callable[[int], object] | None = None,
    wait: float = PATIENCE,
) -> int | None:
    """Ask the window at the other end to come to the front; its process id, None where there is none that answers."""
    connect = connect or (_pipe if windows else _socket)
    let_come = let_come or (_allow_foreground if windows else lambda _pid: None)
    found: list[int] = []

    def talk() -> None:
        try:
            line = connect(name)
        except OSError:
            return
        try:
            pid = int(line.read(32).strip() or b"0")
            if pid > 0:
                let_come(pid)  # Windows lets a program come to the front only if the one in front agrees
                line.write(SHOW)
                found.append(pid)
        except (OSError, ValueError):
            return
        finally:
            line.close()

    # a pipe of Windows cannot be read with a time limit, and a hanging window never greets
    talking = threading.Thread(target=talk, name="second start", daemon=True)
    talking.start()
    talking.join(wait)
    return found[0] if found else None


def greeting(pid: int) -> bytes:
    """What the window says to whoever calls."""
    return f"{pid}\n".encode()


def _pipe(name: str) -> Line:
    return FileIO(name, "r+b")


def _socket(name: str) -> Line:
    """Only a socket of our own is spoken to: in a shared folder anybody may put one of this name."""
    owner = Path(name).stat().st_uid  # where nobody listens, which is at most starts, it ends here
    if owner != os.getuid():
        raise PermissionError(name)
    import socket

    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(PATIENCE)
        line.connect(name)
    except BaseException:
        line.close()
        raise
    return _SocketLine(line)


class _SocketLine:
    def __init__(self, line: Any) -> None:
        self._line = line

    def read(self, size: int, /) -> bytes:
        return bytes(self._line.recv(size))

    def write(self, data: bytes, /) -> None:
        self._line.sendall(data)

    def close(self) -> None:
        self._line.close()


def _allow_foreground(pid: int) -> None:
    import ctypes

    ctypes.WinDLL("user32").AllowSetForegroundWindow(pid)  # type: ignore[attr-defined]
