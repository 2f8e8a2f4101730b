"""Level 2. What would tell too much of somebody, seen once all records are linked: small groups, honours that name.

In: what records tell of groups that the law protects (`told_of`, in workers), and the register, which knows how small
a place is and under which name somebody is shown. Out: Problems. Words are found by closed lists: reminders, and no
proof. Source: 个人信息保护法 28.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.data import Register
from generator.problem import Place, Problem
from generator.records import kinds
from generator.records.base import Record, figured
from generator.records.honour import named_in
from generator.records.masks import bare, group_word, masked, one_of_group, private_word, tells_of_groups
from generator.records.statements import Quantity

FEWEST = 3
"""Fewer than so many of a group in one building are known to every neighbour."""
SMALL = ("楼栋", "单元", "房屋")
SUBJECTS = {"need": ("asker",), "feedback": ("speaker",)}
"""Fields that say of whom a record tells."""
TEXTS = {"need": ("title", "description", "note"), "case": ("title", "place", "description", "note"),
         "feedback": ("title", "description", "note")}
"""Texts in which a record may tell of one resident."""
_FEW = re.compile(r"\s*+(?:(?:只有|仅|共)\s*+)?([12１２一二两])\s*(?:户|人|名|位|个|家)")


class Told(NamedTuple):
    """That a record tells of a protected group: in which place, where in its file, by which word, and how many.

    number: the words of the figure, empty where one resident is told of.
    """

    area: str
    path: str
    keys: tuple[str | int, ...]
    word: str
    number: str = ""


def told_of(record: Record, id: str, path: str) -> list[Told]:
    """Return what one record tells of protected groups that would be too much said of a building."""
    area = id if record.kind == "area" else record.area
    if area is None:
        return []
    found = [Told(area, path, keys, word, number) for keys, word, number in _figures(record, ())]
    return found + [Told(area, path, keys, word) for keys, word in _residents(record)]


def check(some: Iterable[Told], register: Register) -> list[Problem]:
    """Return a Problem for what is told of so small a place that neighbours know who it is, and for names told."""
    column = kinds()["area"].columns.index("level")
    small = [_problem(one) for one in some
             if (row := register.rows.get(f"area/{one.area}")) and row.cells[column] in SMALL]
    return [*small, *_named_by_title(register)]


def _named_by_title(register: Register) -> Iterator[Problem]:
    """Yield a Problem for every honour whose title names whom their own record masks, or shows for a time only."""
    for row in register.of_kind("honour"):
        told = named_in(row.title)
        who = next((register.rows.get(r.target) for r in row.references if r.keys == ("recipient",)), None)
        if told and who and who.kind in ("person", "volunteer") and told[0] != bare(who.title):
            yield Problem("name-masked-elsewhere", Place(row.path, keys=("title",)),
                          {"value": masked(told[0]), "other": who.path})


def _problem(one: Told) -> Problem:
    code = "group-of-few" if one.number else "singled-out"
    return Problem(code, Place(one.path, keys=one.keys), {"word": one.word, "number": one.number})


def _residents(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield where a record tells that one resident belongs to such a group; most tell of no group at all."""
    texts = [getattr(record, name) or "" for name in (*SUBJECTS.get(record.kind, ()), *TEXTS.get(record.kind, ()))]
    if record.kind == "case":
        texts += (text for step in getattr(record, "steps", ()) for text in (step.action, step.note) if text)
    if not tells_of_groups("\n".join(texts)):
        return
    for name in SUBJECTS.get(record.kind, ()):
        said = getattr(record, name) or ""
        if word := group_word(said) or private_word(said):
            yield (name,), word
    for name in TEXTS.get(record.kind, ()):
        if word := one_of_group(getattr(record, name) or ""):
            yield (name,), word
    for index, step in enumerate(getattr(record, "steps", ()) if record.kind == "case" else ()):
        if word := one_of_group(f"{step.action}，{step.note or ''}"):
            yield ("steps", index), word


def _figures(part: BaseModel, keys: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield every figure of one or two of such a group: its keys, the group's word, the figure's words."""
    for shape in figured(type(part)):
        value = getattr(part, shape.name)
        for at, item in _items(value, (*keys, shape.name)) if value else ():
            if isinstance(item, Quantity):
                if is_few(item) and (word := group_word(_about(part, item))):
                    yield at, word, item.words
            elif isinstance(item, BaseModel):
                yield from _figures(item, at)


def is_few(quantity: Quantity) -> bool:
    """Whether a figure says that there are one or two; what is at least so many is not few."""
    if quantity.bound in ("at_least", "more_than"):
        return False
    number = quantity.number if quantity.number is not None else _in_words(quantity.words)
    return number is not None and 0 < number < FEWEST


def _in_words(words: str) -> Decimal | None:
    found = _FEW.match(words)
    return Decimal({"1": 1, "１": 1, "一": 1}.get(found[1], 2)) if found else None


def _about(part: BaseModel, quantity: Quantity) -> str:
    """Return what is written of a figure: its own words, and the lines beside it."""
    beside = [value for name, value in part if isinstance(value, str) and name not in ("note", "description")]
    return "，".join(text for text in (getattr(quantity, "label", ""), quantity.words, quantity.unit, *beside) if text)


def _items(value: Any, keys: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], Any]]:
    return [((*keys, i), one) for i, one in enumerate(value)] if isinstance(value, list) else [(keys, value)]
