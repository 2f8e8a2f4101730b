"""The third pass for leaderboards: values become shared ranks and bands, or a reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from generator.records.scheme import Band, Scheme
from generator.results import WHOLE, Fact, Reason, Standing, Tally, Way, total
from generator.score.tally import rounded, tally
from generator.score.ways import likeness, ways_to

Subjects = Mapping[str, Fraction | None]
"""Who may stand on a board -> the number that the scheme's values are taken per, None where it states none."""


Grouped = Mapping[str, Sequence[list[Fact]]]
"""Subject -> its facts, a list for each of the scheme's measures."""


def leaderboard(scheme: Scheme, found: Grouped, subjects: Subjects, exempt: Mapping[str, str]) -> tuple[Standing, ...]:
    """Return the standings of one period and scope, best first; those without a rank follow, each with its reason.

    found: of some of the `subjects`, in any order. exempt: subject -> why.
    """
    listed = [*found, *(s for s in subjects if s not in found and scheme.list_all)]
    return ordered(scheme, [
        Standing(s, reason="exempt", detail=exempt[s]) if s in exempt
        else _standing(scheme, s, found.get(s), subjects[s]) for s in listed])


def exempted(scheme: Scheme, day: date) -> dict[str, str]:
    """Return who is exempt on a day, and why."""
    return {e.subject: e.reason for e in scheme.exempt
            if not (e.since and e.since.first and e.since.first > day)
            and not (e.until and e.until.last and e.until.last < day)}


def _standing(scheme: Scheme, subject: str, facts: Sequence[list[Fact]] | None, base: Fraction | None) -> Standing:
    if facts is None:
        return Standing(subject, reason="no-records")
    per = None
    if scheme.per:
        if not base:
            return Standing(subject, reason="no-base")
        per = Fraction(scheme.per.amount) / base
    tallies = tuple(tally(m, some, per) for m, some in zip(scheme.measures, facts, strict=True))
    value = rounded(total(t.points for t in tallies), scheme.decimals)
    if reason := _too_few(scheme, tallies):
        return Standing(subject, None, None, tallies, reason=reason[0], detail=reason[1])
    band, _ = band_for(value, scheme.bands)
    return Standing(subject, None, value, tallies, band.stars if band else None, band.word if band else None)


def _too_few(scheme: Scheme, tallies: Sequence[Tally]) -> tuple[Reason, str] | None:
    """Return why there are too few records, or none at all where a measure has no value without one."""
    records = len({f.evidence for t in tallies for f in t.facts}) if scheme.minimum > 1 else 1
    if records < scheme.minimum:
        return "small-sample", f"{records} 条，至少要 {scheme.minimum} 条"
    for one, measure in zip(tallies, scheme.measures, strict=True):
        if not one.facts and measure.take not in ("count", "sum"):
            return "small-sample", f"没有可算“{one.label}”的记录"
    return None


def ordered(scheme: Scheme, standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return the standings with their ranks, best first, those without a value last, equal ones by key."""
    values = {s.subject: s.value for s in standings if s.value is not None}
    ranks = shared_ranks(values, scheme.direction == "low", scheme.ties == "dense")
    last = len(standings) + 1
    return tuple(sorted((s._replace(rank=ranks.get(s.subject)) for s in standings),
                        key=lambda s: (s.rank or last, s.subject)))


def shared_ranks(values: Mapping[str, Decimal], low: bool = False, dense: bool = False) -> dict[str, int]:
    """Return each key's rank, 1 for the best value; ties share a rank: 1, 2, 2, 4, or 1, 2, 2, 3 if `dense`."""
    ranks: dict[str, int] = {}
    rank, before = 0, None
    for position, (key, value) in enumerate(sorted(values.items(), key=lambda i: i[1], reverse=not low), 1):
        if value != before:
            rank, before = (rank + 1 if dense else position), value
        ranks[key] = rank
    return ranks


def with_ways(scheme: Scheme, standings: Sequence[Standing], subjects: Subjects) -> tuple[Standing, ...]:
    """Return the standings with what the next band and the next place would take."""
    values = sorted({s.value for s in standings if s.value is not None and s.rank is not None})
    ranks = {s.value: s.rank for s in standings if s.rank is not None}
    if scheme.direction == "low":
        values.reverse()
    above = dict(pairwise(values))
    goals = {value: _goals(value, above.get(value), ranks, scheme.bands) for value in values}
    known: dict[tuple[object, ...], tuple[Way, ...]] = {}  # on a board of thousands most stand like some other
    found = []
    for one in standings:
        if one.value is not None and (wanted := goals.get(one.value)) and scheme.measures:
            base = subjects[one.subject] if scheme.per else None
            alike = (base, one.value, *map(likeness, one.tallies))
            if alike not in known:
                per = Fraction(scheme.per.amount) / base if scheme.per and base else WHOLE
                known[alike] = ways_to(wanted, scheme, one, per)
            one = one._replace(ways=known[alike])
        found.append(one)
    return tuple(found)


def _goals(value: Decimal, better: Decimal | None, ranks: Mapping[Decimal | None, int | None], bands: Sequence[Band]
           ) -> list[tuple[str, Decimal]]:
    _, band = band_for(value, bands)
    goals = [(band.word, Decimal(band.floor))] if band else []
    return goals if better is None else [*goals, (f"追平第 {ranks[better]} 名", better)]


def band_for(points: Decimal, bands: Sequence[Band]) -> tuple[Band | None, Band | None]:
    """Return the highest band whose floor `points` reaches, and the band above it; None where there is none.

    bands: floors strictly ascending, the first 0.
    """
    reached = [b for b in bands if b.floor <= points]
    beyond = [b for b in bands if b.floor > points]
    return (reached[-1] if reached else None), (beyond[0] if beyond else None)


def improvement(scheme: Scheme, now: Sequence[Standing], before: Sequence[Standing], base: str,
                periods: tuple[str, str], exempt: Mapping[str, str]) -> tuple[Standing, ...]:
    """Return the standings by the change of another board's values between two periods.

    base: key of the scheme compared; periods: this one and the one before, in words; exempt: subject -> why.
    """
    was = {s.subject: s for s in before if s.value is not None}
    return ordered(scheme, [
        Standing(s.subject, reason="exempt", detail=exempt[s.subject]) if s.subject in exempt
        else _improved(scheme, s, was.get(s.subject), base, periods) for s in now])


def _improved(scheme: Scheme, now: Standing, before: Standing | None, base: str, periods: tuple[str, str]) -> Standing:
    if now.value is None:
        return Standing(now.subject, reason=now.reason, detail=now.detail)
    if before is None or before.value is None:
        return Standing(now.subject, reason="no-previous")
    amounts = (Fraction(now.value), -Fraction(before.value))
    tallies = tuple(Tally(label, "sum", "分", amount, amount, (Fact("", base, amount, now.subject),), (WHOLE,))
                    for label, amount in zip(periods, amounts, strict=True))
    value = rounded(sum(amounts, Fraction(0)), scheme.decimals)
    band, _ = band_for(value, scheme.bands)
    return Standing(now.subject, None, value, tallies, band.stars if band else None, band.word if band else None)


def with_movement(standings: Sequence[Standing], before: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return the standings with each subject's rank in the period before."""
    was = {s.subject: s.rank for s in before}
    return tuple(s._replace(before=was.get(s.subject)) for s in standings)
