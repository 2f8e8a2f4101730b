"""Appeals against a rating or a listing: filed, decided by somebody who did not assess, with reasons."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.records.base import Record, Status
from generator.records.forms import Name, Planned, RefTo, Text, When, fault, field, has_come

DECISION = ("decided", "decided_by", "outcome", "reasons")


class Appeal(Record):
    """Somebody objects to an assessment or a listing; pending until decided, with decider, outcome and reasons."""

    folder: ClassVar[str] = "appeals"
    label: ClassVar[str] = "申诉"
    intro: ClassVar[str] = "对评定或红黑榜提出的申诉：谁提的、理由是什么、什么时候由谁怎样答复。"
    opaque: ClassVar[bool] = True
    date_field: ClassVar[str] = "filed"
    columns: ClassVar[tuple[str, ...]] = ("against", "outcome")
    example: ClassVar[str] = """\
title: 对星级评定的申诉（示例）
source: illustration
against: assessment/demo-2026-53
filed: 2026-06-20
filed_by: 房东（身份已核）
grounds: 检查当天的杂物是租户临时放的，当晚已清走。
due: 2026-07-11
decided: 2026-07-03
decided_by: 示例街道复核组
outcome: 维持
reasons: 两次检查相隔十天，照片显示同一处堆物。
illustrative: true
"""

    against: Annotated[str, RefTo("assessment", "listing")] = field("针对", ...)
    filed: When = field("提出日期", ...)
    filed_by: Name = field("提出人", ...)
    grounds: Text = field("理由", ...)
    due: Planned = field("应在何日前决定", ...)
    decided: When | None = field("决定日期")
    decided_by: Name | None = field("决定人")
    outcome: Literal["维持", "撤销", "改判"] | None = field("结果")
    reasons: Text | None = field("决定理由")
    new_assessment: Annotated[str, RefTo("assessment")] | None = field("改判后的评定")

    @model_validator(mode="after")
    def _decided_whole(self) -> Appeal:
        given = [name for name in DECISION if getattr(self, name) is not None]
        if given and len(given) < len(DECISION):
            lacking = "、".join(name for name in DECISION if name not in given)
            raise fault("appeal-incomplete", (given[0],), names=lacking)
        if (self.outcome == "改判") != (self.new_assessment is not None):
            raise fault("appeal-incomplete", ("outcome",) if self.outcome else ("new_assessment",),
                        names="outcome: 改判、new_assessment")
        if self.due.last and self.filed.first and self.due.last < self.filed.first:
            raise fault("dates-reversed", ("due",), earlier="due", later="filed")
        if self.decided and self.decided.last and self.filed.first and self.decided.last < self.filed.first:
            raise fault("dates-reversed", ("decided",), earlier="decided", later="filed")
        return self

    def is_pending(self, as_of: date) -> bool:
        """Whether it was filed and not yet decided on `as_of`."""
        return not self.withdrawn and has_come(self.filed, as_of) and not has_come(self.decided, as_of)

    def status(self, as_of: date) -> Status | None:
        """Return 办理中 until it is decided."""
        return super().status(as_of) or ("办理中" if self.is_pending(as_of) else "已办结")

    def overdue_days(self, as_of: date) -> int:
        """Return by how many days the decision is late, or was."""
        end = as_of if self.is_pending(as_of) or not self.decided else self.decided.first
        return max(0, (end - self.due.last).days) if end and self.due.last and not self.withdrawn else 0
