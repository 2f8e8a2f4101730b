"""Digests of what pages are made of, so that two builds can be compared: of every entry of every table, of each page.

Equal digests mean equal values; equal values that were made in another way may differ, which costs a page painted in
vain and never a wrong one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
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
from generator.results import Account, Outcome, Standing

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

    def tables(self) -> dict[int, int]:
        """Return the digest of every entry of every table, and of every whole table, by its mark."""
        found: dict[int, int] = {}
        for table in (*self.views.tables(), *self._others):
            for key, value in (*dict.items(table), (ALL, table)):
                one = mark(table.name, key)
                found[one] = found.get(one, 0) + int.from_bytes(self.of(value)) & FULL  # what shares a mark counts
        return found

    def common(self) -> str:
        """Return a digest of what every page may depend on without looking it up."""
        return self._pickled(self.views.common()).hex()

    def page(self, page: Page | File) -> int:
        """Return a digest of what a page that is no record is put together from; not of what it will look up."""
        return int.from_bytes(self._pickled(_parts(page)))

    def of(self, value: Any) -> bytes:
        """Return the digest of a value: 8 bytes."""
        if type(value) is list and value and type(value[0]) is Row:
            return blake2b(b"".join(map(self._row, value)), digest_size=8).digest()
        if type(value) is Row:
            return self._row(value)
        return self._once(value) if type(value) in (Traced, *LARGE) else self._pickled(value)

    def _row(self, row: Row) -> bytes:
        known = self._known.get(id(row))
        if known is None:
            read = self._read.get(row.key)
            known = row, read[1].to_bytes(8) if read and read[0] is row else self._pickled(tuple(row))
            self._known[id(row)] = known
        return known[1]

    def _once(self, value: Any) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._pickled(_parts(value))
        return known[1]

    def _pickled(self, value: Any) -> bytes:
        return pickles.digest(value, self._instead)[:8]

    def _instead(self, value: Any) -> Any:
        """Return a digest in the place of what is large or shared, a name in the place of what is the same for all."""
        kind = type(value)
        if kind is Row:
            return bytes, (self._row(value),)
        if kind is Traced or kind in LARGE:
            return bytes, (self._once(value),)
        return (str, (kind.__name__,)) if kind in (Views, Site) else NotImplemented


def row_print(row: Row) -> int:
    """Return the digest of a row where it is read."""
    return int.from_bytes(pickles.digest(tuple(row))[:8])


def _parts(value: Any) -> Any:
    """Return what a value consists of, as plain values."""
    if isinstance(value, Traced):
        return [*dict.items(value)]
    if isinstance(value, tuple):
        return (*value,)
    if isinstance(value, BaseModel):
        return (*value.__dict__.values(),)
    return tuple(getattr(value, one.name) for one in fields(value))
