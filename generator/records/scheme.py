"""Schemes: the rules of boards and star ratings, as data; and mechanisms that are only described."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from generator.records.base import (
    Flag,
    Line,
    Number,
    Part,
    Planned,
    Record,
    RefTo,
    Text,
    When,
    Whole,
    fault,
    field,
    has_come,
)


class Measure(Part):
    """What is counted: `take` over the records of a kind, or over the rows of one of its lists.

    `over` is `kind` or `kind.list`; `subject` is the field there that names who is credited (`self` for the
    record itself); `of` is the number that is taken (for `sum`); `date` is the field that puts it into a period.
    """

    label: Line = field("名称", ...)
    over: Line = field("取自", ...)
    subject: Line = field("记给", ...)
    take: Literal["count", "sum"] = field("算法", ...)
    of: Line | None = field("取值")
    date: Line | None = field("日期字段")
    weight: Number = field("每单位得分", "1", validate_default=True)
    unit: Line | None = field("单位")


class Criterion(Part):
    """One criterion of a star rating and the points it can earn."""

    id: Line = field("代号", ...)
    label: Line = field("项目", ...)
    max: Whole = field("满分", ...)
    standard: Line | None = field("标准")
    remedy: Line | None = field("怎样提高")


class Band(Part):
    """From `floor` points on: so many stars, and the word for them."""

    floor: Whole = field("起点分", ...)
    stars: Annotated[Whole, Field(le=5)] | None = field("星级")
    word: Line = field("说法", ...)
    failing: Flag = field("不合格", False)


class Clause(Part):
    """One step or rule of a mechanism, in plain words."""

    name: Line = field("环节", ...)
    text: Line | None = field("内容")


class Scheme(Record):
    """The rule of a board or a star rating, or a mechanism in words; with version, effect and remedy."""

    folder: ClassVar[str] = "schemes"
    label: ClassVar[str] = "办法"
    date_field: ClassVar[str] = "effective"
    columns: ClassVar[tuple[str, ...]] = ("form_name", "issuer")
    derived: ClassVar[dict[str, str]] = {"form_name": "形式"}
    example: ClassVar[str] = """\
title: 志愿积分榜（示例）
source: illustration
form: leaderboard
subject: volunteer
rule: 服务 1 小时得 1 分，按当年积分从高到低排列。
period: year
measures:
  - {label: 活动服务, over: activity.attendance, subject: volunteer, take: sum, of: hours, unit: 小时}
version: "1"
effective: 2026-01-01
illustrative: true
"""

    form: Literal["leaderboard", "stars", "mechanism"] = field("形式", ...)
    rule: Line = field("一句话规则", ...)
    subject: Line | None = field("评谁")
    only: dict[str, Line] = field("只评", {})
    period: Literal["month", "quarter", "half-year", "year", "all"] = field("周期", "all")
    measures: list[Measure] = field("计分项", [])
    criteria: list[Criterion] = field("评分项", [])
    bands: list[Band] = field("等级", [])
    valid_months: Whole | None = field("评定有效期（月）", le=600)
    minimum: Whole = field("最低样本", 1)
    clauses: list[Clause] = field("环节", [])
    remedy: Text | None = field("怎样提高")
    issuer: Line | None = field("制定单位")
    document: Annotated[str, RefTo("document")] | None = field("依据文件")
    version: Line | None = field("版本")
    effective: When | None = field("施行日期")
    ends: Planned | None = field("停止施行")

    @model_validator(mode="after")
    def _whole(self) -> Scheme:
        if self.form == "leaderboard" and not (self.subject and self.measures):
            raise fault("scheme-incomplete", ("form",), needs="subject、measures")
        if self.form == "stars" and not (self.subject and self.criteria and self.bands):
            raise fault("scheme-incomplete", ("form",), needs="subject、criteria、bands")
        if self.only and self.form == "mechanism":
            raise fault("scheme-incomplete", ("only",), needs="form: leaderboard / stars")
        floors = [b.floor for b in self.bands]
        if floors and (floors[0] != 0 or floors != sorted(set(floors))):
            raise fault("band-gap", ("bands",))
        if self.bands and self.criteria and floors[-1] > sum(c.max for c in self.criteria):
            raise fault("band-out-of-reach", ("bands", len(floors) - 1, "floor"), top=floors[-1],
                        sum=sum(c.max for c in self.criteria))
        if len({c.id for c in self.criteria}) != len(self.criteria):
            raise fault("same-criterion", ("criteria",))
        return self

    def form_name(self, as_of: date) -> str:
        """Return the form in words."""
        return {"leaderboard": "榜单", "stars": "星级评定", "mechanism": "工作机制"}[self.form]

    def has_begun(self, as_of: date) -> bool:
        """Whether the scheme is in effect by `as_of`; one without a date always was."""
        return self.effective is None or has_come(self.effective, as_of)

    def counts(self, day: str) -> bool:
        """Whether what happened on a day counts: not once the scheme has ended."""
        return self.ends is None or self.ends.last is None or day <= self.ends.last.isoformat()
