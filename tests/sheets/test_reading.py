"""What people and their programs do to sheets: each trap is either read as it was meant, or said in its cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from generator import sheets
from generator.problem import DeskError
from generator.sheets import Table
from generator.sheets.workbook import as_xlsx
from generator.wording import DESK, SHEETS
from tests.sites import ROOT

Edit = Callable[[Any], None]
GOOD = {"title": "楼道漏水", "source": "press", "category": "漏水"}


@cache
def two_cases() -> bytes:
    """Return the workbook of two cases, without the pages and drop-downs that nothing here needs: quick to read."""
    book = load_workbook(io.BytesIO(as_xlsx("case", [("a", GOOD), ("b", GOOD)], {})))
    for name in ("填写说明", "选项", "不同说法", "照片"):
        del book[name]
    for page in book.worksheets:
        page.data_validations.dataValidation = []
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[Edit], Table]:
    """Let somebody edit the main sheet of two cases, and read it."""
    def edited(edit: Edit) -> Table:
        book = load_workbook(io.BytesIO(two_cases()))
        edit(book["办件"])
        book.save(tmp_path / "a.xlsx")
        return sheets.read(tmp_path / "a.xlsx", "case")
    return edited


def column(page: Any, label: str) -> int:
    """Return the number of the column of that head."""
    return next(cell.column for cell in page[2] if str(cell.value).lstrip("*") == label)


def typed(label: str, value: Any, shown: str = "General", row: int = 3) -> Edit:
    """Return the edit that types a value into a cell, as a spreadsheet stores it."""
    def edit(page: Any) -> None:
        cell = page.cell(row, column(page, label), value)
        cell.number_format = shown
    return edit


@pytest.mark.parametrize(("label", "field", "value", "shown", "read"), [
    ("反映", "reported", datetime(2026, 5, 6), "yyyy-mm-dd", "2026-05-06"),
    ("反映", "reported", datetime(2026, 5, 6, 8, 20), "yyyy/m/d h:mm", "2026-05-06 08:20"),
    ("反映", "reported", datetime(2026, 5, 1), "mmm-yy", "2026-05"),
    ("反映", "reported", datetime(2026, 5, 1), 'yyyy"年"m"月"', "2026-05"),
    ("反映", "reported", datetime(2026, 5, 6), '[$-804]yyyy"年"m"月"d"日"', "2026-05-06"),
    ("反映", "reported", "2026年5月6日", "@", "2026-05-06"),
    ("反映", "reported", "2026年5月", "@", "2026-05"),
    ("反映", "reported", "2026.5.6", "@", "2026-05-06"),
    ("反映", "reported", "2026/5/6 8:20", "@", "2026-05-06 08:20"),
    ("反映", "reported", "２０２６－５－６", "@", "2026-05-06"),
    ("反映", "reported", "20260506", "@", "2026-05-06"),
    ("反映", "reported", 2026, "General", "2026"),
    ("反映", "reported", 46148, "General", "2026-05-06"),
    ("反映", "reported", 1989, "General", "1989"),
    ("反映", "reported", 20260506, "General", "2026-05-06"),
    ("满意度（1-5）", "satisfaction", 5, "General", "5"),
    ("满意度（1-5）", "satisfaction", 5.0, "0.00", "5"),
    ("满意度（1-5）", "satisfaction", "５", "@", "5"),
    ("地点", "place", 12, "000", "012"),
    ("地点", "place", 0.1 + 0.2, "General", "0.3"),
    ("地点", "place", "\u3000 3栋\u00a0", "@", "3栋"),
    ("地点", "place", "a_x000D_", "@", "a"),
    ("地点", "place", CellRichText("3栋", TextBlock(InlineFont(b=True), "2单元")), "@", "3栋2单元"),
    ("说明", "description", "一\r\n二", "@", "一\n二"),
    ("示例", "illustrative", True, "General", True),
    ("示例", "illustrative", "否", "@", False),
    ("所在地", "area", "b3 3栋", "@", "b3"),
    ("所在地", "area", " Ｂ３ ", "@", "B3"),
    ("办结凭据", "evidence", "照片\n\n 记录 ", "@", ["照片", "记录"]),
    ("来源", "source", "press\n{文件: law, 位置: 第三条}", "@", ["press", {"document": "law", "place": "第三条"}]),
    ("重新办理", "reopened", datetime(2026, 5, 6), "yyyy/m/d", ["2026-05-06"]),
    ("撤回·撤回理由", "withdrawn", "重复", "@", {"reason": "重复"}),
])
def test_cell_is_read_as_it_was_meant(sheet: Callable[[Edit], Table], label: str, field: str, value: Any, shown: str,
                                      read: Any) -> None:
    """Numbers, dates, flags, spaces and full-width letters give what an editor would have written in YAML."""
    table = sheet(typed(label, value, shown))
    assert [fault.message() for fault in table.faults] == []
    assert table.reads[0].data[field] == read and table.reads[1].data == GOOD


def merged(page: Any) -> None:
    """Merge the first title with its source; heads may be merged, their hidden names tell what they are."""
    page.merge_cells("B3:C3")
    page.merge_cells("E2:F2")


def moved(page: Any) -> None:
    """Exchange two heads, and leave the hidden names where they are."""
    first, second = page.cell(2, column(page, "反映")), page.cell(2, column(page, "受理"))
    first.value, second.value = second.value, first.value


def unknown(page: Any) -> None:
    """Add a column of one's own."""
    page.cell(2, 50, "备住")


