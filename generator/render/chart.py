"""Who belongs to whom: the organisations above and below one, and who stands behind a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.data import Row
from generator.render.cells import Link
from generator.render.place import Around, Chief, cell, chief_of

DEEP = 3
"""So many levels below an organisation are drawn."""


class Branch(NamedTuple):
    """An organisation below another, with those below it. more: how many of them are not drawn."""

    link: Link
    type: str
    below: tuple[Branch, ...]
    more: int


class Chart(NamedTuple):
    """Where an organisation or a person stands: those above (from the top down), those below, who is behind."""

    above: tuple[Link, ...]
    below: tuple[Branch, ...]
    chief: Chief | None


def chart_of(views: Around, row: Row) -> Chart:
    """Return where an organisation or a person stands."""
    if row.kind == "person":
        return Chart((), (), chief_of(views, row))
    above = tuple(views.link(r.key) for r in reversed(list(_above(views, row))))
    return Chart(above, tuple(_below(views, row, DEEP, (row.key,))), None)


def _above(views: Around, row: Row) -> Iterator[Row]:
    """Yield the organisations above one, nearest first; a circle ends where it closes."""
    seen = {row.key}
    parent = _parent(row)
    while parent and parent not in seen:
        seen.add(parent)
        yield views.register.rows[parent]
        parent = _parent(views.register.rows[parent])


def _parent(row: Row) -> str | None:
    return next((r.target for r in row.references if r.keys == ("parent",)), None)


def _below(views: Around, row: Row, deep: int, path: tuple[str, ...]) -> Iterator[Branch]:
    for child in _children(views, row):
        if child.key not in path:
            below = tuple(_below(views, child, deep - 1, (*path, child.key))) if deep > 1 else ()
            yield Branch(views.link(child.key), cell(child, "type") or "", below,
                         0 if deep > 1 else len(_children(views, child)))


def _children(views: Around, row: Row) -> list[Row]:
    """Return the organisations of the same sort that name this one as their parent, by title."""
    rows = (views.register.rows[key] for key in views.register.backlinks.get(row.key, ()))
    return sorted((r for r in rows if r.kind == "organisation" and _parent(r) == row.key
                   and r.illustrative == row.illustrative),
                  key=lambda r: (r.title, r.id))
