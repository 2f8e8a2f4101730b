"""Documents: sources, charters, covenants, standards, notices."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from generator.records.base import Record
from generator.records.forms import Line, RefTo, Text, When, field


class Document(Record):
    """A text that others rely on: a press page, charter, covenant, standard or notice, with its version."""

    folder: ClassVar[str] = "documents"
    label: ClassVar[str] = "文件"
    intro: ClassVar[str] = "别的记录所依据的文件：报纸版面、章程、公约、标准、通知。来源写的就是它的编号。"
    date_field: ClassVar[str] = "published"
    columns: ClassVar[tuple[str, ...]] = ("type", "publisher")
    example: ClassVar[str] = """\
title: 居民公约（示例）
source: {text: 业主大会通过的文本}
type: 公约
publisher: 示例小区业主大会
published: 2026-03
version: 第一版
text: |
  第一条 爱护公共设施。
illustrative: true
"""

    type: Literal["报纸版面", "章程", "公约", "标准", "职责", "通知", "方案", "说明", "其他"] = field("文件类别", ...)
    publisher: Line | None = field("发布者")
    published: When | None = field("发布日期")
    version: Line | None = field("版本")
    replaces: Annotated[str, RefTo("document")] | None = field("替代的文件")
    text: Text | None = field("正文")
