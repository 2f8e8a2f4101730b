"""A file as grids of cells: what .xlsx and .csv have in common, whatever stands in them.

Files come by mail from many hands: limits are checked before anything is unpacked, formulas are never computed,
macros never run, entities in XML never expanded (openpyxl reads through defusedxml).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from generator.problem import DeskError
from generator.sheets.comma import table
from generator.sheets.grid import Grid

LIMIT_BYTES = 64 * 1024 * 1024
"""Bytes of a file, and of all that a workbook holds once unpacked."""
LIMIT_CELLS = 1_000_000
"""Cells of all sheets, empty ones with a form included: openpyxl makes an object of each."""
LIMIT_SPREAD = 500_000
"""Cells that merged areas and links may take: a column merged from top to bottom has twice as many."""
AREA = re.compile(r"\s*\$?([A-Z]{1,3})\$?(\d{1,7})\s*:\s*\$?([A-Z]{1,3})\$?(\d{1,7})\s*", re.IGNORECASE | re.ASCII)
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
            count = _Count(name)
            for entry in entries:
                count.add(parts.read(entry))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError):
        raise DeskError("sheet-broken", name=name) from None
    names = {entry.filename for entry in entries}
    if any(one.endswith("vbaProject.bin") for one in names):
        raise DeskError("sheet-macros", name=name)
    if "[Content_Types].xml" not in names:
        raise DeskError("sheet-broken", name=name)


class _Count:
    """Counts what openpyxl would make of a workbook, read by a parser like its own: any encoding, any part's name."""

    def __init__(self, name: str):
        self._name, self._cells, self._spread = name, 0, 0

    def add(self, part: bytes) -> None:
        """Count one part, as far as it is XML. Raises: DeskError where it is too much."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EntityDeclHandler = self._entity
        with suppress(expat.ExpatError):
            parser.Parse(part, True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind in ("c", "row"):
            self._cells += 1
        elif kind in ("mergeCell", "hyperlink") and (found := AREA.fullmatch(attributes.get("ref", ""))):
            left, top, right, bottom = found.groups()
            width, height = _number(right) - _number(left) + 1, int(bottom) - int(top) + 1
            self._spread += max(width, 0) * max(height, 0)
        if self._cells > LIMIT_CELLS or self._spread > LIMIT_SPREAD:
            raise DeskError("sheet-too-large", name=self._name)

    def _entity(self, *_: object) -> None:
        raise DeskError("sheet-broken", name=self._name)


def _number(letters: str) -> int:
    """Return the number of a column from its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _bounded(grid: Grid, name: str) -> Grid:
    if len(grid.cells) > LIMIT_ROWS or max((max(row) for row in grid.cells.values() if row), default=0) > LIMIT_COLUMNS:
        raise DeskError("sheet-too-large", name=name)
    return grid
