"""Level 2. What sources tell differently, and every figure that they report, with words, source and date; no sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from generator.data import Row, Said
from generator.records import kinds
from generator.render.cells import TO_HOME, Link, bound_of
from generator.render.lists import MARKS, PER_PAGE, mark_of, numbered, pager, pages_of
from generator.render.paint import Page
from generator.render.view import Views


class Statement(NamedTuple):
    """One of several statements about the same thing: the words, what was printed, and where."""

    words: str
    quoted: str
    source: Link | None
    place: str


class Figure(NamedTuple):
    """One reported figure. bound: what its words leave open, in words."""

    label: str
    words: str
    bound: str
    when: str


class Group(NamedTuple):
    """What one record reports: the record, its kind, the figures or statements, and its sources."""

    link: Link
    kind: str
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Link, ...]


def claims(views: Views) -> Iterator[Page]:
    """Yield the differing statements, and the list of reported figures; real and illustrative apart."""
    parts = {mark: [row for row in views.register.rows.values() if row.said and mark_of(row) == mark] for mark in MARKS}
    for mark, rows in parts.items():
        if mark and not rows:
            continue
        differing = [row for row in rows if any(_differs(one) for one in row.said)]
        figures = [row for row in rows if not all(_differs(one) for one in row.said)]
        slices = pages_of(figures, PER_PAGE)
        base = f"claims/index{mark}"
        shown = {"heading": "说法不一与约数", "illustrative": bool(mark), "crumbs": (TO_HOME,),
                 "records": len(figures), "other": _other(mark, bool(parts[MARKS[1]]))}
        for number, some in enumerate(slices, 1):
            yield Page(numbered(base, number), "claims", "说法不一与约数" + ("（示例）" if mark else ""),
                       "来源之间的不同说法，以及来源所称的数字", "pages/claims.html",
                       partial(_shown, views, differing if number == 1 else [], some,
                               {**shown, "pager": pager(base, number, len(slices))}))


def _other(mark: str, examples: bool) -> Link | None:
    return Link("真实记录", "index.html") if mark else Link("示例", "index.example.html") if examples else None


def _shown(views: Views, differing: Sequence[Row], figures: Sequence[Row], shown: dict[str, Any]) -> dict[str, Any]:
    return {**shown, "differing": [_group(views, row) for row in differing],
            "figures": [_group(views, row) for row in figures]}


def _differs(one: Said) -> bool:
    return one.bound == "differing"


def _group(views: Views, row: Row) -> Group:
    sources = [r.target for r in row.references if r.keys[0] == "source"]
    return Group(views.link(row.key), kinds()[row.kind].label,
                 tuple(Statement(one.words, one.quoted, views.find(one.source) if one.source else None, one.place)
                       for one in row.said if _differs(one)),
                 tuple(Figure(one.label, one.words, bound_of(one.words, one.bound), one.when)
                       for one in row.said if not _differs(one)),
                 tuple(views.find(key) for key in dict.fromkeys(sources)))
