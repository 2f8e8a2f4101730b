"""The home page's table of contents: the site's columns in the groups of its navigation, each with its count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.config import Site
from generator.records import kinds
from generator.render.shell import navigation

FIRST, REST = "常用", "其他"
"""The headings of what stands in the header itself, and of the kinds that the navigation leaves out."""


class Column(NamedTuple):
    """One entry: label, address, and how many records there are; None for a page that is no list of records."""

    label: str
    url: str
    records: int | None


def columns(site: Site, counts: Mapping[str, int], examples: bool = False) -> list[tuple[str, list[Column]]]:
    """Return the groups with their columns. counts: records by kind; a kind without any is left out.

    examples: whether the counts are of illustrative records, whose lists have addresses of their own.
    """
    left = {m.folder: (m.label, counts[kind]) for kind, m in kinds().items() if counts.get(kind)}
    mark = ".example" if examples else ""
    found = []
    for group, entries in navigation(site):
        some = [_column(entry, left, mark) for entry in entries]
        found.append((group or FIRST, [c for c in some if c and (c.records or not examples)]))
    found.append((REST, [Column(label, f"{folder}/index{mark}.html", n) for folder, (label, n) in left.items()]))
    return [(group, some) for group, some in found if some]


def _column(entry: Mapping[str, str], left: dict[str, tuple[str, int]], mark: str) -> Column | None:
    """Return an entry of the navigation as a column; None for a kind without records. Takes its kind out of `left`."""
    folders = {m.folder for m in kinds().values()}
    if entry["section"] not in folders:
        return Column(entry["title"], entry["url"], None)
    if entry["section"] not in left:
        return None
    _, count = left.pop(entry["section"])
    return Column(entry["title"], f"{entry['section']}/index{mark}.html", count)
