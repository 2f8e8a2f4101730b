"""Services: what residents can use, where and when, at what price, and whom to ask."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import (
    Contact,
    Line,
    Part,
    Planned,
    RefTo,
    Sum,
    Text,
    When,
    check_order,
    fault,
    field,
    has_come,
)
from generator.records.statements import Party


class Price(Part):
    """What one thing costs; `words` where the source gives no amount."""

    item: Line = field("项目", ...)
    amount: Sum | None = field("价格")
    per: Line | None = field("单位")
    words: Line | None = field("原文")


class Service(Record):
    """A service for residents: place, opening times, price, provider, how to book, and the office to ask."""

    folder: ClassVar[str] = "services"
    label: ClassVar[str] = "服务"
    intro: ClassVar[str] = "给居民的一项服务：在哪里、几点开、收不收钱、谁提供、怎么预约、找谁问。"
    date_field: ClassVar[str] = "since"
    columns: ClassVar[tuple[str, ...]] = ("charge", "hours", "state")
    derived: ClassVar[dict[str, str]] = {"state": "现在"}
    example: ClassVar[str] = """\
title: 便民理发（示例）
source: illustration
area: demo-community
charge: 低偿
prices: [{item: 理发, amount: "5.00", per: 次}]
place: 示例社区党群服务中心一楼
hours: 每周三上午
booking: 到一楼大厅登记
contact: 一楼大厅
since: 2026-03-01
illustrative: true
"""

    category: Line | None = field("类别")
    charge: Literal["免费", "公益", "低偿", "公益+低偿", "有偿"] | None = field("收费方式")
    prices: list[Price] = field("价格", [])
    audience: Line | None = field("为谁")
    place: Line | None = field("地点")
    hours: Line | None = field("时间")
    booking: Line | None = field("怎样预约")
    contact: Contact | None = field("办公联系方式")
    providers: list[Party] = field("谁提供", [])
    offers: Text | None = field("做什么")
    scheme: Annotated[str, RefTo("scheme")] | None = field("按哪个办法")
    since: When | None = field("开办")
    ended: Planned | None = field("停办")

    @model_validator(mode="after")
    def _free_is_free(self) -> Service:
        paid = next((i for i, price in enumerate(self.prices) if price.amount), None)
        if self.charge == "免费" and paid is not None:
            raise fault("free-with-price", ("prices", paid, "amount"))
        check_order(("since", self.since), ("ended", self.ended))
        return self

    def state(self, as_of: date) -> str | None:
        """Return whether it is offered on `as_of`; None where the source gives no day of opening or closing."""
        if has_come(self.ended, as_of):
            return "已停办"
        if not self.since:
            return None
        return "在办" if has_come(self.since, as_of) else "还没有开办"
