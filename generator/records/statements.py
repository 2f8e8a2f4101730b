"""Level 1. What sources say and who takes part, as records of all kinds write it: figures, claims, sources, parties."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from generator.records.forms import Line, Name, Number, Part, RefTo, When, fault, field


class Quantity(Part):
    """A number as people state it: the words are shown; the number, if given, was never parsed out of them.

    Source: 450余个, 九成以上, 200多家 on the press pages; such numbers are never summed as exact.
    """

    bare: ClassVar[str] = "words"

    words: Line = field("原文", ...)
    number: Number | None = field("数值")
    bound: Literal["exact", "about", "at_least", "more_than", "at_most", "below"] = field("界", "exact")
    unit: Line | None = field("单位")
    denominator: Number | None = field("总数")
    as_of: When | None = field("截至")

    @model_validator(mode="before")
    @classmethod
    def _from_scalar(cls, value: Any) -> Any:
        return {"words": value} if isinstance(value, str) else value

    def __str__(self) -> str:
        return self.words


class Claim(Quantity):
    """A figure that a source reports and that we did not count: shown with label, source and date."""

    bare: ClassVar[str] = ""

    label: Line = field("说的是什么", ...)


class Source(Part):
    """Where a fact comes from: a document of this site, or words that name something else."""

    bare: ClassVar[str] = "document"

    document: Annotated[str, RefTo("document")] | None = field("文件")
    text: Line | None = field("出处")
    place: Line | None = field("位置")
    words: Line | None = field("原文")

    @model_validator(mode="wrap")
    @classmethod
    def _from_scalar(cls, value: Any, handler: Any) -> Source:
        bare = isinstance(value, str)
        source: Source = (_document(value) if bare else None) or handler({"document": value} if bare else value)
        if source.document is None and source.text is None:
            raise fault("empty-value")
        return source


@lru_cache(maxsize=8192)
def _document(value: str) -> Source | None:
    """Return one object for equal documents, as for equal dates; None for a text that can't name one."""
    try:
        return Source.model_construct(document=RefTo("document").read(value), text=None, place=None, words=None)
    except PydanticCustomError:
        return None


class Differing(Part):
    """What another place says about the same thing; neither is corrected."""

    statement: Line = field("另一种说法", ...)
    source: Source = field("来源", ...)


class Withdrawn(Part):
    """When and why a record was withdrawn; its page stays, as a tombstone."""

    date: When = field("撤回日期", ...)
    reason: Line = field("撤回理由", ...)


_PUBLISHED = re.compile(r"(?:organisation|person)/[a-z0-9-]+\Z")


class Party(Part):
    """Somebody who takes part: a published organisation or person, or a name in words.

    A text alone is a name, or, written as `person/p-0001`, a reference: an id is never shown as a name.
    """

    bare: ClassVar[str] = "name"

    who: Annotated[str, RefTo("organisation", "person")] | None = field("参与者")
    name: Name | None = field("名称")
    role: Line | None = field("分工")

    @model_validator(mode="before")
    @classmethod
    def _from_scalar(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return {"who" if _PUBLISHED.match(value) else "name": value}

    @model_validator(mode="after")
    def _names_somebody(self) -> Party:
        if self.who is None and self.name is None:
            raise fault("empty-value")
        return self
