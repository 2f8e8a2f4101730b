"""The search page: a form for the script, and for readers without it lists by kind, by year and by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from generator.data import Index, Row, facet_word, is_searched
from generator.digest import canonical
from generator.records import kinds
from generator.render.cells import TO_HOME, Link
from generator.render.entries import FACETED, PAGE, category
from generator.render.lists import MARKS, PER_PAGE, leaf, mark_of, newest, numbered
from generator.render.paint import File, Page
from generator.render.place import cell
from generator.render.view import Views

HEADING = "搜索"
LOADER = (b'import * as pagefind from "./rest/pagefind.js";\n'
          b'window.gongshiPagefind = pagefind;\nwindow.dispatchEvent(new Event("gongshi-pagefind"));\n')
"""A module of its own: browsers that know none leave it out, and then the page says so."""
STEP = 24
"""So many indexes a phone reads for a query, 17,000 records: a word takes three requests and 20 KB of each."""


class Facet(NamedTuple):
    """One select box: what it is called in the address, its label, and its options (value, text, word)."""

    name: str
    label: str
    options: tuple[tuple[str, str, str], ...]


class Listed(NamedTuple):
    """A kind in the lists: link to its records, how many there are, and where each year begins."""

    link: Link
    many: int
    years: tuple[Link, ...]


def search_pages(views: Views, indexes: Sequence[Index]) -> Iterator[Page | File]:
    """Yield the search page, and where there are indexes the module that loads what reads them."""
    yield Page("search/index.html", "search", HEADING, "搜办件、项目、地方、人和文件，或按目录找", "pages/search.html",
               partial(_index, views, indexes))
    if indexes:
        yield File("search/load.js", partial(bytes, LOADER))


def _index(views: Views, indexes: Sequence[Index]) -> dict[str, Any]:
    rows = [row for row in views.register.rows.values() if is_searched(row)]
    return {"crumbs": (TO_HOME,), "heading": HEADING, "ready": bool(indexes), "facets": _facets(views, rows),
            "about": canonical(_about(rows, indexes)).decode(), "listed": _parts(views),
            "places": any(row.kind == "area" for row in rows)}


def _about(rows: Sequence[Row], indexes: Sequence[Index]) -> dict[str, Any]:
    """Return what the script needs to know: the indexes, and the words for what it sorts out itself."""
    ends = sorted({row.expires for row in rows if row.expires})
    made = any(row.illustrative for row in rows)  # asked in every index, so only where there is something to find
    return {"indexes": [_told(index) for index in indexes], "example": facet_word("example", "yes") if made else "",
            "undated": facet_word("undated", "yes"), "ends": {day: facet_word("expires", day) for day in ends},
            "step": STEP}


def _told(index: Index) -> dict[str, str]:
    return {"name": index.name, "code": index.code, "kind": index.kind, "year": index.year, "since": index.since,
            "until": index.until}


# ── facets ───────────────────────────────────────────────────────────────────────────────────────────────────


def _facets(views: Views, rows: Sequence[Row]) -> tuple[Facet, ...]:
    """Return the select boxes; those that offer no choice are left out."""
    here = {row.kind for row in rows}
    areas = [row for row in rows if row.kind == "area" and cell(row, "level") in FACETED]
    areas.sort(key=lambda row: (*reversed([*views.register.above[row.id]]), row.id))
    some = (_facet("kind", "类别", [*((k, m.label) for k, m in kinds().items() if k in here), ("page", PAGE)]),
            _facet("area", "地方", [(row.id, "　" * _deep(views, row) + row.title) for row in areas]),
            _facet("year", "年份", _same(sorted({row.dated[:4] for row in rows if row.dated}, reverse=True))),
            _facet("status", "状态", _same(sorted({row.status for row in rows if row.status}))),
            _facet("category", "分类", _same(sorted({category(row) for row in rows} - {""}))))
    return tuple(facet for facet in some if len(facet.options) > 1)


def _facet(name: str, label: str, options: Sequence[tuple[str, str]]) -> Facet:
    return Facet(name, label, tuple((value, text, facet_word(name, value)) for value, text in options))


def _same(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _deep(views: Views, row: Row) -> int:
    above = (views.register.rows[f"area/{id}"] for id in views.register.above[row.id])
    return sum(1 for one in above if cell(one, "level") in FACETED)


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────


def _parts(views: Views) -> list[dict[str, Any]]:
    """Return the lists of real and of illustrative records, by kind, each counted as the list counts itself."""
    found: dict[str, dict[str, list[Row]]] = {mark: defaultdict(list) for mark in MARKS}
    for row in views.register.rows.values():
        found[mark_of(row)][row.kind].append(row)
    return [{"illustrative": bool(mark), "kinds": [_listed(kind, mark, some[kind]) for kind in kinds() if kind in some]}
            for mark, some in found.items() if some]


def _listed(kind: str, mark: str, rows: Sequence[Row]) -> Listed:
    model = kinds()[kind]
    base = f"{model.folder}/index{mark}"
    return Listed(Link(model.label, f"../{base}.html"), len(rows), tuple(_years(base, rows)))


def _years(base: str, rows: Sequence[Row]) -> Iterator[Link]:
    """Yield where each year begins in a list that has several pages, the newest first."""
    begins: Mapping[str, int] = {row.dated[:4]: at for at, row in reversed(list(enumerate(newest(rows)))) if row.dated}
    if len(rows) > PER_PAGE:
        for year in sorted(begins, reverse=True):
            yield Link(year, f"../{base.rpartition('/')[0]}/{leaf(numbered(base, begins[year] // PER_PAGE + 1))}")
