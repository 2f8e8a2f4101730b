"""Agreements: who paired with whom, what each promised, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from typing import ClassVar, Literal, NamedTuple

from pydantic import model_validator

from generator.periods import EVERY, following, in_words, periods, span
from generator.records.base import Event, Promise, Record, Status
from generator.records.forms import Flag, Line, Part, Planned, When, check_order, fault, field, has_come
from generator.records.statements import Party


class Kept(Part):
    """When a promise was kept, and what shows it."""

    date: When = field("日期", ...)
    evidence: list[Line] = field("凭据", [])
    note: Line | None = field("说明")


class Pledge(Part):
    """One promise: kept once by a day, or again and again (`every`)."""

    text: Line = field("承诺", ...)
    by: Party | None = field("谁承诺")
    due: Planned | None = field("期限")
    every: Literal["每年", "每半年", "每季度", "每月"] | None = field("多久一次")
    kept: list[Kept] = field("兑现", [])


class Turn(NamedTuple):
    """One time at which a promise was to be kept, and what became of it. late: days past it, kept by now or not."""

    span: str
    state: str
    late: int
    kept: tuple[Kept, ...]


class Agreement(Record):
    """A pairing or a set of promises: parties, goals, what they do together, each promise kept, late or not told."""

    folder: ClassVar[str] = "agreements"
    label: ClassVar[str] = "结对与承诺"
    intro: ClassVar[str] = "结对共建或公开承诺：各方是谁、要做什么、每一条兑现了没有。"
    date_field: ClassVar[str] = "signed"
    columns: ClassVar[tuple[str, ...]] = ("told",)
    derived: ClassVar[dict[str, str]] = {"told": "兑现"}
    example: ClassVar[str] = """\
title: 示例社区与示例企业结对（示例）
source: illustration
area: demo-community
parties: [示例社区党委, 示例企业党支部]
signed: 2026-03-05
goals: [资源共享]
forms: [联席会议]
pledges:
  - {text: 开放职工食堂, by: 示例企业党支部, due: 2026-05-01, kept: [{date: 2026-04-28, evidence: [开放通知]}]}
  - {text: 开联席会议, every: 每季度}
