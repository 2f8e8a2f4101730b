"""Which columns a kind's sheets have: read off `records.fields`, the same for templates, exports and imports.

A record is a row of the main sheet; mappings inside it are flattened into columns (撤回·理由). A list of mappings has
a sheet of its own, an item a row, unless a bare text may stand for an item: those, and lists of plain values, stand
in one cell, one a line. In CSV, which is one table, every list stands in a cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from generator.records import kinds
from generator.records.fields import Field, fields

MARKER = "gongshi"
"""What the hidden row of machine names begins with, as in `gongshi case ladder`."""
ID_LABEL, TITLE_LABEL, DIGEST_LABEL, FAULTS_LABEL = "编号", "标题（供对照）", "导出时的版本（勿改）", "错误"
NO_FIELD = {"#title": TITLE_LABEL, "#digest": DIGEST_LABEL, "#faults": FAULTS_LABEL}
"""Columns that hold nothing of the record: for people's eyes, or for noticing a stale sheet."""
LAST = ("area", "description", "claims", "differing", "images", "note", "illustrative", "formerly", "withdrawn",
        "privacy_exceptions")
"""Fields of every record that stand after the kind's own."""


class Column(NamedTuple):
    """One column: the names that lead to its field, and what its head says.

    required: whether every row must have it; part: the names of the mapping it belongs to, empty for none.
    """

    path: tuple[str, ...]
    field: Field
    label: str
    required: bool

    @property
    def name(self) -> str:
        """The machine name of the column."""
        return ".".join(self.path)


class Sheet(NamedTuple):
    """One table: a record a row, or an item a row of the list `field`."""

    kind: str
    field: str
    label: str
    fields: tuple[Field, ...]
    columns: tuple[Column, ...]

    @property
    def marker(self) -> str:
        """What tells this sheet from any other, whatever it is called."""
        return f"{MARKER} {self.kind} {self.field}".strip()


class Layout(NamedTuple):
    """All sheets of a kind; `flat` ones have but the main sheet."""

    main: Sheet
    lists: tuple[Sheet, ...]


@cache
def layout(kind: str, flat: bool = False) -> Layout:
    """Return the sheets of a kind. flat: all in one table, as in CSV."""
    model = kinds()[kind]
    mine = [one for one in fields(model) if one.name != "id"]
    own = [] if flat else sorted(filter(has_sheet, mine), key=lambda one: one.name in LAST)
    rows = sorted((one for one in mine if one not in own), key=lambda one: (not one.required, one.name in LAST))
    return Layout(_sheet(kind, "", model.label, tuple(rows)),
                  tuple(_sheet(kind, one.name, one.label, one.parts) for one in own))


def has_sheet(field: Field) -> bool:
    """Whether the items of a list stand on a sheet of their own."""
    return field.many and field.form == "part" and not field.bare


def flat_part(field: Field) -> bool:
    """Whether a mapping is flattened into columns of its parts."""
    return field.form == "part" and not field.many


def _sheet(kind: str, field: str, label: str, some: tuple[Field, ...]) -> Sheet:
    return Sheet(kind, field, label, some, tuple(_columns(some)))


def _columns(some: tuple[Field, ...], above: tuple[Field, ...] = ()) -> Iterator[Column]:
    for one in some:
        chain = (*above, one)
        if flat_part(one):
            yield from _columns(one.parts, chain)
        else:
            yield Column(tuple(f.name for f in chain), one, "·".join(f.label for f in chain),
                         all(f.required for f in chain))


def plain_head(text: str) -> str:
    """Return a head as it is compared: half-width, without spaces and the star of required columns."""
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", text))
