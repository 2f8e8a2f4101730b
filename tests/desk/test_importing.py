"""`gongshi import` and `gongshi export`: a sheet becomes records once, and comes back as it was."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from generator import load, sheets
from generator.desk import importing
from generator.wording import ROWS
from tests.sites import BASE, tree

Row = tuple[str, dict[str, Any]]
LEAK = "cases/leak.yml"
ESTATES = {"areas/estate2.yml": "title: 河东小区\nsource: press\nlevel: 小区\n"}


@pytest.fixture
def town(make_site: Callable[..., Path]) -> Path:
    """The folder of a small site."""
    return make_site(ESTATES).parent


@pytest.fixture
def gongshi(town: Path, run: Callable[..., Result]) -> Callable[..., Result]:
    """Run a command on the small site."""

    def command(name: str, *args: object, lang: str = "zh_CN.UTF-8") -> Result:
        workers = ("--workers", "1") if name == "import" else ()
        return run(name, *map(str, args), "--config", str(town / "site_config.yml"), *workers, lang=lang)

    return command


def case(number: int) -> Row:
    """Return an invented case, new in the sheet."""
    day = 1 + number % 28
    return f"新{number}", {
        "title": f"{number}号楼灯不亮", "source": "press", "area": ("b3", "estate2")[number % 2], "category": "照明",
        "reported": f"2026-04-{day:02d}", "due": f"2026-05-{day:02d}", "evidence": ["照片", "收据"],
        "ladder": [{"level": "社区自办", "date": f"2026-04-{day:02d}", "unit": "清水社区"}]}


def cases(count: int) -> list[Row]:
    """Return so many cases."""
    return [case(number) for number in range(count)]


def fill(path: Path, cells: Mapping[tuple[str, int, str], Any]) -> None:
    """Write into cells of a workbook: by sheet, row and head."""
    book = openpyxl.load_workbook(path)
    for (sheet, row, head), value in cells.items():
        heads = {str(cell.value).lstrip("*"): cell.column for cell in book[sheet][2]}
        book[sheet].cell(row, heads[head]).value = value
    book.save(path)


def content(town: Path) -> dict[str, str]:
    """Return the digest of every file of the content."""
    return tree(town / "content")


WRONG: dict[tuple[str, int, str], tuple[Any, str]] = {
    ("办件", 5, "标题"): (None, "cell-missing"),
    ("办件", 17, "反映"): ("2026-04-31", "no-such-day"),
    ("办件", 30, "办结期限"): ("四月底", "bad-date"),
    ("办件", 44, "所在地"): ("b33", "cell-no-record"),
    ("办件", 61, "满意度（1-5）"): (7, "out-of-range"),
    ("办件", 70, "受理"): ("2025-01-01", "dates-reversed"),
    ("办件", 88, "示例"): ("也许", "cell-flag"),
    ("办件", 99, "备注"): ("打 139 0733 0000 找老王", "personal-phone"),
    ("办件", 120, "备注"): (110105194912310026, "cell-digits"),
    ("办件", 140, "编号"): ("三号", "cell-bad-id"),
    ("四级办理", 150, "级别"): ("居委会", "not-one-of"),
    ("办件", 188, "类别"): ("#N/A", "cell-error"),
}
"""What an editor got wrong: twelve faults of twelve kinds, and where."""


def test_two_hundred_rows(town: Path, gongshi: Callable[..., Result]) -> None:
    """A sheet of 200 rows with 12 faults comes back marked in the right cells; mended, it imports, once."""
    path, before = town / "办件.xlsx", content(town)
    sheets.write(path, "case", cases(200))
    book = openpyxl.load_workbook(path)
    heads = {(sheet, str(cell.value).lstrip("*")): cell.column
             for sheet in ("办件", "四级办理") for cell in book[sheet][2]}
    right = {place: book[place[0]].cell(place[1], heads[place[0], place[2]]).value for place in WRONG}
    fill(path, {place: value for place, (value, _) in WRONG.items()})

    refused = gongshi("import", path, "--write")
    marked = openpyxl.load_workbook(town / "办件.错误.xlsx")
    comments = {(sheet.title, cell.row, cell.column)
                for sheet in marked for row in sheet for cell in row if cell.comment}
    assert refused.exit_code == 1
    assert {(sheet, row, heads[sheet, head]) for sheet, row, head in WRONG} == comments
    for (sheet, row, head), (_, code) in WRONG.items():
        [line] = [line for line in refused.stdout.splitlines() if f"[{code}]" in line]
        assert f"第 {row} 行" in line and f"（{head}）" in line.replace("*", "")
        assert sheet == "办件" or f"[{sheet}]" in line
    assert refused.stdout.startswith("办件.xlsx：办件，新增 188，修改 0，不变 0，错误 12\n")
    assert content(town) == before

    fill(path, right)
    written = gongshi("import", path, "--write")
    assert written.exit_code == 0
    assert written.stdout.startswith("办件.xlsx：办件，新增 200，修改 0，不变 0，错误 0\n")
    assert len(content(town)) == len(before) + 200

    after = content(town)
    gongshi("export", "办件", "-o", town / "导出.xlsx")
    mended, exported = (sheets.read(town / name).reads for name in ("办件.xlsx", "导出.xlsx"))
    by_title = {read.data["title"]: read.data for read in exported}
    assert {read.data["title"]: read.data for read in mended} == {
        title: data for title, data in by_title.items() if title != "楼道漏水"}
    for name, same in (("办件.xlsx", 200), ("导出.xlsx", 201)):
        again = gongshi("import", town / name, "--write")
        assert (again.exit_code, f"新增 0，修改 0，不变 {same}，错误 0" in again.stdout) == (0, True)
    assert content(town) == after
    assert gongshi("check", "--workers", 1).exit_code == 0


def test_csv(town: Path, gongshi: Callable[..., Result]) -> None:
    """The same with CSV, lists in cells: a fault is led back to its cell, then all is taken in, once."""
    path = town / "办件.csv"
    sheets.write(path, "case", cases(3))
    good = path.read_text(encoding="utf-8-sig")
    path.write_text(good.replace("2026-04-02", "2026-04-32", 1), encoding="utf-8-sig")
    refused = gongshi("import", path)
    assert refused.exit_code == 1 and "第 3 行 F 列（反映）" in refused.stdout
    assert "2026-04-32" in (town / "办件.错误.csv").read_text(encoding="utf-8-sig")
    path.write_text(good, encoding="gb18030")
    assert gongshi("import", path, "--write").exit_code == 0
    assert load.parse((town / "content/cases/2026/case-2026-0002.yml").read_text())["ladder"][0]["unit"] == "清水社区"
    assert "不变 3" in gongshi("import", path, "--write").stdout


def exported(town: Path, gongshi: Callable[..., Result]) -> Path:
    """Return the sheet of the site's cases, of which there is one."""
    path = town / "办件.xlsx"
    assert gongshi("export", "case", "-o", path).exit_code == 0
    return path


