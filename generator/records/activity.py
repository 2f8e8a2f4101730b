"""Activities: what was held, by whom, and who served how long."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal
from typing import Annotated, ClassVar

from generator.records.base import Record
from generator.records.forms import Hours, Line, Part, RefTo, When, field
from generator.records.statements import Party, Quantity


class Attendance(Part):
    """One volunteer's service at this activity."""

    volunteer: Annotated[str, RefTo("volunteer")] = field("志愿者", ...)
    hours: Hours = field("小时", ...)


class Activity(Record):
    """Something held for the public: date, place, organiser, and attendance or a reported count."""

    folder: ClassVar[str] = "activities"
    label: ClassVar[str] = "活动"
    intro: ClassVar[str] = "为大家办的一次活动：什么时候、在哪里、谁组织、来了多少人。签到和时长记在这里，积分榜来数。"
    date_field: ClassVar[str] = "date"
    columns: ClassVar[tuple[str, ...]] = ("category", "hours")
    derived: ClassVar[dict[str, str]] = {"hours": "服务小时"}
    example: ClassVar[str] = """\
title: 楼道清扫（示例）
source: illustration
area: demo-community
date: 2026-05-17
category: 环境清扫
attendance:
  - {volunteer: v-001, hours: 2}
illustrative: true
"""

    date: When | None = field("日期")
    until: When | None = field("结束日期")
    category: Line | None = field("类别")
    place: Line | None = field("地点")
    organiser: Annotated[str, RefTo("organisation")] | None = field("组织者")
    partners: list[Party] = field("参与单位", [])
    attendance: list[Attendance] = field("志愿者与服务时间", [])
    reported_count: Quantity | None = field("来源所称人数或场次")

    def hours(self, as_of: Date) -> Decimal | None:
        """Return the hours served by all listed volunteers, None when nobody is listed."""
        return sum((a.hours for a in self.attendance), Decimal(0)) if self.attendance else None
