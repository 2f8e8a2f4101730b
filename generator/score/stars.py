"""The second and third pass for star ratings: the latest valid assessment of each subject, and its band."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from generator.data import Credit, Standing
from generator.problem import Place, Problem
from generator.records.assessment import Assessment
from generator.records.scheme import Scheme
from generator.score.boards import band_for
from generator.score.facts import Facts

Assessed = tuple[str, bool, Assessment]
UNRATED, LAPSED = "未评定", "待评定"
"""Words for what is not zero: never assessed, and assessed too long ago."""
DUE_PROCESS = ("basis", "notified", "reply_channel", "decided_by", "expires")


def ratings(scheme: Scheme, assessed: Iterable[Assessed], candidates: Iterable[str], as_of: date
            ) -> tuple[Standing, ...]:
    """Return one standing per subject, best first, those without a valid assessment last and without a value's star.

    assessed: the scheme's assessments; those after `as_of`, or past their validity, do not count.
    candidates: keys of the subjects that the scheme could rate.
    """
    latest: dict[str, Assessed] = {}
    known = sorted((a for a in assessed if a[2].date.day <= as_of.isoformat()), key=lambda a: (a[2].date.day, a[0]))
    for one in known:
        if is_valid(one[2], scheme, as_of):
            latest[one[2].subject] = one
    rated = [_rated(scheme, subject, one) for subject, one in latest.items()]
    rated.sort(key=lambda s: (-s.value, s.subject))
    lapsed = {one[2].subject for one in known}
    waiting = sorted({*candidates, *lapsed} - {*latest})
    return (*rated, *(Standing(s, None, Decimal(0), (), None, LAPSED if s in lapsed else UNRATED) for s in waiting))


def is_valid(assessment: Assessment, scheme: Scheme, as_of: date) -> bool:
    """Whether an assessment counts on `as_of`: made, and not past the scheme's or its own term."""
    made = assessment.date.first
    if made is None or made > as_of:
        return False
    own_end = assessment.expires.last if assessment.expires else None
    if own_end and own_end < as_of:
        return False
    return scheme.valid_months is None or add_months(made, scheme.valid_months) >= as_of


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _rated(scheme: Scheme, subject: str, one: Assessed) -> Standing:
    key, _, assessment = one
    labels = {c.id: c.label for c in scheme.criteria}
    credits = tuple(Credit(labels[s.criterion], Decimal(s.points), Decimal(s.points), assessment.date.day, key)
                    for s in assessment.scores)
    value = sum((c.points for c in credits), Decimal(0))
    band, above = band_for(value, scheme.bands)
    return Standing(
        subject, None, value, credits, band.stars if band else None, band.word if band else None,
        above.floor - value if above else None, above.word if above else None)


def check_assessments(facts: Facts, schemes: Mapping[str, Scheme], paths: Mapping[str, str]) -> list[Problem]:
    """Return the Problems of assessments under their schemes. paths: record key -> its file.

    An assessment whose scheme or subject does not exist is left to `link`, which says so.
    """
    rated = {(scheme, subject) for scheme, subject, _ in facts.candidates}
    known = [(key, one) for key, _, one in facts.assessments if one.scheme in schemes]
    not_rated = [Problem("not-rated", Place(paths[key], keys=("subject",)),
                         {"scheme": one.scheme, "value": one.subject})
                 for key, one in known if one.subject in paths and one.subject not in facts.gone
                 and (one.scheme, one.subject) not in rated]
    return not_rated + [problem for key, one in known for problem in _check(one, schemes[one.scheme], paths[key])]


def _check(assessment: Assessment, scheme: Scheme, path: str) -> Iterator[Problem]:
    maxima = {c.id: c.max for c in scheme.criteria}
    for index, score in enumerate(assessment.scores):
        keys = ("scores", index)
        if score.criterion not in maxima:
            yield Problem("criterion-unknown", Place(path, keys=(*keys, "criterion")), {
                "scheme": assessment.scheme, "value": score.criterion, "known": "、".join(maxima)})
        elif score.points > maxima[score.criterion]:
            yield Problem("points-over-max", Place(path, keys=(*keys, "points")), {
                "value": score.criterion, "points": score.points, "max": maxima[score.criterion]})
    given = [s.criterion for s in assessment.scores]
    if absent := [c for c in maxima if given.count(c) != 1]:
        yield Problem("criterion-missing", Place(path, keys=("scores",)), {"names": "、".join(absent)})
    band, _ = band_for(Decimal(sum(s.points for s in assessment.scores)), scheme.bands)
    lacking = [name for name in DUE_PROCESS if getattr(assessment, name) is None]
    if band and band.failing and assessment.decided_by == assessment.assessor:
        lacking.append("decided_by")
    if band and band.failing and lacking:
        yield Problem("no-due-process", Place(path, 1, 1), {"word": band.word, "names": "、".join(lacking)})
