"""Redemptions: points that a volunteer spent, on what, and who gave it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from generator.records.base import Record
from generator.records.forms import Line, Number, RefTo, When, fault, field
from generator.records.statements import Party


class Redemption(Record):
    """Points spent by a volunteer; nobody can spend what was not earned by that day."""

    folder: ClassVar[str] = "redemptions"
    label: ClassVar[str] = "积分兑换"
    intro: ClassVar[str] = "志愿者用积分换东西的一笔：哪天、换了什么、花了多少分。没有挣到的分不能花。"
    opaque: ClassVar[bool] = True
    date_field: ClassVar[str] = "date"
    columns: ClassVar[tuple[str, ...]] = ("volunteer", "points")
    example: ClassVar[str] = """\
title: 兑换洗衣液一瓶（示例）
source: illustration
scheme: volunteer-points
volunteer: v-1001
date: 2026-06-05
points: 10
item: 洗衣液一瓶
partner: 示例便民超市
illustrative: true
"""

    scheme: Annotated[str, RefTo("scheme")] = field("办法", ...)
    volunteer: Annotated[str, RefTo("volunteer")] = field("志愿者", ...)
    date: When = field("日期", ...)
    points: Annotated[Number, Field(gt=0)] = field("用去积分", ...)
    item: Line = field("兑换内容", ...)
    partner: Party | None = field("提供单位")

    @model_validator(mode="after")
    def _on_a_day(self) -> Redemption:
        if self.date.exact is None:
            raise fault("day-needed", ("date",), key="date")
        return self
