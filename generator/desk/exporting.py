"""`gongshi export`: the records of a kind as a sheet that `gongshi import` takes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator import load, sheets
from generator.config import Site
from generator.desk.naming import year_of
from generator.problem import DeskError, Problem
from generator.records import folders, kinds
from generator.records.fields import fields, walk

Records = dict[str, dict[str, Any]]


def export(site: Site, kind: str, path: Path, template: bool, area: str, year: str) -> int:
    """Write the sheet of a kind and return how many records it holds. template: none.

    area: only records there and in what lies inside; year: only those of that year; empty for all.
    Raises: ContentError where a record can't be read; DeskError for a file that exists, or an unknown area.
    """
    if path.exists():
        raise DeskError("sheet-exists", name=str(path))
    found = _Content(site)
    chosen = {} if template else found.of_kind(kind)
    if area:
        inside = _inside(area, found.of_kind("area"))
        chosen = {id: one for id, one in chosen.items() if (id if kind == "area" else one.get("area")) in inside}
    if year:
        chosen = {id: one for id, one in chosen.items() if year_of(kind, one) == year}
    names = {other: {id: str(one.get("title", "")) for id, one in found.of_kind(other).items()}
             for other in sorted(_referred(kind))}
    sheets.write(path, kind, chosen.items(), names)
    return len(chosen)


class _Content:
    """The content folder, from which each kind is read once."""

    def __init__(self, site: Site):
        self._site, self._files, self._read = site, load.scan(site.content, folders()).files, dict[str, Records]()

    def of_kind(self, kind: str) -> Records:
        """Return what the records of a kind say, by id. Raises: ContentError."""
        if kind not in self._read:
            found = {file.id: load.read(str(self._site.content), file) for file in self._files if file.kind == kind}
            load.stop_if([one for one in found.values() if isinstance(one, Problem)], self._site)
            self._read[kind] = {id: one[0].data for id, one in sorted(found.items()) if not isinstance(one, Problem)
                                and isinstance(one[0].data, dict)}
        return self._read[kind]


def _referred(kind: str) -> Iterator[str]:
    """Yield the kinds whose records a drop-down of this kind's sheet offers."""
    yield from {other for _, one in walk(fields(kinds()[kind])) for other in one.kinds}


def _inside(area: str, areas: Records) -> set[str]:
    """Return an area and everything inside it. Raises: DeskError for an unknown one."""
    if area not in areas:
        raise DeskError("no-target", name=f"area/{area}", near="")
    inside, size = {area}, 0
    while len(inside) > size:
        size = len(inside)
        inside |= {id for id, one in areas.items() if one.get("area") in inside}
    return inside
