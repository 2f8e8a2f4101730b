"""The pages to which printed codes lead: `/q/<code>` answers for ever, and says what became of its target."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator import policy
from generator.config import Site
from generator.data import Row
from generator.records import kinds
from generator.render.assets import asset_names
from generator.render.codes import code_urls, target_of
from generator.render.paint import File, environment
from generator.render.place import cell
from generator.render.view import Views


def code_pages(site: Site, views: Views) -> Iterator[File]:
    """Yield the two files of every code ever issued: hosts that know no folder's index know the ending, or reverse."""
    style = asset_names(site.themes)["code.css"]
    for row in views.register.of_kind("code"):
        for path in code_urls(row.id):
            yield File(path, partial(_page, site, views, row, "../" * path.count("/"), style))


def _page(site: Site, views: Views, row: Row, root: str, style: str) -> bytes:
    shown = leading(views, row)
    address = (site.settings.address or "").rstrip("/")
    page = environment(site.themes).get_template("pages/code.html").render(
        shown, code=row.id, href=root + shown["target"], canonical=f"{address}/{shown['target']}" if address else "",
        site=site.settings.identity.name, home=root + "index.html", style=root + style, policy=policy.in_page())
    return page.encode()


def leading(views: Views, row: Row) -> dict[str, Any]:
    """Return where a code leads and what its reader must know first.

    name: what stands there, its kind alone where it may not always be named; straight: whether nothing need be read.
    """
    record, ended = target_of(row, views.register), cell(row, "ended")
    name, target = "本站的一页", str(cell(row, "page"))
    if record is not None:
        name, target = kinds()[record.kind].label if record.expires else record.title, record.url
    gone = record is not None and record.withdrawn
    illustrative = row.illustrative or (record is not None and record.illustrative)
    return {"name": name, "target": target, "ended": ended, "gone": gone, "straight": not (ended or gone),
            "illustrative": illustrative}
