"""Level 2. The disclosure catalogue: what must be public, what is overdue, what came late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from generator.data import Row
from generator.records.duty import Duty
from generator.render.cells import TO_HOME, Link
from generator.render.duties import duty_view
from generator.render.lists import MARKS, mark_of
from generator.render.paint import Page
from generator.render.view import Views

HEADING = "该公开的公开了没有"
SHOWN = 6
"""The catalogue shows so many of the newest periods of a duty, its own page all."""


def disclosure(views: Views) -> Iterator[Page]:
    """Yield the catalogue of the real duties, and apart from it that of the illustrative ones."""
    parts = {mark: [row for row in views.register.of_kind("duty") if not row.withdrawn and mark_of(row) == mark]
             for mark in MARKS}
    examples = any(row.illustrative for row in views.register.rows.values())
    for mark in MARKS:
        if not mark or examples:
            yield Page(f"disclosure/index{mark}.html", "disclosure", HEADING + ("（示例）" if mark else ""),
                       "应公开事项目录、逾期未公开清单", "pages/disclosure.html",
                       partial(_catalogue, views, views.duties, parts[mark], mark, examples))


def _catalogue(views: Views, duties: Mapping[str, Duty], rows: Sequence[Row], mark: str, examples: bool
               ) -> dict[str, Any]:
    some = [duty_view(views, row, duties[row.key]) for row in rows]
    missing = sorted(((d, p) for d in some for p in d.periods if p.state == "未公开"),
                     key=lambda found: (-found[1].days, found[0].link.text))
    late = [(d, p) for d in some for p in d.periods if p.state == "晚公开"]
    other = Link("示例", "index.example.html") if examples else None
    return {"heading": HEADING, "crumbs": (TO_HOME,), "illustrative": bool(mark),
            "missing": missing, "late": late, "freshness": f"freshness{mark}.html",
            "other": Link("真实事项", "index.html") if mark else other,
            "duties": [d._replace(periods=d.periods[:SHOWN], older=max(0, len(d.periods) - SHOWN)) for d in some]}
