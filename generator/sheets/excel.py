"""The tables of an .xlsx file, and what a cell of it holds: a spreadsheet turns much of what is typed into numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.datetime import from_excel

from generator.problem import DeskError
from generator.records.fields import Field
from generator.sheets.cells import Amiss
from generator.sheets.grid import Grid

MOST_DIGITS = 10**15
"""From here on a spreadsheet no longer keeps every digit of a number."""
YEARS = range(2000, 2101)
"""What a typed date may be: the epochs of 1900 and 1904 mistaken for each other lie outside, as do most slips."""
BARE_YEARS = range(1900, 2101)
"""What a number typed as a year may be; as the count of days that a date is, it would be one before 1906."""


CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'), **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
}
"""Formats of dates that Chinese Excel and WPS give by number alone (ECMA-376, 18.8.30); openpyxl knows none of them."""


class Held(NamedTuple):
    """What a cell holds: its value, the way it is shown, the workbook's epoch; `formula` where nothing was computed."""

    value: Any
    shown: str
    epoch: datetime
    formula: bool = False


def tables(data: bytes, name: str) -> Iterator[Grid]:
    """Yield the sheets of a workbook. Raises: DeskError where openpyxl can't read it."""
    book = load(data, name, False)
    computed: Any = None
    for page in book.worksheets:
        cells = [cell for cell in page._cells.values() if cell.value is not None]  # iter_rows would make empty ones
        if any(cell.data_type == "f" for cell in cells):
            computed = computed or load(data, name, True)
        grid: dict[int, dict[int, Any]] = {}
        for cell in cells:
            held = _held(cell, computed[page.title] if cell.data_type == "f" else None, book.epoch)
            if not isinstance(held.value, str) or held.value.strip():
                grid.setdefault(cell.row, {})[cell.column] = held
        yield Grid(page.title, dict(sorted(grid.items())), text,
                   frozenset(row for row, shape in page.row_dimensions.items() if shape.hidden),
                   tuple((area.min_row, area.max_row, area.min_col, area.max_col)
                         for area in page.merged_cells.ranges))


def load(data: bytes, name: str, computed: bool) -> Any:
    """Return openpyxl's workbook. computed: with the results of formulas instead of formulas."""
    try:
        return load_workbook(io.BytesIO(data), data_only=computed)
    except Exception as error:  # a foreign file can break openpyxl in any of its parts: KeyError, TypeError, XML …
        raise DeskError("sheet-broken", name=name) from error


def _held(cell: Any, computed: Any, epoch: datetime) -> Held:
    shown = CHINESE.get(getattr(cell._style, "numFmtId", 0), cell.number_format)  # which says General for these
    value = cell.value if computed is None else computed[cell.coordinate].value
    if shown in CHINESE.values() and isinstance(value, int | float) and not isinstance(value, bool):
        value = from_excel(value, epoch) if 0 < value < 3_000_000 else value
    return Held(value, shown, epoch, computed is not None and value is None)


def text(held: Held, field: Field | None) -> str:
    """Return what a cell says for a field, as an editor would have typed it. Raises: Amiss where that is not sure."""
    value = held.value
    if held.formula:
        raise Amiss("cell-formula")
    if isinstance(value, str):
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, held, field)
    if isinstance(value, datetime):
        return _moment(value, held.shown, field)
    if isinstance(value, date):
        return _moment(datetime(value.year, value.month, value.day), held.shown, field)
    raise Amiss("cell-changed", value=str(value))


def _number(value: float, held: Held, field: Field | None) -> str:
    """Return a number as it is shown: fifteen digits at most, as spreadsheets keep them."""
    if abs(value) >= MOST_DIGITS:
        raise Amiss("cell-digits")
    if "%" in held.shown:
        raise Amiss("cell-percent", value=_plain(value * 100))
    if field and field.form == "day":
        return _day(value, held)
    if re.fullmatch("0{2,}", held.shown) and value == int(value) >= 0:
        return str(int(value)).zfill(len(held.shown))
    return _plain(value)


def _plain(value: float) -> str:
    text = format(Decimal(format(value, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value: float, held: Held) -> str:
    """Return the year, or the day, that a bare number in a column of dates is. 2025.1 may be January or October."""
    if value in BARE_YEARS or (value == int(value) and value // 10_000 in BARE_YEARS):  # 1989, 20260506
        return str(int(value))
    found = from_excel(value, held.epoch) if 0 < value < 100_000 and value == int(value) else None
    if not isinstance(found, datetime) or found.year not in YEARS:
        raise Amiss("cell-no-day", value=_plain(value))
    return found.strftime("%Y-%m-%d")


def _moment(value: datetime, shown: str, field: Field | None) -> str:
    """Return a date as far as it is shown: a month typed as `2026-05` is kept as its first day."""
    if field is None or field.form not in ("day", "period"):
        raise Amiss("cell-changed", value=value.strftime("%Y-%m-%d"))
    if value.year not in YEARS:
        raise Amiss("cell-epoch", value=value.strftime("%Y-%m-%d"))
    pattern = re.sub(r'\[[^\[\]]*\]|"[^"]*"|\\.', "", shown.lower())
    if "y" not in pattern and pattern not in ("general", "@"):
        raise Amiss("cell-no-year", value=value.strftime("%Y-%m-%d"))
    if "d" not in pattern and "y" in pattern:
        return value.strftime("%Y-%m") if "m" in pattern else value.strftime("%Y")
    if field.form == "period":
        raise Amiss("cell-changed", value=value.strftime("%Y-%m-%d"))
    value += timedelta(milliseconds=500)
    return value.strftime("%Y-%m-%d %H:%M" if value.hour or value.minute else "%Y-%m-%d")
