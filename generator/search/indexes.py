"""Which indexes a site has: parts of each kind and year with many records, and parts of all the rest.

A part is bounded, so that making one takes 300 MB and two seconds however large a site is, and is cut by names: an
edit changes the part that it is in, and hardly ever another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.data import Index, Row, is_searched
from generator.execute import Sizes, lasting_batches
from generator.records import kinds

MANY = 200
"""Kinds and years with fewer records share an index: each one costs a phone several requests."""
REST = "rest"
PART = Sizes(600, 2, 800)
"""Records of a part, which ends where a slice does: Pagefind takes 1.5 ms and 280 KB for each."""


class Slice(NamedTuple):
    """The searched records of one batch and year. at: the batch; many: how many; first: what the first is called.

    last: the id of the last; since, until: the first and the last day that one has, empty where none has any.
    """

    at: int
    kind: str
    year: str
    many: int
    first: str
    last: str
    since: str
    until: str


def plan(batches: Iterable[Sequence[Row]]) -> tuple[Index, ...]:
    """Return the indexes of a site: those of all the rest first, then those of a kind and year, newest first.

    batches: of rows of one kind each, as the entries of their records are kept.
    """
    found: dict[tuple[str, str], list[Slice]] = defaultdict(list)
    for at, rows in enumerate(batches):
        for one in _slices(at, rows):
            found[one.year, one.kind].append(one)
    large = {key for key, some in found.items() if sum(one.many for one in some) >= MANY}
    rest = [one for key in sorted(found.keys() - large) for one in found[key]]
    own = [index for year, kind in sorted(large, reverse=True)
           for index in _parts(f"{kinds()[kind].folder}-{year or 'undated'}", kind, year, found[year, kind])]
    return *(_parts(REST, "", "", rest) or [Index(REST)]), *own


def by_year(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """Return rows by their year, empty for those without a day, in order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[year_of(row)].append(row)
    return found


def year_of(row: Row) -> str:
    """Return the year of a record, empty for one without a day."""
    return row.dated[:4]


def _slices(at: int, rows: Sequence[Row]) -> Iterator[Slice]:
    for year, some in by_year(row for row in rows if is_searched(row)).items():
        days = sorted(row.dated for row in some if row.dated) or [""]
        yield Slice(at, some[0].kind, year, len(some), some[0].key.replace("/", "."), some[-1].id, days[0], days[-1])


def _parts(name: str, kind: str, year: str, slices: Sequence[Slice]) -> list[Index]:
    """Return some slices as indexes: the first has the name itself, each other one also that of its first record."""
    parts = list(lasting_batches(slices, lambda one: one.last, PART, lambda one: one.many))
    return [Index(f"{name}.{part[0].first}" if i else name, kind, year,
                  min((one.since for one in part if one.since), default=""), max(one.until for one in part),
                  tuple((one.at, one.year) for one in part)) for i, part in enumerate(parts)]