def test_one_change_is_one_line(town: Path, gongshi: Callable[..., Result]) -> None:
    """A dry run says which field changes from what to what, and writes nothing; --write changes just that line."""
    file = town / "content" / LEAK
    file.write_text(BASE[LEAK].replace("category: 漏水", "category: 漏水   # 两户"))
    path, before = exported(town, gongshi), file.read_text()
    fill(path, {("办件", 3, "满意度（1-5）"): 5, ("办件", 3, "受理"): None, ("四级办理", 3, "限期"): "2026年5月20日"})
    tried = gongshi("import", path)
    assert tried.stdout.splitlines() == [
        "办件.xlsx：办件，新增 0，修改 1，不变 0，错误 0", "  修改 leak  楼道漏水（第 3 行）",
        "      受理：2026-05-06 → （空）", "      四级办理 第 1 条·限期：2026-05-13 → 2026-05-20",
        "      满意度（1-5）：（空） → 5"]
    assert file.read_text() == before
    done = gongshi("import", path, "--write")
    assert (done.exit_code, "content/cases/leak.yml" in done.stderr) == (0, True)
    after = before.replace("accepted: 2026-05-06\n", "").replace("due: 2026-05-13", "due: 2026-05-20")
    assert file.read_text() == after + "satisfaction: 5\n"
    assert not list((town / ".cache").glob("import-*"))


