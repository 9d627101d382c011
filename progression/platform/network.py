"""Is this folder on a network? Locks and write-ahead logs cannot be trusted there, so a vault is never opened on
one.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_NETWORK_TYPES = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "ncp", "webdav", "davfs",
        "ceph", "glusterfs", "lustre", "beegfs", "gfs2", "ocfs2", "fuse.sshfs", "fuse.rclone", "fuse.davfs2",
        "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.cephfs", "fuse.s3fs", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.nfs",
    }
)  # fmt: skip
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_OCTAL = re.compile(r"\\([0-7]{3})")
_MAC_LINE = re.compile(r"^.* on (?P<point>/.*) \((?P<type>[^,)]+)[^)]*\)$")


def is_network_path(path: Path, *, platform: str = sys.platform) -> bool:
    """True when the path, or the nearest folder of it that exists, lies on a network file system."""
    if platform == "win32":
        return on_windows_network(str(path.absolute()))
    if platform == "darwin":
        return on_mac_network(str(_existing(path)), _mac_mounts())
    return on_linux_network(str(_existing(path)), _linux_mounts())


def _linux_mounts(table: Path = Path("/proc/mounts")) -> str:
    """What is mounted; nothing where that is not told, as in a container that keeps it to itself."""
    try:
        return table.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _existing(path: Path) -> Path:
    resolved = path.resolve()
    return next((p for p in (resolved, *resolved.parents) if p.exists()), resolved)


def on_linux_network(path: str, mounts: str) -> bool:
    """`mounts` is the text of /proc/mounts: device, mount point (octal escapes), type, options ..."""
    points = []
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) >= 3:
            points.append((_OCTAL.sub(lambda m: chr(int(m[1], 8)), fields[1]), fields[2]))
    return _type_of(path, points) in _NETWORK_TYPES


def on_mac_network(path: str, mounts: str) -> bool:
    """`mounts` is what `mount` prints: `//user@server/share on /Volumes/share (smbfs, nodev, ...)`."""
    found = [m for line in mounts.splitlines() if (m := _MAC_LINE.match(line))]
    return _type_of(path, [(m["point"], m["type"].strip()) for m in found]) in _NETWORK_TYPES


def _type_of(path: str, points: list[tuple[str, str]]) -> str:
    """The type of the innermost mount; of two on the same point the later one covers the earlier."""
    best, kind = -1, ""
    for point, mounted in points:
        inside = point == "/" or path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), mounted
    return kind


def _mac_mounts() -> str:
    return subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True).stdout


def _windows_drive_type(root: str) -> int:
    return int(ctypes.WinDLL("kernel32").GetDriveTypeW(root))  # type: ignore[attr-defined]


def on_windows_network(path: str, drive_type: Callable[[str], int] = _windows_drive_type) -> bool:
    r"""`\\server\share`, `\\?\UNC\server\share`, or a letter that Windows calls a remote drive."""
    path = path.replace("/", "\\")
    if path.upper().startswith("\\\\?\\UNC\\"):
        return True
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        path = path[4:]
    if path.startswith("\\\\"):
        return True
    return len(path) >= 2 and path[1] == ":" and drive_type(path[:2] + "\\") == _REMOTE_DRIVE
