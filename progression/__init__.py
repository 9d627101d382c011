"""Progression: how close a citizen is to the labour market, over time, in plain and honest words."""

__version__ = "0.1.0"
