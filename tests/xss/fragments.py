"""What Markdown and the cleaner make of every payload alone, as pages: no check refuses any here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

import markdown

from generator.render.text import clean, prose

MANY = 150
"""Payloads on a page: each stands in an element of its own, so that none hides the next."""
WAYS: dict[str, Callable[[str], str]] = {
    "record": lambda p: str(prose(p, "../")),
    "home": lambda p: str(prose(p, "")),
    "prose": lambda p: clean(markdown.markdown(p, extensions=["tables", "attr_list", "footnotes", "def_list"]), ""),
    "deeper": lambda p: clean(p, "../"),
    "unescaped": lambda p: p,
}
"""How a text is made into HTML. `unescaped` is the control."""


class Fragments(BaseHTTPRequestHandler):
    """Serves `/WAY/N.html`: the Nth hundred and some payloads, each made into HTML in that way. Pictures are there."""

    payloads: ClassVar[tuple[str, ...]] = ()

    def do_GET(self) -> None:
        way, _, name = self.path.strip("/").partition("/")
        page = way in WAYS and name.endswith(".html")
        data = self._page(WAYS[way], int(name.removesuffix(".html"))).encode("utf-8", "replace") if page else b""
        self.send_response(200 if page else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8" if page else "image/svg+xml")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _page(self, way: Callable[[str], str], number: int) -> str:
        some = self.payloads[number * MANY:(number + 1) * MANY]
        body = "".join(f"<div>{way(payload)}</div>\n" for payload in some)
        return f'<!doctype html><meta charset="utf-8"><title>{number}</title><main id="main">{body}</main>'

    def log_message(self, format: str, *args: object) -> None:
        pass


def pages(way: str, many: int) -> Iterator[str]:
    """Yield the addresses of the pages on which so many payloads stand."""
    yield from (f"{way}/{number}.html" for number in range(-(-many // MANY)))
