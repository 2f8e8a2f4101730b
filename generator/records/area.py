"""Areas: from the city down to a building, a grid or a single house."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from generator.records.base import Record
from generator.records.forms import Flag, Line, Part, Quantity, RefTo, When, field

Level = Literal["省", "市", "区县", "镇街", "社区", "小区", "楼栋", "单元", "网格", "房屋"]


class Coverage(Part):
    """Whether one of the three (party branch, owners' committee, property company) covers an area."""

    covered: Flag = field("是否覆盖", ...)
    by: Annotated[str, RefTo("organisation")] | None = field("由谁")
    since: When | None = field("自何时")
    words: Line | None = field("原文")


class Cover(Part):
    """三覆盖: party organisation, owners' self-government, professional property management."""

    party: Coverage | None = field("党组织")
    committee: Coverage | None = field("业委会自治")
    property: Coverage | None = field("专业物业")


class Area(Record):
    """A place that records belong to: district, street, community, estate, building, grid or house."""

    folder: ClassVar[str] = "areas"
    label: ClassVar[str] = "地方"
    columns: ClassVar[tuple[str, ...]] = ("level", "mode")
    example: ClassVar[str] = """\
title: 3栋（示例）
source: illustration
level: 楼栋
area: demo-estate
mode: 物业接管
households: {words: 48户, number: 48, unit: 户}
illustrative: true
"""

    level: Level = field("级别", ...)
    mode: Literal["物业接管", "小区自管", "社区代管", "无物业"] | None = field("管理模式")
    address: Line | None = field("地址")
    bounds: Line | None = field("四至")
    households: Quantity | None = field("户数")
    population: Quantity | None = field("人口")
    founded: When | None = field("成立")
    coverage: Cover | None = field("三覆盖")
