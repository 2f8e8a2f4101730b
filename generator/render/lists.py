"""Lists: their order, their slices with addresses, and what leads from page to page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.data import Row

PER_PAGE = 50
MARKS = ("", ".example")
"""What the addresses of lists of real records carry, and those of illustrative ones."""


def newest(rows: Iterable[Row]) -> list[Row]:
    """Return the rows by date, newest first; undated ones last, equal dates by title and id."""
    return sorted(sorted(rows, key=lambda r: (r.title, r.id)), key=lambda r: r.dated, reverse=True)


def natural(title: str) -> list[tuple[int, str]]:
    """Return a key that sorts 2栋 before 12栋."""
    return [(int(p), "") if p.isdecimal() else (-1, p) for p in re.findall(r"\d+|\D+", title)]


def mark_of(row: Row) -> str:
    """Return what the addresses of lists of illustrative records carry, empty for real ones."""
    return MARKS[row.illustrative]


def pages_of(rows: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """Return the rows in slices of `size`, at least one."""
    return [rows[i:i + size] for i in range(0, len(rows), size)] or [rows]


def numbered(base: str, number: int) -> str:
    """Return the address of a list's page; ids hold no dot, so it can't be a record's."""
    return f"{base}.html" if number == 1 else f"{base}.{number}.html"


def leaf(path: str) -> str:
    """Return an address as seen from its own folder."""
    return path.rpartition("/")[2]


def pager(base: str, number: int, pages: int, first: str | None = None) -> dict[str, Any] | None:
    """Return what leads through a list of several pages, None for a list of one.

    first: the address of the first page where it is not `base` itself.
    """
    if pages == 1:
        return None
    before = numbered(base, number - 1) if number > 2 or not first else first
    return {"number": number, "pages": pages, "previous": leaf(before) if number > 1 else None,
            "first": leaf(first or numbered(base, 1)) if number > 2 else None,
            "last": leaf(numbered(base, pages)) if number < pages - 1 else None,
            "next": leaf(numbered(base, number + 1)) if number < pages else None}
