"""Classical measures of change for one person and a few measurements: pure functions on exact numbers.

Values are whole-scale values as `Fraction` (a mean of whole steps is one), so that ties are ties: floating point makes
2.7 - 0.3 * 9 differ from 0 and breaks them. "Better" is +1 or -1: the direction of the scale. Too little data is a
value (`values.Missing`), never an error or a NaN. Nothing here is used for flags.
"""
