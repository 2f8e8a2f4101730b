"""A copy of an editor's own file in which wrong cells are coloured and say what is wrong.

Their formats, sheets and columns stay. What an earlier copy was marked with is taken off first, so that a copy can be
mended and handed in again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.saving import save
from generator.sheets.comma import csv_rows, csv_text, separator_of
from generator.sheets.found import Fault
from generator.sheets.layout import FAULTS_LABEL

AUTHOR = "公示"
RED = "FFC7CE"
HEADS = ("表", "第几行", "哪一列", "现在写的", "错在哪", "怎么改")
WIDTHS = (16, 10, 28, 28, 48, 60)


def mark(path: Path, out: Path, faults: Iterable[Fault]) -> None:
    """Write a copy of an .xlsx or .csv file with its faults: in the cells, and as a list; in CSV as a last column."""
    some = sorted(faults, key=lambda fault: fault.cell)
    save({out: _csv(path, some) if path.suffix.lower() == ".csv" else _xlsx(path, some)}, "sheet-unwritable")


def _csv(path: Path, faults: list[Fault]) -> bytes:
    text = csv_text(path.read_bytes(), path.name)
    lines = csv_rows(text, path.name)
    head = min((number for number, line in enumerate(lines, 1) if FAULTS_LABEL in line), default=0)
    if head:
        where = lines[head - 1].index(FAULTS_LABEL)
        lines = [[*line[:where], *line[where + 1:]] for line in lines]
    said: dict[int, list[str]] = {}
    for fault in faults:
        said.setdefault(fault.cell.row, []).append(f"{fault.cell.letter} 列（{fault.cell.header}）：{fault.message()}")
    width = max(map(len, lines), default=0)
    top = head or next((number for number, line in enumerate(lines, 1) if any(map(str.strip, line))), 1)
    stream = io.StringIO()
    to = csv.writer(stream, delimiter=separator_of(text), lineterminator="\r\n")
    for number, line in enumerate(lines, 1):
        note = "\n".join([FAULTS_LABEL] * (number == top) + said.get(number, []))
        to.writerow([*line, *[""] * (width - len(line)), note] if any(line) or note else line)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _xlsx(path: Path, faults: list[Fault]) -> bytes:
    from generator.sheets.excel import load
    from generator.sheets.workbook import same_bytes

    book = load(path.read_bytes(), path.name, False)
    _unmark(book)
    now = {fault.cell: _shown(book[fault.cell.sheet].cell(fault.cell.row, fault.cell.column).value)
           for fault in faults}
    for cell in now:
        _colour(book[cell.sheet], cell.row, cell.column,
                "\n".join(fault.message() for fault in faults if fault.cell == cell))
    _list(book, faults, now)
    return same_bytes(book)


def _unmark(book: Any) -> None:
    """Take off what an earlier copy was marked with."""
    from openpyxl.styles import PatternFill

    if FAULTS_LABEL in book.sheetnames:
        del book[FAULTS_LABEL]
    for page in book.worksheets:
        for cell in page._cells.values():
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.fgColor.rgb == "00" + RED:
                    cell.fill = PatternFill()


def _colour(page: Any, row: int, column: int, text: str) -> None:
    """Colour a cell and put the words on it; a hidden one is shown."""
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
        cell = page.cell(area.min_row, area.min_col)
    earlier = f"{cell.comment.text}\n" if cell.comment else ""
    cell.fill = PatternFill("solid", fgColor=RED)
    cell.comment = Comment(earlier + text, AUTHOR, height=30 + 18 * (len(earlier + text) // 16 + 2), width=280)
    page.row_dimensions[row].hidden = page.row_dimensions[row].hidden and row == 1
    if cell.column_letter in page.column_dimensions:
        page.column_dimensions[cell.column_letter].hidden = False


def _list(book: Any, faults: list[Fault], now: dict[Any, str]) -> None:
    """Put a list of the faults before all other sheets, each line a link to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import quote_sheetname
    from openpyxl.worksheet.hyperlink import Hyperlink

    page = book.create_sheet(FAULTS_LABEL, 0)
    page.append(HEADS)
    for cell, width in zip(page[1], WIDTHS, strict=True):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=RED)
        page.column_dimensions[cell.column_letter].width = width
    for number, fault in enumerate(faults, 2):
        place, (what, remedy) = fault.cell, fault.parts()
        texts = (place.sheet, str(place.row), f"{place.letter} 列（{place.header}）", now[place], what, remedy)
        for column, text in enumerate(texts, 1):
            cell = page.cell(number, column, text)
            cell.data_type, cell.number_format = "s", "@"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        page.row_dimensions[number].height = 18 * max(
            -(-2 * len(text) // width) for text, width in zip(texts, WIDTHS, strict=True))
        link = page.cell(number, 2)
        target = f"{quote_sheetname(place.sheet)}!{place.letter}{place.row}"
        link.hyperlink = Hyperlink(link.coordinate, location=target)
        link.font = Font(color="0563C1", underline="single")
    page.freeze_panes = "A2"
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page
    book.active = 0


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:200]
