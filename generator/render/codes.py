"""Short codes as other views need them: their addresses, and which of them lead to a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from generator.data import Register, Row, Target
from generator.render.cells import Link
from generator.render.place import cell

POSTED = ("楼栋", "单元", "网格")
"""Levels of places that have a notice board of their own."""
PREFERRED = ("告示栏", "门牌")
"""What a code for a notice board is for, the best first."""


class CodeView(NamedTuple):
    """A code in use: itself, what it is for, the version of the paper that hangs, and the link to its record."""

    code: str
    purpose: str
    printed: str
    link: Link


def code_urls(code: str) -> tuple[str, str]:
    """Return the two addresses under which hosts look for `/q/<code>`: a file, and a folder's index."""
    return f"q/{code}.html", f"q/{code}/index.html"


def target_of(row: Row, register: Register) -> Row | None:
    """Return the row of the record that a code leads to today, None where it leads to another page."""
    to = cell(row, "to")
    return register.rows[register.today(to.key)] if isinstance(to, Target) else None


def codes_of(register: Register) -> dict[str, list[CodeView]]:
    """Return the codes in use by the key of what they lead to, those for notice boards first."""
    found: dict[str, list[CodeView]] = defaultdict(list)
    for row in register.of_kind("code"):
        target = target_of(row, register)
        if target and not cell(row, "ended"):
            link = Link(row.id, f"../{row.url}", row.illustrative)
            found[target.key].append(CodeView(row.id, str(cell(row, "purpose")), str(cell(row, "printed") or ""), link))
    for some in found.values():
        some.sort(key=lambda one: (PREFERRED.index(one.purpose) if one.purpose in PREFERRED else 9, one.code))
    return dict(found)


def has_board(row: Row) -> bool:
    """Whether a place has a notice board."""
    return row.kind == "area" and not row.withdrawn and cell(row, "level") in POSTED


def notice_of(row: Row, codes: Mapping[str, Sequence[CodeView]]) -> dict[str, Any]:
    """Return what a place's page says of its paper: the link to its notice board, and its codes."""
    board = Link("打印本页的告示（A4）", f"../notices/{row.id}.html") if has_board(row) else None
    return {"board": board, "codes": [one.link for one in codes.get(row.key, ())]}
