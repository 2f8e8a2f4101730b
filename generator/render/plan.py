"""What stands on an estate's plan beside its shapes, and the estates of a place by how they are managed."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple, Protocol

from generator.data import Register, Row
from generator.records.base import GOING
from generator.render.cells import Link
from generator.render.place import Around, cell, records

MANAGED = ("物业接管", "小区自管", "社区代管", "无物业")
UNTOLD = "来源未载"
GATHERING = ("区县", "镇街", "社区")
"""Levels whose pages list the estates inside them by mode."""


class Spot(NamedTuple):
    """What a building's shape on a plan says: where it leads, what is going on there, how many stars it has.

    words: all of that in words, for readers who do not see the drawing. state: `late`, `open` or `calm`.
    """

    link: Link
    open: int
    late: int
    stars: int | None
    state: str
    words: str


class Managed(NamedTuple):
    """The estates of one mode. told: the mode, or that no source tells it."""

    told: str
    illustrative: bool
    estates: tuple[Link, ...]


class Estates(Around, Protocol):
    """What the plan and the modes are read from, besides."""

    estates: dict[str, list[Row]]


def spots(views: Around, row: Row) -> dict[str, Spot]:
    """Return what the plan of a place says about each place drawn on it, by id."""
    drawn = {r.target for r in row.references if r.keys[0] == "plan"}
    return {key.partition("/")[2]: spot(views, views.register.rows[key]) for key in sorted(drawn)}


def spot(views: Around, row: Row) -> Spot:
    """Return what a place's shape says."""
    going = [r for r in records(views, row, "case") if r.status in GOING]
    late = sum(1 for r in going if r.overdue)
    stars = next((s.stars for o, s in views.standings.get(row.key, ()) if o.form == "stars" and s.stars), None)
    words = [f"{len(going)} 件事正在办" if going else "没有登记正在办的事", *([f"其中 {late} 件逾期"] if late else []),
             *([f"{stars} 星"] if stars else [])]
    return Spot(views.link(row.key), len(going), late, stars, "late" if late else "open" if going else "calm",
                "，".join(words))


def is_estate(register: Register, row: Row) -> bool:
    """Whether an area is an estate, and no part of another estate."""
    return row.cells[0] == "小区" and not any(
        register.rows[f"area/{id}"].cells[0] == "小区" for id in register.above[row.id])


def estates_of(register: Register) -> dict[str, list[Row]]:
    """Return the estates inside every place, in the order of their ids."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in register.of_kind("area"):
        if is_estate(register, row):
            for area in register.above[row.id]:
                found[area].append(row)
    return found


def modes(views: Estates, row: Row) -> tuple[Managed, ...]:
    """Return the estates of a place by how they are managed; real and illustrative ones apart."""
    if row.cells[0] not in GATHERING:
        return ()
    return managed(views, views.estates.get(row.id, []))


def managed(views: Around, estates: list[Row]) -> tuple[Managed, ...]:
    """Return estates by mode, in the order of the rule, those of which none is told last."""
    found: dict[tuple[bool, str], list[Link]] = defaultdict(list)
    for row in estates:
        found[row.illustrative, cell(row, "mode") or UNTOLD].append(views.link(row.key))
    return tuple(Managed(told, illustrative, tuple(found[illustrative, told])) for illustrative in (False, True)
                 for told in (*MANAGED, UNTOLD) if (illustrative, told) in found)
