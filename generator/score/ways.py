"""What the next star or place would take, computed from the rule: for each measure alone, how much more it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

from generator.records.scheme import Criterion, Measure, Scheme
from generator.results import Step, Tally, Way
from generator.score.tally import points_of, rounded

MOST = 100_000
"""More further records than this are no way that anybody can go."""


def way_to(goal: str, target: Decimal, scheme: Scheme, tallies: Sequence[Tally], beyond: bool = False,
           per: Fraction | None = None) -> Way:
    """Return what it takes to reach (or get beyond) a published value, all else unchanged.

    tallies: one for each of the scheme's measures, in their order. per: what each unit is multiplied with.
    """
    total = sum((t.points for t in tallies), Fraction(0))

    def suffices(points: Fraction, old: Fraction) -> bool:
        value = rounded(total - old + points, scheme.decimals)
        better = value - target if scheme.direction == "high" else target - value
        return better > 0 if beyond else better >= 0

    gap = abs(target - rounded(total, scheme.decimals))
    steps = (step for measure, one in zip(scheme.measures, tallies, strict=True)
             if (step := _step(measure, one, suffices, per or Fraction(1), gap)))
    return Way(goal, gap, tuple(steps))


def _step(measure: Measure, tally: Tally, suffices: Callable[[Fraction, Fraction], bool], per: Fraction, gap: Decimal
          ) -> Step | None:
    def reaches(value: Fraction) -> bool:
        return suffices(points_of(value, measure), tally.points)

    if measure.take in ("ratio", "within_days"):
        good = sum((c.amount for c in tally.credits), Fraction(0))
        more = _least(lambda k: reaches((good + k) / Fraction(tally.times + k) * per))
        return Step(tally.label, Fraction(more), "件", measure.take) if more else None
    if measure.take in ("count", "sum"):
        unit = Fraction(1) if measure.take == "count" else _unit(tally)
        more = _least(lambda k: reaches(tally.value + k * unit * per), _guess(measure, unit * per, gap))
        return Step(tally.label, more * unit, tally.unit or "件", measure.take) if more else None
    falls = measure.best is not None and measure.worst is not None and measure.best < measure.worst
    better = Fraction(-1 if falls else 1)
    unit = Fraction(1, 100) if measure.take == "latest" else Fraction(1, 2)
    steps = _least(lambda k: reaches(tally.value + better * k * unit))
    if not steps:
        return None
    value = tally.value + better * steps * unit
    return Step(tally.label, steps * unit, tally.unit, measure.take, value)


def _unit(tally: Tally) -> Fraction:
    """Return the smallest step in which amounts have been noted so far: whole, half or a hundredth."""
    for unit in (Fraction(1), Fraction(1, 2)):
        if all((c.amount / unit).denominator == 1 for c in tally.credits):
            return unit
    return Fraction(1, 100)


def _guess(measure: Measure, unit: Fraction, gap: Decimal) -> int:
    """Return how many units fill the gap if nothing bounds the points: nearly always the answer."""
    each = Fraction(measure.weight) * unit
    return max(1, ceil(Fraction(gap) / each)) if each > 0 and measure.worst is None else 1


def _least(reaches: Callable[[int], bool], guess: int = 1) -> int | None:
    """Return the least k ≥ 1 that reaches, by a guess, then doubling and halving; None where none up to MOST does.

    reaches: once true it stays true as k grows.
    """
    if guess > 1 and guess <= MOST and reaches(guess) and not reaches(guess - 1):
        return guess
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


def alone(way: Way) -> Iterator[Step]:
    """Yield the criteria that could close the gap alone."""
    return (step for step in way.steps if step.amount >= way.gap)
