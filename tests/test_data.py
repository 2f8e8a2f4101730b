"""What the stages hand over: rows that share what they repeat."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from generator.data import Pool, Reference, Row


def row(id: str, *cells: Any) -> Row:
    """Return a row with these cells, as it comes from another process."""
    made = Row("case", id, f"cases/{id}.yml", id, "2026-01-02", "", "b3", None, 0, False, False, "", (),
               (Reference(("area",), "area/b3"),), cells)
    return pickle.loads(pickle.dumps(made))


def test_rows_share_what_they_repeat() -> None:
    """Rows of different batches hold one object for equal days, places, references and columns, and stay equal."""
    pool, one, other = Pool(), [row("a", "环境", 3)], [row("b", "环境", 3)]
    pool.share(one)
    pool.share(other)
    assert (one, other) == ([row("a", "环境", 3)], [row("b", "环境", 3)])
    for name in ("dated", "area", "references", "cells"):
        assert getattr(one[0], name) is getattr(other[0], name)


@pytest.mark.parametrize(("known", "cell"), [
    (1, True), (1, Fraction(1)), (Decimal("1.50"), Decimal("1.5")), (Fraction(1), Decimal(1))])
def test_what_is_equal_but_not_alike_is_kept_apart(known: Any, cell: Any) -> None:
    """Equal numbers of other types, and decimals of other digits, read differently on a page."""
    pool, rows = Pool(), [row("a", known), row("b", cell)]
    pool.share(rows)
    assert [repr(one.cells[0]) for one in rows] == [repr(known), repr(cell)]
