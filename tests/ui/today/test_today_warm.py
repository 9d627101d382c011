"""What unlocking and the first rows of I dag import is there before the passphrase is typed to its end."""

from __future__ import annotations

import subprocess
import sys

from caseload import PASSPHRASE

PROGRAM = """
import sys
from pathlib import Path
from progression.app import _warm_up

from progression.desk import today, vaults  # the door has looked for a vault

_warm_up()
before = set(sys.modules)
session = vaults.unlock(Path({folder!r}), {passphrase!r}).session
assert today.first(session) is not None
print("LATE", sorted(name for name in set(sys.modules) - before if name.startswith("progression.")))
vaults.close(session, backup=False)
"""


def test_nothing_of_ours_is_imported_between_unlocking_and_the_first_rows(demo_vault):
    program = PROGRAM.format(folder=str(demo_vault), passphrase=PASSPHRASE)
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert "LATE []" in result.stdout, result.stdout + result.stderr