def twice(page: Any) -> None:
    """Copy a column to the right."""
    for row in (1, 2):
        page.cell(row, 50, page.cell(row, 2).value)


def inside(page: Any) -> None:
    """Add a column for a list that has a sheet of its own, and write a text into it."""
    page.cell(2, 50, "四级办理")
    page.cell(3, 50, "社区自办")


def both(page: Any) -> None:
    """Fill one column of a mapping that another column holds whole."""
    typed("撤回·撤回日期", "\\{date: 2026-05-06, reason: 错}")(page)
    typed("撤回·撤回理由", "错")(page)


FAULTS: dict[str, tuple[Edit, list[tuple[int, str]]]] = {
    "cell-yaml": (typed("来源", "{文件: press"), [(3, "来源")]),
    "cell-not-mapping": (inside, [(3, "四级办理")]),
    "cell-flag": (typed("示例", "有"), [(3, "示例")]),
    "cell-formula": (typed("地点", "=B3"), [(3, "地点")]),
    "cell-error": (typed("地点", "#N/A"), [(3, "地点")]),
    "cell-changed": (typed("地点", datetime(2026, 3, 5), "m-d"), [(3, "地点")]),
    "cell-digits": (typed("备注", 110101199001011234), [(3, "备注")]),
    "cell-percent": (typed("满意度（1-5）", 0.9, "0%"), [(3, "满意度（1-5）")]),
    "cell-no-day": (typed("反映", 2025.1), [(3, "反映")]),
    "cell-no-year": (typed("反映", datetime(2027, 3, 5), 'm"月"d"日"'), [(3, "反映")]),
    "cell-epoch": (typed("反映", datetime(1904, 1, 5), "yyyy-mm-dd"), [(3, "反映")]),
    "cell-merged": (merged, [(3, "标题")]),
    "cell-beside-whole": (both, [(3, "撤回·撤回理由")]),
    "cell-bad-id": (typed("编号", "Case 1"), [(3, "编号")]),
    "column-unknown": (unknown, [(2, "备住")]),
    "column-twice": (twice, [(2, "标题")]),
    "column-moved": (moved, [(2, "受理"), (2, "反映")]),
    "column-no-head": (lambda page: page.cell(3, 60, "x"), [(2, "—")]),
    "record-twice": (typed("编号", "b"), [(4, "编号")]),
}


@pytest.mark.parametrize("code", FAULTS)
def test_fault_is_said_in_its_cell(sheet: Callable[[Edit], Table], code: str) -> None:
    """What can't be read with certainty is refused where it stands, once, in whole sentences of either language."""
    edit, places = FAULTS[code]
    table = sheet(edit)
    assert [(fault.code, fault.cell.row, fault.cell.header) for fault in table.faults] == [
        (code, row, header) for row, header in places]
    for fault in table.faults:
        assert "。" in fault.message("zh") and ". " in fault.message("en")
        assert code in ("cell-yaml", "cell-not-mapping") or not {"{", "}"} & {*fault.message("zh")}


