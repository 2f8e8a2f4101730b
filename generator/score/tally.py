"""The second pass: the facts of one subject under one measure become a value, and the value becomes points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from generator.records.scheme import Measure
from generator.results import NOTHING, WHOLE, Amount, Fact, Tally, fraction, product, total


def tally(measure: Measure, facts: Iterable[Fact], per: Fraction | None = None) -> Tally:
    """Return one measure's part in a standing, its contributions newest first. The order of `facts` is irrelevant.

    per: what the subject's own number gives for each unit, as 100 ÷ households; None where the scheme asks for none.
    """
    ordered = sorted(facts)
    value, parts = valued(measure.take, [f.amount for f in ordered], WHOLE if per is None else per)
    return Tally(measure.label, measure.take, measure.unit or "", value, points_of(value, measure),
                 tuple(ordered[::-1]), tuple(parts[::-1]))


def valued(take: str, amounts: Sequence[Amount], per: Fraction = WHOLE) -> tuple[Fraction, list[Fraction]]:
    """Return the value of some amounts, and which part of each adds to it: the value is the sum of those products.

    amounts: the oldest first. A mean or a ratio takes the same part of all, a median its middle, `latest` the newest
    alone; each times `per`.
    """
    if not amounts:
        return NOTHING, []
    if take not in ("median", "latest"):
        part = per / len(amounts) if take in ("mean", "ratio", "within_days") else per
        return product(total(amounts), part), [part] * len(amounts)
    counted = [len(amounts) - 1] * 2
    if take == "median":
        order = sorted(range(len(amounts)), key=amounts.__getitem__)
        counted = [order[(len(amounts) - 1) // 2], order[len(amounts) // 2]]
    parts = [NOTHING] * len(amounts)
    for index in counted:
        parts[index] += per / 2
    return total(fraction(amounts[index]) * per / 2 for index in counted), parts


def points_of(value: Fraction, measure: Measure) -> Fraction:
    """Return the points that a measure gives for a value.

    With `worst` and `best` the value's share of the way between them, never below none or above all of it, times
    the weight; else the weight for each unit. Floor and cap bound the result.
    """
    points = product(_on_scale(value, measure), fraction(measure.weight))
    if measure.floor is not None:
        points = max(points, Fraction(measure.floor))
    return points if measure.cap is None else min(points, Fraction(measure.cap))


def _on_scale(value: Fraction, measure: Measure) -> Fraction:
    if measure.worst is None or measure.best is None:
        return value
    worst, best = fraction(measure.worst), fraction(measure.best)
    return min(WHOLE, max(NOTHING, (value - worst) / (best - worst)))


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Return a value as it is published and ranked: so many decimals, halves away from zero.

    What readers see is what is ranked: equal figures always share a rank.
    """
    numerator, denominator = value.numerator * 10**decimals, value.denominator
    whole = (2 * abs(numerator) + denominator) // (2 * denominator) * (-1 if numerator < 0 else 1)
    if not whole % 10**decimals:
        return Decimal(whole // 10**decimals)
    return Decimal(whole).scaleb(-decimals).normalize()
