"""A file as grids of cells: what .xlsx and .csv have in common, whatever stands in them.

Files come by mail from many hands: limits are checked before anything is unpacked, formulas are never computed,
macros never run, entities in XML never expanded (openpyxl reads through defusedxml).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from generator.problem import DeskError
from generator.sheets.comma import table
from generator.sheets.grid import Grid

LIMIT_BYTES = 64 * 1024 * 1024
"""Bytes of a file, and of all that a workbook holds once unpacked."""
LIMIT_SPREAD = 500_000
"""Cells that merged areas and links may take: a column merged from top to bottom has twice as many."""
AREA = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
LIMIT_ROWS = 20_000
LIMIT_COLUMNS = 300
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How .xls, .et and encrypted workbooks begin."""


def grids(path: Path) -> list[Grid]:
    """Return the tables of a file, in its order. Raises: DeskError where it can't be read."""
    if path.stat().st_size > LIMIT_BYTES:
        raise DeskError("sheet-too-large", name=path.name)
    data = path.read_bytes()
    if data.startswith(OLD):
        code = "sheet-encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "sheet-old"
        raise DeskError(code, name=path.name)
    if path.suffix.lower() == ".csv":
        return [_bounded(table(path.name, data), path.name)]
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise DeskError("sheet-type", name=path.name)
    check_zip(data, path.name)
    from generator.sheets.excel import tables

    return [_bounded(grid, path.name) for grid in tables(data, path.name)]


def check_zip(data: bytes, name: str) -> None:
    """Refuse what is no workbook, what would fill the memory once unpacked, and what holds macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            entries = parts.infolist()
            if len(entries) > 2000 or sum(entry.file_size for entry in entries) > LIMIT_BYTES:
                raise DeskError("sheet-too-large", name=name)
            spread = sum(_spread(parts.read(one)) for one in entries if one.filename.startswith("xl/worksheets/"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError):
        raise DeskError("sheet-broken", name=name) from None
    names = {entry.filename for entry in entries}
    if spread > LIMIT_SPREAD:
        raise DeskError("sheet-too-large", name=name)
    if any(one.endswith("vbaProject.bin") for one in names):
        raise DeskError("sheet-macros", name=name)
    if "[Content_Types].xml" not in names:
        raise DeskError("sheet-broken", name=name)


def _spread(page: bytes) -> int:
    """Return over how many cells merged areas and links of a sheet spread; openpyxl makes every one of them."""
    total = 0
    for first, top, last, bottom in AREA.findall(page):
        width, height = _number(last) - _number(first) + 1, int(bottom) - int(top) + 1
        total += max(width, 0) * max(height, 0)
    return total


def _number(letters: bytes) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _bounded(grid: Grid, name: str) -> Grid:
    if len(grid.cells) > LIMIT_ROWS or max((max(row) for row in grid.cells.values() if row), default=0) > LIMIT_COLUMNS:
        raise DeskError("sheet-too-large", name=name)
    return grid
