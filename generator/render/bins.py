"""Level 2. Values sorted into steps of equal size, for whoever shows how they are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

BINS = 8
FEW = 6
"""Fewer values than this are seen at a glance."""


class Bin(NamedTuple):
    """How many values lie from `low` on, below `high`; the highest step ends with the highest value."""

    low: Fraction
    high: Fraction
    found: int


def bins(values: Sequence[Decimal]) -> list[Bin]:
    """Return the values in at most `BINS` steps of 1, 2 or 5 × 10ⁿ, highest first; nothing where they are few."""
    if len(values) < FEW:
        return []
    low, high = Fraction(min(values)), Fraction(max(values))
    sizes = (Fraction(digit) * Fraction(10) ** power for power in range(-6, 16) for digit in (1, 2, 5))
    size = next(s for s in sizes if high // s - low // s < BINS)
    counts = Counter(Fraction(v) // size for v in values)
    return [Bin(step * size, min((step + 1) * size, high), counts[step])
            for step in range(int(high // size), int(low // size) - 1, -1)]
