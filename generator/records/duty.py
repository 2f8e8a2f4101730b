"""Duties: what must be public, by whom, how often and until when, and how a period is recognised as met."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field, model_validator

from generator.periods import EVERY, in_words, periods, span
from generator.records import kinds
from generator.records.base import Record
from generator.records.forms import Id, Line, Name, Part, Period, RefTo, Text, When, Whole, fault, field, has_come

ANY = ("activity", "agreement", "announcement", "assessment", "bulletin", "case", "document", "donation", "fund",
       "honour", "indicator", "inspection", "meeting", "need", "outcome", "project", "scheme", "service")


class Span(NamedTuple):
    """One period of a duty: its name, its days, the last day on which publishing it is in time, and in words."""

    period: str
    first: date
    last: date
    due: date
    words: str


class Published(Part):
    """One period's publication: the record that holds it, and the day on which it was out."""

    period: Period = field("时期", ...)
    record: Annotated[str, RefTo(*ANY)] = field("公开的记录", ...)
    date: When = field("公开日期", ...)


class Recognised(Part):
    """Which records meet the duty: of this kind, in this place or below it, dated in the period or right after it.

    A kind whose records are about a period (bulletins, outcomes) is matched by that, whatever its date.
    after: 期内 is what happens in the period; 期后 what is told of it, dated before the next period is over.
    """

    kind: Id = field("记录类别", ...)
    area: Annotated[str, RefTo("area")] | None = field("地方")
    organisation: Annotated[str, RefTo("organisation")] | None = field("单位")
    after: Literal["期内", "期后"] = field("记录的日期在", "期后")

    @model_validator(mode="after")
    def _kind_exists(self) -> Recognised:
        if self.kind not in kinds():
            raise fault("not-one-of", ("kind",), value=self.kind, near="", allowed="、".join(kinds()))
        return self


class Duty(Record):
    """Something that must be public again and again; its missing and late periods stand on the disclosure page."""

    folder: ClassVar[str] = "duties"
    label: ClassVar[str] = "应公开事项"
    intro: ClassVar[str] = "按规定要一期一期公开的一件事：多久一次、谁负责、每期什么时候公开的。缺的和晚的会列出来。"
    columns: ClassVar[tuple[str, ...]] = ("every", "next_due")
    derived: ClassVar[dict[str, str]] = {"next_due": "下一期最迟"}
    example: ClassVar[str] = """\
title: 楼栋自治经费收支按月公开（示例）
source: illustration
area: demo-estate
what: 上月收入、支出和结余。
by_words: 示例小区15栋自治委员会
basis: 《楼栋自治经费办法（示例）》第六条
every: 每月
within_days: 10
since: "2026-08"
published:
  - {period: 2026-08, record: document/the-example, date: 2026-09-08}
illustrative: true
"""

    what: Text = field("公开什么", ...)
    by: Annotated[str, RefTo("organisation")] | None = field("公开单位")
    by_words: Name | None = field("公开单位（未立档）")
    basis: Line = field("依据", ...)
    every: Literal["每周", "每半月", "每月", "每季度", "每半年", "每年"] = field("多久公开一次", ...)
    within_days: Annotated[Whole, Field(le=366)] = field("期满后几天内", ...)
    since: Period = field("从哪一期起", ...)
    until: Period | None = field("到哪一期止")
    met_by: Recognised | None = field("怎样算已公开")
    published: list[Published] = field("已公开的各期", [])

    @model_validator(mode="after")
    def _periods_fit(self) -> Duty:
        if self.by is None and self.by_words is None:
            raise fault("one-of", names="by、by_words")
        for name, period in (("since", self.since), ("until", self.until)):
            if period and shape_of(period) != self.every:
                raise fault("period-of-other-length", (name,), value=period, every=self.every)
        for index, one in enumerate(self.published):
            if one.date.exact is None:
                raise fault("day-needed", ("published", index, "date"), key="date")
            if shape_of(one.period) != self.every:
                raise fault("period-of-other-length", ("published", index, "period"), value=one.period,
                            every=self.every)
            if one.period in (other.period for other in self.published[:index]):
                raise fault("said-twice", ("published", index, "period"), value=one.period)
            if one.date.exact < span(one.period)[0]:
                raise fault("dates-reversed", ("published", index, "date"), earlier="date", later="period")
        if self.until and span(self.until)[0] < span(self.since)[0]:
            raise fault("dates-reversed", ("until",), earlier="until", later="since")
        return self

    def period_words(self, period: str) -> str:
        """Return a period in words."""
        return in_words(period)

    def spans(self, as_of: date) -> list[Span]:
        """Return the periods that have begun by `as_of`, oldest first."""
        end = min(span(self.until)[0], as_of) if self.until else as_of
        return [self._span(period) for period in periods(EVERY[self.every], span(self.since)[0], end)]

    def next_due(self, as_of: date) -> str:
        """Return the next day by which something must be public, and of which period it is; empty after the last."""
        done = {one.period for one in self.published if has_come(one.date, as_of)}
        return next((f"{one.due}（{one.words}）" for one in self.spans(as_of)
                     if one.due >= as_of and one.period not in done), "")

    def _span(self, period: str) -> Span:
        first, last = span(period)
        return Span(period, first, last, last + timedelta(days=self.within_days), in_words(period))


def shape_of(period: str) -> str:
    """Return how often periods of this form come: 每周 for `2026-W47`."""
    part = period[5:]
    if part[:1] in ("W", "Q", "H"):
        return {"W": "每周", "Q": "每季度", "H": "每半年"}[part[0]]
    return "每半月" if part.endswith(("-a", "-b")) else "每月" if part else "每年"
