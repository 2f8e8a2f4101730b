"""Projects: renovation and construction, with milestones, money, objections and amendments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import model_validator

from generator.periods import period_of
from generator.records.base import Event, Promise, Record, Status
from generator.records.forms import (
    Flag,
    Line,
    Money,
    Name,
    Part,
    Planned,
    RefTo,
    Text,
    When,
    Whole,
    fault,
    field,
    has_come,
)
from generator.records.statements import Party, Quantity


class Due(NamedTuple):
    """One milestone by its months, as `2026-05`: when it was first planned, when it was met, empty if not yet."""

    planned: str
    met: str


class Milestone(Part):
    """A step of the plan; met once `actual` is given, with or without a date. `planned` is never overwritten."""

    name: Line = field("节点", ...)
    planned: Planned | None = field("计划")
    actual: When | None = field("实际")
    weight: Whole = field("权重", 1)
    note: Line | None = field("说明")


class Work(Part):
    """One of the works, and whether it is done; without a state where the source does not tell."""

    name: Line = field("内容", ...)
    kind: Line | None = field("类别")
    state: Literal["已完成", "会进一步完善", "正在做", "计划中"] | None = field("状态")
    note: Line | None = field("说明")


class Payment(Part):
    """Money paid out for the project."""

    date: When = field("日期", ...)
    amount: Money = field("金额", ...)
    to: Name = field("收款方", ...)
    purpose: Line = field("用途", ...)


class Amendment(Part):
    """A changed date of a milestone: the first plan stays, the change has its reason."""

    date: When = field("变更日期", ...)
    milestone: Line = field("节点", ...)
    planned: Planned = field("改为", ...)
    reason: Line = field("理由", ...)


class Risk(Part):
    """An obstacle or an objection, and what came of it."""

    what: Line = field("问题或异议", ...)
    who: Name | None = field("提出者")
    date: When | None = field("日期")
    outcome: Line | None = field("结果")


class Contrast(Part):
    """What it was like before, and is now."""

    before: Line = field("改造前", ...)
    after: Line = field("改造后", ...)


class Project(Record):
    """Works for the public: what is to be done, how far it is, what it costs, who takes part."""

    folder: ClassVar[str] = "projects"
    label: ClassVar[str] = "项目"
    intro: ClassVar[str] = "给大家办的工程：要做什么、做到哪一步、花多少钱、谁参与、改变后什么样。"
    date_field: ClassVar[str] = "started"
    columns: ClassVar[tuple[str, ...]] = ("category", "progress", "claimed", "next_step")
    derived: ClassVar[dict[str, str]] = {"progress": "进度", "claimed": "来源称", "next_step": "下一步"}
    example: ClassVar[str] = """\
title: 示例小区外墙翻新
source: illustration
area: demo-estate
category: 完善类
started: 2026-02-10
milestones:
  - {name: 方案公示, planned: 2026-02-20, actual: 2026-02-18}
  - {name: 进场施工, planned: 2026-04-01, actual: 2026-04-06}
  - {name: 竣工验收, planned: 2026-09-30}