def test_missing_rows_and_columns_change_nothing(town: Path, gongshi: Callable[..., Result]) -> None:
    """A record without a row stays, and so does a field without a column, and an item's part without one."""
    path = exported(town, gongshi)
    book = openpyxl.load_workbook(path)
    for sheet, gone in (("办件", ("办结", "受理")), ("四级办理", ("限期",))):
        heads = {str(cell.value).lstrip("*"): cell.column for cell in book[sheet][2]}
        for column in sorted((heads[head] for head in gone), reverse=True):
            book[sheet].delete_cols(column)
    book.save(path)
    assert "不变 1" in gongshi("import", path).stdout
    fill(path, {("办件", 3, "编号"): "leak-2", ("四级办理", 3, "编号"): "leak-2",
                ("办件", 3, "导出时的版本（勿改）"): None})
    before = content(town)
    assert "新增 leak-2" in gongshi("import", path, "--write").stdout
    assert content(town).items() >= before.items()


def test_items_that_cannot_be_told_apart(town: Path, gongshi: Callable[..., Result]) -> None:
    """Where a list's sheet lacks a filled column and the number of items differs, nothing is guessed."""
    path = exported(town, gongshi)
    book = openpyxl.load_workbook(path)
    heads = {str(cell.value).lstrip("*"): cell.column for cell in book["四级办理"][2]}
    book["四级办理"].delete_cols(heads["限期"])
    book["四级办理"].append(["leak", "", "责任单位承办", "2026-05-14"])
    book.save(path)
    said = gongshi("import", path).stdout
    assert "没有“限期”这几列" in said and "[row-items-unsure]" in said


def test_stale_sheet(town: Path, gongshi: Callable[..., Result]) -> None:
    """What somebody else changed since the export is not undone: an untouched row is left, a changed one refused."""
    path, file = exported(town, gongshi), town / "content" / LEAK
    file.write_text(file.read_text() + "satisfaction: 4\n")
    assert "修改 0，不变 1，错误 0" in gongshi("import", path).stdout
    fill(path, {("办件", 3, "地点"): "门厅"})
    refused = gongshi("import", path, "--write")
    assert (refused.exit_code, "[row-stale]" in refused.stdout) == (1, True)
    file.rename(file.with_name("other.yml"))
    assert "[row-gone]" in gongshi("import", path).stdout


def test_an_unreadable_cell_is_one_fault(town: Path, gongshi: Callable[..., Result]) -> None:
    """What can't be read counts as unchanged, so that no rule across fields speaks of it; the marked copy, mended, is
    taken in, and marked anew beside itself where it is not."""
    (town / "content" / LEAK).write_text(BASE[LEAK] + "confirmed: 2026-05-09\n")
    path, again = exported(town, gongshi), town / "办件.错误.xlsx"
    fill(path, {("办件", 3, "办结"): 40000.5, ("办件", 3, "满意度（1-5）"): "6"})
    assert [line.split("[")[1] for line in gongshi("import", path).stdout.splitlines()[2:]] == [
        "cell-no-day]", "out-of-range]"]
    fill(again, {("办件", 3, "办结"): "2026-05-08"})
    assert "错误 1\n" in gongshi("import", again).stdout
    fill(town / "办件.错误2.xlsx", {("办件", 3, "满意度（1-5）"): "5"})
    assert gongshi("import", town / "办件.错误2.xlsx", "--write").exit_code == 0
    assert (town / "content" / LEAK).read_text().endswith("confirmed: 2026-05-09\nsatisfaction: 5\n")


def test_ids_given_by_hand_come_first(town: Path, gongshi: Callable[..., Result]) -> None:
    """An id that a row asks for is not given to another row."""
    (town / "新.csv").write_text("编号,标题,来源,类别,反映\n,灯一,press,照明,2026-05-01\n"
                                "case-2026-0001,灯二,press,照明,2026-05-02\n")
    said = gongshi("import", town / "新.csv", "--kind", "办件", "--write").stdout
    assert "新增 case-2026-0002  灯一" in said and "新增 case-2026-0001  灯二" in said
    assert "不变 2" in gongshi("import", town / "新.csv", "--kind", "case").stdout


