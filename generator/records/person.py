"""People who hold a public role. Residents who hold none are never named."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from generator.records.base import Record
from generator.records.forms import Contact, Line, Part, RefTo, When, field
from generator.records.masks import minor_word
from generator.records.naming import Consent, Consented, check_ground, consented
from generator.records.statements import Party


class Term(Part):
    """From when to when a role is held."""

    since: When | None = field("自")
    until: When | None = field("至")


class Person(Record):
    """Somebody named for a role held in public, with the ground for naming and who stands behind them."""

    folder: ClassVar[str] = "people"
    label: ClassVar[str] = "人员"
    intro: ClassVar[str] = "担任公开职务的人：网格长、楼栋长、书记等。写明凭什么公开姓名；没有公开职务的人不写在这里。"
    columns: ClassVar[tuple[str, ...]] = ("role", "contact", "left", "behind")
    unlisted: ClassVar[tuple[str, ...]] = ("behind",)
    derived: ClassVar[dict[str, str]] = {"left": "卸任", "behind": "背后的支持"}
    example: ClassVar[str] = """\
title: 某楼栋长（示例）
source: illustration
role: 楼栋长
ground: office
area: demo-estate-b3
contact: 社区服务大厅
backing:
  - {role: 社区干部, name: 社区值班干部}
illustrative: true
"""

    role: Line = field("职务", ...)
    ground: Literal["office", "consent", "press"] = field("公开姓名的依据", ...)
    consent: Consent | None = field("本人同意")
    organisation: Annotated[str, RefTo("organisation")] | None = field("所在组织")
    term: Term | None = field("任期")
    chosen: Line | None = field("产生方式")
    contact: Contact | None = field("办公联系方式")
    backing: list[Party] = field("背后的支持（1+3）", [])
    deeds: list[Line] = field("所做的事", [])

    @model_validator(mode="after")
    def _grounded(self) -> Person:
        check_ground(self.title, self.ground, self.consent, False, minor_word(f"{self.title}，{self.role}"))
        return self

    def consented(self, as_of: date) -> Consented | None:
        """Return the name if it stands by consent."""
        return consented(self.title, self.ground, self.consent, as_of)

    def upshot(self, as_of: date) -> str:
        """Return what office it is."""
        return self.role

    def left(self, as_of: date) -> str | None:
        """Return until when the role was held, None while it is."""
        until = self.term.until if self.term else None
        return str(until) if until and until.last and until.last < as_of else None

    def behind(self, as_of: date) -> str | None:
        """Return who stands behind this person, one line each in the order of `backing`."""
        return "\n".join(f"{p.role or ''}\t{p.name or ''}" for p in self.backing) or None
