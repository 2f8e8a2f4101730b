"""Level 3. The page of one record that was just saved, painted by what is left of the last build.

Its editor need not wait for the next one. What the page says besides its own record (its scores, what refers to it,
where it stands in lists) is as that build found it. Nothing here is published.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator import batch, gate, load, render
from generator.config import Site
from generator.painting import Painting
from generator.problem import Problem
from generator.records import folders, kinds

ENTWINED = (*batch.FIRST, "announcement", "appeal", "duty", "holiday")
"""Kinds whose pages are made of more than their record and its row: only a whole build shows what became of them."""


class Left(NamedTuple):
    """What is left of a build: the site, and what pages are painted with and judged by."""

    site: Site
    studio: render.Studio
    shells: dict[str, render.Shell]
    views: render.Views
    ground: gate.Ground


class Shown(NamedTuple):
    """A page that was painted: its path below the root, and its bytes."""

    path: str
    data: bytes


def left_of(site: Site, painting: Painting) -> Left:
    """Return what is left of a build that can paint all pages; its batches are not."""
    return Left(site, painting.studio, dict(painting.shells), painting.views, painting.ground)


def source_of(content: Path, path: Path) -> str | None:
    """Return the path below the content folder of what lies among records that can be shown by themselves.

    None for what may change every page: a scheme, a template, prose, the configuration.
    """
    if not path.is_relative_to(content):
        return None
    below = path.relative_to(content).as_posix()
    return below if folders().get(below.partition("/")[0], ENTWINED[0]) not in ENTWINED else None


def page_of(left: Left, path: str) -> Shown | list[Problem] | None:
    """Return the page of a record as its file, `path` below the content folder, is now, or the Problems of that file.

    None where a whole build must tell: for a record that is new, gone or moved, one that refers to what is not there,
    and whatever else can't be shown by itself.
    """
    try:
        return _page_of(left, path)
    except Exception:  # whatever this is, the build that follows finds it as well, and tells of it
        return None


def rehearse(left: Left) -> None:
    """Have the first page of a record be painted as quickly as the second: templates are compiled, rules are read."""
    for kind, rows in left.views.register.kinds.items():
        if kind not in ENTWINED:
            page_of(left, rows[0].path)


def _page_of(left: Left, path: str) -> Shown | list[Problem] | None:
    kind, rows = folders()[path.partition("/")[0]], left.views.register.rows
    before = rows.get(f"{kind}/{Path(path).stem}")
    file = left.site.content / path
    if before is None or before.path != path or file.is_symlink() or not file.stat().st_size:
        return None  # an editor that empties a file before it writes into it is not done
    found, record = batch.take(str(left.site.content), load.File(kind, before.id, path), left.views.as_of)
    if record is None:
        return load.noted(found.problems, left.site)
    row = found.rows[0]
    if any(left.views.register.today(reference.target) not in rows for reference in row.references):
        return None
    left.views.put(row)
    pages: list[list[bytes]] = []
    with batch.workshop() as work:
        (work / row.url).parent.mkdir()
        render.paint_records(replace(left.studio, release=work), left.shells[kinds()[kind].folder], left.views.context,
                             [(row.key, record)], excepted=found.excepted,
                             show=lambda written, pieces: pages.append([*pieces]))
    judge = gate.Skimmer(left.ground._replace(allowed=left.ground.allowed | found.allowed))
    return Shown(row.url, b"".join(pages[0])) if judge.is_clean(pages[0]) else None
