"""Level 2. The public list of exceptions from the privacy gate: of which record, what, why, by whom, until when.

Never the value: that stands on its record's own page alone, and only as long as the exception holds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.data import Row
from generator.records import kinds
from generator.records.base import shape_of
from generator.records.exception import PrivacyException
from generator.records.fields import WORDS
from generator.render.cells import TO_HOME, Link
from generator.render.lists import MARKS, PER_PAGE, leaf, mark_of, numbered, pager, pages_of
from generator.render.paint import File, Page
from generator.render.plots import safe
from generator.render.view import Views

HEADING = "公开例外"
HOLDS, OVER, AHEAD = "生效中", "已到期", "还没有开始"
COLUMNS = ("记录", "编号", "公开的是什么", "写在哪一项", "理由", "依据", "决定单位", "开始", "截止", "状态", "示例")


class Exempt(NamedTuple):
    """One exception as the list shows it. what, at: in words; state: of HOLDS, OVER, AHEAD."""

    link: Link
    kind: str
    what: str
    at: str
    one: PrivacyException
    state: str


def exceptions(views: Views) -> Iterator[Page | File]:
    """Yield the list of the real exceptions, apart from it that of the illustrative ones, and their files."""
    found = {mark: [row for row in views.register.rows.values() if row.excepted and mark_of(row) == mark]
             for mark in MARKS}
    for mark, rows in found.items():
        if not mark or rows:
            listed, base = _listed(views, rows), f"exceptions/index{mark}"
            slices = pages_of(listed, PER_PAGE)
            for number, some in enumerate(slices, 1):
                of = ("（示例）" if mark else "") + (f"（第 {number} 页）" if number > 1 else "")
                yield Page(numbered(base, number), "exceptions", HEADING + of,
                           "哪些记录经批准公开了本来不公开的内容", "pages/exceptions.html",
                           partial(_list, some, len(listed), mark, bool(found[MARKS[1]]),
                                   pager(base, number, len(slices))))
            yield File(f"{base}.csv", partial(_csv, listed))


def _list(some: Sequence[Exempt], total: int, mark: str, examples: bool, pages: dict[str, Any] | None
          ) -> dict[str, Any]:
    return {"heading": HEADING, "crumbs": (TO_HOME,), "illustrative": bool(mark), "listed": some,
            "total": total, "pager": pages,
            "downloads": (Link("表格（CSV，Excel 可打开）", leaf(f"exceptions/index{mark}.csv")),),
            "other": Link("真实记录", "index.html") if mark else Link("示例", "index.example.html")
            if examples else None}


def _listed(views: Views, rows: Sequence[Row]) -> list[Exempt]:
    """Return the exceptions of some records, the next to end first."""
    some = [Exempt(views.link(row.key), kinds()[row.kind].label, WORDS[one.what], label_at(row.kind, one.at), one,
                   state_of(one, views.as_of)) for row in rows for one in row.excepted]
    return sorted(some, key=lambda e: (e.state == OVER, e.one.until.day, e.link.text, e.link.href, e.one.at))


def state_of(one: PrivacyException, as_of: date) -> str:
    """Return in a word whether an exception holds on a day."""
    return HOLDS if one.holds(as_of) else OVER if one.last_day() < as_of else AHEAD


def label_at(kind: str, at: str) -> str:
    """Return the labels of a field that is named by its keys; a key that no model knows stands as it is."""
    labels: list[str] = []
    model: type[BaseModel] | None = kinds()[kind]
    for key in at.split("."):
        shape = shape_of(model, key) if model else None
        labels.append(shape.label if shape else key)
        model = shape.part if shape else None
    return " › ".join(labels)


def _csv(listed: Sequence[Exempt]) -> bytes:
    """Return the list as CSV that a spreadsheet opens rightly."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for e in listed:
        written = (e.link.text, e.link.href.removeprefix("../").removesuffix(".html"), e.what, e.at, e.one.reason,
                   e.one.ground, e.one.decided_by, e.one.since.day, e.one.until.day, e.state,
                   "是" if e.link.illustrative else "否")
        writer.writerow(map(safe, written))
    return text.getvalue().encode("utf-8-sig")
