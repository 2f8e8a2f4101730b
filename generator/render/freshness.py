"""Level 2. The freshness report: the thresholds by which government sites are inspected, put to this one.

Source: 政府网站检查指标: a home page not updated for two weeks, empty columns, undated items and forged dates all fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from generator.config import Site
from generator.data import Row
from generator.digest import canonical
from generator.records import kinds
from generator.records.forms import When
from generator.render.cells import TO_HOME, Link
from generator.render.endings import due
from generator.render.lists import MARKS, mark_of, newest
from generator.render.paint import File, Page
from generator.render.view import Views

DUE = "due.json"
"""Asked for by every page's script once a day, and so small; in the pages themselves it would change them all."""
STALE_DAYS = 14
STANDING = ("organisation", "scheme", "volunteer")
"""Kinds that last: the day on which one began may be unknown without the entry being undated."""
TO_COME = ("activity", "announcement", "meeting")
"""Kinds that are told before their day: a day to come is no false one there."""
NAMED = 100
"""So many records of a finding are named; the rest are counted."""


class Finding(NamedTuple):
    """One threshold: what it demands, what was found, whether it is met, and the records or lists at fault.

    more: how many of them are not named.
    """

    demand: str
    found: str
    passed: bool
    links: tuple[Link, ...]
    more: int


def freshness(site: Site, views: Views) -> Iterator[Page | File]:
    """Yield the report over the real records, apart from it the one over the illustrative ones, and when it is due."""
    yield File(DUE, partial(_due, site, views))
    there = list(views.register.rows.values())
    examples = any(row.illustrative for row in there)
    for mark in MARKS:
        rows = [row for row in there if mark_of(row) == mark and not row.withdrawn]
        if not mark or examples:
            yield Page(f"disclosure/freshness{mark}.html", "disclosure", "更新情况" + ("（示例）" if mark else ""),
                       "网站更新情况自查", "pages/freshness.html",
                       partial(_report, views, columns_of(site), rows, mark, examples))


def _due(site: Site, views: Views) -> bytes:
    """Return by which day the site must have been made anew, and whom to tell where it was not."""
    settings = site.settings
    return canonical({"as_of": views.as_of.isoformat(), "due": due(views.register, views.as_of),
                      "tell": settings.privacy.contact or settings.identity.contact or ""}) + b"\n"


def columns_of(site: Site) -> list[str]:
    """Return the kinds that the navigation leads to; every kind with a folder where none are set."""
    named = [section.kind for section in site.settings.sections if section.kind]
    return named or [kind for kind, model in kinds().items() if (site.content / model.folder).is_dir()]


def _report(views: Views, columns: Sequence[str], rows: Sequence[Row], mark: str, examples: bool) -> dict[str, Any]:
    findings = [_updated(views, rows), _empty(columns, rows, mark), _undated(views, rows), _future(views, rows)]
    crumbs = (TO_HOME, Link("该公开的公开了没有", f"index{mark}.html"))
    return {"heading": "更新情况", "crumbs": crumbs,
            "due": "" if mark else due(views.register, views.as_of),
            "illustrative": bool(mark), "findings": findings, "total": len(rows),
            "failed": sum(1 for f in findings if not f.passed),
            "other": Link("真实记录", "freshness.html") if mark else Link("示例", "freshness.example.html")
            if examples else None}


def _updated(views: Views, rows: Sequence[Row]) -> Finding:
    latest = max((row.updated for row in rows), default="")
    demand = f"首页 {STALE_DAYS // 7} 周内有更新"
    if not latest:
        return Finding(demand, "没有一条记录有日期", False, (), 0)
    first = When(value=latest).first  # what is not known of the day does not count as fresh
    ago = (views.as_of - first).days if first else 0
    newest_of = [row for row in rows if row.updated == latest]
    return Finding(demand, f"最近一次更新在 {latest}，距 {views.as_of} 有 {ago} 天", ago <= STALE_DAYS,
                   tuple(views.link(row.key) for row in newest_of[:3]), 0)


def _empty(columns: Sequence[str], rows: Sequence[Row], mark: str) -> Finding:
    filled = {row.kind for row in rows}
    empty = [kinds()[kind] for kind in columns if kind not in filled]
    found = f"{len(columns)} 个栏目，空的 {len(empty)} 个"
    return Finding("没有空栏目", found, not empty,
                   tuple(Link(model.label, f"../{model.folder}/index.html") for model in empty), 0)


def _undated(views: Views, rows: Sequence[Row]) -> Finding:
    dated = [row for row in rows if kinds()[row.kind].date_field and row.kind not in STANDING]
    some = sorted((row for row in dated if not row.dated and not row.updated),
                  key=lambda row: (kinds()[row.kind].label, row.title, row.id))
    return Finding("条目都有日期", f"应有日期的 {len(dated)} 条，一个日期也没有的 {len(some)} 条", not some,
                   tuple(views.link(row.key) for row in some[:NAMED]), max(0, len(some) - NAMED))


def _future(views: Views, rows: Sequence[Row]) -> Finding:
    """Return what is dated after today and is of a kind that tells what has happened."""
    tomorrow = (views.as_of + timedelta(days=1)).isoformat()
    some = newest(row for row in rows if row.dated >= tomorrow and row.kind not in TO_COME and row.status != "未开始")
    return Finding("没有假日期（写成今天以后的）", f"日期在 {views.as_of} 以后的 {len(some)} 条", not some,
                   tuple(views.link(row.key) for row in some[:NAMED]), max(0, len(some) - NAMED))
