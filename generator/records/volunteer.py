"""Volunteers, under the name by which they may be shown."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import Flag, Hours, Line, Part, RefTo, When, fault, field
from generator.records.masks import is_shown, masked, minor_word
from generator.records.naming import Consent, Consented, check_ground, check_guardian, consented


class Post(Part):
    """A post that a volunteer has taken."""

    name: Line = field("岗位", ...)
    since: When | None = field("自")
    until: When | None = field("至")


class Service(Part):
    """Service on a post that belongs to no published activity (patrols, visits)."""

    date: When = field("日期", ...)
    item: Line = field("服务内容", ...)
    hours: Hours = field("小时", ...)


class Volunteer(Record):
    """Somebody who serves: shown masked unless there is a ground for the name; points come from hours."""

    folder: ClassVar[str] = "volunteers"
    label: ClassVar[str] = "志愿者"
    intro: ClassVar[str] = "一位志愿者：名字默认遮住，有依据才写全名；积分从活动和服务时长来。"
    date_field: ClassVar[str] = "joined"
    columns: ClassVar[tuple[str, ...]] = ("team",)
    example: ClassVar[str] = """\
title: 张某（示例）
source: illustration
team: demo-team
area: demo-community
joined: 2026-01
posts: [{name: 楼道巡查}]
illustrative: true
"""

    ground: Literal["consent", "press"] | None = field("公开姓名的依据")
    consent: Consent | None = field("本人同意")
    minor: Flag = field("未成年人", False)
    team: Annotated[str, RefTo("organisation")] | None = field("队伍")
    joined: When | None = field("加入")
    posts: list[Post] = field("岗位", [])
    services: list[Service] = field("日常服务记录", [])

    @model_validator(mode="after")
    def _masked_unless_grounded(self) -> Volunteer:
        if self.ground is None and not is_shown(self.title):
            raise fault("unmasked-name", ("title",), value=masked(self.title))
        said = minor_word("，".join(text for text in (self.title, self.description, self.note) if text))
        check_ground(self.title, self.ground, self.consent, self.minor, said)
        check_guardian(self.minor, self.consent)
        return self

    def consented(self, as_of: Date) -> Consented | None:
        """Return the name if it stands by consent."""
        return consented(self.title, self.ground, self.consent, as_of)
