"""Every link within the site must lead somewhere: links are noted page by page and compared at the end."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Set
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from generator.data import Register
from generator.problem import Place, Problem
from generator.render.codes import code_urls

_PLAIN = re.compile(r"\.\./[A-Za-z0-9_-]+/[A-Za-z0-9_.-]+\.html")
"""What nearly all links are, as seen from a page one folder deep: looking into them took ten times as long."""
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def internal_links(html: str, page: str) -> set[tuple[str, str]]:
    """Return (address below the root, the page itself) for every link of `html` that stays on the site.

    Reads double-quoted attributes only: templates, cmark and the cleaner write no others.
    """
    folder = page.rpartition("/")[0]
    links = {piece.partition('"')[0] for mark in ('href="', 'src="') for piece in html.split(mark)[1:]}
    return {(target, page) for link in links if (target := _resolved(folder, link))}


def _resolved(folder: str, link: str) -> str:
    """Return the address below the root that a link means, empty where it leaves the site or stays on its page."""
    if _PLAIN.fullmatch(link) and "/" not in folder and folder:
        return link[3:]
    return _looked_into(folder, link)


@lru_cache(maxsize=4096)
def _looked_into(folder: str, link: str) -> str:
    if _OUTSIDE.match(link) or not (path := unescape(link).partition("#")[0].partition("?")[0]):
        return ""
    return posixpath.normpath(posixpath.join(folder, unquote(path)))


class Links:
    """The links of all pages so far: for each address one of the pages that name it.

    Those to records are let go at once: every record has its page, and most links lead to one.
    """

    def __init__(self, register: Register) -> None:
        self._register, self._page_of = register, dict[str, str]()

    def note(self, page: str, html: str) -> None:
        """Note the links of a prose page or a shell."""
        self.update(internal_links(html, page))

    def update(self, links: Iterable[tuple[str, str]]) -> None:
        """Note (address, page) pairs."""
        for target, page in links:
            if target not in self._page_of and self._register.at(target) is None:
                self._page_of[target] = page

    def broken(self, there: Set[str], prose: Set[str]) -> list[Problem]:
        """Return a Problem for every address that the site does not hold, at the source of a page that names it.

        there: the addresses it holds; prose: paths of the files below content/pages.
        """
        sources = {path.removesuffix(".md") + ".html": f"pages/{path}" for path in prose}
        sources |= {page: row.path for row in self._register.of_kind("code") for page in code_urls(row.id)}

        def source(page: str) -> str:
            row = self._register.at(page)
            return row.path if row else sources.get(page, page)
        return [Problem("broken-link", Place(source(page), 1, 1), {"target": "/" + target})
                for target, page in sorted(self._page_of.items()) if target not in there]
