"""One citizen's case report, tagged, against the same content through bare reportlab; and its size.

Bare: the same flowables on reportlab's own canvas, with the same header and footer and no tags, in one pass, so without
knowing how many pages there will be. The values of the page are made beforehand in both.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

ROUNDS = 15
LIMIT_TIMES, LIMIT_MS, LIMIT_KB = 2.5, 150.0, 200.0
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
    return [*_rows("case report", typical, LIMIT_MS), *_rows("80 assessments over ten years", long, None)]


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
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _bare(make):
    """The same report on reportlab's own canvas."""
    from reportlab.pdfgen.canvas import Canvas

    from progression.reports import tagged

    class Bare(Canvas):
        def __init__(self, *args, metadata, margins, **more):
            super().__init__(*args, **{**more, "lang": metadata.language, "invariant": 1})
            self.margins = margins

        def artifact(self, *, pagination=False):
            return self

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

        def showPage(self):
            self.margins(self, self.getPageNumber(), 0)
            super().showPage()

    with patch.object(tagged, "TaggedCanvas", Bare):
        return make()
