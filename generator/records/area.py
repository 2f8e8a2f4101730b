"""Areas: from the city down to a building, a grid or a single house."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import Flag, Line, Part, RefTo, When, Whole, fault, field
from generator.records.statements import Quantity

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

    def told(self) -> list[tuple[str, Coverage | None]]:
        """Return the three by name, None for one of which nothing is told."""
        return [("党组织", self.party), ("业委会自治", self.committee), ("专业物业", self.property)]


class Shape(Part):
    """One thing drawn on a plan: a place of this site, or a road, gate, green or other thing with a name."""

    area: Annotated[str, RefTo("area")] | None = field("地方")
    kind: Literal["楼栋", "片区", "道路", "出入口", "绿地", "设施"] = field("种类", "楼栋")
    label: Line = field("图上的字", ...)
    x: Whole = field("左", ...)
    y: Whole = field("上", ...)
    w: Whole = field("宽", ..., ge=1)
    h: Whole = field("高", ..., ge=1)

    def middle(self) -> tuple[int, int]:
        """Return the point around which its words stand: its middle, the upper edge of one that holds buildings."""
        return self.x + self.w // 2, self.y + (16 if self.kind == "片区" else self.h // 2)

    def foot(self) -> tuple[int, int]:
        """Return the point near the lower edge where a sign stands."""
        return self.x + self.w // 2, self.y + self.h - 15

    def is_upright(self) -> bool:
        """Whether its words run from top to bottom."""
        return self.kind in ("道路", "绿地") and self.h > 2 * self.w


DOORS = ("楼栋", "单元", "房屋")
"""Levels with a number on a door; all others are found by name."""


def is_door(level: str, above: str | None) -> bool:
    """Whether a place has its number below something that is found by name."""
    return level in DOORS and above is not None


def spelled(name: str) -> str:
    """Return a name as spelled in pinyin.

    Asked for while records are read, as `reading` is: the dictionary takes 58 MB and 0.13 s in each process that needs
    it, and the main process would hand it to every worker.
    """
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name.lstrip("“《「 ")))


@cache
def reading(char: str) -> str:
    """Return a character and how it is spelled in pinyin, `长chang zhang`; empty for one that has no reading."""
    if not "\u3400" <= char <= "\u9fff":
        return ""
    from pypinyin import Style, pinyin

    found = dict.fromkeys(r for some in pinyin(char, style=Style.NORMAL, heteronym=True) for r in some)
    return "" if char in found else char + " ".join(one.replace("ü", "v") for one in found)


class Plan(Part):
    """A schematic plan, in units of its own: 100 units are a third of a phone's width. It shows what lies beside what.

    The note says how far positions are true.
    """

    width: Whole = field("图宽", ..., ge=100, le=400)
    height: Whole = field("图高", ..., ge=50, le=800)
    note: Line = field("图的说明", "示意图，位置和大小不代表实际")
    shapes: list[Shape] = field("图上的东西", ..., min_length=1)

    @model_validator(mode="after")
    def _shapes_lie_inside(self) -> Plan:
        for index, shape in enumerate(self.shapes):
            if shape.x + shape.w > self.width or shape.y + shape.h > self.height:
                raise fault("outside-plan", ("shapes", index), label=shape.label, width=self.width, height=self.height)
        return self

    def ground(self) -> list[Shape]:
        """Return what lies below the buildings: parts of the estate, roads, greens, gates."""
        return [s for s in self.shapes if s.kind != "楼栋"]

    def places(self) -> list[Shape]:
        """Return what has, or should have, a page of its own, in the order of the file."""
        return [s for s in self.shapes if s.area or s.kind == "楼栋"]

    def buildings(self) -> list[Shape]:
        """Return the buildings, in the order of the file."""
        return [s for s in self.shapes if s.kind == "楼栋"]


class Area(Record):
    """A place that records belong to: district, street, community, estate, building, grid or house."""

    folder: ClassVar[str] = "areas"
    label: ClassVar[str] = "地方"
    intro: ClassVar[str] = "地方：街道、社区、小区、楼栋、网格或一处房屋。别的记录写了所在地，就在它的页面和告示上。"
    columns: ClassVar[tuple[str, ...]] = ("level", "mode", "address", "party", "committee", "property")
    unlisted: ClassVar[tuple[str, ...]] = ("address", "party", "committee", "property")
    derived: ClassVar[dict[str, str]] = {"party": "党组织", "committee": "业委会自治", "property": "专业物业"}
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
    grid: Annotated[str, RefTo("area")] | None = field("所属网格")
    unit: Annotated[str, RefTo("organisation")] | None = field("网格责任单位")
    plan: Plan | None = field("平面示意图")

    def upshot(self, as_of: date) -> str:
        """Return what one learns here."""
        return "谁负责、办什么"

    def traces(self) -> tuple[str, ...]:
        """Return how the name is spelled, for lists by initial, then the reading of each character it is found by.

        A door has but a number, and is on no such list.
        """
        chars = {*self.title, *(self.address or "")}
        return ("" if is_door(self.level, self.area) else spelled(self.title),
                *sorted(filter(None, map(reading, chars))))

    def party(self, as_of: date) -> str | None:
        """Return whether a party organisation covers the place, None where nothing is told."""
        return self._covered("党组织")

    def committee(self, as_of: date) -> str | None:
        """Return whether the owners govern themselves, None where nothing is told."""
        return self._covered("业委会自治")

    def property(self, as_of: date) -> str | None:
        """Return whether a property company covers the place, None where nothing is told."""
        return self._covered("专业物业")

    def _covered(self, name: str) -> str | None:
        cover = dict(self.coverage.told())[name] if self.coverage else None
        return None if cover is None else "已覆盖" if cover.covered else "未覆盖"
