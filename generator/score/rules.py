"""Checks that the fields a scheme names exist in the models, before anything is counted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.problem import Place, Problem
from generator.records import kinds
from generator.records.base import Money, Shape, When, shapes
from generator.records.scheme import Measure, Scheme


def check_rules(schemes: Mapping[str, Scheme], paths: Mapping[str, str]) -> list[Problem]:
    """Return a Problem for every field or kind that a scheme names and no model has.

    schemes: id -> scheme; paths: `scheme/id` -> its file.
    """
    return [problem for id, scheme in schemes.items() for problem in _check(scheme, paths[f"scheme/{id}"])]


def _check(scheme: Scheme, path: str) -> list[Problem]:
    problems: list[Problem] = []
    if scheme.form == "mechanism":
        return problems
    if scheme.subject and scheme.subject not in kinds():
        problems.append(_unknown(path, ("subject",), scheme.subject, list(kinds())))
    elif scheme.subject:
        known = [s.name for s in shapes(kinds()[scheme.subject])]
        problems += [_unknown(path, ("only", name), name, known) for name in scheme.only if name not in known]
    for index, measure in enumerate(scheme.measures):
        problems += _check_measure(measure, scheme.subject or "", path, ("measures", index))
    return problems


def _check_measure(measure: Measure, credited: str, path: str, keys: tuple[str | int, ...]) -> list[Problem]:
    kind, _, rows = measure.over.partition(".")
    if kind not in kinds():
        return [_unknown(path, (*keys, "over"), measure.over, list(kinds()))]
    record = {s.name: s for s in shapes(kinds()[kind])}
    lists = [name for name, shape in record.items() if shape.many and shape.part]
    if rows and rows not in lists:
        return [_unknown(path, (*keys, "over"), measure.over, [f"{kind}.{name}" for name in lists])]
    fields: dict[str, Shape] = {s.name: s for s in shapes(record[rows].part)} if rows else record
    whom = [name for name, shape in fields.items() if credited in shape.refs] + ["self"] * (kind == credited)
    counted = [name for name, shape in fields.items() if shape.type in (int, Decimal, Money)]
    dates = [name for name, shape in {**record, **fields}.items() if shape.type is When]
    named = [("subject", measure.subject, whom)] if credited in kinds() else []
    named += [("of", measure.of or "", counted)] if measure.take == "sum" else []
    named += [("date", measure.date, dates)] if measure.date else []
    return [_unknown(path, (*keys, name), value, known) for name, value, known in named if value not in known]


def _unknown(path: str, keys: tuple[str | int, ...], value: str, known: list[str]) -> Problem:
    return Problem("unknown-measure", Place(path, keys=keys), {"value": value, "known": "、".join(known)})
