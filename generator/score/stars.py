"""The second and third pass for star ratings: the latest valid assessment of each subject, and its band."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from fractions import Fraction

from generator.records.assessment import Assessment
from generator.records.scheme import Scheme
from generator.results import WHOLE, Fact, Rating, Standing, Tally
from generator.score.boards import band_for, exempted
from generator.score.facts import Found
from generator.score.families import Family
from generator.score.ways import way_to_star


def ratings(family: Family, assessed: Iterable[Found], subjects: Iterable[str], appealed: Set[str], as_of: date
            ) -> tuple[Standing, ...]:
    """Return one standing per subject, best first; those without a star last, each with its reason.

    assessed: the family's assessments, each under its own version; appealed: keys of those with a pending appeal.
    """
    schemes = dict(family.versions)
    exempt = exempted(family.on(as_of)[1], as_of)
    of: dict[str, list[Found]] = defaultdict(list)
    for one in assessed:
        if one.record.date.day <= as_of.isoformat():
            of[one.record.subject].append(one)
    standings = [_standing(subject, of[subject], schemes, exempt.get(subject), appealed, as_of)
                 for subject in subjects]
    return tuple(sorted(standings, key=lambda s: (s.value is None, -(s.value or 0), s.subject)))


def _standing(subject: str, assessed: Sequence[Found], schemes: Mapping[str, Scheme], exempt: str | None,
              appealed: Set[str], as_of: date) -> Standing:
    newest = sorted(assessed, key=lambda a: (a.record.date.day, a.key), reverse=True)
    history = _history(newest, schemes, appealed, as_of)
    if exempt is not None:
        return Standing(subject, reason="exempt", detail=exempt, ratings=history)
    found = next((one for one, rating in zip(newest, history, strict=True) if rating.state == "valid"), None)
    if history and history[0].state == "appealed":
        return Standing(subject, reason="appealed", detail=f"{history[0].record.date.day} 的评定", ratings=history)
    if found is None:
        return Standing(subject, reason="lapsed" if history else "unassessed", ratings=history)
    return _rated(subject, found.key, found.record, schemes[found.record.scheme], history)


def _history(newest: Sequence[Found], schemes: Mapping[str, Scheme], appealed: Set[str], as_of: date
             ) -> tuple[Rating, ...]:
    """Return every assessment of a subject with its state: the newest alone can count.

    An older one does not come back when the newest lapses: a good star from before a failing visit would mislead.
    """
    found: list[Rating] = []
    for key, _, one in newest:
        scheme = schemes[one.scheme]
        band, _ = band_for(Decimal(one.points(as_of)), scheme.bands)
        state = ("expired" if one.tombstone(as_of) else
                 "appealed" if key in appealed and band and band.failing else
                 "superseded" if found else
                 "valid" if is_valid(one, scheme, as_of) else "lapsed")
        shown = band if state != "expired" else None
        found.append(Rating(key, one, shown.stars if shown else None, shown.word if shown else "",
                            scheme.version or "", state))  # type: ignore[arg-type]  # a chain of literals
    return tuple(found)


def is_valid(assessment: Assessment, scheme: Scheme, as_of: date) -> bool:
    """Whether an assessment counts on `as_of`: made, and not past the scheme's or its own term."""
    made = assessment.date.first
    if made is None or made > as_of:
        return False
    end = assessment.valid_until(scheme.valid_months)
    return end is None or end >= as_of


def _rated(subject: str, key: str, assessment: Assessment, scheme: Scheme, history: tuple[Rating, ...]) -> Standing:
    points = {s.criterion: s.points for s in assessment.scores}
    tallies = tuple(
        Tally(c.label, "points", "分", Fraction(points[c.id]), Fraction(points[c.id]),
              (Fact(assessment.date.day, key, points[c.id], subject),), (WHOLE,))
        for c in scheme.criteria)
    value = Decimal(sum(points.values()))
    band, above = band_for(value, scheme.bands)
    ways = (way_to_star(above.word, above.floor - value, scheme.criteria, points),) if above else ()
    return Standing(subject, None, value, tallies, band.stars if band else None, band.word if band else None,
                    ways=ways, ratings=history)
