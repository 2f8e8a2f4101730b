"""What the next star or place would take, computed from the rule: for each measure alone, how much more it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from generator.records.scheme import Criterion, Measure, Scheme
from generator.results import WHOLE, Standing, Step, Tally, Way, fraction, product, total
from generator.score.tally import points_of, rounded

MOST = 100_000
"""More further records than this are no way that anybody can go."""


class Lever(NamedTuple):
    """What moves one measure of a standing.

    unit: the smallest step of its amounts; each: the points that one such step gives, None where its floor, cap or
    scale makes that depend on where it stands.
    """

    measure: Measure
    tally: Tally
    unit: Fraction
    each: Fraction | None


def ways_to(goals: Iterable[tuple[str, Decimal]], scheme: Scheme, standing: Standing, per: Fraction = WHOLE
            ) -> tuple[Way, ...]:
    """Return what it takes to reach published values, each alone and all else unchanged. goals: (words, value).

    standing: has a value, and a tally for each of the scheme's measures. per: what each unit is multiplied with.
    """
    whole = total(t.points for t in standing.tallies)
    levers = [_lever(m, t, per) for m, t in zip(scheme.measures, standing.tallies, strict=True)]
    return tuple(_way(goal, target, scheme, standing.value or Decimal(0), whole, levers, per)
                 for goal, target in goals)


def likeness(tally: Tally) -> tuple[int, ...]:
    """Return what a way takes from a tally: two standings whose tallies are alike have the same ways."""
    return (*tally.value.as_integer_ratio(), *tally.points.as_integer_ratio(), _largest(tally),
            0 if tally.take in ("count", "sum") else tally.times)


def _lever(measure: Measure, tally: Tally, per: Fraction) -> Lever:
    unit = _unit(tally) if measure.take == "sum" else WHOLE
    bounded = measure.worst is not None or measure.floor is not None or measure.cap is not None
    if bounded or measure.take not in ("count", "sum") or measure.weight <= 0:
        return Lever(measure, tally, unit, None)
    return Lever(measure, tally, unit, product(product(unit, per), fraction(measure.weight)))


def _way(goal: str, target: Decimal, scheme: Scheme, value: Decimal, whole: Fraction, levers: Iterable[Lever],
         per: Fraction) -> Way:
    def suffices(points: Fraction) -> bool:
        value = rounded(points, scheme.decimals)
        return value >= target if scheme.direction == "high" else value <= target

    missing = None
    if scheme.direction == "high" and target > 0:
        missing = _rounded_up_from(target, scheme.decimals) - whole
    steps = (step for lever in levers if (step := _step(lever, whole, suffices, per, missing)))
    return Way(goal, abs(target - value), tuple(steps))


@lru_cache(maxsize=8192)
def _rounded_up_from(value: Decimal, decimals: int) -> Fraction:
    """Return the least number that is published as `value`, which is more than 0."""
    return Fraction(value) - Fraction(1, 2 * 10**decimals)


def _step(lever: Lever, whole: Fraction, suffices: Callable[[Fraction], bool], per: Fraction, missing: Fraction | None
          ) -> Step | None:
    measure, tally, unit, each = lever

    def reaches(value: Fraction) -> bool:
        return suffices(whole - tally.points + points_of(value, measure))

    if measure.take in ("count", "sum"):
        more = _straight(each, missing) if each and missing else None
        more = more or _least(lambda k: reaches(tally.value + k * unit * per))
        return Step(tally.label, product(fraction(more), unit), tally.unit or "件", measure.take) if more else None
    if measure.take in ("ratio", "within_days"):
        good = total(f.amount for f in tally.facts)
        more = _least(lambda k: reaches((good + k) / Fraction(tally.times + k) * per))
        return Step(tally.label, Fraction(more), "件", measure.take) if more else None
    finest = Fraction(1, 100) if measure.take == "latest" else Fraction(1, 2)
    for sign in (1, -1):
        if steps := _least(lambda k, sign=sign: reaches(tally.value + sign * k * finest)):  # type: ignore[misc]
            value = _within(tally.value + sign * steps * finest, measure)
            return Step(tally.label, abs(value - tally.value), tally.unit, measure.take, value, sign < 0)
    return None


def _straight(each: Fraction, missing: Fraction) -> int | None:
    """Return how many steps that give `each` points make up the missing ones; None for more than anybody can go."""
    more = -(-missing.numerator * each.denominator // (missing.denominator * each.numerator))
    return max(1, more) if more <= MOST else None


def _within(value: Fraction, measure: Measure) -> Fraction:
    """Return a value that does not go beyond the best there is; nothing more is gained there."""
    if measure.worst is None or measure.best is None:
        return value
    best = fraction(measure.best)
    return min(value, best) if measure.best > measure.worst else max(value, best)


def _largest(tally: Tally) -> int:
    return max((f.amount.as_integer_ratio()[1] for f in tally.facts), default=1)


def _unit(tally: Tally) -> Fraction:
    """Return the smallest step in which amounts have been noted so far: whole, half or a hundredth."""
    largest = _largest(tally)
    return WHOLE if largest == 1 else Fraction(1, largest if largest <= 2 else 100)


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
