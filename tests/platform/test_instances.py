"""How a second start finds the first, on either system."""

from __future__ import annotations

import os
import socket
import threading

import pytest

from progression.platform import instances


@pytest.fixture
def runtime(tmp_path_factory):
    """A short folder: a socket's path may not be long."""
    return tmp_path_factory.mktemp("r")


def test_the_name_is_the_same_however_the_folder_is_written_and_says_nothing_of_it(tmp_path, runtime):
    env = {"XDG_RUNTIME_DIR": str(runtime)}
    folder = tmp_path / "Mette Holm" / "vault"
    name = instances.channel(folder, windows=False, environment=env)
    assert name == instances.channel(folder.parent / "x" / ".." / "vault", windows=False, environment=env)
    assert name != instances.channel(tmp_path / "vault", windows=False, environment=env)
    assert "Mette" not in name and "vault" not in name


def test_windows_has_a_pipe_and_tells_no_capitals_apart(tmp_path):
    one = instances.channel(tmp_path / "Vault", windows=True)
    assert one.startswith("\\\\.\\pipe\\progression-")
    assert one == instances.channel(tmp_path / "vAULT", windows=True)


def test_a_place_too_deep_for_a_socket_is_not_used(tmp_path):
    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    env = {"XDG_RUNTIME_DIR": str(deep), "PROGRESSION_STATE": str(deep / "state")}
    name = instances.channel(tmp_path, windows=False, environment=env)
    assert len(os.fsencode(name)) <= 100 and str(deep) not in name


def test_nobody_there_is_told_at_once(runtime):
    assert instances.call(str(runtime / "none"), windows=False) is None
    (runtime / "file").write_text("no socket")
    assert instances.call(str(runtime / "file"), windows=False) is None


class First:
    """Stands for the first window, on a real socket."""

    def __init__(self, path, greeting):
        self.heard = b""
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self._thread = threading.Thread(target=self._answer, args=(greeting,))
        self._thread.start()

    def _answer(self, greeting):
        line, _ = self._server.accept()
        with line:
            if greeting is not None:
                line.sendall(greeting)
            self.heard = line.recv(64)

    def end(self):
        self._thread.join(10)
        self._server.close()


def test_the_window_is_found_and_asked_to_come(runtime):
    first = First(runtime / "s", instances.greeting(4321))
    assert instances.call(str(runtime / "s"), windows=False) == 4321
    first.end()
    assert first.heard == instances.SHOW


@pytest.mark.parametrize("greeting", [b"", b"hello\n", b"-3\n", b"\xff\xff"])
def test_something_else_that_answers_is_no_window(runtime, greeting):
    first = First(runtime / "s", greeting)
    assert instances.call(str(runtime / "s"), windows=False) is None
    first.end()
    assert first.heard == b""


def test_a_window_that_hangs_keeps_nobody_from_starting(runtime):
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(runtime / "s"))
    server.listen()
    assert instances.call(str(runtime / "s"), windows=False, wait=0.05) is None
    server.close()


def test_a_socket_of_somebody_else_is_not_spoken_to(runtime, monkeypatch):
    first = First(runtime / "s", instances.greeting(1))
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    assert instances.call(str(runtime / "s"), windows=False) is None
    monkeypatch.undo()
    assert instances.call(str(runtime / "s"), windows=False) == 1
    first.end()


def test_on_windows_the_first_is_let_come_before_it_is_asked():
    order = []

    class Pipe:
        def read(self, _size):
            return b"77\n"

        def write(self, data):
            order.append(data)

        def close(self):
            order.append("closed")

    def connect(name):
        order.append(name)
        return Pipe()

    found = instances.call("\\\\.\\pipe\\x", windows=True, connect=connect, let_come=lambda pid: order.append(pid))
    assert found == 77
    assert order == ["\\\\.\\pipe\\x", 77, instances.SHOW, "closed"]


def test_a_pipe_is_a_file_to_windows(tmp_path):
    pipe = tmp_path / "pipe"
    pipe.write_bytes(b"12\n")
    line = instances._pipe(str(pipe))
    assert line.read(32) == b"12\n"
    line.write(instances.SHOW)
    line.close()
    assert pipe.read_bytes() == b"12\n" + instances.SHOW
