"""The pages of bulletins: the three series with their gaps, periods without a bulletin, and the data beside each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from generator.editions import Edition, counts
from generator.render.cells import TO_HOME, Link
from generator.render.editions import edition_url, leaf_of, series_url, shown_of, state_of, summary_of, view_of
from generator.render.lists import MARKS
from generator.render.paint import File, Page
from generator.render.view import Views

NEWEST = 8
"""So many periods of each series stand on the page of all series."""
ABOUT = {"week": "每周看一次：新增、办结、到期没办到的各是哪几件。", "half-month": "每月上半月、下半月各通报一次。",
         "month": "每月初点评上一月。"}
KINDS = tuple(ABOUT)


def bulletins(views: Views) -> Iterator[Page | File]:
    """Yield the page of all series (real and illustrative apart), one of each series, and every edition's data."""
    series = sorted(views.series.values(), key=lambda some: (KINDS.index(some[0].kind), some[0].area))
    for mark in MARKS:
        mine = [some for some in series if some[0].examples == bool(mark)]
        if mine or not mark or any(r.illustrative for r in views.register.of_kind("bulletin")):
            heading = "简报" + ("（示例）" if mark else "")
            yield Page(f"bulletins/index{mark}.html", "bulletins", heading, "一周一调度、半月一通报、一月一点评",
                       "pages/bulletins.html", partial(_index, views, heading, mark, series))
    for some in series:
        yield Page(series_url(some[0].group), "bulletins", _name(views, some[0]), ABOUT[some[0].kind],
                   "pages/bulletins.html", partial(_series, views, some))
        for edition in some:
            if not edition.bulletin:
                yield Page(edition_url(edition), "bulletins", f"{_name(views, edition)} {edition.words}",
                           state_of(edition), "pages/bulletin.html", partial(_page, views, edition, some))
            yield File(edition_url(edition).removesuffix(".html") + ".json", partial(_json, views, edition))


def _name(views: Views, edition: Edition) -> str:
    return f"{views.find(f'area/{edition.area}').text}：{edition.series}"


def _index(views: Views, heading: str, mark: str, series: Sequence[list[Edition]]) -> dict[str, Any]:
    mine = [some for some in series if some[0].examples == bool(mark)]
    other = MARKS[not mark]
    there = any(some[0].examples != bool(mark) for some in series)
    unread = [views.listed(row) for row in views.register.of_kind("bulletin")
              if row.illustrative == bool(mark) and row.key not in {e.bulletin for some in mine for e in some}]
    return {"heading": heading, "crumbs": (TO_HOME,), "illustrative": bool(mark),
            "other": Link("示例简报（不是真实记录）" if other else "真实简报", f"index{other}.html") if there else None,
            "about": "数字由网站按记录算出，截到每一期的最后一天；编辑只写点评和交办。没有点评的一期也列出来。",
            "unread": unread, "series": [_shelf(views, some, some[:NEWEST]) for some in mine]}


def _series(views: Views, some: list[Edition]) -> dict[str, Any]:
    mark = MARKS[some[0].examples]
    return {"heading": _name(views, some[0]), "illustrative": some[0].examples, "other": None,
            "crumbs": (TO_HOME, Link("简报", f"index{mark}.html")),
            "about": "", "unread": [], "series": [_shelf(views, some, some)]}


def _shelf(views: Views, some: Sequence[Edition], shown: Sequence[Edition]) -> dict[str, Any]:
    """Return a series with the newest of its periods; gaps are those that are over and have no comment."""
    over = [e for e in some if not e.running]
    gaps = sum(1 for e in over if not e.commented)
    return {"name": some[0].series, "area": views.find(f"area/{some[0].area}"), "about": ABOUT[some[0].kind],
            "over": len(over), "gaps": gaps, "since": some[-1].first,
            "all": Link(f"全部 {len(some)} 期", series_url(some[0].group).partition("/")[2])
            if len(shown) < len(some) else None,
            "rows": [{"link": Link(e.words, leaf_of(e)), "first": e.first, "last": e.last, "state": state_of(e),
                      "gap": not e.running and not e.commented, "running": e.running, "frozen": bool(e.frozen),
                      "summary": summary_of(shown_of(views, e))} for e in shown]}


def _page(views: Views, edition: Edition, around: Sequence[Edition]) -> dict[str, Any]:
    return {"heading": f"{_name(views, edition)} {edition.words}", "e": view_of(views, edition, around),
            "crumbs": (TO_HOME, Link("简报", f"index{MARKS[edition.examples]}.html"))}


def _json(views: Views, edition: Edition) -> bytes:
    """Return an edition as data: figures, and every item with the key and the title of its record."""
    shown = shown_of(views, edition)
    data = {"series": edition.series, "period": edition.period, "first": edition.first, "last": edition.last,
            "area": f"area/{edition.area}", "illustrative": edition.examples, "running": edition.running,
            "bulletin": edition.bulletin or None, "commented": edition.commented,
            "frozen": edition.frozen.day if edition.frozen else None, "summary": summary_of(shown),
            "counts": counts(shown.items), "items": list(_rows(views, shown))}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _rows(views: Views, edition: Edition) -> Iterable[dict[str, str]]:
    for item in edition.items:
        given = {name: value for name, value in item._asdict().items() if value}
        yield {**given, "title": views.find(item.key).text}
