"""The second pass: the facts of one subject under one measure become a value, and the value becomes points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from generator.records.scheme import Measure
from generator.results import NOTHING, WHOLE, Credit, Tally, fraction, product, total
from generator.score.facts import Fact

OLDEST_FIRST = attrgetter("day", "evidence", "amount")


def tally(measure: Measure, facts: Iterable[Fact], per: Fraction | None = None) -> Tally:
    """Return one measure's part in a standing, its contributions newest first. The order of `facts` is irrelevant.

    per: what the subject's own number gives for each unit, as 100 ÷ households; None where the scheme asks for none.
    """
    ordered = sorted(facts, key=OLDEST_FIRST)
    found = [(fraction(f.amount), f.day) for f in ordered]
    parts = shares(measure.take, found)
    if per is not None:
        parts = [part * per for part in parts]
    credits = [Credit(amount, amount if part is WHOLE else product(amount, part), fact.day, fact.evidence)
               for fact, (amount, _), part in zip(ordered, found, parts, strict=True)]
    value = total(c.adds for c in credits)
    return Tally(measure.label, measure.take, measure.unit or "", value, points_of(value, measure),
                 tuple(reversed(credits)))


def shares(take: str, found: list[tuple[Fraction, str]]) -> list[Fraction]:
    """Return the weight of each amount in the value, so that the value is the sum of amount × weight.

    found: (amount, day) of each contribution. A mean or a ratio weighs all alike, a median its middle, `latest` the
    newest alone (the last of several on one day).
    """
    n = len(found)
    if not n:
        return []
    if take in ("count", "sum", "points"):
        return [WHOLE] * n
    if take in ("mean", "ratio", "within_days"):
        return [Fraction(1, n)] * n
    weights = [NOTHING] * n
    if take == "latest" and n:
        weights[max(range(n), key=lambda i: (found[i][1], i))] = WHOLE
    elif n:
        order = sorted(range(n), key=lambda i: found[i])
        for middle in (order[(n - 1) // 2], order[n // 2]):
            weights[middle] += Fraction(1, 2)
    return weights


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
