"""Resources: what somebody has to give or to lend (rooms, posts, goods, hands), for needs to be matched with."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import Contact, Line, Planned, When, check_order, field, has_come
from generator.records.statements import Party, Quantity


class Resource(Record):
    """Something on the list of resources: what, how much, whose, until when; needs refer to it once it meets them."""

    folder: ClassVar[str] = "resources"
    label: ClassVar[str] = "资源"
    intro: ClassVar[str] = "资源清单上的一项：是什么、有多少、谁提供、到哪天为止。它满足了哪项需求，由需求来写。"
    date_field: ClassVar[str] = "offered"
    columns: ClassVar[tuple[str, ...]] = ("category", "quantity", "state")
    derived: ClassVar[dict[str, str]] = {"state": "现在"}
    example: ClassVar[str] = """\
title: 会议室晚间可借用（示例）
source: illustration
area: demo-community
category: 场地
quantity: {words: 30个座位, number: 30, unit: 个}
providers: [示例社区居委会]
offered: 2026-03-01
illustrative: true
"""

    category: Line | None = field("类别")
    quantity: Quantity | None = field("有多少")
    providers: list[Party] = field("谁提供", [])
    offered: When | None = field("登记")
    until: Planned | None = field("可用到")
    condition: Line | None = field("怎样用")
    contact: Contact | None = field("办公联系方式")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Resource:
        check_order(("offered", self.offered), ("until", self.until))
        return self

    def state(self, as_of: date) -> str | None:
        """Return whether it can be asked for on `as_of`; None where the source gives no day at all."""
        if self.offered and not has_come(self.offered, as_of):
            return "还没有开始"
        if self.until and self.until.last:
            return "可用" if self.until.last >= as_of else "已到期"
        return "可用" if self.offered and self.offered.value else None
