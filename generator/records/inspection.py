"""Inspections: who looked at what, what was found, whether it was put right, and who made sure of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import model_validator

from generator.records.base import Event, Promise, Record, Status
from generator.records.forms import (
    Flag,
    Line,
    Name,
    Part,
    Planned,
    RefTo,
    When,
    check_order,
    fault,
    field,
    has_come,
    same_party,
)
from generator.records.statements import Party


class Remedy(Part):
    """What was done about a finding; verified by somebody other than who was to put it right."""

    date: When = field("整改日期", ...)
    what: Line | None = field("整改情况")
    evidence: list[Line] = field("整改凭据", [])
    verified: When | None = field("核实日期")
    verified_by: Name | None = field("核实人")

    @model_validator(mode="after")
    def _verified_by_somebody(self) -> Remedy:
        if (self.verified is None) != (self.verified_by is None):
            raise fault("one-with-another", ("verified",) if self.verified else ("verified_by",),
                        names="verified、verified_by")
        done, seen = self.date.first, self.verified.last if self.verified else None
        if done and seen and seen < done:
            raise fault("dates-reversed", ("verified",), earlier="verified", later="date")
        return self


class Finding(Part):
    """One thing that was found: how serious, who is to put it right by when, and what came of it."""

    what: Line = field("发现的问题", ...)
    severity: Literal["一般", "较重", "严重"] | None = field("轻重")
    responsible: Name | None = field("谁来改")
    due: Planned | None = field("限期")
    remedy: Remedy | None = field("整改")
    case: Annotated[str, RefTo("case")] | None = field("转成的办件")

    @model_validator(mode="after")
    def _not_verified_by_oneself(self) -> Finding:
        checker = self.remedy.verified_by if self.remedy else None
        if checker and self.responsible and same_party(checker, self.responsible):
            raise fault("self-verified", ("remedy", "verified_by"), value=checker)
        return self

    def status(self, as_of: Date) -> Status:
        """Return the status word: put right and verified are two."""
        if not self.remedy or not has_come(self.remedy.date, as_of):
            return "办理中"
        return "已确认" if has_come(self.remedy.verified, as_of) else "已办结"

    def overdue_days(self, as_of: Date) -> int:
        """Return the days past the deadline, until it was put right or until `as_of`."""
        mended = self.remedy and has_come(self.remedy.date, as_of)
        end = self.remedy.date.first if self.remedy and mended else as_of
        return max(0, (end - self.due.last).days) if self.due and self.due.last and end else 0


class Found(NamedTuple):
    """A finding as its page shows it on a day; no status where the source does not tell the outcome."""

    finding: Finding
    status: Status | None
    late: int


class Inspection(Record):
    """A check, joint or alone: its findings, each with rectification and a verification by somebody else."""

    folder: ClassVar[str] = "inspections"
    label: ClassVar[str] = "检查"
    intro: ClassVar[str] = "一次检查：查了哪里、查出什么、限几天改、改好没有、由谁复查。整改和复查不能是同一个人。"
    date_field: ClassVar[str] = "date"
    columns: ClassVar[tuple[str, ...]] = ("form", "told")
    derived: ClassVar[dict[str, str]] = {"told": "发现与整改"}
    example: ClassVar[str] = """\
title: 3栋楼道消防检查（示例）
source: illustration
area: demo-estate-b3
date: 2026-05-06
form: 日常巡查
inspectors: [示例社区网格员]
findings:
  - what: 灭火器过期
    severity: 较重
    responsible: 示例物业
    due: 2026-05-13
    remedy: {date: 2026-05-10, what: 换新, evidence: [照片], verified: 2026-05-12, verified_by: 示例社区}
illustrative: true
"""

    date: When | None = field("检查日期")
    form: Line | None = field("检查形式")
    place: Line | None = field("地点")
    inspectors: list[Party] = field("谁检查", ..., min_length=1)
    findings: list[Finding] = field("发现的问题", [])
    scheme: Annotated[str, RefTo("scheme")] | None = field("按哪个办法")
    outcome_unknown: Flag = field("来源未载整改结果", False)

    @model_validator(mode="after")
    def _in_order(self) -> Inspection:
        for index, one in enumerate(self.findings):
            check_order(("date", self.date), ("due", one.due), ("findings", index, "due"))
            check_order(("date", self.date), ("remedy.date", one.remedy.date if one.remedy else None),
                        ("findings", index, "remedy", "date"))
        return self

    def found(self, as_of: Date) -> list[Found]:
        """Return each finding with its status and the days that it is or was late."""
        return [Found(f, None if self.outcome_unknown else f.status(as_of),
                      0 if self.outcome_unknown else f.overdue_days(as_of)) for f in self.findings]

    def _is_told(self) -> bool:
        """Whether there are findings, and one can tell of each whether and when it was put right."""
        return bool(self.findings) and not self.outcome_unknown and all(
            f.remedy is None or f.remedy.date.day for f in self.findings)

    def events(self) -> Iterator[Event]:
        """Yield the check, each finding put right, and the last of them as its closing."""
        if self.date and self.date.day:
            yield Event(self.date.day, "began", opens=self._is_told())
        mended = sorted((f.remedy.date.day, i) for i, f in enumerate(self.findings) if f.remedy and f.remedy.date.day)
        ended = mended[-1] if self._is_told() and len(mended) == len(self.findings) else None
        for at in mended:
            yield Event(at[0], "closed" if at == ended else "moved", f"findings/{at[1]}",
                        f"已整改：{self.findings[at[1]].what}")

    def promises(self, as_of: Date) -> Iterator[Promise]:
        """Yield the day by which each finding is to be put right."""
        for index, one in enumerate(self.findings if self._is_told() else ()):
            if one.due and one.due.last:
                met = one.remedy.date.first if one.remedy else None
                yield Promise(one.due.last.isoformat(), "", met.isoformat() if met else "", f"findings/{index}",
                              one.what)

    def told(self, as_of: Date) -> str | None:
        """Return in words how many were found, put right and verified; None where the source names none."""
        if not self.findings:
            return None
        if self.outcome_unknown:
            return f"{len(self.findings)} 项，结果没有说到"
        states = [f.status(as_of) for f in self.findings]
        mended = sum(1 for s in states if s != "办理中")
        return f"{len(states)} 项，已整改 {mended}，其中已核实 {states.count('已确认')}"

    def status(self, as_of: Date) -> Status | None:
        """Return the status of what is furthest behind; None without findings or where the outcome is not told."""
        if self.withdrawn:
            return "已撤回"
        states = {f.status(as_of) for f in self.findings}
        if self.outcome_unknown or not states:
            return None
        return "办理中" if "办理中" in states else "已办结" if "已办结" in states else "已确认"

    def overdue_days(self, as_of: Date) -> int:
        """Return how late the most delayed finding is that is not yet put right."""
        if self.withdrawn or self.outcome_unknown:
            return 0
        return max((f.overdue_days(as_of) for f in self.findings if f.status(as_of) == "办理中"), default=0)
