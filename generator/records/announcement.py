"""Announcements: what is put up for objections, for how many working days, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from generator.records.base import Record, Status
from generator.records.forms import (
    Contact,
    Line,
    Name,
    Part,
    Planned,
    RefTo,
    Text,
    When,
    Whole,
    check_order,
    fault,
    field,
    has_come,
)
from generator.workdays import LONGEST, Calendar, Noticed, Term, last_day, term

LONGEST_DAYS = 400
"""No notice stands open for longer: a page lists every working day that is left."""
Days = Annotated[Whole, Field(ge=1, le=LONGEST)]


class Result(Part):
    """What came of a public notice: objections as a count, never by name; the decision, its day and its maker."""

    date: When = field("公布日期", ...)
    objections: Whole | None = field("收到异议（条）")
    decision: Text = field("处理决定", ...)
    decided_by: Name | None = field("决定单位")


class Announcement(Record):
    """A public notice: anyone may object until its last day; it stays readable afterwards, with its outcome."""

    folder: ClassVar[str] = "announcements"
    label: ClassVar[str] = "公示"
    intro: ClassVar[str] = "公示：一件事在决定前贴出来，到最后一天为止谁都可以提意见；过后连同结果留着给人看。"
    date_field: ClassVar[str] = "since"
    columns: ClassVar[tuple[str, ...]] = ("closes", "working_days")
    derived: ClassVar[dict[str, str]] = {"closes": "公示到"}
    example: ClassVar[str] = """\
title: 示例小区停车费调整公示
source: illustration
area: demo-estate
basis: 《业主大会议事规则（示例）》第八条
text: 地面车位每月由80元调整为100元，增加的钱进小区公共账。
since: 2026-11-16
working_days: 7
channel: 社区大厅意见簿，或交给楼栋长
issuer: 示例小区业委会
illustrative: true
"""

    about: list[Annotated[str, RefTo("area", "case", "document", "honour", "organisation", "project", "scheme")]] = (
        field("事关", []))
    basis: Line = field("依据", ...)
    text: Text = field("公示内容", ...)
    since: When = field("公示开始", ...)
    working_days: Days | None = field("公示工作日")
    until: Planned | None = field("公示截止")
    channel: Contact = field("异议渠道", ...)
    issuer: Name = field("公示单位", ...)
    outcome: Result | None = field("结果")

    @model_validator(mode="after")
    def _ends_somewhere(self) -> Announcement:
        if (self.working_days is None) == (self.until is None):
            raise fault("just-one", names="working_days、until")
        if self.working_days and self.since.exact is None:
            raise fault("day-needed", ("since",), key="since")
        check_order(("since", self.since), ("until", self.until))
        latest = self.since.first + timedelta(days=LONGEST_DAYS) if self.since.first else None
        if self.until and self.until.first and latest and self.until.first > latest:
            raise fault("out-of-range", ("until",), value=self.until.day, bound=f"≤ {latest}")
        told = ("outcome.date", self.outcome.date if self.outcome else None)
        check_order(("since", self.since), told, ("outcome", "date"))
        check_order(("until", self.until), told, ("outcome", "date"))
        if self.working_days and self.since.exact:
            soonest = self.since.exact + timedelta(days=self.working_days)  # weekends only make it later
            check_order((f"working_days ({soonest})", When(value=soonest.isoformat())), told, ("outcome", "date"))
        return self

    def closes(self, as_of: date) -> str:
        """Return the last day, as the library's calendar gives it; `link` puts a calendar of the content before it."""
        if self.until or not self.working_days or not self.since.exact:
            return self.until.day if self.until else ""
        return last_day(self.since.exact, self.working_days, Calendar())

    def term(self, as_of: date, calendar: Calendar) -> Term:
        """Return the notice's course."""
        return term(self.since, self.working_days, self.until, as_of, calendar)

    def traces(self) -> tuple[Noticed, ...]:
        """Return the notice as the pages of what is open need it; none where its first day is not known."""
        return (Noticed(self.since.day, self.working_days, self.until.day if self.until else ""),) if (
            self.since.day) else ()

    def status(self, as_of: date) -> Status | None:
        """Return the status word: what is over stays 办理中 until somebody has published what came of it."""
        if self.withdrawn:
            return "已撤回"
        if self.outcome and has_come(self.outcome.date, as_of):
            return "已办结"
        return "办理中" if has_come(self.since, as_of) else "未开始"
