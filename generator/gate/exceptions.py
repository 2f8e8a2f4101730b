"""Exceptions of single records: what they cover is shown on the record's own page alone, and only until their last day.

In: a file's values. Out: the same values with a mark in the place of each that is covered, so that no list, no board,
no file and no index ever holds it; the page puts back what may be shown today (`render.paint`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import ValidationError

from generator.data import ENDED, Excepted
from generator.gate.detect import find
from generator.gate.found import Found
from generator.problem import Place, Problem
from generator.records.exception import PrivacyException
from generator.records.fields import WORDS

FIELD = "privacy_exceptions"
Keys = tuple[str | int, ...]


def exceptions_in(data: Any) -> list[PrivacyException | None]:
    """Return the exceptions of a file in their order, None for one with faults of its own, which `validate` tells."""
    some = data.get(FIELD) if isinstance(data, dict) else None
    return [_read(one) for one in some] if isinstance(some, list) else []


def _read(value: Any) -> PrivacyException | None:
    try:
        return PrivacyException.model_validate(value)
    except ValidationError:
        return None


def covered(data: Any, as_of: date | None = None) -> Callable[[Keys, Found], bool]:
    """Return what says whether something personal is covered: on a day, or on whatever day where none is given."""
    some = [one for one in exceptions_in(data) if one and one.holds(as_of)]
    return lambda keys, found: any(one.covers(keys, found.code) for one in some)


def unused(data: Any, path: str) -> list[Problem]:
    """Return a Problem for every exception that nothing in its field needs."""
    some = exceptions_in(data)
    return [Problem("exception-unused", Place(path, keys=(FIELD, index)), {"at": one.at, "what": one.what})
            for index, one in enumerate(some) if one and not _finds(data, one)]


def _finds(data: Any, one: PrivacyException, keys: Keys = ()) -> bool:
    if isinstance(data, str):
        return any(one.covers(keys, found.code) for found in find(" ".join(data.split())))
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return any(_finds(value, one, (*keys, key)) for key, value in below if key != FIELD)


def masked(data: Any, as_of: date) -> tuple[Any, tuple[Excepted, ...]]:
    """Return a file's values with a mark for each that an exception covers, and what those stand for today.

    What no exception covers any more, or not yet, is gone for good: its mark says so.
    """
    some = [one for one in exceptions_in(data) if one]
    if not some:
        return data, ()
    shown: list[Excepted] = []
    return _masked(data, (), some, as_of, shown), tuple(shown)


def _masked(data: Any, keys: Keys, some: list[PrivacyException], as_of: date, shown: list[Excepted]) -> Any:
    if isinstance(data, dict):
        return {key: value if key == FIELD else _masked(value, (*keys, key), some, as_of, shown)
                for key, value in data.items()}
    if isinstance(data, list):
        return [_masked(value, (*keys, index), some, as_of, shown) for index, value in enumerate(data)]
    return _text(data, keys, some, as_of, shown) if isinstance(data, str) else data


def _text(text: str, keys: Keys, some: list[PrivacyException], as_of: date, shown: list[Excepted]) -> str:
    spans = {(found.start, found.end): one for found in find(text) for one in some if one.covers(keys, found.code)}
    after = len(text)
    for (start, end), one in sorted(spans.items(), reverse=True):
        if end <= after:
            text, after = text[:start] + _mark(text[start:end], one, as_of, shown) + text[end:], start
    left = " ".join(text.split())  # broken over lines, a number is found only once they are one
    if found := next((one for f in find(left) for one in some if one.covers(keys, f.code)), None):
        return _mark(text, found, as_of, shown)
    return text


def _mark(value: str, one: PrivacyException, as_of: date, shown: list[Excepted]) -> str:
    if not one.holds(as_of):
        return ENDED
    shown.append(Excepted(f"〔{WORDS[one.what]}{len(shown) + 1}，见原记录〕", value, one.until.day))
    return shown[-1].mark
