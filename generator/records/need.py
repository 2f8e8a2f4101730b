"""Needs: what residents ask for, and the four steps 点单 → 派单 → 接单 → 办结; micro-wishes are needs too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from itertools import combinations
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import model_validator

from generator.records.base import Event, Promise, Record, Status
from generator.records.forms import (
    Flag,
    Line,
    Part,
    Planned,
    RefTo,
    Resident,
    When,
    check_order,
    fault,
    field,
    has_come,
)
from generator.records.masks import one_of_group, private_word
from generator.records.statements import Party, Quantity

STEPS = ("asked", "dispatched", "taken", "resolved", "confirmed")
NAMES = dict(zip(STEPS, ("点单", "派单", "接单", "办结", "居民确认"), strict=True))


class Handing(Part):
    """The need was handed to somebody, or taken by somebody."""

    date: When = field("日期", ...)
    who: Party | None = field("谁")
    note: Line | None = field("说明")


class Step(NamedTuple):
    """One of the steps of a need as its page shows it; `when` is missing while it lies ahead."""

    name: str
    when: When | None
    who: Party | None
    note: str | None


class Need(Record):
    """What residents ask for: who asked (never by name), who took it, what met it, whether it is done and confirmed."""

    folder: ClassVar[str] = "needs"
    label: ClassVar[str] = "需求"
    intro: ClassVar[str] = "居民的一项需求：要什么、谁接下了、用什么资源满足的、办好没有。提的人不写名字。"
    date_field: ClassVar[str] = "asked"
    columns: ClassVar[tuple[str, ...]] = ("form", "stage", "age", "days_used", "count")
    derived: ClassVar[dict[str, str]] = {"stage": "走到哪一步", "age": "已等（天）", "days_used": "用时（天）"}
    example: ClassVar[str] = """\
title: 想在家门口配老花镜（示例）
source: illustration
area: demo-estate-b3
form: 微心愿
asker: 某居民
asked: 2026-05-06
dispatched: {date: 2026-05-07, who: 示例社区网格员}
taken: {date: 2026-05-09, who: 示例眼镜店}
resolved: 2026-05-12
evidence: [签收单存社区]
confirmed: 2026-05-13
illustrative: true
"""

    form: Literal["需求", "微心愿"] = field("清单", ...)
    category: Line | None = field("类别")
    asker: Resident | None = field("谁提出")
    count: Quantity | None = field("合记")
    asked: When | None = field("点单")
    dispatched: Handing | None = field("派单")
    taken: Handing | None = field("接单")
    due: Planned | None = field("办结期限")
    resolved: When | None = field("办结")
    evidence: list[Line] = field("办结凭据", [])
    confirmed: When | None = field("居民确认")
    matches: list[Annotated[str, RefTo("resource", "service")]] = field("对上的资源或服务", [])
    case: Annotated[str, RefTo("case")] | None = field("转成的办件")
    scheme: Annotated[str, RefTo("scheme")] | None = field("按哪个办法")
    outcome_unknown: Flag = field("来源未载结果", False)

    @model_validator(mode="after")
    def _in_order(self) -> Need:
        if self.confirmed and not self.resolved:
            raise fault("confirmed-before-resolved", ("confirmed",))
        known = [(name, when) for name in STEPS if (when := self._when(name)) and when.value]
        for one, later in combinations(known, 2):
            check_order(one, later)
        check_order(("asked", self.asked), ("due", self.due))
        return self

    @model_validator(mode="after")
    def _no_illness_told(self) -> Need:
        for name in ("title", "description", "note"):
            told = one_of_group(getattr(self, name) or "")
            if told and told == private_word(told):
                raise fault("health-detail", (name,), value=told)
        return self

    def _when(self, name: str) -> When | None:
        value = getattr(self, name)
        return value.date if isinstance(value, Handing) else value

    def steps(self, as_of: Date) -> list[Step]:
        """Return the four steps and the resident's word, each with what happened by `as_of`."""
        hands = {name: getattr(self, name) for name in ("dispatched", "taken")}
        found = []
        for name in STEPS:
            when, hand = self._when(name), hands.get(name)
            there = hand if has_come(when, as_of) else None
            found.append(Step(NAMES[name], when if has_come(when, as_of) else None, there.who if there else None,
                              there.note if there else None))
        return found

    def stage(self, as_of: Date) -> str | None:
        """Return the last step that was reached; None where the source tells none."""
        return next((s.name for s in reversed(self.steps(as_of)) if s.when), None)

    def is_open(self, as_of: Date) -> bool:
        """Whether it still waits to be done on `as_of`."""
        return not has_come(self.resolved, as_of)

    def is_unmatched(self, as_of: Date) -> bool:
        """Whether nothing and nobody has been found for it: open, matched with nothing, not taken."""
        return self.is_open(as_of) and not self.matches and not (self.taken and has_come(self.taken.date, as_of))

    def status(self, as_of: Date) -> Status | None:
        """Return the status word; None where the source does not tell the outcome."""
        if self.withdrawn:
            return "已撤回"
        if self.outcome_unknown:
            return None
        if not self.is_open(as_of):
            return "已确认" if has_come(self.confirmed, as_of) else "已办结"
        begun = any(has_come(self._when(name), as_of) for name in ("dispatched", "taken"))
        return "办理中" if begun else "未开始"

    def _is_told(self) -> bool:
        """Whether it is one need (not many counted together) whose end, if there was one, is told with its day."""
        return not self.count and not self.outcome_unknown and (self.resolved is None or bool(self.resolved.day))

    def events(self) -> Iterator[Event]:
        """Yield its steps as far as their days are known; of many needs counted together nothing."""
        verbs = {"asked": "began", "dispatched": "moved", "taken": "moved", "resolved": "closed",
                 "confirmed": "confirmed"}
        for name, verb in verbs.items() if not self.count else ():
            if (when := self._when(name)) and when.day:
                yield Event(when.day, verb, name, NAMES[name] if verb == "moved" else "",  # type: ignore[arg-type]
                            verb == "began" and self._is_told())

    def promises(self, as_of: Date) -> Iterator[Promise]:
        """Yield the day by which it is to be done."""
        if self.due and self.due.last and self.asked and self.asked.day and self._is_told():
            yield Promise(self.due.last.isoformat(), part="due", words="办结期限")

    def overdue_days(self, as_of: Date) -> int:
        """Return the days past the deadline: until done, or until `as_of` while open."""
        if self.withdrawn or self.outcome_unknown or not self.due or not self.due.last:
            return 0
        end = as_of if self.is_open(as_of) or not self.resolved else self.resolved.first
        return max(0, (end - self.due.last).days) if end else 0

    def age(self, as_of: Date) -> int | None:
        """Return for how many days it has been waiting; None once done, or where the day of asking is not known."""
        if self.withdrawn or self.outcome_unknown or not self.is_open(as_of):
            return None
        asked = self.asked.exact if self.asked else None
        return (as_of - asked).days if asked and asked <= as_of else None

    def days_used(self, as_of: Date) -> int | None:
        """Return the days from asking to done; None while open or where a date is only partly known."""
        asked, done = (w.exact if w else None for w in (self.asked, self.resolved))
        return (done - asked).days if asked and done and not self.is_open(as_of) else None
