"""The page of a workbook that says how to fill it in: rules, then every column with how it is written."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from generator.plain import parse
from generator.records import kinds
from generator.sheets.layout import Column, Layout, Sheet
from generator.sheets.rows import Path, spread

TITLE = "填写说明"
RULES = (
    "一行写一条。表头带 * 的列必须填，其余的不知道就空着，不写“无”“不详”。",
    "编号：新增的空着；要修改的照导出的写，不改。新增的如果在分表里也有内容，两处都写“新1”“新2”……，导入时换成正式编号。",
    "日期写成 2026-05-06；只知道月就写 2026-05，只知道年就写 2026。2026年5月6日、2026/5/6、2026.5.6 也认得。",
    "金额写到分，如 240.00，不写单位；数字不写单位。",
    "一格里有几项的，一行写一项（Excel 和 WPS 里按 Alt+Enter 换行）。",
    "写到别的记录时，写它的编号。有下拉列表的，从列表里选。",
    "清空一格，导入时就删去这一项；删去整列，这一项就保持原样。删去一行，那条记录不会被删。",
    "隐藏或筛选掉的行也会导入。不要合并单元格。列可以移动、隐藏；表头不要改。",
    "公式按算出的结果导入。身份证号、手机号等个人信息不要写进来。",
)


def hint(column: Column) -> str:
    """Return in a few words how a column is filled in."""
    field = column.field
    if field.many and field.parts:
        bare = next((part.label for part in field.parts if part.name == field.bare), "")
        some = "{" + ", ".join(f"{part.label}: …" for part in field.parts[:3]) + "}"
        return f"一行一项：只写{bare}，或写成 {some}" if bare else f"一行一项，写成 {some}"
    return ("一行一项：" if field.many else "") + field.hint


def write(book: Workbook, shape: Layout) -> None:
    """Append the page to a workbook that is being written."""
    page = book.create_sheet(TITLE)
    for letter, width in zip("ABCDE", (18, 30, 8, 60, 50), strict=True):
        page.column_dimensions[letter].width = width
    page.append([_cell(page, f"{shape.main.label}：怎么填这张表", "公示·表头")])
    for number, rule in enumerate(RULES, 1):
        page.append([None, _cell(page, f"{number}. {rule}", "公示·说明")])
    page.append([])
    page.append([_cell(page, word, "公示·表头") for word in ("表", "列", "必填", "怎么填", "例子")])
    for sheet in (shape.main, *shape.lists):
        example = _example(sheet)
        for column in sheet.columns:
            page.append([_cell(page, text, "公示·内容") for text in (
                sheet.label, column.label, "*" if column.required else "", hint(column),
                example.get(column.path, ""))])


def _example(sheet: Sheet) -> dict[Path, str]:
    """Return what the first row of this sheet would be for the example of the kind."""
    data: Any = parse(kinds()[sheet.kind].example)
    if not sheet.field:
        return spread(sheet, data)
    return spread(sheet, data[sheet.field][0]) if data.get(sheet.field) else {}


def _cell(page: Any, text: str, style: str) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.style = style
    return cell