def spoken() -> set[str]:
    """Return the codes that stand in the sources of the room."""
    sources = (ROOT / "generator" / "sheets").glob("*.py")
    return {code for path in sources for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', path.read_text("utf-8"))}


ITEMS = {"item-no-id": "", "item-no-record": "c"}


@pytest.mark.parametrize("code", ITEMS)
def test_item_without_record(sheet: Callable[[Edit], Table], code: str) -> None:
    """An item must say to which record of the sheet it belongs."""
    def edit(page: Any) -> None:
        page.parent["四级办理"].append([ITEMS[code], "", "社区自办", "2026-05-06"])
    fault, = sheet(edit).faults
    assert (fault.code, fault.cell.place) == (code, "“四级办理”表第 3 行 A 列（编号）")


def test_items_in_two_places(sheet: Callable[[Edit], Table]) -> None:
    """A list stands on its sheet or in a cell, never in both."""
    def edit(page: Any) -> None:
        page.cell(2, 50, "四级办理")
        page.cell(3, 50, "{级别: 社区自办, 日期: 2026-05-06}")
        page.parent["四级办理"].append(["a", "", "社区自办", "2026-05-06"])
    table = sheet(edit)
    assert [fault.code for fault in table.faults] == ["item-twice"]


def test_sheet_that_looks_like_ours_is_never_passed_over(sheet: Callable[[Edit], Table]) -> None:
    """Rows copied to a sheet of another name, or a list without its heads, would be lost without a word."""
    def copied(page: Any) -> None:
        old = page.parent["四级办理"]
        old.append(["a", "", "社区自办", "2026-05-06"])
        new = page.parent.create_sheet("Sheet1")
        for row in old.iter_rows(min_row=2, values_only=True):
            new.append(row)

    def headless(page: Any) -> None:
        page.parent["四级办理"].append(["a", "", "社区自办", "2026-05-06"])
        page.parent["四级办理"].delete_rows(1, 2)

    def renamed(page: Any) -> None:
        page.parent["四级办理"].append(["a", "", "社区自办", "2026-05-06"])
        for cell in page.parent["四级办理"][2]:
            cell.value = f"{cell.value}？"

    for edit, place in ((copied, "“Sheet1”表第 1 行 A 列（编号）"), (headless, "“四级办理”表第 1 行 A 列（编号）"),
                        (renamed, "“四级办理”表第 1 行 A 列（编号）")):
        fault, = sheet(edit).faults
        assert (fault.code, fault.cell.place) == ("sheet-passed-over", place)


def test_every_code_has_a_trap() -> None:
    """What the room of sheets says of cells and the tables of traps name the same codes."""
    assert {*FAULTS, *ITEMS, "item-twice", "sheet-passed-over"} == spoken() & SHEETS.keys()


def test_choice_is_checked_against_its_words(sheet: Callable[[Edit], Table]) -> None:
    """A slip in a choice is answered with the nearest word; the Chinese word and the written value both do."""
    def edit(page: Any) -> None:
        for word in ("至少", "at_least", "至小"):
            page.parent["来源所称数字"].append(["a", "", "九成", "", word, *[""] * 3, "满意"])
    table = sheet(edit)
    assert [claim.get("bound") for claim in table.reads[0].data["claims"]] == ["at_least", "at_least", None]
    fault, = table.faults
    assert (fault.code, fault.values["near"]) == ("not-one-of", "至少")
    assert fault.cell.place == "“来源所称数字”表第 5 行 E 列（界）"


# ── rows, columns, sheets ────────────────────────────────────────────────────────────────────────────────────


def test_columns_may_move_hide_and_be_renamed(sheet: Callable[[Edit], Table]) -> None:
    """The hidden names go with their columns: order, hiding and heads make no difference."""
    def edit(page: Any) -> None:
        page.move_range("B1:B4", cols=40)
        page.cell(2, 42).value = "办件名称"
        page.column_dimensions["C"].hidden = True
    table = sheet(edit)
    assert table.faults == [] and [read.data for read in table.reads] == [GOOD, GOOD]
    assert table.reads[0].at(("title",)).name == "第 3 行 AP 列（办件名称）"


def test_heads_alone_are_enough(sheet: Callable[[Edit], Table]) -> None:
    """Without the hidden row, under titles of people's own, and with stars and spaces anyhow, heads are known."""
    def edit(page: Any) -> None:
        page.delete_rows(1)
        page.insert_rows(1, 2)
        page.cell(1, 1).value = "清水社区办件登记表"
        page.cell(3, 4).value = " ＊类 别"
    table = sheet(edit)
    assert table.faults == [] and [(read.row.row, read.data) for read in table.reads] == [(4, GOOD), (5, GOOD)]


def test_missing_column_is_none_of_the_sheets_business(sheet: Callable[[Edit], Table]) -> None:
    """A column that was deleted is not present; an empty one is."""
    table = sheet(lambda page: page.delete_cols(column(page, "地点")))
    assert ("place",) not in table.present
    assert {("note",), ("withdrawn", "reason"), ("ladder",), ("ladder", "due")} <= table.present


def test_hidden_and_filtered_rows_are_read_and_counted(sheet: Callable[[Edit], Table]) -> None:
    """What is out of sight is imported all the same, and the number of such rows is told."""
    def edit(page: Any) -> None:
        page.row_dimensions[4].hidden = True
    table = sheet(edit)
    assert ([read.id for read in table.reads], table.hidden) == (["a", "b"], 1)


def test_empty_rows_are_none(sheet: Callable[[Edit], Table]) -> None:
    """Rows of blanks, between records and far below them, hold nothing; a row far down is still read."""
    def edit(page: Any) -> None:
        page.insert_rows(4, 3)
        page.cell(5, 2).value = " \u3000 "
        page.cell(1_000_000, 2).value = "最后一条"
    table = sheet(edit)
    assert [(read.row.row, read.id) for read in table.reads] == [(3, "a"), (7, "b"), (1_000_000, "")]


def test_new_records_and_their_items(tmp_path: Path) -> None:
    """新1 ties a new record to its items; an empty id is a new record as well; items keep the order of their rows."""
    path = tmp_path / "a.xlsx"
    sheets.write(path, "case")
    book = load_workbook(path)
    for key, title in (("新1", "甲"), ("", "乙"), ("新 2", "丙"), ("my-own", "丁")):
        book["办件"].append([key, title, "press", "漏水"])
    for key, action in (("新1", "一"), ("新2", "二"), ("新1", "三"), ("my-own", "四")):
        book["办理过程"].append([key, "", "2026-05-06", "", action])
    book.save(path)
    table = sheets.read(path)
    assert table.faults == [] and table.kind == "case"
    assert [(read.id, read.key, [step["action"] for step in read.data.get("steps", [])]) for read in table.reads] == [
        ("", "新1", ["一", "三"]), ("", "", []), ("", "新2", ["二"]), ("my-own", "my-own", ["四"])]
    assert table.reads[0].at(("steps", 1, "action")).place == "“办理过程”表第 5 行 E 列（事项）"
    assert table.reads[0].at(("steps", 1)).row == 5 and table.reads[0].at(("steps",)).row == 3
    assert table.reads[1].at(("reported", "value")).header == "反映"
    assert table.reads[1].at(("nothing",)).header == "编号"


def test_new_rows_may_all_say_so(tmp_path: Path) -> None:
    """“新增” in every new row names none of them."""
    (tmp_path / "a.csv").write_text("编号,标题,来源,类别\n新增,灯,press,照明\n新增,门,press,设施\n")
    table = sheets.read(tmp_path / "a.csv", "case")
    assert [(read.id, read.key) for read in table.reads] == [("", ""), ("", "")] and not table.faults


def test_computed_formulas_count_as_what_they_show(tmp_path: Path) -> None:
    """The result that the program stored is read, also an empty one; nothing is computed here."""
    path = tmp_path / "a.xlsx"
    sheets.write(path, "case", [("a", GOOD)])
    book = load_workbook(path)
    book["办件"]["E3"] = '=C3&"1栋"'
    book.save(path)
    rewrite(path, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>3</v>", b"<v />", b"<v>3</v>", b"<v/>", b"<v>3</v>")
    table = sheets.read(path)
    assert table.faults == [] and table.reads[0].data["place"] == "3"


def rewrite(path: Path, part: str, *changes: bytes) -> None:
    """Change the text of one part of a workbook: what, for what, what, for what …"""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for before, after in zip(changes[::2], changes[1::2], strict=True):
        parts[part] = parts[part].replace(before, after)
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


def test_dates_of_1904_and_of_chinese_formats(tmp_path: Path) -> None:
    """A workbook that counts from 1904 means its own days; formats that Chinese Excel gives by number are dates."""
    path = tmp_path / "a.xlsx"
    sheets.write(path, "case", [("a", GOOD)])
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    cell = book["办件"].cell(3, column(book["办件"], "反映"), datetime(2026, 5, 6))
    cell.number_format = "yyyy-mm-dd"
    book["办件"].cell(3, column(book["办件"], "受理"), 46148 - 1462).number_format = "General"
    month = book["办件"].cell(3, column(book["办件"], "办结"), 46143 - 1462)
    month.number_format = "@"
    month._style.numFmtId = 57
    book.save(path)
    data = sheets.read(path).reads[0].data
    assert (data["reported"], data["accepted"], data["resolved"]) == ("2026-05-06", "2026-05-06", "2026-05")


def test_other_sheets_are_left_alone(sheet: Callable[[Edit], Table]) -> None:
    """Sheets of people's own, with whatever they hold, are no fault; sheets may be renamed and re-ordered."""
    def edit(page: Any) -> None:
        page.title = "五月"
        page.parent.create_sheet("汇总", 0).append(["合计", 2])
        page.parent["四级办理"].append(["a", "", "社区自办", "2026-05-06"])
        page.parent["四级办理"].title = "升级"
    table = sheet(edit)
    assert table.faults == [] and table.reads[0].data["ladder"] == [{"level": "社区自办", "date": "2026-05-06"}]


def test_sheet_of_ones_own(tmp_path: Path) -> None:
    """A list that somebody has always kept needs but heads of ours, and its kind named."""
    book = Workbook()
    book.active.append(["标题", "类别", "来源", "反映"])
    book.active.append(["楼道灯不亮", "照明", "press", datetime(2026, 5, 6)])
    book.active["D2"].number_format = "yyyy/m/d"
    book.save(tmp_path / "a.xlsx")
    table = sheets.read(tmp_path / "a.xlsx", "case")
    assert table.present == {("title",), ("category",), ("source",), ("reported",)}
    assert [(read.id, read.data) for read in table.reads] == [
        ("", {"title": "楼道灯不亮", "source": "press", "category": "照明", "reported": "2026-05-06"})]


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def workbook(path: Path, edit: Edit = lambda book: None) -> None:
    """Write the template of cases, edited."""
    sheets.write(path, "case")
    book = load_workbook(path)
    edit(book)
    book.save(path)


def bomb(path: Path) -> None:
    """Write a small file that unpacks to far more than memory should hold."""
    workbook(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/a.xml", bytes(70 * 1024 * 1024))


def entities(path: Path) -> None:
    """Write a workbook whose sheet expands entities of entities."""
    workbook(path)
    rewrite(path, "xl/worksheets/sheet1.xml", b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 99
            + b'"><!ENTITY c "&b;&b;&b;">]><worksheet')


def macros(path: Path) -> None:
    """Write a workbook with a macro."""
    workbook(path.with_suffix(".xlsx"))
    path.with_suffix(".xlsx").rename(path)
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"x")


def tall(path: Path) -> None:
    """Write more rows than anybody has records."""
    path.write_text("标题\n" + "楼道漏水\n" * 20_001, encoding="utf-8")


def copied(book: Any) -> None:
    """Copy the main sheet within its workbook."""
    book.copy_worksheet(book["办件"])


FILES: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "sheet-type": ("a.ods", lambda path: path.write_bytes(b"PK")),
    "sheet-old": ("a.xls", lambda path: path.write_bytes(OLE)),
    "sheet-encrypted": ("a.xlsx", lambda path: path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))),
    "sheet-macros": ("a.xlsm", macros),
    "sheet-too-large": ("a.xlsx", bomb),
    "sheet-encoding": ("a.csv", lambda path: path.write_bytes("标题".encode("utf-16"))),
    "sheet-quotes": ("a.csv", lambda path: path.write_text('标题\n"没有收尾\n', encoding="utf-8")),
    "sheet-unknown": ("a.csv", lambda path: path.write_text("甲,乙\n1,2\n", encoding="utf-8")),
    "sheet-other-kind": ("a.xlsx", lambda path: sheets.write(path, "area")),
    "sheet-twice": ("a.xlsx", lambda path: workbook(path, copied)),
}


