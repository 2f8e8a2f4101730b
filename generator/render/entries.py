"""What search is given of each page: the words that its readers see, gathered while the record is at hand.

What stands on a page for a time only, as a link to an entry of a list, is left out: an index can't forget it in time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from generator.data import Entry, Row, bare, is_searched
from generator.records import kinds
from generator.records.base import Record
from generator.render.cells import Blocks
from generator.render.manuals import FOLDER as MANUALS
from generator.render.paint import File, Page
from generator.render.place import cell
from generator.render.shell import Shells, parted
from generator.render.view import Context, Views

FACETED = ("社区", "镇街", "区县", "市")
"""Levels of places by which results are narrowed: a building has a page of its own."""
WHOLE_SECTIONS = ("boards", "stars", "disclosure", "plots")
"""Folders of computed pages that are found by their own titles, and not only by their list."""
FOR_A_TIME = re.compile(r"<a [^>]*data-expires[^>]*>.*?</a>", re.S)
HEADS = re.compile(r"<thead.*?</thead>", re.S)
"""The heads of a table's columns, which every record of a kind has alike."""
TAG = re.compile(r"<[^>]+>")
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
DIGEST = re.compile(r"\b[0-9a-f]{40,64}\b")
"""Nobody looks for one, and its letters and numbers would answer those who look for a number."""
DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?: \d\d:\d\d)?")
"""A day alone stands after all words, where it is found but doesn't stand between them in a result."""
PAGE = "网页"


def entry_of(views: Views, context: Context, record: Record, blocks: Blocks, article: str) -> Entry | None:
    """Return what search needs of one record, None for one that is not searched. article: as its page shows it."""
    row = context.row
    if not is_searched(row) or record.tombstone(views.as_of):
        return None
    places = tuple(bare(views.register.rows[f"area/{id}"].title) for id in reversed(line(views, row)))
    sorts = (kinds()[row.kind].label, category(row), row.status or "")
    return Entry(row.url, row.title, kinds()[row.kind].label, text_of(record, blocks, plain(article)),
                 facets(views, row), (row.id, *row.formerly, *aliases(row)), places, row.status or "", row.dated,
                 row.expires, tuple(word for word in sorts if word))


def line(views: Views, row: Row) -> tuple[str, ...]:
    """Return the ids of the places that contain a record, the nearest first."""
    if row.kind == "area":
        return views.register.above.get(row.id, ())
    return (row.area, *views.register.above.get(row.area, ())) if row.area else ()


def aliases(row: Row) -> tuple[str, ...]:
    """Return what a place is also called: its address."""
    address = cell(row, "address") if row.kind == "area" else None
    return (address,) if address else ()


def facets(views: Views, row: Row) -> tuple[tuple[str, str], ...]:
    """Return by what a record is narrowed down: the page's own select boxes and those that its script asks for."""
    around = (row.id, *line(views, row)) if row.kind == "area" else line(views, row)
    areas = [id for id in around if cell(views.register.rows[f"area/{id}"], "level") in FACETED]
    found = [("kind", row.kind), ("year", row.dated[:4]), ("status", row.status or ""),
             ("category", category(row)), ("expires", row.expires), *(("area", id) for id in areas)]
    dated = [("undated", "yes")] if not row.dated else []
    made = [("example", "yes")] if row.illustrative else []
    return (*((name, value) for name, value in found if value), *dated, *made)


def category(row: Row) -> str:
    """Return the category that a record's kind tells in its lists, empty where it tells none."""
    return str(cell(row, "category") or "")


def text_of(record: Record, blocks: Blocks, shown: str) -> str:
    """Return what a record says in its own words: description, facts and longer parts, its days last.

    shown: the text of its page. What stands there in other words, as a code that only the files use, is left out.
    """
    said = [blocks.description or "",
            *(block.html for block in (*blocks.facts, *blocks.sections) if block.name != "area"),
            *(f"{claim.label} {claim.words}" for claim in record.claims), *(one.statement for one in record.differing)]
    parts = [[(piece, bool(DAY.fullmatch(piece))) for piece in _pieces(part, shown)] for part in said]
    words = ("，".join(piece for piece, is_day in part if not is_day) for part in parts)
    days = dict.fromkeys(piece for part in parts for piece, is_day in part if is_day)
    return "。".join(text for text in (*words, "，".join(days)) if text)


def _pieces(markup: str, shown: str) -> Iterator[str]:
    """Yield the texts between the tags of some HTML that stand on the page, without the heads of tables."""
    for piece in TAG.split(HEADS.sub("", _for_ever(markup))):
        text = " ".join(html.unescape(piece).split()).strip("。，；") if len(piece) > 1 else ""
        if len(text) > 1 and text in shown and (said := DIGEST.sub("", text).strip() if len(text) >= 40 else text):
            yield said


def plain(markup: str) -> str:
    """Return HTML as text, without links that leave the page by a day."""
    return " ".join(html.unescape(TAG.sub(" ", _for_ever(markup))).split())


def _for_ever(markup: str) -> str:
    """Return HTML without the links that leave the page by a day; most pages have none, which is quickly seen."""
    return FOR_A_TIME.sub("", markup) if "data-expires" in markup else markup


def page_entries(pages: Sequence[Page | File]) -> Iterator[Entry]:
    """Yield an entry for each list, board and overview, by its title."""
    for page in pages:
        if isinstance(page, Page) and is_found(page):
            yield Entry(page.path, page.title, PAGE, page.description, page_facets(".example." in page.path))


def is_found(page: Page) -> bool:
    """Whether a page that is no record is searched: the first page of a list, a board, an overview."""
    stem = page.path.rpartition("/")[2].removesuffix(".html").removesuffix(".example")
    own = page.section in WHOLE_SECTIONS and ".of-" not in stem and not stem.endswith(".oldest")
    return page.section != "search" and (stem == "index" or own) and "（第 " not in page.title


def page_facets(illustrative: bool) -> tuple[tuple[str, str], ...]:
    """Return by what a page that is no record is narrowed down."""
    return (("kind", "page"), ("undated", "yes"), *([("example", "yes")] if illustrative else []))


def prose_entries(shells: Shells) -> tuple[Entry, ...]:
    """Return an entry for each page of prose; manuals are for editors, and their made-up examples for nobody else."""
    return tuple(prose_entry(path, data.decode()) for path, data in shells.files.items()
                 if path.endswith(".html") and path != "404.html" and not path.startswith(f"{MANUALS}/"))


def prose_entry(path: str, markup: str) -> Entry:
    """Return what search needs of a page of prose."""
    _, article, _ = parted(markup)
    title = plain(found[1]) if (found := HEADING.search(article)) else path
    return Entry(path, title, PAGE, plain(HEADING.sub("", article)), page_facets(False))
