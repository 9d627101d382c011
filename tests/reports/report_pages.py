"""Pages made by hand for the tests of reports."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "charts"))
import karsten

from progression.analysis.values import Trajectory
from progression.charts.builder import citizen_chart
from progression.desk.pages import CitizenPage
from progression.words import Words


def page_of(course, trajectory, *, scale=karsten.BIP, phases=None, flags=(), today=karsten.TODAY):
    """A page as the desk would hand it over."""
    phases = trajectory.phases if phases is None else phases
    chart = citizen_chart(course, scale, trajectory, karsten.TYPES, karsten.NAMES, today, Words("da"))
    return CitizenPage(
        today=today,
        course=course,
        scale=scale,
        scales={"bip": karsten.BIP, "hamd": karsten.HAMD},
        types=karsten.TYPES,
        names=karsten.NAMES,
        trajectory=trajectory,
        phases=phases,
        flags=flags,
        estimates=karsten.ESTIMATES,
        chart=chart,
        duty=None,
        draft=None,
    )


def empty_trajectory(scale="bip", today=karsten.TODAY, **more):
    """A citizen nobody has assessed."""
    return replace(Trajectory("c1", scale, today, (), (), (), (), "too_few", None, None, None, None, 0), **more)
