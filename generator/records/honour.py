"""Honours: who received what, from whom, on which ground."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.records.announcement import Days
from generator.records.base import Record
from generator.records.forms import Contact, Flag, Line, Name, Part, Planned, RefTo, When, fault, field
from generator.records.masks import ground_of, masked, minor_word, whole_names
from generator.records.statements import Quantity
from generator.workdays import Calendar, Noticed, Term, term

AWARDED = re.compile("(.{2,8}?)(?:荣?获|被评|被授|当选|入选|上榜)")
"""Who it is that a title tells of."""


class Notice(Part):
    """The public notice before an honour is given, in working days."""

    since: When = field("公示开始", ...)
    working_days: Days = field("工作日", ...)
    channel: Contact = field("异议渠道", ...)

    def term(self, as_of: date, calendar: Calendar) -> Term:
        """Return the notice's course."""
        return term(self.since, self.working_days, None, as_of, calendar)


class Honour(Record):
    """An award to a person, team, estate or project."""

    folder: ClassVar[str] = "honours"
    label: ClassVar[str] = "荣誉"
    intro: ClassVar[str] = "一项荣誉：发给哪个人、队伍、小区或项目，谁发的，哪天发的。"
    date_field: ClassVar[str] = "awarded"
    columns: ClassVar[tuple[str, ...]] = ("award", "issuer")
    example: ClassVar[str] = """\
title: 张某获评优秀志愿者（示例）
source: illustration
recipient: volunteer/v-001
award: 优秀志愿者
awarded: 2026-03
issuer: 示例社区居委会
level: 社区
illustrative: true
"""

    recipient: Annotated[str, RefTo("person", "volunteer", "organisation", "area", "project")] | None = field("获得者")
    recipient_words: Name | None = field("获得者（未立档）")
    minor: Flag = field("未成年人", False)
    award: Line = field("称号", ...)
    for_period: Line | None = field("年度")
    awarded: When | None = field("授予日期")
    issuer: Name | None = field("授予单位")
    level: Literal["国家", "省", "市", "区县", "镇街", "社区", "其他"] | None = field("级别")
    basis: Line | None = field("依据")
    number: Quantity | None = field("数量")
    notice: Notice | None = field("公示")
    expires: Planned | None = field("有效期至")

    @model_validator(mode="after")
    def _goes_to_somebody(self) -> Honour:
        if self.recipient is None and self.recipient_words is None:
            raise fault("one-of", names="recipient、recipient_words")
        return self

    @model_validator(mode="after")
    def _named_by_right(self) -> Honour:
        """Refuse a whole name that the title gives away where nobody's record says on which ground, and any minor's."""
        led = AWARDED.match(self.title)
        told, words = whole_names(led[1]) if led else (), self.recipient_words or ""
        said = minor_word("，".join(filter(None, (self.title, self.award, words, self.description))))
        for key, whole in (("title", told), ("recipient_words", whole_names(words))):
            if whole and self.minor:
                raise fault("minor-named", (key,), value=masked(whole[0]))
            if whole and said:
                raise fault("minor-perhaps", (key,), value=masked(whole[0]), word=said)
        if told and self.recipient is None and not ground_of(self.title + words):
            raise fault("name-without-ground", ("title",), value=masked(told[0]))
        return self

    def traces(self) -> tuple[Noticed, ...]:
        """Return the public notice before the honour, as the pages of what is open need it."""
        return (Noticed(self.notice.since.day, self.notice.working_days, ""),) if (
            self.notice and self.notice.since.day) else ()
