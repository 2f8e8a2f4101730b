"""Digests of what pages are made of, so that two builds can be compared: of every entry of every table, of each page.

Equal digests mean equal values; equal values that were made in another way may differ, which costs a page painted in
vain and never a wrong one.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import partial
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel

from generator import pickles
from generator.config import Site
from generator.data import Row
from generator.editions import Edition
from generator.records.duty import Duty
from generator.records.scheme import Scheme
from generator.render.paint import File, Page
from generator.render.plots import Plot
from generator.render.traces import ALL, Traced, mark
from generator.render.view import Views
from generator.results import Account, Outcome, Standing, Tally

LARGE = (Outcome, Standing, Edition, Account, Plot, Scheme, Duty)
"""What many tables and pages hold: its digest is made once."""
FULL = (1 << 64) - 1


class Prints:
    """Digests of values.

    rows: those of records' rows by key, with the row, as they were read, where they are known. others: tables in which
    pages look things up besides those of the views.
    """

    def __init__(self, views: Views, rows: Mapping[str, tuple[Row, int]], others: Sequence[Traced[Any, Any]] = ()):
        self.views, self._read, self._others = views, rows, others
        self._known: dict[int, tuple[Any, bytes]] = {}
        self._rows = {id(row): self._read_as(row) for row in views.register.rows.values()}
        self._instead = {Row: lambda row: (bytes, (self._row(row),)), **dict.fromkeys((Views, Site), _named),
                         **dict.fromkeys((Traced, *LARGE), lambda value: (bytes, (self._once(value),)))}

    def tables(self) -> dict[int, int]:
        """Return the digest of every entry of every table, and of every whole table, by its mark."""
        found: dict[int, int] = {}
        for table in (*self.views.tables(), *self._others):
            marks = array("Q", [mark(table.name, key) for key in dict.keys(table)])
            prints = array("Q", map(_number, map(self.of, dict.values(table))))
            whole = blake2b(marks.tobytes() + prints.tobytes(), digest_size=8).digest()
            for one, of in (*zip(marks, prints, strict=True), (mark(table.name, ALL), _number(whole))):
                found[one] = found.get(one, 0) + of & FULL  # of two that share a mark, both count
        return found

    def common(self) -> str:
        """Return a digest of what every page may depend on without looking it up."""
        return self._pickled(self.views.common()).hex()

    def page(self, page: Page | File) -> int:
        """Return a digest of what a page that is no record is put together from; not of what it will look up."""
        path, *others = _parts(page)
        values = others.pop()
        given = (values.func, [self._apart(one) for one in values.args], values.keywords) if isinstance(
            values, partial) else values
        return _number(self._pickled((path, others, given)))

    def of(self, value: Any) -> bytes:
        """Return the digest of a value: 8 bytes."""
        if type(value) is list and value and type(value[0]) is Row:
            return self._list(value)
        if type(value) is Row:
            return self._row(value)
        return self._once(value) if type(value) in (Traced, *LARGE) else self._pickled(value)

    def _apart(self, value: Any) -> Any:
        """Return lists of rows as their digests, also within tuples: in a pickle, each row costs a call of Python's."""
        if type(value) is list and value and type(value[0]) is Row:
            return self._list(value)
        return [*map(self._apart, value)] if isinstance(value, tuple) and type(value) not in (Row, *LARGE) else value

    def _list(self, rows: Sequence[Row]) -> bytes:
        try:
            prints = b"".join(map(self._rows.__getitem__, map(id, rows)))
        except KeyError:
            prints = b"".join(map(self._row, rows))
        return blake2b(prints, digest_size=8).digest()

    def _row(self, row: Row) -> bytes:
        return self._rows.get(id(row)) or self._pickled(tuple(row))

    def _read_as(self, row: Row) -> bytes:
        """Return the digest that a row had when it was read, a new one where it was changed since."""
        read = self._read.get(row.key)
        return read[1].to_bytes(8) if read and read[0] is row else pickles.digest(tuple(row))[:8]

    def _once(self, value: Any) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._pickled(_parts(value))
        return known[1]

    def _pickled(self, value: Any) -> bytes:
        return pickles.digest(value, self._instead)[:8]


def _named(value: Any) -> Any:
    """Return the name of what is the same for all pages."""
    return str, (type(value).__name__,)


def _number(digest: bytes) -> int:
    return int.from_bytes(digest)


def row_print(row: Row) -> int:
    """Return the digest of a row where it is read."""
    return int.from_bytes(pickles.digest(tuple(row))[:8])


def _parts(value: Any) -> Any:
    """Return what a value consists of, as plain values."""
    if isinstance(value, Traced):
        return [*dict.items(value)]
    if isinstance(value, Standing):
        return (*value._replace(tallies=()), [*map(_tally, value.tallies)])
    if isinstance(value, tuple):
        return (*value,)
    if isinstance(value, BaseModel):
        return (*value.__dict__.values(),)
    return tuple(getattr(value, one.name) for one in fields(value))


def _tally(tally: Tally) -> Any:
    """Return a tally as plain values: a named tuple or fraction in a pickle costs 2 µs, and there are thousands."""
    return (tally.label, tally.take, tally.unit, tally.value.as_integer_ratio(), tally.points.as_integer_ratio(),
            [*map(tuple, tally.facts)], [part.as_integer_ratio() for part in tally.parts])
