"""Cases: what was reported, who took it up, by when it is due, whether it is closed and confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise, zip_longest
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import model_validator

from generator.records.base import Event, Promise, Record, Status
from generator.records.forms import Flag, Line, Name, Part, Planned, RefTo, When, Whole, fault, field, has_come

LADDER = ("社区自办", "责任单位承办", "网格长联办", "领导小组交办")
Rung = Literal["社区自办", "责任单位承办", "网格长联办", "领导小组交办"]


class Escalation(Part):
    """The case reached one of the four levels; `due` is that level's deadline."""

    level: Rung = field("级别", ...)
    date: When = field("日期", ...)
    unit: Name | None = field("承办单位")
    due: Planned | None = field("限期")
    reason: Line | None = field("升级理由")


class Stay(NamedTuple):
    """How long a case was or is on one level, and how many days its deadline gave, both in days; None: no deadline."""

    used: int
    given: int | None

    @property
    def whole(self) -> int:
        """The longer of the two, at least 1: what a bar of both is wide."""
        return max(self.used, self.given or 0, 1)

    @property
    def over(self) -> int:
        """By how many days the deadline was or is passed."""
        return max(0, self.used - self.given) if self.given is not None else 0


class Step(Part):
    """One step of the handling."""

    date: When = field("日期", ...)
    actor: Name | None = field("经办")
    action: Line = field("事项", ...)
    note: Line | None = field("说明")


