"""What reading a sheet gives: records, the cells they stand in, and what is wrong with cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from generator.wording import Language, said, say

Keys = tuple[str | int, ...]
_NAME = re.compile(r" ?(?<![\w`./:{-])([a-z_]{3,})(?![\w`./:=-]) ?", re.ASCII)
"""What may be the name of a field between Chinese words; not in backticks, which hold what was typed."""


class Cell(NamedTuple):
    """A cell of a file: the name of its sheet, its row and column from 1, and the head of the column."""

    sheet: str
    row: int
    column: int
    header: str

    @property
    def letter(self) -> str:
        """The column as spreadsheets call it."""
        letters, rest = "", self.column
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(65 + digit) + letters
        return letters

    @property
    def name(self) -> str:
        """`第 17 行 C 列（标题）`."""
        return f"第 {self.row} 行 {self.letter} 列（{self.header}）"

    @property
    def place(self) -> str:
        """`“四级办理”表第 17 行 C 列（限期）`."""
        return f"“{self.sheet}”表{self.name}"


class Fault(NamedTuple):
    """Something wrong in a cell: a code of `wording`, and the values that fill the gaps of what it says.

    labels: the heads of fields by their names, which messages for files say and no editor of a sheet has seen.
    """

    cell: Cell
    code: str
    values: Mapping[str, Any]
    labels: Mapping[str, str] = {}

    def message(self, language: Language = "zh") -> str:
        """Return what is wrong and what to type, in one line."""
        return self._headed(say(self.code, dict(self.values), language), language)

    def parts(self, language: Language = "zh") -> tuple[str, str]:
        """Return what is wrong, and what to do."""
        what, remedy = said(self.code, dict(self.values), language)
        return self._headed(what, language), self._headed(remedy, language)

    def _headed(self, text: str, language: Language) -> str:
        """Return a Chinese text with heads for the names of fields; English ones are words as others are."""
        if language != "zh":
            return text
        return _NAME.sub(lambda name: f"“{self.labels[name[1]]}”" if name[1] in self.labels else name[0], text)


@dataclass(frozen=True)
class Heads:
    """The columns of one sheet that belong to fields: their number and head by the path of the field."""

    sheet: str
    columns: Mapping[tuple[str, ...], tuple[int, str]]
    id: tuple[int, str]

    def cell(self, row: int, path: tuple[str, ...] | None = None) -> Cell:
        """Return the cell of a row in a column; that of the id for none."""
        return Cell(self.sheet, row, *(self.id if path is None else self.columns[path]))


@dataclass(frozen=True)
class Read:
    """One record of a sheet.

    id: empty for a new record; key: what stands in its cell all the same, as 新1, for telling people which one.
    data: what `plain.parse` would give for its YAML, in the order of the model.
    row: the cell of its id; digest: of the record when it was exported (`writing.digest`), empty where unknown.
    """

    id: str
    data: dict[str, Any]
    row: Cell
    key: str
    digest: str
    heads: Heads = field(repr=False)
    items: Mapping[str, tuple[Heads, list[int]]] = field(repr=False)

    @cached_property
    def cells(self) -> dict[Keys, Cell]:
        """The cell of every field that the sheet has a column for, filled or not, by keys: `("ladder", 0, "level")`."""
        found: dict[Keys, Cell] = {}
        for path in self.heads.columns:
            for length in range(1, len(path) + 1):
                found.setdefault(path[:length], self.heads.cell(self.row.row, path))
        for name, (heads, rows) in self.items.items():
            for index, row in enumerate(rows):
                found.setdefault((name,), heads.cell(row))
                found[name, index] = heads.cell(row)
                for path in heads.columns:
                    for length in range(1, len(path) + 1):
                        found.setdefault((name, index, *path[:length]), heads.cell(row, path))
        return found

    def at(self, keys: Keys) -> Cell:
        """Return the cell in which a value stands, or the nearest one above it; that of the id for none."""
        return next((self.cells[keys[:length]] for length in range(len(keys), 0, -1) if keys[:length] in self.cells),
                    self.row)


class Table(NamedTuple):
    """All that a file holds of a kind.

    faults: what can't be read, by sheet, row and column; a record with one lacks what stands in that cell.
    present: the path of every field that has a column, `("withdrawn", "reason")`; for a list on a sheet of its own
    `("ladder",)`, and `("ladder", "level")` for each of its columns. Other fields are none of the sheet's business.
    hidden: how many of the records stand in rows that are hidden or filtered away; they are read like the others.
    """

    kind: str
    reads: list[Read]
    faults: list[Fault]
    present: set[tuple[str, ...]]
    hidden: int = 0
