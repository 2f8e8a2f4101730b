"""Level 1. Editions: what is computed for one period of a bulletin, and the rows that freeze it.

A row holds keys, days and ranks only. What a thing was called is looked up when a page is made, so that a redaction
reaches the past.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.digest import canonical

WORDS = {"began": "新增", "closed": "办结", "confirmed": "居民确认", "reopened": "重新办理", "missed": "到期没办到",
         "kept": "到期办到", "open": "期末还在办", "late": "其中逾期", "moved": "有进展", "amended": "改了计划",
         "ranked": "名次变动", "rated": "星级变动"}
"""The kinds of things that a bulletin tells, as its figures are called, in their order."""


class Item(NamedTuple):
    """One thing that a bulletin tells. Sorts by kind of thing, then by day.

    what: an event's verb; `kept` or `missed` for a deadline of that day; `open` or `late` at the period's end; `ranked`
    or `rated` for a rank or a star that changed. key: the record, or the subject ranked or rated; part: where in it.
    before, after: ranks as digits, or words for stars. by: the scheme (its part: the board) or the assessment.
    """

    what: str
    day: str
    key: str
    part: str = ""
    before: str = ""
    after: str = ""
    by: str = ""


class Kept(NamedTuple):
    """A frozen edition as read: the day, its items as last corrected, and the corrections' keys, newest first."""

    day: str
    items: tuple[Item, ...]
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shut:
    """A frozen edition: since when, its corrections, and what the records of today would tell otherwise."""

    day: str
    corrections: tuple[str, ...] = ()
    gone: tuple[Item, ...] = ()
    more: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Edition:
    """One period of a series of bulletins for one place, computed as of its last day.

    kind: `week`, `half-month` or `month`; area: id; first, last: ISO days. bulletin: key of the editor's record, empty
    where there is none; commented: it says something. running: the period goes on. told: what an item was, in the
    words of the record as it is today.
    """

    series: str
    kind: str
    period: str
    words: str
    area: str
    examples: bool
    first: str
    last: str
    items: tuple[Item, ...] = ()
    bulletin: str = ""
    commented: bool = False
    running: bool = False
    frozen: Shut | None = None
    told: Mapping[Item, str] = field(default_factory=dict)

    @property
    def group(self) -> tuple[str, str, bool]:
        """What tells its series from every other: kind, area, real or illustrative."""
        return self.kind, self.area, self.examples

    def of(self, what: str) -> tuple[Item, ...]:
        """Return the items of one kind."""
        return tuple(item for item in self.items if item.what == what)


def counts(items: Iterable[Item]) -> Counter[str]:
    """Return how many records, or changes, each figure counts: a record once, however often it moved."""
    one_by_one = ("kept", "missed", "ranked", "rated")
    found = Counter(what for what, _ in {(i.what, i if i.what in one_by_one else i.key) for i in items})
    return Counter({what: found[what] for what in WORDS if found[what]})


def said_of(item: Item) -> str:
    """Return what an item tells, in words that name nobody."""
    if item.what == "ranked":
        return f"名次由第 {item.before} 名到第 {item.after} 名"
    if item.what == "rated":
        return f"星级{f'由{item.before}' if item.before else ''}评为{item.after}"
    return f"{item.day} {WORDS[item.what]}".strip() if item.what != "late" else "期末逾期"


def rows_text(items: Iterable[Item]) -> bytes:
    """Return items as they are frozen: one line each, so that versions compare well."""
    lines = (canonical({name: value for name, value in item._asdict().items() if value}).decode() for item in items)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def items_of(data: bytes) -> tuple[Item, ...]:
    """Return the items that `rows_text` wrote."""
    rows: Sequence[dict[str, str]] = json.loads(data)
    return tuple(Item(**{"day": "", **row}) for row in rows)
