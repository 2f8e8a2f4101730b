"""Assessments: facts found about a subject under a scheme."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import model_validator

from generator.records.base import Record
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
    add_months,
    fault,
    field,
)


class Score(Part):
    """Points found for one criterion, with what was seen."""

    criterion: Line = field("项目", ...)
    points: Whole = field("得分", ...)
    found: Line | None = field("所见")
    records: list[Annotated[str, RefTo("activity", "case", "document", "project")]] = field("有据可查的记录", [])


class Assessment(Record):
    """One visit's findings: who assessed what, when, the points for each criterion, and the due process."""

    folder: ClassVar[str] = "assessments"
    label: ClassVar[str] = "评定"
    intro: ClassVar[str] = "一次评定：谁在哪一天按哪个办法评了谁，每一项多少分。星级从这里算出来。"
    date_field: ClassVar[str] = "date"
    columns: ClassVar[tuple[str, ...]] = ("subject", "assessor")
    derived: ClassVar[dict[str, str]] = {"points": "总分"}
    example: ClassVar[str] = """\
title: 示例一号房屋评定
source: illustration
scheme: house-stars
subject: area/demo-house-01
date: 2026-06-12
assessor: 示例社区评定小组
scores:
  - {criterion: fire, points: 28}
illustrative: true
"""

    scheme: Annotated[str, RefTo("scheme")] = field("办法", ...)
    subject: Annotated[str, RefTo("area", "organisation", "person", "project", "volunteer")] = field("对象", ...)
    date: When = field("评定日期", ...)
    assessor: Name = field("评定人", ...)
    scores: list[Score] = field("得分", ..., min_length=1)
    evidence: list[Line] = field("凭据", [])
    next_due: Planned | None = field("下次评定")
    basis: Line | None = field("依据")
    notified: When | None = field("告知日期")
    reply_channel: Contact | None = field("申辩渠道")
    reply: Text | None = field("当事人答复（未经核实）")
    decided_by: Name | None = field("决定人")
    expires: Planned | None = field("有效期至")
    rectification: Text | None = field("整改情况")
    reassesses: Annotated[str, RefTo("assessment")] | None = field("复评所针对的评定")

    @model_validator(mode="after")
    def _on_some_day(self) -> Assessment:
        if self.date.first is None:
            raise fault("day-needed", ("date",), key="date")
        return self

    def last_day(self) -> Date | None:
        """Return the last day of its own term: what fails is not told for ever."""
        return self.expires.last if self.expires else None

    def tombstone(self, as_of: Date) -> tuple[str, str] | None:
        """Return since when and why the page says no more: withdrawn, or past its own term."""
        last = self.last_day()
        gone = (last + timedelta(days=1)).isoformat() if last and last < as_of else None
        return super().tombstone(as_of) or ((gone, "有效期已过，不再公布") if gone else None)

    def valid_until(self, months: int | None) -> Date | None:
        """Return the last day on which it counts: of its own term or of the scheme's `months`, whichever ends first."""
        made = self.date.first
        ends = [self.expires.last if self.expires else None, add_months(made, months) if made and months else None]
        return min((end for end in ends if end), default=None)

    def points(self, as_of: object) -> int:
        """Return the sum of the points."""
        return sum(s.points for s in self.scores)
