"""Where things lie, and which places are no place for a vault."""

from __future__ import annotations

import subprocess
from pathlib import Path

import platformdirs
import pytest

from progression.platform import folders, network

MOUNTS = """\
sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local\\040disk ext4 rw 0 0
//srv/share /mnt/cifs cifs rw 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
tmpfs /mnt/cifs/covered tmpfs rw 0 0
"""
MAC = """\
/dev/disk1s1 on / (apfs, local, journaled)
//anna@server/sager on /Volumes/Sager (arkiv) (smbfs, nodev, nosuid, mounted by anna)
/dev/disk2s1 on /Volumes/USB (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/srv/vault", False), ("/home/anna", True), ("/home", True), ("/homes", False),
        ("/home/local disk/vault", False), ("/mnt/cifs/x", True), ("/mnt/cifs/covered/x", False),
        ("/mnt/ssh", True), ("/mnt/c/Users", False),
    ],
)  # fmt: skip
def test_network_mounts_on_linux(path, remote):
    assert network.on_linux_network(path, MOUNTS) is remote


@pytest.mark.parametrize(
    ("path", "remote"),
    [("/Users/anna", False), ("/Volumes/Sager (arkiv)/v", True), ("/Volumes/USB/v", False)],
)
def test_network_mounts_on_a_mac(path, remote):
    assert network.on_mac_network(path, MAC) is remote


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        (r"C:\Users\anna\vault", False), (r"H:\vault", True), (r"h:vault", True), ("H:/vault", True),
        (r"\\server\share\vault", True), ("//server/share", True), (r"\\?\UNC\server\share", True),
        (r"\\?\C:\vault", False), (r"\\?\H:\vault", True),
    ],
)  # fmt: skip
def test_network_drives_on_windows(path, remote):
    asked = []

    def drive_type(root):
        asked.append(root)
        return 4 if root.upper() == "H:\\" else 3

    assert network.on_windows_network(path, drive_type) is remote
    assert all(len(root) == 3 for root in asked)


def test_the_question_goes_to_the_system_it_is_asked_on(tmp_path, monkeypatch):
    assert network.is_network_path(tmp_path / "not" / "there" / "yet") is False
    monkeypatch.setattr(network, "_mac_mounts", lambda: f"//a@b/c on {tmp_path} (smbfs)")
    assert network.is_network_path(tmp_path / "x", platform="darwin") is True
    monkeypatch.setattr(network, "on_windows_network", lambda path: path == str(tmp_path))
    assert network.is_network_path(tmp_path, platform="win32") is True


def test_the_mac_is_asked_with_its_own_program(monkeypatch):
    asked = []

    def run(command, **_):
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, MAC, "")

    monkeypatch.setattr(subprocess, "run", run)
    assert network.is_network_path(Path("/Volumes/Sager (arkiv)"), platform="darwin") in (True, False)
    assert asked == [["/sbin/mount"]]


def test_folders_can_be_moved_and_are_the_platforms_own_otherwise():
    moved = {"PROGRESSION_DATA": "/d", "PROGRESSION_STATE": "/s", "PROGRESSION_CONFIG": "/c"}
    assert folders.data_folder(moved) == Path("/d")
    assert folders.default_vault(moved) == Path("/d/vault")
    assert folders.state_folder(moved) == Path("/s")
    assert folders.config_folder(moved) == Path("/c")
    assert str(folders.data_folder({})) == platformdirs.user_data_dir("progression", appauthor=False)
    assert folders.config_folder({}).name == "progression"


def test_what_belongs_to_the_device_never_lies_in_a_vault():
    vault, state = folders.default_vault({}), folders.state_folder({})
    assert not state.is_relative_to(vault)
    assert not vault.is_relative_to(state)


def test_where_mounts_are_not_told_nothing_is_taken_for_remote(tmp_path, monkeypatch):
    assert network._linux_mounts(tmp_path / "none") == ""
    assert network._linux_mounts(tmp_path) == ""  # there, and cannot be read
    monkeypatch.setattr(network, "_linux_mounts", lambda: "")
    assert not network.is_network_path(tmp_path, platform="linux")