illustrative: true
"""

    parties: list[Party] = field("各方", ..., min_length=1)
    signed: When | None = field("签约")
    until: Planned | None = field("有效期至")
    goals: list[Line] = field("目标", [])
    forms: list[Line] = field("共同开展", [])
    pledges: list[Pledge] = field("承诺", ..., min_length=1)
    outcome_unknown: Flag = field("来源未载兑现情况", False)

    @model_validator(mode="after")
    def _days_fit(self) -> Agreement:
        check_order(("signed", self.signed), ("until", self.until))
        for index, pledge in enumerate(self.pledges):
            if pledge.due and pledge.every:
                raise fault("not-together", ("pledges", index, "due"), names="due、every")
            check_order(("signed", self.signed), ("due", pledge.due), ("pledges", index, "due"))
        return self

    def course(self, as_of: Date) -> list[tuple[Pledge, list[Turn]]]:
        """Return each promise with its times, newest first, and what became of each by `as_of`."""
        return [(p, list(self._turns(p, as_of)) if p.every else [self._once(p, as_of)]) for p in self.pledges]

    def _once(self, pledge: Pledge, as_of: Date) -> Turn:
        kept = tuple(sorted((k for k in pledge.kept if has_come(k.date, as_of)), key=lambda k: k.date.day))
        due = pledge.due.last if pledge.due else None
        if kept:
            first = kept[0].date.first
            return Turn("", "已兑现", max(0, (first - due).days) if first and due else 0, kept)
        if self.outcome_unknown:
            return Turn("", "没有说到", 0, ())
        if due and due < as_of:
            return Turn("", "逾期", (as_of - due).days, ())
        return Turn("", "还没有到期" if due else "没有定期限", 0, ())

    def _turns(self, pledge: Pledge, as_of: Date) -> Iterator[Turn]:
        """Yield the spans since signing, newest first; the one of the signing itself only where it was kept.

        What was kept on a day that lies in no span, or that nobody knows, comes last: nothing done is left out.
        """
        signed = self.signed.first if self.signed else None
        if signed is None:
            yield Turn("", "没有说到" if self.outcome_unknown else "没有定起始", 0, tuple(pledge.kept))
            return
        done = [k for k in pledge.kept if has_come(k.date, as_of)]
        for period in reversed([*periods(EVERY[pledge.every or "每年"], signed, min(as_of, self._last(as_of)))]):
            begin, end = span(period)
            kept = tuple(k for k in done if k.date.first and begin <= k.date.first <= end)
            done = [k for k in done if k not in kept]
            if kept or begin >= signed:
                yield Turn(in_words(period), *self._state(bool(kept), end, as_of), kept)
        if done:
            yield Turn("其他", "已兑现", 0, tuple(done))

    def _last(self, as_of: Date) -> Date:
        return self.until.last if self.until and self.until.last else as_of

    def _state(self, kept: bool, end: Date, as_of: Date) -> tuple[str, int]:
        if kept:
            return "已兑现", 0
        if end >= as_of:
            return "本期还没有结束", 0
        return ("没有说到", 0) if self.outcome_unknown else ("逾期", (as_of - end).days)

    def events(self) -> Iterator[Event]:
        """Yield its signing, every time that a promise was kept on a known day, and the last of all as its closing.

        An agreement whose promises come again and again is never closed.
        """
        once = all(p.every is None and p.kept for p in self.pledges)
        whole = not self.outcome_unknown and all(k.date.day for p in self.pledges for k in p.kept)
        ended = max((min(k.date.day for k in p.kept) for p in self.pledges), default="") if once and whole else ""
        if self.signed and self.signed.day:
            yield Event(self.signed.day, "began", opens=whole)
        for index, pledge in enumerate(self.pledges):
            for number, kept in enumerate(pledge.kept):
                if kept.date.day:
                    yield Event(kept.date.day, "moved", f"pledges/{index}/kept/{number}", f"兑现：{pledge.text}")
        if ended:
            yield Event(ended, "closed")

    def promises(self, as_of: Date) -> Iterator[Promise]:
        """Yield the day by which each promise is to be kept; of a repeated one the last day of each of its spans.

        A span that was missed is late until the next one is over: then that one tells how it stands.
        """
        for index, pledge in enumerate(self.pledges if not self.outcome_unknown else ()):
            part, days = f"pledges/{index}", sorted(k.date.first for k in pledge.kept if k.date.first)
            if pledge.every and self.signed and self.signed.first:
                kind = EVERY[pledge.every]
                for period in periods(kind, self.signed.first, min(as_of, self._last(as_of))):
                    begin, end = span(period)
                    met = next((day.isoformat() for day in days if begin <= day <= end), "")
                    if met or begin >= self.signed.first:
                        next_is_over = span(following(period, kind))[1] + timedelta(days=1)
                        yield Promise(end.isoformat(), next_is_over.isoformat(), met, part, pledge.text)
            elif pledge.due and pledge.due.last and len(days) == len(pledge.kept):
                yield Promise(pledge.due.last.isoformat(), "", days[0].isoformat() if days else "", part, pledge.text)

    def told(self, as_of: Date) -> str:
        """Return in words how many promises are kept: once, or in each of their times so far."""
        if self.outcome_unknown:
            return "来源没有说到"
        done = sum(1 for _, turns in self.course(as_of) if turns and all(t.state == "已兑现" for t in turns))
        return f"{done} 项兑现，共 {len(self.pledges)} 项"

    def status(self, as_of: Date) -> Status | None:
        """Return the status word; None where the source does not tell what became of the promises."""
        if self.withdrawn:
            return "已撤回"
        if self.outcome_unknown:
            return None
        if self.signed and not has_come(self.signed, as_of):
            return "未开始"
        once = all(p.every is None and any(has_come(k.date, as_of) for k in p.kept) for p in self.pledges)
        return "已办结" if once else "办理中"

    def overdue_days(self, as_of: Date) -> int:
        """Return how late the most delayed promise is; of a repeated one, its newest time that is over."""
        if self.withdrawn or self.outcome_unknown:
            return 0
        newest = (next((t for t in turns if t.state != "本期还没有结束"), None) for _, turns in self.course(as_of))
        return max((t.late for t in newest if t and t.state == "逾期"), default=0)
