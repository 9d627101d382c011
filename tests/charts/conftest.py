"""The example citizen of `karsten.py` as fixtures."""

from __future__ import annotations

import karsten
import pytest

from progression.charts.builder import citizen_chart
from progression.words import Words


@pytest.fixture(params=["da", "en"])
def w(request):
    return Words(request.param)


@pytest.fixture
def chart():
    return citizen_chart(
        karsten.COURSE,
        karsten.BIP,
        karsten.trajectory(),
        karsten.TYPES,
        karsten.NAMES,
        karsten.TODAY,
        Words("da"),
        flag=karsten.FLAG,
    )
