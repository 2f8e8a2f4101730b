"""Checks of records against the schemes that they name, once all are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from generator.problem import Place, Problem
from generator.records.assessment import Assessment
from generator.records.forms import has_come, same_party
from generator.records.scheme import Scheme, root_of
from generator.score.accounts import check_redemptions
from generator.score.boards import band_for
from generator.score.bulletins import check_bulletins
from generator.score.facts import Facts
from generator.score.families import families
from generator.score.lists import check_appeals, check_lists

DUE_PROCESS = ("basis", "evidence", "notified", "reply_channel", "decided_by", "expires")


def check_findings(facts: Facts, schemes: Mapping[str, Scheme], paths: Mapping[str, str], as_of: date
                   ) -> list[Problem]:
    """Return the Problems of assessments, listings, appeals and redemptions. paths: record key -> its file.

    What names a scheme or subject that does not exist is left to `link`, which says so.
    """
    return [*_check_assessments(facts, schemes, paths, as_of), *check_lists(facts, schemes, paths),
            *check_appeals(facts, paths), *check_redemptions(facts, schemes, paths), *_no_bases(facts, schemes, paths),
            *check_bulletins(facts.bulletins, paths)]


def _check_assessments(facts: Facts, schemes: Mapping[str, Scheme], paths: Mapping[str, str], as_of: date
                       ) -> Iterator[Problem]:
    rated = {(c.scheme, c.subject) for c in facts.candidates}
    of_family = {family.id: family for family in families(schemes)}
    for found in facts.assessments:
        scheme = schemes.get(found.record.scheme)
        if scheme is None:
            continue
        path, one = paths[found.key], found.record
        if scheme.form != "stars":
            yield Problem("wrong-form", Place(path, keys=("scheme",)), {"value": one.scheme, "form": "stars"})
            continue
        if one.subject in paths and one.subject not in facts.gone and (one.scheme, one.subject) not in rated:
            yield Problem("not-rated", Place(path, keys=("subject",)), {"scheme": one.scheme, "value": one.subject})
        in_force, _ = of_family[root_of(one.scheme, schemes)].on(one.date.first)
        if in_force != one.scheme:
            yield Problem("version-not-in-force", Place(path, keys=("scheme",)), {
                "value": one.scheme, "day": str(one.date.day), "right": in_force})
        yield from _check_points(one, scheme, path)
        yield from _check_due_process(one, scheme, path, as_of)


def _check_points(assessment: Assessment, scheme: Scheme, path: str) -> Iterator[Problem]:
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


def _check_due_process(assessment: Assessment, scheme: Scheme, path: str, as_of: date) -> Iterator[Problem]:
    band, _ = band_for(Decimal(sum(s.points for s in assessment.scores)), scheme.bands)
    if band is None or not band.failing:
        return
    lacking = [name for name in DUE_PROCESS if not getattr(assessment, name)]
    if assessment.decided_by and same_party(assessment.decided_by, assessment.assessor):
        lacking.append("decided_by")
    if assessment.notified and has_come(assessment.date, as_of) and not has_come(assessment.notified, as_of):
        yield Problem("not-notified", Place(path, keys=("notified",)), {"day": assessment.notified.day})
    if lacking:
        yield Problem("no-due-process", Place(path, 1, 1), {"word": band.word, "names": "、".join(lacking)})


def _no_bases(facts: Facts, schemes: Mapping[str, Scheme], paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a Problem where a value would be taken per a number that is zero."""
    for candidate in facts.candidates:
        per = schemes[candidate.scheme].per if candidate.scheme in schemes else None
        if per and candidate.base == 0:
            yield Problem("zero-divisor", Place(paths[candidate.subject], keys=(per.of,)), {"what": per.of})
