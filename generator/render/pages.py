"""The pages that are no record: lists by kind and place, moved addresses, home. Only views; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from generator.config import Identity, Site
from generator.data import Index, Register, Row, address
from generator.records import kinds
from generator.render.areas import area_pages, figures
from generator.render.boards import badges, boards
from generator.render.bulletins import bulletins
from generator.render.cells import TO_HOME, Link
from generator.render.claims import claims
from generator.render.code_pages import code_pages
from generator.render.columns import columns
from generator.render.disclosure import disclosure
from generator.render.exceptions import exceptions
from generator.render.find import find_pages
from generator.render.freshness import freshness
from generator.render.lists import MARKS, PER_PAGE, leaf, mark_of, newest, numbered, pager, pages_of
from generator.render.needs import three_lists
from generator.render.notice import notices
from generator.render.openings import last_end, open_now, openings
from generator.render.outcomes import board_url
from generator.render.paint import File, Page
from generator.render.plots_pages import plots
from generator.render.searching import search_pages
from generator.render.shell import HOME
from generator.render.view import Views

BOTH_WAYS = 500
"""Longer lists come newest first only: the pager leads to the last page, where the oldest are."""
TILES = (("find/index.html", "areas", "我的楼栋", "谁负责、办什么", "building"),
         ("cases/index.html", "cases", "办事进度", "谁在办、到哪步", "steps"),
         ("boards/index.html", "boards", "红黑榜·星级", "谁第几、评几星", "star"),
         ("volunteers/index.html", "volunteers", "志愿积分", "谁服务、多少分", "heart"))
"""The home page's four doors: address, the folder that must hold something, name, what one finds there, its picture."""

NO_NEWS = ("document", "area", "scheme", "listing", "appeal", "code")
"""Kinds of which the home page shows nothing new: what stays, and what must not be spread."""

OWN_LIST = ("bulletin",)
"""Kinds whose list is a page of its own making."""


def all_pages(site: Site, views: Views, indexes: Sequence[Index] = ()) -> Iterator[Page | File]:
    """Return every page that is no record; what a page shows is put together only when it is painted.

    indexes: those that a search reads, none where there is no search.
    """
    return chain(lists(views), boards(site, views), badges(site, views), moved(views),
                 three_lists(views),
                 area_pages(views), find_pages(views), bulletins(views), code_pages(site, views),
                 notices(site, views), search_pages(views, indexes),
                 claims(views), openings(views), disclosure(views), exceptions(views), freshness(site, views),
                 plots(views), [home(site, views)])


# ── lists by kind ────────────────────────────────────────────────────────────────────────────────────────────


def lists(views: Views) -> Iterator[Page]:
    """Yield the lists of every kind, newest and oldest first, real and illustrative apart.

    A kind without records has an empty list, so that a section may lead to it.
    """
    for kind, model in kinds().items():
        if kind in OWN_LIST:
            continue
        rows = views.register.of_kind(kind)
        parts = {mark: [r for r in rows if mark_of(r) == mark] for mark in MARKS}
        for mark, some in parts.items():
            if mark and not some:
                continue
            other = parts[MARKS[not mark]]
            orders = {"": _in_order(views.register, kind, some)}
            if model.date_field and len(some) <= BOTH_WAYS:
                orders[".oldest"] = orders[""][::-1]
            for order, ordered in orders.items():
                yield from _list(views, kind, mark, order, ordered, len(other), list(orders))


def _in_order(register: Register, kind: str, rows: list[Row]) -> list[Row]:
    if kind != "area":
        return newest(rows)
    def path(row: Row) -> tuple[str, ...]:
        return (*reversed(register.above[row.id]), row.id)
    return sorted(rows, key=path)


