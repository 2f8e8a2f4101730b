"""One record before and after, field by field, in the words of its model: what is written the same is not told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from pydantic import BaseModel

from generator.desk.diff.told import Change
from generator.records.base import Record
from generator.records.fields import Field, fields
from generator.records.forms import When

Names = Callable[[str], str]
"""The title of a record by its key, the key itself where there is none."""

SILENT = ("id", "withdrawn", "formerly")
"""Fields that are told otherwise: by where the record stands among the sections."""
KNOWN = ("title", "illustrative")
"""Fields that need not be told of a new record: its heading says so."""
BOUND = ("inputs", "rows", "seal")
"""Digests that commands write."""
NAMING = ("id", "title", "name", "label", "word", "what", "item", "period", "number", "level", "milestone",
          "criterion", "file")
"""The fields by which an item of a list is called, the best first."""


def changes(before: Record | None, after: Record, names: Names) -> tuple[Change, ...]:
    """Return what differs between two versions of a record, in the order of the model; all of one that is new."""
    skipped = (*SILENT, *(KNOWN if before is None else ()), *(() if after.by_hand else BOUND))
    some = [one for one in fields(type(after)) if one.name not in skipped]
    if before is None:
        return tuple(Change(one.label, "", said(one, value, names)) for one in some
                     if (value := getattr(after, one.name)) not in (None, [], {}) and value != one.default)
    return tuple(_compared(some, before, after, names, ""))


def _compared(some: Iterable[Field], before: BaseModel, after: BaseModel, names: Names, above: str
              ) -> Iterator[Change]:
    for one in some:
        was, now = getattr(before, one.name), getattr(after, one.name)
        if was == now:
            continue
        label = above + one.label
        if one.many and one.parts:
            yield from _items(one, was, now, names, label)
        elif one.many:
            yield from _lines(one, was, now, names, label)
        elif one.form == "part" and was is not None and now is not None:
            yield from _compared(one.parts, was, now, names, f"{label}·")
        else:
            yield Change(label, said(one, was, names), said(one, now, names))


def _lines(one: Field, was: list[Any], now: list[Any], names: Names, label: str) -> Iterator[Change]:
    """Yield what changed in a list of single values: pairs where some took the place of as many, else each alone."""
    old, new = ([said(one, value, names) for value in some] for some in (was, now))
    if not old or not new:
        yield Change(label, "、".join(old), "、".join(new))
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            yield from (Change(label, gone, come) for gone, come in zip(old[a:b], new[c:d], strict=True))
        elif tag != "equal":
            yield from (Change(label, gone, "") for gone in old[a:b])
            yield from (Change(label, "", come) for come in new[c:d])


def _items(one: Field, was: list[Any], now: list[Any], names: Names, label: str) -> Iterator[Change]:
    """Yield what changed in a list of mappings; one that was only moved is told as gone and come."""
    old, new = ([said(one, item, names) for item in some] for some in (was, now))
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left = list(range(a, b))
        for at in range(c, d):
            match = _match(one, was, left, now[at], names)
            if match is None:
                yield Change(_called(one, now[at], at, names, label), "", new[at])
                continue
            left.remove(match)
            called = f"{_called(one, now[at], at, names, label)}·"
            yield from _compared(one.parts, was[match], now[at], names, called)
        yield from (Change(_called(one, was[at], at, names, label), old[at], "") for at in left)


def _match(one: Field, was: Sequence[Any], left: Sequence[int], item: Any, names: Names) -> int | None:
    """Return which of the items left is the earlier version of an item: of the same name, else the next unnamed."""
    name = _name(one, item, names)
    return next((at for at in left if _name(one, was[at], names) == name), None)


def _called(one: Field, item: Any, at: int, names: Names, label: str) -> str:
    name = _name(one, item, names)
    return f"{label}“{name[:30]}”" if name else f"{label} 第 {at + 1} 项"


def _name(one: Field, item: Any, names: Names) -> str:
    known = {part.name: part for part in one.parts}
    for name in (*NAMING, *(part.name for part in one.parts if part.form == "ref")):
        if name in known and (value := getattr(item, name)) is not None:
            return said(known[name], value, names)
    return ""


# ── a value in words ─────────────────────────────────────────────────────────────────────────────────────────


def said(one: Field, value: Any, names: Names) -> str:
    """Return a field's value as a reader takes it; empty for none."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ("；" if one.parts else "、").join(said(one, item, names) for item in value)
    if isinstance(value, When):
        return _day(value)
    if isinstance(value, BaseModel):
        return _part(one, value, names)
    if isinstance(value, dict):
        return "，".join(f"{key}：{text}" for key, text in value.items())
    if one.form == "flag":
        return "是" if value else "否"
    if one.form == "ref":
        return names(value if "/" in value or len(one.kinds) != 1 else f"{one.kinds[0]}/{value}")
    return one.choices.get(str(value), str(value))


def _day(when: When) -> str:
    """Return a date with all that is said about it."""
    about = [when.value if when.words and when.value else "", f"推断：{when.ground}" if when.ground else ""]
    rest = "，".join(part for part in about if part)
    return f"{when}（{rest}）" if rest else str(when)


def _part(one: Field, value: BaseModel, names: Names) -> str:
    """Return a mapping in one line: what a text alone stands for first, then the others with their labels."""
    given = {part.name: said(part, found, names) for part in one.parts
             if (found := getattr(value, part.name)) not in (None, [], {}) and found != part.default}
    first = given.pop(one.bare, "")
    labels = {part.name: part.label for part in one.parts}
    rest = [text if name in NAMING else f"{labels[name]} {text}" for name, text in given.items()]
    return f"{first}（{'，'.join(rest)}）" if first and rest else first or "，".join(rest)
