"""The gate over sources: the text of a file before anything is made of it.

Whether something may stand is decided by the field, never by the value: an office's telephone in a field of the type
`Contact`. Comments, keys and front matter are judged like all else: the repository is public, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from generator.config import Settings
from generator.gate.detect import find
from generator.gate.exceptions import covered, unused
from generator.gate.found import Found, shown
from generator.gate.reading import BREAK
from generator.problem import Place, Problem
from generator.records import folders, kinds
from generator.records.fields import fields, walk

REACHED_BY = frozenset({"personal-phone", "personal-email", "personal-wechat", "personal-qq", "personal-address"})
"""What an office may tell in a field for it; a number of a card or a plate stands nowhere."""
ELSEWHERE = "`organisation.contact`"
_FOLDED = re.compile(r"\n[ \t]+[0-9]")
Keys = tuple[str | int, ...]
Names = tuple[str, ...]


class Judged(NamedTuple):
    """What the gate says of one file: its Problems, and what may be published, as (code, value)."""

    problems: list[Problem]
    allowed: set[tuple[str, str]]


def judge(text: str, path: str, data: Any = None, as_of: date | None = None) -> Judged:
    """Return what is personal in a file, each at its line and column, and what is allowed by the field it stands in.

    path: of a record's file with its kind's folder, of any other file whatever leads to it.
    data: what was read from `text`, None for a file that holds no fields.
    """
    found = find(text)
    hides = data is not None and ("\\" in text or _FOLDED.search(text))
    if not found and not hides:
        return Judged(unused(data, path), set())
    inside, offices = list(_inside(data)), _offices(path, data)
    ever, today = covered(data), covered(data, as_of)
    kept = {(one.code, one.value) for keys, one in inside if _is_allowed(keys, one, offices) or ever(keys, one)}
    kept -= {(one.code, one.value) for keys, one in inside if not (_is_allowed(keys, one, offices) or ever(keys, one))}
    problems = [_problem(text, path, one, offices) for one in found if (one.code, one.value) not in kept]
    if hides:
        seen = {(one.code, one.value) for one in found}
        problems += [Problem(one.code, Place(path, keys=keys), _told(one, offices)) for keys, one in inside
                     if (one.code, one.value) not in seen | kept]
    problems += unused(data, path)
    return Judged(problems, kept & {(one.code, one.value) for keys, one in inside
                                    if _is_allowed(keys, one, offices) or today(keys, one)})


def judge_names(paths: Iterable[str]) -> list[Problem]:
    """Return a Problem for every file whose name, or a folder's, holds something personal: names are published, too."""
    some = {path: [*path.split("/")[:-1], path.rpartition("/")[2].rsplit(".", 1)[0]] for path in paths}
    if not find(BREAK.join(part for parts in some.values() for part in parts)):
        return []
    return [Problem(one.code, Place(legible_name(path), 1, 1), _told(one, ())) for path, parts in some.items()
            for part in parts for one in find(part)]


def legible_name(path: str) -> str:
    """Return a path, or another text that is told of, without what is personal in it."""
    for one in reversed(find(path)):
        path = path[:one.start] + shown(one.value) + path[one.end:]
    return path


def discreet(problem: Problem) -> Problem:
    """Return a Problem that can be printed in a public log: a telephone typed as a date is quoted as no date is."""
    values = {name: legible_name(value) if isinstance(value, str) else value for name, value in problem.values.items()}
    return replace(problem, place=replace(problem.place, path=legible_name(problem.place.path)), values=values)


# ── fields ───────────────────────────────────────────────────────────────────────────────────────────────────


def _offices(path: str, data: Any) -> tuple[Names, ...]:
    """Return the keys under which a file tells how an office is reached."""
    if isinstance(data, dict) and isinstance(data.get("identity"), dict):
        return SETTINGS
    kind = next((known for folder in reversed(path.split("/")[:-1]) if (known := folders().get(folder))), None)
    return _contacts_of(kind) if kind else ()


@cache
def _contacts_of(kind: str) -> tuple[Names, ...]:
    return tuple(names for names, one in walk(fields(kinds()[kind])) if one.contact)


SETTINGS = tuple((name, "contact") for name in ("identity", "privacy") if name in Settings.model_fields)
"""Where the site itself says how it is reached."""


def _is_allowed(keys: Keys, one: Found, offices: tuple[Names, ...]) -> bool:
    return one.code in REACHED_BY and tuple(key for key in keys if isinstance(key, str)) in offices


def _inside(data: Any) -> Iterator[tuple[Keys, Found]]:
    """Yield what is personal in keys and values themselves: escapes and folded lines hide it in the text."""
    return ((keys, one) for keys, value in _texts(data) for one in find(" ".join(value.split())))


def _texts(data: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Yield every text in a record as read, with the keys that lead to it; a key is such a text as well."""
    if isinstance(data, str):
        yield keys, data
    elif isinstance(data, dict):
        for key, below in data.items():
            yield (*keys, "", key), key
            yield from _texts(below, (*keys, key))
    elif isinstance(data, list):
        for index, below in enumerate(data):
            yield from _texts(below, (*keys, index))


# ── Problems ─────────────────────────────────────────────────────────────────────────────────────────────────


def _problem(text: str, path: str, one: Found, offices: tuple[Names, ...]) -> Problem:
    line, column = text.count("\n", 0, one.start) + 1, one.start - text.rfind("\n", 0, one.start)
    return Problem(one.code, Place(path, line, column), _told(one, offices))


def _told(one: Found, offices: tuple[Names, ...]) -> dict[str, str]:
    """Return the gaps of a message: enough of the value to find it, and the fields in which an office may tell it."""
    if one.code not in REACHED_BY:
        return {"shown": shown(one.value)}
    return {"shown": shown(one.value), "where": "、".join(f"`{'.'.join(names)}`" for names in offices) or ELSEWHERE}