@pytest.mark.parametrize("code", FILES)
def test_file_that_cannot_be_imported(tmp_path: Path, code: str) -> None:
    """A file that is no sheet of ours, or no harmless one, is refused with its own words, and nothing is read."""
    name, make = FILES[code]
    make(tmp_path / name)
    with pytest.raises(DeskError) as raised:
        sheets.read(tmp_path / name, "case")
    assert raised.value.code == code
    assert name in raised.value.line("zh") and name in raised.value.line("en")


@pytest.mark.parametrize("make", [
    entities, lambda path: path.write_bytes(b"PK\x03\x04 broken"), lambda path: path.write_bytes(b""),
    lambda path: workbook(path) or rewrite(path, "xl/workbook.xml", b"<sheets>", b"<sheets"),
])
def test_damaged_workbook(tmp_path: Path, make: Callable[[Path], Any]) -> None:
    """Whatever is wrong inside a workbook, entities included, gives one clear message, not a traceback."""
    make(tmp_path / "a.xlsx")
    with pytest.raises(DeskError) as raised:
        sheets.read(tmp_path / "a.xlsx", "case")
    assert raised.value.code == "sheet-broken"


def test_too_many_rows(tmp_path: Path) -> None:
    """There is a limit to rows, whatever the bytes."""
    tall(tmp_path / "a.csv")
    with pytest.raises(DeskError) as raised:
        sheets.read(tmp_path / "a.csv", "case")
    assert raised.value.code == "sheet-too-large"


