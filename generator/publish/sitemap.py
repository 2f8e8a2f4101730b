"""What search engines are told of a release: which pages there are and since when, and where to read that.

A sitemap needs whole addresses, so there is one only where the site has an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

PER_FILE = 45_000
"""Below the 50,000 addresses that a sitemap may hold; their 50 MB are then far away."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def told(pages: Sequence[str], updated: Callable[[str], str], address: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of robots.txt and, with an address, of the sitemap and its parts.

    pages: what may be found, in order; updated: gives a page's last day as ISO text, empty for unknown.
    """
    root = address.rstrip("/") if address else ""
    yield "robots.txt", f"User-agent: *\nAllow: /\n{f'Sitemap: {root}/sitemap.xml{chr(10)}' if root else ''}".encode()
    if not root:
        return
    parts = [pages[start:start + PER_FILE] for start in range(0, len(pages), PER_FILE)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _document("urlset", "url", ((f"{root}/{page}", updated(page)) for page in part))
    yield "sitemap.xml", _document("sitemapindex", "sitemap", ((f"{root}/{name}", "") for name in names))


def _document(whole: str, each: str, entries: Iterator[tuple[str, str]]) -> bytes:
    lines = (f"<{each}><loc>{escape(address, quote=False)}</loc>"
             f"{f'<lastmod>{day[:10]}</lastmod>' if day else ''}</{each}>\n" for address, day in entries)
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{NAMESPACE}">\n'
            f'{"".join(lines)}</{whole}>\n').encode()
