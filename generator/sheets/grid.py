"""What .xlsx and .csv have in common when they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Grid(NamedTuple):
    """One table of a file: its name and its cells by row and column, counted from 1; blank ones are left out.

    text: says what a cell holds, for a field; raises `Amiss`. hidden: rows that are hidden or filtered away.
    merged: every merged area but those of one row of title: first and last row, first and last column.
    """

    name: str
    cells: dict[int, dict[int, Any]]
    text: Callable[[Any, Any], str]
    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
