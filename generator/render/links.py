"""Every link within the site must lead somewhere: links are noted page by page and compared at the end."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache

from generator.data import Register
from generator.problem import Place, Problem

_LINK = re.compile(r'(?:href|src)="([^"]*)"')
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def internal_links(html: str, page: str) -> set[tuple[str, str]]:
    """Return (address below the root, the page itself) for every link of `html` that stays on the site."""
    folder = page.rpartition("/")[0]
    links = {piece.partition('"')[0] for mark in ('href="', 'src="') for piece in html.split(mark)[1:]}
    return {(target, page) for link in links if (target := _resolved(folder, link))}


@lru_cache(maxsize=4096)
def _resolved(folder: str, link: str) -> str:
    if _OUTSIDE.match(link) or not (path := link.partition("#")[0].partition("?")[0]):
        return ""
    return os.path.normpath(os.path.join(folder, path))


class Links:
    """The links of all pages so far: for each address one of the pages that name it."""

    def __init__(self) -> None:
        self._page_of: dict[str, str] = {}

    def note(self, page: str, data: bytes) -> None:
        """Note the links of a prose page; other files have none. The page for unknown addresses names none."""
        if page.endswith(".html") and page != "404.html":
            self.update(internal_links(data.decode(), page))

    def update(self, links: Iterable[tuple[str, str]]) -> None:
        """Note (address, page) pairs."""
        for target, page in links:
            self._page_of.setdefault(target, page)

    def broken(self, there: set[str], register: Register) -> list[Problem]:
        """Return a Problem for every address that the site does not hold. there: the addresses it holds."""
        files = {row.url: row.path for row in register.rows.values()}
        return [Problem("broken-link", Place(files.get(page, page), 1, 1), {"target": "/" + target})
                for target, page in sorted(self._page_of.items()) if target not in there]
