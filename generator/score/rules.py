"""Checks of the rules before anything is counted: the fields that they name, and how they depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from generator.problem import Place, Problem
from generator.records import kinds
from generator.records.base import Record, shapes
from generator.records.forms import Money, When
from generator.records.scheme import Measure, Scheme
from generator.records.statements import Quantity
from generator.score.families import families

Keys = tuple[str | int, ...]
UNCOUNTED = ("appeal", "correction", "listing", "outcome", "redemption")
"""Kinds that no measure counts: what expires must not live on in a frozen board, and outcomes count themselves."""
NUMBERS: tuple[Any, ...] = (int, Decimal, Money)


def check_rules(schemes: Mapping[str, Scheme], paths: Mapping[str, str]) -> list[Problem]:
    """Return a Problem for every kind or field that a scheme names and no model has, and for every impossible chain.

    schemes: id -> scheme; paths: `scheme/id` -> its file.
    """
    found = [problem for id, scheme in schemes.items() for problem in _check(scheme, paths[f"scheme/{id}"])]
    for name in ("replaces", "compares"):
        found += _cycles(schemes, paths, name)
    return found or [*_check_versions(schemes, paths), *_check_compared(schemes, paths)]


# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────────


def _check(scheme: Scheme, path: str) -> Iterator[Problem]:
    if scheme.form == "mechanism":
        return
    subject = scheme.subject or ""
    if subject not in kinds():
        yield _unknown(path, ("subject",), subject, list(kinds()))
        return
    model = kinds()[subject]
    known = _names(model, lambda type_: True)
    yield from (_unknown(path, ("only", name), name, known) for name in scheme.only if name not in known)
    if scheme.per:
        bases = [s.name for s in shapes(model) if not s.many and s.type in (*NUMBERS, Quantity)]
        if scheme.per.of not in bases:
            yield _unknown(path, ("per", "of"), scheme.per.of, bases)
    for index, measure in enumerate(scheme.measures):
        yield from _check_measure(measure, subject, path, ("measures", index))


def _check_measure(measure: Measure, credited: str, path: str, keys: Keys) -> Iterator[Problem]:
    kind, _, rows = measure.over.partition(".")
    countable = [name for name in kinds() if name not in UNCOUNTED]
    if kind not in countable:
        yield _unknown(path, (*keys, "over"), measure.over, countable)
        return
    record = {s.name: s for s in shapes(kinds()[kind])}
    lists = [name for name, s in record.items() if s.many and s.part and not issubclass(s.part, Quantity)]
    if rows and rows not in lists:
        yield _unknown(path, (*keys, "over"), measure.over, [f"{kind}.{name}" for name in lists])
        return
    model = record[rows].part if rows else kinds()[kind]
    assert model is not None
    for name, value, known in _named(measure, credited, kind, model):
        if value is not None and value not in known:
            yield _unknown(path, (*keys, *name), value, known)


def _named(measure: Measure, credited: str, kind: str, model: type[BaseModel]
           ) -> Iterator[tuple[Keys, str | None, list[str]]]:
    """Yield the keys of every field that a measure names, what it names, and what it may name there."""
    yield ("subject",), measure.subject, _subjects(credited, kind, model)
    yield ("of",), measure.of, _countable(measure.take, model)
    yield ("since",), measure.since, _names(model, lambda type_: type_ is When)
    dates = [*_names(model, lambda type_: type_ is When), *_names(kinds()[kind], lambda type_: type_ is When)]
    yield ("date",), measure.date, dates
    known = _names(model, lambda type_: True)
    for name in measure.where:
        yield ("where", name), name, known


def _subjects(credited: str, kind: str, model: type[BaseModel]) -> list[str]:
    """Return what may be credited: the record itself, a field that names one of that kind, or one hop further."""
    found = ["self"] * (kind == credited)
    for shape in shapes(model):
        if shape.many:
            continue
        if credited in shape.refs:
            found.append(shape.name)
        for other in shape.refs:
            found += [f"{shape.name}.{s.name}" for s in shapes(kinds()[other]) if credited in s.refs and not s.many]
    return found


def _countable(take: str, model: type[BaseModel]) -> list[str]:
    if take == "ratio":
        return _names(model, lambda type_: type_ in (bool, When))
    if take == "within_days":
        return [s.name for s in shapes(model) if s.type is When and not s.many]
    return _names(model, lambda type_: type_ in NUMBERS or getattr(type_, "__name__", "") == "Fraction")


def _names(model: type[BaseModel], fits: Callable[[Any], bool]) -> list[str]:
    """Return the fields that hold one value of a fitting type, and the derived values of such a type."""
    given = [s.name for s in shapes(model) if not s.many and fits(s.type)]
    derived = model.derived if issubclass(model, Record) else {}
    return given + [name for name in derived if fits(_returned(model, name))]


@cache
def _returned(model: type[BaseModel], name: str) -> Any:
    """Return what a derived method gives, without `| None`."""
    hint = get_type_hints(getattr(model, name)).get("return")
    arms = [a for a in get_args(hint) if a is not type(None)]
    return arms[0] if len(arms) == 1 else hint


def _unknown(path: str, keys: Keys, value: str, known: list[str]) -> Problem:
    return Problem("unknown-measure", Place(path, keys=keys), {"value": value, "known": "、".join(known)})


# ── chains ───────────────────────────────────────────────────────────────────────────────────────────────────


def _cycles(schemes: Mapping[str, Scheme], paths: Mapping[str, str], name: str) -> Iterator[Problem]:
    """Yield one Problem for every circle of schemes, at the first of them."""
    for start in sorted(schemes):
        chain, here = [start], getattr(schemes[start], name)
        while here in schemes and here not in chain:
            chain.append(here)
            here = getattr(schemes[here], name)
        if here == start and start == min(chain):
            yield Problem("scheme-cycle", Place(paths[f"scheme/{start}"], keys=(name,)),
                          {"path": " → ".join([*chain, start])})


def _check_versions(schemes: Mapping[str, Scheme], paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a Problem where a version replaces another of a different kind, or does not begin after it."""
    for id, scheme in schemes.items():
        before = schemes.get(scheme.replaces or "")
        if before is None:
            continue
        path = paths[f"scheme/{id}"]
        same = (before.form, before.subject, before.illustrative) == (scheme.form, scheme.subject, scheme.illustrative)
        if not same:
            yield Problem("version-differs", Place(path, keys=("replaces",)), {"value": scheme.replaces})
        elif scheme.begins() <= before.begins():
            yield Problem("dates-reversed", Place(path, keys=("effective",)), {
                "earlier": f"{id}.effective", "later": f"{scheme.replaces}.effective"})
    for family in families(schemes):
        replaced = [scheme.replaces for _, scheme in family.versions if scheme.replaces]
        for id, scheme in family.versions:
            if scheme.replaces and replaced.count(scheme.replaces) > 1:
                yield Problem("version-twice", Place(paths[f"scheme/{id}"], keys=("replaces",)),
                              {"value": scheme.replaces})


def _check_compared(schemes: Mapping[str, Scheme], paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a Problem where a board compares what is no board of the same subjects and period."""
    for id, scheme in schemes.items():
        other = schemes.get(scheme.compares or "")
        same = ("leaderboard", scheme.subject, scheme.period, scheme.direction)
        if other and (other.form, other.subject, other.period, other.direction) != same:
            yield Problem("compares-differs", Place(paths[f"scheme/{id}"], keys=("compares",)),
                          {"value": scheme.compares, "subject": scheme.subject, "period": scheme.period})
