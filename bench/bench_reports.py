"""One citizen's case report, tagged, against the same content through bare reportlab; its size; and a batch of 500.

Bare: the same flowables on reportlab's own canvas, with the same header and footer and no tags, in one pass, so without
knowing how many pages there will be. The values of the page are made beforehand in both.

The batch reads 500 citizens of the demo from an encrypted vault, makes every case report and writes it to a folder.

Times are of the processor, so that they do not depend on what else the machine does.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

ROUNDS = 15
LIMIT_TIMES, LIMIT_MS, LIMIT_KB = 2.5, 150.0, 200.0
CITIZENS, LIMIT_BATCH_MS, LIMIT_GROWTH = 500, 100.0, 1.0
AGAIN = 100  # reports made a second time, to see what each leaves behind
TESTS = Path(__file__).resolve().parent.parent / "tests"


def run():
    """Return the rows of this benchmark: name, figure, limit, details."""
    sys.path[:0] = [str(TESTS / "charts"), str(TESTS / "reports")]
    import karsten
    from report_pages import page_of
    from test_report_odd_cases import assessed

    flags = (karsten.FLAG, *karsten.EARLIER)
    typical = page_of(karsten.COURSE, karsten.trajectory(), flags=flags)
    days = [date(2016, 11, 19) + timedelta(45 * n) for n in range(80)]
    long = page_of(*assessed(days))
    rows = [*_rows("case report", typical, LIMIT_MS), *_rows("80 assessments over ten years", long, None)]
    with tempfile.TemporaryDirectory() as folder:
        return [*rows, *_batch(Path(folder))]


def _batch(folder):
    from progression.desk import report_batch
    from progression.desk.demo.build import build

    opened = build(folder / "vault", "six words that nobody can guess", citizens=CITIZENS).opened
    session = opened.session
    try:
        order = report_batch.Order("case", "da", folder / "out", report_batch.cases(session), "")
        took, sizes = _written(session, order)
        before = _blocks()
        _written(session, replace(order, folder=folder / "again", cases=order.cases[:AGAIN]))
        after = _blocks()
    finally:
        session.vault.close(backup=False)
    half = len(took) // 2
    later, earlier = statistics.mean(took[half:]), statistics.mean(took[AGAIN // 2 : half])
    grown = 100 * (after / before - 1)
    return [
        (f"batch of {len(took)}, ms a report", statistics.mean(took), LIMIT_BATCH_MS, f"worst {max(took):.0f}"),
        ("batch, second half against the first, times", later / earlier, None, ""),
        (f"batch, memory grown by {AGAIN} more of the same, %", grown, LIMIT_GROWTH, f"{after:,} blocks at the end"),
        ("batch, largest report, kB", max(sizes), LIMIT_KB, f"mean {statistics.mean(sizes):.0f}"),
    ]


def _written(session, order):
    """Milliseconds and kB of every report of a batch."""
    from progression.desk import report_batch

    into = report_batch.Folder(order)
    into.open()
    took, sizes = [], []
    for one in order.cases:
        start = time.process_time()
        line = into.put(report_batch.take(session, order, one, into))
        took.append((time.process_time() - start) * 1000)
        sizes.append((order.folder / line.file).stat().st_size / 1000)
    return took, sizes


def _blocks():
    """What Python holds; the system's figure of a process stays at an earlier peak. What is kept of each citizen while
    the vault is open is counted in both."""
    gc.collect()
    return sys.getallocatedblocks()


def _rows(name, page, limit):
    from progression.reports import case
    from progression.words import Words

    w = Words("da")

    def make():
        return case.case_pdf(page, w, author="A", municipality="M", made_on=page.today)

    bare = partial(_bare, make)
    make(), bare()
    tagged_ms, bare_ms, size = [], [], 0
    for _ in range(ROUNDS):
        tagged_ms.append(_milliseconds(make))
        bare_ms.append(_milliseconds(bare))
    size = len(make()) / 1000
    took, floor = statistics.median(tagged_ms), statistics.median(bare_ms)
    return [
        (f"{name}, tagged, times bare reportlab", took / floor, LIMIT_TIMES, f"{took:.0f} against {floor:.0f} ms"),
        (f"{name}, tagged, ms", took, limit, f"worst of {ROUNDS} {max(tagged_ms):.0f}"),
        (f"{name}, kB", size, LIMIT_KB, f"{len(bare()) / 1000:.0f} without tags"),
    ]


def _milliseconds(work):
    gc.collect()
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _bare(make):
    """The same report on reportlab's own canvas: whatever would be tagged is drawn as part of something that is not."""
    from contextlib import nullcontext

    from reportlab.pdfgen.canvas import Canvas

    from progression.reports import tagged

    class Bare(Canvas):
        marking, runs = True, None

        def __init__(self, *args, metadata, margins, **more):
            super().__init__(*args, **{**more, "lang": metadata.language, "invariant": 1})
            self.margins = margins

        def nothing(self, *_args, **_more):
            """No tag."""
            return nullcontext()

        tagged = artifact = enter = leave = open_tag = open_artifact = close = bookmark = nothing

        def linkRect(self, *_args, **_more):
            """No link within the document: its headings are no places here."""

        def showPage(self):
            self.margins(self, self.getPageNumber(), 0)
            super().showPage()

    with patch.object(tagged, "TaggedCanvas", Bare):
        return make()