class Case(Record):
    """A resident's concern: place, ladder of four levels, deadline, evidence, and the resident's own word."""

    folder: ClassVar[str] = "cases"
    label: ClassVar[str] = "办件"
    intro: ClassVar[str] = "居民反映的一件事：哪天反映、谁受理、办到四级中的哪一级、限期哪天、办结没有、居民认不认可。"
    date_field: ClassVar[str] = "reported"
    columns: ClassVar[tuple[str, ...]] = ("category", "level", "days_used", "days_allowed", "in_time")
    unlisted: ClassVar[tuple[str, ...]] = ("days_used", "days_allowed", "in_time")
    derived: ClassVar[dict[str, str]] = {"level": "办理级别", "days_used": "用时（天）", "in_time": "按期办结",
                                         "due_day": "期限", "days_allowed": "限期（天）"}
    example: ClassVar[str] = """\
title: 3栋2单元下水道堵塞（示例）
source: illustration
area: demo-estate-b3
category: 漏水渗水
reported: 2026-05-06
accepted: 2026-05-06
ladder:
  - {level: 社区自办, date: 2026-05-06, unit: 示例社区, due: 2026-05-13}
resolved: 2026-05-08
evidence: [疏通后照片存档]
confirmed: 2026-05-09
satisfaction: 5
illustrative: true
"""

    category: Line = field("类别", ...)
    place: Line | None = field("地点")
    reported: When | None = field("反映")
    accepted: When | None = field("受理")
    assigned: When | None = field("交办")
    ladder: list[Escalation] = field("四级办理", [])
    due: Planned | None = field("办结期限")
    steps: list[Step] = field("办理过程", [])
    resolved: When | None = field("办结")
    evidence: list[Line] = field("办结凭据", [])
    confirmed: When | None = field("居民确认")
    satisfaction: Whole | None = field("满意度（1-5）", ge=1, le=5)
    reopened: list[When] = field("重新办理", [])
    responsible: Annotated[str, RefTo("organisation")] | None = field("责任单位")
    outcome_unknown: Flag = field("来源未载结果", False)

    @model_validator(mode="after")
    def _in_order(self) -> Case:
        if self.confirmed and not self.resolved:
            raise fault("confirmed-before-resolved", ("confirmed",))
        rungs = [LADDER.index(e.level) for e in self.ladder]
        for index, (lower, higher) in enumerate(pairwise(rungs), 1):
            if higher <= lower:
                raise fault("ladder-order", ("ladder", index, "level"))
        for earlier, later in (("reported", "accepted"), ("reported", "assigned"), ("reported", "resolved"),
                               ("resolved", "confirmed"), ("reported", "due")):
            a, b = getattr(self, earlier), getattr(self, later)
            if a and b and a.value and b.value and b.last < a.first:
                raise fault("dates-reversed", (later,), earlier=later, later=earlier)
        return self

    def level(self, as_of: date) -> str | None:
        """Return the level of the ladder on which the case stands, or ended."""
        return next((e.level for e in reversed(self.ladder) if has_come(e.date, as_of)), None)

    def rungs(self, as_of: date) -> list[tuple[int, str, Escalation | None, Stay | None]]:
        """Return the four levels in order, from 1, each with what happened there, if it was reached."""
        reached: dict[str, tuple[Escalation, Stay | None]] = {
            rung.level: (rung, self._stay(rung, after, as_of))
            for rung, after in zip_longest(self.ladder, self.ladder[1:])}
        return [(number, level, *reached.get(level, (None, None))) for number, level in enumerate(LADDER, 1)]

    def _stay(self, rung: Escalation, after: Escalation | None, as_of: date) -> Stay | None:
        """Return the days on a level: until the one `after` it, until resolved, or until `as_of` while open.

        None where a date is known only in part, where the outcome is not known, and on the level of a reopened case.
        """
        begun = rung.date.exact
        if begun is None or begun > as_of or self.withdrawn or self.outcome_unknown or (self.reopened and not after):
            return None
        left = after.date if after else self.resolved
        ended = left.exact if left and has_come(left, as_of) else as_of
        if ended is None or ended < begun:
            return None
        due = rung.due.exact if rung.due else None
        return Stay((ended - begun).days, (due - begun).days if due and due >= begun else None)

    def is_open(self, as_of: date) -> bool:
        """Whether it is still being handled on `as_of`: not resolved by then, or reopened since."""
        if not has_come(self.resolved, as_of):
            return True
        if not self.reopened:
            return False
        closed = self.resolved.first if self.resolved else None
        return any(closed and r.last and r.last > closed and has_come(r, as_of) for r in self.reopened)

    def deadline(self) -> When | None:
        """Return the deadline in force: the last level's, else the case's own."""
        for rung in reversed(self.ladder):
            if rung.due:
                return rung.due
        return self.due

    def due_day(self, as_of: date) -> When | None:
        """Return the deadline in force, as a board may count by it."""
        return self.deadline()

    def in_time(self, as_of: date) -> bool | None:
        """Whether it was resolved by its deadline; None without a deadline, or while both still lie ahead."""
        due = self.deadline()
        if self.outcome_unknown or due is None or due.last is None:
            return None
        if self.is_open(as_of):
            return False if due.last < as_of else None
        ended = self.resolved.first if self.resolved else None
        return ended is None or ended <= due.last

    def status(self, as_of: date) -> Status | None:
        """Return the status word; closed and confirmed are two. None where the source does not tell the outcome."""
        if self.withdrawn:
            return "已撤回"
        if self.outcome_unknown:
            return None
        if self.is_open(as_of):
            taken_up = [self.accepted, self.assigned, *(e.date for e in self.ladder), *(s.date for s in self.steps)]
            return "办理中" if any(has_come(when, as_of) for when in taken_up) else "未开始"
        return "已确认" if has_come(self.confirmed, as_of) else "已办结"

    def overdue_days(self, as_of: date) -> int:
        """Return the days past the deadline: until resolved, or until `as_of` while open; 0 if in time or withdrawn.

        A date known only in part is read in favour of those who handle the case.
        """
        if self.withdrawn or self.outcome_unknown:
            return 0
        due = self.deadline()
        end = as_of if self.is_open(as_of) or not self.resolved else self.resolved.first
        return max(0, (end - due.last).days) if due and due.last and end else 0

    def days_used(self, as_of: date) -> int | None:
        """Return the days from report to resolution, None while open or where a date is only partly known."""
        begun, ended = _exact(self.reported), _exact(self.resolved)
        return (ended - begun).days if begun and ended and not self.is_open(as_of) else None

    def days_allowed(self, as_of: date) -> int | None:
        """Return the days from report to the deadline in force, None without one or where a date is partly known."""
        begun, due = _exact(self.reported), _exact(self.deadline())
        return (due - begun).days if begun and due else None

    def upshot(self, as_of: date) -> str:
        """Return how long it took, or which level it reached while it is open."""
        used = self.days_used(as_of)
        return (self.level(as_of) or "") if used is None else f"{used}天" if used else "当天"

    def events(self) -> Iterator[Event]:
        """Yield report, further levels, steps, closing, confirmation and reopening, as far as their days are known."""
        if begun := self._begun():
            yield Event(begun, "began", opens=self._is_told_to_its_end())
        for index, rung in enumerate(self.ladder):
            if rung.date.day and rung.level != LADDER[0]:
                yield Event(rung.date.day, "moved", f"ladder/{index}", f"到“{rung.level}”这一级")
        for index, step in enumerate(self.steps):
            if step.date.day:
                yield Event(step.date.day, "moved", f"steps/{index}", step.action)
        for verb, when in (("closed", self.resolved), ("confirmed", self.confirmed)):
            if when and when.day:
                yield Event(when.day, verb)  # type: ignore[arg-type]  # two literals
        for index, again in enumerate(self.reopened):
            if again.day:
                yield Event(again.day, "reopened", f"reopened/{index}")

    def _begun(self) -> str:
        """Return the first day on which somebody knew of it, empty where none is known."""
        known = (self.reported, self.accepted, self.assigned, *(rung.date for rung in self.ladder))
        return next((when.day for when in known if when and when.day), "")

    def _is_told_to_its_end(self) -> bool:
        """Whether one can tell when it ended; where not, it never counts as being handled."""
        return not self.outcome_unknown and (self.resolved is None or bool(self.resolved.day))

    def promises(self, as_of: date) -> Iterator[Promise]:
        """Yield the deadline of the case and of each level, each until the next level set its own."""
        if not self._begun() or not self._is_told_to_its_end():
            return
        given = [("due", self.due, ""), *((f"ladder/{index}", rung.due, rung.date.first.isoformat() if rung.date.first
                                           else "") for index, rung in enumerate(self.ladder))]
        set_out = [(part, due.last.isoformat(), since) for part, due, since in given if due and due.last]
        for (part, due, _), (_, _, replaced) in pairwise([*set_out, ("", "", "")]):
            yield Promise(due, replaced, part=part, words="办结期限")


def _exact(when: When | None) -> date | None:
    return when.exact if when else None
