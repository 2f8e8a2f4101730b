"""Schemes: the rules of boards, star ratings and lists, as data; and mechanisms that are only described."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from generator.records.area import Level
from generator.records.base import Record
from generator.records.forms import Flag, Line, Number, Part, Planned, RefTo, Text, When, Whole, fault, field, has_come
from generator.records.statements import Party

Take = Literal["count", "sum", "mean", "median", "ratio", "within_days", "latest"]
NEEDS: dict[str, tuple[str, ...]] = {
    "count": (), "sum": ("of",), "mean": ("of",), "median": ("of",), "ratio": ("of",), "latest": ("of",),
    "within_days": ("of", "since", "days")}
"""What each way of counting takes besides the records themselves."""
_RANKED = {"measures", "compares", "scope", "months", "per", "direction", "ties", "decimals", "minimum", "list_all"}
ONLY_FOR: dict[str, set[str]] = {
    "leaderboard": {*_RANKED, "period", "full", "bands", "exempt", "perks"},
    "stars": {"criteria", "bands", "full", "exempt", "valid_months", "appeal_days"},
    "list": {"longest_months", "stays_days", "appeal_days"}, "mechanism": {"period", "perks"}}
"""The fields that make sense for some forms only."""
COMPARED = {"measures", "scope", "per", "full", "minimum", "list_all"}
"""What a board that compares another takes from that one."""
FORMS = {"leaderboard": "榜单", "stars": "星级评定", "list": "红黑榜", "mechanism": "工作机制"}


class Measure(Part):
    """What is counted: `take` over the records of a kind, or over the rows of one of its lists.

    `over` is `kind` or `kind.list`; `subject` is the field there that names who is credited (`self` for the record
    itself, `volunteer.team` for what the named record names in turn); `of` is what is taken: a number, for `ratio`
    a yes or no, for `within_days` a date, counted from `since`. `date` is the field that puts it into a period.

    A value becomes points by `weight` for each unit of it; with `worst` and `best` it becomes the share of the way
    from the one to the other, times `weight`. `floor` and `cap` bound the points.
    """

    label: Line = field("名称", ...)
    over: Line = field("取自", ...)
    subject: Line = field("记给", ...)
    take: Take = field("算法", ...)
    of: Line | None = field("取值")
    since: Line | None = field("起算日期")
    days: Whole | None = field("天数以内", ge=1)
    where: dict[str, Line] = field("只计", {})
    date: Line | None = field("日期字段")
    unit: Line | None = field("单位")
    weight: Number = field("每单位得分", "1", validate_default=True)
    worst: Number | None = field("最差值（得 0 分）")
    best: Number | None = field("最好值（得满分）")
    floor: Number | None = field("最少得分")
    cap: Number | None = field("最多得分")

    @model_validator(mode="after")
    def _whole(self) -> Measure:
        for name in ("of", "since", "days"):
            if (getattr(self, name) is not None) != (name in NEEDS[self.take]):
                raise fault("measure-needs", (name,) if getattr(self, name) is not None else ("take",),
                            take=self.take, names="、".join(NEEDS[self.take]) or "—")
        if (self.worst is None) != (self.best is None):
            raise fault("measure-needs", ("best" if self.worst is None else "worst",), take=self.take,
                        names="worst、best")
        if self.worst is not None and self.worst == self.best:
            raise fault("zero-divisor", ("worst",), what="worst、best")
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise fault("floor-over-cap", ("floor",), floor=str(self.floor), cap=str(self.cap))
        return self

    @property
    def is_share(self) -> bool:
        """Whether its points run from nothing to `weight`, so that weights can add up to a full mark."""
        return self.worst is not None or self.take in ("ratio", "within_days")

    @property
    def is_plain(self) -> bool:
        """Whether each record simply adds its points, so that they can be saved and spent one by one."""
        bounds = (self.worst, self.floor, self.cap)
        return self.take in ("count", "sum") and all(bound is None for bound in bounds)

    @property
    def top(self) -> Decimal | None:
        """The most points that it can give, None where there is no such bound."""
        if not self.is_share:
            return self.cap
        top = max(self.weight, self.floor if self.floor is not None else Decimal(0), Decimal(0))
        return top if self.cap is None else min(top, self.cap)


class Per(Part):
    """Values are taken per so many of a number that the subject itself states exactly, as per 100 households."""

    of: Line = field("按哪一项", ...)
    amount: Whole = field("每多少", 100, ge=1)
    unit: Line | None = field("单位")


class Exemption(Part):
    """A subject that the scheme does not assess, and why."""

    subject: Annotated[str, RefTo("area", "organisation", "person", "project", "volunteer")] = field("对象", ...)
    reason: Line = field("免评理由", ...)
    since: When | None = field("自")
    until: Planned | None = field("至")


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


class Perk(Part):
    """What points can be spent on, or what they entitle to; `points` is missing where the source does not tell."""

    name: Line = field("礼遇或物品", ...)
    points: Number | None = field("所需积分")
    partner: Party | None = field("提供单位")
    condition: Line | None = field("条件")


class Scheme(Record):
    """The rule of a board, a star rating or a red and black list, or a mechanism in words; with version and remedy.

    A new version is a record of its own that `replaces` the one before; results stay under the version of their time.
    """

    folder: ClassVar[str] = "schemes"
    label: ClassVar[str] = "办法"
    intro: ClassVar[str] = "榜单、星级、红黑榜的办法，或一套工作机制：怎么算、怎么评、从哪天起用。网站照它来算。"
    date_field: ClassVar[str] = "effective"
    columns: ClassVar[tuple[str, ...]] = ("form_name", "version", "issuer")
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

    form: Literal["leaderboard", "stars", "list", "mechanism"] = field("形式", ...)
    rule: Line = field("一句话规则", ...)
    subject: Line | None = field("评谁")
    only: dict[str, Line] = field("只评", {})
    scope: Level | None = field("各自排名的范围")
    period: Literal["week", "half-month", "month", "quarter", "half-year", "year", "rolling", "all"] = field(
        "周期", "all")
    months: Whole | None = field("滚动月数", ge=1, le=120)
    measures: list[Measure] = field("计分项", [])
    compares: Annotated[str, RefTo("scheme")] | None = field("比较哪个榜的进步")
    per: Per | None = field("折算")
    full: Whole | None = field("满分", ge=1)
    direction: Literal["high", "low"] = field("好的方向", "high")
    ties: Literal["standard", "dense"] = field("并列", "standard")
    decimals: Whole = field("小数位", 2, le=6)
    minimum: Whole = field("最低样本", 1)
    list_all: Flag = field("没有记录的也列出", False)
    exempt: list[Exemption] = field("免评", [])
    criteria: list[Criterion] = field("评分项", [])
    bands: list[Band] = field("等级", [])
    valid_months: Whole | None = field("评定有效期（月）", ge=1, le=600)
    appeal_days: Whole | None = field("申诉期限（天）", ge=1, le=365)
    longest_months: Whole = field("上榜最长（月）", 12, ge=1, le=60)
    stays_days: Whole = field("整改核实后保留（天）", 0, le=365)
    clauses: list[Clause] = field("环节", [])
    perks: list[Perk] = field("积分能做什么", [])
    remedy: Text | None = field("怎样提高")
    issuer: Line | None = field("制定单位")
    document: Annotated[str, RefTo("document")] | None = field("依据文件")
    replaces: Annotated[str, RefTo("scheme")] | None = field("取代的版本")
    changed: Text | None = field("这一版改了什么")
    version: Line | None = field("版本")
    effective: When | None = field("施行日期")
    ends: Planned | None = field("停止施行")

    @model_validator(mode="after")
    def _whole(self) -> Scheme:
        if self.form == "leaderboard" and not (self.subject and (self.measures or self.compares)):
            raise fault("scheme-incomplete", ("form",), needs="subject、measures")
        if self.form == "stars" and not (self.subject and self.criteria and self.bands):
            raise fault("scheme-incomplete", ("form",), needs="subject、criteria、bands")
        if self.form == "list" and not self.subject:
            raise fault("scheme-incomplete", ("form",), needs="subject")
        others = set().union(*ONLY_FOR.values()) - ONLY_FOR[self.form]
        for name in sorted(others | (COMPARED if self.compares else set())):
            if getattr(self, name) != type(self).model_fields[name].get_default(call_default_factory=True):
                raise fault("wrong-field", (name,), key=name, form=FORMS[self.form])
        if self.form == "mechanism" and (self.only or self.subject):
            raise fault("wrong-field", ("only",) if self.only else ("subject",), key="subject、only",
                        form=FORMS[self.form])
        if (self.period == "rolling") != (self.months is not None):
            raise fault("scheme-incomplete", ("period",), needs="period: rolling、months")
        if self.compares and self.period in ("all", "rolling"):
            raise fault("scheme-incomplete", ("compares",), needs="period")
        if self.replaces and not (self.effective and self.effective.exact):
            raise fault("scheme-incomplete", ("replaces",), needs="effective: 2026-01-01")
        if len({c.id for c in self.criteria}) != len(self.criteria):
            raise fault("same-criterion", ("criteria",))
        for name in ("criteria", "measures"):
            if len({part.label for part in getattr(self, name)}) != len(getattr(self, name)):
                raise fault("same-criterion", (name,))
        return self

    @model_validator(mode="after")
    def _bands_in_order(self) -> Scheme:
        floors = [b.floor for b in self.bands]
        if floors and (floors[0] != 0 or floors != sorted(set(floors))):
            raise fault("band-gap", ("bands",))
        stars = [b.stars for b in self.bands if b.stars is not None]
        if stars != sorted(stars):
            raise fault("stars-fall", ("bands",))
        if self.bands and self.direction == "low":
            raise fault("bands-upside-down", ("direction",))
        top = self.top()
        if top is not None and floors and floors[-1] > top:
            raise fault("band-out-of-reach", ("bands", len(floors) - 1, "floor"), top=floors[-1], sum=str(top))
        return self

    @model_validator(mode="after")
    def _weights_full(self) -> Scheme:
        if self.full is None:
            return self
        for index, measure in enumerate(self.measures):
            if not measure.is_share or measure.weight < 0:
                raise fault("weight-unbounded", ("measures", index), value=measure.label)
        top = self.top()
        if top != self.full:
            raise fault("weights-not-full", ("full",), full=self.full, sum=str(top or 0))
        return self

    def top(self) -> Decimal | None:
        """Return the most points that can be earned, None where there is no such bound."""
        if self.criteria:
            return Decimal(sum(c.max for c in self.criteria))
        tops = [m.top for m in self.measures] if self.per is None else []
        return sum((t for t in tops if t is not None), Decimal(0)) if tops and None not in tops else None

    def form_name(self, as_of: date) -> str:
        """Return the form in words."""
        return FORMS[self.form]

    def has_begun(self, as_of: date) -> bool:
        """Whether the scheme is in effect by `as_of`; one without a date always was."""
        return self.effective is None or has_come(self.effective, as_of)

    def counts(self, day: str) -> bool:
        """Whether what happened on a day counts: not once the scheme has ended."""
        return self.ends is None or self.ends.last is None or day <= self.ends.last.isoformat()

    def begins(self) -> str:
        """Return the day from which it is in force, as ISO text; empty for one that always was."""
        return self.effective.day if self.effective else ""


def root_of(id: str, schemes: Mapping[str, Scheme]) -> str:
    """Return the id of the first version of a scheme."""
    seen = {id}
    while (before := schemes[id].replaces) in schemes and before not in seen:
        assert before is not None
        seen.add(before)
        id = before
    return id
