"""Attention points: the card, its reason, the decision, and what came of it."""
