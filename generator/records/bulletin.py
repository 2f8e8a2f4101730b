"""Bulletins: the editor's comment on a week, a half-month or a month; the figures are computed, never typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.periods import span
from generator.records.base import Promise, Record
from generator.records.forms import Line, Part, Period, Planned, RefTo, Text, When, fault, field, has_come
from generator.records.statements import Party

SERIES = {"一周一调度": "week", "半月一通报": "half-month", "一月一点评": "month"}
"""The three series, and how long a period of each is."""
WRITTEN = {"一周一调度": "2026-W47", "半月一通报": "2026-11-b", "一月一点评": "2026-11"}


class Ask(Part):
    """Something assigned: who is to do what by when; `done` once it is."""

    what: Line = field("交办事项", ...)
    responsible: Party = field("由谁办", ...)
    due: Planned = field("限期", ...)
    done: When | None = field("办到日期")
    result: Line | None = field("结果")

    @model_validator(mode="after")
    def _by_some_day(self) -> Ask:
        if self.due.last is None:
            raise fault("day-needed", ("due",), key="due")
        return self

    def standing(self, as_of: date) -> Literal["办到", "逾期", "未到期"]:
        """Return how it stands on a day, in one word."""
        if has_come(self.done, as_of):
            return "办到"
        return "逾期" if self.due.last and self.due.last < as_of else "未到期"


class Bulletin(Record):
    """What the editor says of one period of one place; once frozen, its figures stand in the `.json` beside it.

    closed, rows, seal: written by `gongshi close`, never by hand.
    """

    folder: ClassVar[str] = "bulletins"
    label: ClassVar[str] = "简报"
    intro: ClassVar[str] = "某地某一期的简报，编辑写要说的话，数字由网站算。定稿以后不再改，改正写更正。"
    date_field: ClassVar[str] = "published"
    columns: ClassVar[tuple[str, ...]] = ("series", "period")
    example: ClassVar[str] = """\
title: 示例小区 2026年11月点评
source: illustration
area: demo-estate
series: 一月一点评
period: 2026-11
published: 2026-12-02
comment: 办得快了，确认得少了：办完当天就请反映人看一看。
asks:
  - {what: 把还没问到的五户问到, responsible: 示例社区居委会, due: 2026-12-10}
illustrative: true
"""

    series: Literal["一周一调度", "半月一通报", "一月一点评"] = field("系列", ...)
    period: Period = field("哪一期", ...)
    scheme: Annotated[str, RefTo("scheme")] | None = field("办法")
    published: When = field("发布日期", ...)
    comment: Text | None = field("点评")
    asks: list[Ask] = field("交办", [])
    closed: When | None = field("定稿日期")
    rows: Line | None = field("结果的摘要")
    seal: Line | None = field("封签")

    @model_validator(mode="after")
    def _one_period_of_one_place(self) -> Bulletin:
        if self.area is None:
            raise fault("missing-key", key="area", label="所在地")
        if _length(self.period) != SERIES[self.series]:
            raise fault("other-period", ("period",), value=self.period, series=self.series,
                        example=WRITTEN[self.series])
        if self.published.last and self.published.last < span(self.period)[0]:
            raise fault("dates-reversed", ("published",), earlier="published", later="period")
        if len({self.closed is None, self.rows is None, self.seal is None}) > 1:
            raise fault("one-with-another", names="closed、rows、seal")
        return self

    def is_published(self, as_of: date) -> bool:
        """Whether the day of publishing has come."""
        return has_come(self.published, as_of)

    def promises(self, as_of: date) -> Iterator[Promise]:
        """Yield what was assigned, by when."""
        for index, ask in enumerate(self.asks):
            if ask.due.last and not (ask.done and not ask.done.first):
                done = ask.done.first.isoformat() if ask.done and ask.done.first else ""
                yield Promise(ask.due.last.isoformat(), "", done, f"asks/{index}", ask.what)


def _length(period: str) -> str:
    """Return how long a period is, empty for one that no series has."""
    part = period[5:]
    if part.startswith("W"):
        return "week"
    return {2: "month", 4: "half-month"}.get(len(part), "") if part[:1].isdigit() else ""
