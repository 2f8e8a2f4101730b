"""What the next star or place would take, computed from the rule: for each measure alone, how much more it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from generator.records.scheme import Criterion, Measure, Scheme
from generator.results import WHOLE, Step, Tally, Way, fraction, product, total
from generator.score.tally import points_of, rounded

MOST = 100_000
"""More further records than this are no way that anybody can go."""


def way_to(goal: str, target: Decimal, scheme: Scheme, tallies: Sequence[Tally], per: Fraction | None = None) -> Way:
    """Return what it takes to reach a published value, all else unchanged.

    tallies: one for each of the scheme's measures, in their order. per: what each unit is multiplied with.
    """
    whole = total(t.points for t in tallies)

    def suffices(points: Fraction) -> bool:
        value = rounded(points, scheme.decimals)
        return value >= target if scheme.direction == "high" else value <= target

    missing = None
    if scheme.direction == "high" and target > 0:
        missing = _rounded_up_from(target, scheme.decimals) - whole
    steps = (step for measure, one in zip(scheme.measures, tallies, strict=True)
             if (step := _step(measure, one, whole, suffices, per or WHOLE, missing)))
    return Way(goal, abs(target - rounded(whole, scheme.decimals)), tuple(steps))


@lru_cache(maxsize=8192)
def _rounded_up_from(value: Decimal, decimals: int) -> Fraction:
    """Return the least number that is published as `value`, which is more than 0."""
    return Fraction(value) - Fraction(1, 2 * 10**decimals)


def _step(measure: Measure, tally: Tally, whole: Fraction, suffices: Callable[[Fraction], bool], per: Fraction,
          missing: Fraction | None) -> Step | None:
    def reaches(value: Fraction) -> bool:
        return suffices(whole - tally.points + points_of(value, measure))

    if measure.take in ("ratio", "within_days"):
        good = total(c.amount for c in tally.credits)
        more = _least(lambda k: reaches((good + k) / Fraction(tally.times + k) * per))
        return Step(tally.label, Fraction(more), "件", measure.take) if more else None
    if measure.take in ("count", "sum"):
        unit = WHOLE if measure.take == "count" else _unit(tally)
        each = product(unit, per)
        more = _straight(measure, each, missing) or _least(lambda k: reaches(tally.value + k * each))
        return Step(tally.label, more * unit, tally.unit or "件", measure.take) if more else None
    unit = Fraction(1, 100) if measure.take == "latest" else Fraction(1, 2)
    for sign in (1, -1):
        if steps := _least(lambda k, sign=sign: reaches(tally.value + sign * k * unit)):  # type: ignore[misc]
            value = _within(tally.value + sign * steps * unit, measure)
            return Step(tally.label, abs(value - tally.value), tally.unit, measure.take, value, sign < 0)
    return None


def _within(value: Fraction, measure: Measure) -> Fraction:
    """Return a value that does not go beyond the best there is; nothing more is gained there."""
    if measure.worst is None or measure.best is None:
        return value
    best = fraction(measure.best)
    return min(value, best) if measure.best > measure.worst else max(value, best)


def _unit(tally: Tally) -> Fraction:
    """Return the smallest step in which amounts have been noted so far: whole, half or a hundredth."""
    largest = max((c.amount.denominator for c in tally.credits), default=1)
    return Fraction(1, largest if largest <= 2 else 100)


def _straight(measure: Measure, unit: Fraction, missing: Fraction | None) -> int | None:
    """Return how many units give the missing points where nothing bounds them; None where that takes a search.

    missing: up to where halves are rounded to the goal.
    """
    bounded = measure.worst is not None or measure.floor is not None or measure.cap is not None
    if missing is None or bounded or measure.weight <= 0:
        return None
    each = product(unit, fraction(measure.weight))
    more = -(-missing.numerator * each.denominator // (missing.denominator * each.numerator))
    return max(1, more) if more <= MOST else None


def _least(reaches: Callable[[int], bool]) -> int | None:
    """Return the least k ≥ 1 that reaches, by doubling and halving; None where none up to MOST does.

    reaches: once true it stays true as k grows.
    """
    high = 1
    while not reaches(high):
        high *= 2
        if high > MOST:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high


def way_to_star(goal: str, gap: Decimal, criteria: Sequence[Criterion], points: dict[str, int]) -> Way:
    """Return what the next star takes: the points missing, and each criterion with what it could still give.

    The criteria with the most left come first; `value` is the full mark of the criterion.
    """
    left = [(c.max - points.get(c.id, 0), c) for c in criteria]
    steps = (Step(c.label, Fraction(more), "分", "points", Fraction(c.max))
             for more, c in sorted(left, key=lambda item: (-item[0], item[1].id)) if more > 0)
    return Way(goal, gap, tuple(steps))
