"""Which pages stand for all: one of every template and kind, the prose, and the states that only some pages show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from generator import build, render
from generator.cli import site_at, today
from generator.records import kinds
from tests.sites import ROOT

STATES = {
    "state: withdrawn": "cases/demo-case-39.html",
    "state: overdue": "cases/demo-case-07.html",
    "state: in appeal": "areas/demo-house-33.html",
    "state: without records": "holidays/index.html",
    "state: places found": "find/index.html?q=12",
    "state: plan of an estate": "areas/demo-wangjiang.html",
    "state: boards of a place": "areas/demo-community-a.html",
    "state: chart of tiers": "organisations/lukou-wangge-duiwu.html",
    "state: person with a mandate": "people/p-1003.html",
    "state: points scheme": "schemes/volunteer-points-2.html",
    "state: stars": "stars/house-stars.example.html",
    "state: points board": "boards/volunteer-points.2026.example.html",
    "state: frozen board": "boards/case-board.2026-Q1.example.html",
    "state: list of the real": "cases/index.html",
    "state: amended target": "indicators/demo-ind-on-time.html",
    "state: page of a manual": "manual/editor/sheet.html",
    "state: contents of a manual": "manual/en/kind.html",
    "state: amended project": "projects/demo-project-house-fire.html",
}
"""What a name promises is on the page it leads to, and not on the page that stands for its template."""

ELSEWHERE = {
    "pages/diff": "`gongshi diff --format html` writes it",
    "pages/whatif": "`gongshi whatif --html` writes it",
    "pages/paper": "`gongshi notice` prints it",
    "pages/code": "a redirect without a shell, tested in tests/render/test_code_pages.py",
    "pages/whole": "only where a standing counts more records than its board opens",
}
"""Templates of which the site holds no page."""

KINDS = [f"records/{kind}" for kind in kinds() if kind != "holiday"]
COMPUTED = [name for name in (f"pages/{p.stem}" for p in sorted((ROOT / "theme/pages").glob("*.html")))
            if name not in ELSEWHERE]
PROSE = [f"prose/{p.stem}" for p in sorted((ROOT / "content/pages").glob("*.md"))]
ALL = [*COMPUTED, *KINDS, *PROSE, "prose/404", *STATES]
"""The names of all pages that are looked at."""


MOST = 40_000
"""Bytes: longer pages say the same again and again, and take axe seconds."""


class Gallery:
    """Finds the page that stands for a name of `ALL`: the fullest of its template or kind that is not too long."""

    def __init__(self, release: Path, painted: list[render.Page]) -> None:
        self.release = release
        self.painted = painted

    def path(self, name: str) -> str:
        """Return the address of the page that stands for a name. Raises: LookupError where there is none."""
        if name in STATES:
            return STATES[name]
        group, _, leaf = name.partition("/")
        if group == "prose":
            return f"{leaf}.html"
        found = self.computed(leaf) if group == "pages" else self.records(leaf)
        if not found:
            raise LookupError(f"the site holds no page of {name}: add a record that shows it, or say so in ELSEWHERE")
        sizes = sorted(((self.release / path).stat().st_size, path) for path in found)
        return next((path for size, path in reversed(sizes) if size <= MOST), sizes[0][1])

    def computed(self, template: str) -> list[str]:
        """Return the pages that one template of theme/pages painted."""
        return [page.path for page in self.painted if page.template == f"pages/{template}.html"]

    def records(self, kind: str) -> list[str]:
        """Return the pages of the records of a kind."""
        folder, listed = kinds()[kind].folder, {page.path for page in self.painted}
        found = (path.relative_to(self.release).as_posix() for path in (self.release / folder).glob("*.html"))
        return [path for path in found if path not in listed]


def built(out: Path) -> Gallery:
    """Build the repository's own site below a folder, and return which pages stand for what."""
    site = site_at(ROOT / "site_config.yml")
    painted: list[render.Page] = []
    make = render.all_pages
    render.all_pages = noting(painted)
    try:
        build.build(site, out, today(site, None), 1, lambda *done: None, "")
    finally:
        render.all_pages = make
    return Gallery(out / "current", painted)


def noting(painted: list[render.Page]) -> Callable[..., Iterator[render.Page | render.File]]:
    """Return a maker of all pages that notes in `painted` which there are."""
    make = render.all_pages

    def noted(*given: Any) -> Iterator[render.Page | render.File]:
        for page in make(*given):
            if isinstance(page, render.Page):
                painted.append(page)
            yield page

    return noted