def _list(views: Views, kind: str, mark: str, order: str, rows: Sequence[Row], other: int, orders: list[str]
          ) -> Iterator[Page]:
    model = kinds()[kind]
    slices = pages_of(rows, PER_PAGE)
    base = f"{model.folder}/index{mark}"
    listed = [i for i, name in enumerate(model.columns) if name not in model.unlisted]
    filled = [i for i in listed if any(r.cells[i] not in (None, "") for r in rows)]
    labels = tuple(model.label_of(model.columns[i]) for i in filled)
    title = model.label + ("（示例）" if mark else "")
    shown = {"heading": title, "total": len(rows), "labels": labels, "illustrative": bool(mark),
             "crumbs": (TO_HOME,), "kinds_shown": False, "dates_shown": bool(model.date_field),
             "status_shown": any(r.status for r in rows), "orders": _orders(base, order, orders),
             "other": _other(model.folder, mark, other)}
    plot = views.plots[mark].get("cases") if kind == "case" and not order else None
    description = f"{model.label}列表，共 {len(rows)} 条"
    for number, some in enumerate(slices, 1):
        yield Page(numbered(base + order, number), model.folder, title + _of(number), description, "pages/list.html",
                   partial(_rows, views, some, filled, {**shown, "pager": pager(base + order, number, len(slices)),
                                                        "plot": plot if number == 1 else None}))


def _rows(views: Views, rows: Sequence[Row], columns: Sequence[int], shown: dict[str, Any]) -> dict[str, Any]:
    return {**shown, "rows": [views.listed(row, columns=columns) for row in rows]}


def _orders(base: str, order: str, orders: list[str]) -> list[tuple[str, str, bool]]:
    names = {"": "最新在前", ".oldest": "最早在前"}
    return [(names[o], leaf(numbered(base + o, 1)), o == order) for o in orders] if len(orders) > 1 else []


def _other(folder: str, mark: str, count: int) -> tuple[str, str] | None:
    if not count:
        return None
    return ("真实记录", "index.html") if mark else (f"示例（{count} 条，不是真实记录）", "index.example.html")


def _of(number: int) -> str:
    return f"（第 {number} 页）" if number > 1 else ""


# ── moved addresses ──────────────────────────────────────────────────────────────────────────────────────────


def moved(views: Views) -> Iterator[Page]:
    """Yield a page for every address that a record once had; it names the new one, if it may always be named."""
    for row in views.register.rows.values():
        name = kinds()[row.kind].label if row.expires else row.title
        for former in row.formerly:
            yield Page(address(row.kind, former), kinds()[row.kind].folder, name, f"本页已移到：{name}",
                       "pages/moved.html", partial(dict, crumbs=views.crumbs(row), to=Link(name, f"{row.id}.html")))


# ── home ─────────────────────────────────────────────────────────────────────────────────────────────────────


def home(site: Site, views: Views) -> Page:
    """Return the home page: what residents come for, what is new, and how much there is of each kind."""
    identity = site.settings.identity
    return Page("index.html", HOME, identity.tagline or "首页", identity.tagline or identity.name, "pages/home.html",
                partial(_home, site, identity, views))


def _home(site: Site, identity: Identity, views: Views) -> dict[str, Any]:
    rows = [r for r in views.register.rows.values() if not r.illustrative and not r.withdrawn]
    dated = newest([r for r in rows if r.kind not in NO_NEWS and not r.expires and r.updated])
    real = Counter(r.kind for r in rows)
    made_up = Counter(r.kind for r in views.register.rows.values() if r.illustrative)
    there = {kinds()[row.kind].folder for row in views.register.rows.values()}
    notices = open_now(views, "", "")
    there |= {board_url(outcome).partition("/")[0] for outcome in views.outcomes}
    return {"identity": identity, "updated": max((r.updated for r in rows), default=""),
            "tiles": [(url, name, hint, icon) for url, folder, name, hint, icon in TILES if folder in there],
            "search": bool(real["area"] + made_up["area"]),
            "figures": [(one.label, one.url, len(one.rows)) for one in figures(views)],
            "notices": notices[:5], "notices_end": last_end(notices),
            "columns": columns(site, real), "examples": columns(site, made_up, examples=True),
            "made_up": made_up.total(),
            "recent": [views.listed(r, "") for r in dated[:8]]}
