"""*Team*: the overview and its lists, colleagues, reviews, handovers, call-in."""
