"""Indicators: targets, actuals and reported figures, each with period, words and source."""

from __future__ import annotations

from typing import ClassVar

from generator.records.base import Record
from generator.records.forms import Line, Part, Period, Quantity, Text, When, field


class Reading(Part):
    """One period's (or one moment's) figures; each may be missing, and missing is never zero."""

    period: Period | None = field("时期")
    as_of: When | None = field("截至")
    name: Line | None = field("分项")
    target: Quantity | None = field("目标")
    actual: Quantity | None = field("实际")
    rank: Line | None = field("位次")
    note: Line | None = field("说明")


class Indicator(Record):
    """Figures that a source reports or a plan promises: never summed, always with their own words."""

    folder: ClassVar[str] = "indicators"
    label: ClassVar[str] = "指标"
    date_field: ClassVar[str] = "as_of"
    columns: ClassVar[tuple[str, ...]] = ("headline",)
    derived: ClassVar[dict[str, str]] = {"headline": "数字"}
    example: ClassVar[str] = """\
title: 网格问题办结数（示例）
source: illustration
definition: 四级联办中已办结的问题数。
as_of: 2026-06-30
readings:
  - actual: {words: 120余个, number: 120, bound: more_than, unit: 个}
illustrative: true
"""

    definition: Text | None = field("定义")
    as_of: When | None = field("截至")
    readings: list[Reading] = field("数字", ..., min_length=1)

    def headline(self, as_of: object) -> str:
        """Return the first reading's own words."""
        first = self.readings[0]
        return str(first.actual or first.target or first.rank or "")
