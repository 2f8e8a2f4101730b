"""Outcomes: the frozen result of a closed period, written by `gongshi close` and never by hand."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.records.base import Record
from generator.records.forms import Flag, Line, Period, RefTo, When, field


class Outcome(Record):
    """A closed period's result; its rows stand in the `.json` beside it, and `seal` binds both.

    inputs: digest of the facts and the rule that it was computed from; rows: digest of the `.json`.
    """

    folder: ClassVar[str] = "outcomes"
    label: ClassVar[str] = "定榜"
    intro: ClassVar[str] = "一期过完以后定下来的榜单或星级。由 gongshi close 写出，不要手写，也不要改。"
    by_hand: ClassVar[bool] = False
    date_field: ClassVar[str] = "closed"
    columns: ClassVar[tuple[str, ...]] = ("scheme", "period")
    example: ClassVar[str] = """\
# gongshi close volunteer-points 2025 写出这样一条记录和同名的 .json；两者都不要手改
title: 志愿服务积分榜 2025 定榜（示例）
source: {text: 按定榜当日的记录算出}
scheme: volunteer-points
period: "2025"
examples: true
closed: 2026-01-05
inputs: 0f5a
rows: 77c1
seal: 9b1e
illustrative: true
"""

    scheme: Annotated[str, RefTo("scheme")] = field("办法", ...)
    period: Period = field("周期", ...)
    scope: Annotated[str, RefTo("area")] | None = field("范围")
    examples: Flag = field("对象为示例", False)
    closed: When = field("定榜日期", ...)
    inputs: Line = field("所据记录的摘要", ...)
    rows: Line = field("结果的摘要", ...)
    seal: Line = field("封签", ...)
