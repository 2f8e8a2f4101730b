"""Corrections: a frozen outcome is never changed, a correction beside it says what was wrong and what holds now."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import Line, Name, Part, RefTo, Text, When, Whole, fault, field


class Change(Part):
    """One subject's result before and after."""

    subject: Annotated[str, RefTo("area", "organisation", "person", "project", "volunteer")] = field("对象", ...)
    before: Line = field("更正前", ...)
    after: Line = field("更正后", ...)


class Figure(Part):
    """One figure of a bulletin before and after."""

    what: Line = field("哪一项", ...)
    before: Whole = field("更正前", ...)
    after: Whole = field("更正后", ...)


class Correction(Record):
    """A published correction of a closed period or a frozen bulletin: reason, decider, before and after.

    Written by `gongshi correct`, never by hand.
    """

    folder: ClassVar[str] = "corrections"
    label: ClassVar[str] = "更正"
    intro: ClassVar[str] = "对已经定榜或定稿的数字的更正：错在哪、为什么、改成什么。由 gongshi correct 写出，不要手写。"
    by_hand: ClassVar[bool] = False
    date_field: ClassVar[str] = "date"
    columns: ClassVar[tuple[str, ...]] = ("outcome", "bulletin")
    example: ClassVar[str] = """\
# gongshi correct 写出这样一条记录和同名的 .json；两者都不要手改
title: 更正：志愿服务积分榜 2025（示例）
source: {text: 按更正当日的记录算出}
outcome: volunteer-points-2025
date: 2026-02-10
reason: 一次活动的签到漏记了两人。
decided_by: 示例街道志愿服务站
changes:
  - {subject: volunteer/v-1001, before: 第2名 40分, after: 第1名 42分}
inputs: 0f5a
rows: 77c1
seal: 9b1e
illustrative: true
"""

    outcome: Annotated[str, RefTo("outcome")] | None = field("更正的定榜")
    bulletin: Annotated[str, RefTo("bulletin")] | None = field("更正的简报")
    date: When = field("更正日期", ...)
    reason: Text = field("理由", ...)
    decided_by: Name = field("决定人", ...)
    changes: list[Change] = field("变动", [])
    figures: list[Figure] | None = field("前后数字")
    inputs: Line = field("所据记录的摘要", ...)
    rows: Line = field("结果的摘要", ...)
    seal: Line = field("封签", ...)

    @model_validator(mode="after")
    def _corrects_one_thing(self) -> Correction:
        if (self.outcome is None) == (self.bulletin is None):
            raise fault("one-of", names="outcome、bulletin")
        return self
