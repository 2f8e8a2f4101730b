"""Pages about places that are no record: what a count on a place's page opens, what is going on, who is covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice, product
from typing import Any, NamedTuple

from generator.data import Row
from generator.records import kinds
from generator.records.base import DONE, GOING
from generator.render.cells import TO_HOME, Link
from generator.render.lists import MARKS, PER_PAGE, mark_of, newest, numbered, pager, pages_of
from generator.render.paint import Page
from generator.render.place import WHOLE, asked_going, cell, going_url, late_url
from generator.render.plan import MANAGED, UNTOLD, is_estate
from generator.render.view import Views

STATES = (("open", "在办", GOING), ("done", "办结", DONE))
COUNTED = {"case": "的事", "project": "项目"}
"""Kinds of which the home page counts what is going on and what is done, and what it calls them there."""
FIGURES = 3
"""The home page shows so many of these counts."""


def area_pages(views: Views) -> Iterator[Page]:
    """Yield what continues a place's own page, what counts there and on the home page open, and the three coverages."""
    return chain(_further(views), _opened(views), _states(views), _coverage(views))


class Listed(NamedTuple):
    """What a list shows: its first page's address, heading, rows, the way to it, whether it is of examples.

    first: the page that holds its first slice where that is not `base` itself.
    """

    base: str
    heading: str
    rows: Sequence[Row]
    crumbs: tuple[Link, ...]
    illustrative: bool
    first: str | None = None


def _further(views: Views) -> Iterator[Page]:
    """Yield the further pages of what happened in every place; the first stands on the place's own page."""
    for row, mark in product(views.register.of_kind("area"), MARKS):
        crumbs, rows = (*views.crumbs(row), views.link(row.key)), views.inside.get((row.id, mark), [])
        yield from islice(_pages(views, Listed(f"areas/{row.id}{mark}", f"{row.title}：这里发生的事", rows, crumbs,
                                               bool(mark), row.url)), 1, None)


def _opened(views: Views) -> Iterator[Page]:
    """Yield for every place the lists that its counts and its first screens open, and no other."""
    for row, mark in product(views.register.of_kind("area"), MARKS):
        rows = views.inside.get((row.id, mark))
        if not rows:
            continue
        crumbs, going = (*views.crumbs(row), views.link(row.key)), views.going.get((row.id, mark), [])
        lists = {late_url(views, row.id, mark): ("逾期", [r for r in going if r.overdue]),
                 going_url(views, row.id, mark): ("正在办理", going)}
        for kind in asked_going(views, row, mark):
            some = [r for r in going if r.kind == kind]
            lists.setdefault(going_url(views, row.id, mark, kind), (f"正在办的{kinds()[kind].label}", some))
        if len(rows) > WHOLE:
            for kind in kinds():
                some = views.of_place.get((row.id, mark, kind), [])
                lists[f"{row.id}{mark}.of-{kind}.html"] = (kinds()[kind].label, some)
        for url, (what, some) in lists.items():
            if some:
                base = f"areas/{url.removesuffix('.html')}"
                yield from _pages(views, Listed(base, f"{row.title}：{what}", some, crumbs, bool(mark)))


class Figure(NamedTuple):
    """A number of the home page: what it counts, the list of exactly these records, and whether all of its kind are."""

    kind: str
    label: str
    url: str
    rows: Sequence[Row]
    whole: bool


def figures(views: Views) -> list[Figure]:
    """Return what is going on and what is done of the counted kinds, real records only; none where none is recorded."""
    found = []
    for (kind, what), (name, word, states) in product(COUNTED.items(), STATES):
        real = [r for r in views.register.of_kind(kind) if not r.illustrative]
        if rows := newest(r for r in real if r.status in states):
            whole = len(rows) == len(real)
            url = f"{kinds()[kind].folder}/index{'' if whole else '.' + name}.html"
            found.append(Figure(kind, word + what, url, rows, whole))
    return found[:FIGURES]


def _states(views: Views) -> Iterator[Page]:
    """Yield the lists that the home page's figures open, newest first; where that is all of a kind, it has one."""
    for one in figures(views):
        if not one.whole:
            crumbs = (TO_HOME, Link(kinds()[one.kind].label, "index.html"))
            yield from _pages(views, Listed(one.url.removesuffix(".html"), one.label, one.rows, crumbs, False))


def _pages(views: Views, listed: Listed) -> Iterator[Page]:
    folder, description = listed.base.partition("/")[0], f"{listed.heading}，共 {len(listed.rows)} 条"
    slices = pages_of(listed.rows, PER_PAGE)
    for number, some in enumerate(slices, 1):
        heading = listed.heading + (f"（第 {number} 页）" if number > 1 else "")
        yield Page(numbered(listed.base, number), folder, heading, description, "pages/list.html",
                   partial(_values, views, listed._replace(rows=some), len(listed.rows),
                           pager(listed.base, number, len(slices), listed.first)))


def _values(views: Views, listed: Listed, total: int, pages: dict[str, Any] | None) -> dict[str, Any]:
    """Return one page of a list. listed: with the page's own rows alone, as all it holds is looked at for changes."""
    rows = listed.rows
    return {"heading": listed.heading, "total": total, "labels": (), "illustrative": listed.illustrative,
            "kinds_shown": True, "dates_shown": True, "status_shown": any(r.status for r in rows), "orders": [],
            "plot": None, "other": None, "crumbs": listed.crumbs,
            "pager": pages,
            "rows": [views.listed(r) for r in rows]}


# ── the three coverages ──────────────────────────────────────────────────────────────────────────────────────

COVERED = (("party", "党组织"), ("committee", "业委会自治"), ("property", "专业物业"))


class Estate(NamedTuple):
    """One estate of the matrix: link, the place above it, and each of the three: its word, and by whom."""

    link: Link
    above: Link | None
    covers: tuple[tuple[str, str, Link | None], ...]


def _coverage(views: Views) -> Iterator[Page]:
    """Yield the page of all estates by mode with what covers each, real and illustrative apart."""
    estates = [r for r in views.register.of_kind("area") if is_estate(views.register, r) and not r.withdrawn]
    for mark in MARKS:
        some = [r for r in estates if mark_of(r) == mark]
        if some or not mark:
            title = "小区管理模式与三覆盖" + ("（示例）" if mark else "")
            yield Page(f"areas/index.coverage{mark}.html", "areas", title,
                       "每个小区由谁管、党组织、业委会、物业三样有没有", "pages/coverage.html",
                       partial(_matrix, views, some, mark, len(estates) - len(some)))


def _matrix(views: Views, estates: Sequence[Row], mark: str, others: int) -> dict[str, Any]:
    by_mode = [(told, [_estate(views, r) for r in estates if (cell(r, "mode") or UNTOLD) == told])
               for told in (*MANAGED, UNTOLD)]
    other = ("index.coverage.html", "看真实小区") if mark else ("index.coverage.example.html", "看示例小区")
    return {"crumbs": (TO_HOME, Link("地方", "index.html")), "illustrative": bool(mark),
            "modes": [(told, some) for told, some in by_mode if some], "total": len(estates),
            "names": [label for _, label in COVERED], "other": other if others else None,
            "anchors": {told: f"mode-{i}" for i, (told, _) in enumerate(by_mode)}}


def _estate(views: Views, row: Row) -> Estate:
    by = {r.keys[1]: r.target for r in row.references if r.keys[0] == "coverage"}
    return Estate(views.link(row.key), views.area(row), tuple(
        (label, cell(row, name) or UNTOLD, views.find(by[name]) if name in by else None) for name, label in COVERED))