budget: "360000.00"
illustrative: true
"""

    category: Literal["提升类", "完善类", "基础类", "其他"] | None = field("改造类别")
    started: When | None = field("开始")
    state: Literal["未开始", "办理中", "已办结"] | None = field("所处阶段")
    confirmed: When | None = field("居民确认")
    milestones: list[Milestone] = field("节点", [])
    partial_plan: Flag = field("来源只载部分节点", False)
    reported_progress: Quantity | None = field("来源所称进度")
    works: list[Work] = field("建设内容", [])
    contrasts: list[Contrast] = field("前后对比", [])
    budget: Money | None = field("预算")
    budget_claim: Quantity | None = field("来源所称投资")
    payments: list[Payment] = field("支付", [])
    contractor: Name | None = field("施工单位")
    responsible: Annotated[str, RefTo("organisation")] | None = field("责任单位")
    participants: list[Party] = field("参与各方", [])
    risks: list[Risk] = field("异议与风险", [])
    amendments: list[Amendment] = field("计划变更", [])
    outcome: Text | None = field("成效")

    @model_validator(mode="after")
    def _one_way_to_tell_progress(self) -> Project:
        if self.milestones and self.state and not self.partial_plan:
            raise fault("state-beside-milestones", ("state",))
        if self.confirmed and not self.partial_plan and any(m.actual is None for m in self.milestones):
            raise fault("confirmed-before-resolved", ("confirmed",))
        names = {m.name for m in self.milestones}
        for index, amendment in enumerate(self.amendments):
            if amendment.milestone not in names:
                raise fault("unknown-milestone", ("amendments", index, "milestone"), value=amendment.milestone)
        return self

    def dated(self) -> str:
        """Return the day it started, or the first milestone with a known date."""
        known = sorted(m.actual.day for m in self.milestones if m.actual and m.actual.day)
        return self.started.day if self.started else known[0] if known else ""

    def progress(self, as_of: date) -> Fraction | None:
        """Return the share of milestones met by weight, 0 to 1; None where the plan is not known whole."""
        whole = sum(m.weight for m in self.milestones)
        if not whole or self.partial_plan:
            return None
        return Fraction(sum(m.weight for m in self.milestones if has_come(m.actual, as_of)), whole)

    def planned_share(self, as_of: date) -> Fraction | None:
        """Return the share that the first plan had met by `as_of`, by weight; None unless it dates every milestone."""
        ends = [(m.weight, m.planned.last if m.planned else None) for m in self.milestones]
        if self.progress(as_of) is None or any(last is None for _, last in ends):
            return None
        return Fraction(sum(w for w, last in ends if last and last <= as_of), sum(w for w, _ in ends))

    def upshot(self, as_of: date) -> str:
        """Return how much of it is done, where the plan is known whole; rounded down, so that 100% is all of it."""
        done = self.progress(as_of)
        return "" if done is None else f"{int(done * 100)}%"

    def claimed(self, as_of: date) -> str | None:
        """Return how far the source says it is, in its own words: it stands wherever the computed share does."""
        return self.reported_progress.words if self.reported_progress else None

    def status(self, as_of: date) -> Status | None:
        """Return the status by withdrawal, confirmation and milestones; without milestones the stated one."""
        if self.withdrawn:
            return "已撤回"
        done = self.progress(as_of)
        if has_come(self.confirmed, as_of):
            return "已确认"
        if done == 1:
            return "已办结"
        begun = has_come(self.started, as_of) or self.milestones_met(as_of) > 0
        return self.state or ("办理中" if begun else None if done is None else "未开始")

    def due_dates(self) -> dict[str, When]:
        """Return the date by which each milestone is now due: as planned, or as last amended."""
        due = {m.name: m.planned for m in self.milestones if m.planned}
        for amendment in sorted(self.amendments, key=lambda a: a.date.day):
            due[amendment.milestone] = amendment.planned
        return due

    def overdue_days(self, as_of: date) -> int:
        """Return how far the most delayed milestone that is not met lies behind its due date, in days."""
        if self.withdrawn or self.state == "已办结" or has_come(self.confirmed, as_of):
            return 0
        due = self.due_dates()
        ahead = [m for m in self.milestones if not has_come(m.actual, as_of)]
        return max((_late(m, due.get(m.name), as_of) for m in ahead), default=0)

    def milestones_met(self, as_of: date) -> int:
        """Return how many milestones are met."""
        return sum(1 for m in self.milestones if has_come(m.actual, as_of))

    def next_step(self, as_of: date) -> str | None:
        """Return the first milestone not met and by when it is due; None for works that are done or without plan."""
        ahead = next((m for m in self.milestones if not has_come(m.actual, as_of)), None)
        if ahead is None or self.state == "已办结" or has_come(self.confirmed, as_of):
            return None
        due = self.due_dates().get(ahead.name)
        return f"{ahead.name}（{due}）" if due else ahead.name

    def traces(self) -> tuple[Due, ...]:
        """Return the milestones whose months are known, for the plot of plans and what came of them."""
        return tuple(due for m in self.milestones if (due := _due(m)))

    def is_weighted(self) -> bool:
        """Whether milestones count differently."""
        return any(m.weight != 1 for m in self.milestones)

    def course(self, as_of: date) -> list[tuple[Milestone, When | None, int]]:
        """Return each milestone, its amended date if any, and by how many days it was or is behind its due date."""
        due = self.due_dates()
        amended = {a.milestone: a.planned for a in sorted(self.amendments, key=lambda a: a.date.day)}
        return [(m, amended.get(m.name), _late(m, due.get(m.name), as_of)) for m in self.milestones]

    def events(self) -> Iterator[Event]:
        """Yield its start, milestones met, changes of the plan, the last milestone as its closing, and confirmation.

        Only a plan that is known whole tells when a project is being handled.
        """
        met = sorted((m.actual.day, index) for index, m in enumerate(self.milestones) if m.actual and m.actual.day)
        whole = bool(self.milestones) and not self.partial_plan and all(
            m.actual is None or m.actual.day for m in self.milestones)
        ended = met[-1] if whole and len(met) == len(self.milestones) else None
        if day := self.dated():
            yield Event(day, "began", opens=whole)
        for at in met:
            yield Event(at[0], "closed" if at == ended else "moved", f"milestones/{at[1]}",
                        f"{self.milestones[at[1]].name}完成")
        for index, change in enumerate(self.amendments):
            if change.date.day:
                yield Event(change.date.day, "amended", f"amendments/{index}",
                            f"{change.milestone}改到 {change.planned}：{change.reason}")
        if self.confirmed and self.confirmed.day:
            yield Event(self.confirmed.day, "confirmed")

    def promises(self, as_of: date) -> Iterator[Promise]:
        """Yield each milestone's planned day until it was amended; none where the day of meeting it is unknown."""
        if self.state == "已办结":
            return
        for index, milestone in enumerate(self.milestones):
            if milestone.actual and not milestone.actual.first:
                continue
            met = milestone.actual.first.isoformat() if milestone.actual and milestone.actual.first else ""
            changes = [(change.planned, change.date.first) for change in
                       sorted(self.amendments, key=lambda a: a.date.day) if change.milestone == milestone.name]
            dues = [milestone.planned, *(due for due, _ in changes)]
            since = [*(day.isoformat() if day else "" for _, day in changes), ""]
            for due, replaced in zip(dues, since, strict=True):
                if due and due.last:
                    yield Promise(due.last.isoformat(), replaced, met, f"milestones/{index}", milestone.name)

    def slipped(self, milestone: Milestone, as_of: date) -> int:
        """Return by how many days a milestone was or will be met after its first plan, whatever was amended since."""
        if milestone.actual and has_come(milestone.actual, as_of):
            return _late(milestone, milestone.planned, as_of)
        first, now = milestone.planned, self.due_dates().get(milestone.name)
        expected = max((day for day in (now.last if now else None, as_of) if day), default=as_of)
        return max(0, (expected - first.last).days) if first and first.last and now is not None else 0

    def paid(self) -> Money:
        """Return the sum of the payments."""
        return Money(sum(p.amount for p in self.payments))


def _late(milestone: Milestone, due: When | None, as_of: date) -> int:
    """Return the days between the due date and the day it was met (or `as_of`), 0 if in time or not known."""
    end = milestone.actual.first if milestone.actual and has_come(milestone.actual, as_of) else as_of
    return max(0, (end - due.last).days) if due and due.last and end else 0


def _due(milestone: Milestone) -> Due | None:
    """Return the months of a milestone; None where the plan's is not known, or it was met nobody knows when."""
    planned, met = (when and period_of(when.day, "month") for when in (milestone.planned, milestone.actual))
    return Due(planned, met or "") if planned and (met or milestone.actual is None) else None
