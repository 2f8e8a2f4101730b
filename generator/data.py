"""Level 1. What the stages hand over: plain frozen values, no behaviour beyond looking things up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.records import kinds
from generator.records.base import Record, Shape, referring, shape_of


@dataclass(frozen=True)
class Raw:
    """A record as read: `data` holds only dicts, lists, text, None, True and False."""

    kind: str
    id: str
    path: str
    data: Any


class Reference(NamedTuple):
    """One reference: the keys under which it stands in its file, and the `kind/id` it names."""

    keys: tuple[str | int, ...]
    target: str


class Row(NamedTuple):
    """What the register keeps of a record: enough for lists, links and back-links, never the body."""

    kind: str
    id: str
    path: str
    title: str
    dated: str
    updated: str
    area: str | None
    status: str | None
    overdue: int
    illustrative: bool
    withdrawn: bool
    formerly: tuple[str, ...]
    references: tuple[Reference, ...]
    cells: tuple[Any, ...]

    @property
    def key(self) -> str:
        """`kind/id`, unique on the site."""
        return f"{self.kind}/{self.id}"

    @property
    def url(self) -> str:
        """The page's address below the site's root."""
        return address(self.kind, self.id)


def address(kind: str, id: str) -> str:
    """Return the address of a record's page below the site's root."""
    return f"{kinds()[kind].folder}/{id}.html"


def row_of(record: Record, raw: Raw, as_of: date) -> Row:
    """Return what the register keeps of a validated record."""
    title = f"已撤回的{record.label}" if record.withdrawn else record.title
    return Row(
        raw.kind, raw.id, raw.path, title, record.dated(), record.updated(as_of), record.area,
        record.status(as_of), record.overdue_days(as_of), record.illustrative, record.withdrawn is not None,
        tuple(record.formerly), tuple(references(record)),
        tuple(None if record.withdrawn else _cell(record, name, as_of) for name in record.columns))


class Target(NamedTuple):
    """A cell that names another record by its key."""

    key: str


def _cell(record: Record, name: str, as_of: date) -> Any:
    value = record.value(name, as_of)
    if value is None or isinstance(value, int | Decimal | Fraction):
        return value
    shape = shape_of(type(record), name)
    return Target(target_of(value, shape)) if shape and shape.refs else str(value)


def references(part: BaseModel, keys: tuple[str | int, ...] = ()) -> list[Reference]:
    """Return every reference in a record or a part of one, in the order of the model."""
    found: list[Reference] = []
    for shape in referring(type(part)):
        value = getattr(part, shape.name)
        if not value:
            continue
        for at, item in _items(value, (*keys, shape.name)):
            if shape.refs:
                found.append(_reference(at, target_of(item, shape)))
            else:
                found += references(item, at)
    return found


@lru_cache(maxsize=8192)
def _reference(keys: tuple[str | int, ...], target: str) -> Reference:
    """Return one object for equal references: what a batch repeats is then pickled once."""
    return Reference(keys, target)


def _items(value: Any, keys: tuple[str | int, ...]) -> Sequence[tuple[tuple[str | int, ...], Any]]:
    return [((*keys, i), v) for i, v in enumerate(value)] if isinstance(value, list) else [(keys, value)]


def target_of(value: str, shape: Shape) -> str:
    """Return `kind/id` for a reference as written."""
    return f"{shape.refs[0]}/{value}" if len(shape.refs) == 1 and "/" not in value else value


@dataclass(frozen=True)
class Register:
    """Every record's row, what points to it, and the tree of areas; not changed once linked.

    rows:      key -> Row, sorted by key.
    backlinks: key -> keys of the records that refer to it (its own area's contents included), sorted.
    above:     area id -> ids of the areas that contain it, nearest first.
    """

    rows: Mapping[str, Row]
    backlinks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Row]:
        """Return the rows of a kind, in the order of their ids."""
        return [row for row in self.rows.values() if row.kind == kind]


class Fact(NamedTuple):
    """Something counted for a subject: by which measure of which scheme, how much, on the word of which record."""

    scheme: str
    measure: int
    subject: str
    amount: Decimal
    day: str
    evidence: str
    illustrative: bool


@dataclass(frozen=True)
class Credit:
    """One contribution to a subject's value, and the record that proves it."""

    measure: str
    amount: Decimal
    points: Decimal
    day: str
    evidence: str


@dataclass(frozen=True)
class Standing:
    """One subject's outcome: rank (shared on ties), value, stars and word where the scheme has bands."""

    subject: str
    rank: int | None
    value: Decimal
    credits: tuple[Credit, ...]
    stars: int | None = None
    word: str | None = None
    to_next: Decimal | None = None
    next_word: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A scheme's standings for one period, real and illustrative subjects never together.

    examples: the subjects are illustrative; illustrative: they, or the scheme itself.
    """

    scheme: str
    title: str
    form: str
    period: str
    examples: bool
    illustrative: bool
    standings: tuple[Standing, ...]

    @cached_property
    def ranked(self) -> int:
        """How many subjects have a rank."""
        return sum(1 for standing in self.standings if standing.rank is not None)


class Written(NamedTuple):
    """A file of the release: its path below the root, its size in bytes, its sha256."""

    path: str
    size: int
    sha256: str
