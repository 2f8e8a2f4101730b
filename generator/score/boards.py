"""The second and third pass for leaderboards: credits per subject, then shared ranks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from generator.data import Credit, Fact, Standing
from generator.records.scheme import Band, Scheme


def leaderboard(scheme: Scheme, facts: Iterable[Fact]) -> tuple[Standing, ...]:
    """Return the standings of one period, best first; equal values share a rank, and the next rank counts them all.

    Subjects with fewer than `scheme.minimum` credits are listed without a rank. The order of `facts` is irrelevant.
    """
    credits: dict[str, list[Credit]] = defaultdict(list)
    for fact in facts:
        measure = scheme.measures[fact.measure]
        credits[fact.subject].append(
            Credit(measure.label, fact.amount, fact.amount * measure.weight, fact.day, fact.evidence))
    values = {subject: sum((c.points for c in some), Decimal(0)) for subject, some in credits.items()}
    ranks = shared_ranks({s: v for s, v in values.items() if len(credits[s]) >= scheme.minimum})
    order = sorted(values, key=lambda s: (ranks.get(s, len(values) + 1), -values[s], s))
    return tuple(_standing(scheme, s, ranks.get(s), values[s], credits[s]) for s in order)


def shared_ranks(values: dict[str, Decimal]) -> dict[str, int]:
    """Return each key's rank, 1 for the highest value; ties share a rank (1, 2, 2, 4)."""
    ranks: dict[str, int] = {}
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    for position, (key, value) in enumerate(ordered, 1):
        before = ordered[position - 2] if position > 1 else None
        ranks[key] = ranks[before[0]] if before and before[1] == value else position
    return ranks


def _standing(scheme: Scheme, subject: str, rank: int | None, value: Decimal, credits: list[Credit]) -> Standing:
    proved = tuple(sorted(credits, key=lambda c: (c.day, c.evidence, c.measure, c.amount), reverse=True))
    band, above = band_for(value, scheme.bands)
    return Standing(
        subject, rank, value, proved, band.stars if band else None, band.word if band else None,
        above.floor - value if above else None, above.word if above else None)


def band_for(points: Decimal, bands: Sequence[Band]) -> tuple[Band | None, Band | None]:
    """Return the highest band whose floor `points` reaches, and the band above it; None where there is none.

    bands: floors strictly ascending, the first 0.
    """
    reached = [b for b in bands if b.floor <= points]
    beyond = [b for b in bands if b.floor > points]
    return (reached[-1] if reached else None), (beyond[0] if beyond else None)
