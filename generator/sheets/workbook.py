"""A workbook for Excel, WPS and LibreOffice: text columns, drop-downs, hints, a page that says how to fill it in.

The first row of every table is hidden and holds machine names: columns may be moved, hidden and renamed.
Drop-downs point to named ranges: lists on another sheet given by address get lost on the way through old formats.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from generator.records.fields import Field
from generator.sheets import guide
from generator.sheets.layout import DIGEST_LABEL, ID_LABEL, TITLE_LABEL, Column, Sheet, layout
from generator.sheets.outgoing import Names, Records, digest, rows
from generator.sheets.rows import Path, Texts

LAST = 1_048_576
OPTIONS = "选项"
FONT = "微软雅黑"
WIDTHS = {"day": 13, "flag": 8, "whole": 10, "number": 12, "money": 14, "choice": 14, "period": 12, "text": 48,
          "line": 24, "name": 24, "resident": 24, "ref": 24, "id": 20, "part": 36, "words": 24}
WIDTH: dict[Path, int] = {("title",): 36, ("#digest",): 18, ("#title",): 28}
GIVEN, NEEDED, QUIET = "D9E2EC", "FCE8B2", "F2F2F2"
"""The colours of heads: may be filled, must be filled, not to be touched."""


def as_xlsx(kind: str, records: Records, names: Names) -> bytes:
    """Return the workbook of a kind, the same bytes for the same records."""
    records = list(records)
    shape = layout(kind)
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    options = _Options(book, names)
    for sheet in (shape.main, *shape.lists):
        _table(book, sheet, list(rows(sheet, records)), options)
    guide.write(book, shape)
    options.write()
    return same_bytes(book)


def _styles() -> list[NamedStyle]:
    top = Alignment(vertical="top", wrap_text=True)
    middle = Alignment(vertical="center", wrap_text=True)
    font, bold, quiet = Font(name=FONT, size=11), Font(name=FONT, size=11, bold=True), Font(name=FONT, color="595959")
    return [
        NamedStyle("公示·内容", number_format="@", alignment=top, font=font),
        NamedStyle("公示·说明", font=font),
        NamedStyle("公示·对照", number_format="@", alignment=top, font=quiet, fill=_fill(QUIET)),
        NamedStyle("公示·表头", number_format="@", alignment=middle, font=bold, fill=_fill(GIVEN)),
        NamedStyle("公示·必填", number_format="@", alignment=middle, font=bold, fill=_fill(NEEDED)),
        NamedStyle("公示·勿改", number_format="@", alignment=middle, font=quiet, fill=_fill(QUIET)),
    ]


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


class _Head:
    """One column as it stands on a sheet: what its head says, how wide it is, what of a row it holds."""

    def __init__(self, name: str, label: str, style: str, path: Path, column: Column | None = None):
        self.name, self.label, self.style, self.path, self.column = name, label, style, path, column

    @property
    def width(self) -> float:
        form = self.column.field.form if self.column else "id"
        many = 12 if self.column and self.column.field.many else 0
        return WIDTH.get(self.path, WIDTHS[form] + many)


def _heads(sheet: Sheet) -> list[_Head]:
    """Return the columns of a sheet from left to right; the last of the main sheet notices what is stale."""
    first = _Head(sheet.marker, ID_LABEL if not sheet.field else "*" + ID_LABEL,
                  "公示·必填" if sheet.field else "公示·表头", ("#id",))
    title = [_Head("#title", TITLE_LABEL, "公示·勿改", ("#title",))] if sheet.field else []
    own = [_Head(one.name, ("*" if one.required else "") + one.label, "公示·必填" if one.required else "公示·表头",
                 one.path, one) for one in sheet.columns]
    last = [] if sheet.field else [_Head("#digest", DIGEST_LABEL, "公示·勿改", ("#digest",))]
    return [first, *title, *own, *last]


def _table(book: Workbook, sheet: Sheet, found: list[tuple[str, Mapping[str, Any], Texts]], options: _Options
           ) -> None:
    page = book.create_sheet(sheet.label)
    heads = _heads(sheet)
    _columns(page, heads, {path for _, _, texts in found for path in texts} if found else None)
    page.freeze_panes = "B3"
    page.row_dimensions[1].hidden = True
    page.row_dimensions[2].height = 34
    page.append([_cell(page, head.name, "公示·勿改") for head in heads])
    page.append([_cell(page, head.label, head.style) for head in heads])
    for id, data, texts in found:
        whole = {**texts, ("#id",): id, ("#title",): str(data.get("title", "")), ("#digest",): ""}
        if not sheet.field:
            whole["#digest",] = digest(data)
        page.append([_cell(page, whole.get(head.path, ""), _body(head)) for head in heads])
    page.auto_filter.ref = f"A2:{get_column_letter(len(heads))}{max(2 + len(found), 3)}"
    for index, head in enumerate(heads, 1):
        if head.column:
            letter = get_column_letter(index)
            page.data_validations.append(_hint(head.column, f"{letter}3:{letter}{LAST}", options))


def _columns(page: Any, heads: list[_Head], filled: set[Path] | None) -> None:
    """Give every column its width and form; what no exported record fills in is folded away."""
    for index, head in enumerate(heads, 1):
        column = page.column_dimensions[get_column_letter(index)]
        column.width = head.width
        column.number_format, column.alignment = "@", Alignment(vertical="top", wrap_text=True)
        column.font = Font(name=FONT, size=11)
        column.hidden = head.name == "#digest"
        if head.column and not head.column.required and filled is not None and head.path not in filled:
            column.outline_level, column.hidden = 1, True


def _body(head: _Head) -> str:
    return "公示·对照" if head.name in ("#title", "#digest") else "公示·内容"


def _cell(page: Any, text: str, style: str) -> Any:
    """Return a cell that holds text, whatever it looks like; None for an empty one, whose column has the form."""
    if not text:
        return None
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.style = style
    return cell


def _hint(column: Column, area: str, options: _Options) -> DataValidation:
    """Return the drop-down of a column, or but the hint that shows when one of its cells is entered."""
    field, list_ = column.field, options.name(column.field)
    rule = DataValidation(type="list" if list_ else None, formula1=list_, allow_blank=True, sqref=area)
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.label[-32:], guide.hint(column)[:255]
    rule.showErrorMessage = bool(field.choices or field.form == "flag") and not field.many
    rule.errorTitle, rule.error = "请从列表中选", "这一格只能选列表里的词。"
    return rule


class _Options:
    """The lists of drop-downs, each a column of a hidden sheet with a name of its own."""

    def __init__(self, book: Workbook, names: Names):
        self._book, self._names = book, names
        self._lists: dict[tuple[str, ...], str] = {}

    def name(self, field: Field) -> str | None:
        """Return what the drop-down of a field points to; None for a field without a list."""
        if field.many:
            return None
        if field.form == "flag":
            return '"是,否"'
        options = tuple(field.choices.values()) or self._references(field)
        if not options:
            return None
        return "=" + self._lists.setdefault(options, f"gongshi_{len(self._lists) + 1}")

    def _references(self, field: Field) -> tuple[str, ...]:
        several = len(field.kinds) > 1
        return tuple(f"{kind + '/' if several else ''}{id} {title}" for kind in field.kinds
                     for id, title in sorted(self._names.get(kind, {}).items()))

    def write(self) -> None:
        """Write the lists on their sheet, which nobody needs to see."""
        page = self._book.create_sheet(OPTIONS)
        page.sheet_state = "hidden"
        for index, (options, name) in enumerate(self._lists.items(), 1):
            letter = get_column_letter(index)
            self._book.defined_names[name] = DefinedName(
                name, attr_text=f"'{OPTIONS}'!${letter}$1:${letter}${len(options)}")
        for row in range(max(map(len, self._lists), default=0)):
            page.append([options[row] if row < len(options) else None for options in self._lists])


def same_bytes(book: Workbook) -> bytes:
    """Return the file without the times at which it was written."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
