"""The second pass: the facts of one subject under one measure become a value, and the value becomes points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from generator.records.scheme import Measure
from generator.results import Credit, Tally, shares
from generator.score.facts import Fact


def tally(measure: Measure, facts: Iterable[Fact], per: Fraction | None = None) -> Tally:
    """Return one measure's part in a standing, its contributions newest first. The order of `facts` is irrelevant.

    per: what the subject's own number gives for each unit, as 100 ÷ households; None where the scheme asks for none.
    """
    ordered = sorted(facts, key=lambda f: (f.day, f.evidence, f.amount))
    found = [(Fraction(f.amount), f.day) for f in ordered]
    scale = Fraction(1) if per is None else per
    credits = [Credit(amount, amount * share * scale, fact.day, fact.evidence)
               for fact, (amount, _), share in zip(ordered, found, shares(measure.take, found), strict=True)]
    value = sum((c.adds for c in credits), Fraction(0))
    return Tally(measure.label, measure.take, measure.unit or "", value, points_of(value, measure),
                 tuple(reversed(credits)))


def points_of(value: Fraction, measure: Measure) -> Fraction:
    """Return the points that a measure gives for a value.

    With `worst` and `best` the value's share of the way between them, never below none or above all of it, times
    the weight; else the weight for each unit. Floor and cap bound the result.
    """
    points = Fraction(measure.weight) * _on_scale(value, measure)
    if measure.floor is not None:
        points = max(points, Fraction(measure.floor))
    return points if measure.cap is None else min(points, Fraction(measure.cap))


def _on_scale(value: Fraction, measure: Measure) -> Fraction:
    if measure.worst is None or measure.best is None:
        return value
    worst, best = Fraction(measure.worst), Fraction(measure.best)
    return min(Fraction(1), max(Fraction(0), (value - worst) / (best - worst)))


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Return a value as it is published and ranked: so many decimals, halves away from zero.

    What readers see is what is ranked: equal figures always share a rank.
    """
    scaled = value * 10**decimals
    whole = Decimal((abs(scaled).numerator * 2 + abs(scaled).denominator) // (2 * abs(scaled).denominator))
    exact = (whole if scaled >= 0 else -whole).scaleb(-decimals)
    return exact.quantize(Decimal(1), ROUND_HALF_UP) if exact == exact.to_integral_value() else exact.normalize()
