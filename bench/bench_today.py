"""I dag with 200 citizens, and searching 10,000 with their notes, in milliseconds beside their limits.

Painted: from the moment the vault is open (the key is derived, the window goes in) until the rows, in order, are on the
screen; curves and attention points follow at once and are given beside it. The program is warm as it is when somebody
has typed a passphrase: what unlocking needs was imported behind the door. Re-sorted: from a change until the list that
shows it is painted. Search: from a key until its hits are there, the slowest of what was typed, letter by letter.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

CITIZENS, MANY = 200, 10_000
ROUNDS = 7
PAINTED, RESORTED, FOUND = 100.0, 50.0, 50.0
PASSPHRASE = "invented people only"
TYPED = ("sørensen", "soer", "sor", "ågård", "aagaard", "gård", "jorgensne", "peter so", "praktik", "s0417", "zzzz")
SYLLABLES = [a + b for a in "bdfghjklmnprstv" for b in "aeiouyæøå"]
LAST = ("Sørensen", "Nielsen", "Jørgensen", "Ågård", "Aagaard", "Kjær", "Holm", "Madsen", "Thomsen", "Østergaard")


def run():
    """Return the rows of this benchmark: name, figure, limit, details."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch:
        return [*in_window(Path(scratch) / "vault"), *searching()]


def in_window(folder):
    """Unlock again and again, and change something."""
    from progression.desk import demo, people, vaults
    from progression.store import kinds
    from progression.store.access import Act
    from progression.store.header import KdfCost

    cheap = KdfCost(passes=1, memory_kib=8, lanes=1)
    session = demo.build(folder, PASSPHRASE, citizens=int(CITIZENS * 1.06), kdf=cheap).opened.session
    me = people.me(session)
    from progression.store import queries

    everybody = [a for a in queries.assignments(session.vault) if a.role == "coordinating" and a.end is None]
    from dataclasses import replace

    session.vault.append([kinds.to_event(replace(a, caseworker=me)) for a in everybody], Act("change"))
    vaults.close(session, backup=False)
    app, window = new_window(folder)
    from progression.app import _warm_up

    _warm_up()
    window.warmed(None)
    early, computing, whole, rows = [], [], [], 0
    for _ in range(ROUNDS):
        one, busy, other, rows = unlocked(app, window)
        early.append(one)
        computing.append(busy)
        whole.append(other)
        window.lock()
        settle(app, window)
        window.warmed(None)
    unlocked(app, window)
    changed = [after_a_change(app, window, n) for n in range(ROUNDS)]
    window.close()
    computed = f"{spread(early)}; {statistics.median(computing):.0f} ms computing"
    return [
        (f"I dag painted after unlocking, {rows} citizens, ms", statistics.median(early), PAINTED, computed),
        ("the same with curves and attention points, ms", statistics.median(whole), None, spread(whole)),
        ("painted in new order after a change, ms", statistics.median(changed), RESORTED, spread(changed)),
    ]


def new_window(folder):
    from PySide6.QtCore import qInstallMessageHandler

    from progression.app import application
    from progression.ui import theme
    from progression.ui.preferences import Preferences
    from progression.ui.window.collecting import Collecting
    from progression.ui.window.main import MainWindow

    app = application()
    qInstallMessageHandler(lambda *_said: None)  # the platform without a screen remarks on every window
    theme.load_fonts()
    theme.apply(app, theme.Theme())
    window = MainWindow(folder, Preferences(language="da"), lambda _changed: None)
    window.resize(1440, 900)
    window.begin()
    window.show()
    app.processEvents()
    Collecting(window)  # as `app` does once there is a picture
    return app, window


def unlocked(app, window):
    """Milliseconds until the first rows are painted and until everything is, and how many rows."""
    from progression.desk import vaults

    gc.collect()
    began, used = [], []
    window.context.worker.run(
        vaults.unlock,
        window.folder,
        PASSPHRASE,
        done=lambda opened: (began.append(time.perf_counter()), used.append(time.process_time()), window.enter(opened)),
    )
    page = None
    while page is None or page.value is None or not window.updatesEnabled():
        wait(app)
        page = window.shell.pages.get("today") if window.shell and began else None
    app.processEvents()
    first, busy = (time.perf_counter() - began[0]) * 1000, (time.process_time() - used[0]) * 1000
    while not page.value.complete:
        wait(app)
    app.processEvents()
    whole = (time.perf_counter() - began[0]) * 1000
    settle(app, window)
    return first, busy, whole, len(page.value.rows)


def settle(app, window):
    app.processEvents()
    while window.context.worker.busy:
        wait(app)
    app.processEvents()


def wait(app):
    """Until something happens, as the event loop waits: not asking again and again, which would take the time from the
    database thread."""
    from PySide6.QtCore import QEventLoop

    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def after_a_change(app, window, n):
    """Milliseconds from a conversation that is planned and held until the list is painted anew."""
    from progression.casework.values import Conversation
    from progression.desk import talks

    page = window.shell.pages["today"]
    who = page.value.rows[n * 7].citizen
    made = Conversation(who, window.context.today, f"bench-{n}", "planned", time="08:00")
    before = page.value
    gc.collect()
    done = []
    window.context.run(talks.plan, made, anyway=True, done=lambda _act: done.append(time.perf_counter()))
    while page.value is before:
        wait(app)
    app.processEvents()
    return (time.perf_counter() - done[0]) * 1000


def searching():
    """Type into an index of many citizens, each with two thousand letters of notes."""
    from progression.desk.search import PART, Index

    made, index = people_with_notes(), Index(0)
    began = time.perf_counter()
    slowest_part = 0.0
    for first in range(0, MANY, PART):
        part = time.perf_counter()
        index.put(made[first : first + PART])
        slowest_part = max(slowest_part, time.perf_counter() - part)
    building = time.perf_counter() - began
    index.find("xy", 8)
    times = {}
    for typed in TYPED:
        index.find("  ", 8)
        for end in range(1, len(typed) + 1):
            began = time.perf_counter()
            index.find(typed[:end], 8)
            times[typed[:end]] = (time.perf_counter() - began) * 1000
    worst = max(times, key=times.get)
    index.put([made[17]])
    index.drop(made[18][0])
    began = time.perf_counter()
    index.find("sør", 8)
    after = (time.perf_counter() - began) * 1000
    letters = sum(len(one[4]) for one in made) / 1e6
    detail = f"median {statistics.median(times.values()):.1f}, slowest “{worst}”; {letters:.0f} million letters"
    return [
        (f"search as you type, {MANY} citizens, slowest key, ms", times[worst], FOUND, detail),
        ("the first key after a change, ms", after, FOUND, ""),
        (
            "the index made, ms",
            building * 1000,
            None,
            f"behind everything else, at most {slowest_part * 1000:.0f} at a time",
        ),
    ]


def people_with_notes():
    draw = random.Random(2026)

    def word(least, most):
        return "".join(draw.choices(SYLLABLES, k=draw.randint(least, most)))

    words = [*(word(1, 5) for _ in range(6000)), "praktik", "mentor", "lægen", "sørgede"]
    firsts = [word(2, 3).title() for _ in range(3000)]
    return [
        (
            f"c{n}",
            f"S{n:05d}",
            f"{draw.choice(firsts)} {draw.choice(firsts)} {draw.choice(LAST)}",
            f"{n:08d}",
            " ".join(draw.choices(words, k=290)),
        )
        for n in range(MANY)
    ]


def spread(times):
    return f"{min(times):.0f}-{max(times):.0f} of {len(times)}"
