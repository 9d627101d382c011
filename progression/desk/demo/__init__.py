"""A synthetic municipality: invented people, a truth that is known, and courses a caseworker recognises.

Everything is invented: the municipality, the people, the places. No CPR number is given, since every one that looks
right may belong to a living person. Deterministic by seed and day.
"""

from progression.desk.demo.build import DemoResult, build, fill
from progression.desk.demo.courses import Truth

__all__ = ["DemoResult", "Truth", "build", "fill"]
