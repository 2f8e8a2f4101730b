"""A copy of an editor's own file that says what is wrong, where it is wrong."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from generator import sheets
from generator.sheets import Cell, Fault

GOOD = {"title": "楼道漏水", "source": "press", "category": "漏水"}


def mended(path: Path, edit: Any) -> Path:
    """Write two cases, edited by somebody."""
    sheets.write(path, "case", [("a", GOOD), ("b", GOOD)])
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return path


def spoiled(book: Any) -> None:
    """Format cells as an editor likes, add a sheet, and make two mistakes, one of them out of sight."""
    page = book["办件"]
    page["B4"].font, page["B3"].fill = Font(color="00FF00"), PatternFill("solid", fgColor="FFFF00")
    page["F3"].value = "二月三十"
    page["F3"].comment = Comment("问过老张", "老李")
    page["T4"].value = "有"
    page.row_dimensions[4].hidden = True
    book.create_sheet("汇总").append(["合计", 2])


def test_wrong_cells_are_coloured_and_say_why(tmp_path: Path) -> None:
    """Fault for fault: the cell is coloured and carries the words, and a first sheet lists it with a link."""
    path = mended(tmp_path / "a.xlsx", spoiled)
    bad = Fault(Cell("办件", 3, 6, "反映"), "bad-date", {"value": "二月三十", "example": "2026-02-28"})
    found = [*sheets.read(path).faults, bad]
    assert [fault.cell.name for fault in found] == ["第 4 行 T 列（示例）", "第 3 行 F 列（反映）"]
    sheets.mark(path, tmp_path / "b.xlsx", found)
    book = load_workbook(tmp_path / "b.xlsx")
    assert book.sheetnames[0] == "错误" and book.active.title == "错误"
    assert [[cell.value for cell in row][:4] for row in book["错误"].iter_rows(min_row=2)] == [
        ["办件", "3", "F 列（反映）", "二月三十"], ["办件", "4", "T 列（示例）", "有"]]
    assert book["错误"]["B3"].hyperlink.location == "'办件'!T4"
    page = book["办件"]
    assert page["F3"].comment.text == "问过老张\n" + bad.message()
    assert page["T4"].comment.text == found[0].message()
    assert page["F3"].fill.fgColor.rgb == page["T4"].fill.fgColor.rgb == "00FFC7CE"
    assert not page.row_dimensions[4].hidden and page.row_dimensions[1].hidden


def test_everything_else_stays(tmp_path: Path) -> None:
    """Formats, other sheets, hidden names and drop-downs are those of the editor's file, itself not touched."""
    path = mended(tmp_path / "a.xlsx", spoiled)
    before = path.read_bytes()
    sheets.mark(path, tmp_path / "b.xlsx", sheets.read(path).faults)
    assert path.read_bytes() == before
    book = load_workbook(tmp_path / "b.xlsx")
    page = book["办件"]
    assert page["B4"].font.color.rgb == "0000FF00" and page["B3"].fill.fgColor.rgb == "00FFFF00"
    assert book["汇总"]["A1"].value == "合计" and page["A1"].value == "gongshi case"
    assert len(page.data_validations.dataValidation) == len(load_workbook(path)["办件"].data_validations.dataValidation)


def test_marked_copy_is_handed_in_again(tmp_path: Path) -> None:
    """Mended in place, the copy is read without faults; marked again, what was mended is marked no longer."""
    path, copy = mended(tmp_path / "a.xlsx", spoiled), tmp_path / "b.xlsx"
    sheets.mark(path, copy, sheets.read(path).faults)
    book = load_workbook(copy)
    book["办件"]["T4"].value = "是"
    book["办件"]["T3"].value = "无"
    book.save(copy)
    again = sheets.read(copy).faults
    assert [fault.cell.row for fault in again] == [3]
    sheets.mark(copy, copy, again)
    page = load_workbook(copy)["办件"]
    assert page["T4"].comment is None and page["T4"].fill.fgColor.rgb == "00000000" and page["T3"].comment
    assert len(load_workbook(copy)["错误"]["A"]) == 2


def test_merged_cells_and_heads_can_be_marked(tmp_path: Path) -> None:
    """A fault in the middle of merged cells stands on the first of them, one of a whole column on its head."""
    def edit(book: Any) -> None:
        book["办件"].merge_cells("B3:C4")
        book["办件"]["AZ2"].value = "备住"
    path = mended(tmp_path / "a.xlsx", edit)
    missing = Fault(Cell("办件", 4, 3, "来源"), "missing-key", {"key": "source", "label": "来源"})
    found = [*sheets.read(path).faults, missing]
    sheets.mark(path, tmp_path / "b.xlsx", found)
    page = load_workbook(tmp_path / "b.xlsx")["办件"]
    assert "合并" in page["B3"].comment.text and "来源" in page["B3"].comment.text
    assert "备注" in page["AZ2"].comment.text


def test_csv_gets_a_last_column(tmp_path: Path) -> None:
    """Every cell stays as it was, also those that nothing reads; the column is replaced the next time, and not read."""
    path, copy = tmp_path / "办件.csv", tmp_path / "办件.错误.csv"
    path.write_bytes("标题;来源;类别;示例\r\n'=甲;press;漏水;有\r\n乙;press;漏水\r\n".encode("gb18030"))
    sheets.mark(path, copy, sheets.read(path).faults)
    for _ in range(2):
        rows = list(csv.reader(copy.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
        assert [row[:4] for row in rows] == [["标题", "来源", "类别", "示例"], ["'=甲", "press", "漏水", "有"],
                                             ["乙", "press", "漏水", ""]]
        assert [row[4] for row in rows][::2] == ["错误", ""] and rows[1][4].startswith("D 列（示例）：`有` 不是")
        again = sheets.read(copy, "case")
        assert [fault.code for fault in again.faults] == ["cell-flag"]
        sheets.mark(copy, copy, again.faults)
