"""The gate over sources: the text of a file before anything is made of it.

Whether something may stand is decided by the field, never by the value: an office's telephone in a field for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from generator.gate.detect import find
from generator.gate.exceptions import covered, unused
from generator.gate.found import Found, shown
from generator.problem import Place, Problem

CONTACT_KEYS = ("contact", "reply_channel", "channel")
_FOLDED = re.compile(r"\\|\n[ \t]+\d")
Keys = tuple[str | int, ...]


class Judged(NamedTuple):
    """What the gate says of one file: its Problems, and what may be published, as (code, value)."""

    problems: list[Problem]
    allowed: set[tuple[str, str]]


def judge(text: str, path: str, data: Any = None, as_of: date | None = None) -> Judged:
    """Return what is personal in a file, each at its line and column, and what is allowed by the field it stands in.

    data: what was read from `text`, None for a file that holds no fields.
    """
    found = find(text)
    hides = data is not None and _FOLDED.search(text)
    inside = list(_inside(data)) if found or hides else []
    ever, today = covered(data), covered(data, as_of)
    kept = {(one.code, one.value) for keys, one in inside if _is_allowed(keys, one) or ever(keys, one)}
    kept -= {(one.code, one.value) for keys, one in inside if not (_is_allowed(keys, one) or ever(keys, one))}
    problems = [_problem(text, path, one) for one in found if (one.code, one.value) not in kept]
    if hides:
        seen = {(one.code, one.value) for one in found}
        problems += [Problem(one.code, Place(path, keys=keys), {"shown": shown(one.value)}) for keys, one in inside
                     if (one.code, one.value) not in seen | kept]
    problems += unused(data, path)
    return Judged(problems, kept & {(one.code, one.value) for keys, one in inside
                                    if _is_allowed(keys, one) or today(keys, one)})


def _is_allowed(keys: Keys, one: Found) -> bool:
    return one.code == "personal-phone" and bool(keys) and keys[-1] in CONTACT_KEYS


def _inside(data: Any) -> Iterator[tuple[Keys, Found]]:
    """Yield what is personal in the values themselves: escapes and folded lines hide it in the text."""
    return ((keys, one) for keys, value in _texts(data) for one in find(" ".join(value.split())))


def _texts(data: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Yield every text in a record as read, with the keys that lead to it."""
    if isinstance(data, str):
        yield keys, data
    elif isinstance(data, dict | list):
        for key, below in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(below, (*keys, key))


def _problem(text: str, path: str, one: Found) -> Problem:
    line, column = text.count("\n", 0, one.start) + 1, one.start - text.rfind("\n", 0, one.start)
    return Problem(one.code, Place(path, line, column), {"shown": shown(one.value)})
