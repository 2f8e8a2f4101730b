"""What an editor who opens a template finds: columns, drop-downs, hints, a page that says how to fill it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from generator import sheets
from generator.records import kinds
from generator.sheets.layout import layout, plain_head
from tests.sheets.made import KINDS


@pytest.fixture
def template(tmp_path: Path) -> Any:
    """Return the template of cases as Excel would open it, with two places to choose from."""
    sheets.write(tmp_path / "a.xlsx", "case", (), {"area": {"b3": "3栋", "b1": "1栋"}, "organisation": {}})
    return load_workbook(tmp_path / "a.xlsx")


def rule(page: Any, label: str) -> Any:
    """Return the drop-down or hint of the column of that head."""
    letter = next(cell.column_letter for cell in page[2] if str(cell.value).lstrip("*") == label)
    return next(one for one in page.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}3:"))


def options(book: Any, formula: str) -> list[str]:
    """Return what a drop-down offers."""
    sheet, area = book.defined_names[formula.removeprefix("=")].attr_text.split("!")
    cells = book[sheet.strip("'")][area.replace("$", "")]
    return [row[0].value for row in (cells if isinstance(cells, tuple) else ((cells,),))]


def test_required_columns_come_first_and_are_starred(template: Any) -> None:
    """Id, what must be filled in, the kind's own, what is rarely used; machine names are out of sight."""
    page = template["办件"]
    heads = [cell.value for cell in page[2]]
    assert heads[:6] == ["编号", "*标题", "*来源", "*类别", "地点", "反映"]
    assert heads[-3:] == ["撤回·撤回日期", "撤回·撤回理由", "导出时的版本（勿改）"]
    assert page.row_dimensions[1].hidden and [cell.value for cell in page[1]][:2] == ["gongshi case", "title"]
    assert page.freeze_panes == "B3" and template.active.title == "办件"


def test_choices_and_references_drop_down(template: Any) -> None:
    """Choices offer their Chinese words and nothing else; references offer ids with titles, and take any id."""
    level = rule(template["四级办理"], "级别")
    assert options(template, level.formula1) == ["社区自办", "责任单位承办", "网格长联办", "领导小组交办"]
    assert level.showErrorMessage and template["选项"].sheet_state == "hidden"
    area = rule(template["办件"], "所在地")
    assert options(template, area.formula1) == ["b1 1栋", "b3 3栋"] and not area.showErrorMessage
    assert rule(template["办件"], "示例").formula1 == '"是,否"'
    assert rule(template["办件"], "责任单位").type is None


def test_every_column_is_text_and_has_a_hint(template: Any) -> None:
    """Nothing that is typed is turned into a number or a date; entering a cell says how it is written."""
    for page in (template[name] for name in ("办件", "四级办理", "办理过程", "来源所称数字", "不同说法", "照片")):
        shapes = page.column_dimensions
        assert {shapes[cell.column_letter].number_format for cell in page[2]} == {"@"}
        hinted = [one for one in page.data_validations.dataValidation if one.showInputMessage and one.prompt]
        assert len(hinted) == len([cell for cell in page[1] if not cell.value.startswith(("gongshi", "#"))])
        assert all(len(one.promptTitle) <= 32 and len(one.prompt) <= 255 for one in hinted)
    assert "2026-05" in rule(template["办件"], "反映").prompt


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_template(tmp_path: Path, kind: str) -> None:
    """It is recognised as what it is and holds no record, no example that could be imported by accident."""
    sheets.write(tmp_path / "a.xlsx", kind)
    table = sheets.read(tmp_path / "a.xlsx")
    assert (table.kind, table.reads, table.faults) == (kind, [], [])
    assert {path for path in table.present if len(path) == 1} | {path[:1] for path in table.present} == {
        (name,) for name in kinds()[kind].model_fields if name != "id"}


@pytest.mark.parametrize("kind", KINDS)
def test_heads_tell_columns_apart(kind: str) -> None:
    """No two columns of a sheet, and no two sheets of a kind, are called the same: heads alone are enough."""
    for shape in (layout(kind), layout(kind, flat=True)):
        for sheet in (shape.main, *shape.lists):
            heads = [plain_head(column.label) for column in sheet.columns]
            assert len({*heads}) == len(heads)
            assert not {*heads} & {"编号", "错误"}
        names = [sheet.label for sheet in (shape.main, *shape.lists)]
        assert len({*names, "选项", "填写说明", "错误"}) == len(names) + 3
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_export_folds_away_what_nobody_uses(tmp_path: Path) -> None:
    """Columns that none of the records fills in are folded, never left out; required ones stand open."""
    data = {"title": "漏水", "source": "press", "category": "漏", "place": "3栋"}
    sheets.write(tmp_path / "a.xlsx", "case", [("a", data)])
    page = load_workbook(tmp_path / "a.xlsx")["办件"]
    shown = [cell.value for cell in page[2] if not page.column_dimensions[cell.column_letter].hidden]
    assert shown == ["编号", "*标题", "*来源", "*类别", "地点"]
    folded = [shape for shape in page.column_dimensions.values() if shape.hidden and shape.outlineLevel]
    assert len(folded) == page.max_column - len(shown) - 1


def test_guide_explains_every_column(template: Any) -> None:
    """The last page that shows names every column of every sheet, with how it is written and an example."""
    lines = [[cell.value for cell in row] for row in template["填写说明"].iter_rows()]
    named = [(line[0], line[1]) for line in lines if line[1] and line[0]]
    shape = layout("case")
    assert named[1:] == [(sheet.label, column.label) for sheet in (shape.main, *shape.lists)
                         for column in sheet.columns]
    hint = "从中选一个：社区自办、责任单位承办、网格长联办、领导小组交办"
    assert ["四级办理", "级别", "*", hint, "社区自办"] in lines
