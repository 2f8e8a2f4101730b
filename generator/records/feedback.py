"""Feedback: what residents said, in their own words, under a masked name, with the ground for showing it."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import (
    Flag,
    Line,
    Name,
    Part,
    RefTo,
    Resident,
    Text,
    When,
    check_order,
    fault,
    field,
    has_come,
)
from generator.records.masks import private_word
from generator.records.naming import Consent, check_guardian


class Reply(Part):
    """What the office answered."""

    date: When = field("日期", ...)
    by: Name = field("谁答复", ...)
    words: Text = field("答复", ...)


class Feedback(Record):
    """Somebody's own words about a service, a place or works; nobody private is named, no illness is told."""

    folder: ClassVar[str] = "feedback"
    label: ClassVar[str] = "居民的话"
    intro: ClassVar[str] = "居民自己的话：对哪项服务、哪个地方、哪个工程说的，答复没有。不写居民的真名，不写病情。"
    date_field: ClassVar[str] = "date"
    columns: ClassVar[tuple[str, ...]] = ("form", "said_by", "answered")
    derived: ClassVar[dict[str, str]] = {"said_by": "谁说的", "answered": "答复"}
    example: ClassVar[str] = """\
title: 食堂的菜软烂合口（示例）
source: illustration
area: demo-estate
form: 感谢
speaker: 某居民
words: 菜软，咬得动。
ground: consent
date: 2026-05-06
illustrative: true
"""

    form: Literal["感谢", "评价", "建议", "投诉"] = field("是什么", ...)
    date: When | None = field("日期")
    who: Annotated[str, RefTo("person")] | None = field("谁说的（公开职务）")
    speaker: Resident | None = field("谁说的")
    age: Line | None = field("年纪")
    residence: Line | None = field("住了多久")
    words: Text = field("原话", ...)
    ground: Literal["consent", "press"] = field("公开的依据", ...)
    consent: Consent | None = field("本人同意")
    minor: Flag = field("未成年人", False)
    about: list[Annotated[str, RefTo("project", "organisation", "area", "service", "scheme", "case", "activity",
                                     "need")]] = field("说的是什么", [])
    reply: Reply | None = field("答复")

    @model_validator(mode="after")
    def _nobody_private_is_named(self) -> Feedback:
        if (self.who is None) == (self.speaker is None):
            raise fault("just-one", names="who、speaker")
        if self.consent and self.ground != "consent":
            raise fault("consent-without-ground", ("consent",))
        check_guardian(self.minor, self.consent)
        for name in ("title", "words", "description", "note"):
            if told := private_word(getattr(self, name) or ""):
                raise fault("health-detail", (name,), value=told)
        check_order(("date", self.date), ("reply.date", self.reply.date if self.reply else None), ("reply", "date"))
        return self

    def last_day(self) -> Date | None:
        """Return the last day on which the words may be quoted, where a consent with an end is on file."""
        return self.consent.last_day() if self.consent else None

    def tombstone(self, as_of: Date) -> tuple[str, str] | None:
        """Return since when and why the page says no more: withdrawn, or the consent has ended."""
        last = self.last_day()
        gone = (last + timedelta(days=1)).isoformat() if last and last < as_of else None
        return super().tombstone(as_of) or ((gone, "本人的同意已到期，不再公布") if gone else None)

    def said_by(self, as_of: Date) -> str:
        """Return who spoke, as far as may be told."""
        return self.speaker or "公开职务上的人"

    def answered(self, as_of: Date) -> str | None:
        """Return whether the office replied, where a reply was due: to a suggestion or a complaint."""
        if self.reply and has_come(self.reply.date, as_of):
            return "已答复"
        return "还没有答复" if self.form in ("建议", "投诉") else None
