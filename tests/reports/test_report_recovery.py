"""The page with the recovery key follows the same rules as every other document, and is large enough to type from."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pdf_rules
import pikepdf
import pytest

from progression.reports.recovery import RecoveryPage, recovery_pdf
from progression.words import Words

KEY = "7XK2D-0A1B2-ZZZZ9-12345-ABCDE-FGHJK-MNPQR-STVWX"
PAGE = RecoveryPage(KEY, "Mette Holm", "/data/vault", date(2026, 11, 23))


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_tagged_like_the_others(language):
    pdf = recovery_pdf(PAGE, Words(language))
    with pikepdf.open(BytesIO(pdf)) as file:
        assert pdf_rules.faults(file) == {}
        assert len(file.pages) == 1


def test_a_long_folder_and_no_name_still_make_one_page():
    pdf = recovery_pdf(RecoveryPage(KEY, "", "/" + "dyb/" * 60 + "x" * 150, date(2026, 1, 2)), Words("da"))
    with pikepdf.open(BytesIO(pdf)) as file:
        assert pdf_rules.faults(file) == {}
        assert len(file.pages) == 1
