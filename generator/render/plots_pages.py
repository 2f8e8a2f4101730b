"""Level 2. The page of all plots, real and illustrative apart, and every plot's numbers as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Protocol

from generator.data import COMPUTED
from generator.render.cells import TO_HOME
from generator.render.lists import MARKS
from generator.render.paint import File, Page
from generator.render.plots import Plot

FOLDER = "plots"


class Shown(Protocol):
    """What holds every plot."""

    plots: dict[str, dict[str, Plot]]


def plots(views: Shown) -> Iterator[Page | File]:
    """Yield the page of real plots, that of illustrative ones where there are any, and the numbers of each."""
    for mark, some in views.plots.items():
        if mark and not some:
            continue
        title = COMPUTED[FOLDER] + ("（示例）" if mark else "")
        other = len(views.plots[MARKS[not mark]])
        yield Page(f"{FOLDER}/index{mark}.html", FOLDER, title, "办件、项目、榜单、星级和经费的走势，每张图都有数据表",
                   "pages/plots.html", partial(_page, title, mark, some, other))
        for plot in some.values():
            yield File(plot.csv_url, plot.table.csv)


def _page(title: str, mark: str, some: Mapping[str, Plot], other: int) -> dict[str, Any]:
    to_other = ("真实记录的图", "index.html") if mark else (f"示例（{other} 张，不是真实记录）", "index.example.html")
    return {"heading": title, "crumbs": (TO_HOME,), "illustrative": bool(mark), "plots": list(some.values()),
            "other": to_other if other or mark else None}
