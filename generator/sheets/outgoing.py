"""Records as rows of texts, as workbooks and CSV alike hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.digest import canonical, sha256
from generator.problem import DeskError
from generator.sheets.cells import escaped
from generator.sheets.layout import Sheet
from generator.sheets.rows import Texts, spread

Records = Iterable[tuple[str, Mapping[str, Any]]]
Names = Mapping[str, Mapping[str, str]]
"""The titles of records that can be referred to, by kind and id."""

MOST_IN_A_CELL = 32_767
"""Characters that a cell of Excel holds; what is longer it cuts off without a word."""


def rows(sheet: Sheet, records: Records) -> Iterator[tuple[str, Mapping[str, Any], Texts]]:
    """Yield the rows of a sheet: the record's id, the record, and the texts of its columns."""
    for id, data in records:
        for texts in _items(sheet, data.get(sheet.field, ())) if sheet.field else (spread(sheet, data),):
            if long := next((path for path, text in texts.items() if len(text) > MOST_IN_A_CELL), None):
                raise DeskError("cell-too-long", name=id, label=label_of(sheet, long), limit=str(MOST_IN_A_CELL))
            yield id, data, texts


def _items(sheet: Sheet, items: Any) -> list[Texts]:
    """Return a row for every item of a list; one for the whole list where an item is no mapping of known parts."""
    known = {field.name for field in sheet.fields}
    if items != [] and all(isinstance(one, dict) and one and one.keys() <= known for one in items):
        return [spread(sheet, one) for one in items]
    return [{sheet.columns[0].path: escaped(items)}]


def label_of(sheet: Sheet, path: tuple[str, ...]) -> str:
    """Return the head of a column."""
    return next(column.label for column in sheet.columns if column.path == path)


def digest(data: Mapping[str, Any]) -> str:
    """Return what tells whether a record is still what it was when it was exported: no number to any spreadsheet."""
    return "v" + sha256(canonical(data))[:16]
