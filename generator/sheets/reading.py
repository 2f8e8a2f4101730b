"""From grids of cells to records: which sheet, which column, which row is what, and what is wrong with it.

A column is what its hidden machine name says, or else its head; where the two name different fields, somebody moved
one without the other, and neither is believed. What is hidden or filtered away is read like the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import Any, NamedTuple

from generator.problem import DeskError
from generator.records import kinds
from generator.records.forms import ID
from generator.sheets.cells import Amiss, clean, half
from generator.sheets.found import Cell, Fault, Heads, Read, Table
from generator.sheets.grid import Grid
from generator.sheets.layout import FAULTS_LABEL, ID_LABEL, NO_FIELD, Layout, Sheet, layout, plain_head
from generator.sheets.opening import grids
from generator.sheets.rows import Path, Texts, gather
from generator.wording import nearest

HEAD_WITHIN = 10
"""The heads stand within so many rows from the top: people put titles above them."""
NEW = re.compile(r"新\s*\w*\Z")
NAMELESS = re.compile(r"新[增建加]?\Z")
"""What says that a row is new, in every such row, and so names none of them."""
IGNORED = {plain_head(label): name for name, label in NO_FIELD.items()}


def read(path: File, kind: str | None = None) -> Table:
    """Return the records of an .xlsx or .csv file.

    kind: whose sheet it is; None: what the file says of itself, by its hidden row or the names of its sheets.
    Raises: DeskError where it can't be read, is no sheet of ours, or is that of another kind.
    """
    pages = grids(path)
    kind = kind or _kind_of(pages, path.name)
    if not kinds()[kind].by_hand:
        raise DeskError("sheet-by-command", name=kinds()[kind].label)
    main = _main(pages, kind, path.name)
    faults: list[Fault] = []
    shape = layout(kind)
    flat = layout(kind, flat=True).main
    top = _page(main, flat, faults)
    lists = {sheet.field: _page(page, sheet, faults) for sheet in shape.lists
             if (page := _list(pages, sheet, main, path.name))}
    read_from = {main.name, *(page.heads.sheet for page in lists.values())}
    faults += (fault for page in pages if page.name not in read_from for fault in _passed_over(page, shape))
    items = {name: _by_record(page, faults) for name, page in lists.items()}
    reads = list(_records(top, lists, items, faults))
    present = {*top.heads.columns, *((name,) for name in lists),
               *((name, *path) for name, page in lists.items() for path in page.heads.columns)}
    hidden = sum(one.row.row in main.hidden for one in reads)
    order = {page.name: number for number, page in enumerate(pages)}
    faults.sort(key=lambda fault: (order[fault.cell.sheet], fault.cell.row, fault.cell.column))
    return Table(kind, reads, faults, present, hidden)


# ── which sheet ──────────────────────────────────────────────────────────────────────────────────────────────


def _marker(grid: Grid) -> list[str]:
    """Return the words of the marker near the top of a sheet: `["gongshi", "case", "ladder"]`; none for no marker.

    It stands among machine names; the same words in a record's title mean nothing.
    """
    for row in _top(grid):
        texts = [_head_text(grid, value) for value in grid.cells[row].values()]
        for text in texts:
            if text in _markers() and len(_markers()[text].intersection(texts)) > 1:
                return text.split()
    return []


@cache
def _markers() -> dict[str, frozenset[str]]:
    """Return the machine names of every sheet that there is, by its marker."""
    return {sheet.marker: frozenset(_names(sheet)) for kind in kinds() for shape in [layout(kind)]
            for sheet in (shape.main, *shape.lists)}


def _top(grid: Grid) -> list[int]:
    return [row for row in grid.cells if row <= HEAD_WITHIN]


def _head_text(grid: Grid, value: Any) -> str:
    try:
        return clean(grid.text(value, None)).strip()
    except Amiss:
        return ""


def _kind_of(pages: list[Grid], name: str) -> str:
    """Return the one kind that the sheets are of, by their markers, else by the name of a sheet or of the file."""
    marked = {words[1] for page in pages if (words := _marker(page))}
    named = {kind for kind, model in kinds().items() if model.by_hand for page in pages
             if model.label in (page.name.strip(), File(name).stem) or File(name).stem == kind}
    found = sorted(marked or named)
    if len(found) != 1:
        raise DeskError("sheet-two-kinds" if found else "sheet-unknown", name=name,
                        kinds="、".join(kinds()[kind].label for kind in found))
    return found[0]


def _main(pages: list[Grid], kind: str, name: str) -> Grid:
    """Return the sheet that holds the records: by its marker, else its name, else the only one that holds anything."""
    marked = [page for page in pages if len(_marker(page)) == 2]
    mine = [page for page in marked if _marker(page)[1] == kind]
    if len(mine) > 1:
        raise DeskError("sheet-twice", name=name, sheets="、".join(page.name for page in mine))
    if marked and not mine:
        other = kinds()[_marker(marked[0])[1]].label
        raise DeskError("sheet-other-kind", name=name, kind=kinds()[kind].label, other=other)
    named = [page for page in pages if page.name.strip() == kinds()[kind].label]
    filled = [page for page in pages if page.cells and page.name != FAULTS_LABEL and not _marker(page)]
    found = mine or named or (filled if len(filled) == 1 else [])
    if not found or not _head_row(found[0], layout(kind, flat=True).main):
        raise DeskError("sheet-unknown", name=name, kinds=kinds()[kind].label)
    return found[0]


def _list(pages: list[Grid], sheet: Sheet, main: Grid, name: str) -> Grid | None:
    """Return the sheet that holds the items of a list, None where the file has none."""
    marked = [page for page in pages if " ".join(_marker(page)) == sheet.marker]
    named = [page for page in pages if page is not main and not _marker(page) and page.name.strip() == sheet.label]
    found = marked or named
    if len(found) > 1:
        raise DeskError("sheet-twice", name=name, sheets="、".join(page.name for page in found))
    return found[0] if found and _head_row(found[0], sheet) else None


def _passed_over(page: Grid, shape: Layout) -> Iterator[Fault]:
    """Yield a fault for a sheet that is not read though it looks like one of ours: what stands there would be lost."""
    words = " ".join(_marker(page))
    for sheet in (shape.main, *shape.lists):
        top = _head_row(page, sheet)
        heads = {plain_head(_head_text(page, value)) for value in page.cells.get(top, {}).values()}
        needed = {plain_head(one.label) for one in sheet.columns if one.required} | {plain_head(ID_LABEL)}
        is_alike = not words and needed <= heads and any(row > top for row in page.cells)
        is_named = sheet in shape.lists and (words == sheet.marker or (not words and page.name.strip() == sheet.label))
        if is_alike or (is_named and len(page.cells) > bool(words)):
            cell = Cell(page.name, top or min(page.cells), 1, ID_LABEL)
            yield Fault(cell, "sheet-passed-over", {"label": sheet.label})
            return


# ── which column ─────────────────────────────────────────────────────────────────────────────────────────────


class Page(NamedTuple):
    """A sheet whose columns are known: its heads, and the texts of every row below them.

    extra: what stands in columns of no field, by their name (`#id`, `#digest`).
    """

    sheet: Sheet
    heads: Heads
    rows: dict[int, Texts]
    extra: dict[int, dict[str, str]]


def _known(sheet: Sheet) -> dict[str, Path]:
    """Return the path of every column by its head, as heads are compared."""
    heads = {plain_head(column.label): column.path for column in sheet.columns}
    return {**heads, plain_head(ID_LABEL): ("#id",), **{head: (name,) for head, name in IGNORED.items()}}


def _names(sheet: Sheet) -> dict[str, Path]:
    """Return the path of every column by its machine name."""
    own = {column.name: column.path for column in sheet.columns}
    return {**own, sheet.marker: ("#id",), **{name: (name,) for name in NO_FIELD}}


def _head_row(grid: Grid, sheet: Sheet) -> int:
    """Return the row of heads: the one near the top that holds most of them; 0 for none."""
    known = _known(sheet)
    counts = {row: sum(plain_head(_head_text(grid, value)) in known for value in grid.cells[row].values())
              for row in _top(grid)}
    best = max(counts, key=lambda row: counts[row], default=0)
    return best if best and counts[best] else 0


def _page(grid: Grid, sheet: Sheet, faults: list[Fault]) -> Page:
    top = _head_row(grid, sheet)
    labels = {column: _head_text(grid, value) for column, value in grid.cells[top].items()}
    above = {column: _head_text(grid, value) for column, value in grid.cells.get(top - 1, {}).items()}
    machine = above if any(name in _names(sheet) for name in above.values()) else {}
    below = {row: cells for row, cells in grid.cells.items() if row > top}
    columns: dict[Path, tuple[int, str]] = {}
    for column in sorted({*labels, *machine, *(one for cells in below.values() for one in cells)}):
        label = labels.get(column, "")
        bare = label.lstrip("*＊").strip()
        cell = Cell(grid.name, top, column, bare or "—")
        try:
            path = _column(sheet, machine.get(column, ""), label)
            if path in columns:
                raise Amiss("column-twice", label=bare)
        except Amiss as fault:
            faults.append(Fault(cell, fault.code, fault.values))
            continue
        columns[path] = (column, bare or ".".join(path))
    own = {path: head for path, head in columns.items() if not path[0].startswith("#")}
    heads = Heads(grid.name, own, columns.get(("#id",), (1, ID_LABEL)))
    return _texts(grid, sheet, heads, columns, below, faults)


def _column(sheet: Sheet, name: str, label: str) -> Path:
    """Return what a column holds. Raises: Amiss for one that is unknown, or whose two names differ."""
    known = _known(sheet)
    by_name, by_label = _names(sheet).get(name), known.get(plain_head(label))
    if by_name and by_label and by_name != by_label:
        raise Amiss("column-moved", label=label.lstrip("*＊"), other=_label(sheet, by_name))
    found = by_name or by_label
    if not found and not label:
        raise Amiss("column-no-head")
    if not found:
        near = nearest(plain_head(label), known)
        raise Amiss("column-unknown", label=label[:40], near=_label(sheet, known[near]) if near else "")
    return found


def _label(sheet: Sheet, path: Path) -> str:
    return next((column.label for column in sheet.columns if column.path == path), NO_FIELD.get(path[0], ID_LABEL))


def _texts(grid: Grid, sheet: Sheet, heads: Heads, columns: dict[Path, tuple[int, str]],
           below: dict[int, dict[int, Any]], faults: list[Fault]) -> Page:
    """Return the page with what every cell says, row by row; rows that say nothing are left out."""
    fields = {column.path: column.field for column in sheet.columns}
    page = Page(sheet, heads, {}, {})
    faults += _merged(grid, columns, min(below, default=0))
    for row, cells in below.items():
        said: Texts = {}
        for path, (column, label) in columns.items():
            if column not in cells or path[0] in ("#title", "#faults"):
                continue
            try:
                text = grid.text(cells[column], fields.get(path))
            except Amiss as fault:
                faults.append(Fault(Cell(grid.name, row, column, label), fault.code, fault.values))
                continue
            if clean(text):
                said[path] = text
        extra = {path[0]: text.strip() for path, text in said.items() if path[0].startswith("#")}
        if len(said) > len(extra) or "#id" in extra:
            page.rows[row] = {path: text for path, text in said.items() if path[0] not in extra}
            page.extra[row] = extra
    return page


def _merged(grid: Grid, columns: dict[Path, tuple[int, str]], first_row: int) -> Iterator[Fault]:
    """Yield a fault for every merged area that reaches into columns of ours, below the heads: it is not believed."""
    for first, last, left, right in grid.merged:
        label = next((label for column, label in columns.values() if left <= column <= right), "")
        if label and first_row and last >= first_row:
            yield Fault(Cell(grid.name, first, left, label), "cell-merged", {})


# ── which row ────────────────────────────────────────────────────────────────────────────────────────────────


class Items(NamedTuple):
    """The items of one record on the sheet of a list, and the rows they stand in; whole: the list written as one."""

    values: list[Any]
    rows: list[int]


def _key(page: Page, row: int, faults: list[Fault]) -> str:
    """Return what names the record of a row: its id, 新1, or nothing."""
    key = NAMELESS.sub("", half(page.extra[row].get("#id", "")))
    if key and not NEW.match(key) and (not ID.match(key) or len(key) > 80 or key == "index"):
        faults.append(Fault(page.heads.cell(row), "cell-bad-id", {"name": key[:80]}))
        return "?"
    return key


def _by_record(page: Page, faults: list[Fault]) -> dict[str, Items]:
    """Return the items of a list by what names their record, in the order of their rows."""
    found: dict[str, Items] = {}
    for row, texts in page.rows.items():
        key = _key(page, row, faults)
        if not key:
            faults.append(Fault(page.heads.cell(row), "item-no-id", {}))
            continue
        value = _value(page, row, texts, faults)
        mine = found.setdefault(key, Items([], []))
        mine.values.extend(value if isinstance(value, list) else [value])
        mine.rows.append(row)
    return found


def _value(page: Page, row: int, texts: Texts, faults: list[Fault]) -> Any:
    """Return what one row says: a mapping, or the whole list where one cell holds that."""
    first = page.sheet.columns[0].path
    if page.sheet.field and texts.keys() == {first} and texts[first].startswith("\\["):
        data, amiss = gather(page.sheet, {first: texts[first]})
        value: Any = next(iter(data.values()), {})
    else:
        value, amiss = gather(page.sheet, texts)
    faults += [Fault(page.heads.cell(row, path), fault.code, fault.values) for path, fault in amiss]
    return value


def _records(top: Page, lists: dict[str, Page], items: dict[str, dict[str, Items]], faults: list[Fault]
             ) -> Iterator[Read]:
    seen: dict[str, int] = {}
    for row, texts in top.rows.items():
        key = _key(top, row, faults)
        if key and key != "?" and key in seen:
            faults.append(Fault(top.heads.cell(row), "record-twice", {"id": key, "row": seen[key]}))
        seen.setdefault(key, row)
        data = _value(top, row, texts, faults)
        mine = {name: found[key] for name, found in items.items() if key in found}
        for name, one in mine.items():
            if name in data:
                faults.append(Fault(lists[name].heads.cell(one.rows[0]), "item-twice", {}))
            data[name] = one.values
        order = [field for field in kinds()[top.sheet.kind].model_fields if field in data]
        yield Read("" if NEW.match(key) or key == "?" else key, {name: data[name] for name in order},
                   top.heads.cell(row), key, top.extra[row].get("#digest", ""), top.heads,
                   {name: (lists[name].heads, one.rows) for name, one in mine.items()})
    if "?" in seen:
        return  # a row whose id can't be read may be the one that is looked for
    for name, found in items.items():
        for key in found.keys() - seen.keys() - {"?"}:
            for row in found[key].rows:
                faults.append(Fault(lists[name].heads.cell(row), "item-no-record", {"id": key}))