def test_rows_without_an_id(town: Path, gongshi: Callable[..., Result]) -> None:
    """A mended row without an id may be the record it made, or another: the editor must say which."""
    path = town / "办件.xlsx"
    sheets.write(path, "case", [("", data) for _, data in cases(1)])
    fill(path, {("四级办理", 3, "编号"): "新1", ("办件", 3, "编号"): "新1"})
    assert "新增 case-2026-0001" in gongshi("import", path, "--write").stdout
    fill(path, {("办件", 3, "地点"): "门厅"})
    refused = gongshi("import", path)
    assert "`case-2026-0001`" in refused.stdout and "[row-maybe-known]" in refused.stdout
    fill(path, {("办件", 3, "编号"): "case-2026-0001", ("四级办理", 3, "编号"): "case-2026-0001",
                ("办件", 3, "导出时的版本（勿改）"): None})
    assert "地点：（空） → 门厅" in gongshi("import", path, "--write").stdout


def test_the_same_twice(town: Path, gongshi: Callable[..., Result]) -> None:
    """Two rows that say the same, one id in two rows, one record in two files: each is told once, at its row."""
    one, two = town / "一.csv", town / "二.csv"
    one.write_text("编号,标题,来源,类别\n" + ",灯,press,照明\n" * 2 + "leak,漏水,press,漏水\n" * 2)
    two.write_text("编号,标题,来源,类别\nleak,漏,press,漏水\n")
    found = json.loads(gongshi("import", one, two, "--kind", "case", "--json").stdout)
    assert [(f["code"], f["row"]) for plan in found for f in plan["faults"]] == [
        ("row-repeated", 3), ("record-twice", 5), ("row-elsewhere", 2)]


def test_words_are_those_of_sheets(town: Path, gongshi: Callable[..., Result]) -> None:
    """Who fills in a sheet reads of cells, heads and lists, never of files and keys; each slip is told once."""
    (town / "灯.csv").write_text(
        "标题,来源,类别,所在地,居民确认,反映\n灯,登记本,照明,3栋,,\n"
        '"灯\n坏",press,照明,b33,,2026-05-01\n门,press,照明,b3,2026-05-06,2026-05-01\n')
    (town / "站.csv").write_text("标题,来源,级别,所在地\n站,press,小区,\\{a: b}\n")
    told = [line for name, kind in (("灯", "case"), ("站", "area"))
            for line in gongshi("import", town / f"{name}.csv", "--kind", kind).stdout.splitlines() if "[" in line]
    codes = ("[cell-no-source]", "[cell-no-id]", "[cell-one-line]", "[cell-no-record]",
             "[confirmed-before-resolved]", "[cell-wrong-type]")
    assert [line[line.rindex("["):] for line in told] == [*codes]
    assert "{出处: 登记本}" in told[0] and "补上“办结”，或删去“居民确认”" in told[4]
    assert not any(word in line for line in told for word in (".yml", "content/", "gongshi", "resolved，"))


def test_csv_that_chinese_excel_saved(town: Path, gongshi: Callable[..., Result]) -> None:
    """A list of one survives GBK; characters that GBK lacks don't, and nothing is overwritten with their `?`."""
    path, file = town / "办件.csv", town / "content" / LEAK
    file.write_text(BASE[LEAK].replace("source: press", "source: [press]"))
    gongshi("export", "case", "-o", path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text, encoding="gbk")
    assert "不变 1，错误 0" in gongshi("import", path).stdout
    for name, as_saved in (("王㛃漏水", "王?漏水"), ("王𬭁漏水", "王??漏水"), ("王𬭁漏水", "王?漏水")):
        file.write_text(BASE[LEAK].replace("楼道漏水", name))
        path.write_text(text.replace("楼道漏水", as_saved).rpartition(",")[0] + ",\n", encoding="gbk")
        said = gongshi("import", path).stdout
        assert "[cell-lost]" in said and "B 列（标题）" in said


def test_new_row_in_two_copies_of_a_sheet(town: Path, gongshi: Callable[..., Result]) -> None:
    """Two people hand in copies with the same new row: it becomes one record, or none."""
    one, two = town / "一.csv", town / "二.csv"
    one.write_text("编号,标题,来源,类别\n,灯,press,照明\n")
    two.write_text("编号,标题,来源,类别\ncase-0001,门,press,设施\n,灯,press,照明\n")
    found = json.loads(gongshi("import", one, two, "--kind", "case", "--json").stdout)
    assert [(f["code"], f["row"]) for plan in found for f in plan["faults"]] == [("row-repeated-elsewhere", 3)]
    assert [change["id"] for plan in found for change in plan["changes"]] == ["case-0002", "case-0001"]
    assert "新增 1，" in gongshi("import", one, one, "--kind", "case", "--write").stdout
    assert (town / "content/cases/case-0001.yml").exists()
    assert not (town / "content/cases/case-0002.yml").exists()


