"""The page of the three lists: needs, resources and services side by side, what waits unmatched first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from generator.data import Row
from generator.records.base import DONE
from generator.render.cells import TO_HOME, Link
from generator.render.lists import MARKS, mark_of
from generator.render.paint import Page
from generator.render.place import cell
from generator.render.view import Views

SHOWN = 100
"""So many lines of each group stand on the page; the kind's own list has them all."""
OFFERED = ("resource", "service")
GONE = ("已到期", "已停办")
USABLE = (None, "可用", "在办")


class NeedLine(NamedTuple):
    """A need as one line: how long it waits or took, in words, and what it was matched with."""

    link: Link
    area: Link | None
    status: str | None
    overdue: int
    form: str
    waits: str
    met: tuple[Link, ...]


class OfferLine(NamedTuple):
    """A resource or service as one line; asked: how many needs were matched with it, in words."""

    link: Link
    area: Link | None
    about: str
    state: str
    asked: str


class Group(NamedTuple):
    """Some lines under a heading that a count at the top of the page leads to; short: the heading in a few words."""

    id: str
    heading: str
    short: str
    lines: tuple[Any, ...]
    total: int


class Column(NamedTuple):
    """One of the three lists; whole: the list of everything of its kind, None where there is none."""

    id: str
    heading: str
    hint: str
    groups: tuple[Group, ...]
    whole: Link | None


def three_lists(views: Views) -> Iterator[Page]:
    """Yield the page of the three lists, real and illustrative apart; the real one is there even when empty."""
    for mark in MARKS:
        rows = {kind: [r for r in views.register.of_kind(kind) if mark_of(r) == mark and not r.withdrawn]
                for kind in ("need", *OFFERED)}
        if mark and not any(rows.values()):
            continue
        title = "三项清单" + ("（示例）" if mark else "")
        yield Page(f"lists/index{mark}.html", "lists", title, "需求、资源、服务三张清单，谁提出、谁接、办了没有",
                   "pages/lists.html", partial(_page, views, rows, mark, title))


def _page(views: Views, rows: dict[str, list[Row]], mark: str, title: str) -> dict[str, Any]:
    needs = [r for r in rows["need"] if not cell(r, "count")]
    bundles = [r for r in rows["need"] if cell(r, "count")]
    columns = (_needs(views, needs, mark), *(_offers(views, kind, rows[kind], rows["need"], mark) for kind in OFFERED))
    schemes = sorted({ref.target for r in rows["need"] for ref in r.references if ref.keys == ("scheme",)})
    other = any(mark_of(r) != mark for kind in rows for r in views.register.of_kind(kind))
    return {"heading": title, "illustrative": bool(mark), "columns": columns, "took": _took(needs),
            "bundles": [(views.link(r.key), str(cell(r, "count")), r.status) for r in bundles],
            "schemes": [views.link(key) for key in schemes], "crumbs": (TO_HOME,),
            "other": _other(mark) if other else None}


def _other(mark: str) -> Link:
    return Link("真实清单", "index.html") if mark else Link("示例清单（不是真实记录）", "index.example.html")


# ── needs ────────────────────────────────────────────────────────────────────────────────────────────────────


def group_of(views: Views, row: Row) -> str:
    """Return where a need stands: waiting for somebody, going on, done, or not told by its source."""
    if row.status in DONE:
        return "done"
    if row.status is None:
        return "untold"
    return "going" if _met(views, row) or cell(row, "stage") == "接单" else "waiting"


HEADINGS = {"waiting": "还没有对上", "going": "正在办", "done": "办好了", "untold": "结果没有说到"}


def _needs(views: Views, rows: Sequence[Row], mark: str) -> Column:
    groups = []
    for id, heading in HEADINGS.items():
        mine = [r for r in rows if group_of(views, r) == id]
        mine = _longest_first(mine) if id in ("waiting", "going") else sorted(mine, key=_newest, reverse=True)
        groups.append(Group(id, f"{heading}的需求", heading, tuple(_need(views, r) for r in mine[:SHOWN]), len(mine)))
    return Column("needs", "需求清单", "居民要什么", tuple(groups),
                  _whole("全部需求", "needs", mark) if rows else None)


def _longest_first(rows: Sequence[Row]) -> list[Row]:
    """Return what waits longest first; what waits nobody knows how long comes last."""
    def order(row: Row) -> tuple[bool, int, str, str]:
        age = cell(row, "age")
        return age is None, -(age or 0), row.title, row.id
    return sorted(rows, key=order)


def _newest(row: Row) -> tuple[str, str, str]:
    return row.dated, row.title, row.id


def _met(views: Views, row: Row) -> list[str]:
    """Return what a need was matched with; what was withdrawn since meets nobody."""
    return [ref.target for ref in row.references
            if ref.keys[0] == "matches" and not views.register.rows[ref.target].withdrawn]


def _need(views: Views, row: Row) -> NeedLine:
    return NeedLine(views.link(row.key), views.area(row), row.status, row.overdue, cell(row, "form"), _waits(row),
                    tuple(views.find(key) for key in _met(views, row)))


def _waits(row: Row) -> str:
    age, used = cell(row, "age"), cell(row, "days_used")
    if used is not None:
        return f"用了 {used} 天" if used else "当天办好"
    if age is not None:
        return f"已等 {age} 天" if age else "今天点的单"
    return "" if row.status is None else "用了几天，来源没有写" if row.status in DONE else "等了几天，不知道"


def _took(rows: Sequence[Row]) -> str:
    """Return in one sentence how long needs took from asked to done, where both days are known; empty for none."""
    done = [r for r in rows if r.status in DONE]
    days = sorted(cell(r, "days_used") for r in done if cell(r, "days_used") is not None)
    if not days:
        return ""
    middle = days[(len(days) - 1) // 2]
    return (f"办好的 {len(done)} 条里，{len(days)} 条知道从点单到办结用了几天：最快 {days[0]} 天，"
            f"最慢 {days[-1]} 天，一半在 {middle} 天以内。")


# ── resources and services ───────────────────────────────────────────────────────────────────────────────────

OFFERS = {"unasked": "没有登记对上的需求", "asked": "对上了需求", "gone": "已经没有了"}


def _offers(views: Views, kind: str, rows: Sequence[Row], needs: Sequence[Row], mark: str) -> Column:
    name, folder, hint = {"resource": ("资源", "resources", "谁有什么可以给"),
                          "service": ("服务", "services", "现成可以用的")}[kind]
    times = Counter(key for need in needs for key in set(_met(views, need)))
    parts: dict[str, list[Row]] = {"unasked": [], "asked": [], "gone": []}
    for row in sorted(rows, key=lambda r: (r.title, r.id)):
        gone = cell(row, "state") in GONE
        parts["gone" if gone else "asked" if times[row.key] else "unasked"].append(row)
    groups = tuple(Group(f"{kind}-{part}", f"{OFFERS[part]}的{name}", OFFERS[part], tuple(
        _offer(views, row, times[row.key]) for row in some[:SHOWN]), len(some)) for part, some in parts.items())
    return Column(folder, f"{name}清单", hint, groups,
                  _whole(f"全部{name}", folder, mark) if rows else None)


def _offer(views: Views, row: Row, times: int) -> OfferLine:
    first, second, state = row.cells
    return OfferLine(views.link(row.key), views.area(row), "，".join(str(c) for c in (first, second) if c),
                     "" if state in USABLE else state, f"对上 {times} 条需求" if times else "")


def _whole(text: str, folder: str, mark: str) -> Link:
    return Link(text, f"../{folder}/index{mark}.html")
