"""Killed at any moment: what was acknowledged is there, and everything verifies."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from vault_cases import PASSPHRASE, ROOT

from progression.store import check, drafts, queries

CHILD = """
import pathlib, sys
from datetime import date, timedelta
from progression.casework.values import Assessment
from progression.store import drafts, kinds, vault
from progression.store.access import Act

v = vault.unlock(pathlib.Path(sys.argv[1]), sys.argv[2], holder="child")
serial = int(sys.argv[3])
while True:
    serial += 1
    answers = {}
    for step, code in enumerate(("helbredsmestring", "hverdagsmestring", "netvaerk", "koncentration")):
        answers[code] = 1 + (serial + step) % 5
        drafts.save(v, "c1", "caseworker", "bip", {"serial": serial, "answers": answers})
        print("key", serial, step + 1, flush=True)
    day = date(1900, 1, 1) + timedelta(days=serial)
    done = Assessment("c1", "caseworker", "bip", day, answers)
    (event,) = v.append([kinds.to_event(done)], Act("add", "c1"), finished=[("c1", "caseworker", "bip")])
    print("saved", serial, event.id, flush=True)
"""


@pytest.mark.slow
def test_killed_at_fifty_random_points(bench, filled):
    filled.close()
    chance, acknowledged, serial = random.Random(2), {}, 0
    for _ in range(50):
        lines = killed_after(bench.folder, serial, chance.randrange(1, 60))
        saved = [line for line in lines if line[0] == "saved"]
        acknowledged |= {line[2]: int(line[1]) for line in saved}
        v = bench.unlock()
        assert v.notices == []  # the same device goes on
        assert check.check(v, deep=True) == []
        there = {row[0] for row in v.rows("SELECT id FROM event")}
        assert acknowledged.keys() <= there
        keys_are_there(v, lines)
        serial = max(serial, *(int(line[1]) for line in lines))
        v.close(backup=False)
    assert len(acknowledged) > 50


def keys_are_there(v, lines) -> None:
    """The last acknowledged key is in the draft, or its assessment was finished."""
    serial, step = [(int(s), int(n)) for word, s, n in lines if word == "key"][-1]
    answered = {(one.date.toordinal() - 693595 - 1): one for one in queries.assessments(v)}
    found = drafts.load(v, "c1", "caseworker", "bip")
    if found and found.payload["serial"] == serial:
        assert len(found.payload["answers"]) >= step
    else:
        assert serial in answered


def killed_after(folder, serial: int, count: int) -> list[list[str]]:
    """Start the child, wait for so many acknowledgements, kill it, and return every line it had written."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), PASSPHRASE, str(serial)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    lines = [child.stdout.readline() for _ in range(count)]
    child.kill()
    rest = child.communicate()[0].splitlines(keepends=True)
    return [line.split() for line in lines + rest if line.endswith("\n")]