def test_other_records_are_checked_with_it(town: Path, gongshi: Callable[..., Result]) -> None:
    """What a change would break elsewhere keeps it from being written."""
    path = town / "地方.xlsx"
    gongshi("export", "area", "-o", path)
    row = next(read.row.row for read in sheets.read(path).reads if read.id == "estate")
    fill(path, {("地方", row, "所在地"): "b3"})
    before = content(town)
    refused = gongshi("import", path, "--write")
    assert (refused.exit_code, "[area-cycle]" in refused.stdout) == (1, True)
    assert content(town) == before


def test_existing_faults_are_told(town: Path, gongshi: Callable[..., Result]) -> None:
    """Content that has a fault already takes nothing in, and says so at that place."""
    path = exported(town, gongshi)
    (town / "content/cases/bad.yml").write_text("title: 灯\n")
    fill(path, {("办件", 3, "地点"): "门厅"})
    refused = gongshi("import", path, "--write", lang="en_US.UTF-8")
    assert (refused.exit_code, "content/cases/bad.yml:1:1" in refused.stdout) == (1, True)
    assert "place: 门厅" not in (town / "content" / LEAK).read_text()


def test_unreadable_record(town: Path, gongshi: Callable[..., Result]) -> None:
    """A row of a record whose file can't be read is refused, whatever it says."""
    path = exported(town, gongshi)
    (town / "content" / LEAK).write_text("title: [灯\n")
    assert "[row-unreadable]" in gongshi("import", path).stdout


def test_every_code_is_provoked() -> None:
    """Each code of rows stands in a test of this file."""
    source = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in ROWS if f'"{code}"' not in source and f"[{code}]" not in source] == []


def test_killed_while_writing(town: Path, gongshi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails before the last file is whole leaves every file as it was, and nothing beside them."""
    path, before = town / "办件.xlsx", content(town)
    sheets.write(path, "case", cases(3))
    real, calls = importing.save.__globals__["_flush"], []

    def fail(target: Path, data: bytes) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise OSError("no space left")
        real(target, data)

    monkeypatch.setitem(importing.save.__globals__, "_flush", fail)
    refused = gongshi("import", path, "--write")
    assert (refused.exit_code, "no space left" in refused.stderr, "[unwritable]" in refused.stderr) == (1, True, True)
    assert content(town) == before
    (town / "file").write_text("")
    assert "[sheet-unwritable]" in gongshi("export", "case", "-o", town / "file" / "办件.xlsx").stderr


def test_killed_between_files(town: Path, gongshi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is killed while files take their places leaves whole ones, and the same command does the rest."""
    path, before = town / "办件.xlsx", content(town)
    sheets.write(path, "case", cases(3))
    with monkeypatch.context() as patched:
        real = os.replace

        def stop(source: Path, target: Path) -> None:
            if target.name == "case-2026-0002.yml":
                raise KeyboardInterrupt
            real(source, target)

        patched.setattr(os, "replace", stop)
        gongshi("import", path, "--write")
    assert content(town).keys() - before.keys() == {"cases/2026/case-2026-0001.yml"}
    assert "新增 2，修改 0，不变 1，错误 0" in gongshi("import", path, "--write").stdout
    assert content(town).keys() - before.keys() == {f"cases/2026/case-2026-000{n}.yml" for n in (1, 2, 3)}


def test_export_options(town: Path, gongshi: Callable[..., Result]) -> None:
    """A template holds nothing, an area what lies inside it, a year its own; a file that exists is not overwritten."""
    for args, count in (((), 1), (("--template",), 0), (("--area", "estate"), 1), (("--area", "estate2"), 0),
                        (("--year", "2026"), 1), (("--year", "2025"), 0)):
        path = town / f"办件{'-'.join(args)}.xlsx"
        assert gongshi("export", "case", "-o", path, *args).exit_code == 0
        assert len(sheets.read(path).reads) == count
    assert "[sheet-exists]" in gongshi("export", "case", "-o", path).stderr
    assert "[no-target]" in gongshi("export", "case", "--area", "nowhere").stderr
    assert gongshi("export", "outcome").exit_code == 2
    assert gongshi("import", town / "site_config.yml").exit_code == 1
