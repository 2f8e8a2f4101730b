"""A row laid over a record changes what it has columns for, and says what it changes."""

from __future__ import annotations

from typing import Any

import pytest

from generator.desk.merging import UnsureItems, edits, laid_over, respelled
from generator.records import kinds
from generator.records.fields import fields

OLD: dict[str, Any] = {
    "title": "灯", "place": "3栋", "withdrawn": {"date": "2026-05-06", "reason": "重复"},
    "ladder": [{"level": "社区自办", "date": "2026-05-06", "unit": "社区"},
               {"level": "网格长联办", "date": "2026-05-09"}]}


@pytest.mark.parametrize("row, present, new", [
    ({"title": "新灯"}, {("title",)}, {"title": "新灯"}),
    ({"title": "灯"}, {("title",), ("place",)}, {"place": None}),
    ({}, {("withdrawn", "reason")}, {"withdrawn": {"date": "2026-05-06"}}),
    ({"withdrawn": {"reason": "误报"}}, {("withdrawn", "reason")},
     {"withdrawn": {"date": "2026-05-06", "reason": "误报"}}),
    ({}, {("withdrawn", "reason"), ("withdrawn", "date")}, {"withdrawn": None}),
    ({"withdrawn": "x"}, {("withdrawn", "reason")}, {"withdrawn": "x"}),
    ({"ladder": [{"level": "社区自办"}, {"level": "责任单位承办"}]}, {("ladder",), ("ladder", "level")},
     {"ladder": [{"level": "社区自办", "date": "2026-05-06", "unit": "社区"},
                 {"level": "责任单位承办", "date": "2026-05-09"}]}),
    ({"ladder": []}, {("ladder",)}, {"ladder": []}),
    ({}, {("ladder",), ("ladder", "level")}, {"ladder": None}),
])
def test_laid_over(row: dict[str, Any], present: set[tuple[str, ...]], new: dict[str, Any]) -> None:
    """An empty cell removes, a missing column leaves alone, in parts and in items of lists, too."""
    wanted = {name: value for name, value in {**OLD, **new}.items() if value is not None}
    assert laid_over(OLD, row, present) == wanted


def test_numbers_keep_their_spelling() -> None:
    """A spreadsheet that makes numbers of texts takes zeros off the end: that is no change, another amount is one."""
    old = {"title": "1.50", "budget": "240.00", "payments": [{"amount": "12.50"}, {"amount": "3.00"}]}
    row = {"title": "1.5", "budget": "240", "payments": [{"amount": "3"}, {"amount": "12.5"}, {"amount": "7.5"}]}
    assert respelled(old, row, fields(kinds()["project"])) == {
        "title": "1.5", "budget": "240.00", "payments": [{"amount": "3.00"}, {"amount": "12.50"}, {"amount": "7.5"}]}


def test_items_that_cannot_be_matched() -> None:
    """Another number of items, and parts without a column: which is which can't be known."""
    with pytest.raises(UnsureItems) as raised:
        laid_over(OLD, {"ladder": [{"level": "社区自办"}]}, {("ladder",), ("ladder", "level")})
    assert (raised.value.name, raised.value.parts) == ("ladder", ["date", "unit"])


def test_edits() -> None:
    """Each field with the labels that lead to it, in the order of the model, flags and lists in words."""
    new = {**OLD, "title": "新灯", "place": None, "illustrative": True, "evidence": ["照片", "收据"], "ladder": [
        {"level": "社区自办", "date": {"value": "2026-05-07", "words": "初七"}, "unit": "社区"},
        {"level": "网格长联办", "date": "2026-05-09"}, {"level": "领导小组交办", "date": "2026-06-01"}]}
    said = [tuple(edit) for edit in edits(OLD, {k: v for k, v in new.items() if v}, fields(kinds()["case"]))]
    assert said == [
        ("标题", "灯", "新灯"), ("示例", "", "是"), ("地点", "3栋", ""),
        ("四级办理 第 1 条·日期", "2026-05-06", "{日期: \"2026-05-07\", 原文: 初七}"),
        ("四级办理 第 3 条", "", "{级别: 领导小组交办, 日期: \"2026-06-01\"}"),
        ("办结凭据", "", "[照片, 收据]")]
