"""Organisations: party branches, alliances, associations, committees, teams, companies, units, brands."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from generator.records.base import Record
from generator.records.forms import Contact, Line, Part, RefTo, Text, When, field
from generator.records.statements import Party, Quantity

Type = Literal["党组织", "联盟", "协会", "自治组织", "物管会", "志愿队伍", "企业", "单位", "服务站", "品牌",
               "其他"]


class Tier(Part):
    """One level of an organisation's structure, from the top down."""

    name: Line = field("层级", ...)
    duty: Line | None = field("职责")
    count: Quantity | None = field("人数或个数")
    members: list[Party] = field("成员", [])


class Organisation(Record):
    """A body that acts in public: what it is, whom it belongs to, who belongs to it, what it does."""

    folder: ClassVar[str] = "organisations"
    label: ClassVar[str] = "组织"
    intro: ClassVar[str] = "公开办事的组织：居委会、业委会、物业、党支部、志愿队、共建单位。它归谁、有谁、做什么。"
    date_field: ClassVar[str] = "founded"
    columns: ClassVar[tuple[str, ...]] = ("type", "contact")
    example: ClassVar[str] = """\
title: 示例小区党支部
source: illustration
type: 党组织
area: demo-estate
founded: 2021-07
contact: 社区服务大厅
illustrative: true
"""

    type: Type = field("类别", ...)
    parent: Annotated[str, RefTo("organisation")] | None = field("上级组织")
    founded: When | None = field("成立日期")
    dissolved: When | None = field("终止日期")
    members: list[Party] = field("成员", [])
    tiers: list[Tier] = field("组织架构", [])
    backing: list[Party] = field("背后的支持（1+3）", [])
    brands: list[Line] = field("品牌与服务", [])
    duties: Text | None = field("职责")
    mechanism: Text | None = field("工作机制")
    contact: Contact | None = field("办公联系方式")