@pytest.mark.parametrize("area", [b'<mergeCell ref="A1:XFD1048576"/>', b"<x:mergeCell ref='B3:B1048576'/>",
                                  b'<hyperlink r:id="rId1" ref="A3:Z99999"/>',
                                  b'<mergeCell ref="&#65;1:XFD1048576"/>', b'<mergeCell ref="$a$1:$xfd$1048576"/>',
                                  b"<row>" + b"<c/>" * 1_000_001 + b"</row>"])
def test_areas_that_would_fill_the_memory(tmp_path: Path, area: bytes) -> None:
    """A column merged from top to bottom, or worse, is refused before it is unpacked into a million cells, however
    it is written."""
    workbook(tmp_path / "a.xlsx")
    rewrite(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", b"</sheetData>", area + b"</sheetData>")
    with pytest.raises(DeskError) as raised:
        sheets.read(tmp_path / "a.xlsx", "case")
    assert raised.value.code == "sheet-too-large"


def test_kind_is_known_or_asked_for(tmp_path: Path) -> None:
    """A file names its kind by its hidden row, a sheet's name or its own name; two kinds, or none, are not guessed."""
    sheets.write(tmp_path / "办件.csv", "case", [("a", GOOD)])
    sheets.write(tmp_path / "x.csv", "case", [("a", GOOD)])
    assert sheets.read(tmp_path / "办件.csv").kind == "case" and sheets.read(tmp_path / "x.csv", "case").reads
    with pytest.raises(DeskError, match="认得"):
        sheets.read(tmp_path / "x.csv")
    book = Workbook()
    book.active.title = "办件"
    book.create_sheet("会议").append(["标题"])
    book.active.append(["标题"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(DeskError, match="办件、会议"):
        sheets.read(tmp_path / "x.xlsx")


@pytest.mark.parametrize("kind", ["outcome", "correction"])
def test_what_commands_write_has_no_sheet(tmp_path: Path, kind: str) -> None:
    """Kinds that are sealed by a command can neither be exported as a template nor imported."""
    with pytest.raises(DeskError, match="命令"):
        sheets.write(tmp_path / "a.xlsx", kind)
    (tmp_path / "a.csv").write_text("标题\n甲\n", encoding="utf-8")
    with pytest.raises(DeskError, match="命令"):
        sheets.read(tmp_path / "a.csv", kind)


def test_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    """Excel would cut it off without a word; nothing is written."""
    with pytest.raises(DeskError) as raised:
        sheets.write(tmp_path / "a.xlsx", "case", [("a", GOOD | {"evidence": ["字" * 20_000] * 2})])
    assert raised.value.code == "cell-too-long" and not list(tmp_path.iterdir())


def test_file_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder that can't be made is told, not traced."""
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError) as raised:
        sheets.write(tmp_path / "file" / "a.csv", "case", [("a", GOOD)])
    assert raised.value.code == "sheet-unwritable"


def test_every_file_code_is_tried() -> None:
    """Every message of the room about a file is provoked above."""
    others = {"sheet-broken", "sheet-two-kinds", "sheet-by-command", "cell-too-long", "sheet-unwritable"}
    assert spoken() & DESK.keys() == FILES.keys() | others


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "gbk"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_chinese_excel(tmp_path: Path, encoding: str, separator: str) -> None:
    """UTF-8 with or without its mark, GBK and GB 18030, and whatever a region separates by, are read."""
    lines = (["标题", "来源", "类别", "反映"], ["楼道漏水", "press", "漏水", "2026/5/6"])
    path = tmp_path / "办件.csv"
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    assert sheets.read(path).reads[0].data == GOOD | {"reported": "2026-05-06"}


def test_csv_counts_rows_as_a_spreadsheet_does(tmp_path: Path) -> None:
    """Empty lines, and cells of several lines, don't shift the row that a fault names."""
    path = tmp_path / "办件.csv"
    path.write_text('标题,来源,类别,说明,示例\n甲,press,漏水,"一\n二",\n\n乙,press,漏水,,有\n', encoding="utf-8")
    table = sheets.read(path)
    assert [read.row.row for read in table.reads] == [2, 4]
    assert [fault.cell.name for fault in table.faults] == ["第 4 行 E 列（示例）"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-甲", "@a", "\t甲", "＝1", "－甲", "'=1", "''=1"])
def test_csv_holds_no_formula(tmp_path: Path, text: str) -> None:
    """No cell of a written CSV begins as a formula does; read, it is what it was."""
    path = tmp_path / "办件.csv"
    sheets.write(path, "case", [("a", GOOD | {"place": text})])
    cells = path.read_text(encoding="utf-8-sig").split("\n")[1].split(",")
    assert not any(cell.strip('"').startswith(tuple("=+-@\t\r＝＋－＠")) for cell in cells)
    assert sheets.read(path).reads[0].data["place"] == text


def test_csv_keeps_negative_numbers(tmp_path: Path) -> None:
    """An amount below zero stays a number for those who add up the column."""
    path = tmp_path / "经费账.csv"
    data = {"title": "账", "source": "press", "opening": {"date": "2026-01-01", "amount": "-5.00"}}
    sheets.write(path, "fund", [("a", data)])
    assert ",-5.00," in path.read_text(encoding="utf-8-sig") and sheets.read(path).reads[0].data == data


def test_csv_saved_from_a_workbook(tmp_path: Path) -> None:
    """A spreadsheet writes the hidden row into CSV as well: it names the kind, and is no record."""
    path = tmp_path / "x.csv"
    lines = ("gongshi case,title,source,category", "编号,*标题,*来源,*类别", "a,楼道漏水,press,漏水")
    path.write_text("\n".join(lines), encoding="gb18030")
    table = sheets.read(path)
    assert (table.kind, table.faults, [(read.row.row, read.id, read.data) for read in table.reads]) == (
        "case", [], [(3, "a", GOOD)])
