"""Listings: red and black entries, each with its whole due process, and with an end."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

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
    fault,
    field,
    has_come,
    same_party,
)
from generator.records.masks import masked, whole_names

LISTED = re.compile("(.{2,8}?)(?:的|家|因|名下|出租|房屋|被?列入|移出|上[红黑]?榜)")
"""Whose house, or who, a title tells of."""


class Rectification(Part):
    """What was put right, with evidence; once somebody has verified it, the entry leaves on a named day."""

    what: Text = field("整改情况", ...)
    date: When = field("整改日期", ...)
    evidence: list[Line] = field("整改凭据", ..., min_length=1)
    verified: When | None = field("核实日期")
    verified_by: Name | None = field("核实人")
    leaves: Planned | None = field("移出日期")

    @model_validator(mode="after")
    def _verified_by_somebody(self) -> Rectification:
        if (self.verified is None) != (self.verified_by is None) or (self.verified is None) != (self.leaves is None):
            raise fault("one-with-another", ("verified",) if self.verified else (),
                        names="verified、verified_by、leaves")
        if self.leaves and self.leaves.exact is None:
            raise fault("day-needed", ("leaves",), key="leaves")
        done, verified, leaves = (w.first if w else None for w in (self.date, self.verified, self.leaves))
        if done and verified and verified < done:
            raise fault("dates-reversed", ("verified",), earlier="verified", later="date")
        if leaves and (verified is None or leaves < verified):
            raise fault("dates-reversed", ("leaves",), earlier="leaves", later="verified")
        return self


class Listing(Record):
    """A red or black entry: a house or a unit, never a private person; nothing is listed without its due process.

    The page of an entry that has left the list names neither the subject nor what it was listed for.
    """

    folder: ClassVar[str] = "listings"
    label: ClassVar[str] = "红黑榜条目"
    intro: ClassVar[str] = "红黑榜上的一条：列的是房屋或单位，绝不是私人。告知、回复、申诉、到期的日子都要写明。"
    opaque: ClassVar[bool] = True
    date_field: ClassVar[str] = "entered"
    columns: ClassVar[tuple[str, ...]] = ("colour", "subject")
    example: ClassVar[str] = """\
title: 示例一号房屋列入黑榜
source: illustration
scheme: house-list
colour: 黑榜
subject: area/demo-house-01
entered: 2026-06-20
facts: 消防通道长期堆物，两次书面提醒后未清。
basis: 《房东房屋红黑榜办法（示例）》第二条
evidence: [2026-06-02 与 06-12 两次检查记录]
proposed_by: 示例社区评定小组
decided_by: 示例街道复核组
notified: 2026-06-14
reply_channel: 21天内到社区大厅提出，口头、书面都可以
expires: 2026-12-20
illustrative: true
"""

    scheme: Annotated[str, RefTo("scheme")] = field("办法", ...)
    colour: Literal["红榜", "黑榜"] = field("榜别", ...)
    subject: Annotated[str, RefTo("area", "organisation")] = field("对象", ...)
    entered: When = field("上榜日期", ...)
    facts: Text = field("上榜事由", ...)
    basis: Line = field("依据", ...)
    evidence: list[Line] = field("凭据", ..., min_length=1)
    proposed_by: Name = field("提出单位", ...)
    decided_by: Name = field("决定人", ...)
    notified: When = field("告知日期", ...)
    reply_channel: Contact = field("申辩渠道", ...)
    reply: Text | None = field("当事人答复（未经核实）")
    expires: Planned = field("有效期至", ...)
    rectification: Rectification | None = field("整改")

    @model_validator(mode="after")
    def _names_nobody(self) -> Listing:
        told = whole_names(led[1]) if (led := LISTED.match(self.title)) else whole_names(self.title)
        if told:
            raise fault("name-without-ground", ("title",), value=masked(told[0]))
        return self

    @model_validator(mode="after")
    def _due_process(self) -> Listing:
        if same_party(self.decided_by, self.proposed_by):
            raise fault("same-decider", ("decided_by",), value=self.decided_by)
        for name in ("entered", "expires"):
            if getattr(self, name).exact is None:
                raise fault("day-needed", (name,), key=name)
        told = self.notified.first
        if told is None or self.entered.first is None or told > self.entered.first:
            raise fault("dates-reversed", ("entered",), earlier="entered", later="notified")
        if self.expires.last is not None and self.expires.last < self.entered.first:
            raise fault("dates-reversed", ("expires",), earlier="expires", later="entered")
        return self

    def is_mended(self, as_of: date) -> bool:
        """Whether somebody has verified by `as_of` that it was put right."""
        return self.rectification is not None and self.rectification.verified is not None and has_come(
            self.rectification.verified, as_of)

    def last_day(self) -> date | None:
        """Return the last day on which it stands on the list."""
        leaves = self.rectification.leaves.first if self.rectification and self.rectification.leaves else None
        ends = [self.expires.last, leaves - timedelta(days=1) if leaves else None]
        return min((day for day in ends if day), default=None)

    def tombstone(self, as_of: date) -> tuple[str, str] | None:
        """Return since when and why the page says no more, None while it stands; it says nothing before its day."""
        if gone := super().tombstone(as_of):
            return gone
        last = self.last_day()
        if last and last < as_of:
            return (last + timedelta(days=1)).isoformat(), "期满或整改核实，按办法移出"
        return None if has_come(self.entered, as_of) else (self.entered.day, "尚未到上榜日期")
